/** Runs one job of the Rego compiler in a worker that ends with it, within a time limit. */
import { EnvironmentError, type Result, err, ok } from '@countersign/kernel';
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { type PolicyProblem, plainProblem } from '../problem.ts';
import type { WorkerAnswer, WorkerJob } from './protocol.ts';

/** A slow machine needs 3 s for a first compilation; ten times that is a policy that does not end. */
const JOB_LIMIT_MS = 30_000;

export type CompilerAnswer = Extract<WorkerAnswer, { kind: 'reply' }>;

/**
 * The compiler itself (40 MB) is kept between jobs that follow each other closely: whoever edits a policy, or tests a dozen, waits
 * a third of the time. Then it goes.
 */
const KEEP_COMPILER_MS = 20_000;
let kept: WebAssembly.Module | undefined;
let dropTimer: NodeJS.Timeout | undefined;

function keep(compiler: WebAssembly.Module): void {
  kept = compiler;
  clearTimeout(dropTimer);
  dropTimer = setTimeout(() => (kept = undefined), KEEP_COMPILER_MS);
  dropTimer.unref();
}

/** One at a time, so that two reloads at once do not need twice the memory. */
let queue: Promise<unknown> = Promise.resolve();

/** Refusals: `time`. Throws an EnvironmentError when the compiler itself cannot run. */
export function runCompiler(job: WorkerJob, limitMs = JOB_LIMIT_MS): Promise<Result<CompilerAnswer, PolicyProblem>> {
  const turn = queue.then(() => runWorker(job, limitMs));
  queue = turn.catch(() => undefined);
  return turn;
}

function runWorker(job: WorkerJob, limitMs: number): Promise<Result<CompilerAnswer, PolicyProblem>> {
  // Always the built file: Node runs no TypeScript in a worker that starts from a spec.
  const entry = createRequire(import.meta.url).resolve('@countersign/policy-wasm/compiler-worker');
  // node:wasi announces itself as experimental on every start; whoever runs a policy can do nothing about it.
  const execArgv = ['--disable-warning=ExperimentalWarning'];
  const workerData: WorkerJob = kept === undefined ? job : { ...job, compiler: kept };
  const worker = new Worker(entry, { workerData, env: {}, execArgv });
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      const message = `the policy did not compile and answer a trial within ${limitMs} ms: does a rule loop over too much?`;
      finish(() => resolve(err(plainProblem('time', message))));
    }, limitMs);
    const fail = (message: string, cause?: unknown): void =>
      finish(() =>
        reject(new EnvironmentError(`the Rego compiler failed: ${message}`, 'free some memory and try again', { cause })),
      );
    function finish(settle: () => void): void {
      clearTimeout(timer);
      worker.removeAllListeners();
      // A worker that fails while it is being ended has nothing left to say.
      worker.on('error', () => undefined);
      void worker.terminate().then(settle);
    }
    worker.once('message', (answer: WorkerAnswer) => {
      if (answer.kind === 'crash') {
        fail(answer.message);
        return;
      }
      keep(answer.compiler);
      finish(() => resolve(ok(answer)));
    });
    worker.once('error', (cause: Error) => fail(cause.message, cause));
    worker.once('exit', (code: number) => fail(`its worker ended early with code ${code}`));
  });
}
