import type { Effect } from '@countersign/kernel';
import { canonicalJson, sha256Hex } from '@countersign/kernel';
import { describe, expect, it } from 'vitest';
import { type Analysis, analysisOf } from '../analysis.ts';
import { type Catalogue, EMPTY_CATALOGUE, type ToolEntry } from '../catalogue.ts';
import { createDispatch } from '../dispatch.ts';
import { effectOf } from '../http/effects.ts';
import { readHttp } from '../http/reader.ts';
import type { Inner, Reader } from '../reader.ts';
import { readJson, readTool } from './reader.ts';

/** Stands in for a reader of a language: one effect on the whole text, which is also its target. */
function stub(kindOf: (text: string) => Effect['kind']): Reader {
  return (action): Analysis => {
    const text = action.text;
    return analysisOf([
      effectOf({ kind: kindOf(text), targets: [{ type: 'text', name: text }] }, { start: 0, end: text.length }),
    ]);
  };
}

const dispatch = createDispatch(
  new Map<string, Reader>([
    ['mcp_tool', readTool],
    ['function_call', readTool],
    ['json', readJson],
    ['http', readHttp],
    [
      'shell',
      stub((text) => (text.startsWith('cat -- ') ? 'secret_read' : text.startsWith('touch -- ') ? 'write' : 'process_control')),
    ],
    ['sql', stub((text) => (/drop/i.test(text) ? 'schema_drop' : 'session'))],
    ['script', stub(() => 'code_execution')],
    ['kubernetes', stub(() => 'infra_change')],
  ]),
  'worker',
);

function effects(payload: unknown, tools: readonly ToolEntry[] = [], name = ''): readonly Effect[] {
  const payloadJson = new TextEncoder().encode(JSON.stringify(payload));
  const catalogue: Catalogue = { ...EMPTY_CATALOGUE, tools };
  return dispatch({ kind: 'mcp_tool', name, text: '', dialect: '', payloadJson }, catalogue).effects;
}

function kinds(found: readonly Effect[]): string {
  return found.map(({ kind, scope }) => (kind === 'opaque' ? kind : `${kind} ${scope}`)).join(', ');
}

const plain: Omit<ToolEntry, 'server' | 'tool'> = { schemaDigest: '', effects: [], arguments: {} };
const reads: ToolEntry = {
  ...plain,
  server: 's',
  tool: 't',
  effects: [{ kind: 'read', scope: 'one', targets: ['order:{id}'] }],
  arguments: { id: 'text' },
};

const args = { sql: 'DROP TABLE t' };

/** Each names the tool `t` with those arguments. */
const shapes: readonly (readonly [string, unknown])[] = [
  ['JSON-RPC', { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 't', arguments: args } }],
  ['JSON-RPC without a version', { method: 'tools/call', params: { name: 't', arguments: args } }],
  ['OpenAI function', { type: 'function', function: { name: 't', arguments: JSON.stringify(args) } }],
  [
    'OpenAI tool_calls',
    { role: 'assistant', tool_calls: [{ id: 'c', type: 'function', function: { name: 't', arguments: JSON.stringify(args) } }] },
  ],
  [
    'OpenAI completion',
    { choices: [{ message: { tool_calls: [{ type: 'function', function: { name: 't', arguments: JSON.stringify(args) } }] } }] },
  ],
  ['OpenAI legacy', { function_call: { name: 't', arguments: JSON.stringify(args) } }],
  [
    'OpenAI Responses',
    { output: [{ type: 'reasoning' }, { type: 'function_call', name: 't', arguments: JSON.stringify(args), call_id: 'c' }] },
  ],
  ['Anthropic', { type: 'tool_use', id: 'c', name: 't', input: args }],
  [
    'Anthropic message',
    {
      role: 'assistant',
      content: [
        { type: 'text', text: 'DROP' },
        { type: 'tool_use', name: 't', input: args },
      ],
    },
  ],
  ['Gemini', { functionCall: { name: 't', args } }],
  ['Gemini answer', { candidates: [{ content: { parts: [{ text: 'x' }, { functionCall: { name: 't', args } }] } }] }],
  ['Bedrock', { toolUse: { toolUseId: 'c', name: 't', input: args } }],
  ['name and arguments', { name: 't', arguments: args }],
  ['name and input', { name: 't', input: args }],
  ['a list', [{ name: 't', arguments: args }]],
];

