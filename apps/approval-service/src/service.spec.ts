/** The service over a journal in memory: the way through, the cheats, who sees what, waiting, lapsing. */
import { generateKeyPairSync } from 'node:crypto';
import { type GrantClaims, signGrant, verifyGrant } from '@countersign/identity';
import { EnvironmentError, type Principal } from '@countersign/kernel';
import { type Journal, TOPICS } from '@countersign/ports';
import { approval, event } from '@countersign/proto';
import { approvalCommandDraft, openProducer, type Producer, redeemOutcomeOf, watchApprovals } from '@countersign/wire';
import { createMemoryJournal } from '@countersign/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AwaitResponse } from './reading.ts';
import {
  ACTION,
  decisionId,
  decisionsOf,
  history,
  type House,
  KEYS,
  openHouse,
  POLICY,
  principal,
  record,
  recordDecision,
  T0_MS,
  until,
  type DecisionOptions,
} from './testing/house.ts';
import { createMemoryStore } from './testing/memory-store.ts';

let journal: Journal;
let decisions: Producer;
let house: House;
let serial = 0;

beforeEach(async () => {
  journal = createMemoryJournal();
  decisions = await decisionsOf(journal);
  house = await openHouse(journal, createMemoryStore());
});

afterEach(async () => {
  await house.service.stop();
  await journal.close();
});

const ask = (options: DecisionOptions = {}) => recordDecision(decisions, decisionId(++serial), options);
const ben = principal('person:ben');
const eva = principal('person:eva');
const agent = principal('agent:bot', ['caller'], { owner: 'person:ana' });
const auditor = principal('person:aud', ['auditor']);
const stranger = principal('person:ben', ['approver', 'admin'], { tenant: 'other' });
const nothing = new Uint8Array(0);

const vote = (id: string, change: Partial<{ reason: string; actionDigest: Uint8Array; commandId: string }> = {}) => ({
  ...{ id, reason: 'looks right', actionDigest: nothing, commandId: '' },
  ...change,
});
const approve = (who: Principal, id: string, change = {}) => house.service.approve(who, vote(id, change), 'grpc');
const revoke = (who: Principal, id: string) => house.service.revoke(who, { id, reason: 'no more', commandId: '' });
const redeem = (who: Principal, grant: string, redeemedFor = 'r1') => house.service.redeemGrant(who, { grant, redeemedFor });
const codeOf = (result: { ok: true } | { ok: false; error: { code: string } }) => (result.ok ? 'ok' : result.error.code);

async function updates(who: Principal, id: string, signal = new AbortController().signal): Promise<AwaitResponse[]> {
  const all: AwaitResponse[] = [];
  for await (const update of house.service.follow(who, id, signal)) {
    if (!update.ok) throw new Error(update.error.code);
    all.push(update.value);
  }
  return all;
}

async function grantOf(id: string): Promise<string> {
  return (await updates(agent, id)).at(-1)?.grant ?? '';
}

async function granted(options: DecisionOptions = {}): Promise<{ id: string; grant: string }> {
  const id = await ask(options);
  expect(codeOf(await approve(ben, id))).toBe('ok');
  return { id, grant: await grantOf(id) };
}

