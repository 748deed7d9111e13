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

/** In two generations: deleting one by one from a large Map costs more than all the rest. */
export class AwaitedOutcomes {
  readonly #perGeneration: number;
  #young = new Map<string, Awaited>();
  #old = new Map<string, Awaited>();

  /** Keeps at least half of `limit`. */
  constructor(limit: number) {
    this.#perGeneration = Math.ceil(limit / 2);
  }

  get(decisionId: string): Awaited | undefined {
    return this.#young.get(decisionId) ?? this.#old.get(decisionId);
  }

  add(awaited: Awaited): void {
    if (this.#young.size >= this.#perGeneration) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(awaited.decisionId, awaited);
  }

  /** Of one that is there. */
  replace(awaited: Awaited): void {
    const generation = this.#young.has(awaited.decisionId) ? this.#young : this.#old;
    generation.set(awaited.decisionId, awaited);
  }

  /** The older generation and the younger one, each the oldest first. */
  list(): readonly [readonly Awaited[], readonly Awaited[]] {
    return [[...this.#old.values()], [...this.#young.values()]];
  }

  restore(awaited: Awaited, young: boolean): void {
    (young ? this.#young : this.#old).set(awaited.decisionId, awaited);
  }
}
