/** The history of one session, agent or person: what the fold adds to it, and its bytes in a snapshot. */
import type { Deed } from './session-deed.ts';
import { FIRST_STOPPED } from './session-counters.ts';
import { add, LONGEST_MS, SLOT_MS, type Tally, tallyAt, WINDOWS } from './session-windows.ts';

/** Of labels, tables and hosts each. */
export const NAMES_KEPT = 16;

export interface History {
  /** Tenant and id. */
  readonly key: string;
  /** Oldest first. */
  readonly tallies: Tally[];
  /** Pairs of counter and time: when it last grew. */
  readonly last: number[];
  /** By name as a JSON string, the one longest untouched first; pairs of kind and time. */
  readonly labels: Map<string, number[]>;
  readonly tables: Map<string, number>;
  readonly hosts: Map<string, number>;
  /** When a name was last pushed out of labels, tables, hosts; 0 for never. */
  readonly forgotten: [number, number, number];
  /** Sums over the windows as of a slot of time: a cache that any history can do without. */
  sums: { slot: number; readonly values: Float64Array } | undefined;
  /** The cut that must get this history's bytes before it changes. */
  cut: { keep(history: History): void } | undefined;
  cutPlace: number;
  /** Neighbours in the order of use. */
  older: History | undefined;
  newer: History | undefined;
  /** How much it held when it was last weighed. */
  weight: number;
}

export function newHistory(key: string): History {
  return {
    key,
    tallies: [],
    last: [],
    labels: new Map(),
    tables: new Map(),
    hosts: new Map(),
    forgotten: [0, 0, 0],
    sums: undefined,
    cut: undefined,
    cutPlace: 0,
    older: undefined,
    newer: undefined,
    weight: 0,
  };
}

/** Adds a decision. */
export function note(history: History, deed: Deed, atMs: number): void {
  history.cut?.keep(history);
  const tally = tallyAt(history.tallies, atMs);
  for (const counter of deed.counts) {
    count(history, tally, counter, 1);
    if (counter < FIRST_STOPPED) mark(history.last, counter, atMs);
  }
  for (const label of deed.labels) {
    const marks = history.labels.get(label) ?? [];
    for (const kind of deed.kinds) mark(marks, kind, atMs);
    remember(history, 0, history.labels, label, marks, atMs);
  }
  for (const table of deed.tables) remember(history, 1, history.tables, table, atMs, atMs);
  for (const host of deed.hosts) remember(history, 2, history.hosts, host, atMs, atMs);
}

/** Adds to counters that are no decisions: rows. */
export function noteMore(history: History, counters: readonly number[], more: number, atMs: number): void {
  history.cut?.keep(history);
  const tally = tallyAt(history.tallies, atMs);
  for (const counter of counters) count(history, tally, counter, more);
}

/** About how much memory it takes, in entries. */
export function weigh({ tallies, labels, tables, hosts }: History): number {
  return 1 + tallies.length + labels.size + tables.size + hosts.size;
}

export function slotOf(atMs: number): number {
  return Math.floor(atMs / SLOT_MS);
}

function count(history: History, tally: Tally, counter: number, more: number): void {
  add(tally.counts, counter, more);
  const { sums } = history;
  if (!sums) return;
  // What is added to the newest slot is in every window; any other case is summed up anew when it is next asked for.
  if (tally.startMs !== sums.slot * SLOT_MS) {
    sums.slot = NEVER;
    return;
  }
  const row = counter * WINDOWS.length;
  for (let i = row; i < row + WINDOWS.length; i++) sums.values[i] = (sums.values[i] as number) + more;
}

const NEVER = -1;

function mark(marks: number[], counter: number, atMs: number): void {
  for (let i = 0; i < marks.length; i += 2) {
    if (marks[i] !== counter) continue;
    if (atMs > (marks[i + 1] as number)) marks[i + 1] = atMs;
    return;
  }
  marks.push(counter, atMs);
}

/** The newest name goes last; what is pushed out while it still mattered leaves a trace. */
function remember<V>(history: History, list: 0 | 1 | 2, names: Map<string, V>, name: string, value: V, atMs: number): void {
  if (names.delete(name) || names.size < NAMES_KEPT) {
    names.set(name, value);
    return;
  }
  const [[oldest, was]] = names as unknown as [[string, V]];
  names.delete(oldest);
  names.set(name, value);
  if (atMs - newestOf(was) <= LONGEST_MS) history.forgotten[list] = Math.max(history.forgotten[list], atMs);
}

function newestOf(value: unknown): number {
  return typeof value === 'number'
    ? value
    : (value as number[]).reduce((newest, at, i) => (i % 2 === 1 && at > newest ? at : newest), 0);
}

/** As a line of a snapshot. */
export function historyLine({ key, tallies, last, labels, tables, hosts, forgotten }: History): string {
  return JSON.stringify([
    key,
    tallies.map(({ startMs, spanMs, counts }) => [startMs, spanMs, ...counts]),
    last,
    [...labels],
    [...tables],
    [...hosts],
    forgotten,
  ]);
}

/** Back from its line. The snapshot's digest vouches for its content. */
export function historyOf(line: string): History {
  const [key, tallies, last, labels, tables, hosts, forgotten] = JSON.parse(line) as HistoryLine;
  const bare = newHistory(key);
  bare.tallies.push(...tallies.map(([startMs = 0, spanMs = 0, ...counts]) => ({ startMs, spanMs, counts })));
  bare.last.push(...last);
  bare.forgotten.splice(0, 3, ...forgotten);
  return { ...bare, labels: new Map(labels), tables: new Map(tables), hosts: new Map(hosts) };
}

type HistoryLine = [
  string,
  number[][],
  number[],
  [string, number[]][],
  [string, number][],
  [string, number][],
  [number, number, number],
];
