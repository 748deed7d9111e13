/**
 * What came before, kept up to date with the journal and asked for by each decision. A decision sees every earlier one of this
 * process: those on record are counted, those under way are shown beside them until they are on record or lost.
 */
import { type CountedDecision, type MemorySizes, type ReportedRows, type Whose } from '@countersign/decision';
import { messageOf } from '@countersign/kernel';
import { type Clock, type Journal, type ProjectionStore, TOPICS } from '@countersign/ports';
import { countRecord } from './count-record.ts';
import { openSnapshots } from './snapshots.ts';

export interface Remembered {
  /** The members of `input.session` behind its id. */
  readonly members: string;
  /** Offset of the last event that was counted; 0 before the first. */
  readonly position: number;
}

export interface Memory {
  /** Grows with everything that is counted and is no decision of this process. */
  readonly changes: number;
  /** What came before; undefined while that cannot be known, and then nothing may be allowed. */
  before(of: Whose, atMs: number): Remembered | undefined;
  /** Shows a decision from now on, until `durable` or `lost` is called. Call it before any other turn can decide. */
  begin(decision: CountedDecision): void;
  durable(decision: CountedDecision, offset: number): void;
  lost(decision: CountedDecision): void;
  /** Counts an outcome that this process put on record. */
  reported(outcome: ReportedRows, offset: number, atMs: number): void;
}

export interface MemoryStats extends MemorySizes {
  /** Events on record that are not counted yet. */
  readonly lagEvents: number;
  /** Histories thrown away for want of room since the start. */
  readonly forgotten: number;
  /** Why decisions are denied for now; empty while all is well. */
  readonly problem: string;
}

export interface OpenMemory extends Memory {
  stats(): Promise<MemoryStats>;
  stop(): Promise<void>;
}

export interface MemoryDeps {
  readonly journal: Journal;
  /** Snapshots lie under `memory/`; derived, may be deleted. */
  readonly store: ProjectionStore;
  readonly clock: Clock;
  readonly log: (message: string) => void;
  /** How many events a snapshot may lie behind; SAVE_EVERY_EVENTS by default. */
  readonly saveEveryEvents?: number;
}

const BATCH = { maxRecords: 4_096, maxBytes: 16 << 20 };
const LOOK_AFTER_MS = 20;
const RETRY_MS = 250;
/** What is on record must be counted within this time, or nothing is allowed any more. */
export const STALE_MS = 10_000;

type Placed =
  | { readonly sort: 'decision'; readonly decision: CountedDecision }
  | { readonly sort: 'outcome'; readonly outcome: ReportedRows; readonly atMs: number };

/** Resolved once everything on record is counted. Rejects with an EnvironmentError when journal or store cannot be read. */
export async function openMemory(deps: MemoryDeps): Promise<OpenMemory> {
  const { journal, clock, log } = deps;
  const snapshots = openSnapshots(deps);
  const memory = await snapshots.load();
  /** Shown beside what is counted, by decision id. */
  const underWay = new Map<string, CountedDecision>();
  /** On record, but something before them is not counted yet. */
  const waiting = new Map<number, Placed>();
  let gapSinceMs = 0;
  let changes = 0;
  let trouble = '';
  let timer: NodeJS.Timeout | undefined;
  let following: Promise<void> | undefined;
  /** Something was appended while the reader was at work, perhaps behind where it looked. */
  let again = false;
  let stopped = false;

  function count(offset: number, placed: Placed): void {
    if (placed.sort === 'outcome') {
      changes++;
      return memory.reported(offset, placed.outcome, placed.atMs);
    }
    settle(placed.decision);
    memory.decided(offset, placed.decision);
  }

  /** True where it was still shown. */
  function settle(decision: CountedDecision): boolean {
    if (!underWay.delete(decision.decisionId)) return false;
    memory.end(decision.whose, decision.deed);
    return true;
  }

  function place(offset: number, placed: Placed): void {
    if (offset < memory.next) return;
    if (offset > memory.next) {
      if (waiting.size === 0) gapSinceMs = clock.nowMs();
      waiting.set(offset, placed);
      return look(0);
    }
    count(offset, placed);
    drain();
    snapshots.saveWhenDue(memory);
  }

  function drain(): void {
    for (;;) {
      const next = waiting.size === 0 ? undefined : waiting.get(memory.next);
      if (!next) return;
      waiting.delete(memory.next);
      count(memory.next, next);
    }
  }

  async function readOn(): Promise<void> {
    for (;;) {
      const records = await journal.read(TOPICS.decisions, 0, memory.next, BATCH);
      if (records.length === 0 || stopped) return;
      for (const record of records) {
        if (record.offset < memory.next) continue;
        const own = waiting.get(record.offset);
        waiting.delete(record.offset);
        if (own) count(record.offset, own);
        else {
          changes++;
          countRecord(memory, record, takeOwn);
        }
      }
      drain();
      snapshots.saveWhenDue(memory);
    }
  }

  /** A decision of this process that the journal shows before its own append has answered. */
  function takeOwn(decisionId: string): CountedDecision | undefined {
    const own = underWay.get(decisionId);
    if (own) settle(own);
    return own;
  }

  async function follow(): Promise<void> {
    for (;;) {
      try {
        await readOn();
        trouble = '';
        return;
      } catch (error) {
        trouble = `the journal cannot be read: ${messageOf(error)}`;
        log(`the memory of earlier decisions could not be brought up to date: ${messageOf(error)}`);
      }
      if (stopped) return;
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }

  function look(afterMs: number): void {
    again = true;
    if (stopped || following) return;
    if (timer && afterMs > 0) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      timer = undefined;
      // Most of what is new is this process's own and about to be placed.
      if (underWay.size > 0 && waiting.size === 0) return look(LOOK_AFTER_MS);
      again = false;
      following = follow().finally(() => {
        following = undefined;
        if (again || waiting.size > 0) look(LOOK_AFTER_MS);
      });
    }, afterMs).unref();
  }

  function problem(): string {
    if (waiting.size === 0 || clock.nowMs() - gapSinceMs <= STALE_MS) return '';
    return `what is on record could not be counted for ${STALE_MS} ms${trouble === '' ? '' : `, ${trouble}`}`;
  }

  await readOn();
  const unsubscribe = journal.onAppended(() => look(LOOK_AFTER_MS));
  return {
    get changes() {
      return changes;
    },

    before: (of, atMs) =>
      problem() === '' ? { members: memory.members(of, atMs), position: Math.max(0, memory.next - 1) } : undefined,

    begin(decision) {
      underWay.set(decision.decisionId, decision);
      memory.begin(decision.whose, decision.deed);
    },

    durable(decision, offset) {
      // Not shown any more: the journal's reader was faster and has counted it.
      if (underWay.has(decision.decisionId)) place(offset, { sort: 'decision', decision });
    },

    lost(decision) {
      settle(decision);
    },

    reported: (outcome, offset, atMs) => place(offset, { sort: 'outcome', outcome, atMs }),

    async stats() {
      const head = await journal.head(TOPICS.decisions, 0);
      return { ...memory.sizes, forgotten: memory.forgotten, lagEvents: Math.max(0, head - memory.next), problem: problem() };
    },

    async stop() {
      stopped = true;
      unsubscribe();
      clearTimeout(timer);
      await following;
      await snapshots.stop(memory);
    },
  };
}
