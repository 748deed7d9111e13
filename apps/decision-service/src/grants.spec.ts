/** Promise 5, as far as it lives here: a grant lifts one decision, for exactly what was shown, and everything else is on record. */
import { generateKeyPairSync } from 'node:crypto';
import type { ApprovalEvent } from '@countersign/approval';
import { type GrantClaims, signGrant } from '@countersign/identity';
import { toHex } from '@countersign/kernel';
import { TOPICS } from '@countersign/ports';
import { event } from '@countersign/proto';
import { createMemoryJournal } from '@countersign/testkit';
import { approvalCommandOf, approvalEventDraft, openProducer } from '@countersign/wire';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type BreakableJournal, breakable } from './testing/breakable-journal.ts';
import {
  CALLER,
  DROP,
  type FakePolicy,
  fakePolicy,
  GRANT_KEYS,
  type House,
  openHouse,
  recordOf,
  type Request,
  SELECT,
  stored,
  T0_MS,
} from './testing/house.ts';
import { createMemoryStore } from './testing/memory-store.ts';

const APPROVAL_ID = '0a000000-0000-8000-8000-000000000001';
const FIRST_DECISION = '01900000-0000-7000-8000-000000000001';

let journal: BreakableJournal;
let policy: FakePolicy;
let house: House;
let stopApprovals: () => void;

beforeEach(async () => {
  journal = breakable(createMemoryJournal());
  // As the shipped pack: a valid approval lifts a request for approval, never a deny.
  policy = fakePolicy(({ approval, action }) => {
    if (action.text.startsWith('SELECT')) return { verdict: 'allow' };
    if (action.text.startsWith('GRANT')) return { verdict: 'deny' };
    return { verdict: approval?.status === 'valid' ? 'allow' : 'require_approval' };
  });
  house = await openHouse(journal, createMemoryStore(), { policy, redeemWaitMs: 5_000 });
  stopApprovals = await answerRedemptions(1);
});

afterEach(async () => {
  stopApprovals();
  await house.service.stop();
});

/** Stands in for the approval-service: a use for each `redeemedFor` while there are uses left; the repeat of one is no further use. */
async function answerRedemptions(uses: number): Promise<() => void> {
  const producer = await openProducer({ journal, topic: TOPICS.approvals, service: 'approval-service', instance: 'test' });
  const usedFor: string[] = [];
  let next = 0;
  let working = Promise.resolve();
  async function work() {
    for (; next < (await journal.head(TOPICS.approvalCommands, 0)); next++) {
      const command = approvalCommandOf((await stored(journal, TOPICS.approvalCommands))[next]?.event as event.Event);
      if (command?.type !== 'Redeem') continue;
      const { approvalId, commandId, atMs, grantId, redeemedFor, tenant } = command;
      const base = { approvalId, commandId, atMs };
      const refused = (code: string): ApprovalEvent => ({
        type: 'CommandRefused',
        ...base,
        command: 'redeem',
        by: '',
        code,
        message: '',
      });
      const repeat = usedFor.includes(redeemedFor);
      if (!repeat && usedFor.length < uses) usedFor.push(redeemedFor);
      const used = usedFor.includes(redeemedFor);
      const redeemed: ApprovalEvent = { type: 'Redeemed', ...base, grantId, redeemedFor, use: usedFor.length };
      const happened = repeat ? refused('repeated') : used ? redeemed : refused('already_used');
      await producer.publish([
        approvalEventDraft(happened, next + 1, { id: commandId, tenant, correlationId: FIRST_DECISION, traceparent: '' }),
      ]);
    }
  }
  return journal.onAppended(() => {
    working = working.then(work);
  });
}

/** The grant for what `request` asks, as this installation would have given it. */
async function grantFor(request: Request, change: Partial<GrantClaims> = {}, key = GRANT_KEYS.privateKey): Promise<string> {
  const { decisionId } = await house.decide(request);
  const { recorded } = await recordOf(journal, decisionId);
  return signGrant(
    {
      grantId: 'g-1',
      approvalId: APPROVAL_ID,
      tenant: CALLER.tenant,
      subject: CALLER.subject,
      actionDigest: toHex(recorded.actionDigest),
      policyDigest: toHex(recorded.policyDigest),
      notBeforeMs: T0_MS - 1_000,
      expiresAtMs: T0_MS + 60_000,
      uses: 1,
      approvers: ['person:bo'],
      correlationId: FIRST_DECISION,
      ...change,
    },
    key,
  );
}

const redemptions = () => journal.head(TOPICS.approvalCommands, 0);

async function decided(request: Request, principal = CALLER) {
  const answer = await house.decide(request, principal);
  const { recorded, event: envelope } = await recordOf(journal, answer.decisionId);
  return { answer, recorded, envelope, verdict: answer.verdict, status: recorded.approvalPresented?.status };
}

const ASK = event.Verdict.REQUIRE_APPROVAL;
const ALLOW = event.Verdict.ALLOW;
const DENY = event.Verdict.DENY;

