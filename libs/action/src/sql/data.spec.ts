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
  [
    'SELECT * FROM t FOR UPDATE',
    'process_control unbounded  @ SELECT * FROM t FOR UPDATE',
    'read unbounded t @ SELECT * FROM t FOR UPDATE',
  ],
  ['SELECT * FROM t WHERE id = 1 FOR UPDATE', 'read bounded t @ SELECT * FROM t WHERE id = 1 FOR UPDATE'],
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
  ['UPDATE t SET a = 1', 'write unbounded t,t.a @ UPDATE t SET a = 1'],
  ['UPDATE t SET a = 1 WHERE id = 7', 'write bounded t,t.a @ UPDATE t SET a = 1 WHERE id = 7'],
  ['UPDATE t SET a = 1 WHERE CURRENT OF c', 'write one t,t.a @ UPDATE t SET a = 1 WHERE CURRENT OF c'],
  [
    "INSERT INTO cron.job (command) VALUES ('x')",
    "write one cron.job @ INSERT INTO cron.job (command) VALUES ('x')",
    "persistence one cron.job @ INSERT INTO cron.job (command) VALUES ('x')",
  ],
  [
    'COPY pg_catalog.pg_proc FROM STDIN',
    'write bounded pg_catalog.pg_proc @ COPY pg_catalog.pg_proc FROM STDIN',
    'privilege_change bounded pg_catalog.pg_proc @ pg_catalog.pg_proc',
  ],
  ['DELETE FROM t', 'delete unbounded t @ DELETE FROM t'],
  ['DELETE FROM t WHERE id = 7', 'delete bounded t @ DELETE FROM t WHERE id = 7'],
  ['WITH d AS (DELETE FROM t RETURNING *) SELECT * FROM d LIMIT 1', 'delete unbounded t @ DELETE FROM t RETURNING *'],
  [
    'WITH a AS (WITH b AS MATERIALIZED ( UPDATE u SET x = 1 RETURNING x ) SELECT * FROM b) SELECT 1',
    'write unbounded u,u.x @ UPDATE u SET x = 1 RETURNING x',
  ],
  [
    'MERGE INTO t USING s ON t.id = s.id WHEN MATCHED AND s.gone THEN DELETE WHEN MATCHED THEN UPDATE SET a = 1 WHEN NOT MATCHED THEN INSERT VALUES (1)',
    ...['delete unknown', 'write bounded', 'write bounded'].map(
      (what) =>
        `${what} t @ MERGE INTO t USING s ON t.id = s.id WHEN MATCHED AND s.gone THEN DELETE WHEN MATCHED THEN UPDATE SET a = 1 WHEN NOT MATCHED THEN INSERT VALUES (1)`,
    ),
    'read bounded t,s @ MERGE INTO t USING s ON t.id = s.id WHEN MATCHED AND s.gone THEN DELETE WHEN MATCHED THEN UPDATE SET a = 1 WHEN NOT MATCHED THEN INSERT VALUES (1)',
  ],
  [
    'MERGE INTO t USING s ON t.id = s.id WHEN NOT MATCHED BY SOURCE THEN DELETE',
    'delete unbounded t @ MERGE INTO t USING s ON t.id = s.id WHEN NOT MATCHED BY SOURCE THEN DELETE',
    'read bounded t,s @ MERGE INTO t USING s ON t.id = s.id WHEN NOT MATCHED BY SOURCE THEN DELETE',
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
    'write bounded pg_authid,pg_authid.rolsuper @ UPDATE pg_authid SET rolsuper = true WHERE rolname = $1',
    'privilege_change bounded pg_authid @ pg_authid',
  ],
];

describe('rows read and changed', () => {
  it.each(cases.map(([text, ...expected]) => ({ text, expected })))('$text', ({ text, expected }) => {
    // `none` beside other effects says nothing and is left out.
    expect(told(text)).toEqual(expected.filter((line) => expected.length === 1 || !line.startsWith('none')));
  });
});

