/** Deaths, dropped clients and broken environments: what was answered is there, what was not is whole or absent, nothing hangs. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EnvironmentError } from '@countersign/kernel';
import { RUNNING_QUERIES } from './reader.ts';
import { basic, startFixture, startOn } from './testing/fixture.ts';
import type { Fixture } from './testing/fixture.ts';

const ENDLESS = 'SELECT count() FROM numbers(1000000000000) WHERE NOT ignore(sipHash64(number))';
let fixture: Fixture;

beforeAll(async () => {
  fixture = await startFixture();
  await fixture.write(
    'CREATE TABLE t (tenant String, block UInt32, id UInt32, text String) ENGINE = MergeTree ORDER BY (block, id)',
  );
});
afterAll(() => fixture.stop());

/** The child dies by SIGKILL; resolves when its successor answers. */
async function killChild(clickhouse: Fixture['clickhouse']): Promise<void> {
  const back = new Promise<void>((resolve) => {
    const end = clickhouse.onRestart(() => {
      end();
      resolve();
    });
  });
  process.kill(clickhouse.pid as number, 'SIGKILL');
  await back;
}

/** Resolves once the number of running queries of this text is what is wanted. */
async function untilRunning(text: string, wanted: number): Promise<void> {
  const sql = `SELECT count() FROM system.processes WHERE query LIKE '%${text}%' AND query NOT LIKE '%system.processes%'`;
  while ((await fixture.write(sql)) !== `${wanted}\n`) await new Promise((resolve) => setTimeout(resolve, 10));
}

describe('SIGKILL of the child', () => {
  it('leaves each block whole or absent, and every answered one whole', { timeout: 120_000 }, async () => {
    const rowsPerBlock = 20_000;
    const rounds = 10;
    const lines = Array.from({ length: rowsPerBlock }, (_, id) => `a\t{block}\t${id}\t${'x'.repeat(100)}`).join('\n');
    const outcomes: string[] = [];
    for (let block = 0; block < rounds; block += 1) {
      const inserting = fixture.write('INSERT INTO t FORMAT TabSeparated', {}, lines.replaceAll('{block}', String(block))).then(
        () => 'answered',
        () => 'unknown',
      );
      // From before the body has arrived to after the answer: an insert of this size takes 30 to 150 ms.
      await new Promise((resolve) => setTimeout(resolve, block * 14));
      await killChild(fixture.clickhouse);
      const outcome = await inserting;
      const found = Number(await fixture.write(`SELECT count() FROM t WHERE block = ${block}`));
      outcomes.push(`${outcome} ${found}`);
    }
    const allowed = [`answered ${rowsPerBlock}`, `unknown ${rowsPerBlock}`, 'unknown 0'];
    expect(outcomes.filter((outcome) => !allowed.includes(outcome))).toEqual([]);
    expect(outcomes).toContain('unknown 0');
    expect(await fixture.write('SELECT count() FROM t GROUP BY block HAVING uniqExact(id) != count()')).toBe('');
    expect(readdirSync(join(fixture.dataDir, 'incoming'))).toEqual([]);
  });

  it('brings back the same port, the rows and the readers', async () => {
    const { url, pid } = fixture.clickhouse;
    await fixture.write("INSERT INTO t VALUES ('b', 1000, 1, 'kept')");
    await killChild(fixture.clickhouse);
    expect(fixture.clickhouse.url).toBe(url);
    expect(fixture.clickhouse.pid).not.toBe(pid);
    expect((await fixture.read('b', 'SELECT text FROM t WHERE block = 1000')).text).toBe('kept\n');
    expect(fixture.log.some((line) => line.includes('ended (SIGKILL)'))).toBe(true);
  });
});

