/** CREATE in all its forms: what it makes, what runs later because of it, and the query or body inside. */
import type { EffectTarget } from '@countersign/kernel';
import { type Cx, emit, emitOpaque } from '../context.ts';
import { embedSql } from '../embedded.ts';
import { readAfter, readHere } from '../rest.ts';
import { readExpression } from '../statement.ts';
import { isTemporary, readType } from './drop.ts';
import { type Words, contentOf, find, has, name, skip, skipExists, targets, word } from './words.ts';

const PEOPLE: ReadonlySet<string> = new Set('USER ROLE LOGIN PROFILE GROUP CREDENTIAL QUOTA'.split(' '));
/** Run at a time or at each change of a table. */
const LATER: ReadonlySet<string> = new Set('TRIGGER EVENT TASK JOB ALERT PIPE SCHEDULE'.split(' '));
const CODE: ReadonlySet<string> = new Set('PROCEDURE FUNCTION PACKAGE TYPE'.split(' '));
/** Ways to other places. */
const AWAY: ReadonlySet<string> = new Set(
  `STAGE|DATABASE LINK|PUBLIC DATABASE LINK|SERVER|CONNECTION|EXTERNAL TABLE|FOREIGN TABLE|EXTERNAL DATA SOURCE|STORAGE|NOTIFICATION|API|SECURITY|SHARE|
   EXTERNAL SCHEMA|EXTERNAL FUNCTION|NAMED COLLECTION|SUBSCRIPTION|PUBLICATION|DICTIONARY|SECRET|ENDPOINT|CATALOG|EXTERNAL VOLUME|REPLICATION|FAILOVER`
    .split('|')
    .map((one) => one.trim()),
);
/** Libraries and languages: code from elsewhere. */
const LIBRARIES: ReadonlySet<string> = new Set('LIBRARY ASSEMBLY EXTENSION LANGUAGE JAVA STREAMLIT MODEL APPLICATION'.split(' '));

export function create(words: Words, cx: Cx): void {
  const replaces = has({ ...words, tokens: words.tokens.slice(0, words.at + 3) }, 'OR', 'REPLACE|ALTER');
  skip(
    words,
    'OR REPLACE ALTER GLOBAL LOCAL TEMP TEMPORARY TRANSIENT VOLATILE UNLOGGED SECURE RECURSIVE UNIQUE FULLTEXT SPATIAL BITMAP CLUSTERED NONCLUSTERED COLUMNSTORE PRIVATE SHARDED EDITIONABLE NONEDITIONABLE FORCE NO IMMUTABLE BLOCKCHAIN HYBRID ICEBERG DYNAMIC LIVE WINDOW HIVE MULTISET SET VIRTUAL MULTIVALUE AND RESOLVE COMPILE NOFORCE',
  );
  skipDefiner(words);
  const type = readType(words);
  skipExists(words);
  const found = targets(type.toLowerCase(), [madeName(words, type)]);
  if (PEOPLE.has(type) || type.endsWith(' ROLE') || type.endsWith(' POLICY') || type === 'POLICY') {
    return emit(cx, { kind: 'privilege_change', reversible: 'yes', targets: found, why: 'changes who may do what' });
  }
  const own =
    type === 'TABLE' &&
    isTemporary(
      found.map((target) => target.name),
      cx,
    );
  emit(cx, {
    kind: own ? 'session' : 'schema_change',
    reversible: replaces ? 'unknown' : 'yes',
    targets: found,
    why: replaces ? `may replace a ${type.toLowerCase()} of that name` : '',
  });
  if (replaces && type === 'TABLE')
    emit(cx, {
      kind: 'delete',
      scope: 'unknown',
      reversible: 'no',
      targets: found,
      via: 'OR REPLACE',
      why: 'a table of that name goes with its rows',
    });
  inside(words, type, found, cx);
}

/** `DEFINER = 'root'@'localhost'` and `SQL SECURITY …` in front of the type; `ALGORITHM = MERGE`. */
function skipDefiner(words: Words): void {
  while (['DEFINER', 'SQL', 'ALGORITHM', 'AGGREGATE', 'EXTERNAL', 'ROW'].includes(word(words)) && word(words, 1) !== 'TABLE') {
    if (word(words) === 'AGGREGATE' || word(words) === 'EXTERNAL' || word(words) === 'ROW') return;
    if (word(words) === 'SQL') words.at += 3;
    else {
      words.at += 2;
      name(words);
      if (word(words).startsWith('@')) words.at += word(words) === '@' ? 2 : 1;
    }
    if (words.at >= words.tokens.length) return;
  }
}

