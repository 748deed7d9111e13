/** Statements that remove structure or empty it: DROP in all its forms, TRUNCATE, DETACH, PURGE. */
import type { EffectScope } from '@countersign/kernel';
import { type Cx, emit } from '../context.ts';
import { type Words, accept, has, name, names, skip, skipExists, targets, word } from './words.ts';

/** What is dropped, in as many words as it takes; the longest first. */
const TYPES =
  `MATERIALIZED VIEW|EXTERNAL TABLE|EXTERNAL SCHEMA|EXTERNAL FUNCTION|EXTERNAL VOLUME|FOREIGN TABLE|FUNCTIONAL INDEX|DATABASE LINK|PUBLIC SYNONYM|PUBLIC DATABASE LINK|ROW ACCESS POLICY|MASKING POLICY|
  NETWORK POLICY|SESSION POLICY|PASSWORD POLICY|FILE FORMAT|RESOURCE MONITOR|SECURITY POLICY|SERVER AUDIT SPECIFICATION|SERVER AUDIT|
  DATABASE AUDIT SPECIFICATION|DATABASE SCOPED CREDENTIAL|EXTERNAL DATA SOURCE|EXTERNAL FILE FORMAT|APPLICATION ROLE|SERVER ROLE|DATABASE ROLE|
  PACKAGE BODY|TYPE BODY|SNAPSHOT TABLE|SEARCH INDEX|VECTOR INDEX|FULLTEXT INDEX|FULLTEXT CATALOG|SPATIAL REFERENCE SYSTEM|LOGFILE GROUP|
  UNDO TABLESPACE|RESOURCE GROUP|DYNAMIC TABLE|ICEBERG TABLE|EVENT TABLE|HYBRID TABLE|TEMPORARY TABLE|NAMED COLLECTION|ROW POLICY|
  SETTINGS PROFILE|AGGREGATE FUNCTION|TABLE FUNCTION|PREPARED STATEMENT`
    .split('|')
    .map((type) => type.trim());

/** Objects without which nobody notices or nobody is stopped. */
const GUARDS: Readonly<Record<string, 'log_tamper' | 'privilege_change'>> = {
  TRIGGER: 'log_tamper',
  'SERVER AUDIT': 'log_tamper',
  'SERVER AUDIT SPECIFICATION': 'log_tamper',
  'DATABASE AUDIT SPECIFICATION': 'log_tamper',
  POLICY: 'privilege_change',
  'ROW ACCESS POLICY': 'privilege_change',
  'MASKING POLICY': 'privilege_change',
  'NETWORK POLICY': 'privilege_change',
  'SESSION POLICY': 'privilege_change',
  'PASSWORD POLICY': 'privilege_change',
  'SECURITY POLICY': 'privilege_change',
  'ROW POLICY': 'privilege_change',
  RULE: 'log_tamper',
};

const PEOPLE: ReadonlySet<string> = new Set('USER ROLE LOGIN PROFILE QUOTA GROUP CREDENTIAL'.split(' '));

/** Objects that hold other objects. */
const CONTAINERS: ReadonlySet<string> = new Set('DATABASE SCHEMA CATALOG TABLESPACE KEYSPACE'.split(' '));

export function readType(words: Words): string {
  for (const type of TYPES) {
    const parts = type.split(' ');
    if (parts.every((part, i) => word(words, i) === part)) {
      words.at += parts.length;
      return type;
    }
  }
  const type = word(words);
  words.at++;
  return type;
}

