/** Tokens: what may be issued, whom a token proves, and when it stops. */
import { randomBytes } from 'node:crypto';
import { sha256 } from '@countersign/kernel';
import { describe, expect, it } from 'vitest';
import { type IssuedToken, TokenRegistry, type TokenRequest, issueToken } from './index.ts';

const NOW_MS = 1_700_000_000_000;

const AGENT: TokenRequest = {
  tenant: 'default',
  subject: 'agent:deploy-bot',
  owner: 'person:ana',
  roles: ['caller'],
  actsFor: [],
  expiresAtMs: undefined,
};

const ADMIN: TokenRequest = { ...AGENT, subject: 'person:admin', owner: '', roles: ['admin'] };

function issued(request: TokenRequest, atMs = NOW_MS): IssuedToken {
  const result = issueToken(request, 'person:admin', atMs, randomBytes);
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

function registryOf(...tokens: readonly IssuedToken[]): TokenRegistry {
  const registry = new TokenRegistry();
  for (const { event } of tokens) registry.apply(event);
  return registry;
}

function revoked({ tokenId }: IssuedToken, atMs = NOW_MS) {
  return { type: 'TokenRevoked', atMs, tenant: 'default', tokenId, revokedBy: 'person:admin' } as const;
}

describe('issuing', () => {
  it('draws a token of 32 random bytes and keeps only its hash in the event', () => {
    const { token, event } = issued(AGENT);
    expect(token).toMatch(/^cs_[A-Za-z0-9_-]{43}$/);
    expect(Buffer.from(event.tokenHash)).toEqual(sha256(token));
    expect(JSON.stringify(event)).not.toContain(token.slice(3));
    expect(issued(AGENT).token).not.toBe(token);
  });

  it.each<[string, Partial<TokenRequest>, RegExp]>([
    ['a subject without a type', { subject: 'deploy-bot' }, /must be person:<name>/],
    ['a subject with odd characters', { subject: 'agent:a b' }, /must be person:<name>/],
    ['an agent without an owner', { owner: '' }, /needs an owner, the person who answers for it/],
    ['an agent owned by an agent', { owner: 'agent:other' }, /the owner must be a person/],
    ['a person with an owner', { subject: 'person:ana', owner: 'person:bo' }, /leave the owner out/],
    ['no role', { roles: [] }, /at least one role/],
    ['an unknown role', { roles: ['root'] }, /no role "root": use caller, approver/],
    ['an agent that approves', { roles: ['caller', 'approver'] }, /only a person may be approver/],
    ['a pipeline that administers', { subject: 'pipeline:ci', owner: '', roles: ['admin'] }, /only a person may be admin/],
    ['an odd subject to act for', { actsFor: ['agent:*', 'everyone'] }, /"everyone" is no subject to act for/],
    ['an odd tenant', { tenant: 'A B' }, /tenant must be/],
    ['an expiry at this very moment', { expiresAtMs: NOW_MS }, /lies in the past/],
    ['an expiry that is no number', { expiresAtMs: Number.NaN }, /whole milliseconds/],
  ])('refuses %s and says what would do', (_, change, message) => {
    const result = issueToken({ ...AGENT, ...change }, 'person:admin', NOW_MS, randomBytes);
    expect(result).toEqual({ ok: false, error: { code: 'invalid', message: expect.stringMatching(message) } });
  });

  it.each<[string, Partial<TokenRequest>]>([
    ['a pipeline that nobody owns', { subject: 'pipeline:release', owner: '' }],
    ['a person who approves', { subject: 'person:ana', owner: '', roles: ['approver'] }],
    ['a caller for all agents', { actsFor: ['agent:*', 'person:ana', '*'] }],
  ])('issues %s', (_, change) => {
    expect(issueToken({ ...AGENT, ...change }, 'person:admin', NOW_MS, randomBytes).ok).toBe(true);
  });
});

describe('authenticating', () => {
  it('proves the subject of the token, the first time and later', () => {
    const token = issued({ ...AGENT, actsFor: ['agent:ci'] });
    const registry = registryOf(token);
    const principal = {
      tenant: 'default',
      subject: 'agent:deploy-bot',
      owner: 'person:ana',
      roles: ['caller'],
      tokenId: token.tokenId,
      actsFor: ['agent:ci'],
    };
    expect(registry.authenticate(token.token, NOW_MS)).toEqual(principal);
    expect(registry.authenticate(token.token, NOW_MS)).toEqual(principal);
  });

  it.each(['', 'cs_', `cs_${'A'.repeat(43)}`, `cs_${'A'.repeat(1_000_000)}`, 'Bearer x'])('knows nobody by %.20s', (token) => {
    expect(registryOf(issued(AGENT)).authenticate(token, NOW_MS)).toBeUndefined();
  });

  it('stops at once when revoked, though it was seen before', () => {
    const token = issued(AGENT);
    const registry = registryOf(token);
    registry.authenticate(token.token, NOW_MS);
    registry.apply(revoked(token));
    expect(registry.authenticate(token.token, NOW_MS)).toBeUndefined();
    registry.apply(token.event);
    expect(registry.authenticate(token.token, NOW_MS)).toBeUndefined();
  });

  it.each([
    [NOW_MS + 999, true],
    [NOW_MS + 1_000, false],
  ])('holds until its expiry: at %i %s', (nowMs, proves) => {
    const token = issued({ ...AGENT, expiresAtMs: NOW_MS + 1_000 });
    const registry = registryOf(token);
    registry.authenticate(token.token, NOW_MS);
    expect(registry.authenticate(token.token, nowMs) !== undefined).toBe(proves);
  });
});

describe('owners', () => {
  it('knows the owner of a registered agent, in its tenant only', () => {
    const registry = registryOf(issued(AGENT), issued({ ...AGENT, subject: 'pipeline:release', owner: '' }));
    expect(registry.ownerOf('default', 'agent:deploy-bot')).toBe('person:ana');
    expect(registry.ownerOf('other', 'agent:deploy-bot')).toBeUndefined();
    expect(registry.ownerOf('default', 'agent:unknown')).toBeUndefined();
    expect(registry.ownerOf('default', 'pipeline:release')).toBeUndefined();
  });

  it('refuses a second owner while a token of the first is in force', () => {
    const first = issued(AGENT);
    const registry = registryOf(first);
    const second = { ...AGENT, owner: 'person:bo' };
    expect(registry.checkOwner(AGENT, NOW_MS).ok).toBe(true);
    expect(registry.checkOwner(second, NOW_MS)).toMatchObject({ ok: false, error: { code: 'conflict' } });
    registry.apply(revoked(first));
    expect(registry.checkOwner(second, NOW_MS).ok).toBe(true);
    registry.apply(issued(second).event);
    expect(registry.ownerOf('default', 'agent:deploy-bot')).toBe('person:bo');
  });
});

describe('listing and revoking', () => {
  it('shows a token without its secret or hash, to its own tenant', () => {
    const token = issued(AGENT);
    const registry = registryOf(token);
    registry.apply(revoked(token, NOW_MS + 5));
    registry.apply(revoked(token, NOW_MS + 9));
    expect(registry.list('default')).toEqual([
      {
        id: token.tokenId,
        tenant: 'default',
        subject: 'agent:deploy-bot',
        owner: 'person:ana',
        roles: ['caller'],
        actsFor: [],
        issuedAtMs: NOW_MS,
        issuedBy: 'person:admin',
        expiresAtMs: undefined,
        revokedAtMs: NOW_MS + 5,
        revokedBy: 'person:admin',
      },
    ]);
    expect(registry.list('other')).toEqual([]);
  });

  it('refuses to revoke the last administrator, and what is not there', () => {
    const [first, second, agent] = [issued(ADMIN), issued({ ...ADMIN, subject: 'person:bo' }), issued(AGENT)];
    const registry = registryOf(first, second, agent);
    const check = ({ tokenId }: IssuedToken, tenant = 'default') => registry.checkRevoke(tenant, tokenId, NOW_MS);
    expect(check(first)).toMatchObject({ ok: true, value: { id: first.tokenId } });
    registry.apply(revoked(first));
    expect(check(second)).toMatchObject({ ok: false, error: { code: 'conflict' } });
    expect(check(agent).ok).toBe(true);
    expect(check(agent, 'other')).toMatchObject({ ok: false, error: { code: 'not_found' } });
  });
});
