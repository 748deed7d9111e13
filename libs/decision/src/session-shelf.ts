/** Histories of one sort, the one longest unused thrown away first: by the fold alone, so that every fold throws away the same. */
import { type History, newHistory, weigh } from './session-history.ts';

export interface ShelfLimits {
  readonly histories: number;
  /** In all of them: slots of time, labels, tables and hosts. */
  readonly entries: number;
}

export class Shelf {
  readonly #limits: ShelfLimits;
  readonly #byKey = new Map<string, History>();
  #oldest: History | undefined;
  #newest: History | undefined;
  #entries = 0;

  constructor(limits: ShelfLimits) {
    this.#limits = limits;
  }

  get size(): number {
    return this.#byKey.size;
  }

  get entries(): number {
    return this.#entries;
  }

  /** Looking is no use: it must not change what is thrown away. */
  get(key: string): History | undefined {
    return this.#byKey.get(key);
  }

  /** Lets `change` add to a history, which is made where there is none, and makes room. */
  use(key: string, change: (history: History) => void): void {
    let history = this.#byKey.get(key);
    if (history) this.#unlink(history);
    else this.#byKey.set(key, (history = newHistory(key)));
    this.#link(history);
    change(history);
    this.#weigh(history);
    this.#makeRoom();
  }

  /** The longest unused first. */
  list(): History[] {
    const histories: History[] = [];
    for (let history = this.#oldest; history; history = history.newer) histories.push(history);
    return histories;
  }

  /** Puts a history from a snapshot behind the ones already there. */
  restore(history: History): void {
    this.#byKey.set(history.key, history);
    this.#link(history);
    this.#weigh(history);
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
    }
  }

  #link(history: History): void {
    history.older = this.#newest;
    history.newer = undefined;
    if (this.#newest) this.#newest.newer = history;
    else this.#oldest = history;
    this.#newest = history;
  }

  #unlink(history: History): void {
    if (history.older) history.older.newer = history.newer;
    else this.#oldest = history.newer;
    if (history.newer) history.newer.older = history.older;
    else this.#newest = history.older;
  }
}
