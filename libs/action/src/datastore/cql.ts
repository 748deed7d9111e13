/** Cassandra's CQL and the commands of cqlsh → effects, by the words that statements begin with; what it does not know is opaque. */
import type { Effect, EffectKind, EffectScope, TextSpan } from '@countersign/kernel';
import { opaqueEffect } from '../analysis.ts';
import { effectOf } from '../http/effects.ts';

interface Statement extends TextSpan {
  /** Words and signs outside of strings and comments, strings as `''`. */
  readonly tokens: readonly string[];
}

const STATEMENTS = 2000;

export function cqlEffects(text: string): Effect[] {
  const found = statementsOf(text);
  if (typeof found === 'string') return [opaqueEffect({ start: 0, end: text.length }, found)];
  if (found.length > STATEMENTS) return [opaqueEffect({ start: 0, end: text.length }, `more than ${STATEMENTS} statements`)];
  return found.flatMap(statementEffects);
}

const TOKEN =
  /\s+|--[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|\$\$[\s\S]*?\$\$|"(?:[^"]|"")*"|[A-Za-z_][\w.]*|\d[\w.-]*|[^\s]/y;

function statementsOf(text: string): Statement[] | string {
  const out: Statement[] = [];
  let tokens: string[] = [];
  let start = -1;
  let end = 0;
  let inBatch = false;
  const close = (): void => {
    if (tokens.length > 0) out.push({ start, end, tokens });
    tokens = [];
    start = -1;
  };
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(text); match !== null; match = TOKEN.exec(text)) {
    const token = match[0];
    if (/^(?:\s|--|\/\/|\/\*.)/.test(token)) continue;
    if (token === ';') {
      close();
      continue;
    }
    const pair = text.slice(match.index, match.index + 2);
    if (token === "'" || token === '"' || (token === '$' && pair === '$$')) return 'a quote is not closed';
    if (token === '/' && pair === '/*') return 'a comment is not closed';
    // BEGIN BATCH … APPLY BATCH holds statements that need no semicolon.
    const upper = token.toUpperCase();
    if (tokens.length === 0 && upper === 'BEGIN') inBatch = true;
    if (inBatch && tokens.length > 0 && /^(?:INSERT|DELETE|APPLY)$/.test(upper)) close();
    if (inBatch && tokens.length > 0 && upper === 'UPDATE' && tokens[0]?.toUpperCase() !== 'INSERT') close();
    if (upper === 'APPLY') inBatch = false;
    if (start < 0) start = match.index;
    end = match.index + token.length;
    tokens.push(token.startsWith("'") || token.startsWith('$$') ? "''" : token);
  }
  close();
  return out;
}

type Row = readonly [words: string, kind: EffectKind, scope: EffectScope, why?: string];

/** The first that fits counts. */
const ROWS: readonly Row[] = [
  ['SELECT|LIST|DESCRIBE|DESC|SHOW', 'read', 'bounded'],
  ['INSERT', 'write', 'one'],
  ['UPDATE', 'write', 'bounded'],
  ['DELETE', 'delete', 'bounded'],
  ['TRUNCATE', 'delete', 'unbounded', 'every row of the table'],
  ['DROP ROLE|USER', 'privilege_change', 'one'],
  ['DROP KEYSPACE', 'schema_drop', 'unbounded', 'every table of the keyspace'],
  ['DROP INDEX', 'schema_change', 'one'],
  ['DROP', 'schema_drop', 'one'],
  ['CREATE|ALTER|ADD ROLE|USER|IDENTITY', 'privilege_change', 'one'],
  ['GRANT|REVOKE', 'privilege_change', 'one'],
  ['CREATE OR REPLACE FUNCTION|AGGREGATE', 'code_execution', 'one', 'puts code into the server'],
  ['CREATE FUNCTION|AGGREGATE|TRIGGER', 'code_execution', 'one', 'puts code into the server'],
  ['CREATE|ALTER', 'schema_change', 'one'],
  ['USE|BEGIN|APPLY|CONSISTENCY|SERIAL|TRACING|PAGING|EXPAND', 'session', 'one'],
  ['HELP|EXIT|QUIT|CLEAR|CLS', 'none', 'one'],
  ['LOGIN', 'identity_change', 'one'],
  ['SOURCE', 'code_execution', 'one', 'runs statements of a file'],
  ['CAPTURE', 'write', 'one', 'writes a file'],
];

function statementEffects(statement: Statement): Effect[] {
  const span = { start: statement.start, end: statement.end };
  const upper = statement.tokens.map((token) => token.toUpperCase());
  if (upper[0] === 'COPY') return copy(statement, upper, span);
  const row = ROWS.find(([words]) => words.split(' ').every((word, index) => word.split('|').includes(upper[index] ?? '')));
  if (row === undefined) return [opaqueEffect(span, `the statement ${(upper[0] ?? '').slice(0, 40)} is not known`)];
  const [, kind, scope, why] = row;
  const filters = upper.includes('WHERE');
  const wide = (kind === 'delete' || upper[0] === 'UPDATE') && !filters;
  const name = tableOf(statement.tokens, upper);
  const targets = name === '' ? [] : [{ type: upper[1] === 'KEYSPACE' ? 'keyspace' : 'table', name }];
  const out = [effectOf({ kind, scope: wide ? 'unbounded' : scope, targets, via: upper[0] ?? '', why: why ?? '' }, span)];
  if (/^"?system_auth\b/i.test(name)) {
    out.push(
      effectOf(
        { kind: kind === 'read' ? 'secret_read' : 'privilege_change', targets, why: 'users and their digests are kept there' },
        span,
      ),
    );
  }
  if (upper[0] === 'ALTER' && upper.includes('DROP'))
    out.push(effectOf({ kind: 'schema_drop', targets, via: 'ALTER DROP' }, span));
  return out;
}

const BEFORE_NAME = new Set(['FROM', 'INTO', 'UPDATE', 'TRUNCATE', 'TABLE', 'KEYSPACE', 'EXISTS', 'VIEW', 'TYPE', 'COPY']);

function tableOf(tokens: readonly string[], upper: readonly string[]): string {
  let name = '';
  for (let index = 0; index < Math.min(upper.length - 1, 200); index += 1) {
    const next = upper[index + 1] ?? '';
    if (BEFORE_NAME.has(upper[index] ?? '') && !BEFORE_NAME.has(next) && next !== 'IF' && /^["\w]/.test(next)) {
      name = tokens[index + 1] ?? '';
      break;
    }
  }
  return name;
}

function copy(statement: Statement, upper: readonly string[], span: TextSpan): Effect[] {
  const targets = [{ type: 'table', name: statement.tokens[1] ?? '' }];
  if (upper.includes('TO'))
    return [effectOf({ kind: 'export', scope: 'unbounded', targets, via: 'COPY', why: 'writes the table to a file' }, span)];
  return [effectOf({ kind: 'write', scope: 'bounded', targets, via: 'COPY' }, span)];
}
