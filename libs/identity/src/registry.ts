/** The tokens that exist, folded from their events: who a token proves, and who answers for an agent. */
import { type Principal, type Result, type Role, err, ok, sha256Hex, toHex, unreachable } from '@countersign/kernel';
import type { IdentityEvent, TokenIssued, TokenRevoked } from './events.ts';
import { type IdentityRefusal, TOKEN_CHARS, TOKEN_PREFIX, type TokenRequest } from './issue.ts';

/** A token as people see it: everything but the secret and its hash. */
export interface TokenView {
  readonly id: string;
  readonly tenant: string;
  readonly subject: string;
  readonly owner: string;
  readonly roles: readonly string[];
  readonly actsFor: readonly string[];
  readonly issuedAtMs: number;
  readonly issuedBy: string;
  readonly expiresAtMs: number | undefined;
  readonly revokedAtMs: number | undefined;
  readonly revokedBy: string | undefined;
}

interface Entry {
  readonly issued: TokenIssued;
  /** One object a token, so that a call allocates nothing. */
  readonly principal: Principal;
  revoked: TokenRevoked | undefined;
}

export class TokenRegistry {
  readonly #byId = new Map<string, Entry>();
  readonly #byHash = new Map<string, Entry>();
  /** Tokens that were presented and proved good, to spare a hash a call. Bounded: only issued tokens get in. */
  readonly #seen = new Map<string, Entry>();
  readonly #owners = new Map<string, string>();
  readonly #listeners = new Set<() => void>();

  /** Idempotent: the same event again changes nothing. Events of one token must come in order. */
  apply(event: IdentityEvent): void {
    switch (event.type) {
      case 'TokenIssued':
        this.#issued(event);
        break;
      case 'TokenRevoked': {
        const entry = this.#byId.get(event.tokenId);
        if (entry !== undefined) entry.revoked ??= event;
        break;
      }
      default:
        return unreachable(event);
    }
    for (const listener of this.#listeners) listener();
  }

  /**
   * Who presents this token; undefined for an unknown, expired or revoked one. Costs a map lookup after the first time. Looking a
   * hash up in a map tells nothing through its time: to be near a stored hash one would have to invert SHA-256.
   */
  authenticate(token: string, nowMs: number): Principal | undefined {
    const entry = this.#seen.get(token) ?? this.#lookUp(token);
    if (entry === undefined) return undefined;
    if (isLive(entry, nowMs)) return entry.principal;
    this.#seen.delete(token);
    return undefined;
  }

  /** The person who answers for this agent or pipeline, by the newest of its tokens; undefined where none is registered. */
  ownerOf(tenant: string, subject: string): string | undefined {
    return this.#owners.get(ownerKey(tenant, subject));
  }

  /** The live tokens with one of these roles, as the hex SHA-256 of each: for a part that must check them in another process. */
  hashesOf(roles: readonly Role[], nowMs: number): readonly { readonly tokenSha256Hex: string; readonly tenant: string }[] {
    return [...this.#byHash]
      .filter(([, entry]) => isLive(entry, nowMs) && roles.some((role) => entry.issued.roles.includes(role)))
      .map(([tokenSha256Hex, { issued }]) => ({ tokenSha256Hex, tenant: issued.tenant }));
  }

  /** Calls back after each token that came or went; returns the way to stop. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Oldest first. */
  list(tenant: string): readonly TokenView[] {
    return [...this.#byId.values()].filter(({ issued }) => issued.tenant === tenant).map(viewOf);
  }

  get(tenant: string, tokenId: string): TokenView | undefined {
    const entry = this.#byId.get(tokenId);
    return entry?.issued.tenant === tenant ? viewOf(entry) : undefined;
  }

  /**
   * One agent, one owner: with a second owner in force at the same time, the first could approve what his own agent asks for
   * under the other's name.
   */
  checkOwner(request: TokenRequest, nowMs: number): Result<void, IdentityRefusal> {
    const other = [...this.#byId.values()].find(
      (entry) =>
        entry.issued.tenant === request.tenant &&
        entry.issued.subject === request.subject &&
        entry.issued.owner !== request.owner &&
        isLive(entry, nowMs),
    );
    if (other === undefined) return ok(undefined);
    const { subject, owner, tokenId } = other.issued;
    const message = `${subject} belongs to ${owner === '' ? 'nobody' : owner}: revoke its token ${tokenId} before it gets another owner`;
    return err({ code: 'conflict', message });
  }

  /** With no administrator left, nobody could make a token again. */
  checkRevoke(tenant: string, tokenId: string, nowMs: number): Result<TokenView, IdentityRefusal> {
    const entry = this.#byId.get(tokenId);
    if (entry?.issued.tenant !== tenant) return err({ code: 'not_found', message: `there is no token ${tokenId}` });
    const admins = [...this.#byId.values()].filter(
      (other) => other.issued.tenant === tenant && other.issued.roles.includes('admin') && isLive(other, nowMs),
    );
    if (admins.length === 1 && admins[0] === entry) {
      return err({ code: 'conflict', message: `${tokenId} is the last administrator's token: make another one first` });
    }
    return ok(viewOf(entry));
  }

  /** Tokens ever issued. */
  get size(): number {
    return this.#byId.size;
  }

  #issued(event: TokenIssued): void {
    if (this.#byId.has(event.tokenId)) return;
    const { tenant, subject, owner, roles, tokenId, actsFor } = event;
    const entry: Entry = { issued: event, principal: { tenant, subject, owner, roles, tokenId, actsFor }, revoked: undefined };
    this.#byId.set(tokenId, entry);
    this.#byHash.set(toHex(event.tokenHash), entry);
    if (owner !== '') this.#owners.set(ownerKey(tenant, subject), owner);
  }

  #lookUp(token: string): Entry | undefined {
    if (token.length !== TOKEN_CHARS || !token.startsWith(TOKEN_PREFIX)) return undefined;
    const entry = this.#byHash.get(sha256Hex(token));
    if (entry !== undefined) this.#seen.set(token, entry);
    return entry;
  }
}

function isLive({ issued, revoked }: Entry, nowMs: number): boolean {
  return revoked === undefined && (issued.expiresAtMs === undefined || nowMs < issued.expiresAtMs);
}

function ownerKey(tenant: string, subject: string): string {
  return `${tenant}\0${subject}`;
}

function viewOf({ issued, revoked }: Entry): TokenView {
  const { tokenId, tenant, subject, owner, roles, actsFor, atMs, issuedBy, expiresAtMs } = issued;
  return {
    id: tokenId,
    tenant,
    subject,
    owner,
    roles,
    actsFor,
    issuedAtMs: atMs,
    issuedBy,
    expiresAtMs,
    revokedAtMs: revoked?.atMs,
    revokedBy: revoked?.revokedBy,
  };
}
