import { describe, expect, it } from 'vitest';
import type { Actor, ApprovalEvent, CastVote, Command, Matter, Redeem, Request, RefusalCode } from './index.ts';
import { type Approval, decide, evolve, initial, owedOutcome } from './index.ts';

const T0_MS = 1_700_000_000_000;
const ACTION = 'a1'.repeat(32);
const POLICY = 'b2'.repeat(32);
const PATIENCE_MS = 2_000;
const GRANT_MS = 5_000;

const bytes = new Uint8Array(0);
const matter: Matter = {
  decisionId: 'd1',
  requester: 'agent:bot',
  involved: ['person:ana', 'person:carl', 'person:dora'],
  request: { requestId: '', delegation: [], purpose: '', sessionId: '', traceparent: '', contextJson: bytes },
  effects: [],
  reasons: [],
  risk: 50,
  actionDigest: ACTION,
  policyDigest: POLICY,
  requirement: { quorum: 1, reviewers: [], expiresS: PATIENCE_MS / 1000, grantS: GRANT_MS / 1000, uses: 1 },
};

const base = { approvalId: 'ap1', tenant: 'default' };
let serial = 0;
const nextId = () => `c${++serial}`;

const request = (requirement: Partial<Matter['requirement']> = {}, change: Partial<Request> = {}): Request => ({
  ...{ ...base, type: 'Request', commandId: 'c-request', atMs: T0_MS, correlationId: 'd1' },
  matter: { ...matter, requirement: { ...matter.requirement, ...requirement } },
  ...change,
});

const actor = (subject: string, roles: readonly string[] = ['approver'], owner = ''): Actor => ({
  subject,
  owner,
  tokenId: 't',
  roles,
});

const vote = (voter: string | Actor, change: Partial<CastVote> = {}): CastVote => ({
  ...{ ...base, type: 'Vote', commandId: nextId(), atMs: T0_MS + 1_000, approve: true, reason: 'ok' },
  ...{ by: typeof voter === 'string' ? actor(voter) : voter, actionDigest: ACTION, channel: 'cli' },
  ...change,
});

const grantId = (state: Approval) => (state.status === 'absent' ? '' : (state.grant?.grantId ?? ''));

const redeem = (state: Approval, change: Partial<Redeem> = {}): Redeem => ({
  ...{ ...base, type: 'Redeem', commandId: nextId(), atMs: T0_MS + 2_000, by: actor('agent:bot', ['caller']) },
  ...{ grantId: grantId(state), redeemedFor: 'r1', subject: 'agent:bot', actionDigest: ACTION, policyDigest: POLICY },
  ...change,
});

const lapse = (atMs: number): Command => ({ ...base, type: 'Lapse', commandId: nextId(), atMs });
const revoke = (by: Actor): Command => ({ ...base, type: 'Revoke', commandId: nextId(), atMs: T0_MS + 1_500, by, reason: 'no' });

/** Given / when / then: what these commands, each of which must succeed, make of an approval. */
function given(...commands: readonly Command[]): Approval {
  return commands.reduce((state: Approval, command) => {
    const decided = decide(command, state);
    if (!decided.ok) throw new Error(`not given: ${command.type} was refused as ${decided.error.code}`);
    return decided.value.reduce(evolve, state);
  }, initial);
}

/** The types of the events that the command gives, or the code of its refusal. */
function when(command: Command, state: Approval): string[] | RefusalCode {
  const decided = decide(command, state);
  return decided.ok ? decided.value.map((happened: ApprovalEvent) => happened.type) : decided.error.code;
}

const open = given(request());
const granted = given(request(), vote('person:ben'));

describe('a request', () => {
  it('opens once and is silent when it is told again', () => {
    expect(when(request(), initial)).toEqual(['Requested']);
    expect(when(request(), open)).toEqual([]);
  });

  it.each([
    ['no action digest', { actionDigest: '' }],
    ['no policy digest', { policyDigest: '' }],
  ])('with %s binds nothing and is refused', (_, change) => {
    expect(when(request({}, { matter: { ...matter, ...change } }), initial)).toBe('invalid_request');
  });

  it('asks one approver for an hour where policy says nothing', () => {
    const state = given(request({ quorum: 0, expiresS: 0, grantS: 0, uses: 0 }), vote('person:ben'));
    expect(state).toMatchObject({ status: 'granted', lapsesAtMs: T0_MS + 3_600_000, grant: { uses: 1 } });
    expect(state).toHaveProperty('grant.expiresAtMs', T0_MS + 1_000 + 300_000);
  });
});

