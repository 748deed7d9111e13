/** A statement without what differs from call to call: literals become `?`, space and comments go, words are in lower case. */
import type { Lexed } from './lexer.ts';

const LONGEST = 16 * 1024;

export function normalisedOf(lexed: Lexed, text: string): string {
  if (lexed.trouble !== '') return '';
  let out = '';
  let before = '';
  for (const token of lexed.tokens) {
    const word =
      token.kind === 'string' || token.kind === 'number'
        ? '?'
        : token.kind === 'word'
          ? token.word.toLowerCase()
          : text.slice(token.start, token.end);
    // A list of literals is one, however long.
    const repeats = word === '?' && before === ',' && out.endsWith('?,');
    if (repeats) out = out.slice(0, -1);
    else
      out +=
        out === '' || word === ',' || word === ')' || word === '.' || word === ';' || before === '(' || before === '.'
          ? word
          : ` ${word}`;
    before = word;
    if (out.length > LONGEST) return '';
  }
  return out;
}

/** 64 bits of FNV-1a: the same for texts that differ only in literals; not meant to withstand anybody. */
export function fingerprintOf(normalised: string): string {
  if (normalised === '') return '';
  let high = 0xcbf29ce4;
  let low = 0x84222325;
  for (let i = 0; i < normalised.length; i++) {
    low = Math.imul(low ^ normalised.charCodeAt(i), 0x01000193) >>> 0;
    high = Math.imul(high ^ normalised.charCodeAt(i), 0x85ebca6b) >>> 0;
  }
  return high.toString(16).padStart(8, '0') + low.toString(16).padStart(8, '0');
}
