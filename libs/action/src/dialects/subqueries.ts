/** Subqueries in conditions: do they choose, or give back every row of the table that is changed? */
import { type About, DEEPEST, addTables, nothing, queryLimits } from './conditions.ts';
import { findCte } from './context.ts';
import type { Tree } from './grammar.ts';
import { as, columnOf, columnsIn, isTree, listOf, namesOf, sameTree, variantOf } from './tree.ts';

/** EXISTS that does not look at the row, or finds every row. */
export function existsNothing(body: Tree, about: About): boolean {
  if (body['negated'] === true) return false;
  const query = body['subquery'];
  const select = isTree(query) ? as(query['body'], 'Select') : undefined;
  if (select === undefined) return false;
  const own = new Map<string, string>();
  addTables(listOf(select['from']), own);
  // An unqualified column may be the outer row's.
  const blind = columnsIn(query).every((column) => column.length > 1 && own.has(column.at(-2) ?? ''));
  return blind || selectsEverything(query, about);
}

/** True when `query` gives every row of the target; `key` is the column that it is compared with, undefined for EXISTS. */
export function selectsEverything(query: unknown, about: About, key?: unknown): boolean {
  if (!isTree(query)) return false;
  if (about.depth > DEEPEST || --about.budget.steps < 0) return true;
  if (queryLimits(query)) return false;
  return everything(query['body'], about, key);
}

function everything(body: unknown, about: About, key: unknown): boolean {
  const union = as(body, 'SetOperation');
  if (union !== undefined)
    return union['op'] === 'Union' && (everything(union['left'], about, key) || everything(union['right'], about, key));
  const select = as(body, 'Select');
  if (select === undefined) return false;
  const from = listOf(select['from']);
  const grouped = listOf(as({ g: select['group_by'] }, 'g')?.['Expressions'])[0];
  if (isTree(select['top']) || from.length === 0 || listOf(grouped).length > 0 || !givesKey(select, key)) return false;
  const tables = new Map(about.tables);
  addTables(from, tables);
  const deeper = { ...about, tables, depth: about.depth + 1 };
  if (!from.every((item) => readsTarget(item, deeper))) return false;
  const where = select['selection'];
  return where === null || where === undefined || nothing(where, deeper);
}

/** `id IN (SELECT parent_id …)` and `id IN (SELECT max(id) …)` choose; `id IN (SELECT id …)` may not. */
function givesKey(select: Tree, key: unknown): boolean {
  const wanted = columnOf(key)?.at(-1);
  if (wanted === undefined) return true;
  const [variant, item] = variantOf(listOf(select['projection'])[0]);
  if (variant === 'Wildcard' || variant === 'QualifiedWildcard') return true;
  const value = variant === 'ExprWithAlias' && isTree(item) ? item['expr'] : item;
  return columnOf(value)?.at(-1) === wanted;
}

function readsTarget(item: unknown, about: About): boolean {
  if (!isTree(item)) return false;
  if (item['relation'] !== undefined)
    return readsTarget(item['relation'], about) && listOf(item['joins']).every((join) => readsTarget(join, about));
  const derived = as(item, 'Derived');
  if (derived !== undefined) return selectsEverything(derived['subquery'], about);
  const table = as(item, 'Table');
  if (table === undefined) return false;
  const names = namesOf(table['name']);
  const name = (names.at(-1) ?? '').toLowerCase();
  const cte = names.length === 1 ? findCte(name, about.cx) : undefined;
  return cte === undefined ? name === about.target : selectsEverything(cte.query, about);
}

/** The same expression twice, or the same column of two aliases of one table (`t.id = t2.id` in a self-join). */
export function sameColumn(left: unknown, right: unknown, about: About): boolean {
  if (sameTree(left, right)) return true;
  const one = columnOf(left);
  const two = columnOf(right);
  if (one === undefined || two === undefined || one.at(-1) !== two.at(-1)) return false;
  const [first, second] = [one, two].map((column) =>
    column.length === 1 ? about.target : (about.tables.get(column.at(-2) ?? '') ?? column.at(-2)),
  );
  return first === second && first !== '';
}
