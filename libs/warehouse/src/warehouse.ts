/** The lineage store on ClickHouse: one block an insert, read back by position, queried through the reader's credentials. */
import { Readable } from 'node:stream';
import { type ClickHouseClient, ClickHouseLogLevel, createClient } from '@clickhouse/client';
import { EnvironmentError } from '@countersign/kernel';
import type { LineageStore, QueryResult } from '@countersign/ports';
import { EncodedRows, encoded } from './encode.ts';
import { environmentFailure, queryFailure } from './errors.ts';
import type { WarehouseLog } from './log.ts';
import { type Sql, dropAll, migrate } from './migrate.ts';
import { MIGRATIONS, type Migration, ROW_TABLES } from './migrations/index.ts';
import { readRows } from './rows.ts';

export interface WarehouseOptions {
  /** Of the ClickHouse HTTP interface, e.g. `http://127.0.0.1:7423`. */
  readonly url: string;
  readonly user: string;
  readonly password: string;
  /** The account that users' statements run under; it must not be able to write. */
  readonly readerUser: string;
  readonly readerPassword: string;
  readonly database: string;
  readonly log: WarehouseLog;
  /** For tests of the migrations themselves. */
  readonly migrations?: readonly Migration[];
}

/** Tells the server whose rows a reader's statement may see. */
const TENANT_HEADER = 'X-Countersign-Tenant';

/**
 * One insert must become one part: beyond these, ClickHouse cuts it (max_insert_block_size 1,048,449 rows,
 * min_insert_block_size_bytes 256 MiB), and half a block could survive a crash.
 */
const MAX_BLOCK_ROWS = 1_000_000;
const MAX_BLOCK_BYTES = 200 << 20;

/** No deduplication (a token without its part loses data) and no server-side buffer: the answer means that the part is stored. */
const INSERT_SETTINGS = { async_insert: 0, insert_deduplicate: 0, wait_end_of_query: 1 } as const;

/** An insert that the server has not finished by then is given up by it; the client waits longer, so that it never retries beside it. */
const INSERT_CAP_S = 60;
const REQUEST_TIMEOUT_MS = (INSERT_CAP_S + 30) * 1_000;

/** How long a read-back waits for an insert of an earlier request or process that is still running. */
const SETTLE_STEP_MS = 100;

const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_]*$/;

export function openWarehouse(options: WarehouseOptions): LineageStore {
  const writer = connect(options, options.user, options.password);
  const reader = connect(options, options.readerUser, options.readerPassword);
  const sql = sqlOf(writer);
  const migrations = options.migrations ?? MIGRATIONS;

  return {
    async migrate() {
      await guard('the lineage tables could not be created', () => migrate(sql, migrations));
    },

    resumeAt: (table, topic, partition) =>
      guard(`the position of ${table} could not be read back`, () => readBack(writer, tableName(table), topic, partition)),

    collector: () => new EncodedRows(),

    async insert({ table, rows }) {
      const block = encoded(rows);
      if (block.size === 0) return;
      await guard(`a block of ${block.size} rows could not be stored in ${table}`, () => insert(writer, table, block));
    },

    query: (statement, tenant, signal) => query(reader, statement, tenant, signal),

    async reset() {
      await guard('the lineage tables could not be rebuilt', async () => {
        await dropAll(sql);
        await migrate(sql, migrations);
      });
      options.log.info({ tables: ROW_TABLES.length }, 'lineage tables dropped and created anew');
    },

    async close() {
      await Promise.all([writer.close(), reader.close()]);
    },
  };
}

function connect(options: WarehouseOptions, username: string, password: string): ClickHouseClient {
  return createClient({
    url: options.url,
    username,
    password,
    database: options.database,
    application: 'countersign',
    request_timeout: REQUEST_TIMEOUT_MS,
    // Failures are thrown; the one who catches them logs them, once.
    log: { level: ClickHouseLogLevel.OFF },
  });
}

function sqlOf(client: ClickHouseClient): Sql {
  return {
    async run(statement) {
      await client.command({ query: statement });
    },
    async rows(statement) {
      const result = await client.query({ query: statement, format: 'JSONCompactEachRow' });
      return result.json<readonly unknown[]>();
    },
  };
}

async function insert(client: ClickHouseClient, table: string, block: EncodedRows): Promise<void> {
  const chunks = block.chunks();
  if (block.size > MAX_BLOCK_ROWS || block.bytes > MAX_BLOCK_BYTES) {
    throw new RangeError(`a block of ${block.size} rows and ${block.bytes} bytes would not be stored as one part`);
  }
  const target = `${tableName(table)} (${block.columns.map(tableName).join(', ')})`;
  const { stream } = await client.exec({
    query: `INSERT INTO ${target} FORMAT JSONCompactEachRow`,
    values: Readable.from(chunks, { objectMode: false }),
    clickhouse_settings: { ...INSERT_SETTINGS, max_execution_time: INSERT_CAP_S },
  });
  stream.resume();
}

/**
 * An insert whose connection broke, or whose client was killed, may still be running: what it stores must be seen. The list of
 * running statements is read before the table (a scalar subquery is), and nobody starts an insert while positions are read back.
 */
async function readBack(client: ClickHouseClient, table: string, topic: string, partition: number): Promise<number> {
  const running = `SELECT count() FROM system.processes WHERE query LIKE '%INSERT INTO ${table} (%' AND query NOT LIKE '%system.processes%'`;
  const where = 'topic = {topic: String} AND partition = {partition: UInt32}';
  const query = `SELECT (${running}), count() > 0, max(journal_offset) FROM ${table} WHERE ${where}`;
  for (let waitedMs = 0; waitedMs < REQUEST_TIMEOUT_MS; waitedMs += SETTLE_STEP_MS) {
    const result = await client.query({ query, query_params: { topic, partition }, format: 'JSONCompactEachRow' });
    const [row] = await result.json<readonly unknown[]>();
    if (Number(row?.[0] ?? 0) === 0) return row?.[1] ? Number(row[2]) + 1 : 0;
    await new Promise((resolve) => setTimeout(resolve, SETTLE_STEP_MS));
  }
  throw new EnvironmentError(`an earlier insert into ${table} is still running`, 'See the ClickHouse server: SHOW PROCESSLIST.');
}

async function query(client: ClickHouseClient, statement: string, tenant: string, signal: AbortSignal): Promise<QueryResult> {
  try {
    signal.throwIfAborted();
    const result = await client.query({
      query: statement,
      format: 'JSONCompactEachRowWithNamesAndTypes',
      abort_signal: signal,
      http_headers: { [TENANT_HEADER]: tenant },
    });
    return await readRows(result.stream());
  } catch (thrown) {
    signal.throwIfAborted();
    throw queryFailure(thrown);
  }
}

async function guard<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    if (thrown instanceof RangeError || thrown instanceof TypeError) throw thrown;
    throw environmentFailure(what, thrown);
  }
}

/** Table and column names come from our own code; anything else is a bug. */
function tableName(name: string): string {
  if (!IDENTIFIER.test(name)) throw new RangeError(`"${name}" is no table or column name`);
  return name;
}
