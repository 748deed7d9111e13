/** Each event counts once, whoever is faster: the answer to the append, or the reader of the journal. */
import { type CountedDecision, deedOf, whose } from '@countersign/decision';
import { type Journal, TOPICS } from '@countersign/ports';
import { event } from '@countersign/proto';
import { createMemoryJournal } from '@countersign/testkit';
import { encodeEvent } from '@countersign/wire';
import { beforeEach, describe, expect, it } from 'vitest';
import { T0_MS, testClock, until } from '../testing/house.ts';
import { createMemoryStore } from '../testing/memory-store.ts';
import { openMemory, type OpenMemory } from './memory.ts';

const OF = whose('t', 's', 'agent:a', 'person:o');
const STAMP = { service: 'decision-service', instance: '0', epoch: 1, seq: 1, prevHash: new Uint8Array(0) };

let journal: Journal;
let reads: number;
/** Reads wait for it once they have their records. */
let gate: Promise<void>;
let memory: OpenMemory;

beforeEach(async () => {
  const inner = createMemoryJournal();
  reads = 0;
  gate = Promise.resolve();
  journal = {
    append: (records) => inner.append(records),
    async read(...args) {
      reads += 1;
      const records = await inner.read(...args);
      await gate;
      return records;
    },
    partitions: (topic) => inner.partitions(topic),
    head: (topic, partition) => inner.head(topic, partition),
    position: (...args) => inner.position(...args),
    commit: (...args) => inner.commit(...args),
    onAppended: (listener) => inner.onAppended(listener),
    close: () => inner.close(),
  };
  memory = await openMemory({ journal, store: createMemoryStore(), clock: testClock(), log: () => undefined });
});

function decision(decisionId: string): CountedDecision {
  const effects = [{ kind: 'read', targets: [] }];
  const deed = deedOf({ verdict: 'allow', failedStep: '', approvalStatus: '', reasons: [], labels: [], effects });
  return { tenant: 't', decisionId, whose: OF, deed, atMs: T0_MS };
}

async function appendEvent(id: string, data: Parameters<typeof encodeEvent>[0]['data']): Promise<void> {
  const draft = { id, type: 'x', key: 'k', stream: 's', streamVersion: 0, tenant: 't', occurredAtMs: T0_MS };
  const value = encodeEvent({ ...draft, correlationId: '', causationId: '', traceparent: '', data }, STAMP);
  await journal.append([{ topic: TOPICS.decisions, key: 'k', value }]);
}

function appendDecision(decisionId: string): Promise<void> {
  return appendEvent(decisionId, {
    case: 'decisionRecorded',
    value: {
      decisionId,
      verdict: event.Verdict.ALLOW,
      request: { sessionId: 's' },
      subject: { id: 'agent:a', owner: 'person:o' },
      effects: [{ kind: 'read' }],
    },
  });
}

function seen(): { pending?: number; m1?: Record<string, number> } {
  const members = memory.before(OF, T0_MS)?.members ?? '';
  return (JSON.parse(`{${members.slice(1)}}`) as { agent?: object }).agent ?? {};
}

async function counted(events: number): Promise<void> {
  await until(async () => (await memory.stats()).lagEvents === 0 && memory.before(OF, T0_MS)?.position === events - 1);
}

describe('an event', () => {
  it('that the reader meets before its append has answered', async () => {
    const [own, later] = [decision('own'), decision('later')];
    memory.begin(own);
    memory.begin(later);
    for (const id of ['foreign', 'own', 'later']) await appendDecision(id);
    memory.durable(later, 2);
    await counted(3);
    memory.durable(own, 1);
    expect(seen()).toMatchObject({ m1: { allow: 3, read: 3 } });
    expect(seen().pending).toBeUndefined();
    await memory.stop();
  });

  it('that was counted while the reader waited for the disk', async () => {
    const all = ['d0', 'd1', 'd2'].map(decision);
    for (const one of all) memory.begin(one);
    for (const { decisionId } of all) await appendDecision(decisionId);
    const { promise, resolve } = Promise.withResolvers<void>();
    gate = promise;
    const before = reads;
    memory.durable(all[2] as CountedDecision, 2);
    await until(() => reads > before);
    memory.durable(all[0] as CountedDecision, 0);
    memory.durable(all[1] as CountedDecision, 1);
    expect(seen()).toMatchObject({ m1: { allow: 3 } });
    resolve();
    await until(() => reads > before + 1);
    await counted(3);
    expect(seen()).toMatchObject({ m1: { allow: 3 } });
    await memory.stop();
  });

  it('that is appended when the reader has just seen the end', async () => {
    const [first, second] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    gate = first.promise;
    const before = reads;
    await appendDecision('d0');
    await until(() => reads === before + 1);
    gate = second.promise;
    first.resolve();
    await until(() => reads === before + 2);
    await appendDecision('d1');
    second.resolve();
    await counted(2);
    expect(seen()).toMatchObject({ m1: { allow: 2 } });
    await memory.stop();
  });

  it('that is reported after the reader has counted it', async () => {
    const caller = { subject: 'agent:a', owner: 'person:o' };
    const value = { decisionId: 'unknown', outcome: 'executed', rowsAffected: 5n, caller };
    await appendEvent('o', { case: 'outcomeReported', value });
    await appendDecision('foreign');
    await counted(2);
    memory.reported({ tenant: 't', decisionId: 'unknown', rows: 5, reporter: OF }, 0, T0_MS);
    expect(seen().m1).toEqual({ allow: 1, rows: 5, read: 1 });
    expect(memory.before(OF, T0_MS)?.position).toBe(1);
    await memory.stop();
  });

  it('that follows on others not yet answered waits for its turn and is shown until then', async () => {
    const all = ['d0', 'd1', 'd2'].map(decision);
    for (const one of all) memory.begin(one);
    const { promise, resolve } = Promise.withResolvers<void>();
    gate = promise;
    memory.durable(all[2] as CountedDecision, 2);
    memory.durable(all[1] as CountedDecision, 1);
    expect(memory.before(OF, T0_MS)?.position).toBe(0);
    expect(seen()).toMatchObject({ pending: 3, m1: { allow: 3 } });
    memory.durable(all[0] as CountedDecision, 0);
    expect(memory.before(OF, T0_MS)?.position).toBe(2);
    expect(seen()).toMatchObject({ m1: { allow: 3 } });
    expect(seen().pending).toBeUndefined();
    resolve();
    await memory.stop();
  });
});
