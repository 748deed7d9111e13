/**
 * OPA's own conformance cases, run on our evaluator. Every case counts: passed, failed or excepted with a reason. Needs Go, because the
 * cases come with OPA's Go module and are compiled by a natively built copy of the compiler. Exit code 1 on any failure, on an
 * exception that passes or names no case, and when it cannot run at all.
 *
 * `--verbose` prints every exception with what happened.
 */
import { messageOf } from '@countersign/kernel';
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { type ConformanceCase, failureOf } from './case.ts';
import { BUILTIN_EXCEPTIONS, CASE_EXCEPTIONS } from './exceptions.ts';

const GO_SOURCE = fileURLToPath(new URL('../../compiler/', import.meta.url));
const CASES = 'v1/test/cases/testdata';

interface Tally {
  passed: number;
  readonly failed: string[];
  readonly excepted: string[];
  /** How often each exception was needed, by case name or builtin. */
  readonly used: Map<string, number>;
}

const CASE_REASONS = new Map(CASE_EXCEPTIONS.flatMap(({ cases, reason }) => cases.map((name) => [name, reason] as const)));
const BUILTIN_REASONS = new Map(
  BUILTIN_EXCEPTIONS.flatMap(({ builtins, reason }) => Object.keys(builtins).map((name) => [name, reason] as const)),
);

const folder = mkdtempSync(join(tmpdir(), 'conformance-'));
try {
  process.exitCode = report(await run(folder));
} catch (thrown) {
  console.error(
    `OPA's conformance cases CANNOT RUN: ${messageOf(thrown)}\nThey need Go (see the version in ${GO_SOURCE}go.mod).`,
  );
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function run(temporary: string): Promise<Tally> {
  const program = join(temporary, 'rego-cases');
  go('mod', 'download', 'github.com/open-policy-agent/opa');
  go('build', '-tags', 'conformance', '-trimpath', '-buildvcs=false', '-o', program, '.');
  const module = go('list', '-m', '-f', '{{.Dir}}', 'github.com/open-policy-agent/opa').trim();
  const child = spawn(program, [join(module, CASES)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const tally: Tally = { passed: 0, failed: [], excepted: [], used: new Map() };
  for await (const line of createInterface({ input: child.stdout })) {
    count(JSON.parse(line) as ConformanceCase, tally);
  }
  const code = await ended;
  if (code !== 0) throw new Error(`compiling the cases ended with code ${code}`);
  tally.failed.push(...staleExceptions(tally.used));
  return tally;
}

function count(one: ConformanceCase, tally: Tally): void {
  const failure = failureOf(one);
  const key = one.name.replace(/^v[01]\//, '');
  const byCase = CASE_REASONS.get(key);
  if (byCase !== undefined) tally.used.set(key, (tally.used.get(key) ?? 0) + 1);
  if (failure === undefined) {
    if (byCase === undefined) tally.passed += 1;
    else tally.failed.push(`${one.name}: passes, so its exception must be deleted (${byCase})`);
    return;
  }
  const { unserved, message } = failure;
  const byBuiltin = unserved === undefined ? undefined : BUILTIN_REASONS.get(unserved);
  if (byBuiltin !== undefined && unserved !== undefined) tally.used.set(unserved, (tally.used.get(unserved) ?? 0) + 1);
  const reason = byCase ?? byBuiltin;
  if (reason === undefined) tally.failed.push(`${one.name}: ${message}`);
  else tally.excepted.push(`${one.name}: ${reason} (${message})`);
}

/** Exceptions for what does not exist, and builtins whose number of cases is not the one in the table. */
function staleExceptions(used: ReadonlyMap<string, number>): readonly string[] {
  const unknown = [...CASE_REASONS.keys()].filter((name) => !used.has(name)).map((name) => `${name}: an exception for no case`);
  const expected = BUILTIN_EXCEPTIONS.flatMap(({ builtins }) => Object.entries(builtins));
  const changed = expected
    .filter(([name, cases]) => (used.get(name) ?? 0) !== cases)
    .map(([name, cases]) => `${name}: ${used.get(name) ?? 0} cases need it, the table of exceptions says ${cases}`);
  return [...unknown, ...changed];
}

function report({ passed, failed, excepted }: Tally): number {
  if (process.argv.includes('--verbose')) for (const line of excepted) console.log(`excepted ${line}`);
  for (const line of failed) console.log(`FAILED ${line}`);
  if (passed === 0) console.log('no case passed: the run itself is broken');
  console.log(`OPA conformance: ${passed} passed, ${failed.length} failed, ${excepted.length} excepted`);
  return failed.length > 0 || passed === 0 ? 1 : 0;
}

function go(...args: string[]): string {
  return execFileSync('go', args, { cwd: GO_SOURCE, encoding: 'utf8' });
}
