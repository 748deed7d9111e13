/** Statements that read and change rows: SELECT, INSERT, REPLACE, UPDATE, DELETE, MERGE, wherever in a text they stand. */
import type { EffectScope } from '@countersign/kernel';
import { callByName, writeThrough } from './calls.ts';
import { rulesOf } from './functions/effectful.ts';
import { isTemporary } from './commands/drop.ts';
import { LIMIT_ROWS, filtersNothing, limits, queryFilters } from './conditions.ts';
import { type Cx, emit, emitOpaque, wider } from './context.ts';
import type { Tree } from './grammar.ts';
import { isCatalog, isTrail } from './secrets.ts';
import { as, isTree, listOf, nameText, namesOf, tableTarget, variantOf } from './tree.ts';
import { descend, visit } from './walk.ts';

const QUERY_FIELDS: ReadonlySet<string> = new Set(['with', 'body']);

export function readQuery(query: Tree, cx: Cx): void {
  // Only the outermost block says how much comes out.
  if (cx.selects === 0) cx.readScope = wider(cx.readScope, readScope(query, cx));
  cx.selects++;
  withCtes(query['with'], cx, () => {
    readBody(query['body'], cx);
    descend(query, cx, QUERY_FIELDS);
  });
  cx.selects--;
}

function readBody(body: unknown, cx: Cx): void {
  const select = as(body, 'Select');
  if (select !== undefined && isTree(select['into'])) intoTable(select['into']['name'], cx);
  const union = as(body, 'SetOperation');
  if (union === undefined) visit(body, cx);
  else {
    readBody(union['left'], cx);
    readBody(union['right'], cx);
  }
}

const AGGREGATES = new Set(['count', 'sum', 'avg', 'min', 'max', 'bool_and', 'bool_or', 'every']);

function readScope(query: Tree, cx: Cx): EffectScope {
  if (queryFilters(query, cx)) return 'bounded';
  const select = as(query['body'], 'Select');
  const grouped = listOf(listOf(isTree(select?.['group_by']) ? select['group_by']['Expressions'] : [])[0]);
  const items = listOf(select?.['projection']);
  return select !== undefined && items.length > 0 && grouped.length === 0 && items.every(isAggregate) ? 'bounded' : 'unbounded';
}

function isAggregate(item: unknown): boolean {
  const [variant, body] = variantOf(item);
  const value = variant === 'ExprWithAlias' && isTree(body) ? body['expr'] : body;
  const call = as(value, 'Function');
  return call !== undefined && call['over'] === undefined && AGGREGATES.has(nameText(call['name']).toLowerCase());
}

/** CREATE TABLE AS and SELECT INTO: a new table and what is in it. A variable is no table. */
function intoTable(name: unknown, cx: Cx): void {
  const names = namesOf(name);
  const first = names[0] ?? '';
  if (first.startsWith('@') || first.startsWith(':') || (cx.dialect.name === 'oracle' && names.length === 1)) return;
  const targets = [tableTarget(name)];
  if (isTemporary(names, cx))
    return emit(cx, { kind: 'session', targets, reversible: 'yes', via: 'SELECT INTO', why: 'only of this session' });
  emit(cx, { kind: 'schema_change', targets, reversible: 'yes', via: 'SELECT INTO', why: 'makes a table' });
  emit(cx, { kind: 'write', scope: 'bounded', targets, reversible: 'yes', via: 'SELECT INTO', why: 'fills the new table' });
}

/** Visits the expressions of a WITH and runs `inner` where their names hide tables. */
function withCtes(clause: unknown, cx: Cx, inner: () => void): void {
  if (!isTree(clause)) return inner();
  const outer = cx.ctes;
  const ctes = listOf(clause['cte_tables']).filter(isTree);
  const push = (cte: Tree): void => {
    const alias = cte['alias'];
    cx.ctes = { name: nameText(isTree(alias) ? alias['name'] : undefined).toLowerCase(), query: cte['query'], outer: cx.ctes };
  };
  // Not every dialect needs the word RECURSIVE for an expression to see itself.
  const recursive = clause['recursive'] === true || cx.dialect.name === 'mssql' || cx.dialect.name === 'oracle';
  if (recursive) ctes.forEach(push);
  for (const cte of ctes) {
    visit(cte['query'], cx);
    if (!recursive) push(cte);
  }
  inner();
  cx.ctes = outer;
}

const INSERT_FIELDS: ReadonlySet<string> = new Set(['table', 'columns', 'table_alias', 'insert_token', 'after_columns']);

