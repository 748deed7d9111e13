/** `a = 1 OR a <> 1`, `x OR NOT x`, `b IS TRUE OR b IS NOT TRUE`: alternatives that together let every row through. */
import type { A_Expr, Node } from 'libpg-query';
import { constantOf } from './constants.ts';
import { strings } from './names.ts';

/** The operator that is true where this one is false. */
export const OPPOSITE: Readonly<Record<string, string>> = {
  '=': '<>',
  '<>': '=',
  '<': '>=',
  '>=': '<',
  '<=': '>',
  '>': '<=',
  IN: 'NOT IN',
  'NOT IN': 'IN',
};

/** One pass: each alternative leaves what would complete it, and is looked up among what the others left. */
export function complementary(args: readonly Node[]): boolean {
  const wanted = new Set<string>();
  for (const arg of args) {
    const [own, opposite] = signatures(arg);
    if (wanted.has(own)) return true;
    wanted.add(opposite);
  }
  return false;
}

/** The operator of a comparison, with IN and NOT IN as names. */
export function operatorOf(expr: A_Expr): string {
  if (expr.kind === 'AEXPR_IN') return strings(expr.name)[0] === '<>' ? 'NOT IN' : 'IN';
  return strings(expr.name).at(-1) ?? '';
}

/** What the condition is and what its opposite would be, written the same way. */
function signatures(node: Node): readonly [string, string] {
  if ('BoolExpr' in node && node.BoolExpr.boolop === 'NOT_EXPR') {
    const inner = written(node.BoolExpr.args?.[0]);
    return [`not ${inner}`, inner];
  }
  if ('BooleanTest' in node) {
    const { arg, booltesttype = '' } = node.BooleanTest;
    const other = booltesttype.includes('NOT_') ? booltesttype.replace('NOT_', '') : booltesttype.replace('IS_', 'IS_NOT_');
    return [`${booltesttype} ${written(arg)}`, `${other} ${written(arg)}`];
  }
  const truth = 'A_Expr' in node && operatorOf(node.A_Expr) === '=' ? constantOf(node.A_Expr.rexpr) : undefined;
  if ('A_Expr' in node && typeof truth === 'boolean') {
    const plain = written(node.A_Expr.lexpr);
    return truth ? [plain, `not ${plain}`] : [`not ${plain}`, plain];
  }
  const opposite = 'A_Expr' in node ? OPPOSITE[operatorOf(node.A_Expr)] : undefined;
  if (!('A_Expr' in node) || opposite === undefined) return [written(node), `not ${written(node)}`];
  const sides = `${written(node.A_Expr.lexpr)} ${written(node.A_Expr.rexpr)}`;
  return [`${operatorOf(node.A_Expr)} ${sides}`, `${opposite} ${sides}`];
}

function written(node: Node | undefined): string {
  return JSON.stringify(node, (key, value: unknown) => (key === 'location' ? undefined : value)) ?? '';
}
