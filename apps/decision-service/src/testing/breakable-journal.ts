/** A journal that can be told to refuse appends, or to let them wait, for specs of what a full or slow disk means. */
import { EnvironmentError } from '@countersign/kernel';
import type { Journal } from '@countersign/ports';

export interface BreakableJournal extends Journal {
  /** Appends reject until `heal`; nothing of them is stored. */
  fail(): void;
  /** Appends store their records and reject all the same, as after a sync whose outcome nobody knows. */
  failAfterStoring(): void;
  heal(): void;
  /** Appends wait, unstored, until the returned function is called. */
  hold(): () => void;
}

export function breakable(journal: Journal): BreakableJournal {
  let broken: 'no' | 'before' | 'after' = 'no';
  let gate: Promise<void> = Promise.resolve();
  const error = () => new EnvironmentError('the disk is full', 'Make room.');
  return {
    async append(records) {
      const mode = broken;
      await gate;
      if (mode === 'before') throw error();
      const positions = await journal.append(records);
      if (mode === 'after') throw error();
      return positions;
    },
    read: (topic, partition, from, limit) => journal.read(topic, partition, from, limit),
    partitions: (topic) => journal.partitions(topic),
    head: (topic, partition) => journal.head(topic, partition),
    position: (group, topic, partition) => journal.position(group, topic, partition),
    commit: (group, topic, partition, next) => journal.commit(group, topic, partition, next),
    onAppended: (listener) => journal.onAppended(listener),
    close: () => journal.close(),
    fail: () => (broken = 'before'),
    failAfterStoring: () => (broken = 'after'),
    heal: () => (broken = 'no'),
    hold() {
      const { promise, resolve } = Promise.withResolvers<void>();
      gate = promise;
      return resolve;
    },
  };
}
