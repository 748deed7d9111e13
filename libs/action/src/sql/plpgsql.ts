/** PL/pgSQL bodies: libpg-query gives the block as a tree whose SQL is text, which is parsed again here. */
import type { Effect, EffectScope, TextSpan } from '@countersign/kernel';
import { constantOf } from './constants.ts';
import { type Cx, emitOpaque, wider } from './context.ts';
import { DEEPEST_NESTING, analyseNested, readStatement, statements } from './nested.ts';
import { type Source, sourceAt, sourceWithin } from './source.ts';

export interface Body {
  readonly text: string;
  /** Where the text begins in the action's text; -1 when it is not there as it stands. */
  readonly base: number;
  readonly via: string;
}

type Fields = Readonly<Record<string, unknown>>;

/** Statements whose SQL is computed: the expression gives the text that runs. */
const DYNAMIC: ReadonlySet<string> = new Set(['PLpgSQL_stmt_dynexecute.query', 'PLpgSQL_stmt_dynfors.query', 'dynquery']);

const KNOWN =
  /^PLpgSQL_(stmt_(block|assign|if|loop|while|fori|fors|forc|foreach_a|exit|return|return_next|return_query|raise|assert|execsql|dynexecute|dynfors|getdiag|open|fetch|close|perform|call|commit|rollback|case)|expr|var|rec|row|recfield|alias|type|function|if_elsif|case_when|exception|exception_block|condition|raise_option|diag_item|promise|nsitem)$/;

/** Values of `PLpgSQL_expr.parseMode`: 0 is a statement, 2 an expression, from 3 on an assignment. */
const STATEMENT_MODE = 0;
const ASSIGNMENT_MODE = 3;
const DEEPEST = 200;

/** `whole` is the statement around the body, which is what the PL/pgSQL parser reads. */
export function analysePlpgsql(whole: string, body: Body, cx: Cx): void {
  const first = cx.parser.parsePlpgsql(whole);
  const parsed = first.ok ? first : cx.parser.parsePlpgsql(withPlainTypes(whole));
  if (!parsed.ok) {
    emitOpaque(cx, `the body cannot be read: ${parsed.message}`, body.via);
    return;
  }
  const via = [cx.via, body.via].filter((part) => part !== '').join(' › ');
  const inner: Cx = { ...cx, via, nesting: cx.nesting + 1, ctes: undefined, variables: variablesIn(parsed.tree) };
  if (inner.nesting > DEEPEST_NESTING) emitOpaque(cx, 'code within code is nested too deeply', body.via);
  else walk(parsed.tree, '', '', 0, { body, cx: inner, from: 0 });
}

/**
 * libpg-query has no catalog to look `users.name%TYPE` and `users%ROWTYPE` up in. What a variable's type is does not matter here:
 * any will do. Only names are replaced, so nothing that runs can disappear.
 */
