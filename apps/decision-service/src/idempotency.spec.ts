/** request_id: the same request is decided once, however often, however soon and after whatever it is asked again. */
import { fromBinary } from '@bufbuild/protobuf';
import { openEmbeddedJournal, openProjectionStore } from '@countersign/journal-embedded';
import { type ProjectionStore, TOPICS } from '@countersign/ports';
import { decision, event } from '@countersign/proto';
import { createMemoryJournal } from '@countersign/testkit';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type BreakableJournal, breakable } from './testing/breakable-journal.ts';
import {
  CALLER,
  encodeRequest,
  type FakePolicy,
  fakePolicy,
  GATEWAY,
  type House,
  openHouse,
  type Request,
  SELECT,
  stored,
  testClock,
  until,
} from './testing/house.ts';
import { createMemoryStore } from './testing/memory-store.ts';

const HOUR_MS = 3_600_000;
const json = (value: unknown) => Buffer.from(JSON.stringify(value));

/** Everything that an answer can hold. */
const FULL: Request = {
  requestId: 'r-full',
  subject: { id: 'agent:other', owner: 'person:eve', attributesJson: json({ a: 1 }) },
  action: { kind: 'sql', text: "ALTER ROLE r PASSWORD 'hunter22'; DROP TABLE customers" },
  resource: { type: 'database', id: 'crm', environment: 'production', labels: ['pii'] },
  purpose: 'ticket 7',
  sessionId: 's-1',
};

const FULL_ANSWER = {
  verdict: 'require_approval',
  reasons: [
    { rule: 'a.b', code: 'c', message: 'Because.', severity: 'high', effect: 1 },
    { rule: 'd', code: 'e', message: 'f' },
  ],
  obligations: [{ id: 'log', params: { level: 'full' } }, { id: 'mask' }],
  approval: { quorum: 2, reviewers: ['role:approver'], expires_s: 600 },
};

let journal: BreakableJournal;
let store: ProjectionStore;
let policy: FakePolicy;
let house: House;
const houses: House[] = [];

beforeEach(async () => {
  journal = breakable(createMemoryJournal());
  store = createMemoryStore();
  policy = fakePolicy(() => FULL_ANSWER);
  house = await open();
});

afterEach(async () => {
  for (const one of houses.splice(0)) await one.service.stop();
});

async function open(change: { store?: ProjectionStore; clock?: House['clock'] } = {}): Promise<House> {
  const opened = await openHouse(journal, change.store ?? store, { policy, ...(change.clock && { clock: change.clock }) });
  houses.push(opened);
  return opened;
}

async function decisions(): Promise<number> {
  return journal.head(TOPICS.decisions, 0);
}

/** The index has read every decision that had a request_id, and none of them is answered from memory any more. */
async function indexed(): Promise<void> {
  const all = await stored(journal);
  const named = all.findLastIndex(
    ({ event: { data } }) => data.case === 'decisionRecorded' && data.value.request?.requestId !== '',
  );
  await until(() => Number(Buffer.from(store.get('position') ?? Buffer.alloc(8)).readBigUInt64BE()) > named);
}

let fillers = 0;

/** Another request, so that the index has something to read. */
async function filler(of: House): Promise<void> {
  await of.decide({ ...SELECT, requestId: `filler-${++fillers}` });
  await indexed();
}

