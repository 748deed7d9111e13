/** Expressions without what changes nothing: `id + 0`, `id * 1`, `name || ''`, `COALESCE(id, 0)`, `(SELECT t.id)`, casts. */
import type { A_Expr, Node, SubLink } from 'libpg-query';
import { constantOf, sameTree } from './constants.ts';
import { strings } from './names.ts';

const DEEPEST = 20;

export function simplified(node: Node | undefined, depth = 0): Node | undefined {
  const inner = node === undefined || depth > DEEPEST ? undefined : inside(node);
  return inner === undefined ? node : simplified(inner, depth + 1);
}

/** What the expression is worth the same as; undefined when it is worth something of its own. */
function inside(node: Node): Node | undefined {
  if ('TypeCast' in node) return node.TypeCast.arg;
  if ('A_Expr' in node && node.A_Expr.kind === 'AEXPR_OP') return withoutNeutral(node.A_Expr);
  if ('CoalesceExpr' in node) return node.CoalesceExpr.args?.find((arg) => constantOf(arg) !== null);
  if ('MinMaxExpr' in node) return same(node.MinMaxExpr.args);
  if ('SubLink' in node) return selected(node.SubLink);
  if (!('FuncCall' in node) || strings(node.FuncCall.funcname).at(-1) !== 'concat') return undefined;
  const parts = (node.FuncCall.args ?? []).filter((arg) => constantOf(arg) !== '');
  return parts.length === 1 ? parts[0] : undefined;
}

/** Operators with a value on the right that leaves the left as it is. */
const NEUTRAL: Readonly<Record<string, unknown>> = { '+': 0, '-': 0, '*': 1, '/': 1, '||': '' };

const ZERO: Node = { A_Const: { ival: { ival: 0 } } };

function withoutNeutral({ name, lexpr, rexpr }: A_Expr): Node | undefined {
  const operator = strings(name).at(-1) ?? '';
  if (lexpr !== undefined && isZeroed(operator, lexpr, rexpr)) return ZERO;
  const neutral = NEUTRAL[operator];
  if (neutral === undefined || lexpr === undefined) return undefined;
  if (constantOf(rexpr) === neutral) return lexpr;
  return operator !== '-' && operator !== '/' && constantOf(lexpr) === neutral ? rexpr : undefined;
}

/** `x - x`, `x * 0`, `x % 1`: zero whatever the column holds. */
function isZeroed(operator: string, left: Node, right: Node | undefined): boolean {
  if (operator === '-') return sameTree(left, right);
  const value = constantOf(right);
  return (operator === '*' && value === 0) || (operator === '%' && value === 1);
}

function same(args: readonly Node[] | undefined): Node | undefined {
  const [first, ...others] = args ?? [];
  return first !== undefined && others.every((other) => sameTree(first, other)) ? first : undefined;
}

/** `(SELECT x)` without a FROM. */
function selected(link: SubLink): Node | undefined {
  const select = link.subselect !== undefined && 'SelectStmt' in link.subselect ? link.subselect.SelectStmt : undefined;
  if (link.subLinkType !== 'EXPR_SUBLINK' || select === undefined) return undefined;
  if (select.fromClause !== undefined || select.whereClause !== undefined) return undefined;
  const item = select.targetList?.[0];
  return item !== undefined && 'ResTarget' in item ? item.ResTarget.val : undefined;
}
