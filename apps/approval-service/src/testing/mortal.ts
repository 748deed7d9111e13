/** Ports that die: after a number of calls every further one fails, as for a process that was killed there. */
import { EnvironmentError } from '@countersign/kernel';
import type { Journal, ProjectionStore } from '@countersign/ports';

export interface Death {
  /** Calls left to live. */
  left: number;
  /** How many records of the append under way still get stored, for a journal without all-or-nothing. */
  readonly torn?: number;
}

const DEAD = () => new EnvironmentError('the process was killed', 'This is a test.');

/** What was asked before the end is stored; the answer to the last call may be lost (`before`: it is never carried out). */
export function mortalJournal(journal: Journal, death: Death): Journal {
  const alive = async <T>(call: () => Promise<T>): Promise<T> => {
    if (--death.left < 0) throw DEAD();
    return call();
  };
  return {
    async append(records) {
      if (death.left === 0 && death.torn !== undefined) {
        death.left = -1;
        await journal.append(records.slice(0, death.torn));
        throw DEAD();
      }
      return alive(() => journal.append(records));
    },
    read: (...args) => alive(() => journal.read(...args)),
    partitions: (...args) => alive(() => journal.partitions(...args)),
    head: (...args) => alive(() => journal.head(...args)),
    position: (...args) => alive(() => journal.position(...args)),
    commit: (...args) => alive(() => journal.commit(...args)),
    onAppended: (listener) => journal.onAppended(listener),
    close: () => Promise.resolve(),
  };
}

export function mortalStore(store: ProjectionStore, death: Death): ProjectionStore {
  return {
    get: (key) => store.get(key),
    range: (start, end, limit) => store.range(start, end, limit),
    async apply(changes) {
      if (--death.left < 0) throw DEAD();
      return store.apply(changes);
    },
    close: () => Promise.resolve(),
  };
}
