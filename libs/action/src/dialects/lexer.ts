/** Cuts a text of any dialect into tokens, and says where that cannot be done for sure. Linear; never throws, never recurses. */
import type { Lexing } from './dialects.ts';

export type TokenKind = 'word' | 'name' | 'string' | 'number' | 'symbol';

export interface Token {
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
  /** In upper case for a plain word, the character for a symbol, the content for a quoted name; '' otherwise. */
  readonly word: string;
}

export interface Lexed {
  readonly tokens: readonly Token[];
  /** The text with its comments turned into spaces: every offset still holds. */
  readonly clean: string;
  /** Why the text cannot be cut with certainty; '' when it can. */
  readonly trouble: string;
  /** A backslash stands before a quote inside a string: a server that does not escape with it reads another text. */
  readonly escapedQuote: boolean;
}

const TOKENS = 60_000;

const WORD_START = /[\p{L}_@#\u0080-\uffff]/u;

/** `escapes` says whether a backslash escapes, where the dialect leaves it open. */
export function lex(text: string, lexing: Lexing, escapes = lexing.backslash !== 'never'): Lexed {
  const tokens: Token[] = [];
  const blanks: number[] = [];
  let trouble = '';
  let escapedQuote = false;
  let i = 0;
  const add = (kind: TokenKind, end: number, word: string): void => {
    tokens.push({ kind, start: i, end, word });
    i = end;
  };
  while (i < text.length && trouble === '') {
    if (tokens.length > TOKENS) return failed(text, `more than ${TOKENS} words in one text`);
    const code = text.charCodeAt(i);
    if (code <= 0x20 || code === 0xa0 || code === 0x3000) {
      i++;
      continue;
    }
    const comment = commentEnd(text, i, lexing);
    if (comment !== 0) {
      if (comment < 0) trouble = 'a comment that does not end, or holds another one';
      blanks.push(i, Math.abs(comment));
      i = Math.abs(comment);
      continue;
    }
    const literal = literalEnd(text, i, lexing, escapes);
    if (literal !== undefined) {
      if (literal.end < 0) trouble = 'a quote that is not closed';
      if (literal.escapedQuote) escapedQuote = true;
      const end = literal.end < 0 ? text.length : literal.end;
      add(literal.kind, end, literal.kind === 'name' ? text.slice(i + 1, end - 1) : '');
    } else if (isDigit(code) || (code === 0x2e && isDigit(text.charCodeAt(i + 1)))) add('number', numberEnd(text, i), '');
    else if (isWordCode(code) || code === 0x40 || code === 0x23 || code === 0x24) {
      const end = wordEnd(text, i);
      add('word', end, text.slice(i, end).toUpperCase());
    } else add('symbol', i + 1, text[i] ?? '');
  }
  return { tokens, clean: blanked(text, blanks), trouble, escapedQuote };
}

function failed(text: string, trouble: string): Lexed {
  return { tokens: [], clean: text, trouble, escapedQuote: false };
}

/** The text with each `[start, end)` of `ranges` turned into spaces. */
export function blanked(text: string, ranges: readonly number[]): string {
  if (ranges.length === 0) return text;
  let out = '';
  let from = 0;
  for (let i = 0; i < ranges.length; i += 2) {
    const start = ranges[i] ?? 0;
    const end = ranges[i + 1] ?? 0;
    out += text.slice(from, start) + ' '.repeat(end - start);
    from = end;
  }
  return out + text.slice(from);
}

export function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function isWordCode(code: number): boolean {
  if ((code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || code === 0x5f) return true;
  return code >= 0x80 && WORD_START.test(String.fromCharCode(code));
}

function wordEnd(text: string, at: number): number {
  let i = at + 1;
  for (; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (!isWordCode(code) && !isDigit(code) && code !== 0x24 && code !== 0x40 && code !== 0x23) break;
  }
  return i;
}

function numberEnd(text: string, at: number): number {
  let i = at + 1;
  for (; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const sign = (code === 0x2b || code === 0x2d) && /[eE]/.test(text[i - 1] ?? '') && !/^0x/i.test(text.slice(at, at + 2));
    if (!isDigit(code) && code !== 0x2e && !isWordCode(code) && !sign) break;
  }
  return i;
}

/** 0: no comment here; negative: one that does not end well. */
function commentEnd(text: string, at: number, lexing: Lexing): number {
  const code = text.charCodeAt(at);
  if (code === 0x2d && text.charCodeAt(at + 1) === 0x2d) {
    const next = text.charCodeAt(at + 2);
    return lexing.dashesNeedSpace && at + 2 < text.length && next > 0x20 ? 0 : lineEnd(text, at);
  }
  if (code === 0x2f && text.charCodeAt(at + 1) === 0x2a) return blockEnd(text, at, lexing);
  return lexing.lineComments.some((opener) => text.startsWith(opener, at)) ? lineEnd(text, at) : 0;
}

function lineEnd(text: string, at: number): number {
  for (let i = at; i < text.length; i++) {
    const code = text.charCodeAt(i);
    // Servers differ in whether a lone carriage return ends the line.
    if (code === 0x0a) return i;
    if (code === 0x0d) return text.charCodeAt(i + 1) === 0x0a ? i : -Math.min(i + 1, text.length);
  }
  return text.length;
}

function blockEnd(text: string, at: number, lexing: Lexing): number {
  const close = text.indexOf('*/', at + 2);
  if (close < 0) return -text.length;
  const inner = text.indexOf('/*', at + 2);
  if (inner >= 0 && inner < close) {
    if (!lexing.nestedComments) return -(close + 2);
    return nestedEnd(text, at);
  }
  return close + 2;
}

function nestedEnd(text: string, at: number): number {
  let depth = 0;
  for (let i = at; i < text.length; i++) {
    const two = text.startsWith('/*', i) ? 1 : text.startsWith('*/', i) ? -1 : 0;
    if (two === 0) continue;
    depth += two;
    i++;
    if (depth === 0) return i + 1;
  }
  return -text.length;
}

interface Literal {
  readonly kind: 'string' | 'name';
  /** Negative when it does not end. */
  readonly end: number;
  readonly escapedQuote: boolean;
}

function literalEnd(text: string, at: number, lexing: Lexing, escapes: boolean): Literal | undefined {
  const char = text[at] ?? '';
  if (lexing.tripleQuotes && (text.startsWith("'''", at) || text.startsWith('"""', at)))
    return untilText(text, at, text.slice(at, at + 3), 'string', escapes);
  if (lexing.strings.includes(char)) return quoted(text, at, char, 'string', escapes || isEscapeString(text, at, lexing));
  // Only ClickHouse escapes in names, too.
  if (lexing.names.includes(char)) return quoted(text, at, char === '[' ? ']' : char, 'name', lexing.escapedNames);
  if (char === '$' && lexing.dollarQuotes) {
    const tag = /^\$(?:[A-Za-z_][A-Za-z_0-9]{0,62})?\$/.exec(text.slice(at, at + 66))?.[0];
    if (tag !== undefined) return untilText(text, at, tag, 'string', false);
  }
  if (lexing.alternativeQuotes && /^n?q'/i.test(text.slice(at, at + 3))) return alternative(text, at);
  return undefined;
}

/** `E'…'` of PostgreSQL's family. */
function isEscapeString(text: string, at: number, lexing: Lexing): boolean {
  return lexing.dollarQuotes && /(^|[^\w$])e$/i.test(text.slice(Math.max(at - 2, 0), at));
}

function quoted(text: string, at: number, close: string, kind: 'string' | 'name', escapes: boolean): Literal {
  let escapedQuote = false;
  for (let i = at + 1; i < text.length; i++) {
    const char = text[i];
    if (char === '\\' && kind === 'string' && (text[i + 1] === close || text[i + 1] === '\\')) escapedQuote = true;
    if (char === '\\' && escapes) i++;
    else if (char === close) {
      if (text[i + 1] !== close) return { kind, end: i + 1, escapedQuote };
      i++;
    }
  }
  return { kind, end: -1, escapedQuote };
}

function untilText(text: string, at: number, close: string, kind: 'string' | 'name', escapes: boolean): Literal {
  for (let i = at + close.length; i < text.length; i++) {
    if (escapes && text[i] === '\\') i++;
    else if (text.startsWith(close, i)) return { kind, end: i + close.length, escapedQuote: false };
  }
  return { kind, end: -1, escapedQuote: false };
}

const CLOSERS: Readonly<Record<string, string>> = { '[': ']', '(': ')', '{': '}', '<': '>' };

function alternative(text: string, at: number): Literal {
  const open = text.indexOf("'", at) + 1;
  const first = text[open] ?? '';
  const end = text.indexOf(`${CLOSERS[first] ?? first}'`, open + 1);
  return { kind: 'string', end: end < 0 ? -1 : end + 2, escapedQuote: false };
}
