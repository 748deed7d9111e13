/**
 * Does a WHERE filter anything? Read from the tree alone, so it errs to one side: a condition counts as a filter only where it
 * compares a column in a way that is not true for (nearly) every row.
 */
import type { A_Expr, BoolExpr, Node, RangeVar, SelectStmt, SubLink } from 'libpg-query';
import { complementary, operatorOf } from './complementary.ts';
import { type Cx, findCte } from './context.ts';
import { columnsIn, constantOf, isKey, mentionsColumn, pattern, sameTree } from './constants.ts';
import { strings } from './names.ts';

/** More rows than this in a LIMIT, and the limit is no limit. */
const LIMIT_ROWS = 100_000;
/** A key below or beyond this bounds nothing: identifiers begin at 1 and never get there. */
const LOWEST_KEY = 1;
const HUGE_KEY = 1e9;
/** Before and after these, dates stand for always. */
const EARLIEST_YEAR = 1980;
const LATEST_YEAR = 2900;
const DEEPEST = 40;
const STEPS = 500;

/** What the condition is about: the table whose rows it is to choose from, the tables in sight, how deep we are in it. */
interface About {
  readonly cx: Cx;
  /** Name of the table without its schema; '' when it does not matter. */
  readonly target: string;
  /** Alias → table without its schema. */
  readonly tables: ReadonlyMap<string, string>;
  readonly depth: number;
  /** Shared by the whole question: expressions that name each other twice would otherwise double at each step. */
  readonly budget: { steps: number };
}

/** '' when the condition chooses rows of `target`, otherwise why it does not. `from` are the other tables in sight. */
export function filtersNothing(
  where: Node | undefined,
  target: RangeVar | undefined,
  from: readonly Node[] | undefined,
  cx: Cx,
): string {
  if (where === undefined) return 'no WHERE';
  const tables = new Map<string, string>();
  if (target !== undefined) addTable(target, tables);
  addTables(from, tables);
  return nothing(where, { cx, target: target?.relname ?? '', tables, depth: 0, budget: { steps: STEPS } })
    ? 'the WHERE filters nothing'
    : '';
}

function addTables(from: readonly Node[] | undefined, tables: Map<string, string>): void {
  for (const item of from ?? []) {
    if ('RangeVar' in item) addTable(item.RangeVar, tables);
    else if ('JoinExpr' in item)
      addTables(
        [item.JoinExpr.larg, item.JoinExpr.rarg].filter((arm) => arm !== undefined),
        tables,
      );
    else if ('RangeSubselect' in item) tables.set(item.RangeSubselect.alias?.aliasname ?? '', '');
  }
}

function addTable(relation: RangeVar, tables: Map<string, string>): void {
  tables.set(relation.alias?.aliasname ?? relation.relname ?? '', relation.relname ?? '');
}

/** True for a LIMIT of so few rows that it bounds. */
export function limits(select: SelectStmt): boolean {
  const rows = constantOf(select.limitCount);
  return typeof rows === 'number' && rows <= LIMIT_ROWS;
}

/** True when the query chooses from its tables: by a condition, a limit or by joining nothing but values. */
export function selectFilters(select: SelectStmt, cx: Cx): boolean {
  if (limits(select)) return true;
  if (select.larg !== undefined) {
    return select.op === 'SETOP_UNION'
      ? selectFilters(select.larg, cx) && select.rarg !== undefined && selectFilters(select.rarg, cx)
      : selectFilters(select.larg, cx);
  }
  if (select.valuesLists !== undefined || select.fromClause === undefined) return true;
  return filtersNothing(select.whereClause, undefined, select.fromClause, cx) === '';
}

function nothing(node: Node, about: About): boolean {
  if (about.depth > DEEPEST || --about.budget.steps < 0) return true;
  const deeper = { ...about, depth: about.depth + 1 };
  // Before looking for columns: the parts of AND and OR are looked at one by one.
  if ('BoolExpr' in node && node.BoolExpr.boolop !== 'NOT_EXPR') return boolNothing(node.BoolExpr, deeper);
  if (!mentionsColumn(node)) return true;
  if ('BoolExpr' in node) return boolNothing(node.BoolExpr, deeper);
  if ('A_Expr' in node) return comparisonNothing(node.A_Expr, deeper);
  if ('NullTest' in node) return node.NullTest.nulltesttype === 'IS_NOT_NULL';
  if ('BooleanTest' in node) return node.BooleanTest.booltesttype === 'IS_NOT_UNKNOWN';
  if ('SubLink' in node) return subLinkNothing(node.SubLink, deeper);
  if ('CaseExpr' in node) {
    const results = (node.CaseExpr.args ?? []).map((arm) => ('CaseWhen' in arm ? arm.CaseWhen.result : undefined));
    return [...results, node.CaseExpr.defresult].every((result) => result !== undefined && nothing(result, deeper));
  }
  return false;
}

