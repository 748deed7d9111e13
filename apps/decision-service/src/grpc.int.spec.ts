/** DecisionService over a real gRPC server: statuses, roles, batches, streams and reports. */
import { createClient, type Client, type GrpcServer, startGrpcServer, status } from '@countersign/grpc';
import type { Principal } from '@countersign/kernel';
import { TOPICS } from '@countersign/ports';
import { decision, event } from '@countersign/proto';
import { createMemoryJournal } from '@countersign/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { decisionRegistration } from './grpc.ts';
import { type BreakableJournal, breakable } from './testing/breakable-journal.ts';
import {
  CALLER,
  DROP,
  encodeRequest,
  fakePolicy,
  type House,
  openHouse,
  recordOf,
  type Request,
  SELECT,
} from './testing/house.ts';
import { createMemoryStore } from './testing/memory-store.ts';

const PRINCIPALS: Readonly<Record<string, Principal>> = {
  caller: CALLER,
  admin: { ...CALLER, subject: 'person:admin', owner: '', roles: ['admin'] },
  auditor: { ...CALLER, subject: 'person:aud', owner: '', roles: ['auditor', 'approver', 'policy_author'] },
};

let journal: BreakableJournal;
let house: House;
let server: GrpcServer;
const clients: Client<typeof decision.DecisionService>[] = [];
let decisions: Client<typeof decision.DecisionService>;

beforeAll(async () => {
  journal = breakable(createMemoryJournal());
  const policy = fakePolicy(({ action }) => ({ verdict: action.text.startsWith('DROP') ? 'deny' : 'allow' }));
  house = await openHouse(journal, createMemoryStore(), { policy });
  const log = { warn: () => undefined, error: (_: object, message: string) => void house.logged.push(message) };
  server = await startGrpcServer({
    address: '127.0.0.1:0',
    services: house.service.grpc,
    authenticate: (token) => PRINCIPALS[token],
    log,
  });
  decisions = as('caller');
});

beforeEach(() => journal.heal());

afterAll(async () => {
  for (const client of clients) client.close();
  await server.stop(1_000);
  await house.service.stop();
});

function as(token: string): Client<typeof decision.DecisionService> {
  const client = createClient(decision.DecisionService, { address: `127.0.0.1:${server.port}`, token });
  clients.push(client);
  return client;
}

async function* each<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

const numbered = (n: number): Request => ({ action: { kind: 'sql', text: `SELECT ${n}` } });
const verdictOf = ({ result }: decision.DecideResult) => (result.case === 'response' ? result.value.verdict : undefined);

describe('Decide', () => {
  it('a deny is OK on the wire', async () => {
    expect((await decisions.decide(DROP)).verdict).toBe(event.Verdict.DENY);
  });

  it.each<[string, Request, status, string]>([
    ['what cannot be read', { action: { kind: 'sqll', text: 'x' } }, status.INVALID_ARGUMENT, 'action.kind'],
    [
      'another one’s name',
      { ...SELECT, subject: { id: 'agent:other' } },
      status.PERMISSION_DENIED,
      'may not speak for agent:other',
    ],
  ])('%s has its status and a sentence', async (_what, request, code, says) => {
    await expect(decisions.decide(request)).rejects.toMatchObject({ code, message: expect.stringContaining(says) });
  });

  it('another request with the same request_id has ALREADY_EXISTS', async () => {
    const first = await decisions.decide({ ...SELECT, requestId: 'r-1' });
    expect(await decisions.decide({ ...SELECT, requestId: 'r-1' })).toEqual(first);
    await expect(decisions.decide({ ...DROP, requestId: 'r-1' })).rejects.toMatchObject({ code: status.ALREADY_EXISTS });
  });

  it('what cannot be recorded is a deny, not an error', async () => {
    journal.fail();
    const { verdict, reasons, position } = await decisions.decide(SELECT);
    expect([verdict, reasons[0]?.code, position]).toEqual([event.Verdict.DENY, 'UNAVAILABLE', undefined]);
  });

  it('an admin may, too', async () => {
    expect((await as('admin').decide(SELECT)).verdict).toBe(event.Verdict.ALLOW);
  });
});

