/** The contract over a real gRPC server and client. */
import { createClient, startGrpcServer, status } from '@countersign/grpc';
import type { Principal } from '@countersign/kernel';
import type { Journal } from '@countersign/ports';
import { approval } from '@countersign/proto';
import { createMemoryJournal } from '@countersign/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decisionId, decisionsOf, history, type House, openHouse, principal, recordDecision, until } from './testing/house.ts';
import { createMemoryStore } from './testing/memory-store.ts';

const TOKENS: Readonly<Record<string, Principal>> = {
  ben: principal('person:ben'),
  ana: principal('person:ana'),
  agent: principal('agent:bot', ['caller'], { owner: 'person:ana' }),
};
const silent = { warn: () => undefined, error: () => undefined };

let journal: Journal;
let house: House;
let server: Awaited<ReturnType<typeof startGrpcServer>>;
let id: string;

beforeEach(async () => {
  journal = createMemoryJournal();
  house = await openHouse(journal, createMemoryStore());
  server = await startGrpcServer({
    address: '127.0.0.1:0',
    services: house.service.grpc,
    authenticate: (token) => TOKENS[token],
    log: silent,
  });
  id = await recordDecision(await decisionsOf(journal), decisionId(1));
});

afterEach(async () => {
  await server.stop(0);
  await house.service.stop();
  await journal.close();
});

async function as<T>(token: string, use: (mine: ReturnType<typeof client>) => Promise<T>): Promise<T> {
  const mine = client(token);
  try {
    return await use(mine);
  } finally {
    mine.close();
  }
}

function client(token: string) {
  return createClient(approval.ApprovalService, { address: `127.0.0.1:${server.port}`, token });
}

async function collect(stream: AsyncIterable<approval.AwaitResponse>): Promise<approval.AwaitResponse[]> {
  const all: approval.AwaitResponse[] = [];
  for await (const one of stream) all.push(one);
  return all;
}

describe('approvals over gRPC', () => {
  it('an agent waits, a person approves, the agent uses the grant once', async () => {
    const waiting = as('agent', (agent) => collect(agent.await({ id })));
    await until(() => house.service.waiting() === 1);
    const approved = await as('ben', (ben) => ben.approve({ id, reason: 'ok' }));
    expect(approved.approval?.status).toBe(approval.ApprovalStatus.GRANTED);
    const seen = await waiting;
    expect(seen.map((one) => one.approval?.status)).toEqual([approval.ApprovalStatus.OPEN, approval.ApprovalStatus.GRANTED]);
    const grant = seen.at(-1)?.grant ?? '';
    expect(await as('agent', (agent) => agent.redeemGrant({ grant, redeemedFor: 'r1' }))).toMatchObject({ use: 1 });
    await expect(as('agent', (agent) => agent.redeemGrant({ grant, redeemedFor: 'r2' }))).rejects.toMatchObject({
      code: status.FAILED_PRECONDITION,
      message: expect.stringMatching(/^already_used: /) as string,
    });
  });

  it('refusals have their status, and are on record', async () => {
    await expect(as('ana', (ana) => ana.approve({ id }))).rejects.toMatchObject({ code: status.PERMISSION_DENIED });
    await expect(as('ben', (ben) => ben.get({ id: 'nope' }))).rejects.toMatchObject({ code: status.NOT_FOUND });
    await expect(as('ben', (ben) => ben.approve({ id, actionDigest: new Uint8Array(3) }))).rejects.toMatchObject({
      code: status.INVALID_ARGUMENT,
    });
    expect(await history(journal, id)).toEqual(['requested', 'command_refused own_request']);
  });

  it('a wait ends at its deadline and leaves nothing behind', async () => {
    await expect(as('agent', (agent) => collect(agent.await({ id }, { timeoutMs: 200 })))).rejects.toMatchObject({
      code: status.DEADLINE_EXCEEDED,
    });
    await until(() => house.service.waiting() === 0);
  });
});
