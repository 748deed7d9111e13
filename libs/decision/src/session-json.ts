/** A history as policy sees it at a time: compact JSON, written by hand because every decision pays for it. */
import { COUNTER_KEYS, COUNTERS, FIRST_STOPPED } from './session-counters.ts';
import type { Deed } from './session-deed.ts';
import { type History, slotOf } from './session-history.ts';
import { LONGEST_MS, newSums, sumUp, WINDOWS } from './session-windows.ts';

/** What was decided and is not durable yet: each deed with how many times. */
export interface Pending {
  decisions: number;
  readonly deeds: Map<Deed, number>;
}

/** Where sums are kept between decisions; histories that are not asked for often do without. */
export interface SumsCache {
  adopt(history: History): Float64Array;
}

/** HistoryInput as JSON; empty where nothing is known. */
export function historyJson(history: History | undefined, pending: Pending | undefined, nowMs: number, cache: SumsCache): string {
  if (!history && !pending) return '';
  const sums = history ? sumsOf(history, nowMs, cache) : EMPTY_SUMS;
  const members =
    (pending ? `"pending":${pending.decisions},` : '') +
    windowMembers(pending ? withPending(sums, pending) : sums) +
    lastMember(history, pending, nowMs) +
    labelsMember(history, pending, nowMs) +
    namesMember('tables', history?.tables, pending, nowMs) +
    namesMember('hosts', history?.hosts, pending, nowMs) +
    forgottenMember(history, nowMs);
  return members === '' ? '' : `{${members.slice(0, -1)}}`;
}

const EMPTY_SUMS = newSums();
const scratch = newSums();

function sumsOf(history: History, nowMs: number, cache: SumsCache): Float64Array {
  const slot = slotOf(nowMs);
  if (history.sums?.slot === slot) return history.sums.values;
  const values = history.sums?.values ?? cache.adopt(history);
  sumUp(history.tallies, nowMs, values);
  if (history.sums) history.sums.slot = slot;
  return values;
}

function withPending(sums: Float64Array, { deeds }: Pending): Float64Array {
  scratch.set(sums);
  for (const [deed, times] of deeds) {
    for (const counter of deed.counts) {
      const row = counter * WINDOWS.length;
      for (let i = row; i < row + WINDOWS.length; i++) scratch[i] = (scratch[i] as number) + times;
    }
  }
  return scratch;
}

function windowMembers(sums: Float64Array): string {
  let members = '';
  for (let window = 0; window < WINDOWS.length; window++) {
    const done = countMembers(sums, window, 0, FIRST_STOPPED);
    const stopped = countMembers(sums, window, FIRST_STOPPED, COUNTERS);
    if (done === '' && stopped === '') continue;
    const inner = stopped === '' ? done : `${done}"stopped":{${stopped.slice(0, -1)}},`;
    members += `"${(WINDOWS[window] as { name: string }).name}":{${inner.slice(0, -1)}},`;
  }
  return members;
}

function countMembers(sums: Float64Array, window: number, from: number, to: number): string {
  let members = '';
  for (let counter = from; counter < to; counter++) {
    const sum = sums[counter * WINDOWS.length + window] as number;
    if (sum !== 0) members += `${COUNTER_KEYS[counter]}${sum},`;
  }
  return members;
}

function lastMember(history: History | undefined, pending: Pending | undefined, nowMs: number): string {
  let members = '';
  const marks = history?.last ?? NO_MARKS;
  const now = pending ? pendingCounters(pending) : NO_COUNTERS;
  for (let i = 0; i < marks.length; i += 2) {
    const counter = marks[i] as number;
    members += `${COUNTER_KEYS[counter]}${now.has(counter) ? 0 : secondsAgo(marks[i + 1] as number, nowMs)},`;
  }
  for (const counter of now) {
    if (!hasMark(marks, counter)) members += `${COUNTER_KEYS[counter]}0,`;
  }
  return members === '' ? '' : `"last":{${members.slice(0, -1)}},`;
}

const NO_MARKS: readonly number[] = [];
const NO_COUNTERS: ReadonlySet<number> = new Set();

function pendingCounters({ deeds }: Pending): ReadonlySet<number> {
  const counters = new Set<number>();
  for (const deed of deeds.keys()) {
    for (const counter of deed.counts) if (counter < FIRST_STOPPED) counters.add(counter);
  }
  return counters;
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
  for (const deed of pending?.deeds.keys() ?? []) {
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
  for (const deed of deeds.keys()) {
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
