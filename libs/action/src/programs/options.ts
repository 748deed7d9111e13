/** Option lists of program tables, compiled: which spelling means which option and what it takes. */
import type { OptionList } from './program.ts';

export type Takes = 'nothing' | 'value' | 'attached' | 'words';

export interface OptionSpec {
  /** The first name of the entry: what conditions and targets go by. */
  readonly canonical: string;
  readonly takes: Takes;
}

export interface OptionTable {
  readonly byName: ReadonlyMap<string, OptionSpec>;
  /** Some entry is a word `name=value`. */
  readonly hasPairs: boolean;
}

const TAKES: Readonly<Record<string, Takes>> = { '=': 'value', '?': 'attached', ';': 'words' };

export const NO_OPTIONS: OptionTable = { byName: new Map(), hasPairs: false };

/** The table of `list` on top of an inherited one; the nearer entry of a name holds. */
export function compileOptions(list: OptionList | undefined, inherited: OptionTable): OptionTable {
  if (list === undefined || list.trim() === '') return inherited;
  const byName = new Map(inherited.byName);
  let { hasPairs } = inherited;
  for (const entry of list.trim().split(/\s+/)) {
    const takes = TAKES[entry.at(-1) ?? ''] ?? 'nothing';
    const names = (takes === 'nothing' ? entry : entry.slice(0, -1)).split('|');
    const spec: OptionSpec = { canonical: names[0] ?? '', takes };
    for (const name of names) {
      byName.set(name, spec);
      if (!name.startsWith('-') && !name.startsWith('+')) hasPairs = true;
    }
  }
  return { byName, hasPairs };
}

/** A long option by its full name or, as getopt does, by any beginning that only one option has. */
export function longOption(table: OptionTable, name: string): OptionSpec | undefined {
  const exact = table.byName.get(name);
  if (exact !== undefined || name.length < 3) return exact;
  let found: OptionSpec | undefined;
  for (const [candidate, spec] of table.byName) {
    if (!candidate.startsWith(name) || !candidate.startsWith('--')) continue;
    if (found !== undefined && found.canonical !== spec.canonical) return undefined;
    found = spec;
  }
  return found;
}

/** Go's flag package takes one dash for two. */
export function goOption(table: OptionTable, name: string): OptionSpec | undefined {
  const bare = name.startsWith('--') ? name.slice(2) : name.slice(1);
  return table.byName.get(`-${bare}`) ?? table.byName.get(`--${bare}`);
}
