import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { claimedApprovalId, type GrantClaims, readGrant, signGrant, verifyGrant } from './grant.ts';

const ours = generateKeyPairSync('ed25519');
const theirs = generateKeyPairSync('ed25519');

const claims: GrantClaims = {
  grantId: 'g1',
  approvalId: 'a1',
  tenant: 'default',
  subject: 'agent:bot',
  actionDigest: 'aa'.repeat(32),
  policyDigest: 'bb'.repeat(32),
  notBeforeMs: 1_000_000,
  expiresAtMs: 1_300_000,
  uses: 1,
  approvers: ['person:ben'],
  correlationId: 'd1',
};

const token = signGrant(claims, ours.privateKey);
const [head = '', body = '', tail = ''] = token.split('.');
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const payload = JSON.parse(Buffer.from(body, 'base64url').toString()) as object;

function signedBy(privateKey: typeof ours.privateKey, header: object, content: object): string {
  const text = `${part(header)}.${part(content)}`;
  return `${text}.${sign(null, Buffer.from(text), privateKey).toString('base64url')}`;
}

const grantHeader = { alg: 'EdDSA', typ: 'countersign-grant+jwt' };

describe('a grant', () => {
  it('says after the way what it said before, and is the same token each time', () => {
    expect(verifyGrant(token, ours.publicKey, 1_100_000)).toEqual({ ok: true, value: claims });
    expect(signGrant(claims, ours.privateKey)).toBe(token);
  });

  it.each([
    ['1 ms before its time', 999_999, 'not_yet_valid'],
    ['from its first ms', 1_000_000, 'valid'],
    ['to its last ms', 1_299_999, 'valid'],
    ['no longer', 1_300_000, 'expired'],
  ])('%s (%i): %s', (_, nowMs, said) => {
    const verified = verifyGrant(token, ours.publicKey, nowMs);
    expect(verified.ok ? 'valid' : verified.error).toBe(said);
  });

  it('can be read after its time, for the record', () => {
    expect(readGrant(token, ours.publicKey)).toEqual({ ok: true, value: claims });
  });

  const hmacText = `${part({ ...grantHeader, alg: 'HS256' })}.${body}`;
  const hmacKey = ours.publicKey.export({ type: 'spki', format: 'pem' });
  it.each([
    ['another key', signGrant(claims, theirs.privateKey), 'forged'],
    ['a changed claim', `${head}.${part({ ...payload, sub: 'agent:evil' })}.${tail}`, 'forged'],
    ['an empty signature', `${head}.${body}.`, 'forged'],
    ['alg none', `${part({ ...grantHeader, alg: 'none' })}.${body}.`, 'wrong_algorithm'],
    [
      'HMAC with the public key',
      `${hmacText}.${createHmac('sha256', hmacKey).update(hmacText).digest('base64url')}`,
      'wrong_algorithm',
    ],
    ['another type of token', signedBy(ours.privateKey, { alg: 'EdDSA', typ: 'JWT' }, payload), 'wrong_type'],
    ['another issuer', signedBy(ours.privateKey, grantHeader, { ...payload, iss: 'else' }), 'wrong_type'],
    ['a missing claim', signedBy(ours.privateKey, grantHeader, { ...payload, act: undefined }), 'malformed'],
    ['a fractional time', signedBy(ours.privateKey, grantHeader, { ...payload, exp: 1300.5 }), 'malformed'],
    ['a fourth part', `${token}.x`, 'malformed'],
    ['padding', `${token}=`, 'malformed'],
    ['no JSON', `x.y.z`, 'malformed'],
    ['nothing', '', 'malformed'],
    ['8 KB and more', `${head}.${part({ ...payload, pad: 'x'.repeat(9000) })}.${tail}`, 'malformed'],
  ])('with %s is refused', (_, bad, code) => {
    expect(verifyGrant(bad, ours.publicKey, 1_100_000)).toEqual({ ok: false, error: code });
  });

  it('names its approval even when forged', () => {
    expect(claimedApprovalId(signGrant(claims, theirs.privateKey))).toBe('a1');
    expect(claimedApprovalId('junk')).toBeUndefined();
  });
});
