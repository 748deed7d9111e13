/** What came before, as decisions see it while the service runs: theirs, those of others, those under way and those that were lost. */
import { lengthenSession, type SessionInput } from '@countersign/decision';
import { type Journal, TOPICS } from '@countersign/ports';
import { event } from '@countersign/proto';
import { createMemoryJournal } from '@countersign/testkit';
import { openProducer } from '@countersign/wire';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type BreakableJournal, breakable } from '../testing/breakable-journal.ts';
import {
  CALLER,
  DROP,
  type FakePolicy,
  fakePolicy,
  GATEWAY,
  type House,
  openHouse,
  type PolicyInput,
  recordOf,
  SELECT,
  stored,
  testClock,
  until,
} from '../testing/house.ts';
import { createMemoryStore } from '../testing/memory-store.ts';
import { STALE_MS } from './memory.ts';

let journal: BreakableJournal;
let policy: FakePolicy;
let house: House;

beforeEach(async () => {
  journal = breakable(createMemoryJournal());
  policy = fakePolicy();
  house = await openHouse(journal, createMemoryStore(), { policy });
  policy.inputs.length = 0;
});

afterEach(() => house.service.stop());

/** What the newest decision was shown. */
function shown(): SessionInput {
  return (JSON.parse(String(policy.inputs.at(-1))) as PolicyInput).session;
}

const READ_PII = { ...SELECT, sessionId: 's1', resource: { environment: 'production', labels: ['pii'] } };

describe('a decision', () => {
  it('sees nothing the first time, and then every acknowledged one before it', async () => {
    await house.decide(READ_PII);
    expect(shown()).toEqual({ id: 's1' });
    house.clock.atMs += 66_500;
    await house.decide(DROP);
    expect(shown()).toMatchObject({ id: '', agent: { m5: { allow: 1, labelled: 1, read: 1 }, labels: { pii: { read: 66 } } } });
    expect(shown().session).toBeUndefined();
    policy.answer = () => ({ verdict: 'deny' });
    await house.decide({ ...DROP, sessionId: 's1' });
    await house.decide(READ_PII);
    expect(shown()).toMatchObject({
      session: { m1: { deny: 1, stopped: { schema_drop: 1 } }, m5: { allow: 1, read: 1 }, tables: { customers: 66 } },
      owner: { m1: { allow: 1, deny: 1, schema_drop: 1 }, last: { deny: 0, schema_drop: 0, read: 66 } },
    });
  });

  it('by another agent of the same owner can be stopped for what the first one read', async () => {
    policy.answer = ({ action, session }: PolicyInput) => ({
      verdict: action.text.startsWith('COPY') && session.owner?.labels?.pii?.read <= 1800 ? 'deny' : 'allow',
    });
    const exporter = {
      action: { kind: 'sql', text: "COPY t TO '/tmp/x'" },
      subject: { id: 'agent:other', owner: 'person:ana' },
      sessionId: 's2',
    };
    expect((await house.decide(exporter, GATEWAY)).verdict).toBe(event.Verdict.ALLOW);
    await house.decide(READ_PII);
    expect((await house.decide(exporter, GATEWAY)).verdict).toBe(event.Verdict.DENY);
    house.clock.atMs += 1_801_000;
    expect((await house.decide(exporter, GATEWAY)).verdict).toBe(event.Verdict.ALLOW);
    await house.decide(READ_PII);
    const stranger = { ...exporter, subject: { id: 'agent:third', owner: 'person:bo' } };
    expect((await house.decide(stranger, GATEWAY)).verdict).toBe(event.Verdict.ALLOW);
  });

  it('sees nothing of other tenants', async () => {
    await house.decide(READ_PII);
    await house.decide(READ_PII, { ...CALLER, tenant: 'other' });
    expect(shown()).toEqual({ id: 's1' });
  });

  it('that is asked for again by its request_id counts once', async () => {
    for (let n = 0; n < 3; n++) await house.decide({ ...READ_PII, requestId: 'r1' });
    await house.decide(READ_PII);
    expect(shown().agent?.m1?.allow).toBe(1);
  });

  it('sees the rows that were reported of earlier ones', async () => {
    const { decisionId } = await house.decide(READ_PII);
    const report = { decisionId, outcome: 'executed', detail: '', rowsAffected: 120n, correlationId: '' };
    await house.service.report(report, CALLER);
    await house.service.report(report, CALLER);
    await house.decide(SELECT);
    expect(shown().owner?.m1).toEqual({ allow: 1, labelled: 1, read: 1, rows: 120, labelled_rows: 120 });
  });

  it('records what it saw and how far that goes', async () => {
    await house.decide(READ_PII);
    await house.decide(READ_PII);
    const { decisionId } = await house.decide(READ_PII);
    const { recorded } = await recordOf(journal, decisionId);
    expect(JSON.parse(lengthenSession(Buffer.from(recorded.sessionJson).toString()))).toEqual(shown());
    expect(recorded.memoryPosition).toBe(1n);
  });
});

