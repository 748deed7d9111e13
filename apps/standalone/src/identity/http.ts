/** Tokens over HTTP: JSON in, JSON out, refusals as problem details (RFC 9457). */
import { HttpException } from '@nestjs/common';
import type { Principal, Result } from '@countersign/kernel';
import type { IdentityRefusal, TokenRequest, TokenView } from '@countersign/identity';
import type { Identity } from './room.ts';

/** As JSON shows a token; times are RFC 3339 in UTC, null for none. */
export interface TokenJson {
  readonly id: string;
  readonly subject: string;
  readonly owner: string;
  readonly roles: readonly string[];
  readonly actsFor: readonly string[];
  readonly tenant: string;
  readonly issuedAt: string;
  readonly issuedBy: string;
  readonly expiresAt: string | null;
  readonly revokedAt: string | null;
  readonly revokedBy: string | null;
}

export async function createToken(identity: Identity, by: Principal, body: unknown): Promise<TokenJson & { token: string }> {
  const { token, view } = orThrow(await identity.create(by, requestOf(body)));
  return { ...toJson(view), token };
}

export function listTokens(identity: Identity, by: Principal): { tokens: readonly TokenJson[] } {
  return { tokens: orThrow(identity.list(by)).map(toJson) };
}

export async function revokeToken(identity: Identity, by: Principal, id: string): Promise<TokenJson> {
  return toJson(orThrow(await identity.revoke(by, id)));
}

/** One exhaustive map: a new refusal does not compile until it has a status. */
const STATUS: Readonly<Record<IdentityRefusal['code'], readonly [number, string]>> = {
  invalid: [400, 'Bad Request'],
  forbidden: [403, 'Forbidden'],
  not_found: [404, 'Not Found'],
  conflict: [409, 'Conflict'],
};

function orThrow<T>(result: Result<T, IdentityRefusal>): T {
  if (result.ok) return result.value;
  throw problem(result.error);
}

function problem({ code, message }: IdentityRefusal): HttpException {
  const [status, title] = STATUS[code];
  return new HttpException({ type: 'about:blank', title, status, detail: message }, status);
}

const FIELDS = ['subject', 'owner', 'roles', 'actsFor', 'expiresAt'];

/** `{subject, owner?, roles, actsFor?, expiresAt?}`. An unknown field is refused: a typing mistake must not widen a token. */
function requestOf(body: unknown): Omit<TokenRequest, 'tenant'> {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw invalid('the body must be a JSON object');
  const unknown = Object.keys(body).find((name) => !FIELDS.includes(name));
  if (unknown !== undefined) throw invalid(`there is no field "${unknown}": use ${FIELDS.join(', ')}`);
  const { subject, owner = '', roles, actsFor = [], expiresAt = null } = body as Readonly<Record<string, unknown>>;
  if (typeof subject !== 'string') throw invalid('"subject" is missing, e.g. "agent:deploy-bot"');
  if (typeof owner !== 'string') throw invalid('"owner" must be a text, e.g. "person:ana"');
  if (!isTexts(roles)) throw invalid('"roles" must be a list, e.g. ["caller"]');
  if (!isTexts(actsFor)) throw invalid('"actsFor" must be a list, e.g. ["agent:*"]');
  return { subject, owner, roles, actsFor, expiresAtMs: expiresAt === null ? undefined : timeOf(expiresAt) };
}

function timeOf(value: unknown): number {
  const ms =
    typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T.*(Z|[+-]\d{2}:\d{2})$/.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(ms)) throw invalid('"expiresAt" must be a time like "2030-01-31T12:00:00Z"');
  return ms;
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function invalid(message: string): HttpException {
  return problem({ code: 'invalid', message });
}

function toJson({ issuedAtMs, expiresAtMs, revokedAtMs, revokedBy, ...view }: TokenView): TokenJson {
  return {
    ...view,
    issuedAt: new Date(issuedAtMs).toISOString(),
    expiresAt: expiresAtMs === undefined ? null : new Date(expiresAtMs).toISOString(),
    revokedAt: revokedAtMs === undefined ? null : new Date(revokedAtMs).toISOString(),
    revokedBy: revokedBy ?? null,
  };
}
