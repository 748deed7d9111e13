/** A projection store in memory that outlives the service on it, for specs. */
import type { ProjectionStore } from '@countersign/ports';

export function createMemoryStore(): ProjectionStore {
  const entries = new Map<string, Uint8Array>();
  return {
    get: (key) => entries.get(key),
    range(start, end, limit) {
      const keys = [...entries.keys()].filter((key) => key >= start && key < end).sort();
      return keys.slice(0, limit).map((key) => ({ key, value: entries.get(key) as Uint8Array }));
    },
    async apply(changes) {
      for (const { key, value } of changes) {
        if (value) entries.set(key, Uint8Array.from(value));
        else entries.delete(key);
      }
    },
    async close() {
      entries.clear();
    },
  };
}
