/** The table of a service tool, and its rules read once: paths, verbs and cases ready to be looked up. */
import type { EffectKind } from '@countersign/kernel';
import { type Answer, compileCondition } from '../conditions.ts';
import type { Call, OptionList, Program, Run } from '../program.ts';
import { type Outcome, type Rule, outcomes } from './shorthand.ts';
import { TRANSFER_RULES, type Transfer, type TransferRule } from './transfers.ts';
import { COMMON_VERBS } from './verbs.ts';

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
  /** Reading by a verb that matches gives credentials out (`get-cluster-credentials`). */
  readonly secretVerbs?: RegExp;
  /** `help` as the last word asks for help, too. */
  readonly helpBehind?: boolean;
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
  /** Texts of other languages in its words; their paths then need a case of their own. */
  readonly runs?: readonly Run[];
}

/** A rule, read. */
export interface Judged {
  readonly transfer: TransferRule | undefined;
  readonly outcomes: readonly Outcome[];
  /** Which of two verbs counts when a line holds both. */
  readonly weight: number;
}

export interface Case {
  readonly path: readonly string[];
  readonly test: (call: Call) => Answer;
  readonly rule: Judged;
}

export interface Compiled {
  readonly cases: readonly Case[];
  readonly paths: ReadonlyMap<string, Judged>;
  readonly longest: number;
  /** Paths that further paths begin with. */
  readonly groups: ReadonlySet<string>;
  /** Every name of every option. */
  readonly options: ReadonlyMap<string, string>;
  readonly verbs: ReadonlyMap<string, Judged>;
  readonly bare: Judged;
  readonly otherwise: Judged | undefined;
  readonly service: Service;
}

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

export function compile(table: Service, options: ReadonlyMap<string, string>): Compiled {
  const paths = readRules(table.paths ?? {});
  const verbs = new Map(table.ownVerbsOnly === true ? [] : COMMON);
  for (const [verb, rule] of readRules(table.verbs ?? {})) verbs.set(verb, rule);
  const longest = Math.max(0, ...[...paths.keys()].map((path) => path.split(' ').length));
  return {
    cases: compileCases(table.cases ?? {}),
    paths,
    groups: new Set([...paths.keys()].filter((path) => !path.includes(' --')).flatMap(beginningsOf)),
    options,
    longest,
    verbs,
    bare: judgedRule(table.bare ?? 'none'),
    otherwise: table.otherwise === undefined ? undefined : judgedRule(table.otherwise),
    service: table,
  };
}

/** `a b c` begins with `a` and with `a b`. */
function beginningsOf(path: string): string[] {
  const words = path.split(' ');
  return words.slice(1).map((_, index) => words.slice(0, index + 1).join(' '));
}

function compileCases(cases: Readonly<Record<string, Rule>>): Case[] {
  return Object.entries(cases).flatMap(([key, rule]) => {
    const [paths = '', condition = ''] = key.split(' if ');
    const test = compileCondition(condition);
    return paths.split('|').map((path) => ({
      path: path.trim().split(/\s+/).filter(Boolean),
      test,
      rule: judgedRule(rule),
    }));
  });
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
