/** Who sees what; lists; waiting. */
import { TOPICS } from '@countersign/ports';
import { approval } from '@countersign/proto';
import { createMemoryJournal } from '@countersign/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { principal, record, T0_MS, until } from './testing/house.ts';
import { createMemoryStore } from './testing/memory-store.ts';
import { agent, ben, codeOf, eva, listRequest, Scene, stranger, voteOn } from './testing/scene.ts';

let scene: Scene;

beforeEach(async () => {
  scene = await Scene.open(createMemoryJournal());
});

afterEach(async () => {
  await scene.close();
});

describe('who sees what', () => {
  it('the tenant’s approvers, auditors and admins see all; a caller its own; the rest nothing', async () => {
    const id = await scene.ask();
    const seers = [
      ben,
      principal('person:aud', ['auditor']),
      principal('person:adm', ['admin']),
      agent,
      principal('agent:gw', ['caller'], { actsFor: ['agent:*'] }),
    ];
    expect(await Promise.all(seers.map(async (who) => codeOf(await scene.service.get(who, id))))).toEqual(seers.map(() => 'ok'));
    const others = [stranger, principal('agent:other', ['caller']), principal('person:ben', ['caller', 'policy_author'])];
    for (const who of others) {
      expect(codeOf(await scene.service.get(who, id))).toBe('not_found');
      await expect(scene.updates(who, id)).rejects.toThrow('not_found');
      expect(await scene.service.list(who, listRequest())).toMatchObject({ ok: true, value: { approvals: [] } });
    }
  });

  it('only the requester’s side gets the grant', async () => {
    const { id } = await scene.granted();
    expect((await scene.updates(ben, id)).at(-1)?.grant).toBeUndefined();
    expect((await scene.updates(principal('agent:gw', ['caller'], { actsFor: ['agent:*'] }), id)).at(-1)?.grant).toMatch(/^ey/);
    scene.clock.atMs = T0_MS + 30_000;
    expect(await scene.grantOf(id)).toBe('');
  });

  it.each(['nope', '', '../x', 'a'.repeat(5_000), '00000000-0000-8000-8000-000000000000'])(
    'an unknown approval (%#) is not found, and not on record',
    async (id) => {
      expect(codeOf(await scene.service.get(ben, id))).toBe('not_found');
      expect(['not_found', 'invalid_argument']).toContain(codeOf(await scene.approve(ben, id)));
      expect(await record(scene.journal, TOPICS.approvalCommands)).toEqual([]);
    },
  );

  it.each<[string, () => Promise<{ ok: boolean }>]>([
    ['no id', () => scene.approve(ben, '')],
    ['a digest of 5 bytes', () => scene.approve(ben, 'x', { actionDigest: new Uint8Array(5) })],
    ['a reason of 2,001 characters', () => scene.approve(ben, 'x', { reason: 'x'.repeat(2_001) })],
    ['no grant', () => scene.redeem(agent, '')],
    ['no use', () => scene.redeem(agent, 'x.y.z', '')],
    [
      'another list’s page',
      () => scene.service.list(ben, listRequest({ pageToken: Buffer.from('list/other/all/').toString('base64url') })),
    ],
    ['no such status', () => scene.service.list(ben, listRequest({ status: 99 as approval.ApprovalStatus }))],
  ])('%s is a bad argument', async (_, call) => {
    expect(codeOf((await call()) as { ok: true })).toBe('invalid_argument');
  });
});

describe('lists', () => {
  it('come in pages, by status, and lose nobody', async () => {
    const ids = [];
    for (let i = 0; i < 7; i++) ids.push(await scene.ask());
    await scene.service.reject(ben, voteOn(ids[3] ?? ''), 'grpc');
    const seen: string[] = [];
    let pageToken = '';
    let pages = 0;
    do {
      const page = await scene.service.list(ben, listRequest({ pageSize: 2, pageToken, status: approval.ApprovalStatus.OPEN }));
      if (!page.ok) throw new Error(page.error.code);
      seen.push(...(page.value.approvals ?? []).map((one) => one.id ?? ''));
      pageToken = page.value.nextPageToken ?? '';
      pages += 1;
    } while (pageToken !== '');
    expect(pages).toBe(3);
    expect(seen.toSorted()).toEqual(ids.filter((_, i) => i !== 3).toSorted());
    const rejected = await scene.service.list(agent, listRequest({ status: approval.ApprovalStatus.REJECTED }));
    expect(rejected).toMatchObject({ ok: true, value: { approvals: [{ id: ids[3] }], nextPageToken: '' } });
  });
});

describe('waiting', () => {
  it('many wait for one; each sees every step; nobody is left behind', async () => {
    const id = await scene.ask({ quorum: 2 });
    const waiting = Array.from({ length: 50 }, () => scene.updates(agent, id));
    await until(() => scene.service.waiting() === 50);
    await scene.approve(ben, id);
    await scene.approve(eva, id);
    const all = await Promise.all(waiting);
    expect(all.map((seen) => seen.at(-1)?.approval?.status)).toEqual(all.map(() => approval.ApprovalStatus.GRANTED));
    expect(scene.service.waiting()).toBe(0);
  });

  it('ends when its caller leaves, and leaves nothing behind', async () => {
    const id = await scene.ask();
    const leaving = new AbortController();
    const waiting = scene.updates(agent, id, leaving.signal);
    await until(() => scene.service.waiting() === 1);
    leaving.abort();
    expect(await waiting).toHaveLength(1);
    expect(scene.service.waiting()).toBe(0);
  });

  it('is bounded', async () => {
    await scene.restart(createMemoryStore(), { bounds: { maxWaiters: 1 } });
    const id = await scene.ask();
    const leaving = new AbortController();
    const first = scene.updates(agent, id, leaving.signal);
    await until(() => scene.service.waiting() === 1);
    await expect(scene.updates(agent, id)).rejects.toThrow('too_many_waiters');
    leaving.abort();
    await first;
    expect(await Promise.all([scene.updates(agent, id, AbortSignal.abort())])).toHaveLength(1);
  });

  it('ends when the service stops', async () => {
    const id = await scene.ask();
    const waiting = scene.updates(agent, id);
    await until(() => scene.service.waiting() === 1);
    await scene.service.stop();
    expect(await waiting).toHaveLength(1);
  });
});