function madeName(words: Words, type: string): string {
  // `CREATE SCHEMA AUTHORIZATION x`, `CREATE INDEX ON t`.
  return (type === 'INDEX' && word(words) === 'ON') || word(words) === 'AUTHORIZATION' ? '' : name(words);
}

function inside(words: Words, type: string, found: readonly EffectTarget[], cx: Cx): void {
  const first = type.split(' ')[0] ?? '';
  if (LATER.has(first))
    emit(cx, { kind: 'persistence', reversible: 'yes', targets: found, why: 'runs later, without anybody asking' });
  if (has(words, 'EXECUTE', 'AS') || has(words, 'SECURITY', 'DEFINER'))
    emit(cx, {
      kind: 'privilege_change',
      reversible: 'yes',
      targets: found,
      why: "runs with its owner's rights, whoever calls it",
    });
  if (AWAY.has(type) || AWAY.has(first)) emit(cx, { kind: 'network', targets: found, why: 'opens a way to another place' });
  if (LIBRARIES.has(first)) emit(cx, { kind: 'code_execution', targets: found, why: 'brings code from elsewhere' });
  if (first === 'DIRECTORY') emit(cx, { kind: 'config_change', targets: found, why: 'opens a directory of the server' });
  if (type === 'TABLE' || type === 'VIEW' || type.endsWith(' TABLE') || type.endsWith(' VIEW'))
    return rowsOf(words, type, found, cx);
  if (CODE.has(first)) return body(words, found, cx);
  if (LATER.has(first)) {
    if (!readAfter(words, 'AS DO BEGIN ROW STATEMENT EXECUTE THEN', cx)) emitOpaque(cx, 'what it will run cannot be found', type);
  } else if (type === 'SERVER AUDIT' || first === 'AUDIT') emit(cx, { kind: 'config_change', targets: found });
}

/** CREATE TABLE … AS query, CREATE VIEW … AS query, and MySQL's CREATE TABLE … SELECT. */
function rowsOf(words: Words, type: string, found: readonly EffectTarget[], cx: Cx): void {
  const at = find(words, 'AS', 'SELECT', 'CLONE');
  if (at < 0) return;
  const view = type.endsWith('VIEW');
  if (!view) {
    const why = 'fills the new table';
    emit(cx, { kind: 'write', scope: 'bounded', reversible: 'yes', targets: found, via: 'CREATE TABLE AS', why });
  }
  if (words.tokens[at]?.word === 'SELECT') readHere({ ...words, at }, cx);
  else if (words.tokens[at]?.word === 'AS') readHere({ ...words, at: at + 1 }, cx);
}

/** A body in SQL is read where it stands; a body in another language or in a string is code. */
function body(words: Words, found: readonly EffectTarget[], cx: Cx): void {
  if (has(words, 'SONAME')) {
    return emit(cx, {
      kind: 'code_execution',
      reversible: 'no',
      targets: found,
      via: 'SONAME',
      why: 'loads a library into the server',
    });
  }
  if (has(words, 'REMOTE', 'WITH'))
    return emit(cx, { kind: 'network', targets: found, via: 'REMOTE', why: 'calls another service' });
  const language = languageOf(words);
  if (!['', 'sql', 'plsql', 'plpgsql'].includes(language)) {
    return emit(cx, {
      kind: 'code_execution',
      reversible: 'no',
      targets: [{ type: 'language', name: language }],
      via: 'LANGUAGE',
      why: 'code in another language',
    });
  }
  const at = find(words, 'AS', 'IS', 'BEGIN', 'RETURN');
  const literal = words.tokens[at + 1];
  if (at < 0 || literal === undefined) {
    // MySQL allows a single statement for a body, without any word in front.
    if (!readAfter(words, 'SET SELECT INSERT UPDATE DELETE CALL', cx)) emitOpaque(cx, 'its body cannot be found', 'body');
    return;
  }
  words.at = at;
  if (literal.kind === 'string') {
    const text = contentOf(words.text.slice(literal.start, literal.end));
    if (text === undefined) emitOpaque(cx, 'its body cannot be read', 'body');
    else embedSql(text, { start: literal.start, end: literal.end }, `body of ${found[0]?.name ?? ''}`, cx);
  } else if (word(words, 1) === '(' || word(words) === 'RETURN' || word(words) === '->') expressionBody(words, cx);
  else readAfter(words, 'AS IS BEGIN', cx);
}

function expressionBody(words: Words, cx: Cx): void {
  readExpression(words.tokens.slice(words.at + 1), cx);
}

function languageOf(words: Words): string {
  const at = find(words, 'LANGUAGE');
  return at < 0 ? '' : (words.tokens[at + 1]?.word ?? '').toLowerCase();
}
