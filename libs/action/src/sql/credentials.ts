/** Catalogs that hold passwords, keys or who may log in from where: reading them is one thing, reading those columns another. */
import type { Node, RangeVar } from 'libpg-query';
import { type Cx, emit } from './context.ts';
import { strings, table } from './names.ts';

/** Columns that hold the secret; none for catalogs that are one as a whole. */
export const SECRET_COLUMNS: ReadonlyMap<string, readonly string[]> = new Map([
  ['pg_authid', ['rolpassword']],
  ['pg_shadow', ['passwd']],
  ['pg_user_mapping', ['umoptions']],
  ['pg_user_mappings', ['umoptions']],
  ['_pg_user_mappings', ['umoptions']],
  ['user_mapping_options', ['option_value']],
  ['pg_subscription', ['subconninfo']],
  ['pg_hba_file_rules', []],
  ['pg_ident_file_mappings', []],
  ['pg_file_settings', []],
  ['pg_dist_authinfo', []],
  ['decrypted_secrets', []],
]);

/** To be called at the end of a statement, whose tree is `node`. */
export function emitCredentials(node: Node | undefined, cx: Cx): void {
  for (const relation of cx.credentials.splice(0)) {
    if (!reveals(node, relation)) continue;
    const name = relation.relname ?? '';
    emit(cx, {
      kind: 'secret_read',
      scope: 'bounded',
      targets: [table(relation)],
      span: cx.source.name(relation.location ?? 0),
      via: name,
      why: 'a catalog of credentials',
    });
  }
}

/** True unless every column that the query speaks of is another one, by its own name. */
function reveals(node: Node | undefined, relation: RangeVar): boolean {
  const secret = SECRET_COLUMNS.get(relation.relname ?? '') ?? [];
  if (node === undefined || 'CopyStmt' in node || secret.length === 0) return true;
  const rows = new Set([relation.relname ?? '', relation.alias?.aliasname ?? '']);
  const pending: object[] = [node];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    for (const [key, value] of Object.entries(next)) {
      // `*`, names given anew, joins by all columns of the same name; the column itself; the row as a whole.
      if (key === 'A_Star' || key === 'colnames' || key === 'isNatural') return true;
      if (key === 'String' && secret.includes((value as { sval?: string }).sval ?? '')) return true;
      if (key === 'ColumnRef' && rows.has(strings((value as { fields?: Node[] }).fields).at(-1) ?? '')) return true;
      if (typeof value === 'object' && value !== null) pending.push(value as object);
    }
  }
  return false;
}
