import { loadPolicy } from '@open-policy-agent/opa-wasm';
import { copyFile, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CompiledPolicy, readCache, writeCache } from './compile/cache.ts';
import { compileSource } from './compile/compile.ts';
import { SERVED } from './builtins/index.ts';
import { type ActivePolicy, openPolicy } from './host/policy.ts';
import { type PolicyHost, type PolicySource, createPolicyHost, policyDigest } from './index.ts';

let cache: string;

beforeAll(async () => {
  cache = await mkdtemp(join(tmpdir(), 'policy-cache-'));
});
afterAll(() => rm(cache, { recursive: true, force: true }));

function policy(rego: string, data: PolicySource['data'] = {}): PolicySource {
  return { name: 'trial', modules: { 'main.rego': `package countersign\n${rego}` }, data };
}

const GOOD = policy('decision := {"verdict": input.want}\n');

async function active(source: PolicySource): Promise<PolicyHost> {
  const host = createPolicyHost({ compileCacheDir: cache });
  const activated = await host.activate(source);
  expect(activated).toMatchObject({ ok: true });
  return host;
}

function ask(host: PolicyHost, input: unknown): unknown {
  const answer = host.evaluate(Buffer.from(JSON.stringify(input)));
  return answer && JSON.parse(Buffer.from(answer).toString('utf8'));
}

describe('an active policy', () => {
  it('answers with the value of data.countersign.decision and says what it is', async () => {
    const host = await active({ ...GOOD, manifest: { profile: 'strict' } });
    expect(ask(host, { want: 'allow é €' })).toEqual({ verdict: 'allow é €' });
    expect(host.bundle).toEqual({
      digest: policyDigest({ ...GOOD, manifest: { profile: 'strict' } }),
      name: 'trial',
      profile: 'strict',
      reads: ['want'],
    });
  });

  it.each([
    ['two names deep', 'decision := input.action.kind if input.resource.labels[_] == "x"', ['action.kind', 'resource.labels']],
    ['an object as a whole', 'decision := object.get(input.subject, "owner", "")', ['subject']],
    ['behind a local name', 'decision := a.text if a := input.action', ['action']],
    ['a name that is computed', 'decision := [v | some x in ["kind", "text"]; v := input.action[x]]', ['action']],
    ['inside a comprehension', 'decision := [e.kind | some e in input.effects; input.time != ""]', ['effects', 'time']],
    ['in a function', 'f(x) := x.kind\ndecision := f(input.action)', ['action']],
    ['any member', 'decision := input[x] if some x in ["a"]', ['*']],
    ['the input itself', 'decision := count(input)', ['*']],
    ['the input handed on', 'f(x) := x.action\ndecision := f(input)', ['*']],
    ['another input in its place', 'a := input.b\ndecision := x if x := a with input as {"b": 1}', ['*']],
    ['nothing', 'decision := 1', []],
  ])('says which members it looks at: %s', async (_, rego, reads) => {
    expect((await active(policy(rego))).bundle.reads).toEqual(reads);
  });

  it('says so of an import too', async () => {
    const source = {
      name: 'trial',
      modules: { 'main.rego': 'package countersign\nimport input.action as a\ndecision := a.text' },
      data: {},
    };
    expect((await active(source)).bundle.reads).toEqual(['action.text']);
  });

  it('has no answer where the rule is undefined', async () => {
    const host = await active(GOOD);
    expect(ask(host, {})).toBeUndefined();
  });

  it('gives nonsense as it is, for the caller to judge', async () => {
    const host = await active(policy('decision := [1, "x"]'));
    expect(ask(host, {})).toEqual([1, 'x']);
  });

  it('goes on where a builtin fails, as OPA does', async () => {
    const host = await active(
      policy('default decision := "fallback"\ndecision := time.weekday(time.parse_rfc3339_ns(input.time))'),
    );
    expect(ask(host, { time: 'never' })).toBe('fallback');
    expect(ask(host, { time: '2026-11-20T00:00:00Z' })).toBe('Friday');
  });

  it('throws when the policy contradicts itself, and answers the next question', async () => {
    const host = await active(policy('decision := "a" if input.a\ndecision := "b" if input.b'));
    expect(() => ask(host, { a: true, b: true })).toThrow(/policy trial: the policy aborted: .*conflict/);
    expect(ask(host, { b: true })).toBe('b');
  });

  it.each(['', '{', 'nope', '{"want": }', '{1, 2}'])('throws on the input %j, and answers the next question', async (input) => {
    const host = await active(policy('default decision := "allow"'));
    expect(() => host.evaluate(Buffer.from(input))).toThrow('the policy input is not JSON');
    expect(ask(host, {})).toBe('allow');
  });

  it('survives input nested 100,000 deep, again and again', async () => {
    const host = await active(GOOD);
    const deep = Buffer.from(`{"want": ${'['.repeat(100_000)}${']'.repeat(100_000)}}`);
    // What such an input leaves on the stack of the module must not add up.
    for (let round = 0; round < 30; round += 1) {
      expect(() => host.evaluate(deep)).toThrow('policy trial: ');
      expect(ask(host, { want: 'allow' })).toEqual({ verdict: 'allow' });
    }
  });

  it('takes an input of 1 MB and one of 8 MB', async () => {
    const host = await active(policy('decision := {"count": count(input.list), "last": input.list[count(input.list) - 1]}'));
    for (const megabytes of [1, 8, 1]) {
      const list = Array.from({ length: megabytes * 10_000 }, (_, index) => `${index}`.padEnd(97, 'x'));
      expect(ask(host, { list })).toEqual({ count: list.length, last: list.at(-1) });
    }
  });

  it('answers the same as the host of OPA', async () => {
    const source = policy(
      'decision := {"kinds": [k | some e in input.effects; k := upper(e.kind)], "n": count(input.effects), "like": regex.match(`^D.*P$`, input.text), "limit": data.limit, "nested": {"a": [1.5, null, true]}}',
      { limit: 3 },
    );
    const compiled = await compileSource(source, { cacheDir: cache, trials: [] });
    const wasm = compiled.ok ? compiled.value.wasm : new Uint8Array();
    const other = await loadPolicy(Buffer.from(wasm));
    other.setData(source.data as object);
    const host = await active(source);
    for (const input of [
      { effects: [{ kind: 'read' }, { kind: 'write' }], text: 'DROP' },
      { effects: [], text: 'D\u0000P' },
    ]) {
      expect([{ result: ask(host, input) }]).toEqual(other.evaluate(input));
    }
  });
});

