/** The pure half of the reader's gate: statements as the engine's formatter writes them, and what is refused among them. */
import { describe, expect, it } from 'vitest';
import { screen } from './gate.ts';
import { quoteLiteral, tokenize } from './sql-text.ts';

const admitted = (sql: string) => screen(sql, 'countersign');

describe('tokenize', () => {
  it('keeps literals and quoted names apart from words', () => {
    const tokens = tokenize('SELECT \'file(\' AS `a``b`, "c\\"d".1, 0x1F + 1.5e-3 FROM t');
    expect(tokens?.filter((token) => token.type === 'word').map((token) => token.text)).toEqual([
      'SELECT',
      'AS',
      'a`b',
      'c"d',
      'FROM',
      't',
    ]);
  });

  it.each([["SELECT 'open"], ['SELECT `open'], ['SELECT "open'], ['SELECT \u00e9'], ['SELECT \u200b1'], ['SELECT \\1']])(
    'does not guess about %j',
    (sql) => expect(tokenize(sql)).toBeUndefined(),
  );

  it('reads 64 KiB of quotes and escapes in linear time', () => {
    expect(tokenize(quoteLiteral("\\'".repeat(32_768)))).toHaveLength(1);
    expect(tokenize(`'${"''".repeat(32_768)}`)).toBeUndefined();
  });
});

describe('screen', () => {
  it.each([
    ['SELECT count() FROM decisions'],
    ["WITH x AS (SELECT * FROM decisions) SELECT * FROM x WHERE text = 'file(1) SETTINGS a = 1 INTO OUTFILE'"],
    ['(SELECT 1) UNION ALL (SELECT 2)'],
    ["SELECT format('{}', 1), replace('a', 'b', 'c'), url, merge FROM (SELECT 1 AS url, 2 AS merge)"],
    ['SELECT {tenant:String}, {ids:Array(UInt64)}'],
    ['SELECT number FROM numbers(10) FORMAT JSONEachRow'],
    ['DESCRIBE TABLE (SELECT 1)'],
    ['SHOW CREATE TABLE decisions'],
    ['EXPLAIN SYNTAX SELECT 1'],
    ['SELECT value FROM system.settings'],
  ])('admits %s unchanged', (sql) => expect(admitted(sql).sql).toBe(sql));

  it.each([
    ["SELECT FiLe('/etc/passwd')", 'reads files'],
    ["SELECT `file`('/etc/passwd')", 'reads files'],
    ["SELECT arrayMap(file, ['/etc/passwd'])", 'reads files'],
    ["SELECT arrayMap(joinGet, ['j'], ['x'], [1])", 'past the rows'],
    ["SELECT * APPLY(getSetting) FROM (SELECT 'log_comment')", 'set up'],
    ["SELECT * FROM eval('SELECT 1')", 'nobody has read'],
    ["SELECT AIGenerate('x')", 'another machine'],
    ["SELECT * FROM merge('countersign', '.*')", 'does not name'],
    ['SELECT * FROM `merge`(REGEXP(1))', 'does not name'],
    ["SELECT dictGet('d', 'x', 1)", 'past the rows'],
    ['SELECT * FROM mergeTreeIndex(countersign, decisions)', 'past the rows'],
    ["SELECT 1 FROM t, mysql('a')", 'table function mysql'],
    ['SELECT * FROM brandNewSource(1)', 'table function brandNewSource'],
    ['SELECT * FROM system.processes', 'system.processes'],
    ['SELECT * FROM `SYSTEM`.`processes`', 'system.processes'],
    ['SELECT 1 IN (system.query_log)', 'system.query_log'],
    ['SELECT * FROM information_schema.tables', 'information_schema'],
    ['SELECT * FROM {name:Identifier}', 'Identifier'],
    ["SELECT * FROM (SELECT * FROM t SETTINGS log_comment = 'b')", 'SETTINGS'],
    ["EXPLAIN AST SELECT 1 INTO OUTFILE '/tmp/x'", 'OUTFILE'],
    ['EXPLAIN ESTIMATE SELECT * FROM t', 'this kind'],
    ['EXPLAIN SELECT * FROM t', 'this kind'],
    ['EXPLAIN indexes = 1 SELECT * FROM t', 'this kind'],
    ['SHOW PROCESSLIST', 'this kind'],
    ['CHECK TABLE t', 'this kind'],
    ['', 'could not be read'],
  ])('refuses %s', (sql, why) => expect(() => admitted(sql)).toThrow(why));

  it('reads the catalogue through a subquery without the columns that count rows', () => {
    const { sql } = admitted('SELECT t.name FROM system.tables AS t INNER JOIN system.columns ON t.name = columns.table');
    expect(sql).toMatch(
      /^SELECT t\.name FROM \(SELECT database, name, .* FROM system\.tables\) AS t INNER JOIN \(SELECT .*\) AS columns ON/,
    );
    expect(sql).not.toMatch(/total_rows|total_bytes|data_compressed_bytes/);
    expect(() => admitted('SELECT system.tables.total_rows FROM system.tables')).toThrow('through an alias');
  });

  it('finds the FORMAT clause', () => {
    expect(admitted('SELECT 1 FORMAT JSON').format).toBe('JSON');
    expect(admitted("SELECT format('{}', 1) AS x").format).toBeUndefined();
  });
});
