/**
 * The loop from the journal to the tables. Each event is in each table exactly once, whatever dies when: a block is stored whole
 * or not at all, and after a start or any failure every table is asked how far it has come.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { EnvironmentError, messageOf } from '@countersign/kernel';
import type { Clock, Journal, LineageStore } from '@countersign/ports';
import { Batch, type Decode, FULL_EVENTS } from './batch.ts';
import { Bell } from './bell.ts';
import { type Cursor, GROUP, readCursors } from './cursors.ts';
import type { LineageLog } from './log.ts';

export interface MaterialiserDeps {
  readonly journal: Journal;
  readonly store: LineageStore;
  readonly clock: Clock;
  readonly log: LineageLog;
  readonly decode: Decode;
}

/** The first event after a pause is stored at once; the ones right behind it wait this long for company: parts cost merges. */
const GATHER_MS = 200;
/** After a batch of at least this many events the next one follows at once. */
const BUSY_EVENTS = FULL_EVENTS / 10;
/** Looks into the journal at least this often, should a notification get lost. */
const IDLE_MS = 1_000;
/** While a block is being stored, what has come since is read this often: in small pieces, and not at every append. */
const LOOK_MS = 25;
const BACKOFF_MS = { first: 50, last: 5_000 } as const;

export class Materialiser {
  readonly #deps: MaterialiserDeps;
  /** Rings when the journal has news. */
  readonly #news = new Bell();
  /** Rings when a store has ended. */
  readonly #due = new Bell();
  readonly #afterStore = new Set<() => void>();
  #cursors: readonly Cursor[] = [];
  #running: Promise<void> | undefined;
  #stopping = false;
  /** Of the store under way; settled when nothing is. */
  #stored: Promise<void> = Promise.resolve();
  #storing = false;
  #lastStoreMs = 0;
  #lastStoreEvents = 0;
  /** Why nothing moves now; null while all is well. */
  problem: string | null = null;

  constructor(deps: MaterialiserDeps) {
    this.#deps = deps;
  }

  /** What is surely in every table. */
  get cursors(): readonly Cursor[] {
    return this.#cursors;
  }

  /** From what the tables say; also after a pause. */
  start(): void {
    this.#stopping = false;
    this.#cursors = [];
    const unsubscribe = this.#deps.journal.onAppended(() => this.#news.ring());
    this.#running = this.#run().finally(unsubscribe);
  }

  /** Ends after the block that is being stored. */
  async pause(): Promise<void> {
    this.#stopping = true;
    this.#news.ring();
    this.#due.ring();
    await this.#running;
  }

  /** Calls back after each stored batch; returns the way to stop. */
  onStored(listener: () => void): () => void {
    this.#afterStore.add(listener);
    return () => this.#afterStore.delete(listener);
  }

  async #run(): Promise<void> {
    let backoffMs: number = BACKOFF_MS.first;
    while (!this.#stopping) {
      try {
        await this.#deps.store.migrate();
        this.#cursors = await readCursors(this.#deps.journal, this.#deps.store);
        this.problem = null;
        this.#tell();
        await this.#flow(() => {
          backoffMs = BACKOFF_MS.first;
        });
      } catch (thrown) {
        // What is under way must have ended before the tables are asked how far they have come.
        await this.#stored.catch(() => undefined);
        this.#report(thrown, backoffMs);
        await this.#pauseFor(backoffMs);
        backoffMs = Math.min(backoffMs * 2, BACKOFF_MS.last);
      }
    }
  }

  /** Gathers the next batch while the one before is being stored; throws at the first failure of either. */
  async #flow(onProgress: () => void): Promise<void> {
    let from = this.#cursors;
    this.#stored = Promise.resolve();
    while (!this.#stopping) {
      const batch = await this.#gather(from);
      await this.#stored;
      if (batch.events === 0) continue;
      onProgress();
      from = batch.cursors;
      this.#storing = true;
      this.#stored = this.#store(batch).finally(() => {
        this.#storing = false;
        this.#due.ring();
      });
      // Awaited above or below; until then a rejection must not count as unhandled.
      this.#stored.catch(() => undefined);
    }
    await this.#stored;
  }

  async #gather(from: readonly Cursor[]): Promise<Batch> {
    const { journal, store, decode, log } = this.#deps;
    const batch = new Batch(from, store);
    while (!this.#stopping && !batch.full) {
      if (await batch.readMore(journal, decode, log)) {
        await new Promise((resolve) => setImmediate(resolve));
        continue;
      }
      // A failed store must be seen now, not when the next event comes.
      if (!this.#storing) await this.#stored;
      const waitMs = this.#dueInMs();
      if (waitMs > 0) await this.#due.wait(Math.min(waitMs, LOOK_MS));
      else if (batch.events > 0) break;
      else await this.#news.wait(IDLE_MS);
    }
    return batch;
  }

  #dueInMs(): number {
    if (this.#storing) return Infinity;
    if (this.#lastStoreEvents >= BUSY_EVENTS) return 0;
    return this.#lastStoreMs + GATHER_MS - this.#deps.clock.nowMs();
  }

  /** All tables at once: while the engine works on one, the next is encoded. Every insert has ended when this settles. */
  async #store(batch: Batch): Promise<void> {
    const { clock, journal, store } = this.#deps;
    this.#lastStoreMs = clock.nowMs();
    this.#lastStoreEvents = batch.events;
    const results = await Promise.allSettled(batch.blocks().map((block) => store.insert(block)));
    for (const result of results) if (result.status === 'rejected') throw result.reason;
    const before = this.#cursors;
    this.#cursors = batch.cursors;
    const moved = batch.cursors.filter((cursor, index) => cursor.done !== before[index]?.done);
    await Promise.all(moved.map(({ topic, partition, done }) => journal.commit(GROUP, topic, partition, done)));
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#afterStore) listener();
  }

  #report(thrown: unknown, retryInMs: number): void {
    this.problem = messageOf(thrown);
    if (thrown instanceof EnvironmentError) {
      this.#deps.log.warn(
        { reason: thrown.message, advice: thrown.advice, retryInMs },
        'lineage waits: its store or journal failed',
      );
    } else {
      this.#deps.log.error({ err: thrown, retryInMs }, 'lineage failed: bug');
    }
  }

  async #pauseFor(ms: number): Promise<void> {
    const endMs = this.#deps.clock.nowMs() + ms;
    while (!this.#stopping && this.#deps.clock.nowMs() < endMs) await sleep(Math.min(ms, 50));
  }
}
