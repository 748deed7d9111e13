/** Every command of Redis 7 and Valkey by what it does, and where its keys are. */
import type { EffectKind, EffectScope } from '@countersign/kernel';

/** `1` the first argument · `1..` all · `1,2` these · `odd` every second from the first on (key value key value) · `n2` as many as argument 2 says, behind it · '' none. */
export type Keys = '' | '1' | '2' | '1,2' | '1..' | '2..' | 'odd' | 'n1' | 'n2' | '1..-1' | 'streams';

export interface RedisCommand {
  readonly kind: EffectKind;
  readonly scope: EffectScope | 'keys';
  readonly keys: Keys;
  readonly why: string;
}

type Row = readonly [names: string, kind: EffectKind, scope: EffectScope | 'keys', keys: Keys, why?: string];

const READS: readonly Row[] = [
  ['GET STRLEN GETRANGE SUBSTR GETBIT BITCOUNT BITPOS BITFIELD_RO TYPE TTL PTTL EXPIRETIME PEXPIRETIME DUMP', 'read', 'one', '1'],
  [
    'HGET HMGET HGETALL HKEYS HVALS HLEN HEXISTS HSTRLEN HRANDFIELD HSCAN HTTL HPTTL HEXPIRETIME HPEXPIRETIME',
    'read',
    'one',
    '1',
  ],
  ['LLEN LRANGE LINDEX LPOS SCARD SMEMBERS SISMEMBER SMISMEMBER SRANDMEMBER SSCAN', 'read', 'one', '1'],
  ['ZCARD ZCOUNT ZLEXCOUNT ZRANGE ZRANGEBYLEX ZRANGEBYSCORE ZREVRANGE ZREVRANGEBYLEX ZREVRANGEBYSCORE', 'read', 'one', '1'],
  ['ZRANK ZREVRANK ZSCORE ZMSCORE ZRANDMEMBER ZSCAN', 'read', 'one', '1'],
  ['GEODIST GEOHASH GEOPOS GEOSEARCH GEORADIUS_RO GEORADIUSBYMEMBER_RO SORT_RO', 'read', 'one', '1'],
  ['XLEN XRANGE XREVRANGE XPENDING', 'read', 'one', '1'],
  ['XREAD', 'read', 'bounded', 'streams'],
  ['MGET EXISTS TOUCH SINTER SUNION SDIFF WATCH PFCOUNT', 'read', 'bounded', '1..'],
  ['SINTERCARD ZINTERCARD ZDIFF ZINTER ZUNION', 'read', 'bounded', 'n1'],
  ['LCS', 'read', 'bounded', '1,2'],
  ['KEYS SCAN RANDOMKEY DBSIZE', 'read', 'unbounded', ''],
  ['OBJECT|ENCODING OBJECT|FREQ OBJECT|IDLETIME OBJECT|REFCOUNT MEMORY|USAGE', 'read', 'one', '1'],
  ['XINFO|STREAM XINFO|GROUPS XINFO|CONSUMERS', 'read', 'one', '1'],
  [
    'INFO TIME LASTSAVE ROLE LOLWUT COMMAND COMMAND|* LATENCY|LATEST LATENCY|HISTORY LATENCY|DOCTOR LATENCY|GRAPH',
    'read',
    'one',
    '',
  ],
  ['MEMORY|STATS MEMORY|DOCTOR MEMORY|MALLOC-STATS SLOWLOG|GET SLOWLOG|LEN MODULE|LIST PUBSUB|*', 'read', 'one', ''],
  ['CLUSTER|INFO CLUSTER|NODES CLUSTER|SLOTS CLUSTER|SHARDS CLUSTER|KEYSLOT CLUSTER|MYID CLUSTER|LINKS', 'read', 'one', ''],
  [
    'CLUSTER|COUNTKEYSINSLOT CLUSTER|GETKEYSINSLOT CLUSTER|REPLICAS CLUSTER|SLAVES CLUSTER|COUNT-FAILURE-REPORTS',
    'read',
    'one',
    '',
  ],
  ['CLIENT|LIST CLIENT|INFO CLIENT|ID CLIENT|GETNAME CLIENT|GETREDIR CLIENT|TRACKINGINFO', 'read', 'one', ''],
  ['ACL|LIST ACL|USERS ACL|WHOAMI ACL|CAT ACL|LOG ACL|DRYRUN ACL|GENPASS', 'read', 'one', ''],
  ['ACL|GETUSER', 'secret_read', 'one', '', 'holds the digests of passwords'],
  ['SCRIPT|EXISTS FUNCTION|LIST FUNCTION|STATS FUNCTION|DUMP', 'read', 'one', ''],
  ['SUBSCRIBE PSUBSCRIBE SSUBSCRIBE', 'read', 'bounded', ''],
  [
    'FT.SEARCH FT.AGGREGATE FT.INFO FT.EXPLAIN FT.PROFILE FT.TAGVALS FT.SYNDUMP FT.DICTDUMP FT._LIST FT.SUGGET FT.SUGLEN',
    'read',
    'bounded',
    '1',
  ],
  ['JSON.GET JSON.TYPE JSON.STRLEN JSON.ARRLEN JSON.ARRINDEX JSON.OBJKEYS JSON.OBJLEN JSON.RESP', 'read', 'one', '1'],
  ['JSON.MGET', 'read', 'bounded', '1..-1'],
  ['TS.GET TS.RANGE TS.REVRANGE TS.INFO TS.MGET TS.MRANGE TS.QUERYINDEX', 'read', 'bounded', ''],
  [
    'BF.EXISTS BF.MEXISTS BF.INFO CF.EXISTS CF.COUNT CF.INFO CMS.QUERY CMS.INFO TOPK.QUERY TOPK.LIST TOPK.INFO',
    'read',
    'one',
    '1',
  ],
];