describe('clients that ask while the child comes back', () => {
  it('are refused a connection or answered, and never left waiting', async () => {
    process.kill(fixture.clickhouse.pid as number, 'SIGKILL');
    const headers = { authorization: basic('x', 'token-a') };
    const answers = new Set<string>();
    while (!answers.has('1\n')) {
      const asked = await fetch(fixture.clickhouse.url, {
        method: 'POST',
        body: 'SELECT 1',
        headers,
        signal: AbortSignal.timeout(10_000),
      }).then(
        (response) => response.text(),
        (thrown: Error) => thrown.name,
      );
      answers.add(asked);
    }
    expect(answers).not.toContain('TimeoutError');
  });
});

describe('a client that drops its connection', () => {
  it('takes its query with it', async () => {
    const asking = httpRequest(fixture.clickhouse.url, { method: 'POST', headers: { authorization: basic('x', 'token-a') } });
    asking.on('error', () => undefined);
    asking.end(ENDLESS);
    await untilRunning('sipHash64', 1);
    asking.destroy();
    await untilRunning('sipHash64', 0);
    expect((await fixture.read('a', 'SELECT 1')).text).toBe('1\n');
  });

  it('in the middle of an insert leaves nothing', async () => {
    const query = new URLSearchParams({ query: 'INSERT INTO t FORMAT TabSeparated' });
    const headers = { authorization: basic('countersign_writer', 'writer-password'), 'content-length': '1000000' };
    const asking = httpRequest(`${fixture.clickhouse.url}/?${query.toString()}`, { method: 'POST', headers });
    asking.on('error', () => undefined);
    asking.write('a\t2000\t1\tx\n'.repeat(1000));
    while (readdirSync(join(fixture.dataDir, 'incoming')).length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    asking.destroy();
    while (readdirSync(join(fixture.dataDir, 'incoming')).length > 0) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await fixture.write('SELECT count() FROM t WHERE block = 2000')).toBe('0\n');
  });
});

describe('too many readers', () => {
  it('wait in a bounded queue, the rest is told so, and the writer is not held up', async () => {
    const gone = new AbortController();
    const headers = { authorization: basic('x', 'token-a') };
    const asked = Array.from({ length: RUNNING_QUERIES + 70 }, () =>
      fetch(fixture.clickhouse.url, { method: 'POST', body: ENDLESS, headers, signal: gone.signal }).then(
        async (response) => `${response.status} ${(await response.text()).slice(0, 9)}`,
        () => 'dropped',
      ),
    );
    await untilRunning('sipHash64', RUNNING_QUERIES);
    expect(await Promise.race(asked)).toBe('503 Code: 202');
    await fixture.write("INSERT INTO t VALUES ('a', 3000, 1, 'x')");
    gone.abort();
    const answers = await Promise.all(asked);
    expect(answers.filter((answer) => answer === '503 Code: 202')).toHaveLength(6);
    expect(answers.filter((answer) => answer === 'dropped')).toHaveLength(RUNNING_QUERIES + 64);
    await untilRunning('sipHash64', 0);
    expect((await fixture.read('a', 'SELECT 1')).text).toBe('1\n');
  });
});

describe('a broken environment', () => {
  const root = mkdtempSync(join(tmpdir(), 'countersign-environment-'));
  afterAll(() => rmSync(root, { recursive: true, force: true }));
  const start = (dataDir: string, address = '127.0.0.1:0') => startOn(dataDir, address, []);

  it('a taken port is named, with the setting that changes it', async () => {
    const squatter = createServer().listen(0, '127.0.0.1');
    await once(squatter, 'listening');
    const { port } = squatter.address() as AddressInfo;
    const failed: unknown = await start(join(root, 'port'), `127.0.0.1:${port}`).catch((thrown: unknown) => thrown);
    squatter.close();
    expect(failed).toBeInstanceOf(EnvironmentError);
    expect((failed as EnvironmentError).message).toContain(`port ${port}`);
    expect((failed as EnvironmentError).advice).toContain('COUNTERSIGN_CLICKHOUSE_URL');
  });

  it('a folder in use is named, and its user is not disturbed', async () => {
    await expect(start(fixture.dataDir)).rejects.toThrow(`${fixture.dataDir} is in use`);
    expect((await fixture.read('a', 'SELECT 1')).text).toBe('1\n');
  });

  it('a folder of a newer release is left alone', async () => {
    const dataDir = join(root, 'newer');
    await (await start(dataDir)).stop();
    writeFileSync(join(dataDir, 'VERSION'), '2\n');
    await expect(start(dataDir)).rejects.toThrow(/is newer: the folder is of version 2/);
  });

  it('a folder that cannot be made is named', async () => {
    writeFileSync(join(root, 'file'), '');
    await expect(start(join(root, 'file', 'below'))).rejects.toThrow(/cannot be used: .*ENOTDIR/);
  });

  it.each(['0.0.0.0:7423', '192.168.1.1:7423', '127.0.0.1', 'example.org:1', '127.0.0.1:70000'])(
    'only loopback addresses: not %s',
    async (address) => expect(start(join(root, 'address'), address)).rejects.toThrow(/no loopback address/),
  );
});

