/** Decisions under way, by history: shown beside what is counted until their place in the journal is known, or they are lost. */
import type { Deed } from './session-deed.ts';

export interface Pending {
  decisions: number;
  /** Each deed once, and beside it how many times. */
  readonly deeds: Deed[];
  readonly times: number[];
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
    if (!pending) this.#byKey.set(key, (pending = this.#empty.pop() ?? { decisions: 0, deeds: [], times: [] }));
    pending.decisions += 1;
    const place = pending.deeds.indexOf(deed);
    if (place >= 0) {
      pending.times[place] = (pending.times[place] as number) + 1;
    } else {
      pending.deeds.push(deed);
      pending.times.push(1);
    }
  }

  end(key: string, deed: Deed): void {
    const pending = this.#byKey.get(key);
    if (!pending) return;
    pending.decisions -= 1;
    const place = pending.deeds.indexOf(deed);
    const times = (pending.times[place] as number) - 1;
    if (times > 0) {
      pending.times[place] = times;
    } else {
      pending.deeds.splice(place, 1);
      pending.times.splice(place, 1);
    }
    if (pending.decisions > 0) return;
    this.#byKey.delete(key);
    if (this.#empty.length < KEPT_EMPTY) this.#empty.push(pending);
  }
}
