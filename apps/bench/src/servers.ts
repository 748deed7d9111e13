/** Starts and ends the measured servers, each a process of its own on one core. */
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface MeasuredServer {
  readonly port: number;
  stop(): Promise<void>;
}

export const SERVER_CORE = '0';
export const GENERATOR_CORE = '1';

/** The server prints one line, its port. */
export async function startServer(entry: string, args: readonly string[] = []): Promise<MeasuredServer> {
  const path = fileURLToPath(new URL(`./${entry}.js`, import.meta.url));
  const child = spawn('taskset', ['-c', SERVER_CORE, process.execPath, path, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const port = await portOf(child);
  return {
    port,
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve());
        child.kill('SIGTERM');
      }),
  };
}

function portOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the server ended with ${code} before it listened`)));
    child.stdout?.once('data', (chunk: Buffer) => resolve(Number(chunk.toString().trim())));
  });
}
