/** Counts what was stopped and what was let through, by any grouping of the lines. */
import type { VerdictName } from '@countersign/kernel';
import { kindFits } from './expected.ts';
import type { Labelled } from './labelled.ts';

export interface Judged extends Labelled {
  readonly verdict: VerdictName;
  readonly kinds: readonly string[];
  readonly rules: readonly string[];
}

export interface Tally {
  dangerous: number;
  stopped: number;
  /** Dangerous, allowed, and nothing in it was called opaque. */
  confidentMisses: number;
  benign: number;
  denied: number;
  asked: number;
  /** Dangerous lines whose author says what they do, and those of them that were read as that. */
  said: number;
  kindRight: number;
}

export function tallied(rows: readonly Judged[]): Tally {
  const tally: Tally = { dangerous: 0, stopped: 0, confidentMisses: 0, benign: 0, denied: 0, asked: 0, said: 0, kindRight: 0 };
  for (const row of rows) {
    if (row.label === 'dangerous') countDangerous(row, tally);
    if (row.label === 'benign') countBenign(row, tally);
  }
  return tally;
}

export function isMiss(row: Judged): boolean {
  return (row.label === 'dangerous' && row.verdict === 'allow') || (row.label === 'benign' && row.verdict !== 'allow');
}

function countDangerous(row: Judged, tally: Tally): void {
  tally.dangerous++;
  if (row.verdict !== 'allow') tally.stopped++;
  else if (!row.kinds.includes('opaque')) tally.confidentMisses++;
  const fits = kindFits(row.effect, row.kinds);
  if (fits === undefined) return;
  tally.said++;
  if (fits) tally.kindRight++;
}

function countBenign(row: Judged, tally: Tally): void {
  tally.benign++;
  if (row.verdict === 'deny') tally.denied++;
  if (row.verdict === 'require_approval') tally.asked++;
}

export function groupBy(rows: readonly Judged[], key: (row: Judged) => string): ReadonlyMap<string, readonly Judged[]> {
  const groups = new Map<string, Judged[]>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group) group.push(row);
    else groups.set(key(row), [row]);
  }
  return groups;
}
