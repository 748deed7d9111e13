/** The routes, through Nest and Fastify, without a socket. */
import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Principal } from '@countersign/kernel';
import type { Journal } from '@countersign/ports';
import { createMemoryJournal } from '@countersign/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ApprovalModule } from './module.ts';
import {
  ACTION,
  decisionId,
  decisionsOf,
  history,
  type House,
  openHouse,
  POLICY,
  principal,
  recordDecision,
  until,
} from './testing/house.ts';
import { createMemoryStore } from './testing/memory-store.ts';

let journal: Journal;
let house: House;
let app: NestFastifyApplication;
let id: string;
let who: Principal;

beforeEach(async () => {
  journal = createMemoryJournal();
  house = await openHouse(journal, createMemoryStore());
  app = await NestFactory.create<NestFastifyApplication>(ApprovalModule.with(house.service), new FastifyAdapter(), {
    logger: false,
  });
  // As the application does once it has authenticated the token.
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRequest', async (request) => void Object.assign(request, { principal: who }));
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  id = await recordDecision(await decisionsOf(journal), decisionId(1));
  who = principal('person:ben');
});

afterEach(async () => {
  await app.close();
  await house.service.stop();
  await journal.close();
});

async function call(method: 'GET' | 'POST', path: string, body?: object) {
  const answer = await app.inject({ method, url: `/v1/approvals${path}`, ...(body && { payload: body }) });
  return {
    status: answer.statusCode,
    type: String(answer.headers['content-type']),
    body: answer.json<Record<string, unknown>>(),
  };
}

describe('approvals over HTTP', () => {
  it('lists and shows them as protobuf JSON', async () => {
    const shown = await call('GET', `/${id}`);
    expect(shown).toMatchObject({
      status: 200,
      body: {
        approval: { id, status: 'APPROVAL_STATUS_OPEN', actionDigest: ACTION.toString('base64'), usesLeft: 0, version: '1' },
      },
    });
    expect(await call('GET', '?status=open&pageSize=1')).toMatchObject({
      status: 200,
      body: { approvals: [{ id }], nextPageToken: '' },
    });
    expect(await call('GET', '?status=APPROVAL_STATUS_GRANTED')).toMatchObject({ status: 200, body: { approvals: [] } });
  });

  it('approves, and the agent’s long poll gets the grant', async () => {
    who = principal('agent:bot', ['caller']);
    const waiting = call('GET', `/${id}/await`);
    await until(() => house.service.waiting() === 1);
    who = principal('person:ben');
    expect(await call('POST', `/${id}/approve`, { reason: 'ok', actionDigest: ACTION.toString('base64') })).toMatchObject({
      status: 200,
      body: { approval: { status: 'APPROVAL_STATUS_GRANTED', votes: [{ voter: 'person:ben', reason: 'ok' }] } },
    });
    const answer = await waiting;
    expect(answer).toMatchObject({ status: 200, body: { approval: { status: 'APPROVAL_STATUS_GRANTED' } } });
    expect(answer.body['grant']).toMatch(/^ey/);
    expect(await call('POST', `/${id}/revoke`, { reason: 'no' })).toMatchObject({
      body: { approval: { status: 'APPROVAL_STATUS_REVOKED' } },
    });
  });

  it('a long poll ends at its time with the state as it is', async () => {
    expect(await call('GET', `/${id}/await?timeoutMs=0`)).toMatchObject({
      status: 200,
      body: { approval: { status: 'APPROVAL_STATUS_OPEN' }, grant: '' },
    });
    expect(house.service.waiting()).toBe(0);
  });

  it('rejects, without a body too', async () => {
    expect(await call('POST', `/${id}/reject`)).toMatchObject({
      status: 200,
      body: { approval: { status: 'APPROVAL_STATUS_REJECTED' } },
    });
  });

  it.each<[string, () => Promise<unknown>, number, string]>([
    ['one’s own', () => ((who = principal('person:ana')), call('POST', `/${id}/approve`, {})), 403, 'own_request'],
    [
      'what was not shown',
      () => call('POST', `/${id}/approve`, { actionDigest: POLICY.toString('base64') }),
      409,
      'digest_mismatch',
    ],
    ['an unknown one', () => call('GET', '/nope'), 404, 'not_found'],
    ['an unknown one, waiting', () => call('GET', '/nope/await'), 404, 'not_found'],
    [
      'another tenant’s',
      () => ((who = principal('person:ben', ['admin'], { tenant: 'x' })), call('GET', `/${id}`)),
      404,
      'not_found',
    ],
    ['an unknown field', () => call('POST', `/${id}/approve`, { aprove: true }), 400, 'invalid_argument'],
    ['a field of another type', () => call('POST', `/${id}/revoke`, { reason: 7 }), 400, 'invalid_argument'],
    ['an unknown status', () => call('GET', '?status=closed'), 400, 'invalid_argument'],
    ['a page size of "x"', () => call('GET', '?pageSize=x'), 400, 'invalid_argument'],
    ['a wait of a day', () => call('GET', `/${id}/await?timeoutMs=86400000`), 400, 'invalid_argument'],
  ])('%s: problem details', async (_, ask, status, code) => {
    const refused = await ask();
    expect(refused).toMatchObject({
      status,
      type: expect.stringContaining('application/problem+json') as string,
      body: { type: 'about:blank', status },
    });
    expect((refused as { body: { detail: string } }).body.detail).toMatch(new RegExp(`^${code}: `));
  });

  it('the body cannot name another approval than the path', async () => {
    const other = await recordDecision(await decisionsOf(journal), decisionId(2));
    await call('POST', `/${id}/approve`, { id: other });
    expect(await history(journal, id)).toContain('granted');
    expect(await history(journal, other)).toEqual(['requested']);
  });
});
