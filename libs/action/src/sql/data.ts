/** Statements that read and change rows: SELECT, INSERT, UPDATE, DELETE, MERGE, wherever in a text they stand. */
import type { EffectScope, EffectTarget } from '@countersign/kernel';
import type { DeleteStmt, InsertStmt, MergeStmt, MergeWhenClause, Node, RangeVar, SelectStmt, UpdateStmt } from 'libpg-query';
import { filtersNothing, selectFilters } from './conditions.ts';
import { type Cx, type Handlers, emit, emitOpaque, wider } from './context.ts';
import { readTable, withCtes } from './expressions.ts';
import { isTemporary, part, relationName, strings, table } from './names.ts';
import { descend, visit, visitAll } from './walk.ts';

export const DATA = {
  SelectStmt: select,
  InsertStmt: insert,
  UpdateStmt: update,
  DeleteStmt: remove,
  MergeStmt: merge,
} satisfies Handlers;

/** Fields that are not visited like any other. */
const VISITED: ReadonlySet<string> = new Set(['withClause', 'intoClause', 'fromClause', 'larg', 'rarg']);

function select(stmt: SelectStmt, cx: Cx): void {
  // Only the outermost block says how much comes out.
  if (cx.selects === 0) cx.readScope = wider(cx.readScope, readScope(stmt, cx));
  const { rangeFunction } = cx;
  cx.selects++;
  withCtes(stmt.withClause, cx, () => {
    if (stmt.lockingClause !== undefined && cx.readScope === 'unbounded')
      emit(cx, { kind: 'process_control', scope: 'unbounded', reversible: 'yes', via: 'FOR UPDATE', why: 'locks every row' });
    if (stmt.intoClause !== undefined) intoTable(stmt.intoClause.rel, 'SELECT INTO', cx);
    // FROM first: it says whether `alias.name` may be a call.
    visitAll(stmt.fromClause, cx);
    if (stmt.larg !== undefined) select(stmt.larg, cx);
    if (stmt.rarg !== undefined) select(stmt.rarg, cx);
    descend(stmt, cx, VISITED);
  });
  cx.selects--;
  cx.rangeFunction = rangeFunction;
}

const AGGREGATES = new Set(['count', 'sum', 'avg', 'min', 'max', 'bool_and', 'bool_or', 'every']);

function readScope(stmt: SelectStmt, cx: Cx): EffectScope {
  if (selectFilters(stmt, cx)) return 'bounded';
  const items = stmt.targetList ?? [];
  const folded = items.length > 0 && stmt.groupClause === undefined && items.every(isAggregate);
  return folded ? 'bounded' : 'unbounded';
}

function isAggregate(item: Node): boolean {
  const value = 'ResTarget' in item ? item.ResTarget.val : undefined;
  if (value === undefined || !('FuncCall' in value) || value.FuncCall.over !== undefined) return false;
  return AGGREGATES.has(strings(value.FuncCall.funcname).at(-1) ?? '');
}

/** CREATE TABLE AS and SELECT INTO: a new table and what is in it. */
export function intoTable(relation: RangeVar | undefined, via: string, cx: Cx): void {
  const targets = [table(relation)];
  const temporary = isTemporary(relation);
  if (!temporary) emit(cx, { kind: 'schema_change', targets, reversible: 'yes', via, why: 'makes a table' });
  const why = temporary ? 'fills a table that only this session sees' : 'fills the new table';
  emit(cx, { kind: 'write', scope: 'bounded', targets, reversible: 'yes', via, why });
}

function insert(stmt: InsertStmt, cx: Cx): void {
  withCtes(stmt.withClause, cx, () => {
    const source = stmt.selectStmt !== undefined && 'SelectStmt' in stmt.selectStmt ? stmt.selectStmt.SelectStmt : undefined;
    // However many rows a SELECT brings, what is there already stays as it is.
    const scope = source === undefined || source.valuesLists?.length === 1 ? 'one' : 'bounded';
    change(stmt.relation, { kind: 'write', scope, reversible: 'yes', why: '' }, cx);
    const conflict = stmt.onConflictClause;
    if (conflict?.action === 'ONCONFLICT_UPDATE') {
      const why = 'overwrites rows that are already there';
      const span = cx.source.words(conflict.location ?? 0);
      emit(cx, {
        kind: 'write',
        scope: wider(scope, 'bounded'),
        reversible: 'no',
        targets: [table(stmt.relation)],
        via: 'ON CONFLICT',
        span,
        why,
      });
    }
    visit(stmt.selectStmt, cx);
    descend([stmt.cols ?? []].flat(), cx);
    descend({ conflict, returning: stmt.returningClause }, cx);
  });
}

function update(stmt: UpdateStmt, cx: Cx): void {
  withCtes(stmt.withClause, cx, () => {
    const why = filtersNothing(stmt.whereClause, stmt.relation, stmt.fromClause, cx);
    const scope = scopeOf(stmt.whereClause, why);
    change(stmt.relation, { kind: 'write', scope, reversible: 'no', why, columns: columnsOf(stmt) }, cx);
    visitAll(stmt.fromClause, cx);
    visitAll(stmt.targetList, cx);
    descend({ where: stmt.whereClause, returning: stmt.returningClause }, cx);
  });
}