export function insertRows(outer: Tree, cx: Cx): void {
  const stmt = as(outer, 'Insert') ?? outer;
  const source = stmt['source'];
  const body = isTree(source) ? source['body'] : undefined;
  const values = as(body, 'Values');
  // However many rows a SELECT brings, what is there already stays as it is.
  const one = body === undefined || (values !== undefined && listOf(values['rows']).length === 1);
  const scope: EffectScope = one ? 'one' : 'bounded';
  const replaces = stmt['replace_into'] === true || stmt['or'] === 'Replace';
  for (const target of insertTargets(stmt)) insertInto(target, stmt, scope, replaces, cx);
  descend(stmt, cx, INSERT_FIELDS);
  const through = as(stmt['table'], 'TableFunction');
  if (through !== undefined) writeThrough(through, cx);
}

function insertTargets(stmt: Tree): unknown[] {
  const many = listOf(stmt['multi_table_into_clauses']);
  const whens = listOf(stmt['multi_table_when_clauses']).flatMap((when) => (isTree(when) ? listOf(when['into_clauses']) : []));
  const names = [...many, ...whens].map((into) => (isTree(into) ? into['table_name'] : undefined));
  if (names.length > 0) return names;
  const table = stmt['table'];
  if (!isTree(table)) return [undefined];
  const call = as(table, 'TableFunction');
  // An INSERT INTO FUNCTION writes where the function says: the function's own row tells it.
  return call === undefined ? [table['TableName'] ?? table] : [];
}

function insertInto(name: unknown, stmt: Tree, scope: EffectScope, replaces: boolean, cx: Cx): void {
  const names = namesOf(name);
  // INSERT INTO OPENQUERY(…): the parenthesis holds no columns.
  if (names.length === 1 && rulesOf((names[0] ?? '').toLowerCase(), cx.dialect.name) !== undefined)
    callByName(name, [], true, cx);
  change(name, { kind: 'write', scope, reversible: 'yes', why: '' }, cx);
  const targets = [tableTarget(name)];
  if (stmt['overwrite'] === true) {
    const why = 'what was there is overwritten';
    const partial = listOf(stmt['partitioned']).length > 0;
    emit(cx, { kind: 'delete', scope: partial ? 'bounded' : 'unbounded', reversible: 'no', targets, via: 'OVERWRITE', why });
  }
  if (replaces) {
    const why = 'removes whatever rows have the same value in any unique index';
    emit(cx, { kind: 'delete', scope: 'unknown', reversible: 'no', targets, via: 'REPLACE', why });
  }
  const on = stmt['on'];
  const action = as(on, 'OnConflict')?.['action'];
  if ((isTree(on) && on['DuplicateKeyUpdate'] !== undefined) || (isTree(action) && action['DoUpdate'] !== undefined)) {
    const via = action === undefined ? 'ON DUPLICATE KEY' : 'ON CONFLICT';
    const why = 'overwrites rows that are already there';
    emit(cx, { kind: 'write', scope: wider(scope, 'bounded'), reversible: 'no', targets, via, why });
  }
}

export function updateRows(outer: Tree, cx: Cx): void {
  const stmt = as(outer, 'Update') ?? outer;
  const table = stmt['table'];
  const name = factorName(isTree(table) ? table['relation'] : undefined);
  const from = [table, ...listOf(variantOf(stmt['from'])[1])];
  const target = aliased(name, from);
  const why = limits(stmt['limit']) || topLimits(cx) ? '' : filtersNothing(stmt['selection'], name, from, cx);
  change(target, { kind: 'write', scope: why === '' ? 'bounded' : 'unbounded', reversible: 'no', why }, cx);
  if (isTree(table) && listOf(table['joins']).length > 0) joinedUpdate(stmt, cx);
  visit(isTree(table) ? table['joins'] : undefined, cx);
  visitFrom(variantOf(stmt['from'])[1], target, cx);
  descend(stmt, cx, new Set(['table', 'from', 'update_token']));
}

/** `UPDATE a JOIN b … SET b.x = 1` changes b. */
function joinedUpdate(stmt: Tree, cx: Cx): void {
  const table = stmt['table'];
  const own = nameText(factorName(isTree(table) ? table['relation'] : undefined));
  for (const assignment of listOf(stmt['assignments'])) {
    const column = isTree(assignment) ? namesOf(variantOf(assignment['target'])[1]) : [];
    const owner = column.length > 1 ? aliased([{ value: column.at(-2) }], [table]) : undefined;
    if (owner === undefined || nameText(owner) === own) continue;
    const why = filtersNothing(stmt['selection'], owner, [table], cx);
    change(owner, { kind: 'write', scope: why === '' ? 'bounded' : 'unbounded', reversible: 'no', why }, cx);
  }
}

function topLimits(cx: Cx): boolean {
  return cx.topRows !== undefined && cx.topRows <= LIMIT_ROWS;
}

