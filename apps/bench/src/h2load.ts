/** h2load as the generator: the grpc-js client tops out far below the server. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GENERATOR_CORE } from './servers.ts';

export interface LoadResult {
  readonly requestsPerS: number;
}

const CONNECTIONS = 4;
const STREAMS_PER_CONNECTION = 32;

/** `seconds` of load after one second of warming. Rejects when any request failed at the HTTP level. */
export async function h2load(port: number, method: string, message: Uint8Array, seconds: number): Promise<LoadResult> {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-h2load-'));
  try {
    const file = join(folder, 'message');
    writeFileSync(file, frame(message));
    const output = await run([
      '-c',
      GENERATOR_CORE,
      'h2load',
      `--duration=${seconds}`,
      '--warm-up-time=1',
      `-c${CONNECTIONS}`,
      `-m${STREAMS_PER_CONNECTION}`,
      '-d',
      file,
      '-H',
      'content-type: application/grpc',
      '-H',
      'te: trailers',
      '-H',
      'authorization: Bearer bench',
      `http://127.0.0.1:${port}/countersign.decision.v1.DecisionService/${method}`,
    ]);
    const failed = /(\d+) failed, (\d+) errored, (\d+) timeout/.exec(output);
    if (!failed || failed.slice(1).some((count) => count !== '0')) throw new Error(`h2load had failures:\n${output}`);
    return { requestsPerS: Number(/([\d.]+) req\/s/.exec(output)?.[1]) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** gRPC's length-prefixed message: no compression, 4 bytes of length. */
function frame(message: Uint8Array): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, message]);
}

function run(args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn('taskset', args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.once('error', reject);
    child.once('exit', (code) =>
      code === 0
        ? resolve(output)
        : reject(new Error(`h2load ended with ${code}; is the package nghttp2-client installed?\n${output}`)),
    );
  });
}
