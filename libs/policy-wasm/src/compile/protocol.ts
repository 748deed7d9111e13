/** What crosses between this library, its compiler worker and the Go program (compiler/main.go holds the other end). */
import type { Json } from '@countersign/kernel';
import type { PolicyMessage } from '../problem.ts';

export interface CompilerRequest {
  readonly command: 'compile' | 'check' | 'fmt' | 'test';
  readonly modules: Readonly<Record<string, string>>;
  readonly data?: Json;
  /** `package/rule`, for compile. */
  readonly entrypoint?: string;
}

export interface CompilerReply {
  readonly errors?: readonly PolicyMessage[];
  /** Base64. */
  readonly wasm?: string;
  /** The first call of each builtin in the modules; `code` is the builtin's name. */
  readonly builtins?: readonly PolicyMessage[];
  /** The members of the input that the modules look at, two names deep; `*` for all of it. */
  readonly reads?: readonly string[];
  readonly modules?: Readonly<Record<string, string>>;
  readonly tests?: readonly PolicyTest[];
  readonly coverage?: PolicyCoverage;
}

export interface PolicyTest {
  /** `data.countersign.sql`, for instance. */
  readonly package: string;
  readonly name: string;
  readonly file: string;
  /** Of the test, or of the expression that failed. */
  readonly row: number;
  readonly outcome: 'pass' | 'fail' | 'error' | 'skip';
  /** The expression that failed, or the error. */
  readonly message: string;
  /** What the test printed. */
  readonly output: string;
  readonly durationMs: number;
}

export interface PolicyCoverage {
  /** Of the lines that can run, 0–100. */
  readonly percent: number;
  readonly files: Readonly<Record<string, { readonly percent: number; readonly notCovered: readonly number[] }>>;
}

/** What the worker is started with. */
export interface WorkerJob {
  readonly request: CompilerRequest;
  /** For compile: evaluated one after the other in the worker, where a loop can be ended. */
  readonly trials?: readonly Uint8Array[];
  /** The compiler of an earlier job; without it the worker unpacks its own. */
  readonly compiler?: WebAssembly.Module;
}

/** What the worker posts, once, before it ends. */
export type WorkerAnswer =
  | {
      readonly kind: 'reply';
      readonly reply: CompilerReply;
      readonly wasm?: Uint8Array;
      readonly trialFailure?: string;
      readonly compiler: WebAssembly.Module;
    }
  /** The Go program itself failed: its own words. */
  | { readonly kind: 'crash'; readonly message: string };
