/** Reads one statement: takes control words off its front, then asks the tables of commands, then the grammar. */
import { type Cx, emit, emitOpaque, emitReads } from './context.ts';
import { control } from './control.ts';
import { verbOf } from './commands/verbs.ts';
import { name, targets, word, wordsOf } from './commands/words.ts';
import { isHarmless } from './functions/harmless.ts';
import { type Parsed, parseStatement } from './grammar.ts';
import type { Token } from './lexer.ts';
import { type Piece, pieceOf } from './pieces.ts';
import { readMade } from './rest.ts';
import { prepared } from './surgery.ts';
import { isTree } from './tree.ts';
import { visit } from './walk.ts';

/** Statements that the grammar reads; every other goes by its first words. */
const GRAMMAR: ReadonlySet<string> = new Set([
  'SELECT',
  'WITH',
  'INSERT',
  'REPLACE',
  'UPDATE',
  'DELETE',
  'MERGE',
  'VALUES',
  'TABLE',
  'FROM',
  '(',
]);
/** What the grammar may answer there. */
const ROOTS: ReadonlySet<string> = new Set(['Query', 'Insert', 'Update', 'Delete', 'Merge', 'Directory']);

/** Why the scope is not known where only the verb could be read. */
export const UNREAD_ROWS = 'which rows could not be read';

/** Chains of operators longer than this make the grammar trap (see grammar.ts). */
const OPERATORS = 400;

export function readPiece(piece: Piece, outer: Cx): void {
  const cx: Cx = {
    ...outer,
    piece,
    statement: { start: piece.start, end: piece.end },
    reads: new Map(),
    readScope: 'one',
    selects: 0,
    topRows: undefined,
    ctes: undefined,
  };
  const before = cx.out.length;
  const words = wordsOf(piece.tokens, cx.text);
  control(words, cx);
  const first = words.tokens[words.at];
  if (first === undefined) return emitReads(cx);
  cx.piece = words.at === 0 ? piece : pieceOf(piece.tokens.slice(words.at));
  cx.statement = { start: cx.piece.start, end: cx.piece.end };
  if (word(words) === 'TABLE') readMade(`SELECT * FROM ${cx.text.slice(first.end, cx.piece.end)}`, cx);
  else if (GRAMMAR.has(word(words))) byGrammar(word(words), cx);
  else if (!verbOf(words, cx))
    emitOpaque(cx, `a statement that is not known: ${cx.text.slice(first.start, Math.min(first.end, first.start + 40))}`);
  emitReads(cx);
  if (cx.out.length === before && cx.depth === 0) emit(cx, { kind: 'none', reversible: 'yes' });
}

function byGrammar(verb: string, cx: Cx): void {
  const made = prepared(cx);
  if (operators(cx.piece.tokens) > OPERATORS) {
    emitOpaque(cx, `more than ${OPERATORS} operators in one statement`);
    return fallback(verb, cx);
  }
  const parsed = parseAs(made, cx);
  if (!parsed.ok || parsed.statements.length !== 1) {
    const joined = verb === 'UPDATE' ? joinedUpdate(cx) : undefined;
    if (joined !== undefined) return readMade(joined, cx);
    const why = parsed.ok
      ? 'the grammar sees several statements in one'
      : `not ${cx.dialect.name} that can be read: ${parsed.why}`;
    emitOpaque(cx, why);
    return fallback(verb, cx);
  }
  const [root] = parsed.statements;
  const variant = isTree(root) ? (Object.keys(root)[0] ?? '') : '';
  if (!ROOTS.has(variant)) return emitOpaque(cx, `a kind of statement that is not known: ${variant}`);
  visit(variant === 'Query' && isTree(root) ? root['Query'] : root, cx);
}

