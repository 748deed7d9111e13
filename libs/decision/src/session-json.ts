/** A history as policy sees it at a time: compact JSON, written by hand because every decision pays for it. */
import { COUNTER_KEYS, COUNTERS, FIRST_STOPPED } from './session-counters.ts';
import { type History, NAMES_KEPT } from './session-history.ts';
import { valueOf } from './session-pairs.ts';
import type { Pending } from './session-pending.ts';
import { LONGEST_MS, slotOf, Sums, WINDOWS } from './session-windows.ts';

/** Where sums are kept between decisions; histories that are not asked for often do without. */
export interface SumsCache {
  adopt(history: History): Sums;
}

/** HistoryInput as JSON; empty where nothing is known. */
export function historyJson(history: History | undefined, pending: Pending | undefined, nowMs: number, cache: SumsCache): string {
  if (!history && !pending) return '';
  const values = history ? sumsOf(history, nowMs, cache) : NO_SUMS;
  const known = history?.counters ?? NO_NUMBERS;
  const more = pending?.counts ?? NOTHING_MORE;
  const counters = pending ? withPending(known, more) : known;
  const members =
    (pending ? `"pending":${pending.decisions},` : '') +
    windowMembers(counters, values, more) +
    lastMember(history?.last ?? NO_NUMBERS, counters, more, nowMs) +
    labelsMember(history?.labels ?? NO_LABELS, pending?.labels ?? NO_LABELS, nowMs) +
    namesMember('"tables":', history?.tables ?? NO_NAMES, pending?.tables ?? NO_NAMES, nowMs) +
    namesMember('"hosts":', history?.hosts ?? NO_NAMES, pending?.hosts ?? NO_NAMES, nowMs) +
    forgottenMember(history, pending, nowMs);
  return members === '' ? '' : `{${members.slice(0, -1)}}`;
}

const NO_SUMS = new Sums().values;
const NOTHING_MORE = new Float64Array(COUNTERS);
const NO_NUMBERS: readonly number[] = [];
const NO_LABELS: ReadonlyMap<string, readonly number[]> = new Map();
const NO_NAMES: ReadonlyMap<string, number> = new Map();

function sumsOf(history: History, nowMs: number, cache: SumsCache): Float64Array {
  const sums = history.sums ?? cache.adopt(history);
  sums.moveTo(history, slotOf(nowMs));
  return sums.values;
}

/** All counters there are, in their order. */
function withPending(known: readonly number[], more: Float64Array): readonly number[] {
  let counters = known;
  for (let counter = 0; counter < COUNTERS; counter++) {
    if (more[counter] !== 0 && !known.includes(counter)) counters = [...counters, counter];
  }
  return counters === known ? known : [...counters].sort((a, b) => a - b);
}

function windowMembers(counters: readonly number[], values: Float64Array, more: Float64Array): string {
  let members = '';
  let counts = '';
  for (let window = 0; window < WINDOWS.length; window++) {
    // Of what began a moment ago, all windows say the same.
    if (window === 0 || !isAsBefore(counters, values, window)) counts = countMembers(counters, values, more, window);
    if (counts !== '') members += `${WINDOW_KEYS[window]}${counts}`;
  }
  return members;
}

const WINDOW_KEYS = WINDOWS.map(({ name }) => `"${name}":`);

function isAsBefore(counters: readonly number[], values: Float64Array, window: number): boolean {
  for (const counter of counters) {
    const at = counter * WINDOWS.length + window;
    if (values[at] !== values[at - 1]) return false;
  }
  return true;
}

/** With braces and a comma behind; empty for none. */
function countMembers(counters: readonly number[], values: Float64Array, more: Float64Array, window: number): string {
  let done = '';
  let stopped = '';
  for (const counter of counters) {
    const sum = (values[counter * WINDOWS.length + window] as number) + (more[counter] as number);
    if (sum === 0) continue;
    if (counter < FIRST_STOPPED) done += `${COUNTER_KEYS[counter]}${sum},`;
    else stopped += `${COUNTER_KEYS[counter]}${sum},`;
  }
  if (stopped !== '') done += `"stopped":{${stopped.slice(0, -1)}},`;
  return done === '' ? '' : `{${done.slice(0, -1)}},`;
}