export function removeRows(outer: Tree, cx: Cx): void {
  const stmt = as(outer, 'Delete') ?? outer;
  const from = [...listOf(variantOf(stmt['from'])[1]), ...listOf(stmt['using'])];
  const first = listOf(variantOf(stmt['from'])[1])[0];
  const named = listOf(stmt['tables']);
  const targets = named.length > 0 ? named : [factorName(isTree(first) ? first['relation'] : undefined)];
  for (const given of targets) {
    const name = aliased(given, from);
    const why = limits(stmt['limit']) || topLimits(cx) ? '' : filtersNothing(stmt['selection'], given, from, cx);
    change(name, { kind: 'delete', scope: why === '' ? 'bounded' : 'unbounded', reversible: 'no', why }, cx);
    visitFrom(from, name, cx);
  }
  descend(stmt, cx, new Set(['tables', 'from', 'using', 'delete_token']));
}

/** The other tables are read; the one that is changed is not said to be. */
function visitFrom(from: unknown, target: unknown, cx: Cx): void {
  for (const item of listOf(from)) {
    if (!isTree(item)) continue;
    if (nameText(factorName(item['relation'])) !== nameText(target)) visit(item['relation'], cx);
    visit(item['joins'], cx);
  }
}

function factorName(factor: unknown): unknown {
  return as(factor, 'Table')?.['name'];
}

/** The table behind an alias of the FROM clause. */
function aliased(name: unknown, from: readonly unknown[]): unknown {
  const wanted = nameText(name).toLowerCase();
  const factors = from.flatMap((item) => (isTree(item) ? [item, ...listOf(item['joins'])] : []));
  for (const item of factors) {
    const table = isTree(item) ? as(item['relation'], 'Table') : undefined;
    const alias = table?.['alias'];
    if (table !== undefined && isTree(alias) && nameText(alias['name']).toLowerCase() === wanted) return table['name'];
  }
  return name;
}

export function mergeRows(outer: Tree, cx: Cx): void {
  const stmt = as(outer, 'Merge') ?? outer;
  const name = factorName(stmt['table']);
  const everyRow = filtersNothing(stmt['on'], name, [stmt['table'], stmt['source']], cx);
  for (const clause of listOf(stmt['clauses'])) if (isTree(clause)) mergeClause(clause, name, everyRow, cx);
  visit(stmt['source'], cx);
  descend(stmt, cx, new Set(['table', 'source', 'clauses', 'merge_token']));
}

function mergeClause(clause: Tree, name: unknown, everyRow: string, cx: Cx): void {
  const unmatched = clause['clause_kind'] === 'NotMatchedBySource' && clause['predicate'] === undefined;
  const why = unmatched ? 'every row that the source does not have' : everyRow;
  const scope = why === '' ? 'bounded' : 'unbounded';
  const [action, body] = variantOf(clause['action']);
  if (action === 'Delete') change(name, { kind: 'delete', scope, reversible: 'no', why, via: 'MERGE' }, cx);
  else if (action === 'Update') change(name, { kind: 'write', scope, reversible: 'no', why, via: 'MERGE' }, cx);
  else if (action === 'Insert') change(name, { kind: 'write', scope: 'bounded', reversible: 'yes', why: '', via: 'MERGE' }, cx);
  else if (action !== 'DoNothing') emitOpaque(cx, 'an action of MERGE that is not known');
  if (isTree(body) && body['delete_predicate'] !== undefined)
    change(name, { kind: 'delete', scope: 'bounded', reversible: 'no', why: '', via: 'MERGE' }, cx);
  visit(clause['predicate'], cx);
  if (isTree(body)) for (const key in body) if (key !== 'columns') visit(body[key], cx);
}

export interface Change {
  readonly kind: 'write' | 'delete';
  readonly scope: EffectScope;
  readonly reversible: 'yes' | 'no';
  readonly why: string;
  readonly via?: string;
}

/** A change of rows; of a system catalog's rows it changes the server behind its back. */
export function change(name: unknown, finding: Change, cx: Cx): void {
  const targets = [tableTarget(name)];
  const names = namesOf(name);
  if (isTemporary(names, cx)) return emit(cx, { ...finding, scope: 'bounded', targets, why: 'only of this session' });
  emit(cx, { ...finding, targets });
  if (isTrail(names, cx.dialect.name) && !(finding.kind === 'write' && finding.reversible === 'yes'))
    emit(cx, { kind: 'log_tamper', scope: finding.scope, targets, why: 'edits the audit trail' });
  else if (isCatalog(names, cx.dialect.name))
    emit(cx, {
      kind: 'privilege_change',
      scope: finding.scope,
      targets,
      via: 'system catalog',
      why: 'edits a system catalog directly',
    });
  const last = names.at(-1) ?? '';
  if (last.includes('@') && !last.startsWith('@')) emit(cx, { kind: 'network', targets, why: 'its rows are on another server' });
}
