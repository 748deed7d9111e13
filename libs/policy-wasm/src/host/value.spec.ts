import { describe, expect, it } from 'vitest';
import { compareValues, members, regoText } from './order.ts';
import { type RegoValue, formatValue, parseValue } from './value.ts';

describe('the text of Rego values', () => {
  it.each([
    ['null', null],
    ['-1.5e3', -1500],
    ['9007199254740993', 9007199254740993n],
    ['-9223372036854775808', -9223372036854775808n],
    ['"a\\"\\u00e9"', 'a"é'],
    ['[1, [], "x"]', [1, [], 'x']],
    ['{}', new Map()],
    ['set()', new Set()],
    ['{1, {2}}', new Set<RegoValue>([1, new Set([2])])],
    [
      '{"a": {"b": 1}, 2: [true]}',
      new Map<RegoValue, RegoValue>([
        ['a', new Map([['b', 1]])],
        [2, [true]],
      ]),
    ],
  ])('reads %s', (text, value) => {
    expect(parseValue(text)).toEqual(value);
  });

  it.each(['{1, 2', '[1 2]', '{"a": 1, 2}', 'nul', '', '1 2', '"a'])('refuses %j', (text) => {
    expect(() => parseValue(text)).toThrow(SyntaxError);
  });

  it('writes back what it read, digits and sets kept', () => {
    const text = '{"n":1700000000123456789,"s":{1,"a"},"e":set(),"o":{},"l":[null,true,0.5]}';
    expect(formatValue(parseValue(text))).toBe(text);
  });

  it.each([NaN, Infinity])('refuses to write %d', (value) => {
    expect(() => formatValue([value])).toThrow(RangeError);
  });
});

describe("Rego's order", () => {
  it('sorts by type, then by value', () => {
    const values: RegoValue[] = [new Set(), new Map(), [], 'b', '\u{1f600}', '\uffff', 2n ** 60n, 1, true, false, null];
    expect([...values].sort(compareValues)).toEqual([
      null,
      false,
      true,
      1,
      2n ** 60n,
      'b',
      '\uffff',
      '\u{1f600}',
      [],
      new Map(),
      new Set(),
    ]);
  });

  it('prints sets and objects in order, as OPA does', () => {
    expect(
      regoText(
        new Map<RegoValue, RegoValue>([
          ['b', new Set([3, 1])],
          ['a', [1, 'x']],
        ]),
      ),
    ).toBe('{"a": [1, "x"], "b": {1, 3}}');
    expect(members(new Set(['b', 'a']))).toEqual(['a', 'b']);
  });
});