function boolNothing(expr: BoolExpr, about: About): boolean {
  const args = expr.args ?? [];
  if (expr.boolop === 'AND_EXPR') return args.every((arg) => nothing(arg, about));
  if (expr.boolop === 'OR_EXPR') return args.some((arg) => nothing(arg, about)) || complementary(args);
  const [inner] = args;
  if (inner === undefined) return true;
  if ('NullTest' in inner) return inner.NullTest.nulltesttype === 'IS_NULL';
  if ('BoolExpr' in inner && inner.BoolExpr.boolop === 'NOT_EXPR') {
    const twice = inner.BoolExpr.args?.[0];
    return twice === undefined || nothing(twice, about);
  }
  // NOT (id = 7), NOT id IN (7): all rows but a few.
  return 'A_Expr' in inner && isKey(inner.A_Expr.lexpr) && ['=', 'IN'].includes(operatorOf(inner.A_Expr));
}

const REFLEXIVE = new Set(['=', '<=', '>=', '~~', '~~*']);

function comparisonNothing(expr: A_Expr, about: About): boolean {
  const operator = operatorOf(expr);
  const { lexpr, rexpr } = expr;
  switch (expr.kind) {
    case 'AEXPR_LIKE':
    case 'AEXPR_ILIKE':
      return !operator.startsWith('!') && (/^%+$/.test(pattern(rexpr)) || sameColumn(lexpr, rexpr, about));
    case 'AEXPR_SIMILAR':
      return /^%+$/.test(pattern(rexpr));
    case 'AEXPR_BETWEEN':
    case 'AEXPR_BETWEEN_SYM':
      return betweenNothing(lexpr, rexpr, about);
    case 'AEXPR_IN':
      return operator === 'IN' ? inNothing(lexpr, rexpr) : isKey(lexpr);
    case 'AEXPR_NOT_DISTINCT':
      return sameColumn(lexpr, rexpr, about);
    case 'AEXPR_DISTINCT':
      return isKey(lexpr) || constantOf(rexpr) === null;
    case 'AEXPR_OP_ANY':
      return anyNothing(lexpr, rexpr, about);
    default:
      break;
  }
  if (REFLEXIVE.has(operator) && sameColumn(lexpr, rexpr, about)) return true;
  if (operator === '~' || operator === '~*') return /^(\^?\.\*\$?|)$/.test(pattern(rexpr));
  return rangeNothing(operator, lexpr, rexpr) || rangeNothing(MIRRORED[operator] ?? '', rexpr, lexpr);
}

const MIRRORED: Readonly<Record<string, string>> = { '<': '>', '>': '<', '<=': '>=', '>=': '<=', '<>': '<>', '=': '=' };

/** `id > 0`, `id <> 7`, `length(x) >= 0`, `id < 999999999`, `id * 0 = 0`. */
function rangeNothing(operator: string, left: Node | undefined, right: Node | undefined): boolean {
  const bound = constantOf(right);
  if (operator === '<>' && isKey(left) && !mentionsColumn(right)) return true;
  if (typeof bound === 'string') return textNothing(operator, bound);
  if (typeof bound !== 'number') return false;
  if (operator === '>' || operator === '>=')
    return (isKey(left) && bound <= LOWEST_KEY) || (isMeasure(left) && bound <= 0) || bound <= -HUGE_KEY;
  if (operator === '<' || operator === '<=') return bound >= HUGE_KEY;
  return operator === '=' && bound === 0 && isZeroed(left);
}

/** `name <> ''`, `made > '1900-01-01'`, `made < 'infinity'`. */
function textNothing(operator: string, bound: string): boolean {
  const year = /^(\d{4,})-\d/.exec(bound)?.[1];
  if (operator === '<>') return bound === '';
  if (operator === '>' || operator === '>=')
    return bound === '' || bound === '-infinity' || (year !== undefined && Number(year) <= EARLIEST_YEAR);
  return (operator === '<' || operator === '<=') && (bound === 'infinity' || (year !== undefined && Number(year) >= LATEST_YEAR));
}

function isMeasure(node: Node | undefined): boolean {
  const name = node !== undefined && 'FuncCall' in node ? (strings(node.FuncCall.funcname).at(-1) ?? '') : '';
  return ['length', 'char_length', 'octet_length', 'abs', 'cardinality'].includes(name);
}

function isZeroed(node: Node | undefined): boolean {
  if (node === undefined || !('A_Expr' in node)) return false;
  const name = strings(node.A_Expr.name).at(-1);
  return (name === '*' && constantOf(node.A_Expr.rexpr) === 0) || (name === '%' && constantOf(node.A_Expr.rexpr) === 1);
}

function betweenNothing(left: Node | undefined, bounds: Node | undefined, about: About): boolean {
  const [low, high] = bounds !== undefined && 'List' in bounds ? (bounds.List.items ?? []) : [];
  if (sameColumn(left, low, about) && sameColumn(left, high, about)) return true;
  const lowest = constantOf(low);
  const highest = constantOf(high);
  return typeof lowest === 'number' && typeof highest === 'number' && lowest <= LOWEST_KEY && highest >= HUGE_KEY;
}

