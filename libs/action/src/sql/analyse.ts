/** PostgreSQL text → effects. Pure: the parser comes in, plain data goes out. */
import { type Effect, messageOf } from '@countersign/kernel';
import type { ParseResult } from 'libpg-query';
import { type Analysis, analysisOf, opaqueEffect, unreadable } from '../analysis.ts';
import type { ReadContext } from '../reader.ts';
import type { Cx, Vouching } from './context.ts';
import { HANDLERS } from './handlers.ts';
import { statements } from './nested.ts';
import { normalised } from './normalise.ts';
import type { SqlParser } from './parser.ts';
import { sourceAt } from './source.ts';
import { NOBODY_VOUCHES, vouchingOf } from './vouching.ts';

/** More statements than this in one text are more than anybody reads. */
const STATEMENTS = 2000;

const EFFECTS = 1000;

const NOTHING: Omit<Effect, 'span'> = {
  kind: 'none',
  scope: 'one',
  reversible: 'yes',
  targets: [],
  via: '',
  why: 'no statement',
};

/**
 * `inner` parses SQL found inside the text. Throws ParserBroken, and whatever else the parsers throw: the text is then not to
 * blame yet, another parser may read it.
 */
export function analyseSql(text: string, parser: SqlParser, inner: SqlParser = parser, cx?: ReadContext): Analysis {
  const parsed = parser.parse(text);
  if (!parsed.ok) return unreadable(text, `not PostgreSQL that can be read: ${parsed.message}`);
  if ((parsed.tree.stmts?.length ?? 0) > STATEMENTS) return unreadable(text, `more than ${STATEMENTS} statements in one text`);
  try {
    const vouching = cx === undefined ? NOBODY_VOUCHES : vouchingOf(cx.catalogue, cx.target);
    return analysisOf(effectsOf(parsed.tree, text, inner, vouching), parser.fingerprint(text), normalised(text));
  } catch (error) {
    // A tree too deep for the stack is a text that cannot be read, not a broken parser and not a bug.
    if (!(error instanceof RangeError)) throw error;
    return unreadable(text, `nested too deeply: ${messageOf(error)}`);
  }
}

/** Effects of an already parsed text, in the order of the text's statements; `none` for a text that says nothing. */
export function effectsOf(
  tree: ParseResult,
  text: string,
  parser: SqlParser,
  functions: Vouching = NOBODY_VOUCHES,
): Analysis['effects'] {
  const cx: Cx = {
    source: sourceAt(text, 0),
    statement: { start: 0, end: text.length },
    via: '',
    ctes: undefined,
    reads: new Map(),
    credentials: [],
    readScope: 'one',
    rangeFunction: false,
    variables: undefined,
    selects: 0,
    out: [],
    handlers: HANDLERS,
    parser,
    functions,
    memory: { prepared: new Set(), begun: false, escaped: false },
    nesting: 0,
  };
  statements(tree, cx);
  return told(cx);
}

/** `none` counts only where there is nothing else; too many effects are more than a policy or a person weighs. */
function told(cx: Cx): Analysis['effects'] {
  const [first] = cx.out;
  if (first === undefined) return [{ ...NOTHING, span: cx.statement }];
  const effects = cx.out.filter((effect) => effect.kind !== 'none');
  if (effects.length === 0) return [first];
  if (effects.length <= EFFECTS) return effects;
  return [...effects.slice(0, EFFECTS), opaqueEffect(cx.statement, `${effects.length - EFFECTS} more effects than are listed`)];
}
