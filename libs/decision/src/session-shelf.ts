/** Histories of one sort, the one longest unused thrown away first: by the fold alone, so that every fold throws away the same. */
import { type History, historyLine, newHistory, weigh } from './session-history.ts';
import type { SumsCache } from './session-json.ts';
import { PendingDecisions } from './session-pending.ts';
import { Sums } from './session-windows.ts';

export interface ShelfLimits {
  readonly histories: number;
  /** In all of them: spans of time, labels, tables and hosts. */
  readonly entries: number;
}

/** Histories whose sums are kept between decisions; about 1.6 KB each. */
const HOT = 4_096;

export class Shelf implements SumsCache {
  readonly pending = new PendingDecisions();
  readonly #limits: ShelfLimits;
  readonly #byKey = new Map<string, History>();
  #oldest: History | undefined;
  #newest: History | undefined;
  #entries = 0;
  #forgotten = 0;
  /** Cuts so far. A history whose own number is lower has not given its bytes to the newest one. */
  #cuts = 0;
  /** The next history that the cut under way takes; those that change before their turn are taken at once. */
  #cursor: History | undefined;
  #early: string[] = [];
  readonly #hot: { history: History; readonly sums: Sums }[] = [];
  #nextHot = 0;

  constructor(limits: ShelfLimits) {
    this.#limits = limits;
  }

  get size(): number {
    return this.#byKey.size;
  }

  /** Thrown away so far. */
  get forgotten(): number {
    return this.#forgotten;
  }

  get entries(): number {
    return this.#entries;
  }

  /** Looking is no use: it must not change what is thrown away. */
  get(key: string): History | undefined {
    return this.#byKey.get(key);
  }

  adopt(history: History): Sums {
    const place = this.#hot[this.#nextHot];
    const sums = place?.sums ?? new Sums();
    if (place) {
      place.history.sums = undefined;
      place.history = history;
      sums.reset();
    } else {
      this.#hot.push({ history, sums });
    }
    this.#nextHot = (this.#nextHot + 1) % HOT;
    history.sums = sums;
    return sums;
  }

  /** Lets `change` add to a history, which is made where there is none, and makes room. */
  use(key: string, offset: number, change: (history: History) => void): void {
    let history = this.#byKey.get(key);
    if (history) this.#unlink(history);
    else this.#byKey.set(key, (history = newHistory(key, this.#cuts)));
    this.#link(history);
    history.usedAt = offset;
    change(history);
    this.#weigh(history);
    this.#makeRoom();
  }

  /** Starts a cut: `take` gives the lines of all histories as they are now, whatever is added meanwhile. */
  cut(): void {
    this.#cuts += 1;
    this.#early = [];
    this.#cursor = this.#oldest;
  }

  /** The next lines of the cut, at most `limit`; none at its end. In no order. */
  take(limit: number): string[] {
    const lines = this.#early.splice(0, limit);
    while (lines.length < limit && this.#cursor && this.#cursor.cut < this.#cuts) {
      const history = this.#cursor;
      history.cut = this.#cuts;
      lines.push(historyLine(history));
      this.#cursor = history.newer;
    }
    return lines;
  }

  /** Gives a cut up. */
  drop(): void {
    this.#cursor = undefined;
    this.#early = [];
  }

  /** Puts histories from a snapshot into an empty shelf, in the order of their use. */
  restore(histories: History[]): void {
    for (const history of histories.sort((a, b) => a.usedAt - b.usedAt)) {
      this.#byKey.set(history.key, history);
      this.#link(history);
      this.#weigh(history);
    }
    this.#makeRoom();
  }

  #weigh(history: History): void {
    const weight = weigh(history);
    this.#entries += weight - history.weight;
    history.weight = weight;
  }

  #makeRoom(): void {
    while (this.#byKey.size > this.#limits.histories || (this.#entries > this.#limits.entries && this.#byKey.size > 1)) {
      const oldest = this.#oldest as History;
      this.#unlink(oldest);
      this.#byKey.delete(oldest.key);
      this.#entries -= oldest.weight;
      this.#forgotten += 1;
    }
  }

  #link(history: History): void {
    history.older = this.#newest;
    history.newer = undefined;
    if (this.#newest) this.#newest.newer = history;
    else this.#oldest = history;
    this.#newest = history;
  }

  /** It is about to change or to go: a cut under way takes it now. */
  #unlink(history: History): void {
    if (this.#cursor && history.cut < this.#cuts) {
      history.cut = this.#cuts;
      this.#early.push(historyLine(history));
      if (this.#cursor === history) this.#cursor = history.newer;
    }
    if (history.older) history.older.newer = history.newer;
    else this.#oldest = history.newer;
    if (history.newer) history.newer.older = history.older;
    else this.#newest = history.older;
  }
}
