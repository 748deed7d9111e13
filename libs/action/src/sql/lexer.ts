/** A PostgreSQL tokenizer of one function: where the token that starts here ends. It never throws and never recurses. */

const QUOTE = 0x27;
const DOUBLE = 0x22;
const DOLLAR = 0x24;
const SLASH = 0x2f;
const STAR = 0x2a;
const MINUS = 0x2d;
const NEWLINE = 0x0a;
const BACKSLASH = 0x5c;
const OPEN = 0x28;
const CLOSE = 0x29;

/** Any whitespace that PostgreSQL's scanner skips. */
export function isSpace(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d);
}

/** Letters, digits, `_`, `$` and everything beyond ASCII: what an unquoted identifier is made of. */
export function isWord(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0x41 && code <= 0x5a) ||
    (code >= 0x30 && code <= 0x39) ||
    code === 0x5f ||
    code >= 0x80
  );
}

/** The end of the whitespace and comments that start at `at`. */
export function skipSpace(text: string, at: number): number {
  let i = at;
  for (;;) {
    if (i < text.length && isSpace(text.charCodeAt(i))) i++;
    else if (isComment(text, i)) i = tokenEnd(text, i);
    else return i;
  }
}

export function isComment(text: string, at: number): boolean {
  const first = text.charCodeAt(at);
  const second = text.charCodeAt(at + 1);
  return (first === MINUS && second === MINUS) || (first === SLASH && second === STAR);
}

/** The end of the token at `at`: a comment, a literal, a quoted name, a word, or one character of anything else. */
export function tokenEnd(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (isComment(text, at)) return code === MINUS ? lineEnd(text, at) : commentEnd(text, at);
  if (code === QUOTE) return quotedEnd(text, at, QUOTE, false);
  if (code === DOUBLE) return quotedEnd(text, at, DOUBLE, false);
  if (code === DOLLAR) return dollarEnd(text, at);
  if (!isWord(code)) return at + 1;
  let i = at + 1;
  while (i < text.length && (isWord(text.charCodeAt(i)) || text.charCodeAt(i) === DOLLAR)) i++;
  return i === at + 1 ? prefixedEnd(text, at, i) : i;
}

/** The one-letter word that ends at `i`, or the literal that it introduces: `E'…'` with backslashes, `U&'…'` and `U&"…"`. */
function prefixedEnd(text: string, at: number, i: number): number {
  const letter = text.charCodeAt(at) | 0x20;
  if (letter === 0x65 && text.charCodeAt(i) === QUOTE) return quotedEnd(text, i, QUOTE, true);
  const quote = text.charCodeAt(i + 1);
  const unicode = letter === 0x75 && text[i] === '&' && (quote === QUOTE || quote === DOUBLE);
  return unicode ? quotedEnd(text, i + 1, quote, false) : i;
}

/** The index after the parenthesis that closes the first one at or after `at`; the end of the text when there is none. */
export function closingParen(text: string, at: number): number {
  let depth = 0;
  for (let i = at; i < text.length; i = tokenEnd(text, i)) {
    const code = text.charCodeAt(i);
    if (code === OPEN) depth++;
    else if (code === CLOSE && --depth <= 0) return i + 1;
  }
  return text.length;
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end + (text.charCodeAt(end) === NEWLINE ? 1 : 0);
}

function commentEnd(text: string, at: number): number {
  let depth = 1;
  let i = at + 2;
  while (i < text.length && depth > 0) {
    const code = text.charCodeAt(i);
    if (code === SLASH && text.charCodeAt(i + 1) === STAR) {
      depth++;
      i += 2;
    } else if (code === STAR && text.charCodeAt(i + 1) === SLASH) {
      depth--;
      i += 2;
    } else i++;
  }
  return i;
}

function quotedEnd(text: string, at: number, quote: number, escapes: boolean): number {
  let i = at + 1;
  while (i < text.length) {
    const code = text.charCodeAt(i);
    if (escapes && code === BACKSLASH) i += 2;
    else if (code !== quote) i++;
    else if (text.charCodeAt(i + 1) === quote) i += 2;
    else return i + 1;
  }
  return text.length;
}

function dollarEnd(text: string, at: number): number {
  const tag = dollarTag(text, at);
  if (tag === '') return at + 1;
  const end = text.indexOf(tag, at + tag.length);
  return end < 0 ? text.length : end + tag.length;
}

/** The `$tag$` that opens at `at`, or '' when the dollar opens no quoting (`$1`). */
export function dollarTag(text: string, at: number): string {
  let i = at + 1;
  const first = text.charCodeAt(i);
  if (first >= 0x30 && first <= 0x39) return '';
  while (i < text.length && isWord(text.charCodeAt(i))) i++;
  return text.charCodeAt(i) === DOLLAR ? text.slice(at, i + 1) : '';
}
