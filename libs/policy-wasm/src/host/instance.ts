/**
 * One compiled policy in memory, ready to be asked. Our own host of OPA's WASM ABI 1.3, not the SDK's: see docs/adr/0003 for why.
 * The memory never shrinks but is reset before every evaluation, so it stays as large as the largest evaluation needed.
 */
import type { Builtin } from '../builtins/index.ts';
import type { InputPart } from '@countersign/ports';
import { type RegoValue, formatValue, parseValue } from './value.ts';

export interface PolicyInstance {
  /** The builtins that the module calls and does not bring itself. */
  readonly builtins: readonly string[];
  /** Bytes of the module's memory now. */
  readonly memoryBytes: number;
  /**
   * The result set of the first entrypoint, `[{"result":…}]` or `[]`, as UTF-8 JSON in the module's memory: valid until the next
   * call. Without input `input` is undefined to the rules. Throws an Error when the input is not JSON or the policy aborts; the instance is then broken and must be replaced.
   */
  evaluate(input: Uint8Array | undefined): Uint8Array;
  /** The same for an object of these members. Parts that repeat are parsed once and stay in the module's memory, up to a bound. */
  evaluateParts(parts: readonly InputPart[]): Uint8Array;
}

export interface InstanceOptions {
  /** `data` as JSON. */
  readonly data: Uint8Array;
  readonly builtins: ReadonlyMap<string, Builtin>;
  /** `json` by default; `rego` keeps sets and keys that are no strings, in the input and in the answer. */
  readonly syntax?: 'json' | 'rego';
}

interface Exports {
  opa_malloc(bytes: number): number;
  opa_heap_ptr_get(): number;
  opa_heap_ptr_set(address: number): void;
  opa_json_parse(address: number, bytes: number): number;
  opa_json_dump(value: number): number;
  opa_value_parse(address: number, bytes: number): number;
  opa_value_dump(value: number): number;
  opa_value_add_path(value: number, path: number, member: number): number;
  opa_eval_ctx_new(): number;
  opa_eval_ctx_set_input(context: number, value: number): void;
  opa_eval_ctx_set_data(context: number, value: number): void;
  opa_eval_ctx_set_entrypoint(context: number, entrypoint: number): void;
  opa_eval_ctx_get_result(context: number): number;
  eval(context: number): number;
  builtins(): number;
}

/** Where a part lies in the module's memory, as long as this is its shelf. */
interface Kept {
  readonly shelf: object;
  readonly address: number;
}

const NO_JSON = 'the policy input is not JSON';
const EMPTY_OBJECT = Buffer.from('{}');
/** Of parts of inputs, before all of them are dropped and parsed again as they come: some 10,000 actions. */
const KEPT_BYTES = 32 * 1024 * 1024;

/** WebAssembly's unit of memory. */
const PAGE_BYTES = 65_536;
const INITIAL_PAGES = 32;
/** 512 MiB: a policy that wants more aborts instead of taking the machine down. */
const MAXIMUM_PAGES = (512 * 1024 * 1024) / PAGE_BYTES;