describe('who may not', () => {
  const calls: readonly (readonly [string, (client: Client<typeof decision.DecisionService>) => Promise<unknown>])[] = [
    ['Decide', (client) => client.decide(SELECT)],
    ['DecideBatch', (client) => client.decideBatch({ requests: [SELECT] })],
    [
      'DecideStream',
      (client) =>
        client
          .decideStream(each([{ request: SELECT }]))
          [Symbol.asyncIterator]()
          .next(),
    ],
    ['ReportOutcome', (client) => client.reportOutcome({ decisionId: crypto.randomUUID(), outcome: 'executed' })],
  ];

  it.each(calls)('%s needs the role caller', async (_name, call) => {
    const before = await journal.head(TOPICS.decisions, 0);
    await expect(call(as('auditor'))).rejects.toMatchObject({
      code: status.PERMISSION_DENIED,
      message: expect.stringContaining('role caller'),
    });
    expect(await journal.head(TOPICS.decisions, 0)).toBe(before);
  });

  it.each(calls)('%s needs a token', async (_name, call) => {
    await expect(call(as('nobody'))).rejects.toMatchObject({ code: status.UNAUTHENTICATED });
  });
});

describe('DecideBatch', () => {
  it('answers in the order asked; one that is refused does not touch the others', async () => {
    const requests = [numbered(1), { action: { kind: 'sql' } }, DROP, { ...SELECT, subject: { id: 'agent:other' } }, numbered(2)];
    const { results } = await decisions.decideBatch({ requests });
    expect(results.map(verdictOf)).toEqual([event.Verdict.ALLOW, undefined, event.Verdict.DENY, undefined, event.Verdict.ALLOW]);
    const errors = results.flatMap(({ result }) => (result.case === 'error' ? [result.value] : []));
    expect(errors).toMatchObject([
      { code: status.INVALID_ARGUMENT, message: expect.stringContaining('action.text is missing') },
      { code: status.PERMISSION_DENIED, message: expect.stringContaining('agent:other') },
    ]);
    const [first] = results.flatMap(({ result }) => (result.case === 'response' ? [result.value.decisionId] : []));
    expect((await recordOf(journal, first ?? '')).recorded.request?.action?.text).toBe('SELECT 1');
  });

  it('takes 1,000 and refuses 1,001, of which none is recorded', async () => {
    const thousand = Array.from({ length: 1_000 }, (_, n) => numbered(n));
    const { results } = await decisions.decideBatch({ requests: thousand });
    expect(results.filter((result) => verdictOf(result) === event.Verdict.ALLOW)).toHaveLength(1_000);
    const before = await journal.head(TOPICS.decisions, 0);
    await expect(decisions.decideBatch({ requests: [...thousand, SELECT] })).rejects.toMatchObject({
      code: status.INVALID_ARGUMENT,
      message: expect.stringContaining('at most 1000 requests, not 1001'),
    });
    expect(await journal.head(TOPICS.decisions, 0)).toBe(before);
  });

  it('of nothing answers nothing', async () => {
    expect((await decisions.decideBatch({ requests: [] })).results).toEqual([]);
  });

  it('denies all of it when the journal refuses', async () => {
    journal.fail();
    const { results } = await decisions.decideBatch({ requests: [SELECT, SELECT, SELECT] });
    expect(results.map(verdictOf)).toEqual(Array(3).fill(event.Verdict.DENY));
  });

  it('gives the repeats within it one decision', async () => {
    const request = { ...SELECT, requestId: 'in-batch' };
    const { results } = await decisions.decideBatch({ requests: [request, request, { ...DROP, requestId: 'in-batch' }] });
    const ids = results.map(({ result }) => (result.case === 'response' ? result.value.decisionId : result.value?.code));
    expect(ids).toEqual([ids[0], ids[0], status.ALREADY_EXISTS]);
  });
});

