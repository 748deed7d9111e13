/** Statements inside statements: what follows AS or DO, and statements made from parts of others. */
import { type Cx, emitOpaque } from './context.ts';
import { type Words, find } from './commands/words.ts';
import { lex } from './lexer.ts';
import { pieceOf, piecesOf } from './pieces.ts';
import { readPiece } from './statement.ts';

/** Statements within statements: nobody who wants to be understood writes more. */
const DEEPEST = 12;

/** Reads what follows the first of `stops` (separated by spaces) outside parentheses as a statement; nothing when none stands there. */
export function readAfter(words: Words, stops: string, cx: Cx): boolean {
  const at = find(words, ...stops.split(' '));
  if (at < 0 || at + 1 >= words.tokens.length) return false;
  // `IS BEGIN`, `AS BEGIN`: the block itself is the statement.
  words.at = words.tokens[at]?.word === 'BEGIN' ? at : at + 1;
  readHere(words, cx);
  return true;
}

/** Reads everything from `words.at` on as a statement. */
export function readHere(words: Words, cx: Cx): void {
  const tokens = words.tokens.slice(words.at);
  if (tokens.length === 0) return;
  if (++cx.depth > DEEPEST) emitOpaque(cx, 'statements within statements are nested too deeply');
  else readPiece(pieceOf(tokens), cx);
  cx.depth--;
}

/** Reads a text that is not in the action as it stands; everything points at the statement. */
export function readMade(text: string, cx: Cx): void {
  const lexed = lex(text, cx.dialect.lexing);
  if (lexed.trouble !== '' || ++cx.depth > DEEPEST) {
    emitOpaque(cx, lexed.trouble === '' ? 'statements within statements are nested too deeply' : lexed.trouble);
    return;
  }
  const { statement } = cx;
  const inner: Cx = { ...cx, text: lexed.clean, out: [], reads: new Map(), readScope: 'one' };
  for (const piece of piecesOf(lexed.tokens, lexed.clean, cx.dialect.name)) readPiece(piece, inner);
  cx.depth--;
  for (const effect of inner.out) cx.out.push({ ...effect, span: statement });
}
