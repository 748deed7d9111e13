/** The parent's side of the embedded ClickHouse: starts the child process, starts it again when it dies, and stops it. */
import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { EnvironmentError, messageOf } from '@countersign/kernel';
import type { FromChild, ReaderCredential, ServeOptions, ToChild } from './protocol.ts';

export interface EmbeddedClickHouse {
  /** `http://127.0.0.1:7423`; the same over restarts. */
  readonly url: string;
  readonly port: number;
  /** Of the child that runs now; undefined between a death and the next start. */
  readonly pid: number | undefined;
  /** Replaces the list of those who may read; holds at once and over restarts. */
  setReaders(readers: readonly ReaderCredential[]): void;
  /** Called after the child has died and a new one is ready. Returns a function that ends the calls. */
  onRestart(listener: () => void): () => void;
  /** Lets the current write end (bounded), frees the folder and the port. Safe to call twice. */
  stop(): Promise<void>;
}

export interface EmbeddedClickHouseOptions {
  /** Belongs to the embedded ClickHouse alone; made when it is missing. */
  readonly dataDir: string;
  /** `127.0.0.1:7423`; port 0 lets the system choose. Loopback only. */
  readonly address: string;
  /** Of the user `countersign_writer`, who may do everything within the database. */
  readonly writerPassword: string;
  /** Of the user `countersign_reader`, who names the tenant in the header `X-Countersign-Tenant`. */
  readonly readerPassword: string;
  readonly database: 'countersign';
  readonly log: (line: string) => void;
}

/** One more than the queries and inserts that can run at once, with room for file writes and kills. */
const POOL_THREADS = 16;
const READY_LIMIT_MS = 30_000;
const STOP_LIMIT_MS = 5_000;
/** A process that was killed a moment ago may hold the port and the folder until the system has cleared it away. */
const HANDOVER_LIMIT_MS = 1_000;
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 1_000;
/** A child that has lived this long was well: the next pause is the first one again. */
const WELL_AFTER_MS = 5_000;

/** Resolves when the interface answers. Throws EnvironmentError: port taken, folder in use, newer or not writable, engine broken. */
export async function startEmbeddedClickHouse(options: EmbeddedClickHouseOptions): Promise<EmbeddedClickHouse> {
  const supervisor = new Supervisor(options);
  await supervisor.start();
  return supervisor;
}

class Supervisor implements EmbeddedClickHouse {
  readonly #log: (line: string) => void;
  readonly #listeners = new Set<() => void>();
  #serve: ServeOptions;
  #child: ChildProcess | undefined;
  #stopping: Promise<void> | undefined;
  #pauseMs = FIRST_PAUSE_MS;
  #restart: NodeJS.Timeout | undefined;
  /** A restart that is under way; never rejects. */
  #restarting: Promise<void> = Promise.resolve();

  constructor(options: EmbeddedClickHouseOptions) {
    this.#log = options.log;
    this.#serve = { ...options, ...parseAddress(options.address), readers: [] };
    this.#serve = pick(this.#serve);
  }

  get port(): number {
    return this.#serve.port;
  }

