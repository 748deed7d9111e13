/** SQL inside SQL: bodies of DO and functions, and text that a function runs. Parsed again, with a limit on nesting. */
import type { TextSpan } from '@countersign/kernel';
import type { Node, ParseResult, RawStmt } from 'libpg-query';
import { type Cx, emit, emitOpaque, wider } from './context.ts';
import { type Source, sourceWithin } from './source.ts';
import { emitCredentials } from './credentials.ts';
import { afterEscape } from './statements/operation.ts';
import { visit } from './walk.ts';

/** Bodies within bodies: nobody who wants to be understood writes more. */
export const DEEPEST_NESTING = 4;

/** Reads `sql`; every effect points at `span` unless `source` says where the text lies. */
export function analyseNested(sql: string, span: TextSpan, via: string, cx: Cx, source: Source = sourceWithin(sql, span)): void {
  if (cx.nesting >= DEEPEST_NESTING) {
    emitOpaque(cx, 'SQL within SQL is nested too deeply', via, span);
    return;
  }
  const parsed = cx.parser.parse(sql);
  if (!parsed.ok) {
    emitOpaque(cx, `the SQL inside cannot be read: ${parsed.message}`, via, span);
    return;
  }
  const outer = [cx.via, via].filter((part) => part !== '').join(' › ');
  // Text that is run on its own sees no variables.
  const alone = { ctes: undefined, variables: undefined, nesting: cx.nesting + 1 };
  statements(parsed.tree, { ...cx, ...alone, source, statement: span, via: outer });
}

/** Goes through all statements of a text; each gets its own span, reads and `none`. */
export function statements(tree: ParseResult, cx: Cx): void {
  for (const raw of tree.stmts ?? []) statement(raw, cx);
}

function statement(raw: RawStmt, outer: Cx): void {
  const from = raw.stmt_location ?? 0;
  const to = raw.stmt_len === undefined || raw.stmt_len === 0 ? undefined : from + raw.stmt_len;
  readStatement(raw.stmt, { ...outer, statement: outer.source.words(from, to) });
}

/** Visits one statement and adds what it reads; `none` for a statement of the text itself that does nothing at all. */
export function readStatement(node: Node | undefined, outer: Cx): void {
  const cx: Cx = { ...outer, reads: new Map(), credentials: [], readScope: 'one', rangeFunction: false, selects: 0 };
  afterEscape(cx);
  const before = cx.out.length;
  visit(node, cx);
  emitCredentials(node, cx);
  emitReads(cx);
  if (cx.out.length === before && cx.nesting === 0) emit(cx, { kind: 'none', reversible: 'yes' });
}

/** One `read` for all tables of the statement. */
export function emitReads(cx: Cx): void {
  if (cx.reads.size === 0) return;
  emit(cx, { kind: 'read', scope: wider(cx.readScope, 'bounded'), reversible: 'yes', targets: [...cx.reads.values()] });
  cx.reads.clear();
}
