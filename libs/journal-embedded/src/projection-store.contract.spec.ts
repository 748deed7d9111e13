import { projectionStoreContract } from '@countersign/ports/contract';

import { openProjectionStore } from './projection-store.ts';
import { makeTestFolder } from './testing/folder.ts';

projectionStoreContract(async () => {
  const { dir, remove } = await makeTestFolder();
  let store = await openProjectionStore({ dir, name: 'view' });
  return {
    store,
    async reopen() {
      await store.close();
      store = await openProjectionStore({ dir, name: 'view' });
      return store;
    },
    async destroy() {
      await store.close();
      await remove();
    },
  };
});
