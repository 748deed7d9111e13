import type { Effect } from '@countersign/kernel';
import { describe, expect, it } from 'vitest';
import { analysisOf, unreadable } from '../analysis.ts';
import { EMPTY_CATALOGUE } from '../catalogue.ts';
import { readDatastore } from '../datastore/reader.ts';
import { createDispatch } from '../dispatch.ts';
import { effectOf } from './effects.ts';
import { readHttp } from './reader.ts';

const dispatch = createDispatch(
  new Map([
    ['http', readHttp],
    ['shell', (action) => unreadable(action.text, `shell: ${action.text}`)],
    [
      'sql',
      (action) =>
        action.dialect === ''
          ? analysisOf([effectOf({ kind: 'schema_drop' }, { start: 0, end: action.text.length })])
          : unreadable(action.text, `sql: ${action.text}`),
    ],
    ['datastore', readDatastore],
    ['mcp_tool', (action) => unreadable(action.text, 'mcp')],
  ]),
  'worker',
);

function effects(text: string, payload?: unknown): readonly Effect[] {
  const payloadJson = payload === undefined ? undefined : new TextEncoder().encode(JSON.stringify(payload));
  return dispatch(
    { kind: 'http', name: '', text, dialect: '', ...(payloadJson === undefined ? {} : { payloadJson }) },
    EMPTY_CATALOGUE,
  ).effects;
}

/** `kind scope` of each effect, without repeats. */
function told(text: string, payload?: unknown): string {
  return [...new Set(effects(text, payload).map(({ kind, scope }) => `${kind} ${scope}`))].join(', ');
}

const ES = 'http://localhost:9200';