/** SQL Server's `#tables` are the session's own. */
export function isTemporary(names: readonly string[], cx: Cx): boolean {
  return cx.dialect.name === 'mssql' && names.length > 0 && names.every((one) => /^(#[^#]|@)/.test(one));
}

export function drop(words: Words, cx: Cx): void {
  const temporary = word(words) === 'TEMPORARY';
  skip(words, 'TEMP TEMPORARY PUBLIC FORCE');
  const type = readType(words);
  if (type === 'PREPARE' || type === 'PREPARED STATEMENT') return emit(cx, { kind: 'session', reversible: 'yes' });
  if (type === 'ALL') return allRows(words, cx);
  skipExists(words);
  const list = names(words);
  const found = targets(type.toLowerCase(), list);
  if (temporary || isTemporary(list, cx))
    return emit(cx, { kind: 'session', reversible: 'yes', targets: found, why: 'only of this session' });
  const cascade = has(words, 'CASCADE') || has(words, 'INCLUDING', 'CONTENTS');
  const scope: EffectScope = cascade || CONTAINERS.has(type) ? 'unbounded' : list.length > 1 ? 'bounded' : 'one';
  const why = cascade ? 'CASCADE removes whatever depends on it' : CONTAINERS.has(type) ? 'everything in it' : '';
  emit(cx, { kind: 'schema_drop', scope, reversible: 'no', targets: found, why });
  const guard = GUARDS[type];
  if (guard === 'log_tamper') emit(cx, { kind: guard, targets: found, why: 'what it watched or recorded is no longer' });
  if (guard === 'privilege_change') emit(cx, { kind: guard, targets: found, why: 'what it guarded is guarded no longer' });
  if (PEOPLE.has(type)) emit(cx, { kind: 'privilege_change', reversible: 'no', targets: found, why: 'removes a role' });
}

/** ClickHouse: DROP ALL … is not a name. */
function allRows(words: Words, cx: Cx): void {
  emit(cx, { kind: 'schema_drop', scope: 'unbounded', reversible: 'no', targets: targets('object', names(words)) });
}

export function truncate(words: Words, cx: Cx): void {
  if (accept(words, 'ALL', 'TABLES') && accept(words, 'FROM')) skip(words, 'DATABASE');
  const type = accept(words, 'DATABASE') ? 'database' : 'table';
  skip(words, 'TABLE TEMPORARY CLUSTER ONLY MATERIALIZED VIEW');
  skipExists(words);
  const list = names(words);
  const partial = has(words, 'PARTITION|PARTITIONS');
  const why = partial
    ? 'all rows of the partitions'
    : has(words, 'CASCADE')
      ? 'all rows, and those of tables that refer to them'
      : 'all rows';
  emit(cx, { kind: 'delete', scope: 'unbounded', reversible: 'no', targets: targets(type, list), via: 'TRUNCATE', why });
}

/** DETACH makes a table or database disappear until it is attached again; PERMANENTLY even then. */
export function detach(words: Words, cx: Cx): void {
  const type = word(words);
  if (type === 'DATABASE' && (cx.dialect.name === 'sqlite' || cx.dialect.name === 'duckdb')) {
    return emit(cx, { kind: 'session', reversible: 'yes' });
  }
  if (cx.dialect.name === 'sqlite' || cx.dialect.name === 'duckdb') return emit(cx, { kind: 'session', reversible: 'yes' });
  words.at++;
  skipExists(words);
  const found = targets(type.toLowerCase(), [name(words)]);
  emit(cx, {
    kind: 'schema_drop',
    scope: 'one',
    reversible: 'yes',
    targets: found,
    why: 'it is gone until it is attached again',
  });
}

/** Oracle: what is purged cannot be flashed back. MySQL: binary logs are the trail that replicas and audits read. */
export function purge(words: Words, cx: Cx): void {
  if (accept(words, 'BINARY|MASTER', 'LOGS')) {
    return emit(cx, { kind: 'log_tamper', scope: 'unbounded', reversible: 'no', why: 'erases binary logs' });
  }
  const type = word(words).toLowerCase();
  words.at++;
  const list = names(words);
  const scope = list.length === 0 || type === 'tablespace' ? 'unbounded' : 'one';
  emit(cx, {
    kind: 'delete',
    scope,
    reversible: 'no',
    targets: targets(type, list),
    via: 'PURGE',
    why: 'what was dropped cannot come back',
  });
}
