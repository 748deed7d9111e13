/** Statements that run other statements: EXECUTE, EXEC, CALL, PREPARE, DO, EXPLAIN, DECLARE. */
import type { TextSpan } from '@countersign/kernel';
import { type Cx, emit, emitOpaque, emitReads, through } from '../context.ts';
import { callByName } from '../calls.ts';
import { embedSql } from '../embedded.ts';
import { readAfter, readHere } from '../rest.ts';
import { readExpression } from '../statement.ts';
import { actAs } from './access.ts';
import { procedure } from './procedures.ts';
import { type Words, accept, contentOf, ended, find, has, name, skip, stringAt, targets, word } from './words.ts';

/** EXECUTE IMMEDIATE 'text', EXEC('text'), EXECUTE prepared, EXEC procedure. */
export function execute(words: Words, cx: Cx): void {
  if (word(words) === 'AS' && cx.dialect.name === 'mssql') return actAs(words, cx);
  if (accept(words, 'IMMEDIATE')) return runText(words, 'EXECUTE IMMEDIATE', cx);
  if (word(words) === '(') {
    words.at++;
    return runText(words, 'EXEC', cx);
  }
  // EXEC @status = procedure …
  if (word(words).startsWith('@') && word(words, 1) === '=') words.at += 2;
  const called = name(words);
  if (cx.dialect.name === 'mssql') return procedure(called, words, cx);
  if (cx.dialect.name === 'oracle' && called !== '')
    return through(cx, 'EXEC', () => callByName(partsOf(called), constants(words), false, cx));
  if (has(words, '(')) readExpression(words.tokens.slice(words.at), cx);
  if (cx.prepared.has(called.toLowerCase())) return emit(cx, { kind: 'session', reversible: 'yes' });
  emitOpaque(cx, `what ${called === '' ? 'it' : called} runs is not in the text`, `EXECUTE ${called}`);
}

/** A constant text is read in turn, also one put together from constants; anything else is known only when it runs. */
function runText(words: Words, via: string, cx: Cx): void {
  const parts: string[] = [];
  const first = words.tokens[words.at];
  const prefix = first?.kind === 'word' && first.word === 'N' ? 1 : 0;
  words.at += prefix;
  let constant = true;
  while (constant) {
    const text = stringAt(words);
    if (text === undefined) constant = false;
    else {
      parts.push(text);
      words.at++;
      if (!accept(words, '+') && !accept(words, '|', '|')) break;
      if (word(words) === 'N') words.at++;
    }
  }
  const span: TextSpan = { start: first?.start ?? cx.statement.start, end: words.tokens.at(-1)?.end ?? cx.statement.end };
  if (constant && parts.length > 0) embedSql(parts.join(''), span, via, cx);
  else emitOpaque(cx, 'the SQL that it runs is made when it runs', via, span);
}

export function call(words: Words, cx: Cx): void {
  const called = name(words);
  if (cx.dialect.name === 'mssql') return procedure(called, words, cx);
  if (word(words) === '(') through(cx, 'CALL', () => readExpression(words.tokens.slice(words.at), cx));
  if (!cx.prepared.has(`procedure ${called.toLowerCase()}`))
    through(cx, 'CALL', () => callByName(partsOf(called), constants(words), false, cx));
}

function partsOf(called: string): unknown[] {
  return called.split('.').map((value) => ({ value }));
}

/** The arguments that are plain strings, as the grammar would give them. */
function constants(words: Words): unknown[] {
  return words.tokens
    .slice(words.at)
    .filter((token) => token.kind === 'string')
    .map((token) => ({ Value: { value: { SingleQuotedString: contentOf(words.text.slice(token.start, token.end)) ?? '' } } }));
}

/** PREPARE s FROM 'text', PREPARE s AS statement. */
export function prepare(words: Words, cx: Cx): void {
  const prepared = name(words).toLowerCase();
  cx.prepared.add(prepared);
  if (find(words, 'AS') >= 0 && stringAt({ ...words, at: find(words, 'AS') + 1 }) === undefined) {
    readAfter(words, 'AS', cx);
    return emit(cx, { kind: 'session', reversible: 'yes' });
  }
  if (!accept(words, 'FROM') && !accept(words, 'AS')) return emitOpaque(cx, 'what is prepared here is not known', 'PREPARE');
  runText(words, 'PREPARE', cx);
}

