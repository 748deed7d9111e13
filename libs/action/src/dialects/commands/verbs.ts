/** Commands by their first word: the ones with rules of their own, then the plain ones. */
import { callByName } from '../calls.ts';
import { type Cx, emit } from '../context.ts';
import { readHere } from '../rest.ts';
import { readExpression } from '../statement.ts';
import { deny, grant, revoke } from './access.ts';
import { alter } from './alter.ts';
import { create } from './create.ts';
import { detach, drop, purge, truncate } from './drop.ts';
import { bulk, copy, exportData, load, unload } from './movement.ts';
import { type PlainRow, plainRows } from './plain.ts';
import { call, declare, doIt, execute, explain, prepare } from './run.ts';
import { pragma, set, use } from './set.ts';
import { transaction } from './transactions.ts';
import { type Words, accept, ended, find, name, skip, skipExists, stringAt, targets, word } from './words.ts';

type Verb = (words: Words, cx: Cx) => void;

const VERBS: ReadonlyMap<string, Verb> = new Map<string, Verb>([
  ['DROP', drop],
  ['TRUNCATE', truncate],
  ['ALTER', alter],
  ['CREATE', create],
  ['GRANT', grant],
  ['REVOKE', revoke],
  ['DENY', deny],
  ['SET', set],
  ['RESET', reset],
  ['USE', use],
  ['EXECUTE', execute],
  ['EXEC', execute],
  ['CALL', call],
  ['PREPARE', prepare],
  ['DO', doIt],
  ['EXPLAIN', explain],
  ['DESCRIBE', describe],
  ['DESC', describe],
  ['DECLARE', declare],
  ['RETURN', evaluate],
  ['COPY', copy],
  ['BEGIN', transaction],
  ['COMMIT', transaction],
  ['ROLLBACK', transaction],
  ['ABORT', transaction],
]);

/** Verbs of single dialects; they come first. */
const OWN: ReadonlyMap<string, Verb> = new Map<string, Verb>([
  ['mysql LOAD', load],
  ['hive LOAD', load],
  ['databricks LOAD', load],
  ['mssql BULK', bulk],
  ['mysql BATCH', batch],
  ['mysql ANALYZE', analyse],
  ['sqlite PRAGMA', pragma],
  ['duckdb PRAGMA', pragma],
  ['sqlite DETACH', detach],
  ['duckdb DETACH', detach],
  ['clickhouse DETACH', detach],
  ['mysql PURGE', purge],
  ['oracle PURGE', purge],
  ['redshift UNLOAD', unload],
  ['trino UNLOAD', unload],
  ['bigquery EXPORT', exportData],
  ['oracle OPEN', cursor],
  ['snowflake OPEN', cursor],
]);

/** False for a statement that nobody knows. */
export function verbOf(words: Words, cx: Cx): boolean {
  const first = word(words);
  const dialect = cx.dialect.name;
  const rows = plainRows(first, dialect).filter((row) => matches(row, words));
  const own = OWN.get(`${dialect} ${first}`);
  // A plain row of several words knows more than the verb alone.
  const row = rows[0];
  const verb = own ?? VERBS.get(first);
  if (row !== undefined && (verb === undefined || row.words.length > 1)) {
    plain(row, words, cx);
    return true;
  }
  if (verb !== undefined) {
    words.at++;
    verb(words, cx);
    return true;
  }
  // The first statement of a T-SQL batch may be a procedure's bare name.
  if (dialect === 'mssql' && /^(SP|XP)_/.test(first.split('.').at(-1) ?? '')) {
    execute(words, cx);
    return true;
  }
  return assignment(words, cx);
}

