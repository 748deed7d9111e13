/** A text whose dialect nobody stated means what PostgreSQL says only where no other server would do more. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Analysis } from '../analysis.ts';
import { analyseSql } from '../sql/analyse.ts';
import { type SqlParser, createParser } from '../sql/parser.ts';
import { readDialect, prepareDialects } from './read.ts';
import { contextOf } from './testing.ts';
import { readUnstated, readsAlike } from './unstated.ts';

let parser: SqlParser;

beforeAll(async () => {
  await prepareDialects();
  parser = await createParser();
});

function both(text: string): { postgres: Analysis; unstated: Analysis } {
  const postgres = analyseSql(text, parser);
  return { postgres, unstated: readUnstated(text, contextOf(), postgres) };
}

describe('a text of no stated dialect', () => {
  it.each([
    'SELECT a, count(*) FROM t JOIN u ON t.id = u.id WHERE b > 3 GROUP BY a ORDER BY 2 DESC LIMIT 5',
    'SELECT name FROM people WHERE nation = "Chile"',
    "UPDATE t SET a = 'x' WHERE id = 7",
    "INSERT INTO t (a) VALUES ('drop it')",
    'DELETE FROM t -- all of it\nWHERE id = 3',
    'DROP TABLE t',
    "SELECT a ->> 'b' FROM t WHERE mail = 'x@y.example' AND id = $1",
  ])('is PostgreSQL when everybody reads it alike, without a second look: %s', (text) => {
    const { postgres, unstated } = both(text);
    expect(readsAlike(text, postgres)).toBe(true);
    expect(unstated).toBe(postgres);
  });

  it.each([
    "UPDATE t SET a = 'x@y.example' WHERE id = 3",
    'SELECT a FROM t /* why */ WHERE b = 1',
    'SELECT a || b FROM t WHERE c = 1',
    'BEGIN; UPDATE t SET a = 1 WHERE id = 2; COMMIT',
    "SELECT url FROM t WHERE url = 'http://x'",
    'SET statement_timeout = 5',
    'DELETE FROM "t" WHERE "id" = 7 AND "name" = \'x\'',
  ])('is PostgreSQL when the others agree after a second look: %s', (text) => {
    const { postgres, unstated } = both(text);
    expect(readsAlike(text, postgres)).toBe(false);
    expect(unstated).toBe(postgres);
  });

  it.each([
    ['SELECT 1 /*! ; DROP TABLE t */', 'schema_drop'],
    ['SELECT 1 SHUTDOWN', 'process_control'],
    ['DELETE FROM t WHERE @a = 1', 'delete'],
    ["SELECT ARRAY[']', '; DROP TABLE t; --']", 'schema_drop'],
    ["DELETE FROM t WHERE a = 'x' || '1'", 'delete'],
    ["SELECT * FROM t WHERE a = 'x\\'; DROP TABLE t; -- '", 'schema_drop'],
    ['SELECT 1 --1\n; SELECT 2', 'none'],
  ])('is told with what another server would do: %s', (text, kind) => {
    const { unstated } = both(text);
    expect(unstated.effects.map((effect) => effect.kind)).toContain(kind);
  });

  it.each(['SELECT 1 /*! ; DROP TABLE t */', 'SELECT 1 SHUTDOWN', "DELETE FROM t WHERE a = 'x' || '1'"])(
    'is opaque where servers differ: %s',
    (text) => {
      const { postgres, unstated } = both(text);
      expect(postgres.complete).toBe(true);
      expect(unstated.complete).toBe(false);
    },
  );

  it('is not PostgreSQL for the dialects that have a reader', () => {
    const analysis = readDialect({ kind: 'sql', dialect: 'MariaDB', text: 'SELECT `a` FROM `t`' }, contextOf());
    expect(analysis.complete).toBe(true);
  });
});
