/** DynamoDB: operations of its API by name, and PartiQL statements by their verb. */
import type { Effect, EffectKind, EffectScope, EffectTarget, TextSpan } from '@countersign/kernel';
import { opaqueEffect } from '../analysis.ts';
import { effectOf } from '../http/effects.ts';
import { type Members, at, isMembers, parseJson, stringIn } from '../http/json.ts';

type Row = readonly [names: string, kind: EffectKind, scope: EffectScope, why?: string];

const ROWS: readonly Row[] = [
  ['GetItem', 'read', 'one'],
  ['Query BatchGetItem TransactGetItems', 'read', 'bounded'],
  ['Scan', 'read', 'unbounded'],
  [
    'DescribeTable ListTables DescribeTimeToLive DescribeLimits DescribeEndpoints DescribeContinuousBackups ListTagsOfResource',
    'read',
    'one',
  ],
  [
    'DescribeBackup ListBackups DescribeExport ListExports DescribeImport ListImports DescribeGlobalTable ListGlobalTables',
    'read',
    'one',
  ],
  [
    'DescribeGlobalTableSettings DescribeTableReplicaAutoScaling DescribeContributorInsights ListContributorInsights',
    'read',
    'one',
  ],
  ['DescribeKinesisStreamingDestination GetResourcePolicy ListStreams DescribeStream GetShardIterator', 'read', 'one'],
  ['GetRecords', 'read', 'bounded'],
  ['PutItem UpdateItem', 'write', 'one'],
  ['DeleteItem', 'delete', 'one'],
  ['CreateTable UpdateTable CreateGlobalTable UpdateGlobalTable UpdateGlobalTableSettings', 'schema_change', 'one'],
  ['DeleteTable', 'schema_drop', 'one', 'drops the table and its items'],
  ['DeleteBackup', 'infra_destroy', 'one', 'deletes a backup'],
  ['CreateBackup', 'write', 'one', 'makes a backup'],
  ['RestoreTableFromBackup RestoreTableToPointInTime ImportTable', 'infra_create', 'one'],
  ['ExportTableToPointInTime', 'export', 'unbounded', 'puts the whole table into a bucket'],
  ['UpdateTimeToLive', 'config_change', 'one', 'items expire by themselves'],
  [
    'UpdateContinuousBackups UpdateContributorInsights UpdateTableReplicaAutoScaling TagResource UntagResource',
    'config_change',
    'one',
  ],
  [
    'EnableKinesisStreamingDestination UpdateKinesisStreamingDestination',
    'export',
    'unbounded',
    'sends every change to a stream',
  ],
  ['DisableKinesisStreamingDestination', 'config_change', 'one'],
  ['PutResourcePolicy DeleteResourcePolicy', 'privilege_change', 'one'],
];

const OPERATIONS = new Map(
  ROWS.flatMap(([names, kind, scope, why]) =>
    names.split(' ').map((name) => [name.toLowerCase(), { kind, scope, why: why ?? '' }] as const),
  ),
);

/** `Operation {json}`, or PartiQL. */
export function dynamoText(text: string): Effect[] {
  const span = { start: 0, end: text.length };
  const call = /^\s*(?:DynamoDB_20120810\.)?([A-Za-z-]+)\s*(\{[\s\S]*\})?\s*$/.exec(text);
  const name = (call?.[1] ?? '').replaceAll('-', '');
  if (call !== null && (OPERATIONS.has(name.toLowerCase()) || NESTED.has(name.toLowerCase()))) {
    const input = call[2] === undefined ? {} : parseJson(call[2]);
    return operation(name, input, span);
  }
  return partiql(text, span);
}

/** `{operation, input}`, `{TableName, …}` with the operation as the action's name, or `{Statement}`. */
export function dynamoPayload(payload: unknown, name: string, span: TextSpan): Effect[] {
  if (!isMembers(payload)) return [opaqueEffect(span, 'no operation of DynamoDB')];
  const named = stringIn(payload, 'operation') ?? stringIn(payload, 'Operation') ?? name;
  const target = named.split('.').at(-1) ?? '';
  return operation(target.replaceAll(/[-_]/g, ''), payload['input'] ?? payload['params'] ?? payload, span);
}

const NESTED: ReadonlySet<string> = new Set([
  'batchwriteitem',
  'transactwriteitems',
  'executestatement',
  'batchexecutestatement',
  'executetransaction',
]);

