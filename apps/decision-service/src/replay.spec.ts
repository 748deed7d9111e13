/** Promise 7: from the record alone the policy input comes back bit for bit, and with it the same verdict. */
import { type Analyser, openAnalyser } from '@countersign/action';

import { createPolicyHost, type PolicyHost } from '@countersign/policy-wasm';
import { type Journal, TOPICS } from '@countersign/ports';
import { event } from '@countersign/proto';
import { createMemoryJournal } from '@countersign/testkit';
import { signGrant } from '@countersign/identity';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadPolicy } from './policy-source.ts';
import { type Replayed, replayDecision } from './replay.ts';
import {
  DROP,
  fakePolicy,
  GATEWAY,
  GRANT_KEYS,
  type House,
  KEYS,
  openHouse,
  recordOf,
  type Request,
  stored,
  T0_MS,
} from './testing/house.ts';
import { createMemoryStore } from './testing/memory-store.ts';

const VERDICTS = { allow: event.Verdict.ALLOW, deny: event.Verdict.DENY, require_approval: event.Verdict.REQUIRE_APPROVAL };

let journal: Journal;
let house: House;
let policy: PolicyHost;
let analyser: Analyser;

beforeAll(async () => {
  journal = createMemoryJournal();
  policy = createPolicyHost();
  const source = await loadPolicy('');
  expect(source.ok && (await policy.activate(source.value))).toMatchObject({ ok: true });
  // Registered owners and declared ones both end up in the input.
  const ownerOf = (_tenant: string, subject: string) => (subject === 'agent:registered' ? 'person:olga' : undefined);
  house = await openHouse(journal, createMemoryStore(), { policy, ownerOf });
  analyser = await openAnalyser();
});

afterAll(async () => {
  await house.service.stop();
  await analyser.close();
});

const json = (value: unknown) => Buffer.from(JSON.stringify(value));

async function replayed(decisionId: string, sealKey: Uint8Array = KEYS.sealKey): Promise<Replayed> {
  const { bytes } = await recordOf(journal, decisionId);
  const result = await replayDecision(bytes, { ...KEYS, sealKey, analyser }, policy);
  if (!result.ok) throw new Error(result.error);
  return result.value;
}

const grant = signGrant(
  {
    grantId: 'g1',
    approvalId: 'a1',
    tenant: 'default',
    subject: 'agent:else',
    actionDigest: '00'.repeat(32),
    policyDigest: '00'.repeat(32),
    notBeforeMs: T0_MS - 1000,
    expiresAtMs: T0_MS + 60_000,
    uses: 1,
    approvers: ['person:ana', 'person:bo'],
    correlationId: '01900000-0000-7000-8000-000000000000',
  },
  GRANT_KEYS.privateKey,
);

const REQUESTS: readonly (readonly [string, Request])[] = [
  ['the least that can be asked', { action: { kind: 'sql', text: 'SELECT 1' } }],
  ['a deny', DROP],
  [
    'an approval',
    {
      action: { kind: 'sql', text: 'DELETE FROM customers WHERE id = 7' },
      resource: { environment: 'production', labels: ['sensitive'] },
    },
  ],
  [
    'everything at once, with quotes, newlines, emoji and what looks like JSON',
    {
      requestId: 'r-1',
      subject: { id: 'agent:x', owner: 'person:eve', attributesJson: Buffer.from('{ "b":1 , "a" : [1.50,1e3, "\\u0041"] }') },
      delegation: [
        { id: 'person:carl', attributesJson: json({ level: 3 }) },
        { id: 'agent:planner', owner: 'person:emil' },
      ],
      action: {
        kind: 'sql',
        name: 'q"1',
        text: "SELECT '\u{1f600}\\n\"', E'\\x41'\n FROM t -- \u202e",
        dialect: 'pg',
        payloadJson: Buffer.from('[1, {"x" : "y"}]'),
      },
      resource: { type: 'database', id: 'crm\\1', environment: 'prod"uction', labels: ['a', '', 'ü'] },
      purpose: 'line\nbreak\ttab \u0001',
      sessionId: 's-1',
      model: { provider: 'acme', model: 'm-7' },
      traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
      contextJson: Buffer.from('{"ticket":"T-1","n":12345678901234567890}'),
    },
  ],
  ['a purpose that says less than is done', { ...DROP, purpose: 'Look up SHOP-12', declaredEffects: [] }],
  ['a plan that says less than is done', { ...DROP, purpose: 'Look up SHOP-12', declaredEffects: ['read', 'session'] }],
  ['a masked plan', { ...DROP, purpose: 'check password=hunter22', declaredEffects: ['read'] }],
  ['a registered owner over a declared one', { ...DROP, subject: { id: 'agent:registered', owner: 'person:mallory' } }],
  ['what no analyser reads', { action: { kind: 'kubernetes', name: 'apply', payloadJson: json({ kind: 'Pod' }) } }],
  ['an unknown dialect', { action: { kind: 'sql', dialect: 'mysql', text: 'DROP TABLE t' } }],
  ['a text for the worker', { action: { kind: 'sql', text: `SELECT ${Array(2_000).fill('1').join(' + ')}` } }],
  ['a text over the cap of the parser', { action: { kind: 'sql', text: `SELECT '${'x'.repeat(250_000)}'` } }],
  ['a masked text', { action: { kind: 'sql', text: "ALTER ROLE r PASSWORD 'hunter22'; DROP TABLE hunter22" } }],
  [
    'a masked text and subject',
    { ...DROP, purpose: 'password=hunter22', subject: { id: 'agent:x', attributesJson: json({ token: 'abcd1234' }) } },
  ],
  ['a masked payload', { action: { kind: 'json', payloadJson: json({ password: 'hunter22', n: 1 }) } }],
  ['a grant that was forged', { ...DROP, grant: 'a.b.c' }],
  ['a grant of somebody else', { ...DROP, grant }],
];

