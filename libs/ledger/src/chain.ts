/**
 * The hash chain verifier: walks stored events in order and names the first that was edited, lost, moved or written twice.
 *
 * What a chain proves: every event but the newest of each producer is pinned by the digest that its successor carries. The
 * newest one is pinned by nothing yet; `finish` returns its digest, to be compared with a copy kept elsewhere.
 */
import { type Result, equalBytes, err, ok, sha256 } from '@countersign/kernel';

/** One stored event, as far as the chain is concerned. */
export interface ChainRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  /** The bytes as they lie in the journal, never a re-serialisation. */
  readonly stored: Uint8Array;
  readonly producer: ChainProducer;
  /** SHA-256 of the same producer's previous stored bytes in this topic; empty for its very first event. */
  readonly prevHash: Uint8Array;
}

export interface ChainProducer {
  readonly service: string;
  readonly instance: string;
  /** Grows with each start of the producer and after each failed append. */
  readonly epoch: number;
  /** Contiguous from 1 within an epoch. */
  readonly seq: number;
}

/**
 * - `gap`: events are missing before this one.
 * - `edit`: the digest that this event carries is not that of its predecessor: one of the two was changed.
 * - `fork`: two events claim the same predecessor or the same place.
 * - `truncated`: the journal says it holds more than could be read.
 */
export type ChainFaultKind = 'gap' | 'edit' | 'fork' | 'truncated';

export interface ChainFault {
  readonly kind: ChainFaultKind;
  readonly topic: string;
  readonly partition: number;
  /** Of the event at which it shows. */
  readonly offset: number;
  /** Of the same producer's event before it, where there is one: in an edit, the likelier one to have been changed. */
  readonly previousOffset: number | null;
  readonly producer: ChainProducer | null;
  /** One sentence with the numbers. */
  readonly message: string;
}

export interface ChainOptions {
  /** Offsets grow by exactly one, from 0: true for the embedded journal, false for Kafka, whose control records leave gaps. */
  readonly contiguousOffsets: boolean;
}

/** Opaque to callers. Consumed by `verifyNext`: keep only the state that it returns. */
export interface ChainState {
  readonly options: ChainOptions;
  readonly partitions: Map<string, PartitionTail>;
  readonly chains: Map<string, ChainTail>;
}

interface PartitionTail {
  readonly topic: string;
  readonly partition: number;
  events: number;
  nextOffset: number;
}

interface ChainTail {
  readonly topic: string;
  readonly partition: number;
  producer: ChainProducer;
  offset: number;
  events: number;
  epochs: number;
  /** Of the newest event. */
  hash: Uint8Array;
  /** What the newest event carries: an event that carries it again is a second successor of the same event. */
  prevHash: Uint8Array;
}

export interface ChainSummary {
  readonly events: number;
  readonly partitions: readonly { readonly topic: string; readonly partition: number; readonly events: number }[];
  readonly producers: readonly {
    readonly service: string;
    readonly instance: string;
    readonly topic: string;
    readonly partition: number;
    readonly epochs: number;
    readonly events: number;
    readonly lastOffset: number;
    /** SHA-256 of the newest stored event: what its successor will carry. */
    readonly tailHash: Uint8Array;
  }[];
}

/** The offset after the last record of a partition, as the journal itself states it. */
export interface PartitionHead {
  readonly topic: string;
  readonly partition: number;
  readonly head: number;
}

export function initialChain(options: ChainOptions = { contiguousOffsets: true }): ChainState {
  return { options, partitions: new Map(), chains: new Map() };
}

/**
 * Takes the records of each partition in offset order and the events of each producer in their order, which is the same where a
 * topic has one partition. Producers and topics may alternate. After a fault, stop: the state is spent.
 */
export function verifyNext(state: ChainState, record: ChainRecord): Result<ChainState, ChainFault> {
  const fault = offsetFault(state, record) ?? producerFault(state, record);
  if (fault) return err(fault);
  advance(state, record);
  return ok(state);
}

