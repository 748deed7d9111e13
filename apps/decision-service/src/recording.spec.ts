/** Promises 1 and 2: no answer without a record, and whatever fails is a deny that says which step failed. */
import { createMasker } from '@countersign/masking';
import { openAnalyser } from '@countersign/action';
import { err } from '@countersign/kernel';
import { finish, initialChain, verifyNext } from '@countersign/ledger';
import { type Journal, TOPICS } from '@countersign/ports';
import { event } from '@countersign/proto';
import { createMemoryJournal } from '@countersign/testkit';
import { openProducer } from '@countersign/wire';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DecisionDeps } from './deps.ts';
import { NO_MEMORY } from './memory/no-memory.ts';
import { openPipeline } from './pipeline.ts';
import { type BreakableJournal, breakable } from './testing/breakable-journal.ts';
import {
  CALLER,
  DROP,
  encodeRequest,
  type FakePolicy,
  fakePolicy,
  type House,
  KEYS,
  openHouse,
  recordOf,
  SELECT,
  stored,
  testClock,
} from './testing/house.ts';
import { createMemoryStore } from './testing/memory-store.ts';

let journal: BreakableJournal;
let policy: FakePolicy;
let house: House;

beforeEach(async () => {
  journal = breakable(createMemoryJournal());
  policy = fakePolicy();
  house = await openHouse(journal, createMemoryStore(), { policy });
});

afterEach(() => house.service.stop());

async function chain(of: Journal) {
  let state = initialChain();
  for (const { bytes, event: one } of await stored(of)) {
    const { service = '', instance = '', epoch = 0n, seq = 0n } = one.producer ?? {};
    const offset = state.partitions.get(`${TOPICS.decisions}\0${0}`)?.nextOffset ?? 0;
    const producer = { service, instance, epoch: Number(epoch), seq: Number(seq) };
    const record = { topic: TOPICS.decisions, partition: 0, offset, stored: bytes, producer, prevHash: one.prevHash };
    const next = verifyNext(state, record);
    if (!next.ok) return next;
    state = next.value;
  }
  return finish(state);
}

describe('promise 1: no answer without a record', () => {
  it('keeps the caller waiting until the append has resolved', async () => {
    const release = journal.hold();
    let answered = false;
    const answer = house.decide(SELECT).finally(() => (answered = true));
    // More turns than any decision takes that does not wait for the journal.
    for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
    expect(answered).toBe(false);
    expect(policy.inputs.length).toBeGreaterThan(0);
    release();
    const { decisionId, position } = await answer;
    expect(position).toMatchObject({ topic: TOPICS.decisions, partition: 0, offset: 0n });
    expect((await recordOf(journal, decisionId)).recorded.verdict).toBe(event.Verdict.ALLOW);
  });

  it('answers deny, without a place, when the journal refuses', async () => {
    journal.fail();
    const answer = await house.decide(SELECT);
    expect(answer.verdict).toBe(event.Verdict.DENY);
    expect(answer.position).toBeUndefined();
    expect(answer.approval).toBeUndefined();
    expect(answer.reasons).toMatchObject([{ rule: 'countersign.append', code: 'UNAVAILABLE', severity: 'high' }]);
    expect(answer.reasons[0]?.message).toContain('the disk is full');
    expect(await stored(journal)).toEqual([]);
    expect(house.logged).toHaveLength(1);
  });

  it('counts what it answered, not what policy had said', async () => {
    journal.fail();
    await house.decide(SELECT);
    expect(house.service.counts).toEqual({ allow: 0, deny: 1, require_approval: 0, failed: 1 });
  });

  it('asks nobody for an approval that is not on record', async () => {
    policy.answer = () => ({ verdict: 'require_approval' });
    journal.fail();
    expect((await house.decide(SELECT)).approval).toBeUndefined();
  });

  it('records again after the recovery, in a new epoch of one whole chain', async () => {
    await house.decide(SELECT);
    await house.decide(DROP);
    journal.fail();
    const denied = await Promise.all([house.decide(SELECT), house.decide(DROP), house.decide(SELECT)]);
    expect(denied.map(({ verdict }) => verdict)).toEqual(Array(3).fill(event.Verdict.DENY));
    journal.heal();
    const after = await Promise.all([house.decide(SELECT), house.decide(SELECT)]);
    expect(after.map(({ verdict }) => verdict)).toEqual(Array(2).fill(event.Verdict.ALLOW));
    expect((await stored(journal)).map(({ event: one }) => [one.producer?.epoch, one.producer?.seq])).toEqual([
      [1n, 1n],
      [1n, 2n],
      [2n, 1n],
      [2n, 2n],
    ]);
    expect(await chain(journal)).toMatchObject({ ok: true, value: { events: 4, producers: [{ epochs: 2, events: 4 }] } });
  });

  it('links to what is really there when an append was stored and reported as failed', async () => {
    await house.decide(SELECT);
    journal.failAfterStoring();
    expect((await house.decide(SELECT)).verdict).toBe(event.Verdict.DENY);
    journal.heal();
    await house.decide(SELECT);
    expect(await chain(journal)).toMatchObject({ ok: true, value: { events: 3, producers: [{ epochs: 2 }] } });
  });

  it('goes on in the same chain after a restart', async () => {
    await house.decide(SELECT);
    const next = await openHouse(journal, createMemoryStore(), { policy });
    await next.decide(SELECT);
    await next.service.stop();
    expect(await chain(journal)).toMatchObject({ ok: true, value: { events: 2, producers: [{ epochs: 2, events: 2 }] } });
  });

  it('reports no outcome as recorded that is not', async () => {
    const { decisionId, correlationId } = await house.decide(SELECT);
    journal.fail();
    const report = { decisionId, correlationId, outcome: 'executed', detail: '', rowsAffected: 1n };
    await expect(house.service.report(report, CALLER)).rejects.toThrow('the disk is full');
    journal.heal();
    expect(await house.service.report(report, CALLER)).toMatchObject({ offset: 1 });
  });
});