describe('the memory of a policy', () => {
  async function opened(source: PolicySource): Promise<ActivePolicy> {
    const compiled = await compileSource(source, { cacheDir: cache, trials: [] });
    if (!compiled.ok) throw new Error(compiled.error.message);
    const bundle = { digest: policyDigest(source), name: source.name, profile: '' };
    const data = Buffer.from(JSON.stringify(source.data));
    return openPolicy(bundle, await WebAssembly.compile(compiled.value.wasm), data, SERVED);
  }

  it('does not grow over many evaluations', async () => {
    const opens = await opened(policy('decision := {"all": concat(",", [sprintf("%d", [x]) | some x in input.list])}'));
    const input = Buffer.from(JSON.stringify({ list: Array.from({ length: 20 }, (_, index) => index) }));
    opens.evaluate(input);
    const before = opens.memoryBytes;
    for (let count = 0; count < 20_000; count += 1) opens.evaluate(input);
    expect(opens.memoryBytes).toBe(before);
  });

  it('is given back after an evaluation that took all there is', async () => {
    const opens = await opened(policy('decision := count([[a, b] | some a in input.list; some b in input.list])'));
    const list = (length: number): Buffer => Buffer.from(JSON.stringify({ list: Array.from({ length }, (_, index) => index) }));
    expect(() => opens.evaluate(list(5_000))).toThrow('opa_malloc');
    expect(Buffer.from(opens.evaluate(list(3)) ?? []).toString()).toBe('9');
    expect(opens.memoryBytes).toBeLessThan(8 * 1024 * 1024);
  });
});

