/**
 * Clauses that servers take and the grammar does not know. Each is read here for what it does, and turned into spaces (or into a word of
 * the same length that means the same), so that offsets still hold. What is left must still parse.
 */
import { type Cx, emit } from './context.ts';
import { SECRET_FILE } from './secrets.ts';
import { type Words, find, has, stringAt, word, wordsOf } from './commands/words.ts';
import { judgeGuard } from './commands/set.ts';
import type { Token } from './lexer.ts';
import { readExpression } from './statement.ts';

/** Edits as `[start, end, text]`; the text is padded with spaces. */
type Edit = readonly [start: number, end: number, text: string];

/** The statement's text as the grammar takes it. */
export function prepared(cx: Cx): string {
  const { tokens, start, end } = cx.piece;
  const edits: Edit[] = [];
  for (let i = 0; i < tokens.length; i++) clause(tokens, i, cx, edits);
  if (edits.length === 0) return cx.text.slice(start, end);
  let text = '';
  let from = start;
  for (const [at, to, made] of edits.sort((one, two) => one[0] - two[0])) {
    if (at < from) continue;
    text += cx.text.slice(from, at) + made.padEnd(to - at);
    from = to;
  }
  return text + cx.text.slice(from, end);
}

type Cut = (to: number) => void;
type Clause = (words: Words, i: number, cx: Cx, cut: Cut, edits: Edit[]) => void;

/** By their first word; `all` or the dialects in which they mean this. */
const CLAUSES: ReadonlyMap<string, readonly [dialects: string, Clause]> = new Map<string, readonly [string, Clause]>([
  ['INTO', ['all', into]],
  ['LOCK', ['all', (words, i, _, cut) => (word(words, 1) === 'IN' && word(words, 2) === 'SHARE' ? cut(i + 4) : undefined)]],
  ['WITH', ['all', withClause]],
  ['LOW_PRIORITY', ['mysql', modifier]],
  ['HIGH_PRIORITY', ['mysql', modifier]],
  ['QUICK', ['mysql', modifier]],
  ['DELAYED', ['mysql', modifier]],
  ['IGNORE', ['mysql', (words, i, _, cut) => (i === 1 && words.tokens[0]?.word !== 'INSERT' ? cut(2) : undefined)]],
  ['MOD', ['mysql', (words, i, _, __, edits) => (word(words, 1) === '(' ? undefined : replace(words.tokens[i], '%', edits))]],
  ['TOP', ['mssql', top]],
  ['BULK', ['mssql', bulkFile]],
  [
    'OPTION',
    [
      'mssql',
      (words, _, __, cut) => (word(words, 1) === '(' && words.tokens.at(-1)?.word === ')' ? cut(words.tokens.length) : undefined),
    ],
  ],
  ['GLOB', ['sqlite', (words, i, _, __, edits) => replace(words.tokens[i], 'LIKE', edits)]],
  [
    'MATCH',
    ['sqlite', (words, i, _, __, edits) => (word(words, 1) === '(' ? undefined : replace(words.tokens[i], 'LIKE', edits))],
  ],
  ['IS', ['sqlite', is]],
  ['INDEXED', ['sqlite', (words, i, _, cut) => (word(words, 1) === 'BY' ? cut(i + 3) : undefined)]],
  ['SAFE', ['bigquery', (words, i, _, cut) => (word(words, 1) === '.' ? cut(i + 2) : undefined)]],
  // Arguments of BigQuery's table functions.
  ['MODEL', ['bigquery', argumentKind]],
  ['TABLE', ['bigquery', argumentKind]],
  [
    'FORMAT',
    [
      'clickhouse',
      (words, i, _, cut) => (i >= words.tokens.length - 2 && words.tokens[0]?.word !== 'INSERT' ? cut(i + 2) : undefined),
    ],
  ],
  ['SETTINGS', ['clickhouse', settings]],
  ['SAMPLE', ['clickhouse', (words, i, _, cut) => (words.tokens[i + 1]?.kind === 'number' ? cut(i + 2) : undefined)]],
  [
    'GLOBAL',
    ['clickhouse', (words, i, _, cut) => (/^(IN|NOT|JOIN|LEFT|INNER|ANY)$/.test(word(words, 1)) ? cut(i + 1) : undefined)],
  ],
  ['ASOF', ['clickhouse', (words, i, _, cut) => (/^(JOIN|LEFT)$/.test(word(words, 1)) ? cut(i + 1) : undefined)]],
  ['APPROXIMATE', ['redshift', (_, i, __, cut) => cut(i + 1)]],
  ['AS', ['oracle', asOf]],
]);

