/** Group commit: gathers what is written while one commit is on its way to the disk, and stores it with the next. */
import { EnvironmentError } from '@countersign/kernel';
import type { JournalRecord, Position } from '@countersign/ports';

import { Batch } from './batch.ts';
import { type Engine, HEADS_KEY, NO_HEADS, type VersionedHeads, causeOf, readHeads } from './engine.ts';
import { type Heads, encodeHeads } from './heads.ts';
import { breaksEngine, storageError } from './storage-error.ts';

export interface GroupCommitHooks {
  /** These heads are durable now. */
  onDurable(heads: VersionedHeads): void;
  /** The engine failed in a way that it must be opened anew for; resolves when that is done. */
  reopen(): Promise<Engine>;
}

interface Flight {
  readonly batch: Batch;
  /** The version of the head record once this flight has landed. */
  readonly version: number;
  abandoned: boolean;
}

export class GroupCommit {
  private readonly hooks: GroupCommitHooks;
  private readonly timeLimitMs: number;
  private engine: Engine;
  private gathering = new Batch();
  private spare: Batch | undefined = new Batch();
  private flight: Flight | undefined;
  private newest = NO_HEADS;
  private armed = false;
  /** Of the newest flush: how many appends it took along, and when. */
  private lastAppends = 0;
  private flushedAtMs = 0;
  /** Set from a failure until storage is trusted again: appends reject with it. */
  private refusal: EnvironmentError | undefined;
  private timer: NodeJS.Timeout | undefined;
  private reopening: Promise<void> | undefined;
  private closing = false;
  private idleWaiters: (() => void)[] = [];

  constructor(engine: Engine, timeLimitMs: number, hooks: GroupCommitHooks) {
    this.engine = engine;
    this.timeLimitMs = timeLimitMs;
    this.hooks = hooks;
  }

  /** The version that the head record gets from the commit that is under way. */
  get versionInFlight(): number | undefined {
    return this.flight?.version;
  }

  append(records: readonly JournalRecord[]): Promise<readonly Position[]> {
    if (this.refusal) return Promise.reject(this.refusal);
    this.arm();
    const promise = new Promise<readonly Position[]>(keepAppend);
    this.gathering.addAppend(records, keptResolve, keptReject);
    return promise;
  }

  commitPosition(key: string, nextOffset: number): Promise<void> {
    if (this.refusal) return Promise.reject(this.refusal);
    this.arm();
    return new Promise((resolve, reject) => this.gathering.addPosition(key, nextOffset, resolve, reject));
  }

  /** Resolves when everybody has an answer: true when the engine is at rest, too. Nothing may be written after the call. */
  async drain(): Promise<boolean> {
    this.closing = true;
    while (this.isBusy()) await new Promise<void>((resolve) => this.idleWaiters.push(resolve));
    await this.reopening;
    clearTimeout(this.timer);
    return this.flight === undefined;
  }

  private isBusy(): boolean {
    return (this.flight !== undefined && !this.flight.abandoned) || !this.gathering.isEmpty;
  }

  private arm(): void {
    if (this.armed || this.flight) return;
    this.armed = true;
    // A commit costs this thread as much as dozens of appends: under load a short wait fills the next one. A lone append never waits.
    if (this.lastAppends >= BUSY_APPENDS && performance.now() - this.flushedAtMs < PACE_MS) setTimeout(this.flush, PACE_MS);
    else setImmediate(this.flush);
  }

  private readonly flush = (): void => {
    if (!this.armed) return;
    this.armed = false;
    const batch = this.gathering;
    this.gathering = this.spare ?? new Batch();
    this.spare = undefined;
    this.lastAppends = batch.appendCount;
    this.flushedAtMs = performance.now();
    this.startTimer();
    this.write(batch);
  };

