/** Counts over time, coarser the older they are, so that a day of them stays small; and their sums over the four windows. */
import { COUNTERS } from './session-counters.ts';
import { add } from './session-pairs.ts';

/**
 * Tallies in the order of time, one behind the other in one array, because a hundred thousand of these do not fit into any cache:
 * start, span, how many numbers follow, and then pairs of counter and number. Time is in slots of five seconds since the Unix epoch.
 */
export interface Timeline {
  cells: number[];
  /** Where the newest tally starts; -1 for none. */
  newest: number;
  /** How many tallies there are. */
  tallies: number;
}

export const SLOT_MS = 5_000;

/** In slots: each window, and the span it may be too long by, which is a multiple of the one before. */
export const WINDOWS = [
  { name: 'm1', length: 12, span: 1 },
  { name: 'm5', length: 60, span: 6 },
  { name: 'm30', length: 360, span: 36 },
  { name: 'h24', length: 17_280, span: 720 },
] as const;

const LENGTHS: readonly number[] = WINDOWS.map(({ length }) => length);
const LONGEST = WINDOWS[3].length;
export const LONGEST_MS = LONGEST * SLOT_MS;

/** Old tallies are merged whenever so many new ones have come. */
const MERGE_EVERY = 16;
/** Cells of a tally before its counts. */
const HEAD = 3;

export function slotOf(atMs: number): number {
  return Math.floor(atMs / SLOT_MS);
}

/**
 * Makes the newest tally the one that this time belongs to; true where older ones were merged for it. Time that steps back (another
 * producer's clock) counts as the newest known.
 */
export function openTally(line: Timeline, slot: number): boolean {
  const { cells, newest } = line;
  if (newest >= 0 && slot < endOf(cells, newest)) return false;
  line.newest = cells.push(slot, 1, 0) - HEAD;
  line.tallies += 1;
  if (line.tallies % MERGE_EVERY !== 0) return false;
  merge(line, slot);
  return true;
}

/** Adds to the newest tally; true where the counter was not in it yet. */
export function addToNewest({ cells, newest }: Timeline, counter: number, more: number): boolean {
  if (!add(cells, counter, more, newest + HEAD)) return false;
  cells[newest + 2] = (cells[newest + 2] as number) + 2;
  return true;
}

/** Merges what only the longer windows still reach into their spans, and drops what none does. */
function merge(line: Timeline, slot: number): void {
  const { cells } = line;
  const merged: Timeline = { cells: [], newest: -1, tallies: 0 };
  for (let at = 0; at < cells.length; at = nextTally(cells, at)) {
    if (slot - endOf(cells, at) >= LONGEST) continue;
    const [start, span] = widened(cells[at] as number, cells[at + 1] as number, slot);
    if (merged.newest < 0 || merged.cells[merged.newest] !== start || merged.cells[merged.newest + 1] !== span) {
      merged.newest = merged.cells.push(start, span, 0) - HEAD;
      merged.tallies += 1;
    }
    for (let i = at + HEAD; i < nextTally(cells, at); i += 2) addToNewest(merged, cells[i] as number, cells[i + 1] as number);
  }
  Object.assign(line, merged);
}

/** The widest span that lies wholly outside every shorter window. */
function widened(start: number, span: number, slot: number): readonly [number, number] {
  for (let window = WINDOWS.length - 1; window > 0; window--) {
    const { span: wider } = WINDOWS[window] as { span: number };
    const first = start - (start % wider);
    if (wider > span && slot - (first + wider) >= (LENGTHS[window - 1] as number)) return [first, wider];
  }
  return [start, span];
}

/** Sums by counter and window, kept up to date as time passes: what leaves a window is taken off, not all counted again. */
export class Sums {
  /** `values[counter * 4 + window]`. */
  readonly values = new Float64Array(COUNTERS * WINDOWS.length);
  /** Where the first tally is that each window still reaches. */
  readonly #from = [0, 0, 0, 0];
  #slot = NEVER;

  /** Forgets everything: for another history, or one whose tallies were merged. */
  reset(): void {
    this.#slot = NEVER;
  }

  /** Brings the sums to this time. */
  moveTo(line: Timeline, slot: number): void {
    if (slot === this.#slot) return;
    if (slot < this.#slot) this.#start(line, slot);
    else this.#advance(line, slot);
    this.#slot = slot;
  }

  /** Takes in what was added to the newest tally. */
  added({ cells, newest }: Timeline, counter: number, more: number): void {
    if (this.#slot === NEVER) return;
    const row = counter * WINDOWS.length;
    const agoSlots = this.#slot - endOf(cells, newest);
    for (let window = WINDOWS.length - 1; window >= 0 && agoSlots < (LENGTHS[window] as number); window--) {
      this.values[row + window] = (this.values[row + window] as number) + more;
    }
  }

  #start({ cells }: Timeline, slot: number): void {
    const { values } = this;
    values.fill(0);
    this.#from.fill(cells.length);
    // Tallies are in the order of time: once a window reaches one, it reaches all after it.
    let first = WINDOWS.length;
    for (let at = 0; at < cells.length;) {
      const agoSlots = slot - endOf(cells, at);
      while (first > 0 && agoSlots < (LENGTHS[first - 1] as number)) this.#from[--first] = at;
      const next = nextTally(cells, at);
      for (let i = at + HEAD; i < next; i += 2) {
        const row = (cells[i] as number) * WINDOWS.length;
        const more = cells[i + 1] as number;
        for (let window = first; window < WINDOWS.length; window++)
          values[row + window] = (values[row + window] as number) + more;
      }
      at = next;
    }
  }

  #advance({ cells }: Timeline, slot: number): void {
    const { values } = this;
    for (let window = 0; window < WINDOWS.length; window++) {
      const length = LENGTHS[window] as number;
      let at = this.#from[window] as number;
      while (at < cells.length && slot - endOf(cells, at) >= length) {
        const next = nextTally(cells, at);
        for (let i = at + HEAD; i < next; i += 2) {
          const cell = (cells[i] as number) * WINDOWS.length + window;
          values[cell] = (values[cell] as number) - (cells[i + 1] as number);
        }
        at = next;
      }
      this.#from[window] = at;
    }
  }
}

const NEVER = Number.MAX_SAFE_INTEGER;

function endOf(cells: readonly number[], at: number): number {
  return (cells[at] as number) + (cells[at + 1] as number);
}

function nextTally(cells: readonly number[], at: number): number {
  return at + HEAD + (cells[at + 2] as number);
}
