/** What one reading of a text carries: where it is, what it found, which names are not tables. */
import type { Effect, EffectScope, EffectTarget, TextSpan } from '@countersign/kernel';
import { type ReadContext, joinVia } from '../reader.ts';
import type { Dialect } from './dialects.ts';
import type { Piece } from './pieces.ts';
import { emit, wider } from '../finding.ts';

export { type Finding, emit, emitOpaque, wider } from '../finding.ts';

/** Names of common table expressions, innermost first: they hide tables of the same name. */
export interface CteScope {
  /** In lower case. */
  readonly name: string;
  readonly query: unknown;
  readonly outer: CteScope | undefined;
}

export interface Cx {
  readonly dialect: Dialect;
  readonly reader: ReadContext;
  /** The reading of the action's text that is walked: comments are spaces, offsets are the action's. */
  readonly text: string;
  /** The statement that effects without a place of their own point at. */
  statement: TextSpan;
  piece: Piece;
  via: string;
  ctes: CteScope | undefined;
  /** Tables that the statement reads, by name. */
  reads: Map<string, EffectTarget>;
  readScope: EffectScope;
  /** Depth of SELECT inside the statement; 0 outside. */
  selects: number;
  /** The number of a TOP (n) of DELETE or UPDATE, which the grammar does not know. */
  topRows: number | undefined;
  readonly out: Effect[];
  /** Names of statements prepared, and of variables and procedures made, in this text. */
  readonly prepared: Set<string>;
  readonly transaction: TransactionState;
  /** Statements within statements. */
  depth: number;
}

/** What the text has done to transactions so far. */
export interface TransactionState {
  /** True once a statement ran that was not session control. */
  worked: boolean;
  /** True while a transaction that the text began is open. */
  own: boolean;
  /** True once the text ended a transaction that somebody else had begun. */
  left: boolean;
}

export function findCte(name: string, cx: Cx): CteScope | undefined {
  const wanted = name.toLowerCase();
  for (let scope = cx.ctes; scope !== undefined; scope = scope.outer) if (scope.name === wanted) return scope;
  return undefined;
}

/** Runs `inner` with another wrapper, and puts the old one back. */
export function through(cx: Cx, via: string, inner: () => void): void {
  const outer = cx.via;
  cx.via = joinVia(outer, via);
  inner();
  cx.via = outer;
}

/** One `read` for all tables of the statement. */
export function emitReads(cx: Cx): void {
  if (cx.reads.size === 0) return;
  emit(cx, { kind: 'read', scope: wider(cx.readScope, 'bounded'), reversible: 'yes', targets: [...cx.reads.values()] });
  cx.reads = new Map();
  cx.readScope = 'one';
}
