/** The chDB engine of this process: opens its folder, gives each query a fresh connection, and kills queries by a mark. */
import { randomUUID } from 'node:crypto';
import { emptyIncoming, makeMarks, writeEngineFiles } from './engine-files.ts';
import type { EngineFolders } from './engine-files.ts';
import { fromEngine } from './exception.ts';
import { SharedLock } from './lock.ts';
import type { Native, NativeClassification, NativeConnection, NativeResult } from './native.ts';
import { quoteLiteral } from './sql-text.ts';

/** One query's own connection: settings stick to a connection and a failed query can leave rows on it, so none is used twice. */
export interface Connection {
  /** Runs one statement; `signal` kills it. Throws ClickHouseException. */
  query(sql: string, format: string, signal?: AbortSignal): Promise<NativeResult>;
  /** The engine's own parser; runs nothing. */
  classify(sql: string): Promise<NativeClassification>;
}

export interface Engine {
  readonly database: string;
  readonly folders: EngineFolders;
  /** A connection that sees every row. `settings` as `name=value`. */
  asWriter<T>(settings: readonly string[], work: (connection: Connection) => Promise<T>): Promise<T>;
  /** The same for a statement that may change tables: alone in the engine, and the row policies are renewed afterwards. */
  asWriterAlone<T>(settings: readonly string[], work: (connection: Connection) => Promise<T>): Promise<T>;
  /** A connection that sees the rows of one tenant and cannot change that. */
  asTenant<T>(tenant: string, settings: readonly string[], work: (connection: Connection) => Promise<T>): Promise<T>;
  /** Resolves once nothing runs and the folder is free. */
  close(): Promise<void>;
}

export class EngineUnavailable extends Error {}

/** Opens the folder; throws EngineUnavailable when the engine refuses it (in use by another process, damaged). */
export async function openEngine(native: Native, folders: EngineFolders, database: string): Promise<Engine> {
  const engine = new ChdbEngine(native, folders, database);
  await engine.open();
  return engine;
}

class ChdbEngine implements Engine {
  readonly database: string;
  readonly folders: EngineFolders;
  readonly #native: Native;
  readonly #lock = new SharedLock();
  readonly #marks = makeMarks();
  /** Keeps the engine open between queries. */
  #keeper: NativeConnection | undefined;
  /** The tables that the row policies in force were written for, as JSON; undefined until they are read. */
  #policed = '[]';
  #policiesAreCurrent = false;
  #closed = false;

  constructor(native: Native, folders: EngineFolders, database: string) {
    this.#native = native;
    this.folders = folders;
    this.database = database;
  }

