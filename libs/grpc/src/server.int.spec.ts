/** The server on a real port with toy handlers: admission, limits, cancellation, errors and the way it stops. */
import { connect } from 'node:http2';
import { createConnection } from 'node:net';
import { type MessageInitShape, create, toBinary } from '@bufbuild/protobuf';
import { Client as Channel, Metadata, type ServiceError, credentials } from '@grpc/grpc-js';
import { EnvironmentError, type Principal } from '@countersign/kernel';
import { decision, lineage } from '@countersign/proto';
import { afterEach, describe, expect, it } from 'vitest';
import { type Client, type GrpcServer, StatusError, createClient, registration, startGrpcServer, status } from './index.ts';
import type { Call } from './call.ts';
import type { Limits } from './limits.ts';

const ANA: Principal = { tenant: 'default', subject: 'person:ana', owner: '', roles: ['caller'], tokenId: 't1', actsFor: [] };
const { DecisionService } = decision;
type Decide = (request: decision.DecideRequest, call: Call) => Promise<{ decisionId: string }>;

interface Running {
  readonly server: GrpcServer;
  readonly logged: string[];
  readonly client: Client<typeof DecisionService>;
  readonly address: string;
}

const closers: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const echo: Decide = async (request, call) => ({ decisionId: `${call.principal.subject} ${request.requestId}` });

/** Whether a number that grows by itself has come to rest. */
async function steady(read: () => number): Promise<boolean> {
  const before = read();
  await new Promise((resolve) => setTimeout(resolve, 250));
  return before > 0 && read() === before;
}

type Streamed = (requests: AsyncIterable<decision.DecideStreamRequest>) => AsyncIterable<StreamAnswer>;
type StreamAnswer = MessageInitShape<typeof decision.DecideStreamResponseSchema>;

const echoAll: Streamed = async function* (requests) {
  for await (const { request } of requests) {
    yield { result: { result: { case: 'response', value: { decisionId: request?.requestId ?? '' } } } };
  }
};

async function run(decide: Decide = echo, limits: Partial<Limits> = {}, decideStream = echoAll): Promise<Running> {
  const logged: string[] = [];
  const log = {
    warn: (_: object, m: string) => logged.push(`warn ${m}`),
    error: (_: object, m: string) => logged.push(`error ${m}`),
  };
  const service = registration(
    DecisionService,
    {
      decide,
      decideBatch: ({ requests }) => ({ results: requests.map(() => ({})) }),
      decideStream,
    },
    { reportOutcome: async (bytes, call) => Buffer.concat([bytes.subarray(0, 0), Buffer.alloc(call.principal === ANA ? 0 : 1)]) },
  );
  const server = await startGrpcServer({
    address: '127.0.0.1:0',
    services: [service],
    authenticate: (token) => (token === 'right' ? ANA : undefined),
    limits,
    log,
  });
  const address = `127.0.0.1:${server.port}`;
  const client = createClient(DecisionService, { address, token: 'right' });
  closers.push(
    () => server.stop(0),
    () => client.close(),
  );
  return { server, logged, client, address };
}

async function failureOf(promise: Promise<unknown>): Promise<{ code: status; message: string }> {
  const thrown = await promise.then(
    () => new Error('it succeeded'),
    (error: unknown) => error,
  );
  if (!(thrown instanceof StatusError)) throw thrown;
  return { code: thrown.code, message: thrown.message };
}

/** A unary call with bytes that no client would send. */
function rawCall(address: string, bytes: Buffer, metadata = new Metadata()): Promise<Buffer | undefined> {
  const channel = new Channel(address, credentials.createInsecure(), { 'grpc.enable_http_proxy': 0 });
  closers.push(() => channel.close());
  metadata.set('authorization', 'Bearer right');
  return new Promise((resolve, reject) => {
    const same = (b: Buffer): Buffer => b;
    channel.makeUnaryRequest(
      `/${DecisionService.typeName}/Decide`,
      same,
      same,
      bytes,
      metadata,
      (failure: ServiceError | null, answer) =>
        failure === null ? resolve(answer) : reject(new StatusError(failure.code, failure.details)),
    );
  });
}

