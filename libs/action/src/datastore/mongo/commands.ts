/** MongoDB's database commands as documents: `{delete: "orders", deletes: […]}`, for drivers, `runCommand` and `adminCommand`. */
import type { Effect, EffectKind, EffectScope, TextSpan } from '@countersign/kernel';
import { opaqueEffect } from '../../analysis.ts';
import { at, isMembers, stringIn } from '../../http/json.ts';
import { type Subject, bulk, code, does, filtered, listOf, pipeline } from './operations.ts';
import { UNKNOWN } from './filters.ts';

type Row = readonly [names: string, kind: EffectKind, scope: EffectScope, why?: string];

const ROWS: readonly Row[] = [
  [
    'ping hello ismaster buildinfo connectionstatus whatsmyuri listcommands features hostinfo getcmdlineopts isdbgrid serverstatus',
    'read',
    'one',
  ],
  [
    'listdatabases listcollections listindexes dbstats collstats datasize validate top getlog currentop getparameter usersinfo rolesinfo',
    'read',
    'bounded',
  ],
  [
    'replsetgetstatus replsetgetconfig listshards getshardmap getshardversion balancerstatus dbhash lockinfo profilestats explain',
    'read',
    'bounded',
  ],
  ['getdefaultrwconcern listsearchindexes getauditconfig checkshardingindex connpoolstats shardingstate', 'read', 'one'],
  ['startsession endsessions refreshsessions killcursors committransaction aborttransaction logout nop', 'session', 'one'],
  ['getmore', 'read', 'bounded'],
  [
    'create createindexes collmod renamecollection createsearchindexes updatesearchindex dropindexes deleteindexes',
    'schema_change',
    'one',
  ],
  ['drop dropsearchindex', 'schema_drop', 'one'],
  ['dropdatabase', 'schema_drop', 'unbounded', 'every collection of the database'],
  ['converttocapped', 'schema_drop', 'one', 'documents that do not fit are gone'],
  ['clonecollectionascapped clonecollection compact reindex', 'write', 'one'],
  [
    'createuser updateuser dropuser dropallusersfromdatabase grantrolestouser revokerolesfromuser createrole updaterole',
    'privilege_change',
    'one',
  ],
  [
    'droprole dropallrolesfromdatabase grantprivilegestorole revokeprivilegesfromrole grantrolestorole revokerolesfromrole',
    'privilege_change',
    'one',
  ],
  ['authenticate saslstart', 'identity_change', 'one'],
  [
    'setparameter profile setfeaturecompatibilityversion setdefaultrwconcern setclusterparameter setindexcommitquorum setquerysettings',
    'config_change',
    'one',
  ],
  ['setauditconfig', 'log_tamper', 'one', 'changes what is audited'],
  ['logrotate', 'log_tamper', 'one', 'starts a new log'],
  [
    'shutdown replsetstepdown killop killsessions killallsessions killallsessionsbypattern fsync fsyncunlock replsetfreeze',
    'process_control',
    'one',
  ],
  [
    'plancacheclear plancacheclearfilters invalidateusercache balancerstart balancerstop flushrouterconfig',
    'process_control',
    'one',
  ],
  [
    'replsetinitiate replsetreconfig replsetsyncfrom replsetmaintenance addshard enablesharding shardcollection split',
    'infra_change',
    'one',
  ],
  [
    'movechunk moveprimary movecollection mergechunks addshardtozone removeshardfromzone updatezonekeyrange reshardcollection',
    'infra_change',
    'one',
  ],
  ['removeshard cleanuporphaned', 'infra_destroy', 'one'],
  ['clone copydb copydbgetnonce', 'export', 'bounded', 'copies a database between servers'],
  ['eval $eval', 'code_execution', 'one', 'runs JavaScript in the server'],
];

const COMMANDS: ReadonlyMap<string, { kind: EffectKind; scope: EffectScope; why: string }> = new Map(
  ROWS.flatMap(([names, kind, scope, why]) =>
    names
      .toLowerCase()
      .split(' ')
      .map((name) => [name, { kind, scope, why: why ?? '' }] as const),
  ),
);

/** `document` may hold UNKNOWN where a script computes something. */
export function commandDocument(document: unknown, span: TextSpan, via: string): Effect[] {
  if (typeof document === 'string') return commandDocument({ [document]: 1 }, span, via);
  if (!isMembers(document)) return [opaqueEffect(span, 'the command is only known at run time', via)];
  const name = Object.keys(document)[0];
  if (name === undefined) return [opaqueEffect(span, 'the command is empty', via)];
  const value = document[name];
  const where =
    typeof value === 'string' ? value : name.toLowerCase() === 'dropdatabase' ? (stringIn(document, '$db') ?? '') : '';
  const type = name.toLowerCase() === 'dropdatabase' ? 'database' : 'collection';
  const subject: Subject = {
    targets: where === '' ? [] : [{ type, name: where }],
    via: via === '' ? name : `${via} ${name}`,
    span,
  };
  return dataCommand(name.toLowerCase(), document, subject) ?? tableCommand(name, document, subject);
}

