/** Promise 7 for what came before: the journal up to the recorded position gives the very JSON that policy saw; a restart changes nothing. */
import { openAnalyser } from '@countersign/action';
import { lengthenSession, SessionMemory, sessionJson, whose } from '@countersign/decision';
import type { Journal, ProjectionStore } from '@countersign/ports';
import { TOPICS } from '@countersign/ports';
import type { event } from '@countersign/proto';
import { createMemoryJournal } from '@countersign/testkit';
import { describe, expect, it } from 'vitest';
import { replayDecision } from '../replay.ts';
import {
  CALLER,
  DROP,
  fakePolicy,
  GATEWAY,
  type House,
  KEYS,
  openHouse,
  type Request,
  SELECT,
  stored,
  T0_MS,
  testClock,
} from '../testing/house.ts';
import { createMemoryStore } from '../testing/memory-store.ts';
import { countRecord } from './count-record.ts';
import { openMemory } from './memory.ts';

const nothingOwn = () => undefined;
const ANYBODY = { ...GATEWAY, actsFor: ['agent:*', 'person:*'] };

const REQUESTS: readonly Request[] = [
  { ...SELECT, sessionId: 's1', resource: { environment: 'production', labels: ['pii', 'ü"'] } },
  DROP,
  {
    action: {
      kind: 'sql',
      text: 'SELECT * FROM a JOIN "b c" ON true WHERE token = \'ghp_0123456789abcdefghijABCDEFGHIJ456789\'',
    },
    sessionId: 's1',
  },
  { ...SELECT, sessionId: 's2', subject: { id: 'agent:x', owner: 'person:eve' } },
  { action: { kind: 'sql', text: 'DELETE FROM t' }, sessionId: 's2', subject: { id: 'person:eve' } },
];

/** Denies, asks and allows in turn. */
function mixedPolicy() {
  let n = 0;
  const verdicts = ['allow', 'deny', 'allow', 'require_approval', 'allow', 'allow'];
  return fakePolicy(() => ({ verdict: verdicts[n++ % verdicts.length] }));
}

async function work(house: House, from: number, to: number): Promise<void> {
  for (let n = from; n < to; n++) {
    house.clock.atMs = T0_MS + n * 17_321;
    const { decisionId } = await house.decide(REQUESTS[n % REQUESTS.length] ?? SELECT, ANYBODY);
    if (n % 4 === 0)
      await house.service.report(
        { decisionId, outcome: 'executed', detail: '', rowsAffected: BigInt(n), correlationId: '' },
        CALLER,
      );
  }
}

/** What the fold of everything up to each decision's position shows for it. */
async function rebuilt(journal: Journal): Promise<{ recorded: string[]; folded: string[] }> {
  const records = await journal.read(TOPICS.decisions, 0, 0, { maxRecords: 100_000, maxBytes: 1 << 30 });
  const memory = new SessionMemory();
  const recorded: string[] = [];
  const folded: string[] = [];
  for (const [offset, { event: one }] of (await stored(journal)).entries()) {
    if (one.data.case !== 'decisionRecorded') continue;
    const { request, subject, sessionJson: json, memoryPosition } = one.data.value as event.DecisionRecorded;
    while (memory.next <= Number(memoryPosition) && memory.next < offset)
      countRecord(memory, records[memory.next] as never, nothingOwn);
    const of = whose(one.tenant, request?.sessionId ?? '', subject?.id ?? '', subject?.owner ?? '');
    recorded.push(lengthenSession(Buffer.from(json).toString()));
    folded.push(sessionJson(request?.sessionId ?? '', memory.members(of, Number(one.occurredAtMs))));
  }
  return { recorded, folded };
}

function copyOf(store: ProjectionStore): ProjectionStore {
  const copy = createMemoryStore();
  void copy.apply(store.range('', '\uffff', 1_000_000));
  return copy;
}

