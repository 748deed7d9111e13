/** The history of one session, agent or person: what the fold adds to it, and its bytes in a snapshot. */
import type { Deed } from './session-deed.ts';
import { FIRST_STOPPED } from './session-counters.ts';
import { raise } from './session-pairs.ts';
import { addToNewest, LONGEST_MS, openTally, slotOf, type Sums, type Timeline } from './session-windows.ts';

/** Of labels, tables and hosts each. */
export const NAMES_KEPT = 16;

export interface History extends Timeline {
  /** Tenant and id. */
  readonly key: string;
  /** Every counter in them, and perhaps some that have left them, in order. */
  readonly counters: number[];
  /** Pairs of counter and time: when it last grew. */
  readonly last: number[];
  /** By name as a JSON string, the one longest untouched first; pairs of kind and time. */
  labels: Map<string, number[]> | undefined;
  tables: Map<string, number> | undefined;
  hosts: Map<string, number> | undefined;
  /** When a name was last pushed out of labels, tables, hosts; 0 for never. */
  readonly forgotten: number[];
  /** A cache that any history can do without. */
  sums: Sums | undefined;
  /** The number of the cut whose bytes were last taken, or that it is too young for. */
  cut: number;
  /** The offset of the last event that added to it. */
  usedAt: number;
  /** Neighbours in the order of use. */
  older: History | undefined;
  newer: History | undefined;
  /** How much it held when it was last weighed. */
  weight: number;
}

export function newHistory(key: string, cut: number): History {
  return {
    key,
    cells: [],
    newest: -1,
    tallies: 0,
    counters: [],
    last: [],
    labels: undefined,
    tables: undefined,
    hosts: undefined,
    forgotten: [0, 0, 0],
    sums: undefined,
    cut,
    usedAt: 0,
    older: undefined,
    newer: undefined,
    weight: 0,
  };
}

/** Adds a decision. */
export function note(history: History, deed: Deed, atMs: number): void {
  open(history, atMs);
  for (const counter of deed.counts) {
    count(history, counter, 1);
    if (counter < FIRST_STOPPED) raise(history.last, counter, atMs);
  }
  for (const label of deed.labels) {
    const labels = (history.labels ??= new Map());
    const marks = labels.get(label) ?? [];
    for (const kind of deed.kinds) raise(marks, kind, atMs);
    remember(history, 0, labels, label, marks, atMs);
  }
  for (const table of deed.tables) remember(history, 1, (history.tables ??= new Map()), table, atMs, atMs);
  for (const host of deed.hosts) remember(history, 2, (history.hosts ??= new Map()), host, atMs, atMs);
}

/** Adds to counters that are no decisions: rows. */
export function noteMore(history: History, counters: readonly number[], more: number, atMs: number): void {
  open(history, atMs);
  for (const counter of counters) count(history, counter, more);
}

/** About how much memory it takes, in entries. */
export function weigh({ tallies, labels, tables, hosts }: History): number {
  return 1 + tallies + (labels?.size ?? 0) + (tables?.size ?? 0) + (hosts?.size ?? 0);
}

function open(history: History, atMs: number): void {
  if (openTally(history, slotOf(atMs))) history.sums?.reset();
}

function count(history: History, counter: number, more: number): void {
  const { counters, sums } = history;
  if (addToNewest(history, counter, more) && !counters.includes(counter)) {
    counters.push(counter);
    counters.sort((a, b) => a - b);
  }
  sums?.added(history, counter, more);
}

/** The newest name goes last; what is pushed out while it still mattered leaves a trace. */
function remember<V>(history: History, list: number, names: Map<string, V>, name: string, value: V, atMs: number): void {
  if (names.delete(name) || names.size < NAMES_KEPT) {
    names.set(name, value);
    return;
  }
  const [[oldest, was]] = names as unknown as [[string, V]];
  names.delete(oldest);
  names.set(name, value);
  if (atMs - newestOf(was) <= LONGEST_MS) history.forgotten[list] = Math.max(history.forgotten[list] as number, atMs);
}

function newestOf(value: unknown): number {
  return typeof value === 'number'
    ? value
    : (value as number[]).reduce((newest, at, i) => (i % 2 === 1 && at > newest ? at : newest), 0);
}

/** As a line of a snapshot. */
export function historyLine(history: History): string {
  const { key, usedAt, cells, newest, tallies, counters, last, labels, tables, hosts, forgotten } = history;
  const names = [[...(labels ?? [])], [...(tables ?? [])], [...(hosts ?? [])]];
  return JSON.stringify([key, usedAt, cells, newest, tallies, counters, last, ...names, forgotten]);
}

/** Back from its line. The snapshot's digest vouches for its content. */
export function historyOf(line: string): History {
  const [key, usedAt, cells, newest, tallies, counters, last, labels, tables, hosts, forgotten] = JSON.parse(line) as HistoryLine;
  return {
    ...newHistory(key, 0),
    usedAt,
    cells,
    newest,
    tallies,
    counters,
    last,
    labels: labels.length > 0 ? new Map(labels) : undefined,
    tables: tables.length > 0 ? new Map(tables) : undefined,
    hosts: hosts.length > 0 ? new Map(hosts) : undefined,
    forgotten,
  };
}

type HistoryLine = [
  string,
  number,
  number[],
  number,
  number,
  number[],
  number[],
  [string, number[]][],
  [string, number][],
  [string, number][],
  number[],
];
