import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Analysis, unreadable } from '../analysis.ts';
import { EMPTY_CATALOGUE } from '../catalogue.ts';
import { readDatastore } from '../datastore/reader.ts';
import { createDispatch } from '../dispatch.ts';
import type { Reader } from '../reader.ts';
import { readJson, readTool } from '../tools/reader.ts';
import { readHttp } from './reader.ts';

const other: Reader = (action): Analysis => unreadable(action.text, 'of another reader');
const dispatch = createDispatch(
  new Map<string, Reader>([
    ['http', readHttp],
    ['mcp_tool', readTool],
    ['json', readJson],
    ['datastore', readDatastore],
    ...['shell', 'sql', 'script', 'kubernetes'].map((kind) => [kind, other] as const),
  ]),
  'worker',
);

/** The analysis has to be well formed whatever goes in; a throw fails the test by itself. */
function sound(kind: 'http' | 'mcp_tool' | 'json' | 'datastore', text: string, dialect = '', payload?: unknown): boolean {
  const payloadJson = payload === undefined ? {} : { payloadJson: new TextEncoder().encode(JSON.stringify(payload)) };
  const { effects, complete } = dispatch({ kind, name: '', text, dialect, ...payloadJson }, EMPTY_CATALOGUE);
  const inside = effects.every(({ span }) => span.start >= 0 && span.start <= span.end && span.end <= text.length);
  return inside && effects.length > 0 && complete === effects.every((effect) => effect.kind !== 'opaque');
}

const scrap = fc.oneof(
  fc.constantFrom(
    'GET ',
    'DELETE ',
    'POST ',
    'http://',
    'localhost:9200',
    '/_bulk',
    '/_all',
    '%2e%2e',
    '@',
    '\\',
    '[::ffff:',
    '\n',
    '\r\n',
    ': ',
  ),
  fc.constantFrom(
    'db.',
    'db["',
    'deleteMany(',
    '{}',
    ')',
    '=>',
    '$where',
    'DEL ',
    '"',
    "'",
    'CONFIG SET ',
    '*',
    'BEGIN BATCH ',
    ';',
    '$$',
    '/*',
  ),
  fc.constantFrom(
    '{"query":',
    '"mutation{a}"',
    '{"name":"t","arguments":',
    '[',
    ']',
    '}',
    '<!ENTITY ',
    '?_method=DELETE',
    'X-HTTP-Method: PUT',
  ),
  fc.string({ maxLength: 12 }),
);
const texts = fc.array(scrap, { maxLength: 30 }).map((parts) => parts.join(''));
const dialects = fc.constantFrom('redis', 'mongodb', 'dynamodb', 'elasticsearch', 'cassandra', 'etcd', 'memcached', 'x');

describe('readers of requests, calls and commands', () => {
  it('never throw on any text', () => {
    fc.assert(
      fc.property(
        texts,
        dialects,
        (text, dialect) =>
          sound('http', text) && sound('mcp_tool', text) && sound('json', text) && sound('datastore', text, dialect),
      ),
      { numRuns: 1500 },
    );
  });

  it('never throw on any payload', () => {
    const values = fc.jsonValue({ maxDepth: 5 });
    const named = fc.record(
      {
        method: fc.oneof(fc.constantFrom('GET', 'tools/call', 'DELETE'), values),
        url: fc.oneof(fc.webUrl(), texts),
        headers: values,
        body: values,
        params: values,
        name: fc.oneof(fc.constant('t'), values),
        arguments: values,
        tool_calls: values,
        content: values,
        type: fc.constantFrom('function', 'tool_use', 'text', 'local_shell_call'),
        operation: fc.oneof(fc.constantFrom('deleteMany', 'BatchWriteItem'), values),
        collection: fc.constant('c'),
        filter: values,
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(
        fc.oneof(values, named),
        dialects,
        (payload, dialect) =>
          sound('http', '', '', payload) &&
          sound('mcp_tool', '', '', payload) &&
          sound('json', '', '', payload) &&
          sound('datastore', '', dialect, payload),
      ),
      { numRuns: 1500 },
    );
  });

  it.each([
    ['http', `GET http://h/${'a/'.repeat(100_000)}`],
    ['http', `POST http://h/graphql\n\n${JSON.stringify({ query: '{a'.repeat(20_000) })}`],
    ['http', `POST http://h/x\n\n${'['.repeat(100_000)}`],
    ['http', `GET http://${'a.'.repeat(30_000)}b/`],
    ['http', `GET http://h/?${'a=b&'.repeat(3_000)}`],
    ['mcp_tool', `{"name":"t","arguments":${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}}`],
    ['mcp_tool', JSON.stringify({ name: 't', arguments: { sql: 'select '.repeat(20_000) } })],
    ['json', JSON.stringify(Array.from({ length: 20_000 }, (_, index) => `/p${index}`))],
    ['datastore', `${'db.a.'.repeat(3_000)}drop()`],
    ['datastore', '('.repeat(50_000)],
    ['datastore', `db.a.find(${'{a:'.repeat(2_000)}1${'}'.repeat(2_000)})`],
    ['datastore', `${'a = db; '.repeat(5_000)}`],
    ['datastore', 'DEL a\n'.repeat(50_000)],
  ] as const)('%s: takes %.20s… without a throw', (kind, text) => {
    for (const dialect of ['redis', 'mongodb', 'cassandra', 'elasticsearch', 'memcached'])
      expect(sound(kind, text, dialect)).toBe(true);
  });
});
