/** Promise 6: decided on the unmasked, stored, answered and logged masked; verbs, targets and hosts stay. */
import { fromBinary } from '@bufbuild/protobuf';
import type { Journal } from '@countersign/ports';
import { decision, event } from '@countersign/proto';
import { createMemoryJournal } from '@countersign/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Refused } from './refusal.ts';
import { unseal } from './seal.ts';
import {
  CALLER,
  encodeRequest,
  type FakePolicy,
  fakePolicy,
  GATEWAY,
  type House,
  KEYS,
  openHouse,
  recordOf,
  type Request,
  stored,
} from './testing/house.ts';
import { createMemoryStore } from './testing/memory-store.ts';

const SECRET = 'hunter22-Tr0ub4dor';

let journal: Journal;
let policy: FakePolicy;
let house: House;

beforeAll(async () => {
  journal = createMemoryJournal();
  policy = fakePolicy();
  house = await openHouse(journal, createMemoryStore(), { policy });
});

beforeEach(() => (policy.answer = () => ({ verdict: 'allow' })));

afterAll(() => house.service.stop());

const json = (value: unknown) => Buffer.from(JSON.stringify(value));
const sql = (text: string): Request => ({ action: { kind: 'sql', text } });

/** Everything that leaves the process or outlives it. */
async function traces(request: Request, principal = CALLER) {
  const answer = await house.decideBytes(request, principal);
  const { decisionId } = fromBinary(decision.DecideResponseSchema, answer);
  const { bytes, recorded } = await recordOf(journal, decisionId);
  return { answer, bytes, recorded, text: Buffer.concat([answer, bytes]).toString('latin1') + house.logged.join('\n') };
}

