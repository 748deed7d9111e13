/** One gRPC server for all services: binds, admits by token, answers health and reflection, and stops within a bound. */
import { type AddressInfo, type Server as TcpServer, createServer } from 'node:net';
import { Server, ServerCredentials, logVerbosity, setLogVerbosity, status } from '@grpc/grpc-js';
import { EnvironmentError, type Principal } from '@countersign/kernel';
import { type FastUnary, joinFastUnary } from './fast-unary.ts';
import { HealthBoard, healthService } from './health.ts';
import { DEFAULT_LIMITS, type Limits, serverOptions } from './limits.ts';
import { ALPHA_PATH, reflectionService } from './reflection.ts';
import type { ServiceRegistration } from './registration.ts';
import { type Admit, type Host, admitByToken, serve } from './serve.ts';
import { type GrpcLog, StatusError } from './status.ts';

export interface GrpcServerOptions {
  /** "host:port" on loopback; port 0 takes a free one. */
  readonly address: string;
  readonly services: readonly ServiceRegistration[];
  /** Who this token proves; undefined for an unknown, expired or revoked one. Called for every call. */
  authenticate(token: string): Principal | undefined;
  readonly limits?: Partial<Limits>;
  readonly log: GrpcLog;
}

export interface GrpcServer {
  readonly port: number;
  /** For health v1: services serve from the start; a part that fails says so here. */
  setServing(service: string, serving: boolean): void;
  /**
   * Health says NOT_SERVING, streams are told to come back (UNAVAILABLE), running calls get `graceMs` to end; what is left then
   * is cut off. Resolves when every connection is closed; a second call cuts off at once.
   */
  stop(graceMs: number): Promise<void>;
}

/** Rejects with an EnvironmentError when the address cannot be listened on. */
export async function startGrpcServer(options: GrpcServerOptions): Promise<GrpcServer> {
  // grpc-js prints to stderr by itself; what matters comes back as an error or a status.
  setLogVerbosity(logVerbosity.NONE);
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const server = new Server(serverOptions(limits));
  const host: Host = { log: options.log, streams: new Set() };
  const board = new HealthBoard(options.services.map(({ desc }) => desc.typeName));
  const admit = admitByToken((token) => options.authenticate(token));
  for (const service of options.services) register(server, service, admit, host);
  // Health and reflection need no token: probes and load balancers have none, and they tell only what is public (whether the
  // server serves, and its contract). Nothing beyond loopback reaches them.
  const healthRegistration = healthService(board);
  const reflectionRegistration = reflectionService([...options.services, healthRegistration].map(({ desc }) => desc));
  register(server, healthRegistration, () => NOBODY, host);
  register(server, reflectionRegistration, () => NOBODY, host);
  for (const method of reflectionRegistration.methods) {
    server.register(
      ALPHA_PATH,
      serve(method, ALPHA_PATH, () => NOBODY, host),
      identity,
      identity,
      'bidi',
    );
  }
  // The listening socket is our own: grpc-js hides the cause of a failed bind and, without channelz, its forceShutdown leaves
  // connections open.
  const connections = server.createConnectionInjector(ServerCredentials.createInsecure());
  joinFastUnary(server, options.services.flatMap(unaryMethods), { admit, log: options.log, ...limits });
  const tcp = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => connections.injectConnection(socket));
  await listen(tcp, options.address);
  tcp.on('error', (err) => options.log.error({ err }, 'the gRPC socket failed'));
  let stopped: Promise<void> | undefined;
  return {
    port: (tcp.address() as AddressInfo).port,
    setServing: (service, serving) => board.set(service, serving),
    stop(graceMs) {
      connections.drain(stopped === undefined ? graceMs : 0);
      stopped ??= stop(tcp, board, host);
      return stopped;
    },
  };
}

/** The caller of what needs no token. It has no role, so that it can do nothing else. */
const NOBODY: Principal = { tenant: '', subject: '', owner: '', roles: [], tokenId: '', actsFor: [] };

const GRPC_JS_KINDS = {
  unary: 'unary',
  server_streaming: 'serverStream',
  client_streaming: 'clientStream',
  bidi_streaming: 'bidi',
} as const;

/** Messages cross grpc-js as bytes: it answers a failed decode with INTERNAL, where the caller must get INVALID_ARGUMENT. */
function identity(bytes: Buffer): Buffer {
  return bytes;
}

function unaryMethods({ desc, methods }: ServiceRegistration): FastUnary[] {
  return methods.flatMap((method) =>
    method.kind === 'unary' ? [{ path: pathOf(desc, method.desc), handle: method.handle }] : [],
  );
}

function pathOf(service: { readonly typeName: string }, method: { readonly name: string }): string {
  return `/${service.typeName}/${method.name}`;
}

function register(server: Server, service: ServiceRegistration, admit: Admit, host: Host): void {
  for (const method of service.methods) {
    const path = pathOf(service.desc, method.desc);
    const fresh = server.register(path, serve(method, path, admit, host), identity, identity, GRPC_JS_KINDS[method.kind]);
    if (!fresh) throw new TypeError(`${path} is registered twice`);
  }
}

/** Without TLS, tokens would cross the network in clear. */
const LOOPBACK = /^(?<name>localhost|127\.\d+\.\d+\.\d+|\[::1\]):(?<port>\d{1,5})$/;

async function listen(tcp: TcpServer, address: string): Promise<void> {
  const parts = LOOPBACK.exec(address)?.groups;
  if (parts === undefined || Number(parts.port) > 65_535) {
    throw new EnvironmentError(
      `cannot serve gRPC on "${address}": without TLS only a loopback host and a port will do`,
      'Set COUNTERSIGN_GRPC_ADDRESS to one, e.g. 127.0.0.1:7400.',
    );
  }
  await new Promise<void>((resolve, reject) => {
    tcp.once('error', (cause: NodeJS.ErrnoException) => {
      const why = cause.code === 'EADDRINUSE' ? 'the port is taken' : cause.message;
      const advice = 'Stop what listens there, or set COUNTERSIGN_GRPC_ADDRESS to another address, e.g. 127.0.0.1:7401.';
      reject(new EnvironmentError(`cannot serve gRPC on ${address}: ${why}`, advice, { cause }));
    });
    tcp.listen({ host: parts.name?.replace(/[[\]]/g, ''), port: Number(parts.port) }, () => resolve());
  });
}

async function stop(tcp: TcpServer, board: HealthBoard, host: Host): Promise<void> {
  const closed = new Promise<void>((resolve) => tcp.close(() => resolve()));
  board.setAll(false);
  const reason = new StatusError(status.UNAVAILABLE, 'the server is stopping: try again soon');
  for (const end of [...host.streams]) end(reason);
  await closed;
}