/** Throws an Error when the module is not a policy or the data is not JSON. */
export function openInstance(module: WebAssembly.Module, { data, builtins, syntax = 'json' }: InstanceOptions): PolicyInstance {
  const names: string[] = [];
  const { memory, exports } = link(module, environment);
  const parse = syntax === 'json' ? exports.opa_json_parse : exports.opa_value_parse;
  const dump = syntax === 'json' ? exports.opa_json_dump : exports.opa_value_dump;
  let view = Buffer.from(memory.buffer);

  const ids = JSON.parse(textAt(exports.opa_json_dump(exports.builtins()))) as Record<string, number>;
  for (const [name, id] of Object.entries(ids)) names[id] = name;
  const dataAddress = load(data, exports.opa_json_parse, 'the policy data is not JSON');
  const floor = exports.opa_heap_ptr_get();
  /** What lies below stays; an evaluation begins here. */
  let base = floor;
  /** Made anew each time that what was kept is dropped. */
  let shelf: object = {};
  let paths = new Map<string, number>();

  return {
    builtins: Object.keys(ids),
    get memoryBytes() {
      return memory.buffer.byteLength;
    },
    evaluate(input) {
      exports.opa_heap_ptr_set(base);
      return judge(input === undefined ? 0 : load(input, parse, NO_JSON));
    },
    evaluateParts(parts) {
      if (base - floor > KEPT_BYTES) {
        base = floor;
        shelf = {};
        paths = new Map();
      }
      exports.opa_heap_ptr_set(base);
      for (const part of parts) keep(part);
      base = exports.opa_heap_ptr_get();
      const input = load(EMPTY_OBJECT, parse, NO_JSON);
      for (const part of parts) {
        const value = part.repeats ? (part.kept as Kept).address : load(Buffer.from(part.json), parse, NO_JSON);
        const failed = exports.opa_value_add_path(input, paths.get(part.member) ?? 0, value);
        if (failed !== 0) throw new Error(`the member ${part.member} could not be put into the input`);
      }
      return judge(input);
    },
  };

  /** Below `base`, so that it outlives the evaluation. */
  function keep(part: InputPart): void {
    if (!paths.has(part.member)) {
      paths.set(part.member, load(Buffer.from(JSON.stringify([part.member])), exports.opa_json_parse, NO_JSON));
    }
    if (!part.repeats || (part.kept as Kept | undefined)?.shelf === shelf) return;
    part.kept = { shelf, address: load(Buffer.from(part.json), parse, NO_JSON) } satisfies Kept;
  }

  function judge(input: number): Uint8Array {
    const context = exports.opa_eval_ctx_new();
    exports.opa_eval_ctx_set_input(context, input);
    exports.opa_eval_ctx_set_data(context, dataAddress);
    exports.opa_eval_ctx_set_entrypoint(context, 0);
    if (exports.eval(context) !== 0) throw new Error('the policy failed without a message');
    return bytesAt(dump(exports.opa_eval_ctx_get_result(context)));
  }

  function environment(shared: WebAssembly.Memory): WebAssembly.ModuleImports {
    return {
      memory: shared,
      opa_abort: (address: number) => {
        throw new Error(`the policy aborted: ${textAt(address)}`);
      },
      // print() is compiled away; what is left has no reader in a service.
      opa_println: () => undefined,
      opa_builtin0: (id: number) => call(id, []),
      opa_builtin1: (id: number, _: number, ...at: number[]) => call(id, at),
      opa_builtin2: (id: number, _: number, ...at: number[]) => call(id, at),
      opa_builtin3: (id: number, _: number, ...at: number[]) => call(id, at),
      opa_builtin4: (id: number, _: number, ...at: number[]) => call(id, at),
    };
  }

  /** A builtin that throws has no value, as in OPA: the expression is undefined and the evaluation goes on. Address 0 says so. */
  function call(id: number, addresses: readonly number[]): number {
    const name = names[id] ?? String(id);
    const builtin = builtins.get(name);
    if (builtin === undefined) throw new Error(`the policy called ${name}, which is not served here`);
    const args = addresses.map((address) => parseValue(textAt(exports.opa_value_dump(address))));
    const answer = attempt(builtin, args);
    return answer === undefined ? 0 : load(Buffer.from(answer), exports.opa_value_parse, `${name} gave no Rego value`);
  }

  function load(bytes: Uint8Array, read: (address: number, bytes: number) => number, complaint: string): number {
    const address = exports.opa_malloc(bytes.length);
    current().set(bytes, address);
    const value = read(address, bytes.length);
    if (value === 0) throw new Error(complaint);
    return value;
  }

  /** Growing the memory detaches the view; only then is a new one made. */
  function current(): Buffer {
    if (view.buffer !== memory.buffer) view = Buffer.from(memory.buffer);
    return view;
  }

  function bytesAt(address: number): Buffer {
    if (address === 0) throw new Error('the policy gave what has no text');
    const bytes = current();
    return bytes.subarray(address, bytes.indexOf(0, address));
  }

  function textAt(address: number): string {
    return bytesAt(address).toString('utf8');
  }
}

function attempt(builtin: Builtin, args: readonly RegoValue[]): string | undefined {
  try {
    const value = builtin(...args);
    return value === undefined ? undefined : formatValue(value);
  } catch {
    // Rego has no way to tell a policy why a builtin has no value.
    return undefined;
  }
}

/** The module states how much memory it needs at least, but JavaScript cannot read that: try, and double. */
function link(
  module: WebAssembly.Module,
  environment: (memory: WebAssembly.Memory) => WebAssembly.ModuleImports,
): { readonly memory: WebAssembly.Memory; readonly exports: Exports } {
  for (let pages = INITIAL_PAGES; ; pages *= 2) {
    const memory = new WebAssembly.Memory({ initial: pages, maximum: MAXIMUM_PAGES });
    try {
      const instance = new WebAssembly.Instance(module, { env: environment(memory) });
      return { memory, exports: instance.exports as unknown as Exports };
    } catch (thrown) {
      if (!(thrown instanceof WebAssembly.LinkError) || pages * 2 > MAXIMUM_PAGES) throw thrown;
    }
  }
}