describe('a grant that fits', () => {
  it('is used up and lifts the decision; both sides of the record point at each other', async () => {
    const grant = await grantFor(DROP);
    const { verdict, status, recorded, envelope, answer } = await decided({ ...DROP, grant });
    expect([verdict, status]).toEqual([ALLOW, 'valid']);
    expect(recorded.approvalPresented).toMatchObject({ approvalId: APPROVAL_ID, grantId: 'g-1', approvers: ['person:bo'] });
    const [command] = await stored(journal, TOPICS.approvalCommands);
    const [use] = await stored(journal, TOPICS.approvals);
    expect(envelope.causationId).toBe(use?.event.id);
    expect([envelope.correlationId, answer.correlationId, command?.event.correlationId]).toEqual(Array(3).fill(FIRST_DECISION));
    expect(command?.event.data).toMatchObject({
      value: {
        caller: { subject: 'agent:bot', tokenId: 'token-of-bot' },
        command: { value: { redeemedFor: answer.decisionId } },
      },
    });
  });

  it('is not used up by what is allowed anyway', async () => {
    const { verdict, status } = await decided({ ...SELECT, grant: await grantFor(SELECT) });
    expect([verdict, status, await redemptions()]).toEqual([ALLOW, undefined, 0]);
  });

  it('does not lift a deny, and is not used up by it', async () => {
    const request = { action: { kind: 'sql', text: 'GRANT ALL ON customers TO public' } };
    const { verdict, status } = await decided({ ...request, grant: await grantFor(request) });
    expect([verdict, status, await redemptions()]).toEqual([DENY, 'valid', 0]);
  });

  it('works once', async () => {
    const grant = await grantFor(DROP);
    expect((await decided({ ...DROP, grant })).verdict).toBe(ALLOW);
    const { verdict, status, recorded } = await decided({ ...DROP, grant });
    expect([verdict, status]).toEqual([ASK, 'already_used']);
    expect(recorded.reasons.at(-1)).toMatchObject({
      rule: 'countersign.grant',
      code: 'already_used',
      message: 'The grant has been used up.',
    });
  });

  it('works once when many use it in the same moment', async () => {
    const grant = await grantFor(DROP);
    const verdicts = await Promise.all(Array.from({ length: 10 }, async () => (await decided({ ...DROP, grant })).verdict));
    expect(verdicts.filter((verdict) => verdict === ALLOW)).toHaveLength(1);
    expect(verdicts.filter((verdict) => verdict === ASK)).toHaveLength(9);
  });

  it('is not redeemed again by the repeat of a request, at once, from the index and after a restart', async () => {
    const request = { ...DROP, requestId: 'r-1', grant: await grantFor(DROP) };
    const [first, same] = await Promise.all([house.decideBytes(request), house.decideBytes(request)]);
    expect(same).toEqual(first);
    const restarted = await openHouse(journal, createMemoryStore(), { policy });
    expect(await restarted.decideBytes(request)).toEqual(first);
    await restarted.service.stop();
    expect(await redemptions()).toBe(1);
  });

  it('is one use for one request_id, even where the decision that used it was lost', async () => {
    const request = { ...DROP, requestId: 'r-1', grant: await grantFor(DROP) };
    // The use is stored, the decision is not: as after a crash in between.
    const losing = {
      ...journal,
      append: (records: Parameters<typeof journal.append>[0]) =>
        records[0]?.topic === TOPICS.decisions ? Promise.reject(new Error('killed')) : journal.append(records),
    };
    const lost = await openHouse(losing, createMemoryStore(), { policy });
    expect((await lost.decide(request)).verdict).toBe(DENY);
    await lost.service.stop();
    expect(await redemptions()).toBe(1);
    house.clock.atMs += 5_000;
    expect((await decided(request)).verdict).toBe(ALLOW);
    expect((await decided({ ...request, requestId: 'r-2' })).status).toBe('already_used');
  });
});