  get url(): string {
    const host = this.#serve.host.includes(':') ? `[${this.#serve.host}]` : this.#serve.host;
    return `http://${host}:${this.#serve.port}`;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  setReaders(readers: readonly ReaderCredential[]): void {
    this.#serve = { ...this.#serve, readers: [...readers] };
    this.#tell({ type: 'readers', readers: this.#serve.readers });
  }

  onRestart(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async start(): Promise<void> {
    const giveUpAt = performance.now() + HANDOVER_LIMIT_MS;
    for (;;) {
      try {
        return await this.#launch();
      } catch (thrown) {
        if (!(thrown instanceof HeldByAnother) || performance.now() > giveUpAt) throw thrown;
        await new Promise((resolve) => setTimeout(resolve, 150));
      }
    }
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#end();
    return this.#stopping;
  }

  async #launch(): Promise<void> {
    const entry = createRequire(import.meta.url).resolve('@countersign/warehouse/embedded-server');
    const child = fork(entry, [], {
      env: { TZ: 'UTC', UV_THREADPOOL_SIZE: String(POOL_THREADS) },
      execArgv: [],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    const said = this.#listenToOutput(child);
    const startedAtMs = performance.now();
    try {
      const ready = await firstWord(child, this.#serve);
      if (ready.type === 'failed') throw failureOf(ready, this.#serve, said());
      this.#serve = { ...this.#serve, port: ready.port };
    } catch (thrown) {
      await killed(child);
      throw thrown;
    }
    this.#child = child;
    // Readers may have changed while the child was starting.
    this.#tell({ type: 'readers', readers: this.#serve.readers });
    child.once('exit', (code, signal) => this.#onDeath(child, signal ?? `code ${code}`, performance.now() - startedAtMs));
    if (child.exitCode !== null || child.signalCode !== null) this.#onDeath(child, 'at once', 0);
  }

  #onDeath(child: ChildProcess, how: string, livedMs: number): void {
    if (this.#child !== child) return;
    this.#child = undefined;
    if (this.#stopping !== undefined) return;
    if (livedMs > WELL_AFTER_MS) this.#pauseMs = FIRST_PAUSE_MS;
    this.#log(`embedded ClickHouse ended (${how}); starting it again in ${this.#pauseMs} ms`);
    this.#scheduleRestart();
  }

  #scheduleRestart(): void {
    this.#restart = setTimeout(() => {
      this.#restarting = this.#startAgain();
    }, this.#pauseMs);
    this.#pauseMs = Math.min(this.#pauseMs * 2, LONGEST_PAUSE_MS);
  }

  async #startAgain(): Promise<void> {
    try {
      await this.#launch();
    } catch (thrown) {
      if (this.#stopping !== undefined) return;
      this.#log(`embedded ClickHouse did not start: ${messageOf(thrown)}`);
      this.#scheduleRestart();
      return;
    }
    if (this.#stopping !== undefined) return;
    this.#log(`embedded ClickHouse is back on ${this.url}`);
    for (const listener of this.#listeners) listener();
  }

  async #end(): Promise<void> {
    clearTimeout(this.#restart);
    await this.#restarting;
    const child = this.#child;
    if (child === undefined) return;
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    this.#tell({ type: 'stop' });
    const limit = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
    await gone;
    clearTimeout(limit);
  }

  #tell(message: ToChild): void {
    if (this.#child?.connected !== true) return;
    this.#child.send(message, () => undefined);
  }

  /** The engine writes its reasons to standard error; the last of them explains a failed start. */
  #listenToOutput(child: ChildProcess): () => string {
    let last = '';
    const hear = (chunk: Buffer) => {
      const text = chunk.toString().trim();
      last = `${last}\n${text}`.slice(-4_000);
      for (const line of text.split('\n').filter(Boolean)) this.#log(`embedded ClickHouse: ${line}`);
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    return () => last;
  }
}

/** The port or the folder belongs to another process, perhaps only for another moment. */
class HeldByAnother extends EnvironmentError {}

type Failed = Extract<FromChild, { type: 'failed' }>;

function failureOf(failed: Failed, serve: ServeOptions, said: string): EnvironmentError {
  const address = `${serve.host}:${serve.port}`;
  const elsewhere = 'Stop what listens there, or set COUNTERSIGN_CLICKHOUSE_URL to another address.';
  if (failed.kind === 'port-taken')
    return new HeldByAnother(`port ${serve.port} of ${serve.host} is taken (${address})`, elsewhere);
  // Code 76 is CANNOT_OPEN_FILE: the engine's lock on its folder is held.
  if (failed.kind === 'engine' && /Code: 76\b|another server instance/i.test(said)) {
    return new HeldByAnother(
      `the ClickHouse folder ${serve.dataDir} is in use by another process`,
      'Stop the other process, or use another COUNTERSIGN_DATA_DIR.',
    );
  }
  if (failed.kind === 'data-newer') {
    return new EnvironmentError(
      `the ClickHouse folder ${serve.dataDir} is newer: ${failed.message}`,
      'Update Countersign, or use another COUNTERSIGN_DATA_DIR.',
    );
  }
  if (failed.kind === 'data-unwritable') {
    return new EnvironmentError(
      `the ClickHouse folder ${serve.dataDir} cannot be used: ${failed.message}`,
      'Give this user the right to write there, or use another COUNTERSIGN_DATA_DIR.',
    );
  }
  return new EnvironmentError(
    `the embedded ClickHouse did not start: ${failed.message}`,
    said === '' ? 'See the log.' : `It said: ${said.trim()}`,
  );
}

/** Hands over the options and waits for `ready` or `failed`. */
function firstWord(child: ChildProcess, options: ServeOptions): Promise<FromChild> {
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => {
      reject(
        new EnvironmentError('the embedded ClickHouse did not get ready', `It had ${READY_LIMIT_MS / 1000} s; see the log.`),
      );
    }, READY_LIMIT_MS);
    const settle = (act: () => void) => {
      clearTimeout(limit);
      act();
    };
    child.once('message', (message: FromChild) => settle(() => resolve(message)));
    child.once('error', (error) => settle(() => reject(error)));
    child.once('exit', (code, signal) => {
      settle(() => resolve({ type: 'failed', kind: 'engine', message: `the process ended (${signal ?? `code ${code}`})` }));
    });
    child.send({ type: 'serve', options } satisfies ToChild, () => undefined);
  });
}

async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGKILL');
  await gone;
}

/** Nothing but loopback: the interface has no TLS. */
function parseAddress(address: string): { readonly host: string; readonly port: number } {
  const match = /^(127(?:\.\d{1,3}){3}|localhost|\[::1\]):(\d{1,5})$/.exec(address);
  const port = Number(match?.[2]);
  if (match === null || port > 65_535) {
    throw new EnvironmentError(
      `"${address}" is no loopback address with a port`,
      'Set COUNTERSIGN_CLICKHOUSE_URL to one such as http://127.0.0.1:7423.',
    );
  }
  return { host: (match[1] as string).replace(/[[\]]/g, ''), port };
}

function pick(from: ServeOptions): ServeOptions {
  const { dataDir, host, port, writerPassword, readerPassword, database, readers } = from;
  return { dataDir, host, port, writerPassword, readerPassword, database, readers };
}
