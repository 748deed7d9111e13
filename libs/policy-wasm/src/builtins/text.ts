/** Strings: affixes, counting, splitting. Positions are code points, as in OPA. */
import { type RegoValue, isArray, isSet } from '../host/value.ts';
import type { Builtin } from './index.ts';
import { array, integer, items, text } from './operands.ts';
import { sprintf } from './sprintf.ts';

export const TEXT: Readonly<Record<string, Builtin>> = {
  sprintf: (format, values) => sprintf(text(format), array(values)),
  indexof_n: (base, search) => indexOfAll(text(base), text(search)),
  'strings.count': (base, search) => countOf(text(base), text(search)),
  'strings.split_n': (base, delimiter, count) => splitN(text(base), text(delimiter), integer(count)),
  'strings.any_prefix_match': (search, base) => anyMatch(search, base, (value, prefix) => value.startsWith(prefix)),
  'strings.any_suffix_match': (search, base) => anyMatch(search, base, (value, suffix) => value.endsWith(suffix)),
  'glob.quote_meta': (pattern) => text(pattern).replace(/[*?\\[\]{}]/g, '\\$&'),
};

function anyMatch(
  search: RegoValue | undefined,
  base: RegoValue | undefined,
  match: (value: string, affix: string) => boolean,
): boolean {
  const affixes = texts(base);
  return texts(search).some((value) => affixes.some((affix) => match(value, affix)));
}

function texts(value: RegoValue | undefined): readonly string[] {
  return isArray(value) || isSet(value) ? items(value).map(text) : [text(value)];
}

function indexOfAll(base: string, search: string): number[] {
  if (search === '') throw new TypeError('empty search character');
  const found: number[] = [];
  let points = 0;
  let from = 0;
  for (let at = base.indexOf(search); at >= 0; at = base.indexOf(search, at + 1)) {
    points += codePoints(base.slice(from, at));
    from = at;
    found.push(points);
  }
  return found;
}

/** Occurrences that do not overlap; the empty string lies before and after every code point. */
function countOf(base: string, search: string): number {
  return search === '' ? codePoints(base) + 1 : base.split(search).length - 1;
}

/** The first n parts, or the last -n. */
function splitN(base: string, delimiter: string, count: number): readonly string[] {
  const parts = delimiter === '' ? Array.from(base) : base.split(delimiter);
  return count >= 0 ? parts.slice(0, count) : parts.slice(count);
}

function codePoints(value: string): number {
  return Array.from(value).length;
}
