/** Event → rows: what each table keeps of an event. Pure, and the only place that knows the columns beside the migrations. */
import { approvalRow } from './approval-row.ts';
import { decisionRow, lineageRow } from './decision-row.ts';
import { edgesOf } from './edges.ts';
import type { LineageEvent, OutcomeFact } from './event.ts';
import { type Row, placeOf } from './place.ts';
import { actorOf, summarise } from './summary.ts';
import { base64, hex } from './text.ts';

export const TABLE_NAMES = ['events', 'decisions', 'approvals', 'outcomes', 'edges_fwd', 'edges_rev', 'lineage'] as const;

export type TableName = (typeof TABLE_NAMES)[number];

export type Rows = { readonly [T in TableName]: Row[] };

/** The two tables of edges share one array: the same rows, sorted another way once stored. */
export function noRows(): Rows {
  const edges: Row[] = [];
  return { events: [], decisions: [], approvals: [], outcomes: [], edges_fwd: edges, edges_rev: edges, lineage: [] };
}

/** Adds the event's rows; all rows of one event must go into one block of each table. */
export function addRows(rows: Rows, event: LineageEvent): void {
  const actor = actorOf(event.data);
  rows.events.push(eventRow(event, actor));
  const { data } = event;
  if (data.type === 'decision.recorded') {
    rows.decisions.push(decisionRow(event, data.verdict, data.fact));
    rows.lineage.push(lineageRow(event, data.verdict, data.fact));
  } else if (data.type === 'outcome.reported') {
    rows.outcomes.push(outcomeRow(event, data.fact));
  } else {
    const row = approvalRow(event, actor);
    if (row) rows.approvals.push(row);
  }
  for (const edge of edgesOf(event)) rows.edges_fwd.push({ ...placeOf(event), ...edge });
}

/**
 * The stored bytes are kept in base64, so that `SELECT *` stays readable text in every client. An auditor recomputes the chain
 * with `SHA256(base64Decode(stored_base64))`.
 */
function eventRow(event: LineageEvent, actor: string): Row {
  return {
    topic: event.topic,
    partition: event.partition,
    journal_offset: event.journalOffset,
    tenant: event.tenant,
    occurred_at: event.occurredAtMs,
    correlation_id: event.correlationId,
    id: event.id,
    type: event.type,
    stream: event.stream,
    stream_version: event.streamVersion,
    key: event.key,
    causation_id: event.causationId,
    traceparent: event.traceparent,
    actor,
    summary: summarise(event, actor),
    quarantine_reason: event.data.type === 'quarantined' ? event.data.reason : '',
    producer_service: event.producer.service,
    producer_instance: event.producer.instance,
    producer_epoch: event.producer.epoch,
    producer_seq: event.producer.seq,
    prev_hash: hex(event.prevHash),
    stored_base64: base64(event.stored),
  };
}

function outcomeRow(event: LineageEvent, fact: OutcomeFact): Row {
  return {
    ...placeOf(event),
    event_id: event.id,
    decision_id: fact.decisionId,
    outcome: fact.outcome,
    detail: fact.detail,
    rows_affected: fact.rowsAffected.toString(),
    caller: fact.caller?.subject ?? '',
    caller_owner: fact.caller?.owner ?? '',
  };
}
