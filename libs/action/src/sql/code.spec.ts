import { beforeAll, describe, expect, it } from 'vitest';
import { analyseSql } from './analyse.ts';
import { type SqlParser, createParser } from './parser.ts';

let parser: SqlParser;
beforeAll(async () => {
  parser = await createParser();
});

function told(text: string): string[] {
  return analyseSql(text, parser).effects.map((effect) => {
    const names = effect.targets.map((target) => target.name).join(',');
    return `${effect.kind} ${effect.scope} ${names} / ${effect.via} @ ${text.slice(effect.span.start, effect.span.end)}`;
  });
}

describe('functions', () => {
  const cases: readonly (readonly [string, ...string[]])[] = [
    ["SELECT pg_read_file('/etc/passwd')", "secret_read one /etc/passwd / pg_read_file @ pg_read_file('/etc/passwd')"],
    [
      "SELECT pg_catalog . pg_read_file /* x */ ('/x')",
      "secret_read one /x / pg_read_file @ pg_catalog . pg_read_file /* x */ ('/x')",
    ],
    ["SELECT ('/x'::text).pg_read_file", "secret_read one /x / pg_read_file @ SELECT ('/x'::text).pg_read_file"],
    ["SELECT x.pg_read_file FROM lower('/x') x", 'secret_read one  / pg_read_file @ x.pg_read_file'],
    ["VALUES (lo_export(1, '/x'))", "export one /x / lo_export @ lo_export(1, '/x')"],
    ["SELECT lo_import('/x')", "secret_read one /x / lo_import @ lo_import('/x')", "write one /x / lo_import @ lo_import('/x')"],
    ['SELECT pg_terminate_backend(7)', 'process_control one 7 / pg_terminate_backend @ pg_terminate_backend(7)'],
    [
      'SELECT lo_unlink(oid) FROM pg_largeobject_metadata',
      'delete unbounded  / lo_unlink @ lo_unlink(oid)',
      'read unbounded pg_largeobject_metadata /  @ SELECT lo_unlink(oid) FROM pg_largeobject_metadata',
    ],
    ["SELECT set_config('role', 'x', false)", "identity_change one x / set_config @ set_config('role', 'x', false)"],
    ["SELECT nextval('s')", "write one s / nextval @ nextval('s')"],
    [
      "SELECT query_to_xml('DROP TABLE t', true, true, '')",
      "schema_drop one t / query_to_xml @ query_to_xml('DROP TABLE t', true, true, '')",
    ],
    ['SELECT query_to_xml(a, true, true, b)', 'opaque unknown  / query_to_xml @ query_to_xml(a, true, true, b)'],
    [
      "SELECT dblink_exec('host=h', 'TRUNCATE t')",
      "export unknown host=h / dblink_exec @ dblink_exec('host=h', 'TRUNCATE t')",
      "delete unbounded t / dblink_exec › TRUNCATE @ dblink_exec('host=h', 'TRUNCATE t')",
    ],
    [
      "SELECT * FROM crosstab('SELECT 1', 'DROP TABLE t') x",
      "schema_drop one t / crosstab @ crosstab('SELECT 1', 'DROP TABLE t')",
    ],
    [`SELECT U&"\\0070g_read_file"('/x')`, `secret_read one /x / pg_read_file @ U&"\\0070g_read_file"('/x')`],
    ['SELECT mystery(1)', 'opaque unknown  / mystery @ mystery(1)'],
    ['SELECT s.pg_sleep(1)', 'process_control one  / pg_sleep @ s.pg_sleep(1)', 'opaque unknown  / s.pg_sleep @ s.pg_sleep(1)'],
    [
      "SELECT cron.schedule('n', '* * * * *', 'DELETE FROM t')",
      "persistence one * * * * * / schedule @ cron.schedule('n', '* * * * *', 'DELETE FROM t')",
      "delete unbounded t / schedule @ cron.schedule('n', '* * * * *', 'DELETE FROM t')",
    ],
    [
      "SELECT set_config('TimeZone', 'UTC', true)",
      "config_change one timezone / set_config @ set_config('TimeZone', 'UTC', true)",
    ],
    [
      'SELECT table_to_xml(oid, true, true, name) FROM pg_class LIMIT 9',
      'read unbounded  / table_to_xml @ table_to_xml(oid, true, true, name)',
      'export unbounded  / table_to_xml @ table_to_xml(oid, true, true, name)',
      'read bounded pg_class /  @ SELECT table_to_xml(oid, true, true, name) FROM pg_class LIMIT 9',
    ],
    ["SELECT setval('s', 1)", "schema_change one s / setval @ setval('s', 1)"],
    ["SELECT pg_notify('c', 'x')", "process_control one c / pg_notify @ pg_notify('c', 'x')"],
    ["SELECT pgmq.send('q', '{}'), send('q')", "write one q / send @ pgmq.send('q', '{}')", "opaque unknown  / send @ send('q')"],
    [
      "SELECT * FROM xpath_table('id', 'doc', 't', '/a', 'pg_sleep(1) IS NOT NULL') AS x(a int)",
      "process_control one  / xpath_table › pg_sleep @ xpath_table('id', 'doc', 't', '/a', 'pg_sleep(1) IS NOT NULL')",
      "read unbounded t / xpath_table @ xpath_table('id', 'doc', 't', '/a', 'pg_sleep(1) IS NOT NULL')",
    ],
    [
      "SELECT * FROM connectby('t', 'id; DELETE FROM u', 'p', '1', 0) AS x(a int)",
      "opaque unknown  / connectby @ connectby('t', 'id; DELETE FROM u', 'p', '1', 0)",
    ],
    ["SELECT s.lower('x')", "opaque unknown  / s.lower @ s.lower('x')"],
    [
      'SELECT a OPERATOR(s.+) b FROM t WHERE id = 1',
      'opaque unknown  / OPERATOR(s.+) @ SELECT a OPERATOR(s.+) b FROM t WHERE id = 1',
      'read bounded t /  @ SELECT a OPERATOR(s.+) b FROM t WHERE id = 1',
    ],
    ['SELECT 1 ORDER BY 1 USING OPERATOR(s.<)', 'opaque unknown  / OPERATOR(s.<) @ SELECT 1 ORDER BY 1 USING OPERATOR(s.<)'],
  ];
  it.each(cases.map(([text, ...expected]) => ({ text, expected })))('$text', ({ text, expected }) => {
    expect(told(text)).toEqual(expected);
  });

  const harmless = [
    "SELECT upper(a), now(), count(*) FILTER (WHERE b), row_number() OVER (ORDER BY c), jsonb_build_object('a', 1) FROM t LIMIT 1",
    "SELECT extract(year FROM d), d AT TIME ZONE 'UTC', substring(a FROM 1 FOR 2), trim(b), position('x' IN a) FROM t LIMIT 1",
    'SELECT gen_random_uuid(), public.uuid_generate_v4(), st_distance(a, b) FROM t LIMIT 1',
    'SELECT (each(h)).key, (r).field, a[1:2] FROM t LIMIT 1',
    'SELECT pg_read_file FROM t LIMIT 1',
  ];
  it.each(harmless)('%s only reads', (text) => {
    expect(analyseSql(text, parser).effects.map((effect) => effect.kind)).toEqual(['read']);
  });
});

