/** A batch: records read from the journal, mapped to rows for the tables that still want them. */
import { type LineageEvent, type Rows, TABLE_NAMES, addRows, noRows } from '@countersign/lineage';
import type { Journal, StoredRecord, TableBlock } from '@countersign/ports';
import type { JournalledBytes } from '@countersign/wire';
import { type Cursor, isUniform, movedTo } from './cursors.ts';
import type { LineageLog } from './log.ts';

export type Decode = (record: JournalledBytes) => LineageEvent;

/** A part of this many events is worth the engine's while; more would only cost memory. */
export const FULL_EVENTS = 10_000;
const FULL_BYTES = 16 << 20;
/** About 4 ms of mapping: how long a decision on the same thread may have to wait for lineage. */
const SLICE = { maxRecords: 256, maxBytes: 1 << 20 } as const;

export class Batch {
  readonly #rows: Rows;
  /** Every table wants the same records: the usual case, in which nothing has to be sorted out. */
  readonly #uniform: boolean;
  #cursors: readonly Cursor[];
  #bytes = 0;
  events = 0;

  /** `cursors`: where the batch begins. */
  constructor(cursors: readonly Cursor[]) {
    this.#cursors = cursors;
    this.#uniform = cursors.every(isUniform);
    this.#rows = this.#uniform ? noRows() : { ...noRows(), edges_rev: [] };
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
      for (const record of records) this.#add(record, cursor, decode, log);
      const last = records.at(-1);
      next.push(last ? movedTo(cursor, last.offset + 1) : cursor);
      more ||= records.length >= SLICE.maxRecords || sizeOf(records) >= SLICE.maxBytes / 2;
    }
    this.#cursors = next;
    return more;
  }

  /** One block a table; rows of one table keep the order of their partition. */
  blocks(): TableBlock[] {
    const blocks: TableBlock[] = [];
    for (const table of TABLE_NAMES) {
      if (this.#rows[table].length > 0) blocks.push({ table, rows: this.#rows[table] });
    }
    return blocks;
  }

  #add(record: StoredRecord, cursor: Cursor, decode: Decode, log: LineageLog): void {
    this.events += 1;
    this.#bytes += record.value.length;
    const event = decode(record);
    if (event.data.type === 'quarantined') report(event, event.data.reason, log);
    if (this.#uniform) return addRows(this.#rows, event);
    const own = noRows();
    addRows(own, event);
    for (const table of TABLE_NAMES) {
      if (record.offset >= cursor.wanted[table]) this.#rows[table].push(...own[table]);
    }
  }
}

function sizeOf(records: readonly StoredRecord[]): number {
  return records.reduce((bytes, { value }) => bytes + value.length, 0);
}

function report({ topic, partition, journalOffset }: LineageEvent, reason: string, log: LineageLog): void {
  log.error({ topic, partition, offset: journalOffset, reason }, 'record quarantined: it could not be read');
}