function clause(tokens: readonly Token[], i: number, cx: Cx, edits: Edit[]): void {
  const token = tokens[i] as Token;
  if (token.kind === 'symbol' && token.word === '%') return parameter(tokens, i, cx, edits);
  if (token.kind === 'symbol' && token.word === '!' && cx.dialect.name === 'mysql' && tokens[i + 1]?.word !== '=')
    return void edits.push([token.start, token.end, ' NOT ']);
  if (token.kind === 'symbol' && token.word === '.') return tail(tokens, i, cx, edits);
  const found = token.kind === 'word' ? CLAUSES.get(token.word) : undefined;
  if (found === undefined) return;
  const [dialects, read] = found;
  if (dialects !== 'all' && dialects !== cx.dialect.name) return;
  const cut: Cut = (to) => {
    const last = tokens[Math.min(to, tokens.length) - 1];
    if (last !== undefined) edits.push([token.start, last.end, '']);
  };
  read(wordsOf(tokens, cx.text, i), i, cx, cut, edits);
}

/** SQL Server: `OPENDATASOURCE(…).base.schema.table`. */
function tail(tokens: readonly Token[], i: number, cx: Cx, edits: Edit[]): void {
  if (cx.dialect.name !== 'mssql' || tokens[i - 1]?.word !== ')') return;
  let end = i + 1;
  while (tokens[end + 1]?.word === '.') end += 2;
  const last = tokens[end];
  if (tokens[end + 1]?.word !== '(' && last !== undefined) edits.push([tokens[i]?.start ?? 0, last.end, '']);
}

function replace(token: Token | undefined, text: string, edits: Edit[]): void {
  if (token !== undefined) edits.push([token.start, token.end, text]);
}

function modifier(_: Words, i: number, __: Cx, cut: Cut): void {
  if (i <= 3) cut(i + 1);
}

/** OPENROWSET(BULK 'file', SINGLE_CLOB). */
function bulkFile(words: Words, i: number, cx: Cx, cut: Cut): void {
  if (words.tokens[i - 1]?.word !== '(') return;
  const targets = [{ type: 'file', name: stringAt({ ...words, at: i + 1 }) ?? '' }];
  emit(cx, { kind: 'secret_read', reversible: 'no', targets, via: 'OPENROWSET', why: 'reads a file of the server' });
  cut(i + 1);
}

