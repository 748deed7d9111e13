/** The envelope of every stored event: drafts in, stored bytes out, and back. Stored bytes are the truth and are never re-encoded. */
import { create, fromBinary, type MessageInitShape, toBinary } from '@bufbuild/protobuf';
import { event } from '@countersign/proto';

export type Event = event.Event;

type EventInit = MessageInitShape<typeof event.EventSchema>;

/** What a service says happened; the producer adds its place in the chain. */
export interface EventDraft {
  /** UUIDv7 for a first-hand fact, UUIDv8 for a derived one. */
  readonly id: string;
  readonly type: string;
  /** The record's key: order holds within it. */
  readonly key: string;
  readonly stream: string;
  readonly streamVersion: number;
  readonly tenant: string;
  readonly occurredAtMs: number;
  readonly correlationId: string;
  readonly causationId: string;
  readonly traceparent: string;
  readonly data: NonNullable<EventInit['data']>;
}

/** A place in a producer's chain. */
export interface Stamp {
  readonly service: string;
  readonly instance: string;
  readonly epoch: number;
  readonly seq: number;
  /** SHA-256 of this producer's previous stored bytes; empty for its very first event. */
  readonly prevHash: Uint8Array;
}

export function encodeEvent(draft: EventDraft, stamp: Stamp): Uint8Array {
  const message = create(event.EventSchema, {
    id: draft.id,
    type: draft.type,
    stream: draft.stream,
    streamVersion: BigInt(draft.streamVersion),
    tenant: draft.tenant,
    producer: { service: stamp.service, instance: stamp.instance, epoch: BigInt(stamp.epoch), seq: BigInt(stamp.seq) },
    prevHash: stamp.prevHash,
    occurredAtMs: BigInt(draft.occurredAtMs),
    correlationId: draft.correlationId,
    causationId: draft.causationId,
    traceparent: draft.traceparent,
    data: draft.data,
  });
  return toBinary(event.EventSchema, message);
}

/** Throws for bytes that are no event. */
export function decodeEvent(bytes: Uint8Array): Event {
  return fromBinary(event.EventSchema, bytes);
}
