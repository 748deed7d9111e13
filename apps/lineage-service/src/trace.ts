/** A trace: every event of one correlation id, cause before effect, with who did it and one sentence. */
import { inCausalOrder } from '@countersign/lineage';
import { type LineageStore, QueryRefused } from '@countersign/ports';
import { eventDataJson } from '@countersign/wire';

export interface TracedEvent {
  readonly id: string;
  readonly type: string;
  readonly occurredAtMs: number;
  readonly topic: string;
  readonly partition: number;
  readonly journalOffset: number;
  readonly causationId: string;
  readonly actor: string;
  readonly summary: string;
  /** The event's data as JSON, masked as stored. */
  readonly dataJson: string;
}

const CORRELATION_ID = /^[A-Za-z0-9._:/@-]{1,200}$/;

/** Enough for any approval; a session that never ends is asked for in SQL. */
const MAX_EVENTS = 10_000;

/** Rejects with QueryRefused for text that cannot be a correlation id; an unknown one gives no events. */
export async function trace(
  store: LineageStore,
  correlationId: string,
  tenant: string,
  signal: AbortSignal,
): Promise<TracedEvent[]> {
  if (!CORRELATION_ID.test(correlationId)) {
    throw new QueryRefused('a correlation id is 1 to 200 letters, digits or ._:/@-; it is in the answer of each decision');
  }
  const { rows } = await store.query(statementFor(correlationId), tenant, signal);
  const events: TracedEvent[] = [];
  for await (const row of rows) events.push(toEvent(row));
  return inCausalOrder(events);
}

function statementFor(correlationId: string): string {
  return `SELECT id, type, toUnixTimestamp64Milli(occurred_at), topic, partition, journal_offset, causation_id, actor, summary, stored_base64
FROM events WHERE correlation_id = '${correlationId}' ORDER BY occurred_at, topic, journal_offset LIMIT ${MAX_EVENTS}`;
}

function toEvent(row: readonly unknown[]): TracedEvent {
  const [id, type, occurredAtMs, topic, partition, journalOffset, causationId, actor, summary, stored] = row;
  return {
    id: String(id),
    type: String(type),
    occurredAtMs: Number(occurredAtMs),
    topic: String(topic),
    partition: Number(partition),
    journalOffset: Number(journalOffset),
    causationId: String(causationId),
    actor: String(actor),
    summary: String(summary),
    dataJson: eventDataJson(Buffer.from(String(stored), 'base64')),
  };
}
