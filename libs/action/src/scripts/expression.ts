/** What programs of every language are brought down to before they are judged: names, calls, constants, and order. */
import type { TextSpan } from '@countersign/kernel';

export type Expression =
  | { readonly type: 'text'; readonly value: string; readonly span: TextSpan }
  | { readonly type: 'number'; readonly value: number; readonly raw: string; readonly span: TextSpan }
  | { readonly type: 'list'; readonly items: readonly Expression[]; readonly span: TextSpan }
  | { readonly type: 'name'; readonly name: string; readonly span: TextSpan }
  | { readonly type: 'member'; readonly object: Expression; readonly name: string; readonly span: TextSpan }
  | { readonly type: 'call'; readonly callee: Expression; readonly args: readonly Argument[]; readonly span: TextSpan }
  /** Pieces of one text. */
  | { readonly type: 'join'; readonly parts: readonly Expression[]; readonly span: TextSpan }
  /** Path pieces (`Path('/a') / 'b'`). */
  | { readonly type: 'assign'; readonly target: Expression; readonly value: Expression; readonly span: TextSpan }
  /** A module under the name it has here. */
  | { readonly type: 'import'; readonly module: string; readonly as: string; readonly span: TextSpan }
  /** A function or class of the program's own; its body is judged where it stands. */
  | {
      readonly type: 'function';
      readonly name: string;
      readonly parameters: readonly string[];
      readonly body: readonly Expression[];
      readonly span: TextSpan;
    }
  /** Anything else that only holds expressions. */
  | { readonly type: 'other'; readonly parts: readonly Expression[]; readonly fields?: Fields; readonly span: TextSpan }
  /** What this reader does not know. */
  | { readonly type: 'unknown'; readonly what: string; readonly span: TextSpan };

/** What an object written out has in it, by name; undefined for what is no constant text. */
export type Fields = ReadonlyMap<string, string | undefined>;

export interface Argument {
  /** '' for one by position. */
  readonly name: string;
  readonly value: Expression;
}

/** What an expression comes to, as far as the text tells. */
export interface Value {
  /** A constant text. */
  readonly text?: string;
  readonly number?: string;
  readonly items?: readonly Value[];
  /** Where it comes from: `os`, `os.system`, `pathlib.Path()`; `?` when nobody knows, `own` for the program's own code. */
  readonly path?: string;
  /** What an object was made of. */
  readonly made?: readonly Value[];
  /** Only of an object that is written out whole. */
  readonly fields?: Fields;
}

export const UNKNOWN: Value = { path: '?' };
export const OWN: Value = { path: 'own' };
export const PLAIN: Value = { path: 'value' };