const WRITES: readonly Row[] = [
  [
    'SET SETEX PSETEX SETNX SETRANGE SETBIT GETSET APPEND INCR INCRBY INCRBYFLOAT DECR DECRBY BITFIELD GETEX',
    'write',
    'one',
    '1',
  ],
  ['EXPIRE PEXPIRE EXPIREAT PEXPIREAT PERSIST', 'write', 'one', '1'],
  ['HSET HSETNX HMSET HINCRBY HINCRBYFLOAT HEXPIRE HPEXPIRE HEXPIREAT HPEXPIREAT HPERSIST HSETEX HGETEX', 'write', 'one', '1'],
  ['LPUSH LPUSHX RPUSH RPUSHX LINSERT LSET', 'write', 'one', '1'],
  ['SADD ZADD ZINCRBY GEOADD PFADD XADD XACK XCLAIM XAUTOCLAIM XSETID', 'write', 'one', '1'],
  ['XGROUP|CREATE XGROUP|CREATECONSUMER XGROUP|SETID', 'write', 'one', '1'],
  ['XREADGROUP', 'write', 'bounded', 'streams'],
  ['MSET MSETNX', 'write', 'bounded', 'odd'],
  ['COPY LMOVE RPOPLPUSH SMOVE BLMOVE BRPOPLPUSH GEOSEARCHSTORE ZRANGESTORE', 'write', 'bounded', '1,2'],
  ['SINTERSTORE SUNIONSTORE SDIFFSTORE PFMERGE', 'write', 'bounded', '1..'],
  ['ZDIFFSTORE ZINTERSTORE ZUNIONSTORE', 'write', 'bounded', '1'],
  ['BITOP', 'write', 'bounded', '2..'],
  ['SORT GEORADIUS GEORADIUSBYMEMBER', 'write', 'one', '1', 'may store what it finds'],
  ['RENAME', 'write', 'bounded', '1,2', 'what the new name held is gone'],
  ['RENAMENX MOVE', 'write', 'one', '1'],
  ['RESTORE', 'write', 'one', '1', 'may replace the key'],
  ['PUBLISH SPUBLISH', 'write', 'one', ''],
  [
    'JSON.SET JSON.NUMINCRBY JSON.NUMMULTBY JSON.STRAPPEND JSON.ARRAPPEND JSON.ARRINSERT JSON.TOGGLE JSON.MERGE',
    'write',
    'one',
    '1',
  ],
  ['JSON.MSET', 'write', 'bounded', '1'],
  ['TS.ADD TS.MADD TS.INCRBY TS.DECRBY TS.CREATE TS.ALTER TS.CREATERULE', 'write', 'one', '1'],
  [
    'BF.ADD BF.MADD BF.INSERT BF.RESERVE CF.ADD CF.ADDNX CF.INSERT CF.RESERVE CMS.INCRBY CMS.INITBYDIM CMS.INITBYPROB',
    'write',
    'one',
    '1',
  ],
  ['TOPK.ADD TOPK.INCRBY TOPK.RESERVE FT.SUGADD FT.DICTADD FT.SYNUPDATE', 'write', 'one', '1'],
];

