/** Reads the value that follows a label: quoted in any of the ways of SQL, JSON and shells, or bare. */
import { placeholderEnd } from './masked.ts';

/** Longer than any password or key in one piece; what is longer is cut there, and the rest is looked at anew. */
export const VALUE_UNITS = 4096;

export interface Value {
  /** The part to be masked, without its quotes; empty for nothing to mask. */
  readonly start: number;
  readonly end: number;
  /** Where to look on. */
  readonly next: number;
}

const OPENING = /(?:[EeBbNnRr]|[Uu]&)?(''(?=[^\s,;)'])|\\{0,3}["'`])/y;
const DOLLAR = /\$(?:[A-Za-z_]\w{0,62})?\$/y;
/** A comma ends a value only where the next field could start. */
const BARE = /(?:[^\s,;&)}\]'"`|<>\\«»]|,(?![\s"'«]|$|[\w.-]{1,64}[=:])){1,4096}/y;
/** Parameters, variables and templates stand for a secret; they are none. */
const STANDS_FOR_ONE =
  /(?:\$(?:\d{1,3}|[A-Z_][A-Z0-9_]{0,63}|\{[\w.:-]{1,128}\})|\?|[:@][A-Za-z_]\w{0,63}|%s|%\(\w{1,63}\)s)(?=[\s,;&)}\]'"`|]|$)|\$\(|\{\{/y;
/** The same where it is all that the quotes hold. */
const QUOTED_VARIABLE = /^(?:\$\{[\w.:-]{1,128}\}|\{\{[^{}]{1,128}\}\})$|^\$[A-Z_][A-Z0-9_]{1,63}$/;
const NO_SECRET = /(?:null|none|nil|true|false|default|undefined|yes|no)(?![\w.@!#$%^*+/=-])/iy;
/** A column or a setting of a program: the last part names a secret, or the first says where it comes from. */
const REFERENCE =
  /(?:(?:new|old|excluded|process|os|env|self|this|config|settings|var|local|data|module)\.[\w.[\]]{1,128}|[A-Za-z_]\w{0,63}(?:\.[A-Za-z_]\w{0,63}){0,2}\.\w{0,63}(?:pass|pwd|secret|token|key)\w{0,63})(?![\w.@!#$%^*+/=-])/iy;
const CALL = /[A-Za-z_][\w.]{0,63}\(/y;

/** The value at this position; undefined where there is none that could be a secret. */
export function readValue(text: string, at: number): Value | undefined {
  return readQuoted(text, at) ?? readBare(text, at);
}

/** Only what stands in quotes of SQL: 'x', E'x', U&'x', N'x', "x", $$x$$, $tag$x$tag$. */
export function readQuoted(text: string, at: number): Value | undefined {
  return readDollarQuoted(text, at) ?? readBetweenQuotes(text, at);
}

/**
 * Every literal among the arguments of a call such as `crypt('hunter2', gen_salt('bf'))`, and where to look on: behind the last of
 * them. Undefined where no call starts here.
 */
export function readCall(text: string, at: number): { readonly values: readonly Value[]; readonly next: number } | undefined {
  if (!matches(CALL, text, at)) return undefined;
  const values: Value[] = [];
  const limit = Math.min(text.length, at + 512);
  let next = at;
  let depth = 1;
  let position = CALL.lastIndex;
  while (position < limit && depth > 0) {
    const char = text[position];
    if (char === '(') depth += 1;
    if (char === ')') depth -= 1;
    const literal = char === "'" || char === '"' || char === '$' ? readQuoted(text, position) : undefined;
    if (literal) {
      values.push(literal);
      next = literal.next;
    }
    position = literal?.next ?? position + 1;
  }
  return { values, next };
}

function readDollarQuoted(text: string, at: number): Value | undefined {
  if (text[at] !== '$' || !matches(DOLLAR, text, at)) return undefined;
  const tag = text.slice(at, DOLLAR.lastIndex);
  return inside(text, at + tag.length, tag.length, (window) => window.indexOf(tag));
}

function readBetweenQuotes(text: string, at: number): Value | undefined {
  OPENING.lastIndex = at;
  const opening = OPENING.exec(text);
  if (opening === null) return undefined;
  const quote = opening[1] as string;
  const escapes = /^[Ee]/.test(opening[0]) || quote === '"';
  const find = quote.length > 1 ? (window: string) => window.indexOf(quote) : (window: string) => closing(window, quote, escapes);
  return inside(text, at + opening[0].length, quote.length, find);
}

/** Where no end is found, all of the window is taken: a cut-off secret is a secret too. */
function inside(text: string, start: number, closingUnits: number, find: (window: string) => number): Value {
  const found = find(text.slice(start, start + VALUE_UNITS));
  const end = found < 0 ? Math.min(text.length, start + VALUE_UNITS) : start + found;
  const whole = placeholderEnd(text, start) === end || QUOTED_VARIABLE.test(text.slice(start, Math.min(end, start + 140)));
  return { start, end: whole ? start : end, next: found < 0 ? end : end + closingUnits };
}

function closing(window: string, quote: string, escapes: boolean): number {
  for (let at = 0; at < window.length; at++) {
    const char = window[at];
    const next = window[at + 1];
    if (char === '\\' && (escapes || (next === quote && !endsAfter(window, at + 2)))) at += 1;
    else if (char === quote && next === quote && quote !== '`') at += 1;
    else if (char === quote) return at;
  }
  return -1;
}

/** Standard SQL ends 'x\' at its quote, MySQL does not: what comes after tells which is meant. */
function endsAfter(window: string, at: number): boolean {
  const char = window[at];
  return char === undefined || ' \t\r\n,;)'.includes(char);
}

function readBare(text: string, at: number): Value | undefined {
  if (matches(STANDS_FOR_ONE, text, at) || matches(NO_SECRET, text, at) || matches(REFERENCE, text, at)) return undefined;
  if (!matches(BARE, text, at)) return undefined;
  return { start: at, end: BARE.lastIndex, next: BARE.lastIndex };
}

function matches(sticky: RegExp, text: string, at: number): boolean {
  sticky.lastIndex = at;
  return sticky.test(text);
}