describe('DecideStream', () => {
  it('answers each in the order asked, bad ones in their place, also when some take longer', async () => {
    // Every tenth text goes to the worker, and so is ready later than those after it.
    const texts = Array.from({ length: 300 }, (_, n) =>
      n % 10 === 3 ? `SELECT ${n} /* ${'x'.repeat(6_000)} */` : `SELECT ${n}`,
    );
    const requests = texts.map((text, n) => ({ request: { action: { kind: n % 50 === 49 ? 'nonsense' : 'sql', text } } }));
    const answers: decision.DecideResult['result'][] = [];
    for await (const { result } of decisions.decideStream(each(requests))) answers.push(result?.result ?? { case: undefined });
    expect(answers.map((answer) => answer.case)).toEqual(requests.map((_, n) => (n % 50 === 49 ? 'error' : 'response')));
    const recorded = await Promise.all(
      answers.flatMap((answer) => (answer.case === 'response' ? [recordOf(journal, answer.value.decisionId)] : [])),
    );
    expect(recorded.map((one) => one.recorded.request?.action?.text)).toEqual(texts.filter((_, n) => n % 50 !== 49));
  });

  it.each([
    ['no request', Buffer.alloc(0)],
    ['two requests', Buffer.concat([framed(encodeRequest(SELECT)), framed(encodeRequest(DROP))])],
    ['bytes that are no message', Buffer.from([0x0a, 0x7f])],
  ])('ends with INVALID_ARGUMENT at a message with %s', async (_what, message) => {
    const before = await journal.head(TOPICS.decisions, 0);
    const registration = decisionRegistration(house.service, house.service);
    const method = registration.methods.find(({ desc }) => desc.name === 'DecideStream');
    const call = { principal: CALLER } as Parameters<Extract<typeof method, { kind: 'bidi_streaming' }>['handle']>[1];
    const stream = method?.kind === 'bidi_streaming' ? method.handle(each([message]), call) : each<Buffer>([]);
    await expect(stream[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: status.INVALID_ARGUMENT });
    expect(await journal.head(TOPICS.decisions, 0)).toBe(before);
  });
});

describe('ReportOutcome', () => {
  it('is recorded in the chain of its decision', async () => {
    const { decisionId, correlationId } = await decisions.decide(SELECT);
    const report = { decisionId, correlationId, outcome: 'executed', detail: 'ok', rowsAffected: 7n };
    const { position } = await decisions.reportOutcome(report);
    const [stored] = await journal.read(TOPICS.decisions, 0, Number(position?.offset), { maxRecords: 1, maxBytes: 1 << 20 });
    const { decodeEvent } = await import('@countersign/wire');
    expect(decodeEvent(stored?.value ?? Buffer.alloc(0))).toMatchObject({
      type: 'countersign.outcome.reported',
      correlationId,
      causationId: decisionId,
      data: { value: { decisionId, outcome: 'executed', rowsAffected: 7n, caller: { subject: 'agent:bot' } } },
    });
  });

  it.each<[string, object, string]>([
    ['no decision', { outcome: 'executed' }, 'decision_id is missing'],
    ['what is no id', { decisionId: 'x/../y', outcome: 'executed' }, 'decision_id is missing or no id'],
    ['no outcome', { decisionId: crypto.randomUUID() }, 'outcome must be one of executed, failed, prevented, abandoned'],
    ['an unknown outcome', { decisionId: crypto.randomUUID(), outcome: 'EXECUTED' }, 'outcome must be one of'],
    ['a chain that is none', { decisionId: crypto.randomUUID(), outcome: 'failed', correlationId: 'x' }, 'correlation_id'],
    [
      'a long detail',
      { decisionId: crypto.randomUUID(), outcome: 'failed', detail: 'x'.repeat(4_097) },
      'detail is 4097 characters',
    ],
  ])('with %s is refused', async (_what, report, says) => {
    const before = await journal.head(TOPICS.decisions, 0);
    await expect(decisions.reportOutcome(report)).rejects.toMatchObject({
      code: status.INVALID_ARGUMENT,
      message: expect.stringContaining(says),
    });
    expect(await journal.head(TOPICS.decisions, 0)).toBe(before);
  });

  it('that cannot be recorded is UNAVAILABLE, so that the caller reports again', async () => {
    journal.fail();
    await expect(decisions.reportOutcome({ decisionId: crypto.randomUUID(), outcome: 'failed' })).rejects.toMatchObject({
      code: status.UNAVAILABLE,
    });
  });
});

function framed(request: Buffer): Buffer {
  return Buffer.concat([Buffer.from([0x0a, request.length]), request]);
}
