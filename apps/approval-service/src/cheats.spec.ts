/** The cheats that promises 4 and 5 are there for: each is refused, and on record. */
import { generateKeyPairSync } from 'node:crypto';
import { type GrantClaims, signGrant, verifyGrant } from '@countersign/identity';
import { type Principal } from '@countersign/kernel';
import { TOPICS } from '@countersign/ports';
import { approval } from '@countersign/proto';
import { approvalCommandDraft, openProducer, redeemOutcomeOf, watchApprovals } from '@countersign/wire';
import { createMemoryJournal } from '@countersign/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ACTION, history, KEYS, POLICY, principal, record, T0_MS } from './testing/house.ts';
import { agent, ben, codeOf, eva, Scene, stranger } from './testing/scene.ts';

let scene: Scene;

beforeEach(async () => {
  scene = await Scene.open(createMemoryJournal());
});

afterEach(async () => {
  await scene.close();
});

describe('promise 4: each way to approve one’s own action is refused and on record', () => {
  it.each<[string, Principal, string]>([
    ['the agent itself', agent, 'own_request'],
    ["the agent's owner", principal('person:ana'), 'own_request'],
    [
      "the agent's owner with every role",
      principal('person:ana', ['admin', 'approver', 'auditor', 'caller', 'policy_author']),
      'own_request',
    ],
    ['a member of the delegation chain', principal('person:carl'), 'own_request'],
    ['the owner of an agent in the chain', principal('person:emil'), 'own_request'],
    ["the token's owner", principal('person:dora'), 'own_request'],
    ['another agent of the same owner', principal('agent:twin', ['approver'], { owner: 'person:ana' }), 'own_request'],
    ['an agent with the role', principal('agent:judge', ['approver'], { owner: 'person:ben' }), 'not_eligible'],
    ['a person without the role', principal('person:ben', ['caller']), 'not_eligible'],
  ])('%s', async (_, who, code) => {
    const id = await scene.ask();
    expect(codeOf(await scene.approve(who, id))).toBe(code);
    expect(await history(scene.journal, id)).toEqual(['requested', `command_refused ${code}`]);
    const refused = (await record(scene.journal)).at(-1)?.data;
    expect(refused).toMatchObject({ case: 'approvalCommandRefused', value: { by: who.subject, command: 'vote' } });
  });

  it('the same person twice towards a quorum of two', async () => {
    const id = await scene.ask({ quorum: 2 });
    await scene.approve(ben, id);
    expect(codeOf(await scene.approve(ben, id))).toBe('already_voted');
    expect(codeOf(await scene.approve(principal('person:BEN', ['approver'], { tokenId: 'another' }), id))).toBe('already_voted');
    expect(await history(scene.journal, id)).toEqual([
      'requested',
      'vote_cast',
      'command_refused already_voted',
      'command_refused already_voted',
    ]);
    expect(await scene.approve(eva, id)).toMatchObject({ ok: true, value: { status: approval.ApprovalStatus.GRANTED } });
  });

  it('somebody whom the rule did not name', async () => {
    const id = await scene.ask({ reviewers: ['person:eva'] });
    expect(codeOf(await scene.approve(ben, id))).toBe('not_eligible');
    expect(codeOf(await scene.approve(eva, id))).toBe('ok');
  });

  it('a vote on what was not shown, and one after the time', async () => {
    const id = await scene.ask();
    expect(codeOf(await scene.approve(ben, id, { actionDigest: POLICY }))).toBe('digest_mismatch');
    scene.clock.atMs = T0_MS + 60_000;
    expect(['lapsed', 'not_open']).toContain(codeOf(await scene.approve(ben, id, { actionDigest: ACTION })));
    expect(await history(scene.journal, id)).not.toContain('granted');
  });

  it('somebody of another tenant: nothing is there, and the attempt is on their own record', async () => {
    const id = await scene.ask();
    expect(codeOf(await scene.approve(stranger, id))).toBe('not_found');
    expect(codeOf(await scene.service.get(stranger, id))).toBe('not_found');
    expect(codeOf(await scene.revoke(stranger, id))).toBe('not_found');
    const refused = (await record(scene.journal)).filter((one) => one.data.case === 'approvalCommandRefused');
    expect(refused.map((one) => [one.tenant, one.correlationId])).toEqual([
      ['other', ''],
      ['other', ''],
    ]);
    expect(await scene.service.get(ben, id)).toMatchObject({ ok: true, value: { status: approval.ApprovalStatus.OPEN } });
  });
});

