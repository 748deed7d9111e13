/** What a handler knows about the call it serves. */
import { status } from '@grpc/grpc-js';
import type { Principal } from '@countersign/kernel';
import { StatusError } from './status.ts';

export interface Call {
  /** Who is calling, proven by token. */
  readonly principal: Principal;
  /** Aborts when the caller cancels, the deadline passes or the server stops; its reason is a StatusError. */
  readonly signal: AbortSignal;
  /** Milliseconds since the epoch; undefined where the caller set none. */
  readonly deadlineMs: number | undefined;
}

/** What every kind of server call has. */
export interface CallSurface {
  readonly cancelled: boolean;
  getDeadline(): Date | number;
  once(event: 'cancelled', listener: () => void): unknown;
}

/** The signal is made on first use: most unary calls never look at it, and an AbortController costs more than their codec. */
export class ServerCall implements Call {
  readonly principal: Principal;
  readonly #surface: CallSurface;
  #controller: AbortController | undefined;
  #finished = false;
  #stopped: StatusError | undefined;

  constructor(principal: Principal, surface: CallSurface) {
    this.principal = principal;
    this.#surface = surface;
  }

  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      if (this.#stopped !== undefined) this.#controller.abort(this.#stopped);
      else if (this.#surface.cancelled) this.#cancelled();
      else this.#surface.once('cancelled', () => this.#cancelled());
    }
    return this.#controller.signal;
  }

  get deadlineMs(): number | undefined {
    const deadline = this.#surface.getDeadline();
    const ms = typeof deadline === 'number' ? deadline : deadline.getTime();
    return Number.isFinite(ms) ? ms : undefined;
  }

  /** Set once the server stops under a running stream: the status that its caller gets in place of OK. */
  get stopped(): StatusError | undefined {
    return this.#stopped;
  }

  /** After the answer, grpc-js reports the closed stream as cancelled: no longer news to anybody. */
  finish(): void {
    this.#finished = true;
  }

  stop(reason: StatusError): void {
    this.#stopped = reason;
    this.#controller?.abort(reason);
  }

  #cancelled(): void {
    if (!this.#finished) this.#controller?.abort(cancellation(this.deadlineMs));
  }
}

/** Node's timers run on another clock and may fire this much before the wall clock shows their time. */
const TIMER_SLACK_MS = 5;

/** Why a call ended early: its deadline, or its caller. */
export function cancellation(deadlineMs: number | undefined): StatusError {
  return deadlineMs !== undefined && Date.now() >= deadlineMs - TIMER_SLACK_MS
    ? new StatusError(status.DEADLINE_EXCEEDED, 'the deadline of the call has passed')
    : new StatusError(status.CANCELLED, 'the caller cancelled the call');
}
