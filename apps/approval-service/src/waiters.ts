/** Who waits for what: calls for the outcome of their command, streams for the next change of an approval. */
import type { Event } from '@countersign/wire';

export class Waiters {
  readonly #max: number;
  readonly #outcomes = new Map<string, Set<(stored: Event) => void>>();
  readonly #changes = new Map<string, Set<() => void>>();
  #watching = 0;

  constructor(max: number) {
    this.#max = max;
  }

  /** The first event that this command causes from now on; undefined when the time is over. Register before the command is sent. */
  outcomeOf(commandId: string, timeoutMs: number): { readonly outcome: Promise<Event | undefined>; drop(): void } {
    const set = this.#outcomes.get(commandId) ?? new Set();
    this.#outcomes.set(commandId, set);
    let settle!: (stored: Event | undefined) => void;
    const settled = new Promise<Event | undefined>((resolve) => (settle = resolve));
    const timer = setTimeout(() => finish(undefined), timeoutMs);
    const finish = (stored: Event | undefined): void => {
      clearTimeout(timer);
      set.delete(finish);
      if (set.size === 0 && this.#outcomes.get(commandId) === set) this.#outcomes.delete(commandId);
      settle(stored);
    };
    set.add(finish);
    return { outcome: settled, drop: () => finish(undefined) };
  }

  /** Calls back after each change of this approval. Undefined where too many wait already; else the way to stop. */
  watch(approvalId: string, onChange: () => void): (() => void) | undefined {
    if (this.#watching >= this.#max) return undefined;
    this.#watching += 1;
    const set = this.#changes.get(approvalId) ?? new Set();
    this.#changes.set(approvalId, set);
    // Its own function a watch, so that the same callback may watch twice.
    const changed = () => onChange();
    set.add(changed);
    return () => {
      if (!set.delete(changed)) return;
      this.#watching -= 1;
      if (set.size === 0 && this.#changes.get(approvalId) === set) this.#changes.delete(approvalId);
    };
  }

  /** How many streams and long polls wait. */
  get watching(): number {
    return this.#watching;
  }

  tell(stored: Event, approvalId: string): void {
    for (const settle of this.#outcomes.get(stored.causationId) ?? []) settle(stored);
    for (const changed of this.#changes.get(approvalId) ?? []) changed();
  }

  /** Ends all waiting: outcomes stay unknown, watches are told once more. */
  stop(): void {
    for (const set of this.#outcomes.values())
      for (const settle of set) (settle as (stored: Event | undefined) => void)(undefined);
    for (const set of this.#changes.values()) for (const changed of set) changed();
  }
}
