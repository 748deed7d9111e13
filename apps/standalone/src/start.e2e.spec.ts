/** What stands in the way of a start is said in words, with what to do, and an exit code; what ends it leaves nothing behind. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { SETTINGS } from './config.ts';
import { childrenOf, endAll, runs, start, until } from './testing/starting.ts';

let root: string;
/** A folder with a history, as a stopped installation leaves it. */
let history: string;
let fresh = 0;

const folder = () => join(root, `data-${++fresh}`);

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'countersign-start-'));
  history = folder();
  const first = start(history);
  await first.ready;
  first.child.kill('SIGTERM');
  expect(await first.ended).toMatchObject({ code: 0, err: '' });
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

afterEach(endAll);

function copyOfHistory(): string {
  const copy = folder();
  cpSync(history, copy, { recursive: true });
  return copy;
}

/** A person reads this: two or three sentences, no stack. */
async function refusal(dataDir: string, settings = {}, wrapper: readonly string[] = []): Promise<string> {
  const { code, out, err } = await start(dataDir, settings, wrapper).ended;
  expect({ code, out, err }).toMatchObject({ code: 1, out: '', err: expect.stringMatching(/^Countersign could not start: /) });
  expect(err).not.toMatch(/\n\s+at |node:internal/);
  expect(err.trim().split('\n').length).toBeLessThanOrEqual(12);
  return err;
}

describe('a taken port is named, with the setting that moves it', () => {
  let holder: Server;
  let port: number;

  beforeAll(async () => {
    holder = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => holder.once('listening', resolve));
    const address = holder.address();
    port = typeof address === 'object' && address ? address.port : 0;
  });

  afterAll(() => holder.close());

  it.each([
    ['COUNTERSIGN_GRPC_ADDRESS', ''],
    ['COUNTERSIGN_HTTP_ADDRESS', ''],
    ['COUNTERSIGN_CLICKHOUSE_URL', 'http://'],
  ])('%s', async (key, scheme) => {
    const dataDir = folder();
    const said = await refusal(dataDir, { [key]: `${scheme}127.0.0.1:${port}` });
    expect(said).toContain(`127.0.0.1:${port}`);
    expect(said).toContain(key);
  });

  it('and the next start, on another port, finds everything as it was', async () => {
    const dataDir = copyOfHistory();
    const token = readFileSync(join(dataDir, 'tokens', 'admin.token'));
    await refusal(dataDir, { COUNTERSIGN_GRPC_ADDRESS: `127.0.0.1:${port}` });
    const next = start(dataDir);
    await next.ready;
    next.child.kill('SIGTERM');
    expect((await next.ended).code).toBe(0);
    expect(readFileSync(join(dataDir, 'tokens', 'admin.token'))).toEqual(token);
  });
});

describe('a data folder that cannot be used', () => {
  it('is a file', async () => {
    const file = folder();
    writeFileSync(file, 'my notes');
    expect(await refusal(file)).toContain(file);
    expect(readFileSync(file, 'utf8')).toBe('my notes');
  });

  it('may not be written, not even by root', async () => {
    expect(await refusal('/sys/countersign')).toContain('/sys/countersign');
  });

  it.each([
    ['journal/FORMAT', 'countersign-journal 2\n', /newer version/],
    ['clickhouse/VERSION', '2\n', /version 2/],
  ])('is of a newer release: %s', async (name, content, says) => {
    const dataDir = copyOfHistory();
    writeFileSync(join(dataDir, name), content);
    expect(await refusal(dataDir)).toMatch(says);
    expect(readFileSync(join(dataDir, name), 'utf8')).toBe(content);
  });

  it('is full at the first start', async () => {
    // No file may become longer than 20 KB, which is what a full disk feels like, and works without being root.
    const dataDir = folder();
    const said = await refusal(dataDir, {}, ['prlimit', '--fsize=20000']);
    expect(said).toContain(dataDir);
    const next = start(dataDir);
    await next.ready;
    next.child.kill('SIGTERM');
    expect((await next.ended).code).toBe(0);
  });
});

describe('keys', () => {
  it('are made once, for this user alone', () => {
    for (const name of ['grant-ed25519.pem', 'digest.key', 'seal.key']) {
      expect(statSync(join(history, 'keys', name)).mode & 0o777).toBe(0o600);
    }
  });

  it.each(['grant-ed25519.pem', 'digest.key', 'seal.key'])(
    '%s: missing beside a history is refused, not made anew',
    async (name) => {
      const dataDir = copyOfHistory();
      rmSync(join(dataDir, 'keys', name));
      expect(await refusal(dataDir)).toMatch(new RegExp(`${name} is missing, but the journal has a history[^]*backup`));
    },
  );

  it.each([
    ['grant-ed25519.pem', 'not a key', /grant-ed25519\.pem/],
    ['digest.key', 'short', /digest\.key has 5 bytes instead of 32/],
  ])('%s: damaged is refused', async (name, content, says) => {
    const dataDir = copyOfHistory();
    writeFileSync(join(dataDir, 'keys', name), content);
    expect(await refusal(dataDir)).toMatch(says);
  });
});