/** What was verified; a fault if the journal claims records that were not seen. */
export function finish(state: ChainState, heads: readonly PartitionHead[] = []): Result<ChainSummary, ChainFault> {
  for (const { topic, partition, head } of heads) {
    const seen = state.partitions.get(partitionKey(topic, partition))?.nextOffset ?? 0;
    if (seen >= head) continue;
    const message = `the journal states ${head} as its head, but nothing could be read from offset ${seen} on`;
    return err({ kind: 'truncated', topic, partition, offset: seen, previousOffset: null, producer: null, message });
  }
  const partitions = [...state.partitions.values()].map(({ topic, partition, events }) => ({ topic, partition, events }));
  const producers = [...state.chains.values()].map(({ producer, topic, partition, epochs, events, offset, hash }) => {
    const { service, instance } = producer;
    return { service, instance, topic, partition, epochs, events, lastOffset: offset, tailHash: hash };
  });
  return ok({ events: partitions.reduce((sum, { events }) => sum + events, 0), partitions, producers });
}

function offsetFault(state: ChainState, record: ChainRecord): ChainFault | undefined {
  const tail = state.partitions.get(partitionKey(record.topic, record.partition));
  const expected = tail?.nextOffset ?? 0;
  if (record.offset === expected) return undefined;
  if (record.offset < expected) {
    return faultAt(
      record,
      'fork',
      null,
      `offset ${record.offset} comes after offset ${expected - 1}: records were moved or repeated`,
    );
  }
  if (!state.options.contiguousOffsets) return undefined;
  return faultAt(record, 'gap', null, `offsets ${expected} to ${record.offset - 1} are missing`);
}

function producerFault(state: ChainState, record: ChainRecord): ChainFault | undefined {
  const tail = state.chains.get(chainKey(record));
  const { epoch, seq } = record.producer;
  if (!tail) {
    if (seq !== 1)
      return faultAt(record, 'gap', null, `the producer's first event has seq ${seq}: seq 1 to ${seq - 1} are missing`);
    if (record.prevHash.length === 0) return undefined;
    return faultAt(record, 'gap', null, "the producer's first event links to an earlier one, which is missing");
  }
  return orderFault(tail, record, epoch, seq) ?? linkFault(tail, record);
}

function orderFault(tail: ChainTail, record: ChainRecord, epoch: number, seq: number): ChainFault | undefined {
  const last = tail.producer;
  const where = `after epoch ${last.epoch} seq ${last.seq}`;
  if (epoch < last.epoch || (epoch === last.epoch && seq <= last.seq)) {
    return faultAt(record, 'fork', tail, `epoch ${epoch} seq ${seq} comes ${where}: written twice or moved`);
  }
  const expected = epoch === last.epoch ? last.seq + 1 : 1;
  if (seq === expected) return undefined;
  return faultAt(record, 'gap', tail, `epoch ${epoch} seq ${seq} comes ${where}: seq ${expected} to ${seq - 1} are missing`);
}

function linkFault(tail: ChainTail, record: ChainRecord): ChainFault | undefined {
  if (equalBytes(record.prevHash, tail.hash)) return undefined;
  if (equalBytes(record.prevHash, tail.prevHash)) {
    const message = `this event and the one at offset ${tail.offset} claim the same predecessor`;
    return faultAt(record, 'fork', tail, message);
  }
  const message = `prev_hash is not the SHA-256 of the producer's previous event at offset ${tail.offset}: that one, or this link, was edited`;
  return faultAt(record, 'edit', tail, message);
}

function advance(state: ChainState, record: ChainRecord): void {
  const { topic, partition, offset, producer, prevHash } = record;
  const place = partitionKey(topic, partition);
  const partitionTail = state.partitions.get(place);
  if (partitionTail) {
    partitionTail.events += 1;
    partitionTail.nextOffset = offset + 1;
  } else {
    state.partitions.set(place, { topic, partition, events: 1, nextOffset: offset + 1 });
  }
  const key = chainKey(record);
  const tail = state.chains.get(key);
  const hash = sha256(record.stored);
  if (!tail) {
    state.chains.set(key, { topic, partition, producer, offset, events: 1, epochs: 1, hash, prevHash });
    return;
  }
  if (producer.epoch !== tail.producer.epoch) tail.epochs += 1;
  tail.events += 1;
  tail.producer = producer;
  tail.offset = offset;
  tail.hash = hash;
  tail.prevHash = prevHash;
}

function faultAt(record: ChainRecord, kind: ChainFaultKind, tail: ChainTail | null, message: string): ChainFault {
  const { topic, partition, offset, producer } = record;
  return { kind, topic, partition, offset, previousOffset: tail?.offset ?? null, producer, message };
}

function partitionKey(topic: string, partition: number): string {
  return `${topic}\0${partition}`;
}

function chainKey({ topic, producer }: ChainRecord): string {
  return `${topic}\0${producer.service}\0${producer.instance}`;
}
