/** The requests of a stream as an AsyncIterable: bounded, ordered, without the cost of a Node stream iterator. */
import type { EventEmitter } from 'node:events';
import type { CallSurface } from './call.ts';

/** Messages waiting for the handler before the peer is held back; grpc-js and HTTP/2 flow control buffer little more. */
const CAP_WAITING_MESSAGES = 256;
const CAP_WAITING_BYTES = 1024 * 1024;

type Source = CallSurface &
  EventEmitter & {
    pause(): unknown;
    resume(): unknown;
  };

interface Waiter {
  resolve(step: IteratorResult<Buffer, undefined>): void;
  reject(reason: Error): void;
}

const DONE = { done: true, value: undefined } as const;

/** For one reader: `next` must not be called again before it has settled (as `for await` does). */
export class Inbox implements AsyncIterableIterator<Buffer, undefined> {
  readonly #source: Source;
  readonly #queue: Buffer[] = [];
  #waitingBytes = 0;
  #paused = false;
  #ended = false;
  #failure: Error | undefined;
  #waiter: Waiter | undefined;

  /** `failure` gives the error that the reader gets when the call is cancelled. */
  constructor(source: Source, failure: () => Error) {
    this.#source = source;
    source.on('data', (bytes: Buffer) => this.#push(bytes));
    source.on('end', () => this.end());
    source.on('cancelled', () => this.#fail(failure()));
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<Buffer, undefined>> {
    const bytes = this.#queue.shift();
    if (bytes !== undefined) {
      this.#waitingBytes -= bytes.length;
      if (this.#paused && this.#queue.length < CAP_WAITING_MESSAGES / 2 && this.#waitingBytes < CAP_WAITING_BYTES) this.#flow();
      return Promise.resolve({ done: false, value: bytes });
    }
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    if (this.#ended) return Promise.resolve(DONE);
    return new Promise((resolve, reject) => (this.#waiter = { resolve, reject }));
  }

  /** The reader lost interest: what still comes in is dropped, so that the call can end. */
  return(): Promise<IteratorResult<Buffer, undefined>> {
    this.#ended = true;
    this.#queue.length = 0;
    this.#flow();
    return Promise.resolve(DONE);
  }

  /** No further requests are taken: the peer closed its side, or the server stops. What was received is still read. */
  end(): void {
    this.#ended = true;
    this.#settle((waiter) => waiter.resolve(DONE));
  }

  #push(bytes: Buffer): void {
    if (this.#ended) return;
    const waiter = this.#waiter;
    if (waiter !== undefined) {
      this.#waiter = undefined;
      waiter.resolve({ done: false, value: bytes });
      return;
    }
    this.#queue.push(bytes);
    this.#waitingBytes += bytes.length;
    if (this.#queue.length >= CAP_WAITING_MESSAGES || this.#waitingBytes >= CAP_WAITING_BYTES) {
      this.#paused = true;
      this.#source.pause();
    }
  }

  #flow(): void {
    this.#paused = false;
    this.#source.resume();
  }

  #fail(failure: Error): void {
    if (this.#ended) return;
    this.#failure = failure;
    this.#settle((waiter) => waiter.reject(failure));
  }

  #settle(how: (waiter: Waiter) => void): void {
    const waiter = this.#waiter;
    this.#waiter = undefined;
    if (waiter !== undefined) how(waiter);
  }
}
