/**
 * Rego values on the JavaScript side, and the text in which they cross into the policy's memory and back: OPA's own value syntax,
 * which is JSON plus sets (`{1, 2}`, `set()`) and keys that are not strings. Whole numbers beyond 2^53 are BigInt: nanoseconds
 * would lose digits in a double.
 */

export type RegoValue = null | boolean | number | bigint | string | readonly RegoValue[] | RegoSet | RegoObject;
export type RegoSet = ReadonlySet<RegoValue>;
export type RegoObject = ReadonlyMap<RegoValue, RegoValue>;

/** Reads what `opa_value_dump` wrote. Throws a SyntaxError on anything else. */
export function parseValue(text: string): RegoValue {
  const reader = { text, at: 0 };
  const value = read(reader);
  skipSpace(reader);
  if (reader.at !== text.length) throw unexpected(reader);
  return value;
}

/** Writes what `opa_value_parse` reads. Throws a RangeError for a number that Rego has no text for. */
export function formatValue(value: RegoValue): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new RangeError(`not a Rego number: ${value}`);
    return JSON.stringify(value);
  }
  if (value === null || typeof value !== 'object') return String(value);
  if (isSet(value)) return value.size === 0 ? 'set()' : `{${Array.from(value, formatValue).join(',')}}`;
  if (isMap(value))
    return `{${Array.from(value.entries(), ([key, item]) => `${formatValue(key)}:${formatValue(item)}`).join(',')}}`;
  return `[${value.map(formatValue).join(',')}]`;
}

export function isSet(value: RegoValue | undefined): value is RegoSet {
  return value instanceof Set;
}

export function isMap(value: RegoValue | undefined): value is RegoObject {
  return value instanceof Map;
}

export function isArray(value: RegoValue | undefined): value is readonly RegoValue[] {
  return Array.isArray(value);
}

interface Reader {
  readonly text: string;
  at: number;
}

const SPACE = /[ \t\n\r]*/y;
// A fraction without a leading zero is not JSON, but OPA's WASM writes it back as the policy spelt it.
const NUMBER = /-?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?/y;
const STRING = /"(?:[^"\\]|\\.)*"/y;
const LITERALS: readonly (readonly [string, RegoValue])[] = [
  ['null', null],
  ['true', true],
  ['false', false],
];

function read(reader: Reader): RegoValue {
  skipSpace(reader);
  const { text } = reader;
  const first = text[reader.at];
  if (first === '"') return JSON.parse(token(reader, STRING)) as string;
  if (first === '[') return readList(reader, ']');
  if (first === '{') return readBraces(reader);
  if (text.startsWith('set()', reader.at)) {
    reader.at += 'set()'.length;
    return new Set();
  }
  for (const [word, value] of LITERALS) {
    if (!text.startsWith(word, reader.at)) continue;
    reader.at += word.length;
    return value;
  }
  return readNumber(token(reader, NUMBER));
}

function readNumber(text: string): number | bigint {
  const value = Number(text);
  return /^-?\d+$/.test(text) && !Number.isSafeInteger(value) ? BigInt(text) : value;
}

function readList(reader: Reader, end: string): RegoValue[] {
  const items: RegoValue[] = [];
  reader.at += 1;
  if (take(reader, end)) return items;
  do items.push(read(reader));
  while (take(reader, ','));
  if (!take(reader, end)) throw unexpected(reader);
  return items;
}

/** `{}` is the empty object; the first separator tells an object from a set. */
function readBraces(reader: Reader): RegoObject | RegoSet {
  reader.at += 1;
  const object = new Map<RegoValue, RegoValue>();
  if (take(reader, '}')) return object;
  const first = read(reader);
  if (!take(reader, ':')) {
    const items = [first];
    while (take(reader, ',')) items.push(read(reader));
    if (!take(reader, '}')) throw unexpected(reader);
    return new Set(items);
  }
  object.set(first, read(reader));
  while (take(reader, ',')) {
    const key = read(reader);
    if (!take(reader, ':')) throw unexpected(reader);
    object.set(key, read(reader));
  }
  if (!take(reader, '}')) throw unexpected(reader);
  return object;
}

function take(reader: Reader, character: string): boolean {
  skipSpace(reader);
  if (reader.text[reader.at] !== character) return false;
  reader.at += 1;
  return true;
}

function skipSpace(reader: Reader): void {
  SPACE.lastIndex = reader.at;
  SPACE.test(reader.text);
  reader.at = SPACE.lastIndex;
}

function token(reader: Reader, pattern: RegExp): string {
  pattern.lastIndex = reader.at;
  const found = pattern.exec(reader.text)?.[0];
  if (found === undefined) throw unexpected(reader);
  reader.at += found.length;
  return found;
}

function unexpected(reader: Reader): SyntaxError {
  return new SyntaxError(`not a Rego value at ${reader.at}: ${reader.text.slice(reader.at, reader.at + 20)}`);
}
