/** Where a piece of SQL lies in the action's text: turns the parser's byte offsets into UTF-16 spans that point at words. */
import type { TextSpan } from '@countersign/kernel';
import { closingParen, skipSpace, tokenEnd } from './lexer.ts';

export interface Source {
  readonly text: string;
  /** The span of the words from byte `from` to byte `to` (the end when undefined), without space and `;` around them. */
  words(from: number, to?: number): TextSpan;
  /** The dotted name at byte `at`. */
  name(at: number): TextSpan;
  /** The call at byte `at`: its name and everything up to the closing parenthesis. */
  call(at: number): TextSpan;
  /** What stands between the parentheses after `AS` of the common table expression named at byte `at`. */
  cteBody(at: number): TextSpan;
  /** The text of a span that this source gave. */
  slice(span: TextSpan): string;
  /** A string constant that begins at byte `at`: where its content begins in the whole text, or -1 when it is escaped. */
  content(at: number): number;
}

/** A text that is the action's text from UTF-16 unit `base` on. */
export function sourceAt(text: string, base: number): Source {
  const unit = unitsOf(text);
  const place = (start: number, end: number): TextSpan => ({ start: base + start, end: base + end });
  return {
    text,
    words: (from, to) => {
      const start = skipSpace(text, unit(from));
      return place(start, trimmedEnd(text, start, to === undefined ? text.length : unit(to)));
    },
    name: (at) => place(unit(at), nameEnd(text, unit(at))),
    call: (at) => {
      const end = nameEnd(text, unit(at));
      const open = skipSpace(text, end);
      return place(unit(at), text[open] === '(' ? closingParen(text, open) : end);
    },
    cteBody: (at) => {
      const open = bodyOpen(text, unit(at));
      const close = closingParen(text, open);
      const start = skipSpace(text, Math.min(open + 1, text.length));
      return place(start, trimmedEnd(text, start, close - 1));
    },
    slice: (span) => text.slice(span.start - base, span.end - base),
    content: (at) => {
      const start = contentStart(text, unit(at));
      return start < 0 ? -1 : base + start;
    },
  };
}

/** SQL that the text does not hold as it stands (an escaped or built string): everything points at `span`. */
export function sourceWithin(text: string, span: TextSpan): Source {
  const all = (): TextSpan => span;
  return { text, words: all, name: all, call: all, cteBody: all, slice: () => text, content: () => -1 };
}

/** Byte offset → UTF-16 unit. For plain ASCII they are the same; otherwise one table, made on first use. */
function unitsOf(text: string): (byte: number) => number {
  let table: Uint32Array | undefined;
  let ascii: boolean | undefined;
  return (byte) => {
    ascii ??= isAscii(text);
    if (ascii) return Math.min(Math.max(byte, 0), text.length);
    table ??= unitTable(text);
    return table[Math.min(Math.max(byte, 0), table.length - 1)] ?? text.length;
  };
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0x7f) return false;
  return true;
}

function unitTable(text: string): Uint32Array {
  const table = new Uint32Array(text.length * 3 + 1);
  let byte = 0;
  for (let unit = 0; unit < text.length;) {
    const point = text.codePointAt(unit) ?? 0;
    const bytes = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    table.fill(unit, byte, byte + bytes);
    byte += bytes;
    unit += point > 0xffff ? 2 : 1;
  }
  table[byte] = text.length;
  return table.subarray(0, byte + 1);
}

function trimmedEnd(text: string, start: number, limit: number): number {
  let end = start;
  for (let i = start; i < limit; i = skipSpace(text, i)) {
    const next = tokenEnd(text, i);
    if (text[i] !== ';') end = next;
    i = next;
  }
  return Math.min(end, limit);
}

function nameEnd(text: string, start: number): number {
  let end = tokenEnd(text, start);
  for (;;) {
    const dot = skipSpace(text, end);
    if (text[dot] !== '.') return end;
    end = tokenEnd(text, skipSpace(text, dot + 1));
  }
}

/** The parenthesis after the `AS [NOT MATERIALIZED]` of a common table expression whose name is at `start`. */
function bodyOpen(text: string, start: number): number {
  let i = tokenEnd(text, start);
  for (; i < text.length; i = skipSpace(text, i)) {
    const end = text[i] === '(' ? closingParen(text, i) : tokenEnd(text, i);
    if (text.slice(i, end).toLowerCase() === 'as') return Math.max(text.indexOf('(', end), end);
    i = end;
  }
  return text.length;
}

/** Inside `'…'` or `$tag$…$tag$`; -1 for a literal whose content is not the text itself. */
function contentStart(text: string, at: number): number {
  const start = skipToLiteral(text, at);
  if (text[start] === '$') return text.indexOf('$', start + 1) + 1;
  const end = tokenEnd(text, start);
  return text[start] === "'" && !text.slice(start + 1, end - 1).includes("'") ? start + 1 : -1;
}

/** From the keyword in front of a literal (`AS $$…`) to the literal. */
function skipToLiteral(text: string, at: number): number {
  let i = skipSpace(text, at);
  while (i < text.length && text[i] !== "'" && text[i] !== '$') {
    if (/^e'/i.test(text.slice(i, i + 2))) return i;
    i = skipSpace(text, tokenEnd(text, i));
  }
  return i;
}
