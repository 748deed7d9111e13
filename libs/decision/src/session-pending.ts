/** Decisions under way, by history: shown beside what is counted until their place in the journal is known, or they are lost. */
import { COUNTERS } from './session-counters.ts';
import type { Deed } from './session-deed.ts';
import { add } from './session-pairs.ts';

/** Added up, so that what a decision is shown costs no more however many are under way. */
export interface Pending {
  decisions: number;
  /** By counter. */
  readonly counts: Float64Array;
  /** By label, pairs of kind and how many times. */
  readonly labels: Map<string, number[]>;
  /** By name, how many times. */
  readonly tables: Map<string, number>;
  readonly hosts: Map<string, number>;
}

/** Most come and go within milliseconds: the emptied ones are used again. */
const KEPT_EMPTY = 256;

export class PendingDecisions {
  readonly #byKey = new Map<string, Pending>();
  readonly #empty: Pending[] = [];

  get(key: string): Pending | undefined {
    return this.#byKey.size === 0 ? undefined : this.#byKey.get(key);
  }

  begin(key: string, deed: Deed): void {
    let pending = this.#byKey.get(key);
    if (!pending) this.#byKey.set(key, (pending = this.#empty.pop() ?? newPending()));
    apply(pending, deed, 1);
  }

  /** The same deed as began. */
  end(key: string, deed: Deed): void {
    const pending = this.#byKey.get(key);
    if (!pending) return;
    apply(pending, deed, -1);
    if (pending.decisions > 0) return;
    this.#byKey.delete(key);
    if (this.#empty.length < KEPT_EMPTY) this.#empty.push(pending);
  }
}

function newPending(): Pending {
  return { decisions: 0, counts: new Float64Array(COUNTERS), labels: new Map(), tables: new Map(), hosts: new Map() };
}

function apply(pending: Pending, deed: Deed, times: 1 | -1): void {
  pending.decisions += times;
  for (const counter of deed.counts) pending.counts[counter] = (pending.counts[counter] as number) + times;
  for (const table of deed.tables) tally(pending.tables, table, times);
  for (const host of deed.hosts) tally(pending.hosts, host, times);
  for (const label of deed.labels) {
    const kinds = pending.labels.get(label) ?? [];
    for (const kind of deed.kinds) add(kinds, kind, times);
    const left = kinds.some((count, i) => i % 2 === 1 && count > 0);
    if (left) pending.labels.set(label, kinds);
    else pending.labels.delete(label);
  }
}

function tally(names: Map<string, number>, name: string, times: 1 | -1): void {
  const count = (names.get(name) ?? 0) + times;
  if (count > 0) names.set(name, count);
  else names.delete(name);
}
