/** The analyser: what an action would do, at once where its text is known or harmless to parse, else from the worker thread. */
import { type ActionInput, type Analysis, unreadable } from './analysis.ts';
import { type CacheCaps, GenerationCache } from './cache.ts';
import { type Catalogue, EMPTY_CATALOGUE } from './catalogue.ts';
import { createDispatch } from './dispatch.ts';
import { NotHere } from './reader.ts';
import { prepareReaders, readersOf } from './readers.ts';
import { REBUILD_PAUSE_MS, openPostgresHere } from './sql/here.ts';
import type { SqlParser } from './sql/parser.ts';
import { SHAPE_CAPS } from './sql/prescan.ts';
import type { ReadingJob } from './thread.ts';
import { WORKER_CAPS, openThread } from './worker-thread.ts';

export interface Analyser {
  /** Synchronous answer for what may be read in-process or is cached; undefined when the action must go to the worker. */
  analyseNow(action: ActionInput): Analysis | undefined;
  /** Any action: long or suspicious ones in a worker with a deadline; over the deadline or after a crash it is opaque. Rejects only for a bug. */
  analyse(action: ActionInput): Promise<Analysis>;
  /** From now on the operator's catalogue is this one; what was read with another is forgotten. */
  use(catalogue: Catalogue): void;
  /** True where the catalogue tells targets apart: then an action's target belongs to what is remembered of it. */
  readonly perTarget: boolean;
  close(): Promise<void>;
}

export interface AnalyserCaps {
  /** Longest SQL (UTF-16 units) parsed in the calling thread. */
  readonly inProcessUnits?: number;
  /** Longest text (UTF-16 units) that is read at all. */
  readonly textUnits?: number;
  readonly cache?: CacheCaps;
  /** How long the worker may take for one action. */
  readonly deadlineMs?: number;
  /** Actions that may wait for the worker. */
  readonly waiting?: number;
  /** How long a broken parser stays away before it is replaced. */
  readonly rebuildPauseMs?: number;
}

const CACHE_CAPS: CacheCaps = { entries: 20_000, bytes: 64 * 1024 * 1024 };

const THREAD_ENTRY = '@countersign/action/thread';

/** Loads the parsers and warms them: some 100 ms. */
export async function openAnalyser(caps: AnalyserCaps = {}, createParser?: () => Promise<SqlParser>): Promise<Analyser> {
  const textUnits = caps.textUnits ?? SHAPE_CAPS.textUnits;
  const shape = { hereUnits: caps.inProcessUnits ?? SHAPE_CAPS.hereUnits, textUnits };
  const [postgres] = await Promise.all([
    openPostgresHere({ shape, rebuildPauseMs: caps.rebuildPauseMs ?? REBUILD_PAUSE_MS }, createParser),
    prepareReaders('here'),
  ]);
  const dispatch = createDispatch(readersOf(postgres.read), 'here');
  const cache = new GenerationCache<Analysis>(caps.cache ?? CACHE_CAPS);
  const { deadlineMs = WORKER_CAPS.deadlineMs, waiting = WORKER_CAPS.waiting } = caps;
  const thread = openThread<ReadingJob, Analysis>(THREAD_ENTRY, { ...WORKER_CAPS, deadlineMs, waiting });
  let catalogue = EMPTY_CATALOGUE;
  let edition = 0;
  let perTarget = false;

  const here = (action: ActionInput): Analysis | undefined => {
    if (action.text.length > textUnits) return unreadable(action.text, `the text is longer than ${textUnits} characters`);
    try {
      return dispatch(action, catalogue);
    } catch (error) {
      if (error instanceof NotHere) return undefined;
      throw error;
    }
  };

  const now = (action: ActionInput): Analysis | undefined => {
    // A payload is read with the text, so the text alone does not name the action.
    if (action.payloadJson !== undefined) return here(action);
    const key = keyOf(action, perTarget);
    const known = cache.get(key);
    if (known !== undefined) return known;
    const fresh = here(action);
    if (fresh !== undefined) cache.set(key, fresh);
    return fresh;
  };

  return {
    analyseNow: now,
    analyse: async (action) => {
      const quick = now(action);
      if (quick !== undefined) return quick;
      const asked = edition;
      const result = await thread.read(jobOf(action, catalogue));
      // Only what the action itself says is remembered: a full queue or a lost thread is not its fault.
      if ('why' in result) return unreadable(action.text, result.why);
      if (action.payloadJson === undefined && asked === edition) cache.set(keyOf(action, perTarget), result.answer);
      return result.answer;
    },
    use: (next) => {
      catalogue = next;
      edition++;
      perTarget = Object.keys(next.functions).some((target) => target !== '*');
      cache.clear();
    },
    get perTarget() {
      return perTarget;
    },
    close: async () => {
      postgres.close();
      await thread.close();
    },
  };
}

function keyOf({ kind, dialect, name, target = '', text }: ActionInput, perTarget: boolean): string {
  return `${kind}\0${dialect}\0${name}\0${perTarget ? target : ''}\0${text}`;
}

/** The payload is copied: a view would be sent with the whole buffer that it lies in. */
function jobOf(action: ActionInput, catalogue: Catalogue): ReadingJob {
  const { payloadJson } = action;
  return {
    action: payloadJson === undefined ? action : { ...action, payloadJson: new Uint8Array(payloadJson) },
    catalogue: catalogue === EMPTY_CATALOGUE ? undefined : catalogue,
  };
}