describe('the same request again', () => {
  it.each<[string, Request]>([
    ['with everything that an answer can hold', FULL],
    ['with nothing but its id', { ...SELECT, requestId: 'r-1' }],
    ['masked in its purpose alone', { ...SELECT, requestId: 'r-1', purpose: 'password=hunter22' }],
    ['without a text', { requestId: 'r-1', action: { kind: 'json', payloadJson: json({ password: 'hunter22' }) } }],
  ])('%s has the same answer: at once, from the index, after a restart, and with the index deleted', async (_what, request) => {
    const first = await house.decideBytes(request, GATEWAY);
    expect(await house.decideBytes(request, GATEWAY)).toEqual(first);
    await indexed();
    expect(await house.decideBytes(request, GATEWAY)).toEqual(first);
    const restarted = await open();
    expect(await restarted.decideBytes(request, GATEWAY)).toEqual(first);
    const rebuilt = await open({ store: createMemoryStore() });
    expect(await rebuilt.decideBytes(request, GATEWAY)).toEqual(first);
    expect(await decisions()).toBe(1);
  });

  it('is one decision when many ask at once', async () => {
    const release = journal.hold();
    const asked = Promise.all(Array.from({ length: 20 }, () => house.decideBytes(FULL, GATEWAY)));
    release();
    const [first, ...others] = await asked;
    expect(others.every((other) => first?.equals(other))).toBe(true);
    expect(await decisions()).toBe(1);
  });

  it('waits for the first one that is under way, and no longer', async () => {
    const release = journal.hold();
    const first = house.decideBytes(FULL, GATEWAY);
    let answered = false;
    const second = house.decideBytes(FULL, GATEWAY).finally(() => (answered = true));
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
    expect(answered).toBe(false);
    release();
    expect(await second).toEqual(await first);
  });

  it('is the recorded answer even when the policy would say something else by now', async () => {
    await house.decide(FULL, GATEWAY);
    policy.answer = () => ({ verdict: 'allow' });
    expect((await house.decide(FULL, GATEWAY)).verdict).toBe(event.Verdict.REQUIRE_APPROVAL);
    expect((await house.decide({ ...FULL, requestId: 'r-other' }, GATEWAY)).verdict).toBe(event.Verdict.ALLOW);
  });

  it('is decided anew where the first could not be recorded', async () => {
    journal.fail();
    expect((await house.decide(FULL, GATEWAY)).verdict).toBe(event.Verdict.DENY);
    journal.heal();
    const second = await house.decide(FULL, GATEWAY);
    expect([second.verdict, second.position?.offset]).toEqual([event.Verdict.REQUIRE_APPROVAL, 0n]);
  });

  it('is what the record says where the first was stored although the append failed', async () => {
    journal.failAfterStoring();
    expect((await house.decide(FULL, GATEWAY)).verdict).toBe(event.Verdict.DENY);
    journal.heal();
    await indexed();
    expect((await house.decide(FULL, GATEWAY)).verdict).toBe(event.Verdict.REQUIRE_APPROVAL);
    expect(await decisions()).toBe(1);
  });

  it('is not another’s: ids belong to a tenant and a subject', async () => {
    const request = { ...SELECT, requestId: 'shared' };
    const other = { ...CALLER, subject: 'agent:else' };
    const asked = [CALLER, other, { ...CALLER, tenant: 'acme' }];
    const ids = await Promise.all(asked.map(async (principal) => (await house.decide(request, principal)).decisionId));
    expect(new Set(ids).size).toBe(3);
    await indexed();
    const again = await Promise.all(asked.map(async (principal) => (await house.decide(request, principal)).decisionId));
    expect(again).toEqual(ids);
  });

  it('reads the same whatever order its fields came in', async () => {
    const first = await house.decideBytes({ ...SELECT, requestId: 'r-order' });
    const requestId = Buffer.from('\x0a\x07r-order');
    expect(await house.service.decide(Buffer.concat([encodeRequest(SELECT), requestId]), CALLER)).toEqual(first);
  });
});

describe('another request with the same id is a conflict', () => {
  const CHANGES: readonly (readonly [string, Request])[] = [
    ['text', { ...FULL, action: { kind: 'sql', text: "ALTER ROLE r PASSWORD 'hunter23'; DROP TABLE customers" } }],
    ['kind', { ...FULL, action: { kind: 'shell', text: FULL.action?.text ?? '' } }],
    ['environment', { ...FULL, resource: { ...FULL.resource, environment: 'staging' } }],
    ['labels', { ...FULL, resource: { ...FULL.resource, labels: [] } }],
    ['purpose', { ...FULL, purpose: 'ticket 8' }],
    ['session', { ...FULL, sessionId: 's-2' }],
    ['delegation', { ...FULL, delegation: [{ id: 'person:carl' }] }],
    ['attributes', { ...FULL, subject: { id: 'agent:other', owner: 'person:eve', attributesJson: json({ a: 2 }) } }],
    ['context', { ...FULL, contextJson: json({ a: 1 }) }],
    ['grant', { ...FULL, grant: 'a.b.c' }],
  ];

  it.each(CHANGES)('%s', async (_what, changed) => {
    const first = house.decide(FULL, GATEWAY);
    await expect(house.decide(changed, GATEWAY)).rejects.toMatchObject({ name: 'Refused', code: 'conflict' });
    await first;
    await indexed();
    await expect(house.decide(changed, GATEWAY)).rejects.toMatchObject({ name: 'Refused', code: 'conflict' });
    await expect(house.decide(changed, GATEWAY)).rejects.toThrow('r-full');
    expect(await decisions()).toBe(1);
  });
});

