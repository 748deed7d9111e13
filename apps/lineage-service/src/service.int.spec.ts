/** Journal → tables on the real engine: what is published is asked for in SQL, traced, verified and rebuilt. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Journal, TOPICS, monotonicClock } from '@countersign/ports';
import { createMemoryJournal } from '@countersign/testkit';
import { TABLE_NAMES } from '@countersign/lineage';
import { type LineageService, openLineageService, verifyJournal } from './index.ts';
import { ask, startEngine } from './test/engine.ts';
import { SILENT } from './test/log.ts';
import { decisionDraft, idOf, outcomeDraft, publisher, voteDraft } from './test/events.ts';

let world: Awaited<ReturnType<typeof startEngine>>;
let journal: Journal;
let service: LineageService;
let publish: Awaited<ReturnType<typeof publisher>>;

beforeEach(async () => {
  world = await startEngine();
  journal = createMemoryJournal();
  publish = await publisher(journal);
  service = await open();
});

afterEach(async () => {
  await service.stop();
  await world.destroy();
});

function open() {
  return openLineageService({ journal, store: world.openStore(), clock: monotonicClock(), log: SILENT });
}

const decide = (from: number, count: number) =>
  publish(
    TOPICS.decisions,
    Array.from({ length: count }, (_, index) => decisionDraft(from + index)),
  );

describe('journal to tables', () => {
  it('gives every event its rows', async () => {
    await decide(0, 3);
    await publish(TOPICS.decisions, [outcomeDraft(0)]);
    await publish(TOPICS.approvals, [voteDraft(1)]);
    await service.caughtUp();
    const store = world.openStore();

    expect(
      await ask(
        store,
        'SELECT who, what, verdict, rules, messages, targets, environment, owner FROM lineage ORDER BY occurred_at LIMIT 1',
      ),
    ).toEqual([
      [
        'agent:deploy-bot',
        'DELETE FROM customers WHERE id = 0',
        'allow',
        ['baseline.delete'],
        ['A delete on a sensitive table.'],
        ['table:customers'],
        'production',
        'person:ana',
      ],
    ]);
    expect(await ask(store, 'SELECT decision_id, request_id, verdict, labels FROM decisions ORDER BY journal_offset')).toEqual([
      [idOf('decision', 0), 'r0', 'allow', ['sensitive']],
      [idOf('decision', 1), 'r1', 'deny', ['sensitive']],
      [idOf('decision', 2), 'r2', 'require_approval', ['sensitive']],
    ]);
    expect(await ask(store, 'SELECT decision_id, outcome, rows_affected FROM outcomes')).toEqual([
      [idOf('decision', 0), 'executed', 0],
    ]);
    expect(await ask(store, 'SELECT approval_id, status, actor, reason FROM approvals')).toEqual([
      ['a1', 'vote_cast', 'person:bea', 'seen'],
    ]);
    expect(await ask(store, 'SELECT topic, count() FROM events GROUP BY topic ORDER BY topic')).toEqual([
      [TOPICS.approvals, 1],
      [TOPICS.decisions, 4],
    ]);
    const edges = 'SELECT from_id, relation, to_id FROM';
    const where = `WHERE from_id = '${idOf('decision', 0)}' OR to_id = '${idOf('decision', 0)}' ORDER BY from_id, relation, to_id`;
    expect(await ask(store, `${edges} edges_fwd ${where}`)).toEqual(await ask(store, `${edges} edges_rev ${where}`));
    expect(await ask(store, `${edges} edges_fwd ${where}`)).toContainEqual(['person:ana', 'answers_for', idOf('decision', 0)]);
  });

  it('keeps the stored bytes so that SQL alone recomputes the chain', async () => {
    await decide(0, 20);
    await service.caughtUp();
    const broken = `SELECT countIf(prev_hash != before) FROM (
      SELECT prev_hash, lagInFrame(lower(hex(SHA256(base64Decode(stored_base64)))), 1, '') OVER (ORDER BY journal_offset ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS before
      FROM events)`;

    expect(await ask(world.openStore(), broken)).toEqual([[0]]);
    expect(await ask(world.openStore(), "SELECT count() FROM events WHERE prev_hash != ''")).toEqual([[19]]);
  });

  it('quarantines what cannot be read and lets the rest flow', async () => {
    await decide(0, 2);
    await journal.append([{ topic: TOPICS.decisions, key: 'acme/s1', value: Buffer.from('no event at all') }]);
    await decide(2, 2);
    await service.caughtUp();

    const rows = await ask(
      world.openStore(),
      "SELECT type, journal_offset, if(quarantine_reason = '', 'read', 'not read') FROM events ORDER BY journal_offset",
    );
    expect(rows).toEqual([
      ['countersign.decision.recorded', 0, 'read'],
      ['countersign.decision.recorded', 1, 'read'],
      ['countersign.quarantined', 2, 'not read'],
      ['countersign.decision.recorded', 3, 'read'],
      ['countersign.decision.recorded', 4, 'read'],
    ]);
    expect(await ask(world.openStore(), 'SELECT count() FROM decisions')).toEqual([[4]]);
  });

  it('goes on where it stopped, each event once', async () => {
    await decide(0, 10);
    await service.caughtUp();
    await service.stop();
    await decide(10, 10);
    service = await open();
    await service.caughtUp();

    expect(await ask(world.openStore(), 'SELECT count(), uniqExact(journal_offset), max(journal_offset) FROM decisions')).toEqual(
      [[20, 20, 19]],
    );
  });
});

describe('trace', () => {
  it('gives every event of a correlation id, cause before effect, with actor and summary', async () => {
    const correlationId = idOf('decision', 0);
    await decide(0, 2);
    // The voter's clock lies behind: time alone would put the vote first.
    await publish(TOPICS.approvals, [voteDraft(0, { correlationId, causationId: correlationId, occurredAtMs: 1_000 })]);
    await publish(TOPICS.decisions, [outcomeDraft(0)]);
    await service.caughtUp();
    const events = await service.trace(correlationId, 'acme', new AbortController().signal);

    expect(events.map(({ type, actor, summary }) => [type, actor, summary])).toEqual([
      [
        'countersign.decision.recorded',
        'agent:deploy-bot',
        'agent:deploy-bot asked to run sql «DELETE FROM customers WHERE id = 0» in production: allowed by baseline.delete',
      ],
      ['countersign.approval.vote_cast', 'person:bea', 'person:bea approved: seen'],
      ['countersign.outcome.reported', 'agent:local', 'agent:local reported executed'],
    ]);
    expect(JSON.parse(events[1]?.dataJson ?? '')).toEqual({
      approval_id: 'a0',
      voter: 'person:bea',
      approve: true,
      reason: 'seen',
      channel: 'cli',
    });
  });

  it('knows nothing of other tenants and refuses what is no correlation id', async () => {
    await decide(0, 1);
    await service.caughtUp();
    const { signal } = new AbortController();

    expect(await service.trace(idOf('decision', 0), 'other', signal)).toEqual([]);
    await expect(service.trace("x' OR 1 = 1 --", 'acme', signal)).rejects.toThrow('a correlation id is');
  });
});

describe('rebuild', () => {
  it('ends with the same rows', async () => {
    await decide(0, 300);
    await publish(TOPICS.decisions, [outcomeDraft(3)]);
    await publish(TOPICS.approvals, [voteDraft(1)]);
    await service.caughtUp();
    const before = await contents();
    const steps: number[] = [];
    const end = await service.rebuild(({ eventsDone }) => steps.push(eventsDone));

    expect(await contents()).toEqual(before);
    expect(before.map(({ rows }) => rows)).toEqual([302, 300, 1, 1, 1203, 1203, 300]);
    expect(end).toEqual({ eventsDone: 302, eventsTotal: 302 });
    expect(steps.at(-1)).toBe(302);
  });

  it('runs one at a time', async () => {
    await decide(0, 10);
    const first = service.rebuild();
    await expect(service.rebuild()).rejects.toThrow('already');
    await first;
  });

  async function contents() {
    const store = world.openStore();
    const tables = [];
    for (const table of TABLE_NAMES) {
      const [row] = await ask(store, `SELECT count(), sum(cityHash64(*)) FROM ${table}`);
      tables.push({ table, rows: row?.[0], hash: row?.[1] });
    }
    return tables;
  }
});

describe('verify', () => {
  it('accepts what producers wrote and names the first record that was not', async () => {
    await decide(0, 5);
    await publish(TOPICS.approvals, [voteDraft(1)]);
    expect(await verifyJournal(journal)).toMatchObject({ ok: true, value: { events: 6 } });

    const records = await journal.read(TOPICS.decisions, 0, 4, { maxRecords: 1, maxBytes: 1_000_000 });
    await journal.append(records.map(({ topic, key, value }) => ({ topic, key, value })));
    expect(await verifyJournal(journal)).toMatchObject({
      ok: false,
      error: { kind: 'fork', topic: TOPICS.decisions, offset: 5 },
    });
  });

  it('names a record that is no event', async () => {
    await journal.append([{ topic: TOPICS.policies, key: 'x', value: Buffer.from('no event at all') }]);
    expect(await verifyJournal(journal)).toMatchObject({
      ok: false,
      error: { kind: 'unreadable', topic: TOPICS.policies, offset: 0 },
    });
  });
});
