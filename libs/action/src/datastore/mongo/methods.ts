/** Methods of mongosh: on collections, databases, cursors, and on the helpers `rs` and `sh`. */
import type { Effect, EffectKind, EffectScope } from '@countersign/kernel';
import { isMembers } from '../../http/json.ts';
import { UNKNOWN } from './filters.ts';
import { type Subject, bulk, code, does, filtered, pipeline } from './operations.ts';

type Fixed = readonly [kind: EffectKind, scope: EffectScope, why: string];
type Row = readonly [names: string, kind: EffectKind, scope: EffectScope, why?: string];

function table(rows: readonly Row[]): ReadonlyMap<string, Fixed> {
  return new Map(
    rows.flatMap(([names, kind, scope, why]) => names.split(' ').map((name) => [name, [kind, scope, why ?? '']] as const)),
  );
}

export const COLLECTION_METHODS = table([
  [
    'count estimatedDocumentCount getIndexes getIndices getIndexKeys getIndexSpecs stats dataSize storageSize totalSize',
    'read',
    'bounded',
  ],
  [
    'totalIndexSize latencyStats isCapped validate getShardDistribution getShardVersion exists getName getFullName getDB getMongo',
    'read',
    'one',
  ],
  ['watch explain help getPlanCache getSearchIndexes checkMetadataConsistency analyzeShardKey', 'read', 'bounded'],
  ['insertOne', 'write', 'one'],
  ['insertMany insert save reIndex compactStructuredEncryptionData', 'write', 'bounded'],
  ['drop', 'schema_drop', 'one', 'drops the collection'],
  ['createIndex createIndexes ensureIndex dropIndex dropIndexes hideIndex unhideIndex createSearchIndex', 'schema_change', 'one'],
  ['createSearchIndexes updateSearchIndex dropSearchIndex', 'schema_change', 'one'],
  ['convertToCapped', 'schema_drop', 'one', 'documents that do not fit are gone'],
  ['mapReduce', 'code_execution', 'one', 'runs JavaScript in the server'],
]);

export const DATABASE_METHODS = table([
  [
    'getName getCollectionNames getCollectionInfos stats serverStatus serverBuildInfo currentOp hostInfo version',
    'read',
    'bounded',
  ],
  [
    'hello isMaster help getMongo getProfilingStatus getReplicationInfo printReplicationInfo printCollectionStats',
    'read',
    'bounded',
  ],
  [
    'printSecondaryReplicationInfo printShardingStatus getUsers getUser getRoles getRole getLogComponents listCommands',
    'read',
    'bounded',
  ],
  [
    'commandHelp serverCmdLineOpts serverBits printSlaveReplicationInfo getLastError getSlaveOk setSlaveOk watch',
    'read',
    'bounded',
  ],
  ['dropDatabase', 'schema_drop', 'unbounded', 'every collection of the database'],
  ['createCollection createView', 'schema_change', 'one'],
  [
    'createUser updateUser changeUserPassword dropUser removeUser dropAllUsers grantRolesToUser revokeRolesFromUser',
    'privilege_change',
    'one',
  ],
  [
    'createRole updateRole dropRole dropAllRoles grantRolesToRole revokeRolesFromRole grantPrivilegesToRole',
    'privilege_change',
    'one',
  ],
  ['revokePrivilegesFromRole addUser', 'privilege_change', 'one'],
  ['auth', 'identity_change', 'one'],
  ['logout', 'session', 'one'],
  ['setProfilingLevel setLogLevel enableFreeMonitoring disableFreeMonitoring', 'config_change', 'one'],
  ['shutdownServer killOp fsyncLock fsyncUnlock', 'process_control', 'one'],
  ['copyDatabase cloneDatabase cloneCollection', 'export', 'bounded', 'copies data between servers'],
  ['eval', 'code_execution', 'one', 'runs JavaScript in the server'],
]);

export const HELPERS: Readonly<Record<string, ReadonlyMap<string, Fixed>>> = {
  rs: table([
    [
      'status conf config hello isMaster help printReplicationInfo printSecondaryReplicationInfo secondaryOk slaveOk db',
      'read',
      'one',
    ],
    ['initiate reconfig reconfigForPSASet add addArb remove syncFrom', 'infra_change', 'one'],
    ['stepDown freeze', 'process_control', 'one'],
  ]),
  sh: table([
    ['status help getBalancerState isBalancerRunning getShardedDataDistribution balancerCollectionStatus', 'read', 'one'],
    ['stopBalancer startBalancer setBalancerState disableBalancing enableBalancing', 'process_control', 'one'],
    [
      'addShard addShardTag addShardToZone removeShardFromZone enableSharding shardCollection splitAt splitFind moveChunk',
      'infra_change',
      'one',
    ],
    [
      'reshardCollection updateZoneKeyRange addTagRange disableAutoSplit enableAutoSplit moveCollection unshardCollection',
      'infra_change',
      'one',
    ],
  ]),
};

/** Whose effect depends on their arguments; undefined for others. */
export function argumentMethod(method: string, args: readonly unknown[], subject: Subject): Effect[] | undefined {
  const [a, b, c] = args;
  const options = (value: unknown): Readonly<Record<string, unknown>> => (isMembers(value) ? value : {});
  switch (method) {
    case 'find':
      return filtered(subject, 'read', a);
    case 'findOne':
      return filtered(subject, 'read', a, true);
    case 'countDocuments':
    case 'distinct':
      return [does(subject, 'read', 'bounded'), ...code(subject, args)];
    case 'aggregate':
      return pipeline(
        subject,
        args.length > 1 && !Array.isArray(a) && isMembers(b) && Object.keys(b)[0]?.startsWith('$') === true ? args : a,
      );
    case 'updateOne':
    case 'replaceOne':
    case 'findOneAndUpdate':
    case 'findOneAndReplace':
      return filtered(subject, 'write', a, true);
    case 'updateMany':
      return filtered(subject, 'write', args.length === 0 ? UNKNOWN : a);
    case 'update':
      return filtered(subject, 'write', a, !isMulti(options(c)['multi']) && args[3] !== true && c !== UNKNOWN);
    case 'deleteOne':
    case 'findOneAndDelete':
      return filtered(subject, 'delete', a, true);
    case 'deleteMany':
      return filtered(subject, 'delete', a);
    case 'remove':
      return filtered(subject, 'delete', a, b === true || b === 1 || options(b)['justOne'] === true);
    case 'findAndModify': {
      const request = options(a);
      return filtered(subject, request['remove'] === true || a === UNKNOWN ? 'delete' : 'write', request['query'], true);
    }
    case 'bulkWrite':
      return bulk(subject, a);
    case 'renameCollection':
      return [
        does(subject, 'schema_change'),
        ...(b === true || b === UNKNOWN ? [does(subject, 'schema_drop', 'one', 'drops the target')] : []),
      ];
    default:
      return undefined;
  }
}

function isMulti(value: unknown): boolean {
  return value !== undefined && value !== false;
}

/** On cursors and results: they read on, or only shape what is shown. */
export const CURSOR_METHODS: ReadonlySet<string> = new Set(
  (
    'sort limit skip projection pretty toArray count size hint max min batchSize maxTimeMS allowDiskUse explain itcount next hasNext tryNext ' +
    'forEach map comment collation readConcern readPref noCursorTimeout tailable returnKey showRecordId objsLeftInBatch close isClosed ' +
    'isExhausted addOption allowPartialResults maxAwaitTimeMS toString valueOf find aggregate distinct getIndexes finish setReadPref getReadPref setReadConcern getDBs getDBNames'
  ).split(' '),
);