describe('a policy is refused, and the one before keeps deciding', () => {
  let host: PolicyHost;

  beforeAll(async () => {
    host = await active(GOOD);
  });

  async function refused(source: PolicySource): Promise<{ kind: string; message: string }> {
    const outcome = await host.activate(source);
    expect(ask(host, { want: 'as before' })).toEqual({ verdict: 'as before' });
    expect(Buffer.from(host.bundle.digest)).toEqual(Buffer.from(policyDigest(GOOD)));
    if (outcome.ok) throw new Error('was activated');
    return outcome.error;
  }

  it.each<[string, PolicySource, string, string]>([
    ['does not parse', policy('decision := {"a": '), 'compile', 'main.rego:2:'],
    ['is Rego v0', policy('decision = 1 { input.x }'), 'compile', 'main.rego:2:'],
    ['has a type error', policy('decision := count(1)'), 'compile', 'main.rego:2:13: count: invalid argument(s)'],
    ['has an unsafe variable', policy('decision := x'), 'compile', 'main.rego:2:13: var x is unsafe'],
    ['recurses', policy('decision := a\na := decision'), 'compile', 'rule data.countersign.a is recursive'],
    ['is empty', { ...GOOD, modules: { 'main.rego': '' } }, 'compile', 'empty module'],
    ['has no module', { ...GOOD, modules: { 'main_test.rego': 'package a' } }, 'compile', 'no Rego module'],
    ['has no decision', policy('verdict := 1'), 'entrypoint', 'data.countersign.decision'],
    ['hides its own rule behind data', policy('decision := 1', { countersign: { decision: 2 } }), 'compile', 'conflict'],
    ['has data that is a list', policy('decision := 1', [1]), 'data', 'must be a JSON object'],
    ['has data that is not JSON', policy('decision := 1', { x: Number.NaN }), 'data', 'not JSON'],
    [
      'asks the network',
      policy('x := 1\ndecision := http.send({"url": "x"})'),
      'builtin',
      'main.rego:3:13: the builtin http.send is not served',
    ],
    ['asks the clock', policy('decision := time.now_ns()'), 'builtin', 'use time.parse_rfc3339_ns(input.time)'],
    ['contradicts itself always', policy('decision := 1 if true\ndecision := 2 if count(input) >= 0'), 'evaluation', 'conflict'],
  ])('that %s', async (_, source, kind, message) => {
    const problem = await refused(source);
    expect(problem).toMatchObject({ kind, message: expect.stringContaining(message) });
  });

  const names = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`name ${index}`, `value ${index}`]));

  it('that loops for long on an ordinary input, without stopping the event loop', async () => {
    const impatient = createPolicyHost({ compileLimitMs: 6_000 });
    const loop =
      'decision := 1 if { some a, x in data.names; some b, y in data.names; some c, z in data.names; x == b; y == c; z == a }';
    let turns = 0;
    const clock = setInterval(() => (turns += 1), 10);
    const outcome = await impatient.activate(policy(loop, { names }));
    clearInterval(clock);
    expect(outcome).toMatchObject({ ok: false, error: { kind: 'time' } });
    expect(turns).toBeGreaterThan(50);
    expect(() => impatient.bundle).toThrow('no policy is active');
  });

  it('that wants more memory than there is for it', async () => {
    const hungry = 'decision := count([[a, b] | some a, _ in data.names; some b, _ in data.names])';
    expect(await refused(policy(hungry, { names }))).toMatchObject({
      kind: 'evaluation',
      message: expect.stringContaining('opa_malloc'),
    });
  });

  it('that the caller judges to be nonsense', async () => {
    const strict = createPolicyHost({
      compileCacheDir: cache,
      judge: (answer) => (answer === undefined ? undefined : 'not a verdict'),
    });
    expect(await strict.activate(policy('decision := 5'))).toMatchObject({
      ok: false,
      error: { kind: 'evaluation', message: 'not a verdict' },
    });
  });
});

describe('activation and rollback', () => {
  it('swap whole bundles', async () => {
    const host = createPolicyHost({ compileCacheDir: cache });
    expect(() => host.evaluate(Buffer.from('{}'))).toThrow('no policy is active');
    expect(host.rollback()).toMatchObject({ ok: false, error: { kind: 'rollback' } });
    await Promise.all([host.activate(policy('decision := "first"')), host.activate(policy('decision := "second"'))]);
    expect(ask(host, {})).toBe('second');
    expect(host.rollback()).toMatchObject({ ok: true });
    expect(ask(host, {})).toBe('first');
    host.rollback();
    expect(ask(host, {})).toBe('second');
  });
});

describe('the cache of compiled policies', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'policy-cache-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function compile(source: PolicySource): Promise<CompiledPolicy> {
    const compiled = await compileSource(source, { cacheDir: folder, trials: [] });
    if (!compiled.ok) throw new Error(compiled.error.message);
    return compiled.value;
  }

  it('is used while it is whole, and only then', async () => {
    const { wasm } = await compile(GOOD);
    const [entry = ''] = await readdir(folder);
    const marker = { code: 'from-the-cache', message: '', file: '', row: 0, col: 0 };
    await writeCache(folder, entry.replace('.policy', ''), { wasm, builtins: [marker], reads: [] });
    expect((await compile(GOOD)).builtins).toEqual([marker]);

    const bytes = await readFile(join(folder, entry));
    for (const damaged of [bytes.subarray(0, 100), Buffer.alloc(0), Buffer.from(bytes).fill(0xff, 5_000, 5_001)]) {
      await writeFile(join(folder, entry), damaged);
      const again = await compile(GOOD);
      expect(again.builtins).toEqual([]);
      // The same source gives the same code, whenever it is compiled.
      expect(Buffer.compare(again.wasm, wasm)).toBe(0);
    }
  });

  it('takes no entry under the name of another', async () => {
    const other = await compile(policy('decision := "other"'));
    const names = await readdir(folder);
    const [first = '', second = ''] = names;
    await copyFile(join(folder, first), join(folder, second));
    expect(await readCache(folder, second.replace('.policy', ''))).toBeUndefined();
    expect(other.wasm.length).toBeGreaterThan(0);
  });

  it('may be impossible: the policy works and a warning says so', async () => {
    const warnings: string[] = [];
    const host = createPolicyHost({ compileCacheDir: '/dev/null/cache', onWarning: (message) => warnings.push(message) });
    expect(await host.activate(GOOD)).toMatchObject({ ok: true });
    expect(warnings).toEqual([expect.stringContaining('/dev/null/cache')]);
  });
});
