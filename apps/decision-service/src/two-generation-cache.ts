/** A bounded cache without per-hit bookkeeping: entries used since the last turn of generations survive it. */

export class TwoGenerationCache<V> {
  #young = new Map<string, V>();
  #old = new Map<string, V>();
  #youngUnits = 0;
  readonly #maxEntries: number;
  readonly #maxUnits: number;

  /** At most twice these many entries and key units (UTF-16) are held. */
  constructor(maxEntries: number, maxUnits: number) {
    this.#maxEntries = maxEntries;
    this.#maxUnits = maxUnits;
  }

  get(key: string): V | undefined {
    const young = this.#young.get(key);
    if (young !== undefined) return young;
    const old = this.#old.get(key);
    if (old !== undefined) this.set(key, old);
    return old;
  }

  set(key: string, value: V): void {
    if (this.#young.size >= this.#maxEntries || this.#youngUnits >= this.#maxUnits) {
      this.#old = this.#young;
      this.#young = new Map();
      this.#youngUnits = 0;
    }
    this.#young.set(key, value);
    this.#youngUnits += key.length;
  }
}
