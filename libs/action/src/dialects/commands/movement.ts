/** Data on the move: COPY, UNLOAD, EXPORT, LOAD DATA, BULK INSERT. */
import type { EffectScope, EffectTarget } from '@countersign/kernel';
import { type Cx, emit, emitOpaque } from '../context.ts';
import { embedSql } from '../embedded.ts';
import { readAfter } from '../rest.ts';
import { SECRET_FILE } from '../secrets.ts';
import { readExpression } from '../statement.ts';
import { type Words, accept, find, has, name, skip, skipParens, stringAt, targets, word } from './words.ts';

export function fileRead(path: string, via: string, cx: Cx): void {
  // These are libraries and lakes: files are what they are there for.
  const local = ['duckdb', 'databricks', 'hive', 'snowflake', 'redshift'].includes(cx.dialect.name);
  const found = [{ type: 'file', name: path }];
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(path))
    emit(cx, { kind: 'network', targets: found, via, why: 'takes rows from another place' });
  else if (SECRET_FILE.test(path))
    emit(cx, { kind: 'secret_read', reversible: 'no', targets: found, via, why: 'reads a file that holds secrets' });
  else
    emit(cx, {
      kind: local ? 'read' : 'secret_read',
      reversible: local ? 'yes' : 'no',
      targets: found,
      via,
      why: 'reads a file of the server',
    });
}

export function exported(scope: EffectScope, found: readonly EffectTarget[], via: string, why: string, cx: Cx): void {
  emit(cx, { kind: 'export', scope, reversible: 'no', targets: found, via, why });
}

/** MySQL: LOAD DATA [LOCAL] INFILE 'file' … INTO TABLE t, LOAD XML. */
export function load(words: Words, cx: Cx): void {
  if (!accept(words, 'DATA') && !accept(words, 'XML')) return emitOpaque(cx, 'what is loaded here is not known', 'LOAD');
  skip(words, 'LOW_PRIORITY CONCURRENT LOCAL INFILE INPATH FROM');
  const path = stringAt(words);
  if (path === undefined) emitOpaque(cx, 'which file is loaded is not in the text', 'LOAD DATA');
  else fileRead(path, 'LOAD DATA', cx);
  const replaces = has(words, 'REPLACE', 'INTO') || has(words, 'OVERWRITE', 'INTO');
  const at = find(words, 'TABLE');
  const found = at < 0 ? [] : targets('table', [name({ ...words, at: at + 1 })]);
  emit(cx, { kind: 'write', scope: 'bounded', reversible: replaces ? 'no' : 'yes', targets: found, via: 'LOAD DATA' });
  const set = find(words, 'SET');
  if (set >= 0) readExpression(words.tokens.slice(set + 1), cx);
}

/** SQL Server: BULK INSERT t FROM 'file'. */
export function bulk(words: Words, cx: Cx): void {
  if (!accept(words, 'INSERT')) return emitOpaque(cx, 'a bulk operation that is not known', 'BULK');
  const found = targets('table', [name(words)]);
  accept(words, 'FROM');
  const path = stringAt(words);
  if (path === undefined) emitOpaque(cx, 'which file is loaded is not in the text', 'BULK INSERT');
  else fileRead(path, 'BULK INSERT', cx);
  emit(cx, { kind: 'write', scope: 'bounded', reversible: 'yes', targets: found, via: 'BULK INSERT' });
}

