/** The command line against a server with toy handlers: exit codes, the objects for programs, and what people are told. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GrpcServer } from '@countersign/grpc';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runCli } from './program.ts';
import { type TestHost, testHost } from './testing/host.ts';
import { asked, startToyServer } from './testing/toy-server.ts';

let folder: string;
let server: GrpcServer;

beforeAll(async () => {
  server = await startToyServer();
});

afterAll(() => server.stop(0));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-cli-'));
  mkdirSync(join(folder, 'tokens'));
  for (const name of ['admin', 'caller', 'auditor']) writeFileSync(join(folder, 'tokens', `${name}.token`), `cs_${name}\n`);
  for (const list of Object.values(asked)) list.length = 0;
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function run(
  args: readonly string[],
  options: { env?: Record<string, string>; stdin?: string } = {},
): Promise<TestHost & { code: number }> {
  const env = { COUNTERSIGN_GRPC_ADDRESS: `127.0.0.1:${server.port}`, COUNTERSIGN_DATA_DIR: folder, ...options.env };
  const host = testHost(env, options.stdin);
  return Object.assign(host, { code: await runCli(args, host, { version: '1.2.3' }) });
}

const decideText = (text: string, ...more: readonly string[]) => run(['decide', '--kind', 'sql', '--text', text, ...more]);

describe('decide', () => {
  it.each([
    ['allow', 0],
    ['deny', 3],
    ['ask', 4],
    ['broken', 1],
    ['a verdict of a later version', 3],
  ])('answers %s with the exit code %i', async (text, code) => {
    expect((await decideText(text)).code).toBe(code);
  });

  it('sends what the options say, as the caller of the data folder', async () => {
    await decideText(
      'allow',
      '--dialect',
      'postgres',
      '--environment',
      'production',
      '--resource',
      'table:t',
      '--label',
      'pii',
      '--label',
      'b',
      '--purpose',
      'why',
      '--session',
      's',
      '--request-id',
      'r',
      '--grant',
      'g',
      '--name',
      'n',
      '--payload',
      '{"a":1}',
    );
    expect(asked.by).toEqual(['cs_caller']);
    expect(asked.decide[0]).toMatchObject({
      requestId: 'r',
      action: { kind: 'sql', text: 'allow', name: 'n', dialect: 'postgres' },
      resource: { type: 'table', id: 't', environment: 'production', labels: ['pii', 'b'] },
      purpose: 'why',
      sessionId: 's',
      grant: 'g',
    });
    expect(Buffer.from(asked.decide[0]?.action?.payloadJson ?? []).toString()).toBe('{"a":1}');
  });

  it('prints one object for programs', async () => {
    const { said } = await decideText('ask', '--json');
    expect(JSON.parse(said.out)).toEqual({
      verdict: 'require_approval',
      reasons: [{ rule: 'test.rule', code: 'code', message: 'because \x1b]0;ask', severity: 'high' }],
      effects: [
        {
          kind: 'delete',
          scope: 'bounded',
          reversible: 'no',
          targets: [{ type: 'table', name: 't' }],
          span: { start: 0, end: 4 },
          via: '',
          why: '',
        },
      ],
      risk: 7,
      policyDigest: 'sha256:00',
      effectsInWords: '',
      riskParts: [],
      decisionId: 'd1',
      correlationId: 'c1',
      obligations: [],
      approval: { id: 'a1', quorum: 1, lapsesAt: '2023-11-14T22:13:20.000Z' },
      position: { topic: 'countersign.decisions.v1', partition: 0, offset: 41 },
    });
  });

  it('tells people the verdict, the place and the next command, with nothing that moves the terminal', async () => {
    const { said } = await decideText('ask');
    expect(said.out).toContain('APPROVAL REQUIRED  risk 7 of 100\n  test.rule [high]  because \\u001b]0;ask\n');
    expect(said.out).toContain('\n  ask\n  ^^^ delete table t; cannot be undone\n');
    expect(said.out).toContain('countersign approvals approve a1');
    expect(said.out).not.toContain('\x1b');
  });

  it('waits where it is told to, and decides again with the grant', async () => {
    const { code, said } = await decideText('ask', '--wait', '--request-id', 'r', '--json');
    expect(code).toBe(0);
    expect(asked.decide.map(({ requestId, grant }) => [requestId, grant])).toEqual([
      ['r', ''],
      ['', 'the.grant'],
    ]);
    expect(JSON.parse(said.out)).toMatchObject({ verdict: 'allow' });
  });

  it('takes its text from stdin', async () => {
    await run(['decide', '--kind', 'sql', '--text', '-'], { stdin: 'SELECT\n1\n' });
    expect(asked.decide[0]?.action?.text).toBe('SELECT\n1');
  });
});

describe('decide --file', () => {
  const lines = ['{"kind":"sql","text":"allow"}', '{"kind":"sql","text":"ask"}', '{"kind":"sql","text":"deny"}'];
  const decideLines = (text: readonly string[], ...more: readonly string[]) =>
    run(['decide', '--file', '-', ...more], { stdin: text.join('\n') });

  it('prints a summary for people', async () => {
    const { said } = await decideLines(lines);
    expect(said.out).toMatch(
      /^3 actions decided in \d+\.\d s \(\d+\/s\)\n {2}allow {14}1\n {2}deny {15}1\n {2}approval required {2}1\n/,
    );
    expect(said.out).toContain('test.rule                2\n');
    expect(said.out).toContain('1 approvals wait for people (countersign approvals list):\n  a1\n');
  });

  it.each([
    [[0], 0],
    [[0, 1], 4],
    [[0, 1, 2], 3],
  ])('gives the most severe of the lines %j: %i', async (which, code) => {
    expect((await decideLines(which.map((index) => lines[index] ?? ''))).code).toBe(code);
  });

  it('prints one object a line for programs, and names bad lines by number', async () => {
    const { code, said } = await decideLines(
      ['{"kind":"sql","text":"allow"}', '{oops', '{"kind":"sql","text":"broken"}', lines[2] ?? ''],
      '--json',
    );
    const objects = said.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { line: number });
    expect(objects.sort((a, b) => a.line - b.line)).toMatchObject([
      { line: 1, verdict: 'allow' },
      { line: 2, error: { message: 'not JSON' } },
      { line: 3, error: { message: 'no such dialect' } },
      { line: 4, verdict: 'deny' },
    ]);
    expect(said.err).toContain('line 2: not JSON\n');
    expect(code).toBe(1);
  });

  it('decides more actions than its window holds, each once and in order', async () => {
    const many = Array.from({ length: 2_000 }, (_, index) =>
      JSON.stringify({ kind: 'sql', text: index % 2 === 0 ? 'allow' : 'deny' }),
    );
    const { said } = await decideLines(many, '--json');
    const objects = said.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { line: number; verdict: string });
    expect(objects.map(({ line }) => line)).toEqual(many.map((_, index) => index + 1));
    expect(objects.filter(({ verdict }) => verdict === 'deny')).toHaveLength(1_000);
  });
});

describe('approvals', () => {
  it('lists and shows what waits, made safe', async () => {
    expect((await run(['approvals', 'list'])).said.out).toContain('a1  open');
    const { said } = await run(['approvals', 'show', 'a1']);
    expect(said.out).toContain('DELETE \\u202e FROM t');
    expect(said.out).toContain('may not vote person:ana');
    expect(JSON.parse((await run(['approvals', 'list', '--json'])).said.out)).toMatchObject([{ id: 'a1', status: 'open' }]);
  });

  it('approves exactly what was shown, as the administrator', async () => {
    const { code, said } = await run(['approvals', 'approve', 'a1', '--reason', 'fine']);
    expect([code, said.out.trim().split('\n').at(-1)]).toEqual([0, 'approval a1 is granted']);
    expect(asked.by).toEqual(['cs_admin']);
    expect(asked.votes[0]).toMatchObject({
      id: 'a1',
      reason: 'fine',
      actionDigest: Buffer.from([1, 2, 3]),
      commandId: expect.stringMatching(/./),
    });
  });

  it('prints the grant alone', async () => {
    const { code, said } = await run(['approvals', 'await', 'a1']);
    expect([code, said.out]).toEqual([0, 'the.grant\n']);
    expect(said.err).toContain('approval a1: granted');
  });

  it('says what the server said of an unknown one', async () => {
    const { code, said } = await run(['approvals', 'show', 'a9']);
    expect([code, said.err]).toEqual([1, 'there is no approval a9\n']);
  });
});

describe('lineage', () => {
  it('prints a table for people and a line a row for programs', async () => {
    expect((await run(['lineage', 'query', 'SELECT 1'])).said.out).toBe(
      'verdict      n\ndeny         1\nal\\u001blow  20\n2 rows\n',
    );
    expect((await run(['lineage', 'query', 'SELECT 1', '--json'])).said.out).toBe(
      '{"verdict":"deny","n":1}\n{"verdict":"al\\u001blow","n":20}\n',
    );
  });

  it('shows a chain, and rebuilds', async () => {
    expect((await run(['lineage', 'trace', 'c1'])).said.out).toContain(
      '1970-01-01 00:00:00.000  decision.recorded  agent:a  asked\n',
    );
    expect(JSON.parse((await run(['lineage', 'trace', 'c1', '--json'])).said.out)).toMatchObject([{ id: 'e1', data: { a: 1 } }]);
    expect((await run(['lineage', 'rebuild'])).said.out).toBe('The tables are rebuilt from 5 events.\n');
  });
});

describe('wrong usage', () => {
  it.each([
    [['frob'], /unknown command 'frob'/],
    [['decide', '--frob'], /unknown option '--frob'/],
    [['approvals', 'frob'], /unknown command 'frob'/],
    [['decide', '--text', 'x'], /--kind is missing/],
    [['decide', '--kind', 'sql'], /--text is missing/],
    [['decide', '--kind', 'poem', '--text', 'x'], /Allowed choices are sql, shell/],
    [['decide', '--kind', 'sql', '--text', 'x', '--resource', 'x'], /TYPE:ID/],
    [['decide', '--kind', 'sql', '--text', 'x', '--payload', '{'], /must be JSON/],
    [['decide', '--file', 'x', '--kind', 'sql'], /leave out --kind/],
    [['token', 'create', '--subject', 'agent:x'], /required option '--role/],
    [[], /Usage: countersign/],
  ])('%j ends with 2 and says why', async (args, message) => {
    const { code, said } = await run(args);
    expect(code).toBe(2);
    expect(said.err).toMatch(message);
    expect(said.out).toBe('');
  });

  it('of a setting is told by its key', async () => {
    const { code, said } = await run(['decide', '--kind', 'sql', '--text', 'x'], {
      env: { COUNTERSIGN_GRPC_ADDRESS: 'nowhere' },
    });
    expect(code).toBe(2);
    expect(said.err).toMatch(/^COUNTERSIGN_GRPC_ADDRESS must be a host and a port/);
  });
});

describe('help', () => {
  it.each([
    ['start'],
    ['decide'],
    ['inspect'],
    ['verify'],
    ...['list', 'show', 'approve', 'reject', 'revoke', 'await'].map((name) => ['approvals', name]),
    ...['create', 'list', 'revoke'].map((name) => ['token', name]),
    ...['query', 'trace', 'rebuild'].map((name) => ['lineage', name]),
    ...['check', 'test'].map((name) => ['policy', name]),
  ])('of %s %s has an example and ends with 0', async (...args) => {
    const { code, said } = await run([...args.filter((arg) => arg !== undefined), '--help']);
    expect(code).toBe(0);
    expect(said.out).toMatch(/Examples?:\n {2}\$ .*countersign /);
  });

  it('tells the version', async () => {
    expect((await run(['--version'])).said.out).toBe('1.2.3\n');
  });
});

describe('what is not there', () => {
  it('a server', async () => {
    for (const args of [
      ['decide', '--kind', 'sql', '--text', 'x'],
      ['token', 'list'],
    ]) {
      const { code, said } = await run(args, {
        env: { COUNTERSIGN_GRPC_ADDRESS: '127.0.0.1:1', COUNTERSIGN_HTTP_ADDRESS: '127.0.0.1:1' },
      });
      expect(code).toBe(1);
      expect(said.err).toMatch(/^Countersign does not answer.*\nStart Countersign with: npm start/);
    }
  });

  it('a token', async () => {
    rmSync(join(folder, 'tokens'), { recursive: true });
    const { code, said } = await decideText('allow');
    expect(code).toBe(1);
    expect(said.err).toContain('Start Countersign once (npm start)');
  });

  it('a token that is good: COUNTERSIGN_TOKEN goes before the folder', async () => {
    const { code, said } = await run(['decide', '--kind', 'sql', '--text', 'allow'], { env: { COUNTERSIGN_TOKEN: 'wrong' } });
    expect(code).toBe(1);
    expect(said.err).toContain('The token comes from COUNTERSIGN_TOKEN');
  });

  it('a file', async () => {
    const { code, said } = await run(['decide', '--file', join(folder, 'nope')]);
    expect(code).toBe(1);
    expect(said.err).toMatch(/nope cannot be read: it is not there/);
  });
});
