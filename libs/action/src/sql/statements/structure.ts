/** Statements that add or change structure: CREATE, ALTER, RENAME, COMMENT, and what rides on them. */
import type { EffectTarget } from '@countersign/kernel';
import type { AlterTableCmd, AlterTableStmt, CreateStmt, CreateTableAsStmt, RangeVar, RenameStmt, ViewStmt } from 'libpg-query';
import { type Cx, type Finding, type Handlers, emit, emitOpaque } from '../context.ts';
import { intoTable } from '../data.ts';
import { dotted, nameOf, objectWord, relationName, role, strings, table, typeName } from '../names.ts';
import { descend, visit, visitAll } from '../walk.ts';

export const STRUCTURE = {
  CreateStmt: (stmt, cx) => createTable(stmt, 'table', cx),
  CreateTableAsStmt: createAs,
  ViewStmt: createView,
  RefreshMatViewStmt: (stmt, cx) =>
    emit(cx, {
      kind: 'write',
      scope: 'unbounded',
      reversible: 'no',
      targets: [named('materialized view', stmt.relation)],
      why: 'computes its rows again',
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
    changed([{ type: objectWord(stmt.objectType), name }], cx, `moves it to the schema ${stmt.newschema ?? ''}`);
  },
  AlterObjectDependsStmt: (stmt, cx) => changed([{ type: objectWord(stmt.objectType), name: nameOf(stmt.object) }], cx),
  CommentStmt: (stmt, cx) => changed([{ type: objectWord(stmt.objtype), name: nameOf(stmt.object) }], cx, 'only its comment'),
  CreateSchemaStmt: (stmt, cx) => {
    changed([{ type: 'schema', name: stmt.schemaname ?? '' }], cx);
    visitAll(stmt.schemaElts, cx);
  },
  CreateSeqStmt: (stmt, cx) => changed([named('sequence', stmt.sequence)], cx),
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
  CreatedbStmt: (stmt, cx) => changed([{ type: 'database', name: stmt.dbname ?? '' }], cx),
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
  },
  AlterTableSpaceOptionsStmt: (stmt, cx) =>
    emit(cx, { kind: 'config_change', reversible: 'yes', targets: [{ type: 'tablespace', name: stmt.tablespacename ?? '' }] }),
} satisfies Handlers;

export function changed(targets: readonly EffectTarget[], cx: Cx, why = ''): void {
  emit(cx, { kind: 'schema_change', reversible: 'yes', targets, why });
}

function named(type: string, relation: RangeVar | undefined): EffectTarget {
  return { type, name: relationName(relation) };
}

/** Naming a table to inherit from does not read it. */
const NOT_READ: ReadonlySet<string> = new Set(['inhRelations']);

export function createTable(stmt: CreateStmt, type: string, cx: Cx): void {
  changed([named(type, stmt.relation)], cx, stmt.relation?.relpersistence === 't' ? 'only for this session' : '');
  descend(stmt, cx, NOT_READ);
}

function createAs(stmt: CreateTableAsStmt, cx: Cx): void {
  if (stmt.objtype === 'OBJECT_MATVIEW') changed([named('materialized view', stmt.into?.rel)], cx, 'stores what its query reads');
  else intoTable(stmt.into?.rel, 'CREATE TABLE AS', cx);
  visit(stmt.query, cx);
}

function createView(stmt: ViewStmt, cx: Cx): void {
  const why = stmt.replace === true ? 'may replace a view of that name' : '';
  emit(cx, {
    kind: 'schema_change',
    reversible: stmt.replace === true ? 'unknown' : 'yes',
    targets: [named('view', stmt.view)],
    why,
  });
  visit(stmt.query, cx);
}

function rename(stmt: RenameStmt, cx: Cx): void {
  const type = objectWord(stmt.renameType);
  const name = stmt.relation === undefined ? nameOf(stmt.object) || (stmt.subname ?? '') : relationName(stmt.relation);
  const targets = [{ type, name: stmt.relation !== undefined && stmt.subname !== undefined ? `${name}.${stmt.subname}` : name }];
  const why = `becomes ${stmt.newname ?? ''}: whatever uses the old name fails`;
  emit(cx, { kind: type === 'role' ? 'privilege_change' : 'schema_change', reversible: 'yes', targets, why });
}

type Change = Omit<Finding, 'targets'>;

