/** One line on stderr while something takes longer than a second. */
import type { Host } from '../host.ts';

const FIRST_AFTER_MS = 1_000;
const TERMINAL_EVERY_MS = 100;
const LOG_EVERY_MS = 1_000;

export class Progress {
  readonly #host: Host;
  readonly #text: () => string;
  #nextMs: number;
  #drawn = false;

  constructor(host: Host, text: () => string) {
    this.#host = host;
    this.#text = text;
    this.#nextMs = performance.now() + FIRST_AFTER_MS;
  }

  /** Call it as often as you like. */
  tick(): void {
    const nowMs = performance.now();
    if (nowMs < this.#nextMs) return;
    const terminal = this.#host.stderr.isTTY === true;
    this.#nextMs = nowMs + (terminal ? TERMINAL_EVERY_MS : LOG_EVERY_MS);
    this.#drawn = terminal;
    // Carriage return and "erase to the end of the line" (ECMA-48 EL).
    this.#host.stderr.write(terminal ? `\r\x1b[K${this.#text()}` : `${this.#text()}\n`);
  }

  end(): void {
    if (this.#drawn) this.#host.stderr.write('\r\x1b[K');
    this.#drawn = false;
  }
}
