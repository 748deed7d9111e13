/** Turns each recorded decision that asks for people into a request command; the same decision gives the same command. */
import { type Journal, TOPICS } from '@countersign/ports';
import { approvalCommandDraft, type EventDraft, type Producer, readRecordedVerdict, requestCommandOf } from '@countersign/wire';
import { SERVICE } from './deps.ts';
import { read } from './fold.ts';

/** If all of them ask, taking them in still takes less than 20 ms. */
const READ_LIMIT = { maxRecords: 256, maxBytes: 8 << 20 };

/** Most decisions ask nobody: their position is committed once in a while, and read again after a crash for nothing. */
const COMMIT_EVERY_RECORDS = 4096;

export interface Intake {
  /** Takes in one batch; false where there was none. Rejects with EnvironmentError. */
  turn(): Promise<boolean>;
  recover(): Promise<void>;
  readonly partition: number;
  /** The offset of the next decision to look at; everything before is a command by now, where it had to become one. */
  next(): number;
  /** Commits where it stands. */
  stop(): Promise<void>;
}

export async function openIntake(
  deps: { readonly journal: Journal; readonly commands: Producer; readonly log: (message: string) => void },
  partition: number,
): Promise<Intake> {
  const { journal, commands, log } = deps;
  let next = 0;
  let committed = 0;

  async function recover(): Promise<void> {
    committed = await journal.position(SERVICE, TOPICS.decisions, partition);
    next = committed;
  }

  async function commit(): Promise<void> {
    if (committed === next) return;
    await journal.commit(SERVICE, TOPICS.decisions, partition, next);
    committed = next;
  }

  function requestOf(bytes: Uint8Array, offset: number): EventDraft[] {
    if (readRecordedVerdict(bytes) !== 'require_approval') return [];
    const stored = read(bytes, `decisions ${partition}/${offset}`, log);
    const command = stored && requestCommandOf(stored);
    if (!stored || !command) return [];
    const { correlationId, traceparent } = stored;
    return [approvalCommandDraft(command, { correlationId, causationId: stored.id, traceparent })];
  }

  await recover();
  return {
    recover,
    partition,
    next: () => next,
    stop: commit,
    async turn() {
      const records = await journal.read(TOPICS.decisions, partition, next, READ_LIMIT);
      const last = records.at(-1);
      if (!last) return false;
      const drafts = records.flatMap((record) => requestOf(record.value, record.offset));
      await commands.publish(drafts);
      next = last.offset + 1;
      if (drafts.length > 0 || next - committed >= COMMIT_EVERY_RECORDS) await commit();
      return true;
    },
  };
}
