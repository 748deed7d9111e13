/** How far each table has come in each partition, read back from the tables themselves. */
import { EnvironmentError } from '@countersign/kernel';
import { TABLE_NAMES, type TableName } from '@countersign/lineage';
import { type Journal, type LineageStore, TOPICS, type Topic } from '@countersign/ports';

/** The name under which the journal keeps how far everything has come. */
export const GROUP = 'lineage';

export interface Cursor {
  readonly topic: Topic;
  readonly partition: number;
  /** The next offset that each table wants. */
  readonly wanted: Readonly<Record<TableName, number>>;
  /** The smallest of them: everything before it is in every table. */
  readonly done: number;
}

export async function readCursors(journal: Journal, store: LineageStore): Promise<Cursor[]> {
  const places = await partitionsOf(journal);
  return Promise.all(places.map(({ topic, partition }) => readCursor(journal, store, topic, partition)));
}

/** The cursor after the records before `next` were given to every table that wanted them. */
export function movedTo(cursor: Cursor, next: number): Cursor {
  return cursorAt(cursor.topic, cursor.partition, (table) => Math.max(next, cursor.wanted[table]));
}

/** Whether every table is at the same place, as it is except after a failure. */
export function isUniform(cursor: Cursor): boolean {
  return TABLE_NAMES.every((table) => cursor.wanted[table] === cursor.done);
}

export async function partitionsOf(journal: Journal): Promise<{ topic: Topic; partition: number }[]> {
  const topics = Object.values(TOPICS);
  const partitions = await Promise.all(topics.map((topic) => journal.partitions(topic)));
  return topics.flatMap((topic, index) => (partitions[index] ?? []).map((partition) => ({ topic, partition })));
}

/**
 * A table's own newest row says what it surely has. Many events give it no row, so the committed position says from where on to
 * look, so that a start costs the same whatever the history. It is committed after the rows were synced; should `events`, which
 * has a row for every event, not reach it, the tables were dropped or restored from a copy, and only they themselves are believed.
 */
async function readCursor(journal: Journal, store: LineageStore, topic: Topic, partition: number): Promise<Cursor> {
  const stored = await Promise.all(
    TABLE_NAMES.map(async (table) => [table, await store.resumeAt(table, topic, partition)] as const),
  );
  const own = Object.fromEntries(stored) as Record<TableName, number>;
  const head = await journal.head(topic, partition);
  const ahead = TABLE_NAMES.find((table) => own[table] > head);
  if (ahead) throw aheadOfJournal(ahead, topic, own[ahead], head);
  const committed = await journal.position(GROUP, topic, partition);
  const believed = committed <= own.events ? committed : 0;
  return cursorAt(topic, partition, (table) => Math.max(own[table], believed));
}

function cursorAt(topic: Topic, partition: number, wantedBy: (table: TableName) => number): Cursor {
  const wanted = Object.fromEntries(TABLE_NAMES.map((table) => [table, wantedBy(table)])) as Record<TableName, number>;
  return { topic, partition, wanted, done: Math.min(...Object.values(wanted)) };
}

function aheadOfJournal(table: TableName, topic: Topic, next: number, head: number): EnvironmentError {
  return new EnvironmentError(
    `integrity: ${table} holds rows of ${topic} up to offset ${next - 1}, but the journal ends at ${head - 1}`,
    'The journal lost records, or these tables belong to another one. Compare backups first; `countersign lineage rebuild` makes the tables follow the journal.',
  );
}
