/** Reading a command word by word: the little that is needed for statements that are a verb, an object and names. */
import type { EffectTarget } from '@countersign/kernel';
import type { Token } from '../lexer.ts';

export interface Words {
  readonly text: string;
  readonly tokens: readonly Token[];
  at: number;
}

export function wordsOf(tokens: readonly Token[], text: string, at = 0): Words {
  return { text, tokens, at };
}

/** The word `ahead` places on, '' for anything that is no plain word or symbol. */
export function word(words: Words, ahead = 0): string {
  const token = words.tokens[words.at + ahead];
  return token === undefined || token.kind === 'name' || token.kind === 'string' ? '' : token.word;
}

export function ended(words: Words): boolean {
  return words.at >= words.tokens.length;
}

/** Moves past the words when all of them come next. Each may be alternatives: `TABLE|VIEW`. */
export function accept(words: Words, ...wanted: readonly string[]): boolean {
  for (let i = 0; i < wanted.length; i++) if (!isOne(wanted[i] ?? '', word(words, i))) return false;
  words.at += wanted.length;
  return true;
}

/** `TABLE|VIEW` is either; a bare `|` is the symbol. */
function isOne(wanted: string, found: string): boolean {
  return wanted === '|' ? found === '|' : found !== '' && wanted.split('|').includes(found);
}

/** Moves past every word of the list, in any order. */
export function skip(words: Words, list: string): void {
  const any = list.split(' ');
  while (!ended(words) && any.includes(word(words))) words.at++;
}

export function skipExists(words: Words): void {
  if (accept(words, 'IF', 'NOT', 'EXISTS')) return;
  accept(words, 'IF', 'EXISTS');
}

/** A dotted name (or a quoted one, or a string in its place) and moves past it; '' when none comes. */
export function name(words: Words): string {
  const parts: string[] = [];
  for (;;) {
    const token = words.tokens[words.at];
    if (token === undefined || (token.kind === 'symbol' && token.word !== '*')) break;
    parts.push(plainName(words.text, token));
    words.at++;
    if (word(words) !== '.') break;
    words.at++;
    // `db..table` leaves the schema out.
    if (word(words) === '.') words.at++;
  }
  return parts.join('.');
}

export function plainName(text: string, token: Token): string {
  if (token.kind === 'string') return text.slice(token.start + 1, token.end - 1);
  const raw = token.kind === 'name' ? token.word : text.slice(token.start, token.end);
  return /[."\s]/.test(raw) && token.kind === 'name' ? `"${raw.replaceAll('"', '""')}"` : raw;
}

/** Names with commas between; whatever follows a name in parentheses is skipped. */
export function names(words: Words): string[] {
  const found: string[] = [];
  do {
    const one = name(words);
    if (one === '') break;
    found.push(one);
    if (word(words) === '(') skipParens(words);
  } while (accept(words, ','));
  return found;
}

export function targets(type: string, list: readonly string[]): EffectTarget[] {
  return list.map((one) => ({ type, name: one }));
}

/** Moves past a parenthesis and what is in it. */
export function skipParens(words: Words): void {
  let depth = 0;
  for (; !ended(words); words.at++) {
    const symbol = word(words);
    if (symbol === '(') depth++;
    else if (symbol === ')' && --depth <= 0) {
      words.at++;
      return;
    }
  }
}

/** The place of the first of these words that stands outside parentheses, from `words.at` on; -1 for none. */
export function find(words: Words, ...wanted: readonly string[]): number {
  let depth = 0;
  for (let i = words.at; i < words.tokens.length; i++) {
    const token = words.tokens[i] as Token;
    if (token.kind === 'symbol') depth += token.word === '(' ? 1 : token.word === ')' ? -1 : 0;
    if (depth <= 0 && (token.kind === 'word' || token.kind === 'symbol') && wanted.includes(token.word)) return i;
  }
  return -1;
}

/** True when the words stand one after the other somewhere from `words.at` on. */
export function has(words: Words, ...wanted: readonly string[]): boolean {
  for (let i = words.at; i + wanted.length <= words.tokens.length; i++) {
    if (wanted.every((one, j) => isOne(one, word(words, i + j - words.at)))) return true;
  }
  return false;
}

/** The content of the string at `words.at`, undefined when what stands there is no plain string. */
export function stringAt(words: Words): string | undefined {
  const token = words.tokens[words.at];
  if (token === undefined || token.kind !== 'string') return undefined;
  return contentOf(words.text.slice(token.start, token.end));
}

/** What a string literal says; escapes of single characters are undone, which is all that commands hold. */
export function contentOf(literal: string): string | undefined {
  const dollar = /^\$\w*\$/.exec(literal)?.[0];
  if (dollar !== undefined) return literal.slice(dollar.length, -dollar.length);
  const triple = literal.startsWith("'''") || literal.startsWith('"""');
  if (triple) return literal.slice(3, -3);
  const alternative = /^n?q'./i.exec(literal)?.[0];
  if (alternative !== undefined) return literal.slice(alternative.length, -2);
  const quote = literal[0] ?? '';
  return literal
    .slice(1, -1)
    .replaceAll(quote + quote, quote)
    .replaceAll(/\\(['"\\])/g, '$1');
}
