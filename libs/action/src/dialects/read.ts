/** SQL of dialects other than PostgreSQL → effects. */
import type { Effect } from '@countersign/kernel';
import { type ActionInput, type Analysis, opaqueEffect, unreadable } from '../analysis.ts';
import { type Inner, NotHere, type ReadContext, type Reader } from '../reader.ts';
import { clientCommands } from './client.ts';
import type { Cx } from './context.ts';
import { type Dialect, dialectOf } from './dialects.ts';
import { GrammarBroken, grammarState, prepareGrammar } from './grammar.ts';
import { type Lexed, lex } from './lexer.ts';
import { fingerprintOf, normalisedOf } from './normal.ts';
import { piecesOf } from './pieces.ts';
import { inAnsiQuotes } from './quotes.ts';
import { readPiece } from './statement.ts';
import { readingsOf, withoutDelimiters } from './versions.ts';

/** Longest text (UTF-16 units) that is read in the calling thread, and that is read at all. */
const HERE_UNITS = 4096;
const TEXT_UNITS = 256 * 1024;
/** More statements than this in one text are more than anybody reads; fewer of them in the calling thread. */
const STATEMENTS = 2000;
const STATEMENTS_HERE = 60;
const EFFECTS = 1000;

/** Loads the grammar: before the first text, once a thread. */
export async function prepareDialects(): Promise<void> {
  await prepareGrammar();
}

export const readDialect: Reader = (action, cx) => {
  const dialect = dialectOf(action.dialect ?? '');
  if (dialect === undefined)
    return unreadable(action.text, `SQL of the dialect ${(action.dialect ?? '').slice(0, 40)} cannot be read yet`);
  return readAs(dialect, action, cx);
};

export function readAs(dialect: Dialect, action: ActionInput | Inner, reader: ReadContext): Analysis {
  const { text } = action;
  const here = reader.place === 'here';
  if (here && text.length > HERE_UNITS) throw new NotHere('a long text');
  if (text.length > TEXT_UNITS) return unreadable(text, `the text is longer than ${TEXT_UNITS} characters`);
  if (grammarState() === 'absent') return unreadable(text, 'the grammar of the dialects is not loaded');
  if (here && grammarState() === 'broken') throw new NotHere('the grammar has failed in this thread');
  try {
    return readText(dialect, text, reader);
  } catch (error) {
    if (error instanceof GrammarBroken && here) throw new NotHere(error.message);
    throw error;
  }
}

function readText(dialect: Dialect, text: string, reader: ReadContext): Analysis {
  const client = clientCommands(dialect.lexing.versioned ? withoutDelimiters(text) : text, dialect.name, reader);
  const whole = client.text;
  const readings = dialect.lexing.versioned ? readingsOf(whole) : [whole];
  if (readings === undefined)
    return unreadable(text, 'executable comments that servers of different versions read too differently');
  const effects: Effect[] = [...client.effects];
  let first: Lexed | undefined;
  for (const given of readings) {
    const plain = lex(given, dialect.lexing);
    const quoted = dialect.lexing.versioned ? inAnsiQuotes(plain, given) : undefined;
    const reading = quoted ?? given;
    const lexed = quoted === undefined ? plain : lex(quoted, dialect.lexing);
    first ??= lexed;
    const others = dialect.lexing.backslash === 'either' && lexed.escapedQuote ? [lex(reading, dialect.lexing, false)] : [];
    readTokens(lexed, dialect, reader, effects);
    // Without escapes most such texts do not even end their strings: no server runs them.
    for (const other of others) if (other.trouble === '') readTokens(other, dialect, reader, effects);
  }
  const normalised = first === undefined ? '' : normalisedOf(first, whole);
  return analysed(effects, text, normalised);
}

function readTokens(lexed: Lexed, dialect: Dialect, reader: ReadContext, out: Effect[]): void {
  const whole = { start: 0, end: lexed.clean.length };
  if (lexed.trouble !== '') out.push(opaqueEffect(whole, lexed.trouble));
  const pieces = piecesOf(lexed.tokens, lexed.clean, dialect.name);
  if (pieces.length > STATEMENTS) {
    out.push(opaqueEffect(whole, `more than ${STATEMENTS} statements in one text`));
    return;
  }
  if (reader.place === 'here' && pieces.length > STATEMENTS_HERE) throw new NotHere('many statements');
  const cx: Cx = {
    dialect,
    reader,
    text: lexed.clean,
    statement: whole,
    piece: { tokens: lexed.tokens, ...whole },
    via: '',
    ctes: undefined,
    reads: new Map(),
    readScope: 'one',
    selects: 0,
    topRows: undefined,
    out,
    prepared: new Set(),
    transaction: { worked: false, own: false, left: false },
    depth: 0,
  };
  for (const piece of pieces) {
    const before = out.length;
    readPiece(piece, cx);
    noteTransaction(cx, out.slice(before));
  }
}

function noteTransaction(cx: Cx, found: readonly Effect[]): void {
  const state = cx.transaction;
  const changes = found.find((effect) => !['none', 'session', 'read', 'secret_read', 'opaque'].includes(effect.kind));
  if (state.left && changes !== undefined) {
    state.left = false;
    const why = 'ends the transaction that it was sent in, and then changes something outside of it';
    cx.out.push({ ...changes, kind: 'config_change', scope: 'one', reversible: 'unknown', targets: [], via: 'COMMIT', why });
  }
  if (found.some((effect) => effect.kind !== 'session')) state.worked = true;
}

const NOTHING: Omit<Effect, 'span'> = {
  kind: 'none',
  scope: 'one',
  reversible: 'yes',
  targets: [],
  via: '',
  why: 'no statement',
};

/** Repeats (of several readings of one text) are told once; `none` counts only where there is nothing else. */
function analysed(found: readonly Effect[], text: string, normalised: string): Analysis {
  const seen = new Set<string>();
  const told: Effect[] = [];
  for (const effect of found) {
    if (effect.kind === 'none') continue;
    const key = JSON.stringify(effect);
    if (seen.has(key)) continue;
    seen.add(key);
    told.push(effect);
  }
  const effects: Effect[] = told.length > EFFECTS ? told.slice(0, EFFECTS) : told;
  if (told.length > EFFECTS)
    effects.push(opaqueEffect({ start: 0, end: text.length }, `${told.length - EFFECTS} more effects than are listed`));
  if (effects.length === 0) effects.push(found[0] ?? { ...NOTHING, span: { start: 0, end: text.length } });
  const complete = effects.every((effect) => effect.kind !== 'opaque');
  return { effects, fingerprint: fingerprintOf(normalised), normalised, complete };
}