describe('readTool', () => {
  it.each(shapes)('finds the call in the shape of %s', (_, payload) => {
    const found = effects(payload);
    expect(kinds(found)).toBe('opaque, schema_drop one');
    expect(found[0]?.why).toBe('the catalogue does not know the tool t');
  });

  it('reads every call of a message', () => {
    const calls = [
      { name: 't', arguments: args },
      { name: 'u', arguments: { command: 'reboot' } },
    ];
    expect(kinds(effects(calls))).toBe('opaque, schema_drop one, opaque, process_control one');
    expect(kinds(effects({ name: 't', arguments: args, content: [{ type: 'text', text: 'x' }] }))).toBe(
      'opaque, schema_drop one',
    );
    expect(kinds(effects({ type: 'text', name: 't', arguments: args }))).toBe('opaque, schema_drop one');
    expect(kinds(effects(Array.from({ length: 200 }, () => ({ name: 't', arguments: {} }))))).toContain('opaque');
  });

  it('takes the name of the action where the payload is only arguments', () => {
    expect(kinds(effects(args, [], 't'))).toBe('opaque, schema_drop one');
    expect(kinds(effects({ id: 7 }, [reads], 's/t'))).toBe('read one');
    expect(effects({ id: 7 }, [reads], 'mcp__s__t')[0]?.targets).toEqual([
      { type: 'order', name: '7' },
      { type: 'tool', name: 's/t' },
    ]);
    expect(kinds(effects({ id: 7, tool: { server: 's' } }, [reads], 't'))).toBe('read one');
    expect(kinds(effects({ a: 1 }))).toBe('opaque');
    expect(kinds(effects([]))).toBe('opaque');
    expect(kinds(effects('x'))).toBe('opaque');
  });

  it('knows the other messages of MCP', () => {
    const rpc = (method: string, params: object = {}): string => kinds(effects({ jsonrpc: '2.0', method, params }));
    expect(rpc('tools/list')).toBe('read bounded');
    expect(rpc('initialize')).toBe('session one');
    expect(rpc('notifications/cancelled')).toBe('session one');
    expect(rpc('resources/read', { uri: 'note://1' })).toBe('read one');
    expect(rpc('resources/read', { uri: 'file:///root/.ssh/id_rsa' })).toBe('read one, process_control one');
    expect(rpc('resources/read', { uri: 'http://169.254.169.254/' })).toContain('secret_read');
    expect(rpc('frobnicate')).toBe('opaque');
    expect(rpc('tools/call', {})).toBe('opaque');
  });

  it('reads command lines that the protocol defines', () => {
    const shell = effects({ type: 'local_shell_call', action: { type: 'exec', command: ['rm', '-rf', 'a b'] } });
    expect(shell.map(({ targets }) => targets[0]?.name)).toEqual(["'rm' '-rf' 'a b'"]);
    expect(
      effects({ type: 'shell_call', action: { commands: ['ls -l', 'rm -rf x'] } }).map(({ targets }) => targets[0]?.name),
    ).toEqual(['ls -l', 'rm -rf x']);
  });

  it('opens what the names and the looks of arguments promise', () => {
    const found = (given: object): string => kinds(effects({ name: 't', arguments: given }).slice(1));
    expect(found({ url: 'https://docs.example.org/' })).toBe('read bounded');
    expect(found({ url: 'https://api.example.org/x', method: 'DELETE' })).toBe('delete unknown, network one');
    expect(found({ target: 'http://169.254.169.254/latest' })).toContain('secret_read');
    expect(found({ endpoint: 'localhost:9200/_cat/indices' })).toBe('read bounded');
    expect(found({ anything: 'drop table customers' })).toBe('schema_drop one');
    expect(found({ title: 'Drop by for lunch' })).toBe('');
    expect(found({ query: 'mutation { deleteUser(id: 1) { id } }' })).toBe('delete unknown');
    expect(found({ cmd: ['rm', '-rf', '/'] })).toContain('process_control one');
    expect(found({ code: 'x', language: 'python' })).toBe('code_execution one');
    expect(found({ code: 'x', language: 'befunge' })).toBe('opaque');
    expect(found({ path: '/etc/shadow' })).toBe('secret_read one');
    expect(found({ x: '~/.ssh/id_rsa' })).toBe('secret_read one');
    expect(found({ deep: { er: [{ sql: 'drop table x' }] } })).toBe('schema_drop one');
    expect(found({ payload: '{"sql": "drop table x"}' })).toBe('schema_drop one');
    expect(found({ note: 'hello there', count: 3, flag: true })).toBe('');
    expect(found({ list: Array.from({ length: 400 }, (_, index) => `w${index}`) })).toBe('opaque');
  });

  it('believes the catalogue of the operator', () => {
    const call = { name: 't', arguments: { id: 7 }, tool: { server: 's' } };
    expect(kinds(effects(call, [reads]))).toBe('read one');
    expect(kinds(effects(call, [{ ...reads, server: 'other' }]))).toBe('opaque');
    expect(kinds(effects({ name: 't', arguments: { id: 7 } }, [reads]))).toBe('opaque');
    expect(kinds(effects({ name: 't', arguments: { id: 7 } }, [{ ...reads, server: '*' }]))).toBe('read one');
    expect(kinds(effects({ ...call, arguments: { id: 7, sql: 'drop table x' } }, [reads]))).toBe('read one, schema_drop one');
    const runs: ToolEntry = {
      ...plain,
      server: 's',
      tool: 't',
      arguments: { 'steps.run': 'shell', manifest: 'kubernetes', to: 'host', q: 'sql:mysql', n: 'text' },
    };
    const given = {
      steps: [{ run: 'a' }, { run: 'b' }],
      manifest: { kind: 'Pod' },
      to: 'h.example',
      q: 'drop',
      n: 'DROP TABLE x',
    };
    expect(kinds(effects({ ...call, arguments: given }, [runs]))).toBe(
      'process_control one, process_control one, infra_change one, network one, schema_drop one',
    );
    expect(kinds(effects({ ...call, arguments: { q: 7 } }, [runs]))).toBe('opaque');
    expect(kinds(effects({ ...call, arguments: { n: 'x' } }, [runs]))).toBe('none one');
  });

  it('takes a changed schema for another tool', () => {
    const inputSchema = { type: 'object', properties: { id: { type: 'integer' } } };
    const pinned = { ...reads, schemaDigest: sha256Hex(canonicalJson(inputSchema)) };
    const call = (tool: object): string =>
      kinds(effects({ name: 't', arguments: { id: 7 }, tool: { server: 's', ...tool } }, [pinned]));
    expect(call({ inputSchema })).toBe('read one');
    expect(call({ inputSchema: { properties: { id: { type: 'integer' } }, type: 'object' } })).toBe('read one');
    expect(call({ schemaDigest: pinned.schemaDigest })).toBe('read one');
    expect(call({ inputSchema: { ...inputSchema, additionalProperties: true } })).toBe('opaque');
    expect(call({})).toBe('opaque');
    const changed = effects({ name: 't', arguments: {}, tool: { server: 's', inputSchema: {} } }, [pinned])[0]?.targets;
    expect(changed).toEqual([
      { type: 'tool_schema', name: sha256Hex('{}') },
      { type: 'tool', name: 's/t' },
    ]);
    expect(effects({ name: 't', arguments: {}, tool: { server: 's' } }, [pinned])[0]?.targets).toEqual([
      { type: 'tool', name: 's/t' },
    ]);
    const meta = {
      method: 'tools/call',
      params: { name: 't', arguments: { id: 7 }, _meta: { tool: { server: 's', inputSchema } } },
    };
    expect(kinds(effects(meta, [pinned]))).toBe('read one');
  });

  it('never believes a server that plays its tool down, and always one that warns', () => {
    const call = (annotations: object, name = 't'): string =>
      kinds(effects({ name, arguments: { id: 7 }, tool: { server: 's', annotations } }, [reads]));
    expect(call({ readOnlyHint: true })).toBe('read one');
    expect(call({ readOnlyHint: true }, 'unknown')).toBe('opaque');
    expect(call({ destructiveHint: false }, 'unknown')).toBe('opaque');
    expect(call({ destructiveHint: true })).toBe('read one, delete unknown');
    expect(call({ destructiveHint: true }, 'unknown')).toBe('opaque, delete unknown');
    expect(call({ readOnlyHint: false })).toBe('read one, write unknown');
  });

  it('knows public servers only where the operator says which ones they are', () => {
    const like = (name: string): ToolEntry[] => [{ ...plain, server: 's', tool: '*', like: name }];
    const call = (name: string, given: object, entries: ToolEntry[]): string =>
      kinds(effects({ name, arguments: given, tool: { server: 's' } }, entries));
    expect(call('read_file', { path: '/etc/shadow' }, like('filesystem'))).toBe('secret_read one');
    expect(call('write_file', { path: 'a.txt', content: 'DROP TABLE x' }, like('filesystem'))).toBe('write one');
    expect(call('read_file', { path: 'a' }, [])).toContain('opaque');
    expect(call('explode', {}, like('filesystem'))).toBe('opaque');
    expect(call('query', { sql: 'drop table x' }, like('postgres'))).toBe('schema_drop one');
    expect(call('fetch', { url: 'http://127.0.0.1/' }, like('fetch'))).toBe('read bounded');
    expect(call('create_issue', { owner: 'a', repo: 'b', title: 'rm -rf /' }, like('github'))).toBe('write one');
    expect(call('delete_file', { owner: 'a', repo: 'b', path: '/etc/passwd' }, like('github'))).toBe('delete one');
    expect(call('git_diff', { repo_path: '/r', target: 'main' }, like('git'))).toBe('read one');
    expect(call('git_diff', { repo_path: '/r', target: '--output=/r/.git/hooks/x' }, like('git'))).toBe('read one, opaque');
    expect(call('kubectl_delete', { name: 'web' }, like('kubernetes'))).toBe('infra_destroy one');
    expect(call('kubectl_generic', { command: 'x' }, like('kubernetes'))).toBe('opaque, process_control one');
    expect(call('sequentialthinking', { thought: 'DROP TABLE x' }, like('sequential-thinking'))).toBe('none one');
    expect(call('slack_post_message', { channel_id: 'C1', text: 'hi' }, like('slack'))).toBe('write one');
    expect(kinds(effects({ name: 'filesystem/read_file', arguments: { path: 'a' } }, like('filesystem')))).toContain('opaque');
  });

  it('points at the words of a call that is written as text', () => {
    const text = '{"name": "t", "arguments": {"sql": "drop table x", "command": "say \\"hi\\""}}';
    const found = dispatch({ kind: 'function_call', name: '', text, dialect: '' }, EMPTY_CATALOGUE).effects;
    expect(found.map(({ span }) => text.slice(span.start, span.end))).toEqual(['t', 'drop table x', 'say \\"hi\\"']);
    const nested = JSON.stringify({
      type: 'function',
      function: { name: 't', arguments: JSON.stringify({ sql: 'drop table x' }) },
    });
    const inner = dispatch({ kind: 'function_call', name: '', text: nested, dialect: '' }, EMPTY_CATALOGUE).effects[1];
    expect(nested.slice(inner?.span.start, inner?.span.end)).toBe('drop table x');
  });

  it('refuses what is no JSON', () => {
    const read = (text: string): string =>
      kinds(dispatch({ kind: 'mcp_tool', name: '', text, dialect: '' }, EMPTY_CATALOGUE).effects);
    expect(read('')).toBe('opaque');
    expect(read('{"name":')).toBe('opaque');
    expect(read('read_file')).toBe('opaque');
  });
});

describe('readJson', () => {
  it('is opaque, with what is found inside', () => {
    const read = (json: unknown): string =>
      kinds(dispatch({ kind: 'json', name: '', text: JSON.stringify(json), dialect: '' }, EMPTY_CATALOGUE).effects);
    expect(read({ a: 1 })).toBe('opaque');
    expect(read({ steps: [{ run: 'x', sql: 'drop table x' }] })).toBe('opaque, schema_drop one');
    expect(read('https://docs.example.org/')).toBe('opaque, read bounded');
  });

  it('needs no reader of another language for itself', () => {
    const inner: Inner = { kind: 'json', text: '[]' };
    expect(kinds(dispatch({ ...inner, kind: 'json', name: '', dialect: '' }, EMPTY_CATALOGUE).effects)).toBe('opaque');
  });
});
