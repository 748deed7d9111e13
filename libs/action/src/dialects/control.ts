/**
 * Blocks of statements: PL/SQL, MySQL's compound statements, T-SQL, BigQuery's and Snowflake's scripts. Which statement of a block runs
 * is a matter of its data, so all of them count: control words are taken off, their conditions read, and the statements stay.
 */
import type { Cx } from './context.ts';
import { type Words, accept, ended, find, word } from './commands/words.ts';
import { readExpression } from './statement.ts';

/** After BEGIN these make it a transaction. */
const TRANSACTION: ReadonlySet<string> = new Set(
  `TRAN TRANSACTION WORK IMMEDIATE DEFERRED EXCLUSIVE ISOLATION READ NOT DISTRIBUTED CONCURRENT PESSIMISTIC OPTIMISTIC CONVERSATION DIALOG`.split(
    ' ',
  ),
);

const ENDS: ReadonlySet<string> = new Set('IF LOOP WHILE CASE REPEAT FOR TRY CATCH'.split(' '));

/** Words that begin a statement after a condition without THEN (T-SQL). */
const BODY =
  `BEGIN SELECT INSERT UPDATE DELETE MERGE EXEC EXECUTE DROP CREATE ALTER TRUNCATE SET PRINT RETURN RAISERROR THROW WAITFOR DECLARE WITH
  GRANT REVOKE DENY BREAK CONTINUE GOTO KILL SHUTDOWN DBCC BACKUP RESTORE COMMIT ROLLBACK USE`.split(/\s+/);

/** Moves past the control words at the front of a statement, reading what they hold. */
export function control(words: Words, cx: Cx): void {
  for (let round = 0; round < 40 && !ended(words); round++) if (!step(words, cx)) return;
}

function step(words: Words, cx: Cx): boolean {
  const first = word(words);
  switch (first) {
    case 'BEGIN':
      return begin(words);
    case 'ELSE':
    case 'LOOP':
    case 'REPEAT':
    case 'EXCEPTION':
    case 'THEN':
      words.at++;
      return true;
    case 'END':
      return end(words, cx);
    case 'IF':
    case 'ELSEIF':
    case 'ELSIF':
    case 'WHILE':
    case 'UNTIL':
    case 'WHEN':
      return condition(words, cx);
    case 'CASE':
      return condition(words, cx);
    case 'FOR':
      return loop(words, cx);
    default:
      return label(words) || (cx.dialect.name === 'oracle' && first === 'DECLARE' && oracleDeclare(words));
  }
}

/** `BEGIN` of a transaction is a statement of its own; of a block it only stands in front. */
function begin(words: Words): boolean {
  const next = word(words, 1);
  if (words.at + 1 >= words.tokens.length || TRANSACTION.has(next)) {
    if (next !== 'NOT' || word(words, 2) !== 'ATOMIC') return false;
    words.at += 3;
    return true;
  }
  words.at++;
  accept(words, 'TRY|CATCH|ATOMIC');
  return true;
}

function end(words: Words, cx: Cx): boolean {
  if (TRANSACTION.has(word(words, 1)) && word(words, 1) !== 'NOT') return false;
  const alone = words.tokens.length - words.at === 1;
  // SQLite's END is COMMIT where no block is open.
  if (alone && (cx.dialect.name === 'sqlite' || cx.dialect.name === 'duckdb' || cx.dialect.name === 'redshift')) return false;
  words.at++;
  if (ENDS.has(word(words))) words.at++;
  // The label or name of the block.
  if (words.tokens.length - words.at === 1) words.at++;
  return true;
}

function condition(words: Words, cx: Cx): boolean {
  const start = words.at + 1;
  const stops = ['THEN', 'LOOP', 'DO', 'WHEN'];
  const at = find({ ...words, at: start }, ...stops, ...(cx.dialect.name === 'mssql' ? BODY : []), 'REPEAT');
  const stop = at < 0 ? words.tokens.length : at;
  readExpression(words.tokens.slice(start, endsRepeat(words, start, stop)), cx);
  words.at = stop;
  if (['THEN', 'LOOP', 'DO'].includes(word(words))) words.at++;
  return true;
}

/** `UNTIL x END REPEAT`. */
function endsRepeat(words: Words, start: number, stop: number): number {
  for (let i = start; i < stop; i++) if (words.tokens[i]?.word === 'END' && words.tokens[i]?.kind === 'word') return i;
  return stop;
}

/** `FOR x IN (SELECT …) LOOP`, `FOR x IN 1..10 LOOP`, `FOR EACH ROW` of a trigger. */
function loop(words: Words, cx: Cx): boolean {
  const at = find(words, 'LOOP', 'DO');
  if (at < 0) {
    if (!accept(words, 'FOR', 'EACH', 'ROW') && !accept(words, 'FOR', 'EACH', 'STATEMENT')) return false;
    return true;
  }
  const from = find(words, 'IN');
  if (from >= 0 && from < at) readExpression(words.tokens.slice(from + 1, at), cx);
  words.at = at + 1;
  return true;
}

/** `name:` and `<<name>>`. */
function label(words: Words): boolean {
  if (word(words) === '<' && word(words, 1) === '<' && word(words, 3) === '>' && word(words, 4) === '>') {
    words.at += 5;
    return true;
  }
  const labels = words.tokens[words.at]?.kind === 'word' && word(words, 1) === ':' && word(words, 2) !== '=';
  if (labels) words.at += 2;
  return labels;
}

/** What follows DECLARE are declarations, each ended by `;`. */
function oracleDeclare(words: Words): boolean {
  words.at++;
  return true;
}
