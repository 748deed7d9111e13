/** Ways out of the reader's gate that were found or thought of, each tried on the running interface. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startFixture } from './testing/fixture.ts';
import type { Fixture } from './testing/fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'countersign-escapes-'));
const canary = join(folder, 'canary.txt');
const outfile = join(folder, 'out.txt');
let fixture: Fixture;

beforeAll(async () => {
  writeFileSync(canary, 'CANARY\n');
  fixture = await startFixture();
  await fixture.write('CREATE TABLE t (tenant String, id UInt64) ENGINE = MergeTree ORDER BY id');
  await fixture.write("INSERT INTO t VALUES ('a', 1), ('b', 2)");
});
afterAll(async () => {
  await fixture.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function expectRefused(sql: string, parameters: Readonly<Record<string, string>> = {}) {
  const reply = await fixture.read('a', sql, parameters);
  expect(reply.text).not.toContain('CANARY');
  expect(existsSync(outfile)).toBe(false);
  expect(reply.text).toMatch(/^Code: (497|164|115|36|62)\. DB::Exception: /);
  expect(reply.status).toBeGreaterThanOrEqual(400);
  expect(await fixture.write('SELECT count() FROM t')).toBe('2\n');
}

describe('files', () => {
  it.each([
    `SELECT * FROM file('${canary}', 'LineAsString')`,
    `SELECT file('${canary}')`,
    `SELECT FILE('${canary}')`,
    `SELECT \`file\`('${canary}')`,
    `SELECT "file"('${canary}')`,
    `SELECT "fi\\x6ce"('${canary}')`,
    `SELECT/**/file/**/('${canary}')`,
    `SELECT 1 --\n, file('${canary}')`,
    `SELECT # a comment\n file('${canary}')`,
    `SELECT \uFB01le('${canary}')`,
    `SELECT fi\u200Ble('${canary}')`,
    `SELECT\u00A0file('${canary}')`,
    `SELECT arrayMap(file, ['${canary}'])`,
    `SELECT arrayMap(x -> file(x), ['${canary}'])`,
    `SELECT * APPLY(file) FROM (SELECT '${canary}')`,
    `SELECT * APPLY(x -> file(x)) FROM (SELECT '${canary}' AS x)`,
    `SELECT * REPLACE(file('${canary}') AS id) FROM t`,
    `WITH file('${canary}') AS x SELECT x`,
    `SELECT 1 FROM t WHERE file('${canary}') = ''`,
    `SELECT count() OVER (PARTITION BY file('${canary}')) FROM t`,
    `DESCRIBE TABLE file('${canary}', 'LineAsString')`,
    `EXPLAIN SYNTAX SELECT file('${canary}')`,
    `SELECT * FROM view(SELECT file('${canary}'))`,
    `SELECT * FROM fileCluster('c', '${canary}', 'LineAsString')`,
    `SELECT * FROM executable('cat ${canary}', 'TSV', 'x String')`,
    `SELECT * FROM sqlite('${canary}', 't')`,
    `file('${canary}')`,
    `FROM file('${canary}', 'LineAsString')`,
    `SELECT catboostEvaluate('${canary}', 1)`,
    `SELECT naiveBayesClassifier('${canary}', 'x')`,
  ])('are not read by %s', (sql) => expectRefused(sql));

  // clickhouse-local reads a file where a table of that name is missing.
  it.each([
    `SELECT * FROM '${canary}'`,
    `SELECT * FROM \`${canary}\``,
    `SELECT * FROM "${canary}"`,
    `SELECT * FROM default."${canary}"`,
    `SELECT * FROM countersign."${canary}"`,
    `SELECT * FROM _temporary_and_external_tables."${canary}"`,
    `DESCRIBE TABLE "${canary}"`,
    `SHOW CREATE TABLE default."${canary}"`,
    `SELECT 1 IN default."${canary}"`,
  ])('are not tables: %s', async (sql) => {
    const reply = await fixture.read('a', sql);
    expect(reply.text).not.toContain('CANARY');
    expect(reply.text).toMatch(/^Code: (497|291|60|62|81|47)\. /);
  });

  it.each([
    `SELECT 1 INTO OUTFILE '${outfile}'`,
    `SELECT 1 INTO OUTFILE '${outfile}' TRUNCATE FORMAT CSV`,
    `select 1 into/**/outfile '${outfile}'`,
    `EXPLAIN AST SELECT 1 INTO OUTFILE '${outfile}'`,
    `EXPLAIN SYNTAX SELECT 1 INTO OUTFILE '${outfile}'`,
    `SHOW TABLES INTO OUTFILE '${outfile}'`,
    `DESCRIBE t INTO OUTFILE '${outfile}'`,
    `INSERT INTO FUNCTION file('${outfile}') SELECT 1`,
    `BACKUP TABLE t TO File('${outfile}')`,
  ])('are not written by %s', (sql) => expectRefused(sql));

  it.each([
    ['SELECT 1', { output_format_schema: outfile }],
    ['SELECT 1 FORMAT Template', { format_template_row: canary }],
    [`SELECT 1 FORMAT Template SETTINGS format_template_row = '${canary}'`, {}],
    ['SELECT 1', { user_files_path: '/' }],
  ])('are not reached by settings: %s %j', (sql, parameters) => expectRefused(sql, parameters));
});

