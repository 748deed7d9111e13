/** Lineage in the embedded mode: the ClickHouse child, the store that talks to it, and the service on top. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { type LineageService, openLineageService } from '@countersign/lineage-service';
import type { Clock, Journal } from '@countersign/ports';
import { type EmbeddedClickHouse, openWarehouse, startEmbeddedClickHouse } from '@countersign/warehouse';
import type { Logger } from './log.ts';

export interface LineageOptions {
  /** Loopback URL. */
  readonly clickhouseUrl: string;
  readonly dataDir: string;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly log: Logger;
}

export interface Lineage {
  readonly service: LineageService;
  readonly clickhouse: EmbeddedClickHouse;
  stop(): Promise<void>;
}

const DATABASE = 'countersign';
const PASSWORD_BYTES = 24;

/** Rejects with an EnvironmentError: port taken, folder in use or newer, engine broken. */
export async function openLineage({ clickhouseUrl, dataDir, journal, clock, log }: LineageOptions): Promise<Lineage> {
  // Parent and child are the only ones who need these, so they are new at each start and never stored.
  const writerPassword = randomBytes(PASSWORD_BYTES).toString('base64url');
  const readerPassword = randomBytes(PASSWORD_BYTES).toString('base64url');
  const clickhouse = await startEmbeddedClickHouse({
    dataDir: join(dataDir, 'clickhouse'),
    address: new URL(clickhouseUrl).host,
    writerPassword,
    readerPassword,
    database: DATABASE,
    log: (line) => log.warn(line),
  });
  const store = openWarehouse({
    url: clickhouse.url,
    user: 'countersign_writer',
    password: writerPassword,
    readerUser: 'countersign_reader',
    readerPassword,
    database: DATABASE,
    log,
  });
  try {
    const service = await openLineageService({ journal, store, clock, log });
    return {
      service,
      clickhouse,
      async stop() {
        await service.stop();
        await store.close();
        await clickhouse.stop();
      },
    };
  } catch (error) {
    await store.close();
    await clickhouse.stop();
    throw error;
  }
}
