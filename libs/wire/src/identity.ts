/** Token events: domain ↔ protobuf. The domain shapes are those of libs/identity, structurally. */
import { ROLES, type Role } from '@countersign/kernel';
import type { Event, EventDraft } from './envelope.ts';

interface TokenIssuedFact {
  readonly type: 'TokenIssued';
  readonly atMs: number;
  readonly tenant: string;
  readonly tokenId: string;
  readonly tokenHash: Uint8Array;
  readonly subject: string;
  readonly owner: string;
  readonly roles: readonly Role[];
  readonly actsFor: readonly string[];
  readonly expiresAtMs: number | undefined;
  readonly issuedBy: string;
}

interface TokenRevokedFact {
  readonly type: 'TokenRevoked';
  readonly atMs: number;
  readonly tenant: string;
  readonly tokenId: string;
  readonly revokedBy: string;
}

export type IdentityFact = TokenIssuedFact | TokenRevokedFact;

/** Keyed by token, so that a revocation never overtakes its token; `id` is a fresh UUIDv7. */
export function identityEventDraft(fact: IdentityFact, id: string): EventDraft {
  return {
    id,
    type: fact.type === 'TokenIssued' ? 'countersign.token.issued' : 'countersign.token.revoked',
    key: fact.tokenId,
    stream: `token/${fact.tokenId}`,
    streamVersion: fact.type === 'TokenIssued' ? 1 : 2,
    tenant: fact.tenant,
    occurredAtMs: fact.atMs,
    correlationId: fact.tokenId,
    causationId: '',
    traceparent: '',
    data: dataOf(fact),
  };
}

/**
 * undefined for what is no token event. Throws for a role that this version does not know: to drop it in silence would make the
 * token weaker or stronger than its issuer meant.
 */
export function identityEventOf({ data, tenant, occurredAtMs }: Event): IdentityFact | undefined {
  const atMs = Number(occurredAtMs);
  if (data.case === 'tokenRevoked') {
    const { tokenId, revokedBy } = data.value;
    return { type: 'TokenRevoked', atMs, tenant, tokenId, revokedBy };
  }
  if (data.case !== 'tokenIssued') return undefined;
  const { tokenId, tokenHash, subject, owner, actsFor, issuedBy } = data.value;
  const roles = data.value.roles.map(roleOf);
  const expiresAtMs = data.value.expiresAtMs === 0n ? undefined : Number(data.value.expiresAtMs);
  return { type: 'TokenIssued', atMs, tenant, tokenId, tokenHash, subject, owner, roles, actsFor, expiresAtMs, issuedBy };
}

function dataOf(fact: IdentityFact): EventDraft['data'] {
  if (fact.type === 'TokenRevoked') {
    return { case: 'tokenRevoked', value: { tokenId: fact.tokenId, revokedBy: fact.revokedBy } };
  }
  const { tokenId, tokenHash, subject, owner, roles, actsFor, expiresAtMs, issuedBy } = fact;
  return {
    case: 'tokenIssued',
    value: {
      tokenId,
      tokenHash,
      subject,
      owner,
      roles: [...roles],
      actsFor: [...actsFor],
      expiresAtMs: BigInt(expiresAtMs ?? 0),
      issuedBy,
    },
  };
}

function roleOf(text: string): Role {
  const role = ROLES.find((known) => known === text);
  if (role === undefined) throw new Error(`a token event names the role "${text}", which this version does not know`);
  return role;
}
