/**
 * Does a WHERE filter anything? Read from the tree alone, so it errs to one side, as PostgreSQL's reader does: a condition counts as a
 * filter only where it compares a column in a way that is not true for (nearly) every row.
 */
import type { Cx } from './context.ts';
import type { Tree } from './grammar.ts';
import { existsNothing, sameColumn, selectsEverything } from './subqueries.ts';
import { as, constantOf, isKey, isTree, listOf, mentionsColumn, nameText, namesOf, sameTree, variantOf } from './tree.ts';

/** More rows than this in a LIMIT, and the limit is no limit. */
export const LIMIT_ROWS = 100_000;
/** A key below or beyond this bounds nothing: identifiers begin at 1 and never get there. */
const LOWEST_KEY = 1;
const HUGE_KEY = 1e9;
/** Before and after these, dates stand for always. */
const EARLIEST_YEAR = 1980;
const LATEST_YEAR = 2900;
export const DEEPEST = 40;
const STEPS = 500;

export interface About {
  readonly cx: Cx;
  /** Name of the table whose rows are chosen, without its schema, in lower case; '' when it does not matter. */
  readonly target: string;
  /** Alias → table, in lower case. */
  readonly tables: ReadonlyMap<string, string>;
  readonly depth: number;
  readonly budget: { steps: number };
}

/** '' when the condition chooses rows of `target`, otherwise why it does not. `from` are the tables in sight. */
export function filtersNothing(where: unknown, target: unknown, from: readonly unknown[], cx: Cx): string {
  if (where === null || where === undefined) return 'no WHERE';
  const tables = new Map<string, string>();
  addTables(from, tables);
  const name = (namesOf(target).at(-1) ?? '').toLowerCase();
  const about = { cx, target: tables.get(name) ?? name, tables, depth: 0, budget: { steps: STEPS } };
  // There `a = 'x' || 'y'` is `(a = 'x') OR 'y'`, unless a setting says otherwise.
  if (cx.dialect.name === 'mysql' && holdsOperator(where, 'StringConcat')) return 'the WHERE may filter nothing: || means OR';
  return nothing(where, about) ? 'the WHERE filters nothing' : '';
}

function holdsOperator(node: unknown, op: string): boolean {
  const pending: unknown[] = [node];
  while (pending.length > 0) {
    const next = pending.pop();
    if (Array.isArray(next)) pending.push(...(next as unknown[]));
    else if (isTree(next)) {
      if (next['op'] === op) return true;
      for (const key in next) if (key !== 'span') pending.push(next[key]);
    }
  }
  return false;
}

/** Table factors in any of the shapes of FROM: `{relation, joins}`, `{Table}`, `{Derived}`. */
export function addTables(from: readonly unknown[], tables: Map<string, string>): void {
  for (const item of from) {
    if (!isTree(item)) continue;
    if (item['relation'] !== undefined) addTables([item['relation']], tables);
    if (Array.isArray(item['joins'])) addTables(item['joins'], tables);
    const table = as(item, 'Table');
    if (table !== undefined) addTable(table, tables);
    const derived = as(item, 'Derived');
    if (derived !== undefined) tables.set(aliasOf(derived), '');
    const nested = as(item, 'NestedJoin');
    if (nested !== undefined) addTables([nested['table_with_joins']], tables);
  }
}

function addTable(table: Tree, tables: Map<string, string>): void {
  const name = (namesOf(table['name']).at(-1) ?? '').toLowerCase();
  tables.set(aliasOf(table) || name, name);
}

function aliasOf(factor: Tree): string {
  const alias = factor['alias'];
  return isTree(alias) ? nameText(alias['name']).toLowerCase() : '';
}

/** True for a number of rows so small that it bounds. */
export function limits(value: unknown): boolean {
  const rows = constantOf(value);
  return typeof rows === 'number' && rows <= LIMIT_ROWS;
}

/** True when the query chooses from its tables: by a condition, a limit or by joining nothing but values. */
export function queryFilters(query: Tree, cx: Cx): boolean {
  return queryLimits(query) || bodyFilters(query['body'], cx);
}

export function queryLimits(query: Tree): boolean {
  const clause = query['limit_clause'];
  const [, limit] = variantOf(clause);
  if (isTree(limit) && limits(limit['limit'])) return true;
  const fetch = query['fetch'];
  return isTree(fetch) && fetch['percent'] !== true && limits(fetch['quantity']);
}

