/**
 * What a reader's statement may be. The engine's classifier has the first word; then the words of the statement, as the engine's own
 * formatter writes them, are held against lists. What runs afterwards is that formatted text, so what was read is what runs.
 */
import type { Connection } from './engine.ts';
import { CODE, ClickHouseException } from './exception.ts';
import { SYSTEM_TABLES } from './engine-files.ts';
import { isTableFunctionForReaders, whyFunctionIsClosed } from './functions.ts';
import { quoteLiteral, tokenize } from './sql-text.ts';
import type { Token } from './sql-text.ts';

export interface Admitted {
  readonly sql: string;
  /** Of the statement's own FORMAT clause. */
  readonly format: string | undefined;
}

/** A quarter of the engine's `max_query_size`, because the text is quoted for the formatter; its parser takes 2 s for the worst of them. */
const STATEMENT_CAP_CHARS = 64 * 1024;

const MESSAGE_CAP_CHARS = 1_000;

/** First words of a statement that readers may run. Plans and estimates count other tenants' rows. */
const HEADS: readonly (readonly string[])[] = [
  ['SELECT'],
  ['WITH'],
  ['EXPLAIN', 'AST'],
  ['EXPLAIN', 'SYNTAX'],
  ['EXPLAIN', 'QUERY', 'TREE'],
  ['EXPLAIN', 'PIPELINE'],
  ['SHOW', 'TABLES'],
  ['SHOW', 'FULL', 'TABLES'],
  ['SHOW', 'DATABASES'],
  ['SHOW', 'COLUMNS'],
  ['SHOW', 'FULL', 'COLUMNS'],
  ['SHOW', 'CREATE'],
  ['DESCRIBE'],
  ['EXISTS'],
];

/** Runs nothing of the reader's. Throws ACCESS_DENIED with the reason, or SYNTAX_ERROR. */
export async function admit(connection: Connection, statement: string, database: string): Promise<Admitted> {
  if (statement.length > STATEMENT_CAP_CHARS) {
    throw new ClickHouseException(CODE.QUERY_IS_TOO_LARGE, `The statement is longer than ${STATEMENT_CAP_CHARS} characters.`);
  }
  if (/[\0\uFFFD]/.test(statement)) throw denied('the statement holds a NUL or bytes that are not UTF-8');
  const found = await connection.classify(statement);
  if (found.statementCount > 1) throw denied('one statement at a time');
  if (found.statementCount !== 1) throw await syntaxErrorOf(connection, statement);
  if (found.queryClass !== 0) throw denied('only statements that read');
  const { bytes } = await connection.query(`SELECT formatQuerySingleLineOrNull(${quoteLiteral(statement)})`, 'RawBLOB');
  return screen(bytes.toString(), database);
}

/** The same for text that the formatter wrote; the pure half of the gate. Throws ACCESS_DENIED. */
export function screen(sql: string, database: string): Admitted {
  const words = sql === '' ? undefined : tokenize(sql);
  if (words === undefined) throw denied('the statement could not be read');
  const why = whyRefused(words, database);
  if (why !== undefined) throw denied(why);
  return { sql: withoutCounts(sql, words), format: formatClause(words) };
}

/**
 * `system.tables` and `system.columns` also count every tenant's rows and bytes, and the engine takes no grants on their columns: they
 * are read through a subquery that names the other columns.
 */
function withoutCounts(sql: string, tokens: readonly Token[]): string {
  let safe = '';
  let copied = 0;
  for (const [at, token] of tokens.entries()) {
    const table = tokens[at + 2];
    const columns =
      token.type === 'word' && isSystem(tokens, at) && table?.type === 'word' ? SYSTEM_TABLES[table.text] : undefined;
    if (columns === undefined || columns.length === 0 || table?.type !== 'word' || !isReadFrom(tokens, at)) continue;
    const alias = isWord(tokens[at + 3], 'AS') ? '' : ` AS ${table.text}`;
    safe += `${sql.slice(copied, token.start)}(SELECT ${columns.join(', ')} FROM system.${table.text})${alias}`;
    copied = table.end;
  }
  return safe + sql.slice(copied);
}

function whyRefused(tokens: readonly Token[], database: string): string | undefined {
  if (!startsAllowed(tokens)) return 'this kind of statement is not for readers';
  for (let at = 0; at < tokens.length; at += 1) {
    const why = whyWordRefused(tokens, at, database);
    if (why !== undefined) return why;
  }
  return undefined;
}

