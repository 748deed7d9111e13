/** Reading the arguments of a builtin. A wrong type throws, and what throws has no value in Rego. */
import { type RegoObject, type RegoValue, isArray, isMap, isSet } from '../host/value.ts';

export function text(value: RegoValue | undefined): string {
  if (typeof value !== 'string') throw new TypeError('must be a string');
  return value;
}

/** A whole number that JavaScript holds exactly. */
export function integer(value: RegoValue | undefined): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw new TypeError('must be an integer');
  return value;
}

/** A whole number of any size. */
export function bigInteger(value: RegoValue | undefined): bigint {
  if (typeof value === 'bigint') return value;
  if (typeof value !== 'number' || !Number.isInteger(value)) throw new TypeError('must be an integer');
  return BigInt(value);
}

export function object(value: RegoValue | undefined): RegoObject {
  if (!isMap(value)) throw new TypeError('must be an object');
  return value;
}

export function array(value: RegoValue | undefined): readonly RegoValue[] {
  if (!isArray(value)) throw new TypeError('must be an array');
  return value;
}

/** The items of an array or a set. */
export function items(value: RegoValue | undefined): readonly RegoValue[] {
  if (isSet(value)) return [...value];
  return array(value);
}

/** The smallest form: a number where it is exact, else a BigInt. */
export function exact(value: bigint): number | bigint {
  const small = Number(value);
  return Number.isSafeInteger(small) ? small : value;
}

/** JSON that came from outside, as a Rego value. */
export function fromJson(value: unknown): RegoValue {
  if (Array.isArray(value)) return value.map(fromJson);
  if (typeof value === 'object' && value !== null) {
    return new Map(Object.entries(value).map(([key, item]) => [key, fromJson(item)] as const));
  }
  if (value === null || typeof value === 'boolean' || typeof value === 'string' || typeof value === 'bigint') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw new TypeError('must be JSON');
}
