/** A batch: records read from the journal, mapped to rows and encoded at once for the tables that still want them. */
import { type LineageEvent, type Row, TABLE_NAMES, type TableName, addRows, noRows } from '@countersign/lineage';
import type { Journal, LineageStore, RowCollector, StoredRecord, TableBlock } from '@countersign/ports';
import type { JournalledBytes } from '@countersign/wire';
import { type Cursor, isUniform, movedTo } from './cursors.ts';
import type { LineageLog } from './log.ts';

export type Decode = (record: JournalledBytes) => LineageEvent;

/** A part of this many events is worth the engine's while; more would only cost memory. */
export const FULL_EVENTS = 10_000;
const FULL_BYTES = 16 << 20;
/** About 2 ms of mapping: how long a decision on the same thread may have to wait for lineage. */
const SLICE = { maxRecords: 64, maxBytes: 256 << 10 } as const;

export class Batch {
  readonly #collectors: Readonly<Record<TableName, RowCollector>>;
  /** Every table wants the same records: the usual case, in which nothing has to be sorted out. */
  readonly #uniform: boolean;
  #cursors: readonly Cursor[];
  #bytes = 0;
  events = 0;

  /** `cursors`: where the batch begins. */
  constructor(cursors: readonly Cursor[], store: Pick<LineageStore, 'collector'>) {
    this.#cursors = cursors;
    this.#uniform = cursors.every(isUniform);
    const own = Object.fromEntries(TABLE_NAMES.map((table) => [table, store.collector()])) as Record<TableName, RowCollector>;
    // The same rows, sorted another way once stored: encoded once.
    this.#collectors = this.#uniform ? { ...own, edges_rev: own.edges_fwd } : own;
  }

  get full(): boolean {
    return this.events >= FULL_EVENTS || this.#bytes >= FULL_BYTES;
  }

  /** Where the next batch begins. */
  get cursors(): readonly Cursor[] {
    return this.#cursors;
  }

  /** Reads one slice of every partition and maps it; whether there is more to read at once. */
  async readMore(journal: Journal, decode: Decode, log: LineageLog): Promise<boolean> {
    let more = false;
    const next: Cursor[] = [];
    for (const cursor of this.#cursors) {
      const records = this.full ? [] : await journal.read(cursor.topic, cursor.partition, cursor.done, SLICE);
      this.#add(records, cursor, decode, log);
      const last = records.at(-1);
      next.push(last ? movedTo(cursor, last.offset + 1) : cursor);
      more ||= records.length >= SLICE.maxRecords || sizeOf(records) >= SLICE.maxBytes / 2;
    }
    this.#cursors = next;
    return more;
  }

  /** One block a table; rows of one table keep the order of their partition. */
  blocks(): TableBlock[] {
    const filled = TABLE_NAMES.filter((table) => this.#collectors[table].size > 0);
    return filled.map((table) => ({ table, rows: this.#collectors[table] }));
  }

  #add(records: readonly StoredRecord[], cursor: Cursor, decode: Decode, log: LineageLog): void {
    const rows = noRows();
    for (const record of records) {
      this.events += 1;
      this.#bytes += record.value.length;
      const event = decode(record);
      if (event.data.type === 'quarantined') report(event, event.data.reason, log);
      addRows(rows, event);
    }
    for (const table of TABLE_NAMES) {
      if (!this.#uniform) this.#collectors[table].add(wantedOf(rows[table], cursor.wanted[table]));
      else if (table !== 'edges_rev') this.#collectors[table].add(rows[table]);
    }
  }
}

function wantedOf(rows: readonly Row[], from: number): readonly Row[] {
  return rows.filter((row) => Number(row.journal_offset) >= from);
}

function sizeOf(records: readonly StoredRecord[]): number {
  return records.reduce((bytes, { value }) => bytes + value.length, 0);
}

function report({ topic, partition, journalOffset }: LineageEvent, reason: string, log: LineageLog): void {
  log.error({ topic, partition, offset: journalOffset, reason }, 'record quarantined: it could not be read');
}
