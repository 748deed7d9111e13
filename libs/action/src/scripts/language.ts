/** What is known of a language's names: which compute, which act, and how. Pure data. */

/**
 * What a call does, as a command line that does the same, which the reader of shells then judges: `rm -rf $0`. `$0` is the first argument,
 * `$self` what the object was made of, `$0+` the first and all after it. Other forms:
 * `-` only computes · `!0` runs argument 0 as a shell command · `@0` runs a program: a list, or a text through the shell when the option
 * `shell` is set · `@0+` the arguments are the words · `@0,1` a program and the list of its arguments · `=0` code of the same language ·
 * `sql:DIALECT 0` SQL · `open 0 1` a file and its mode · `*KIND why` an effect with nothing more to say.
 */
export type Deed = string;

export interface Language {
  readonly dialect: string;
  /** By full name. */
  readonly deeds: ReadonlyMap<string, Deed>;
  /** Modules and objects of which every function only computes, unless it has a deed. */
  readonly pure: ReadonlySet<string>;
  /** Methods that, on an object that nobody knows, only compute or only use what was opened before. */
  readonly methods: ReadonlySet<string>;
  /** Names that exist without an import, and what they are. */
  readonly globals: ReadonlyMap<string, string>;
  /** Names of attributes through which a program reaches everything. */
  readonly doors: RegExp;
  /** Modules that may be imported. Others are opaque. */
  readonly modules: (name: string) => boolean;
}

/** `'os.remove os.unlink'` → a row for each. */
export function deedsOf(rows: readonly (readonly [names: string, deed: Deed])[]): Map<string, Deed> {
  return new Map(rows.flatMap(([names, deed]) => names.split(/\s+/).map((name): [string, Deed] => [name, deed])));
}

export function wordsIn(...blocks: readonly string[]): Set<string> {
  return new Set(blocks.flatMap((block) => block.split(/\s+/)).filter((word) => word !== ''));
}