function lastMember(marks: readonly number[], counters: readonly number[], more: Float64Array, nowMs: number): string {
  let members = '';
  for (let i = 0; i < marks.length; i += 2) {
    const counter = marks[i] as number;
    members += `${COUNTER_KEYS[counter]}${more[counter] === 0 ? secondsAgo(marks[i + 1] as number, nowMs) : 0},`;
  }
  for (const counter of more === NOTHING_MORE ? NO_NUMBERS : counters) {
    if (counter < FIRST_STOPPED && more[counter] !== 0 && valueOf(marks, counter) === 0) members += `${COUNTER_KEYS[counter]}0,`;
  }
  return members === '' ? '' : `"last":{${members.slice(0, -1)}},`;
}

function labelsMember(
  known: ReadonlyMap<string, readonly number[]>,
  pending: ReadonlyMap<string, readonly number[]>,
  nowMs: number,
): string {
  let members = '';
  for (const [label, marks] of known) members += labelMember(label, marks, pending.get(label) ?? NO_NUMBERS, nowMs);
  for (const label of shown(pending)) {
    if (!known.has(label)) members += labelMember(label, NO_NUMBERS, pending.get(label) ?? NO_NUMBERS, nowMs);
  }
  return members === '' ? '' : `"labels":{${members.slice(0, -1)}},`;
}

function labelMember(label: string, marks: readonly number[], pending: readonly number[], nowMs: number): string {
  let members = '';
  for (let i = 0; i < marks.length; i += 2) {
    const kind = marks[i] as number;
    const atMs = valueOf(pending, kind) > 0 ? nowMs : (marks[i + 1] as number);
    if (nowMs - atMs <= LONGEST_MS) members += `${COUNTER_KEYS[kind]}${secondsAgo(atMs, nowMs)},`;
  }
  for (let i = 0; i < pending.length; i += 2) {
    const kind = pending[i] as number;
    if ((pending[i + 1] as number) > 0 && valueOf(marks, kind) === 0) members += `${COUNTER_KEYS[kind]}0,`;
  }
  return members === '' ? '' : `${label}:{${members.slice(0, -1)}},`;
}

function namesMember(
  key: string,
  known: ReadonlyMap<string, number>,
  pending: ReadonlyMap<string, number>,
  nowMs: number,
): string {
  let members = '';
  for (const [name, atMs] of known) {
    const agoMs = pending.has(name) ? 0 : nowMs - atMs;
    if (agoMs <= LONGEST_MS) members += `${name}:${secondsAgo(nowMs - agoMs, nowMs)},`;
  }
  for (const name of shown(pending)) if (!known.has(name)) members += `${name}:0,`;
  return members === '' ? '' : `${key}{${members.slice(0, -1)}},`;
}

/** Of the names under way no more are shown than of those that are counted; `forgotten` tells of the others. */
function shown(names: ReadonlyMap<string, unknown>): Iterable<string> {
  if (names.size <= NAMES_KEPT) return names.keys();
  const some: string[] = [];
  for (const name of names.keys()) if (some.push(name) === NAMES_KEPT) break;
  return some;
}

function forgottenMember(history: History | undefined, pending: Pending | undefined, nowMs: number): string {
  let members = '';
  for (let list = 0; list < LISTS.length; list++) {
    const name = LISTS[list] as (typeof LISTS)[number];
    const atMs = pending && pending[name].size > NAMES_KEPT ? nowMs : (history?.forgotten[list] ?? 0);
    if (atMs !== 0 && nowMs - atMs <= LONGEST_MS) members += `"${name}":${secondsAgo(atMs, nowMs)},`;
  }
  return members === '' ? '' : `"forgotten":{${members.slice(0, -1)}},`;
}

const LISTS = ['labels', 'tables', 'hosts'] as const;

function secondsAgo(atMs: number, nowMs: number): number {
  return atMs >= nowMs ? 0 : Math.floor((nowMs - atMs) / 1_000);
}