function operation(name: string, input: unknown, span: TextSpan): Effect[] {
  if (!isMembers(input)) return [opaqueEffect(span, 'the input of the operation cannot be read')];
  const table = stringIn(input, 'TableName');
  const targets = table === undefined ? [] : [{ type: 'table', name: table }];
  const row = OPERATIONS.get(name.toLowerCase());
  if (row !== undefined) return [effectOf({ ...row, targets, via: name }, span)];
  switch (name.toLowerCase()) {
    case 'batchwriteitem':
      return batchWrite(input, span);
    case 'transactwriteitems':
      return transaction(input, span);
    case 'executestatement':
      return partiql(stringIn(input, 'Statement') ?? '', span);
    case 'batchexecutestatement':
    case 'executetransaction': {
      const list = input['Statements'] ?? input['TransactStatements'];
      if (!Array.isArray(list)) return [opaqueEffect(span, 'the statements cannot be read')];
      return list.slice(0, 200).flatMap((item) => partiql(String(at(item, 'Statement') ?? ''), span));
    }
    default:
      return [opaqueEffect(span, `the operation ${name.slice(0, 40)} is not known`)];
  }
}

function batchWrite(input: Members, span: TextSpan): Effect[] {
  const tables = input['RequestItems'];
  if (!isMembers(tables)) return [opaqueEffect(span, 'the items cannot be read')];
  return Object.entries(tables).flatMap(([name, requests]) => {
    const list = Array.isArray(requests) ? requests : [];
    const targets: EffectTarget[] = [{ type: 'table', name }];
    const out: Effect[] = [];
    if (list.some((item) => at(item, 'PutRequest') !== undefined))
      out.push(effectOf({ kind: 'write', scope: 'bounded', targets, via: 'BatchWriteItem' }, span));
    const deletes = list.filter((item) => at(item, 'DeleteRequest') !== undefined);
    if (deletes.length > 0)
      out.push(effectOf({ kind: 'delete', scope: deletes.length > 1 ? 'bounded' : 'one', targets, via: 'BatchWriteItem' }, span));
    return out.length > 0 ? out : [opaqueEffect(span, 'the items cannot be read')];
  });
}

function transaction(input: Members, span: TextSpan): Effect[] {
  const list = input['TransactItems'];
  if (!Array.isArray(list)) return [opaqueEffect(span, 'the items cannot be read')];
  return list.slice(0, 200).map((item) => {
    const verb = isMembers(item) ? Object.keys(item)[0] : undefined;
    const kinds: Readonly<Record<string, EffectKind>> = {
      Put: 'write',
      Update: 'write',
      Delete: 'delete',
      ConditionCheck: 'read',
    };
    const kind = verb === undefined || !Object.hasOwn(kinds, verb) ? undefined : kinds[verb];
    const name = String(at(item, `${verb ?? ''}.TableName`) ?? '');
    if (kind === undefined) return opaqueEffect(span, 'an item of the transaction is not known');
    return effectOf({ kind, targets: [{ type: 'table', name }], via: `TransactWriteItems ${verb ?? ''}` }, span);
  });
}

/** PartiQL changes items only by their whole key, one a statement. */
function partiql(text: string, span: TextSpan): Effect[] {
  const statement = text.trim().replace(/;\s*$/, '');
  if (/;/.test(statement.replace(/'(?:[^']|'')*'|"[^"]*"/g, ''))) return [opaqueEffect(span, 'more than one statement')];
  const verb = /^([A-Za-z]+)\b/.exec(statement)?.[1]?.toUpperCase();
  const table = /^(?:SELECT\b[\s\S]*?\bFROM|INSERT\s+INTO|UPDATE|DELETE\s+FROM)\s+"?([\w.-]+)"?/i.exec(statement)?.[1];
  const targets = table === undefined ? [] : [{ type: 'table', name: table }];
  if (table === undefined) return [opaqueEffect(span, 'not PartiQL that can be read')];
  switch (verb) {
    case 'SELECT':
      return [
        effectOf({ kind: 'read', scope: /\bwhere\b/i.test(statement) ? 'bounded' : 'unbounded', targets, via: 'PartiQL' }, span),
      ];
    case 'INSERT':
    case 'UPDATE':
      return [effectOf({ kind: 'write', targets, via: 'PartiQL' }, span)];
    default:
      return [
        effectOf({ kind: 'delete', scope: /\bwhere\b/i.test(statement) ? 'one' : 'unbounded', targets, via: 'PartiQL' }, span),
      ];
  }
}
