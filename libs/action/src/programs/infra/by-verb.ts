/**
 * Command lines of the shape `tool noun … verb operands --options`, as most service tools have it: judged by a table of whole
 * paths first and by their verb otherwise. A verb that no table knows is opaque, whatever its noun.
 */
import type { Effect, EffectKind, EffectTarget, TextSpan } from '@countersign/kernel';
import { opaqueEffect } from '../../analysis.ts';
import { compileCondition } from '../conditions.ts';
import type { Act, Call, OptionList, Program, Refine, Word } from '../program.ts';
import { given, optionOn } from './options.ts';
import { outcomes, type Outcome, type Rule } from './shorthand.ts';
import { transfer, TRANSFER_RULES, type Transfer, type TransferRule } from './transfers.ts';
import { COMMON_VERBS, CONTAINERS, NOUNISH } from './verbs.ts';

/** One service tool. */
export interface Service {
  /** Separated by spaces. */
  readonly names: string;
  readonly options?: OptionList;
  readonly syntax?: Program['syntax'];
  /** By leading words, the longest path that fits; before any verb. A key is whole paths joined by `|`: `app list|app get|context`. */
  readonly paths?: Readonly<Record<string, Rule>>;
  /** Paths whose meaning hangs on options too: the first whose condition holds, before `paths`. Rules go by `path if condition`. */
  readonly cases?: Readonly<Record<string, Rule>>;
  /** Beside or instead of the common verbs; keys as in `paths`. */
  readonly verbs?: Readonly<Record<string, Rule>>;
  /** The common verbs do not hold: this tool uses its words in its own way. */
  readonly ownVerbsOnly?: boolean;
  /** Verbs are the first part of a compound: `describe-instances`, `list-usages`. */
  readonly compound?: boolean;
  /** How many leading words can be noun or verb; default 5. */
  readonly depth?: number;
  /** What the tool does when no word is given; default nothing. */
  readonly bare?: Rule;
  /** What a line means whose words are no verb of any table; default opaque. For tools whose operands are plain names. */
  readonly otherwise?: Rule;
  /** Options that turn every change into a rehearsal. */
  readonly rehearsal?: string;
  /** Options that widen a removal to everything. */
  readonly everything?: string;
  /** By option: what giving it does besides. */
  readonly flags?: Readonly<Record<string, Rule>>;
  readonly transfer?: Transfer;
}

/** A rule, read. */
interface Judged {
  readonly transfer: TransferRule | undefined;
  readonly outcomes: readonly Outcome[];
  /** Which of two verbs counts when a line holds both. */
  readonly weight: number;
}

interface Case {
  readonly path: readonly string[];
  readonly holds: (call: Call) => boolean;
  readonly rule: Judged;
}

interface Compiled {
  readonly cases: readonly Case[];
  readonly paths: ReadonlyMap<string, Judged>;
  readonly longest: number;
  readonly verbs: ReadonlyMap<string, Judged>;
  readonly bare: Judged;
  readonly otherwise: Judged | undefined;
  readonly service: Service;
}

interface Found {
  readonly rule: Judged;
  /** Index of the operand that is the verb. */
  readonly at: number;
}

/** Comes first: a tool whose `-h` is something else says so. */
const HELP: OptionList = '--help|-h';

const WEIGHT: Partial<Record<EffectKind, number>> = {
  none: 0,
  session: 0,
  read: 1,
  network: 2,
  config_change: 2,
  identity_change: 2,
  write: 3,
  infra_create: 3,
  infra_destroy: 6,
};

const COMMON: ReadonlyMap<string, Judged> = readRules(COMMON_VERBS);

export function service(table: Service): Program {
  const compiled = compile(table);
  return {
    names: table.names.split(' '),
    options: [HELP, table.options ?? ''].join(' ').trim(),
    otherOptions: 'harmless',
    ...(table.syntax === undefined ? {} : { syntax: table.syntax }),
    does: Object.entries(table.flags ?? {}).flatMap(([option, rule]) => flagActs(option, rule)),
    refine: judge(compiled),
  };
}

