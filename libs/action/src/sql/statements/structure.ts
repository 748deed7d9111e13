/** Statements that add or change structure: CREATE, ALTER, RENAME, COMMENT, and what rides on them. */
import type { EffectTarget } from '@countersign/kernel';
import type {
  CreateSchemaStmt,
  CreateStmt,
  CreateTableAsStmt,
  CreatedbStmt,
  Node,
  RangeVar,
  RenameStmt,
  RoleSpec,
  ViewStmt,
} from 'libpg-query';
import { type Cx, type Handlers, emit } from '../context.ts';
import { intoTable } from '../data.ts';
import { dotted, isTemporary, nameOf, objectWord, relationName, role, stringOf, strings, table, typeName } from '../names.ts';
import { descend, visit, visitAll } from '../walk.ts';
import { alterTable, guardsRows, named } from './alter-table.ts';

export const STRUCTURE = {
  CreateStmt: (stmt, cx) => createTable(stmt, 'table', cx),
  CreateTableAsStmt: createAs,
  ViewStmt: createView,
  // Derived rows: the query gives them again at any time.
  RefreshMatViewStmt: (stmt, cx) =>
    emit(cx, {
      kind: stmt.skipData === true ? 'delete' : 'write',
      scope: 'bounded',
      reversible: 'yes',
      targets: [named('materialized view', stmt.relation)],
      why: stmt.skipData === true ? 'empties it until it is computed again' : 'computes its rows again',
    }),
  IndexStmt: (stmt, cx) => {
    changed([{ type: 'index', name: stmt.idxname ?? '' }, table(stmt.relation)], cx, 'builds an index');
    descend({ params: stmt.indexParams, where: stmt.whereClause }, cx);
  },
  AlterTableStmt: alterTable,
  AlterTableMoveAllStmt: (stmt, cx) =>
    emit(cx, {
      kind: 'schema_change',
      scope: 'unbounded',
      targets: [{ type: 'tablespace', name: stmt.orig_tablespacename ?? '' }],
      why: 'moves every table of a tablespace',
    }),
  RenameStmt: rename,
  AlterObjectSchemaStmt: (stmt, cx) => {
    const name = stmt.relation === undefined ? nameOf(stmt.object) : relationName(stmt.relation);
    const type = objectWord(stmt.objectType);
    const moved = relationName({ schemaname: stmt.newschema ?? '', relname: stmt.relation?.relname ?? '' });
    const targets =
      stmt.relation === undefined
        ? [{ type, name }]
        : [
            { type, name },
            { type, name: moved },
          ];
    changed(targets, cx, `moves it to the schema ${stmt.newschema ?? ''}`);
  },
  AlterObjectDependsStmt: (stmt, cx) => changed([{ type: objectWord(stmt.objectType), name: nameOf(stmt.object) }], cx),
  CommentStmt: (stmt, cx) => changed([{ type: objectWord(stmt.objtype), name: nameOf(stmt.object) }], cx, 'only its comment'),
  CreateSchemaStmt: createSchema,
  CreateSeqStmt: (stmt, cx) => made('sequence', stmt.sequence, cx),
  AlterSeqStmt: (stmt, cx) => changed([named('sequence', stmt.sequence)], cx, 'may hand out numbers again'),
  CreateDomainStmt: (stmt, cx) => {
    changed([{ type: 'domain', name: dotted(strings(stmt.domainname)) }], cx);
    visitAll(stmt.constraints, cx);
  },
  AlterDomainStmt: (stmt, cx) => {
    changed([{ type: 'domain', name: dotted(strings(stmt.typeName)) }], cx);
    visit(stmt.def, cx);
  },
  CreateEnumStmt: (stmt, cx) => changed([{ type: 'type', name: dotted(strings(stmt.typeName)) }], cx),
  AlterEnumStmt: (stmt, cx) => changed([{ type: 'type', name: dotted(strings(stmt.typeName)) }], cx),
  CompositeTypeStmt: (stmt, cx) => changed([named('type', stmt.typevar)], cx),
  CreateRangeStmt: (stmt, cx) => changed([{ type: 'type', name: dotted(strings(stmt.typeName)) }], cx),
  AlterTypeStmt: (stmt, cx) => changed([{ type: 'type', name: dotted(strings(stmt.typeName)) }], cx),
  DefineStmt: (stmt, cx) => changed([{ type: objectWord(stmt.kind), name: dotted(strings(stmt.defnames)) }], cx),
  AlterOperatorStmt: (stmt, cx) => changed([{ type: 'operator', name: dotted(strings(stmt.opername?.objname)) }], cx),
  AlterCollationStmt: (stmt, cx) => changed([{ type: 'collation', name: dotted(strings(stmt.collname)) }], cx),
  CreateCastStmt: (stmt, cx) =>
    changed(
      [{ type: 'cast', name: `${typeName(stmt.sourcetype)} as ${typeName(stmt.targettype)}` }],
      cx,
      'a function may run at each conversion',
    ),
  CreateConversionStmt: (stmt, cx) => changed([{ type: 'conversion', name: dotted(strings(stmt.conversion_name)) }], cx),
  CreateTransformStmt: (stmt, cx) => changed([{ type: 'transform', name: typeName(stmt.type_name) }], cx),
  CreateOpClassStmt: (stmt, cx) => changed([{ type: 'operator class', name: dotted(strings(stmt.opclassname)) }], cx),
  CreateOpFamilyStmt: (stmt, cx) => changed([{ type: 'operator family', name: dotted(strings(stmt.opfamilyname)) }], cx),
  AlterOpFamilyStmt: (stmt, cx) => changed([{ type: 'operator family', name: dotted(strings(stmt.opfamilyname)) }], cx),
  CreateStatsStmt: (stmt, cx) => {
    changed([{ type: 'statistics', name: dotted(strings(stmt.defnames)) }], cx);
    visitAll(stmt.exprs, cx);
  },
  AlterStatsStmt: (stmt, cx) => changed([{ type: 'statistics', name: dotted(strings(stmt.defnames)) }], cx),
  AlterTSDictionaryStmt: (stmt, cx) => changed([{ type: 'text search dictionary', name: dotted(strings(stmt.dictname)) }], cx),
  AlterTSConfigurationStmt: (stmt, cx) =>
    changed([{ type: 'text search configuration', name: dotted(strings(stmt.cfgname)) }], cx),
  CreatedbStmt: createDatabase,
  AlterDatabaseStmt: (stmt, cx) =>
    emit(cx, {
      kind: 'config_change',
      scope: 'unbounded',
      reversible: 'yes',
      targets: [{ type: 'database', name: stmt.dbname ?? '' }],
    }),
  AlterDatabaseRefreshCollStmt: (stmt, cx) => changed([{ type: 'database', name: stmt.dbname ?? '' }], cx),
  CreateTableSpaceStmt: (stmt, cx) => {
    const targets = [
      { type: 'tablespace', name: stmt.tablespacename ?? '' },
      { type: 'directory', name: stmt.location ?? '' },
    ];
    changed(targets, cx);
    emit(cx, { kind: 'config_change', targets, why: 'uses a directory of the server' });
    givesTo(stmt.owner, targets, cx);
  },
  AlterTableSpaceOptionsStmt: (stmt, cx) =>
    emit(cx, { kind: 'config_change', reversible: 'yes', targets: [{ type: 'tablespace', name: stmt.tablespacename ?? '' }] }),
} satisfies Handlers;

