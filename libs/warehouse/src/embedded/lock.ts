/** Waiting in line: shared and exclusive use of the engine, and a bounded number of queries at a time. */

type Release = () => void;

interface Waiter {
  readonly exclusive: boolean;
  readonly grant: (release: Release) => void;
}

/** First come, first served: an exclusive waiter holds back the shared ones behind it, so it cannot starve. */
export class SharedLock {
  readonly #waiters: Waiter[] = [];
  #shared = 0;
  #exclusive = false;

  async shared<T>(work: () => Promise<T>): Promise<T> {
    return this.#run(false, work);
  }

  async exclusive<T>(work: () => Promise<T>): Promise<T> {
    return this.#run(true, work);
  }

  async #run<T>(exclusive: boolean, work: () => Promise<T>): Promise<T> {
    const release = await new Promise<Release>((grant) => {
      this.#waiters.push({ exclusive, grant });
      this.#admit();
    });
    try {
      return await work();
    } finally {
      release();
    }
  }

  #admit(): void {
    for (let next = this.#waiters[0]; next !== undefined; next = this.#waiters[0]) {
      if (this.#exclusive || (next.exclusive && this.#shared > 0)) return;
      this.#waiters.shift();
      if (next.exclusive) this.#exclusive = true;
      else this.#shared += 1;
      next.grant(() => {
        if (next.exclusive) this.#exclusive = false;
        else this.#shared -= 1;
        this.#admit();
      });
    }
  }
}

/** `running` at a time, `waiting` in the queue; one more is refused with what `refuse` makes. */
export class Slots {
  readonly #running: number;
  readonly #waiting: number;
  readonly #refuse: () => Error;
  readonly #queue: (() => void)[] = [];
  #busy = 0;

  constructor(running: number, waiting: number, refuse: () => Error) {
    this.#running = running;
    this.#waiting = waiting;
    this.#refuse = refuse;
  }

  /** `signal` takes a waiting caller out of the queue (its promise then rejects with the signal's reason). */
  async run<T>(signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
    if (this.#busy < this.#running) this.#busy += 1;
    else await this.#wait(signal);
    try {
      signal?.throwIfAborted();
      return await work();
    } finally {
      const next = this.#queue.shift();
      if (next === undefined) this.#busy -= 1;
      else next();
    }
  }

  #wait(signal: AbortSignal | undefined): Promise<void> {
    if (this.#queue.length >= this.#waiting) throw this.#refuse();
    return new Promise((resolve, reject) => {
      const onAbort = () => {
        this.#queue.splice(this.#queue.indexOf(turn), 1);
        reject(signal?.reason as Error);
      };
      const turn = () => {
        signal?.removeEventListener('abort', onAbort);
        resolve();
      };
      this.#queue.push(turn);
      signal?.addEventListener('abort', onAbort, { once: true });
    });
  }
}
