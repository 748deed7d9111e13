/** A history as policy sees it at a time: compact JSON, written by hand because every decision pays for it. */
import { COUNTER_KEYS, COUNTERS, FIRST_STOPPED } from './session-counters.ts';
import type { Deed } from './session-deed.ts';
import type { History } from './session-history.ts';
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
  const known = history?.counters ?? NO_COUNTERS;
  const counters = pending ? gather(pending, known) : known;
  const members =
    (pending ? `"pending":${pending.decisions},` : '') +
    windowMembers(counters, values) +
    lastMember(history?.last ?? NO_COUNTERS, pending ? counters : NO_COUNTERS, nowMs) +
    labelsMember(history, pending, nowMs) +
    namesMember('tables', history?.tables, pending, nowMs) +
    namesMember('hosts', history?.hosts, pending, nowMs) +
    forgottenMember(history, nowMs);
  for (const counter of pending ? counters : NO_COUNTERS) underWay[counter] = 0;
  return members === '' ? '' : `{${members.slice(0, -1)}}`;
}

const NO_SUMS = new Sums().values;
const NO_COUNTERS: readonly number[] = [];
/** By counter, what is pending of the history being written; all zero in between. */
const underWay = new Float64Array(COUNTERS);

function sumsOf(history: History, nowMs: number, cache: SumsCache): Float64Array {
  const sums = history.sums ?? cache.adopt(history);
  sums.moveTo(history, slotOf(nowMs));
  return sums.values;
}

/** Fills `underWay`; gives all counters there are, in their order. */
function gather({ deeds, times }: Pending, known: readonly number[]): readonly number[] {
  let counters = known;
  for (let i = 0; i < deeds.length; i++) {
    for (const counter of (deeds[i] as Deed).counts) {
      if (underWay[counter] === 0 && !known.includes(counter)) counters = [...counters, counter];
      underWay[counter] = (underWay[counter] as number) + (times[i] as number);
    }
  }
  return counters === known ? known : [...counters].sort((a, b) => a - b);
}

function windowMembers(counters: readonly number[], values: Float64Array): string {
  let members = '';
  let counts = '';
  for (let window = 0; window < WINDOWS.length; window++) {
    // Of what began a moment ago, all windows say the same.
    if (window === 0 || !isAsBefore(counters, values, window)) counts = countMembers(counters, values, window);
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
function countMembers(counters: readonly number[], values: Float64Array, window: number): string {
  let done = '';
  let stopped = '';
  for (const counter of counters) {
    const sum = (values[counter * WINDOWS.length + window] as number) + (underWay[counter] as number);
    if (sum === 0) continue;
    if (counter < FIRST_STOPPED) done += `${COUNTER_KEYS[counter]}${sum},`;
    else stopped += `${COUNTER_KEYS[counter]}${sum},`;
  }
  if (stopped !== '') done += `"stopped":{${stopped.slice(0, -1)}},`;
  return done === '' ? '' : `{${done.slice(0, -1)}},`;
}

/** `pending`: the counters of which some may be under way. */
function lastMember(marks: readonly number[], pending: readonly number[], nowMs: number): string {
  let members = '';
  for (let i = 0; i < marks.length; i += 2) {
    const counter = marks[i] as number;
    members += `${COUNTER_KEYS[counter]}${underWay[counter] === 0 ? secondsAgo(marks[i + 1] as number, nowMs) : 0},`;
  }
  for (const counter of pending) {
    if (counter < FIRST_STOPPED && underWay[counter] !== 0 && !hasMark(marks, counter)) members += `${COUNTER_KEYS[counter]}0,`;
  }
  return members === '' ? '' : `"last":{${members.slice(0, -1)}},`;
}

function hasMark(marks: readonly number[], counter: number): boolean {
  for (let i = 0; i < marks.length; i += 2) if (marks[i] === counter) return true;
  return false;
}

function labelsMember(history: History | undefined, pending: Pending | undefined, nowMs: number): string {
  const now = pendingLabels(pending);
  let members = '';
  for (const [label, marks] of history?.labels ?? NO_LABELS) {
    const kinds = now?.get(label);
    now?.delete(label);
    let inner = '';
    for (let i = 0; i < marks.length; i += 2) {
      const kind = marks[i] as number;
      const atMs = kinds?.delete(kind) ? nowMs : (marks[i + 1] as number);
      if (nowMs - atMs <= LONGEST_MS) inner += `${COUNTER_KEYS[kind]}${secondsAgo(atMs, nowMs)},`;
    }
    members += labelMember(label, inner, kinds);
  }
  for (const [label, kinds] of now ?? []) members += labelMember(label, '', kinds);
  return members === '' ? '' : `"labels":{${members.slice(0, -1)}},`;
}

function labelMember(label: string, known: string, kinds: ReadonlySet<number> | undefined): string {
  let inner = known;
  for (const kind of kinds ?? []) inner += `${COUNTER_KEYS[kind]}0,`;
  return inner === '' ? '' : `${label}:{${inner.slice(0, -1)}},`;
}

const NO_LABELS: ReadonlyMap<string, readonly number[]> = new Map();
const NO_NAMES: ReadonlyMap<string, number> = new Map();

function pendingLabels(pending: Pending | undefined): Map<string, Set<number>> | undefined {
  let labels: Map<string, Set<number>> | undefined;
  for (const deed of pending?.deeds ?? []) {
    for (const label of deed.labels) {
      labels ??= new Map();
      const kinds = labels.get(label) ?? new Set();
      for (const kind of deed.kinds) kinds.add(kind);
      labels.set(label, kinds);
    }
  }
  return labels;
}

function namesMember(
  list: 'tables' | 'hosts',
  names: ReadonlyMap<string, number> | undefined,
  pending: Pending | undefined,
  nowMs: number,
): string {
  const now = pending ? pendingNames(list, pending) : undefined;
  let members = '';
  for (const [name, atMs] of names ?? NO_NAMES) {
    const agoMs = now?.delete(name) ? 0 : nowMs - atMs;
    if (agoMs <= LONGEST_MS) members += `${name}:${secondsAgo(nowMs - agoMs, nowMs)},`;
  }
  for (const name of now ?? []) members += `${name}:0,`;
  return members === '' ? '' : `"${list}":{${members.slice(0, -1)}},`;
}

function pendingNames(list: 'tables' | 'hosts', { deeds }: Pending): Set<string> | undefined {
  let names: Set<string> | undefined;
  for (const deed of deeds) {
    for (const name of deed[list]) (names ??= new Set()).add(name);
  }
  return names;
}

function forgottenMember(history: History | undefined, nowMs: number): string {
  if (!history) return '';
  let members = '';
  for (let list = 0; list < FORGOTTEN_KEYS.length; list++) {
    const atMs = history.forgotten[list] as number;
    if (atMs !== 0 && nowMs - atMs <= LONGEST_MS) members += `${FORGOTTEN_KEYS[list]}${secondsAgo(atMs, nowMs)},`;
  }
  return members === '' ? '' : `"forgotten":{${members.slice(0, -1)}},`;
}

const FORGOTTEN_KEYS = ['"labels":', '"tables":', '"hosts":'];

function secondsAgo(atMs: number, nowMs: number): number {
  return atMs >= nowMs ? 0 : Math.floor((nowMs - atMs) / 1_000);
}