function bodyFilters(body: unknown, cx: Cx): boolean {
  const [variant, inner] = variantOf(body);
  if (!isTree(inner)) return false;
  if (variant === 'Query') return queryFilters(inner, cx);
  if (variant === 'SetOperation') {
    const left = bodyFilters(inner['left'], cx);
    return inner['op'] === 'Union' ? left && bodyFilters(inner['right'], cx) : left;
  }
  if (variant === 'Values') return true;
  if (variant !== 'Select') return false;
  const top = inner['top'];
  if (isTree(top) && topLimits(top)) return true;
  const from = listOf(inner['from']);
  if (from.length === 0) return true;
  return [inner['selection'], inner['prewhere'], inner['qualify']].some(
    (condition) => condition !== null && condition !== undefined && filtersNothing(condition, undefined, from, cx) === '',
  );
}

function topLimits(top: Tree): boolean {
  const [variant, value] = variantOf(top['quantity']);
  if (top['percent'] === true) return false;
  return variant === 'Constant' ? typeof value === 'number' && value <= LIMIT_ROWS : limits(value);
}

export function nothing(node: unknown, about: About): boolean {
  if (about.depth > DEEPEST || --about.budget.steps < 0) return true;
  const deeper = { ...about, depth: about.depth + 1 };
  const [variant, body] = variantOf(node);
  if (variant === 'Nested') return nothing(body, deeper);
  if (variant === 'BinaryOp' && isTree(body)) {
    const { left, op, right } = body;
    // Before looking for columns: the parts of AND and OR are looked at one by one.
    if (op === 'And') return nothing(left, deeper) && nothing(right, deeper);
    if (op === 'Or') return nothing(left, deeper) || nothing(right, deeper) || opposites(left, right);
  }
  if (variant === 'Exists' && isTree(body)) return existsNothing(body, deeper);
  if (!mentionsColumn(node)) return true;
  return isTree(body) ? predicateNothing(variant, body, deeper) : variant === 'IsNotNull';
}

function predicateNothing(variant: string, body: Tree, about: About): boolean {
  switch (variant) {
    case 'BinaryOp':
      return comparisonNothing(String(body['op']), body['left'], body['right'], about);
    case 'IsNotNull':
    case 'IsNotUnknown':
      return true;
    case 'UnaryOp':
      return body['op'] === 'Not' && notNothing(body['expr'], about);
    case 'Like':
    case 'ILike':
    case 'SimilarTo': {
      const pattern = constantOf(body['pattern']);
      const every = (typeof pattern === 'string' && /^%+$/.test(pattern)) || sameColumn(body['expr'], body['pattern'], about);
      return body['negated'] !== true && every;
    }
    case 'RLike':
      return body['negated'] !== true && /^(\^?\.\*\$?|)$/.test(String(constantOf(body['pattern']) ?? '\0'));
    case 'Between':
      return body['negated'] !== true && betweenNothing(body, about);
    case 'InList':
      return body['negated'] === true ? isKey(body['expr']) : listOf(body['list']).some((item) => sameTree(body['expr'], item));
    case 'InSubquery':
      if (body['negated'] === true) return false;
      return !mentionsColumn(body['expr']) || selectsEverything(body['subquery'], about, body['expr']);
    case 'IsDistinctFrom':
      return isKey(body['0']) || constantOf(body['1']) === null;
    case 'Case':
      return [...listOf(body['conditions']).map((arm) => (isTree(arm) ? arm['result'] : arm)), body['else_result']].every(
        (result) => result !== null && result !== undefined && nothing(result, about),
      );
    default:
      return false;
  }
}

/** NOT NULL tests, double negation, `NOT (id = 7)`: all rows but a few. */
function notNothing(node: unknown, about: About): boolean {
  const [variant, body] = variantOf(node);
  if (variant === 'Nested') return notNothing(body, about);
  if (variant === 'IsNull') return true;
  if (!isTree(body)) return false;
  if (variant === 'UnaryOp' && body['op'] === 'Not') return nothing(body['expr'], about);
  if (variant === 'BinaryOp') return body['op'] === 'Eq' && isKey(body['left']);
  return variant === 'InList' && body['negated'] !== true && isKey(body['expr']);
}