const REMOVALS: readonly Row[] = [
  ['DEL UNLINK', 'delete', 'keys', '1..'],
  [
    'GETDEL HDEL HGETDEL LREM LTRIM SREM ZREM XDEL LPOP RPOP SPOP ZPOPMIN ZPOPMAX CF.DEL TS.DEL TS.DELETERULE',
    'delete',
    'one',
    '1',
  ],
  ['BLPOP BRPOP BZPOPMIN BZPOPMAX', 'delete', 'bounded', '1..-1'],
  ['LMPOP ZMPOP', 'delete', 'bounded', 'n1'],
  ['BLMPOP BZMPOP', 'delete', 'bounded', 'n2'],
  [
    'ZREMRANGEBYLEX ZREMRANGEBYRANK ZREMRANGEBYSCORE XTRIM JSON.DEL JSON.FORGET JSON.CLEAR JSON.ARRPOP JSON.ARRTRIM',
    'delete',
    'bounded',
    '1',
  ],
  ['XGROUP|DESTROY XGROUP|DELCONSUMER FT.SUGDEL FT.DICTDEL', 'delete', 'one', '1'],
  ['FLUSHALL', 'delete', 'unbounded', '', 'every key of every database'],
  ['FLUSHDB', 'delete', 'unbounded', '', 'every key of the database'],
  ['SWAPDB', 'write', 'unbounded', '', 'changes what every client sees'],
  ['FT.CREATE FT.ALTER FT.ALIASADD FT.ALIASUPDATE FT.ALIASDEL', 'schema_change', 'one', '1'],
  ['FT.DROPINDEX FT.DROP', 'schema_drop', 'one', '1'],
];

