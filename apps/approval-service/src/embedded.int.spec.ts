/** The service on the real embedded journal and its real store, over a restart. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbeddedJournal, openProjectionStore } from '@countersign/journal-embedded';
import { approval } from '@countersign/proto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { decisionId, decisionsOf, history, openHouse, principal, recordDecision } from './testing/house.ts';
import { agent, ben, codeOf, listRequest, voteOn } from './testing/scene.ts';

let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'countersign-approvals-'));
});

afterEach(async () => {
  await rm(dir, { recursive: true, force: true });
});

async function open(name: string) {
  const journal = await openEmbeddedJournal({ dir });
  const store = await openProjectionStore({ dir, name });
  const house = await openHouse(journal, store);
  const close = async () => {
    await house.service.stop();
    await store.close();
    await journal.close();
  };
  return { journal, service: house.service, close };
}

it('asks, decides, lists, and knows it all after a restart, with the same store and with a new one', async () => {
  const first = await open('approvals');
  const id = await recordDecision(await decisionsOf(first.journal), decisionId(1));
  expect(codeOf(await first.service.approve(principal('person:ana'), voteOn(id), 'grpc'))).toBe('own_request');
  expect(codeOf(await first.service.approve(ben, voteOn(id), 'grpc'))).toBe('ok');
  const before = await first.service.get(ben, id);
  await first.close();

  for (const name of ['approvals', 'approvals-anew']) {
    const again = await open(name);
    expect(await again.service.get(ben, id)).toEqual(before);
    const listed = await again.service.list(agent, listRequest({ status: approval.ApprovalStatus.GRANTED }));
    expect(listed).toMatchObject({ ok: true, value: { approvals: [{ id }] } });
    expect(await history(again.journal, id)).toEqual(['requested', 'command_refused own_request', 'vote_cast', 'granted']);
    await again.close();
  }
});