/** The gRPC status of an empty Decide from a peer that leaves its deadline to the server. */
function statusOverHttp2(address: string, headers: Readonly<Record<string, string>>): Promise<unknown> {
  const session = connect(`http://${address}`);
  closers.push(() => session.destroy());
  return new Promise((resolve, reject) => {
    const stream = session.request({
      ':method': 'POST',
      ':path': `/${DecisionService.typeName}/Decide`,
      'content-type': 'application/grpc',
      te: 'trailers',
      authorization: 'Bearer right',
      ...headers,
    });
    stream.on('error', reject);
    for (const name of ['response', 'trailers']) stream.on(name, (head) => head['grpc-status'] && resolve(head['grpc-status']));
    // One message of no bytes: flag and length.
    stream.end(Buffer.alloc(5));
    stream.resume();
  });
}

describe('admission', () => {
  it('hands the proven caller to typed and raw handlers', async () => {
    const { client } = await run();
    expect((await client.decide({ requestId: 'r1' })).decisionId).toBe('person:ana r1');
    await expect(client.reportOutcome({ outcome: 'executed' })).resolves.toMatchObject({});
  });

  it.each([
    [undefined, /no token: send the metadata "authorization: Bearer <token>"/],
    ['wrong', /unknown, expired or revoked/],
  ])('refuses the token %s on every kind of call and says what to do', async (token, message) => {
    const { address } = await run();
    const client = createClient(DecisionService, token === undefined ? { address } : { address, token });
    closers.push(() => client.close());
    const requests = (async function* () {
      yield { request: {} };
    })();
    const streamed = (async () => {
      for await (const answer of client.decideStream(requests)) return answer;
      return undefined;
    })();
    for (const failure of await Promise.all([client.decide({}), client.reportOutcome({}), streamed].map(failureOf))) {
      expect(failure).toEqual({ code: status.UNAUTHENTICATED, message: expect.stringMatching(message) });
    }
  });
});

describe('bad input', () => {
  it('answers bytes that are no message with INVALID_ARGUMENT', async () => {
    const { address, logged } = await run();
    const failure = await failureOf(rawCall(address, Buffer.from([0x0a, 0xff, 0xff])));
    expect(failure).toEqual({
      code: status.INVALID_ARGUMENT,
      message: expect.stringContaining('countersign.decision.v1.DecideRequest'),
    });
    expect(logged).toEqual([]);
  });

  it('answers invalid UTF-8 in a string with INVALID_ARGUMENT', async () => {
    const { address } = await run();
    const failure = await failureOf(rawCall(address, Buffer.from([0x0a, 0x02, 0xc3, 0x28])));
    expect(failure.code).toBe(status.INVALID_ARGUMENT);
  });

  it('takes a text of 1 MB and refuses a message over the limit, then goes on', async () => {
    const { client } = await run(async ({ action }) => ({ decisionId: String(action?.text.length) }));
    expect((await client.decide({ action: { text: 'x'.repeat(1_000_000) } })).decisionId).toBe('1000000');
    const failure = await failureOf(client.decide({ action: { text: 'x'.repeat(4 * 1024 * 1024) } }));
    expect(failure.code).toBe(status.RESOURCE_EXHAUSTED);
    expect((await client.decide({ action: { text: 'x' } })).decisionId).toBe('1');
  });

  it('refuses a header block over the limit without losing the server', async () => {
    const { address, client } = await run();
    const metadata = new Metadata();
    metadata.set('x-large', 'x'.repeat(100_000));
    const bytes = Buffer.from(toBinary(decision.DecideRequestSchema, create(decision.DecideRequestSchema)));
    await expect(rawCall(address, bytes, metadata)).rejects.toThrow();
    expect((await client.decide({ requestId: 'r2' })).decisionId).toBe('person:ana r2');
  });
});

describe('peers that speak something else', () => {
  it.each([
    ['HTTP/1.1', 'GET / HTTP/1.1\r\nhost: x\r\n\r\n'],
    ['noise', '\0\xff\x16\x03'.repeat(5_000)],
  ])('are cut off, and the others served: %s', async (_, bytes) => {
    const { server, client } = await run();
    const socket = createConnection({ host: '127.0.0.1', port: server.port });
    const closed = new Promise((resolve) => socket.on('error', resolve).on('close', resolve));
    socket.write(Buffer.from(bytes, 'latin1'));
    socket.resume();
    await closed;
    expect((await client.decide({ requestId: 'r' })).decisionId).toBe('person:ana r');
  });

  it('get a status for a method that is not there', async () => {
    const { address } = await run();
    const path = `/${DecisionService.typeName}/Nope`;
    expect(await statusOverHttp2(address, { ':path': path })).toBe(String(status.UNIMPLEMENTED));
  });
});

