/** Runs one of OPA's own cases on our evaluator and says what was wrong, if anything. */
import { messageOf } from '@countersign/kernel';
import { SERVED } from '../builtins/index.ts';
import { openInstance } from '../host/instance.ts';
import { compareValues, members, regoText } from '../host/order.ts';
import { type RegoValue, isArray, isMap, isSet, formatValue, parseValue } from '../host/value.ts';

/** What compiler/conformance.go writes, one JSON object a line. Values are in Rego's own syntax. */
export interface ConformanceCase {
  readonly name: string;
  readonly query: string;
  /** Base64. */
  readonly wasm?: string;
  readonly compileError?: string;
  readonly data: unknown;
  readonly input?: string;
  readonly want?: string;
  readonly wantDefined?: boolean;
  readonly wantError: boolean;
  readonly strictError: boolean;
  readonly sortBindings: boolean;
  readonly ignoreGenerated: boolean;
}

export interface Failure {
  readonly message: string;
  /** The builtin for which an activation would refuse this policy. */
  readonly unserved?: string;
}

/** Undefined when the case passes. */
export function failureOf(one: ConformanceCase): Failure | undefined {
  const message = run(one);
  return typeof message === 'string' ? { message } : message;
}

function run(one: ConformanceCase): Failure | string | undefined {
  if (one.wasm === undefined) return `does not compile: ${one.compileError ?? 'no reason given'}`;
  let text: string;
  try {
    const instance = openInstance(new WebAssembly.Module(Buffer.from(one.wasm, 'base64')), {
      data: Buffer.from(JSON.stringify(one.data ?? {})),
      builtins: SERVED,
      syntax: 'rego',
    });
    const unserved = [...instance.builtins].sort().find((name) => !SERVED.has(name));
    if (unserved !== undefined) return { message: `needs the builtin ${unserved}`, unserved };
    text = Buffer.from(instance.evaluate(one.input === undefined ? undefined : Buffer.from(one.input))).toString('utf8');
  } catch (thrown) {
    return one.wantError && !one.strictError ? undefined : `threw: ${messageOf(thrown)}`;
  }
  const results = parseValue(text);
  return compare(one, isSet(results) ? [...results] : []);
}

function compare(one: ConformanceCase, got: readonly RegoValue[]): string | undefined {
  if (one.want !== undefined) {
    const want = parseValue(one.want);
    const wanted = normalise(isSet(want) ? [...want] : [], one);
    const given = normalise(got, one);
    return wanted === given ? undefined : `gave ${given} instead of ${wanted}`;
  }
  if (one.wantDefined !== undefined) {
    return got.length > 0 === one.wantDefined ? undefined : `is ${got.length > 0 ? 'defined' : 'undefined'}`;
  }
  // Under WASM there are no strict builtin errors: what ends an evaluation there is undefined here, as OPA's own WASM runner expects.
  if (one.strictError) return got.length === 0 ? undefined : `gave ${normalise(got, one)} instead of nothing`;
  return `gave ${normalise(got, one)} instead of an error`;
}

/** One text for one set of results: their order does not count, nor that of a binding's items where the case says so. */
function normalise(results: readonly RegoValue[], { sortBindings, ignoreGenerated }: ConformanceCase): string {
  const texts = results.map((bindings) => {
    const pairs = isMap(bindings) ? [...bindings] : [];
    const kept = pairs.filter(([name]) => !ignoreGenerated || !String(name).startsWith('__localq'));
    return `{${kept
      .map(([name, value]) => `${String(name)}=${binding(value, sortBindings)}`)
      .sort()
      .join(' ')}}`;
  });
  return [...new Set(texts)].sort().join(' ');
}

function binding(value: RegoValue, sorted: boolean): string {
  const plain = withoutSets(value);
  return regoText(isArray(plain) && sorted ? [...plain].sort(compareValues) : plain);
}

/** As JSON shows it, which is how the cases write what they want: a set is an array in order, a key is a text. */
function withoutSets(value: RegoValue): RegoValue {
  if (isSet(value)) return members(value).map(withoutSets);
  if (isArray(value)) return value.map(withoutSets);
  if (!isMap(value)) return value;
  return new Map(
    Array.from(value.entries(), ([key, item]) => [
      typeof key === 'string' ? key : formatValue(withoutSets(key)),
      withoutSets(item),
    ]),
  );
}
