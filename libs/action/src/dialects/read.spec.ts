/** What statements of each dialect would do. */
import { beforeAll, describe, expect, it } from 'vitest';
import { prepareDialects } from './read.ts';
import { analysed, effectsIn } from './testing.ts';

beforeAll(prepareDialects);

type Case = readonly [text: string, ...effects: string[]];

const CASES: Readonly<Record<string, readonly Case[]>> = {
  mysql: [
    ['SELECT a FROM t', 'read/unbounded t'],
    ['SELECT a FROM t WHERE b = 1', 'read/bounded t'],
    ['SELECT COUNT(*) FROM t', 'read/bounded t'],
    ["SELECT 'it\\'s' FROM t WHERE b = 1", 'read/bounded t'],
    ["SELECT a FROM t INTO OUTFILE '/srv/out.csv'", 'export/unbounded /srv/out.csv', 'read/unbounded t'],
    ['SELECT a INTO @a FROM t WHERE id = 3', 'read/bounded t'],
    ["SELECT load_file('/srv/plain.txt')", 'secret_read/one /srv/plain.txt'],
    ['SELECT sleep(5)', 'process_control/one'],
    ['SELECT user, authentication_string FROM mysql.user', 'secret_read/bounded mysql.user', 'read/unbounded mysql.user'],
    ['SELECT my_own(1)', 'opaque/unknown'],
    ['INSERT INTO t (a) VALUES (1)', 'write/one t'],
    ['INSERT INTO t (a) VALUES (1) ON DUPLICATE KEY UPDATE a = 2', 'write/one t', 'write/bounded t'],
    ['REPLACE INTO t (a) VALUES (1)', 'write/one t', 'delete/unknown t'],
    ['UPDATE t SET a = 1', 'write/unbounded t'],
    ['UPDATE t SET a = 1 WHERE b = 2', 'write/bounded t'],
    ['UPDATE t, u SET t.a = 1 WHERE t.id = u.id', 'write/bounded t', 'read/bounded u'],
    ['DELETE FROM t WHERE "id" = "id"', 'delete/unbounded t'],
    ['DELETE FROM "t" WHERE "id" = 7', 'delete/bounded t'],
    ['DELETE FROM t LIMIT 5', 'delete/bounded t'],
    ["DELETE FROM t WHERE a = 'x' || 'y'", 'delete/unbounded t'],
    ['DELETE x FROM t AS x JOIN u ON u.a = x.a', 'delete/unbounded t', 'read/bounded u'],
    ['SET sql_log_bin = 0', 'log_tamper/one sql_log_bin'],
    ['SET @a = 1, @@session.sql_log_bin = 0', 'session/one @a', 'log_tamper/one sql_log_bin'],
    [
      'CREATE PROCEDURE p() BEGIN DECLARE EXIT HANDLER FOR SQLEXCEPTION SET sql_log_bin = 0; END',
      'schema_change/one p',
      'log_tamper/one sql_log_bin',
    ],
    ['CREATE PROCEDURE p() BEGIN DECLARE n, m INT; SET m = 1; END', 'schema_change/one p', 'session/one', 'session/one m'],
    ['SET GLOBAL max_connections = 5', 'config_change/unbounded max_connections'],
    ["PREPARE s FROM 'DROP TABLE t'", 'schema_drop/one t'],
    ['PREPARE s FROM @x', 'opaque/unknown'],
    ['PURGE BINARY LOGS BEFORE NOW()', 'log_tamper/unbounded'],
    ["INSTALL PLUGIN p SONAME 'p.so'", 'code_execution/unbounded p'],
    ["CREATE FUNCTION f RETURNS INTEGER SONAME 'f.so'", 'schema_change/one f', 'code_execution/one f'],
    ['CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO DELETE FROM t', 'schema_change/one e', 'persistence/one e', 'delete/unbounded t'],
    ['CREATE PROCEDURE p() BEGIN IF 1 THEN DELETE FROM t; END IF; END', 'schema_change/one p', 'delete/unbounded t'],
    ['DELIMITER //\nCREATE PROCEDURE p() BEGIN DROP TABLE t; END//\nDELIMITER ;', 'schema_change/one p', 'schema_drop/one t'],
    ['ALTER TABLE t ADD COLUMN a INT, DROP COLUMN b', 'schema_change/one t', 'schema_drop/one t t.b'],
    ['ALTER TABLE t TRUNCATE PARTITION p0', 'delete/unbounded t'],
    ['EXPLAIN DELETE FROM t', 'read/bounded'],
    ['EXPLAIN ANALYZE DELETE FROM t', 'delete/unbounded t'],
    ['ANALYZE TABLE t', 'write/bounded t'],
    ['ANALYZE FORMAT=JSON DELETE FROM t', 'delete/unbounded t'],
    ['SET STATEMENT max_statement_time = 1 FOR DELETE FROM t', 'session/one max_statement_time', 'delete/unbounded t'],
    ["TABLE t INTO OUTFILE '/srv/x'", 'export/unbounded /srv/x', 'read/unbounded t'],
    ['SHOW TABLES', 'none/one'],
    ['SHUTDOWN', 'process_control/unbounded'],
    ['SELECT a FROM t WHERE b = 1\\G', 'read/bounded t'],
    ["SELECT 'a\\Gb' FROM t WHERE b = 1", 'read/bounded t'],
    ['\\! rm x', 'opaque/unknown'],
    ['source /srv/x.sql', 'opaque/unknown'],
  ],
  mssql: [
    ['SELECT TOP 5 * FROM t WITH (NOLOCK)', 'read/bounded t'],
    ['DELETE TOP (10) FROM t', 'delete/bounded t'],
    ['SELECT 1 SHUTDOWN', 'process_control/unbounded'],
    ['SELECT a FROM t DELETE FROM u', 'read/unbounded t', 'delete/unbounded u'],
    ['IF EXISTS (SELECT 1) DELETE FROM t', 'delete/unbounded t'],
    ["EXEC('DROP TABLE ' + 't')", 'schema_drop/one t'],
    ["EXEC sp_executesql N'DELETE FROM t'", 'delete/unbounded t'],
    ['EXEC (@sql)', 'opaque/unknown'],
    ['EXEC dbo.own_procedure 1', 'opaque/unknown'],
    ["EXEC xp_cmdshell 'whoami'", 'code_execution/one whoami', 'opaque/unknown'],
    ["EXEC sp_configure 'show advanced options', 1", 'config_change/one sp_configure'],
    ['EXEC sp_help', 'read/bounded sp_help'],
    ["SELECT * FROM OPENQUERY(far, 'DELETE FROM t')", 'network/unbounded', 'delete/unbounded t'],
    ['SELECT 1\nGO\nDROP TABLE t\nGO', 'schema_drop/one t'],
    ['SELECT * FROM far.base.dbo.t', 'network/one far.base.dbo.t', 'read/unbounded far.base.dbo.t'],
    ['DENY SELECT ON t TO u', 'privilege_change/bounded t u'],
    ['MERGE INTO t USING s ON t.id = s.id WHEN NOT MATCHED BY SOURCE THEN DELETE;', 'delete/unbounded t', 'read/bounded s'],
  ],
  oracle: [
    ['DELETE t WHERE a = 1', 'delete/bounded t'],
    ['BEGIN UPDATE t SET a = 1; END;', 'write/unbounded t'],
    ["DECLARE n NUMBER; BEGIN EXECUTE IMMEDIATE 'DROP TABLE t'; END;", 'session/one', 'schema_drop/one t'],
    ["BEGIN EXECUTE IMMEDIATE 'DROP TABLE ' || x; END;", 'opaque/unknown'],
    ["SELECT utl_http.request('http://far') FROM dual", 'export/one http://far'],
    ['SELECT a FROM t@far', 'network/one t@far', 'read/unbounded t@far'],
    ['PURGE RECYCLEBIN', 'delete/unbounded'],
    ['NOAUDIT ALL', 'log_tamper/unbounded'],
    ["SELECT q'[it's]' FROM dual", 'none/one'],
    ['INSERT ALL INTO a VALUES (1) INTO b VALUES (2) SELECT 1 FROM dual', 'write/bounded a', 'write/bounded b'],
    ["ALTER SYSTEM KILL SESSION '1,2'", 'process_control/one', 'config_change/unbounded'],
  ],
  sqlite: [
    ['.tables', 'none/one'],
    ['.mode csv\nSELECT a FROM t;\n.quit', 'read/unbounded t'],
    ['.shell rm x', 'opaque/unknown'],
    ['.output x.csv\nSELECT a FROM t;', 'export/unbounded x.csv', 'read/unbounded t'],
    ['.load ./x', 'code_execution/one ./x'],
    ['PRAGMA table_info(t)', 'read/bounded table_info'],
    ['PRAGMA writable_schema = ON', 'config_change/one writable_schema'],
    ["SELECT load_extension('x')", 'code_execution/one x'],
    ["VACUUM INTO 'copy.db'", 'export/unbounded copy.db'],
    ["SELECT a FROM t WHERE b GLOB 'x*'", 'read/bounded t'],
    ['INSERT OR REPLACE INTO t VALUES (1)', 'write/one t', 'delete/unknown t'],
    ['DELETE FROM sqlite_master WHERE name = 1', 'delete/bounded sqlite_master', 'privilege_change/bounded sqlite_master'],
  ],
  snowflake: [
    ["COPY INTO 's3://far/' FROM t", 'export/unbounded t s3://far/'],
    ['COPY INTO t FROM @stage', 'write/bounded t'],
    ['GET @stage/a file:///here', 'export/bounded @stage'],
    [
      'CREATE PROCEDURE p() RETURNS INT LANGUAGE SQL AS $$ BEGIN DELETE FROM t; END $$',
      'schema_change/one p',
      'delete/unbounded t',
    ],
    ["CREATE PROCEDURE p() RETURNS INT LANGUAGE PYTHON AS 'x'", 'schema_change/one p', 'code_execution/one python'],
    ['USE ROLE accountadmin', 'identity_change/one accountadmin'],
    ['CREATE OR REPLACE TABLE t (a INT)', 'schema_change/one t', 'delete/unknown t'],
    ['INSERT OVERWRITE INTO t SELECT 1', 'write/bounded t', 'delete/unbounded t'],
    ['SELECT a // a comment\nFROM t', 'read/unbounded t'],
    ["CREATE TASK k SCHEDULE = '1 minute' AS DELETE FROM t", 'schema_change/one k', 'persistence/one k', 'delete/unbounded t'],
  ],
  bigquery: [
    ["EXPORT DATA OPTIONS (uri = 'gs://far/*') AS SELECT a FROM t", 'read/unbounded t', 'export/unbounded'],
    ['DELETE FROM t WHERE true', 'delete/unbounded t'],
    ['BEGIN DELETE FROM t WHERE TRUE; END', 'delete/unbounded t'],
    ['SELECT SAFE.SUBSTR(a, 1) FROM t', 'read/unbounded t'],
    ["SELECT '''a' ; DROP TABLE t; --'''", 'none/one'],
  ],
  redshift: [
    ["UNLOAD ('SELECT a FROM t') TO 's3://far'", 'read/unbounded t', 'export/unbounded t s3://far'],
    ["COPY t FROM 's3://far'", 'network/one s3://far', 'write/bounded t'],
    ['TRUNCATE"t"', 'delete/unbounded t'],
  ],
  clickhouse: [
    ['ALTER TABLE t DELETE WHERE 1', 'delete/unbounded t'],
    ['ALTER TABLE t UPDATE a = 1 WHERE b = 2', 'write/bounded t'],
    ["INSERT INTO FUNCTION s3('https://far') SELECT a FROM t", 'export/bounded https://far', 'read/unbounded t'],
    ["SELECT * FROM url('http://far', 'CSV')", 'network/one http://far'],
    ["SELECT * FROM file('a.csv')", 'secret_read/one a.csv'],
    ['SELECT sumIf(a, b) FROM t FORMAT JSON', 'read/unbounded t'],
    ['WITH 1 AS x, toDate(now()) AS y SELECT x, y FROM t', 'read/unbounded t'],
    ['WITH own_function(1) AS x SELECT x', 'opaque/unknown'],
    ['SELECT a FROM t SETTINGS max_threads = 2', 'read/unbounded t'],
    ['SELECT a FROM t SETTINGS log_queries = 0', 'log_tamper/one log_queries', 'read/unbounded t'],
    ['SYSTEM SHUTDOWN', 'process_control/unbounded'],
  ],
  duckdb: [
    ["SELECT * FROM 'a.csv'", 'read/bounded "a.csv"'],
    ["COPY t TO 'b.csv'", 'export/unbounded t b.csv'],
    ['INSTALL other', 'code_execution/one other'],
  ],
  databricks: [["SELECT reflect('java.lang.Runtime', 'x')", 'code_execution/one java.lang.Runtime']],
  hive: [["INSERT OVERWRITE DIRECTORY '/far' SELECT a FROM t", 'export/unbounded t /far', 'read/unbounded t']],
};