/** MariaDB: ANALYZE statement runs it; ANALYZE TABLE t collects statistics. */
function analyse(words: Words, cx: Cx): void {
  if (accept(words, 'FORMAT', '=')) words.at++;
  if (/^(SELECT|WITH|INSERT|UPDATE|DELETE|REPLACE|\()$/.test(word(words))) return readHere(words, cx);
  const why = 'collects statistics';
  emit(cx, { kind: 'write', scope: 'bounded', reversible: 'yes', targets: named('table', words), why });
}

/** TiDB: BATCH ON key LIMIT n DELETE …: all of it, in pieces. */
function batch(words: Words, cx: Cx): void {
  words.at = Math.max(words.at, find(words, 'DELETE', 'UPDATE', 'INSERT', 'REPLACE'));
  readHere(words, cx);
}

function matches(row: PlainRow, words: Words): boolean {
  return row.words.every((one, i) => one.split('|').includes(word(words, i)));
}

function plain(row: PlainRow, words: Words, cx: Cx): void {
  words.at += row.words.length;
  const { kind, why, type, scope, reversible } = row;
  emit(cx, { kind, scope, reversible, why, targets: type === '' ? [] : named(type, words) });
  // Conditions of SHOW, messages of RAISERROR, ids of KILL: their functions run.
  if (['none', 'session', 'read', 'process_control'].includes(kind)) readExpression(words.tokens.slice(words.at), cx);
}

function named(type: string, words: Words): { type: string; name: string }[] {
  skip(
    words,
    'TABLE TABLES DATABASE INDEX VIEW NO_WRITE_TO_BINLOG LOCAL FULL CONCURRENTLY QUERY CONNECTION HARD SOFT LOGS PLUGIN COMPONENT INTO AS ONLY FROM USER',
  );
  skipExists(words);
  const found = stringAt(words) ?? (ended(words) ? '' : name(words));
  return found === '' ? [] : targets(type, [found]);
}

function reset(words: Words, cx: Cx): void {
  const parameter = name(words).toLowerCase();
  emit(cx, {
    kind: 'config_change',
    reversible: 'yes',
    targets: targets('parameter', [parameter]),
    why: 'sets a parameter back',
  });
}

/** DESCRIBE SELECT … is EXPLAIN in some dialects. */
function describe(words: Words, cx: Cx): void {
  if (/^(SELECT|WITH|INSERT|UPDATE|DELETE|REPLACE|ANALYZE|FORMAT|EXTENDED)$/.test(word(words))) return explain(words, cx);
  skip(words, 'TABLE VIEW EXTENDED FORMATTED DATABASE SCHEMA FUNCTION PROCEDURE HISTORY DETAIL STAGE USER WAREHOUSE QUERY');
  emit(cx, { kind: 'read', scope: 'bounded', reversible: 'yes', targets: targets('table', ended(words) ? [] : [name(words)]) });
}

function evaluate(words: Words, cx: Cx): void {
  if (!ended(words)) readExpression(words.tokens.slice(words.at), cx);
  emit(cx, { kind: 'session', reversible: 'yes' });
}

/** `OPEN c FOR SELECT …`. */
function cursor(words: Words, cx: Cx): void {
  const at = words.tokens.findIndex((token) => token.word === 'FOR');
  if (at >= 0) readExpression(words.tokens.slice(at + 1), cx);
  emit(cx, { kind: 'session', reversible: 'yes' });
}

/** `x := …` and `x NUMBER := …` of blocks, and a call of a procedure without CALL (PL/SQL). */
function assignment(words: Words, cx: Cx): boolean {
  const block = cx.dialect.name === 'oracle' || cx.dialect.name === 'snowflake' || cx.dialect.name === 'mysql';
  if (!block || words.tokens[words.at]?.kind !== 'word') return false;
  for (let i = words.at; i + 1 < Math.min(words.tokens.length, words.at + 12); i++) {
    if (words.tokens[i]?.word !== ':' || words.tokens[i + 1]?.word !== '=') continue;
    readExpression(words.tokens.slice(i + 2), cx);
    emit(cx, { kind: 'session', reversible: 'yes' });
    return true;
  }
  if (cx.dialect.name !== 'oracle') return false;
  const declares = TYPES.has(word(words, 1)) || word(words, 2) === '%' || word(words, 4) === '%';
  if (declares) emit(cx, { kind: 'session', reversible: 'yes' });
  else return procedureCall(words, cx);
  return true;
}

/** PL/SQL calls a procedure by its name alone, with or without arguments. */
function procedureCall(words: Words, cx: Cx): boolean {
  const rest = words.tokens.slice(words.at);
  if (rest.some((token) => token.word === '(')) {
    if (word(words, 1) !== '(' && word(words, 1) !== '.') return false;
    readExpression(rest, cx);
    return true;
  }
  const called = name(words);
  if (!ended(words) || called === '') return false;
  callByName(
    called.split('.').map((value) => ({ value })),
    [],
    false,
    cx,
  );
  return true;
}

const TYPES: ReadonlySet<string> = new Set(
  'NUMBER VARCHAR2 NVARCHAR2 CHAR NCHAR DATE TIMESTAMP INTEGER PLS_INTEGER BINARY_INTEGER BOOLEAN CLOB BLOB NCLOB LONG RAW FLOAT EXCEPTION CONSTANT SYS_REFCURSOR'.split(
    ' ',
  ),
);