describe('errors of handlers', () => {
  it.each([
    ['a refusal', new StatusError(status.NOT_FOUND, 'no such thing'), status.NOT_FOUND, 'no such thing', []],
    ['a lone surrogate in the message', new StatusError(status.NOT_FOUND, 'odd \ud800'), status.NOT_FOUND, 'odd \ufffd', []],
    [
      'broken environment',
      new EnvironmentError('disk full', 'Free some space.'),
      status.UNAVAILABLE,
      'disk full. Free some space.',
      ['warn call failed: environment'],
    ],
    [
      'a bug',
      new TypeError('secret detail'),
      status.INTERNAL,
      'internal error: the request was not carried out; the server log has the details',
      ['error call failed: bug'],
    ],
  ] as const)('maps %s', async (_, thrown, code, message, log) => {
    const { client, logged } = await run(async () => {
      throw thrown;
    });
    expect(await failureOf(client.decide({}))).toEqual({ code, message });
    expect(logged).toEqual(log);
  });
});

describe('cancellation', () => {
  const waiting = (): { decide: Decide; reason: Promise<unknown>; started: Promise<void> } => {
    const reason = Promise.withResolvers<unknown>();
    const started = Promise.withResolvers<void>();
    const decide: Decide = async (_, { signal }) => {
      signal.addEventListener('abort', () => reason.resolve(signal.reason));
      started.resolve();
      await reason.promise;
      return { decisionId: 'too late' };
    };
    return { decide, reason: reason.promise, started: started.promise };
  };

  it('ends a call at its deadline by itself and tells the handler', async () => {
    const { decide, reason } = waiting();
    const { address } = await run(decide);
    expect(await statusOverHttp2(address, { 'grpc-timeout': '50m' })).toBe(String(status.DEADLINE_EXCEEDED));
    expect(await reason).toMatchObject({ name: 'StatusError', code: status.DEADLINE_EXCEEDED });
  });

  it('gives a client its deadline', async () => {
    const { decide } = waiting();
    const { client } = await run(decide);
    expect((await failureOf(client.decide({}, { timeoutMs: 50 }))).code).toBe(status.DEADLINE_EXCEEDED);
  });

  it('tells the handler when the caller cancels', async () => {
    const { decide, reason, started } = waiting();
    const { client } = await run(decide);
    const abort = new AbortController();
    const call = failureOf(client.decide({}, { signal: abort.signal }));
    await started;
    abort.abort();
    expect((await call).code).toBe(status.CANCELLED);
    expect(await reason).toMatchObject({ name: 'StatusError', code: status.CANCELLED });
  });

  it('leaves the signal alone after an answer, and shows the deadline', async () => {
    const seen: { signal: AbortSignal; deadlineMs: number | undefined }[] = [];
    const { client } = await run(async (_, { signal, deadlineMs }) => {
      seen.push({ signal, deadlineMs });
      return { decisionId: 'x' };
    });
    const beforeMs = Date.now();
    await client.decide({}, { timeoutMs: 60_000 });
    await client.decide({});
    expect(seen.map(({ signal }) => signal.aborted)).toEqual([false, false]);
    expect(seen[0]?.deadlineMs).toBeGreaterThan(beforeMs + 50_000);
    expect(seen[1]?.deadlineMs).toBeUndefined();
  });
});

