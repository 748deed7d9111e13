/** `json.patch` (RFC 6902 over Rego values, sets too) and `json.marshal_with_options`. */
import { entries, members, regoText, sameValue } from '../host/order.ts';
import { type RegoValue, isArray, isMap, isSet } from '../host/value.ts';
import type { Builtin } from './index.ts';
import { array, object, text } from './operands.ts';

export const JSON_BUILTINS: Readonly<Record<string, Builtin>> = {
  'json.patch': (document, operations) => array(operations).reduce<RegoValue>(applyOperation, document ?? null),
  'json.marshal_with_options': (value, options) => marshal(value ?? null, object(options)),
};

function applyOperation(document: RegoValue, operation: RegoValue): RegoValue {
  const fields = object(operation);
  const path = readPath(fields.get('path'));
  switch (text(fields.get('op'))) {
    case 'add':
      return insert(document, path, needed(fields.get('value')));
    case 'remove':
      return remove(document, path);
    case 'replace':
      return insert(remove(document, path), path, needed(fields.get('value')));
    case 'move': {
      const from = readPath(fields.get('from'));
      return insert(remove(document, from), path, lookUp(document, from));
    }
    case 'copy':
      return insert(document, path, lookUp(document, readPath(fields.get('from'))));
    case 'test':
      if (!sameValue(lookUp(document, path), needed(fields.get('value')))) throw new Error('test failed');
      return document;
    default:
      throw new TypeError('unrecognized op');
  }
}

function needed(value: RegoValue | undefined): RegoValue {
  if (value === undefined) throw new TypeError("missing required attribute 'value'");
  return value;
}

/** A JSON pointer (RFC 6901), or an array of keys. */
function readPath(path: RegoValue | undefined): readonly RegoValue[] {
  if (isArray(path)) return path;
  const pointer = text(path);
  if (pointer === '') return [];
  return pointer
    .replace(/^\//, '')
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function lookUp(document: RegoValue, path: readonly RegoValue[]): RegoValue {
  return path.reduce(child, document);
}

function child(parent: RegoValue, key: RegoValue): RegoValue {
  let found: RegoValue | undefined;
  if (isMap(parent)) found = keyed(parent).get(regoText(key))?.[1];
  else if (isSet(parent)) found = [...parent].find((member) => sameValue(member, key));
  else if (isArray(parent)) found = parent[indexOf(key, parent.length - 1)];
  if (found === undefined) throw new RangeError('path does not exist');
  return found;
}

function insert(document: RegoValue, path: readonly RegoValue[], value: RegoValue): RegoValue {
  return change(document, path, value, (parent, key) => {
    if (isMap(parent)) return new Map(keyed(parent).set(regoText(key), [key, value]).values());
    if (isSet(parent)) {
      if (!sameValue(key, value)) throw new TypeError('set key does not equal the value');
      return new Set([...parent, value]);
    }
    const list = array(parent);
    return list.toSpliced(key === '-' ? list.length : indexOf(key, list.length), 0, value);
  });
}

function remove(document: RegoValue, path: readonly RegoValue[]): RegoValue {
  return change(document, path, null, (parent, key) => {
    child(parent, key);
    if (isMap(parent)) {
      const left = keyed(parent);
      left.delete(regoText(key));
      return new Map(left.values());
    }
    if (isSet(parent)) return new Set([...parent].filter((member) => !sameValue(member, key)));
    const list = array(parent);
    return list.toSpliced(indexOf(key, list.length - 1), 1);
  });
}

/** A copy in which the parent of the path's end is replaced; an empty path stands for the whole document. */
function change(
  document: RegoValue,
  path: readonly RegoValue[],
  whole: RegoValue,
  edit: (parent: RegoValue, key: RegoValue) => RegoValue,
): RegoValue {
  const [key, ...rest] = path;
  if (key === undefined) return whole;
  if (rest.length === 0) return edit(document, key);
  const changed = change(child(document, key), rest, whole, edit);
  if (isMap(document)) return new Map(keyed(document).set(regoText(key), [key, changed]).values());
  if (isSet(document)) return new Set([...document].map((member) => (sameValue(member, key) ? changed : member)));
  const list = array(document);
  return list.with(indexOf(key, list.length - 1), changed);
}

function keyed(object: ReadonlyMap<RegoValue, RegoValue>): Map<string, readonly [RegoValue, RegoValue]> {
  return new Map(Array.from(object.entries(), (entry) => [regoText(entry[0]), entry] as const));
}

function indexOf(key: RegoValue, last: number): number {
  const index = typeof key === 'number' ? key : /^(?:0|[1-9]\d*)$/.test(text(key)) ? Number(key) : -1;
  if (!Number.isInteger(index) || index < 0 || index > last) throw new RangeError('index out of range');
  return index;
}

function marshal(value: RegoValue, options: ReadonlyMap<RegoValue, RegoValue>): string {
  let indent = '\t';
  let prefix = '';
  let implied = false;
  let pretty: boolean | undefined;
  for (const [key, option] of options) {
    if (key === 'pretty') {
      if (typeof option !== 'boolean') throw new TypeError('pretty must be a boolean');
      pretty = option;
      continue;
    }
    if (key === 'indent') indent = text(option);
    else if (key === 'prefix') prefix = text(option);
    else throw new TypeError(`unknown key ${regoText(key)}`);
    implied = true;
  }
  return (pretty ?? implied) ? prefix + write(value, { line: `\n${prefix}`, indent, colon: ': ' }) : write(value, undefined);
}

interface Layout {
  /** What begins a line at this depth. */
  readonly line: string;
  readonly indent: string;
  readonly colon: string;
}

/** Sets become arrays; keys that are no strings become their text. Go writes `<`, `>` and `&` escaped. */
function write(value: RegoValue, layout: Layout | undefined): string {
  if (typeof value === 'string') return JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, escape);
  const inner = layout && { ...layout, line: layout.line + layout.indent };
  const wrap = (open: string, parts: readonly string[], close: string): string =>
    parts.length === 0
      ? open + close
      : `${open}${parts.map((part) => (inner?.line ?? '') + part).join(',')}${layout?.line ?? ''}${close}`;
  if (isArray(value))
    return wrap(
      '[',
      value.map((item) => write(item, inner)),
      ']',
    );
  if (isSet(value))
    return wrap(
      '[',
      members(value).map((item) => write(item, inner)),
      ']',
    );
  if (!isMap(value)) return String(value);
  const fields = entries(value).map(([key, item]) => {
    const name = typeof key === 'string' ? key : write(key, undefined);
    return `${write(name, undefined)}${layout?.colon ?? ':'}${write(item, inner)}`;
  });
  return wrap('{', fields, '}');
}

function escape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
