/** Kills the service between any two of its steps, with and without its read model, and compares the record with an undisturbed one. */
import type { Actor, Command } from '@countersign/approval';
import { uuidV8 } from '@countersign/kernel';
import { type Journal, type ProjectionStore, TOPICS } from '@countersign/ports';
import { createMemoryJournal } from '@countersign/testkit';
import { approvalCommandDraft, type Event, openProducer } from '@countersign/wire';
import { describe, expect, it } from 'vitest';
import {
  ACTION,
  approvalIdOf,
  decisionId,
  decisionsOf,
  history,
  openHouse,
  POLICY,
  record,
  recordDecision,
  T0_MS,
  until,
} from './testing/house.ts';
import { createMemoryStore } from './testing/memory-store.ts';
import { type Death, mortalJournal, mortalStore } from './testing/mortal.ts';

const ONE = approvalIdOf(decisionId(1));
const TWO = approvalIdOf(decisionId(2));
const FOREVER = Number.MAX_SAFE_INTEGER;

const actor = (subject: string): Actor => ({ subject, owner: '', tokenId: 't', roles: ['approver'] });

/** A history with everything in it: outcomes, refusals, repeats, two approvals interleaved. */
function script(): Command[] {
  const base = (approvalId: string, n: number) => ({ commandId: `c${n}`, approvalId, tenant: 'default', atMs: T0_MS + n });
  const vote = (n: number, id: string, who: string, approve = true): Command => ({
    ...{
      type: 'Vote',
      ...base(id, n),
      by: actor(who),
      approve,
      reason: '',
      actionDigest: ACTION.toString('hex'),
      channel: 'grpc',
    },
  });
  const redeem = (n: number, redeemedFor: string): Command => ({
    ...{
      type: 'Redeem',
      ...base(ONE, n),
      by: actor('agent:bot'),
      grantId: uuidV8('grant', ONE),
      redeemedFor,
      subject: 'agent:bot',
    },
    ...{ actionDigest: ACTION.toString('hex'), policyDigest: POLICY.toString('hex') },
  });
  return [
    vote(1, ONE, 'person:ana'),
    vote(2, ONE, 'person:ben'),
    vote(3, TWO, 'person:eva'),
    vote(3, TWO, 'person:eva'),
    vote(4, ONE, 'person:eva'),
    redeem(5, 'r1'),
    redeem(6, 'r1'),
    redeem(7, 'r2'),
    vote(8, TWO, 'person:ben', false),
    { type: 'Lapse', ...base(TWO, 9) },
    { type: 'Revoke', ...base(ONE, 10), by: actor('person:ben'), reason: '' },
    vote(11, TWO, 'person:zoe'),
  ];
}

const EXPECTED_ONE = [
  'requested',
  'command_refused own_request',
  'vote_cast',
  'vote_cast',
  'granted',
  'redeemed',
  'command_refused repeated',
  'command_refused already_used',
  'command_refused not_open',
];
const EXPECTED_TWO = ['requested', 'vote_cast', 'command_refused repeated', 'vote_cast', 'rejected', 'command_refused not_open'];

/** Two approvals are open and the script is on record, but undecided. */
async function scene(): Promise<{ journal: Journal; store: ProjectionStore }> {
  const journal = createMemoryJournal();
  const store = createMemoryStore();
  const decisions = await decisionsOf(journal);
  for (const n of [1, 2]) await recordDecision(decisions, decisionId(n), { quorum: 2 });
  const house = await openHouse(journal, store);
  await until(async () => (await record(journal)).length === 2);
  await house.service.stop();
  const commands = await openProducer({ journal, topic: TOPICS.approvalCommands, service: 'somebody', instance: 'test' });
  await commands.publish(
    script().map((one) => approvalCommandDraft(one, { correlationId: '', causationId: '', traceparent: '' })),
  );
  return { journal, store };
}

/** Lives until the death comes, or until everything is decided; says whether it died. */
async function live(journal: Journal, store: ProjectionStore, death: Death): Promise<boolean> {
  const opened = await openHouse(mortalJournal(journal, death), mortalStore(store, death), {
    bounds: { lapseCheckMs: 1_000_000 },
  }).catch(() => undefined);
  if (!opened) return true;
  await until(async () => death.left < 0 || (await settled(journal)));
  const died = death.left < 0;
  death.left = died ? -1 : FOREVER;
  await opened.service.stop().catch(() => undefined);
  return died;
}

async function settled(journal: Journal): Promise<boolean> {
  const [next, head] = await Promise.all([
    journal.position('approval-service', TOPICS.approvalCommands, 0),
    journal.head(TOPICS.approvalCommands, 0),
  ]);
  const [nextDecision, decisions] = await Promise.all([
    journal.position('approval-service', TOPICS.decisions, 0),
    journal.head(TOPICS.decisions, 0),
  ]);
  return next === head && nextDecision === decisions;
}