describe('the way through', () => {
  it('a decision becomes an open approval that shows everything, escaped, and who may not vote', async () => {
    const id = await ask();
    const got = await house.service.get(ben, id);
    expect(got).toMatchObject({
      ok: true,
      value: {
        ...{ id, status: approval.ApprovalStatus.OPEN, requester: 'agent:bot', decisionId: decisionId(serial), risk: 60 },
        involved: ['person:ana', 'person:carl', 'person:emil', 'person:dora'],
        request: { action: { text: 'DELETE FROM customers\\u202e WHERE id = 7' }, resource: { environment: 'production' } },
        reasons: [{ rule: 'baseline.delete' }],
        ...{ correlationId: decisionId(serial), quorum: 1, lapsesAtMs: BigInt(T0_MS + 60_000), version: 1n },
      },
    });
  });

  it('other verdicts ask nobody', async () => {
    await ask({ verdict: event.Verdict.ALLOW });
    await ask({ verdict: event.Verdict.DENY });
    const id = await ask();
    expect(codeOf(await house.service.get(ben, id))).toBe('ok');
    expect(await record(journal, TOPICS.approvalCommands)).toHaveLength(1);
  });

  it('approved, waited for, redeemed: one chain on record', async () => {
    const id = await ask();
    const waiting = updates(agent, id);
    expect(await approve(ben, id)).toMatchObject({ ok: true, value: { status: approval.ApprovalStatus.GRANTED } });
    const seen = await waiting;
    const grant = seen.at(-1)?.grant ?? '';
    expect(verifyGrant(grant, KEYS.publicKey, T0_MS)).toMatchObject({
      ok: true,
      value: { approvalId: id, subject: 'agent:bot', tenant: 'default', approvers: ['person:ben'], uses: 1 },
    });
    expect(await grantOf(id)).toBe(grant);
    expect(await redeem(agent, grant)).toMatchObject({ ok: true, value: { use: 1 } });
    expect(await history(journal, id)).toEqual(['requested', 'vote_cast', 'granted', 'redeemed']);
    const events = await record(journal);
    expect(new Set(events.map((one) => one.correlationId))).toEqual(new Set([decisionId(serial)]));
    expect(events.map((one) => Number(one.streamVersion))).toEqual([1, 2, 3, 4]);
    const commands = await record(journal, TOPICS.approvalCommands);
    expect(commands.map((one) => one.id)).toEqual([...new Set(events.map((one) => one.causationId))]);
    expect(commands[0]?.causationId).toBe(decisionId(serial));
  });

  it('rejected by one, whatever the quorum', async () => {
    const id = await ask({ quorum: 2 });
    await approve(ben, id);
    expect(codeOf(await house.service.reject(eva, vote(id), 'http'))).toBe('ok');
    expect(await history(journal, id)).toEqual(['requested', 'vote_cast', 'vote_cast', 'rejected']);
    expect((await updates(agent, id)).at(-1)?.grant).toBeUndefined();
  });

  it('a repeated command is answered the same and changes nothing', async () => {
    const id = await ask({ quorum: 2 });
    const first = await approve(ben, id, { commandId: 'mine' });
    const again = await approve(ben, id, { commandId: 'mine' });
    expect([codeOf(first), codeOf(again)]).toEqual(['ok', 'ok']);
    expect(again).toMatchObject({ value: { votes: [{ voter: 'person:ben' }] } });
    // Somebody else's command of the same name is another command.
    expect(codeOf(await approve(eva, id, { commandId: 'mine' }))).toBe('ok');
    expect(await history(journal, id)).toEqual(['requested', 'vote_cast', 'command_refused repeated', 'vote_cast', 'granted']);
  });

  it('a secret typed into a reason is masked before it is on record', async () => {
    const id = await ask();
    await approve(ben, id, { reason: 'ok, password=hunter2-secret' });
    const records = await journal.read(TOPICS.approvalCommands, 0, 0, { maxRecords: 99, maxBytes: 1 << 20 });
    expect(records.map(({ value }) => Buffer.from(value).includes('hunter2')).some(Boolean)).toBe(false);
  });
});

