/** Who may do what and as whom: roles, grants, owners, row security, user mappings. */
import type { EffectScope, EffectTarget } from '@countersign/kernel';
import type { GrantStmt, Node } from 'libpg-query';
import { type Cx, type Handlers, emit } from '../context.ts';
import { nameOf, objectWord, relationName, role, roleName, table } from '../names.ts';
import { setParameter } from '../parameters.ts';
import { parameterChange } from './operation.ts';
import { visit } from '../walk.ts';

export const ACCESS = {
  GrantStmt: grant,
  GrantRoleStmt: (stmt, cx) => {
    const roles = [...(stmt.granted_roles ?? []), ...(stmt.grantee_roles ?? [])];
    access(
      roles.map((node) => ({ type: 'role', name: grantedName(node) })),
      'one',
      stmt.is_grant === true ? 'makes a role a member of another' : 'takes a membership away',
      cx,
    );
  },
  AlterDefaultPrivilegesStmt: (stmt, cx) => {
    const grantees = stmt.action?.grantees ?? [];
    access(
      grantees.map((node) => ({ type: 'role', name: nameOf(node) })),
      'unbounded',
      'privileges on everything made later',
      cx,
    );
  },
  CreateRoleStmt: (stmt, cx) => access([{ type: 'role', name: stmt.role ?? '' }], 'one', 'makes a role', cx),
  AlterRoleStmt: (stmt, cx) => access([role(stmt.role)], 'one', 'changes what a role may do', cx),
  AlterRoleSetStmt: (stmt, cx) => {
    const who = stmt.role === undefined ? [] : [role(stmt.role)];
    access(who, stmt.role === undefined ? 'unbounded' : 'one', 'changes the settings a role logs in with', cx);
    if (stmt.setstmt !== undefined) setParameter({ ...parameterChange(stmt.setstmt), lasting: true }, cx);
  },
  DropRoleStmt: (stmt, cx) => {
    const targets = (stmt.roles ?? []).map((node) => ({ type: 'role', name: nameOf(node) }));
    access(targets, 'one', 'removes a role', cx);
    emit(cx, { kind: 'schema_drop', scope: targets.length === 1 ? 'one' : 'bounded', reversible: 'no', targets });
  },
  ReassignOwnedStmt: (stmt, cx) => {
    const roles = (stmt.roles ?? []).map((node) => ({ type: 'role', name: nameOf(node) }));
    access([...roles, role(stmt.newrole)], 'unbounded', 'gives everything that a role owns to another', cx);
  },
  AlterOwnerStmt: (stmt, cx) => {
    const name = stmt.relation === undefined ? nameOf(stmt.object) : relationName(stmt.relation);
    access([{ type: objectWord(stmt.objectType), name }, role(stmt.newowner)], 'one', 'changes the owner', cx);
  },
  CreatePolicyStmt: (stmt, cx) => {
    access([{ type: 'policy', name: stmt.policy_name ?? '' }, table(stmt.table)], 'one', 'changes row security', cx);
    visit(stmt.qual, cx);
    visit(stmt.with_check, cx);
  },
  AlterPolicyStmt: (stmt, cx) => {
    access([{ type: 'policy', name: stmt.policy_name ?? '' }, table(stmt.table)], 'one', 'changes row security', cx);
    visit(stmt.qual, cx);
    visit(stmt.with_check, cx);
  },
  SecLabelStmt: (stmt, cx) =>
    access([{ type: objectWord(stmt.objtype), name: nameOf(stmt.object) }], 'one', 'changes a security label', cx),
  CreateUserMappingStmt: (stmt, cx) => {
    access(
      [{ type: 'server', name: stmt.servername ?? '' }, role(stmt.user)],
      'one',
      'stores credentials for another server',
      cx,
    );
  },
  AlterUserMappingStmt: (stmt, cx) => {
    access(
      [{ type: 'server', name: stmt.servername ?? '' }, role(stmt.user)],
      'one',
      'changes credentials for another server',
      cx,
    );
  },
} satisfies Handlers;

function grant(stmt: GrantStmt, cx: Cx): void {
  const everything = stmt.targtype === 'ACL_TARGET_ALL_IN_SCHEMA';
  const type = everything ? 'schema' : objectWord(stmt.objtype);
  const objects = (stmt.objects ?? []).map((node) => ({ type, name: nameOf(node) }));
  const columns = (stmt.privileges ?? []).flatMap((node) =>
    'AccessPriv' in node ? (node.AccessPriv.cols ?? []).map(nameOf) : [],
  );
  for (const { name } of [...objects])
    for (const column of new Set(columns)) objects.push({ type: 'column', name: `${name}.${column}` });
  const roles = (stmt.grantees ?? []).map((node) => ({ type: 'role', name: nameOf(node) }));
  const toAll = roles.some((to) => to.name === 'public') && stmt.is_grant === true;
  const scope = everything || toAll ? 'unbounded' : 'bounded';
  access([...objects, ...roles], scope, stmt.is_grant === true ? 'gives privileges' : 'takes privileges away', cx);
}

function grantedName(node: Node): string {
  if ('AccessPriv' in node) return node.AccessPriv.priv_name ?? '';
  return 'RoleSpec' in node ? roleName(node.RoleSpec) : nameOf(node);
}

function access(targets: readonly EffectTarget[], scope: EffectScope, why: string, cx: Cx): void {
  emit(cx, { kind: 'privilege_change', scope, reversible: 'yes', targets, why });
}
