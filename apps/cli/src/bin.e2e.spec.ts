/** The built command as a process: exit codes, pipes that stay open or close early, and no stack traces. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { GrpcServer } from '@countersign/grpc';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startToyServer } from './testing/toy-server.ts';

const BIN = fileURLToPath(new URL('../bin/countersign.js', import.meta.url));
const running: ChildProcessWithoutNullStreams[] = [];
let server: GrpcServer;

beforeAll(async () => {
  server = await startToyServer();
});

afterAll(() => server.stop(0));

afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});

function start(...args: readonly string[]): ChildProcessWithoutNullStreams {
  const env = { PATH: process.env.PATH, COUNTERSIGN_GRPC_ADDRESS: `127.0.0.1:${server.port}`, COUNTERSIGN_TOKEN: 'cs_x' };
  const child = spawn(process.execPath, [BIN, ...args], { env, cwd: tmpdir() });
  running.push(child);
  return child;
}

async function finish(child: ChildProcessWithoutNullStreams): Promise<{ code: number; out: string; err: string }> {
  const said = { out: '', err: '' };
  child.stdout.on('data', (bytes) => (said.out += bytes));
  child.stderr.on('data', (bytes) => (said.err += bytes));
  const [code] = (await once(child, 'close')) as [number];
  return { code, ...said };
}

describe('the countersign process', () => {
  it('ends with the verdict as its exit code, though stdin stays open', async () => {
    const { code, out } = await finish(start('decide', '--kind', 'sql', '--text', 'deny', '--json'));
    expect([code, JSON.parse(out)]).toMatchObject([3, { verdict: 'deny' }]);
  });

  it('ends with 2 on wrong usage and prints only to stderr', async () => {
    expect(await finish(start('frob'))).toEqual({ code: 2, out: '', err: expect.stringContaining("unknown command 'frob'") });
  });

  it('ends in peace when its reader leaves early', async () => {
    const child = start('decide', '--file', '-', '--json');
    child.stdin.on('error', () => 'it may leave before all is written');
    child.stdin.end('{"kind":"sql","text":"allow"}\n'.repeat(5_000));
    child.stdout.once('data', () => child.stdout.destroy());
    const [code] = (await once(child, 'exit')) as [number];
    expect(code).toBe(0);
  });

  it('shows no stack trace where the settings make no sense', async () => {
    const child = start('approvals', 'await', 'nope', '--timeout', 'soon');
    const { code, err } = await finish(child);
    expect(code).toBe(2);
    expect(err).not.toMatch(/\n\s+at /);
  });
});
