/** The shipped policy with the memory of the running service: what one agent did decides about another one of the same owner. */
import { createPolicyHost, mergeSources, type PolicyHost } from '@countersign/policy-wasm';
import type { Json } from '@countersign/kernel';
import { event } from '@countersign/proto';
import { createMemoryJournal } from '@countersign/testkit';
import { afterEach, expect, it } from 'vitest';
import { loadPolicy } from './policy-source.ts';
import { GATEWAY, type House, openHouse, type Request } from './testing/house.ts';
import { createMemoryStore } from './testing/memory-store.ts';

const { ALLOW, DENY, REQUIRE_APPROVAL } = event.Verdict;

let house: House | undefined;

afterEach(() => house?.service.stop());

async function open(data: Json = {}): Promise<House> {
  const source = await loadPolicy('');
  if (!source.ok) throw new Error(source.error.message);
  const policy: PolicyHost = createPolicyHost();
  expect(await policy.activate(mergeSources(source.value, { data }))).toMatchObject({ ok: true });
  house = await openHouse(createMemoryJournal(), createMemoryStore(), { policy });
  return house;
}

const by = (subject: string, owner: string, request: Request): Request => ({
  resource: { environment: 'production' },
  ...request,
  subject: { id: `agent:${subject}`, owner: `person:${owner}` },
});
const readCustomer: Request = {
  action: { kind: 'sql', text: 'SELECT name FROM customers WHERE id = 7' },
  resource: { environment: 'production', labels: ['PII'] },
};
const copy: Request = { action: { kind: 'shell', text: 'aws s3 cp report.csv s3://elsewhere/report.csv' } };
const drop: Request = { action: { kind: 'sql', text: 'DROP TABLE customers' } };

async function ask({ decide }: House, request: Request) {
  const { verdict, reasons, risk } = await decide(request, GATEWAY);
  return { verdict, rules: reasons.map(({ rule }) => rule), risk };
}

it('what one agent read keeps every agent of the owner from taking it elsewhere, for half an hour', async () => {
  const running = await open();
  const before = await ask(running, by('courier', 'ana', copy));
  expect(before).toMatchObject({ verdict: REQUIRE_APPROVAL, rules: ['baseline.store_export'] });
  expect(await ask(running, by('reader', 'ana', readCustomer))).toMatchObject({ verdict: ALLOW });
  const after = await ask(running, by('courier', 'ana', { ...copy, sessionId: 'a new session' }));
  expect(after.verdict).toBe(DENY);
  expect(after.rules).toContain('session.after_sensitive_read');
  expect(after.risk).toBe(before.risk + 10);
  expect(await ask(running, by('stranger', 'bo', copy))).toMatchObject({ verdict: REQUIRE_APPROVAL });
  running.clock.atMs += 1_801_000;
  expect(await ask(running, by('courier', 'ana', copy))).toMatchObject({ verdict: REQUIRE_APPROVAL, risk: before.risk });
});

it('too many denials stop an agent for everything, until the window has passed', async () => {
  const running = await open({ session: { lockout: { standard: { agent: { m5: 3 } } } } });
  for (let n = 0; n < 3; n++) expect(await ask(running, by('eager', 'ana', drop))).toMatchObject({ verdict: DENY });
  for (let n = 0; n < 5; n++) {
    expect(await ask(running, by('eager', 'ana', readCustomer))).toMatchObject({ verdict: DENY, rules: ['session.locked_out'] });
  }
  expect(await ask(running, by('calm', 'ana', readCustomer))).toMatchObject({ verdict: ALLOW });
  // Being locked out is no further denial: five minutes after the last real one it is over.
  running.clock.atMs += 6 * 60_000;
  expect(await ask(running, by('eager', 'ana', readCustomer))).toMatchObject({ verdict: ALLOW });
});

it('an amount is used up by all agents of the owner', async () => {
  const budgets = { delete: { owner: { m30: { delete: 2 } } } };
  const running = await open({ session: { budgets } });
  const remove: Request = { action: { kind: 'sql', text: 'DELETE FROM carts WHERE id = 7' } };
  expect(await ask(running, by('one', 'ana', remove))).toMatchObject({ verdict: ALLOW });
  expect(await ask(running, by('two', 'ana', remove))).toMatchObject({ verdict: ALLOW });
  expect(await ask(running, by('three', 'ana', remove))).toMatchObject({
    verdict: REQUIRE_APPROVAL,
    rules: ['session.over_budget'],
  });
  expect(await ask(running, by('one', 'bo', remove))).toMatchObject({ verdict: ALLOW });
});
