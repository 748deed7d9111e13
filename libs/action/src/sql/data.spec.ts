import { beforeAll, describe, expect, it } from 'vitest';
import { analyseSql } from './analyse.ts';
import { type SqlParser, createParser } from './parser.ts';

let parser: SqlParser;
beforeAll(async () => {
  parser = await createParser();
});

/** `kind scope targets @ words of the text that the span covers`. */
function told(text: string): string[] {
  return analyseSql(text, parser).effects.map((effect) => {
    const names = effect.targets.map((target) => target.name).join(',');
    return `${effect.kind} ${effect.scope} ${names} @ ${text.slice(effect.span.start, effect.span.end)}`;
  });
}

const cases: readonly (readonly [string, ...string[]])[] = [
  ['SELECT 1', 'none one  @ SELECT 1'],
  ['SELECT * FROM a.b WHERE id = 7', 'read bounded a.b @ SELECT * FROM a.b WHERE id = 7'],
  ['  SELECT * FROM t ; ', 'read unbounded t @ SELECT * FROM t'],
  ['SELECT count(*) FROM t', 'read bounded t @ SELECT count(*) FROM t'],
  ['SELECT * FROM t LIMIT 50', 'read bounded t @ SELECT * FROM t LIMIT 50'],
  ['SELECT * FROM "Odd.name"', 'read unbounded "Odd.name" @ SELECT * FROM "Odd.name"'],
  ['WITH a AS (SELECT 1) SELECT * FROM a', 'none one  @ WITH a AS (SELECT 1) SELECT * FROM a'],
  [
    'WITH pg_shadow AS (SELECT * FROM pg_shadow) SELECT * FROM pg_shadow WHERE usename = $1',
    'secret_read bounded pg_shadow @ pg_shadow',
    'read bounded pg_shadow @ WITH pg_shadow AS (SELECT * FROM pg_shadow) SELECT * FROM pg_shadow WHERE usename = $1',
  ],
  [
    'WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) TABLE t',
    'none one  @ WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) TABLE t',
  ],
  [
    'TABLE pg_catalog.pg_authid',
    'secret_read bounded pg_catalog.pg_authid @ pg_catalog.pg_authid',
    'read unbounded pg_catalog.pg_authid @ TABLE pg_catalog.pg_authid',
  ],
  [
    'SELECT * INTO n FROM t LIMIT 1',
    'schema_change one n @ SELECT * INTO n FROM t LIMIT 1',
    'write bounded n @ SELECT * INTO n FROM t LIMIT 1',
    'read bounded t @ SELECT * INTO n FROM t LIMIT 1',
  ],
  ['INSERT INTO t VALUES (1)', 'write one t @ INSERT INTO t VALUES (1)'],
  ['INSERT INTO t VALUES (1), (2)', 'write bounded t @ INSERT INTO t VALUES (1), (2)'],
  [
    'INSERT INTO t SELECT * FROM s',
    'write bounded t @ INSERT INTO t SELECT * FROM s',
    'read unbounded s @ INSERT INTO t SELECT * FROM s',
  ],
  [
    'INSERT INTO t VALUES (1) ON CONFLICT (id) DO UPDATE SET a = 2',
    'write one t @ INSERT INTO t VALUES (1) ON CONFLICT (id) DO UPDATE SET a = 2',
    'write bounded t @ ON CONFLICT (id) DO UPDATE SET a = 2',
  ],
  ['INSERT INTO t VALUES (1) ON CONFLICT DO NOTHING', 'write one t @ INSERT INTO t VALUES (1) ON CONFLICT DO NOTHING'],
  ['UPDATE t SET a = 1', 'write unbounded t @ UPDATE t SET a = 1'],
  ['UPDATE t SET a = 1 WHERE id = 7', 'write bounded t @ UPDATE t SET a = 1 WHERE id = 7'],
  ['UPDATE t SET a = 1 WHERE CURRENT OF c', 'write one t @ UPDATE t SET a = 1 WHERE CURRENT OF c'],
  ['DELETE FROM t', 'delete unbounded t @ DELETE FROM t'],
  ['DELETE FROM t WHERE id = 7', 'delete bounded t @ DELETE FROM t WHERE id = 7'],
  ['WITH d AS (DELETE FROM t RETURNING *) SELECT * FROM d LIMIT 1', 'delete unbounded t @ DELETE FROM t RETURNING *'],
  [
    'WITH a AS (WITH b AS MATERIALIZED ( UPDATE u SET x = 1 RETURNING x ) SELECT * FROM b) SELECT 1',
    'write unbounded u @ UPDATE u SET x = 1 RETURNING x',
  ],
  [
    'MERGE INTO t USING s ON t.id = s.id WHEN MATCHED AND s.gone THEN DELETE WHEN MATCHED THEN UPDATE SET a = 1 WHEN NOT MATCHED THEN INSERT VALUES (1)',
    ...['delete unknown', 'write bounded', 'write bounded'].map(
      (what) =>
        `${what} t @ MERGE INTO t USING s ON t.id = s.id WHEN MATCHED AND s.gone THEN DELETE WHEN MATCHED THEN UPDATE SET a = 1 WHEN NOT MATCHED THEN INSERT VALUES (1)`,
    ),
    'read bounded s @ MERGE INTO t USING s ON t.id = s.id WHEN MATCHED AND s.gone THEN DELETE WHEN MATCHED THEN UPDATE SET a = 1 WHEN NOT MATCHED THEN INSERT VALUES (1)',
  ],
  [
    'MERGE INTO t USING s ON t.id = s.id WHEN NOT MATCHED BY SOURCE THEN DELETE',
    'delete unbounded t @ MERGE INTO t USING s ON t.id = s.id WHEN NOT MATCHED BY SOURCE THEN DELETE',
    'read bounded s @ MERGE INTO t USING s ON t.id = s.id WHEN NOT MATCHED BY SOURCE THEN DELETE',
  ],
  ['BEGIN; DROP TABLE t; ROLLBACK', 'session one  @ BEGIN', 'schema_drop one t @ DROP TABLE t', 'session one  @ ROLLBACK'],
  ['-- nothing', 'none one  @ -- nothing'],
  ["SELECT 'é😀'; DELETE FROM ü", 'delete unbounded ü @ DELETE FROM ü'],
  [
    "SELECT '😀', pg_read_file('/é') FROM t WHERE id = 1",
    "secret_read one /é @ pg_read_file('/é')",
    "read bounded t @ SELECT '😀', pg_read_file('/é') FROM t WHERE id = 1",
  ],
  [
    'UPDATE pg_authid SET rolsuper = true WHERE rolname = $1',
    'write bounded pg_authid @ UPDATE pg_authid SET rolsuper = true WHERE rolname = $1',
    'privilege_change bounded pg_authid @ pg_authid',
  ],
];

