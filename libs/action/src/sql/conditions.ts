/**
 * Does a WHERE filter anything? Read from the tree alone, so it errs to one side: a condition counts as a filter only where it
 * compares a column in a way that is not true for (nearly) every row. `id > 0` is none (keys begin at 1), `amount > 0` is one.
 */
import type { BoolExpr, CaseExpr, FuncCall, Node, RangeVar, SelectStmt, SubLink } from 'libpg-query';
import { type About, STEPS, addTable, addTables, deeper, isForeign, isVariable } from './about.ts';
import { comparisonNothing, isWithNull, negated } from './comparisons.ts';
import { complementary } from './complementary.ts';
import { columnsIn, constantOf, mentionsColumn, sameTree } from './constants.ts';
import { type CteScope, type Cx, findCte } from './context.ts';
import { strings } from './names.ts';

/** More rows than this in a LIMIT, and the limit is no limit. */
const LIMIT_ROWS = 100_000;
const DEEPEST = 40;

/** '' when the condition chooses rows of `target`, otherwise why it does not. `from` are the other tables in sight. */
export function filtersNothing(
  where: Node | undefined,
  target: RangeVar | undefined,
  from: readonly Node[] | undefined,
  cx: Cx,
): string {
  if (where === undefined) return 'no WHERE';
  const about: About = {
    cx,
    target: target?.relname ?? '',
    alias: from === undefined || from.length === 0 ? '' : (target?.alias?.aliasname ?? target?.relname ?? ''),
    tables: new Map(),
    sources: new Map(),
    ctes: cx.ctes,
    depth: 0,
    budget: { steps: STEPS },
    nothing,
    everything: selectsEverything,
  };
  if (target !== undefined) addTable(target, about);
  addTables(from, about);
  return nothing(where, about) ? 'the WHERE filters nothing' : '';
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

function nothing(node: Node, outer: About): boolean {
  if (outer.depth > DEEPEST || --outer.budget.steps < 0) return true;
  const about = deeper(outer);
  // Before looking for columns: the parts of AND and OR are looked at one by one.
  if ('BoolExpr' in node && node.BoolExpr.boolop !== 'NOT_EXPR') return boolNothing(node.BoolExpr, about);
  if (!mentionsColumn(node)) return true;
  if ('BoolExpr' in node) return boolNothing(node.BoolExpr, about);
  if (isForeign(node, about) || isVariable(node, about)) return true;
  if ('A_Expr' in node) return comparisonNothing(node.A_Expr, about);
  if ('NullTest' in node) return node.NullTest.nulltesttype === 'IS_NOT_NULL';
  if ('BooleanTest' in node) return testNothing(node.BooleanTest.arg, node.BooleanTest.booltesttype ?? '', about);
  if ('SubLink' in node) return subLinkNothing(node.SubLink, about);
  if ('CoalesceExpr' in node) {
    // The first value that is not NULL counts.
    const first = node.CoalesceExpr.args?.find((arg) => constantOf(arg) !== null);
    return first === undefined || (constantOf(first) !== false && nothing(first, about));
  }
  if ('CaseExpr' in node) return caseNothing(node.CaseExpr, about);
  return 'FuncCall' in node && callNothing(node.FuncCall);
}

function testNothing(arg: Node | undefined, test: string, about: About): boolean {
  if (test === 'IS_NOT_UNKNOWN') return true;
  if (arg === undefined) return false;
  if ((test === 'IS_NOT_TRUE' || test === 'IS_NOT_FALSE') && isWithNull(arg)) return true;
  if (test === 'IS_TRUE' || test === 'IS_NOT_FALSE') return nothing(arg, about);
  return (test === 'IS_FALSE' || test === 'IS_NOT_TRUE') && notNothing(arg, about);
}

const OPPOSITE_TEST: Readonly<Record<string, string>> = {
  IS_TRUE: 'IS_NOT_TRUE',
  IS_NOT_TRUE: 'IS_TRUE',
  IS_FALSE: 'IS_NOT_FALSE',
  IS_NOT_FALSE: 'IS_FALSE',
  IS_UNKNOWN: 'IS_NOT_UNKNOWN',
  IS_NOT_UNKNOWN: 'IS_UNKNOWN',
};

/** All arms come out true. */
function caseNothing(expr: CaseExpr, about: About): boolean {
  const results = (expr.args ?? []).map((arm) => ('CaseWhen' in arm ? arm.CaseWhen.result : undefined));
  return [...results, expr.defresult].every((result) => {
    const value = constantOf(result);
    return result !== undefined && value !== false && value !== null && nothing(result, about);
  });
}

/** `starts_with(name, '')`. */
function callNothing(call: FuncCall): boolean {
  return strings(call.funcname).at(-1) === 'starts_with' && constantOf(call.args?.[1]) === '';
}

function boolNothing(expr: BoolExpr, about: About): boolean {
  const args = expr.args ?? [];
  if (expr.boolop === 'AND_EXPR') return args.every((arg) => nothing(arg, about));
  if (expr.boolop === 'OR_EXPR') return args.some((arg) => nothing(arg, about)) || complementary(args);
  const [inner] = args;
  return inner === undefined || notNothing(inner, about);
}

/** Is `NOT node` true for (nearly) every row? */
function notNothing(node: Node, outer: About): boolean {
  if (outer.depth > DEEPEST || --outer.budget.steps < 0) return true;
  const about = deeper(outer);
  if (!mentionsColumn(node)) return true;
  if ('NullTest' in node) return node.NullTest.nulltesttype === 'IS_NULL';
  if ('BoolExpr' in node) {
    const args = node.BoolExpr.args ?? [];
    if (node.BoolExpr.boolop === 'NOT_EXPR') return args[0] === undefined || nothing(args[0], about);
    if (node.BoolExpr.boolop === 'OR_EXPR') return args.every((arg) => notNothing(arg, about));
    return args.some((arg) => notNothing(arg, about));
  }
  if ('SubLink' in node) return absentNothing(node.SubLink);
  if ('BooleanTest' in node) {
    const { arg, booltesttype = '' } = node.BooleanTest;
    return testNothing(arg, OPPOSITE_TEST[booltesttype] ?? '', about);
  }
  // NOT (id = 7), NOT id IN (7): all rows but a few.
  const opposite = 'A_Expr' in node ? negated(node.A_Expr) : undefined;
  return opposite !== undefined && comparisonNothing(opposite, about);
}

/** NOT EXISTS and NOT IN of a query that finds nothing, or finds the same whatever the row. */
function absentNothing(link: SubLink): boolean {
  const select = link.subselect !== undefined && 'SelectStmt' in link.subselect ? link.subselect.SelectStmt : undefined;
  if (select === undefined) return false;
  if (link.subLinkType === 'EXISTS_SUBLINK' && ignoresRow(link.subselect)) return true;
  return constantOf(select.limitCount) === 0 || (select.whereClause !== undefined && !mentionsColumn(select.whereClause));
}

/** `id IN (SELECT id FROM the same table)` with no condition of its own, and an EXISTS that does not look at the row. */
function subLinkNothing(link: SubLink, about: About): boolean {
  if (link.subLinkType === 'ANY_SUBLINK')
    return !mentionsColumn(link.testexpr) || givesItself(link) || selectsEverything(link.subselect, about, link.testexpr);
  if (link.subLinkType === 'ALL_SUBLINK') return allNothing(link, about);
  if (link.subLinkType !== 'EXISTS_SUBLINK') return false;
  return selectsEverything(link.subselect, about) || ignoresRow(link.subselect);
}

/** `id >= ALL (SELECT min(id) FROM t)`, `id <> ALL (SELECT id FROM t WHERE false)`. */
function allNothing(link: SubLink, about: About): boolean {
  if (link.testexpr === undefined || absentNothing(link)) return true;
  const rexpr: Node = { SubLink: { ...link, subLinkType: 'EXPR_SUBLINK' } };
  return comparisonNothing({ kind: 'AEXPR_OP', name: link.operName ?? [], lexpr: link.testexpr, rexpr }, about);
}

/** `id IN (VALUES (id))`, `id IN (SELECT t.id)`. */
function givesItself(link: SubLink): boolean {
  const select = link.subselect !== undefined && 'SelectStmt' in link.subselect ? link.subselect.SelectStmt : undefined;
  if (select === undefined || select.fromClause !== undefined) return false;
  const values = (select.targetList ?? []).map((item) => ('ResTarget' in item ? item.ResTarget.val : undefined));
  const rows = (select.valuesLists ?? []).flatMap((row) => ('List' in row ? (row.List.items ?? []) : []));
  return [...values, ...rows].some((value) => sameTree(value, link.testexpr));
}

function ignoresRow(node: Node | undefined): boolean {
  if (node === undefined || !('SelectStmt' in node)) return false;
  const own = new Map<string, string>();
  addTables(node.SelectStmt.fromClause, { tables: own });
  // An unqualified column may be the outer row's; among what an aggregate counts it is the inner one's.
  const { targetList, ...rest } = node.SelectStmt;
  return (
    columnsIn(rest).every((column) => column.length > 1 && own.has(column.at(-2) ?? '')) &&
    columnsIn(targetList ?? []).every((column) => column.length < 2 || own.has(column.at(-2) ?? ''))
  );
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
  if (limits(select) || from.length === 0 || picks(select, key) || !givesKey(select, key)) return false;
  // Inside it the names are its own.
  const inner: About = {
    ...deeper(about),
    alias: '',
    tables: new Map(about.tables),
    sources: new Map(),
    ctes: withOwn(select, about.ctes),
  };
  addTables(from, inner);
  if (!from.every((item) => readsTarget(item, inner))) return false;
  return [select.whereClause, select.havingClause].every((condition) => condition === undefined || nothing(condition, inner));
}

function withOwn(select: SelectStmt, outer: CteScope | undefined): CteScope | undefined {
  let scope = outer;
  for (const node of select.withClause?.ctes ?? []) {
    if ('CommonTableExpr' in node)
      scope = { name: node.CommonTableExpr.ctename ?? '', query: node.CommonTableExpr.ctequery, outer: scope };
  }
  return scope;
}

/** GROUP BY and DISTINCT ON keep one row of many, unless it is the key that they go by. */
function picks(select: SelectStmt, key: Node | undefined): boolean {
  const by = [...(select.groupClause ?? []), ...(select.distinctClause ?? [])].filter((node) => Object.keys(node).length > 0);
  return by.some((node) => !('ColumnRef' in node) || lastName(node) !== lastName(key));
}

function lastName(node: Node | undefined): string | undefined {
  return node !== undefined && 'ColumnRef' in node ? strings(node.ColumnRef.fields).at(-1) : undefined;
}

/** `id IN (SELECT parent_id …)` and `id IN (SELECT max(id) …)` choose; `id IN (SELECT id …)` may not. */
function givesKey(select: SelectStmt, key: Node | undefined): boolean {
  if (key === undefined || !('ColumnRef' in key)) return true;
  const item = select.targetList?.[0];
  const value = item !== undefined && 'ResTarget' in item ? item.ResTarget.val : undefined;
  if (value === undefined || !('ColumnRef' in value)) return false;
  const column = strings(value.ColumnRef.fields);
  const star = column.length < (value.ColumnRef.fields?.length ?? 0);
  return star || column.at(-1) === lastName(key);
}

function readsTarget(item: Node, about: About): boolean {
  if ('JoinExpr' in item)
    return [item.JoinExpr.larg, item.JoinExpr.rarg].every((arm) => arm !== undefined && readsTarget(arm, about));
  if ('RangeSubselect' in item) return selectsEverything(item.RangeSubselect.subquery, about);
  if (!('RangeVar' in item)) return false;
  const name = item.RangeVar.relname ?? '';
  const cte = item.RangeVar.schemaname === undefined ? findCte(name, about) : undefined;
  return cte === undefined ? name === about.target : selectsEverything(cte.query, about);
}
