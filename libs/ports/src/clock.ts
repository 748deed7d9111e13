/** The clock: the only source of time, so that tests can hold it still and a step back cannot reorder the record. */

export interface Clock {
  /** Milliseconds since the Unix epoch. Never smaller than the value before, even when the system clock steps back. */
  nowMs(): number;
}

/** The system clock, held at its highest value while the system clock lies behind it. */
export function monotonicClock(systemNowMs: () => number = Date.now): Clock {
  let lastMs = 0;
  return {
    nowMs() {
      lastMs = Math.max(lastMs, systemNowMs());
      return lastMs;
    },
  };
}
