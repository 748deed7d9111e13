/** Makes a token: checks what it would allow, draws it, and gives the fact to store. */
import { ROLES, type Result, type Role, SUBJECT_PATTERN, err, isPerson, ok, sha256, uuidV7 } from '@countersign/kernel';
import type { TokenIssued } from './events.ts';

export interface TokenRequest {
  readonly tenant: string;
  readonly subject: string;
  /** The natural person answerable for an agent; empty for a person. */
  readonly owner: string;
  /** As they came in; unknown ones are refused. */
  readonly roles: readonly string[];
  /** Subjects it may speak for: "agent:ci", "agent:*" or "*"; empty: only its own. */
  readonly actsFor: readonly string[];
  readonly expiresAtMs: number | undefined;
}

export interface IssuedToken {
  /** The secret: `cs_` and 32 random bytes in base64url, 46 characters. Hand it over once; only its hash is in the event. */
  readonly token: string;
  readonly tokenId: string;
  readonly event: TokenIssued;
}

/** Why no token is made or revoked; `message` says what would do. */
export interface IdentityRefusal {
  readonly code: 'invalid' | 'conflict' | 'not_found' | 'forbidden';
  readonly message: string;
}

export const TOKEN_PREFIX = 'cs_';
const SECRET_BYTES = 32;
/** The part of a UUIDv7 that is not time. */
const ID_RANDOM_BYTES = 10;
/** `cs_` and 32 bytes in base64url without padding. */
export const TOKEN_CHARS = TOKEN_PREFIX.length + Math.ceil((SECRET_BYTES * 4) / 3);

const TENANT_PATTERN = /^[a-z0-9][a-z0-9_-]{0,62}$/;
const ACTS_FOR_PATTERN = /^(\*|(person|agent|pipeline):(\*|[A-Za-z0-9][A-Za-z0-9._@+-]{0,127}\*?))$/;
const CAP_ACTS_FOR = 100;

/** Roles with which a holder decides about others: a program must not hold them, because it could then clear itself. */
const PERSONAL_ROLES: readonly Role[] = ['approver', 'admin'];

/** `randomBytes(n)` must be cryptographically random. */
export function issueToken(
  request: TokenRequest,
  issuedBy: string,
  atMs: number,
  randomBytes: (size: number) => Uint8Array,
): Result<IssuedToken, IdentityRefusal> {
  const problem = problemOf(request, atMs);
  if (problem !== undefined) return err({ code: 'invalid', message: problem });
  const token = TOKEN_PREFIX + Buffer.from(randomBytes(SECRET_BYTES)).toString('base64url');
  const tokenId = uuidV7(atMs, randomBytes(ID_RANDOM_BYTES));
  const roles = ROLES.filter((role) => request.roles.includes(role));
  const { tenant, subject, owner, actsFor, expiresAtMs } = request;
  const tokenHash = sha256(token);
  return ok({
    token,
    tokenId,
    event: { type: 'TokenIssued', atMs, tenant, tokenId, tokenHash, subject, owner, roles, actsFor, expiresAtMs, issuedBy },
  });
}

function problemOf(request: TokenRequest, nowMs: number): string | undefined {
  const { tenant, subject, owner, roles, actsFor, expiresAtMs } = request;
  if (!TENANT_PATTERN.test(tenant)) return `the tenant must be lower-case letters, digits, "-" and "_", not "${tenant}"`;
  if (!SUBJECT_PATTERN.test(subject)) {
    return `the subject must be person:<name>, agent:<name> or pipeline:<name>, e.g. agent:deploy-bot, not "${subject}"`;
  }
  return (
    ownerProblem(subject, owner) ?? rolesProblem(subject, roles) ?? actsForProblem(actsFor) ?? expiryProblem(expiresAtMs, nowMs)
  );
}

function ownerProblem(subject: string, owner: string): string | undefined {
  if (isPerson(subject)) return owner === '' ? undefined : `${subject} is a person and answers for itself: leave the owner out`;
  if (owner === '') {
    if (subject.startsWith('pipeline:')) return undefined;
    return `${subject} needs an owner, the person who answers for it, e.g. person:ana`;
  }
  return SUBJECT_PATTERN.test(owner) && isPerson(owner)
    ? undefined
    : `the owner must be a person, e.g. person:ana, not "${owner}"`;
}

function rolesProblem(subject: string, roles: readonly string[]): string | undefined {
  if (roles.length === 0) return `give it at least one role: ${ROLES.join(', ')}`;
  const unknown = roles.find((role) => !(ROLES as readonly string[]).includes(role));
  if (unknown !== undefined) return `there is no role "${unknown}": use ${ROLES.join(', ')}`;
  const personal = PERSONAL_ROLES.find((role) => roles.includes(role));
  if (personal === undefined || isPerson(subject)) return undefined;
  return `only a person may be ${personal}: ${subject} could otherwise clear its own actions`;
}

function actsForProblem(actsFor: readonly string[]): string | undefined {
  if (actsFor.length > CAP_ACTS_FOR) return `it may speak for at most ${CAP_ACTS_FOR} subjects or patterns`;
  const wrong = actsFor.find((pattern) => !ACTS_FOR_PATTERN.test(pattern));
  return wrong === undefined ? undefined : `"${wrong}" is no subject to act for: use e.g. agent:ci, agent:* or *`;
}

function expiryProblem(expiresAtMs: number | undefined, nowMs: number): string | undefined {
  if (expiresAtMs === undefined) return undefined;
  if (!Number.isSafeInteger(expiresAtMs)) return 'the time of expiry must be whole milliseconds since 1970';
  return expiresAtMs > nowMs ? undefined : 'the time of expiry lies in the past';
}
