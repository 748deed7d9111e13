/** A bundle with its instance: asks for one decision, and replaces the instance after a failure left it in an unknown state. */
import { messageOf } from '@countersign/kernel';
import type { InputPart, PolicyBundle } from '@countersign/ports';
import type { Builtin } from '../builtins/index.ts';
import { type PolicyInstance, openInstance } from './instance.ts';

export interface ActivePolicy {
  readonly bundle: PolicyBundle;
  readonly builtins: readonly string[];
  /** Of the policy's own memory now; 0 after a failure, until the next evaluation. */
  readonly memoryBytes: number;
  /** The promises of `Evaluator.evaluate`. */
  evaluate(input: Uint8Array): Uint8Array | undefined;
  evaluateParts(parts: readonly InputPart[]): Uint8Array | undefined;
}

/** The result set of a query with one variable: `[{"result":` answer `}]`, or `[]` where the policy has no answer. */
const PREFIX_BYTES = '[{"result":'.length;
const SUFFIX_BYTES = '}]'.length;

export function openPolicy(
  bundle: PolicyBundle,
  module: WebAssembly.Module,
  data: Uint8Array,
  builtins: ReadonlyMap<string, Builtin>,
): ActivePolicy {
  let instance: PolicyInstance | undefined = openInstance(module, { data, builtins });
  return {
    bundle,
    builtins: instance.builtins,
    get memoryBytes() {
      return instance?.memoryBytes ?? 0;
    },
    evaluate: (input) => ask((policy) => policy.evaluate(input)),
    evaluateParts: (parts) => ask((policy) => policy.evaluateParts(parts)),
  };

  function ask(question: (policy: PolicyInstance) => Uint8Array): Uint8Array | undefined {
    instance ??= openInstance(module, { data, builtins });
    try {
      const results = question(instance);
      return results.length <= PREFIX_BYTES ? undefined : results.subarray(PREFIX_BYTES, results.length - SUFFIX_BYTES);
    } catch (thrown) {
      // An abort leaves half an evaluation behind, and memory never shrinks: start again from the code (0.3 ms).
      instance = undefined;
      throw new Error(`policy ${bundle.name}: ${messageOf(thrown)}`, { cause: thrown });
    }
  }
}
