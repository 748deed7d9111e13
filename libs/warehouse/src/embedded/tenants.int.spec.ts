/** A reader sees the rows of its tenant, whatever shape the statement has. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startFixture } from './testing/fixture.ts';
import type { Fixture } from './testing/fixture.ts';

let fixture: Fixture;

/** Tenant a has the even ids and says `a-text`, tenant b the odd ones and `b-text`; relations without a tenant hold both texts. */
const SETUP = [
  'CREATE TABLE t (tenant LowCardinality(String), id UInt64, text String) ENGINE = MergeTree ORDER BY (tenant, id)',
  'CREATE TABLE replaced (tenant String, id UInt64, text String) ENGINE = ReplacingMergeTree ORDER BY id',
  'CREATE TABLE memory (tenant String, id UInt64, text String) ENGINE = Memory',
  'CREATE TABLE joined (tenant String, id UInt64, text String) ENGINE = Join(ANY, LEFT, id)',
  'CREATE TABLE bare (id UInt64, text String) ENGINE = MergeTree ORDER BY id',
  'CREATE VIEW wide AS SELECT tenant, id, text FROM t',
  "CREATE VIEW forged AS SELECT 'a' AS tenant, id, text FROM t",
  'CREATE VIEW narrow AS SELECT id, text FROM t',
  'CREATE MATERIALIZED VIEW material ENGINE = MergeTree ORDER BY id AS SELECT tenant, id, text FROM t',
  'CREATE MATERIALIZED VIEW material_bare ENGINE = MergeTree ORDER BY id AS SELECT id, text FROM t',
  "INSERT INTO t SELECT if(number % 2 = 0, 'a', 'b'), number, concat(tenant, '-text') FROM (SELECT number, if(number % 2 = 0, 'a', 'b') AS tenant FROM numbers(1000))",
  ...['replaced', 'joined'].map((table) => `INSERT INTO ${table} SELECT * FROM t`),
  'INSERT INTO bare SELECT id, text FROM t',
  "CREATE DICTIONARY dictionary_of_t (id UInt64, text String) PRIMARY KEY id SOURCE(CLICKHOUSE(TABLE 't' DB 'countersign')) LAYOUT(FLAT()) LIFETIME(0)",
];

beforeAll(async () => {
  fixture = await startFixture();
  for (const sql of SETUP) await fixture.write(sql);
  // The first read after new tables opens the engine anew, which empties tables in memory.
  await fixture.read('a', 'SELECT 1');
  await fixture.write('INSERT INTO memory SELECT * FROM t');
});
afterAll(() => fixture.stop());