function inNothing(left: Node | undefined, list: Node | undefined): boolean {
  const items = list !== undefined && 'List' in list ? (list.List.items ?? []) : [];
  return items.some((item) => sameTree(left, item));
}

/** `id = ANY (ARRAY(SELECT id FROM t))`. */
function anyNothing(left: Node | undefined, right: Node | undefined, about: About): boolean {
  if (right !== undefined && 'A_ArrayExpr' in right)
    return (right.A_ArrayExpr.elements ?? []).some((item) => sameTree(left, item));
  return right !== undefined && 'SubLink' in right && selectsEverything(right.SubLink.subselect, about, left);
}

/** `id IN (SELECT id FROM the same table)` with no condition of its own, and an EXISTS that does not look at the row. */
function subLinkNothing(link: SubLink, about: About): boolean {
  if (link.subLinkType === 'ANY_SUBLINK')
    return !mentionsColumn(link.testexpr) || selectsEverything(link.subselect, about, link.testexpr);
  if (link.subLinkType !== 'EXISTS_SUBLINK') return false;
  return selectsEverything(link.subselect, about) || ignoresRow(link.subselect);
}

function ignoresRow(node: Node | undefined): boolean {
  if (node === undefined || !('SelectStmt' in node)) return false;
  const own = new Map<string, string>();
  addTables(node.SelectStmt.fromClause, own);
  // An unqualified column may be the outer row's.
  return columnsIn(node).every((column) => column.length > 1 && own.has(column.at(-2) ?? ''));
}

/** True when `select` gives every row of the target; `key` is the column that it is compared with, undefined for EXISTS. */
function selectsEverything(node: Node | undefined, about: About, key?: Node): boolean {
  if (node === undefined || !('SelectStmt' in node)) return false;
  return everything(node.SelectStmt, about, key);
}

function everything(select: SelectStmt, about: About, key: Node | undefined): boolean {
  if (about.depth > DEEPEST || --about.budget.steps < 0) return true;
  if (select.larg !== undefined && select.rarg !== undefined) {
    const union = select.op === 'SETOP_UNION' && !limits(select);
    return union && (everything(select.larg, about, key) || everything(select.rarg, about, key));
  }
  const from = select.fromClause ?? [];
  if (limits(select) || from.length === 0 || select.groupClause !== undefined || !givesKey(select, key)) return false;
  const tables = new Map(about.tables);
  addTables(from, tables);
  const deeper = { ...about, tables, depth: about.depth + 1 };
  if (!from.every((item) => readsTarget(item, deeper))) return false;
  return select.whereClause === undefined || nothing(select.whereClause, deeper);
}

/** `id IN (SELECT parent_id …)` and `id IN (SELECT max(id) …)` choose; `id IN (SELECT id …)` may not. */
function givesKey(select: SelectStmt, key: Node | undefined): boolean {
  if (key === undefined || !('ColumnRef' in key)) return true;
  const item = select.targetList?.[0];
  const value = item !== undefined && 'ResTarget' in item ? item.ResTarget.val : undefined;
  if (value === undefined || !('ColumnRef' in value)) return false;
  const column = strings(value.ColumnRef.fields);
  const star = column.length < (value.ColumnRef.fields?.length ?? 0);
  return star || column.at(-1) === strings(key.ColumnRef.fields).at(-1);
}

function readsTarget(item: Node, about: About): boolean {
  if ('JoinExpr' in item)
    return [item.JoinExpr.larg, item.JoinExpr.rarg].every((arm) => arm !== undefined && readsTarget(arm, about));
  if ('RangeSubselect' in item) return selectsEverything(item.RangeSubselect.subquery, about);
  if (!('RangeVar' in item)) return false;
  const name = item.RangeVar.relname ?? '';
  const cte = item.RangeVar.schemaname === undefined ? findCte(name, about.cx) : undefined;
  return cte === undefined ? name === about.target : selectsEverything(cte.query, about);
}

/** The same expression twice, or the same column of two aliases of one table (`t.id = t2.id` in a self-join). */
function sameColumn(left: Node | undefined, right: Node | undefined, about: About): boolean {
  if (left === undefined || right === undefined) return false;
  if (sameTree(left, right)) return true;
  if (!('ColumnRef' in left) || !('ColumnRef' in right)) return false;
  const one = strings(left.ColumnRef.fields);
  const two = strings(right.ColumnRef.fields);
  if (one.at(-1) !== two.at(-1)) return false;
  const tables = [one, two].map((column) =>
    column.length === 1 ? about.target : (about.tables.get(column.at(-2) ?? '') ?? column.at(-2)),
  );
  return tables[0] === tables[1] && tables[0] !== '';
}
