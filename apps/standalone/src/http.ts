/** The HTTP application: one Nest app over the services' modules, with authentication, health and metrics in front. */
import 'reflect-metadata';
import { Catch, type DynamicModule, type ExceptionFilter, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { EnvironmentError, messageOf, type Principal } from '@countersign/kernel';
import type { Logger } from './log.ts';
import { problem, problemOf } from './problem.ts';

export interface HttpOptions {
  /** "host:port" on loopback. */
  readonly address: string;
  readonly modules: readonly DynamicModule[];
  authenticate(token: string): Principal | undefined;
  /** What is not ready yet, by name; empty when the process can do all its work. */
  notReady(): Promise<readonly string[]>;
  /** Prometheus text exposition. */
  metrics(): Promise<string>;
  readonly log: Logger;
}

export interface HttpServer {
  readonly port: number;
  stop(): Promise<void>;
}

/** As much as gRPC takes. */
const BODY_LIMIT_BYTES = 4 << 20;
/** Larger bodies than this are not even taken in. */
const DRAIN_LIMIT_BYTES = 64 << 20;
const REQUEST_TIMEOUT_MS = 60_000;
/** Probes have no token, and these two tell nothing but health. */
const OPEN_PATHS: ReadonlySet<string> = new Set(['/healthz', '/readyz']);

@Module({})
class HttpModule {}

@Catch()
class ProblemFilter implements ExceptionFilter {
  readonly #log: Logger;

  constructor(log: Logger) {
    this.#log = log;
  }

  catch(thrown: unknown, host: { switchToHttp(): { getResponse(): FastifyReply } }): void {
    sendProblem(host.switchToHttp().getResponse(), thrown, this.#log);
  }
}

export async function startHttp(options: HttpOptions): Promise<HttpServer> {
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    forceCloseConnections: true,
  });
  addGate(adapter, options);
  const root: DynamicModule = { module: HttpModule, imports: [...options.modules] };
  const app = await NestFactory.create<NestFastifyApplication>(root, adapter, { logger: false, abortOnError: false });
  app.useGlobalFilters(new ProblemFilter(options.log));
  const [host, port] = splitAddress(options.address);
  try {
    await app.listen(port, host);
  } catch (cause) {
    await app.close();
    throw new EnvironmentError(
      `HTTP cannot listen on ${options.address}: ${messageOf(cause)}`,
      'Stop what uses the port, or set COUNTERSIGN_HTTP_ADDRESS to another loopback address.',
      { cause },
    );
  }
  const bound = app.getHttpServer().address();
  return { port: typeof bound === 'object' && bound !== null ? bound.port : port, stop: () => app.close() };
}

function addGate(adapter: FastifyAdapter, options: HttpOptions): void {
  const fastify = adapter.getInstance();
  fastify.addHook('onRequest', (request, reply, done) => {
    const path = request.url.split('?', 1)[0] ?? '';
    if (OPEN_PATHS.has(path)) return done();
    const principal = options.authenticate(bearerOf(request));
    if (principal) {
      Object.assign(request, { principal });
      return isTooLarge(request) ? refuseLarge(request, reply) : done();
    }
    void reply.header('www-authenticate', 'Bearer');
    send(
      reply,
      problem(
        401,
        'Send a valid token as "authorization: Bearer …"; the first ones lie in the tokens folder of the data folder.',
      ),
    );
  });
  fastify.get('/healthz', (_request, reply) => void reply.type('text/plain').send('ok\n'));
  fastify.get('/readyz', async (_request, reply) => {
    const missing = await options.notReady();
    return reply
      .code(missing.length === 0 ? 200 : 503)
      .type('text/plain')
      .send(missing.length === 0 ? 'ready\n' : `not ready: ${missing.join(', ')}\n`);
  });
  fastify.get('/metrics', async (_request, reply) => reply.type('text/plain; version=0.0.4').send(await options.metrics()));
}

function isTooLarge(request: FastifyRequest): boolean {
  return Number(request.headers['content-length'] ?? 0) > BODY_LIMIT_BYTES;
}

/** Answered after the body was taken in: a connection that is closed while the client writes shows it a broken pipe, not the answer. */
function refuseLarge(request: FastifyRequest, reply: FastifyReply): void {
  const answer = problem(413, `The body is ${request.headers['content-length']} bytes; the cap is ${BODY_LIMIT_BYTES}.`);
  if (Number(request.headers['content-length']) > DRAIN_LIMIT_BYTES) return send(reply, answer);
  request.raw.once('end', () => send(reply, answer)).resume();
}

function sendProblem(reply: FastifyReply, thrown: unknown, log: Logger): void {
  const known = problemOf(thrown);
  if (!known || known.status >= 500) log.error({ err: thrown }, 'an HTTP request failed');
  send(reply, known ?? problem(500, 'Internal error: the request was not carried out; the server log has the details.'));
}

function send(reply: FastifyReply, answer: ReturnType<typeof problem>): void {
  void reply.code(answer.status).type('application/problem+json').send(JSON.stringify(answer));
}

function bearerOf(request: FastifyRequest): string {
  const header = request.headers.authorization ?? '';
  return header.slice(0, 7).toLowerCase() === 'bearer ' ? header.slice(7) : '';
}

function splitAddress(address: string): [host: string, port: number] {
  const at = address.lastIndexOf(':');
  return [address.slice(0, at).replace(/^\[|\]$/g, ''), Number(address.slice(at + 1))];
}
