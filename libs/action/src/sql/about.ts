/** What a condition is about: the table whose rows it is to choose from, and what the names in sight stand for. */
import type { Node, RangeVar } from 'libpg-query';
import { columnsIn } from './constants.ts';
import { type CteScope, type Cx, findCte } from './context.ts';

/** One question may look at this many parts. */
export const STEPS = 500;

export interface About {
  readonly cx: Cx;
  /** Name of the table without its schema; '' when it does not matter. */
  readonly target: string;
  /** What the target is called where other tables stand beside it; '' otherwise. */
  readonly alias: string;
  /** Alias → table without its schema. */
  readonly tables: Map<string, string>;
  /** Alias → query that it stands for. */
  readonly sources: Map<string, Node>;
  readonly ctes: CteScope | undefined;
  readonly depth: number;
  /** Shared by the whole question: expressions that name each other twice would otherwise double at each step. */
  readonly budget: { steps: number };
  /** True for (nearly) every row? */
  nothing(node: Node, about: About): boolean;
  /** Does the query give every row of the target (its column `key`)? */
  everything(query: Node | undefined, about: About, key?: Node): boolean;
}

export function deeper(about: About): About {
  return { ...about, depth: about.depth + 1 };
}

type Names = Pick<About, 'tables'> & Partial<Pick<About, 'sources' | 'ctes'>>;

export function addTables(from: readonly Node[] | undefined, about: Names): void {
  for (const item of from ?? []) {
    if ('RangeVar' in item) addTable(item.RangeVar, about);
    else if ('JoinExpr' in item)
      addTables(
        [item.JoinExpr.larg, item.JoinExpr.rarg].filter((arm) => arm !== undefined),
        about,
      );
    else if ('RangeSubselect' in item) {
      const alias = item.RangeSubselect.alias?.aliasname ?? '';
      about.tables.set(alias, '');
      if (item.RangeSubselect.subquery !== undefined) about.sources?.set(alias, item.RangeSubselect.subquery);
    }
  }
}

export function addTable(relation: RangeVar, about: Names): void {
  const name = relation.relname ?? '';
  const alias = relation.alias?.aliasname ?? name;
  about.tables.set(alias, name);
  if (about.sources === undefined || relation.schemaname !== undefined) return;
  const query = findCte(name, { ctes: about.ctes })?.query;
  if (query !== undefined) about.sources.set(alias, query);
}

/** True when a condition is about the other tables alone: it then takes every row of the target or none. */
export function isForeign(node: Node, about: About): boolean {
  if (about.alias === '' || 'SubLink' in node) return false;
  const columns = columnsIn(node);
  return columns.length > 0 && columns.every((column) => column.length > 1 && isOther(column.at(-2) ?? '', about));
}

/** True when a condition is about variables of the code around it alone. */
export function isVariable(node: Node, { cx }: About): boolean {
  const { variables } = cx;
  if (variables === undefined || 'SubLink' in node) return false;
  return columnsIn(node).every((column) => column.length === 1 && variables.has(column[0] ?? ''));
}

function isOther(alias: string, about: About): boolean {
  return alias !== about.alias && about.tables.has(alias);
}