describe('promise 7', () => {
  it.each(REQUESTS)('%s', async (_what, request) => {
    const { decisionId, verdict } = await house.decide(request, GATEWAY);
    const { recorded } = await recordOf(journal, decisionId);
    const { inputDigest, answer } = await replayed(decisionId);
    expect(Buffer.from(inputDigest)).toEqual(Buffer.from(recorded.inputDigest));
    expect(VERDICTS[answer.verdict]).toBe(verdict);
    expect(recorded.reasons.slice(0, answer.reasons.length).map(({ rule }) => rule)).toEqual(
      answer.reasons.map(({ rule }) => rule),
    );
  });

  it('the rebuilt input is what the policy had been given', async () => {
    const asked = fakePolicy();
    const other = await openHouse(journal, createMemoryStore(), { policy: asked });
    for (const [, request] of REQUESTS) {
      const { decisionId } = await other.decide({ ...request, requestId: '' }, GATEWAY);
      expect((await replayed(decisionId)).input.toString()).toBe(String(asked.inputs.at(-1)));
    }
    await other.service.stop();
  });

  it('asks any policy the same question', async () => {
    const { decisionId } = await house.decide(DROP, GATEWAY);
    const { bytes } = await recordOf(journal, decisionId);
    const candidate = fakePolicy(({ action }) => ({ verdict: action.text === 'DROP TABLE customers' ? 'allow' : 'deny' }));
    const result = await replayDecision(bytes, { ...KEYS, analyser }, candidate);
    expect(result).toMatchObject({ ok: true, value: { answer: { verdict: 'allow' } } });
  });

  it('needs the key where something was masked, and says so', async () => {
    const { decisionId } = await house.decide({ ...DROP, purpose: 'password=hunter22' }, GATEWAY);
    await expect(replayed(decisionId, Buffer.alloc(32, 7))).rejects.toThrow('not with the key at hand');
  });

  it('notices a record that was changed', async () => {
    const { decisionId } = await house.decide(DROP, GATEWAY);
    const { bytes } = await recordOf(journal, decisionId);
    const at = bytes.indexOf('DROP TABLE customers');
    const changed = Buffer.from(bytes);
    changed.write('DROP TABLE customerz', at);
    expect(await replayDecision(changed, { ...KEYS, analyser }, policy)).toMatchObject({ ok: false });
  });

  it('refuses an event that is no decision', async () => {
    const [first] = await stored(journal, TOPICS.policies);
    const bytes = first?.bytes ?? Buffer.alloc(0);
    expect(await replayDecision(bytes, { ...KEYS, analyser }, policy)).toEqual({
      ok: false,
      error: 'countersign.policy.activated is no decision',
    });
  });

  it('the same request at the same time is the same input, byte for byte, from memory and anew', async () => {
    const first = fakePolicy();
    const second = fakePolicy();
    for (const asked of [first, second]) {
      const other = await openHouse(createMemoryJournal(), createMemoryStore(), { policy: asked });
      asked.inputs.length = 0;
      for (const [, request] of REQUESTS) {
        await other.decide({ ...request, requestId: '', grant: '' }, GATEWAY);
        await other.decide({ ...request, requestId: '', grant: '' }, GATEWAY);
      }
      await other.service.stop();
    }
    expect(first.inputs.length).toBe(REQUESTS.length * 2);
    expect(second.inputs.map(String)).toEqual(first.inputs.map(String));
    // What came before is not the same the second time; everything else is.
    const asked = first.inputs.map((input) => String(input).replace(/"session":.*?,"model"/, ''));
    expect(asked.filter((_, index) => index % 2 === 1)).toEqual(asked.filter((_, index) => index % 2 === 0));
  });
});
