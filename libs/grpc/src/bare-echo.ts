/** The yardstick of the benchmarks: grpc-js and nothing else, answering every unary call of one path with the same bytes. */
import { Server, ServerCredentials, logVerbosity, setLogVerbosity, type sendUnaryData } from '@grpc/grpc-js';

export interface BareEcho {
  readonly port: number;
  stop(): void;
}

/** Listens on a free port of the loopback interface. */
export async function startBareEcho(path: string, answer: Buffer): Promise<BareEcho> {
  setLogVerbosity(logVerbosity.NONE);
  const server = new Server({ 'grpc.enable_channelz': 0 });
  const same = (bytes: Buffer): Buffer => bytes;
  server.register(path, (_call: unknown, respond: sendUnaryData<Buffer>) => respond(null, answer), same, same, 'unary');
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    );
  });
  return { port, stop: () => server.forceShutdown() };
}
