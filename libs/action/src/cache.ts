/** A bounded cache in two generations: cheap to hit, nothing to reorder, old entries leave half a cache at a time. */

/** Each entry costs its key twice over (UTF-16) and about this much for what hangs on it. */
const ENTRY_BYTES = 2048;

export interface CacheCaps {
  readonly entries: number;
  readonly bytes: number;
}

export class GenerationCache<V> {
  readonly #caps: CacheCaps;
  #young = new Map<string, V>();
  #old = new Map<string, V>();
  #youngBytes = 0;

  /** `caps` hold for both generations together. */
  constructor(caps: CacheCaps) {
    this.#caps = { entries: Math.max(1, caps.entries >> 1), bytes: Math.max(1, Math.floor(caps.bytes / 2)) };
  }

  get(key: string): V | undefined {
    const young = this.#young.get(key);
    if (young !== undefined) return young;
    const old = this.#old.get(key);
    if (old !== undefined) this.set(key, old);
    return old;
  }

  set(key: string, value: V): void {
    const bytes = key.length * 2 + ENTRY_BYTES;
    if (bytes > this.#caps.bytes) return;
    if (this.#young.size >= this.#caps.entries || this.#youngBytes + bytes > this.#caps.bytes) {
      this.#old = this.#young;
      this.#young = new Map();
      this.#youngBytes = 0;
    }
    if (!this.#young.has(key)) this.#youngBytes += bytes;
    this.#young.set(key, value);
  }

  clear(): void {
    this.#young = new Map();
    this.#old = new Map();
    this.#youngBytes = 0;
  }

  /** Entries held now, both generations counted. */
  get size(): number {
    return this.#young.size + this.#old.size;
  }
}