describe('promise 4: each way to approve one’s own action is refused and on record', () => {
  it.each<[string, Principal, string]>([
    ['the agent itself', agent, 'own_request'],
    ["the agent's owner", principal('person:ana'), 'own_request'],
    [
      "the agent's owner with every role",
      principal('person:ana', ['admin', 'approver', 'auditor', 'caller', 'policy_author']),
      'own_request',
    ],
    ['a member of the delegation chain', principal('person:carl'), 'own_request'],
    ['the owner of an agent in the chain', principal('person:emil'), 'own_request'],
    ["the token's owner", principal('person:dora'), 'own_request'],
    ['another agent of the same owner', principal('agent:twin', ['approver'], { owner: 'person:ana' }), 'own_request'],
    ['an agent with the role', principal('agent:judge', ['approver'], { owner: 'person:ben' }), 'not_eligible'],
    ['a person without the role', principal('person:ben', ['caller']), 'not_eligible'],
  ])('%s', async (_, who, code) => {
    const id = await ask();
    expect(codeOf(await approve(who, id))).toBe(code);
    expect(await history(journal, id)).toEqual(['requested', `command_refused ${code}`]);
    const refused = (await record(journal)).at(-1)?.data;
    expect(refused).toMatchObject({ case: 'approvalCommandRefused', value: { by: who.subject, command: 'vote' } });
  });

  it('the same person twice towards a quorum of two', async () => {
    const id = await ask({ quorum: 2 });
    await approve(ben, id);
    expect(codeOf(await approve(ben, id))).toBe('already_voted');
    expect(codeOf(await approve(principal('person:BEN', ['approver'], { tokenId: 'another' }), id))).toBe('already_voted');
    expect(await history(journal, id)).toEqual([
      'requested',
      'vote_cast',
      'command_refused already_voted',
      'command_refused already_voted',
    ]);
    expect(await approve(eva, id)).toMatchObject({ ok: true, value: { status: approval.ApprovalStatus.GRANTED } });
  });

  it('somebody whom the rule did not name', async () => {
    const id = await ask({ reviewers: ['person:eva'] });
    expect(codeOf(await approve(ben, id))).toBe('not_eligible');
    expect(codeOf(await approve(eva, id))).toBe('ok');
  });

  it('a vote on what was not shown, and one after the time', async () => {
    const id = await ask();
    expect(codeOf(await approve(ben, id, { actionDigest: POLICY }))).toBe('digest_mismatch');
    house.clock.atMs = T0_MS + 60_000;
    expect(['lapsed', 'not_open']).toContain(codeOf(await approve(ben, id, { actionDigest: ACTION })));
    expect(await history(journal, id)).not.toContain('granted');
  });

  it('somebody of another tenant: nothing is there, and the attempt is on their own record', async () => {
    const id = await ask();
    expect(codeOf(await approve(stranger, id))).toBe('not_found');
    expect(codeOf(await house.service.get(stranger, id))).toBe('not_found');
    expect(codeOf(await revoke(stranger, id))).toBe('not_found');
    const refused = (await record(journal)).filter((one) => one.data.case === 'approvalCommandRefused');
    expect(refused.map((one) => [one.tenant, one.correlationId])).toEqual([
      ['other', ''],
      ['other', ''],
    ]);
    expect(await house.service.get(ben, id)).toMatchObject({ ok: true, value: { status: approval.ApprovalStatus.OPEN } });
  });
});

