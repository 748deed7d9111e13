/** What was declared reaches policy beside what would be done, and the risk is recorded with its parts. */
import type { Journal } from '@countersign/ports';
import { createMemoryJournal } from '@countersign/testkit';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { DROP, type FakePolicy, fakePolicy, type House, openHouse, recordOf, SELECT } from './testing/house.ts';
import { createMemoryStore } from './testing/memory-store.ts';

let journal: Journal;
let policy: FakePolicy;
let house: House;

beforeEach(async () => {
  journal = createMemoryJournal();
  policy = fakePolicy();
  house = await openHouse(journal, createMemoryStore(), { policy });
});

afterEach(() => house.service.stop());

const lastIntent = () => (JSON.parse(policy.inputs.at(-1)!.toString()) as { intent: unknown }).intent;

it('hands the contradiction to policy', async () => {
  await house.decide({ ...DROP, purpose: 'Look up the customers of SHOP-12' });
  const contradiction = { declared: ['read'], undeclared: ['schema_drop'], mismatch: true, ticket: 'SHOP-12', by: 'purpose' };
  expect(lastIntent()).toEqual(contradiction);
});

it('compares the same purpose with each action anew', async () => {
  const purpose = 'Look up the customers';
  const mismatches: unknown[] = [];
  for (const asked of [DROP, SELECT, DROP, SELECT]) {
    await house.decide({ ...asked, purpose });
    mismatches.push((lastIntent() as { mismatch: boolean }).mismatch);
  }
  expect(mismatches).toEqual([true, false, true, false]);
});

it('records the plan, and takes it before the words of the purpose', async () => {
  const { decisionId } = await house.decide({ ...DROP, purpose: 'Look up a customer', declaredEffects: ['schema_drop'] });
  expect(lastIntent()).toMatchObject({ declared: ['schema_drop'], mismatch: false, by: 'plan' });
  const { recorded } = await recordOf(journal, decisionId);
  expect(recorded.request?.declaredEffects).toEqual(['schema_drop']);
});

it('is null where nothing is declared', async () => {
  await house.decide({ ...DROP, purpose: 'The usual' });
  expect(lastIntent()).toBeNull();
});

it('another plan under the same request_id is another request', async () => {
  const request = { ...SELECT, requestId: 'r-1' };
  await house.decide({ ...request, declaredEffects: ['read'] });
  await expect(house.decide({ ...request, declaredEffects: ['write'] })).rejects.toThrow('request_id');
});

it('answers and records the parts of the risk', async () => {
  const answer = await house.decide({ ...DROP, resource: { environment: 'Staging', labels: ['x', 'PII'] } });
  const { recorded } = await recordOf(journal, answer.decisionId);
  const parts = recorded.riskParts.map(({ factor, value }) => `${factor} ${value}`);
  expect(parts).toEqual(['kind:schema_drop 85', 'scope:one 80', 'reversible:no 125', 'environment:staging 60', 'label:pii 125']);
  expect(answer.riskParts).toEqual(recorded.riskParts);
  expect(answer.risk).toBe(Math.floor(85 * 0.8 * 1.25 * 0.6 * 1.25));
});
