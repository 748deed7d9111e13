/** Turns what a route of an API's table says into effects. */
import { EFFECT_KINDS, type Effect, type EffectKind, type EffectScope, type EffectTarget } from '@countersign/kernel';
import { opaqueEffect } from '../analysis.ts';
import type { Api } from './apis/api.ts';
import type { Asked } from './apis/asked.ts';
import { type Match, findRoute } from './apis/match.ts';
import { refine } from './apis/refinements.ts';
import { effectOf } from './effects.ts';
import { at, isMembers } from './json.ts';
import { isSafe } from './methods.ts';

const KINDS: ReadonlySet<string> = new Set(EFFECT_KINDS);
const SCOPES: ReadonlySet<string> = new Set(['one', 'bounded', 'unbounded', 'unknown']);

/** Undefined when the API has no route for the path. */
export function routeEffects(api: Api, asked: Asked): readonly Effect[] | undefined {
  if (asked.method === 'OPTIONS') return [effectOf({ kind: 'read' }, asked.span)];
  const match = findRoute(api, asked.method, asked.segments);
  if (match === undefined) return undefined;
  return match.does.split(' + ').flatMap((clause) => clauseEffects(clause, match, asked));
}

function clauseEffects(clause: string, match: Match, asked: Asked): readonly Effect[] {
  if (clause.startsWith('@')) {
    const [name = '', ...words] = clause.slice(1).split(':');
    return refine(name, { ...asked, names: match.names, words });
  }
  const [kind = '', ...words] = clause.split(' ');
  if (kind === 'opaque') return [opaqueEffect(asked.span, match.why)];
  const targets: EffectTarget[] = [];
  let scope: EffectScope = 'one';
  let scoped = '';
  for (const word of words) {
    const cut = word.indexOf('=');
    if (cut < 0) scoped = word;
    else targets.push(...targetsOf(word.slice(0, cut), word.slice(cut + 1), match));
  }
  if (SCOPES.has(scoped)) scope = scoped as EffectScope;
  else if (scoped === 'names') scope = scopeOfNames(targets);
  else if (scoped === 'query') scope = scopeOfQuery(asked);
  if (asked.address.computed && !isSafe(asked.method) && scope !== 'unbounded') scope = 'unknown';
  const known: EffectKind = KINDS.has(kind) ? (kind as EffectKind) : 'opaque';
  const effect = effectOf({ kind: known, scope, targets, why: match.why }, asked.span);
  // Where Elasticsearch and OpenSearch keep users, roles and keys.
  if (!targets.some(({ type, name }) => type === 'index' && /^\.(?:opendistro_)?security/.test(name))) return [effect];
  return [
    effect,
    effectOf(
      { kind: known === 'read' ? 'secret_read' : 'privilege_change', targets, why: 'users and keys are kept there' },
      asked.span,
    ),
  ];
}

function targetsOf(type: string, name: string, match: Match): EffectTarget[] {
  if (!name.startsWith(':')) return [{ type, name }];
  const value = match.names.get(name.slice(1)) ?? '';
  return value === '' ? [] : value.split(',', 20).map((part) => ({ type, name: part }));
}

/** `_all` and `*` are everything; a wildcard or a list is some. */
function scopeOfNames(targets: readonly EffectTarget[]): EffectScope {
  if (targets.length === 0 || targets.some(({ name }) => name === '_all' || /^[*.?]+$/.test(name))) return 'unbounded';
  return targets.length > 1 || targets.some(({ name }) => /[*?]/.test(name)) ? 'bounded' : 'one';
}

/** `q=*:*`, `match_all`, an empty query and no query at all find every document. */
function scopeOfQuery(asked: Asked): EffectScope {
  const q = asked.address.query.get('q');
  if (q !== null) return /^\s*(?:\*(?::\*)?|_exists_:\S+)?\s*$/.test(q) ? 'unbounded' : 'bounded';
  if (asked.request.upload || asked.request.bodyUnknown) return 'unknown';
  const query = at(asked.json, 'query');
  if (asked.json === undefined && asked.request.body.trim() !== '') return 'unknown';
  return findsAll(query, 0) ? 'unbounded' : 'bounded';
}

const WRAPPERS = ['must', 'filter', 'should'] as const;

function findsAll(query: unknown, depth: number): boolean {
  if (!isMembers(query) || depth > 20) return true;
  const [kind, ...others] = Object.keys(query);
  if (kind === undefined) return true;
  if (others.length > 0) return false;
  if (kind === 'match_all' || kind === 'exists') return true;
  const inner = query[kind];
  if (kind === 'constant_score') return findsAll(at(inner, 'filter'), depth + 1);
  if (kind === 'query_string' || kind === 'simple_query_string')
    return /^\s*\*(?::\*)?\s*$/.test(String(at(inner, 'query') ?? ''));
  if (kind === 'wildcard') return isMembers(inner) && Object.values(inner).some((value) => valueOf(value) === '*');
  if (kind !== 'bool' || !isMembers(inner)) return false;
  // should counts as a condition only where nothing else is one.
  const strict = ['must', 'filter', 'must_not'].some((name) => name in inner);
  if ('must_not' in inner && !isEmptyList(inner['must_not'])) return false;
  return WRAPPERS.every((name) => {
    if (!(name in inner) || (name === 'should' && strict)) return true;
    const clauses = [inner[name]].flat() as unknown[];
    const all = (clause: unknown): boolean => findsAll(clause, depth + 1);
    return name === 'should' ? clauses.some(all) : clauses.every(all);
  });
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

function valueOf(value: unknown): unknown {
  return isMembers(value) ? (value['value'] ?? value['wildcard']) : value;
}
