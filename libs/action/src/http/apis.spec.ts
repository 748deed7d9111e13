import { describe, expect, it } from 'vitest';
import { EMPTY_CATALOGUE } from '../catalogue.ts';
import { createDispatch } from '../dispatch.ts';
import { readHttp } from './reader.ts';

const dispatch = createDispatch(new Map([['http', readHttp]]), 'worker');

/** `kind scope` of each effect, without repeats. */
function told(text: string): string {
  const { effects } = dispatch({ kind: 'http', name: '', text, dialect: '' }, EMPTY_CATALOGUE);
  return [...new Set(effects.map(({ kind, scope }) => `${kind} ${scope}`))].join(', ');
}

const ES = 'http://localhost:9200';
const MEILI = 'http://localhost:7700';
const ALGOLIA = 'https://abc-dsn.algolia.net/1';
const GITLAB = 'https://gitlab.corp.example/api/v4';
const JENKINS = 'http://jenkins.corp.example';

const cases: readonly (readonly [request: string, effects: string])[] = [
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
  [`POST ${ES}/_bulk\n\n@lines.ndjson`, 'write bounded, delete unknown'],
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
];

describe('known APIs', () => {
  it.each(cases)('%s', (request, expected) => {
    expect(told(request)).toBe(expected);
  });
});