function withPlainTypes(whole: string): string {
  return whole
    .replace(/(?<![\w."\u0080-\uffff])[\w."\u0080-\uffff]+\s*%\s*type\b/gi, 'text')
    .replace(/(?<![\w."\u0080-\uffff])[\w."\u0080-\uffff]+\s*%\s*rowtype\b/gi, 'record');
}

/** Names of the variables and parameters; `found` is always there. */
function variablesIn(tree: unknown): Set<string> {
  const names = new Set<string>();
  const { plpgsql_funcs: blocks } = tree as { plpgsql_funcs?: unknown };
  for (const block of Array.isArray(blocks) ? (blocks as unknown[]) : []) {
    const { datums } = ((block as Fields)['PLpgSQL_function'] ?? {}) as { datums?: unknown };
    for (const datum of Array.isArray(datums) ? (datums as Fields[]) : [])
      for (const body of Object.values(datum)) names.add(String((body as Fields)['refname'] ?? ''));
  }
  return names;
}

interface Walk {
  readonly body: Body;
  readonly cx: Cx;
  /** Queries come in the order of the text: the next one is looked for from here. */
  from: number;
}

function walk(value: unknown, node: string, field: string, depth: number, state: Walk): void {
  if (typeof value !== 'object' || value === null) return;
  if (depth > DEEPEST) {
    emitOpaque(state.cx, 'the body is nested too deeply');
    return;
  }
  if (Array.isArray(value)) {
    for (const item of value) walk(item, node, field, depth + 1, state);
    return;
  }
  for (const [key, child] of Object.entries(value as Fields)) {
    if (key === 'PLpgSQL_expr') expression(child as Fields, node, field, state);
    else if (!key.startsWith('PLpgSQL_')) walk(child, node, key, depth + 1, state);
    else {
      if (!KNOWN.test(key)) emitOpaque(state.cx, `a statement of PL/pgSQL that is not known: ${key}`);
      const before = state.cx.out.length;
      walk(child, key, '', depth + 1, state);
      const times = repetition(key, child as Fields, before, state);
      if (times !== 'one') repeat(times, before, state);
    }
  }
}

/** How often the statements of a loop run: as the query that it goes through reads, or nobody knows. */
function repetition(key: string, loop: Fields, before: number, state: Walk): EffectScope {
  if (key === 'PLpgSQL_stmt_loop' || key === 'PLpgSQL_stmt_while' || key === 'PLpgSQL_stmt_dynfors') return 'unknown';
  if (key === 'PLpgSQL_stmt_fori') return [loop['lower'], loop['upper']].every(isNumber) ? 'bounded' : 'unknown';
  if (key === 'PLpgSQL_stmt_foreach_a' || key === 'PLpgSQL_stmt_forc') return 'unknown';
  if (key !== 'PLpgSQL_stmt_fors') return 'one';
  // The query comes first in the tree, so the first read is its own.
  const read = state.cx.out.slice(before).find((effect) => effect.kind === 'read');
  return read?.scope === 'unbounded' ? 'unbounded' : 'bounded';
}

function isNumber(bound: unknown): boolean {
  const expr = (bound as { PLpgSQL_expr?: Fields } | undefined)?.PLpgSQL_expr;
  return /^\d{1,4}$/.test(String(expr?.['query'] ?? '').trim());
}

/** What a loop does once, it does for each turn. */
function repeat(times: EffectScope, before: number, state: Walk): void {
  const { out } = state.cx;
  for (let i = before; i < out.length; i++) {
    const effect = out[i] as Effect;
    if (effect.kind === 'write' || effect.kind === 'delete') out[i] = { ...effect, scope: wider(effect.scope, times) };
  }
}

function expression(expr: Fields, node: string, field: string, state: Walk): void {
  const query = String(expr['query'] ?? '');
  const mode = Number(expr['parseMode'] ?? STATEMENT_MODE);
  if (DYNAMIC.has(`${node}.${field}`) || DYNAMIC.has(field)) dynamic(query, state);
  else if (mode === STATEMENT_MODE) inline(query, node === 'PLpgSQL_stmt_perform' ? 'SELECT ' : '', state);
  else computed(mode >= ASSIGNMENT_MODE ? rightSide(query) : query, state);
}

/** A statement that stands in the body as it is; `PERFORM x` comes as `SELECT x`. */
function inline(query: string, prefix: string, state: Walk): void {
  const place = locate(query.slice(prefix.length), state);
  const source = place === undefined ? sourceWithin(query, state.cx.statement) : sourceAt(query, place.start - prefix.length);
  const parsed = state.cx.parser.parse(query);
  if (!parsed.ok)
    emitOpaque(state.cx, `a statement of the body cannot be read: ${parsed.message}`, '', place ?? state.cx.statement);
  else if (place !== undefined && prefix !== '') readAt(query, source, place, state);
  else statements(parsed.tree, { ...state.cx, source });
}

/** An expression: what it calls and reads counts, its value does not. */
function computed(text: string, state: Walk): void {
  const place = locate(text, state);
  const query = `SELECT ${text}`;
  const source = place === undefined ? sourceWithin(query, state.cx.statement) : sourceAt(query, place.start - 'SELECT '.length);
  readAt(query, source, place ?? state.cx.statement, state);
}

function readAt(query: string, source: Source, statement: TextSpan, state: Walk): void {
  const parsed = state.cx.parser.parse(query);
  if (!parsed.ok) emitOpaque(state.cx, `an expression of the body cannot be read: ${parsed.message}`, '', statement);
  else for (const raw of parsed.tree.stmts ?? []) readStatement(raw.stmt, { ...state.cx, source, statement });
}

/** EXECUTE: a constant is read like any text, anything computed cannot be. */
function dynamic(text: string, state: Walk): void {
  const span = locate(text, state) ?? state.cx.statement;
  const parsed = state.cx.parser.parse(`SELECT ${text}`);
  const select = parsed.ok ? parsed.tree.stmts?.[0]?.stmt : undefined;
  const item = select !== undefined && 'SelectStmt' in select ? select.SelectStmt.targetList?.[0] : undefined;
  const sql = item !== undefined && 'ResTarget' in item ? constantOf(item.ResTarget.val) : undefined;
  if (typeof sql === 'string') analyseNested(sql, span, 'EXECUTE', state.cx);
  else {
    emitOpaque(state.cx, 'the command that EXECUTE runs is made when it runs', 'EXECUTE', span);
    computed(text, state);
  }
}

/** After the `:=` or `=` of an assignment, past subscripts of its left side. */
function rightSide(assignment: string): string {
  const colon = assignment.indexOf(':=');
  const equals = assignment.indexOf('=');
  return colon >= 0 && colon <= equals ? assignment.slice(colon + 2).trim() : assignment.slice(equals + 1).trim();
}

/** Where the text stands in the body. INTO is blanked out in what libpg-query gives back, so only the part before it need match. */
function locate(query: string, state: Walk): TextSpan | undefined {
  const { body } = state;
  const head = query.split(/ {4,}/)[0] ?? query;
  if (body.base < 0 || head === '') return undefined;
  const after = body.text.indexOf(head, state.from);
  const at = after >= 0 ? after : body.text.indexOf(head);
  if (at < 0) return undefined;
  // Initial values come before the block in the tree too, but an expression may be met twice: never skip past it.
  state.from = at;
  return { start: body.base + at, end: body.base + Math.min(at + query.length, body.text.length) };
}