describe('promise 2: fail closed, with the reason on record', () => {
  it.each<[string, () => unknown, string]>([
    [
      'throws',
      () => {
        throw new Error('stack overflow in rule 7');
      },
      'evaluate_failed',
    ],
    [
      'throws a text',
      () => {
        // Some WebAssembly hosts do.
        throw 'aborted';
      },
      'evaluate_failed',
    ],
    ['has no answer', () => undefined, 'policy_undefined'],
    ['answers with nothing', () => Buffer.alloc(0), 'policy_undefined'],
    ['answers with what is no JSON', () => Buffer.from('{"verdict":"allow"'), 'policy_nonsense'],
    ['answers with broken UTF-8', () => Buffer.from([0x22, 0xff, 0x22]), 'policy_nonsense'],
    ['answers with true', () => true, 'policy_nonsense'],
    ['answers with a list', () => [{ verdict: 'allow' }], 'policy_nonsense'],
    ['knows no verdict', () => ({}), 'policy_nonsense'],
    ['invents a verdict', () => ({ verdict: 'ALLOW' }), 'policy_nonsense'],
    ['answers with two verdicts', () => ({ verdict: ['allow', 'deny'] }), 'policy_nonsense'],
    ['asks nobody', () => ({ verdict: 'require_approval', approval: { quorum: 0 } }), 'policy_nonsense'],
    ['gives a reason without words', () => ({ verdict: 'allow', reasons: [{ rule: 'a', code: 'b' }] }), 'policy_nonsense'],
    [
      'points at nothing',
      () => ({ verdict: 'allow', reasons: [{ rule: 'a', code: 'b', message: 'c', effect: -1 }] }),
      'policy_nonsense',
    ],
    ['gives a duty without a name', () => ({ verdict: 'allow', obligations: [{ params: {} }] }), 'policy_nonsense'],
  ])('a policy that %s is a recorded deny', async (_what, answer, code) => {
    policy.answer = answer;
    const { verdict, decisionId, reasons } = await house.decide(SELECT);
    expect(verdict).toBe(event.Verdict.DENY);
    expect(reasons).toMatchObject([{ rule: 'countersign.evaluate', code }]);
    const { recorded } = await recordOf(journal, decisionId);
    expect(recorded).toMatchObject({ verdict: event.Verdict.DENY, failedStep: 'evaluate', reasons: [{ code }] });
    expect(house.service.counts).toMatchObject({ deny: 1, failed: 1 });
  });

  it('goes on with the next decision after a policy that threw', async () => {
    policy.answer = () => {
      throw new Error('once');
    };
    await house.decide(SELECT);
    policy.answer = () => ({ verdict: 'allow' });
    expect((await house.decide(SELECT)).verdict).toBe(event.Verdict.ALLOW);
  });

  it("a policy's deny is an answer with a place in the journal, not an error", async () => {
    policy.answer = () => ({ verdict: 'deny', reasons: [{ rule: 'acme.no', code: 'no', message: 'No.', effect: 0 }] });
    const { decisionId, verdict, reasons, position } = await house.decide(DROP);
    expect({ verdict, reasons }).toMatchObject({ verdict: event.Verdict.DENY, reasons: [{ rule: 'acme.no', effect: 1 }] });
    expect(position?.offset).toBe(0n);
    expect((await recordOf(journal, decisionId)).recorded.failedStep).toBe('');
  });

  it('names the approval after the decision and freezes what policy asked for', async () => {
    const approval = { quorum: 2, reviewers: ['role:approver'], expires_s: 120, grant_s: 30, uses: 3 };
    policy.answer = () => ({ verdict: 'require_approval', approval });
    const { decisionId, approval: asked } = await house.decide(DROP);
    const { recorded } = await recordOf(journal, decisionId);
    expect(asked).toMatchObject({ quorum: 2, lapsesAtMs: BigInt(house.clock.atMs + 120_000) });
    expect(recorded.approval).toMatchObject({
      approvalId: asked?.id,
      quorum: 2,
      reviewers: ['role:approver'],
      expiresS: 120,
      grantS: 30,
      uses: 3,
    });
  });

  it.each(['shell', 'mcp_tool', 'function_call', 'http', 'kubernetes', 'terraform', 'datastore', 'json'])(
    'the kind %s, which nothing reads yet, is opaque to policy and on record',
    async (kind) => {
      policy.answer = ({ effects }) => ({
        verdict: effects.every(({ kind: known }: { kind: string }) => known !== 'opaque') ? 'allow' : 'deny',
      });
      const { decisionId, verdict } = await house.decide({ action: { kind, text: 'do it' } });
      expect(verdict).toBe(event.Verdict.DENY);
      expect((await recordOf(journal, decisionId)).recorded.effects).toMatchObject([{ kind: 'opaque', scope: 'unknown' }]);
    },
  );
});

