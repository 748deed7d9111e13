/** SQL for the record: literals replaced by `$n`, comments gone, whitespace folded. Names, verbs and structure stay. */
import { isComment, isSpace, isWord, tokenEnd } from './lexer.ts';

/** Longest normalised text (UTF-16 units) that is kept: the fingerprint says the rest. */
export const NORMALISED_UNITS = 16 * 1024;

const QUOTE = 0x27;
const DOLLAR = 0x24;
const ZERO = 0x30;
const NINE = 0x39;
const DOT = 0x2e;

export function normalised(text: string): string {
  let next = highestParameter(text);
  let out = '';
  let spaced = false;
  for (let i = 0; i < text.length && out.length < NORMALISED_UNITS;) {
    const end = isNumber(text, i) ? numberEnd(text, i) : tokenEnd(text, i);
    if (isSpace(text.charCodeAt(i)) || isComment(text, i)) spaced = true;
    else {
      if (spaced && out !== '') out += ' ';
      spaced = false;
      if (!isLiteral(text, i, end)) out += text.slice(i, end);
      else out = `${withoutPrefix(out)}$${++next}`;
    }
    i = end;
  }
  return out;
}

/** Strings in all their quotings, and numbers; `$1` is a parameter already. */
function isLiteral(text: string, start: number, end: number): boolean {
  const code = text.charCodeAt(start);
  if (code === QUOTE || isNumber(text, start)) return true;
  if (code === DOLLAR) return end > start + 1;
  return text.charCodeAt(end - 1) === QUOTE && !isQuotedName(text, start);
}

/** `U&"a'"` is a name that ends in its own quote; only its first characters tell it from `U&'a'`. */
function isQuotedName(text: string, start: number): boolean {
  const code = text.charCodeAt(start);
  return code === 0x22 || text.charCodeAt(start + 2) === 0x22;
}

function isNumber(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code >= ZERO && code <= NINE) return text.charCodeAt(at - 1) !== DOLLAR;
  const next = text.charCodeAt(at + 1);
  return code === DOT && next >= ZERO && next <= NINE && !isWord(text.charCodeAt(at - 1));
}

/** Digits, a fraction, an exponent with its sign; `1..2` is two numbers. */
function numberEnd(text: string, start: number): number {
  let i = start;
  for (; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const last = text.charCodeAt(i - 1) | 0x20;
    const signed = (code === 0x2b || code === 0x2d) && last === 0x65 && i > start && !/^0x/i.test(text.slice(start, start + 2));
    if (!isWord(code) && !signed && (code !== DOT || text.charCodeAt(i + 1) === DOT)) break;
  }
  return Math.max(i, start + 1);
}

/** The letter of `B'…'`, `X'…'` and `N'…'` belongs to the literal. */
function withoutPrefix(out: string): string {
  // The last two characters alone: a search from the start would be quadratic in the number of literals.
  return /^(|[^\w."])[bnx]$/i.test(out.slice(-2)) ? out.slice(0, -1) : out;
}

function highestParameter(text: string): number {
  let highest = 0;
  for (let i = text.indexOf('$'); i >= 0; i = text.indexOf('$', i + 1)) {
    const number = Number.parseInt(text.slice(i + 1, i + 7), 10);
    if (number > highest) highest = number;
  }
  return highest;
}
