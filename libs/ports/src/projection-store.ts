/** A service's own durable read model: derived from the journal, thrown away and rebuilt at will. */

export interface ProjectionChange {
  readonly key: string;
  /** null removes the key. */
  readonly value: Uint8Array | null;
}

export interface ProjectionStore {
  get(key: string): Uint8Array | undefined;

  /** Keys from `start` (inclusive) to `end` (exclusive) in byte order; at most `limit`. */
  range(start: string, end: string, limit: number): readonly { readonly key: string; readonly value: Uint8Array }[];

  /** Stores all changes or none. Resolves when they would survive the crash of the process. */
  apply(changes: readonly ProjectionChange[]): Promise<void>;

  close(): Promise<void>;
}