function argumentKind(words: Words, i: number, _: Cx, cut: Cut): void {
  if (/^[(,]$/.test(words.tokens[i - 1]?.word ?? '') && word(words, 1) !== '(') cut(i + 1);
}

/** SQLite compares anything with IS and IS NOT. */
function is(words: Words, i: number, _: Cx, __: Cut, edits: Edit[]): void {
  const not = word(words, 1) === 'NOT';
  if (/^(NULL|TRUE|FALSE|DISTINCT)$/.test(word(words, not ? 2 : 1))) return;
  const [first, second] = [words.tokens[i], words.tokens[i + 1]];
  if (first !== undefined && second !== undefined) edits.push([first.start, not ? second.end : first.end, not ? '<>' : '=']);
}

/** `t AS OF TIMESTAMP …`, `AS OF SCN …`: an earlier state of the same rows. */
function asOf(words: Words, i: number, _: Cx, cut: Cut): void {
  if (word(words, 1) !== 'OF' || !/^(TIMESTAMP|SCN)$/.test(word(words, 2))) return;
  const stop = find(
    { ...words, at: i + 3 },
    'WHERE',
    'GROUP',
    'ORDER',
    'JOIN',
    'INNER',
    'LEFT',
    'RIGHT',
    ',',
    ')',
    'UNION',
    'FETCH',
  );
  cut(stop < 0 ? words.tokens.length : stop);
}

/** `WITH ROLLUP`; ClickHouse's `WITH expression AS name`, whose expressions are read by themselves. */
function withClause(words: Words, i: number, cx: Cx, cut: Cut): void {
  if (/^(ROLLUP|CUBE|TOTALS|TIES)$/.test(word(words, 1))) return cut(i + 2);
  const select = find({ ...words, at: i + 1 }, 'SELECT');
  if (cx.dialect.name !== 'clickhouse' || i !== 0 || select < 0) return;
  const parts = splitAtCommas(words.tokens.slice(1, select));
  // `name AS (query)` is what the grammar knows.
  if (parts.some((part) => part.length < 3 || part.at(-2)?.word !== 'AS')) return;
  for (const part of parts) readExpression(part.slice(0, -2), cx);
  cut(select);
}

function splitAtCommas(tokens: readonly Token[]): Token[][] {
  const parts: Token[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (token.kind === 'symbol') depth += token.word === '(' ? 1 : token.word === ')' ? -1 : 0;
    if (depth === 0 && token.kind === 'symbol' && token.word === ',') parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts;
}

/** `SETTINGS a = 1, b = 'x'` up to FORMAT or the end: a guard may be lifted for one query, too. */
function settings(words: Words, i: number, cx: Cx, cut: Cut): void {
  if (word(words, 2) !== '=') return;
  const format = words.tokens.findIndex((token, at) => at > i && token.kind === 'word' && token.word === 'FORMAT');
  const end = format < 0 ? words.tokens.length : format;
  for (let at = i; at < end; at++)
    if (words.tokens[at + 1]?.word === '=') judgeGuard((words.tokens[at]?.word ?? '').toLowerCase(), cx);
  cut(end);
}

/** Placeholders of drivers: `%s`, `%(name)s`. */
function parameter(tokens: readonly Token[], i: number, cx: Cx, edits: Edit[]): void {
  const at = tokens[i]?.start ?? 0;
  const found = /^%(s|d|\(\w{1,60}\)s)(?![\w(])/.exec(cx.text.slice(at, at + 70))?.[0];
  const before = tokens[i - 1];
  const operand =
    before === undefined ||
    (before.kind === 'symbol' && before.word !== ')') ||
    /^(AND|OR|NOT|IN|LIKE|LIMIT|OFFSET|THEN|ELSE|WHEN|BETWEEN|VALUES|SELECT|WHERE|SET)$/.test(before.word);
  if (found !== undefined && operand) edits.push([at, at + found.length, '?']);
}

/** INTO a file of the server or a variable; SELECT … INTO table stays for the grammar. */
function into(words: Words, i: number, cx: Cx, cut: Cut): void {
  const next = word(words, 1);
  if (next === 'OUTFILE' || next === 'DUMPFILE') {
    const path = stringAt({ ...words, at: i + 2 }) ?? '';
    const bounded = has(words, 'LIMIT') || has({ ...words, at: 0 }, 'WHERE');
    const targets = [{ type: 'file', name: path }];
    emit(cx, {
      kind: 'export',
      scope: bounded ? 'bounded' : 'unbounded',
      reversible: 'no',
      targets,
      via: `INTO ${next}`,
      why: 'writes rows to a file of the server',
    });
    if (/\.(php\d?|phtml|jsp|jspx|aspx?|cgi|sh|so|dll|py|pl)$/i.test(path))
      emit(cx, {
        kind: 'code_execution',
        reversible: 'no',
        targets,
        via: `INTO ${next}`,
        why: 'writes what the server or a web server may run',
      });
    if (SECRET_FILE.test(path) || /cron|rc\.local|\.bashrc|profile/.test(path))
      emit(cx, {
        kind: 'persistence',
        reversible: 'no',
        targets,
        via: `INTO ${next}`,
        why: 'writes a file that others read at their start',
      });
    const stop = find({ ...words, at: i + 2 }, 'FROM', 'UNION', ';', 'FOR', ')', 'WHERE', 'ORDER');
    return cut(stop < 0 ? words.tokens.length : stop);
  }
  if (cx.dialect.name === 'mysql' && (next.startsWith('@') || (i > 1 && isVariableList(words, i, cx))))
    return cut(listEnd(words, i));
  if (cx.dialect.name === 'oracle' && i > 1 && words.tokens[0]?.word !== 'INSERT' && words.tokens[0]?.word !== 'MERGE')
    cut(listEnd(words, i));
}

function isVariableList(words: Words, i: number, cx: Cx): boolean {
  const first = words.tokens[0]?.word;
  return (
    (first === 'SELECT' || first === 'WITH') && cx.prepared.has(`variable ${(words.tokens[i + 1]?.word ?? '').toLowerCase()}`)
  );
}

/** `INTO a, b.c, :d`: names and commas. */
function listEnd(words: Words, i: number): number {
  let at = i + 1;
  while (at < words.tokens.length && (words.tokens[at]?.word === ':' || words.tokens[at]?.word === '@')) at++;
  at++;
  while (words.tokens[at]?.word === ',' || words.tokens[at]?.word === '.') {
    at += 2;
    while (words.tokens[at - 1]?.word === ':') at++;
  }
  return at;
}

/** `DELETE TOP (10) FROM t`, `UPDATE TOP (10) t`. */
function top(words: Words, i: number, cx: Cx, cut: Cut): void {
  const verb = words.tokens[i - 1]?.word;
  if (cx.dialect.name !== 'mssql' || i !== 1 || (verb !== 'DELETE' && verb !== 'UPDATE')) return;
  const close = find({ ...words, at: i + 1 }, ')');
  const rows = Number(cx.text.slice(words.tokens[i + 2]?.start ?? 0, words.tokens[i + 2]?.end ?? 0));
  cx.topRows = word(words, close + 1 - i) === 'PERCENT' ? undefined : rows;
  cut(close + (word(words, close + 1 - i) === 'PERCENT' ? 2 : 1));
}
