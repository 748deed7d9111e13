import { describe, expect, it } from 'vitest';
import { NORMALISED_UNITS, normalised } from './normalise.ts';

describe('normalised text', () => {
  it.each([
    ["SELECT * FROM t WHERE a = 'x' AND b = 7", 'SELECT * FROM t WHERE a = $1 AND b = $2'],
    ['select  1.5e-3,\n.5, -2 -- why\n', 'select $1, $2, -$3'],
    ["SELECT E'a\\'b', U&'\\0041', B'01', x'1F', N'n', $$d$$, $t$e$t$", 'SELECT $1, $2, $3, $4, $5, $6, $7'],
    ['SELECT a FROM t WHERE b = $2 AND c = 3', 'SELECT a FROM t WHERE b = $2 AND c = $3'],
    ['SELECT "a\'1" FROM t1, "T 2" WHERE c1 = 1', 'SELECT "a\'1" FROM t1, "T 2" WHERE c1 = $1'],
    ['SELECT U&"\\0061\'" FROM t', 'SELECT U&"\\0061\'" FROM t'],
    ["ALTER ROLE bo PASSWORD 'hush' /* hush */", 'ALTER ROLE bo PASSWORD $1'],
    ['DO $$ BEGIN PERFORM 1; END $$', 'DO $1'],
    ['SELECT a[1:2], b.c, 0xFF, 1_000', 'SELECT a[$1:$2], b.c, $3, $4'],
    ['SELECT 1; SELECT 2;', 'SELECT $1; SELECT $2;'],
    ["SELECT 'open", 'SELECT $1'],
    ['', ''],
  ])('%s', (text, expected) => {
    expect(normalised(text)).toBe(expected);
  });

  it('is the same for texts that differ in literals, comments and spaces only', () => {
    expect(normalised("SELECT 1 , 'a'")).toBe(normalised("/* x */ SELECT   22 , 'it''s' -- y"));
  });

  it('ends where nobody reads on', () => {
    expect(normalised(`SELECT ${'a, '.repeat(20_000)}b`).length).toBeLessThanOrEqual(NORMALISED_UNITS + 10);
  });
});