/** What one dialect's grammar does not know another's may; only where both cut the text into the same words. */
function parseAs(text: string, cx: Cx): Parsed {
  const own = parseStatement(text, cx.dialect.grammar);
  if (own.ok) return own;
  // Redshift's words are PostgreSQL's, whatever they hold.
  const kin = cx.dialect.name === 'redshift' ? parseStatement(text, 'postgresql') : own;
  if (kin.ok || /[\\"`#$\[{]/.test(text)) return kin;
  for (const grammar of cx.dialect.name === 'oracle' ? ['generic', 'snowflake'] : ['generic']) {
    const other = parseStatement(text, grammar);
    if (other.ok) return other;
  }
  return own;
}

/** MySQL: `UPDATE a, b SET …` is `UPDATE a JOIN b SET …`. */
function joinedUpdate(cx: Cx): string | undefined {
  const { tokens, start, end } = cx.piece;
  const set = tokens.findIndex((token) => token.kind === 'word' && token.word === 'SET');
  const commas = tokens.slice(0, Math.max(set, 0)).filter((token) => token.kind === 'symbol' && token.word === ',');
  if (commas.length === 0) return undefined;
  let text = '';
  let from = start;
  for (const comma of commas) {
    text += `${cx.text.slice(from, comma.start)} JOIN `;
    from = comma.end;
  }
  return text + cx.text.slice(from, end);
}

/** What the verb alone says, where the grammar gave up: better than nothing for the person who is asked. */
function fallback(verb: string, cx: Cx): void {
  const words = wordsOf(cx.piece.tokens, cx.text, 1);
  if (verb === 'DELETE' || verb === 'UPDATE') {
    if (word(words) === 'FROM') words.at++;
    const kind = verb === 'DELETE' ? 'delete' : 'write';
    emit(cx, {
      kind,
      scope: 'unknown',
      reversible: 'no',
      targets: targets('table', [name(words)]),
      why: UNREAD_ROWS,
    });
  } else if (verb === 'INSERT' || verb === 'REPLACE' || verb === 'MERGE') {
    emit(cx, {
      kind: 'write',
      scope: 'unknown',
      reversible: verb === 'INSERT' ? 'yes' : 'no',
      why: UNREAD_ROWS,
    });
  }
}

function operators(tokens: readonly Token[]): number {
  let count = 0;
  for (const token of tokens) {
    if (
      token.kind === 'symbol'
        ? !'(),.;[]'.includes(token.word)
        : /^(AND|OR|NOT|LIKE|IN|IS|BETWEEN|UNION|JOIN|XOR|DIV|MOD|RLIKE|REGEXP)$/.test(token.word)
    )
      count++;
  }
  return count;
}

/** An expression that stands in a command: its functions and subqueries count. What the grammar cannot read in it is opaque. */
export function readExpression(tokens: readonly Token[], cx: Cx): void {
  if (!tokens.some((token) => token.word === '(' && token.kind === 'symbol') || operators(tokens) > OPERATORS) {
    if (operators(tokens) > OPERATORS) emitOpaque(cx, `more than ${OPERATORS} operators in one expression`);
    return;
  }
  const piece = pieceOf(tokens);
  const inner: Cx = { ...cx, piece };
  const text = cx.text.slice(piece.start, piece.end);
  for (const shape of [`SELECT ${text}`, `SELECT (${text})`, text]) {
    const parsed = parseStatement(shape, cx.dialect.grammar);
    if (!parsed.ok || parsed.statements.length !== 1) continue;
    const [root] = parsed.statements;
    if (isTree(root) && isTree(root['Query'])) {
      visit(root['Query'], inner);
      cx.reads = inner.reads;
      cx.readScope = inner.readScope;
      return;
    }
  }
  callsIn(tokens, inner);
}

/** Words before a parenthesis that are no calls. */
const NO_CALLS: ReadonlySet<string> = new Set(
  `AND OR NOT IN EXISTS ANY ALL SOME AS VALUES VARCHAR NVARCHAR CHAR NCHAR VARCHAR2 NVARCHAR2 DECIMAL NUMERIC NUMBER FLOAT INT BINARY VARBINARY
   DATETIME DATETIME2 TIME TIMESTAMP BIT TABLE IF THEN ELSE WHEN RETURN , + - = ( < > ENUM SET ON USING RAW STRING`.split(/\s+/),
);

/** The last resort: no tree, but every word before a parenthesis may be a call. */
function callsIn(tokens: readonly Token[], cx: Cx): void {
  for (let i = 0; i + 1 < tokens.length; i++) {
    const token = tokens[i] as Token;
    if (token.kind === 'symbol' || tokens[i + 1]?.word !== '(' || NO_CALLS.has(token.word)) continue;
    if (tokens[i - 1]?.word !== '.' && isHarmless([token.word.toLowerCase()], cx.dialect.name)) continue;
    const span = { start: token.start, end: tokens.at(-1)?.end ?? token.end };
    return emitOpaque(cx, 'an expression that cannot be read', cx.text.slice(token.start, token.end), span);
  }
}