/** Without the producer's stamp, which says who wrote it and after what. */
const fact = ({ producer: _, prevHash: __, ...rest }: Event) => rest;

describe('after a crash', () => {
  it('the undisturbed record is what the script says', async () => {
    const { journal, store } = await scene();
    await live(journal, store, { left: FOREVER });
    expect(await history(journal, ONE)).toEqual(EXPECTED_ONE);
    expect(await history(journal, TWO)).toEqual(EXPECTED_TWO);
  });

  it.each([
    ['with its read model', (store: ProjectionStore) => store],
    ['without its read model', () => createMemoryStore()],
  ])('at any step, %s: the same events, none twice, none lost', async (_, storeAfter) => {
    const undisturbed = await scene();
    await live(undisturbed.journal, undisturbed.store, { left: FOREVER });
    const expected = (await record(undisturbed.journal)).map(fact);
    let deaths = 0;
    for (let steps = 0; ; steps++) {
      const { journal, store } = await scene();
      const died = await live(journal, store, { left: steps });
      deaths += died ? 1 : 0;
      await live(journal, storeAfter(store), { left: FOREVER });
      expect((await record(journal)).map(fact), `killed after ${steps} steps`).toEqual(expected);
      if (!died) break;
    }
    expect(deaths).toBeGreaterThan(15);
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9])('an append that was cut off after %i records is completed', async (torn) => {
    const undisturbed = await scene();
    await live(undisturbed.journal, undisturbed.store, { left: FOREVER });
    const expected = (await record(undisturbed.journal)).map(fact);
    const stored = (events: unknown[]) => events.length === 2 + torn;
    let cut = 0;
    for (let steps = 0; steps < 40; steps++) {
      const { journal, store } = await scene();
      await live(journal, store, { left: steps, torn });
      cut += stored(await record(journal)) ? 1 : 0;
      await live(journal, store, { left: FOREVER });
      expect((await record(journal)).map(fact), `cut off after ${steps} steps`).toEqual(expected);
    }
    expect(cut).toBeGreaterThan(0);
  });

  it('at any step of the recovery from a crash, with everything of its own lost: the same', async () => {
    const undisturbed = await scene();
    await live(undisturbed.journal, undisturbed.store, { left: FOREVER });
    const expected = (await record(undisturbed.journal)).map(fact);
    for (let steps = 0, died = true; died; steps++) {
      const { journal, store } = await scene();
      // All is recorded, but where it was recorded up to is forgotten.
      await live(journal, store, { left: FOREVER });
      await journal.commit('approval-service', TOPICS.approvalCommands, 0, 0);
      const rebuilt = createMemoryStore();
      died = await live(journal, rebuilt, { left: steps });
      await live(journal, rebuilt, { left: FOREVER });
      expect((await record(journal)).map(fact), `killed again after ${steps} steps`).toEqual(expected);
    }
  });

  it('while taking in decisions: each asks once', async () => {
    for (let steps = 0, died = true; died; steps++) {
      const journal = createMemoryJournal();
      const store = createMemoryStore();
      const decisions = await decisionsOf(journal);
      for (const n of [1, 2, 3]) await recordDecision(decisions, decisionId(n));
      died = await live(journal, store, { left: steps });
      await live(journal, store, { left: FOREVER });
      const events = await record(journal);
      expect(events.map((one) => one.stream)).toEqual([1, 2, 3].map((n) => `approval/${approvalIdOf(decisionId(n))}`));
    }
  });

  it('a store that has seen another journal is built anew', async () => {
    const { journal, store } = await scene();
    await live(journal, store, { left: FOREVER });
    const fresh = createMemoryJournal();
    await recordDecision(await decisionsOf(fresh), decisionId(1));
    const house = await openHouse(fresh, store);
    await until(async () => (await record(fresh)).length === 1);
    expect(house.logged).toEqual(['the read model of the approvals is of another journal and is built anew']);
    expect(house.service.ready()).toEqual({ ready: true, detail: 'ok' });
    await house.service.stop();
  });

  it('a journal that fails for a while: the service says so, and goes on by itself', async () => {
    const journal = createMemoryJournal();
    await recordDecision(await decisionsOf(journal), decisionId(1));
    const death = { left: 25 };
    const house = await openHouse(mortalJournal(journal, death), createMemoryStore());
    await recordDecision(await decisionsOf(journal), decisionId(2));
    death.left = 0;
    await until(() => !house.service.ready().ready);
    expect(house.service.ready().detail).toContain('killed');
    death.left = FOREVER;
    await until(() => house.service.ready().ready);
    await until(async () => (await record(journal)).length === 2);
    await house.service.stop();
  });
});
