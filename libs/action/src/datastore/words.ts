/** Command lines of datastores cut into words as their own clients cut them, each with the place where it stands. */

export interface StoreWord {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

export interface StoreLine {
  readonly words: readonly StoreWord[];
  readonly start: number;
  readonly end: number;
  /** What stood in the way of cutting it; '' for nothing. */
  readonly problem: string;
}

export const LINES = 2000;

/** redis-cli's rules: "…" with backslash escapes, '…' with \' only, blanks between words, one command a line. */
export function linesOf(text: string): StoreLine[] {
  const out: StoreLine[] = [];
  let start = 0;
  while (start <= text.length && out.length <= LINES) {
    const found = text.indexOf('\n', start);
    const end = found < 0 ? text.length : found;
    const line = wordsIn(text, start, end > start && text[end - 1] === '\r' ? end - 1 : end);
    if (line.words.length > 0 || line.problem !== '') out.push(line);
    start = end + 1;
  }
  return out;
}

function wordsIn(text: string, start: number, end: number): StoreLine {
  const words: StoreWord[] = [];
  let index = start;
  while (index < end) {
    while (index < end && isBlank(text.charCodeAt(index))) index += 1;
    if (index >= end) break;
    const word = wordAt(text, index, end);
    if (typeof word === 'string') return { words, start, end, problem: word };
    words.push(word);
    index = word.end;
  }
  const first = words[0]?.start ?? start;
  return { words, start: first, end: words.at(-1)?.end ?? end, problem: '' };
}

function wordAt(text: string, from: number, end: number): StoreWord | string {
  let value = '';
  let index = from;
  while (index < end && !isBlank(text.charCodeAt(index))) {
    const quote = text[index] ?? '';
    if (quote !== '"' && quote !== "'") {
      value += quote;
      index += 1;
      continue;
    }
    const close = closing(text, index, end, quote);
    if (close < 0) return 'a quote is not closed';
    if (close + 1 < end && !isBlank(text.charCodeAt(close + 1))) return 'a word goes on behind a closing quote';
    const inner = text.slice(index + 1, close);
    value += quote === '"' ? unescape(inner) : inner.replaceAll("\\'", "'");
    index = close + 1;
  }
  return { text: value, start: from, end: index };
}

function closing(text: string, open: number, end: number, quote: string): number {
  for (let index = open + 1; index < end; index += 1) {
    if (text[index] === '\\' && (quote === '"' || text[index + 1] === "'")) index += 1;
    else if (text[index] === quote) return index;
  }
  return -1;
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', a: '\u0007' };

function unescape(inner: string): string {
  return inner.replace(/\\(?:x([0-9a-fA-F]{2})|(.))/g, (_, hex: string | undefined, char: string | undefined) =>
    hex !== undefined ? String.fromCharCode(Number.parseInt(hex, 16)) : (ESCAPES[char ?? ''] ?? char ?? ''),
  );
}

function isBlank(unit: number): boolean {
  return unit === 0x20 || unit === 0x09 || unit === 0x0b || unit === 0x0c || unit === 0x0d;
}
