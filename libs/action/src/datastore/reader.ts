/** Commands of datastores that are not SQL: by dialect, as text the store's own client takes or as a payload its drivers take. */
import type { Effect, TextSpan } from '@countersign/kernel';
import { type ActionInput, type Analysis, analysisOf, unreadable } from '../analysis.ts';
import { tidy } from '../http/effects.ts';
import { parseJson, textOfBytes } from '../http/json.ts';
import { type Inner, NotHere, type ReadContext } from '../reader.ts';
import { consoleEffects, consolePayload } from './console.ts';
import { cqlEffects } from './cql.ts';
import { dynamoPayload, dynamoText } from './dynamo.ts';
import { etcdEffects } from './etcd.ts';
import { memcachedEffects } from './memcached.ts';
import { mongoPayload } from './mongo/commands.ts';
import { withSystemCollections } from './mongo/operations.ts';
import { mongoScript } from './mongo/script.ts';
import { redisEffects, redisPayload } from './redis/reader.ts';

/** Longer texts go to the worker, and much longer ones are not read. */
const HERE_UNITS = 16 * 1024;
const TEXT_UNITS = 1024 * 1024;

interface Dialect {
  /** Where it is less than for the others. */
  readonly hereUnits?: number;
  readonly text: (text: string, cx: ReadContext) => readonly Effect[];
  readonly payload?: (payload: unknown, span: TextSpan, cx: ReadContext, name: string) => readonly Effect[];
}

const REDIS: Dialect = { text: redisEffects, payload: redisPayload };
// Scripts take a parser and a walk: 4 KiB of the worst of them take some 20 ms.
const MONGO: Dialect = {
  text: (text) => withSystemCollections(mongoScript(text)),
  payload: (payload, span) => withSystemCollections(mongoPayload(payload, span)),
  hereUnits: 4 * 1024,
};
const ELASTIC: Dialect = { text: consoleEffects, payload: consolePayload };
const CQL: Dialect = { text: cqlEffects };

const DIALECTS: ReadonlyMap<string, Dialect> = new Map<string, Dialect>([
  ['redis', REDIS],
  ['valkey', REDIS],
  ['keydb', REDIS],
  ['dragonfly', REDIS],
  ['mongo', MONGO],
  ['mongodb', MONGO],
  ['mongosh', MONGO],
  ['documentdb', MONGO],
  ['dynamodb', { text: dynamoText, payload: (payload, span, _, name) => dynamoPayload(payload, name, span) }],
  ['elasticsearch', ELASTIC],
  ['opensearch', ELASTIC],
  ['cassandra', CQL],
  ['cql', CQL],
  ['scylla', CQL],
  ['etcd', { text: etcdEffects }],
  ['memcached', { text: memcachedEffects }],
  ['memcache', { text: memcachedEffects }],
]);

export function readDatastore(action: ActionInput | Inner, cx: ReadContext): Analysis {
  const { text } = action;
  const span = { start: 0, end: text.length };
  const named = (action.dialect ?? '').toLowerCase();
  const dialect = DIALECTS.get(named);
  if (dialect === undefined) {
    return unreadable(
      text,
      named === '' ? 'it is not said which datastore this is for' : `the datastore ${named.slice(0, 40)} is not known`,
    );
  }
  const bytes = action.payloadJson?.byteLength ?? 0;
  if (text.length + bytes > TEXT_UNITS) return unreadable(text, 'the commands are too long to be read');
  if (text.length + bytes > (dialect.hereUnits ?? HERE_UNITS) && cx.place === 'here') throw new NotHere();
  const effects: Effect[] = [];
  if (action.payloadJson !== undefined && bytes > 0) {
    const payload = parseJson(textOfBytes(action.payloadJson) ?? '', TEXT_UNITS);
    if (payload === undefined) return unreadable(text, 'the payload is not JSON');
    if (dialect.payload !== undefined) effects.push(...dialect.payload(payload, span, cx, action.name ?? ''));
    else if (text.trim() === '') return unreadable(text, 'commands of this datastore are read as text');
  }
  if (text.trim() !== '') effects.push(...dialect.text(text, cx));
  if (effects.length === 0 && bytes === 0) return unreadable(text, 'there is no command');
  return analysisOf(tidy(effects, span, 'nothing is done'));
}
