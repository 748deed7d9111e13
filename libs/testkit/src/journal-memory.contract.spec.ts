import { journalContract } from '@countersign/ports/contract';

import { createMemoryJournal } from './journal-memory.ts';

const FORGETS = 'it is memory: a reopened journal is empty';

journalContract(
  async () => {
    const journal = createMemoryJournal();
    return {
      journal,
      reopen: async () => {
        await journal.close();
        return createMemoryJournal();
      },
      destroy: () => journal.close(),
    };
  },
  {
    'keeps records and their positions over a reopen': FORGETS,
    'keeps the positions of groups over a reopen': FORGETS,
  },
);
