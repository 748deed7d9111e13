/** What a shell knows while a text is read: variables, functions, aliases, the working folder. */
import type { Function as FunctionNode } from 'unbash';
import type { Word } from '../programs/program.ts';

/** A word with what the shell knows beyond its text. */
export interface ShellWord extends Word {
  /** Holds what was read from files or from a pipe. */
  readonly data?: boolean;
}

export interface Value {
  readonly text: string;
  readonly known: boolean;
  readonly glob: boolean;
  readonly data: boolean;
  /** The items of an array, where they are known. */
  readonly items?: readonly ShellWord[];
}

export interface Defined {
  readonly node: FunctionNode;
  readonly source: string;
  /** Defined where it may not have been reached: the program of that name may be meant as well. */
  readonly maybe: boolean;
}

/** A variable that may hold anything. */
export const ANYTHING: Value = { text: '', known: false, glob: false, data: false };

export class Scope {
  vars: Map<string, Value> = new Map();
  functions: Map<string, Defined> = new Map();
  aliases: Map<string, string> = new Map();
  /** `$1` and on; undefined where the caller decides. */
  positional: readonly ShellWord[] | undefined = undefined;
  /** '' the folder that the text starts in; undefined not known. */
  cwd: string | undefined = '';
  /** Words are split at other characters than blanks. */
  oddSplitting = false;
  /** A sourced file or a computed assignment may have set any variable. */
  anySet = false;
  /** Names with attributes that change what is assigned (`declare -i`, `-l`, `readonly`): never known. */
  odd: Set<string> = new Set();
  /** Some name may stand for another one (`declare -n`). */
  references = false;
  /** Functions that are being read, outermost first. */
  active: readonly string[] = [];
  /** In a branch that may not be taken. */
  maybe = false;
  /** Names made local by the function that is being read, with what they hid. */
  locals: Map<string, Value | undefined> | undefined = undefined;

  fork(): Scope {
    const copy = new Scope();
    copy.vars = new Map(this.vars);
    copy.functions = new Map(this.functions);
    copy.aliases = new Map(this.aliases);
    copy.positional = this.positional;
    copy.cwd = this.cwd;
    copy.oddSplitting = this.oddSplitting;
    copy.anySet = this.anySet;
    copy.odd = new Set(this.odd);
    copy.references = this.references;
    copy.active = this.active;
    copy.maybe = this.maybe;
    return copy;
  }

  set(name: string, value: Value): void {
    this.vars.set(name, this.references || this.odd.has(name) ? ANYTHING : value);
    if (name === 'IFS') this.oddSplitting = !(value.known && /^[ \t\n]*$/.test(value.text));
  }

  forgetAll(): void {
    for (const name of this.vars.keys()) this.vars.set(name, ANYTHING);
    this.anySet = true;
  }

  /** Reads what may or may not happen: variables and the folder that it changes are no longer known. */
  perhaps(body: () => void): void {
    const { vars, cwd, maybe, oddSplitting } = this;
    this.vars = new Map(vars);
    this.maybe = true;
    body();
    for (const [name, value] of this.vars) if (vars.get(name) !== value) this.vars.set(name, sameOr(vars.get(name), value));
    for (const name of vars.keys()) if (!this.vars.has(name)) this.vars.set(name, ANYTHING);
    if (this.cwd !== cwd) this.cwd = undefined;
    this.oddSplitting ||= oddSplitting;
    this.maybe = maybe;
  }

  local(name: string): void {
    if (this.locals === undefined || this.locals.has(name)) return;
    this.locals.set(name, this.vars.get(name));
  }
}

function sameOr(before: Value | undefined, after: Value): Value {
  const same =
    before !== undefined &&
    before.known &&
    after.known &&
    before.text === after.text &&
    before.items === undefined &&
    after.items === undefined;
  return same ? after : { ...ANYTHING, data: after.data || (before?.data ?? false) };
}
