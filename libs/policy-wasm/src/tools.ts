/** What a policy's author asks for: is it sound, do its tests pass, how is it laid out. All by OPA's own compiler. */
import { type Result, err, ok } from '@countersign/kernel';
import type { CompilerReply, CompilerRequest, PolicyCoverage, PolicyTest } from './compile/protocol.ts';
import { compileSource, unservedBuiltins } from './compile/compile.ts';
import { runCompiler } from './compile/run.ts';
import { openInstance } from './host/instance.ts';
import { SERVED } from './builtins/index.ts';
import { type PolicyProblem, plainProblem, problem } from './problem.ts';
import { type PolicySource, isObject } from './source.ts';

export interface PolicyTestReport {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly tests: readonly PolicyTest[];
  readonly coverage: PolicyCoverage;
}

/** Test modules included; everything that an activation would refuse is refused here with the same words. */
export async function checkPolicy(source: PolicySource): Promise<Result<void, PolicyProblem>> {
  const checked = await ask('check', source);
  if (!checked.ok) return checked;
  const compiled = await compileSource(source, { trials: [] });
  if (!compiled.ok) return compiled;
  const instance = openInstance(new WebAssembly.Module(compiled.value.wasm), {
    data: Buffer.from(JSON.stringify(source.data)),
    builtins: SERVED,
  });
  const unserved = unservedBuiltins(instance.builtins, compiled.value);
  return unserved ? err(unserved) : ok(undefined);
}

/** Runs every rule whose name begins with `test_`. A failed test is in the report; a source that does not compile is a refusal. */
export async function testPolicy(source: PolicySource): Promise<Result<PolicyTestReport, PolicyProblem>> {
  const ran = await ask('test', source);
  if (!ran.ok) return ran;
  const { tests = [], coverage = { percent: 0, files: {} } } = ran.value;
  const count = (...outcomes: readonly PolicyTest['outcome'][]): number =>
    tests.filter(({ outcome }) => outcomes.includes(outcome)).length;
  return ok({ passed: count('pass'), failed: count('fail', 'error'), skipped: count('skip'), tests, coverage });
}

/** The modules as `opa fmt` writes them. */
export async function formatPolicy(source: PolicySource): Promise<Result<Readonly<Record<string, string>>, PolicyProblem>> {
  const formatted = await ask('fmt', source);
  return formatted.ok ? ok(formatted.value.modules ?? {}) : formatted;
}

async function ask(command: CompilerRequest['command'], source: PolicySource): Promise<Result<CompilerReply, PolicyProblem>> {
  if (!isObject(source.data)) return err(plainProblem('data', 'the policy data must be a JSON object'));
  const answer = await runCompiler({ request: { command, modules: source.modules, data: source.data } });
  if (!answer.ok) return answer;
  const { reply } = answer.value;
  return reply.errors ? err(problem('compile', reply.errors)) : ok(reply);
}
