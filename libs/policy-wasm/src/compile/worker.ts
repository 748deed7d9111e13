/**
 * The worker that runs OPA's compiler once and ends: 320 MB are too much to keep for something that runs when a policy changes.
 * A new policy is tried here too, because only a worker can be ended when an evaluation does not.
 */
import { messageOf } from '@countersign/kernel';
import { WASI } from 'node:wasi';
import { parentPort, workerData } from 'node:worker_threads';
import { brotliDecompressSync } from 'node:zlib';
import { SERVED } from '../builtins/index.ts';
import { openInstance } from '../host/instance.ts';
import { readArtifact } from './artifact.ts';
import { memoryStreams } from './memory-streams.ts';
import type { CompilerReply, CompilerRequest, WorkerAnswer, WorkerJob } from './protocol.ts';

/** A program that ends in half a second needs no garbage collection, unless a policy is huge: half the time of a compilation. */
const GO_ENVIRONMENT = { GOGC: 'off', GOMEMLIMIT: '512MiB' };

parentPort?.postMessage(answer(workerData as WorkerJob));

function answer({ request, trials = [], compiler = unpackCompiler() }: WorkerJob): WorkerAnswer {
  const { exitCode, output, errors } = runGo(compiler, request);
  if (exitCode !== 0) return { kind: 'crash', message: errors || `exit code ${exitCode}` };
  const { wasm: base64, ...reply } = JSON.parse(output) as CompilerReply;
  if (base64 === undefined) return { kind: 'reply', reply, compiler };
  const wasm = new Uint8Array(Buffer.from(base64, 'base64'));
  const trialFailure = tryOut(wasm, request, trials);
  return { kind: 'reply', reply, wasm, compiler, ...(trialFailure === undefined ? {} : { trialFailure }) };
}

/** Undefined when every trial ended; a policy that calls unserved builtins is not tried, it is refused anyway. */
function tryOut(wasm: Uint8Array, request: CompilerRequest, trials: readonly Uint8Array[]): string | undefined {
  try {
    const data = Buffer.from(JSON.stringify(request.data ?? {}));
    const instance = openInstance(new WebAssembly.Module(wasm), { data, builtins: SERVED });
    if (instance.builtins.some((name) => !SERVED.has(name))) return undefined;
    for (const input of trials) instance.evaluate(input);
    return undefined;
  } catch (thrown) {
    return messageOf(thrown);
  }
}

function unpackCompiler(): WebAssembly.Module {
  return new WebAssembly.Module(brotliDecompressSync(readArtifact()));
}

interface GoRun {
  readonly exitCode: number;
  readonly output: string;
  readonly errors: string;
}

/** The Go program with one request on its stdin. Both ends stay in memory: no temporary files, nothing of the file system. */
function runGo(compiler: WebAssembly.Module, request: CompilerRequest): GoRun {
  const wasi = new WASI({ version: 'preview1', args: ['rego-compiler'], env: GO_ENVIRONMENT, returnOnExit: true });
  const streams = memoryStreams(Buffer.from(JSON.stringify(request)), () => memory.buffer);
  const instance = new WebAssembly.Instance(compiler, {
    wasi_snapshot_preview1: { ...(wasi.wasiImport as WebAssembly.ModuleImports), ...streams.imports },
  });
  const memory = instance.exports['memory'] as WebAssembly.Memory;
  const exitCode = wasi.start(instance);
  return { exitCode, output: streams.written(1), errors: streams.written(2).trim() };
}
