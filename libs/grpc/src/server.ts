/** One gRPC server for all services: binds, admits by token, answers health and reflection, and stops within a bound. */
import { Server, ServerCredentials, logVerbosity, setLogVerbosity, status } from '@grpc/grpc-js';
import { EnvironmentError, type Principal, messageOf } from '@countersign/kernel';
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
  requireLoopback(options.address);
  // grpc-js prints to stderr by itself; what matters comes back as an error or a status.
  setLogVerbosity(logVerbosity.NONE);
  const server = new Server(serverOptions({ ...DEFAULT_LIMITS, ...options.limits }));
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
  const port = await listen(server, options.address);
  let stopped: Promise<void> | undefined;
  return {
    port,
    setServing: (service, serving) => board.set(service, serving),
    stop(graceMs) {
      if (stopped === undefined) stopped = stop(server, board, host, graceMs);
      else server.forceShutdown();
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

function register(server: Server, service: ServiceRegistration, admit: Admit, host: Host): void {
  for (const method of service.methods) {
    const path = `/${service.desc.typeName}/${method.desc.name}`;
    const fresh = server.register(path, serve(method, path, admit, host), identity, identity, GRPC_JS_KINDS[method.kind]);
    if (!fresh) throw new TypeError(`${path} is registered twice`);
  }
}

/** Without TLS, tokens would cross the network in clear. */
function requireLoopback(address: string): void {
  const at = address.lastIndexOf(':');
  const name = address.slice(0, at);
  if (at > 0 && /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(name) && /^\d{1,5}$/.test(address.slice(at + 1))) return;
  throw new EnvironmentError(
    `cannot serve gRPC on "${address}": without TLS only loopback addresses are served`,
    'Set COUNTERSIGN_GRPC_ADDRESS to a loopback host and a port, e.g. 127.0.0.1:7400.',
  );
}

function listen(server: Server, address: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.bindAsync(address, ServerCredentials.createInsecure(), (cause, port) => {
      if (cause === null) return resolve(port);
      const why = messageOf(cause).includes('EADDRINUSE') ? 'the port is taken' : messageOf(cause);
      const advice = 'Stop what listens there, or set COUNTERSIGN_GRPC_ADDRESS to another address, e.g. 127.0.0.1:7401.';
      reject(new EnvironmentError(`cannot serve gRPC on ${address}: ${why}`, advice, { cause }));
    });
  });
}

async function stop(server: Server, board: HealthBoard, host: Host, graceMs: number): Promise<void> {
  board.setAll(false);
  const closed = new Promise<void>((resolve) => server.tryShutdown(() => resolve()));
  const reason = new StatusError(status.UNAVAILABLE, 'the server is stopping: try again soon');
  for (const end of [...host.streams]) end(reason);
  const timer = setTimeout(() => server.forceShutdown(), graceMs);
  await closed;
  clearTimeout(timer);
}
