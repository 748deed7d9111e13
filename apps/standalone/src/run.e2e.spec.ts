/** The whole product under bad callers, bad policies and dying parts: one real process for all of it. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient, status } from '@countersign/grpc';
import { approval, decision, lineage } from '@countersign/proto';
import { type Json, type Product, startProduct } from '@countersign/testkit/survival';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runs, until } from './testing/starting.ts';

let root: string;
let dataDir: string;
let policy: string;
let product: Product;
let asked = 0;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'countersign-run-'));
  dataDir = join(root, 'data');
  policy = join(root, 'policy');
  mkdirSync(policy);
  writeFileSync(join(policy, 'data.json'), '{}');
  product = await startProduct(dataDir, { COUNTERSIGN_POLICY: policy });
});

afterAll(async () => {
  await product.kill('SIGTERM');
  rmSync(root, { recursive: true, force: true });
});

const select = () => ({ requestId: `e2e-${++asked}`, action: { kind: 'sql', text: `SELECT ${asked} FROM t` } });

async function decide(request: Json = select()): Promise<Json> {
  const { status: code, body } = await product.call('POST', '/v1/decide', product.token('caller'), request);
  expect([code, body]).toEqual([200, expect.anything()]);
  return body;
}

const count = async (from: string) => Number(await product.ask(`SELECT count() FROM ${from}`));

/** Status, type and parsed body of a raw request. */
async function raw(method: string, path: string, headers: Record<string, string> = {}, body?: string) {
  const response = await fetch(`${product.http}${path}`, { method, headers, ...(body !== undefined && { body }) });
  const text = await response.text();
  const type = response.headers.get('content-type') ?? '';
  return { status: response.status, type, text, body: (type.includes('json') ? JSON.parse(text) : {}) as Json };
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const jsonFrom = (token: string) => ({ ...bearer(token), 'content-type': 'application/json' });

describe('who has no token', () => {
  const ROUTES = [
    ['POST', '/v1/decide'],
    ['POST', '/v1/outcomes'],
    ['GET', '/v1/approvals'],
    ['GET', '/v1/approvals/0a000000-0000-8000-8000-000000000001'],
    ['GET', '/v1/approvals/0a000000-0000-8000-8000-000000000001/await'],
    ['POST', '/v1/approvals/0a000000-0000-8000-8000-000000000001/approve'],
    ['POST', '/v1/approvals/0a000000-0000-8000-8000-000000000001/reject'],
    ['POST', '/v1/approvals/0a000000-0000-8000-8000-000000000001/revoke'],
    ['POST', '/v1/lineage/query'],
    ['GET', '/v1/lineage/trace/0a000000-0000-8000-8000-000000000001'],
    ['POST', '/v1/lineage/rebuild'],
    ['POST', '/v1/tokens'],
    ['GET', '/v1/tokens'],
    ['DELETE', '/v1/tokens/0a000000-0000-8000-8000-000000000001'],
    ['GET', '/metrics'],
    ['GET', '/nothing/here'],
    ['GET', '/healthz/'],
    ['GET', '//healthz'],
    ['GET', '/%68ealthz'],
    ['OPTIONS', '/v1/decide'],
  ] as const;

  it.each(ROUTES)('%s %s: 401 with the way in, whatever the token looks like', async (method, path) => {
    const wrong = [
      '',
      'Bearer',
      'Bearer ',
      'Bearer nobody',
      `Basic ${product.token('admin')}`,
      product.token('admin'),
      `Bearer ${product.token('admin')}x`,
    ];
    for (const authorization of wrong) {
      const answer = await raw(method, path, authorization === '' ? {} : { authorization });
      expect(answer).toMatchObject({ status: 401, body: { type: 'about:blank', title: 'Unauthorized', status: 401 } });
      expect(answer.type).toContain('application/problem+json');
      expect(answer.body.detail).toContain('authorization: Bearer');
    }
  });

  const METHODS = [decision.DecisionService, approval.ApprovalService, lineage.LineageService].flatMap((service) =>
    service.methods.map((method) => [`${service.typeName}/${method.name}`, service, method.localName] as const),
  );

  it.each(METHODS)('%s: UNAUTHENTICATED', async (_name, service, method) => {
    for (const token of [undefined, '', 'nobody', `${product.token('caller')}x`]) {
      const client = createClient(service, { address: `127.0.0.1:${product.grpcPort}`, ...(token !== undefined && { token }) });
      const call = (client as unknown as Record<string, (request: unknown) => Promise<unknown> | AsyncIterable<unknown>>)[method];
      const answer = call?.(method === 'decideStream' ? [] : {});
      const failure = answer && Symbol.asyncIterator in answer ? answer[Symbol.asyncIterator]().next() : answer;
      await expect(failure).rejects.toMatchObject({ code: status.UNAUTHENTICATED });
      client.close();
    }
  });

  it('sees health and nothing else', async () => {
    expect(await raw('GET', '/healthz')).toMatchObject({ status: 200, text: 'ok\n' });
    await until(async () => (await raw('GET', '/readyz')).status === 200);
    expect((await raw('GET', '/readyz')).text).toBe('ready\n');
  });
});

describe('who has the wrong role', () => {
  const sql = '{"sql":"SELECT 1"}';

  it.each([
    ['POST', '/v1/decide', 'auditor', '{"action":{"kind":"sql","text":"SELECT 1"}}'],
    ['POST', '/v1/outcomes', 'auditor', '{}'],
    ['POST', '/v1/lineage/query', 'caller', sql],
    ['GET', '/v1/lineage/trace/0a000000-0000-8000-8000-000000000001', 'caller', undefined],
    ['POST', '/v1/lineage/rebuild', 'caller', undefined],
    ['POST', '/v1/tokens', 'caller', '{"subject":"person:eve","roles":["admin"]}'],
    ['GET', '/v1/tokens', 'auditor', undefined],
    ['DELETE', '/v1/tokens/0a000000-0000-8000-8000-000000000001', 'caller', undefined],
  ] as const)('%s %s as %s: 403', async (method, path, name, body) => {
    const headers = body === undefined ? bearer(product.token(name)) : jsonFrom(product.token(name));
    expect(await raw(method, path, headers, body)).toMatchObject({
      status: 403,
      body: { type: 'about:blank', title: 'Forbidden', detail: expect.stringMatching(/role|admin/) },
    });
  });
});

describe('what is no request', () => {
  const nested = `{"action":${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}}`;

  it.each<[string, string, number]>([
    ['a body that is no JSON', '{"action":', 400],
    ['no body', '', 400],
    ['a list', '[]', 400],
    ['null', 'null', 400],
    ['an unknown field', '{"acton":{}}', 400],
    ['a wrong type', '{"action":"DROP TABLE t"}', 400],
    ['bytes that are no base64', '{"action":{"kind":"json","payloadJson":"%%%"}}', 400],
    ['10,000 levels', nested, 400],
    ['an empty request', '{}', 400],
    ['an unknown kind', '{"action":{"kind":"sqll","text":"x"}}', 400],
    ['5 MB', JSON.stringify({ purpose: 'x'.repeat(5 << 20) }), 413],
    ['a prototype', '{"__proto__":{"action":{"kind":"sql","text":"SELECT 1"}}}', 400],
  ])('%s: a problem with a sentence, and nothing broken inside', async (_what, body, code) => {
    const answer = await raw('POST', '/v1/decide', jsonFrom(product.token('caller')), body);
    expect(answer).toMatchObject({ status: code, body: { type: 'about:blank', status: code } });
    expect(answer.type).toContain('application/problem+json');
    expect(answer.body.detail).toMatch(/^.{10,600}$/);
    expect(answer.text).not.toMatch(/node_modules|\bat .*\.[jt]s:/);
  });

  it.each<[string, Record<string, string>, number]>([
    ['text', { 'content-type': 'text/plain' }, 400],
    ['XML', { 'content-type': 'application/xml' }, 415],
  ])('%s in place of JSON', async (_what, headers, code) => {
    const answer = await raw('POST', '/v1/decide', { ...bearer(product.token('caller')), ...headers }, '<x/>');
    expect([answer.status, answer.type]).toEqual([code, expect.stringContaining('application/problem+json')]);
  });

  it('an unknown route and a wrong method are 404', async () => {
    for (const [method, path] of [
      ['GET', '/v2/decide'],
      ['GET', '/v1/decide'],
      ['PUT', '/v1/decide'],
    ] as const) {
      const answer = await raw(method, path, bearer(product.token('caller')));
      expect(answer).toMatchObject({ status: 404, body: { type: 'about:blank', title: 'Not Found', status: 404 } });
    }
  });

  it('half a character in a text is refused or recorded, never swallowed', async () => {
    const answer = await raw(
      'POST',
      '/v1/decide',
      jsonFrom(product.token('caller')),
      '{"action":{"kind":"sql","text":"SELECT \\"\\ud800\\""}}',
    );
    expect([200, 400]).toContain(answer.status);
    expect((await decide()).verdict).toBe('VERDICT_ALLOW');
  });
});

describe('metrics', () => {
  it('count decisions by verdict', async () => {
    const allowed = async () => {
      const { status: code, type, text } = await raw('GET', '/metrics', bearer(product.token('auditor')));
      expect([code, type]).toEqual([200, expect.stringContaining('text/plain')]);
      return Number(/countersign_decisions_total\{verdict="allow"\} (\d+)/.exec(text)?.[1]);
    };
    const before = await allowed();
    await decide();
    expect(await allowed()).toBe(before + 1);
  });
});

describe('a policy that changes while it decides', () => {
  const file = () => join(policy, 'acme.rego');
  const rule = (verdict: string) => `package countersign
import rego.v1
findings contains {"rule": "acme.reload", "code": "reload", "message": "Reloaded.", "severity": "high", "verdict": "${verdict}", "effect": 0} if {
  contains(input.action.text, "reload_me")
}
`;
  const ask = () => decide({ action: { kind: 'sql', text: 'SELECT * FROM reload_me' } });

  it('a bad change is refused and on record, while the one before decides; a good one decides without a restart', async () => {
    const before = await ask();
    expect(before.verdict).toBe('VERDICT_ALLOW');
    writeFileSync(file(), 'package countersign\nimport rego.v1\nfindings contains no_such_function(1)\n');
    await until(async () => (await count("events WHERE type = 'countersign.policy.refused'")) === 1);
    const summary = await product.ask("SELECT summary FROM events WHERE type = 'countersign.policy.refused'");
    expect(summary).toMatch(/no_such_function/);
    expect(await ask()).toMatchObject({ verdict: 'VERDICT_ALLOW', policyDigest: before.policyDigest });
    writeFileSync(file(), rule('deny'));
    await until(async () => (await ask()).verdict === 'VERDICT_DENY');
    const after = await ask();
    expect(after.reasons[0]).toMatchObject({ rule: 'acme.reload', message: 'Reloaded.' });
    expect(after.policyDigest).not.toBe(before.policyDigest);
    rmSync(file());
    await until(async () => (await ask()).verdict === 'VERDICT_ALLOW');
    expect((await ask()).policyDigest).toBe(before.policyDigest);
    await until(async () => (await count("events WHERE type = 'countersign.policy.activated'")) === 3);
  });
});

describe('SIGKILL of the ClickHouse child', () => {
  it('decisions go on, queries come back, each row is there once', async () => {
    const child = product.clickhousePid() ?? 0;
    expect(runs(child)).toBe(true);
    process.kill(child, 'SIGKILL');
    const ids: string[] = [];
    for (let n = 0; n < 50; n++) {
      const { decisionId, position, verdict } = await decide();
      expect([verdict, position?.topic]).toEqual(['VERDICT_ALLOW', 'countersign.decisions.v1']);
      ids.push(decisionId);
    }
    await until(async () => (await count('decisions').catch(() => 0)) > 0);
    expect(product.clickhousePid()).not.toBe(child);
    await until(
      async () => (await count(`decisions WHERE decision_id IN (${ids.map((id) => `'${id}'`).join(',')})`)) >= ids.length,
    );
    expect(await count(`decisions WHERE decision_id IN (${ids.map((id) => `'${id}'`).join(',')})`)).toBe(ids.length);
    expect(await count('(SELECT topic, journal_offset FROM events GROUP BY 1, 2 HAVING count() > 1)')).toBe(0);
    await until(async () => (await raw('GET', '/readyz')).status === 200);
  });
});

describe('a disk that is full for a while', () => {
  it('denies what it cannot record, keeps answering, and records again once there is room', async () => {
    const limit = (bytes: number | 'unlimited') =>
      execFileSync('prlimit', ['--pid', String(product.pid), `--fsize=${bytes}:unlimited`]);
    const payload = () => ({
      action: { kind: 'json', payloadJson: Buffer.from(JSON.stringify('x'.repeat(200_000))).toString('base64') },
    });
    limit(statSync(join(dataDir, 'journal', 'journal.mdb')).size);
    try {
      // The free pages of the file take in some; then nothing fits any more.
      let denied: Json;
      for (let n = 0; n < 50 && denied === undefined; n++) {
        const answer = await decide(payload());
        if (!answer.position) denied = answer;
      }
      expect(denied).toMatchObject({ verdict: 'VERDICT_DENY', reasons: [{ rule: 'countersign.append', code: 'UNAVAILABLE' }] });
      expect(await raw('GET', '/healthz')).toMatchObject({ status: 200 });
    } finally {
      limit('unlimited');
    }
    await until(async () => (await decide()).position !== undefined);
    const { decisionId } = await decide();
    await until(async () => (await count(`decisions WHERE decision_id = '${decisionId}'`)) === 1);
    const verified = execFileSync(process.execPath, [join(import.meta.dirname, '../../cli/bin/countersign.js'), 'verify'], {
      env: { ...process.env, COUNTERSIGN_DATA_DIR: dataDir },
      encoding: 'utf8',
    });
    expect(verified).toMatch(/^The journal is whole: \d+ events/);
  });
});
