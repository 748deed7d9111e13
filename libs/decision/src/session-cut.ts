/** A snapshot of the memory as of one position, taken in small steps while the fold goes on. */
import { COUNTER_NAMES } from './session-counters.ts';
import type { Awaited, AwaitedOutcomes } from './session-awaited.ts';
import { type History, historyOf } from './session-history.ts';
import type { Shelf } from './session-shelf.ts';

export interface CutSource {
  /** Sessions, agents, owners. */
  readonly shelves: readonly Shelf[];
  readonly awaited: AwaitedOutcomes;
  readonly next: number;
}

/** Snapshots of another format, or with other counters, are of no use and are made anew from the journal. */
export const SNAPSHOT_FORMAT = `1 ${COUNTER_NAMES.join(' ')}`;

export class SnapshotCut {
  /** The offset after the last event that is in it. */
  readonly next: number;
  readonly #shelves: readonly Shelf[];
  /** The older generation, then the younger one. */
  readonly #awaited: readonly Awaited[];
  readonly #old: number;
  #shelf = 0;
  #at = 0;

  constructor({ shelves, awaited, next }: CutSource) {
    this.next = next;
    this.#shelves = shelves;
    const [old, young] = awaited.list();
    this.#awaited = [...old, ...young];
    this.#old = old.length;
    for (const shelf of shelves) shelf.cut();
  }

  /** The next lines, at most `limit`; none at the end. */
  take(limit: number): string[] {
    for (; this.#shelf < this.#shelves.length; this.#shelf++) {
      const lines = (this.#shelves[this.#shelf] as Shelf).take(limit);
      if (lines.length > 0) return lines.map((line) => `${SORTS[this.#shelf]}${line}`);
    }
    const from = this.#at;
    const awaited = this.#awaited.slice(from, from + limit);
    this.#at += awaited.length;
    return awaited.map((one, n) => (from + n < this.#old ? OLD : YOUNG) + JSON.stringify(one));
  }

  /** Gives it up, finished or not. */
  drop(): void {
    for (const shelf of this.#shelves) shelf.drop();
  }

  /** Into an empty memory. Throws for lines that are none. */
  static restore({ shelves, awaited }: CutSource, lines: Iterable<string>): void {
    const histories: History[][] = shelves.map(() => []);
    for (const line of lines) {
      const sort = SORTS.indexOf(line.charAt(0));
      if (sort >= 0) histories[sort]?.push(historyOf(line.slice(1)));
      else if (line.startsWith(OLD) || line.startsWith(YOUNG)) {
        awaited.restore(JSON.parse(line.slice(1)) as Awaited, line.startsWith(YOUNG));
      } else throw new TypeError('not a line of a snapshot of the memory');
    }
    for (const [sort, shelf] of shelves.entries()) shelf.restore(histories[sort] ?? []);
  }
}

const SORTS = ['s', 'a', 'o'];
const OLD = 'v';
const YOUNG = 'w';
