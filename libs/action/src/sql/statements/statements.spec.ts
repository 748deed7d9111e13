import { beforeAll, describe, expect, it } from 'vitest';
import { analyseSql, effectsOf } from '../analyse.ts';
import { type SqlParser, createParser } from '../parser.ts';

let parser: SqlParser;
beforeAll(async () => {
  parser = await createParser();
});

/** `kind scope targets`, with `via` behind a slash where there is one. */
function told(text: string): string[] {
  return analyseSql(text, parser).effects.map(({ kind, scope, targets, via }) => {
    const names = targets.map((target) => `${target.type}:${target.name}`).join(',');
    return `${kind} ${scope} ${names}${via === '' ? '' : ` / ${via}`}`;
  });
}

const cases: readonly (readonly [string, ...string[]])[] = [
  // Removal
  ['DROP TABLE a', 'schema_drop one table:a'],
  ['DROP TABLE a, s.b', 'schema_drop bounded table:a,table:s.b'],
  ['DROP SCHEMA s CASCADE', 'schema_drop unbounded schema:s'],
  ['DROP DATABASE d', 'schema_drop unbounded database:d'],
  ['DROP FUNCTION s.f(int)', 'schema_drop one function:s.f'],
  ['DROP TRIGGER g ON t', 'schema_drop one trigger:t.g', 'log_tamper one trigger:t.g'],
  ['DROP POLICY p ON t', 'schema_drop one policy:t.p', 'privilege_change one policy:t.p'],
  ['DROP ROLE bo', 'privilege_change one role:bo', 'schema_drop one role:bo'],
  ['DROP OWNED BY bo', 'schema_drop unbounded role:bo', 'privilege_change unbounded role:bo'],
  ['TRUNCATE a, b', 'delete unbounded table:a,table:b / TRUNCATE'],
  ['DISCARD TEMP', 'schema_drop bounded  / DISCARD'],
  ['DISCARD PLANS', 'session one '],
  // Structure
  ['CREATE TABLE a (id serial, n int DEFAULT nextval($$s$$))', 'schema_change one table:a'],
  ['CREATE TABLE a AS SELECT 1', 'schema_change one table:a / CREATE TABLE AS', 'write bounded table:a / CREATE TABLE AS'],
  ['ALTER TABLE a ADD COLUMN b int, DROP COLUMN c', 'schema_change one table:a', 'schema_drop one table:a,column:a.c'],
  ['ALTER TABLE a DROP COLUMN c CASCADE', 'schema_drop unbounded table:a,column:a.c'],
  ['ALTER TABLE a DISABLE TRIGGER ALL', 'log_tamper one table:a'],
  ['ALTER TABLE a DISABLE ROW LEVEL SECURITY', 'privilege_change one table:a'],
  ['ALTER TABLE a OWNER TO bo', 'privilege_change one table:a,role:bo'],
  ['ALTER TABLE a RENAME b TO c', 'schema_change one column:a.b'],
  ['CREATE INDEX ON a (lower(b))', 'schema_change one index:,table:a'],
  ['COMMENT ON TABLE a IS $$x$$', 'schema_change one table:a'],
  ['CREATE TEMP TABLE a (id int)', 'session one table:a / TEMPORARY'],
  ['CREATE TABLE pg_temp.a AS SELECT 1', 'write bounded table:pg_temp.a / CREATE TABLE AS'],
  ['CREATE TEMP VIEW a AS SELECT * FROM t LIMIT 1', 'session one view:a / TEMPORARY', 'read bounded table:t'],
  ['REFRESH MATERIALIZED VIEW a', 'write bounded materialized view:a'],
  ['CREATE SCHEMA s AUTHORIZATION bo', 'schema_change one schema:s', 'privilege_change one schema:s,role:bo'],
  ['CREATE DATABASE d OWNER bo', 'schema_change one database:d', 'privilege_change one database:d,role:bo'],
  ['CREATE VIEW v WITH (security_invoker = false) AS SELECT 1', 'schema_change one view:v', 'privilege_change one view:v'],
  ['ALTER VIEW v SET (security_barrier = off)', 'schema_change one view:v', 'privilege_change one view:v'],
  ['ALTER TABLE a ENABLE REPLICA TRIGGER g', 'log_tamper one table:a'],
  ['ALTER EVENT TRIGGER g ENABLE REPLICA', 'schema_change one event trigger:g', 'log_tamper one event trigger:g'],
  ['ALTER FUNCTION f() LEAKPROOF', 'schema_change one function:f', 'privilege_change one function:f / LEAKPROOF'],
  // Access
  ['GRANT SELECT ON a TO bo', 'privilege_change bounded table:a,role:bo'],
  ['GRANT SELECT (x, y) ON a TO bo', 'privilege_change bounded table:a,column:a.x,column:a.y,role:bo'],
  ['GRANT ALL ON ALL TABLES IN SCHEMA s TO bo', 'privilege_change unbounded schema:s,role:bo'],
  ['GRANT SELECT ON a TO PUBLIC', 'privilege_change unbounded table:a,role:public'],
  ['GRANT admin TO bo', 'privilege_change one role:admin,role:bo'],
  ['REVOKE SELECT ON a FROM bo', 'privilege_change bounded table:a,role:bo'],
  ['ALTER ROLE bo SUPERUSER', 'privilege_change one role:bo'],
  ['REASSIGN OWNED BY a TO b', 'privilege_change unbounded role:a,role:b'],
  ['CREATE POLICY p ON t USING (true)', 'privilege_change one policy:p,table:t'],
  // Session and parameters
  ['SET statement_timeout = 5', 'session one parameter:statement_timeout'],
  ['SET ROLE admin', 'identity_change one role:admin'],
  ['SET SESSION AUTHORIZATION bo', 'identity_change one role:bo'],
  ['RESET ROLE', 'identity_change one parameter:role'],
  ['SET search_path = evil', 'config_change one parameter:search_path'],
  ['SET row_security = off', 'privilege_change one parameter:row_security'],
  ['SET session_replication_role = replica', 'log_tamper one parameter:session_replication_role'],
  ['SET log_statement = none', 'log_tamper one parameter:log_statement'],
  ['SET transaction_read_only = off', 'config_change one parameter:transaction_read_only'],
  ['BEGIN READ ONLY', 'session one parameter:transaction_read_only'],
  ['SET TRANSACTION READ WRITE', 'config_change one parameter:transaction_read_only'],
  ['ALTER SYSTEM SET work_mem = 1', 'config_change unbounded parameter:work_mem / ALTER SYSTEM'],
  [
    "ALTER SYSTEM SET archive_command = 'x'",
    'config_change unbounded parameter:archive_command / ALTER SYSTEM',
    'code_execution unbounded parameter:archive_command / ALTER SYSTEM',
  ],
  ['SHOW ALL', 'none one parameter:all'],
  ['LOCK TABLE a', 'process_control bounded table:a'],
  ['VACUUM', 'process_control unbounded '],
  ['VACUUM a', 'write bounded table:a'],
  ['REINDEX DATABASE d', 'process_control unbounded database:d'],
  ["LOAD 'x'", 'code_execution one library:x'],
  ['PREPARE p AS DELETE FROM t; EXECUTE p', 'delete unbounded table:t', 'session one ', 'session one '],
  ['EXECUTE q', 'opaque unknown  / EXECUTE q'],
  ['ROLLBACK', 'session unknown '],
  ['BEGIN; COMMIT; SELECT 1', 'session one ', 'session one '],
  ['COMMIT; INSERT INTO t VALUES (1)', 'session unknown ', 'config_change one parameter:transaction', 'write one table:t'],
  ['BEGIN; COMMIT AND CHAIN; COMMIT', 'session one ', 'session one ', 'session one '],
  ["COMMIT PREPARED 'x'", 'opaque unknown  / transaction x'],
  ["PREPARE TRANSACTION 'x'", 'process_control one transaction:x'],
  ['NOTIFY c', 'process_control one channel:c'],
  ['CLUSTER a', 'write bounded table:a', 'process_control bounded table:a'],
  ['REINDEX TABLE CONCURRENTLY a', 'write bounded table:a'],
  ['REINDEX TABLE a', 'write bounded table:a', 'process_control bounded table:a'],
  ['VACUUM FULL a', 'write bounded table:a', 'process_control bounded table:a'],
  ['ANALYZE', 'write bounded '],
  ['DISCARD ALL', 'schema_drop bounded  / DISCARD', 'config_change one  / DISCARD'],
  ['SET standard_conforming_strings = off', 'config_change one parameter:standard_conforming_strings'],
  // Movement
  ['COPY a TO STDOUT', 'export unbounded table:a / COPY TO', 'read unbounded table:a'],
  ["COPY a TO '/tmp/x'", 'export unbounded table:a,file:/tmp/x / COPY TO', 'read unbounded table:a'],
  ["COPY (SELECT 1) TO PROGRAM 'id'", 'code_execution one program:id / PROGRAM', 'export bounded program:id / COPY TO'],
  ["COPY a FROM '/etc/shadow'", 'secret_read one file:/etc/shadow / COPY FROM', 'write bounded table:a / COPY FROM'],
  ['COPY a FROM STDIN', 'write bounded table:a / COPY FROM'],
  ['COPY (DELETE FROM a RETURNING *) TO STDOUT', 'delete unbounded table:a', 'export bounded  / COPY TO'],
  ['EXPLAIN DELETE FROM t', 'read bounded  / EXPLAIN'],
  ['EXPLAIN (ANALYZE off) DELETE FROM t', 'read bounded  / EXPLAIN'],
  ['EXPLAIN (ANALYZE off, ANALYZE) DELETE FROM t', 'delete unbounded table:t / EXPLAIN ANALYZE'],
  ['EXPLAIN ANALYZE DELETE FROM t', 'delete unbounded table:t / EXPLAIN ANALYZE'],
  ['EXPLAIN SELECT mystery()', 'opaque unknown  / mystery', 'read bounded  / EXPLAIN'],
  ["COPY a FROM '/data/a.csv'", 'secret_read one file:/data/a.csv / COPY FROM', 'write bounded table:a / COPY FROM'],
  [
    'CREATE PUBLICATION p FOR TABLE a WHERE (mystery())',
    'opaque unknown  / mystery',
    'schema_change one publication:p,table:a',
    'export bounded publication:p,table:a',
  ],
  ['ALTER PUBLICATION p DROP TABLE a', 'schema_change one publication:p,table:a'],
  [
    'CREATE PUBLICATION p FOR TABLES IN SCHEMA s',
    'schema_change one publication:p,schema:s',
    'export unbounded publication:p,schema:s',
  ],
  ['CREATE PUBLICATION p FOR ALL TABLES', 'schema_change one publication:p', 'export unbounded publication:p'],
  [
    "CREATE SUBSCRIPTION s CONNECTION 'host=x' PUBLICATION p",
    'schema_change one subscription:s',
    'network one subscription:s',
    'write unbounded subscription:s',
  ],
  [
    "CREATE FOREIGN TABLE f (a text) SERVER s OPTIONS (program 'id')",
    'schema_change one foreign table:f',
    'code_execution one program:id / OPTIONS program',
    'network one server:s',
  ],
  ['IMPORT FOREIGN SCHEMA a FROM SERVER s INTO b', 'schema_change unbounded server:s', 'network one server:s'],
  // Code
  [
    'CREATE EXTENSION plpython3u',
    'schema_change one extension:plpython3u',
    'code_execution one extension:plpython3u / plpython3u',
  ],
  ['CREATE EXTENSION pgcrypto', 'schema_change one extension:pgcrypto'],
  ['CREATE EXTENSION nobody_knows', 'schema_change one extension:nobody_knows', 'opaque unknown  / nobody_knows'],
  [
    'CREATE TRIGGER g AFTER INSERT ON t EXECUTE FUNCTION f()',
    'schema_change one trigger:g,table:t',
    'persistence one trigger:g,table:t',
  ],
  [
    'CREATE RULE r AS ON INSERT TO t DO ALSO DELETE FROM u',
    'schema_change one rule:r,table:t',
    'persistence one rule:r,table:t',
    'delete unbounded table:u / rule r',
  ],
  ['CALL p(1)', 'opaque unknown  / CALL › p'],
];

describe('statements', () => {
  it.each(cases.map(([text, ...expected]) => ({ text, expected })))('$text', ({ text, expected }) => {
    expect(told(text)).toEqual(expected);
  });

  it('takes a statement that nobody knows for opaque', () => {
    const tree = { version: 1, stmts: [{ stmt: { NewFangledStmt: {} } }] };
    expect(effectsOf(tree as never, 'NEW FANGLED', parser)).toMatchObject([{ kind: 'opaque', span: { start: 0, end: 11 } }]);
  });

  it('takes a part of ALTER TABLE that nobody knows for opaque', () => {
    const tree = { stmts: [{ stmt: { AlterTableStmt: { cmds: [{ AlterTableCmd: { subtype: 'AT_NewFangled' } }] } } }] };
    expect(effectsOf(tree as never, 'ALTER', parser)).toMatchObject([{ kind: 'opaque' }]);
  });

  it('lists no more effects than anybody weighs and says that there are more', () => {
    const { effects, complete } = analyseSql('DROP TABLE a;'.repeat(1100), parser);
    expect(effects.length).toBe(1001);
    expect(effects.at(-1)).toMatchObject({ kind: 'opaque', why: '100 more effects than are listed' });
    expect(complete).toBe(false);
  });
});