describe('other machines', () => {
  it.each([
    "SELECT * FROM url('http://127.0.0.1:1/', 'LineAsString')",
    "SELECT * FROM remote('127.0.0.1', 'system', 'one')",
    "SELECT * FROM remoteSecure('127.0.0.1', 'system', 'one')",
    "SELECT * FROM s3('http://127.0.0.1:1/x', 'CSV')",
    "SELECT * FROM clusterAllReplicas('default', 'system', 'one')",
    "SELECT * FROM cluster('default', 'system', 'one')",
    "SELECT 1 FROM t, mysql('h', 'd', 't', 'u', 'p')",
    "SELECT * FROM postgresql('h', 'd', 't', 'u', 'p')",
    "SELECT aiClassify('x', ['y'])",
    "SELECT AIGenerate('x')",
  ])('are not called by %s', (sql) => expectRefused(sql));
});

describe('statements that do something', () => {
  it.each([
    'KILL QUERY WHERE 1',
    'SYSTEM FLUSH LOGS',
    'SYSTEM STOP MERGES',
    'SELECT 1; SELECT 2',
    'SELECT 1; DROP TABLE t',
    'SELECT 1 PARALLEL WITH SELECT 2',
    'SET readonly = 0',
    'USE system',
    'BEGIN TRANSACTION',
    'EXECUTE AS default SELECT 1',
    'CREATE TABLE x (a Int8) ENGINE = Memory',
    'CREATE TEMPORARY TABLE x (a Int8)',
    'CREATE DICTIONARY x (a UInt64) PRIMARY KEY a SOURCE(NULL()) LAYOUT(FLAT()) LIFETIME(0)',
    'CREATE FUNCTION f AS x -> x',
    'CREATE USER u',
    'GRANT ALL ON *.* TO default',
    "INSERT INTO t VALUES ('a', 3)",
    'ALTER TABLE t DELETE WHERE 1',
    'DELETE FROM t WHERE 1',
    'UPDATE t SET id = 1 WHERE 1',
    'DROP TABLE t',
    'TRUNCATE TABLE t',
    'DETACH TABLE t',
    'ATTACH TABLE t',
    'RENAME TABLE t TO u',
    'OPTIMIZE TABLE t',
    'CHECK TABLE t',
    "RESTORE TABLE t FROM File('x')",
  ])('are refused: %s', (sql) => expectRefused(sql));
});

