/** For specs: an embedded ClickHouse in a folder of its own, and one-line statements over its HTTP interface. */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedClickHouse } from '../supervisor.ts';
import type { EmbeddedClickHouse } from '../supervisor.ts';

export interface Reply {
  readonly status: number;
  readonly text: string;
  /** Of `X-ClickHouse-Exception-Code`; 0 for none. */
  readonly code: number;
  readonly headers: Headers;
}

export interface Fixture {
  readonly clickhouse: EmbeddedClickHouse;
  readonly dataDir: string;
  readonly log: readonly string[];
  /** As `countersign_writer`; throws when the statement fails. */
  write(sql: string, parameters?: Readonly<Record<string, string>>, body?: string): Promise<string>;
  /** As the holder of the token `token-<tenant>`; tenants `a` and `b` have one. */
  read(tenant: string, sql: string, parameters?: Readonly<Record<string, string>>): Promise<Reply>;
  request(authorization: string | undefined, sql: string, parameters?: Readonly<Record<string, string>>): Promise<Reply>;
  stop(): Promise<void>;
}

export const WRITER_PASSWORD = 'writer-password';
export const READER_PASSWORD = 'reader-password';

export const basic = (user: string, password: string) => `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
export const sha256Hex = (text: string) => createHash('sha256').update(text).digest('hex');

export async function startFixture(): Promise<Fixture> {
  const root = mkdtempSync(join(tmpdir(), 'countersign-clickhouse-'));
  const dataDir = join(root, 'clickhouse');
  const log: string[] = [];
  const clickhouse = await startOn(dataDir, '127.0.0.1:0', log);
  clickhouse.setReaders(['a', 'b'].map((tenant) => ({ tokenSha256Hex: sha256Hex(`token-${tenant}`), tenant })));
  const request: Fixture['request'] = async (authorization, sql, parameters = {}) => {
    const url = `${clickhouse.url}/?${new URLSearchParams(parameters).toString()}`;
    const headers = authorization === undefined ? {} : { authorization };
    const response = await fetch(url, { method: 'POST', body: sql, headers });
    const code = Number(response.headers.get('x-clickhouse-exception-code') ?? 0);
    return { status: response.status, text: await response.text(), code, headers: response.headers };
  };
  return {
    clickhouse,
    dataDir,
    log,
    request,
    async write(sql, parameters = {}, body) {
      const asked = body === undefined ? ([sql, parameters] as const) : ([body, { query: sql, ...parameters }] as const);
      const reply = await request(basic('countersign_writer', WRITER_PASSWORD), ...asked);
      if (reply.status !== 200) throw new Error(reply.text);
      return reply.text;
    },
    read: (tenant, sql, parameters) => request(basic('anybody', `token-${tenant}`), sql, parameters),
    async stop() {
      await clickhouse.stop();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

export function startOn(dataDir: string, address: string, log: string[]): Promise<EmbeddedClickHouse> {
  return startEmbeddedClickHouse({
    dataDir,
    address,
    writerPassword: WRITER_PASSWORD,
    readerPassword: READER_PASSWORD,
    database: 'countersign',
    log: (line) => log.push(line),
  });
}
