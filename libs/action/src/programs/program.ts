/**
 * How a program's command line is described: one table a program, pure data but for the rare `refine`. The shell analyser parses
 * the words by the table and turns the acts that apply into effects; what a file's *path* means (keys, logs, start-up files,
 * devices) is worked out there for all programs alike, so tables only say read, write or delete.
 */
import type { ActionKind, Effect, EffectKind, EffectScope, Reversible, TextSpan } from '@countersign/kernel';
import type { ReadContext } from '../reader.ts';

/**
 * Options, separated by spaces. One entry: its names joined by `|`, the first being the canonical one that conditions use; then
 * nothing (a flag), `=` (takes a value, attached or as the next word), `?` (takes a value only when attached) or `;` (takes every
 * word up to and with `;` or `+`, as `find -exec`). `-#` is a number as an option (`head -20`). A name without a dash is a word of
 * the form `name=value` (`dd of=file`): entry `of=`, canonical name `of`.
 * Example: `-r|-R|--recursive -f|--force -o|--output= --color?`
 */
export type OptionList = string;

/**
 * Conditions, separated by spaces, all of which must hold; alternatives inside one are joined by `|`.
 * `-r` given · `!-n` not given · `-o=json|yaml` given with one of these values · `-o~secret` its value contains this ·
 * `#=0` `#>1` number of operands · `@0=reset|clean` that operand is one of these · `@0~:` that operand contains this ·
 * `@*~=` some operand contains this · `@0^/dev/` that operand begins with this. Operands are counted from the end by `@-1`.
 * A word that is only known at run time may be anything: an act under a condition on it is taken to happen.
 * Example: `-r|-R !-n #>0`
 */
export type Condition = string;

/**
 * Words, separated by spaces: `*` all operands · `0` the first · `1..` from the second on · `-1` the last · `..-1` all but the last ·
 * `--output` the values of that option, `of` those of the words `of=…`.
 */
export type Where = string;

/** One thing the program does. */
export interface Act {
  readonly kind: EffectKind;
  readonly when?: Condition;
  /** The words that are its targets. Without words there (and without `name`) the act has no target. */
  readonly on?: Where;
  /** What the targets are; default `file`. */
  readonly type?: string;
  /** A fixed target's name. */
  readonly name?: string;
  /** Default: `one` for one plain target or none, `bounded` for several or a glob, `unknown` where a word is computed. */
  readonly scope?: EffectScope;
  /** Default by kind: `no` for delete, schema_drop, infra_destroy, export, code_execution, history_rewrite; else `unknown`. */
  readonly reversible?: Reversible;
  /** One clause for a person. */
  readonly why?: string;
  /** With `on` files: a directory there is taken with all that is in it (`rm -r`, `chmod -R`); scope then follows from where it is. */
  readonly deep?: boolean;
  /** With `on`: skip the act when there are no such words (default true). */
  readonly evenWithout?: boolean;
}

/** A text or command line inside the call, which is read in turn. */
export interface Run {
  /** `argv`: the words are a command of their own. `shell`: joined by spaces, read by a shell. Else: read by that language. */
  readonly as: 'argv' | 'shell' | { readonly kind: ActionKind | 'script'; readonly dialect?: string };
  readonly when?: Condition;
  readonly from?: Where;
  /** The text comes by standard input (here-document, here-string, `echo … |`); unknown input is opaque. */
  readonly stdin?: boolean;
  /** With `stdin`: without any input the program does something else, so a missing text is not opaque (`ssh host`). */
  readonly optional?: boolean;
  /** `argv` only: leading `NAME=value` words are variables (`env`). */
  readonly assignments?: boolean;
  /** `argv` only: further operands are appended at run time (`xargs`, `find -exec … +`), so scopes are not known. */
  readonly more?: boolean;
  /** The words that name where it runs: `host:web1`, `container:db`. */
  readonly at?: { readonly type: string; readonly on: Where };
}

/** A program or one of its sub-commands. */
export interface Command {
  readonly options?: OptionList;
  /**
   * `gnu` (default): letters may be bundled, `--long=value`, options anywhere up to `--`. `posix`: the same up to the first operand.
   * `go`: `-name` and `--name` are the same and are not bundled. `words`: there are no options, every word is an operand.
   */
  readonly syntax?: 'gnu' | 'posix' | 'go' | 'words';
  /** The first word may be option letters without their dash: `tar xzf`, `ar rcs`. */
  readonly dashless?: boolean;
  /** An option that is not listed: `opaque` (default), or `harmless` for programs that only ever read, whatever the option. */
  readonly otherOptions?: 'opaque' | 'harmless';
  readonly does?: readonly Act[];
  readonly runs?: readonly Run[];
  /**
   * By name; several words for nested ones ("remote add"). Options, `syntax`, `otherOptions`, `does`, `runs` and `refine` of the program
   * hold for its sub-commands too; conditions then see the operands after the sub-command's name.
   */
  readonly sub?: Readonly<Record<string, Command>>;
  /** What a sub-command that is not listed means; default opaque. Only with `sub`. */
  readonly otherSub?: Command;
  /** What the bare program does, where sub-commands exist and none is named; default `none`. */
  readonly bare?: Command;
  /** What data cannot say. Gets the effects found by the table, gives the ones that hold. */
  readonly refine?: Refine;
}

export interface Program extends Command {
  /** Every name the program is called by. */
  readonly names: readonly string[];
}

/** One word of a command line after expansion of quotes. */
export interface Word {
  readonly text: string;
  readonly span: TextSpan;
  /** False where a part is only known at run time: then `text` holds the source. */
  readonly known: boolean;
  /** True where an unquoted `*`, `?`, `[` or `{` may stand for several names. */
  readonly glob: boolean;
  /** Where the value begins in the action's text, when the text there is the value word for word; else -1. */
  readonly base: number;
}

/** A command line as its table reads it. */
export interface Call {
  readonly program: string;
  /** Sub-command words that were matched: ["remote", "add"]. */
  readonly path: readonly string[];
  /** By canonical name; a flag has an undefined value. */
  readonly options: ReadonlyMap<string, readonly (Word | undefined)[]>;
  readonly operands: readonly Word[];
  /** Every word after the program's name, as written. */
  readonly words: readonly Word[];
  /** The whole call in the action's text. */
  readonly span: TextSpan;
  /** What comes in by standard input, where that is known word for word. */
  readonly stdin: Word | undefined;
}

export type Refine = (call: Call, found: readonly Effect[], cx: ReadContext) => readonly Effect[];
