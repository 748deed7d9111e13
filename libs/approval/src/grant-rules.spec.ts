/** Grants, their uses and their end: promise 5; and the fold. */
import { describe, expect, it } from 'vitest';
import { type Actor, type ApprovalEvent, type Redeem, type RefusalCode, decide, evolve, initial, owedOutcome } from './index.ts';
import { ACTION, actor, given, GRANT_MS, POLICY, redeem, request, revoke, T0_MS, vote, when } from './testing/histories.ts';

const open = given(request());
const granted = given(request(), vote('person:ben'));

describe('promise 5: an approval approves exactly what was shown', () => {
  it('the grant is bound to subject, action, policy, time and uses', () => {
    expect(granted).toMatchObject({
      status: 'granted',
      grant: { subject: 'agent:bot', actionDigest: ACTION, policyDigest: POLICY, uses: 1, approvers: ['person:ben'] },
    });
    expect(granted).toHaveProperty('grant.notBeforeMs', T0_MS + 1_000);
    expect(granted).toHaveProperty('grant.expiresAtMs', T0_MS + 1_000 + GRANT_MS);
  });

  it.each<[string, Partial<Redeem>, RefusalCode]>([
    ['no proven grant', { grantId: '' }, 'forged'],
    ['another grant', { grantId: 'g2' }, 'unknown_grant'],
    ['another subject', { subject: 'agent:evil' }, 'other_subject'],
    ['another action', { actionDigest: 'a2'.repeat(32) }, 'action_changed'],
    ['another policy', { policyDigest: 'b3'.repeat(32) }, 'policy_changed'],
    ['another tenant', { tenant: 'other' }, 'not_found'],
  ])('redeeming with %s is refused', (_, change, code) => {
    expect(when(redeem(granted, change), granted)).toBe(code);
  });

  it.each([
    [GRANT_MS - 1, ['Redeemed']],
    [GRANT_MS, 'expired'],
  ])('%i ms after the grant: %j', (afterMs, said) => {
    expect(when(redeem(granted, { atMs: T0_MS + 1_000 + afterMs }), granted)).toEqual(said);
  });

  it('is used once; the same use told again is silence, another is refused', () => {
    const used = given(request(), vote('person:ben'), redeem(granted));
    expect(used.status).toBe('redeemed');
    expect(when(redeem(used), used)).toEqual([]);
    expect(when(redeem(used, { atMs: T0_MS + 60_000 }), used)).toEqual([]);
    expect(when(redeem(used, { redeemedFor: 'r2' }), used)).toBe('already_used');
    expect(when(redeem(used, { actionDigest: 'a2'.repeat(32) }), used)).toBe('action_changed');
  });

  it('can be used as often as policy said', () => {
    const twice = given(request({ uses: 2 }), vote('person:ben'));
    const once = given(request({ uses: 2 }), vote('person:ben'), redeem(twice));
    expect(once.status).toBe('granted');
    const done = given(request({ uses: 2 }), vote('person:ben'), redeem(twice), redeem(twice, { redeemedFor: 'r2' }));
    expect(done.status).toBe('redeemed');
    expect(when(redeem(done, { redeemedFor: 'r3' }), done)).toBe('already_used');
  });

  it('nothing is redeemed before it is granted or after it was revoked', () => {
    expect(when(redeem(open, { grantId: 'g' }), open)).toBe('not_granted');
    const dead = given(request(), vote('person:ben'), revoke(actor('person:ben')));
    expect(when(redeem(dead), dead)).toBe('revoked');
  });
});

describe('revoking', () => {
  it.each<[string, Actor, string[] | RefusalCode]>([
    ['the voter', actor('person:ben'), ['Revoked']],
    ['an admin', actor('person:zoe', ['admin']), ['Revoked']],
    ['the requester', actor('agent:bot', ['caller'], 'person:ana'), ['Revoked']],
    ["the requester's owner", actor('person:ana', ['caller']), ['Revoked']],
    ['somebody else', actor('person:eva'), 'not_allowed'],
  ])('a granted one, by %s', (_, by, said) => {
    expect(when(revoke(by), granted)).toEqual(said);
  });

  it('is silent when told again, and refused once everything is used', () => {
    const command = revoke(actor('person:ben'));
    expect(when(command, given(request(), vote('person:ben'), command))).toEqual([]);
    const used = given(request(), vote('person:ben'), redeem(granted));
    expect(when(command, used)).toBe('not_open');
  });
});

describe('evolve', () => {
  const base = { approvalId: 'ap1', commandId: 'c', atMs: T0_MS };
  it('counts refused attempts and changes nothing else', () => {
    const refused = {
      ...base,
      type: 'CommandRefused',
      command: 'vote',
      by: 'person:ana',
      code: 'own_request',
      message: '',
    } as const;
    expect(evolve(open, refused)).toEqual({ ...open, version: 2 });
    expect(evolve(initial, refused)).toEqual({ status: 'absent', version: 1, lastAtMs: T0_MS });
  });

  it.each<ApprovalEvent>([
    { ...base, type: 'Lapsed' },
    { ...base, type: 'Rejected', rejectedBy: [], reason: '' },
    { ...base, type: 'VoteCast', voter: 'person:x', approve: true, reason: '', channel: '' },
  ])('throws for $type after the outcome', (happened) => {
    expect(() => evolve(granted, happened)).toThrow('cannot follow');
    expect(() => evolve(initial, happened)).toThrow('before it was requested');
  });

  it('an outcome that a cut-off write still owes can be told from the votes', () => {
    const decided = decide(vote('person:ben', { commandId: 'c9' }), open);
    const [cast, outcome] = decided.ok ? decided.value : [];
    expect(owedOutcome(evolve(open, cast as ApprovalEvent), 'c9')).toEqual(outcome);
    expect(owedOutcome(open, 'c9')).toBeUndefined();
    expect(owedOutcome(granted, 'c9')).toBeUndefined();
  });
});