describe('the index', () => {
  // One follower alone, since another one with another clock would keep what this one forgets.
  beforeEach(() => house.service.stop());

  /** A store whose writes wait, or fail, until told otherwise. */
  function slow(inner: ProjectionStore) {
    let gate: Promise<void> = Promise.resolve();
    let failing = false;
    const slowed: ProjectionStore = {
      get: (key) => inner.get(key),
      range: (start, end, limit) => inner.range(start, end, limit),
      async apply(changes) {
        await gate;
        if (failing) throw new Error('no room');
        await inner.apply(changes);
      },
      close: () => inner.close(),
    };
    return {
      slowed,
      hold() {
        const { promise, resolve } = Promise.withResolvers<void>();
        gate = promise;
        return resolve;
      },
      fail: (yes: boolean) => (failing = yes),
    };
  }

  it('forgets nothing while it lags behind the journal', async () => {
    const { slowed, hold } = slow(store);
    const lagging = await open({ store: slowed });
    const release = hold();
    const asked = Array.from({ length: 50 }, (_, n) => ({ ...SELECT, requestId: `r-${n}` }));
    const first = await Promise.all(asked.map((request) => lagging.decideBytes(request)));
    expect(await Promise.all(asked.map((request) => lagging.decideBytes(request)))).toEqual(first);
    release();
    await indexed();
    expect(await Promise.all(asked.map((request) => lagging.decideBytes(request)))).toEqual(first);
    expect(await decisions()).toBe(50);
  });

  it('forgets nothing while its store fails, says so, and catches up', async () => {
    const { slowed, fail } = slow(store);
    const failing = await open({ store: slowed });
    fail(true);
    const first = await failing.decideBytes(FULL, GATEWAY);
    await until(() => failing.logged.some((line) => line.includes('no room')));
    expect(await failing.decideBytes(FULL, GATEWAY)).toEqual(first);
    fail(false);
    await indexed();
    expect(await failing.decideBytes(FULL, GATEWAY)).toEqual(first);
    expect(await decisions()).toBe(1);
  });

  it('keeps an id for two days and forgets it then', async () => {
    const clock = testClock();
    const kept = await open({ clock });
    const first = await kept.decideBytes(FULL, GATEWAY);
    clock.atMs += 48 * HOUR_MS - 1;
    await filler(kept);
    expect(await kept.decideBytes(FULL, GATEWAY)).toEqual(first);
    clock.atMs += 2;
    await filler(kept);
    expect(await kept.decideBytes(FULL, GATEWAY)).not.toEqual(first);
  });

  it('shrinks to what is kept, however much has been added since', async () => {
    const clock = testClock();
    const busy = await open({ clock });
    const ask = (from: number, count: number) =>
      Promise.all(Array.from({ length: count }, (_, n) => busy.decide({ ...SELECT, requestId: `r-${from + n}` })));
    await ask(0, 2_000);
    await indexed();
    clock.atMs += 49 * HOUR_MS;
    // One read takes in all of these at once.
    await ask(2_000, 2_000);
    await indexed();
    expect(store.range('t/', 't0', 10_000)).toHaveLength(2_000);
    expect(store.range('r/', 'r0', 10_000)).toHaveLength(2_000);
  });

  it('an id that is used again after its time is remembered, also when the index is built anew', async () => {
    const clock = testClock();
    const long = await open({ clock });
    await long.decide(FULL, GATEWAY);
    clock.atMs += 72 * HOUR_MS;
    await filler(long);
    const second = await long.decideBytes(FULL, GATEWAY);
    store = createMemoryStore();
    const rebuilt = await open({ store, clock });
    await filler(rebuilt);
    await filler(rebuilt);
    expect(await rebuilt.decideBytes(FULL, GATEWAY)).toEqual(second);
  });

  it('passes over what is no event, says so once, and serves what comes after', async () => {
    await journal.append([{ topic: TOPICS.decisions, key: 'x', value: Buffer.from('ff00ff', 'hex') }]);
    const opened = await open({ store: createMemoryStore() });
    const first = await opened.decideBytes(FULL, GATEWAY);
    const reopened = await open({ store: createMemoryStore() });
    expect(await reopened.decideBytes(FULL, GATEWAY)).toEqual(first);
    expect(reopened.logged).toEqual([expect.stringContaining(`record 0 of ${TOPICS.decisions} could not be read`)]);
  });
});

describe('on the real journal', () => {
  it('a repeat after a restart has the same answer, with the index and without', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'countersign-idempotency-'));
    const answers: Buffer[] = [];
    for (const keepIndex of [true, true, false]) {
      const real = await openEmbeddedJournal({ dir: join(dir, 'journal') });
      const index = await openProjectionStore({ dir: join(dir, 'stores'), name: keepIndex ? 'requests' : 'requests-anew' });
      const opened = await openHouse(real, index, { policy });
      answers.push(await opened.decideBytes(FULL, GATEWAY));
      expect(await stored(real)).toHaveLength(1);
      await opened.service.stop();
      await index.close();
      await real.close();
    }
    await rm(dir, { recursive: true });
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
    expect(fromBinary(decision.DecideResponseSchema, answers[0] ?? Buffer.alloc(0)).maskedText).toContain('«password»');
  });
});
