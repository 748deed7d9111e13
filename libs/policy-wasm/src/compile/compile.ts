/** Source → compiled policy, from the cache or by the compiler, with every reason to refuse it found before it could decide. */
import { type Result, canonicalJson, err, messageOf, ok, sha256Hex } from '@countersign/kernel';
import { SERVED, refusalOf } from '../builtins/index.ts';
import { type PolicyProblem, plainProblem, problem } from '../problem.ts';
import { type PolicySource, decidingModules, isObject } from '../source.ts';
import { artifactDigest } from './artifact.ts';
import { type CompiledPolicy, readCache, writeCache } from './cache.ts';
import { runCompiler } from './run.ts';

/** `data.countersign.decision`, in the compiler's spelling. */
export const ENTRYPOINT = 'countersign/decision';

export interface CompileOptions {
  /** Made when it is missing; without it nothing is cached. */
  readonly cacheDir?: string;
  /** Inputs that the policy must survive. */
  readonly trials: readonly Uint8Array[];
  readonly limitMs?: number;
  readonly onWarning?: (message: string) => void;
}

/** Refusals: `data`, `compile`, `entrypoint`, `evaluation`, `time`. */
export async function compileSource(
  source: PolicySource,
  options: CompileOptions,
): Promise<Result<CompiledPolicy, PolicyProblem>> {
  const modules = decidingModules(source);
  if (!isObject(source.data)) return err(plainProblem('data', 'the policy data must be a JSON object'));
  if (Object.keys(modules).length === 0) return err(plainProblem('compile', 'the policy has no Rego module (*.rego)'));
  let key: string;
  try {
    const trials = options.trials.map((trial) => sha256Hex(trial));
    key = sha256Hex(canonicalJson({ compiler: artifactDigest(), entrypoint: ENTRYPOINT, modules, data: source.data, trials }));
  } catch (thrown) {
    if (!(thrown instanceof TypeError)) throw thrown;
    return err(plainProblem('data', `the policy data is not JSON: ${messageOf(thrown)}`));
  }
  const cached = options.cacheDir === undefined ? undefined : await readCache(options.cacheDir, key);
  if (cached) return ok(cached);
  const compiled = await compileFresh(source, modules, options);
  if (compiled.ok && options.cacheDir !== undefined) {
    const warning = await writeCache(options.cacheDir, key, compiled.value);
    if (warning !== undefined) options.onWarning?.(warning);
  }
  return compiled;
}

async function compileFresh(
  source: PolicySource,
  modules: Readonly<Record<string, string>>,
  { trials, limitMs }: CompileOptions,
): Promise<Result<CompiledPolicy, PolicyProblem>> {
  const request = { command: 'compile', modules, data: source.data, entrypoint: ENTRYPOINT } as const;
  const answer = await runCompiler({ request, trials }, limitMs);
  if (!answer.ok) return answer;
  const { reply, wasm, trialFailure } = answer.value;
  if (reply.errors) {
    const missing = reply.errors.some(
      ({ message }) => message.startsWith('entrypoint ') || message.startsWith('undefined rule '),
    );
    return err(missing ? noEntrypoint() : problem('compile', reply.errors));
  }
  if (wasm === undefined) return err(plainProblem('compile', 'the compiler gave no code'));
  if (trialFailure !== undefined) return err(plainProblem('evaluation', trialFailure));
  return ok({ wasm, builtins: reply.builtins ?? [], reads: reply.reads ?? [] });
}

/** The refusal that names each builtin that this host does not serve and where the policy first calls it. */
export function unservedBuiltins(called: readonly string[], policy: CompiledPolicy): PolicyProblem | undefined {
  const messages = called
    .filter((name) => !SERVED.has(name))
    .map((name) => {
      const place = policy.builtins.find(({ code }) => code === name);
      const message = `the builtin ${name} is not served: ${refusalOf(name)}`;
      return { code: 'unserved_builtin', message, file: place?.file ?? '', row: place?.row ?? 0, col: place?.col ?? 0 };
    });
  return messages.length === 0 ? undefined : problem('builtin', messages);
}

function noEntrypoint(): PolicyProblem {
  return plainProblem(
    'entrypoint',
    'no rule answers data.countersign.decision: the bundle needs `package countersign` with a rule `decision`',
  );
}
