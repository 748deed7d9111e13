/** The order of a trace: by time, but never an effect before its cause, whatever the clocks of two processes say. */

export interface Traceable {
  readonly id: string;
  readonly causationId: string;
  readonly occurredAtMs: number;
  readonly topic: string;
  readonly partition: number;
  readonly journalOffset: number;
}

/** A new array. Events that cause each other (which only a forgery does) keep the order of time. */
export function inCausalOrder<T extends Traceable>(events: readonly T[]): T[] {
  const byTime = events.toSorted(compare);
  const byId = new Map(byTime.map((event) => [event.id, event]));
  const placed = new Set<T>();
  const ordered: T[] = [];
  for (const event of byTime) place(event, byId, placed, ordered);
  return ordered;
}

/** Walks back to the first cause that is not placed yet, then places the chain from there. */
function place<T extends Traceable>(event: T, byId: ReadonlyMap<string, T>, placed: Set<T>, ordered: T[]): void {
  const chain: T[] = [];
  for (let next: T | undefined = event; next && !placed.has(next); next = byId.get(next.causationId)) {
    placed.add(next);
    chain.push(next);
  }
  ordered.push(...chain.toReversed());
}

function compare(a: Traceable, b: Traceable): number {
  if (a.occurredAtMs !== b.occurredAtMs) return a.occurredAtMs - b.occurredAtMs;
  if (a.topic !== b.topic) return a.topic < b.topic ? -1 : 1;
  return a.partition - b.partition || a.journalOffset - b.journalOffset;
}
