/** The ClickHouse store on the embedded engine keeps the contract of the port. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@clickhouse/client';
import { lineageStoreContract } from '@countersign/ports/contract';
import { openWarehouse, startEmbeddedClickHouse } from './index.ts';

lineageStoreContract(async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'warehouse-'));
  const engine = await startEmbeddedClickHouse({
    dataDir,
    address: '127.0.0.1:0',
    writerPassword: 'w',
    readerPassword: 'r',
    database: 'countersign',
    log: () => undefined,
  });
  const open = () =>
    openWarehouse({
      url: engine.url,
      user: 'countersign_writer',
      password: 'w',
      readerUser: 'countersign_reader',
      readerPassword: 'r',
      database: 'countersign',
      log: { info: () => undefined, warn: () => undefined },
    });
  let store = open();
  return {
    store,
    async reopen() {
      await store.close();
      store = open();
      return store;
    },
    async markNewer() {
      const client = createClient({ url: engine.url, username: 'countersign_writer', password: 'w', database: 'countersign' });
      await client.command({ query: "INSERT INTO schema_migrations (version, name, checksum) VALUES (999, 'later', 'x')" });
      await client.close();
    },
    async destroy() {
      await store.close();
      await engine.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
});