export function flagActs(option: string, rule: Rule): Act[] {
  return outcomes(rule).map((outcome) => ({
    kind: outcome.kind,
    when: option,
    reversible: outcome.reversible,
    ...(outcome.scope === undefined ? {} : { scope: outcome.scope }),
    ...(outcome.why === '' ? {} : { why: outcome.why }),
  }));
}

function compile(table: Service): Compiled {
  const paths = readRules(table.paths ?? {});
  const verbs = new Map(table.ownVerbsOnly === true ? [] : COMMON);
  for (const [verb, rule] of readRules(table.verbs ?? {})) verbs.set(verb, rule);
  const longest = Math.max(0, ...[...paths.keys()].map((path) => path.split(' ').length));
  return {
    cases: compileCases(table.cases ?? {}),
    paths,
    longest,
    verbs,
    bare: judgedRule(table.bare ?? 'none'),
    otherwise: table.otherwise === undefined ? undefined : judgedRule(table.otherwise),
    service: table,
  };
}

function compileCases(cases: Readonly<Record<string, Rule>>): Case[] {
  return Object.entries(cases).flatMap(([key, rule]) => {
    const [paths = '', condition = ''] = key.split(' if ');
    const test = compileCondition(condition);
    // A condition on a word that is computed may hold: then the rule does, as it is the one that was written for it.
    return paths.split('|').map((path) => ({
      path: path.trim().split(/\s+/).filter(Boolean),
      holds: (call: Call) => test(call) !== 'no',
      rule: judgedRule(rule),
    }));
  });
}

function byCase(call: Call, { cases }: Compiled): Found | undefined {
  const found = cases.find(({ path, holds }) => path.every((word, index) => call.operands[index]?.text === word) && holds(call));
  return found === undefined ? undefined : { rule: found.rule, at: found.path.length - 1 };
}

function readRules(rules: Readonly<Record<string, Rule>>): Map<string, Judged> {
  const out = new Map<string, Judged>();
  for (const [keys, rule] of Object.entries(rules)) {
    const judged = judgedRule(rule);
    for (const path of keys.split('|')) out.set(path.trim().replace(/\s+/g, ' '), judged);
  }
  return out;
}

function judgedRule(rule: Rule): Judged {
  const moves = TRANSFER_RULES.find((known) => known === rule);
  if (moves !== undefined) return { transfer: moves, outcomes: [], weight: 4 };
  const read = outcomes(rule);
  return { transfer: undefined, outcomes: read, weight: Math.max(...read.map((outcome) => WEIGHT[outcome.kind] ?? 4)) };
}

function judge(compiled: Compiled): Refine {
  const { service: table } = compiled;
  return (call, flagged) => {
    const words = call.operands;
    if (
      optionOn(call, '--help') ||
      words[0]?.text === 'help' ||
      (words.length > 1 && words.at(-1)?.text === 'help' && words.length <= 4)
    ) {
      return [plain('none', call.span)];
    }
    if (words.length === 0) return [...effectsOf(compiled.bare, call, -1, compiled), ...flagged];
    const found = byCase(call, compiled) ?? byPath(words, compiled) ?? byVerb(call, compiled) ?? otherwise(compiled);
    if (found === undefined) {
      const known = words.slice(0, table.depth ?? 5).every((word) => word.known);
      const why = known
        ? `no verb of ${call.program} that is known`
        : `the sub-command of ${call.program} is only known at run time`;
      return [opaqueEffect(call.span, why, call.program), ...flagged];
    }
    return [...effectsOf(found.rule, call, found.at, compiled), ...flagged];
  };
}

function otherwise({ otherwise: rule }: Compiled): Found | undefined {
  return rule === undefined ? undefined : { rule, at: -1 };
}

function byPath(words: readonly Word[], compiled: Compiled): Found | undefined {
  for (let length = Math.min(compiled.longest, words.length); length > 0; length -= 1) {
    const head = words.slice(0, length);
    if (!head.every((word) => word.known)) continue;
    const rule = compiled.paths.get(head.map((word) => word.text).join(' '));
    if (rule !== undefined) return { rule, at: length - 1 };
  }
  return undefined;
}

