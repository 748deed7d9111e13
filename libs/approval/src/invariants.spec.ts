/** Random histories: whatever is sent in whatever order, the promises hold in what is recorded. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  type Actor,
  type Approval,
  type ApprovalEvent,
  type Command,
  decide,
  evolve,
  initial,
  type Matter,
  samePerson,
} from './index.ts';

const DIGESTS = ['a1'.repeat(32), 'c3'.repeat(32)] as const;
const PEOPLE = ['person:ana', 'person:Ana', 'person:ben', 'person:BEN', 'person:eva', 'person:zoe', 'agent:bot', 'agent:x'];
const OUTCOMES = ['Granted', 'Rejected', 'Lapsed'];

const actor: fc.Arbitrary<Actor> = fc.record({
  subject: fc.constantFrom(...PEOPLE),
  owner: fc.constantFrom('', '', 'person:ana'),
  tokenId: fc.constant('t'),
  roles: fc.constantFrom(['approver'], ['approver', 'admin'], ['admin'], ['caller'], []),
});

const matter = fc
  .record({ quorum: fc.integer({ min: 0, max: 3 }), uses: fc.integer({ min: 0, max: 3 }) })
  .map(({ quorum, uses }): Matter => ({
    decisionId: 'd',
    requester: 'agent:bot',
    involved: ['person:ana'],
    request: { requestId: '', delegation: [], purpose: '', sessionId: '', traceparent: '', contextJson: new Uint8Array(0) },
    effects: [],
    reasons: [],
    risk: 0,
    actionDigest: DIGESTS[0],
    policyDigest: DIGESTS[0],
    requirement: { quorum, reviewers: [], expiresS: 10, grantS: 5, uses },
  }));

/** What varies in every command; few values, so that repeats, steps back and boundaries come up often. */
const base = fc.record({
  commandId: fc.integer({ min: 0, max: 12 }).map((n) => `c${n}`),
  approvalId: fc.constant('ap'),
  tenant: fc.constantFrom('default', 'default', 'default', 'default', 'other'),
  atMs: fc.integer({ min: 0, max: 12 }).map((s) => s * 1000),
});

const digest = fc.constantFrom(DIGESTS[0], DIGESTS[0], DIGESTS[0], DIGESTS[1]);

const command: fc.Arbitrary<(grantId: string) => Command> = fc.oneof(
  {
    weight: 1,
    arbitrary: fc.tuple(base, matter).map(([b, m]) => () => ({ ...b, type: 'Request' as const, correlationId: 'd', matter: m })),
  },
  {
    weight: 6,
    arbitrary: fc.tuple(base, actor, fc.integer({ min: 0, max: 9 }), digest).map(([b, by, no, actionDigest]) => () => ({
      ...b,
      type: 'Vote' as const,
      by,
      approve: no > 0,
      reason: '',
      actionDigest,
      channel: '',
    })),
  },
  { weight: 1, arbitrary: fc.tuple(base, actor).map(([b, by]) => () => ({ ...b, type: 'Revoke' as const, by, reason: '' })) },
  {
    weight: 4,
    arbitrary: fc
      .tuple(base, actor, fc.constantFrom('r1', 'r2', 'r3', 'r4'), digest, fc.boolean())
      .map(([b, by, redeemedFor, actionDigest, right]) => (grantId: string) => ({
        ...{ ...b, type: 'Redeem' as const, by, redeemedFor, actionDigest, policyDigest: DIGESTS[0] },
        ...{ grantId: right ? grantId : 'other', subject: 'agent:bot' },
      })),
  },
  { weight: 1, arbitrary: base.map((b) => () => ({ ...b, type: 'Lapse' as const })) },
);

function run(commands: readonly ((grantId: string) => Command)[]): { events: ApprovalEvent[]; state: Approval } {
  const events: ApprovalEvent[] = [];
  let state: Approval = initial;
  for (const make of commands) {
    const grantId = state.status === 'absent' ? '' : (state.grant?.grantId ?? 'none');
    const decided = decide(make(grantId), state);
    const happened = decided.ok ? decided.value : [];
    state = happened.reduce(evolve, state);
    events.push(...happened);
  }
  return { events, state };
}

/** What must never be in a record, as sentences; empty for a good one. */
function breaches(events: readonly ApprovalEvent[], state: Approval): string[] {
  if (state.status === 'absent') return events.length === 0 ? [] : ['events of nothing'];
  const found: string[] = [];
  const grants = events.filter((one) => one.type === 'Granted');
  const votes = events.filter((one) => one.type === 'VoteCast');
  const uses = events.filter((one) => one.type === 'Redeemed');
  const outcomes = events.filter((one) => OUTCOMES.includes(one.type) || one.type === 'Revoked');
  const first = outcomes[0];
  if (grants.length > 1) found.push('two grants');
  if (outcomes.slice(1).some((one) => one.type !== 'Revoked' || first?.type !== 'Granted'))
    found.push('an outcome after an outcome');
  if (outcomes.length > 2) found.push('too many outcomes');
  if (votes.some((cast) => !cast.voter.startsWith('person:') || samePerson(cast.voter, 'person:ana')))
    found.push('an involved voter');
  if (votes.some((cast, i) => votes.slice(0, i).some((other) => samePerson(other.voter, cast.voter))))
    found.push('a person counted twice');
  if (first && votes.some((cast) => events.indexOf(cast) > events.indexOf(first))) found.push('a vote after the outcome');
  if (grants.some(({ grant }) => grant.approvers.length < state.matter.requirement.quorum))
    found.push('a grant below its quorum');
  if (uses.length > Math.max(1, state.matter.requirement.uses)) found.push('more uses than granted');
  if (new Set(uses.map((use) => use.redeemedFor)).size !== uses.length) found.push('one use counted twice');
  if (events.some((one, i) => i > 0 && one.atMs < (events[i - 1]?.atMs ?? 0))) found.push('time ran backwards');
  if (votes.some((cast) => cast.atMs >= state.lapsesAtMs)) found.push('a vote after its time');
  const revoked = events.findIndex((one) => one.type === 'Revoked');
  if (revoked >= 0 && uses.some((use) => events.indexOf(use) > revoked)) found.push('a use after the revocation');
  return found;
}

it('holds promises 4 and 5 over random histories, and some of them come to a grant and a use', () => {
  const reached = new Set<string>();
  fc.assert(
    fc.property(fc.array(command, { minLength: 1, maxLength: 40 }), (commands) => {
      const { events, state } = run(commands);
      for (const happened of events) reached.add(happened.type);
      expect(breaches(events, state)).toEqual([]);
    }),
    { numRuns: 2_000 },
  );
  expect([...reached].sort()).toEqual(['Granted', 'Lapsed', 'Redeemed', 'Rejected', 'Requested', 'Revoked', 'VoteCast']);
});
