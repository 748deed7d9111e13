/** A lineage store in memory whose inserts fail on demand, before or after the block was stored. No SQL. */
import { EnvironmentError } from '@countersign/kernel';
import type { LineageRow, LineageStore, RowCollector, TableBlock } from '@countersign/ports';

/** What becomes of the next insert: `lost` fails before, `unanswered` after the block is stored. */
export type Fate = 'stored' | 'lost' | 'unanswered';

export function memoryStore(fateOf: (block: TableBlock) => Fate = () => 'stored') {
  const tables = new Map<string, LineageRow[]>();
  const rowsOf = (table: string): LineageRow[] => tables.get(table) ?? tables.set(table, []).get(table) ?? [];
  const store: LineageStore = {
    migrate: async () => undefined,
    async resumeAt(table, topic, partition) {
      const own = rowsOf(table).filter((row) => row.topic === topic && row.partition === partition);
      return own.reduce((next, row) => Math.max(next, Number(row.journal_offset) + 1), 0);
    },
    collector: () => new Rows(),
    async insert(block) {
      const fate = fateOf(block);
      await new Promise((resolve) => setImmediate(resolve));
      if (fate !== 'lost') rowsOf(block.table).push(...(block.rows as Iterable<LineageRow>));
      if (fate !== 'stored') throw new EnvironmentError('the store did not answer', 'Wait.');
    },
    async query() {
      throw new Error('a store in memory has no SQL');
    },
    async reset() {
      tables.clear();
    },
    close: async () => undefined,
  };
  return { store, rowsOf, drop: (table: string) => tables.delete(table) };
}

class Rows implements RowCollector {
  readonly #rows: LineageRow[] = [];

  get size(): number {
    return this.#rows.length;
  }

  add(rows: readonly LineageRow[]): void {
    this.#rows.push(...rows);
  }

  [Symbol.iterator](): Iterator<LineageRow> {
    return this.#rows[Symbol.iterator]();
  }
}