const REFLEXIVE: ReadonlySet<string> = new Set(['Eq', 'LtEq', 'GtEq', 'Spaceship']);
const MIRRORED: Readonly<Record<string, string>> = { Lt: 'Gt', Gt: 'Lt', LtEq: 'GtEq', GtEq: 'LtEq', NotEq: 'NotEq', Eq: 'Eq' };

function comparisonNothing(op: string, left: unknown, right: unknown, about: About): boolean {
  if (REFLEXIVE.has(op) && sameColumn(left, right, about)) return true;
  return rangeNothing(op, left, right) || rangeNothing(MIRRORED[op] ?? '', right, left);
}

/** `id > 0`, `id <> 7`, `length(x) >= 0`, `id < 999999999`, `id * 0 = 0`. */
function rangeNothing(op: string, left: unknown, right: unknown): boolean {
  const bound = constantOf(right);
  if (op === 'NotEq' && isKey(left) && !mentionsColumn(right)) return true;
  if (typeof bound === 'string') return textNothing(op, bound);
  if (typeof bound !== 'number') return false;
  if (op === 'Gt' || op === 'GtEq')
    return (isKey(left) && bound <= LOWEST_KEY) || (isMeasure(left) && bound <= 0) || bound <= -HUGE_KEY;
  if (op === 'Lt' || op === 'LtEq') return bound >= HUGE_KEY;
  return op === 'Eq' && bound === 0 && isZeroed(left);
}

/** `name <> ''`, `made > '1900-01-01'`, `made < '9999-01-01'`. */
function textNothing(op: string, bound: string): boolean {
  const year = Number(/^(\d{4,})-\d/.exec(bound)?.[1] ?? Number.NaN);
  if (op === 'NotEq') return bound === '';
  if (op === 'Gt' || op === 'GtEq') return bound === '' || year <= EARLIEST_YEAR;
  return (op === 'Lt' || op === 'LtEq') && year >= LATEST_YEAR;
}

function isMeasure(node: unknown): boolean {
  const name = nameText(as(node, 'Function')?.['name']).toLowerCase();
  return ['length', 'char_length', 'octet_length', 'abs', 'len', 'datalength', 'lengthb'].includes(name);
}

function isZeroed(node: unknown): boolean {
  const inner = as(node, 'Nested') ?? node;
  const body = as(inner, 'BinaryOp');
  if (body === undefined) return false;
  const value = constantOf(body['right']);
  return (body['op'] === 'Multiply' && value === 0) || (body['op'] === 'Modulo' && value === 1);
}

function betweenNothing(body: Tree, about: About): boolean {
  if (sameColumn(body['expr'], body['low'], about) && sameColumn(body['expr'], body['high'], about)) return true;
  const lowest = constantOf(body['low']);
  const highest = constantOf(body['high']);
  return typeof lowest === 'number' && typeof highest === 'number' && lowest <= LOWEST_KEY && highest >= HUGE_KEY;
}

const OPPOSITE: Readonly<Record<string, string>> = { Eq: 'NotEq', NotEq: 'Eq', Lt: 'GtEq', GtEq: 'Lt', LtEq: 'Gt', Gt: 'LtEq' };

/** `a = 1 OR a <> 1`, `x IS NULL OR x IS NOT NULL`, `x OR NOT x`. */
function opposites(left: unknown, right: unknown): boolean {
  const [one, oneBody] = variantOf(as(left, 'Nested') ?? left);
  const [two, twoBody] = variantOf(as(right, 'Nested') ?? right);
  if (one === 'IsNull' && two === 'IsNotNull') return true;
  if (!isTree(oneBody) || !isTree(twoBody)) return false;
  if (one === 'UnaryOp' && oneBody['op'] === 'Not') return sameTree(oneBody['expr'], right);
  if (two === 'UnaryOp' && twoBody['op'] === 'Not') return sameTree(twoBody['expr'], left);
  if (one !== 'BinaryOp' || two !== 'BinaryOp') return false;
  if (OPPOSITE[String(oneBody['op'])] !== twoBody['op']) return false;
  return sameTree(oneBody['left'], twoBody['left']) && sameTree(oneBody['right'], twoBody['right']);
}