describe('rows read and changed', () => {
  it.each(cases.map(([text, ...expected]) => ({ text, expected })))('$text', ({ text, expected }) => {
    // `none` beside other effects says nothing and is left out.
    expect(told(text)).toEqual(expected.filter((line) => expected.length === 1 || !line.startsWith('none')));
  });
});

describe('a WHERE that filters nothing', () => {
  const nothing = [
    'true',
    '1 = 1',
    "'a' = 'a'",
    'id = id',
    't.id = id',
    'id IS NOT NULL',
    'NOT (id IS NULL)',
    "name = 'x' OR true",
    "name = 'x' OR name <> 'x'",
    'active OR NOT active',
    'active IS TRUE OR active IS NOT TRUE',
    'id IN (SELECT id FROM t)',
    'id IN (SELECT id FROM t LIMIT 100000000)',
    'id IN (SELECT id FROM (SELECT id FROM t) x)',
    'id IN (SELECT id FROM t UNION SELECT id FROM t)',
    'id = ANY (ARRAY(SELECT id FROM t))',
    'EXISTS (SELECT 1 FROM t x WHERE x.id = t.id)',
    'EXISTS (SELECT 1 FROM s)',
    "now() > '2020-01-01'",
    "name LIKE '%'",
    "name ~ '.*'",
    "name <> ''",
    'id > 0',
    'id <> 7',
    'id NOT IN (1, 2)',
    'id BETWEEN 0 AND 2147483647',
    'id < 99999999999',
    'length(name) >= 0',
    "made > '1900-01-01'",
    'CASE WHEN id = 1 THEN true ELSE true END',
    'id IS NOT NULL AND 1 = 1',
    '$1',
  ];
  it.each(nothing)('DELETE … WHERE %s is unbounded', (where) => {
    expect(told(`DELETE FROM t WHERE ${where}`)[0]).toMatch(/^delete unbounded/);
  });

  const filters = [
    'id = 7',
    'id = $1',
    "1 = 1 AND status = 'x'",
    "status <> 'active'",
    'id IN (SELECT user_id FROM banned)',
    'id IN (SELECT id FROM t LIMIT 10)',
    'id IN (SELECT max(id) FROM t GROUP BY mail)',
    'id IN (SELECT id FROM t WHERE age < 3)',
    'parent_id IN (SELECT id FROM t)',
    'EXISTS (SELECT 1 FROM s WHERE s.t_id = t.id)',
    "made < now() - interval '1 year'",
    'a = 1 OR a = 2',
    "name LIKE 'x%'",
    'active',
    'seen IS NULL',
    'id > 1000',
  ];
  it.each(filters)('DELETE … WHERE %s is bounded', (where) => {
    expect(told(`DELETE FROM t WHERE ${where}`)[0]).toMatch(/^delete bounded/);
  });

  it('does not double its work with each expression that names another one twice', () => {
    const ctes = Array.from({ length: 38 }, (_, i) => `c${i + 1} AS (SELECT x.id FROM c${i} x, c${i} y)`);
    const text = `WITH c0 AS (SELECT id FROM t), ${ctes.join(', ')} DELETE FROM t WHERE id IN (SELECT id FROM c38)`;
    expect(told(text)[0]).toMatch(/^delete unbounded/);
  });

  it('takes what is nested beyond reading for no filter', () => {
    const text = `DELETE FROM t WHERE ${'id IN (SELECT id FROM t WHERE '.repeat(60)}true${')'.repeat(60)}`;
    expect(told(text)[0]).toMatch(/^delete unbounded/);
  });

  it('tells a join with another table from a join with itself', () => {
    expect(told('DELETE FROM t USING s WHERE t.id = s.id')[0]).toMatch(/^delete bounded/);
    expect(told('DELETE FROM t USING t x WHERE t.id = x.id')[0]).toMatch(/^delete unbounded/);
  });
});
