/** The lineage store: rows derived from the journal, in tables that people query. */

export interface LineageRow {
  readonly [column: string]: string | number | boolean | null | readonly string[];
}

export interface TableBlock {
  readonly table: string;
  /** In journal order; each row carries its `topic`, `partition` and `journal_offset`. */
  readonly rows: readonly LineageRow[] | RowCollector;
}

/** Rows in the store's own form, made as they come: a large block then costs its bytes, not its objects. May go into several tables. */
export interface RowCollector {
  /** How many rows were added. */
  readonly size: number;
  /** All rows of a collector have the same columns in the same order. */
  add(rows: readonly LineageRow[]): void;
}

export interface QueryResult {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: AsyncIterable<readonly unknown[]>;
}

export interface LineageStore {
  /** Applies the numbered migrations that are missing. Refuses (EnvironmentError) a store of a newer version. */
  migrate(): Promise<void>;

  /** The offset after the last row of this table from this partition, read back from the stored rows; 0 for none. */
  resumeAt(table: string, topic: string, partition: number): Promise<number>;

  /** A collector for this store's `insert`. */
  collector(): RowCollector;

  /** Stores the block whole or not at all. Rejects with EnvironmentError; after a rejection the caller reads back before it retries. */
  insert(block: TableBlock): Promise<void>;

  /** One read-only statement over one tenant's rows. A refused statement rejects with a QueryRefused error that says why. */
  query(sql: string, tenant: string, signal: AbortSignal): Promise<QueryResult>;

  /** Drops all tables and applies the migrations anew. */
  reset(): Promise<void>;

  close(): Promise<void>;
}

/** The statement may not run or is wrong: the asker's doing, not the store's. */
export class QueryRefused extends Error {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'QueryRefused';
  }
}
