/** Allowed decisions whose outcome may still come: the newest ones, so that reported rows find whose they are. */
import type { Whose } from './session-memory.ts';

export interface Awaited {
  readonly decisionId: string;
  readonly tenant: string;
  readonly whose: Whose;
  readonly labelled: boolean;
  /** What earlier reports said: a repeat adds nothing, a larger one the difference. */
  readonly rows: number;
}

export class AwaitedOutcomes {
  readonly #limit: number;
  readonly #places = new Map<string, number>();
  readonly #ring: Awaited[] = [];
  #next = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get(decisionId: string): Awaited | undefined {
    const place = this.#places.get(decisionId);
    return place === undefined ? undefined : this.#ring[place];
  }

  add(awaited: Awaited): void {
    const oldest = this.#ring[this.#next];
    if (oldest) this.#places.delete(oldest.decisionId);
    this.#ring[this.#next] = awaited;
    this.#places.set(awaited.decisionId, this.#next);
    this.#next = (this.#next + 1) % this.#limit;
  }

  /** Of one that is there. */
  replace(awaited: Awaited): void {
    this.#ring[this.#places.get(awaited.decisionId) as number] = awaited;
  }

  /** The oldest first. */
  list(): Awaited[] {
    return [...this.#ring.slice(this.#next), ...this.#ring.slice(0, this.#next)];
  }
}
