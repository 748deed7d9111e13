/** A journal in memory, for tests of what stands on the port: the same promises, without a disk. */
import type { Journal, JournalRecord, Position, ReadLimit, StoredRecord, Topic } from '@countersign/ports';

export function createMemoryJournal(): Journal {
  return new MemoryJournal();
}

class MemoryJournal implements Journal {
  private readonly topics = new Map<Topic, StoredRecord[]>();
  private readonly positions = new Map<string, number>();
  private readonly listeners = new Set<() => void>();
  private closed = false;

  async append(records: readonly JournalRecord[]): Promise<readonly Position[]> {
    if (this.closed) throw new Error('the journal is closed');
    const positions = records.map(({ topic, key, value }) => {
      const stored = this.records(topic);
      const position = { topic, partition: 0, offset: stored.length };
      stored.push({ ...position, key, value: value.slice() });
      return position;
    });
    for (const listener of this.listeners) queueMicrotask(listener);
    return positions;
  }

  async read(topic: Topic, partition: number, fromOffset: number, limit: ReadLimit): Promise<readonly StoredRecord[]> {
    requirePartitionZero(partition);
    const found: StoredRecord[] = [];
    let bytes = 0;
    for (const record of this.records(topic).slice(fromOffset)) {
      bytes += record.value.length;
      if (found.length > 0 && (found.length >= limit.maxRecords || bytes > limit.maxBytes)) break;
      found.push({ ...record, value: record.value.slice() });
    }
    return found;
  }

  async partitions(): Promise<readonly number[]> {
    return [0];
  }

  async head(topic: Topic, partition: number): Promise<number> {
    requirePartitionZero(partition);
    return this.records(topic).length;
  }

  async position(group: string, topic: Topic, partition: number): Promise<number> {
    requirePartitionZero(partition);
    return this.positions.get(`${group}\0${topic}`) ?? 0;
  }

  async commit(group: string, topic: Topic, partition: number, nextOffset: number): Promise<void> {
    requirePartitionZero(partition);
    this.positions.set(`${group}\0${topic}`, nextOffset);
  }

  onAppended(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  async close(): Promise<void> {
    this.closed = true;
  }

  private records(topic: Topic): StoredRecord[] {
    let records = this.topics.get(topic);
    if (!records) this.topics.set(topic, (records = []));
    return records;
  }
}

function requirePartitionZero(partition: number): void {
  if (partition !== 0) throw new RangeError(`the journal has partition 0 only, not ${partition}`);
}