describe('SQL of other dialects', () => {
  const rows = Object.entries(CASES).flatMap(([dialect, cases]) =>
    cases.map(([text, ...effects]) => ({ dialect, text, effects })),
  );

  it.each(rows)('$dialect: $text', ({ dialect, text, effects }) => {
    const found = effectsIn(dialect, text);
    expect(found).toEqual(effects);
  });

  it('says why it cannot read a dialect that nobody knows', () => {
    const { effects, complete } = analysed('klingon', 'SELECT 1');
    expect(complete).toBe(false);
    expect(effects[0]?.why).toContain('klingon');
  });

  it('gives texts that differ only in literals one fingerprint', () => {
    const one = analysed('mysql', "SELECT a FROM t WHERE b IN (1, 2) AND c = 'x'");
    const two = analysed('mysql', "select a from t /* c */ where b in (7, 8, 9) and c = 'why'");
    const three = analysed('mysql', "SELECT a FROM u WHERE b IN (1, 2) AND c = 'x'");
    expect(one.normalised).toBe('select a from t where b in (?) and c = ?');
    expect(two.fingerprint).toBe(one.fingerprint);
    expect(three.fingerprint).not.toBe(one.fingerprint);
  });

  it('points at the words that matter', () => {
    const text = "SELECT 1; SELECT a, load_file('/etc/passwd') FROM t";
    const read = analysed('mysql', text).effects.find((effect) => effect.kind === 'secret_read');
    expect(text.slice(read?.span.start, read?.span.end)).toBe("load_file('/etc/passwd')");
  });

  it('tells a rollback of what was begun elsewhere from its own', () => {
    expect(effectsIn('redshift', 'ABORT')).toEqual(['session/unknown']);
    expect(effectsIn('mysql', 'ROLLBACK')).toEqual(['session/unknown']);
    expect(effectsIn('mysql', 'COMMIT')).toEqual(['session/one']);
    expect(effectsIn('mysql', 'BEGIN; INSERT INTO t VALUES (1); ROLLBACK')).toEqual([
      'session/one',
      'write/one t',
      'session/one',
    ]);
  });

  it('finds that a text leaves the transaction that it was sent in', () => {
    expect(effectsIn('mysql', 'SELECT 1; COMMIT; INSERT INTO t VALUES (1)')).toContain('config_change/one');
    expect(effectsIn('mysql', 'BEGIN; INSERT INTO t VALUES (1); COMMIT')).toEqual(['session/one', 'write/one t', 'session/one']);
  });
});
