/** Small questions about expressions that a condition asks: is it a constant, a key column, the same as that one? */
import type { A_Const, A_Expr, Node } from 'libpg-query';
import { strings } from './names.ts';

export type Constant = number | string | boolean | null;

/** The value of a literal (with sign and casts); undefined for anything that is not one. */
export function constantOf(node: Node | undefined): Constant | undefined {
  if (node === undefined) return undefined;
  if ('A_Const' in node) return literal(node.A_Const);
  if ('TypeCast' in node) return constantOf(node.TypeCast.arg);
  return 'A_Expr' in node && node.A_Expr.kind === 'AEXPR_OP' ? folded(node.A_Expr) : undefined;
}

/** Arithmetic and concatenation of literals. */
function folded({ name, lexpr, rexpr }: A_Expr): Constant | undefined {
  const operator = strings(name).at(-1);
  const right = constantOf(rexpr);
  if (right === undefined || right === null) return undefined;
  if (lexpr === undefined) return operator === '-' && typeof right === 'number' ? -right : undefined;
  const left = constantOf(lexpr);
  if (operator === '||' && typeof left === 'string' && typeof right === 'string') return left + right;
  if (typeof left !== 'number' || typeof right !== 'number') return undefined;
  if (operator === '+') return left + right;
  if (operator === '-') return left - right;
  return operator === '*' ? left * right : undefined;
}

function literal(value: A_Const): Constant | undefined {
  if (value.isnull === true) return null;
  if (value.sval !== undefined) return value.sval.sval ?? '';
  if (value.fval !== undefined) return Number(value.fval.fval);
  if (value.boolval !== undefined) return value.boolval.boolval ?? false;
  // protobuf leaves a zero out.
  return value.ival !== undefined ? (value.ival.ival ?? 0) : undefined;
}

/** The string of a constant pattern; for any other expression a text that no pattern equals. */
export function pattern(node: Node | undefined): string {
  const value = constantOf(node);
  return typeof value === 'string' ? value : '\0';
}

/** A column that by its name identifies a row. */
export function isKey(node: Node | undefined): boolean {
  const name = node !== undefined && 'ColumnRef' in node ? (strings(node.ColumnRef.fields).at(-1) ?? '') : '';
  return /^(id|pk|uuid|ctid|oid)$|(_id|_pk|_uuid)$/i.test(name);
}

/** Equal trees, wherever in the text they stand. */
export function sameTree(one: unknown, two: unknown): boolean {
  if (one === two) return true;
  if (typeof one !== 'object' || typeof two !== 'object' || one === null || two === null) return false;
  const left = fieldsOf(one);
  return left.length === fieldsOf(two).length && left.every((key) => sameTree((one as Fields)[key], (two as Fields)[key]));
}

type Fields = Readonly<Record<string, unknown>>;

function fieldsOf(value: object): string[] {
  return Object.keys(value).filter((key) => key !== 'location');
}

/** Every column written anywhere below `node`, as its dotted parts. */
export function columnsIn(node: unknown): string[][] {
  if (typeof node !== 'object' || node === null) return [];
  const found: string[][] = [];
  const pending: object[] = [node];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    for (const [key, value] of Object.entries(next)) {
      if (typeof value !== 'object' || value === null) continue;
      if (key === 'ColumnRef') found.push(strings((value as { fields?: Node[] }).fields));
      else pending.push(value as object);
    }
  }
  return found;
}

/** True when the value of `node` can differ from row to row. */
export function mentionsColumn(node: unknown): boolean {
  if (typeof node !== 'object' || node === null) return false;
  const pending: object[] = [node];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    for (const key in next) {
      if (key === 'ColumnRef' || key === 'CurrentOfExpr') return true;
      const value = (next as Fields)[key];
      if (typeof value === 'object' && value !== null) pending.push(value);
    }
  }
  return false;
}
