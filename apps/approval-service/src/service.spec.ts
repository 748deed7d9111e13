/** The way through, over a journal in memory: asked, decided, used; lapsing; a journal that fails. */
import { verifyGrant } from '@countersign/identity';
import { EnvironmentError } from '@countersign/kernel';
import { type Journal, TOPICS } from '@countersign/ports';
import { approval, event } from '@countersign/proto';
import { createMemoryJournal } from '@countersign/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { history, KEYS, principal, record, T0_MS, until } from './testing/house.ts';
import { createMemoryStore } from './testing/memory-store.ts';
import { agent, ben, codeOf, eva, Scene, voteOn } from './testing/scene.ts';

let scene: Scene;

beforeEach(async () => {
  scene = await Scene.open(createMemoryJournal());
});

afterEach(async () => {
  await scene.close();
});

describe('the way through', () => {
  it('a decision becomes an open approval that shows everything, escaped, and who may not vote', async () => {
    const id = await scene.ask();
    const got = await scene.service.get(ben, id);
    expect(got).toMatchObject({
      ok: true,
      value: {
        ...{ id, status: approval.ApprovalStatus.OPEN, requester: 'agent:bot', decisionId: scene.lastDecision, risk: 60 },
        involved: ['person:ana', 'person:carl', 'person:emil', 'person:dora'],
        request: { action: { text: 'DELETE FROM customers\\u202e WHERE id = 7' }, resource: { environment: 'production' } },
        reasons: [{ rule: 'baseline.delete' }],
        ...{ correlationId: scene.lastDecision, quorum: 1, lapsesAtMs: BigInt(T0_MS + 60_000), version: 1n },
      },
    });
  });

  it('other verdicts ask nobody', async () => {
    await scene.ask({ verdict: event.Verdict.ALLOW });
    await scene.ask({ verdict: event.Verdict.DENY });
    const id = await scene.ask();
    expect(codeOf(await scene.service.get(ben, id))).toBe('ok');
    expect(await record(scene.journal, TOPICS.approvalCommands)).toHaveLength(1);
  });

  it('approved, waited for, redeemed: one chain on record', async () => {
    const id = await scene.ask();
    const waiting = scene.updates(agent, id);
    expect(await scene.approve(ben, id)).toMatchObject({ ok: true, value: { status: approval.ApprovalStatus.GRANTED } });
    const seen = await waiting;
    const grant = seen.at(-1)?.grant ?? '';
    expect(verifyGrant(grant, KEYS.publicKey, T0_MS)).toMatchObject({
      ok: true,
      value: { approvalId: id, subject: 'agent:bot', tenant: 'default', approvers: ['person:ben'], uses: 1 },
    });
    expect(await scene.grantOf(id)).toBe(grant);
    expect(await scene.redeem(agent, grant)).toMatchObject({ ok: true, value: { use: 1 } });
    expect(await history(scene.journal, id)).toEqual(['requested', 'vote_cast', 'granted', 'redeemed']);
    const events = await record(scene.journal);
    expect(new Set(events.map((one) => one.correlationId))).toEqual(new Set([scene.lastDecision]));
    expect(events.map((one) => Number(one.streamVersion))).toEqual([1, 2, 3, 4]);
    const commands = await record(scene.journal, TOPICS.approvalCommands);
    expect(commands.map((one) => one.id)).toEqual([...new Set(events.map((one) => one.causationId))]);
    expect(commands[0]?.causationId).toBe(scene.lastDecision);
  });

  it('rejected by one, whatever the quorum', async () => {
    const id = await scene.ask({ quorum: 2 });
    await scene.approve(ben, id);
    expect(codeOf(await scene.service.reject(eva, voteOn(id), 'http'))).toBe('ok');
    expect(await history(scene.journal, id)).toEqual(['requested', 'vote_cast', 'vote_cast', 'rejected']);
    expect((await scene.updates(agent, id)).at(-1)?.grant).toBeUndefined();
  });

  it('a repeated command is answered the same and changes nothing', async () => {
    const id = await scene.ask({ quorum: 2 });
    const first = await scene.approve(ben, id, { commandId: 'mine' });
    const again = await scene.approve(ben, id, { commandId: 'mine' });
    expect([codeOf(first), codeOf(again)]).toEqual(['ok', 'ok']);
    expect(again).toMatchObject({ value: { votes: [{ voter: 'person:ben' }] } });
    // Somebody else's command of the same name is another command.
    expect(codeOf(await scene.approve(eva, id, { commandId: 'mine' }))).toBe('ok');
    expect(await history(scene.journal, id)).toEqual([
      'requested',
      'vote_cast',
      'command_refused repeated',
      'vote_cast',
      'granted',
    ]);
  });

  it('a command’s name given by a caller is one command for one approval', async () => {
    const ids = [await scene.ask(), await scene.ask()];
    for (const id of ids) expect(codeOf(await scene.approve(ben, id, { commandId: 'mine' }))).toBe('ok');
    const votes = (await record(scene.journal, TOPICS.approvalCommands)).filter(
      ({ data }) => data.case === 'approvalCommand' && data.value.command.case === 'vote',
    );
    expect(new Set(votes.map((one) => one.id)).size).toBe(2);
  });

  it('a secret typed into a reason is masked before it is on record', async () => {
    const id = await scene.ask();
    await scene.approve(ben, id, { reason: 'ok, password=hunter2-secret' });
    const records = await scene.journal.read(TOPICS.approvalCommands, 0, 0, { maxRecords: 99, maxBytes: 1 << 20 });
    expect(records.map(({ value }) => Buffer.from(value).includes('hunter2')).some(Boolean)).toBe(false);
  });
});