/**
 * The weightiest verb among the leading words that is not also a noun; then one behind options; then one that is a noun too. So
 * a noun that is spelt like a reading verb does not hide what follows it.
 */
function byVerb(call: Call, compiled: Compiled): Found | undefined {
  const depth = compiled.service.depth ?? 5;
  const leading = beforeOptions(call).slice(0, depth);
  return (
    weightiest(leading, compiled, false) ??
    weightiest(call.operands.slice(0, depth), compiled, false) ??
    weightiest(leading, compiled, true)
  );
}

function weightiest(words: readonly Word[], compiled: Compiled, nounish: boolean): Found | undefined {
  let best: Found | undefined;
  for (const [at, word] of words.entries()) {
    // Nothing behind a word that is computed can be trusted to be what it looks like.
    if (!word.known) break;
    if (!nounish && NOUNISH.has(word.text)) continue;
    const rule = verbRule(word.text, at, compiled);
    if (rule !== undefined && (best === undefined || rule.weight > best.rule.weight)) best = { rule, at };
  }
  return best;
}

function verbRule(word: string, at: number, { verbs, service: table }: Compiled): Judged | undefined {
  const whole = verbs.get(word);
  if (whole !== undefined || table.compound !== true || at === 0) return whole;
  const dash = word.indexOf('-');
  return dash <= 0 ? undefined : verbs.get(word.slice(0, dash));
}

/** The operands that stand before the first option that follows one: only they can be nouns and verbs for certain. */
function beforeOptions(call: Call): readonly Word[] {
  const first = call.operands[0];
  if (first === undefined) return [];
  const option = call.words.find((word) => word.span.start > first.span.start && word.text.startsWith('-'));
  return option === undefined ? call.operands : call.operands.filter((word) => word.span.start < option.span.start);
}

function effectsOf(rule: Judged, call: Call, at: number, { service: table }: Compiled): Effect[] {
  const rehearsed = table.rehearsal !== undefined && given(call, table.rehearsal);
  const operands = call.operands.slice(at + 1);
  if (rule.transfer !== undefined) return transfer(rule.transfer, call, operands, rehearsed, table.transfer);
  const verb = call.operands[at]?.span ?? call.span;
  const noun = at > 0 ? (call.operands[at - 1]?.text ?? '') : (call.operands[0]?.text ?? '');
  const all = table.everything !== undefined && given(call, table.everything);
  return rule.outcomes.map((outcome) => {
    if (rehearsed && outcome.kind !== 'read' && outcome.kind !== 'secret_read') {
      return { ...plain('none', verb), why: 'a rehearsal: nothing is changed' };
    }
    const removes = outcome.kind === 'infra_destroy' || outcome.kind === 'delete';
    const wide = removes && outcome.scope === undefined && (all || CONTAINERS.has(noun));
    return {
      kind: outcome.kind,
      scope: wide ? 'unbounded' : (outcome.scope ?? scopeOf(operands)),
      reversible: outcome.reversible,
      targets: targetsOf(noun, operands),
      span: operands[0] === undefined ? verb : { start: verb.start, end: Math.max(verb.end, operands[0].span.end) },
      via: '',
      why: outcome.why,
    };
  });
}

function scopeOf(operands: readonly Word[]): Outcome['scope'] & string {
  if (operands.some((word) => !word.known)) return 'unknown';
  return operands.length > 1 || operands.some((word) => word.glob) ? 'bounded' : 'one';
}

function targetsOf(noun: string, operands: readonly Word[]): EffectTarget[] {
  const type = noun === '' ? 'resource' : noun;
  return operands.length === 0 ? [] : operands.slice(0, 8).map((word) => ({ type, name: word.text.slice(0, 200) }));
}

function plain(kind: 'none', span: TextSpan): Effect {
  return { kind, scope: 'one', reversible: 'yes', targets: [], span, via: '', why: '' };
}
