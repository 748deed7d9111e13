/** PostgreSQL in the calling thread: short plain texts only; a parser that breaks is dropped and replaced, and the worker reads meanwhile. */
import { type ActionInput, type Analysis, unreadable } from '../analysis.ts';
import { type Inner, NotHere, type ReadContext, type Reader } from '../reader.ts';
import { analyseSql } from './analyse.ts';
import { ParserBroken, type SqlParser, createParser } from './parser.ts';
import { type ShapeCaps, routeOf } from './prescan.ts';
import { type Sparing, TooHeavy, sparing } from './sparing.ts';
import { WARMING } from './warming.ts';

export interface PostgresHere {
  readonly read: Reader;
  close(): void;
}

export interface PostgresCaps {
  readonly shape: ShapeCaps;
  readonly rebuildPauseMs: number;
}

/** A broken parser is replaced at most this often; until then every text goes to the worker. */
export const REBUILD_PAUSE_MS = 1000;

/** After this many parses of the warming texts (some 30 ms) new ones cost what they always will. */
const WARMING_ROUNDS = 20;

/** Pieces of SQL (statements and expressions of bodies) that are parsed for one text. */
const PIECES_HERE = 100;

const spare = (parser: SqlParser): Sparing => sparing(parser, PIECES_HERE, (shape) => shape.to === 'here');

export async function openPostgresHere(
  caps: PostgresCaps,
  create: () => Promise<SqlParser> = createParser,
): Promise<PostgresHere> {
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

  const parse = (text: string, cx: ReadContext): Analysis => {
    if (parser === undefined) throw new NotHere('the parser of this thread is being replaced');
    try {
      parser.begin();
      return analyseSql(text, parser.outer, parser.inner, cx);
    } catch (error) {
      if (error instanceof ParserBroken) rebuild();
      else if (!(error instanceof TooHeavy)) throw error;
      throw new NotHere(error.message, { cause: error });
    }
  };

  return {
    read: ({ text }: ActionInput | Inner, cx) => {
      const route = routeOf(text, caps.shape);
      if (route.to === 'nobody') return unreadable(text, route.why);
      if (route.to === 'worker') throw new NotHere('long or deep SQL');
      return parse(text, cx);
    },
    close: () => clearTimeout(pause),
  };
}

/** The first parses of an instance are ten times slower than later ones: spend them before the first request. */
function warm(parser: SqlParser): void {
  for (let round = 0; round < WARMING_ROUNDS; round++) for (const text of WARMING) analyseSql(text, parser);
}
