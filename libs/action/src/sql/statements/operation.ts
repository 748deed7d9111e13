/** Running the server and the session: transactions, parameters, cursors, prepared statements, maintenance. */
import type { EffectTarget, TextSpan } from '@countersign/kernel';
import type { DefElem, DiscardStmt, Node, TransactionStmt, VacuumStmt, VariableSetStmt } from 'libpg-query';
import { constantOf } from '../constants.ts';
import { type Cx, type Handlers, emit, emitOpaque } from '../context.ts';
import { objectWord, relationName, table } from '../names.ts';
import { type ParameterChange, setParameter } from '../parameters.ts';
import { visit, visitAll } from '../walk.ts';

export const OPERATION = {
  TransactionStmt: transaction,
  VariableSetStmt: set,
  VariableShowStmt: (stmt, cx) => emit(cx, { kind: 'none', reversible: 'yes', targets: parameter(stmt.name) }),
  AlterSystemStmt: (stmt, cx) => {
    if (stmt.setstmt !== undefined) setParameter({ ...parameterChange(stmt.setstmt), lasting: true, via: 'ALTER SYSTEM' }, cx);
  },
  AlterDatabaseSetStmt: (stmt, cx) => {
    if (stmt.setstmt !== undefined)
      setParameter({ ...parameterChange(stmt.setstmt), lasting: true, via: `database ${stmt.dbname ?? ''}` }, cx);
  },
  ConstraintsSetStmt: (_, cx) => session(cx),
  DeclareCursorStmt: (stmt, cx) => visit(stmt.query, cx),
  FetchStmt: (stmt, cx) => {
    const targets = [{ type: 'cursor', name: stmt.portalname ?? '' }];
    emit(cx, { kind: stmt.ismove === true ? 'session' : 'read', scope: 'bounded', reversible: 'yes', targets });
  },
  ClosePortalStmt: (_, cx) => session(cx),
  PrepareStmt: (stmt, cx) => {
    cx.memory.prepared.add(stmt.name ?? '');
    visit(stmt.query, cx);
    session(cx);
  },
  ExecuteStmt: (stmt, cx) => {
    visitAll(stmt.params, cx);
    // Its effects are already listed where it was prepared.
    if (cx.memory.prepared.has(stmt.name ?? '')) session(cx);
    else emitOpaque(cx, 'the statement was prepared somewhere else', `EXECUTE ${stmt.name ?? ''}`);
  },
  DeallocateStmt: (_, cx) => session(cx),
  ListenStmt: (_, cx) => session(cx),
  UnlistenStmt: (_, cx) => session(cx),
  NotifyStmt: (stmt, cx) => notify(stmt.conditionname ?? '', cx),
  DiscardStmt: discard,
  LockStmt: (stmt, cx) => {
    emit(cx, {
      kind: 'process_control',
      scope: 'bounded',
      reversible: 'yes',
      targets: tables(stmt.relations),
      why: 'other sessions wait until the transaction ends',
    });
  },
  CheckPointStmt: (_, cx) =>
    emit(cx, { kind: 'process_control', scope: 'unbounded', reversible: 'yes', why: 'forces a checkpoint' }),
  VacuumStmt: vacuum,
  ClusterStmt: (stmt, cx) => {
    const targets = stmt.relation === undefined ? [] : [table(stmt.relation)];
    maintain(targets, stmt.relation === undefined, 'rewrites the table under an exclusive lock', true, cx);
  },
  ReindexStmt: (stmt, cx) => {
    const type = objectWord(stmt.kind?.replace('REINDEX_', ''));
    const name = stmt.relation === undefined ? (stmt.name ?? '') : relationName(stmt.relation);
    const concurrently = hasOption(stmt.params, 'concurrently');
    maintain([{ type, name }], stmt.relation === undefined, 'builds indexes again', !concurrently, cx);
  },
  LoadStmt: (stmt, cx) => {
    emit(cx, {
      kind: 'code_execution',
      reversible: 'no',
      targets: [{ type: 'library', name: stmt.filename ?? '' }],
      why: 'loads a library into the server',
    });
  },
} satisfies Handlers;

/**
 * The end of a transaction that this text did not begin is the end of what somebody else put around it (READ ONLY, SET LOCAL):
 * the scope says so, and statements behind it run without that guard.
 */
function transaction(stmt: TransactionStmt, cx: Cx): void {
  const { memory } = cx;
  const kind = stmt.kind ?? '';
  if (kind === 'TRANS_STMT_COMMIT' || kind === 'TRANS_STMT_ROLLBACK') {
    const own = memory.begun;
    memory.begun = stmt.chain === true;
    if (own) return session(cx);
    memory.escaped = true;
    const why = 'ends a transaction that began outside of this text';
    emit(cx, { kind: 'session', scope: 'unknown', reversible: kind === 'TRANS_STMT_COMMIT' ? 'yes' : 'no', why });
  } else if (kind === 'TRANS_STMT_COMMIT_PREPARED' || kind === 'TRANS_STMT_ROLLBACK_PREPARED') {
    emitOpaque(cx, 'what the prepared transaction did is not in this text', `transaction ${stmt.gid ?? ''}`);
  } else if (kind === 'TRANS_STMT_PREPARE') {
    memory.begun = false;
    const targets = [{ type: 'transaction', name: stmt.gid ?? '' }];
    emit(cx, { kind: 'process_control', reversible: 'yes', targets, why: 'keeps its locks until somebody ends it' });
  } else {
    if (kind === 'TRANS_STMT_BEGIN' || kind === 'TRANS_STMT_START') memory.begun = true;
    if (!transactionOptions(stmt.options, cx)) session(cx);
  }
}

