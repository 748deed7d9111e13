/** What a history counts, as small numbers: names, their places in the policy input, and which of them an effect kind has. */
import { EFFECT_KINDS, type EffectKind } from '@countersign/kernel';
import { DECISION_COUNTERS } from './session.ts';

const TOUCHING_KINDS: readonly EffectKind[] = EFFECT_KINDS.filter((kind) => kind !== 'none' && kind !== 'session');

/** In this order they appear in the policy input. A snapshot is good only for the same names. */
export const COUNTER_NAMES: readonly string[] = [...DECISION_COUNTERS, ...TOUCHING_KINDS];

/** Counters from here on are those of effects that were denied or asked about, in the order of the names. */
export const FIRST_STOPPED = COUNTER_NAMES.length;

export const COUNTERS = FIRST_STOPPED + TOUCHING_KINDS.length;

const IDS: ReadonlyMap<string, number> = new Map(COUNTER_NAMES.map((name, id) => [name, id]));
const FIRST_KIND = DECISION_COUNTERS.length;

export function counterId(name: (typeof DECISION_COUNTERS)[number]): number {
  return IDS.get(name) as number;
}

/** Undefined for kinds that touch nothing, and for words of a newer list. */
export function kindId(kind: string): number | undefined {
  const id = IDS.get(kind);
  return id === undefined || id < FIRST_KIND ? undefined : id;
}

export function stoppedId(kind: number): number {
  return kind - FIRST_KIND + FIRST_STOPPED;
}

/** `"name":` of each counter, ready to be written. */
export const COUNTER_KEYS: readonly string[] = Array.from(
  { length: COUNTERS },
  (_, id) => `"${COUNTER_NAMES[id < FIRST_STOPPED ? id : id - FIRST_STOPPED + FIRST_KIND]}":`,
);
