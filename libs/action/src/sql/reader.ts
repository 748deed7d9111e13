/** Who reads a PostgreSQL text: this thread's parser for short plain ones, the worker for the rest, nobody beyond the caps. */
import { type Analysis, unreadable } from '../analysis.ts';
import type { CacheCaps } from '../cache.ts';
import { GenerationCache } from '../cache.ts';
import { type ReadingThread, type WorkerCaps, openThread } from '../worker-thread.ts';
import { analyseSql } from './analyse.ts';
import { ParserBroken, type SqlParser, createParser } from './parser.ts';
import { type ShapeCaps, routeOf, routeOfShape } from './prescan.ts';
import { type Sparing, TooHeavy, sparing } from './sparing.ts';
import { WARMING } from './warming.ts';

export interface SqlReader {
  now(text: string): Analysis | undefined;
  later(text: string): Promise<Analysis>;
  close(): Promise<void>;
}

export interface SqlReaderCaps {
  readonly shape: ShapeCaps;
  readonly cache: CacheCaps;
  readonly worker: WorkerCaps;
  readonly rebuildPauseMs: number;
}

/** A broken parser is replaced at most this often; until then every text goes to the worker. */
export const REBUILD_PAUSE_MS = 1000;

/** After this many parses of the warming texts (some 30 ms) new ones cost what they always will. */
const WARMING_ROUNDS = 20;

/** Pieces of SQL (statements and expressions of bodies) that are parsed for one text. */
const PIECES_HERE = 100;
const PIECES_IN_WORKER = 20_000;

const spare = (parser: SqlParser): Sparing => sparing(parser, PIECES_HERE, (shape) => shape.to === 'here');

const THREAD_ENTRY = '@countersign/action/sql-thread';

export async function openSqlReader(caps: SqlReaderCaps, create: () => Promise<SqlParser> = createParser): Promise<SqlReader> {
  const cache = new GenerationCache<Analysis>(caps.cache);
  const thread: ReadingThread<Analysis> = openThread(THREAD_ENTRY, caps.worker);
  let parser: Sparing | undefined = spare(await create());
  let pause: NodeJS.Timeout | undefined;
  warm(parser.outer);

  const rebuild = (): void => {
    parser = undefined;
    pause ??= setTimeout(() => {
      pause = undefined;
      // A parser that cannot be made now is tried again after the next pause; texts go to the worker meanwhile.
      create().then((fresh) => {
        parser = spare(fresh);
      }, rebuild);
    }, caps.rebuildPauseMs).unref();
  };

  const here = (text: string): Analysis | undefined => {
    if (parser === undefined) return undefined;
    try {
      parser.begin();
      return analyseSql(text, parser.outer, parser.inner);
    } catch (error) {
      if (error instanceof ParserBroken) rebuild();
      else if (!(error instanceof TooHeavy)) throw error;
      return undefined;
    }
  };

  const now = (text: string): Analysis | undefined => {
    const known = cache.get(text);
    if (known !== undefined) return known;
    const route = routeOf(text, caps.shape);
    if (route.to === 'nobody') return unreadable(text, route.why);
    const fresh = route.to === 'here' ? here(text) : undefined;
    if (fresh !== undefined) cache.set(text, fresh);
    return fresh;
  };

  return {
    now,
    later: async (text) => {
      const quick = now(text);
      if (quick !== undefined) return quick;
      const result = await thread.read(text);
      // Only what the text itself says is remembered: a full queue or a lost thread is not its fault.
      if ('why' in result) return unreadable(text, result.why);
      cache.set(text, result.answer);
      return result.answer;
    },
    close: async () => {
      clearTimeout(pause);
      await thread.close();
    },
  };
}

/** The worker's side: a fresh parser for every text, because these texts are the ones that hurt parsers. */
export async function readAloud(): Promise<(text: string) => Promise<Analysis>> {
  let parser = createParser();
  await parser;
  return async (text) => {
    const route = routeOfShape(text);
    if (route.to === 'nobody') return unreadable(text, route.why);
    const { outer, inner } = sparing(await parser, PIECES_IN_WORKER, (shape) => shape.to !== 'nobody');
    try {
      return analyseSql(text, outer, inner);
    } catch (error) {
      if (!(error instanceof ParserBroken || error instanceof TooHeavy)) throw error;
      return unreadable(text, `no parser could read it: ${error.message}`);
    } finally {
      parser = createParser();
    }
  };
}

/** The first parses of an instance are ten times slower than later ones: spend them before the first request. */
function warm(parser: SqlParser): void {
  for (let round = 0; round < WARMING_ROUNDS; round++) for (const text of WARMING) analyseSql(text, parser);
}
