/** The real engine and a store on it, in a folder of its own, for the specs. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LineageStore } from '@countersign/ports';
import { SILENT } from './log.ts';
import { openWarehouse, startEmbeddedClickHouse } from '@countersign/warehouse';

export async function startEngine() {
  const dataDir = await mkdtemp(join(tmpdir(), 'lineage-'));
  const engine = await startEmbeddedClickHouse({
    dataDir,
    address: '127.0.0.1:0',
    writerPassword: 'w',
    readerPassword: 'r',
    database: 'countersign',
    log: () => undefined,
  });
  const stores: LineageStore[] = [];
  return {
    engine,
    openStore() {
      const store = openWarehouse({
        url: engine.url,
        user: 'countersign_writer',
        password: 'w',
        readerUser: 'countersign_reader',
        readerPassword: 'r',
        database: 'countersign',
        log: SILENT,
      });
      stores.push(store);
      return store;
    },
    async destroy() {
      for (const store of stores) await store.close();
      await engine.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

export async function ask(store: LineageStore, sql: string, tenant = 'acme'): Promise<(readonly unknown[])[]> {
  const { rows } = await store.query(sql, tenant, new AbortController().signal);
  const all: (readonly unknown[])[] = [];
  for await (const row of rows) all.push(row);
  return all;
}
