/** Short ways to write the tables down, and to build effects where a table needs code. */
import type { Effect, EffectKind, EffectScope, Reversible } from '@countersign/kernel';
import type { Act, Call, Command, Program, Run, Word } from '../program.ts';

/** Effects of these kinds cannot be taken back. */
const FINAL: ReadonlySet<EffectKind> = new Set<EffectKind>([
  'delete',
  'schema_drop',
  'infra_destroy',
  'export',
  'code_execution',
  'history_rewrite',
]);

/** Several programs, named apart by spaces, whose command lines are read alike. */
export function each(names: string, command: Command): Program[] {
  return names
    .split(/\s+/u)
    .filter((name) => name !== '')
    .map((name) => ({ names: [name], ...command }));
}

/** Programs that only show something of the machine, whatever their options. */
export function shows(what: string, names: string): Program[] {
  return each(names, { otherOptions: 'harmless', does: [{ kind: 'read', type: 'system', name: what }] });
}

/** Programs that only read the files they are given and print, whatever their options. */
export function prints(names: string, options = ''): Program[] {
  return each(names, { options, otherOptions: 'harmless', does: [{ kind: 'read', on: '*' }] });
}

/** Programs that take their own file formats from the first operands and write the last one. */
export function converts(names: string, options = ''): Program[] {
  return each(names, {
    options: `-o|--output= ${options}`,
    otherOptions: 'harmless',
    does: [
      { kind: 'read', on: '*', when: '#=1' },
      { kind: 'read', on: '..-1', when: '#>1' },
      { kind: 'write', on: '-1', when: '#>1 !-o' },
      { kind: 'read', on: '-1', when: '#>1 -o' },
      { kind: 'write', on: '-o' },
    ],
  });
}

/** Programs with windows of their own: what a person does in them is not in the text. */
export function windows(names: string, options = ''): Program[] {
  return each(names, { options, otherOptions: 'harmless', does: [{ kind: 'read', on: '*' }, { kind: 'none' }] });
}

/** A sub-command table in which every sub-command of one list does the same. */
export function subs(names: string, command: Command): Record<string, Command> {
  const table: Record<string, Command> = {};
  for (const name of names.split(/\s+/u)) if (name !== '') table[name] = command;
  return table;
}

/** A sub-command that only shows. */
export function showing(what: string, options = ''): Command {
  return { options, otherOptions: 'harmless', does: [{ kind: 'read', type: 'system', name: what }] };
}

/** A command with one act and any options. */
export function doing(act: Act, options = ''): Command {
  return { options, otherOptions: 'harmless', does: [act] };
}

export const NOTHING: Command = { otherOptions: 'harmless', does: [{ kind: 'none' }] };

/** The rest of the line is a command of its own. */
export const THE_REST: Run = { as: 'argv', from: '*' };

export interface Made {
  readonly scope?: EffectScope;
  readonly reversible?: Reversible;
  /** What the words are; default `file`. */
  readonly type?: string;
  readonly on?: readonly Word[];
  readonly name?: string;
  readonly via?: string;
  readonly why?: string;
}

/** An effect that a `refine` function found. */
export function effect(call: Call, kind: EffectKind, made: Made = {}): Effect {
  const words = made.on ?? [];
  const type = made.type ?? 'file';
  const targets = words.map((word) => ({ type, name: word.text }));
  if (made.name !== undefined) targets.push({ type, name: made.name });
  const first = words[0];
  const last = words[words.length - 1];
  return {
    kind,
    scope: made.scope ?? scopeOf(words),
    reversible: made.reversible ?? (FINAL.has(kind) ? 'no' : 'unknown'),
    targets,
    span: first === undefined || last === undefined ? call.span : { start: first.span.start, end: last.span.end },
    via: made.via ?? '',
    why: made.why ?? '',
  };
}

/** The part could not be read. */
export function opaque(call: Call, why: string, word?: Word): Effect {
  const span = word?.span ?? call.span;
  return { kind: 'opaque', scope: 'unknown', reversible: 'unknown', targets: [], span, via: '', why };
}

export function scopeOf(words: readonly Word[]): EffectScope {
  if (words.some((word) => !word.known)) return 'unknown';
  return words.length > 1 || words.some((word) => word.glob) ? 'bounded' : 'one';
}

/** True where the option was given at all. */
export function given(call: Call, ...options: readonly string[]): boolean {
  return options.some((option) => call.options.has(option));
}

/** The values of an option, without the times it was given bare. */
export function valuesOf(call: Call, ...options: readonly string[]): Word[] {
  const words: Word[] = [];
  for (const option of options) for (const word of call.options.get(option) ?? []) if (word !== undefined) words.push(word);
  return words;
}