/** COPY in its shapes: Snowflake's COPY INTO, Redshift's COPY t FROM, DuckDB's COPY t|(query) TO|FROM. */
export function copy(words: Words, cx: Cx): void {
  if (accept(words, 'INTO')) return copyInto(words, cx);
  if (accept(words, 'FROM', 'DATABASE') || accept(words, 'FILES'))
    return exported('unbounded', [], 'COPY', 'copies data to another place', cx);
  if (word(words) === '(') {
    const close = closing(words);
    readExpression([...words.tokens.slice(words.at, close + 1)], cx);
    const bounded = cx.readScope !== 'unbounded';
    const found = [...cx.reads.values()];
    words.at = close + 1;
    return exported(bounded ? 'bounded' : 'unbounded', [...found, ...place(words)], 'COPY TO', 'copies rows out', cx);
  }
  const table = targets('table', [name(words)]);
  if (word(words) === '(') skipParens(words);
  if (accept(words, 'TO')) return exported('unbounded', [...table, ...place(words)], 'COPY TO', 'copies rows out', cx);
  if (!accept(words, 'FROM')) return emitOpaque(cx, 'a COPY that is not known', 'COPY');
  const from = stringAt(words);
  if (from !== undefined) fileRead(from, 'COPY FROM', cx);
  emit(cx, { kind: 'write', scope: 'bounded', reversible: 'yes', targets: table, via: 'COPY FROM' });
}

function closing(words: Words): number {
  const at = { ...words };
  skipParens(at);
  return at.at - 1;
}

function place(words: Words): EffectTarget[] {
  accept(words, 'TO');
  const path = stringAt(words);
  return path === undefined ? [] : [{ type: 'file', name: path }];
}

/** To a stage or a URL rows leave; to a table files come in. */
function copyInto(words: Words, cx: Cx): void {
  const token = words.tokens[words.at];
  const location = token?.kind === 'string' || token?.word.startsWith('@') === true || word(words) === '@';
  if (word(words) === '@') words.at++;
  const to = stringAt(words) ?? name(words);
  if (!location) {
    const from = find(words, 'FROM');
    const source = from < 0 ? undefined : stringAt({ ...words, at: from + 1 });
    if (source !== undefined) fileRead(source, 'COPY INTO', cx);
    return emit(cx, { kind: 'write', scope: 'bounded', reversible: 'yes', targets: targets('table', [to]), via: 'COPY INTO' });
  }
  const at = find(words, 'FROM');
  words.at = at < 0 ? words.tokens.length : at + 1;
  const query = word(words) === '(';
  const from = query ? [] : targets('table', [name(words)]);
  if (query) readExpression(words.tokens.slice(words.at, closing(words) + 1), cx);
  const bounded = query && cx.readScope !== 'unbounded';
  exported(
    bounded ? 'bounded' : 'unbounded',
    [...from, ...cx.reads.values(), { type: 'stage', name: to }],
    'COPY INTO',
    'copies rows out',
    cx,
  );
}

/** Redshift and Athena: UNLOAD ('query') TO 's3://…'. */
export function unload(words: Words, cx: Cx): void {
  accept(words, '(');
  const query = stringAt(words);
  const start = words.tokens[words.at]?.start ?? cx.statement.start;
  if (query !== undefined) embedSql(query, { start, end: words.tokens[words.at]?.end ?? start }, 'UNLOAD', cx);
  else readAfter({ ...words, at: words.at - 1 }, '(', cx);
  const to = find({ ...words, at: words.at + 2 }, 'TO');
  const path = to < 0 ? undefined : stringAt({ ...words, at: to + 1 });
  const read = cx.out.filter((effect) => effect.kind === 'read');
  const scope = read.some((effect) => effect.scope === 'unbounded') ? 'unbounded' : 'bounded';
  exported(
    scope,
    [...read.flatMap((effect) => effect.targets), ...(path === undefined ? [] : targets('file', [path]))],
    'UNLOAD',
    'writes rows to files',
    cx,
  );
}

/** BigQuery: EXPORT DATA OPTIONS(…) AS query. */
export function exportData(words: Words, cx: Cx): void {
  const before = cx.out.length;
  readAfter(words, 'AS', cx);
  const scope = cx.out.slice(before).some((effect) => effect.kind === 'read' && effect.scope === 'unbounded')
    ? 'unbounded'
    : 'bounded';
  exported(scope, [], 'EXPORT', 'writes rows to files of another place', cx);
}