/** MySQL: DO evaluates expressions for what they do. Elsewhere it is a block of code. */
export function doIt(words: Words, cx: Cx): void {
  if (cx.dialect.name !== 'mysql') return emitOpaque(cx, 'a block of code in a string', 'DO');
  readExpression(words.tokens.slice(words.at), cx);
}

/** Only ANALYZE runs what it explains. Oracle's EXPLAIN PLAN writes its plan into a table of the session. */
export function explain(words: Words, cx: Cx): void {
  const analyse = accept(words, 'ANALYZE') || has({ ...words, tokens: words.tokens.slice(0, words.at + 8) }, 'ANALYZE');
  skip(
    words,
    'EXTENDED PARTITIONS PLAN QUERY FOR VERBOSE LOGICAL CODEGEN COST FORMATTED AST SYNTAX PIPELINE ESTIMATE DEPENDENCY LOCKS AUTHORIZATION VECTORIZATION USING TABULAR TEXT JSON TREE DISTRIBUTED TYPE VALIDATE IO OVERRIDE CURRENT',
  );
  if (accept(words, 'FORMAT')) {
    skip(words, '=');
    words.at++;
  }
  if (word(words) === '(' && word(words, 1) !== 'SELECT' && word(words, 1) !== 'WITH') {
    const close = find(words, ')');
    words.at = close + 1;
  }
  if (accept(words, 'SET', 'STATEMENT_ID')) words.at = Math.max(words.at, find(words, 'FOR') + 1);
  if (accept(words, 'CONNECTION')) return emit(cx, { kind: 'read', scope: 'one', reversible: 'yes', via: 'EXPLAIN' });
  // A setting of ClickHouse in front: `EXPLAIN header = 1 SELECT`.
  while (word(words, 1) === '=') words.at += word(words, 3) === ',' ? 4 : 3;
  accept(words, 'FOR');
  if (ended(words)) return emitOpaque(cx, 'what is explained is not known', 'EXPLAIN');
  if (analyse) {
    accept(words, 'ANALYZE');
    return readHere(words, cx);
  }
  const start = cx.out.length;
  const { reads } = cx;
  cx.reads = new Map();
  const isStatement = /^(SELECT|WITH|INSERT|UPDATE|DELETE|REPLACE|MERGE|TABLE|VALUES|CREATE|FROM|\()$/.test(word(words));
  if (!isStatement) {
    // EXPLAIN t is DESCRIBE t.
    cx.reads = reads;
    return emit(cx, { kind: 'read', scope: 'bounded', reversible: 'yes', targets: targets('table', [name(words)]) });
  }
  readHere(words, cx);
  const found = cx.out.splice(start);
  cx.out.push(...found.filter((effect) => effect.kind === 'opaque'));
  const read = [...found.filter((effect) => effect.kind === 'read').flatMap((effect) => effect.targets), ...cx.reads.values()];
  cx.reads = reads;
  emit(cx, { kind: 'read', scope: 'bounded', reversible: 'yes', targets: read, via: 'EXPLAIN', why: 'plans without running' });
}

/** DECLARE of variables, cursors, handlers and exceptions. */
export function declare(words: Words, cx: Cx): void {
  // `DECLARE a, b INT`: the names before the type.
  for (let at = words.at; at < words.tokens.length; at += 2) {
    const token = words.tokens[at];
    if (token?.kind === 'word') cx.prepared.add(`variable ${token.word.toLowerCase()}`);
    if (words.tokens[at + 1]?.word !== ',') break;
  }
  if (has(words, 'CURSOR')) {
    if (!readAfter(words, 'FOR', cx)) emit(cx, { kind: 'session', reversible: 'yes' });
    return emitReads(cx);
  }
  if (has(words, 'HANDLER')) {
    const at = find(words, 'FOR');
    const rest = { ...words, at: at + 1 };
    skip(rest, 'SQLEXCEPTION SQLWARNING NOT FOUND SQLSTATE , VALUE');
    while (!ended(rest) && (rest.tokens[rest.at]?.kind === 'string' || rest.tokens[rest.at]?.kind === 'number')) rest.at++;
    return readHere(rest, cx);
  }
  readExpression(words.tokens.slice(words.at), cx);
  emit(cx, { kind: 'session', reversible: 'yes' });
}
