/** Reads records of one topic out of the stored blocks: one search for the first block, then straight on. */
import { EnvironmentError } from '@countersign/kernel';
import type { ReadLimit, StoredRecord, Topic } from '@countersign/ports';

import { blockKey, firstOffsetOf } from './batch.ts';
import { BlockReader, DamagedBlock } from './block.ts';
import type { Engine } from './engine.ts';

/** Records from `fromOffset` up to `head`. Throws EnvironmentError, naming topic and offset, for what is damaged or missing. */
export function readRecords(engine: Engine, topic: Topic, fromOffset: number, head: number, limit: ReadLimit): StoredRecord[] {
  const records: StoredRecord[] = [];
  if (fromOffset >= head) return records;
  let bytes = 0;
  let block = openBlock(engine, topic, firstOffsetBefore(engine, topic, fromOffset));
  block.skip(fromOffset - block.offset);
  const end = Math.min(head, fromOffset + Math.max(limit.maxRecords, 1));
  for (let offset = fromOffset; offset < end; offset += 1) {
    if (!block.next()) {
      block = openBlock(engine, topic, offset);
      block.next();
    }
    bytes += block.value.length;
    if (records.length > 0 && bytes > limit.maxBytes) break;
    records.push({ topic, partition: 0, offset, key: block.key, value: block.value });
  }
  return records;
}

function firstOffsetBefore(engine: Engine, topic: Topic, offset: number): number {
  const [key] = engine.blocks.getKeys({
    start: blockKey(topic, offset),
    end: blockKey(topic, 0),
    inclusiveEnd: true,
    reverse: true,
    limit: 1,
  });
  if (!key) throw damaged(engine, topic, offset, 'it is missing');
  return firstOffsetOf(key);
}

function openBlock(engine: Engine, topic: Topic, firstOffset: number): BlockReader {
  const bytes = engine.blocks.getBinary(blockKey(topic, firstOffset));
  if (!bytes) throw damaged(engine, topic, firstOffset, 'it is missing');
  try {
    return new BlockReader(bytes, firstOffset);
  } catch (error) {
    if (error instanceof DamagedBlock) throw damaged(engine, topic, firstOffset, error.message);
    throw error;
  }
}

function damaged(engine: Engine, topic: Topic, offset: number, why: string): EnvironmentError {
  return new EnvironmentError(
    `the block of topic ${topic} at offset ${offset} is damaged in ${engine.path}: ${why}`,
    'Stop, keep the folder for the investigation, and restore the data folder from a backup.',
  );
}
