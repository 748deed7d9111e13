/** Names of database objects as people read them: as written, quoted only where a dot or quote would mislead. */
import type { EffectTarget } from '@countersign/kernel';
import type { Node, RangeVar, RoleSpec, TypeName } from 'libpg-query';

export function part(name: string): string {
  return /[."\s]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name;
}

export function relationName(relation: RangeVar | undefined): string {
  if (relation === undefined) return '';
  return [relation.catalogname, relation.schemaname, relation.relname]
    .filter((name) => name !== undefined && name !== '')
    .map((name) => part(name as string))
    .join('.');
}

export function table(relation: RangeVar | undefined): EffectTarget {
  return { type: 'table', name: relationName(relation) };
}

/** A relation that only its own session sees and that ends with it. */
export function isTemporary(relation: RangeVar | undefined): boolean {
  return relation?.relpersistence === 't' || relation?.schemaname === 'pg_temp';
}

/** The strings of a list of `String` nodes. */
export function strings(nodes: readonly Node[] | undefined): string[] {
  return (nodes ?? []).flatMap((node) => {
    const text = stringOf(node);
    return text === undefined ? [] : [text];
  });
}

export function stringOf(node: Node | undefined): string | undefined {
  return node !== undefined && 'String' in node ? (node.String.sval ?? '') : undefined;
}

export function dotted(names: readonly string[]): string {
  return names.map(part).join('.');
}

/** The name in any of the shapes in which statements hold one: string, list, typed name, function with arguments, relation. */
export function nameOf(node: Node | undefined): string {
  if (node === undefined) return '';
  if ('String' in node) return part(node.String.sval ?? '');
  if ('List' in node)
    return (node.List.items ?? [])
      .map(nameOf)
      .filter((name) => name !== '')
      .join('.');
  if ('TypeName' in node) return typeName(node.TypeName);
  if ('ObjectWithArgs' in node) return dotted(strings(node.ObjectWithArgs.objname));
  if ('RangeVar' in node) return relationName(node.RangeVar);
  if ('RoleSpec' in node) return roleName(node.RoleSpec);
  return '';
}

export function typeName(type: TypeName | undefined): string {
  const names = strings(type?.names);
  return dotted(names[0] === 'pg_catalog' ? names.slice(1) : names);
}

const ROLES: Readonly<Record<string, string>> = {
  ROLESPEC_CURRENT_ROLE: 'current_role',
  ROLESPEC_CURRENT_USER: 'current_user',
  ROLESPEC_SESSION_USER: 'session_user',
  ROLESPEC_PUBLIC: 'public',
};

export function roleName(role: RoleSpec | undefined): string {
  return role?.rolename !== undefined ? part(role.rolename) : (ROLES[role?.roletype ?? ''] ?? '');
}

export function role(spec: RoleSpec | undefined): EffectTarget {
  return { type: 'role', name: roleName(spec) };
}

/** `OBJECT_MATVIEW` → `materialized view`. */
export function objectWord(type: string | undefined): string {
  return (
    OBJECT_WORDS[type ?? ''] ??
    (type ?? 'OBJECT')
      .replace(/^OBJECT_/, '')
      .replaceAll('_', ' ')
      .toLowerCase()
  );
}

const OBJECT_WORDS: Readonly<Record<string, string>> = {
  OBJECT_MATVIEW: 'materialized view',
  OBJECT_FDW: 'foreign data wrapper',
  OBJECT_TABCONSTRAINT: 'constraint',
  OBJECT_DOMCONSTRAINT: 'constraint',
  OBJECT_TSCONFIGURATION: 'text search configuration',
  OBJECT_TSDICTIONARY: 'text search dictionary',
  OBJECT_TSPARSER: 'text search parser',
  OBJECT_TSTEMPLATE: 'text search template',
  OBJECT_OPCLASS: 'operator class',
  OBJECT_OPFAMILY: 'operator family',
  OBJECT_LARGEOBJECT: 'large object',
  OBJECT_FOREIGN_SERVER: 'server',
  OBJECT_STATISTIC_EXT: 'statistics',
};