describe('promise 4: nobody approves their own action', () => {
  it.each<[string, Actor, RefusalCode]>([
    ['the requester itself', actor('agent:bot'), 'own_request'],
    ["the agent's owner", actor('person:ana'), 'own_request'],
    ['the owner, spelled otherwise', actor('person:Ana'), 'own_request'],
    ['the owner, as admin', actor('person:ana', ['admin', 'approver', 'auditor', 'policy_author']), 'own_request'],
    ['a person of the delegation chain', actor('person:carl'), 'own_request'],
    ["the caller token's owner", actor('person:dora'), 'own_request'],
    ["another agent of the agent's owner", actor('agent:other', ['approver'], 'person:ana'), 'own_request'],
    ['an agent', actor('agent:other', ['approver'], 'person:ben'), 'not_eligible'],
    ['a pipeline', actor('pipeline:release'), 'not_eligible'],
    ['a person without the role', actor('person:ben', ['caller', 'auditor']), 'not_eligible'],
    ['an admin without the role', actor('person:ben', ['admin']), 'not_eligible'],
  ])('%s is refused', (_, by, code) => {
    expect(when(vote(by), open)).toBe(code);
    expect(when(vote(by, { approve: false }), open)).toBe(code);
  });

  it('a person who is the requester is refused, and says so even when it is too late', () => {
    const own = given(request({}, { matter: { ...matter, requester: 'person:eva', involved: [] } }));
    expect(when(vote('person:eva'), own)).toBe('own_request');
    expect(when(vote('person:eva', { atMs: T0_MS + PATIENCE_MS }), own)).toBe('own_request');
  });

  it('one person counts once towards a quorum of two, however spelled', () => {
    const half = given(request({ quorum: 2 }), vote('person:ben'));
    expect(half.status).toBe('open');
    expect(when(vote('person:ben'), half)).toBe('already_voted');
    expect(when(vote('person:BEN'), half)).toBe('already_voted');
    expect(when(vote('person:eva'), half)).toEqual(['VoteCast', 'Granted']);
  });

  it.each<[string, string[], string[] | RefusalCode]>([
    ['named', ['person:ben'], ['VoteCast', 'Granted']],
    ['not named', ['person:eva'], 'not_eligible'],
    ['by role', ['role:approver'], ['VoteCast', 'Granted']],
    ['by a role that is missing', ['role:admin'], 'not_eligible'],
    ['among others', ['role:admin', 'person:ben'], ['VoteCast', 'Granted']],
    ['by a group, which nobody is in yet', ['group:dba'], 'not_eligible'],
    ['everybody', [], ['VoteCast', 'Granted']],
  ])('reviewers: %s', (_, reviewers, said) => {
    expect(when(vote('person:ben'), given(request({ reviewers })))).toEqual(said);
  });

  it('naming an involved person as reviewer does not exempt them', () => {
    expect(when(vote('person:ana'), given(request({ reviewers: ['person:ana'] })))).toBe('own_request');
  });
});

describe('a vote', () => {
  it('on another action than the one asked about does not count', () => {
    expect(when(vote('person:ben', { actionDigest: 'ff'.repeat(32) }), open)).toBe('digest_mismatch');
    expect(when(vote('person:ben', { actionDigest: '' }), open)).toBe('digest_mismatch');
  });

  it.each([
    [PATIENCE_MS - 1, ['VoteCast', 'Granted']],
    [PATIENCE_MS, 'lapsed'],
    [PATIENCE_MS + 1, 'lapsed'],
  ])('after %i ms: %j', (afterMs, said) => {
    expect(when(vote('person:ben', { atMs: T0_MS + afterMs }), open)).toEqual(said);
  });

  it('to reject ends it at once, whatever the quorum', () => {
    const half = given(request({ quorum: 3 }), vote('person:ben'));
    expect(when(vote('person:eva', { approve: false }), half)).toEqual(['VoteCast', 'Rejected']);
  });

  it('is silent when told again, but the id does not cover another vote', () => {
    const cast = vote('person:ben');
    const half = given(request({ quorum: 2 }), cast);
    expect(when(cast, half)).toEqual([]);
    expect(when({ ...cast, approve: false }, half)).toBe('already_voted');
    expect(when({ ...cast, by: actor('person:eva') }, half)).toEqual(['VoteCast', 'Granted']);
  });

  it.each([
    ['granted', granted],
    ['rejected', given(request(), vote('person:ben', { approve: false }))],
    ['lapsed', given(request(), lapse(T0_MS + PATIENCE_MS))],
    ['revoked', given(request(), revoke(actor('person:ana', ['caller'])))],
  ])('after the outcome (%s) is refused', (status, state) => {
    expect(state.status).toBe(status);
    expect(when(vote('person:eva'), state)).toBe('not_open');
  });

  it('on nothing, or from another tenant, finds nothing', () => {
    expect(when(vote('person:ben'), initial)).toBe('not_found');
    expect(when(vote('person:ben', { tenant: 'other' }), open)).toBe('not_found');
  });
});

describe('lapsing', () => {
  it.each([
    [PATIENCE_MS - 1, 'not_due'],
    [PATIENCE_MS, ['Lapsed']],
  ])('at %i ms: %j', (afterMs, said) => {
    expect(when(lapse(T0_MS + afterMs), open)).toEqual(said);
  });

  it('is silent after any outcome', () => {
    expect(when(lapse(T0_MS + PATIENCE_MS), granted)).toEqual([]);
  });

  it('a clock that stepped back neither lapses early nor makes time run backwards', () => {
    const state = given(request({ quorum: 2 }), vote('person:ben', { atMs: T0_MS + 1_900 }));
    expect(when(lapse(T0_MS - 60_000), state)).toBe('not_due');
    const back = given(request(), vote('person:ben', { atMs: T0_MS - 60_000 }));
    expect(back).toMatchObject({ lastAtMs: T0_MS, decidedAtMs: T0_MS, grant: { notBeforeMs: T0_MS } });
  });
});

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