describe('streams', () => {
  it('answers 5,000 requests of one stream in the order asked', async () => {
    const { client } = await run();
    const requests = (async function* () {
      for (let n = 0; n < 5_000; n += 1) yield { request: { requestId: String(n) } };
    })();
    const answers: string[] = [];
    for await (const { result } of client.decideStream(requests)) {
      answers.push((result?.result.value as { decisionId: string }).decisionId);
    }
    expect(answers).toEqual(Array.from({ length: 5_000 }, (_, n) => String(n)));
  });

  it('holds a client back while its handler reads nothing', async () => {
    const read = Promise.withResolvers<void>();
    const { client } = await run(echo, {}, async function* (requests) {
      for await (const _ of requests) {
        await read.promise;
        yield {};
      }
    });
    let sent = 0;
    const text = 'x'.repeat(10_000);
    const answers = client.decideStream(
      (async function* () {
        for (; sent < 5_000; sent += 1) yield { request: { action: { text } } };
      })(),
    );
    const all = (async () => {
      let count = 0;
      for await (const _ of answers) count += 1;
      return count;
    })();
    await expect.poll(() => steady(() => sent), { timeout: 20_000 }).toBe(true);
    expect(sent).toBeLessThan(2_000);
    read.resolve();
    expect(await all).toBe(5_000);
  });

  it('holds a handler back while its reader reads nothing, and tells it when the reader leaves', async () => {
    let produced = 0;
    const left = Promise.withResolvers<unknown>();
    const service = registration(lineage.LineageService, {
      async *query(_, { signal }) {
        signal.addEventListener('abort', () => left.resolve(signal.reason));
        const row = Buffer.alloc(100_000);
        for (; produced < 1_000; produced += 1) yield { rowsJson: [row] };
      },
      trace: () => ({}),
      async *rebuild() {},
    });
    const log = { warn() {}, error() {} };
    const server = await startGrpcServer({ address: '127.0.0.1:0', services: [service], authenticate: () => ANA, log });
    const client = createClient(lineage.LineageService, { address: `127.0.0.1:${server.port}`, token: 'any' });
    closers.push(
      () => server.stop(0),
      () => client.close(),
    );
    for await (const { rowsJson } of client.query({ sql: 'SELECT 1' })) {
      expect(rowsJson).toHaveLength(1);
      await new Promise((resolve) => setTimeout(resolve, 200));
      break;
    }
    expect(await left.promise).toMatchObject({ code: status.CANCELLED });
    expect(produced).toBeLessThan(500);
  });
});

describe('start and stop', () => {
  it.each(['0.0.0.0:7400', '10.0.0.1:7400', 'example.org:7400', '127.0.0.1', '[::]:7400'])(
    'refuses to listen on %s',
    async (address) => {
      const started = startGrpcServer({ address, services: [], authenticate: () => undefined, log: { warn() {}, error() {} } });
      await expect(started).rejects.toMatchObject({
        name: 'EnvironmentError',
        advice: expect.stringContaining('COUNTERSIGN_GRPC_ADDRESS'),
      });
    },
  );

  it('names a taken port and the setting that moves it', async () => {
    const { address } = await run();
    const second = startGrpcServer({ address, services: [], authenticate: () => undefined, log: { warn() {}, error() {} } });
    await expect(second).rejects.toMatchObject({
      name: 'EnvironmentError',
      message: `cannot serve gRPC on ${address}: the port is taken`,
      advice: expect.stringContaining('COUNTERSIGN_GRPC_ADDRESS'),
    });
  });

  it('lets a running call end, and ends a stream with UNAVAILABLE after what it had received', async () => {
    const started = Promise.withResolvers<void>();
    const go = Promise.withResolvers<void>();
    const { client, server } = await run(async () => {
      started.resolve();
      await go.promise;
      return { decisionId: 'finished' };
    });
    const silent = new AbortController();
    const requests = (async function* () {
      yield { request: { requestId: 'first' } };
      await new Promise((resolve) => silent.signal.addEventListener('abort', resolve));
    })();
    const stream = client.decideStream(requests)[Symbol.asyncIterator]();
    await stream.next();
    const unary = client.decide({});
    await started.promise;
    const stopped = server.stop(10_000);
    expect((await failureOf(stream.next())).code).toBe(status.UNAVAILABLE);
    silent.abort();
    go.resolve();
    expect((await unary).decisionId).toBe('finished');
    client.close();
    await stopped;
  });

  it('cuts off a call that does not end within the grace', async () => {
    const started = Promise.withResolvers<void>();
    const { client, server } = await run(async (_, { signal }) => {
      started.resolve();
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      return { decisionId: '' };
    });
    const call = failureOf(client.decide({}));
    await started.promise;
    await server.stop(20);
    expect([status.UNAVAILABLE, status.CANCELLED]).toContain((await call).code);
  });
});
