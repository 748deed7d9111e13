/**
 * Clauses that servers take and the grammar does not know. Each is read here for what it does, and turned into spaces (or into a word of
 * the same length that means the same), so that offsets still hold. What is left must still parse.
 */
import { type Cx, emit } from './context.ts';
import { SECRET_FILE } from './secrets.ts';
import { type Words, find, has, stringAt, word, wordsOf } from './commands/words.ts';
import type { Token } from './lexer.ts';

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

function clause(tokens: readonly Token[], i: number, cx: Cx, edits: Edit[]): void {
  const token = tokens[i] as Token;
  if (token.kind === 'symbol' && token.word === '%') return parameter(tokens, i, cx, edits);
  if (token.kind !== 'word') return;
  const words = wordsOf(tokens, cx.text, i);
  const { name } = cx.dialect;
  const cut = (to: number): void => {
    const last = tokens[Math.min(to, tokens.length) - 1];
    if (last !== undefined) edits.push([token.start, last.end, '']);
  };
  switch (token.word) {
    case 'INTO':
      return into(words, i, cx, cut);
    case 'LOCK':
      if (word(words, 1) === 'IN' && word(words, 2) === 'SHARE') cut(i + 4);
      return;
    case 'WITH':
      if (['ROLLUP', 'CUBE', 'TOTALS', 'TIES'].includes(word(words, 1))) cut(i + 2);
      return;
    case 'LOW_PRIORITY':
    case 'HIGH_PRIORITY':
    case 'QUICK':
    case 'DELAYED':
      if (name === 'mysql' && i <= 3) cut(i + 1);
      return;
    case 'IGNORE':
      if (name === 'mysql' && i === 1 && tokens[0]?.word !== 'INSERT') cut(i + 1);
      return;
    case 'TOP':
      return top(words, i, cx, cut);
    case 'OPTION':
      if (name === 'mssql' && word(words, 1) === '(' && tokens.at(-1)?.word === ')') cut(tokens.length);
      return;
    case 'GLOB':
      if (name === 'sqlite') edits.push([token.start, token.end, 'LIKE']);
      return;
    case 'MATCH':
      if (name === 'sqlite' && word(words, 1) !== '(') edits.push([token.start, token.end, 'LIKE']);
      return;
    case 'INDEXED':
      if (name === 'sqlite' && word(words, 1) === 'BY') cut(i + 3);
      return;
    case 'SAFE':
      if (name === 'bigquery' && word(words, 1) === '.') cut(i + 2);
      return;
    case 'FORMAT':
      if (name === 'clickhouse' && i >= tokens.length - 2 && tokens[0]?.word !== 'INSERT') cut(i + 2);
      return;
    case 'SETTINGS':
      if (name === 'clickhouse' && word(words, 2) === '=') cut(settingsEnd(tokens, i));
      return;
    case 'MODEL':
    case 'TABLE':
      // Arguments of BigQuery's table functions.
      if (name === 'bigquery' && /^[(,]$/.test(tokens[i - 1]?.word ?? '') && word(words, 1) !== '(') cut(i + 1);
      return;
    case 'SAMPLE':
      if (name === 'clickhouse' && tokens[i + 1]?.kind === 'number') cut(i + 2);
      return;
    default:
  }
}

/** `SETTINGS a = 1, b = 'x'` up to FORMAT or the end. */
function settingsEnd(tokens: readonly Token[], i: number): number {
  const format = tokens.findIndex((token, at) => at > i && token.kind === 'word' && token.word === 'FORMAT');
  return format < 0 ? tokens.length : format;
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
function into(words: Words, i: number, cx: Cx, cut: (to: number) => void): void {
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
function top(words: Words, i: number, cx: Cx, cut: (to: number) => void): void {
  const verb = words.tokens[i - 1]?.word;
  if (cx.dialect.name !== 'mssql' || i !== 1 || (verb !== 'DELETE' && verb !== 'UPDATE')) return;
  const close = find({ ...words, at: i + 1 }, ')');
  const rows = Number(cx.text.slice(words.tokens[i + 2]?.start ?? 0, words.tokens[i + 2]?.end ?? 0));
  cx.topRows = word(words, close + 1 - i) === 'PERCENT' ? undefined : rows;
  cut(close + (word(words, close + 1 - i) === 'PERCENT' ? 2 : 1));
}