function tableCommand(name: string, document: Readonly<Record<string, unknown>>, subject: Subject): Effect[] {
  const row = COMMANDS.get(name.toLowerCase());
  if (row === undefined) return [opaqueEffect(subject.span, `the command ${name.slice(0, 40)} is not known`, subject.via)];
  if (document['showCredentials'] === true) return [does(subject, 'secret_read', 'bounded', 'shows the digests of passwords')];
  const extra =
    name.toLowerCase() === 'renamecollection' && document['dropTarget'] === true
      ? [does(subject, 'schema_drop', 'one', 'drops the target')]
      : [];
  return [does(subject, row.kind, row.scope, row.why), ...extra];
}

function dataCommand(name: string, document: Readonly<Record<string, unknown>>, subject: Subject): Effect[] | undefined {
  switch (name) {
    case 'find':
      return filtered(subject, 'read', document['filter']).map(narrow(document['limit']));
    case 'count':
    case 'distinct':
      return [does(subject, 'read', 'bounded'), ...code(subject, document['query'])];
    case 'aggregate':
      return pipeline(subject, document['pipeline'] ?? UNKNOWN);
    case 'insert': {
      const documents = listOf(document['documents']);
      return [does(subject, 'write', documents?.length === 1 ? 'one' : 'bounded')];
    }
    case 'update':
      return each(document['updates'], subject, (item) =>
        filtered(subject, 'write', at(item, 'q') ?? {}, at(item, 'multi') !== true),
      );
    case 'delete':
      return each(document['deletes'], subject, (item) =>
        filtered(subject, 'delete', at(item, 'q') ?? {}, at(item, 'limit') === 1),
      );
    case 'findandmodify':
      return filtered(subject, document['remove'] === true ? 'delete' : 'write', document['query'] ?? {}, true);
    case 'mapreduce':
      return [does(subject, 'code_execution', 'one', 'runs JavaScript in the server'), does(subject, 'write', 'bounded')];
    case 'bulkwrite':
      return bulk(subject, UNKNOWN);
    case 'explain':
      // The server plans, and runs what only reads.
      return [does(subject, 'read', 'bounded')];
    default:
      return undefined;
  }
}

function each(list: unknown, subject: Subject, one: (item: unknown) => Effect[]): Effect[] {
  const items = listOf(list);
  if (items === undefined) return [opaqueEffect(subject.span, 'the operations are only known at run time', subject.via)];
  return items.flatMap(one);
}

function narrow(limit: unknown): (effect: Effect) => Effect {
  const some = typeof limit === 'number' && limit !== 0;
  return (effect) => (some && effect.scope === 'unbounded' ? { ...effect, scope: 'bounded' } : effect);
}

const OPERATIONS: Readonly<
  Record<string, (subject: Subject, filter: unknown, rest: Readonly<Record<string, unknown>>) => Effect[]>
> = {
  find: (subject, filter) => filtered(subject, 'read', filter),
  findone: (subject, filter) => filtered(subject, 'read', filter, true),
  count: (subject) => [does(subject, 'read', 'bounded')],
  countdocuments: (subject) => [does(subject, 'read', 'bounded')],
  distinct: (subject) => [does(subject, 'read', 'bounded')],
  aggregate: (subject, _, rest) => pipeline(subject, rest['pipeline'] ?? UNKNOWN),
  insertone: (subject) => [does(subject, 'write')],
  insertmany: (subject) => [does(subject, 'write', 'bounded')],
  updateone: (subject, filter) => filtered(subject, 'write', filter, true),
  replaceone: (subject, filter) => filtered(subject, 'write', filter, true),
  updatemany: (subject, filter) => filtered(subject, 'write', filter),
  deleteone: (subject, filter) => filtered(subject, 'delete', filter, true),
  deletemany: (subject, filter) => filtered(subject, 'delete', filter),
  drop: (subject) => [does(subject, 'schema_drop')],
  createindex: (subject) => [does(subject, 'schema_change')],
  dropindex: (subject) => [does(subject, 'schema_change')],
};

/** `{collection, operation, filter}` as drivers and tools write it; else a command document, or a list of them. */
export function mongoPayload(payload: unknown, span: TextSpan): Effect[] {
  if (Array.isArray(payload)) return payload.slice(0, 1000).flatMap((item) => mongoPayload(item, span));
  if (!isMembers(payload)) return [opaqueEffect(span, 'no command of MongoDB')];
  const operation = stringIn(payload, 'operation');
  const collection = stringIn(payload, 'collection');
  if (operation === undefined || collection === undefined) return commandDocument(payload, span, '');
  const subject = { targets: [{ type: 'collection', name: collection }], via: operation, span };
  const known = OPERATIONS[operation.toLowerCase().replaceAll('_', '')];
  if (known === undefined) return [opaqueEffect(span, `the operation ${operation.slice(0, 40)} is not known`)];
  return known(subject, payload['filter'] ?? payload['query'], payload);
}
