/**
 * The only file that knows worker threads: one thread with a large stack that takes jobs one after the other, is killed when a
 * job takes too long, and is started again for the next one.
 */
import { createRequire } from 'node:module';
import { Worker, parentPort } from 'node:worker_threads';

export interface WorkerCaps {
  /** One text may take this long in the thread. */
  readonly deadlineMs: number;
  /** The thread itself may take this long to load. */
  readonly startMs: number;
  /** Texts that may wait for the thread; one more is refused. */
  readonly waiting: number;
  readonly stackMb: number;
}

export const WORKER_CAPS: WorkerCaps = { deadlineMs: 2000, startMs: 10_000, waiting: 64, stackMb: 32 };

/** `why` says what happened to a text that has no answer. */
export type WorkerAnswer<T> = { readonly answer: T } | { readonly why: string };

export interface ReadingThread<Q, A> {
  read(question: Q): Promise<WorkerAnswer<A>>;
  close(): Promise<void>;
}

interface Job<Q, A> {
  readonly question: Q;
  readonly settle: (answer: WorkerAnswer<A>) => void;
}

type Message<T> = 'ready' | WorkerAnswer<T>;

/** Starts no thread before the first text. `entry` is the specifier of a built module that calls `serveThread`. */
export function openThread<Q, A>(entry: string, caps: WorkerCaps = WORKER_CAPS): ReadingThread<Q, A> {
  const queue: Job<Q, A>[] = [];
  let worker: Worker | undefined;
  let ready = false;
  let current: Job<Q, A> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  const finish = (answer: WorkerAnswer<A>): void => {
    clearTimeout(timer);
    const job = current;
    current = undefined;
    if (queue.length === 0) worker?.unref();
    job?.settle(answer);
    next();
  };

  const drop = (why: string): void => {
    const dropped = worker;
    worker = undefined;
    ready = false;
    dropped?.removeAllListeners();
    // A thread that dies in its own way after this concerns nobody, but must not be an unhandled error.
    dropped?.on('error', () => undefined);
    void dropped?.terminate();
    finish({ why });
  };

  const start = (): void => {
    const path = createRequire(import.meta.url).resolve(entry);
    const started = new Worker(path, { resourceLimits: { stackSizeMb: caps.stackMb }, stdout: true, stderr: true });
    worker = started;
    started.on('message', (message: Message<A>) => {
      if (message !== 'ready') finish(message);
      else {
        ready = true;
        send();
      }
    });
    started.on('error', (error) => drop(`the reading thread failed: ${error instanceof Error ? error.message : String(error)}`));
    started.on('exit', () => drop('the reading thread ended'));
  };

  const send = (): void => {
    if (current === undefined) return;
    clearTimeout(timer);
    timer = setTimeout(() => drop(`it took longer than ${caps.deadlineMs} ms to read`), caps.deadlineMs);
    worker?.postMessage(current.question);
  };

  const next = (): void => {
    if (current !== undefined || closed) return;
    current = queue.shift();
    if (current === undefined) return;
    if (worker === undefined) start();
    worker?.ref();
    if (ready) send();
    else timer = setTimeout(() => drop('the reading thread did not start'), caps.startMs);
  };

  return {
    read: (question) =>
      new Promise((resolve) => {
        if (closed) resolve({ why: 'the reader is closed' });
        else if (queue.length >= caps.waiting) resolve({ why: 'too many texts are waiting to be read' });
        else {
          queue.push({ question, settle: resolve });
          next();
        }
      }),
    close: async () => {
      closed = true;
      clearTimeout(timer);
      for (const job of queue.splice(0)) job.settle({ why: 'the reader is closed' });
      current?.settle({ why: 'the reader is closed' });
      current = undefined;
      worker?.removeAllListeners();
      await worker?.terminate();
      worker = undefined;
    },
  };
}

/** The thread's own side. `read` answers one question; when it throws, the thread ends and the question has no answer. */
export async function serveThread<Q, A>(open: () => Promise<(question: Q) => Promise<A>>): Promise<void> {
  const read = await open();
  const port = parentPort;
  if (port === null) throw new Error('serveThread runs in a worker thread');
  port.on('message', (question: Q) => {
    void read(question).then((answer) => port.postMessage({ answer } satisfies WorkerAnswer<A>));
  });
  port.postMessage('ready');
}
