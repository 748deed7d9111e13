/** Counts over time, coarser the older they are, so that a day of them stays small; and their sums over the four windows. */
import { COUNTERS } from './session-counters.ts';

/** Counts of one span of time. Time is in slots of five seconds since the Unix epoch. */
export interface Tally {
  start: number;
  span: number;
  /** Pairs of counter and number. */
  readonly counts: number[];
}

export const SLOT_MS = 5_000;

/** In slots: each window, and the span it may be too long by, which is a multiple of the one before. */
export const WINDOWS = [
  { name: 'm1', length: 12, span: 1 },
  { name: 'm5', length: 60, span: 6 },
  { name: 'm30', length: 360, span: 36 },
  { name: 'h24', length: 17_280, span: 720 },
] as const;

const LONGEST = WINDOWS[3].length;
export const LONGEST_MS = LONGEST * SLOT_MS;

/** Old tallies are merged whenever so many new ones have come. */
const MERGE_EVERY = 16;

export function slotOf(atMs: number): number {
  return Math.floor(atMs / SLOT_MS);
}

/** The tally that something at this time belongs to. Time that steps back (another producer's clock) counts as the newest known. */
export function tallyAt(tallies: Tally[], slot: number): Tally {
  const newest = tallies.at(-1);
  if (newest && slot < newest.start + newest.span) return newest;
  const opened = { start: slot, span: 1, counts: [] };
  tallies.push(opened);
  return opened;
}

/** True where the counter was not there yet. */
export function add(counts: number[], counter: number, more: number): boolean {
  for (let i = 0; i < counts.length; i += 2) {
    if (counts[i] !== counter) continue;
    counts[i + 1] = (counts[i + 1] as number) + more;
    return false;
  }
  counts.push(counter, more);
  return true;
}

/** True when it is time to call `merge`. */
export function isMergeDue(tallies: readonly Tally[]): boolean {
  return tallies.length % MERGE_EVERY === 0;
}

/** Merges what only the longer windows still reach into their spans, and drops what none does. */
export function merge(tallies: Tally[], slot: number): void {
  let kept = 0;
  for (const tally of tallies) {
    if (slot - (tally.start + tally.span) >= LONGEST) continue;
    widen(tally, slot);
    const before = kept > 0 ? tallies[kept - 1] : undefined;
    if (before?.start === tally.start && before.span === tally.span) {
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

/** Gives a tally the widest span that lies wholly outside every shorter window. */
function widen(tally: Tally, slot: number): void {
  for (let window = WINDOWS.length - 1; window > 0; window--) {
    const { span } = WINDOWS[window] as { span: number };
    const start = tally.start - (tally.start % span);
    if (span > tally.span && slot - (start + span) >= lengthOf(window - 1)) {
      tally.start = start;
      tally.span = span;
      return;
    }
  }
}

/** Sums by counter and window, kept up to date as time passes: what leaves a window is taken off, not all counted again. */
export class Sums {
  /** `values[counter * 4 + window]`. */
  readonly values = new Float64Array(COUNTERS * WINDOWS.length);
  /** The first tally that each window still reaches. */
  readonly #from = [0, 0, 0, 0];
  #slot = Number.MAX_SAFE_INTEGER;

  /** Forgets everything: for another history, or one whose tallies were merged. */
  reset(): void {
    this.#slot = Number.MAX_SAFE_INTEGER;
  }

  /** Brings the sums to this time. */
  moveTo(tallies: readonly Tally[], slot: number): void {
    if (slot === this.#slot) return;
    if (slot < this.#slot) this.#start(tallies);
    this.#slot = slot;
    for (let window = 0; window < WINDOWS.length; window++) {
      let from = this.#from[window] as number;
      while (from < tallies.length && !isWithin(tallies[from] as Tally, window, slot)) {
        this.#apply((tallies[from] as Tally).counts, window, -1);
        from += 1;
      }
      this.#from[window] = from;
    }
  }

  /** Takes in what was added to the newest tally. */
  added(newest: Tally, counter: number, more: number): void {
    if (this.#slot === Number.MAX_SAFE_INTEGER) return;
    const row = counter * WINDOWS.length;
    for (let window = 0; window < WINDOWS.length; window++) {
      if (isWithin(newest, window, this.#slot)) this.values[row + window] = (this.values[row + window] as number) + more;
    }
  }

  #start(tallies: readonly Tally[]): void {
    this.values.fill(0);
    this.#from.fill(0);
    for (const { counts } of tallies) {
      for (let window = 0; window < WINDOWS.length; window++) this.#apply(counts, window, 1);
    }
  }

  #apply(counts: readonly number[], window: number, sign: 1 | -1): void {
    for (let i = 0; i < counts.length; i += 2) {
      const at = (counts[i] as number) * WINDOWS.length + window;
      this.values[at] = (this.values[at] as number) + sign * (counts[i + 1] as number);
    }
  }
}

function isWithin({ start, span }: Tally, window: number, slot: number): boolean {
  return slot - (start + span) < lengthOf(window);
}

function lengthOf(window: number): number {
  return (WINDOWS[window] as { length: number }).length;
}
