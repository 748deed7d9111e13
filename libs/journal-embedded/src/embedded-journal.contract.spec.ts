import { journalContract } from '@countersign/ports/contract';

import { openEmbeddedJournal } from './embedded-journal.ts';
import { makeTestFolder } from './testing/folder.ts';

journalContract(async () => {
  const { dir, remove } = await makeTestFolder();
  let journal = await openEmbeddedJournal({ dir });
  return {
    journal,
    async reopen() {
      await journal.close();
      journal = await openEmbeddedJournal({ dir });
      return journal;
    },
    async destroy() {
      await journal.close();
      await remove();
    },
  };
});
