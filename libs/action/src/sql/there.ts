/** PostgreSQL in the worker: a fresh parser for every action, because the texts that come here are the ones that hurt parsers. */
import { unreadable } from '../analysis.ts';
import type { Reader } from '../reader.ts';
import { analyseSql } from './analyse.ts';
import { ParserBroken, createParser } from './parser.ts';
import { routeOfShape } from './prescan.ts';
import { TooHeavy, sparing } from './sparing.ts';

const PIECES_IN_WORKER = 20_000;

export interface PostgresThere {
  readonly read: Reader;
  /** To be awaited before each action. */
  renew(): Promise<void>;
}

export async function openPostgresThere(): Promise<PostgresThere> {
  let parser = await createParser();
  let used = false;
  return {
    renew: async () => {
      if (used) parser = await createParser();
      used = false;
    },
    read: ({ text }, cx) => {
      const route = routeOfShape(text);
      if (route.to === 'nobody') return unreadable(text, route.why);
      used = true;
      const { outer, inner } = sparing(parser, PIECES_IN_WORKER, (shape) => shape.to !== 'nobody');
      try {
        return analyseSql(text, outer, inner, cx);
      } catch (error) {
        if (!(error instanceof ParserBroken || error instanceof TooHeavy)) throw error;
        return unreadable(text, `no parser could read it: ${error.message}`);
      }
    },
  };
}