describe('a journal that fails', () => {
  /** Fails appends to these topics. */
  const failing = (topics: readonly string[]): Journal =>
    new Proxy(scene.journal, {
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
    await scene.restart(store);
    const id = await scene.ask();
    expect(codeOf(await scene.service.get(ben, id))).toBe('ok');
    const topics: string[] = [topic];
    await scene.restart(store, { journal: failing(topics), bounds: { outcomeWaitMs: 100 } });
    const refused = await scene.approve(ben, id);
    expect(refused).toMatchObject({
      ok: false,
      error: { code: 'unavailable', message: expect.stringMatching(message) as string },
    });
    expect(await history(scene.journal, id)).toEqual(['requested']);
    topics.length = 0;
    await until(() => scene.service.ready().ready);
    expect(['ok', 'not_open', 'already_voted']).toContain(codeOf(await scene.approve(ben, id)));
    await until(async () => (await history(scene.journal, id)).includes('granted'));
    expect((await history(scene.journal, id)).filter((one) => one === 'granted')).toHaveLength(1);
  });
});

describe('lapsing', () => {
  it('comes by itself, not 1 ms early, and ends the waiting', async () => {
    const id = await scene.ask();
    const waiting = scene.updates(agent, id);
    await until(() => scene.service.waiting() === 1);
    scene.clock.atMs = T0_MS + 59_999;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await history(scene.journal, id)).toEqual(['requested']);
    scene.clock.atMs = T0_MS + 60_000;
    expect((await waiting).at(-1)?.approval?.status).toBe(approval.ApprovalStatus.LAPSED);
    expect(await history(scene.journal, id)).toEqual(['requested', 'lapsed']);
  });

  it('comes after a restart, and never from a clock that stepped back', async () => {
    const store = createMemoryStore();
    await scene.restart(store);
    const id = await scene.ask();
    expect(codeOf(await scene.service.get(ben, id))).toBe('ok');
    await scene.restart(store);
    scene.clock.atMs = T0_MS - 3_600_000;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(codeOf(await scene.approve(principal('person:ana'), id))).toBe('own_request');
    expect(await history(scene.journal, id)).toEqual(['requested', 'command_refused own_request']);
    const times = (await record(scene.journal)).map((one) => Number(one.occurredAtMs));
    expect(times).toEqual([T0_MS, T0_MS]);
    scene.clock.atMs = T0_MS + 60_000;
    await until(async () => (await history(scene.journal, id)).includes('lapsed'));
  });
});
