/** Bounds that no row, or hardly one, is beyond: of keys, lengths, dates. What a column holds is told by its name alone. */
import type { Node } from 'libpg-query';
import { constantOf, isKey, mentionsColumn } from './constants.ts';
import { strings } from './names.ts';

/** A key below or beyond this bounds nothing: identifiers begin at 1 and never get there. */
const LOWEST_KEY = 1;
const HUGE_KEY = 1e9;
/** So many keys less are still nearly all. */
const FEW_KEYS = 100;
/** Before and after these, dates stand for always. */
const EARLIEST_YEAR = 1980;
const LATEST_YEAR = 2900;

/** `id > 0`, `id <> 7`, `length(x) >= 0`, `id < 999999999`, `id % 7 < 7`, `created_at <= now()`. */
export function rangeNothing(operator: string, left: Node | undefined, right: Node | undefined): boolean {
  if (isTableOid(left)) return true;
  const bound = constantOf(right);
  if (operator === '<>' && isKey(left) && !mentionsColumn(right)) return true;
  if ((operator === '<' || operator === '<=') && isPast(left) && isNow(right)) return true;
  if (typeof bound === 'string') return textNothing(operator, left, bound);
  if (typeof bound !== 'number') return false;
  if (moduloNothing(operator, modulus(left), bound)) return true;
  if (operator === '>' || operator === '>=')
    return (isKey(left) && bound <= LOWEST_KEY) || (isMeasure(left) && bound <= 0) || bound <= -HUGE_KEY;
  return (operator === '<' || operator === '<=') && bound >= HUGE_KEY;
}

/** Keys outside of a range that holds none or hardly any: `id NOT BETWEEN -5 AND 0`, `id NOT BETWEEN 5 AND 7`. */
export function outsideNothing(left: Node | undefined, low: unknown, high: unknown): boolean {
  if (typeof low === 'number' && typeof high === 'number' && low > high) return true;
  if (!isKey(left) || typeof high !== 'number') return false;
  return high < LOWEST_KEY || (typeof low === 'number' && high - low < FEW_KEYS);
}

/** `name <> ''`, `made > '1900-01-01'`, `made < 'infinity'`, `ctid >= '(0,0)'`. */
function textNothing(operator: string, left: Node | undefined, bound: string): boolean {
  const year = /^(\d{4,})-\d/.exec(bound)?.[1];
  if (operator === '<>') return bound === '';
  if (operator === '>' || operator === '>=') {
    const lowest =
      bound === '' || bound === '-infinity' || bound === 'epoch' || (isKey(left) && /^[({]?[0,-]+[)}]?$/.test(bound));
    return lowest || (year !== undefined && Number(year) <= EARLIEST_YEAR);
  }
  return (operator === '<' || operator === '<=') && (bound === 'infinity' || (year !== undefined && Number(year) >= LATEST_YEAR));
}

function isMeasure(node: Node | undefined): boolean {
  const name = node !== undefined && 'FuncCall' in node ? (strings(node.FuncCall.funcname).at(-1) ?? '') : '';
  return ['length', 'char_length', 'octet_length', 'abs', 'cardinality', 'position', 'strpos'].includes(name);
}

/** `x % 7` is never 7 nor more, and never -7 nor less. */
function modulus(node: Node | undefined): number {
  const expr = node !== undefined && 'A_Expr' in node && strings(node.A_Expr.name).at(-1) === '%' ? node.A_Expr : undefined;
  const value = constantOf(expr?.rexpr);
  return typeof value === 'number' ? Math.abs(value) : Infinity;
}

function moduloNothing(operator: string, size: number, bound: number): boolean {
  if (operator === '<' || operator === '<=') return bound >= (operator === '<' ? size : size - 1);
  if (operator === '>' || operator === '>=') return bound <= (operator === '>' ? -size : 1 - size);
  return operator === '<>' && Math.abs(bound) >= size;
}

/** The table that the row is in: the same for all its rows. */
function isTableOid(node: Node | undefined): boolean {
  return node !== undefined && 'ColumnRef' in node && strings(node.ColumnRef.fields).at(-1) === 'tableoid';
}

/** A column that by its name holds when something was done: always before now. */
function isPast(node: Node | undefined): boolean {
  const name = node !== undefined && 'ColumnRef' in node ? (strings(node.ColumnRef.fields).at(-1) ?? '') : '';
  return /^(created|inserted|updated|modified|added|registered|joined)(_(at|on|date|time|ts))?$/i.test(name);
}

const NOW = new Set(['now', 'clock_timestamp', 'statement_timestamp', 'transaction_timestamp', 'localtimestamp']);

/** Now, or later. */
function isNow(node: Node | undefined): boolean {
  if (node === undefined) return false;
  if ('SQLValueFunction' in node) return true;
  if ('FuncCall' in node) return NOW.has(strings(node.FuncCall.funcname).at(-1) ?? '');
  return 'A_Expr' in node && strings(node.A_Expr.name).at(-1) === '+' && isNow(node.A_Expr.lexpr);
}
