/** Unary calls as peers that are not our client send them: in pieces, compressed, too much, too little, cut short. */
import { type ClientHttp2Session, type IncomingHttpHeaders, type OutgoingHttpHeaders, connect } from 'node:http2';
import { gzipSync } from 'node:zlib';
import { Server, ServerCredentials } from '@grpc/grpc-js';
import type { Principal } from '@countersign/kernel';
import { decision } from '@countersign/proto';
import { afterEach, describe, expect, it } from 'vitest';
import type { Call } from './call.ts';
import { joinFastUnary } from './fast-unary.ts';
import { type RawUnary, registration, startGrpcServer, StatusError, status } from './index.ts';

const { DecisionService } = decision;
const PATH = `/${DecisionService.typeName}/Decide`;
const ANA: Principal = { tenant: 'default', subject: 'person:ana', owner: '', roles: ['caller'], tokenId: 't1', actsFor: [] };

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function serve(decide: RawUnary): Promise<ClientHttp2Session> {
  const unused = (): never => {
    throw new StatusError(status.UNIMPLEMENTED, 'not here');
  };
  const server = await startGrpcServer({
    address: '127.0.0.1:0',
    services: [registration(DecisionService, { decideBatch: unused, reportOutcome: unused, decideStream: unused }, { decide })],
    authenticate: (token) => (token === 'right' ? ANA : undefined),
    limits: { maxReceiveBytes: 1000 },
    log: { warn: () => undefined, error: () => undefined },
  });
  const session = connect(`http://127.0.0.1:${server.port}`);
  closers.push(
    () => server.stop(0),
    () => session.destroy(),
  );
  return session;
}

interface Answer {
  readonly headers: IncomingHttpHeaders;
  readonly trailers: IncomingHttpHeaders;
  readonly body: Buffer;
}

const HEADERS = {
  ':method': 'POST',
  ':path': PATH,
  'content-type': 'application/grpc',
  te: 'trailers',
  authorization: 'Bearer right',
};

function ask(session: ClientHttp2Session, pieces: readonly Buffer[], more: OutgoingHttpHeaders = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const stream = session.request({ ...HEADERS, ...more });
    const chunks: Buffer[] = [];
    let headers: IncomingHttpHeaders = {};
    let trailers: IncomingHttpHeaders = {};
    stream.on('response', (received) => (headers = received));
    stream.on('trailers', (received: IncomingHttpHeaders) => (trailers = received));
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('error', reject);
    stream.on('end', () => resolve({ headers, trailers, body: Buffer.concat(chunks) }));
    void (async () => {
      for (const piece of pieces) {
        stream.write(piece);
        await new Promise((later) => setTimeout(later, 5));
      }
      stream.end();
    })();
  });
}

function framed(message: Buffer, compressed = 0): Buffer {
  const head = Buffer.alloc(5);
  head[0] = compressed;
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, message]);
}

const echo: RawUnary = (bytes) => Buffer.from(bytes);
const HELLO = Buffer.from('hello');

describe('a unary call', () => {
  it.each([
    ['in one piece', [framed(HELLO)]],
    ['byte by byte', [...framed(HELLO)].map((byte) => Buffer.from([byte]))],
    ['with its prefix alone first', [framed(HELLO).subarray(0, 5), framed(HELLO).subarray(5)]],
    ['with an empty message', [framed(Buffer.alloc(0))]],
  ])('is answered when it comes %s', async (_, pieces) => {
    const { headers, trailers, body } = await ask(await serve(echo), pieces);
    expect(headers).toMatchObject({ ':status': 200, 'content-type': 'application/grpc' });
    expect(trailers).toMatchObject({ 'grpc-status': '0' });
    expect(body).toEqual(framed(pieces.length === 1 && pieces[0]?.length === 5 ? Buffer.alloc(0) : HELLO));
  });

  it('without a token is refused before its message is there, however long it would be', async () => {
    const begun = framed(Buffer.alloc(900)).subarray(0, 20);
    const { headers } = await ask(await serve(echo), [begun], { authorization: 'Bearer wrong' });
    expect(headers['grpc-status']).toBe(String(status.UNAUTHENTICATED));
  });

  it('is left to grpc-js when it is compressed, and answered all the same', async () => {
    const { trailers, body } = await ask(await serve(echo), [framed(gzipSync(HELLO), 1)], { 'grpc-encoding': 'gzip' });
    expect(trailers).toMatchObject({ 'grpc-status': '0' });
    expect(body).toEqual(framed(HELLO));
  });

  it.each([
    ['no message', [], {}, status.UNIMPLEMENTED],
    ['half a message', [framed(HELLO).subarray(0, 7)], {}, status.UNIMPLEMENTED],
    ['two messages', [framed(HELLO), framed(HELLO)], {}, status.UNIMPLEMENTED],
    ['two messages at once', [Buffer.concat([framed(HELLO), framed(HELLO)])], {}, status.UNIMPLEMENTED],
    ['a message that says it is compressed', [framed(HELLO, 1)], {}, status.INTERNAL],
    ['a message over the limit', [framed(Buffer.alloc(1001))], {}, status.RESOURCE_EXHAUSTED],
    ['a timeout that is none', [framed(HELLO)], { 'grpc-timeout': 'soon' }, status.INTERNAL],
    ['no token', [framed(HELLO)], { authorization: '' }, status.UNAUTHENTICATED],
    ['another token', [framed(HELLO)], { authorization: 'Bearer wrong' }, status.UNAUTHENTICATED],
  ])('with %s is refused', async (_, pieces, more, code) => {
    // The second piece has to meet a call that still runs.
    const slow: RawUnary = (bytes) => new Promise((resolve) => setTimeout(() => resolve(Buffer.from(bytes)), 50));
    const { headers, trailers } = await ask(await serve(slow), pieces, more);
    expect(headers['grpc-status'] ?? trailers['grpc-status']).toBe(String(code));
  });

  it('ends at its deadline, and its handler is told', async () => {
    let reason: unknown;
    const never: RawUnary = (_, call: Call) =>
      new Promise((_resolve, reject) =>
        call.signal.addEventListener('abort', () => {
          reason = call.signal.reason;
          reject(reason as Error);
        }),
      );
    const { headers } = await ask(await serve(never), [framed(HELLO)], { 'grpc-timeout': '30m' });
    expect(headers['grpc-status']).toBe(String(status.DEADLINE_EXCEEDED));
    expect(reason).toMatchObject({ code: status.DEADLINE_EXCEEDED });
  });

  it('that the peer gives up is cancelled', async () => {
    const cancelled = new Promise<unknown>((resolve) => {
      void serve((_, call) => new Promise(() => call.signal.addEventListener('abort', () => resolve(call.signal.reason)))).then(
        (session) => {
          const stream = session.request(HEADERS);
          stream.on('error', () => undefined);
          stream.end(framed(HELLO));
          setTimeout(() => stream.close(8), 30);
        },
      );
    });
    expect(await cancelled).toMatchObject({ code: status.CANCELLED });
  });
});

describe('joining grpc-js', () => {
  const host = { admit: () => ANA, maxReceiveBytes: 1, maxSendBytes: 1, log: { warn: () => undefined, error: () => undefined } };

  it('works with the version in use: else every call is slower, and this says so', () => {
    const server = new Server();
    server.createConnectionInjector(ServerCredentials.createInsecure());
    expect(joinFastUnary(server, [], host)).toBe(true);
    server.forceShutdown();
  });

  it('leaves a version that is built differently alone', () => {
    expect(joinFastUnary({} as Server, [], host)).toBe(false);
  });
});