describe('settings and names', () => {
  it.each([
    ["SELECT count() FROM t SETTINGS log_comment = 'b'", {}],
    ['SELECT 1 SETTINGS readonly = 0', {}],
    ['SELECT * FROM (SELECT 1 sEtTiNgS max_execution_time = 0)', {}],
    ['SELECT 1', { log_comment: 'b' }],
    ['SELECT 1', { allow_introspection_functions: '1' }],
    ['SELECT 1', { session_timezone: 'UTC --readonly=0' }],
    ['SELECT 1', { database: 'system' }],
    ['SELECT * FROM processes', { database: 'system' }],
    ['SELECT * FROM {name:Identifier}', { param_name: 't' }],
    ['SELECT * FROM { name : Identifier }', { param_name: 't' }],
    ["SELECT * FROM eval('SELECT 1')", {}],
    ["SELECT getSetting('log_comment')", {}],
    ["SELECT getServerSetting('path')", {}],
    ['SELECT sleep(3)', {}],
  ])('are refused: %s %j', (sql, parameters) => expectRefused(sql, parameters));

  it.each([
    'SELECT * FROM system.processes',
    'SELECT * FROM SYSTEM.processes',
    'SELECT * FROM `system`.`processes`',
    'SELECT * FROM "sys\\x74em"."processes"',
    'SELECT * FROM system . /**/ processes',
    'SELECT 1 IN system.processes',
    'SELECT * FROM system.query_log',
    'SELECT * FROM system.parts',
    'SELECT * FROM system.users',
    'SELECT * FROM system.row_policies',
    'SELECT * FROM information_schema.tables',
    "SELECT * FROM merge('system', 'processes')",
    'SHOW PROCESSLIST',
    'SHOW GRANTS',
    'SHOW CREATE USER default',
    'DESCRIBE system.processes',
    'EXISTS system.processes',
  ])('of the system are refused: %s', (sql) => expectRefused(sql));
});

describe('texts that are hard to parse', () => {
  it.each([
    ['parentheses', `SELECT ${'('.repeat(30_000)}1${')'.repeat(30_000)}`],
    ['arrays', `SELECT ${'['.repeat(30_000)}${']'.repeat(30_000)}`],
    ['NOT', `SELECT ${'NOT '.repeat(15_000)}1`],
    ['open calls', `SELECT ${'f('.repeat(30_000)}`],
    ['CASE', `SELECT ${'CASE WHEN 1 THEN '.repeat(3_000)}1`],
    ['subqueries', `SELECT * FROM ${'(SELECT * FROM '.repeat(4_000)}t`],
    ['open comments', `SELECT ${'/*'.repeat(30_000)}`],
    ['NUL', 'SELECT 1 \0; DROP TABLE t'],
  ])('are refused and harm nobody: %s', (_, sql) => expectRefused(sql));
});

describe('what readers need', () => {
  it.each([
    ['SELECT count() FROM t', '1\n'],
    ['FROM t SELECT id', '1\n'],
    ["SELECT 'file( SETTINGS INTO OUTFILE system.processes'", 'file( SETTINGS INTO OUTFILE system.processes\n'],
    ['SHOW TABLES', 't\n'],
    ['EXISTS TABLE t', '1\n'],
    ["SELECT name FROM system.tables WHERE database = 'countersign'", 't\n'],
    ["SELECT c.name FROM system.columns AS c WHERE c.table = 't' ORDER BY position", 'tenant\nid\n'],
    ["SELECT CASE WHEN 1 THEN 2 END, CAST(1, 'String'), toDate('2020-01-01') + INTERVAL 1 DAY", '2\t1\t2020-01-02\n'],
    ['SELECT quantile(0.5)(number), countIf(number > 2) FROM numbers(5)', '2\t2\n'],
    ['SELECT sum(x) OVER (ORDER BY x) FROM (SELECT arrayJoin([1, 2]) AS x)', '1\n3\n'],
  ])('works: %s', async (sql, text) => expect(await fixture.read('a', sql)).toMatchObject({ text, status: 200 }));
});
