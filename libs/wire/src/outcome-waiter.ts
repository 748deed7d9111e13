/** Waits for what became of a command: the first event of the approvals topic that the command caused. */
import { decodeEvent, type Event } from './envelope.ts';

/** The part of the journal port that a watch needs (libs/ports `Journal` satisfies it). */
export interface WatchedJournal<Topic extends string> {
  read(
    topic: Topic,
    partition: number,
    fromOffset: number,
    limit: { maxRecords: number; maxBytes: number },
  ): Promise<readonly { readonly offset: number; readonly value: Uint8Array }[]>;
  partitions(topic: Topic): Promise<readonly number[]>;
  head(topic: Topic, partition: number): Promise<number>;
  onAppended(listener: () => void): () => void;
}

export interface ExpectedOutcome {
  /** The outcome, or undefined when the time is over. Call it after the command was appended, once. */
  within(timeoutMs: number): Promise<Event | undefined>;
  /** Stops waiting; for a command that could not be appended. */
  drop(): void;
}

export interface ApprovalWatch {
  /** Call it before the command is appended: only what is appended afterwards is seen. Rejects when the journal cannot be read. */
  expect(commandId: string): Promise<ExpectedOutcome>;
  /** Ends all waiting (with undefined) and releases the journal. */
  stop(): void;
}

const READ_LIMIT = { maxRecords: 256, maxBytes: 4 << 20 };

/** Reads the topic only while somebody waits. `onTrouble` hears of reads that failed; the next append tries again. */
export function watchApprovals<Topic extends string>(
  journal: WatchedJournal<Topic>,
  topic: Topic,
  onTrouble: (cause: unknown) => void,
): ApprovalWatch {
  return new Watch(journal, topic, onTrouble);
}

interface Waiter {
  readonly commandId: string;
  settle(outcome: Event | undefined): void;
}

class Watch<Topic extends string> implements ApprovalWatch {
  readonly #journal: WatchedJournal<Topic>;
  readonly #topic: Topic;
  readonly #onTrouble: (cause: unknown) => void;
  readonly #unsubscribe: () => void;
  readonly #waiters = new Set<Waiter>();
  /** The next offset of each partition; undefined while nobody waits. */
  #positions: Map<number, number> | undefined;
  #opening: Promise<void> | undefined;
  #reading = false;
  #again = false;

  constructor(journal: WatchedJournal<Topic>, topic: Topic, onTrouble: (cause: unknown) => void) {
    this.#journal = journal;
    this.#topic = topic;
    this.#onTrouble = onTrouble;
    this.#unsubscribe = journal.onAppended(() => this.#pump());
  }

  async expect(commandId: string): Promise<ExpectedOutcome> {
    const { promise: settled, resolve: settle } = Promise.withResolvers<Event | undefined>();
    const waiter: Waiter = { commandId, settle };
    this.#waiters.add(waiter);
    try {
      if (!this.#positions) await (this.#opening ??= this.#open().finally(() => (this.#opening = undefined)));
    } catch (cause) {
      this.#leave(waiter);
      throw cause;
    }
    return {
      within: async (timeoutMs) => {
        const timer = setTimeout(() => settle(undefined), timeoutMs);
        this.#pump();
        try {
          return await settled;
        } finally {
          clearTimeout(timer);
          this.#leave(waiter);
        }
      },
      drop: () => this.#leave(waiter),
    };
  }

  stop(): void {
    this.#unsubscribe();
    for (const waiter of this.#waiters) waiter.settle(undefined);
  }

  async #open(): Promise<void> {
    const heads = new Map<number, number>();
    for (const partition of await this.#journal.partitions(this.#topic)) {
      heads.set(partition, await this.#journal.head(this.#topic, partition));
    }
    this.#positions = heads;
  }

  #leave(waiter: Waiter): void {
    this.#waiters.delete(waiter);
    // The next one starts from the head as it is then, not through everything that nobody waited for.
    if (this.#waiters.size === 0) this.#positions = undefined;
  }

  #pump(): void {
    if (this.#waiters.size === 0) return;
    this.#again = true;
    if (!this.#reading) void this.#readWhileNews();
  }

  async #readWhileNews(): Promise<void> {
    this.#reading = true;
    try {
      while (this.#again) {
        this.#again = false;
        await this.#readOn();
      }
    } catch (cause) {
      this.#onTrouble(cause);
    } finally {
      this.#reading = false;
    }
  }

  async #readOn(): Promise<void> {
    const positions = this.#positions;
    if (!positions) return;
    for (const [partition, from] of positions) {
      for (let at = from; ;) {
        const records = await this.#journal.read(this.#topic, partition, at, READ_LIMIT);
        if (records.length === 0) break;
        for (const record of records) {
          this.#hand(record.value);
          at = record.offset + 1;
        }
        positions.set(partition, at);
      }
    }
  }

  #hand(bytes: Uint8Array): void {
    const stored = eventOf(bytes);
    if (!stored) return;
    for (const waiter of this.#waiters) if (waiter.commandId === stored.causationId) waiter.settle(stored);
  }
}

/** Undefined for bytes that are no event: they are nobody's outcome, and lineage quarantines them. */
function eventOf(bytes: Uint8Array): Event | undefined {
  try {
    return decodeEvent(bytes);
  } catch {
    return undefined;
  }
}