describe('what came before', () => {
  it('comes back from the journal as policy saw it, over restarts, and each decision replays', async () => {
    const journal = createMemoryJournal();
    const store = createMemoryStore();
    const policy = mixedPolicy();
    for (const [from, to] of [
      [0, 40],
      [40, 41],
      [41, 90],
    ] as const) {
      const house = await openHouse(journal, store, { policy });
      await work(house, from, to);
      await house.service.stop();
    }
    const { recorded, folded } = await rebuilt(journal);
    expect(recorded).toHaveLength(90);
    expect(recorded.at(-1)).toContain('"owner":{"m1"');
    expect(folded).toEqual(recorded);
    const analyser = await openAnalyser();
    const asked = policy.inputs.filter((input) => !String(input).includes('agent:warm'));
    const decisions = (await stored(journal)).filter(({ event: one }) => one.data.case === 'decisionRecorded');
    for (const [n, { bytes }] of decisions.entries()) {
      const replayed = await replayDecision(bytes, { ...KEYS, analyser }, policy);
      expect(replayed.ok && String(replayed.value.input)).toBe(String(asked[n]));
    }
    await analyser.close();
  });

  it('cannot be changed in the record unnoticed', async () => {
    const journal = createMemoryJournal();
    const house = await openHouse(journal, createMemoryStore(), { policy: mixedPolicy() });
    await work(house, 0, 3);
    await house.service.stop();
    const analyser = await openAnalyser();
    const last = (await stored(journal)).at(-1);
    const forged = Buffer.from(String(last?.bytes.toString('latin1')).replace('"allow":1', '"allow":7'), 'latin1');
    expect(forged.equals(last?.bytes ?? Buffer.alloc(0))).toBe(false);
    expect(await replayDecision(forged, { ...KEYS, analyser }, fakePolicy())).toMatchObject({ ok: false });
    await analyser.close();
  });
});