describe('one tenant reads', () => {
  it.each([
    ['SELECT count(), min(id), max(id), uniq(tenant) FROM t', '500\t0\t998\t1'],
    ['SELECT DISTINCT text FROM t', 'a-text'],
    ['SELECT DISTINCT text FROM countersign.t AS x', 'a-text'],
    ['SELECT DISTINCT text FROM wide', 'a-text'],
    ['SELECT DISTINCT text FROM forged', 'a-text'],
    ['SELECT DISTINCT text FROM material', 'a-text'],
    ['SELECT DISTINCT text FROM replaced FINAL', 'a-text'],
    ['SELECT DISTINCT text FROM memory', 'a-text'],
    ['SELECT DISTINCT text FROM joined', 'a-text'],
    ['SELECT DISTINCT text FROM (SELECT * FROM (SELECT * FROM t))', 'a-text'],
    ['WITH x AS (SELECT * FROM t) SELECT DISTINCT text FROM x', 'a-text'],
    ['WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r WHERE n < 3) SELECT DISTINCT text FROM t, r', 'a-text'],
    ['SELECT DISTINCT text FROM view(SELECT * FROM t)', 'a-text'],
    ['SELECT DISTINCT y.text FROM t AS x INNER JOIN t AS y ON x.id = y.id', 'a-text'],
    ['SELECT count() FROM t AS x INNER JOIN t AS y ON x.id + 1 = y.id', '0'],
    [
      'SELECT DISTINCT y.text FROM (SELECT number AS id FROM numbers(4)) AS x ANY LEFT JOIN joined AS y USING (id) ORDER BY 1',
      '\na-text',
    ],
    ['SELECT DISTINCT y.text FROM (SELECT number AS id FROM numbers(4)) AS x LEFT JOIN dictionary_of_t AS y ON x.id = y.id', ''],
    ['SELECT DISTINCT text FROM t UNION DISTINCT SELECT text FROM t', 'a-text'],
    ['SELECT number FROM numbers(4) WHERE number IN (SELECT id FROM t) ORDER BY 1', '0\n2'],
    ['SELECT number FROM numbers(4) EXCEPT SELECT id FROM t', '1\n3'],
    ['SELECT id FROM t WHERE id < 4 INTERSECT SELECT number FROM numbers(4)', '0\n2'],
    ['SELECT (SELECT groupUniqArray(text) FROM t)', "['a-text']"],
    ['SELECT EXISTS(SELECT 1 FROM t WHERE id = 1)', '0'],
    ["SELECT count() FROM t WHERE tenant = 'b' OR 1", '500'],
    ["SELECT count() FROM t WHERE tenant = 'b'", '0'],
    ["WITH 'b' AS tenant SELECT DISTINCT text FROM t", 'a-text'],
    ["SELECT DISTINCT 'b' AS tenant, text FROM t", 'b\ta-text'],
    ['SELECT tenant, count() FROM t GROUP BY tenant WITH TOTALS', 'a\t500\n\n\t500'],
    ['SELECT DISTINCT t.text FROM t ARRAY JOIN [1, 2] AS n', 'a-text'],
    ['SELECT DISTINCT text FROM t LIMIT 1 BY tenant', 'a-text'],
    ['SELECT groupUniqArray(text) OVER () FROM t LIMIT 1', "['a-text']"],
  ])('%s', async (sql, text) => expect((await fixture.read('a', sql)).text.trimEnd()).toBe(text));

  it.each(['bare', 'narrow', 'material_bare', 'dictionary_of_t'])(
    'nothing from %s, which does not say whose its rows are',
    async (table) => {
      expect((await fixture.read('a', `SELECT count() FROM ${table}`)).text).toBe('0\n');
      expect(await fixture.write('SELECT count() > 0 FROM bare')).toBe('1\n');
    },
  );

  it.each([
    "SELECT count() FROM t PREWHERE throwIf(tenant = 'b') = 0",
    "SELECT count() FROM t WHERE throwIf(tenant = 'b') = 0",
    "SELECT count() FROM t WHERE text LIKE '%' AND throwIf(text = 'b-text') = 0",
    "SELECT countIf(throwIf(tenant = 'b') = 0) FROM t",
    "SELECT count() FROM memory WHERE throwIf(tenant = 'b') = 0",
    "SELECT count() FROM wide WHERE throwIf(text = 'b-text') = 0",
  ])('without meeting the others even in an error: %s', async (sql) => {
    expect(await fixture.read('a', sql)).toMatchObject({ status: 200, text: '500\n' });
  });

  it.each([
    "SELECT * FROM merge('countersign', '.*')",
    'SELECT * FROM mergeTreeIndex(countersign, t)',
    "SELECT joinGet('countersign.joined', 'text', toUInt64(1))",
    "SELECT dictGet('countersign.dictionary_of_t', 'text', toUInt64(1))",
    "SELECT * FROM dictionary('countersign.dictionary_of_t')",
    'SELECT * FROM loop(countersign, t) LIMIT 10',
    "SELECT * FROM (SELECT text FROM t SETTINGS log_comment = 'b')",
    "SELECT * FROM viewExplain('EXPLAIN indexes = 1', '', (SELECT * FROM t))",
    'EXPLAIN ESTIMATE SELECT * FROM t',
    'SELECT total_rows FROM (SELECT * FROM system.tables)',
    'SELECT sum(data_uncompressed_bytes) FROM system.columns',
  ])('not by ways around the tables: %s', async (sql) => {
    const reply = await fixture.read('a', sql);
    expect(reply.text).not.toContain('b-text');
    expect(reply.status).toBeGreaterThanOrEqual(400);
  });

  it('no counts of what was read', async () => {
    expect((await fixture.read('a', 'SELECT count() FROM t', { default_format: 'JSON' })).text).not.toContain('statistics');
    const asked = { default_format: 'JSON', output_format_write_statistics: '1' };
    expect((await fixture.read('a', 'SELECT count() FROM t', asked)).code).toBe(115);
  });
});

describe('tenants side by side', () => {
  it('get their own rows when both ask at once', async () => {
    const asked = Array.from({ length: 24 }, (_, i) => (i % 2 === 0 ? 'a' : 'b'));
    const answers = await Promise.all(asked.map((tenant) => fixture.read(tenant, 'SELECT DISTINCT text FROM t')));
    expect(answers.map((answer) => answer.text)).toEqual(asked.map((tenant) => `${tenant}-text\n`));
  });

  it('are kept apart in a table made while they read, from its first row on', async () => {
    const create = 'CREATE TABLE late ENGINE = MergeTree ORDER BY id AS SELECT tenant, id, text FROM t';
    const reading = Array.from({ length: 12 }, () => fixture.read('a', 'SELECT DISTINCT text FROM late'));
    await fixture.write(create);
    const answers = [...(await Promise.all(reading)), await fixture.read('a', 'SELECT DISTINCT text FROM late')];
    expect(answers.filter((answer) => answer.text.includes('b-text'))).toEqual([]);
    expect(answers.at(-1)?.text).toBe('a-text\n');
    await fixture.write('EXCHANGE TABLES late AND bare');
    expect((await fixture.read('a', 'SELECT count() FROM late')).text).toBe('0\n');
    expect((await fixture.read('a', 'SELECT DISTINCT text FROM bare')).text).toBe('a-text\n');
  });
});