describe('promise 5: each way to use a grant for something else is refused and on record', () => {
  const forgedKeys = generateKeyPairSync('ed25519');
  const claims = (grant: string): GrantClaims => {
    const read = verifyGrant(grant, KEYS.publicKey, T0_MS);
    if (!read.ok) throw new Error(read.error);
    return read.value;
  };
  const none = (grant: string) => {
    const header = Buffer.from(JSON.stringify({ alg: 'none', typ: 'countersign-grant+jwt' })).toString('base64url');
    return `${header}.${grant.split('.')[1]}.`;
  };

  it.each<[string, (grant: string) => Promise<string>, string]>([
    ['forged', async (grant) => codeOf(await redeem(agent, signGrant(claims(grant), forgedKeys.privateKey))), 'forged'],
    ['alg none', async (grant) => codeOf(await redeem(agent, none(grant))), 'forged'],
    ['another subject', async (grant) => codeOf(await redeem(principal('agent:evil', ['caller']), grant)), 'other_subject'],
    [
      'used twice',
      async (grant) => [codeOf(await redeem(agent, grant)), codeOf(await redeem(agent, grant, 'r2'))].join(),
      'ok,already_used',
    ],
    ['another tenant', async (grant) => codeOf(await redeem({ ...agent, tenant: 'other' }, grant)), 'not_found'],
    [
      'another action',
      async (grant) =>
        codeOf(await redeem(agent, signGrant({ ...claims(grant), actionDigest: 'ff'.repeat(32) }, KEYS.privateKey))),
      'action_changed',
    ],
    [
      'another policy',
      async (grant) =>
        codeOf(await redeem(agent, signGrant({ ...claims(grant), policyDigest: 'ff'.repeat(32) }, KEYS.privateKey))),
      'policy_changed',
    ],
    [
      'another grant',
      async (grant) => codeOf(await redeem(agent, signGrant({ ...claims(grant), grantId: 'g' }, KEYS.privateKey))),
      'unknown_grant',
    ],
    ['expired', async (grant) => ((house.clock.atMs = T0_MS + 30_000), codeOf(await redeem(agent, grant))), 'expired'],
    [
      'revoked',
      async (grant) => [codeOf(await revoke(ben, claims(grant).approvalId)), codeOf(await redeem(agent, grant))].join(),
      'ok,revoked',
    ],
  ])('%s', async (_, cheat, said) => {
    const { id, grant } = await granted();
    expect(await cheat(grant)).toBe(said);
    const code = said.split(',').at(-1);
    expect((await history(journal, id)).at(-1)).toBe(`command_refused ${code}`);
  });

  it('the last ms of a grant still counts', async () => {
    const { grant } = await granted();
    house.clock.atMs = T0_MS + 29_999;
    expect(codeOf(await redeem(agent, grant))).toBe('ok');
  });

  it('the same use told twice is one use', async () => {
    const { id, grant } = await granted({ uses: 2 });
    expect(await redeem(agent, grant)).toMatchObject({ ok: true, value: { use: 1 } });
    expect(await redeem(agent, grant)).toMatchObject({ ok: true, value: { use: 1 } });
    expect(await redeem(agent, grant, 'r2')).toMatchObject({ ok: true, value: { use: 2 } });
    expect((await history(journal, id)).filter((one) => one === 'redeemed')).toHaveLength(2);
  });

  it('another service redeems through the journal and reads the outcome there', async () => {
    const { id, grant } = await granted();
    const commands = await openProducer({
      journal,
      topic: TOPICS.approvalCommands,
      service: 'decision-service',
      instance: 'test',
    });
    const watch = watchApprovals(journal, TOPICS.approvals, (cause) => expect(cause).toBeUndefined());
    const { grantId } = claims(grant);
    const ask = async (commandId: string, redeemedFor: string, actionDigest: Uint8Array) => {
      const expected = await watch.expect(commandId);
      const by = { subject: 'agent:gateway', owner: 'person:dora', tokenId: 't', roles: ['caller'] };
      const digests = { actionDigest: Buffer.from(actionDigest).toString('hex'), policyDigest: POLICY.toString('hex') };
      const place = { commandId, approvalId: id, tenant: 'default', atMs: T0_MS };
      const draft = approvalCommandDraft(
        { type: 'Redeem', ...place, by, grantId, redeemedFor, subject: 'agent:bot', ...digests },
        { correlationId: '', causationId: '', traceparent: '' },
      );
      await commands.publish([draft]);
      const outcome = await expected.within(10_000);
      return outcome && redeemOutcomeOf(outcome);
    };
    expect(await ask('c1', 'r1', POLICY)).toEqual({ ok: false, error: 'action_changed' });
    expect(await Promise.all([ask('c2', 'r1', ACTION), ask('c3', 'r2', ACTION)])).toEqual([
      { ok: true, value: 'redeemed' },
      { ok: false, error: 'already_used' },
    ]);
    expect(await ask('c4', 'r1', ACTION)).toEqual({ ok: true, value: 'repeated' });
    watch.stop();
  });
});

