/** A loop that works while there is news, waits where there is none, and tries again where it failed: the one place of retries. */
import { EnvironmentError, messageOf } from '@countersign/kernel';

export interface Pump {
  /** There may be news. */
  wake(): void;
  /** Why it does not get on at present; undefined while it does. */
  trouble(): string | undefined;
  /** Ends after the turn under way. */
  stop(): Promise<void>;
}

export interface PumpOptions {
  readonly name: string;
  /** Does one batch; false where there was nothing to do. */
  readonly turn: () => Promise<boolean>;
  /** Called before the next turn after a failed one. */
  readonly recover: () => Promise<void>;
  readonly log: (message: string) => void;
}

const FIRST_RETRY_MS = 50;
const LAST_RETRY_MS = 5_000;

/** News that comes within this time shares a turn: a busy journal rings hundreds of times a second. */
const GATHER_MS = 2;

export function startPump({ name, turn, recover, log }: PumpOptions): Pump {
  let stopped = false;
  let news = true;
  let ring: (() => void) | undefined;
  let failures = 0;
  let trouble: string | undefined;

  async function run(): Promise<void> {
    while (!stopped) {
      try {
        if (failures > 0) await recover();
        await drain();
      } catch (cause) {
        failures += 1;
        // A broken environment heals or an operator heals it; a bug stays, and stays visible, without turning the processor hot.
        const kind = cause instanceof EnvironmentError ? `${cause.message}. ${cause.advice}` : `bug: ${messageOf(cause)}`;
        if (trouble !== kind) log(`${name} cannot go on and will try again: ${kind}`);
        trouble = kind;
        await pause(Math.min(FIRST_RETRY_MS * 2 ** (failures - 1), LAST_RETRY_MS));
      }
    }
  }

  async function drain(): Promise<void> {
    news = false;
    while (!stopped && (await turn()));
    if (trouble !== undefined) log(`${name} goes on`);
    failures = 0;
    trouble = undefined;
    if (!news && !stopped) await new Promise<void>((resolve) => (ring = resolve));
    await pause(GATHER_MS);
  }

  /** Cut short by `stop`. */
  async function pause(ms: number): Promise<void> {
    if (stopped) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      ring = () => {
        if (!stopped) return;
        clearTimeout(timer);
        resolve();
      };
    });
  }

  function wake(): void {
    news = true;
    ring?.();
  }

  const running = run();
  return {
    wake,
    trouble: () => trouble,
    async stop() {
      stopped = true;
      wake();
      await running;
    },
  };
}
