import { describe, expect, it } from 'vitest';
import { unreadable } from '../analysis.ts';
import { EMPTY_CATALOGUE, type Catalogue } from '../catalogue.ts';
import { createDispatch } from '../dispatch.ts';
import { readersOf } from '../readers.ts';
import { parseCatalogue } from './catalogue-reader.ts';

// The real readers of all languages, but for SQL, whose parser is loaded asynchronously.
const dispatch = createDispatch(
  readersOf((action) => unreadable(action.text, 'SQL')),
  'worker',
);

function kinds(kind: 'shell' | 'mcp_tool', text: string, catalogue: Catalogue = EMPTY_CATALOGUE): string {
  const { effects } = dispatch({ kind, name: '', text, dialect: '' }, catalogue);
  return [...new Set(effects.map((effect) => `${effect.kind} ${effect.scope}`))].join(', ');
}

const files = parseCatalogue({ tools: [{ server: 'disk', like: 'filesystem' }] });

function file(name: string, given: object): string {
  return kinds(
    'mcp_tool',
    JSON.stringify({ name, arguments: given, tool: { server: 'disk' } }),
    files.ok ? files.value : EMPTY_CATALOGUE,
  );
}

const commands: readonly (readonly [string, string])[] = [
  ['curl -X DELETE localhost:9200/_all', 'schema_drop unbounded'],
  ['curl -s http://es:9200/_cat/indices', 'read bounded'],
  [`curl -XPOST es:9200/a/_delete_by_query -d '{"query":{"match_all":{}}}'`, 'delete unbounded'],
  [`curl es:9200/a/_search -d '{"query":{"match_all":{}}}'`, 'read bounded'],
  ['curl file:///etc/shadow', 'secret_read one'],
  ['curl http://0251.0376.0251.0376/latest/meta-data/', 'read bounded, secret_read bounded'],
  ["curl -H 'X-HTTP-Method-Override: DELETE' http://a.internal/x", 'read bounded, delete unknown, network one'],
  ['redis-cli FLUSHALL', 'delete unbounded'],
  ["mongosh --eval 'db.dropDatabase()'", 'schema_drop unbounded'],
  ["cqlsh -e 'DROP KEYSPACE x'", 'schema_drop unbounded'],
];

describe('languages inside languages', () => {
  it.each(commands)('%s', (command, expected) => {
    expect(kinds('shell', command)).toBe(expected);
  });

  it('says what paths mean for tools as for programs', () => {
    expect(file('read_file', { path: '/srv/app/readme.md' })).toBe('read one');
    expect(file('read_file', { path: '/root/.ssh/id_rsa' })).toBe('secret_read one');
    expect(file('read_file', { path: '~/.aws/credentials' })).toBe('secret_read one');
    expect(file('write_file', { path: 'notes.txt', content: 'rm -rf /' })).toBe('write one');
    expect(file('write_file', { path: '/etc/cron.d/x', content: '' })).toContain('persistence');
    expect(file('move_file', { source: 'a', destination: '/etc/passwd' })).toContain('privilege_change');
    expect(file('delete_file', { path: 'a.txt' })).toBe('delete one');
  });

  it('reads commands inside calls that nobody knows', () => {
    expect(kinds('mcp_tool', '{"name": "x", "arguments": {"command": "curl -X DELETE es:9200/_all"}}')).toBe(
      'opaque unknown, schema_drop unbounded',
    );
    expect(kinds('mcp_tool', '{"name": "x", "arguments": {"argv": ["redis-cli", "FLUSHALL"]}}')).toBe(
      'opaque unknown, delete unbounded',
    );
  });
});
