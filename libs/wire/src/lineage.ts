/** Stored bytes → the event that libs/lineage maps to rows. Messages are handed over as decoded: the names are the same. */
import { create, type JsonObject, toJson } from '@bufbuild/protobuf';
import { messageOf, type VerdictName } from '@countersign/kernel';
import type { LineageData, LineageEvent } from '@countersign/lineage';
import { event } from '@countersign/proto';
import { decodeEvent, type Event } from './envelope.ts';

/** A record of the journal with its place (libs/ports `StoredRecord` satisfies it). */
export interface JournalledBytes {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly key: string;
  readonly value: Uint8Array;
}

/** Never throws: bytes that are no event come back as `quarantined` with the reason, so that the rest can flow. */
export function toLineageEvent(record: JournalledBytes): LineageEvent {
  let decoded: Event;
  try {
    decoded = decodeEvent(record.value);
  } catch (thrown) {
    return quarantined(record, messageOf(thrown));
  }
  const { producer, occurredAtMs } = decoded;
  if (!producer) return quarantined(record, 'the event names no producer');
  if (decoded.id === '' || decoded.type === '') return quarantined(record, 'the event has no id or no type');
  if (occurredAtMs < 0n || occurredAtMs > MAX_TIME_MS)
    return quarantined(record, `the event's time ${occurredAtMs} is out of range`);
  return {
    topic: record.topic,
    partition: record.partition,
    journalOffset: record.offset,
    key: record.key,
    stored: record.value,
    id: decoded.id,
    type: decoded.type,
    stream: decoded.stream,
    streamVersion: Number(decoded.streamVersion),
    tenant: decoded.tenant,
    producer: {
      service: producer.service,
      instance: producer.instance,
      epoch: Number(producer.epoch),
      seq: Number(producer.seq),
    },
    prevHash: decoded.prevHash,
    occurredAtMs: Number(occurredAtMs),
    correlationId: decoded.correlationId,
    causationId: decoded.causationId,
    traceparent: decoded.traceparent,
    data: toData(decoded.data),
  };
}

/** The data of stored bytes in protobuf's JSON form, with the contract's field names (masked, as stored); `{}` where there is none. */
export function eventDataJson(stored: Uint8Array): string {
  const { data } = decodeEvent(stored);
  if (data.case === undefined) return '{}';
  const name = data.case.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  const json = toJson(event.EventSchema, create(event.EventSchema, { data }), { useProtoFieldName: true }) as JsonObject;
  return JSON.stringify(json[name]);
}

/** The latest time that the column type DateTime64(3) holds: the end of 2299. */
const MAX_TIME_MS = 10_413_791_999_999n;

/** The type under which a record that cannot be read stands in the table of events. */
const QUARANTINED = 'countersign.quarantined';

function quarantined(record: JournalledBytes, reason: string): LineageEvent {
  return {
    topic: record.topic,
    partition: record.partition,
    journalOffset: record.offset,
    key: record.key,
    stored: record.value,
    id: '',
    type: QUARANTINED,
    stream: '',
    streamVersion: 0,
    tenant: tenantOfKey(record.key),
    producer: { service: '', instance: '', epoch: 0, seq: 0 },
    prevHash: new Uint8Array(0),
    occurredAtMs: 0,
    correlationId: '',
    causationId: '',
    traceparent: '',
    data: { type: 'quarantined', reason },
  };
}

/** Decisions are keyed `tenant/session`; where the key names no tenant, the row belongs to none. */
function tenantOfKey(key: string): string {
  const slash = key.indexOf('/');
  return slash > 0 ? key.slice(0, slash) : '';
}

/** An unknown verdict is a deny in the record's eyes: nothing may have been allowed by it. */
function verdictName(verdict: event.Verdict): VerdictName {
  if (verdict === event.Verdict.ALLOW) return 'allow';
  return verdict === event.Verdict.REQUIRE_APPROVAL ? 'require_approval' : 'deny';
}

function toData(data: Event['data']): LineageData {
  switch (data.case) {
    case 'decisionRecorded':
      return { type: 'decision.recorded', verdict: verdictName(data.value.verdict), fact: data.value };
    case 'outcomeReported':
      return { type: 'outcome.reported', fact: data.value };
    case 'approvalCommand':
      return { type: 'approval.command', fact: data.value };
    case 'approvalRequested':
      return { type: 'approval.requested', fact: data.value };
    case 'approvalVoteCast':
      return { type: 'approval.vote_cast', fact: data.value };
    case 'approvalGranted':
      return { type: 'approval.granted', fact: data.value };
    case 'approvalRejected':
      return { type: 'approval.rejected', fact: data.value };
    case 'approvalLapsed':
      return { type: 'approval.lapsed', fact: data.value };
    case 'approvalRevoked':
      return { type: 'approval.revoked', fact: data.value };
    case 'grantRedeemed':
      return { type: 'grant.redeemed', fact: data.value };
    case 'approvalCommandRefused':
      return { type: 'approval.command_refused', fact: data.value };
    case 'policyActivated':
      return { type: 'policy.activated', fact: data.value };
    case 'policyRefused':
      return { type: 'policy.refused', fact: data.value };
    case 'tokenIssued':
      return { type: 'token.issued', fact: data.value };
    case 'tokenRevoked':
      return { type: 'token.revoked', fact: data.value };
    default:
      return { type: 'unknown' };
  }
}