  async open(): Promise<void> {
    writeEngineFiles(this.folders, this.database, this.#marks, []);
    this.#keeper = this.#connect([]);
    emptyIncoming(this.folders);
    await this.#own((connection) => connection.query(`CREATE DATABASE IF NOT EXISTS ${this.database} ENGINE = Atomic`, 'Null'));
  }

  async asWriter<T>(settings: readonly string[], work: (connection: Connection) => Promise<T>): Promise<T> {
    return this.#lock.shared(() => this.#own(work, settings));
  }

  async asWriterAlone<T>(settings: readonly string[], work: (connection: Connection) => Promise<T>): Promise<T> {
    return this.#lock.exclusive(() => {
      this.#policiesAreCurrent = false;
      return this.#own(work, settings);
    });
  }

  async asTenant<T>(tenant: string, settings: readonly string[], work: (connection: Connection) => Promise<T>): Promise<T> {
    if (tenant === '' || tenant.includes('\0')) throw new Error('not a tenant');
    for (;;) {
      if (!this.#policiesAreCurrent) await this.#lock.exclusive(() => this.#renewPolicies());
      const outcome = await this.#lock.shared(async () => {
        if (!this.#policiesAreCurrent) return undefined; // A statement that changes tables went first.
        return { value: await this.#use([...settings, `log_comment=${this.#marks.ofTenant(tenant)}`, 'readonly=1'], work) };
      });
      if (outcome !== undefined) return outcome.value;
    }
  }

  async close(): Promise<void> {
    await this.#lock.exclusive(async () => {
      this.#closed = true;
      if (this.#keeper !== undefined) this.#native.CloseConnection(this.#keeper);
      this.#keeper = undefined;
    });
  }

  /**
   * The engine reads row policies only when it opens its folder, so new ones mean closing and opening it (25–60 ms), once after tables
   * have changed. Tables of the engine Memory are empty afterwards; those on disk are not touched.
   */
  async #renewPolicies(): Promise<void> {
    if (this.#policiesAreCurrent) return;
    const sql = `SELECT t.name AS name, countIf(c.name = 'tenant') > 0 AS hasTenant FROM system.tables AS t
      LEFT JOIN system.columns AS c ON c.database = t.database AND c.table = t.name
      WHERE t.database = '${this.database}' GROUP BY name ORDER BY name`;
    const { bytes } = await this.#own((connection) => connection.query(sql, 'JSONEachRow'));
    const rows = bytes.toString().trim().split('\n').filter(Boolean);
    const tables = rows.map((row) => JSON.parse(row) as { name: string; hasTenant: number });
    const wanted = JSON.stringify(tables);
    if (wanted !== this.#policed) {
      writeEngineFiles(
        this.folders,
        this.database,
        this.#marks,
        tables.map(({ name, hasTenant }) => ({ name, hasTenant: hasTenant === 1 })),
      );
      if (this.#keeper !== undefined) this.#native.CloseConnection(this.#keeper);
      this.#keeper = undefined;
      this.#keeper = this.#connect([]);
      this.#policed = wanted;
    }
    this.#policiesAreCurrent = true;
  }

  async #own<T>(work: (connection: Connection) => Promise<T>, settings: readonly string[] = []): Promise<T> {
    return this.#use([...settings, `log_comment=${this.#marks.writer}`], work);
  }

  async #use<T>(settings: readonly string[], work: (connection: Connection) => Promise<T>): Promise<T> {
    if (this.#closed) throw new EngineUnavailable('the engine is stopping');
    const connection = this.#connect(settings);
    try {
      return await work({
        query: (sql, format, signal) => this.#query(connection, sql, format, signal),
        classify: (sql) => this.#native.DurableClassifyAsync(connection, sql, this.database),
      });
    } finally {
      this.#native.CloseConnection(connection);
    }
  }

  #connect(settings: readonly string[]): NativeConnection {
    const args = [`--config-file=${this.folders.configFile}`, ...settings.map((setting) => `--${setting}`)];
    let connection: NativeConnection | null;
    try {
      connection = this.#native.CreateConnection(this.folders.data, args);
    } catch (thrown) {
      throw new EngineUnavailable(`the engine refused the connection`, { cause: thrown });
    }
    if (connection === null) throw new EngineUnavailable('the engine refused the connection');
    return connection;
  }

  /** A query cannot be interrupted through its connection: another one finds it by its first comment and kills it. */
  async #query(connection: NativeConnection, sql: string, format: string, signal?: AbortSignal): Promise<NativeResult> {
    signal?.throwIfAborted();
    const mark = `/*${randomUUID()}*/`;
    const kill = () => void this.#kill(mark);
    signal?.addEventListener('abort', kill, { once: true });
    try {
      return await this.#native.QueryAsyncConnection(connection, `${mark} ${sql}`, format);
    } catch (thrown) {
      throw fromEngine(thrown);
    } finally {
      signal?.removeEventListener('abort', kill);
    }
  }

  /** ASYNC, because SYNC deadlocks with the query it waits for. A query that has ended meanwhile is no error. */
  async #kill(mark: string): Promise<void> {
    const connection = this.#connect([`log_comment=${this.#marks.writer}`]);
    try {
      await this.#native.QueryAsyncConnection(
        connection,
        `KILL QUERY WHERE startsWith(query, ${quoteLiteral(mark)}) ASYNC`,
        'Null',
      );
    } finally {
      this.#native.CloseConnection(connection);
    }
  }
}