const SERVER: readonly Row[] = [
  ['MULTI EXEC DISCARD UNWATCH PING ECHO SELECT QUIT RESET HELLO READONLY READWRITE ASKING WAIT WAITAOF', 'session', 'one', ''],
  ['UNSUBSCRIBE PUNSUBSCRIBE SUNSUBSCRIBE', 'session', 'one', ''],
  [
    'CLIENT|SETNAME CLIENT|SETINFO CLIENT|REPLY CLIENT|TRACKING CLIENT|CACHING CLIENT|NO-EVICT CLIENT|NO-TOUCH',
    'session',
    'one',
    '',
  ],
  ['AUTH', 'identity_change', 'one', '', 'becomes another user'],
  ['CONFIG|GET', 'read', 'one', '', ''],
  ['CONFIG|SET CONFIG|REWRITE', 'config_change', 'one', ''],
  ['CONFIG|RESETSTAT SLOWLOG|RESET LATENCY|RESET', 'log_tamper', 'one', '', 'clears what was measured'],
  ['ACL|SETUSER ACL|DELUSER ACL|LOAD ACL|SAVE', 'privilege_change', 'one', '', 'users and what they may do'],
  ['EVAL EVALSHA EVAL_RO EVALSHA_RO', 'code_execution', 'one', 'n2', 'runs a script in the server'],
  ['FCALL FCALL_RO', 'code_execution', 'one', 'n2', 'runs a function of the server'],
  ['SCRIPT|LOAD FUNCTION|LOAD FUNCTION|RESTORE', 'code_execution', 'one', '', 'puts code into the server'],
  ['SCRIPT|FLUSH FUNCTION|FLUSH FUNCTION|DELETE', 'schema_drop', 'one', '', 'removes code that applications call'],
  ['SCRIPT|KILL FUNCTION|KILL SCRIPT|DEBUG', 'process_control', 'one', ''],
  ['MODULE|LOAD MODULE|LOADEX MODULE|UNLOAD', 'code_execution', 'one', '', 'loads a library into the server'],
  ['CLIENT|KILL CLIENT|PAUSE CLIENT|UNPAUSE CLIENT|UNBLOCK SHUTDOWN FAILOVER', 'process_control', 'one', ''],
  ['SAVE BGSAVE BGREWRITEAOF MEMORY|PURGE', 'process_control', 'one', '', 'writes the data file or loads the server'],
  ['DEBUG DEBUG|*', 'process_control', 'one', '', 'debugging can crash the server'],
  ['SLAVEOF REPLICAOF', 'export', 'unbounded', '', 'replaces the data with, or copies it from, another server'],
  ['MIGRATE', 'export', 'bounded', '', 'moves keys to another server'],
  ['SYNC PSYNC REPLCONF', 'export', 'unbounded', '', 'takes a copy of all data'],
  ['MONITOR', 'secret_read', 'unbounded', '', 'shows every command of every client'],
  [
    'CLUSTER|MEET CLUSTER|FORGET CLUSTER|REPLICATE CLUSTER|ADDSLOTS CLUSTER|ADDSLOTSRANGE CLUSTER|DELSLOTS',
    'infra_change',
    'one',
    '',
  ],
  [
    'CLUSTER|DELSLOTSRANGE CLUSTER|SETSLOT CLUSTER|SET-CONFIG-EPOCH CLUSTER|BUMPEPOCH CLUSTER|SAVECONFIG',
    'infra_change',
    'one',
    '',
  ],
  ['CLUSTER|FAILOVER', 'process_control', 'one', ''],
  ['CLUSTER|FLUSHSLOTS CLUSTER|RESET', 'infra_destroy', 'unbounded', '', 'the node forgets its slots or its data'],
  [
    'SENTINEL|MASTERS SENTINEL|MASTER SENTINEL|REPLICAS SENTINEL|SENTINELS SENTINEL|GET-MASTER-ADDR-BY-NAME SENTINEL|CKQUORUM',
    'read',
    'one',
    '',
  ],
  [
    'SENTINEL|FAILOVER SENTINEL|RESET SENTINEL|REMOVE SENTINEL|MONITOR SENTINEL|SET SENTINEL|FLUSHCONFIG',
    'infra_change',
    'one',
    '',
  ],
];

export const REDIS_COMMANDS: ReadonlyMap<string, RedisCommand> = new Map(
  [...READS, ...WRITES, ...REMOVALS, ...SERVER].flatMap(([names, kind, scope, keys, why]) =>
    names.split(' ').map((name) => [name, { kind, scope, keys, why: why ?? '' }] as const),
  ),
);

/** Commands whose first argument says what they do. */
export const WITH_SUBCOMMAND: ReadonlySet<string> = new Set(
  [...REDIS_COMMANDS.keys()].filter((name) => name.includes('|')).map((name) => name.split('|')[0] ?? ''),
);