function whyWordRefused(tokens: readonly Token[], at: number, database: string): string | undefined {
  const token = tokens[at] as Token;
  if (token.type === 'symbol') return token.text === '{' ? whyParameterRefused(tokens, at) : undefined;
  if (token.type === 'literal') return undefined;
  const name = token.text.toLowerCase();
  const called = isSymbol(tokens[at + 1], '(');
  const closed = whyFunctionIsClosed(name, called);
  if (closed !== undefined) return closed;
  if (!token.quoted && name === 'outfile') return 'INTO OUTFILE writes a file';
  // In a subquery the engine does not hold this clause against readonly=1: it would change limits, and the tenant.
  if (!token.quoted && name === 'settings' && !isSymbol(tokens[at - 1], '.'))
    return 'a SETTINGS clause; give settings in the URL';
  // With a table function in FROM, a name before "(" is one; in an expression the same name is an ordinary function.
  if (called && isTablePosition(tokens, at) && !token.quoted && !isTableFunctionForReaders(name) && !KEYWORDS.has(name)) {
    return `the table function ${token.text} is not for readers`;
  }
  if (name === 'information_schema') return `${token.text} is not for readers; use SHOW, DESCRIBE or system.tables`;
  if (isSymbol(tokens[at + 1], '.') && !isSymbol(tokens[at - 1], '.')) return whyQualifiedRefused(tokens, at, database);
  return undefined;
}

/** `system.x` beyond the list. Other databases exist only with grants that nobody has. */
function whyQualifiedRefused(tokens: readonly Token[], at: number, database: string): string | undefined {
  const next = tokens[at + 2];
  if (!isSystem(tokens, at) || database === 'system') return undefined;
  const name = next?.type === 'word' ? next.text : '';
  const columns = Object.hasOwn(SYSTEM_TABLES, name) ? SYSTEM_TABLES[name] : undefined;
  if (columns === undefined) return `system.${name} is not for readers`;
  if (columns.length === 0 || isReadFrom(tokens, at)) return undefined;
  return `system.${name} can stand only after FROM or JOIN; refer to its columns through an alias`;
}

function isSystem(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at];
  return token?.type === 'word' && token.text.toLowerCase() === 'system' && isSymbol(tokens[at + 1], '.');
}

/** After FROM, JOIN or a comma, and no column of it: `FROM system.tables`, not `SELECT system.tables.name`. */
function isReadFrom(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1];
  return (isWord(before, 'FROM') || isWord(before, 'JOIN') || isSymbol(before, ',')) && !isSymbol(tokens[at + 3], '.');
}

/** `{name:Identifier}` would put a name where this file has seen none. */
function whyParameterRefused(tokens: readonly Token[], at: number): string | undefined {
  const type = tokens[at + 3];
  if (tokens[at + 1]?.type !== 'word' || !isSymbol(tokens[at + 2], ':')) return undefined;
  return type?.type === 'word' && type.text.toLowerCase() === 'identifier'
    ? 'a parameter cannot be an Identifier here'
    : undefined;
}

function isTablePosition(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1];
  return (
    before?.type === 'word' &&
    !before.quoted &&
    ['FROM', 'JOIN', 'TABLE', 'FUNCTION', 'DESCRIBE'].includes(before.text.toUpperCase())
  );
}

/** Words that stand before "(" without being a function. */
const KEYWORDS = new Set([
  'select',
  'with',
  'in',
  'values',
  'using',
  'on',
  'and',
  'or',
  'not',
  'as',
  'by',
  'where',
  'having',
  'from',
  'over',
  'table',
  'describe',
]);

function startsAllowed(tokens: readonly Token[]): boolean {
  const words = tokens.filter((token, at) => !(isSymbol(token, '(') && at < leadingParentheses(tokens)));
  return HEADS.some((head) =>
    head.every((word, at) => {
      const token = words[at];
      return token?.type === 'word' && !token.quoted && token.text.toUpperCase() === word;
    }),
  );
}

function leadingParentheses(tokens: readonly Token[]): number {
  const first = tokens.findIndex((token) => !isSymbol(token, '('));
  return first < 0 ? tokens.length : first;
}

function formatClause(tokens: readonly Token[]): string | undefined {
  const at = tokens.findLastIndex((token) => token.type === 'word' && !token.quoted && token.text === 'FORMAT');
  const name = tokens[at + 1];
  return at >= 0 && name?.type === 'word' && !isSymbol(tokens[at - 1], '.') ? name.text : undefined;
}

function isWord(token: Token | undefined, text: string): boolean {
  return token?.type === 'word' && !token.quoted && token.text === text;
}

function isSymbol(token: Token | undefined, text: string): boolean {
  return token?.type === 'symbol' && token.text === text;
}

/** The engine's own message about text that it cannot parse, without our statement around it. */
async function syntaxErrorOf(connection: Connection, statement: string): Promise<ClickHouseException> {
  try {
    await connection.query(`SELECT formatQuerySingleLine(${quoteLiteral(statement)})`, 'Null');
  } catch (thrown) {
    if (!(thrown instanceof ClickHouseException)) throw thrown;
    const message = thrown.message.replace(/: In scope SELECT formatQuerySingleLine[^]*$/, '').slice(0, MESSAGE_CAP_CHARS);
    return new ClickHouseException(thrown.code === CODE.SYNTAX_ERROR ? thrown.code : CODE.BAD_ARGUMENTS, message);
  }
  return new ClickHouseException(CODE.SYNTAX_ERROR, 'Empty query.');
}

function denied(why: string): ClickHouseException {
  return new ClickHouseException(CODE.ACCESS_DENIED, `Not allowed for readers: ${why}.`);
}
