/** Reads the approvals topic of one partition and folds it into the read model. */
import { evolve } from '@countersign/approval';
import { EnvironmentError, messageOf } from '@countersign/kernel';
import { type Journal, TOPICS } from '@countersign/ports';
import { approvalEventOf, decodeEvent, type Event } from '@countersign/wire';
import type { ReadModel } from './read-model.ts';

const READ_LIMIT = { maxRecords: 256, maxBytes: 8 << 20 };

export interface Fold {
  /** The offset of the next event to read. */
  next(): number;
  /** The time of the newest event read. */
  timeMs(): number;
  /** Folds up to the head; calls back for each event, known or not, and after each block of them. */
  toHead(onEvent: (stored: Event) => void, afterBlock?: () => Promise<void>): Promise<void>;
}

/** Events that the read model knows already (by their version) are passed over, so the fold may start anywhere before its end. */
export function openFold(
  deps: { readonly journal: Journal; readonly model: ReadModel; readonly log: (message: string) => void },
  partition: number,
  from: { readonly approvals: number; readonly timeMs: number },
): Fold {
  const { journal, model, log } = deps;
  let next = from.approvals;
  let timeMs = from.timeMs;

  function fold(bytes: Uint8Array, offset: number): Event | undefined {
    const stored = read(bytes, `approvals ${partition}/${offset}`, log);
    const happened = stored && approvalEventOf(stored);
    if (!stored || !happened) return undefined;
    timeMs = Math.max(timeMs, happened.atMs);
    const before = model.get(happened.approvalId);
    const version = Number(stored.streamVersion);
    if (version > before.version + 1) {
      throw new EnvironmentError(
        `the record of approval ${happened.approvalId} jumps from version ${before.version} to ${version} at offset ${offset}`,
        'Events are missing: run "countersign verify", and restore the journal before approvals go on.',
      );
    }
    // Already folded before a crash, or written twice by two owners of the partition: they wrote the same.
    if (version > before.version) model.put(happened.approvalId, evolve(before, happened));
    return stored;
  }

  return {
    next: () => next,
    timeMs: () => timeMs,
    async toHead(onEvent, afterBlock) {
      for (;;) {
        const records = await journal.read(TOPICS.approvals, partition, next, READ_LIMIT);
        if (records.length === 0) return;
        for (const record of records) {
          const stored = fold(record.value, record.offset);
          if (stored) onEvent(stored);
          next = record.offset + 1;
        }
        await afterBlock?.();
      }
    },
  };
}

/** Undefined for bytes that are no event: nobody can act on them, and lineage quarantines them. */
export function read(bytes: Uint8Array, place: string, log: (message: string) => void): Event | undefined {
  try {
    return decodeEvent(bytes);
  } catch (cause) {
    log(`the record at ${place} is no event and is passed over: ${messageOf(cause)}`);
    return undefined;
  }
}
