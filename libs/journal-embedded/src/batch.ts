/** A batch: everything that one commit stores, and everybody who waits for it. */
import type { JournalRecord, Position } from '@countersign/ports';

import { BlockWriter } from './block.ts';
import type { Heads } from './heads.ts';

/** One value to store. Key and value are valid until the batch is sealed again or reset. */
export type StoreBytes = (key: Buffer, value: Buffer) => void;

type ResolveAppend = (positions: readonly Position[]) => void;
type ResolveCommit = () => void;
type Reject = (error: Error) => void;

const OFFSET_BYTES = 8;
const MAX_TOPIC_BYTES = 255;
/** 2 MiB of buffers a topic are kept for the next commit. */
const KEPT_WRITERS = 8;

/** The records of one topic. Lives as long as its batch and is used again for later commits. */
class TopicRecords {
  readonly topic: string;
  readonly key: Buffer;
  readonly writers: BlockWriter[] = [new BlockWriter()];
  writersUsed = 0;
  /** The offset that the next record of this topic gets, while positions are handed out. */
  nextOffset = 0;

  constructor(topic: string) {
    this.topic = topic;
    this.key = blockKey(topic, 0);
  }

  add(record: JournalRecord): void {
    let writer = this.writers[this.writersUsed - 1];
    if (!writer?.hasRoomFor(record.key, record.value)) {
      writer = this.writers[this.writersUsed] ??= new BlockWriter();
      this.writersUsed += 1;
    }
    writer.add(record.key, record.value);
  }

  /** Hands each block to `store` and returns the offset after the last record. */
  seal(firstOffset: number, store: StoreBytes): number {
    this.nextOffset = firstOffset;
    let offset = firstOffset;
    for (let i = 0; i < this.writersUsed; i += 1) {
      const writer = this.writers[i];
      if (!writer) break;
      this.key.writeBigUInt64BE(BigInt(offset), this.key.length - OFFSET_BYTES);
      store(this.key, writer.seal(offset));
      offset += writer.count;
    }
    return offset;
  }

  reset(): void {
    for (const writer of this.writers) writer.reset();
    if (this.writers.length > KEPT_WRITERS) this.writers.length = KEPT_WRITERS;
    this.writersUsed = 0;
  }
}

export class Batch {
  private readonly topics = new Map<string, TopicRecords>();
  private readonly touched: TopicRecords[] = [];
  private readonly appends: (readonly JournalRecord[])[] = [];
  private readonly appendResolvers: ResolveAppend[] = [];
  private readonly positions = new Map<string, number>();
  private readonly positionResolvers: ResolveCommit[] = [];
  private readonly rejecters: Reject[] = [];

  get isEmpty(): boolean {
    return this.rejecters.length === 0;
  }

  get appendCount(): number {
    return this.appends.length;
  }

  get hasRecords(): boolean {
    return this.touched.length > 0;
  }

  /** Copies the records' bytes; keeps the array to name the positions. */
  addAppend(records: readonly JournalRecord[], resolve: ResolveAppend, reject: Reject): void {
    for (const record of records) {
      const topic = this.topicRecords(record.topic);
      if (topic.writersUsed === 0) this.touched.push(topic);
      topic.add(record);
    }
    this.appends.push(records);
    this.appendResolvers.push(resolve);
    this.rejecters.push(reject);
  }

  addPosition(key: string, nextOffset: number, resolve: ResolveCommit, reject: Reject): void {
    this.positions.set(key, nextOffset);
    this.positionResolvers.push(resolve);
    this.rejecters.push(reject);
  }

  /** Gives every block its place after `heads` and hands it to `store`; returns the heads after this batch. */
  sealBlocks(heads: Heads, store: StoreBytes): Heads {
    const after = new Map(heads);
    for (const topic of this.touched) after.set(topic.topic, topic.seal(heads.get(topic.topic) ?? 0, store));
    return after;
  }

  sealPositions(store: StoreBytes): void {
    for (const [key, nextOffset] of this.positions) {
      const value = Buffer.allocUnsafeSlow(OFFSET_BYTES);
      value.writeBigUInt64LE(BigInt(nextOffset));
      store(Buffer.from(key), value);
    }
  }

  /** Answers everybody with the places of the last `sealBlocks`. */
  resolveAll(): void {
    for (let i = 0; i < this.appends.length; i += 1) this.appendResolvers[i]?.(this.positionsOf(this.appends[i] ?? []));
    for (const resolve of this.positionResolvers) resolve();
  }

  rejectAll(error: Error): void {
    for (const reject of this.rejecters) reject(error);
  }

  reset(): void {
    for (const topic of this.touched) topic.reset();
    this.touched.length = 0;
    this.appends.length = 0;
    this.appendResolvers.length = 0;
    this.positions.clear();
    this.positionResolvers.length = 0;
    this.rejecters.length = 0;
  }

  private positionsOf(records: readonly JournalRecord[]): readonly Position[] {
    const positions = new Array<Position>(records.length);
    for (let i = 0; i < records.length; i += 1) {
      const record = records[i];
      if (!record) break;
      const topic = this.topicRecords(record.topic);
      positions[i] = { topic: record.topic, partition: 0, offset: topic.nextOffset };
      topic.nextOffset += 1;
    }
    return positions;
  }

  private topicRecords(topic: string): TopicRecords {
    let records = this.topics.get(topic);
    if (!records) this.topics.set(topic, (records = new TopicRecords(topic)));
    return records;
  }
}

/** Topic, NUL, offset as u64 big endian: byte order is offset order. */
export function blockKey(topic: string, firstOffset: number): Buffer {
  const topicBytes = Buffer.byteLength(topic);
  const key = Buffer.alloc(topicBytes + 1 + OFFSET_BYTES);
  key.write(topic);
  key.writeBigUInt64BE(BigInt(firstOffset), topicBytes + 1);
  return key;
}

export function firstOffsetOf(key: Buffer): number {
  return Number(key.readBigUInt64BE(key.length - OFFSET_BYTES));
}

export function isTopicName(topic: string): boolean {
  return topic.length > 0 && !topic.includes('\0') && Buffer.byteLength(topic) <= MAX_TOPIC_BYTES;
}
