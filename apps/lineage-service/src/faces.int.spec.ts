/** The service over gRPC and HTTP, on the real engine: who may ask, what comes back, and what a wrong question gives. */
import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type Client, type GrpcServer, createClient, startGrpcServer, status } from '@countersign/grpc';
import type { Principal, Role } from '@countersign/kernel';
import { TOPICS, monotonicClock } from '@countersign/ports';
import { lineage } from '@countersign/proto';
import { createMemoryJournal } from '@countersign/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LineageModule, type LineageService, openLineageService } from './index.ts';
import { startEngine } from './test/engine.ts';
import { decisionDraft, idOf, publisher } from './test/events.ts';
import { SILENT } from './test/log.ts';

const EVENTS = 3_000;

const principal = (tenant: string, role: Role): Principal => {
  return { tenant, subject: 'person:olga', owner: '', roles: [role], tokenId: `${tenant}-${role}`, actsFor: [] };
};
const BY_TOKEN = new Map([
  ['auditor', principal('acme', 'auditor')],
  ['admin', principal('acme', 'admin')],
  ['caller', principal('acme', 'caller')],
  ['approver', principal('acme', 'approver')],
  ['elsewhere', principal('other', 'auditor')],
]);

let world: Awaited<ReturnType<typeof startEngine>>;
let service: LineageService;
let server: GrpcServer;
let http: NestFastifyApplication;
const clients: { close(): void }[] = [];

beforeAll(async () => {
  world = await startEngine();
  const journal = createMemoryJournal();
  service = await openLineageService({ journal, store: world.openStore(), clock: monotonicClock(), log: SILENT });
  const publish = await publisher(journal);
  await publish(
    TOPICS.decisions,
    Array.from({ length: EVENTS }, (_, n) => decisionDraft(n)),
  );
  await service.caughtUp();
  server = await startGrpcServer({
    address: '127.0.0.1:0',
    services: service.grpc,
    authenticate: (token) => BY_TOKEN.get(token),
    log: SILENT,
  });
  http = await NestFactory.create<NestFastifyApplication>(LineageModule.with(service), new FastifyAdapter(), { logger: false });
  http
    .getHttpAdapter()
    .getInstance()
    .addHook('onRequest', async (request) => {
      const token = request.headers.authorization?.replace('Bearer ', '') ?? '';
      Object.assign(request, { principal: BY_TOKEN.get(token) });
    });
  await http.init();
});

afterAll(async () => {
  for (const client of clients) client.close();
  await http.close();
  await server.stop(0);
  await service.stop();
  await world.destroy();
});

function clientFor(token: string): Client<typeof lineage.LineageService> {
  const client = createClient(lineage.LineageService, { address: `127.0.0.1:${server.port}`, token });
  clients.push(client);
  return client;
}

async function collect<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const one of stream) all.push(one);
  return all;
}

const rowsOf = (responses: readonly lineage.QueryResponse[]) =>
  responses.flatMap(({ rowsJson }) => rowsJson.map((row) => JSON.parse(Buffer.from(row).toString()) as unknown));