describe('decisions at the same time', () => {
  it('see one another in the order in which they are decided, and count once', async () => {
    const release = journal.hold();
    const all = Promise.all([house.decide(READ_PII), house.decide(READ_PII), house.decide(READ_PII)]);
    await until(() => policy.inputs.length === 3);
    const counts = policy.inputs.map((input) => (JSON.parse(String(input)) as PolicyInput).session.agent);
    expect(counts.map((agent) => [agent?.pending, agent?.m1?.read])).toEqual([
      [undefined, undefined],
      [1, 1],
      [2, 2],
    ]);
    release();
    await all;
    await house.decide(SELECT);
    expect(shown().agent).toMatchObject({ m1: { read: 3 } });
    expect(shown().agent?.pending).toBeUndefined();
  });

  it('that could not be recorded are not counted', async () => {
    journal.fail();
    await Promise.all([house.decide(READ_PII), house.decide(READ_PII)]);
    journal.heal();
    await house.decide(READ_PII);
    expect(shown()).toEqual({ id: 's1' });
  });

  it('that are on record although nobody knew are counted once', async () => {
    journal.failAfterStoring();
    await house.decide(READ_PII);
    journal.heal();
    await house.decide(READ_PII);
    await house.decide(READ_PII);
    await until(async () => (await house.service.memory()).lagEvents === 0);
    await house.decide(READ_PII);
    expect(shown().session?.m1?.read).toBe((await stored(journal)).length - 1);
  });
});

describe('what another process records', () => {
  async function appendElsewhere(): Promise<void> {
    const [decision] = (await stored(journal)).filter(({ event: one }) => one.data.case === 'decisionRecorded');
    const other = await openProducer({ journal, topic: TOPICS.decisions, service: 'decision-service', instance: 'other' });
    const data = decision?.event.data as { case: 'decisionRecorded'; value: event.DecisionRecorded };
    const facts = {
      streamVersion: 0,
      tenant: 'default',
      occurredAtMs: house.clock.atMs,
      correlationId: '',
      causationId: '',
      traceparent: '',
    };
    await other.publish([
      {
        ...facts,
        id: 'elsewhere',
        type: 'x',
        key: 'k',
        stream: 's',
        data: { ...data, value: { ...data.value, decisionId: 'elsewhere' } },
      },
    ]);
  }

  it('is counted a moment later', async () => {
    await house.decide(READ_PII);
    await appendElsewhere();
    await until(async () => (await house.service.memory()).lagEvents === 0);
    await house.decide(READ_PII);
    expect(shown().session?.m1?.read).toBe(2);
  });

  it('takes nothing from what this process has decided since', async () => {
    await house.decide(READ_PII);
    await appendElsewhere();
    await house.decide(READ_PII);
    await house.decide(READ_PII);
    expect(shown().session?.m1?.read).toBeGreaterThanOrEqual(2);
    await until(async () => (await house.service.memory()).lagEvents === 0);
    await house.decide(READ_PII);
    expect(shown().session).toMatchObject({ m1: { read: 4 } });
    expect(shown().session?.pending).toBeUndefined();
  });

  it('what is no event is passed over', async () => {
    await house.decide(READ_PII);
    await journal.append([{ topic: TOPICS.decisions, key: 'k', value: Buffer.from('nonsense') }]);
    await until(async () => (await house.service.memory()).lagEvents === 0);
    await house.decide(READ_PII);
    expect(shown().session?.m1?.read).toBe(1);
  });
});

describe('a memory that cannot keep up', () => {
  function unreadable(inner: Journal): Journal & { blind: boolean } {
    const { read } = inner;
    const journalWith = {
      ...inner,
      blind: false,
      read: (...args: Parameters<Journal['read']>) =>
        journalWith.blind ? Promise.reject(new Error('I/O error')) : read(...args),
    };
    return journalWith;
  }

  it('shows what it knows for a while, then denies, says so, and goes on by itself', async () => {
    const half = unreadable(journal);
    const clock = testClock();
    const next = await openHouse(half, createMemoryStore(), { policy, clock });
    half.blind = true;
    // Somebody else's record leaves a gap that cannot be read.
    await journal.append([{ topic: TOPICS.decisions, key: 'k', value: Buffer.alloc(0) }]);
    await next.decide(READ_PII);
    clock.atMs += STALE_MS;
    await next.decide(READ_PII);
    expect(shown().session).toMatchObject({ pending: 1, m1: { read: 1 } });
    clock.atMs += 1;
    await until(async () => (await next.service.memory()).problem.includes('I/O error'));
    const { verdict, reasons, decisionId } = await next.decide(READ_PII);
    expect({ verdict, reasons }).toMatchObject({
      verdict: event.Verdict.DENY,
      reasons: [{ rule: 'countersign.memory', code: 'UNAVAILABLE' }],
    });
    const { recorded } = await recordOf(journal, decisionId);
    expect(recorded).toMatchObject({ failedStep: 'memory', memoryPosition: 0n });
    expect(recorded.sessionJson).toHaveLength(0);
    half.blind = false;
    await until(async () => (await next.service.memory()).problem === '');
    await next.decide(READ_PII);
    expect(shown().session?.m5).toEqual({ allow: 2, failed: 1, labelled: 2, read: 2 });
    await next.service.stop();
  });

  it('does not start where the journal cannot be read', async () => {
    const half = unreadable(journal);
    half.blind = true;
    await expect(openHouse(half, createMemoryStore(), { policy })).rejects.toThrow('I/O error');
  });
});