describe('who sees what', () => {
  it('the tenant’s approvers, auditors and admins see all; a caller its own; the rest nothing', async () => {
    const id = await ask();
    const seers = [
      ben,
      auditor,
      principal('person:adm', ['admin']),
      agent,
      principal('agent:gw', ['caller'], { actsFor: ['agent:*'] }),
    ];
    expect(await Promise.all(seers.map(async (who) => codeOf(await house.service.get(who, id))))).toEqual(seers.map(() => 'ok'));
    const others = [stranger, principal('agent:other', ['caller']), principal('person:ben', ['caller', 'policy_author'])];
    for (const who of others) {
      expect(codeOf(await house.service.get(who, id))).toBe('not_found');
      await expect(updates(who, id)).rejects.toThrow('not_found');
      expect(await house.service.list(who, list())).toMatchObject({ ok: true, value: { approvals: [] } });
    }
  });

  it('only the requester’s side gets the grant', async () => {
    const { id } = await granted();
    expect((await updates(ben, id)).at(-1)?.grant).toBeUndefined();
    expect((await updates(principal('agent:gw', ['caller'], { actsFor: ['agent:*'] }), id)).at(-1)?.grant).toMatch(/^ey/);
    house.clock.atMs = T0_MS + 30_000;
    expect(await grantOf(id)).toBe('');
  });

  it.each(['nope', '', '../x', 'a'.repeat(5_000), '00000000-0000-8000-8000-000000000000'])(
    'an unknown approval (%#) is not found, and not on record',
    async (id) => {
      expect(codeOf(await house.service.get(ben, id))).toBe('not_found');
      expect(['not_found', 'invalid_argument']).toContain(codeOf(await approve(ben, id)));
      expect(await record(journal, TOPICS.approvalCommands)).toEqual([]);
    },
  );

  it.each<[string, () => Promise<{ ok: boolean }>]>([
    ['no id', () => approve(ben, '')],
    ['a digest of 5 bytes', () => approve(ben, 'x', { actionDigest: new Uint8Array(5) })],
    ['a reason of 2,001 characters', () => approve(ben, 'x', { reason: 'x'.repeat(2_001) })],
    ['no grant', () => redeem(agent, '')],
    ['no use', () => redeem(agent, 'x.y.z', '')],
    [
      'another list’s page',
      () => house.service.list(ben, list({ pageToken: Buffer.from('list/other/all/').toString('base64url') })),
    ],
    ['no such status', () => house.service.list(ben, list({ status: 99 as approval.ApprovalStatus }))],
  ])('%s is a bad argument', async (_, call) => {
    expect(codeOf((await call()) as { ok: true })).toBe('invalid_argument');
  });
});

const list = (change: Partial<approval.ListRequest> = {}): approval.ListRequest =>
  ({ status: approval.ApprovalStatus.UNSPECIFIED, pageSize: 0, pageToken: '', ...change }) as approval.ListRequest;

describe('lists', () => {
  it('come in pages, by status, and lose nobody', async () => {
    const ids = [];
    for (let i = 0; i < 7; i++) ids.push(await ask());
    await house.service.reject(ben, vote(ids[3] ?? ''), 'grpc');
    const seen: string[] = [];
    let pageToken = '';
    let pages = 0;
    do {
      const page = await house.service.list(ben, list({ pageSize: 2, pageToken, status: approval.ApprovalStatus.OPEN }));
      if (!page.ok) throw new Error(page.error.code);
      seen.push(...(page.value.approvals ?? []).map((one) => one.id ?? ''));
      pageToken = page.value.nextPageToken ?? '';
      pages += 1;
    } while (pageToken !== '');
    expect(pages).toBe(3);
    expect(seen.toSorted()).toEqual(ids.filter((_, i) => i !== 3).toSorted());
    const rejected = await house.service.list(agent, list({ status: approval.ApprovalStatus.REJECTED }));
    expect(rejected).toMatchObject({ ok: true, value: { approvals: [{ id: ids[3] }], nextPageToken: '' } });
  });
});

