/**
 * Nodes that a walk over a parsed text never meets, each with a row that says so: should one turn up all the same, the text is
 * not what we take it for, and that is opaque on purpose.
 */
import { type Cx, type Handlers, type NodeName, emitOpaque } from './context.ts';

function opaqueRows<K extends NodeName>(
  names: readonly K[],
  why: string,
): { readonly [P in K]: (body: unknown, cx: Cx) => void } {
  const row = (name: string) => (_: unknown, cx: Cx) => emitOpaque(cx, `${why}: ${name}`);
  return Object.fromEntries(names.map((name) => [name, row(name)])) as { [P in K]: (body: unknown, cx: Cx) => void };
}

/** Made by analysis, rewriting or planning: a text that was only parsed has none. */
const PLANNED = opaqueRows(
  [
    'Aggref',
    'AlternativeSubPlan',
    'ArrayCoerceExpr',
    'ArrayExpr',
    'CallContext',
    'CaseTestExpr',
    'CoerceToDomain',
    'CoerceToDomainValue',
    'CoerceViaIO',
    'CollateExpr',
    'ConvertRowtypeExpr',
    'DistinctExpr',
    'FieldSelect',
    'FieldStore',
    'FromExpr',
    'FuncExpr',
    'InferenceElem',
    'InlineCodeBlock',
    'IntList',
    'JsonConstructorExpr',
    'JsonExpr',
    'JsonTablePath',
    'JsonTablePathScan',
    'JsonTableSiblingJoin',
    'MergeAction',
    'NextValueExpr',
    'NullIfExpr',
    'OidList',
    'OnConflictExpr',
    'OpExpr',
    'Param',
    'Query',
    'RTEPermissionInfo',
    'RangeTblEntry',
    'RangeTblFunction',
    'RangeTblRef',
    'RelabelType',
    'ReturningExpr',
    'RowCompareExpr',
    'RowMarkClause',
    'ScalarArrayOpExpr',
    'SetOperationStmt',
    'SortGroupClause',
    'SubPlan',
    'SubscriptingRef',
    'TableFunc',
    'TableSampleClause',
    'TargetEntry',
    'Var',
    'WindowClause',
    'WindowFunc',
    'WindowFuncRunCondition',
    'WithCheckOption',
  ],
  'a node that only a planner makes',
);

/** Parts that the statement around them reads itself: alone they mean nothing. */
const PARTS = opaqueRows(
  [
    'ATAlterConstraint',
    'Alias',
    'AlterTableCmd',
    'CTECycleClause',
    'CTESearchClause',
    'CreateOpClassItem',
    'InferClause',
    'IntoClause',
    'MergeWhenClause',
    'OnConflictClause',
    'PLAssignStmt',
    'PartitionCmd',
    'PublicationObjSpec',
    'PublicationTable',
    'RawStmt',
    'ReplicaIdentityStmt',
    'TriggerTransition',
    'VacuumRelation',
    'WithClause',
  ],
  'a part of a statement in a place where it is not known',
);

/** Messages of the parser library, not syntax. */
const MESSAGES = opaqueRows(
  ['FilterColumn', 'Function', 'ParseResult', 'ScanResult', 'ScanToken', 'SummaryResult', 'Table'],
  'a message of the parser in the place of syntax',
);

export const UNMET = { ...PLANNED, ...PARTS, ...MESSAGES } satisfies Handlers;
