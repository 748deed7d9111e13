/**
 * Grants: the signed, scoped, expiring result of an approval, as a JWT (RFC 7519) signed with Ed25519 (RFC 8037).
 * Signing is deterministic: the same claims and key give the same token, so that it never has to be stored.
 */
import { type KeyObject, sign, verify } from 'node:crypto';
import { err, ok, type Result } from '@countersign/kernel';

export interface GrantClaims {
  readonly grantId: string;
  readonly approvalId: string;
  readonly tenant: string;
  /** The only subject that may use it. */
  readonly subject: string;
  /** 64 hex digits each. */
  readonly actionDigest: string;
  readonly policyDigest: string;
  /** Valid from `notBeforeMs` (inclusive) to `expiresAtMs` (exclusive); whole seconds, since a JWT has no finer times. */
  readonly notBeforeMs: number;
  readonly expiresAtMs: number;
  readonly uses: number;
  readonly approvers: readonly string[];
  /** The chain of events that the approval belongs to. */
  readonly correlationId: string;
}

export type UntrustedGrant = 'malformed' | 'wrong_algorithm' | 'wrong_type' | 'forged';
export type GrantRefusal = UntrustedGrant | 'not_yet_valid' | 'expired';

const ISSUER = 'countersign';
const MS_PER_S = 1000;

/** A grant of a dozen approvers stays under 2 KB. */
const CAP_TOKEN_CHARS = 8192;

// An explicit type (RFC 8725 §3.11): no other token signed with this key can pass for a grant.
const HEADER = encodePart({ alg: 'EdDSA', typ: 'countersign-grant+jwt' });

export function signGrant(claims: GrantClaims, privateKey: KeyObject): string {
  const payload = encodePart({
    iss: ISSUER,
    sub: claims.subject,
    jti: claims.grantId,
    nbf: Math.floor(claims.notBeforeMs / MS_PER_S),
    exp: Math.floor(claims.expiresAtMs / MS_PER_S),
    tenant: claims.tenant,
    approval_id: claims.approvalId,
    act: claims.actionDigest,
    pol: claims.policyDigest,
    uses: claims.uses,
    approvers: claims.approvers,
    correlation_id: claims.correlationId,
  });
  const signed = `${HEADER}.${payload}`;
  return `${signed}.${sign(null, Buffer.from(signed), privateKey).toString('base64url')}`;
}

/** Signature and times. Whether it was used or revoked is for the approval's own stream to say. */
export function verifyGrant(token: string, publicKey: KeyObject, nowMs: number): Result<GrantClaims, GrantRefusal> {
  const read = readGrant(token, publicKey);
  if (!read.ok) return read;
  if (nowMs < read.value.notBeforeMs) return err('not_yet_valid');
  if (nowMs >= read.value.expiresAtMs) return err('expired');
  return read;
}

/** The claims of a grant that this installation signed, whatever the time is: for the record of a late attempt. */
export function readGrant(token: string, publicKey: KeyObject): Result<GrantClaims, UntrustedGrant> {
  const parts = split(token);
  if (!parts) return err('malformed');
  const { header, payload, signature, signed } = parts;
  if (header['alg'] !== 'EdDSA') return err('wrong_algorithm');
  if (header['typ'] !== 'countersign-grant+jwt') return err('wrong_type');
  if (!verify(null, Buffer.from(signed), publicKey, signature)) return err('forged');
  if (payload['iss'] !== ISSUER) return err('wrong_type');
  const claims = claimsOf(payload);
  return claims ? ok(claims) : err('malformed');
}

/** The approval that a token names, signed or not: only for putting a forged one on that approval's record. Undefined for none. */
export function claimedApprovalId(token: string): string | undefined {
  const claimed = split(token)?.payload['approval_id'];
  return typeof claimed === 'string' && claimed !== '' ? claimed : undefined;
}

type Members = Readonly<Record<string, unknown>>;

function split(token: string): { header: Members; payload: Members; signature: Buffer; signed: string } | undefined {
  if (token.length > CAP_TOKEN_CHARS) return undefined;
  const [head, body, tail, ...more] = token.split('.');
  if (head === undefined || body === undefined || tail === undefined || more.length > 0) return undefined;
  const header = decodePart(head);
  const payload = decodePart(body);
  const signature = Buffer.from(tail, 'base64url');
  // One spelling only: Node's decoder would forgive stray characters and loose bits.
  if (!header || !payload || signature.toString('base64url') !== tail) return undefined;
  return { header, payload, signature, signed: `${head}.${body}` };
}

function claimsOf(payload: Members): GrantClaims | undefined {
  const { sub, jti, nbf, exp, tenant, approval_id, act, pol, uses, approvers, correlation_id } = payload;
  if (!isText(sub) || !isText(jti) || !isText(tenant) || !isText(approval_id) || !isText(act) || !isText(pol)) return undefined;
  if (!isCount(nbf) || !isCount(exp) || !isCount(uses) || !isText(correlation_id)) return undefined;
  if (!Array.isArray(approvers) || !approvers.every(isText)) return undefined;
  return {
    grantId: jti,
    approvalId: approval_id,
    tenant,
    subject: sub,
    actionDigest: act,
    policyDigest: pol,
    notBeforeMs: nbf * MS_PER_S,
    expiresAtMs: exp * MS_PER_S,
    uses,
    approvers,
    correlationId: correlation_id,
  };
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

function encodePart(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function decodePart(part: string): Members | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Members) : undefined;
  } catch {
    return undefined;
  }
}
