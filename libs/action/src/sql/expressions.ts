/** Expressions and clauses: most only hold other nodes; a few can hide a call, a table or an operator that is not PostgreSQL's. */
import type {
  A_Expr,
  A_Indirection,
  ColumnRef,
  CommonTableExpr,
  Constraint,
  Node,
  RangeFunction,
  RangeVar,
  WithClause,
} from 'libpg-query';
import { type Cx, type Handlers, emitOpaque, findCte, within } from './context.ts';
import { SECRET_COLUMNS } from './credentials.ts';
import { callByName, functionCall, isEffectful } from './functions/call.ts';
import { relationName, strings, table } from './names.ts';
import { descend, each, visit, visitAll } from './walk.ts';

/** Nodes that do nothing themselves. Nodes that only a planner makes are not here: meeting one is opaque. */
const PLAIN = each(
  [
    'A_ArrayExpr',
    'A_Indices',
    'AccessPriv',
    'BoolExpr',
    'BooleanTest',
    'CaseExpr',
    'CaseWhen',
    'CoalesceExpr',
    'CollateClause',
    'ColumnDef',
    'CurrentOfExpr',
    'DefElem',
    'FunctionParameter',
    'GroupingFunc',
    'GroupingSet',
    'IndexElem',
    'JoinExpr',
    'JsonAggConstructor',
    'JsonArgument',
    'JsonArrayAgg',
    'JsonArrayConstructor',
    'JsonArrayQueryConstructor',
    'JsonBehavior',
    'JsonFormat',
    'JsonFuncExpr',
    'JsonIsPredicate',
    'JsonKeyValue',
    'JsonObjectAgg',
    'JsonObjectConstructor',
    'JsonOutput',
    'JsonParseExpr',
    'JsonReturning',
    'JsonScalarExpr',
    'JsonSerializeExpr',
    'JsonTable',
    'JsonTableColumn',
    'JsonTablePathSpec',
    'JsonValueExpr',
    'List',
    'MergeSupportFunc',
    'MinMaxExpr',
    'MultiAssignRef',
    'NamedArgExpr',
    'NullTest',
    'ObjectWithArgs',
    'PartitionBoundSpec',
    'PartitionElem',
    'PartitionRangeDatum',
    'PartitionSpec',
    'RangeSubselect',
    'RangeTableFunc',
    'RangeTableFuncCol',
    'RangeTableSample',
    'ResTarget',
    'ReturnStmt',
    'ReturningClause',
    'ReturningOption',
    'RoleSpec',
    'RowExpr',
    'SQLValueFunction',
    'SetToDefault',
    'TableLikeClause',
    'TypeCast',
    'WindowDef',
    'XmlExpr',
    'XmlSerialize',
    'StatsElem',
  ],
  descend,
);

/** Nodes with nothing below them. */
const LEAVES = each(
  ['A_Const', 'A_Star', 'BitString', 'Boolean', 'Float', 'Integer', 'LockingClause', 'ParamRef', 'String', 'TypeName'],
  () => undefined,
);

export const EXPRESSIONS = {
  ...PLAIN,
  ...LEAVES,
  A_Expr: operator,
  A_Indirection: indirection,
  ColumnRef: columnRef,
  CommonTableExpr: commonTable,
  FuncCall: functionCall,
  RangeFunction: rangeFunction,
  RangeVar: readTable,
  SortBy: (sort, cx) => {
    foreignOperator(sort.useOp, cx);
    visit(sort.node, cx);
  },
  SubLink: (link, cx) => {
    foreignOperator(link.operName, cx);
    visit(link.testexpr, cx);
    visit(link.subselect, cx);
  },
  Constraint: constraint,
} satisfies Handlers;

/** A table that a query reads, unless the name is that of a common table expression. */
export function readTable(relation: RangeVar, cx: Cx): void {
  if (relation.schemaname === undefined && findCte(relation.relname ?? '', cx) !== undefined) return;
  if (SECRET_COLUMNS.has(relation.relname ?? '')) cx.credentials.push(relation);
  cx.reads.set(relationName(relation), table(relation));
}

/** Visits the expressions of a WITH and runs `inner` where their names hide tables. */
export function withCtes(clause: WithClause | undefined, cx: Cx, inner: () => void): void {
  if (clause === undefined) return inner();
  const outer = cx.ctes;
  const names = (clause.ctes ?? []).flatMap((node) => ('CommonTableExpr' in node ? [node.CommonTableExpr] : []));
  const push = (cte: CommonTableExpr): void => {
    cx.ctes = { name: cte.ctename ?? '', query: cte.ctequery, outer: cx.ctes };
  };
  // Only RECURSIVE lets an expression see itself and later ones; otherwise the name inside is still the table's.
  if (clause.recursive === true) names.forEach(push);
  for (const cte of names) {
    commonTable(cte, cx);
    if (clause.recursive !== true) push(cte);
  }
  inner();
  cx.ctes = outer;
}

function commonTable(cte: CommonTableExpr, cx: Cx): void {
  const query = cte.ctequery;
  if (query === undefined || 'SelectStmt' in query) {
    visit(query, cx);
    return;
  }
  within(cx, { statement: cx.source.cteBody(cte.location ?? 0) }, () => visit(query, cx));
}

function operator(expr: A_Expr, cx: Cx): void {
  foreignOperator(expr.name, cx);
  visit(expr.lexpr, cx);
  visit(expr.rexpr, cx);
}

/** OPERATOR(schema.+) is anybody's function. */
function foreignOperator(operator: readonly Node[] | undefined, cx: Cx): void {
  if (operator === undefined || operator.length < 2) return;
  const names = strings(operator);
  if (names[0] === 'pg_catalog') return;
  emitOpaque(cx, `the operator ${names.join('.')} may be any function`, `OPERATOR(${names.join('.')})`);
}

/** A default runs when rows come, not now; that it counts a sequence up is what serial columns are for. */
function constraint(body: Constraint, cx: Cx): void {
  const value = body.raw_expr;
  const counts = value !== undefined && 'FuncCall' in value && strings(value.FuncCall.funcname).at(-1) === 'nextval';
  if (body.contype !== 'CONSTR_DEFAULT' || !counts) descend(body, cx);
}

/** `(value).name` calls the function `name` when the value has no such field. */
function indirection(expr: A_Indirection, cx: Cx): void {
  const field = strings(expr.indirection)[0];
  if (field !== undefined && (isEffectful(field) || isScalar(expr.arg))) {
    callByName([field], expr.arg === undefined ? [] : [expr.arg], cx, cx.statement);
  }
  visit(expr.arg, cx);
  visitAll(expr.indirection, cx);
}

function isScalar(node: Node | undefined): boolean {
  if (node === undefined) return false;
  if ('TypeCast' in node) return isScalar(node.TypeCast.arg);
  return 'A_Const' in node || 'SQLValueFunction' in node || 'A_Expr' in node;
}

/** `alias.name` is a call of `name` too, where `alias` is a function in FROM that gives a single value. */
function columnRef(ref: ColumnRef, cx: Cx): void {
  const names = strings(ref.fields);
  const last = names.at(-1);
  if (!cx.rangeFunction || names.length < 2 || last === undefined || !isEffectful(last)) return;
  callByName([last], [], cx, cx.source.name(ref.location ?? 0));
}

function rangeFunction(range: RangeFunction, cx: Cx): void {
  cx.rangeFunction = true;
  descend(range, cx);
}