function remove(stmt: DeleteStmt, cx: Cx): void {
  withCtes(stmt.withClause, cx, () => {
    const why = filtersNothing(stmt.whereClause, stmt.relation, stmt.usingClause, cx);
    change(stmt.relation, { kind: 'delete', scope: scopeOf(stmt.whereClause, why), reversible: 'no', why }, cx);
    visitAll(stmt.usingClause, cx);
    descend({ where: stmt.whereClause, returning: stmt.returningClause }, cx);
  });
}

/** More columns than this say no more than the table does. */
const COLUMNS = 8;

/** What is set, so that a label on a column applies; an INSERT makes whole rows. */
function columnsOf(stmt: UpdateStmt): EffectTarget[] {
  const items = stmt.targetList ?? [];
  if (items.length > COLUMNS) return [];
  const owner = relationName(stmt.relation);
  return items.flatMap((item) =>
    'ResTarget' in item ? [{ type: 'column', name: `${owner}.${part(item.ResTarget.name ?? '')}` }] : [],
  );
}

function scopeOf(where: Node | undefined, why: string): EffectScope {
  if (why !== '') return 'unbounded';
  return where !== undefined && 'CurrentOfExpr' in where ? 'one' : 'bounded';
}

function merge(stmt: MergeStmt, cx: Cx): void {
  withCtes(stmt.withClause, cx, () => {
    const from = stmt.sourceRelation === undefined ? [] : [stmt.sourceRelation];
    const everyRow = filtersNothing(stmt.joinCondition, stmt.relation, from, cx);
    for (const node of stmt.mergeWhenClauses ?? []) {
      if ('MergeWhenClause' in node) mergeArm(node.MergeWhenClause, stmt.relation, everyRow, cx);
      else emitOpaque(cx, 'a WHEN of MERGE that is not known');
    }
    if (stmt.relation !== undefined) readTable(stmt.relation, cx);
    visit(stmt.sourceRelation, cx);
    descend({ join: stmt.joinCondition, returning: stmt.returningClause }, cx);
  });
}

function mergeArm(arm: MergeWhenClause, target: RangeVar | undefined, everyRow: string, cx: Cx): void {
  const unmatched = arm.matchKind === 'MERGE_WHEN_NOT_MATCHED_BY_SOURCE' && arm.condition === undefined;
  const why = unmatched ? 'every row that the source does not have' : everyRow;
  const scope = why === '' ? 'bounded' : 'unbounded';
  if (arm.commandType === 'CMD_DELETE') {
    // What is left for this arm depends on the rows of the source and on the arms before it.
    const deletes = { kind: 'delete', reversible: 'no', via: 'MERGE' } as const;
    if (why === '')
      change(target, { ...deletes, scope: 'unknown', why: 'which rows go is up to the join and the other arms' }, cx);
    else change(target, { ...deletes, scope, why }, cx);
  } else if (arm.commandType === 'CMD_UPDATE') change(target, { kind: 'write', scope, reversible: 'no', why, via: 'MERGE' }, cx);
  else if (arm.commandType === 'CMD_INSERT')
    change(target, { kind: 'write', scope: 'bounded', reversible: 'yes', why: '', via: 'MERGE' }, cx);
  else if (arm.commandType !== 'CMD_NOTHING') emitOpaque(cx, 'an action of MERGE that is not known');
  descend(arm, cx);
}

interface Change {
  readonly kind: 'write' | 'delete';
  readonly scope: EffectScope;
  readonly reversible: 'yes' | 'no';
  readonly why: string;
  readonly via?: string;
  readonly columns?: readonly EffectTarget[];
}

/** A change of rows; of a system catalog's rows it changes the server behind its back. */
export function change(relation: RangeVar | undefined, finding: Change, cx: Cx): void {
  const { columns = [], ...rest } = finding;
  const targets = [table(relation)];
  emit(cx, { ...rest, targets: [...targets, ...columns] });
  if (relation?.relname === 'pg_settings') {
    emit(cx, { kind: 'config_change', scope: finding.scope, targets, via: 'pg_settings', why: 'sets a parameter' });
  } else if (JOB_SCHEMAS.has(relation?.schemaname ?? '')) {
    emit(cx, { kind: 'persistence', scope: finding.scope, targets, why: 'the rows say what runs later' });
  } else if (isCatalog(relation)) {
    const span = cx.source.name(relation?.location ?? 0);
    emit(cx, {
      kind: 'privilege_change',
      scope: finding.scope,
      targets,
      span,
      via: 'system catalog',
      why: 'edits a system catalog directly',
    });
  }
}

/** Schemas of schedulers, which run what is in their tables. */
const JOB_SCHEMAS: ReadonlySet<string> = new Set(['cron', 'pgagent']);

function isCatalog(relation: RangeVar | undefined): boolean {
  if (relation?.schemaname !== undefined) return relation.schemaname === 'pg_catalog';
  return /^pg_/.test(relation?.relname ?? '') && relation?.relname !== 'pg_temp';
}
