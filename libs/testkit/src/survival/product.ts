/** The real product as a child process, from its built entry: started, asked over HTTP, killed. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EnvironmentError } from '@countersign/kernel';

export interface Product {
  readonly pid: number;
  readonly http: string;
  readonly grpcPort: number;
  readonly clickhouse: string;
  /** Milliseconds from the start of the process to its banner. */
  readonly startedInMs: number;
  /** Of `<data>/tokens`. */
  token(name: 'admin' | 'caller' | 'auditor'): string;
  /** Parsed JSON, whatever the status; rejects when the connection breaks. */
  call(method: string, path: string, token: string, body?: unknown): Promise<{ status: number; body: Json }>;
  /** Text of a query over the ClickHouse interface. */
  ask(sql: string): Promise<string>;
  /** The process that runs the embedded ClickHouse; undefined while there is none. */
  clickhousePid(): number | undefined;
  kill(signal: NodeJS.Signals): Promise<void>;
}

// What the product answers is JSON of many shapes; the harness picks single members out of it.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Json = any;

/** The CLI as an installed user has it. */
export const CLI = fileURLToPath(new URL('../../../../apps/cli/bin/countersign.js', import.meta.url));

const START_LIMIT_MS = 60_000;
const CALL_LIMIT_MS = 30_000;

export async function startProduct(dataDir: string, env: Readonly<Record<string, string>> = {}): Promise<Product> {
  const startedAtMs = performance.now();
  const child = spawn(process.execPath, [CLI, 'start'], {
    env: {
      ...process.env,
      COUNTERSIGN_DATA_DIR: dataDir,
      COUNTERSIGN_GRPC_ADDRESS: '127.0.0.1:0',
      COUNTERSIGN_HTTP_ADDRESS: '127.0.0.1:0',
      COUNTERSIGN_CLICKHOUSE_URL: 'http://127.0.0.1:0',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const banner = await readBanner(child);
  const http = pick(banner, /http:\/\/[\d.]+:\d+(?=\/v1)/);
  const clickhouse = pick(banner, /http:\/\/[\d.]+:\d+(?= \(read-only\))/);
  const token = (name: string) => readFileSync(join(dataDir, 'tokens', `${name}.token`), 'utf8').trim();
  return {
    pid: child.pid as number,
    http,
    grpcPort: Number(pick(banner, /(?<=gRPC +[\d.]+:)\d+/)),
    clickhouse,
    startedInMs: performance.now() - startedAtMs,
    token,
    call: (method, path, bearer, body) => call(`${http}${path}`, method, bearer, body),
    ask: (sql) => ask(clickhouse, token('auditor'), sql),
    clickhousePid: () => childOf(child.pid as number),
    async kill(signal) {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill(signal);
      await ended;
    },
  };
}

async function readBanner(child: ChildProcess): Promise<string> {
  let out = '';
  let trouble = '';
  child.stderr?.on('data', (chunk: Buffer) => (trouble = (trouble + chunk.toString()).slice(-4_000)));
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new EnvironmentError(`no banner within ${START_LIMIT_MS} ms: ${trouble}`, 'See the output of the process.'));
    }, START_LIMIT_MS);
    child.stdout?.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      if (!out.includes('Try, in another terminal')) return;
      clearTimeout(timer);
      resolve(out);
    });
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(new EnvironmentError(`the process ended with ${code}: ${trouble}`, 'See the output of the process.'));
    });
  });
}

async function call(url: string, method: string, token: string, body: unknown): Promise<{ status: number; body: Json }> {
  const response = await fetch(url, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(CALL_LIMIT_MS),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? {} : (JSON.parse(text) as Json) };
}

async function ask(url: string, token: string, sql: string): Promise<string> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'X-ClickHouse-User': 'auditor', 'X-ClickHouse-Key': token },
    body: sql,
    signal: AbortSignal.timeout(CALL_LIMIT_MS),
  });
  const text = await response.text();
  if (!response.ok) throw new EnvironmentError(`query failed: ${text}`, 'See the message of ClickHouse.');
  return text.trim();
}

/** From /proc: the child whose command line names the embedded server. */
function childOf(parent: number): number | undefined {
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      const stat = readFileSync(`/proc/${entry}/stat`, 'utf8');
      const parentOf = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
      const command = readFileSync(`/proc/${entry}/cmdline`, 'utf8');
      if (parentOf === parent && command.includes('embedded/server')) return Number(entry);
    } catch {
      // The process ended between the listing and the look.
      continue;
    }
  }
  return undefined;
}

function pick(text: string, pattern: RegExp): string {
  const found = pattern.exec(text)?.[0];
  if (found === undefined) throw new EnvironmentError(`the banner names no ${pattern}:\n${text}`, 'Compare it with the harness.');
  return found;
}