describe('bodies', () => {
  const cases: readonly (readonly [string, ...string[]])[] = [
    ['DO $$ BEGIN DELETE FROM t; END $$', 'delete unbounded t / DO @ DELETE FROM t'],
    ["DO 'BEGIN DELETE FROM t; END'", 'delete unbounded t / DO @ DELETE FROM t'],
    [
      "DO 'BEGIN PERFORM pg_read_file(''/x''); END'",
      "secret_read one /x / DO › pg_read_file @ DO 'BEGIN PERFORM pg_read_file(''/x''); END'",
    ],
    ["DO $é$ BEGIN -- 😀\n PERFORM pg_read_file('/x'); END $é$", "secret_read one /x / DO › pg_read_file @ pg_read_file('/x')"],
    ["DO $$ BEGIN EXECUTE 'DROP TABLE t'; END $$", "schema_drop one t / DO › EXECUTE @ 'DROP TABLE t'"],
    ["DO $$ BEGIN EXECUTE 'DROP TABLE ' || x; END $$", "opaque unknown  / DO › EXECUTE @ 'DROP TABLE ' || x"],
    ['DO $$ DECLARE a int := lo_unlink(1); BEGIN NULL; END $$', 'delete one 1 / DO › lo_unlink @ lo_unlink(1)'],
    [
      "DO $$ DECLARE a text; BEGIN a := pg_read_file('/x'); END $$",
      "secret_read one /x / DO › pg_read_file @ pg_read_file('/x')",
    ],
    [
      'DO $$ DECLARE r record; BEGIN FOR r IN SELECT * FROM t LOOP TRUNCATE u; END LOOP; END $$',
      'delete unbounded u / DO › TRUNCATE @ TRUNCATE u',
      'read unbounded t / DO @ SELECT * FROM t',
    ],
    [
      'DO $$ BEGIN IF lo_unlink(1) = 1 THEN NULL; END IF; EXCEPTION WHEN OTHERS THEN DROP TABLE t; END $$',
      'delete one 1 / DO › lo_unlink @ lo_unlink(1)',
      'schema_drop one t / DO @ DROP TABLE t',
    ],
    ['DO $$ BEGIN bogus $$', 'opaque unknown  / DO @ DO $$ BEGIN bogus $$'],
    ["DO LANGUAGE plpython3u 'x'", "code_execution one plpython3u / DO @ DO LANGUAGE plpython3u 'x'"],
    [
      'DO $$ DECLARE gone bool := true; BEGIN DELETE FROM t WHERE gone; END $$',
      'delete unbounded t / DO @ DELETE FROM t WHERE gone',
    ],
    [
      'DO $$ DECLARE n int := 3; BEGIN DELETE FROM t WHERE id = n AND n > 2; END $$',
      'delete bounded t / DO @ DELETE FROM t WHERE id = n AND n > 2',
    ],
    ['DO $$ BEGIN NULL; END $$'],
    [
      'DO $$ BEGIN FOR i IN 1..9 LOOP DELETE FROM t WHERE id = i; END LOOP; END $$',
      'delete bounded t / DO @ DELETE FROM t WHERE id = i',
    ],
    [
      'DO $$ BEGIN LOOP DELETE FROM t WHERE id = f; EXIT WHEN NOT FOUND; END LOOP; END $$',
      'delete unknown t / DO @ DELETE FROM t WHERE id = f',
    ],
    [
      'DO $$ DECLARE r record; BEGIN FOR r IN SELECT id FROM t LOOP DELETE FROM t WHERE id = r.id; END LOOP; END $$',
      'delete unbounded t / DO @ DELETE FROM t WHERE id = r.id',
      'read unbounded t / DO @ SELECT id FROM t',
    ],
    [
      'DO $$ DECLARE r record; BEGIN FOR r IN SELECT id FROM t WHERE a = 1 LOOP INSERT INTO u VALUES (1); END LOOP; END $$',
      'write bounded u / DO @ INSERT INTO u VALUES (1)',
      'read bounded t / DO @ SELECT id FROM t WHERE a = 1',
    ],
  ];
  it.each(cases.map(([text, ...expected]) => ({ text, expected })))('$text', ({ text, expected }) => {
    const itself = `process_control one  / DO @ ${text}`;
    expect(told(text).toSorted()).toEqual([...expected, itself].toSorted());
  });

  it('reads what a function would do', () => {
    const text =
      "CREATE FUNCTION f(a int) RETURNS void LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN DELETE FROM t WHERE id = a; EXECUTE 'x' || a; END $$";
    const kinds = analyseSql(text, parser).effects.map(({ kind, scope }) => `${kind} ${scope}`);
    expect(kinds).toEqual(['schema_change one', 'privilege_change one', 'delete bounded', 'opaque unknown']);
  });

  it.each([
    ["CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'DELETE FROM t; SELECT 1'", 'delete'],
    ['CREATE FUNCTION f() RETURNS int BEGIN ATOMIC DELETE FROM t; SELECT 1; END', 'delete'],
    ["CREATE FUNCTION f() RETURNS text RETURN pg_read_file('/x')", 'secret_read'],
    ["CREATE FUNCTION f() RETURNS int LANGUAGE c AS 'lib', 'sym'", 'code_execution'],
    ["CREATE FUNCTION f() RETURNS int LANGUAGE plv8 AS 'x'", 'code_execution'],
    ["CREATE PROCEDURE p() LANGUAGE plpgsql AS 'begin call q(); end'", 'opaque'],
    ["CREATE FUNCTION f() RETURNS int LANGUAGE sql SET role = admin AS 'SELECT 1'", 'identity_change'],
  ])('%s has the effect %s', (text, kind) => {
    expect(analyseSql(text, parser).effects.map((effect) => effect.kind)).toContain(kind);
  });

  it('reads bodies whose variables have the type of a column or a row', () => {
    const text =
      "DO $$ DECLARE u users%ROWTYPE; n s.users.name % TYPE; BEGIN u.name := pg_read_file('/x'); DELETE FROM t; END $$";
    expect(analyseSql(text, parser).effects.map(({ kind }) => kind)).toEqual(['process_control', 'secret_read', 'delete']);
  });

  it('stops where SQL is nested in SQL for ever', () => {
    const texts = ['a', 'b', 'c', 'd', 'e', 'f'].reduce(
      (inner, tag) => `SELECT query_to_xml($${tag}$${inner}$${tag}$, true, true, '')`,
      'SELECT 1',
    );
    expect(analyseSql(texts, parser).effects.map((effect) => effect.kind)).toEqual(['opaque']);
    const deep = ['a', 'b', 'c', 'd', 'e', 'f'].reduce(
      (inner, tag) => `DO $${tag}$ BEGIN ${inner}; END $${tag}$`,
      'DELETE FROM t',
    );
    expect(analyseSql(deep, parser).effects.map((effect) => effect.kind)).toContain('opaque');
  });
});
