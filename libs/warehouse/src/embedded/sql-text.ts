/** Words of SQL text as ClickHouse's own formatter writes it: one statement, one line, no comments. */

export type Token = Piece & { readonly start: number; readonly end: number };

type Piece =
  | { readonly type: 'word'; readonly text: string; /** Written in backticks or double quotes. */ readonly quoted: boolean }
  | { readonly type: 'literal' }
  | { readonly type: 'symbol'; readonly text: string };

/** A single-quoted literal for any text. */
export function quoteLiteral(text: string): string {
  return `'${text.replace(/[\\']/g, (char) => `\\${char}`)}'`;
}

/**
 * Splits formatted SQL. Returns undefined for text that has a quote without an end or a character that the formatter never writes
 * outside quotes: what cannot be read here is refused, not guessed.
 */
export function tokenize(sql: string): readonly Token[] | undefined {
  const tokens: Token[] = [];
  for (let at = 0; at < sql.length;) {
    const match = matchAt(sql, at);
    if (match === undefined) return undefined;
    if (match.piece !== undefined) tokens.push({ ...match.piece, start: at, end: match.end });
    at = match.end;
  }
  return tokens;
}

const SPACE = /[ \n\t]+/y;
const WORD = /[A-Za-z_][A-Za-z0-9_]*/y;
const NUMBER = /(?:0x[0-9a-fA-F]+|[0-9]+(?:\.[0-9]*)?(?:[eE][-+]?[0-9]+)?)/y;
const SYMBOL = /::|->|<=>|[(){}[\],.:;?*+\-/%=<>!|@^&$#~]/y;
const STRING = /'(?:[^'\\]|\\[^]|'')*'/y;
const BACKTICK = /`((?:[^`\\]|\\[^]|``)*)`/y;
const DOUBLE = /"((?:[^"\\]|\\[^]|"")*)"/y;

function matchAt(sql: string, at: number): { readonly end: number; readonly piece?: Piece } | undefined {
  const read = (pattern: RegExp) => {
    pattern.lastIndex = at;
    return pattern.exec(sql);
  };
  const char = sql[at] as string;
  if (char === ' ' || char === '\n' || char === '\t') return { end: at + (read(SPACE)?.[0].length ?? 1) };
  if (char === "'") return ending(at, read(STRING), () => ({ type: 'literal' }));
  if (char === '`')
    return ending(at, read(BACKTICK), (match) => ({ type: 'word', text: unescape(match[1] ?? ''), quoted: true }));
  if (char === '"') return ending(at, read(DOUBLE), (match) => ({ type: 'word', text: unescape(match[1] ?? ''), quoted: true }));
  const word = read(WORD);
  if (word !== null) return ending(at, word, (match) => ({ type: 'word', text: match[0], quoted: false }));
  const number = read(NUMBER);
  if (number !== null) return ending(at, number, () => ({ type: 'literal' }));
  return ending(at, read(SYMBOL), (match) => ({ type: 'symbol', text: match[0] }));
}

function ending(at: number, match: RegExpExecArray | null, piece: (match: RegExpExecArray) => Piece) {
  return match === null ? undefined : { end: at + match[0].length, piece: piece(match) };
}

/** Escapes inside quotes; a name that still has a backslash is compared as it is and found nowhere. */
function unescape(text: string): string {
  return text.replace(/\\([^])|``|""/g, (whole, char: string | undefined) => char ?? whole.slice(1));
}
