/** The journal on one machine's disk: group commit in front of LMDB, shared by several processes. */
import { EnvironmentError } from '@countersign/kernel';
import type { Journal, JournalRecord, Position, ReadLimit, StoredRecord, Topic } from '@countersign/ports';

import { isTopicName } from './batch.ts';
import { isStorable } from './block.ts';
import { type Engine, NO_HEADS, type VersionedHeads, closeEngine, openEngine, readHeads } from './engine.ts';
import { GroupCommit } from './group-commit.ts';
import { readRecords } from './read-records.ts';
import { storageError } from './storage-error.ts';
import { withinTimeLimit } from './time-limit.ts';

export interface EmbeddedJournalOptions {
  /** A folder for the journal alone; made when it does not exist. */
  readonly dir: string;
  /** A commit that takes longer is given up: its appends reject. 10,000 ms by default. */
  readonly commitTimeLimitMs?: number;
  /** Address space reserved for reading; no disk is taken. 64 GiB by default; it grows beyond by itself. */
  readonly mapSizeBytes?: number;
}

const COMMIT_TIME_LIMIT_MS = 10_000;
/** How often the head record is looked at for other processes' records, while somebody listens. */
const LOOK_EVERY_MS = 20;

/** Rejects with EnvironmentError where the folder cannot be used; see prepareDataFolder. */
export async function openEmbeddedJournal(options: EmbeddedJournalOptions): Promise<Journal> {
  return new EmbeddedJournal(await openEngine(options.dir, options.mapSizeBytes), options);
}

class EmbeddedJournal implements Journal {
  private readonly options: EmbeddedJournalOptions;
  private readonly timeLimitMs: number;
  private readonly commits: GroupCommit;
  private readonly listeners = new Set<() => void>();
  private engine: Engine;
  private durable = NO_HEADS;
  /** Settles when the engine, which failed, is open again; readers wait for it. */
  private reopened: Promise<void> | undefined;
  private looker: NodeJS.Timeout | undefined;
  private closing: Promise<void> | undefined;

  constructor(engine: Engine, options: EmbeddedJournalOptions) {
    this.engine = engine;
    this.options = options;
    this.timeLimitMs = options.commitTimeLimitMs ?? COMMIT_TIME_LIMIT_MS;
    this.commits = new GroupCommit(engine, this.timeLimitMs, {
      onDurable: (heads) => this.adopt(heads),
      reopen: () => this.reopen(),
    });
  }

  append(records: readonly JournalRecord[]): Promise<readonly Position[]> {
    if (this.closing) return Promise.reject(closedError());
    for (const { topic, key, value } of records) {
      if (!isTopicName(topic)) return Promise.reject(new TypeError(`not a topic name: ${JSON.stringify(topic)}`));
      if (!isStorable(key, value)) return Promise.reject(new RangeError('a key has at most 65,535 bytes, a value 64 MiB'));
    }
    return this.commits.append(records);
  }

  async read(topic: Topic, partition: number, fromOffset: number, limit: ReadLimit): Promise<readonly StoredRecord[]> {
    const head = await this.head(topic, partition);
    return this.reading((engine) => readRecords(engine, topic, fromOffset, head, limit));
  }

  partitions(): Promise<readonly number[]> {
    return Promise.resolve(ONE_PARTITION);
  }

  async head(topic: Topic, partition: number): Promise<number> {
    requirePartitionZero(partition);
    await this.look();
    return this.durable.heads.get(topic) ?? 0;
  }

  async position(group: string, topic: Topic, partition: number): Promise<number> {
    requirePartitionZero(partition);
    if (this.reopened) await this.reopened;
    return this.reading(({ positions }) => {
      positions.resetReadTxn();
      const stored = positions.getBinary(Buffer.from(positionKey(group, topic)));
      return stored ? Number(stored.readBigUInt64LE()) : 0;
    });
  }

  async commit(group: string, topic: Topic, partition: number, nextOffset: number): Promise<void> {
    requirePartitionZero(partition);
    if (this.closing) throw closedError();
    await this.commits.commitPosition(positionKey(group, topic), nextOffset);
  }

  onAppended(listener: () => void): () => void {
    this.listeners.add(listener);
    this.looker ??= setInterval(() => this.lookForOthers(), LOOK_EVERY_MS).unref();
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size === 0) this.stopLooking();
    };
  }

  close(): Promise<void> {
    this.closing ??= this.drainAndClose();
    return this.closing;
  }

  private async drainAndClose(): Promise<void> {
    this.stopLooking();
    this.listeners.clear();
    // An engine that waits for a disk that does not answer cannot be closed; the end of the process releases it.
    if (await this.commits.drain()) await closeEngine(this.engine);
  }

  private reading<T>(work: (engine: Engine) => T): T {
    if (this.closing) throw closedError();
    try {
      return work(this.engine);
    } catch (error) {
      throw storageError('the journal cannot be read', this.engine.path, error);
    }
  }

  private reopen(): Promise<Engine> {
    const reopened = closeEngine(this.engine)
      .then(() => openEngine(this.options.dir, this.options.mapSizeBytes))
      .then((engine) => (this.engine = engine));
    const done = () => {
      this.reopened = undefined;
    };
    this.reopened = reopened.then(done, done);
    return reopened;
  }

  /** Learns what other processes have appended, and makes it durable before anybody here sees it. */
  private async look(): Promise<void> {
    if (this.reopened) await this.reopened;
    const seen = this.reading((engine) => readHeads(engine, this.durable));
    if (seen.version <= this.durable.version) return;
    // Visible, but perhaps not synced yet: our own commit's answer, which is on its way, says when it is.
    if (seen.version === this.commits.versionInFlight) return;
    try {
      await withinTimeLimit(this.engine.file.datasync(), this.timeLimitMs);
    } catch (error) {
      throw storageError('the journal cannot be read', this.engine.path, error);
    }
    this.adopt(seen);
  }

  private lookForOthers(): void {
    // Whoever reads next gets the error.
    this.look().catch(() => this.notify());
  }

  private adopt(heads: VersionedHeads): void {
    if (heads.version <= this.durable.version) return;
    this.durable = heads;
    this.notify();
  }

  private notify(): void {
    // In microtasks of their own: a listener that throws must not stop the commit that it was told of.
    for (const listener of this.listeners) queueMicrotask(listener);
  }

  private stopLooking(): void {
    clearInterval(this.looker);
    this.looker = undefined;
  }
}

const ONE_PARTITION: readonly number[] = [0];

function positionKey(group: string, topic: Topic): string {
  return `${group}\0${topic}`;
}

function requirePartitionZero(partition: number): void {
  if (partition !== 0) throw new RangeError(`the embedded journal has partition 0 only, not ${partition}`);
}

function closedError(): EnvironmentError {
  return new EnvironmentError('the journal is closed', 'Open it again.');
}
