/** Running the server and the session: transactions, parameters, cursors, prepared statements, maintenance. */
import type { EffectTarget } from '@countersign/kernel';
import type { DefElem, Node, VariableSetStmt } from 'libpg-query';
import { constantOf } from '../constants.ts';
import { type Cx, type Handlers, emit, emitOpaque } from '../context.ts';
import { objectWord, relationName, table } from '../names.ts';
import { type ParameterChange, setParameter } from '../parameters.ts';
import { visit, visitAll } from '../walk.ts';

export const OPERATION = {
  TransactionStmt: (stmt, cx) => {
    if (!transactionOptions(stmt.options, cx)) session(cx);
  },
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
    cx.prepared.add(stmt.name ?? '');
    visit(stmt.query, cx);
    session(cx);
  },
  ExecuteStmt: (stmt, cx) => {
    visitAll(stmt.params, cx);
    // Its effects are already listed where it was prepared.
    if (cx.prepared.has(stmt.name ?? '')) session(cx);
    else emitOpaque(cx, 'the statement was prepared somewhere else', `EXECUTE ${stmt.name ?? ''}`);
  },
  DeallocateStmt: (_, cx) => session(cx),
  ListenStmt: (_, cx) => session(cx),
  UnlistenStmt: (_, cx) => session(cx),
  NotifyStmt: (stmt, cx) =>
    emit(cx, {
      kind: 'write',
      reversible: 'no',
      targets: [{ type: 'channel', name: stmt.conditionname ?? '' }],
      why: 'sends a message to listeners',
    }),
  DiscardStmt: (stmt, cx) => {
    const drops = stmt.target === 'DISCARD_TEMP' || stmt.target === 'DISCARD_ALL';
    if (drops)
      emit(cx, {
        kind: 'delete',
        scope: 'bounded',
        reversible: 'no',
        via: 'DISCARD',
        why: 'drops the temporary tables of the session',
      });
    else session(cx);
  },
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
  VacuumStmt: (stmt, cx) => {
    const names = (stmt.rels ?? []).flatMap((node) => ('VacuumRelation' in node ? [table(node.VacuumRelation.relation)] : []));
    const full = (stmt.options ?? []).some((node) => 'DefElem' in node && node.DefElem.defname === 'full' && isOn(node.DefElem));
    const why =
      stmt.is_vacuumcmd !== true ? 'collects statistics' : full ? 'rewrites the table under an exclusive lock' : 'reclaims space';
    emit(cx, { kind: 'write', scope: names.length === 0 ? 'unbounded' : 'bounded', reversible: 'yes', targets: names, why });
  },
  ClusterStmt: (stmt, cx) => {
    const targets = stmt.relation === undefined ? [] : [table(stmt.relation)];
    emit(cx, {
      kind: 'write',
      scope: stmt.relation === undefined ? 'unbounded' : 'bounded',
      reversible: 'yes',
      targets,
      why: 'rewrites the table under an exclusive lock',
    });
  },
  ReindexStmt: (stmt, cx) => {
    const type = objectWord(stmt.kind?.replace('REINDEX_', ''));
    const name = stmt.relation === undefined ? (stmt.name ?? '') : relationName(stmt.relation);
    const wide = stmt.relation === undefined;
    emit(cx, {
      kind: 'write',
      scope: wide ? 'unbounded' : 'bounded',
      reversible: 'yes',
      targets: [{ type, name }],
      why: 'builds indexes again under a lock',
    });
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