describe('promise 2: an analyser that fails', () => {
  async function pipelineWith(analyser: Partial<DecisionDeps['analyser']>) {
    const real = await openAnalyser();
    const producer = await openProducer({ journal, topic: TOPICS.decisions, service: 'decision-service', instance: 'other' });
    const deps = {
      policy,
      analyser: { ...real, ...analyser },
      masker: createMasker(),
      producer,
      grants: { verify: () => err('forged'), redeem: () => Promise.resolve(err('forged')) },
      ownerOf: () => undefined,
      keys: KEYS,
      clock: testClock(),
      log: () => undefined,
      memory: NO_MEMORY,
      count: () => undefined,
    };
    const recall = {
      once: async (_key: unknown, decide: () => Promise<{ response: Buffer }>) => (await decide()).response,
      passed: () => undefined,
      catchUp: () => Promise.resolve(),
      stop: () => Promise.resolve(),
    };
    return { pipeline: openPipeline(deps, recall), close: () => real.close() };
  }

  const broken = () => {
    throw new Error('the parser is gone');
  };

  it.each<[string, Partial<DecisionDeps['analyser']>]>([
    ['at once', { analyseNow: broken }],
    ['later', { analyseNow: () => undefined, analyse: () => Promise.reject(new Error('the parser is gone')) }],
  ])('%s leaves an opaque action, which policy judges and the record shows', async (_when, analyser) => {
    const { pipeline, close } = await pipelineWith(analyser);
    await pipeline.decide(encodeRequest(SELECT), CALLER);
    await close();
    expect(JSON.parse(String(policy.inputs.at(-1)))).toMatchObject({ effects: [{ kind: 'opaque' }] });
    const [only] = await stored(journal);
    expect(only?.event.data.value).toMatchObject({
      effects: [{ kind: 'opaque', why: 'the analyser failed: the parser is gone' }],
    });
  });

  it('is not remembered: the next ask of the same text is analysed again', async () => {
    let failures = 2;
    const real = await openAnalyser();
    const { pipeline, close } = await pipelineWith({
      analyseNow: (action) => (failures-- > 0 ? broken() : real.analyseNow(action)),
    });
    for (let n = 0; n < 3; n++) await pipeline.decide(encodeRequest(SELECT), CALLER);
    await Promise.all([close(), real.close()]);
    const kinds = policy.inputs.slice(-3).map((input) => JSON.parse(String(input)).effects[0].kind);
    expect(kinds).toEqual(['opaque', 'opaque', 'read']);
  });
});

describe('who asks', () => {
  it('a missing owner is not made up: policy and record see none', async () => {
    await house.decide({ ...SELECT, subject: { id: 'agent:nobody' } }, { ...CALLER, actsFor: ['agent:*'] });
    expect(JSON.parse(String(policy.inputs.at(-1))).subject).toMatchObject({ type: 'agent', id: 'agent:nobody', owner: '' });
  });

  it('time stands still for the record while the clock steps back', async () => {
    // The port's own promise is kept by monotonicClock; here: the record takes the clock's word, and nothing lapses early.
    const { monotonicClock } = await import('@countersign/ports');
    let systemMs = 1_700_000_100_000;
    const clock = Object.assign(
      monotonicClock(() => systemMs),
      { atMs: 0 },
    );
    policy.answer = () => ({ verdict: 'require_approval', approval: { expires_s: 60 } });
    const next = await openHouse(journal, createMemoryStore(), { policy, clock });
    const first = await next.decide(SELECT);
    systemMs -= 3_600_000;
    const second = await next.decide(SELECT);
    systemMs += 3_600_500;
    const third = await next.decide(SELECT);
    await next.service.stop();
    const times = (await stored(journal)).map(({ event: one }) => Number(one.occurredAtMs));
    expect(times).toEqual([1_700_000_100_000, 1_700_000_100_000, 1_700_000_100_500]);
    expect([first, second, third].map(({ approval }) => Number(approval?.lapsesAtMs))).toEqual(times.map((ms) => ms + 60_000));
  });
});
