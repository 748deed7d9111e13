/** Counts over time, coarser the older they are, so that a day of them stays small; and their sums over the four windows. */
import { COUNTERS } from './session-counters.ts';

/** Counts of one slot of time: `counts` holds pairs of counter and number. */
export interface Tally {
  startMs: number;
  spanMs: number;
  counts: number[];
}

export const SLOT_MS = 5_000;

/** Each window with the slot that it may be too long by; each slot is a multiple of the one before. */
export const WINDOWS = [
  { name: 'm1', lengthMs: 60_000, slotMs: SLOT_MS },
  { name: 'm5', lengthMs: 300_000, slotMs: 30_000 },
  { name: 'm30', lengthMs: 1_800_000, slotMs: 180_000 },
  { name: 'h24', lengthMs: 86_400_000, slotMs: 3_600_000 },
] as const;

export const LONGEST_MS = 86_400_000;

/** The tally that something at this time belongs to. Time that steps back (another producer's clock) counts as the newest known. */
export function tallyAt(tallies: Tally[], atMs: number): Tally {
  const newest = tallies.at(-1);
  if (newest && atMs < newest.startMs + newest.spanMs) return newest;
  compact(tallies, atMs);
  const opened = { startMs: atMs - (atMs % SLOT_MS), spanMs: SLOT_MS, counts: [] };
  tallies.push(opened);
  return opened;
}

export function add(counts: number[], counter: number, more: number): void {
  for (let i = 0; i < counts.length; i += 2) {
    if (counts[i] !== counter) continue;
    counts[i + 1] = (counts[i + 1] as number) + more;
    return;
  }
  counts.push(counter, more);
}

/** Sums by counter and window: `sums[counter * 4 + window]`. */
export function sumUp(tallies: readonly Tally[], nowMs: number, sums: Float64Array): void {
  sums.fill(0);
  for (const { startMs, spanMs, counts } of tallies) {
    const first = firstWindow(startMs + spanMs, nowMs);
    for (let i = 0; i < counts.length; i += 2) {
      const row = (counts[i] as number) * WINDOWS.length;
      const more = counts[i + 1] as number;
      for (let window = first; window < WINDOWS.length; window++) sums[row + window] = (sums[row + window] as number) + more;
    }
  }
}

export function newSums(): Float64Array {
  return new Float64Array(COUNTERS * WINDOWS.length);
}

/** The shortest window that still reaches a slot that ended then. */
function firstWindow(endMs: number, nowMs: number): number {
  const agoMs = nowMs - endMs;
  let window = 0;
  while (window < WINDOWS.length && agoMs >= (WINDOWS[window] as { lengthMs: number }).lengthMs) window += 1;
  return window;
}

/** Merges what only the longer windows still reach into their slots, and drops what none does. */
function compact(tallies: Tally[], nowMs: number): void {
  let kept = 0;
  for (const tally of tallies) {
    if (nowMs - (tally.startMs + tally.spanMs) >= LONGEST_MS) continue;
    coarsen(tally, nowMs);
    const before = tallies[kept - 1];
    if (kept > 0 && before?.startMs === tally.startMs && before.spanMs === tally.spanMs) {
      for (let i = 0; i < tally.counts.length; i += 2) {
        add(before.counts, tally.counts[i] as number, tally.counts[i + 1] as number);
      }
    } else {
      tallies[kept] = tally;
      kept += 1;
    }
  }
  tallies.length = kept;
}

/** Gives a tally the widest slot that lies wholly outside every shorter window. */
function coarsen(tally: Tally, nowMs: number): void {
  for (let window = WINDOWS.length - 1; window > 0; window--) {
    const { slotMs } = WINDOWS[window] as { slotMs: number };
    const startMs = tally.startMs - (tally.startMs % slotMs);
    const beyondMs = (WINDOWS[window - 1] as { lengthMs: number }).lengthMs;
    if (slotMs > tally.spanMs && nowMs - (startMs + slotMs) >= beyondMs) {
      tally.startMs = startMs;
      tally.spanMs = slotMs;
      return;
    }
  }
}
