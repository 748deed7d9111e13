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

interface Waiter {
  readonly commandId: string;
  settle(outcome: Event | undefined): void;
}

/** Reads the topic only while somebody waits. `onTrouble` hears of reads that failed; the next append tries again. */
export function watchApprovals<Topic extends string>(
  journal: WatchedJournal<Topic>,
  topic: Topic,
  onTrouble: (cause: unknown) => void,
): ApprovalWatch {
  const waiters = new Set<Waiter>();
  let positions: Map<number, number> | undefined;
  let opening: Promise<void> | undefined;
  let reading = false;
  let again = false;

  async function open(): Promise<void> {
    const heads = new Map<number, number>();
    for (const partition of await journal.partitions(topic)) heads.set(partition, await journal.head(topic, partition));
    positions = heads;
  }

  async function readOn(): Promise<void> {
    if (!positions) return;
    for (const [partition, from] of positions) {
      let at = from;
      for (;;) {
        const records = await journal.read(topic, partition, at, READ_LIMIT);
        if (records.length === 0) break;
        for (const record of records) {
          hand(record.value);
          at = record.offset + 1;
        }
        positions.set(partition, at);
      }
    }
  }

  function hand(bytes: Uint8Array): void {
    const stored = eventOf(bytes);
    if (!stored) return;
    for (const waiter of waiters) if (waiter.commandId === stored.causationId) waiter.settle(stored);
  }

  function pump(): void {
    if (waiters.size === 0) return;
    again = true;
    if (reading) return;
    reading = true;
    void (async () => {
      try {
        while (again) {
          again = false;
          await readOn();
        }
      } catch (cause) {
        onTrouble(cause);
      } finally {
        reading = false;
      }
    })();
  }

  const unsubscribe = journal.onAppended(pump);

  function leave(waiter: Waiter): void {
    waiters.delete(waiter);
    // The next one starts from the head as it is then, not through everything that nobody waited for.
    if (waiters.size === 0) positions = undefined;
  }

  return {
    async expect(commandId) {
      let settle!: (outcome: Event | undefined) => void;
      const settled = new Promise<Event | undefined>((resolve) => (settle = resolve));
      const waiter: Waiter = { commandId, settle };
      waiters.add(waiter);
      try {
        if (!positions) await (opening ??= open().finally(() => (opening = undefined)));
      } catch (cause) {
        leave(waiter);
        throw cause;
      }
      return {
        async within(timeoutMs) {
          const timer = setTimeout(() => settle(undefined), timeoutMs);
          pump();
          try {
            return await settled;
          } finally {
            clearTimeout(timer);
            leave(waiter);
          }
        },
        drop: () => leave(waiter),
      };
    },

    stop() {
      unsubscribe();
      for (const waiter of waiters) waiter.settle(undefined);
    },
  };
}

/** Undefined for bytes that are no event: they are nobody's outcome, and lineage quarantines them. */
function eventOf(bytes: Uint8Array): Event | undefined {
  try {
    return decodeEvent(bytes);
  } catch {
    return undefined;
  }
}
