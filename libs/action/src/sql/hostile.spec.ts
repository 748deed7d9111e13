import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { unreadable } from '../analysis.ts';
import { analyseSql } from './analyse.ts';
import { isSpace, tokenEnd } from './lexer.ts';
import { type SqlParser, createParser } from './parser.ts';
import { routeOf } from './prescan.ts';
import { WARMING } from './warming.ts';

let parser: SqlParser;
beforeAll(async () => {
  parser = await createParser();
});

const TEXTS = [
  ...WARMING,
  'DELETE FROM t WHERE id = id',
  "SELECT set_config('role', 'x', false), pg_read_file('/x')",
  'WITH d AS (UPDATE a SET b = 1 RETURNING *) SELECT * FROM d',
  "COPY (SELECT * FROM pg_authid) TO PROGRAM 'x'",
  "DO $$ BEGIN EXECUTE 'DROP TABLE ' || x; DELETE FROM t; END $$",
  'MERGE INTO t USING s ON t.id = s.id WHEN MATCHED THEN DELETE',
  'ALTER TABLE t DISABLE ROW LEVEL SECURITY, DISABLE TRIGGER ALL',
  'SET ROLE admin; GRANT ALL ON t TO PUBLIC; LOCK t; CALL p()',
];

/** As the reader does: by shape first. */
function analyse(text: string): { kinds: Set<string>; spans: readonly { start: number; end: number }[] } {
  const route = routeOf(text);
  const { effects } = route.to === 'nobody' ? unreadable(text, route.why) : analyseSql(text, parser);
  return { kinds: new Set(effects.map(({ kind, scope }) => `${kind} ${scope}`)), spans: effects.map((effect) => effect.span) };
}

function isNoSafer(before: Set<string>, after: Set<string>): boolean {
  return after.has('opaque unknown') || [...before].every((kind) => after.has(kind));
}

/** The text with each stretch of whitespace between tokens replaced by what `fill` gives. */
function respaced(text: string, fill: () => string): string {
  let out = '';
  for (let i = 0; i < text.length;) {
    const end = tokenEnd(text, i);
    out += isSpace(text.charCodeAt(i)) ? fill() : text.slice(i, end);
    i = end;
  }
  return out;
}

describe('hostile text', () => {
  it('junk never throws, and every span lies in the text', () => {
    const word = fc.constantFrom(
      ...TEXTS.flatMap((text) => text.split(/(?=\W)/)),
      "'",
      '"',
      '$$',
      '/*',
      '*/',
      '--',
      '(',
      ')',
      ';',
      '\0',
      'é',
      '😀',
      '\ud83d',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(word, { maxLength: 40 }).map((words) => words.join(' ')),
        ),
        (text) => {
          const { spans } = analyse(text);
          return spans.length > 0 && spans.every(({ start, end }) => 0 <= start && start <= end && end <= text.length);
        },
      ),
      { numRuns: 1500 },
    );
  });

  it('a text cut short never throws and never points outside', () => {
    fc.assert(
      fc.property(fc.constantFrom(...TEXTS), fc.nat(400), (text, length) => {
        const cut = text.slice(0, length);
        return analyse(cut).spans.every(({ start, end }) => start <= end && end <= cut.length);
      }),
      { numRuns: 800 },
    );
  });

  it('comments and whitespace make nothing safer', () => {
    const filler = fc.constantFrom(' ', '\n', '\t ', '/**/', '/* DROP */', ' /* a /* b */ */ ', "--'\n", '/* é😀 */', '\f');
    fc.assert(
      fc.property(fc.constantFrom(...TEXTS), fc.array(filler, { minLength: 1, maxLength: 12 }), (text, fillers) => {
        let i = 0;
        const changed = respaced(text, () => fillers[i++ % fillers.length] ?? ' ');
        return isNoSafer(analyse(text).kinds, analyse(changed).kinds);
      }),
      { numRuns: 800 },
    );
  });

  it('upper and lower case, and statements around it, make nothing safer', () => {
    fc.assert(
      fc.property(fc.constantFrom(...TEXTS), fc.constantFrom(...TEXTS), (text, other) => {
        const before = analyse(text).kinds;
        before.delete('none one');
        return isNoSafer(before, analyse(`${other};\n${text}`).kinds) && isNoSafer(before, analyse(`${text} ; ${other}`).kinds);
      }),
    );
    expect(analyse('delete from T').kinds).toEqual(analyse('DELETE FROM t').kinds);
  });

  it('a name in capitals or in quotes is the same function', () => {
    expect(analyse(`SELECT "pg_read_file"('/x')`).kinds).toEqual(analyse("SELECT PG_READ_FILE('/x')").kinds);
  });
});
