/** A snapshot is the memory of one moment, however much is added while it is taken; and whoever goes on from it forgets the same. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type MemoryLimits, SessionMemory, whose } from './index.ts';
import { decide, type Past, seen, T0_MS, whoseOf } from './testing/past.ts';

const LIMITS: MemoryLimits = {
  sessions: { histories: 5, entries: 40 },
  agents: { histories: 4, entries: 60 },
  owners: { histories: 3, entries: 60 },
  outcomes: 3,
};
const SESSIONS = ['s0', 's1', 's2', 's3', 's4', 's5', 's6'];
const AGENTS = ['agent:0', 'agent:1', 'agent:2', 'agent:3', 'agent:4', 'agent:5'];
const OWNERS = ['person:0', 'person:1', 'person:2', 'person:3', ''];

type Step = Past & { readonly stepMs: number; readonly rows: number };

const steps = fc.array(
  fc.record({
    session: fc.constantFrom(...SESSIONS),
    agent: fc.constantFrom(...AGENTS),
    owner: fc.constantFrom(...OWNERS),
    verdict: fc.constantFrom('allow' as const, 'deny' as const, 'require_approval' as const),
    labels: fc.subarray(['pii', 'pci']),
    effects: fc.subarray(['read table:a', 'write table:b', 'export host:h', 'none']),
    // From the same moment to a day later, and now and then a step back.
    stepMs: fc.oneof(fc.integer({ min: -1_000, max: 20_000 }), fc.integer({ min: 0, max: 90_000_000 })),
    rows: fc.nat(3),
  }),
  { minLength: 1, maxLength: 120 },
);

/** One decision, and for some an outcome of one before. */
function fold(memory: SessionMemory, all: readonly Step[], from: number, to: number): void {
  let atMs = all.slice(0, from).reduce((sum, { stepMs }) => sum + stepMs, T0_MS);
  for (let n = from; n < to; n++) {
    const step = all[n] as Step;
    atMs += step.stepMs;
    decide(memory, { ...step, atMs, id: `d${n}` });
    if (step.rows === 0) continue;
    const reporter = whose('t', '', 'agent:gateway', '');
    memory.reported(memory.next, { tenant: 't', decisionId: `d${n - step.rows}`, rows: n, reporter }, atMs);
  }
}

/** Everything that anybody could be shown. */
function all(memory: SessionMemory): string[] {
  return [T0_MS, T0_MS + 86_400_000, T0_MS + 900_000_000].flatMap((atMs) =>
    [...SESSIONS.keys()].map((n) =>
      memory.members(whoseOf({ session: SESSIONS[n] ?? '', agent: AGENTS[n] ?? 'agent:gateway', owner: OWNERS[n] ?? '' }), atMs),
    ),
  );
}

function restored(lines: readonly string[], next: number): SessionMemory {
  const memory = new SessionMemory(LIMITS);
  memory.restore(lines, next);
  return memory;
}

describe('a snapshot', () => {
  it('holds the moment it was started, and gives the same memory when the rest is folded again', () => {
    fc.assert(
      fc.property(steps, fc.nat(), fc.integer({ min: 1, max: 4 }), (past, where, linesAtOnce) => {
        const at = where % past.length;
        const whole = new SessionMemory(LIMITS);
        fold(whole, past, 0, at);
        const then = all(whole);
        const next = whole.next;
        const cut = whole.cut();
        const lines: string[] = [];
        // It is taken line by line, now and then between the decisions.
        for (let n = at; n < past.length; n++) {
          if (n % 3 === 2) lines.push(...cut.take(linesAtOnce));
          fold(whole, past, n, n + 1);
        }
        for (let more = cut.take(linesAtOnce); more.length > 0; more = cut.take(linesAtOnce)) lines.push(...more);
        const again = restored(lines, cut.next);
        expect([cut.next, again.next]).toEqual([next, next]);
        expect(all(again)).toEqual(then);
        fold(again, past, at, past.length);
        expect([again.next, again.sizes, again.entries]).toEqual([whole.next, whole.sizes, whole.entries]);
        expect(all(again)).toEqual(all(whole));
      }),
      { numRuns: 500 },
    );
  });

  it('is the same memory for one that was asked all the time and one that never was', () => {
    fc.assert(
      fc.property(steps, (past) => {
        const asked = new SessionMemory(LIMITS);
        const left = new SessionMemory(LIMITS);
        for (let n = 0; n < past.length; n++) {
          fold(asked, past, n, n + 1);
          all(asked);
        }
        fold(left, past, 0, past.length);
        expect(all(asked)).toEqual(all(left));
      }),
      { numRuns: 200 },
    );
  });

  it('keeps the order in which what it holds will be forgotten', () => {
    const memory = new SessionMemory(LIMITS);
    for (const [n, session] of ['s0', 's1', 's2', 's3', 's4'].entries()) decide(memory, { session, id: `d${n}` });
    const cut = memory.cut();
    // Taken first, because it changes; but it was not the first to be used.
    decide(memory, { session: 's3', id: 'd5' });
    const again = restored([...cut.take(100), ...cut.take(100), ...cut.take(100), ...cut.take(100)], cut.next);
    for (const session of ['s5', 's6']) decide(again, { session });
    expect(SESSIONS.filter((session) => seen(again, { session }).session)).toEqual(['s2', 's3', 's4', 's5', 's6']);
    // d2, d3 and d4 were awaited, and two more have come: of the three only d4 still is.
    const reporter = whose('t', '', 'agent:gateway', '');
    for (const decisionId of ['d3', 'd4']) again.reported(again.next, { tenant: 't', decisionId, rows: 10, reporter }, T0_MS);
    expect(seen(again, {}).agent?.m1?.rows).toBe(10);
  });

  it('can be given up and started again', () => {
    const memory = new SessionMemory(LIMITS);
    for (const session of SESSIONS) decide(memory, { session });
    const first = memory.cut();
    first.take(1);
    first.drop();
    decide(memory, { session: 's6' });
    const second = memory.cut();
    const again = restored(
      [...second.take(4), ...second.take(100), ...second.take(100), ...second.take(100), ...second.take(100)],
      second.next,
    );
    expect(second.take(1)).toEqual([]);
    expect(all(again)).toEqual(all(memory));
  });

  it('does not know lines of another sort', () => {
    expect(() => restored(['x[]'], 1)).toThrow('not a line');
    expect(() => restored(['snonsense'], 1)).toThrow(SyntaxError);
  });

  it('knows nothing of decisions under way', () => {
    const memory = new SessionMemory(LIMITS);
    decide(memory, {});
    memory.begin(whoseOf({}), { allowed: true, counts: [0], kinds: [], labels: [], tables: [], hosts: [] });
    const again = restored(memory.cut().take(100), 1);
    expect(seen(again).session).toMatchObject({ m1: { allow: 1 } });
    expect(again.sizes.pending).toBe(0);
  });
});
