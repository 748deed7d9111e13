/** The shape of a row, and the columns that every table has. */
import type { LineageEvent } from './event.ts';

/** One value a column; the keys of the rows of a table are the same and in the same order. */
export interface Row {
  readonly [column: string]: string | number | boolean | null | readonly string[];
}

/** What every row carries: its place in the journal, whose it is, when, and what it belongs to. */
export function placeOf(event: LineageEvent) {
  return {
    topic: event.topic,
    partition: event.partition,
    journal_offset: event.journalOffset,
    tenant: event.tenant,
    occurred_at: event.occurredAtMs,
    correlation_id: event.correlationId,
  };
}