describe('a restart', () => {
  const QUIET = { clock: testClock(), log: () => undefined };

  async function history(): Promise<Journal> {
    const journal = createMemoryJournal();
    const house = await openHouse(journal, createMemoryStore(), { policy: mixedPolicy() });
    await work(house, 0, 120);
    await house.service.stop();
    return journal;
  }

  /** What everybody in the requests is shown, from whatever this store holds. */
  async function seenFrom(
    journal: Journal,
    store: ProjectionStore,
    log: (message: string) => void = () => undefined,
  ): Promise<string[]> {
    const memory = await openMemory({ ...QUIET, journal, store, log });
    const members = REQUESTS.flatMap(({ sessionId = '', subject }) =>
      [T0_MS + 120 * 17_321, T0_MS + 90_000_000].map(
        (atMs) =>
          memory.before(whose('default', sessionId, subject?.id ?? 'agent:gateway', subject?.owner ?? 'person:ana'), atMs)
            ?.members ?? 'unknown',
      ),
    );
    expect((await memory.stats()).lagEvents).toBe(0);
    await memory.stop();
    return members;
  }

  it('from any snapshot, whenever the process was killed, is the same as from the whole journal', async () => {
    const journal = await history();
    const whole = await seenFrom(journal, createMemoryStore());
    expect(whole.join()).toContain('"labels":{"pii":');
    // The store as it was after each single write of a process that saved often.
    const copies: ProjectionStore[] = [];
    const store = createMemoryStore();
    const watched: ProjectionStore = {
      ...store,
      async apply(changes) {
        await store.apply(changes);
        copies.push(copyOf(store));
      },
    };
    for (const head of [20, 45, 46, 90, 150]) {
      const memory = await openMemory({ ...QUIET, journal: upTo(journal, head), store: watched, saveEveryEvents: 1 });
      await memory.stop();
    }
    const positions = new Set<number>();
    for (const copy of copies) {
      const meta = copy.get('memory/meta');
      positions.add(meta ? (JSON.parse(Buffer.from(meta).toString()) as { next: number }).next : 0);
      expect(await seenFrom(journal, copy)).toEqual(whole);
    }
    expect([...positions].sort((a, b) => a - b)).toEqual([0, 20, 45, 46, 90, 150]);
    expect(copies.length).toBeGreaterThanOrEqual(10);
  });

  it.each<[string, (store: ProjectionStore, meta: Record<string, unknown>) => Promise<void>, string]>([
    [
      'a missing part',
      (store) =>
        store.apply([
          { key: 'memory/b/000000', value: null },
          { key: 'memory/a/000000', value: null },
        ]),
      'a part of it is missing',
    ],
    [
      'a changed part',
      (store, { side }) =>
        store.apply([{ key: `memory/${String(side)}/000000`, value: Buffer.from('s["default\0s1",1,[],[],[],[],[],[0,0,0]]') }]),
      'its digest does not fit',
    ],
    [
      'another version',
      (store, meta) => store.apply([{ key: 'memory/meta', value: json({ ...meta, format: '0' }) }]),
      'written by another version',
    ],
    [
      'a newer one than the journal',
      (store, meta) => store.apply([{ key: 'memory/meta', value: json({ ...meta, next: 1_000 }) }]),
      'it is of another journal',
    ],
    [
      'one of another journal',
      (store, meta) => store.apply([{ key: 'memory/meta', value: json({ ...meta, last: '00' }) }]),
      'it is of another journal',
    ],
    ['nonsense', (store) => store.apply([{ key: 'memory/meta', value: Buffer.from('{') }]), 'made anew from the journal'],
  ])('with %s reads the journal anew, and says so', async (_what, spoil, why) => {
    const journal = await history();
    const store = createMemoryStore();
    const whole = await seenFrom(journal, createMemoryStore());
    const memory = await openMemory({ ...QUIET, journal, store, saveEveryEvents: 20 });
    await memory.stop();
    await spoil(store, JSON.parse(Buffer.from(store.get('memory/meta') ?? []).toString()) as Record<string, unknown>);
    const logged: string[] = [];
    expect(await seenFrom(journal, store, (message) => logged.push(message))).toEqual(whole);
    expect(logged).toEqual([expect.stringContaining(why)]);
  });

  it('keeps nothing but the newest snapshot', async () => {
    const journal = await history();
    const store = createMemoryStore();
    const sides = new Set<unknown>();
    // Each start finds a little more in the journal than the one before.
    for (const head of [50, 100, 150]) {
      const memory = await openMemory({ ...QUIET, journal: upTo(journal, head), store, saveEveryEvents: 20 });
      await memory.stop();
      const meta = JSON.parse(Buffer.from(store.get('memory/meta') ?? []).toString()) as {
        side: string;
        chunks: number;
        next: number;
      };
      sides.add(meta.side);
      expect(meta.next).toBe(head);
      const chunks = Array.from({ length: meta.chunks }, (_, n) => `memory/${meta.side}/00000${n}`);
      expect(store.range('memory/', 'memory/~', 100).map(({ key }) => key)).toEqual([...chunks, 'memory/meta']);
    }
    expect([...sides].sort()).toEqual(['a', 'b']);
  });

  it('goes on without a snapshot where the store is full', async () => {
    const journal = await history();
    const logged: string[] = [];
    const store: ProjectionStore = { ...createMemoryStore(), apply: () => Promise.reject(new Error('the disk is full')) };
    const memory = await openMemory({ ...QUIET, journal, store, saveEveryEvents: 20, log: (message) => logged.push(message) });
    expect((await memory.stats()).sessions).toBe(2);
    await memory.stop();
    expect(logged[0]).toBe('a snapshot of the memory could not be stored: the disk is full');
  });
});

function json(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value));
}

/** The journal as it was when it had so many records. */
function upTo(journal: Journal, head: number): Journal {
  return {
    append: (records) => journal.append(records),
    read: async (topic, partition, from, limit) =>
      from >= head ? [] : journal.read(topic, partition, from, { ...limit, maxRecords: Math.min(limit.maxRecords, head - from) }),
    partitions: (topic) => journal.partitions(topic),
    head: () => Promise.resolve(head),
    position: (...args) => journal.position(...args),
    commit: (...args) => journal.commit(...args),
    onAppended: (listener) => journal.onAppended(listener),
    close: () => journal.close(),
  };
}