describe('promise 5: each way to use a grant for something else is refused and on record', () => {
  const forgedKeys = generateKeyPairSync('ed25519');
  const claims = (grant: string): GrantClaims => {
    const read = verifyGrant(grant, KEYS.publicKey, T0_MS);
    if (!read.ok) throw new Error(read.error);
    return read.value;
  };
  const none = (grant: string) => {
    const header = Buffer.from(JSON.stringify({ alg: 'none', typ: 'countersign-grant+jwt' })).toString('base64url');
    return `${header}.${grant.split('.')[1]}.`;
  };

  it.each<[string, (grant: string) => Promise<string>, string]>([
    ['forged', async (grant) => codeOf(await scene.redeem(agent, signGrant(claims(grant), forgedKeys.privateKey))), 'forged'],
    ['alg none', async (grant) => codeOf(await scene.redeem(agent, none(grant))), 'forged'],
    ['another subject', async (grant) => codeOf(await scene.redeem(principal('agent:evil', ['caller']), grant)), 'other_subject'],
    [
      'used twice',
      async (grant) => [codeOf(await scene.redeem(agent, grant)), codeOf(await scene.redeem(agent, grant, 'r2'))].join(),
      'ok,already_used',
    ],
    ['another tenant', async (grant) => codeOf(await scene.redeem({ ...agent, tenant: 'other' }, grant)), 'not_found'],
    [
      'another action',
      async (grant) =>
        codeOf(await scene.redeem(agent, signGrant({ ...claims(grant), actionDigest: 'ff'.repeat(32) }, KEYS.privateKey))),
      'action_changed',
    ],
    [
      'another policy',
      async (grant) =>
        codeOf(await scene.redeem(agent, signGrant({ ...claims(grant), policyDigest: 'ff'.repeat(32) }, KEYS.privateKey))),
      'policy_changed',
    ],
    [
      'another grant',
      async (grant) => codeOf(await scene.redeem(agent, signGrant({ ...claims(grant), grantId: 'g' }, KEYS.privateKey))),
      'unknown_grant',
    ],
    ['expired', async (grant) => ((scene.clock.atMs = T0_MS + 30_000), codeOf(await scene.redeem(agent, grant))), 'expired'],
    [
      'revoked',
      async (grant) =>
        [codeOf(await scene.revoke(ben, claims(grant).approvalId)), codeOf(await scene.redeem(agent, grant))].join(),
      'ok,revoked',
    ],
  ])('%s', async (_, cheat, said) => {
    const { id, grant } = await scene.granted();
    expect(await cheat(grant)).toBe(said);
    const code = said.split(',').at(-1);
    expect((await history(scene.journal, id)).at(-1)).toBe(`command_refused ${code}`);
  });

  it('the last ms of a grant still counts', async () => {
    const { grant } = await scene.granted();
    scene.clock.atMs = T0_MS + 29_999;
    expect(codeOf(await scene.redeem(agent, grant))).toBe('ok');
  });

  it('the same use told twice is one use', async () => {
    const { id, grant } = await scene.granted({ uses: 2 });
    expect(await scene.redeem(agent, grant)).toMatchObject({ ok: true, value: { use: 1 } });
    expect(await scene.redeem(agent, grant)).toMatchObject({ ok: true, value: { use: 1 } });
    expect(await scene.redeem(agent, grant, 'r2')).toMatchObject({ ok: true, value: { use: 2 } });
    expect((await history(scene.journal, id)).filter((one) => one === 'redeemed')).toHaveLength(2);
  });

  it('another service redeems through the journal and reads the outcome there', async () => {
    const { id, grant } = await scene.granted();
    const commands = await openProducer({
      journal: scene.journal,
      topic: TOPICS.approvalCommands,
      service: 'decision-service',
      instance: 'test',
    });
    const watch = watchApprovals(scene.journal, TOPICS.approvals, (cause) => expect(cause).toBeUndefined());
    const { grantId } = claims(grant);
    const ask = async (commandId: string, redeemedFor: string, actionDigest: Uint8Array) => {
      const expected = await watch.expect(commandId);
      const by = { subject: 'agent:gateway', owner: 'person:dora', tokenId: 't', roles: ['caller'] };
      const digests = { actionDigest: Buffer.from(actionDigest).toString('hex'), policyDigest: POLICY.toString('hex') };
      const place = { commandId, approvalId: id, tenant: 'default', atMs: T0_MS };
      const draft = approvalCommandDraft(
        { type: 'Redeem', ...place, by, grantId, redeemedFor, subject: 'agent:bot', ...digests },
        { correlationId: '', causationId: '', traceparent: '' },
      );
      await commands.publish([draft]);
      const outcome = await expected.within(10_000);
      return outcome && redeemOutcomeOf(outcome);
    };
    expect(await ask('c1', 'r1', POLICY)).toEqual({ ok: false, error: 'action_changed' });
    expect(await Promise.all([ask('c2', 'r1', ACTION), ask('c3', 'r2', ACTION)])).toEqual([
      { ok: true, value: 'redeemed' },
      { ok: false, error: 'already_used' },
    ]);
    expect(await ask('c4', 'r1', ACTION)).toEqual({ ok: true, value: 'repeated' });
    watch.stop();
  });
});