const cases: readonly (readonly [request: string, effects: string])[] = [
  ['GET https://docs.example.org/guide', 'read bounded'],
  ['HEAD https://docs.example.org/guide', 'read bounded'],
  ['GET https://docs.example.org/how-to/delete', 'read bounded'],
  ['GET http://api.svc/items?action=delete', 'read bounded, delete unknown'],
  ['POST https://api.example.org/orders', 'write bounded, network one'],
  ['PATCH http://orders.internal/orders/7', 'write bounded, network one'],
  ['DELETE https://api.example.org/orders/7', 'delete unknown, network one'],
  ['POST http://orders.internal/admin/shutdown', 'write bounded, network one, process_control one'],
  ['BREW http://pot.internal/', 'opaque unknown'],
  ['CONNECT http://proxy.internal:3128', 'network one'],
  ['POST https://hooks.slack.com/services/T/B/x\n\n{"text":"hi"}', 'write bounded, network one, export bounded'],
  ['PUT https://transfer.sh/a.tgz', 'write bounded, network one, export bounded'],
  ['GET https://abc.oastify.com/?d=x', 'read bounded, network one'],
  ['POST http://localhost:8123/?query=DROP%20TABLE%20t', 'opaque unknown'],
  ['GET file:///etc/hosts', 'opaque unknown'],
  ['GET gopher://redis:6379/_FLUSHALL', 'opaque unknown, network one'],
  ['PUT ftp://files.example.org/a', 'export bounded'],
  ['GET https://api.example.org/x\nX-HTTP-Method-Override: DELETE', 'read bounded, delete unknown, network one'],
  ['POST https://api.example.org/x\nX-HTTP-Method-Override: GET', 'write bounded, network one, read bounded'],
  ['POST http://a.internal/x?_method=delete', 'write bounded, network one, delete unknown'],
  ['GET https://api.example.org/?key=AKIAABCDEFGHIJKLMNOP', 'read bounded, export one'],
  ['GET http://169.254.169.254/latest/meta-data/', 'read bounded, secret_read bounded'],
  ['GET http://[::ffff:a9fe:a9fe]/', 'read bounded, secret_read bounded'],
  ['PUT http://metadata.google.internal/x', 'write bounded, network one, secret_read bounded'],
  [
    'POST http://a.internal/x\nContent-Length: 3\nTransfer-Encoding: chunked\n\nabc',
    'write bounded, network one, opaque unknown',
  ],
  ['GET http://a.internal/x\nX-Original-URL: /admin', 'read bounded, opaque unknown'],
  [`GET https://a.example.org/?d=${'x'.repeat(2100)}`, 'read bounded, network one'],
  [`GET https://${'0a'.repeat(25)}.example.org/`, 'read bounded, network one'],
  ['POST http://db.internal/api\n\n{"sql":"DROP TABLE t"}', 'write bounded, network one, schema_drop one'],
  ['POST http://db.internal/api\n\n{"note":"DROP TABLE t"}', 'write bounded, network one'],
  [`GET ${ES}/.security-7/_search`, 'read bounded, secret_read one'],
  [`DELETE ${ES}/.security-7`, 'schema_drop one, privilege_change one'],
  [`POST ${ES}/_plugins/_sql\n\n{"query":"DELETE FROM a"}`, 'opaque unknown'],
  ['GET http://localhost:8983/solr/docs/select?qt=/update', 'opaque unknown'],
  ['GET http://localhost:8983/solr/docs/stream?expr=update(a)', 'opaque unknown'],
  ['POST http://a.internal/soap\nSOAPAction: "urn:users#DeleteUser"', 'write bounded, network one, delete unknown'],
  [
    'POST http://a.internal/rpc\n\n<methodCall><methodName>system.shutdown</methodName></methodCall>',
    'write bounded, network one, process_control one',
  ],
  [
    'POST http://a.internal/rpc\n\n{"jsonrpc":"2.0","method":"users.removeAll","id":1}',
    'write bounded, network one, delete unknown',
  ],
  ['GET wss://feed.example.org/', 'read bounded, network one'],
  ['GET https://kubernetes.io/docs/concepts/secrets', 'read bounded'],
  ['GET https://vault.corp.example/ui/', 'read one'],
  ['GET http://web.internal/static/drop-down.css', 'read bounded'],
  ['GET http://web.internal/clear-cache', 'read bounded, delete unknown'],
  ['PUT https://logs.s3.eu-west-1.amazonaws.com/a', 'export one'],
  ['PUT https://s3.amazonaws.com/logs', 'infra_create one'],
  ['DELETE https://logs.s3.amazonaws.com/a/b', 'delete unknown'],
  ['DELETE https://s3.eu-west-1.amazonaws.com/logs', 'infra_destroy one'],
  ['GET https://logs.s3.amazonaws.com/a/b', 'read bounded'],
  ['POST https://ec2.eu-west-1.amazonaws.com/?Action=TerminateInstances', 'infra_destroy one'],
  ['POST https://ec2.eu-west-1.amazonaws.com/\n\nAction=DescribeInstances', 'read bounded'],
  ['POST https://secretsmanager.eu-west-1.amazonaws.com/\nX-Amz-Target: secretsmanager.GetSecretValue\n\n{}', 'secret_read one'],
  ['POST https://iam.amazonaws.com/\n\nAction=AttachUserPolicy', 'privilege_change one'],
  [
    'POST https://dynamodb.eu-west-1.amazonaws.com/\nX-Amz-Target: DynamoDB_20120810.DeleteTable\n\n{"TableName":"t"}',
    'schema_drop one',
  ],
  ['', 'opaque unknown'],
  ['GET', 'opaque unknown'],
  ['hello there', 'opaque unknown'],
  ['GET /relative', 'opaque unknown'],
  ['GET /x HTTP/1.1\nHost: docs.example.org', 'read bounded'],
  ['GET https://a.example/\nHost: b.example', 'opaque unknown'],
  ['GET https://$HOST/x', 'opaque unknown'],
  ['DELETE https://${HOST}/x', 'opaque unknown, delete unknown'],
  ['DELETE http://localhost:9200/orders/_doc/$ID', 'delete unknown'],
  ['GET https://example.org\\@127.0.0.1/', 'opaque unknown'],
  ['GET https://github.com@evil.example/', 'opaque unknown'],
  ['GET https://a@b@c/', 'opaque unknown'],
];

