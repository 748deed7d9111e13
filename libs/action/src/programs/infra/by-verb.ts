/**
 * Command lines of the shape `tool noun … verb operands --options`, as most service tools have it: judged by a table of whole
 * paths first and by their verb otherwise. A verb that no table knows is opaque, whatever its noun.
 */
import type { Effect, EffectTarget, TextSpan } from '@countersign/kernel';
import { opaqueEffect } from '../../analysis.ts';
import type { Act, Call, OptionList, Program, Refine, Word } from '../program.ts';
import { type Reading, byCase, find } from './find-verb.ts';
import { withGrants } from './named-places.ts';
import { canonicalNames, canonicalised, given, optionOn } from './options.ts';
import { type Compiled, type Service, compile } from './service-table.ts';
import { type Outcome, type Rule, outcomes } from './shorthand.ts';
import { ANY_REMOTE, transfer } from './transfers.ts';
import { CONTAINERS } from './verbs.ts';

/** Comes first: a tool whose `-h` is something else says so. */
const HELP: OptionList = '--help|-h --version';

export function service(written: Service): Program {
  const table = withOptionPaths(written);
  const options = declared(table);
  const names = canonicalNames(options);
  return {
    names: table.names.split(' '),
    options,
    otherOptions: 'harmless',
    ...(table.syntax === undefined ? {} : { syntax: table.syntax }),
    does: Object.entries(table.flags ?? {}).flatMap(([option, rule]) => flagActs(canonicalised(option, names), rule)),
    ...(table.runs === undefined ? {} : { runs: table.runs }),
    // Tables are many and a process meets few of them: each is made ready when it is first met.
    refine: granting(judge(once(() => compile(canonicalTable(table, names), names)))),
  };
}

/** A path that ends in options (`verify --delete`) is a case: options are no operands. Changes come before readings. */
function withOptionPaths(table: Service): Service {
  const found: [string, Rule][] = [];
  for (const [keys, rule] of Object.entries(table.paths ?? {})) {
    for (const key of keys.split('|')) {
      const words = key.trim().split(/\s+/);
      const options = words.filter((word) => word.startsWith('--'));
      if (options.length === 0 || options.includes('--help')) continue;
      const path = words.filter((word) => !word.startsWith('--')).join(' ');
      found.push([`${path} if ${path === '' ? '#=0 ' : ''}${options.join(' ')}`, rule]);
    }
  }
  if (found.length === 0) return table;
  const readings = found.filter(([, rule]) => rule === 'read');
  const changes = found.filter(([, rule]) => rule !== 'read');
  return { ...table, cases: { ...table.cases, ...Object.fromEntries([...changes, ...readings]) } };
}

function granting(judged: Refine): Refine {
  return (call, found, cx) => withGrants(call, judged(call, found, cx));
}

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

/** Every option by the name that conditions go by. */
function canonicalTable(table: Service, names: ReadonlyMap<string, string>): Service {
  return {
    ...table,
    rehearsal: canonicalised(table.rehearsal ?? '', names),
    everything: canonicalised(table.everything ?? '', names),
    cases: Object.fromEntries(Object.entries(table.cases ?? {}).map(([key, rule]) => [caseKey(key, names), rule])),
    transfer: {
      ...(table.transfer ?? ANY_REMOTE),
      mirror: canonicalised(table.transfer?.mirror ?? '', names),
      recursive: canonicalised(table.transfer?.recursive ?? '', names),
    },
  };
}

function caseKey(key: string, names: ReadonlyMap<string, string>): string {
  const [paths = '', condition = ''] = key.split(' if ');
  return `${paths} if ${canonicalised(condition, names)}`;
}

/** The options of the table, and with them those that only its rules name. */
function declared(table: Service): OptionList {
  const options = `${HELP} ${table.options ?? ''}`.trim();
  const known = new Set(options.split(/[\s|]+/).map((name) => name.replace(/[=?;]$/, '')));
  const named = [
    // A flag may be named with values: `--acl=public-read`.
    ...Object.keys(table.flags ?? {}).map((condition) => condition.replace(/[=~^].*$/, '')),
    table.rehearsal,
    table.everything,
    table.transfer?.mirror,
    table.transfer?.recursive,
    ...Object.keys(table.cases ?? {}).flatMap(optionsOfCase),
  ];
  const more = named.flatMap((names) => (names === undefined ? [] : names.split('|'))).filter((name) => !known.has(name));
  return [options, ...new Set(more.map((name) => `${name}?`))].join(' ');
}

/** Those without a value that a case names: with one, only the table can say that they take it. */
function optionsOfCase(key: string): string[] {
  return (key.split(' if ')[1] ?? '').split(/[\s|]+/).flatMap((token) => /^!?(--[\w-]+)$/.exec(token)?.[1] ?? []);
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

function judge(ready: () => Compiled): Refine {
  return (call, flagged) => {
    const compiled = ready();
    const { service: table } = compiled;
    const words = call.operands;
    if (optionOn(call, '--help') || words[0]?.text === 'help' || (table.helpBehind === true && words.at(-1)?.text === 'help')) {
      return [plain('none', call.span)];
    }
    if (words.length === 0)
      return [
        ...effectsOf({ rule: byCase(call, compiled)?.rule ?? compiled.bare, at: -1, operands: [] }, call, compiled),
        ...flagged,
      ];
    const found = find(call, compiled);
    if (found === undefined) {
      const known = words.slice(0, table.depth ?? 5).every((word) => word.known);
      const why = known
        ? `no verb of ${call.program} that is known`
        : `the sub-command of ${call.program} is only known at run time`;
      return [opaqueEffect(call.span, why, call.program), ...flagged];
    }
    return [...effectsOf(found, call, compiled), ...flagged];
  };
}

function effectsOf({ rule, at, operands: words }: Reading, call: Call, { service: table }: Compiled): Effect[] {
  const rehearsed = given(call, table.rehearsal ?? '');
  const operands = words.slice(at + 1);
  if (rule.transfer !== undefined) return transfer(rule.transfer, call, operands, rehearsed, table.transfer);
  const verb = words[at]?.span ?? call.span;
  const noun = (at > 0 ? words[at - 1] : words[0])?.text ?? '';
  const all = given(call, table.everything ?? '');
  return rule.outcomes.map((outcome) => {
    if (rehearsed && outcome.kind !== 'read' && outcome.kind !== 'secret_read') {
      return { ...plain('none', verb), why: 'a rehearsal: nothing is changed' };
    }
    const gives = outcome.kind === 'read' && table.secretVerbs?.test(words[at]?.text ?? '') === true;
    const removes = outcome.kind === 'infra_destroy' || outcome.kind === 'delete';
    const wide = removes && outcome.scope === undefined && (all || CONTAINERS.has(noun));
    return {
      kind: gives ? 'secret_read' : outcome.kind,
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