describe('catalogs of credentials', () => {
  it.each([
    'SELECT * FROM pg_authid',
    'SELECT rolpassword FROM pg_authid',
    'SELECT rolname FROM pg_authid WHERE rolpassword IS NULL',
    'SELECT a FROM pg_authid a',
    'SELECT row_to_json(pg_authid) FROM pg_authid',
    'SELECT (a).rolname FROM pg_authid a',
    'SELECT k FROM pg_authid AS a(b, c, d, e, f, g, h, i, j, k)',
    'SELECT k FROM (pg_authid CROSS JOIN (SELECT 1) y) AS x(b, c, d, e, f, g, h, i, j, k)',
    'WITH x AS (TABLE pg_authid) SELECT 1 FROM x',
    'SELECT 1 FROM pg_authid NATURAL JOIN guesses',
    'SELECT 1 FROM pg_authid JOIN guesses USING (rolpassword)',
    'COPY pg_authid TO STDOUT',
    'COPY (SELECT rolname FROM pg_authid) TO STDOUT',
    'SELECT subconninfo FROM pg_subscription',
    'SELECT type FROM pg_hba_file_rules',
    "SELECT table_to_xml('pg_authid', true, true, '')",
  ])('%s reads secrets', (text) => {
    expect(analyseSql(text, parser).effects.map(({ kind }) => kind)).toContain('secret_read');
  });

  it.each([
    'SELECT rolname, oid FROM pg_authid WHERE rolcanlogin',
    'SELECT n.nspname, a.rolname FROM pg_namespace n JOIN pg_authid a ON a.oid = n.nspowner',
    'SELECT subname FROM pg_subscription WHERE subenabled',
    'EXPLAIN SELECT * FROM pg_authid',
  ])('%s does not', (text) => {
    expect(analyseSql(text, parser).effects.map(({ kind }) => kind)).toEqual(['read']);
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
    'COALESCE(true, false)',
    'COALESCE(id = id, true)',
    'COALESCE(NULL, id IS NOT NULL)',
    '(id > 0) IS TRUE',
    '(id = id) = true',
    'NOT (id <> id)',
    'NOT (id < 0)',
    'NOT (id = -1)',
    'NOT id IS NULL',
    'id = COALESCE(id, 0)',
    'id + 0 = id',
    'id * 1 = id',
    'id - id = 0',
    'id = id + 0',
    'id::text = id::text',
    'id = id::int',
    "name || '' = name",
    "name LIKE '%' || '%'",
    "name LIKE '%%'",
    "name LIKE '_%'",
    "name ~ '.'",
    "name ~ '^'",
    "name ~ ''",
    "name SIMILAR TO '%'",
    '(id, name) IN (SELECT id, name FROM t)',
    'id = ANY (SELECT id FROM t)',
    'id = ANY (ARRAY(SELECT id FROM t WHERE true))',
    'id >= (SELECT min(id) FROM t)',
    'id <= (SELECT max(id) FROM t)',
    'id <> ALL (ARRAY[1,2])',
    "id != ALL ('{}')",
    '(SELECT count(*) FROM t) > 0',
    '(SELECT count(id) FROM t) > 0',
    '(SELECT true)',
    'EXISTS (SELECT 1)',
    'EXISTS (SELECT * FROM t)',
    'NOT EXISTS (SELECT 1 WHERE false)',
    'NOT EXISTS (SELECT 1 FROM s WHERE s.a = 1)',
    'id NOT IN (SELECT id FROM s WHERE false)',
    'NOT (id IN (SELECT id FROM t WHERE 1=0))',
    'CASE WHEN id = 1 THEN 1 ELSE 1 END = 1',
    "tableoid = 't'::regclass",
    'ctid IS NOT NULL',
    "ctid >= '(0,0)'",
    'created_at <= now()',
    'created_at < CURRENT_TIMESTAMP',
    "made > 'epoch'",
    "made >= '-infinity'",
    'random() < 2',
    'id % 1 = 0',
    'id / 1 = id',
    'id IS DISTINCT FROM NULL',
    'id = GREATEST(id, id)',
    'NOT false',
    'true AND true',
    'id > -1',
    'id >= 1',
    'id BETWEEN -1000 AND 99999999999',
    'id NOT BETWEEN 5 AND 4',
    'length(name) > -1',
    'id IN (WITH x AS (SELECT id FROM t) SELECT id FROM x)',
    'id IN (SELECT t2.id FROM t t2)',
    'id IN (SELECT id FROM t ORDER BY id)',
    'id IN (SELECT DISTINCT id FROM t)',
    'id IN (SELECT id FROM t FOR UPDATE)',
    'id IN (TABLE t)',
    'id IN (SELECT id FROM t GROUP BY id)',
    'EXISTS (SELECT 1 FROM t x WHERE x.id = t.id OR x.id <> t.id)',
    'id IN (SELECT id FROM public.t)',
    'name = ANY (ARRAY[name])',
    'id IN (id, 5)',
    "'a' IN ('a', name)",
    'true = ANY (ARRAY[true, active])',
    '(id, id) = (id, id)',
    'ROW(id) = ROW(id)',
    'id IS NOT DISTINCT FROM id',
    'xmin IS NOT NULL',
    't IS NOT NULL',
    't.* IS NOT NULL',
    "id = id AND 'x' = 'x'",
    'active IS NOT UNKNOWN',
    'active IN (true, false)',
    'active = true OR active = false',
    'active OR active IS NULL OR NOT active',
    "status IN ('a') OR status NOT IN ('a')",
    'deleted_at IS NULL OR deleted_at IS NOT NULL',
    'upper(name) = upper(name)',
    "position('' in name) >= 0",
    "starts_with(name, '')",
    "concat(name, '') = name",
    '0 < id',
    "'x' <> name OR 'x' = name",
    'id = (SELECT t.id)',
    'id IN (VALUES (id))',
    'id > (SELECT min(id) - 1 FROM t)',
    'id >= ALL (SELECT min(id) FROM t)',
    'id + 0 NOT IN (1, 2)',
    'id IN (-1, t.id)',
    'id NOT BETWEEN -5 AND 0',
    'id NOT BETWEEN 5 AND 7',
    'NOT (price BETWEEN 7 AND 5)',
    'NOT (id BETWEEN 5 AND 7)',
    'price - price <= 100',
    'price - price NOT IN (1, 2)',
    'id % 7 < 7',
    'id % 7 BETWEEN -10 AND 10',
    'id % 7 <> 9',
    '(SELECT max(v) FROM s) NOT BETWEEN 1 AND 2',
    '(SELECT max(v) FROM s) NOT IN (1, 2)',
    '((id > 0) IS NOT TRUE) IS NOT TRUE',
    '(name = NULL) IS NOT TRUE',
    "NOT (name NOT LIKE '%')",
    'NOT (id IS DISTINCT FROM id)',
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
    'active = true',
    'id % 7 < 3',
    'id NOT BETWEEN 5 AND 70000',
    'price NOT BETWEEN 5 AND 7',
    'price - cost > 0',
    '(active IS NOT TRUE) IS TRUE',
    '(SELECT max(v) FROM s) > price',
    'id = 5 + 3',
    'id % 2 = 0',
    "name LIKE '_'",
    "name ~ '^a'",
    "name SIMILAR TO 'a%'",
    'id > (SELECT avg(id) FROM t)',
    'id >= (SELECT max(id) FROM t)',
    'NOT EXISTS (SELECT 1 FROM s WHERE s.t_id = t.id)',
    'id NOT IN (SELECT t_id FROM s)',
    'expires_at < now()',
    "created_at < now() - interval '1 day'",
    'COALESCE(active, false)',
    'COALESCE(deleted_at, now()) < now()',
    'name = lower(name)',
    'a = b',
    'parent_id = id',
    'id = ANY ($1)',
    'id = ANY (ARRAY[1,2])',
    '(a, b) IN (SELECT a, b FROM s)',
    '(tenant_id, id) = (1, 2)',
    'NOT active',
    "NOT (status = 'x')",
    "NOT name LIKE 'x%'",
    'id IN (SELECT id FROM t TABLESAMPLE bernoulli (1))',
    'CASE WHEN a = 1 THEN true ELSE false END',
    'CASE WHEN a = 1 THEN 1 ELSE 0 END = 1',
    "data->>'k' = 'v'",
    "tags && ARRAY['x']",
    'EXISTS (SELECT 1 FROM s WHERE s.t_id = t.id AND s.gone)',
    'id BETWEEN 5 AND 9',
    "status IN ('a','b') OR status = 'c'",
    "made BETWEEN '2020-01-01' AND '2020-02-01'",
    'id IN (SELECT DISTINCT ON (mail) id FROM t)',
    'id NOT IN (SELECT min(id) FROM t GROUP BY mail)',
    'ctid NOT IN (SELECT min(ctid) FROM t GROUP BY mail)',
  ];
  it.each(filters)('DELETE … WHERE %s is bounded', (where) => {
    expect(told(`DELETE FROM t WHERE ${where}`)[0]).toMatch(/^delete bounded/);
  });

  it.each([
    ['DELETE FROM t USING s WHERE s.id = 7', 'unbounded'],
    ['DELETE FROM t USING s WHERE t.id = s.id', 'bounded'],
    ['DELETE FROM t USING s WHERE t.id = s.id OR s.x = 1', 'unbounded'],
    ['DELETE FROM t USING t t2 WHERE t.id = t2.id', 'unbounded'],
    ['DELETE FROM t USING (SELECT id FROM t) x WHERE t.id = x.id', 'unbounded'],
    ['DELETE FROM t USING (SELECT id FROM t LIMIT 5) x WHERE t.id = x.id', 'bounded'],
    ['UPDATE t SET a = 1 FROM s WHERE s.x = 1 AND s.y IS NULL', 'unbounded'],
    ['UPDATE t SET a = 1 FROM s, u WHERE s.id = u.id', 'unbounded'],
    ['UPDATE t SET a = 1 FROM s WHERE t.id = s.id AND s.x = 1', 'bounded'],
    ['UPDATE t SET a = 1 FROM s WHERE x = 1', 'bounded'],
    ['UPDATE t q SET a = 1 FROM s WHERE s.id = 3', 'unbounded'],
    ['UPDATE t q SET a = 1 FROM s WHERE q.id = 3', 'bounded'],
    ['MERGE INTO t USING t s ON t.id = s.id WHEN MATCHED THEN UPDATE SET a = 1', 'unbounded'],
  ])('a join that chooses nothing: %s is %s', (text, scope) => {
    expect(told(text)[0]).toMatch(new RegExp(`^(delete|write) ${scope}`));
  });

  it.each([
    ['WITH x AS (SELECT id FROM t) DELETE FROM t USING x WHERE t.id = x.id', 'unbounded'],
    ['WITH x AS (SELECT id FROM t WHERE a = 1) DELETE FROM t USING x WHERE t.id = x.id', 'bounded'],
  ])('%s is %s', (text, scope) => {
    expect(told(text)[0]).toMatch(new RegExp(`^delete ${scope}`));
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
