/** A snapshot of the memory as of one position, written in steps: what would change before its turn is written first. */
import { COUNTER_NAMES } from './session-counters.ts';
import { type History, historyLine, historyOf } from './session-history.ts';
import type { Awaited } from './session-memory.ts';
import type { Shelf } from './session-shelf.ts';

export interface CutSource {
  /** Sessions, agents, owners. */
  readonly shelves: readonly Shelf[];
  readonly awaited: Map<string, Awaited>;
  readonly next: number;
}

/** Snapshots of another format, or with other counters, are of no use and are made anew from the journal. */
export const SNAPSHOT_FORMAT = `1 ${COUNTER_NAMES.join(' ')}`;

export class SnapshotCut {
  /** The offset after the last event that is in it. */
  readonly next: number;
  /** In the order of use; undefined once written. */
  readonly #histories: (History | undefined)[] = [];
  readonly #lines: string[] = [];
  readonly #awaited: [string, Awaited][];
  #at = 0;

  constructor({ shelves, awaited, next }: CutSource) {
    this.next = next;
    this.#awaited = [...awaited];
    for (const [sort, shelf] of shelves.entries()) {
      for (const history of shelf.list()) {
        history.cut = this;
        history.cutPlace = this.#histories.length;
        this.#histories.push(history);
        this.#lines.push(SORTS[sort] as string);
      }
    }
  }

  /** Called before a history changes: what it was at the cut is kept. */
  keep(history: History): void {
    history.cut = undefined;
    this.#lines[history.cutPlace] += historyLine(history);
    this.#histories[history.cutPlace] = undefined;
  }

  /** The next lines, at most `limit`; none at the end. A caller that gives up must take the rest all the same, or call `drop`. */
  take(limit: number): string[] {
    const lines: string[] = [];
    for (; lines.length < limit && this.#at < this.#lines.length; this.#at++) {
      const history = this.#histories[this.#at];
      if (history) this.keep(history);
      lines.push(this.#lines[this.#at] as string);
      this.#lines[this.#at] = '';
    }
    for (; lines.length < limit && this.#at < this.#lines.length + this.#awaited.length; this.#at++) {
      const [id, { tenant, whose, labelled, rows }] = this.#awaited[this.#at - this.#lines.length] as [string, Awaited];
      lines.push(AWAITED + JSON.stringify([id, tenant, whose.session, whose.agent, whose.owner, labelled, rows]));
    }
    return lines;
  }

  drop(): void {
    for (const history of this.#histories) if (history) history.cut = undefined;
  }

  static restore({ shelves, awaited }: CutSource, lines: Iterable<string>): void {
    for (const line of lines) {
      const sort = SORTS.indexOf(line.charAt(0));
      if (sort >= 0) (shelves[sort] as Shelf).restore(historyOf(line.slice(1)));
      else if (line.startsWith(AWAITED)) restoreAwaited(awaited, line.slice(1));
      else throw new TypeError('not a line of a snapshot of the memory');
    }
  }
}

const SORTS = ['s', 'a', 'o'];
const AWAITED = 'w';

function restoreAwaited(awaited: Map<string, Awaited>, line: string): void {
  const [id, tenant, session, agent, owner, labelled, rows] = JSON.parse(line) as AwaitedLine;
  awaited.set(id, { tenant, whose: { session, agent, owner }, labelled, rows });
}

type AwaitedLine = [string, string, string, string, string, boolean, number];
