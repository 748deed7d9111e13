/** Comparisons that are true for (nearly) every row: `id = id`, `id > 0`, `name LIKE '%'`, `id >= (SELECT min(id) FROM t)`. */
import type { A_Expr, Node, SelectStmt } from 'libpg-query';
import type { About } from './about.ts';
import { OPPOSITE, operatorOf } from './complementary.ts';
import { constantOf, isKey, mentionsColumn, pattern, sameTree } from './constants.ts';
import { strings } from './names.ts';
import { outsideNothing, rangeNothing } from './ranges.ts';
import { simplified } from './simplify.ts';

const REFLEXIVE = new Set(['=', '<=', '>=', '~~', '~~*']);

const MIRRORED: Readonly<Record<string, string>> = { '<': '>', '>': '<', '<=': '>=', '>=': '<=', '<>': '<>', '=': '=' };

export function comparisonNothing(expr: A_Expr, about: About): boolean {
  const operator = operatorOf(expr);
  const { rexpr } = expr;
  const lexpr = simplified(expr.lexpr);
  if (isRowless(lexpr) && [...listOf(rexpr), ...(rexpr !== undefined && 'List' in rexpr ? [] : [rexpr])].every(isRowless))
    return true;
  switch (expr.kind) {
    case 'AEXPR_LIKE':
    case 'AEXPR_ILIKE':
      return !operator.startsWith('!') && (/^[%_]*%[%_]*$/.test(pattern(rexpr)) || sameColumn(lexpr, rexpr, about));
    case 'AEXPR_SIMILAR':
      return operator === '~' && /^%+$/.test(similarPattern(rexpr));
    case 'AEXPR_BETWEEN':
    case 'AEXPR_BETWEEN_SYM':
      return betweenNothing(lexpr, rexpr, about);
    case 'AEXPR_NOT_BETWEEN':
      return outsideNothing(lexpr, ...bounds(rexpr));
    case 'AEXPR_IN':
      return operator === 'IN' ? inNothing(lexpr, rexpr, about) : isKey(lexpr);
    case 'AEXPR_NOT_DISTINCT':
      return sameColumn(lexpr, rexpr, about);
    case 'AEXPR_DISTINCT':
      return isKey(lexpr) || constantOf(rexpr) === null;
    case 'AEXPR_OP_ANY':
      return anyNothing(lexpr, rexpr, about);
    case 'AEXPR_OP_ALL':
      return operator === '<>' && isKey(lexpr);
    default:
      return plainNothing(operator, lexpr, simplified(rexpr), about);
  }
}

/** Kinds of comparison that are each other's opposite, with the same operator. */
const OPPOSITE_KIND: Readonly<Record<string, A_Expr['kind']>> = {
  AEXPR_BETWEEN: 'AEXPR_NOT_BETWEEN',
  AEXPR_NOT_BETWEEN: 'AEXPR_BETWEEN',
  AEXPR_DISTINCT: 'AEXPR_NOT_DISTINCT',
  AEXPR_NOT_DISTINCT: 'AEXPR_DISTINCT',
};

const OPPOSITE_NAME: Readonly<Record<string, string>> = { ...OPPOSITE, '~~': '!~~', '!~~': '~~', '~~*': '!~~*', '!~~*': '~~*' };

/** The comparison that is true where `expr` is false; undefined where there is no such operator. */
export function negated(expr: A_Expr): A_Expr | undefined {
  const kind = OPPOSITE_KIND[expr.kind ?? ''];
  if (kind !== undefined) return { ...expr, kind };
  const named = ['AEXPR_OP', 'AEXPR_IN', 'AEXPR_LIKE', 'AEXPR_ILIKE'].includes(expr.kind ?? '');
  const opposite = named ? OPPOSITE_NAME[strings(expr.name).at(-1) ?? ''] : undefined;
  return opposite === undefined ? undefined : { ...expr, name: [{ String: { sval: opposite } }] };
}

/** A comparison with NULL is never true and never false. */
export function isWithNull(node: Node): boolean {
  if (!('A_Expr' in node) || node.A_Expr.kind !== 'AEXPR_OP') return false;
  return constantOf(node.A_Expr.lexpr) === null || constantOf(node.A_Expr.rexpr) === null;
}

/** The same for every row of the table. */
function isRowless(node: Node | undefined): boolean {
  return !mentionsColumn(simplified(node)) || isUncorrelated(node);
}

function plainNothing(operator: string, lexpr: Node | undefined, rexpr: Node | undefined, about: About): boolean {
  if (REFLEXIVE.has(operator) && sameColumn(lexpr, rexpr, about)) return true;
  if (operator === '~' || operator === '~*') return /^[\^$.*+?()|]*$/.test(pattern(rexpr));
  if (operator === '=' && (isJoinWithAll(lexpr, rexpr, about) || isJoinWithAll(rexpr, lexpr, about))) return true;
  return oneSided(operator, lexpr, rexpr, about) || oneSided(MIRRORED[operator] ?? '', rexpr, lexpr, about);
}

function oneSided(operator: string, left: Node | undefined, right: Node | undefined, about: About): boolean {
  const value = constantOf(right);
  if (operator === '=' && value === true && left !== undefined && !('ColumnRef' in left)) return about.nothing(left, about);
  if (operator === '=' && value !== undefined && alwaysGives(left, value)) return true;
  return isExtreme(operator, left, right, about) || rangeNothing(operator, left, right);
}