export function changed(targets: readonly EffectTarget[], cx: Cx, why = ''): void {
  emit(cx, { kind: 'schema_change', reversible: 'yes', targets, why });
}

/** Naming a table to inherit from does not read it. */
const NOT_READ: ReadonlySet<string> = new Set(['inhRelations']);

/** A relation of the session's own disappears with it; any other is there for everybody. */
function made(type: string, relation: RangeVar | undefined, cx: Cx, why = ''): void {
  const targets = [named(type, relation)];
  if (isTemporary(relation))
    emit(cx, { kind: 'session', reversible: 'yes', targets, via: 'TEMPORARY', why: 'only for this session' });
  else changed(targets, cx, why);
}

/** Making something for another role hands it over as OWNER TO does. */
function givesTo(owner: RoleSpec | undefined, targets: readonly EffectTarget[], cx: Cx): void {
  if (owner === undefined || owner.roletype === 'ROLESPEC_CURRENT_USER' || owner.roletype === 'ROLESPEC_CURRENT_ROLE') return;
  emit(cx, { kind: 'privilege_change', reversible: 'yes', targets: [...targets, role(owner)], why: 'belongs to another role' });
}

function createSchema(stmt: CreateSchemaStmt, cx: Cx): void {
  const targets = [{ type: 'schema', name: stmt.schemaname ?? role(stmt.authrole).name }];
  changed(targets, cx);
  givesTo(stmt.authrole, targets, cx);
  visitAll(
    stmt.schemaElts?.map((element) => within(element, targets[0]?.name ?? '')),
    cx,
  );
}

