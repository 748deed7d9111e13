/**
 * One linear pass over SQL before any parser sees it. PostgreSQL's grammar recurses with operators and parentheses and its
 * scanner is quadratic in nested comments, so the shape decides who may parse a text: this thread, a worker, or nobody.
 */
import { isComment, tokenEnd } from './lexer.ts';

export type Route = { readonly to: 'here' } | { readonly to: 'worker' } | { readonly to: 'nobody'; readonly why: string };

export interface ShapeCaps {
  /** Longest text (UTF-16 units) that may be parsed in the calling thread. */
  readonly hereUnits: number;
  /** Longest text that is read at all. */
  readonly textUnits: number;
}

export const SHAPE_CAPS: ShapeCaps = { hereUnits: 4096, textUnits: 256 * 1024 };

/** Beyond the first figure a worker parses, beyond the second nobody does. Measured: FACTS "Parsers". */
const OPERATORS = [200, 4000] as const;
const PARENTHESES = [48, 1000] as const;
const COMMENT_NESTING = [8, 100] as const;
const COMMENTS = [100, 20_000] as const;
const WORDS = [700, 100_000] as const;

/** A dot is one too: `a.b.c.d` is cheap, but so is counting it. */
const OPERATOR_CODES: ReadonlySet<number> = new Set([...'+-*/<>=~!@#%^&|`?:.'].map((char) => char.charCodeAt(0)));

const HERE: Route = { to: 'here' };
const WORKER: Route = { to: 'worker' };

/** For the calling thread: never looks closer at more than `hereUnits`, so that it costs microseconds for any text. */
export function routeOf(text: string, caps: ShapeCaps = SHAPE_CAPS): Route {
  if (text.length > caps.textUnits) return nobody(`the text is longer than ${caps.textUnits} characters`);
  if (text.includes('\0')) return nobody('the text contains a NUL character, at which a parser may stop reading');
  if (!text.isWellFormed()) return nobody('the text is not valid Unicode');
  return text.length > caps.hereUnits ? WORKER : routeOfShape(text);
}

/** By shape alone; what the worker asks before it parses a long text. */
export function routeOfShape(text: string): Route {
  const shape = shapeOf(text);
  const worst = [
    over(shape.operators, OPERATORS, 'operators'),
    over(shape.parentheses, PARENTHESES, 'nested parentheses'),
    over(shape.nesting, COMMENT_NESTING, 'nested comments'),
    over(shape.comments, COMMENTS, 'comments'),
    over(shape.words, WORDS, 'words'),
  ];
  const refused = worst.find((result) => typeof result === 'string');
  if (typeof refused === 'string') return nobody(refused);
  if (shape.conditional) return nobody('a /*! comment, which MySQL runs and PostgreSQL does not');
  return worst.includes(true) ? WORKER : HERE;
}

interface Shape {
  operators: number;
  parentheses: number;
  nesting: number;
  comments: number;
  words: number;
  /** A comment that MySQL would run. */
  conditional: boolean;
}

function shapeOf(text: string): Shape {
  const shape: Shape = { operators: 0, parentheses: 0, nesting: 0, comments: 0, words: 0, conditional: false };
  let depth = 0;
  for (let i = 0; i < text.length;) {
    const end = tokenEnd(text, i);
    const code = text.charCodeAt(i);
    if (code === 0x28 || code === 0x5b) shape.parentheses = Math.max(shape.parentheses, ++depth);
    else if (code === 0x29 || code === 0x5d) depth--;
    else if (isComment(text, i)) countComment(text, i, end, shape);
    else if (end > i + 1) shape.words++;
    else if (OPERATOR_CODES.has(code) && ++shape.operators > OPERATORS[1]) break;
    i = end;
  }
  return shape;
}

function countComment(text: string, start: number, end: number, shape: Shape): void {
  shape.comments++;
  if (text.charCodeAt(start) !== 0x2f) return;
  if (text.charCodeAt(start + 2) === 0x21) shape.conditional = true;
  // Openers, not depth: PostgreSQL's scanner starts over at each of them.
  let nesting = 0;
  for (let i = start; i < end; i++) {
    const code = text.charCodeAt(i);
    const next = text.charCodeAt(i + 1);
    if (code === 0x2f && next === 0x2a) nesting++;
    if ((code === 0x2f && next === 0x2a) || (code === 0x2a && next === 0x2f)) i++;
  }
  shape.nesting = Math.max(shape.nesting, nesting);
}

/** A text when nobody may parse, true when a worker must. */
function over(count: number, [worker, refuse]: readonly [number, number], what: string): string | boolean {
  if (count > refuse) return `the text has more than ${refuse} ${what}`;
  return count > worker;
}

function nobody(why: string): Route {
  return { to: 'nobody', why };
}
