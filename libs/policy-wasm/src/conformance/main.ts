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
import { EXCEPTIONS } from './exceptions.ts';

const GO_SOURCE = fileURLToPath(new URL('../../compiler/', import.meta.url));
const CASES = 'v1/test/cases/testdata';

interface Tally {
  passed: number;
  readonly failed: string[];
  readonly excepted: string[];
  readonly matched: Set<string>;
}

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
  const tally: Tally = { passed: 0, failed: [], excepted: [], matched: new Set() };
  const reasons = new Map(EXCEPTIONS.flatMap(({ cases, reason }) => cases.map((name) => [name, reason] as const)));
  for await (const line of createInterface({ input: child.stdout })) {
    count(JSON.parse(line) as ConformanceCase, reasons, tally);
  }
  const code = await ended;
  if (code !== 0) throw new Error(`compiling the cases ended with code ${code}`);
  for (const name of reasons.keys()) {
    if (!tally.matched.has(name)) tally.failed.push(`${name}: an exception for a case that does not exist; delete it`);
  }
  return tally;
}

function count(one: ConformanceCase, reasons: ReadonlyMap<string, string>, tally: Tally): void {
  const failure = failureOf(one);
  const key = one.name.replace(/^v[01]\//, '');
  const reason = reasons.get(one.name) ?? reasons.get(key);
  if (reason !== undefined) tally.matched.add(reasons.has(one.name) ? one.name : key);
  if (failure === undefined && reason === undefined) tally.passed += 1;
  else if (failure === undefined) tally.failed.push(`${one.name}: passes, so its exception must be deleted (${reason})`);
  else if (reason === undefined) tally.failed.push(`${one.name}: ${failure}`);
  else tally.excepted.push(`${one.name}: ${reason} (${failure})`);
}

function report({ passed, failed, excepted }: Tally): number {
  if (process.argv.includes('--verbose')) for (const line of excepted) console.log(`excepted ${line}`);
  for (const line of failed) console.log(`FAILED ${line}`);
  if (passed === 0) console.log('no case passed: the run itself is broken');
  console.log(`OPA conformance: ${passed} passed, ${failed.length} failed, ${excepted.length} excepted`);
  return failed.length > 0 || passed === 0 ? 1 : 0;
}

function go(...args: string[]): string {
  return execFileSync('go', args, { cwd: GO_SOURCE, encoding: 'utf8', env: { ...process.env, GOFLAGS: '-mod=readonly' } });
}
