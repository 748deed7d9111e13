/** What looking back costs a decision while a hundred thousand sessions are live: to look, to be shown as under way, to be counted. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { type Deed, deedOf, SessionMemory, whose } from '@countersign/decision';
import type { Percentiles } from './engine.ts';

export interface MemoryFigures extends Percentiles {
  readonly sessions: number;
  /** What policy is shown, on average. */
  readonly jsonBytes: number;
  /** Of all histories together. */
  readonly heapMb: number;
  /** The longest that a snapshot of all of it kept everything else waiting. */
  readonly snapshotStepMs: number;
}

const SESSIONS = 100_000;
const AGENTS = 2_000;
const OWNERS = 500;
/** Coprime to the number of sessions: each decision is of a session that has long been idle, the worst case for caches. */
const STRIDE = 7_919;
const WARM_DECISIONS = 400_000;
const CALLS = 100_000;
const START_MS = 1_700_000_000_000;
/** A hundred decisions a second. */
const STEP_MS = 10;
/** As the service takes it. */
const SNAPSHOT_LINES = 64;

export function measureMemory(): MemoryFigures {
  const before = heapBytes();
  const memory = new SessionMemory();
  const deeds = Array.from({ length: 200 }, (_, n) => someDeed(n));
  for (let n = 0; n < WARM_DECISIONS; n++) decide(memory, n, deeds);
  const heapMb = (heapBytes() - before) / 2 ** 20;
  const { sessions } = memory.sizes;
  const times = new Float64Array(CALLS);
  let units = 0;
  for (let call = 0; call < CALLS; call++) {
    const start = performance.now();
    units += decide(memory, WARM_DECISIONS + call, deeds);
    times[call] = (performance.now() - start) * 1_000;
  }
  times.sort();
  return {
    p50Us: times[CALLS / 2] ?? 0,
    p99Us: times[Math.floor(CALLS * 0.99)] ?? 0,
    sessions,
    jsonBytes: Math.round(units / CALLS),
    heapMb,
    snapshotStepMs: longestSnapshotStep(memory),
  };
}

/** All that the memory does for one decision; gives the size of what policy was shown. */
function decide(memory: SessionMemory, n: number, deeds: readonly Deed[]): number {
  const session = (n * STRIDE) % SESSIONS;
  const of = whose('default', `0198d2a4-6f0e-7c11-${session}`, `agent:${session % AGENTS}`, `person:${session % OWNERS}`);
  const atMs = START_MS + n * STEP_MS;
  const members = memory.members(of, atMs);
  const deed = deeds[n % deeds.length] as Deed;
  memory.begin(of, deed);
  memory.end(of, deed);
  memory.decided(n, { tenant: 'default', decisionId: `0198d2a4-6f0e-7c11-9d5a-${n}`, whose: of, deed, atMs });
  return members.length;
}

function someDeed(n: number): Deed {
  return deedOf({
    verdict: n % 50 === 0 ? 'deny' : 'allow',
    failedStep: '',
    approvalStatus: '',
    reasons: [],
    labels: n % 4 === 0 ? ['pii'] : [],
    effects: [
      {
        kind: 'read',
        targets: [
          { type: 'table', name: 'public.customers' },
          { type: 'table', name: `public.t${n}` },
        ],
      },
      ...(n % 3 === 0 ? [{ kind: 'write', targets: [{ type: 'table', name: 'public.orders' }] }] : []),
    ],
  });
}

function longestSnapshotStep(memory: SessionMemory): number {
  let longest = 0;
  let start = performance.now();
  const cut = memory.cut();
  while (cut.take(SNAPSHOT_LINES).length > 0) {
    longest = Math.max(longest, performance.now() - start);
    start = performance.now();
  }
  cut.drop();
  return longest;
}

function heapBytes(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}