/** What is made inside CREATE SCHEMA belongs to it without saying so. */
function within(element: Node, schemaname: string): Node {
  if ('CreateStmt' in element) {
    const { relation } = element.CreateStmt;
    return { CreateStmt: { ...element.CreateStmt, relation: { schemaname, ...relation } } };
  }
  if ('ViewStmt' in element) return { ViewStmt: { ...element.ViewStmt, view: { schemaname, ...element.ViewStmt.view } } };
  return element;
}

function createDatabase(stmt: CreatedbStmt, cx: Cx): void {
  const targets = [{ type: 'database', name: stmt.dbname ?? '' }];
  changed(targets, cx);
  for (const option of stmt.options ?? []) {
    if (!('DefElem' in option) || option.DefElem.defname !== 'owner') continue;
    const owner = stringOf(option.DefElem.arg) ?? '';
    emit(cx, { kind: 'privilege_change', targets: [...targets, { type: 'role', name: owner }], why: 'belongs to another role' });
  }
}

export function createTable(stmt: CreateStmt, type: string, cx: Cx): void {
  made(type, stmt.relation, cx);
  descend(stmt, cx, NOT_READ);
}

function createAs(stmt: CreateTableAsStmt, cx: Cx): void {
  if (stmt.objtype === 'OBJECT_MATVIEW') {
    const targets = [named('materialized view', stmt.into?.rel)];
    changed(targets, cx);
    if (stmt.into?.skipData !== true)
      emit(cx, { kind: 'write', scope: 'bounded', reversible: 'yes', targets, why: 'stores what its query reads' });
  } else intoTable(stmt.into?.rel, 'CREATE TABLE AS', cx);
  visit(stmt.query, cx);
}

function createView(stmt: ViewStmt, cx: Cx): void {
  const targets = [named('view', stmt.view)];
  if (isTemporary(stmt.view)) made('view', stmt.view, cx);
  else if (stmt.replace === true)
    emit(cx, { kind: 'schema_change', reversible: 'unknown', targets, why: 'may replace a view of that name' });
  else changed(targets, cx);
  if (guardsRows(stmt.options)) emit(cx, { kind: 'privilege_change', targets, why: 'decides whose rights its query has' });
  visit(stmt.query, cx);
}

function rename(stmt: RenameStmt, cx: Cx): void {
  const type = objectWord(stmt.renameType);
  const name = stmt.relation === undefined ? nameOf(stmt.object) || (stmt.subname ?? '') : relationName(stmt.relation);
  const part = stmt.relation !== undefined && stmt.subname !== undefined;
  const targets = [{ type, name: part ? `${name}.${stmt.subname}` : name }];
  if (stmt.relation !== undefined && !part)
    targets.push({ type, name: relationName({ ...stmt.relation, relname: stmt.newname ?? '' }) });
  const why = `becomes ${stmt.newname ?? ''}: whatever uses the old name fails`;
  emit(cx, { kind: type === 'role' ? 'privilege_change' : 'schema_change', reversible: 'yes', targets, why });
}
