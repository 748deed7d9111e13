/** Requests, votes and time: promise 4. */
import { describe, expect, it } from 'vitest';
import { type Actor, type RefusalCode, initial } from './index.ts';
import { actor, given, lapse, matter, PATIENCE_MS, request, revoke, T0_MS, vote, when } from './testing/histories.ts';

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