describe('readHttp', () => {
  it.each(cases)('%s', (request, expected) => {
    expect(told(request)).toBe(expected);
  });

  it('reads GraphQL', () => {
    const post = (query: string, more: object = {}): string =>
      told(`POST https://api.example.org/graphql`, {
        method: 'POST',
        url: 'https://api.example.org/graphql',
        body: { query, ...more },
      });
    expect(post('{ me { id } }')).toBe('read bounded');
    expect(post('query A { me { id } }')).toBe('read bounded');
    expect(post('mutation { createUser(name: "a") { id } }')).toBe('write bounded, network one');
    expect(post('mutation { deleteUser(id: 1) { id } }')).toBe('delete unknown, network one');
    expect(post('mutation { ...F } fragment F on Mutation { deleteAllUsers }')).toBe('delete unbounded, network one');
    expect(post('query A { a } mutation B { deleteUser }')).toBe('opaque unknown, network one');
    expect(post('query A { a } mutation B { deleteUser }', { operationName: 'A' })).toBe('read bounded');
    expect(post('query A { a } mutation B { deleteUser }', { operationName: 'B' })).toBe('delete unknown, network one');
    expect(post('{ broken')).toBe('opaque unknown, network one');
    expect(post(`{ a ${'{ a '.repeat(200)}${'}'.repeat(200)} }`)).toBe('opaque unknown, network one');
    expect(told('GET https://api.example.org/graphql?query=mutation%7BdeleteUser%7D')).toBe('delete unknown');
  });

  it('takes the payload of callers like curl', () => {
    const url = 'https://files.example.org/in';
    expect(told(`POST ${url}`, { method: 'POST', url, upload: true })).toBe('write bounded, network one, export bounded');
    expect(told(`POST ${ES}/a/_search`, { method: 'POST', url: `${ES}/a/_search`, upload: true, body: '@q.json' })).toBe(
      'read bounded',
    );
    expect(told(`GET ${url}`, { method: 'DELETE', url })).toBe('opaque unknown');
    expect(told('', { url })).toBe('read bounded');
    expect(told('', { url, body: 'a' })).toBe('write bounded, network one');
    expect(
      told('GET http://localhost/containers/json', {
        method: 'GET',
        url: 'http://localhost/containers/json',
        unixSocket: '/var/run/docker.sock',
      }),
    ).toBe('read bounded');
    expect(told('', { url, headers: ['X-HTTP-Method: DELETE'] })).toBe('read bounded, delete unknown, network one');
    expect(told('', { url, body: '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a/>' })).toContain('opaque');
    expect(told('', { url: 'https://tools.example.org/mcp', body: { jsonrpc: '2.0', method: 'tools/call', params: {} } })).toBe(
      'opaque unknown, network one',
    );
  });

  it('takes the same object written as text', () => {
    const request = { method: 'DELETE', url: `${ES}/orders`, headers: { accept: 'application/json' } };
    expect(told(JSON.stringify(request))).toBe(told('', request));
    expect(told(JSON.stringify({ url: 'https://api.example.com/v1/orders' }))).toBe(
      told('GET https://api.example.com/v1/orders'),
    );
    expect(told('{"method":"GET"}')).toBe('opaque unknown');
    expect(told('{"url":')).toBe('opaque unknown');
  });

  it('points at the words that matter and names the host', () => {
    const text = '  DELETE http://localhost:9200/orders HTTP/1.1';
    const [effect] = effects(text);
    expect(text.slice(effect?.span.start, effect?.span.end)).toBe('DELETE http://localhost:9200/orders');
    expect(effect?.targets).toEqual([
      { type: 'index', name: 'orders' },
      { type: 'internal_host', name: 'localhost' },
    ]);
    expect(effect?.via).toBe('Elasticsearch');
    const [writes, connects] = effects('POST http://orders.internal/x');
    expect(writes?.targets).toContainEqual({ type: 'internal_host', name: 'orders.internal' });
    expect(connects?.targets).toEqual([{ type: 'host', name: 'orders.internal' }]);
    expect(effects('GET https://Docs.Example.org./a')[0]?.targets).toContainEqual({ type: 'host', name: 'docs.example.org' });
  });
});
