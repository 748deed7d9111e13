/** The dispatcher: gives each action to the analyser of its language; a language that nobody reads is opaque. */
import { type ActionInput, type Analysis, unreadable } from './analysis.ts';
import type { CacheCaps } from './cache.ts';
import { SHAPE_CAPS } from './sql/prescan.ts';
import { REBUILD_PAUSE_MS, openSqlReader } from './sql/reader.ts';
import { WORKER_CAPS } from './worker-thread.ts';

export interface Analyser {
  /** Synchronous answer for what may be parsed in-process or is cached; undefined when the text must go to the worker. */
  analyseNow(action: ActionInput): Analysis | undefined;
  /** Any text: long or suspicious ones in a worker with a deadline; over the deadline or after a crash it is opaque. Rejects only for a bug. */
  analyse(action: ActionInput): Promise<Analysis>;
  close(): Promise<void>;
}

export interface AnalyserCaps {
  /** Longest SQL (UTF-16 units) parsed in the calling thread. */
  readonly inProcessUnits?: number;
  /** Longest SQL (UTF-16 units) that is read at all. */
  readonly textUnits?: number;
  readonly cache?: CacheCaps;
  /** How long the worker may take for one text. */
  readonly deadlineMs?: number;
  /** Texts that may wait for the worker. */
  readonly waiting?: number;
}

const CACHE_CAPS: CacheCaps = { entries: 20_000, bytes: 64 * 1024 * 1024 };

/** Names of PostgreSQL's dialect; an empty one means it too. */
const POSTGRES: ReadonlySet<string> = new Set(['', 'postgres', 'postgresql', 'pg']);

/** Loads the PostgreSQL parser and warms it: some 100 ms. */
export async function openAnalyser(caps: AnalyserCaps = {}): Promise<Analyser> {
  const sql = await openSqlReader({
    shape: { hereUnits: caps.inProcessUnits ?? SHAPE_CAPS.hereUnits, textUnits: caps.textUnits ?? SHAPE_CAPS.textUnits },
    cache: caps.cache ?? CACHE_CAPS,
    worker: {
      ...WORKER_CAPS,
      deadlineMs: caps.deadlineMs ?? WORKER_CAPS.deadlineMs,
      waiting: caps.waiting ?? WORKER_CAPS.waiting,
    },
    rebuildPauseMs: REBUILD_PAUSE_MS,
  });
  return {
    analyseNow: (action) => (isPostgres(action) ? sql.now(action.text) : unread(action)),
    analyse: async (action) => (isPostgres(action) ? sql.later(action.text) : unread(action)),
    close: () => sql.close(),
  };
}

function isPostgres(action: ActionInput): boolean {
  return action.kind === 'sql' && action.text !== '' && POSTGRES.has(action.dialect.toLowerCase());
}

function unread(action: ActionInput): Analysis {
  if (action.kind !== 'sql') return unreadable(action.text, `actions of the kind ${action.kind} cannot be read yet`);
  if (action.text === '') return unreadable('', 'there is no SQL text');
  return unreadable(action.text, `SQL of the dialect ${action.dialect.slice(0, 40)} cannot be read yet`);
}
