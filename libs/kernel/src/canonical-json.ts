/** Canonical JSON (RFC 8785, JCS): one byte sequence for one value, so that it can be hashed. */

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Throws a TypeError for what JSON cannot hold: NaN, infinities, lone surrogates. */
export function canonicalJson(value: Json): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`not a JSON number: ${value}`);
    return JSON.stringify(value);
  }
  if (typeof value === 'string') {
    if (!value.isWellFormed()) throw new TypeError('not a JSON text: lone surrogate');
    return JSON.stringify(value);
  }
  if (isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  // RFC 8785 §3.2.3: keys are sorted by UTF-16 code units, which is JavaScript's own order.
  const members = Object.keys(value)
    .sort()
    .map((key) => `${canonicalJson(key)}:${canonicalJson(value[key] as Json)}`);
  return `{${members.join(',')}}`;
}

function isArray(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