describe('waiting', () => {
  it('many wait for one; each sees every step; nobody is left behind', async () => {
    const id = await ask({ quorum: 2 });
    const waiting = Array.from({ length: 50 }, () => updates(agent, id));
    await until(() => house.service.waiting() === 50);
    await approve(ben, id);
    await approve(eva, id);
    const all = await Promise.all(waiting);
    expect(all.map((seen) => seen.at(-1)?.approval?.status)).toEqual(all.map(() => approval.ApprovalStatus.GRANTED));
    expect(house.service.waiting()).toBe(0);
  });

  it('ends when its caller leaves, and leaves nothing behind', async () => {
    const id = await ask();
    const leaving = new AbortController();
    const waiting = updates(agent, id, leaving.signal);
    await until(() => house.service.waiting() === 1);
    leaving.abort();
    expect(await waiting).toHaveLength(1);
    expect(house.service.waiting()).toBe(0);
  });

  it('is bounded', async () => {
    await house.service.stop();
    house = await openHouse(journal, createMemoryStore(), { bounds: { maxWaiters: 1 } });
    const id = await ask();
    const leaving = new AbortController();
    const first = updates(agent, id, leaving.signal);
    await until(() => house.service.waiting() === 1);
    await expect(updates(agent, id)).rejects.toThrow('too_many_waiters');
    leaving.abort();
    await first;
    expect(await Promise.all([updates(agent, id, AbortSignal.abort())])).toHaveLength(1);
  });

  it('ends when the service stops', async () => {
    const id = await ask();
    const waiting = updates(agent, id);
    await until(() => house.service.waiting() === 1);
    await house.service.stop();
    expect(await waiting).toHaveLength(1);
  });
});

describe('a journal that fails', () => {
  /** Fails appends to these topics. */
  const failing = (topics: readonly string[]): Journal =>
    new Proxy(journal, {
      get(target, name: keyof Journal) {
        if (name !== 'append') return target[name].bind(target);
        return (records: Parameters<Journal['append']>[0]) =>
          records.some(({ topic }) => topics.includes(topic))
            ? Promise.reject(new EnvironmentError('the disk is full', 'Make room.'))
            : target.append(records);
      },
    });

  it.each([
    ['the command', TOPICS.approvalCommands, /^Not recorded, so not done: .*disk is full/],
    ['its outcome', TOPICS.approvals, /^The command is on record but was not decided in time/],
  ])('to take %s: unavailable, never done in silence', async (_, topic, message) => {
    const store = createMemoryStore();
    await house.service.stop();
    house = await openHouse(journal, store);
    const id = await ask();
    expect(codeOf(await house.service.get(ben, id))).toBe('ok');
    await house.service.stop();
    const topics: string[] = [topic];
    house = await openHouse(failing(topics), store, { bounds: { outcomeWaitMs: 100 } });
    const refused = await approve(ben, id);
    expect(refused).toMatchObject({
      ok: false,
      error: { code: 'unavailable', message: expect.stringMatching(message) as string },
    });
    expect(await history(journal, id)).toEqual(['requested']);
    topics.length = 0;
    await until(() => house.service.ready().ready);
    expect(['ok', 'not_open', 'already_voted']).toContain(codeOf(await approve(ben, id)));
    await until(async () => (await history(journal, id)).includes('granted'));
    expect((await history(journal, id)).filter((one) => one === 'granted')).toHaveLength(1);
  });
});

describe('lapsing', () => {
  it('comes by itself, not 1 ms early, and ends the waiting', async () => {
    const id = await ask();
    const waiting = updates(agent, id);
    await until(() => house.service.waiting() === 1);
    house.clock.atMs = T0_MS + 59_999;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await history(journal, id)).toEqual(['requested']);
    house.clock.atMs = T0_MS + 60_000;
    expect((await waiting).at(-1)?.approval?.status).toBe(approval.ApprovalStatus.LAPSED);
    expect(await history(journal, id)).toEqual(['requested', 'lapsed']);
  });

  it('comes after a restart, and never from a clock that stepped back', async () => {
    const store = createMemoryStore();
    await house.service.stop();
    house = await openHouse(journal, store);
    const id = await ask();
    expect(codeOf(await house.service.get(ben, id))).toBe('ok');
    await house.service.stop();
    house = await openHouse(journal, store);
    house.clock.atMs = T0_MS - 3_600_000;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(codeOf(await approve(principal('person:ana'), id))).toBe('own_request');
    expect(await history(journal, id)).toEqual(['requested', 'command_refused own_request']);
    const times = (await record(journal)).map((one) => Number(one.occurredAtMs));
    expect(times).toEqual([T0_MS, T0_MS]);
    house.clock.atMs = T0_MS + 60_000;
    await until(async () => (await history(journal, id)).includes('lapsed'));
  });
});