/** To be called before each statement: one that stands behind the end of somebody else's transaction runs outside of it. */
export function afterEscape(cx: Cx): void {
  if (!cx.memory.escaped) return;
  cx.memory.escaped = false;
  const why = 'runs outside of the transaction that was around it, and of what guarded it';
  emit(cx, { kind: 'config_change', reversible: 'no', targets: [{ type: 'parameter', name: 'transaction' }], why });
}

/** Whoever listens may act on it: what then happens is in no text. */
export function notify(channel: string, cx: Cx, place: { readonly span?: TextSpan; readonly via?: string } = {}): void {
  const targets = [{ type: 'channel', name: channel }];
  emit(cx, { kind: 'process_control', reversible: 'no', targets, why: 'wakes the sessions that listen', ...place });
}

function discard(stmt: DiscardStmt, cx: Cx): void {
  const everything = stmt.target === 'DISCARD_ALL';
  if (!everything && stmt.target !== 'DISCARD_TEMP') return session(cx);
  const why = 'drops the temporary tables of the session';
  emit(cx, { kind: 'schema_drop', scope: 'bounded', reversible: 'no', via: 'DISCARD', why });
  if (everything) emit(cx, { kind: 'config_change', via: 'DISCARD', why: 'sets role and parameters of the session back' });
}

function vacuum(stmt: VacuumStmt, cx: Cx): void {
  const names = (stmt.rels ?? []).flatMap((node) => ('VacuumRelation' in node ? [table(node.VacuumRelation.relation)] : []));
  const full = hasOption(stmt.options, 'full');
  if (stmt.is_vacuumcmd !== true) maintain(names, false, 'collects statistics', false, cx);
  else maintain(names, names.length === 0, full ? 'rewrites the table under an exclusive lock' : 'reclaims space', full, cx);
}

/**
 * Work on tables that leaves their rows as they are: under a lock it keeps everybody else waiting, and over a whole database it is
 * a load that others feel.
 */
function maintain(targets: readonly EffectTarget[], everything: boolean, why: string, locks: boolean, cx: Cx): void {
  const common = { scope: everything ? 'unbounded' : 'bounded', reversible: 'yes', targets } as const;
  if (!everything) emit(cx, { ...common, kind: 'write', why });
  const waits = locks ? 'other sessions wait until it is done' : 'works through every table';
  if (locks || everything) emit(cx, { ...common, kind: 'process_control', why: waits });
}

function hasOption(options: readonly Node[] | undefined, name: string): boolean {
  return (options ?? []).some((node) => 'DefElem' in node && node.DefElem.defname === name && isOn(node.DefElem));
}

function session(cx: Cx): void {
  emit(cx, { kind: 'session', reversible: 'yes' });
}

function parameter(name: string | undefined): EffectTarget[] {
  return [{ type: 'parameter', name: name ?? '' }];
}

function tables(nodes: readonly Node[] | undefined): EffectTarget[] {
  return (nodes ?? []).flatMap((node) => ('RangeVar' in node ? [table(node.RangeVar)] : []));
}

function set(stmt: VariableSetStmt, cx: Cx): void {
  if (stmt.kind === 'VAR_RESET_ALL') {
    emit(cx, { kind: 'config_change', reversible: 'yes', why: 'sets every parameter of the session back' });
  } else if (stmt.kind === 'VAR_SET_MULTI') {
    if (!transactionOptions(stmt.args, cx)) session(cx);
  } else setParameter(parameterChange(stmt), cx);
}

/** Name and value of a SET; several values are joined as PostgreSQL shows them. */
export function parameterChange(stmt: VariableSetStmt): ParameterChange {
  if (stmt.kind === 'VAR_RESET_ALL') return { name: 'all', value: undefined };
  const values = (stmt.args ?? []).map(constantOf);
  const known = values.length > 0 && values.every((value) => value !== undefined && value !== null);
  return { name: stmt.name ?? '', value: known ? values.join(', ') : undefined };
}

/** READ WRITE lifts a guard; every other transaction mode is the session's own. True when it emitted something. */
function transactionOptions(options: readonly Node[] | undefined, cx: Cx): boolean {
  for (const node of options ?? []) {
    if (!('DefElem' in node) || node.DefElem.defname !== 'transaction_read_only') continue;
    const readOnly = constantOf(node.DefElem.arg) !== 0;
    setParameter({ name: 'transaction_read_only', value: readOnly ? 'on' : 'off' }, cx);
    return true;
  }
  return false;
}

/** A boolean option as PostgreSQL reads it: present without a value is on. */
export function isOn(option: DefElem): boolean {
  const { arg } = option;
  if (arg === undefined) return true;
  if ('Integer' in arg) return (arg.Integer.ival ?? 0) !== 0;
  if ('Boolean' in arg) return arg.Boolean.boolval === true;
  if ('String' in arg) return !['off', 'false', '0', 'no', 'f', 'n'].includes((arg.String.sval ?? '').toLowerCase());
  return true;
}
