/** The whole product remembers what was done before it was killed: what one agent read stops another one of the same owner. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Json, type Product, startProduct } from '@countersign/testkit/survival';
import { afterAll, beforeAll, expect, it } from 'vitest';

let dataDir: string;
let product: Product;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'countersign-memory-'));
  product = await startProduct(dataDir);
});

afterAll(async () => {
  await product.kill('SIGTERM');
  rmSync(dataDir, { recursive: true, force: true });
});

async function tokenOf(subject: string, owner: string): Promise<string> {
  const { body } = await product.call('POST', '/v1/tokens', product.token('admin'), { subject, owner, roles: ['caller'] });
  return body.token as string;
}

async function decide(token: string, text: string, labels: readonly string[] = []): Promise<Json> {
  const resource = { type: 'database', id: 'crm', environment: 'production', labels };
  const { status, body } = await product.call('POST', '/v1/decide', token, {
    action: { kind: 'sql', text },
    resource,
    sessionId: 's',
  });
  expect([status, body]).toEqual([200, expect.anything()]);
  return body;
}

const rulesOf = (body: Json): string[] => body.reasons.map(({ rule }: { rule: string }) => rule);
const EXPORT = "COPY invoices TO '/tmp/invoices.csv'";

it('across agents of one owner, over a kill, and not for others', async () => {
  const [reader, exporter, stranger] = [
    await tokenOf('agent:reader', 'person:ana'),
    await tokenOf('agent:exporter', 'person:ana'),
    await tokenOf('agent:stranger', 'person:bo'),
  ];
  expect(rulesOf(await decide(exporter, EXPORT))).not.toContain('session.after_sensitive_read');
  const read = await decide(reader, 'SELECT name FROM customers WHERE id = 7', ['internal', 'pii']);
  expect(read.verdict).toBe('VERDICT_ALLOW');
  expect(rulesOf(await decide(exporter, EXPORT))).toContain('session.after_sensitive_read');
  await product.kill('SIGKILL');
  product = await startProduct(dataDir);
  expect(rulesOf(await decide(exporter, EXPORT))).toContain('session.after_sensitive_read');
  expect(rulesOf(await decide(stranger, EXPORT))).not.toContain('session.after_sensitive_read');
  const metrics = await (
    await fetch(`${product.http}/metrics`, { headers: { authorization: `Bearer ${product.token('admin')}` } })
  ).text();
  expect(metrics).toMatch(/^countersign_memory_histories\{of="owners"\} [2-9]$/m);
  expect(metrics).toContain('countersign_memory_lag_events 0');
});