describe('a secret is in no stored byte, in no answer and in no log', () => {
  it.each<[string, Request, readonly string[]]>([
    ['PASSWORD in SQL', sql(`ALTER ROLE reporting WITH PASSWORD '${SECRET}'`), ['ALTER ROLE reporting']],
    [
      'a connection string',
      sql(`SELECT dblink_exec('host=db7.acme.net dbname=crm password=${SECRET}', 'DROP TABLE orders')`),
      ['db7.acme.net', 'DROP TABLE orders'],
    ],
    [
      'a URL',
      { action: { kind: 'shell', text: `psql postgres://app:${SECRET}@db7.acme.net/crm -c 'DROP TABLE orders'` } },
      ['db7.acme.net', 'DROP TABLE orders'],
    ],
    [
      'a bearer token',
      { action: { kind: 'shell', text: `curl -H "Authorization: Bearer ${SECRET}" -X DELETE https://api.acme.net/v1/users/7` } },
      ['-X DELETE https://api.acme.net/v1/users/7'],
    ],
    [
      'a user mapping',
      sql(`CREATE USER MAPPING FOR app SERVER remote OPTIONS (user 'bob', password '${SECRET}')`),
      ['USER MAPPING FOR app SERVER remote'],
    ],
    [
      'a labelled field of the payload',
      { action: { kind: 'mcp_tool', name: 'login', payloadJson: json({ host: 'db7.acme.net', password: SECRET }) } },
      ['db7.acme.net', 'login'],
    ],
    [
      'deep in the payload',
      { action: { kind: 'function_call', name: 'run', payloadJson: json([[{ env: { DB_PASSWORD: SECRET }, cmd: 'deploy' }]]) } },
      ['deploy'],
    ],
    ['the purpose', { ...sql('DROP TABLE orders'), purpose: `ticket 7, password=${SECRET}` }, ['DROP TABLE orders', 'ticket 7']],
    [
      'the context',
      { ...sql('DROP TABLE orders'), contextJson: json({ ci: { api_key: SECRET }, branch: 'main' }) },
      ['branch', 'main'],
    ],
    [
      'the subject’s attributes',
      { ...sql('DROP TABLE orders'), subject: { id: 'agent:bot', attributesJson: json({ token: SECRET, team: 'data' }) } },
      ['team', 'data'],
    ],
    [
      'a link’s attributes',
      { ...sql('DROP TABLE orders'), delegation: [{ id: 'person:ana', attributesJson: json({ client_secret: SECRET }) }] },
      ['person:ana'],
    ],
    [
      'the resource',
      { ...sql('DROP TABLE orders'), resource: { type: 'database', id: `postgres://app:${SECRET}@db7.acme.net/crm` } },
      ['db7.acme.net'],
    ],
    ['a label', { ...sql('DROP TABLE orders'), resource: { labels: ['pii', `token=${SECRET}`] } }, ['pii']],
    ['the tool’s name', { action: { kind: 'mcp_tool', name: `login --password ${SECRET}`, text: 'x' } }, ['login']],
    ['the dialect', { action: { kind: 'sql', dialect: `password=${SECRET}`, text: 'SELECT 1' } }, ['SELECT 1']],
    ['the model', { ...sql('DROP TABLE orders'), model: { provider: 'acme', model: `m7 api_key=${SECRET}` } }, ['acme', 'm7']],
    ['the trace context', { ...sql('DROP TABLE orders'), traceparent: `token=${SECRET}` }, ['DROP TABLE orders']],
    [
      'a payload that names it again without a label',
      { action: { kind: 'json', payloadJson: json({ password: SECRET, note: `it is ${SECRET}, twice` }) } },
      ['it is', 'twice'],
    ],
    [
      'a purpose that names it again without a label',
      { ...sql(`ALTER ROLE reporting PASSWORD '${SECRET}'`), purpose: `set it to ${SECRET}` },
      ['set it to'],
    ],
    [
      'a context that names it again without a label',
      { ...sql(`ALTER ROLE reporting PASSWORD '${SECRET}'`), contextJson: json({ note: SECRET, n: 1 }) },
      ['note'],
    ],
  ])('%s', async (_where, request, kept) => {
    const { text, recorded } = await traces(request);
    expect(text).not.toContain(SECRET);
    for (const word of kept) expect(text).toContain(word);
    expect(recorded.masked.length).toBeGreaterThan(0);
    expect(recorded.request?.requestId).toBe('');
  });

  it.each<[string, Request]>([
    ['the text', sql(`ALTER ROLE reporting PASSWORD '${SECRET}'`)],
    ['the payload', { action: { kind: 'json', payloadJson: json({ password: SECRET }) } }],
    ['the context', { ...sql('SELECT 1'), contextJson: json({ api_key: SECRET }) }],
    ['the purpose', { ...sql('SELECT 1'), purpose: `password=${SECRET}` }],
    ['the attributes', { ...sql('SELECT 1'), subject: { id: 'agent:bot', attributesJson: json({ token: SECRET }) } }],
  ])('a policy that quotes it from %s, bare, in a reason and in duties', async (_where, request) => {
    let seen = '';
    policy.answer = (input) => {
      seen = JSON.stringify(input);
      return {
        verdict: 'require_approval',
        reasons: [{ rule: 'acme.quote', code: 'quote', message: `This uses ${SECRET} on orders.` }],
        obligations: [{ id: 'log', params: { [SECRET]: 1, list: [`a ${SECRET}`], n: 7 } }],
      };
    };
    const { text, recorded } = await traces(request);
    expect(seen).toContain(SECRET);
    expect(text).not.toContain(SECRET);
    expect(recorded.reasons[0]?.message).toMatch(/^This uses «.*» on orders\.$/);
    expect(JSON.parse(String(Buffer.from(recorded.obligations[0]?.paramsJson ?? [])))).toMatchObject({ n: 7 });
  });

  it('a policy that throws with it', async () => {
    policy.answer = () => {
      throw new Error(`cannot compare ${SECRET}`);
    };
    expect((await traces(sql(`ALTER ROLE reporting PASSWORD '${SECRET}'`))).text).not.toContain(SECRET);
  });

  it('a policy that quotes it, asked with a grant that does not count', async () => {
    policy.answer = () => ({ verdict: 'deny', reasons: [{ rule: 'a', code: 'b', message: `No ${SECRET}.` }] });
    const { text, recorded } = await traces({ ...sql(`ALTER ROLE reporting PASSWORD '${SECRET}'`), grant: 'not.a.grant' });
    expect(recorded.reasons.map(({ rule }) => rule)).toEqual(['a', 'countersign.grant']);
    expect(text).not.toContain(SECRET);
  });

  it('the grant itself is not recorded', async () => {
    const grant = 'eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiJhZ2VudDpib3QifQ.c2lnbmF0dXJl';
    const { bytes, recorded } = await traces({ ...sql('SELECT 1'), grant });
    expect(bytes.toString('latin1')).not.toContain(grant.slice(0, 20));
    expect(recorded.masked).toEqual([]);
  });

  it('what a caller reports afterwards', async () => {
    const { decisionId } = await house.decide(sql('SELECT 1'));
    const detail = `psql: FATAL for postgres://app:${SECRET}@db7.acme.net/crm`;
    await house.service.report({ decisionId, correlationId: '', outcome: 'failed', detail, rowsAffected: 0n }, CALLER);
    const last = (await stored(journal)).at(-1);
    expect(last?.event.data).toMatchObject({
      case: 'outcomeReported',
      value: { detail: expect.stringContaining('db7.acme.net') },
    });
    expect(last?.bytes.toString('latin1')).not.toContain(SECRET);
  });

  it('fields that nobody knows are not recorded, since nobody masked them', async () => {
    const unknown = Buffer.concat([Buffer.from([0xf2, 0x07, SECRET.length]), Buffer.from(SECRET)]);
    const answer = await house.service.decide(Buffer.concat([encodeRequest(sql('SELECT 1')), unknown]), CALLER);
    const { decisionId } = fromBinary(decision.DecideResponseSchema, answer);
    expect((await recordOf(journal, decisionId)).bytes.toString('latin1')).not.toContain(SECRET);
  });
});

