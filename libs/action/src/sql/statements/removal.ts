/** Statements that remove structure or empty it: DROP in all its forms, TRUNCATE, DROP OWNED. */
import type { EffectScope, EffectTarget } from '@countersign/kernel';
import type { DropStmt, Node } from 'libpg-query';
import { type Cx, type Handlers, emit } from '../context.ts';
import { nameOf, objectWord, table } from '../names.ts';

export const REMOVAL = {
  DropStmt: drop,
  DropdbStmt: (stmt, cx) =>
    removed([{ type: 'database', name: stmt.dbname ?? '' }], 'unbounded', 'everything in the database', cx),
  DropTableSpaceStmt: (stmt, cx) => removed([{ type: 'tablespace', name: stmt.tablespacename ?? '' }], 'one', '', cx),
  DropSubscriptionStmt: (stmt, cx) => removed([{ type: 'subscription', name: stmt.subname ?? '' }], 'one', '', cx),
  DropUserMappingStmt: (stmt, cx) => {
    removed([{ type: 'user mapping', name: stmt.servername ?? '' }], 'one', '', cx);
    emit(cx, {
      kind: 'privilege_change',
      targets: [{ type: 'server', name: stmt.servername ?? '' }],
      why: 'removes credentials for a server',
    });
  },
  DropOwnedStmt: (stmt, cx) => {
    const targets = (stmt.roles ?? []).map((node) => ({ type: 'role', name: nameOf(node) }));
    removed(targets, 'unbounded', 'everything that the role owns', cx);
    emit(cx, { kind: 'privilege_change', scope: 'unbounded', targets, why: 'takes all privileges of the role away' });
  },
  TruncateStmt: (stmt, cx) => {
    const targets = (stmt.relations ?? []).flatMap((node) => ('RangeVar' in node ? [table(node.RangeVar)] : []));
    const why = stmt.behavior === 'DROP_CASCADE' ? 'all rows, and those of tables that refer to them' : 'all rows';
    emit(cx, { kind: 'delete', scope: 'unbounded', reversible: 'no', targets, via: 'TRUNCATE', why });
  },
} satisfies Handlers;

/** Objects that guard others: without them nobody notices or nobody is stopped. */
const GUARDS: Readonly<Record<string, 'log_tamper' | 'privilege_change'>> = {
  OBJECT_TRIGGER: 'log_tamper',
  OBJECT_EVENT_TRIGGER: 'log_tamper',
  OBJECT_RULE: 'log_tamper',
  OBJECT_POLICY: 'privilege_change',
};

function drop(stmt: DropStmt, cx: Cx): void {
  const type = objectWord(stmt.removeType);
  const targets = (stmt.objects ?? []).map((object) => ({ type, name: objectName(object, stmt) }));
  const cascade = stmt.behavior === 'DROP_CASCADE';
  const scope = cascade ? 'unbounded' : targets.length === 1 ? 'one' : 'bounded';
  removed(targets, scope, cascade ? 'CASCADE removes whatever depends on it' : '', cx);
  const guard = GUARDS[stmt.removeType ?? ''];
  if (guard === 'log_tamper') emit(cx, { kind: guard, targets, why: 'what it watched or recorded is no longer' });
  if (guard === 'privilege_change') emit(cx, { kind: guard, targets, why: 'row security changes with its policies' });
}

/** Operator classes and families carry their index method in front of the name. */
function objectName(object: Node, stmt: DropStmt): string {
  const method = stmt.removeType === 'OBJECT_OPCLASS' || stmt.removeType === 'OBJECT_OPFAMILY';
  if (!method || !('List' in object)) return nameOf(object);
  return (object.List.items ?? []).slice(1).map(nameOf).join('.');
}

function removed(targets: readonly EffectTarget[], scope: EffectScope, why: string, cx: Cx): void {
  emit(cx, { kind: 'schema_drop', scope, reversible: 'no', targets, why });
}