describe('the end', () => {
  it('comes also while the child is on its way back', async () => {
    const other = await startFixture();
    const { pid, port } = other.clickhouse;
    process.kill(pid as number, 'SIGKILL');
    while (other.clickhouse.pid === pid) await new Promise((resolve) => setTimeout(resolve, 5));
    // The first pause is 50 ms and a start takes more than 100: this is in the middle of the start.
    await new Promise((resolve) => setTimeout(resolve, 100));
    await other.clickhouse.stop();
    expect(other.clickhouse.pid).toBeUndefined();
    await expect(fetch(`http://127.0.0.1:${port}/ping`)).rejects.toThrow();
    await other.stop();
  });

  it('stops within bounds while queries run, keeps what was written, and frees port and folder', async () => {
    const other = await startFixture();
    await other.write('CREATE TABLE t (tenant String) ENGINE = MergeTree ORDER BY tenant');
    await other.write("INSERT INTO t VALUES ('a')");
    const running = other.read('a', ENDLESS).then(
      (reply) => reply.status,
      () => 'dropped',
    );
    await new Promise((resolve) => setTimeout(resolve, 200));
    await Promise.all([other.clickhouse.stop(), other.clickhouse.stop()]);
    expect(await running).not.toBe(200);
    const again = await startOn(other.dataDir, `127.0.0.1:${other.clickhouse.port}`, []);
    const answer = await fetch(again.url, {
      method: 'POST',
      body: 'SELECT count() FROM countersign.t',
      headers: { authorization: basic('countersign_writer', 'writer-password') },
    });
    expect(await answer.text()).toBe('1\n');
    await again.stop();
    await other.stop();
  });

  it('comes to the child when its parent is killed, even inside a query', async () => {
    const root = mkdtempSync(join(tmpdir(), 'countersign-orphan-'));
    const dist = fileURLToPath(new URL('../../dist/index.js', import.meta.url));
    const script = `
      const { startEmbeddedClickHouse } = await import(${JSON.stringify(dist)});
      const options = { address: '127.0.0.1:0', writerPassword: 'w', readerPassword: 'r', database: 'countersign', log: () => {} };
      const clickhouse = await startEmbeddedClickHouse({ ...options, dataDir: ${JSON.stringify(root)} });
      fetch(clickhouse.url, { method: 'POST', body: ${JSON.stringify(ENDLESS)}, headers: { authorization: 'Basic ' + btoa('countersign_writer:w') } });
      setTimeout(() => console.log(clickhouse.pid), 200);
    `;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = (await once(parent.stdout, 'data')) as [Buffer];
    const orphan = Number(line.toString());
    expect(isAlive(orphan)).toBe(true);
    parent.kill('SIGKILL');
    for (let left = 1_000; left > 0 && isAlive(orphan); left -= 1) await new Promise((resolve) => setTimeout(resolve, 10));
    const survived = isAlive(orphan);
    if (survived) process.kill(orphan, 'SIGKILL');
    rmSync(root, { recursive: true, force: true });
    expect(survived).toBe(false);
  });
});

/** A zombie that nobody has waited for yet counts as dead: it holds neither port nor folder. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