describe('a grant that does not fit never allows, is not used up, and its status is on record', () => {
  const changedByOne = { ...DROP, action: { kind: 'sql', text: 'DROP TABLE customerz' } };

  it.each<[string, Request, Partial<GrantClaims>, string]>([
    ['one changed character', changedByOne, {}, 'action_changed'],
    ['one more space', { ...DROP, action: { kind: 'sql', text: 'DROP  TABLE customers' } }, {}, 'action_changed'],
    ['another kind', { ...DROP, action: { kind: 'shell', text: 'DROP TABLE customers' } }, {}, 'action_changed'],
    ['another dialect', { ...DROP, action: { kind: 'sql', text: 'DROP TABLE customers', dialect: 'pg' } }, {}, 'action_changed'],
    ['another environment', { ...DROP, resource: { environment: 'staging' } }, {}, 'action_changed'],
    ['another resource', { ...DROP, resource: { environment: 'production', id: 'crm' } }, {}, 'action_changed'],
    ['a payload beside it', { ...DROP, action: { ...DROP.action, payloadJson: Buffer.from('{}') } }, {}, 'action_changed'],
    ['somebody else’s', DROP, { subject: 'agent:else' }, 'other_subject'],
    ['another tenant’s', DROP, { tenant: 'acme' }, 'other_tenant'],
    ['another policy’s', DROP, { policyDigest: '00'.repeat(32) }, 'policy_changed'],
    ['one second too late', DROP, { expiresAtMs: T0_MS }, 'expired'],
    ['one second too early', DROP, { notBeforeMs: T0_MS + 1_000 }, 'not_yet_valid'],
  ])('%s', async (_what, request, claims, expected) => {
    const grant = await grantFor(DROP, claims);
    const { verdict, status, recorded } = await decided({ ...request, grant });
    expect([verdict, status, await redemptions()]).toEqual([ASK, expected, 0]);
    expect(recorded.reasons.at(-1)).toMatchObject({ rule: 'countersign.grant', code: expected, severity: 'medium' });
    expect(JSON.parse(String(policy.inputs.at(-1))).approval).toMatchObject({ status: expected });
  });

  it('the last millisecond still counts', async () => {
    const grant = await grantFor(DROP);
    house.clock.atMs = T0_MS + 59_999;
    expect((await decided({ ...DROP, grant })).verdict).toBe(ALLOW);
  });

  it('a policy that changed since it was given', async () => {
    const grant = await grantFor(DROP);
    policy.change();
    const { verdict, status } = await decided({ ...DROP, grant });
    expect([verdict, status, await redemptions()]).toEqual([ASK, 'policy_changed', 0]);
  });

  it.each<[string, () => Promise<string>, string]>([
    ['signed by somebody else', () => grantFor(DROP, {}, generateKeyPairSync('ed25519').privateKey), 'forged'],
    ['changed after it was signed', async () => tampered(await grantFor(DROP), { uses: 99 }), 'forged'],
    ['without a signature', async () => `${(await grantFor(DROP)).split('.').slice(0, 2).join('.')}.`, 'forged'],
    [
      'of another algorithm',
      async () => tampered(await grantFor(DROP), {}, { alg: 'none', typ: 'countersign-grant+jwt' }),
      'wrong_algorithm',
    ],
    ['that is no grant', () => Promise.resolve('let me in'), 'malformed'],
    ['of 4,096 characters', () => Promise.resolve('a.'.repeat(2_048)), 'malformed'],
  ])('one %s', async (_what, make, expected) => {
    const grant = await make();
    const { verdict, status, recorded } = await decided({ ...DROP, grant });
    expect([verdict, status, await redemptions()]).toEqual([ASK, expected, 0]);
    expect(recorded.approvalPresented).toMatchObject({ approvalId: '', grantId: '' });
  });

  it('one of an agent that the gateway speaks for: the grant is for the subject, not for the caller', async () => {
    const gateway = { ...CALLER, subject: 'agent:gateway', actsFor: ['agent:*'] };
    const grant = await grantFor(DROP);
    const named = { ...DROP, grant, subject: { id: 'agent:bot', owner: 'person:ana' } };
    expect((await decided({ ...DROP, grant }, gateway)).status).toBe('other_subject');
    expect((await decided(named, gateway)).verdict).toBe(ALLOW);
  });
});

describe('a grant that cannot be used up', () => {
  it('in time is a recorded deny', async () => {
    stopApprovals();
    const hasty = await openHouse(journal, createMemoryStore(), { policy, redeemWaitMs: 20 });
    const answer = await hasty.decide({ ...DROP, grant: await grantFor(DROP) });
    await hasty.service.stop();
    const { recorded } = await recordOf(journal, answer.decisionId);
    expect(answer.verdict).toBe(DENY);
    expect(recorded).toMatchObject({ failedStep: 'redeem', reasons: [{ rule: 'countersign.redeem', code: 'UNAVAILABLE' }] });
    expect(recorded.approvalPresented).toMatchObject({ approvalId: APPROVAL_ID });
  });

  it('because the journal takes no command is a deny', async () => {
    const grant = await grantFor(DROP);
    journal.fail();
    const answer = await house.decide({ ...DROP, grant });
    journal.heal();
    expect([answer.verdict, answer.position]).toEqual([DENY, undefined]);
    expect(await redemptions()).toBe(0);
    expect((await decided({ ...DROP, grant })).verdict).toBe(ALLOW);
  });

  it('because the service stops is a deny, at once', async () => {
    stopApprovals();
    const grant = await grantFor(DROP);
    const asked = house.decide({ ...DROP, grant });
    while ((await redemptions()) === 0) await new Promise((resolve) => setImmediate(resolve));
    await house.service.stop();
    expect((await asked).verdict).toBe(DENY);
  });

  it('of a request that is refused stays unused', async () => {
    const grant = await grantFor(DROP);
    await expect(house.decide({ ...DROP, grant, sessionId: 'password=hunter22' })).rejects.toMatchObject({ code: 'invalid' });
    expect(await redemptions()).toBe(0);
    expect((await decided({ ...DROP, grant })).verdict).toBe(ALLOW);
  });
});

function tampered(grant: string, claims: object, header?: object): string {
  const [head = '', body = '', tail = ''] = grant.split('.');
  const part = (text: string) => JSON.parse(Buffer.from(text, 'base64url').toString()) as object;
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${encode(header ?? part(head))}.${encode({ ...part(body), ...claims })}.${tail}`;
}