  private write(batch: Batch): void {
    let flight: Flight = { batch, version: 0, abandoned: false };
    this.flight = flight;
    try {
      this.newest = readHeads(this.engine, this.newest);
      const { version, heads } = this.newest;
      this.flight = flight = { batch, version: version + 1, abandoned: false };
      const { blocks, positions, heads: headStore } = this.engine;
      let after = heads;
      // All or nothing, and only if no other process has appended since: the head record still has this version.
      const stored = headStore.ifVersion(HEADS_KEY, version, () => {
        after = batch.sealBlocks(heads, (key, value) => void blocks.put(key, value));
        batch.sealPositions((key, value) => void positions.put(key, value));
        if (batch.hasRecords) void headStore.put(HEADS_KEY, encodeHeads(after), flight.version);
      });
      // A second write makes the engine begin at once instead of in the next turn; removing what is not there is the cheapest.
      positions.remove(NO_KEY).catch(outcomeIsKnownElsewhere);
      stored.then(
        (won) => this.landed(flight, won, after),
        (error: unknown) => void causeOf(error).then((cause) => this.crashed(flight, cause)),
      );
    } catch (error) {
      this.crashed(flight, error);
    }
  }

  private landed(flight: Flight, won: boolean, heads: Heads): void {
    if (!won && !flight.abandoned) return this.write(flight.batch);
    this.flight = undefined;
    if (won && flight.batch.hasRecords) {
      this.newest = { version: flight.version, heads };
      this.hooks.onDurable(this.newest);
    }
    if (flight.abandoned) {
      this.trustAgain();
    } else {
      flight.batch.resolveAll();
      flight.batch.reset();
      this.spare = flight.batch;
    }
    this.next();
  }

  private crashed(flight: Flight, cause: unknown): void {
    this.flight = undefined;
    if (!flight.abandoned) this.refuse(flight.batch, storageError('records could not be stored', this.engine.path, cause));
    if (breaksEngine(cause)) this.reopening = this.reopen();
    else this.trustAgain();
    this.next();
  }

  /** Rejects the batch and all that queues behind it, so that no later record is stored without an earlier one. */
  private refuse(batch: Batch, refusal: EnvironmentError): void {
    this.refusal = refusal;
    const behind = this.gathering;
    this.gathering = new Batch();
    this.armed = false;
    batch.rejectAll(refusal);
    behind.rejectAll(refusal);
  }

  /** In a later turn: who was refused a moment ago sees that before anybody's next append is taken. */
  private trustAgain(): void {
    setImmediate(() => {
      this.refusal = undefined;
    });
  }

  private async reopen(): Promise<void> {
    while (!this.closing) {
      try {
        this.engine = await this.hooks.reopen();
        this.reopening = undefined;
        return this.trustAgain();
      } catch (error) {
        this.refusal = storageError('the journal could not be opened again', this.engine.path, error);
        await new Promise((resolve) => setTimeout(resolve, REOPEN_EVERY_MS).unref());
      }
    }
  }

  private next(): void {
    if (!this.gathering.isEmpty) this.arm();
    if (this.isBusy()) return;
    for (const wake of this.idleWaiters.splice(0)) wake();
  }

  private startTimer(): void {
    if (this.timer) this.timer.refresh();
    else this.timer = setTimeout(() => this.timeUp(), this.timeLimitMs).unref();
  }

  private timeUp(): void {
    const { flight } = this;
    if (!flight || flight.abandoned) return;
    // The engine still holds the batch's buffers and may store them yet. Only when it answers is it known what is stored.
    flight.abandoned = true;
    this.refuse(
      flight.batch,
      new EnvironmentError(
        `the disk did not confirm a commit within ${this.timeLimitMs} ms (${this.engine.path})`,
        'Check the disk. Whether these records are stored is known once it answers; the journal then accepts appends by itself.',
      ),
    );
    this.next();
  }
}

const NO_KEY = Buffer.from([0]);
const REOPEN_EVERY_MS = 250;
const BUSY_APPENDS = 4;
const PACE_MS = 1;

// One executor for all promises: an append then costs no closure of its own.
let keptResolve: (positions: readonly Position[]) => void;
let keptReject: (error: Error) => void;
function keepAppend(resolve: typeof keptResolve, reject: typeof keptReject): void {
  keptResolve = resolve;
  keptReject = reject;
}

/** The write shares its transaction with the batch, whose promise tells how it ended. */
function outcomeIsKnownElsewhere(): void {}
