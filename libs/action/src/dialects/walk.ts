/** Going through a syntax tree: tables that are read, functions that are called, statements and queries inside expressions. */
import { callFunction } from './calls.ts';
import { type Cx, emit, findCte } from './context.ts';
import { mergeRows, readQuery, removeRows, insertRows, updateRows } from './data.ts';
import type { Tree } from './grammar.ts';
import { secretTable } from './secrets.ts';
import { isTree, nameText, namesOf, tableTarget } from './tree.ts';

type Handler = (body: Tree, cx: Cx) => void;

/** Variants that do something themselves; every other node only holds nodes. */
const HANDLERS: ReadonlyMap<string, Handler> = new Map<string, Handler>([
  ['Function', callFunction],
  ['Table', readTable],
  ['Insert', insertRows],
  ['Update', updateRows],
  ['Delete', removeRows],
  ['Merge', mergeRows],
  ['Directory', exportRows],
]);

const NOT_VISITED: ReadonlySet<string> = new Set(['span', 'select_token', 'data_type', 'quote_style', 'alias']);

/** Hive: INSERT OVERWRITE DIRECTORY writes what its query gives into files. */
function exportRows(stmt: Tree, cx: Cx): void {
  visit(stmt['source'], cx);
  const targets = [...cx.reads.values(), { type: 'directory', name: String(stmt['path'] ?? '') }];
  const scope = cx.readScope === 'unbounded' ? 'unbounded' : 'bounded';
  emit(cx, { kind: 'export', scope, reversible: 'no', targets, via: 'DIRECTORY', why: 'writes rows to files' });
}

export function visit(node: unknown, cx: Cx): void {
  if (Array.isArray(node)) {
    for (const item of node) visit(item, cx);
    return;
  }
  if (!isTree(node)) return;
  // A query stands in many fields without its name.
  if ('body' in node && 'locks' in node) return readQuery(node, cx);
  for (const key in node) {
    if (NOT_VISITED.has(key)) continue;
    const value = node[key];
    const handler = isTree(value) ? HANDLERS.get(key) : undefined;
    if (handler !== undefined) handler(value as Tree, cx);
    else visit(value, cx);
  }
}

/** Every field of a struct, whatever handler its own name has. */
export function descend(body: Tree, cx: Cx, except: ReadonlySet<string> = NOT_VISITED): void {
  for (const key in body) if (!except.has(key) && !NOT_VISITED.has(key)) visit({ [key]: body[key] }, cx);
}

const TABLE_FIELDS: ReadonlySet<string> = new Set(['name', 'with_hints', 'index_hints', 'partitions']);

/** A table that a query reads, unless the name is that of a common table expression; a table function; a file. */
function readTable(table: Tree, cx: Cx): void {
  const stage = (namesOf(table['name'])[0] ?? '').startsWith('@');
  if (isTree(table['args']) && !stage) callFunction({ name: table['name'], args: { List: table['args'] } }, cx);
  else noteTable(table['name'] ?? table['table_name'], cx);
  descend(table, cx, new Set([...TABLE_FIELDS, 'args']));
}

export function noteTable(name: unknown, cx: Cx): void {
  const names = namesOf(name);
  const last = names.at(-1) ?? '';
  if (names.length === 1 && findCte(last, cx) !== undefined) return;
  const text = nameText(name);
  if (text === '' || (names.length === 1 && last.toLowerCase() === 'dual')) return;
  const quote = isTree(name) || !Array.isArray(name) ? undefined : quoteOf(name);
  if (last.startsWith('@') && cx.dialect.name === 'snowflake') {
    cx.reads.set(text, { type: 'stage', name: text });
  } else if (names.length === 1 && (last.startsWith('@') || last.startsWith('#')) && cx.dialect.name === 'mssql') {
    cx.reads.set(text, { type: 'table', name: text });
  } else if (quote === "'") {
    emit(cx, { kind: 'read', scope: 'bounded', reversible: 'yes', targets: [{ type: 'file', name: text }], why: 'reads a file' });
  } else {
    if (secretTable(names, cx.dialect.name))
      emit(cx, {
        kind: 'secret_read',
        scope: 'bounded',
        targets: [tableTarget(name)],
        via: text,
        why: 'a catalog of credentials',
      });
    if (last.includes('@') || (cx.dialect.name === 'mssql' && names.length > 3))
      emit(cx, { kind: 'network', targets: [{ type: 'server', name: text }], why: 'its rows are on another server' });
    cx.reads.set(text, tableTarget(name));
  }
}

function quoteOf(name: readonly unknown[]): unknown {
  const first = name[0];
  const identifier = isTree(first) ? first['Identifier'] : undefined;
  return isTree(identifier) ? identifier['quote_style'] : undefined;
}
