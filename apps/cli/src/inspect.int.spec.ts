/** `countersign inspect` as people and scripts use it: offline, one action or many lines, in their order. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from './program.ts';
import { type TestHost, testHost } from './testing/host.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-inspect-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function inspect(args: readonly string[], stdin?: string): Promise<TestHost & { code: number }> {
  const host = testHost({ COUNTERSIGN_DATA_DIR: join(folder, 'none'), XDG_CACHE_HOME: folder }, stdin);
  return Object.assign(host, { code: await runCli(['inspect', ...args], host, { version: '1.2.3' }) });
}

interface Line {
  readonly verdict?: string;
  readonly effectsInWords?: string;
  readonly error?: { readonly message: string };
}

async function lines(actions: readonly object[], ...args: readonly string[]) {
  const { said } = await inspect(['--json', ...args], actions.map((action) => JSON.stringify(action)).join('\n'));
  return {
    told: said.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Line),
    err: said.err,
  };
}

const UPDATE = { kind: 'sql', text: 'UPDATE orders SET state = 1', dialect: 'postgres' };

describe('one action', () => {
  it('is told with its effects in words and the words underlined', async () => {
    const { said } = await inspect(['--kind', 'shell', '--text', 'sudo rm -rf /srv/data', '--environment', 'production']);
    expect(said.out).toMatch(/^DENY {2}risk \d+ of 100 {2}.*deletes.*\/srv\/data/);
    expect(said.out).toContain('sudo rm -rf /srv/data');
    expect(said.out).toContain('^^^^');
    expect(said.out).toContain('through sudo');
  });

  it.each([
    ['strict', 'deny'],
    ['standard', 'require_approval'],
    ['observe', 'allow'],
  ])('under the profile %s: %s', async (profile, verdict) => {
    const { said } = await inspect(['--kind', 'sql', '--text', 'GRANT SELECT ON t TO bob', '--profile', profile, '--json']);
    expect(JSON.parse(said.out)).toMatchObject({ verdict });
  });

  it('under a profile that there is not: says which there are', async () => {
    const { said, code } = await inspect(['--kind', 'sql', '--text', 'SELECT 1', '--profile', 'lax']);
    expect(code).toBe(1);
    expect(said.err).toContain('strict, standard, observe');
  });

  it('is compared with what the plan declares', async () => {
    const { said } = await inspect(['--kind', 'sql', '--text', 'DELETE FROM t WHERE id = 1', '--declare', 'read', '--json']);
    expect(said.out).toContain('"rule":"intent.');
  });
});

describe('many lines', () => {
  it('are answered one by one in their order, the ones that cannot be read too', async () => {
    const { told } = await lines([
      { kind: 'sql', text: 'DROP TABLE a', dialect: 'postgres' },
      { kind: 'sql', text: "SELECT a FROM b WHERE c = 'd' -- mysql is read by the worker", dialect: 'mysql' },
      { kind: 'nonsense', text: 'x' },
      { kind: 'shell', text: 'ls -l' },
    ]);
    expect(told.map(({ verdict, error }) => verdict ?? error?.message.slice(0, 18))).toEqual([
      'deny',
      'allow',
      '"kind" must be one',
      'allow',
    ]);
  });

  it('take what they do not say from the options', async () => {
    const { told } = await lines([UPDATE, { ...UPDATE, environment: 'production' }], '--environment', 'development');
    expect(told.map(({ verdict }) => verdict)).toEqual(['allow', 'deny']);
  });

  it('may carry notes of their own', async () => {
    const { told, err } = await lines([{ ...UPDATE, id: 7, label: 'dangerous' }]);
    expect(told).toMatchObject([{ verdict: 'deny' }]);
    expect(err).toContain('ignored: id, label');
  });
});
