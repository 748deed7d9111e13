/** Small questions about the grammar's trees: what is this node called, is it a constant, a column, the same as that one? */
import type { EffectTarget } from '@countersign/kernel';
import type { Tree } from './grammar.ts';

export function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The variant of an enum's value and what it holds: `{ Query: … }` → ['Query', …], `'Wildcard'` → ['Wildcard', undefined]. */
export function variantOf(value: unknown): readonly [string, unknown] {
  if (typeof value === 'string') return [value, undefined];
  if (!isTree(value)) return ['', undefined];
  for (const key in value) return [key, value[key]];
  return ['', undefined];
}

/** The body of the variant `name`, where the value is that variant. */
export function as(value: unknown, name: string): Tree | undefined {
  if (!isTree(value)) return undefined;
  const body = value[name];
  return isTree(body) ? body : undefined;
}

/** The words of a dotted name in any of the shapes in which trees hold one. */
export function namesOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(namesOf);
  if (!isTree(value)) return [];
  if (typeof value['value'] === 'string') return [value['value']];
  const [variant, body] = variantOf(value);
  if (variant === 'Identifier' || variant === 'CompoundIdentifier') return namesOf(body);
  return variant === 'Function' && isTree(body) ? namesOf(body['name']) : [];
}

export function nameText(value: unknown): string {
  return namesOf(value).map(part).join('.');
}

function part(name: string): string {
  return /[."\s]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name;
}

export function tableTarget(value: unknown): EffectTarget {
  return { type: 'table', name: nameText(value) };
}

export type Constant = number | string | boolean | null;

/** The value of a literal (with sign, casts and parentheses); undefined for anything that is not one. */
export function constantOf(node: unknown): Constant | undefined {
  const [variant, body] = variantOf(node);
  if (!isTree(body)) return undefined;
  if (variant === 'Value') return literal(body['value']);
  if (variant === 'Nested') return constantOf(body);
  if (variant === 'Cast' || variant === 'Convert' || variant === 'Collate') return constantOf(body['expr']);
  if (variant === 'TypedString') return literal(isTree(body['value']) ? body['value']['value'] : undefined);
  if (variant === 'Prefixed') return constantOf(body['value']);
  if (variant === 'UnaryOp') {
    const value = constantOf(body['expr']);
    if (typeof value !== 'number') return undefined;
    return body['op'] === 'Minus' ? -value : body['op'] === 'Plus' ? value : undefined;
  }
  return undefined;
}

function literal(value: unknown): Constant | undefined {
  const [variant, body] = variantOf(value);
  if (variant === 'Null') return null;
  if (variant === 'Boolean') return body === true;
  if (variant === 'Number') return Number(Array.isArray(body) ? body[0] : body);
  if (variant === 'Placeholder' || variant === '') return undefined;
  if (typeof body === 'string') return body;
  return isTree(body) && typeof body['value'] === 'string' ? body['value'] : undefined;
}

/** True when the value of `node` can differ from row to row: a column stands somewhere in it. */
export function mentionsColumn(node: unknown): boolean {
  const pending: unknown[] = [node];
  while (pending.length > 0) {
    const next = pending.pop();
    if (Array.isArray(next)) pending.push(...(next as unknown[]));
    else if (isTree(next)) {
      if (isColumn(next)) return true;
      for (const key in next) if (!SKIPPED.has(key)) pending.push(next[key]);
    }
  }
  return false;
}

/** Where identifiers stand that are no columns, and what is only the grammar's own bookkeeping. */
const SKIPPED: ReadonlySet<string> = new Set(['span', 'data_type', 'name', 'prefix', 'select_token', 'quote_style']);

const NO_COLUMNS: ReadonlySet<string> = new Set([
  'sysdate',
  'systimestamp',
  'current_date',
  'current_timestamp',
  'current_user',
  'user',
]);

/** An identifier that is not a variable (`@x`, `:x`) and, where strings may be written in double quotes, not such a one. */
function isColumn(node: Tree): boolean {
  if (Array.isArray(node['CompoundIdentifier'])) return !namesOf(node['CompoundIdentifier'])[0]?.startsWith('@');
  const identifier = node['Identifier'];
  if (!isTree(identifier)) return false;
  const name = String(identifier['value']);
  return !name.startsWith('@') && !name.startsWith(':') && !NO_COLUMNS.has(name.toLowerCase());
}

/** The column a node is, as its dotted parts in lower case; undefined for anything else. */
export function columnOf(node: unknown): readonly string[] | undefined {
  const inner = isTree(node) && isTree(node['Nested']) ? node['Nested'] : node;
  if (!isTree(inner) || !isColumn(inner)) return undefined;
  return namesOf(inner).map((name) => name.toLowerCase());
}

/** Every column written anywhere below `node`. */
export function columnsIn(node: unknown): (readonly string[])[] {
  const found: (readonly string[])[] = [];
  const pending: unknown[] = [node];
  while (pending.length > 0) {
    const next = pending.pop();
    if (Array.isArray(next)) pending.push(...(next as unknown[]));
    else if (isTree(next)) {
      const column = isColumn(next) ? columnOf(next) : undefined;
      if (column !== undefined) found.push(column);
      else for (const key in next) if (!SKIPPED.has(key)) pending.push(next[key]);
    }
  }
  return found;
}

/** A column that by its name identifies a row. */
export function isKey(node: unknown): boolean {
  const name = columnOf(node)?.at(-1) ?? '';
  return /^(id|pk|uuid|rowid|rownum|oid|guid)$|(_id|_pk|_uuid)$/.test(name);
}

/** Equal trees, wherever in the text they stand and however their names are written. */
export function sameTree(one: unknown, two: unknown): boolean {
  if (one === two) return true;
  if (typeof one === 'string' && typeof two === 'string') return one.toLowerCase() === two.toLowerCase();
  if (typeof one !== 'object' || typeof two !== 'object' || one === null || two === null) return false;
  const left = Object.keys(one).filter((key) => key !== 'span' && key !== 'quote_style');
  const right = Object.keys(two).filter((key) => key !== 'span' && key !== 'quote_style');
  return left.length === right.length && left.every((key) => sameTree((one as Tree)[key], (two as Tree)[key]));
}
