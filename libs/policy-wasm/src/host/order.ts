/** Rego's own total order and text of values: null < boolean < number < string < array < object < set. */
import { type RegoValue, isArray, isMap, isSet } from './value.ts';

/** Negative, zero or positive. */
export function compareValues(a: RegoValue, b: RegoValue): number {
  const rank = rankOf(a) - rankOf(b);
  if (rank !== 0) return rank;
  if (isArray(a) && isArray(b)) return compareLists(a, b);
  if (isMap(a) && isMap(b)) return compareLists(entries(a).flat(), entries(b).flat());
  if (isSet(a) && isSet(b)) return compareLists(members(a), members(b));
  if (typeof a === 'string' && typeof b === 'string') return compareTexts(a, b);
  if (a === null || b === null || a === b) return 0;
  return a < b ? -1 : 1;
}

export function sameValue(a: RegoValue, b: RegoValue): boolean {
  return compareValues(a, b) === 0;
}

/** By bytes of UTF-8, which is by code points; JavaScript's own `<` goes by UTF-16 units. */
export function compareTexts(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

/** A set's members in order. */
export function members(set: ReadonlySet<RegoValue>): readonly RegoValue[] {
  return [...set].sort(compareValues);
}

/** An object's entries in the order of their keys. */
export function entries(object: ReadonlyMap<RegoValue, RegoValue>): readonly (readonly [RegoValue, RegoValue])[] {
  return [...object].sort(([a], [b]) => compareValues(a, b));
}

/** As OPA prints a value: `{"a": [1, {2, 3}]}`, keys and members in order. */
export function regoText(value: RegoValue): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (isArray(value)) return `[${value.map(regoText).join(', ')}]`;
  if (isSet(value)) return value.size === 0 ? 'set()' : `{${members(value).map(regoText).join(', ')}}`;
  if (isMap(value))
    return `{${entries(value)
      .map(([key, item]) => `${regoText(key)}: ${regoText(item)}`)
      .join(', ')}}`;
  return String(value);
}

function compareLists(a: readonly RegoValue[], b: readonly RegoValue[]): number {
  for (let index = 0; index < Math.min(a.length, b.length); index += 1) {
    const order = compareValues(a[index] ?? null, b[index] ?? null);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

function rankOf(value: RegoValue): number {
  if (value === null) return 0;
  if (typeof value === 'boolean') return 1;
  if (typeof value === 'number' || typeof value === 'bigint') return 2;
  if (typeof value === 'string') return 3;
  if (isArray(value)) return 4;
  return isMap(value) ? 5 : 6;
}
