import { describe, expect, it } from 'vitest';
import { closingParen, tokenEnd } from './lexer.ts';
import { routeOf, routeOfShape } from './prescan.ts';
import { sourceAt } from './source.ts';

describe('who may parse a text', () => {
  const plus = (n: number): string => `SELECT 1${'+1'.repeat(n)}`;
  const comments = (n: number): string => `${'/*'.repeat(n)}${'*/'.repeat(n)} SELECT 1`;
  const parens = (n: number): string => `SELECT ${'('.repeat(n)}1${')'.repeat(n)}`;
  it.each([
    ['a plain text', 'SELECT a + b FROM t WHERE c = 1', 'here'],
    ['200 operators', plus(200), 'here'],
    ['201 operators', plus(201), 'worker'],
    ['4001 operators in a long text', plus(4001), 'worker'],
    ['48 parentheses', parens(48), 'here'],
    ['49 parentheses', parens(49), 'worker'],
    ['1001 parentheses', parens(1001), 'nobody'],
    ['8 nested comments', comments(8), 'here'],
    ['9 nested comments', comments(9), 'worker'],
    ['101 nested comments', comments(101), 'nobody'],
    ['4096 characters', `SELECT '${'x'.repeat(4087)}'`, 'here'],
    ['4097 characters', `SELECT '${'x'.repeat(4088)}'`, 'worker'],
    ['262145 characters', 'x'.repeat(262_145), 'nobody'],
    ['NUL', 'SELECT 1\0; DROP TABLE t', 'nobody'],
    ['half a surrogate pair', 'SELECT \ud83d', 'nobody'],
    ['a comment that MySQL runs', 'SELECT 1 /*!50000 ; DROP TABLE t */', 'nobody'],
    ['the same inside a string', "SELECT '/*!50000 x */'", 'here'],
    ['operators in a string', `SELECT '${'+'.repeat(900)}'`, 'here'],
  ])('%s', (_, text, to) => {
    expect(routeOf(text).to).toBe(to);
  });

  it('refuses a long text by its shape in the worker', () => {
    expect(routeOfShape(plus(4000)).to).toBe('worker');
    expect(routeOfShape(plus(4001)).to).toBe('nobody');
  });
});

describe('tokens', () => {
  it.each([
    ["'it''s' x", "'it''s'"],
    ["E'a\\'b' x", "E'a\\'b'"],
    ['"a""b" x', '"a""b"'],
    ["$$a'b$$ x", "$$a'b$$"],
    ['$t$a$$b$t$ x', '$t$a$$b$t$'],
    ['U&"a""b" x', 'U&"a""b"'],
    ["u&'a' x", "u&'a'"],
    ['u & 1', 'u'],
    ['$1 x', '$'],
    ['/* a /* b */ c */ x', '/* a /* b */ c */'],
    ['-- a\nx', '-- a\n'],
    ['été$1 x', 'été$1'],
    ["'open", "'open"],
  ])('the first token of %s', (text, token) => {
    expect(text.slice(0, tokenEnd(text, 0))).toBe(token);
  });

  it('finds the closing parenthesis past strings and comments', () => {
    const text = "f(')', /* ) */ (1)) , g()";
    expect(text.slice(0, closingParen(text, 1))).toBe("f(')', /* ) */ (1))");
  });
});

describe('places in the text', () => {
  const text = 'SELECT \'é😀\', f(1) FROM ü."t x" ;';
  const byteOf = (part: string): number => Buffer.byteLength(text.slice(0, text.indexOf(part)));
  const words = (span: { start: number; end: number }): string => text.slice(span.start, span.end);
  const source = sourceAt(text, 0);

  it('turns byte offsets into UTF-16 units', () => {
    expect(words(source.call(byteOf('f(1)')))).toBe('f(1)');
    expect(words(source.name(byteOf('ü')))).toBe('ü."t x"');
    expect(words(source.words(byteOf('FROM')))).toBe('FROM ü."t x"');
  });

  it('moves by the base of an embedded text', () => {
    expect(sourceAt(text, 100).name(byteOf('ü'))).toEqual({ start: 100 + text.indexOf('ü'), end: 100 + text.indexOf(' ;') });
  });
});
