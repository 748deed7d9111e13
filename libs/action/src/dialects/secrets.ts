/** Tables of the servers themselves: those that hold credentials, and those that no statement should change by hand. */
import type { DialectName } from './dialects.ts';

/** By dialect; the last two parts of the name in lower case, or one part where it is unmistakable. */
const CREDENTIALS: Readonly<Partial<Record<DialectName, ReadonlySet<string>>>> = {
  mysql: new Set([
    'mysql.user',
    'mysql.authentication_string',
    'mysql.global_priv',
    'mysql.proxies_priv',
    'mysql.servers',
    'mysql.slave_master_info',
  ]),
  mssql: new Set(
    `sys.sql_logins sys.syslogins sys.sysxlogins master.syslogins dbo.sysxlogins dbo.syslogins sys.linked_logins sys.credentials
     sys.remote_logins sys.symmetric_keys sys.asymmetric_keys sys.certificates syslogins sysxlogins sql_logins`.split(/\s+/),
  ),
  oracle: new Set(
    `sys.user$ user$ dba_users sys.dba_users sys.link$ link$ dba_db_links sys.default_pwd$ default_pwd$ user_history$
     sys.user_history$`.split(/\s+/),
  ),
  redshift: new Set(['pg_shadow', 'pg_authid', 'pg_catalog.pg_shadow', 'pg_catalog.pg_authid', 'pg_user_info']),
  clickhouse: new Set(['system.named_collections', 'system.users']),
  snowflake: new Set(['account_usage.credentials']),
};

export function secretTable(names: readonly string[], dialect: DialectName): boolean {
  const known = CREDENTIALS[dialect];
  if (known === undefined) return false;
  const lower = names.map((name) => name.toLowerCase());
  return known.has(lower.slice(-2).join('.')) || (lower.length === 1 && known.has(lower[0] ?? ''));
}

const CATALOGS: Readonly<Partial<Record<DialectName, RegExp>>> = {
  mysql: /^(mysql|performance_schema|sys)\./,
  mssql: /^(?:\w+\.)?sys\.|^(?:master|msdb)\./,
  oracle: /^sys\.|^(user|link|obj|tab|aud|fga_log)\$$/,
  sqlite: /(^|\.)sqlite_(temp_)?(master|schema|sequence)$/,
  redshift: /(^|\.)pg_\w+$/,
  clickhouse: /^system\./,
  duckdb: /(^|\.)pg_catalog\./,
};

/** True when changing this table's rows changes the server behind its back. */
export function isCatalog(names: readonly string[], dialect: DialectName): boolean {
  return CATALOGS[dialect]?.test(names.join('.').toLowerCase()) ?? false;
}

/** Tables that keep the audit trail. */
const TRAILS: Readonly<Partial<Record<DialectName, RegExp>>> = {
  mysql: /^mysql\.(general_log|slow_log|audit_log\w*)$/,
  oracle: /^(sys\.)?(aud|fga_log)\$$|unified_audit_trail$|^audsys\./,
  clickhouse: /^system\.\w+_log$/,
};

export function isTrail(names: readonly string[], dialect: DialectName): boolean {
  return TRAILS[dialect]?.test(names.join('.').toLowerCase()) ?? false;
}

/** Files that hold keys, passwords or what a process was started with. */
export const SECRET_FILE =
  /(^|[/\\])(\.ssh|\.aws|\.gnupg|\.kube|\.my\.cnf|\.pgpass|\.netrc|\.env|shadow|gshadow|passwd|sudoers|environ|id_[a-z0-9]+|my\.cnf|my\.ini|sam|web\.config)([/\\]|$)|\.(pem|key|p12|pfx|jks|kdbx)$/i;
