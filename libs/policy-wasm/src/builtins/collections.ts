/** Casts, subsets, ranges and paths through graphs. */
import { compareValues, regoText, sameValue } from '../host/order.ts';
import { type RegoValue, isArray, isMap, isSet } from '../host/value.ts';
import type { Builtin } from './index.ts';
import { array, bigInteger, exact, items, object, text } from './operands.ts';

export const COLLECTIONS: Readonly<Record<string, Builtin>> = {
  cast_array: (value) => (isSet(value) ? [...value].sort(compareValues) : array(value)),
  cast_set: (value) => (isSet(value) ? value : new Set(array(value))),
  cast_string: (value) => text(value),
  cast_boolean: (value) => (typeof value === 'boolean' ? value : undefined),
  cast_null: (value) => (value === null ? null : undefined),
  cast_object: (value) => object(value),
  'object.subset': subset,
  'numbers.range_step': (from, to, step) => rangeStep(bigInteger(from), bigInteger(to), bigInteger(step)),
  'graph.reachable_paths': reachablePaths,
  trace: () => true,
};

/** Larger than any list a policy has a use for; without it one call could fill the memory. */
const CAP_RANGE = 1_000_000n;

function rangeStep(from: bigint, to: bigint, step: bigint): RegoValue {
  if (step <= 0n) throw new RangeError('step must be a positive integer');
  const distance = to > from ? to - from : from - to;
  if (distance / step > CAP_RANGE) throw new RangeError('range too long');
  const direction = to >= from ? step : -step;
  return Array.from({ length: Number(distance / step) + 1 }, (_, index) => exact(from + direction * BigInt(index)));
}

function subset(whole: RegoValue | undefined, part: RegoValue | undefined): boolean {
  if (isMap(whole) && isMap(part)) return subsetOfObject(whole, part);
  if (isSet(whole) && isSet(part)) return subsetOfItems([...whole], part);
  if (isArray(whole) && isArray(part)) return subsetOfArray(whole, part);
  if (isArray(whole) && isSet(part)) return whole.length > 0 && subsetOfItems(whole, part);
  throw new TypeError('both arguments must be of the same type or array and set');
}

function subsetOfItems(whole: readonly RegoValue[], part: ReadonlySet<RegoValue>): boolean {
  const known = new Set(whole.map(regoText));
  return [...part].every((item) => known.has(regoText(item)));
}

function subsetOfObject(whole: ReadonlyMap<RegoValue, RegoValue>, part: ReadonlyMap<RegoValue, RegoValue>): boolean {
  const known = new Map(Array.from(whole.entries(), ([key, value]) => [regoText(key), value] as const));
  return Array.from(part.entries()).every(([key, value]) => {
    const other = known.get(regoText(key));
    if (other === undefined) return false;
    if (sameValue(other, value)) return true;
    if (isMap(other) && isMap(value)) return subsetOfObject(other, value);
    if (isSet(other) && isSet(value)) return subsetOfItems([...other], value);
    return isArray(other) && isArray(value) && subsetOfArray(other, value);
  });
}

/**
 * OPA's own search, which does not step back after a partial match (subset.go): kept, because the same policy must decide the same
 * here and there.
 */
function subsetOfArray(whole: readonly RegoValue[], part: readonly RegoValue[]): boolean {
  if (part.length > whole.length) return false;
  for (let start = 0, matched = 0; ;) {
    if (matched === part.length) return true;
    if (start + matched === whole.length) return false;
    if (sameValue(whole[start + matched] ?? null, part[matched] ?? null)) matched += 1;
    else [start, matched] = [start + 1, 0];
  }
}

function reachablePaths(graph: RegoValue | undefined, initial: RegoValue | undefined): RegoValue {
  const edges = new Map(Array.from(object(graph).entries(), ([key, value]) => [regoText(key), value] as const));
  const paths: RegoValue[] = [];
  for (const node of items(initial)) {
    const direct = neighbours(edges.get(regoText(node)));
    if (direct === undefined) continue;
    if (direct.length === 0) paths.push([node]);
    for (const neighbour of direct) follow(edges, neighbour, [node], new Set([regoText(node)]), paths);
  }
  return new Set(paths);
}

function follow(
  edges: ReadonlyMap<string, RegoValue>,
  node: RegoValue,
  before: readonly RegoValue[],
  reached: ReadonlySet<string>,
  paths: RegoValue[],
): void {
  const next = neighbours(edges.get(regoText(node)));
  const path = next === undefined ? before : [...before, node];
  if (next === undefined || next.length === 0) {
    paths.push(path);
    return;
  }
  const seen = new Set(reached).add(regoText(node));
  for (const neighbour of next) {
    if (seen.has(regoText(neighbour))) paths.push(path);
    else follow(edges, neighbour, path, seen, paths);
  }
}

function neighbours(value: RegoValue | undefined): readonly RegoValue[] | undefined {
  if (value === undefined) return undefined;
  return isArray(value) || isSet(value) ? items(value) : [];
}
