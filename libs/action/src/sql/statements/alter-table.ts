/** ALTER TABLE (and INDEX, VIEW, SEQUENCE, TYPE …): a row for each sub-command that the grammar has, or the type check fails. */
import type { EffectTarget } from '@countersign/kernel';
import type { AlterTableCmd, AlterTableStmt, AlterTableType, Node, RangeVar } from 'libpg-query';
import { type Cx, type Finding, emit, emitOpaque } from '../context.ts';
import { objectWord, relationName, role } from '../names.ts';
import { visit } from '../walk.ts';

type Change = Omit<Finding, 'targets'>;

const PLAIN: Change = { kind: 'schema_change', reversible: 'yes' };
const DROPS: Change = { kind: 'schema_drop', reversible: 'no' };
const GUARDS_ROWS: Change = { kind: 'privilege_change', reversible: 'yes', why: 'changes row security' };
const SILENCES: Change = { kind: 'log_tamper', reversible: 'yes', why: 'what it watched or recorded is no longer' };
/** The server makes these itself while it works through others: no text has them. */
const INTERNAL: Change = { kind: 'opaque', scope: 'unknown', why: 'a part of ALTER TABLE that only the server makes' };

const CHANGES = {
  AT_AddColumn: PLAIN,
  AT_AddColumnToView: INTERNAL,
  AT_ColumnDefault: PLAIN,
  AT_CookedColumnDefault: INTERNAL,
  AT_DropNotNull: PLAIN,
  AT_SetNotNull: PLAIN,
  AT_SetExpression: { ...PLAIN, scope: 'unbounded', reversible: 'unknown', why: 'computes every value of the column again' },
  AT_DropExpression: PLAIN,
  AT_SetStatistics: PLAIN,
  AT_SetOptions: PLAIN,
  AT_ResetOptions: PLAIN,
  AT_SetStorage: PLAIN,
  AT_SetCompression: PLAIN,
  AT_DropColumn: { ...DROPS, why: 'the column and what is in it' },
  AT_AddIndex: PLAIN,
  AT_ReAddIndex: INTERNAL,
  AT_AddConstraint: PLAIN,
  AT_ReAddConstraint: INTERNAL,
  AT_ReAddDomainConstraint: INTERNAL,
  AT_AlterConstraint: PLAIN,
  AT_ValidateConstraint: PLAIN,
  AT_AddIndexConstraint: PLAIN,
  AT_DropConstraint: { ...DROPS, why: 'rows are no longer checked' },
  AT_ReAddComment: INTERNAL,
  AT_AlterColumnType: { ...PLAIN, scope: 'unbounded', reversible: 'unknown', why: 'rewrites every value of the column' },
  AT_AlterColumnGenericOptions: PLAIN,
  AT_ChangeOwner: { kind: 'privilege_change', reversible: 'yes', why: 'changes the owner' },
  AT_ClusterOn: PLAIN,
  AT_DropCluster: PLAIN,
  AT_SetLogged: PLAIN,
  AT_SetUnLogged: { ...PLAIN, why: 'its rows do not survive a crash' },
  AT_DropOids: PLAIN,
  AT_SetAccessMethod: { ...PLAIN, scope: 'unbounded', why: 'rewrites the table' },
  AT_SetTableSpace: { ...PLAIN, scope: 'unbounded', why: 'moves the table' },
  AT_SetRelOptions: PLAIN,
  AT_ResetRelOptions: PLAIN,
  AT_ReplaceRelOptions: PLAIN,
  AT_EnableTrig: PLAIN,
  AT_EnableAlwaysTrig: PLAIN,
  // From then on they fire in replication only.
  AT_EnableReplicaTrig: SILENCES,
  AT_DisableTrig: SILENCES,
  AT_EnableTrigAll: PLAIN,
  AT_DisableTrigAll: SILENCES,
  AT_EnableTrigUser: PLAIN,
  AT_DisableTrigUser: SILENCES,
  AT_EnableRule: PLAIN,
  AT_EnableAlwaysRule: PLAIN,
  AT_EnableReplicaRule: SILENCES,
  AT_DisableRule: SILENCES,
  AT_AddInherit: PLAIN,
  AT_DropInherit: { ...PLAIN, why: 'takes its rows out of the parent table' },
  AT_AddOf: PLAIN,
  AT_DropOf: PLAIN,
  AT_ReplicaIdentity: PLAIN,
  AT_EnableRowSecurity: GUARDS_ROWS,
  AT_DisableRowSecurity: GUARDS_ROWS,
  AT_ForceRowSecurity: GUARDS_ROWS,
  AT_NoForceRowSecurity: GUARDS_ROWS,
  AT_GenericOptions: PLAIN,
  AT_AttachPartition: PLAIN,
  AT_DetachPartition: { ...PLAIN, why: 'takes the rows of a partition out of the table' },
  AT_DetachPartitionFinalize: PLAIN,
  AT_AddIdentity: PLAIN,
  AT_SetIdentity: PLAIN,
  AT_DropIdentity: PLAIN,
  AT_ReAddStatistics: INTERNAL,
} satisfies Readonly<Record<AlterTableType, Change>>;

export function alterTable(stmt: AlterTableStmt, cx: Cx): void {
  const owner = named(objectWord(stmt.objtype), stmt.relation);
  for (const node of stmt.cmds ?? []) {
    if ('AlterTableCmd' in node) alter(node.AlterTableCmd, owner, cx);
    else emitOpaque(cx, 'a part of ALTER TABLE that is not known', 'ALTER TABLE');
  }
}

function alter(command: AlterTableCmd, owner: EffectTarget, cx: Cx): void {
  const found = (CHANGES as Readonly<Record<string, Change>>)[command.subtype ?? ''];
  if (found === undefined || found === INTERNAL) {
    emitOpaque(cx, `a part of ALTER TABLE that is not known: ${command.subtype ?? ''}`, 'ALTER TABLE');
    return;
  }
  const cascade = command.behavior === 'DROP_CASCADE' && found.kind === 'schema_drop';
  const column = command.subtype === 'AT_DropColumn' ? [{ type: 'column', name: `${owner.name}.${command.name ?? ''}` }] : [];
  const newOwner = command.newowner === undefined ? [] : [role(command.newowner)];
  const targets = [owner, ...column, ...newOwner];
  emit(cx, {
    ...found,
    targets,
    ...(cascade && { scope: 'unbounded', why: 'CASCADE removes whatever depends on it' }),
  });
  const { def } = command;
  if (def === undefined || 'PartitionCmd' in def || 'ReplicaIdentityStmt' in def || 'ATAlterConstraint' in def) return;
  if ('List' in def && guardsRows(def.List.items))
    emit(cx, { kind: 'privilege_change', reversible: 'yes', targets, why: 'decides whose rights its query has' });
  visit(def, cx);
}

export function named(type: string, relation: RangeVar | undefined): EffectTarget {
  return { type, name: relationName(relation) };
}

/** Options of a view that decide whose rights its query runs with and what functions may see of hidden rows. */
export function guardsRows(options: readonly Node[] | undefined): boolean {
  return (options ?? []).some((node) => 'DefElem' in node && /^security_(barrier|invoker)$/.test(node.DefElem.defname ?? ''));
}