const DROPS = { kind: 'schema_drop', reversible: 'no' } as const;
const GUARDS_ROWS = { kind: 'privilege_change', reversible: 'yes', why: 'changes row security' } as const;
const SILENCES = { kind: 'log_tamper', reversible: 'yes', why: 'what it watched or recorded is no longer' } as const;

/** ALTER TABLE, one line a sub-command; one that is not here and not in PLAIN_CHANGES is opaque. */
const CHANGES: Readonly<Record<string, Change>> = {
  AT_DropColumn: { ...DROPS, why: 'the column and what is in it' },
  AT_DropConstraint: { ...DROPS, why: 'rows are no longer checked' },
  AT_AlterColumnType: {
    kind: 'schema_change',
    reversible: 'unknown',
    scope: 'unbounded',
    why: 'rewrites every value of the column',
  },
  AT_SetUnLogged: { kind: 'schema_change', reversible: 'yes', why: 'its rows do not survive a crash' },
  AT_DetachPartition: { kind: 'schema_change', reversible: 'yes', why: 'takes the rows of a partition out of the table' },
  AT_ChangeOwner: { kind: 'privilege_change', reversible: 'yes', why: 'changes the owner' },
  AT_EnableRowSecurity: GUARDS_ROWS,
  AT_DisableRowSecurity: GUARDS_ROWS,
  AT_ForceRowSecurity: GUARDS_ROWS,
  AT_NoForceRowSecurity: GUARDS_ROWS,
  AT_DisableTrig: SILENCES,
  AT_DisableTrigAll: SILENCES,
  AT_DisableTrigUser: SILENCES,
  AT_DisableRule: SILENCES,
};

const PLAIN_CHANGES: ReadonlySet<string> = new Set(
  `AT_AddColumn AT_AddColumnToView AT_ColumnDefault AT_CookedColumnDefault AT_DropNotNull AT_SetNotNull AT_SetExpression AT_DropExpression
   AT_SetStatistics AT_SetOptions AT_ResetOptions AT_SetStorage AT_SetCompression AT_AddIndex AT_AddConstraint AT_AlterConstraint
   AT_ValidateConstraint AT_AddIndexConstraint AT_AlterColumnGenericOptions AT_ClusterOn AT_DropCluster AT_SetLogged AT_DropOids
   AT_SetAccessMethod AT_SetTableSpace AT_SetRelOptions AT_ResetRelOptions AT_ReplaceRelOptions AT_EnableTrig AT_EnableAlwaysTrig
   AT_EnableReplicaTrig AT_EnableTrigAll AT_EnableTrigUser AT_EnableRule AT_EnableAlwaysRule AT_EnableReplicaRule AT_AddInherit
   AT_DropInherit AT_AddOf AT_DropOf AT_ReplicaIdentity AT_GenericOptions AT_AttachPartition AT_DetachPartitionFinalize AT_AddIdentity
   AT_SetIdentity AT_DropIdentity`.split(/\s+/),
);

function alterTable(stmt: AlterTableStmt, cx: Cx): void {
  const owner = named(objectWord(stmt.objtype), stmt.relation);
  for (const node of stmt.cmds ?? []) {
    if ('AlterTableCmd' in node) alter(node.AlterTableCmd, owner, cx);
    else emitOpaque(cx, 'a part of ALTER TABLE that is not known', 'ALTER TABLE');
  }
}

function alter(command: AlterTableCmd, owner: EffectTarget, cx: Cx): void {
  const subtype = command.subtype ?? '';
  const found = CHANGES[subtype];
  const cascade = command.behavior === 'DROP_CASCADE' && found?.kind === 'schema_drop';
  const targets =
    subtype === 'AT_DropColumn' ? [owner, { type: 'column', name: `${owner.name}.${command.name ?? ''}` }] : [owner];
  if (found !== undefined) {
    const newOwner = command.newowner === undefined ? [] : [role(command.newowner)];
    emit(cx, {
      ...found,
      targets: [...targets, ...newOwner],
      ...(cascade && { scope: 'unbounded', why: 'CASCADE removes whatever depends on it' }),
    });
  } else if (PLAIN_CHANGES.has(subtype)) changed(targets, cx);
  else emitOpaque(cx, `a part of ALTER TABLE that is not known: ${subtype}`, 'ALTER TABLE');
  if (command.def !== undefined && !('PartitionCmd' in command.def) && !('ReplicaIdentityStmt' in command.def))
    visit(command.def, cx);
}
