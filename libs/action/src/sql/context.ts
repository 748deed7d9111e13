/** What one walk over a syntax tree carries: where it is in the text, what it found, which names are not tables. */
import type { Effect, EffectScope, EffectTarget, TextSpan } from '@countersign/kernel';
import type { Node, RangeVar } from 'libpg-query';
import type { CatalogueEffect } from '../catalogue.ts';
import type { SqlParser } from './parser.ts';
import type { Source } from './source.ts';

export { type Finding, emit, emitOpaque, wider } from '../finding.ts';

type Members<T> = T extends unknown ? keyof T : never;

/** `SelectStmt`, `FuncCall`, …: the key under which a node is wrapped. */
export type NodeName = Members<Node>;
export type Body<K extends NodeName> = Extract<Node, { [P in K]: unknown }>[K];

/** What to do with each kind of node: a row for every kind that the grammar has, or the type check fails. */
export type AllHandlers = { readonly [K in NodeName]: (body: Body<K>, cx: Cx) => void };

/** The rows of one family. */
export type Handlers = Partial<AllHandlers>;

/** Names of common table expressions, innermost first: they hide tables of the same name. */
export interface CteScope {
  readonly name: string;
  readonly query: Node | undefined;
  readonly outer: CteScope | undefined;
}

/** What the operator says that a function does, for this target; undefined where they say nothing. */
export type Vouching = (name: string, schema: string) => readonly CatalogueEffect[] | undefined;

/** What earlier statements of the same text mean for later ones. */
export interface Memory {
  /** Statements prepared so far. */
  readonly prepared: Set<string>;
  /** A BEGIN of the text's own is open. */
  begun: boolean;
  /** A transaction of somebody else's was ended by the statement before. */
  escaped: boolean;
}

export interface Cx {
  readonly source: Source;
  /** The statement or clause that effects without a place of their own point at. */
  statement: TextSpan;
  via: string;
  ctes: CteScope | undefined;
  /** Tables that the statement reads, by name. */
  readonly reads: Map<string, EffectTarget>;
  /** Catalogs of credentials among them: whether their secrets are read shows at the end of the statement. */
  readonly credentials: RangeVar[];
  readScope: EffectScope;
  /** True once FROM holds a function: then `alias.name` may be a call of `name`. */
  rangeFunction: boolean;
  /** Names of PL/pgSQL variables in sight: they look like columns. */
  readonly variables: ReadonlySet<string> | undefined;
  /** Depth of SELECT inside the statement; 0 outside. */
  selects: number;
  readonly out: Effect[];
  readonly handlers: AllHandlers;
  readonly parser: SqlParser;
  readonly functions: Vouching;
  /** Shared by all statements of the text. */
  readonly memory: Memory;
  /** How many bodies (DO, functions, SQL in strings) surround this one. */
  readonly nesting: number;
}

export function findCte(name: string, { ctes }: Pick<Cx, 'ctes'>): CteScope | undefined {
  for (let scope = ctes; scope !== undefined; scope = scope.outer) if (scope.name === name) return scope;
  return undefined;
}

/** Runs `inner` with another place to point at or another wrapper, and puts the old ones back. */
export function within(cx: Cx, values: { readonly statement?: TextSpan; readonly via?: string }, inner: () => void): void {
  const { statement, via } = cx;
  cx.statement = values.statement ?? statement;
  cx.via = values.via ?? via;
  inner();
  cx.statement = statement;
  cx.via = via;
}
