/** Feeds a stream of decisions from lines, while only so many are unanswered. Answers come in the order asked. */
import { type DecideInit, parseLine } from './action.ts';
import { CommandFailed } from './failure.ts';
import type { Line } from './lines.ts';

/** Sent and not yet answered: enough to fill the server's commits, bounded whatever the file's size. */
export const WINDOW = 512;

export interface Sent {
  /** Of the line, from 1. */
  readonly number: number;
  readonly requestId: string;
}

/** For one reader of `requests`. Lines that are no action go to `onBad` and take no place. */
export class RequestWindow {
  readonly #lines: AsyncIterable<Line>;
  readonly #onBad: (line: number, problem: string) => void;
  readonly #sent: Sent[] = [];
  #wake: (() => void) | undefined;

  constructor(lines: AsyncIterable<Line>, onBad: (line: number, problem: string) => void) {
    this.#lines = lines;
    this.#onBad = onBad;
  }

  get waiting(): number {
    return this.#sent.length;
  }

  async *requests(): AsyncGenerator<{ request: DecideInit }> {
    for await (const { number, text } of this.#lines) {
      const parsed = text.ok ? parseLine(text.value) : text;
      if (!parsed.ok) {
        this.#onBad(number, parsed.error);
        continue;
      }
      while (this.#sent.length >= WINDOW) await new Promise<void>((resolve) => (this.#wake = resolve));
      this.#sent.push({ number, requestId: parsed.value.requestId ?? '' });
      yield { request: parsed.value };
    }
  }

  /** The next answer has come: whose it is. */
  answered(): Sent {
    const sent = this.#sent.shift();
    if (sent === undefined) throw new CommandFailed('The server answered more than it was asked.');
    this.#wake?.();
    return sent;
  }
}
