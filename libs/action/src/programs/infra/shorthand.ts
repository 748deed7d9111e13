/** Short ways to write the tables of this folder: lists of sub-command paths, and the rules that say what a verb does. */
import { EFFECT_KINDS, type EffectKind, type EffectScope, type Reversible } from '@countersign/kernel';
import type { Act, Command, OptionList } from '../program.ts';

/**
 * What a verb does, in one line: effects joined by ` + `, each `kind`, then its scope, then `?yes` or `?no` for whether it can be
 * undone, then `: why`. Example: `infra_destroy unbounded: the stack and all in it`. `copy`, `move`, `sync` and `remove` stand
 * for a transfer whose direction decides (`transfers.ts`).
 */
export type Rule = string;

/** Sub-command paths separated by commas, each word with alternatives joined by `|`: `stream|str ls|info, account info`. */
export type Paths = string;

export interface Outcome {
  readonly kind: EffectKind;
  readonly scope: EffectScope | undefined;
  readonly reversible: Reversible;
  readonly why: string;
}

const LASTING: ReadonlySet<EffectKind> = new Set([
  'delete',
  'schema_drop',
  'infra_destroy',
  'export',
  'code_execution',
  'history_rewrite',
]);

const SCOPES: ReadonlySet<string> = new Set(['one', 'bounded', 'unbounded', 'unknown']);

/** Throws on a word that is no effect kind: a typing error in a table must stop the build, not weaken a judgement. */
export function outcomes(rule: Rule): Outcome[] {
  return rule.split(' + ').map((part) => {
    const [head = '', why = ''] = splitOnce(part, ': ');
    const words = head.trim().split(' ');
    const kind = EFFECT_KINDS.find((known) => known === words[0]);
    if (kind === undefined) throw new Error(`no such effect kind in the rule "${rule}"`);
    let scope: EffectScope | undefined;
    let reversible: Reversible = LASTING.has(kind) ? 'no' : 'unknown';
    for (const word of words.slice(1)) {
      if (SCOPES.has(word)) scope = word as EffectScope;
      else if (word === '?yes') reversible = 'yes';
      else if (word === '?no') reversible = 'no';
      else throw new Error(`"${word}" means nothing in the rule "${rule}"`);
    }
    return { kind, scope, reversible, why };
  });
}

/** `backup get|describe, ls` → `backup get`, `backup describe`, `ls`. */
export function expand(paths: Paths): string[] {
  return paths.split(',').flatMap((path) =>
    path
      .trim()
      .split(/\s+/)
      .map((word) => word.split('|'))
      .reduce<string[]>(
        (done, names) => done.flatMap((head) => names.map((name) => (head === '' ? name : `${head} ${name}`))),
        [''],
      ),
  );
}

/**
 * Sub-commands written by paths; acts in `always` hold for each of them. None does anything when asked for its help. Behind the
 * sub-command an option that is not listed is taken for harmless (what it does is known by its name); before it, it may hide it.
 */
export function subs(table: Readonly<Record<Paths, Command>>, always: readonly Act[] = []): Record<string, Command> {
  const out: Record<string, Command> = {};
  for (const [paths, command] of Object.entries(table)) {
    const whole = unlessHelp(always.length === 0 ? command : { ...command, does: [...(command.does ?? []), ...always] });
    for (const path of expand(paths)) out[path] = whole;
  }
  const names = Object.keys(out);
  for (const name of names) {
    const command = out[name];
    if (command === undefined || !names.some((other) => other.startsWith(`${name} `))) continue;
    out[name] = { ...command, does: [...(command.does ?? []), UNKNOWN_SUB] };
  }
  return out;
}

/** A group of sub-commands takes no operand of its own. */
const UNKNOWN_SUB: Act = { kind: 'opaque', scope: 'unknown', when: '#>0 !--help', why: 'a sub-command that is not known' };

function unlessHelp(command: Command): Command {
  return {
    otherOptions: 'harmless',
    ...command,
    ...(command.does === undefined ? {} : { does: command.does.map((act) => ({ ...act, when: alsoWhen(act.when) })) }),
    ...(command.runs === undefined ? {} : { runs: command.runs.map((run) => ({ ...run, when: alsoWhen(run.when) })) }),
  };
}

function alsoWhen(condition = ''): string {
  return `${condition} !--help`.trim();
}

/** A sub-command that does what the rule says to its operands, which are things of this type. */
export function does(rule: Rule, type = 'resource', options: OptionList = '', when = ''): Command {
  return { does: acts(rule, type, when), ...(options === '' ? {} : { options }) };
}

export function acts(rule: Rule, type = 'resource', when = '', on = '*'): Act[] {
  return outcomes(rule).map((outcome) => ({
    kind: outcome.kind,
    reversible: outcome.reversible,
    on,
    type,
    evenWithout: true,
    ...(outcome.scope === undefined ? {} : { scope: outcome.scope }),
    ...(when === '' ? {} : { when }),
    ...(outcome.why === '' ? {} : { why: outcome.why }),
  }));
}

function splitOnce(text: string, by: string): [string, string] {
  const at = text.indexOf(by);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + by.length)];
}