describe('gRPC', () => {
  it('streams a query: the columns first, then every row', async () => {
    const sql = 'SELECT journal_offset, text FROM decisions ORDER BY journal_offset';
    const responses = await collect(clientFor('auditor').query({ sql }));

    expect(responses[0]).toMatchObject({
      columns: [
        { name: 'journal_offset', type: 'UInt64' },
        { name: 'text', type: 'String' },
      ],
      rowsJson: [],
    });
    expect(responses.length).toBeGreaterThan(2);
    expect(rowsOf(responses)).toHaveLength(EVENTS);
    expect(rowsOf(responses)[1]).toEqual([1, 'DELETE FROM customers WHERE id = 1']);
  });

  it('shows each tenant its own', async () => {
    const responses = await collect(clientFor('elsewhere').query({ sql: 'SELECT count() FROM decisions' }));
    expect(rowsOf(responses)).toEqual([[0]]);
  });

  it.each(['caller', 'approver'])('is closed to the role %s', async (role) => {
    const client = clientFor(role);
    const denied = { code: status.PERMISSION_DENIED };
    await expect(collect(client.query({ sql: 'SELECT 1' }))).rejects.toMatchObject(denied);
    await expect(client.trace({ correlationId: 'x' })).rejects.toMatchObject(denied);
    await expect(collect(client.rebuild({}))).rejects.toMatchObject(denied);
  });

  it('says what is wrong with a statement', async () => {
    const query = (sql: string) => collect(clientFor('auditor').query({ sql }));
    await expect(query('SELECT nothing FROM decisions')).rejects.toMatchObject({
      code: status.INVALID_ARGUMENT,
      message: expect.stringContaining('nothing'),
    });
    await expect(query('DROP TABLE decisions')).rejects.toMatchObject({ code: status.INVALID_ARGUMENT });
    await expect(clientFor('auditor').trace({ correlationId: "'" })).rejects.toMatchObject({ code: status.INVALID_ARGUMENT });
  });

  it('traces, with the data of each event', async () => {
    const { events } = await clientFor('admin').trace({ correlationId: idOf('decision', 7) });
    expect(events).toMatchObject([{ id: idOf('decision', 7), offset: 7n, actor: 'agent:deploy-bot', topic: TOPICS.decisions }]);
    expect(JSON.parse(Buffer.from(events[0]?.dataJson ?? []).toString())).toMatchObject({ decision_id: idOf('decision', 7) });
  });

  it('rebuilds with progress up to the end', async () => {
    const steps = await collect(clientFor('admin').rebuild({}));
    expect(steps.at(-1)).toMatchObject({ eventsDone: BigInt(EVENTS), eventsTotal: BigInt(EVENTS) });
    expect(rowsOf(await collect(clientFor('auditor').query({ sql: 'SELECT count() FROM lineage' })))).toEqual([[EVENTS]]);
  });
});

describe('HTTP', () => {
  const post = (token: string, payload: unknown) =>
    http.inject({
      method: 'POST',
      url: '/v1/lineage/query',
      headers: { authorization: `Bearer ${token}` },
      payload: payload as object,
    });
  const problem = (answer: { json(): unknown; statusCode: number }) => ({ code: answer.statusCode, body: answer.json() });

  it('answers a query with columns and rows', async () => {
    const answer = await post('auditor', { sql: 'SELECT verdict, count() AS n FROM lineage GROUP BY verdict ORDER BY verdict' });
    expect(problem(answer)).toEqual({
      code: 200,
      body: {
        columns: [
          { name: 'verdict', type: 'LowCardinality(String)' },
          { name: 'n', type: 'UInt64' },
        ],
        rows: [
          ['allow', 1_000],
          ['deny', 1_000],
          ['require_approval', 1_000],
        ],
      },
    });
  });

  it('answers problems as RFC 9457 says', async () => {
    expect(problem(await post('nobody', { sql: 'SELECT 1' }))).toMatchObject({
      code: 401,
      body: { type: 'about:blank', title: 'Unauthorized', status: 401 },
    });
    expect(problem(await post('caller', { sql: 'SELECT 1' }))).toMatchObject({ code: 403, body: { title: 'Forbidden' } });
    for (const payload of [{ sql: 'SELEC' }, { sql: '' }, { sql: 1 }, {}, { sql: `SELECT '${'x'.repeat(300_000)}'` }]) {
      expect(problem(await post('auditor', payload))).toMatchObject({ code: 400, body: { status: 400, title: 'Bad Request' } });
    }
    expect(problem(await post('auditor', { sql: 'SELECT number FROM numbers(200000)' }))).toMatchObject({
      code: 400,
      body: { detail: expect.stringContaining('LIMIT') },
    });
  });

  it('traces and rebuilds', async () => {
    const headers = { authorization: 'Bearer admin' };
    const traced = await http.inject({ method: 'GET', url: `/v1/lineage/trace/${idOf('decision', 2)}`, headers });
    expect(traced.json()).toMatchObject({ events: [{ id: idOf('decision', 2), journalOffset: 2 }] });
    const rebuilt = await http.inject({ method: 'POST', url: '/v1/lineage/rebuild', headers });
    expect(problem(rebuilt)).toEqual({ code: 200, body: { eventsDone: EVENTS, eventsTotal: EVENTS } });
  });
});