/** `CASE … THEN 1 ELSE 1 END = 1`. */
function alwaysGives(node: Node | undefined, value: unknown): boolean {
  if (node === undefined || !('CaseExpr' in node)) return false;
  const results = (node.CaseExpr.args ?? []).map((arm) => ('CaseWhen' in arm ? arm.CaseWhen.result : undefined));
  return [...results, node.CaseExpr.defresult].every((result) => constantOf(result) === value);
}

/** `(SELECT count(id) FROM t)`: an aggregate over a table of its own without a condition. */
function isUncorrelated(node: Node | undefined): boolean {
  const select = scalarSelect(node);
  return select !== undefined && select.fromClause !== undefined && !mentionsColumn(select.whereClause);
}

function scalarSelect(node: Node | undefined): SelectStmt | undefined {
  const plain = simplified(node);
  if (plain === undefined || !('SubLink' in plain)) return undefined;
  const { subLinkType, subselect } = plain.SubLink;
  const scalar = subLinkType === 'EXPR_SUBLINK' || subLinkType === 'ALL_SUBLINK';
  return scalar && subselect !== undefined && 'SelectStmt' in subselect ? subselect.SelectStmt : undefined;
}

/** `id >= (SELECT min(id) FROM t)`, also less some number. */
function isExtreme(operator: string, left: Node | undefined, right: Node | undefined, about: About): boolean {
  const wanted = operator === '>' || operator === '>=' ? 'min' : operator === '<' || operator === '<=' ? 'max' : '';
  const select = wanted === '' ? undefined : scalarSelect(right);
  const item = select?.targetList?.[0];
  const value = item !== undefined && 'ResTarget' in item ? item.ResTarget.val : undefined;
  const call = value !== undefined && 'A_Expr' in value ? value.A_Expr.lexpr : value;
  if (select === undefined || call === undefined || !('FuncCall' in call)) return false;
  if (strings(call.FuncCall.funcname).at(-1) !== wanted) return false;
  const [column] = call.FuncCall.args ?? [];
  return sameColumn(left, column, about) && about.everything({ SelectStmt: { ...select, targetList: [] } }, about);
}

function betweenNothing(left: Node | undefined, bounds: Node | undefined, about: About): boolean {
  const [low, high] = listOf(bounds);
  if (sameColumn(left, low, about) && sameColumn(left, high, about)) return true;
  return rangeNothing('>=', left, low) && rangeNothing('<=', left, high);
}

function bounds(node: Node | undefined): readonly [unknown, unknown] {
  const [low, high] = listOf(node).map(constantOf);
  return [low, high];
}

function inNothing(left: Node | undefined, list: Node | undefined, about: About): boolean {
  const items = listOf(list);
  const values = items.map(constantOf);
  return items.some((item) => sameColumn(left, item, about)) || (values.includes(true) && values.includes(false));
}

function listOf(node: Node | undefined): readonly Node[] {
  return node !== undefined && 'List' in node ? (node.List.items ?? []) : [];
}

/** `id = ANY (ARRAY(SELECT id FROM t))`. */
function anyNothing(left: Node | undefined, right: Node | undefined, about: About): boolean {
  if (right !== undefined && 'A_ArrayExpr' in right)
    return (right.A_ArrayExpr.elements ?? []).some((item) => sameTree(left, item));
  return right !== undefined && 'SubLink' in right && about.everything(right.SubLink.subselect, about, left);
}

/** `t.id = x.id` where `x` is a query that gives every row of `t`. */
function isJoinWithAll(left: Node | undefined, right: Node | undefined, about: About): boolean {
  if (left === undefined || right === undefined || !('ColumnRef' in left) || !('ColumnRef' in right)) return false;
  const own = strings(left.ColumnRef.fields);
  const other = strings(right.ColumnRef.fields);
  const source = about.sources.get(other.at(-2) ?? '');
  if (source === undefined || own.at(-1) !== other.at(-1)) return false;
  return (own.length === 1 || own.at(-2) === about.alias) && about.everything(source, about, right);
}

/** SIMILAR TO comes with its pattern inside a function. */
function similarPattern(node: Node | undefined): string {
  return pattern(node !== undefined && 'FuncCall' in node ? node.FuncCall.args?.[0] : node);
}

/** The same expression twice, or the same column of two aliases of one table (`t.id = t2.id` in a self-join). */
function sameColumn(one: Node | undefined, two: Node | undefined, about: About): boolean {
  const left = simplified(one);
  const right = simplified(two);
  if (left === undefined || right === undefined) return false;
  if (sameTree(left, right)) return true;
  if (!('ColumnRef' in left) || !('ColumnRef' in right)) return false;
  const first = strings(left.ColumnRef.fields);
  const second = strings(right.ColumnRef.fields);
  if (first.at(-1) !== second.at(-1)) return false;
  const tables = [first, second].map((column) =>
    column.length === 1 ? about.target : (about.tables.get(column.at(-2) ?? '') ?? column.at(-2)),
  );
  return tables[0] === tables[1] && tables[0] !== '';
}
