/**
 * MySQL's ANSI_QUOTES: by default `"x"` is a string, in that mode a name. Where one stands in the place of a table or after a dot only a
 * server in that mode takes the text at all, and then every other one is a name too.
 */
import type { Lexed, Token } from './lexer.ts';

const BEFORE_NAMES: ReadonlySet<string> = new Set(['FROM', 'INTO', 'UPDATE', 'JOIN', 'TABLE', '.', 'TRUNCATE']);

/** The text with its `"names"` in backquotes, offsets unchanged; undefined when nothing says that it is written for ANSI_QUOTES. */
export function inAnsiQuotes(lexed: Lexed, text: string): string | undefined {
  const doubled = (token: Token | undefined): boolean => token?.kind === 'string' && text[token.start] === '"';
  const ansi = lexed.tokens.some(
    (token, i) => doubled(token) && (BEFORE_NAMES.has(lexed.tokens[i - 1]?.word ?? '') || lexed.tokens[i + 1]?.word === '.'),
  );
  if (!ansi) return undefined;
  let out = '';
  let from = 0;
  for (const token of lexed.tokens) {
    if (!doubled(token)) continue;
    const name = text.slice(token.start + 1, token.end - 1);
    if (/["`\\]/.test(name)) return undefined;
    out += `${text.slice(from, token.start)}\`${name}\``;
    from = token.end;
  }
  return out + text.slice(from);
}