describe('what is no secret stays', () => {
  it('a table that is called like the password is still the target, for policy, record and answer', async () => {
    const { recorded, answer } = await traces({
      ...sql("ALTER ROLE reporting PASSWORD 'customers'; DROP TABLE customers"),
      resource: { type: 'database', id: 'customers' },
    });
    const drops = (effects: readonly event.Effect[]) => effects.filter(({ kind }) => kind === 'schema_drop');
    const target = [{ targets: [{ type: 'table', name: 'customers' }] }];
    expect(drops(recorded.effects)).toMatchObject(target);
    expect(drops(fromBinary(decision.DecideResponseSchema, answer).effects)).toMatchObject(target);
    expect(recorded.request?.resource?.id).toBe('customers');
    expect(recorded.request?.action?.text).toBe("ALTER ROLE reporting PASSWORD '«password»'; DROP TABLE customers");
  });

  it('spans point at the same words in the masked text', async () => {
    const { recorded } = await traces(sql(`ALTER ROLE reporting PASSWORD '${SECRET}'; DROP TABLE customers`));
    const { text = '' } = recorded.request?.action ?? {};
    const words = recorded.effects.map(({ span }) => text.slice(span?.start, span?.end));
    expect(words).toContain('DROP TABLE customers');
  });

  it('a request without a secret is recorded as the very bytes that came in, unsealed', async () => {
    const request = encodeRequest({ ...sql('SELECT 1'), purpose: 'look', subject: { id: 'agent:bot', owner: 'person:ana' } });
    const { decisionId } = fromBinary(decision.DecideResponseSchema, await house.service.decide(request, CALLER));
    const { bytes, recorded } = await recordOf(journal, decisionId);
    expect(bytes.includes(request)).toBe(true);
    expect([recorded.masked, recorded.sealed]).toEqual([[], undefined]);
  });
});

describe('the sealed original', () => {
  it('opens with the key to exactly what was asked', async () => {
    const text = `ALTER ROLE reporting PASSWORD '${SECRET}'`;
    const asked: Request = {
      ...sql(text),
      subject: { id: 'agent:other', owner: 'person:eve', attributesJson: json({ token: SECRET }) },
      resource: { type: 'database', id: 'crm', environment: 'production', labels: ['pii', ''] },
      purpose: `why ${SECRET}`,
      contextJson: Buffer.from('{ "n" : 1.50 , "n" : 2 }'),
    };
    const { recorded } = await traces(asked, GATEWAY);
    const { sealed, decisionId } = recorded;
    const opened = unseal(KEYS.sealKey, decisionId, sealed ?? { keyId: '', nonce: Buffer.alloc(0), ciphertext: Buffer.alloc(0) });
    const original = fromBinary(event.RecordedRequestSchema, opened.ok ? opened.value : Buffer.alloc(0));
    expect(original.action?.text).toBe(text);
    expect(original).toMatchObject({
      purpose: `why ${SECRET}`,
      resource: { labels: ['pii', ''] },
      subject: { id: 'agent:other' },
    });
    expect(Buffer.from(original.contextJson).toString()).toBe('{ "n" : 1.50 , "n" : 2 }');
  });

  it('opens with no other key, for no other decision and not when it was changed', async () => {
    const { recorded } = await traces(sql(`ALTER ROLE reporting PASSWORD '${SECRET}'`));
    const { sealed, decisionId } = recorded;
    const { keyId = '', nonce = Buffer.alloc(0), ciphertext = Buffer.alloc(0) } = sealed ?? {};
    const whole = { keyId, nonce, ciphertext };
    const changed = Buffer.from(ciphertext);
    changed[0] = (changed[0] ?? 0) ^ 1;
    expect(unseal(KEYS.sealKey, decisionId, whole).ok).toBe(true);
    expect(unseal(Buffer.alloc(32, 9), decisionId, whole)).toMatchObject({ ok: false });
    expect(unseal(KEYS.sealKey, 'another', whole)).toMatchObject({ ok: false });
    expect(unseal(KEYS.sealKey, decisionId, { ...whole, ciphertext: changed })).toMatchObject({ ok: false });
    expect(unseal(KEYS.sealKey, decisionId, { ...whole, ciphertext: Buffer.alloc(3) })).toMatchObject({ ok: false });
  });
});

describe('keys of the record that look like a secret are refused, and nothing is recorded', () => {
  const TOKEN = `ghp_${'a1B2c3D4e5'.repeat(4).slice(0, 36)}`;

  it.each<[string, Request]>([
    ['request_id', { ...sql('SELECT 1'), requestId: TOKEN }],
    ['session_id', { ...sql('SELECT 1'), sessionId: `password=${SECRET}` }],
    ['subject.id', { ...sql('SELECT 1'), subject: { id: `agent:${TOKEN}` } }],
    ['delegation.id', { ...sql('SELECT 1'), delegation: [{ id: `agent:${TOKEN}` }] }],
    ['subject.owner', { ...sql('SELECT 1'), subject: { id: 'agent:x', owner: `person:${TOKEN}` } }],
  ])('%s', async (name, request) => {
    const before = (await stored(journal)).length;
    const refused = await house.decide(request, GATEWAY).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(Refused);
    expect((refused as Refused).code).toBe('invalid');
    expect((refused as Refused).message).toContain(name);
    expect((refused as Refused).message).not.toContain(TOKEN);
    expect((await stored(journal)).length).toBe(before);
  });
});
