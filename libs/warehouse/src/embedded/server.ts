/** The child process of the embedded ClickHouse: chDB behind the ClickHouse HTTP interface. It lives no longer than its parent. */
import type { RequestListener, Server } from 'node:http';
import { createServer } from 'node:http';
import { Credentials } from './credentials.ts';
import type { EngineFolders } from './engine-files.ts';
import { NewerFolder, prepareFolders } from './engine-files.ts';
import type { Engine } from './engine.ts';
import { openEngine } from './engine.ts';
import { serveClickHouse } from './handler.ts';
import { loadNative } from './native.ts';
import type { FailureKind, FromChild, ServeOptions, ToChild } from './protocol.ts';

/** A query that does not end within this is left behind when the process stops. */
const DRAIN_LIMIT_MS = 3_000;

interface Running {
  readonly credentials: Credentials;
  stop(): Promise<void>;
}

class StartFailure extends Error {
  readonly kind: FailureKind;

  constructor(kind: FailureKind, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.kind = kind;
  }
}

async function start(options: ServeOptions): Promise<{ readonly running: Running; readonly port: number }> {
  const server = createServer({ requestTimeout: 0, headersTimeout: 10_000, keepAliveTimeout: 30_000 });
  // Requests that arrive while the engine opens wait for it.
  const serving = Promise.withResolvers<RequestListener>();
  server.on('request', (message, response) => void serving.promise.then((listener) => listener(message, response)));
  const port = await listen(server, options);
  const folders = openFolders(options.dataDir);
  const engine = await openEngine(loadNative(), folders, options.database).catch((thrown: unknown) => {
    throw new StartFailure('engine', thrown instanceof Error ? thrown.message : String(thrown), { cause: thrown });
  });
  const credentials = new Credentials(options);
  const stopping = new AbortController();
  serving.resolve(serveClickHouse({ engine, credentials, stopping: stopping.signal }));
  return { port, running: { credentials, stop: () => stop(server, engine, stopping) } };
}

/** Kills what readers run, lets the writer's current statement end, and frees the folder. */
async function stop(server: Server, engine: Engine, stopping: AbortController): Promise<void> {
  server.close();
  stopping.abort(new Error('the server is stopping'));
  await engine.close();
  server.closeAllConnections();
}

async function listen(server: Server, { host, port }: ServeOptions): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(new StartFailure(error.code === 'EADDRINUSE' || error.code === 'EACCES' ? 'port-taken' : 'engine', error.message));
    });
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

function openFolders(dataDir: string): EngineFolders {
  try {
    return prepareFolders(dataDir);
  } catch (thrown) {
    const kind = thrown instanceof NewerFolder ? 'data-newer' : 'data-unwritable';
    throw new StartFailure(kind, thrown instanceof Error ? thrown.message : String(thrown), { cause: thrown });
  }
}

function main(): void {
  let running: Running | undefined;
  const tell = (message: FromChild, then: () => void = () => undefined) => process.send?.(message, then);
  const finish = async () => {
    // process.exit waits for threads that are still inside a query; this does not.
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), DRAIN_LIMIT_MS);
    await running?.stop();
    process.exit(0);
  };
  process.on('message', (message: ToChild) => {
    if (message.type === 'readers') running?.credentials.setReaders(message.readers);
    else if (message.type === 'stop') void finish();
    else {
      start(message.options).then(
        (started) => {
          running = started.running;
          tell({ type: 'ready', port: started.port });
        },
        (thrown: unknown) => {
          const kind = thrown instanceof StartFailure ? thrown.kind : 'engine';
          const text = thrown instanceof Error ? thrown.message : String(thrown);
          tell({ type: 'failed', kind, message: text }, () => process.kill(process.pid, 'SIGKILL'));
        },
      );
    }
  });
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
  // Ctrl-C reaches the whole process group; the parent decides when this process ends.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => void finish());
}

main();