describe('a policy that cannot be used', () => {
  it.each([
    ['does not parse', 'package acme\nfindings contains {', /acme\.rego:2/],
    [
      'uses what nobody defines',
      'package acme\nimport rego.v1\nx if {\n  undefined_function(1)\n}',
      /acme\.rego:4[^]*undefined_function/,
    ],
    [
      'asks the network',
      'package countersign\nimport rego.v1\nfindings contains http.send({"url": "x"})',
      /acme\.rego:3[^]*http\.send/,
    ],
  ])('%s: refused with file and line', async (_what, rego, says) => {
    const policy = folder();
    mkdirSync(policy);
    writeFileSync(join(policy, 'acme.rego'), rego);
    expect(await refusal(folder(), { COUNTERSIGN_POLICY: policy })).toMatch(says);
  });

  it('is not there', async () => {
    const policy = join(root, 'no-such-folder');
    expect(await refusal(folder(), { COUNTERSIGN_POLICY: policy })).toContain(policy);
  });
});

describe('settings', () => {
  it('that are all wrong are all told at once, before anything is touched', async () => {
    const dataDir = folder();
    const wrong = {
      COUNTERSIGN_GRPC_ADDRESS: '0.0.0.0:7400',
      COUNTERSIGN_HTTP_ADDRESS: '127.0.0.1:99999',
      COUNTERSIGN_CLICKHOUSE_URL: 'http://db7.acme.net:8123',
      COUNTERSIGN_JOURNAL: 'kafka',
      COUNTERSIGN_LOG_LEVEL: 'loud',
    };
    const { code, out, err } = await start(dataDir, wrong).ended;
    expect([code, out]).toEqual([2, '']);
    expect(
      err
        .trim()
        .split('\n')
        .map((line) => line.split(' ', 1)[0]),
    ).toEqual(Object.keys(wrong));
    for (const value of Object.values(wrong)) expect(err).toContain(`not "${value}"`);
    expect(() => statSync(dataDir)).toThrow();
  });

  it('are the ones that the README tells, with their defaults', () => {
    const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
    const section = /## Settings\n([^]*?)\n## /.exec(readme)?.[1] ?? '';
    const rows = section.split('\n').flatMap((line) => {
      const [, key, fallback] = /^\| `(COUNTERSIGN_\w+)` \| (.*?) \|/.exec(line) ?? [];
      return key === undefined ? [] : [[key, fallback]];
    });
    // The command line reads this one; the server does not.
    const told = rows.filter(([key]) => key !== 'COUNTERSIGN_TOKEN');
    const words = (fallback: string) => (fallback === '' ? 'the shipped pack' : `\`${fallback}\``);
    expect(told).toEqual(Object.values(SETTINGS).map(({ key, fallback }) => [key, words(fallback)]));
  });
});

describe('the end', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('%s ends it with code 0 and leaves no process, port or lock', async (signal) => {
    const dataDir = copyOfHistory();
    const { child, ready, ended } = start(dataDir);
    await ready;
    const children = childrenOf(child.pid ?? 0);
    expect(children.length).toBeGreaterThan(0);
    child.kill(signal);
    expect(await ended).toMatchObject({ code: 0, signal: null, err: '' });
    expect(children.filter(runs)).toEqual([]);
    const next = start(dataDir);
    await next.ready;
    next.child.kill('SIGTERM');
    await next.ended;
  });

  it('a signal during the start ends it as cleanly, once it has started', async () => {
    const dataDir = folder();
    const { child, ended } = start(dataDir);
    await until(() => existsSync(join(dataDir, 'process.pid')));
    child.kill('SIGTERM');
    expect(await ended).toMatchObject({ code: 0, err: '' });
    expect(existsSync(join(dataDir, 'process.pid'))).toBe(false);
  });

  it('a second signal ends it at once, and still no child stays', async () => {
    const { child, ready, ended } = start(folder());
    await ready;
    const children = childrenOf(child.pid ?? 0);
    // A stopped child cannot say goodbye: the orderly end has to wait for it, the second signal does not.
    for (const pid of children) process.kill(pid, 'SIGSTOP');
    child.kill('SIGINT');
    // npm and the terminal may both pass one key press on: only a later one is a second.
    child.kill('SIGINT');
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(runs(child.pid ?? 0)).toBe(true);
    child.kill('SIGINT');
    expect((await ended).code).toBe(130);
    for (const pid of children.filter(runs)) process.kill(pid, 'SIGCONT');
    await until(() => !children.some(runs));
  });

  it('SIGKILL takes the ClickHouse child along within seconds, and the folder is free again', async () => {
    const dataDir = folder();
    const { child, ready, ended } = start(dataDir);
    await ready;
    const children = childrenOf(child.pid ?? 0);
    child.kill('SIGKILL');
    await ended;
    await until(() => !children.some(runs));
    const next = start(dataDir);
    await next.ready;
    // A second one on the same folder is told who has it, and disturbs nobody.
    const said = await refusal(dataDir);
    expect(said).toContain(`in use by process ${next.child.pid}`);
    expect(said).toContain('COUNTERSIGN_DATA_DIR');
    expect(runs(next.child.pid ?? 0)).toBe(true);
    next.child.kill('SIGTERM');
    expect((await next.ended).code).toBe(0);
  });
});
