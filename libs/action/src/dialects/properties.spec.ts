/** What must hold for every text: dress does not make a statement safer, and nothing that arrives breaks or stalls the reader. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { NotHere } from '../reader.ts';
import { dialectOf } from './dialects.ts';
import { lex } from './lexer.ts';
import { prepareDialects } from './read.ts';
import { analysed, harshness } from './testing.ts';

beforeAll(prepareDialects);

const HARMFUL: Readonly<Record<string, readonly string[]>> = {
  mysql: [
    'DELETE FROM accounts',
    'UPDATE accounts SET a = 1 WHERE 1 = 1',
    "SELECT a FROM t INTO OUTFILE '/srv/x'",
    "SELECT load_file('/etc/shadow')",
    'SET GLOBAL read_only = 0',
    'RESET MASTER',
    "LOAD DATA INFILE '/etc/shadow' INTO TABLE t",
    'ALTER TABLE t DROP COLUMN a',
    'SELECT 1 ; DROP TABLE t',
    'GRANT ALL ON *.* TO u',
  ],
  mssql: ["EXEC xp_cmdshell 'dir'", 'TRUNCATE TABLE t', "EXEC ( 'DROP TABLE t' )", 'SELECT 1 DROP TABLE t'],
  oracle: ['BEGIN DELETE FROM t ; END ;', 'PURGE RECYCLEBIN', "SELECT utl_http.request ( 'x' ) FROM dual"],
  sqlite: ['PRAGMA writable_schema = 1', "ATTACH DATABASE 'x' AS y ; DROP TABLE t", "SELECT load_extension ( 'x' )"],
  snowflake: ["COPY INTO 's3://x' FROM t", 'DROP DATABASE d'],
  clickhouse: ['ALTER TABLE t DELETE WHERE 1', "INSERT INTO FUNCTION url ( 'http://x' ) SELECT a FROM t"],
};

const texts = Object.entries(HARMFUL).flatMap(([dialect, list]) => list.map((text) => ({ dialect, text })));

/** Space and comments that every dialect here takes. */
const GAPS = [' ', '\n', '\t', '  ', ' /* x */ ', '/**/', ' -- x\n', '\r\n'];

/** The text with `gaps` between its words and its plain words in another case. */
function dressed(dialect: string, text: string, gaps: readonly string[], upper: readonly boolean[]): string {
  const known = dialectOf(dialect);
  const { tokens } = lex(text, known?.lexing ?? fail(dialect));
  return tokens
    .map((token, i) => {
      const word = text.slice(token.start, token.end);
      const next = tokens[i + 1];
      const apart = next !== undefined && next.start > token.end;
      const shown = token.kind !== 'word' ? word : upper[i % upper.length] === true ? word.toUpperCase() : word.toLowerCase();
      return apart ? shown + (gaps[i % gaps.length] ?? ' ') : shown;
    })
    .join('');
}

function fail(dialect: string): never {
  throw new Error(`no dialect ${dialect}`);
}

describe('dress', () => {
  it('does not make a statement safer', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...texts),
        fc.array(fc.constantFrom(...GAPS), { minLength: 1, maxLength: 6 }),
        fc.array(fc.boolean(), { minLength: 1, maxLength: 6 }),
        ({ dialect, text }, gaps, upper) => {
          const shown = dressed(dialect, text, gaps, upper);
          expect(harshness(analysed(dialect, shown))).toBeGreaterThanOrEqual(harshness(analysed(dialect, text)));
        },
      ),
      { numRuns: 400 },
    );
  });

  it.each(['/*!', '/*!50000', '/*!99999', '/*M!', '/*M!100100'])('is not %s … */ either, whatever it holds', (open) => {
    for (const text of HARMFUL['mysql'] ?? []) {
      const cut = text.indexOf(' ');
      const all = harshness(analysed('mysql', `${open} ${text} */`));
      const tail = harshness(analysed('mysql', `${text.slice(0, cut)} ${open} ${text.slice(cut)} */`));
      expect(all).toBeGreaterThanOrEqual(harshness(analysed('mysql', text)));
      expect(tail).toBeGreaterThanOrEqual(harshness(analysed('mysql', text)));
    }
  });

  it('is not a string: what is quoted does nothing', () => {
    for (const dialect of ['mysql', 'mssql', 'oracle', 'sqlite', 'snowflake', 'bigquery', 'clickhouse'])
      expect(harshness(analysed(dialect, "SELECT '; DROP TABLE t; --' FROM t WHERE a = 1"))).toBe(0);
  });

  it('does not hide behind a backslash that one server takes for an escape and another does not', () => {
    const text = "SELECT 'a\\' ; DROP TABLE t ; -- '";
    expect(analysed('mysql', text).effects.map((effect) => effect.kind)).toContain('schema_drop');
  });

  it('does not hide behind `--` that is no comment in MySQL', () => {
    expect(harshness(analysed('mysql', 'SELECT 1 --1; DROP TABLE t'))).toBe(2);
    expect(harshness(analysed('mysql', 'SELECT 1 -- 1; DROP TABLE t'))).toBe(0);
  });

  it.each(['SELECT /* /* */ 1 */ 2', "SELECT 'x", 'SELECT 1 /* x', 'SELECT 1 -- x\rDROP TABLE t'])(
    'is opaque where it does not end well: %j',
    (text) => {
      expect(analysed('mysql', text).complete).toBe(false);
    },
  );
});

describe('whatever arrives', () => {
  const pieces =
    'SELECT DELETE FROM t WHERE ( ) , ; \' " ` [ ] /* */ -- # // $$ \\ = 1 BEGIN END IF THEN EXEC @x := CASE WHEN ALTER TABLE DROP , IN NOT OR AND'.split(
      ' ',
    );

  it('is answered or handed on', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(
          'mysql',
          'mssql',
          'oracle',
          'sqlite',
          'snowflake',
          'bigquery',
          'redshift',
          'clickhouse',
          'duckdb',
          'databricks',
        ),
        fc.array(fc.constantFrom(...pieces), { maxLength: 60 }),
        (dialect, words) => {
          const text = words.join(' ');
          expect(analysed(dialect, text).effects.length).toBeGreaterThan(0);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('is not read in the calling thread when it is long', () => {
    expect(() => analysed('mysql', `SELECT ${'a, '.repeat(3000)} b FROM t`, 'here')).toThrow(NotHere);
    expect(() => analysed('mysql', 'SELECT 1;'.repeat(200), 'here')).toThrow(NotHere);
  });

  it('may not break the grammar by a chain of operators', () => {
    const chain = analysed('mysql', `SELECT 1${' + 1'.repeat(2000)}`);
    expect(chain.complete).toBe(false);
    expect(analysed('mysql', 'SELECT 1').complete).toBe(true);
  });

  it('is not a stack of statements without end', () => {
    expect(analysed('mysql', `${'EXPLAIN ANALYZE '.repeat(500)}SELECT 1`).complete).toBe(false);
    expect(analysed('mysql', 'SELECT 1;'.repeat(3000)).complete).toBe(false);
  });
});
