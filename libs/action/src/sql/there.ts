/** PostgreSQL in the worker: a fresh parser after every text of a shape that hurts parsers, and after some dozen of any. */
import { unreadable } from '../analysis.ts';
import type { Reader } from '../reader.ts';
import { analyseSql } from './analyse.ts';
import { ParserBroken, createParser } from './parser.ts';
import { routeOfShape } from './prescan.ts';
import { TooHeavy, sparing } from './sparing.ts';

const PIECES_IN_WORKER = 20_000;

/** Measured: some thirty long texts of many operators corrupt an instance; plain ones, however long, do not. */
const USES = 30;

export interface PostgresThere {
  readonly read: Reader;
  /** To be awaited before each action. */
  renew(): Promise<void>;
}

export async function openPostgresThere(): Promise<PostgresThere> {
  let parser = await createParser();
  let uses = 0;
  let spent = false;
  return {
    renew: async () => {
      if (!spent && uses < USES) return;
      parser = await createParser();
      uses = 0;
      spent = false;
    },
    read: ({ text }, cx) => {
      const route = routeOfShape(text);
      if (route.to === 'nobody') return unreadable(text, route.why);
      uses++;
      spent ||= route.to === 'worker';
      const { outer, inner } = sparing(parser, PIECES_IN_WORKER, (shape) => {
        spent ||= shape.to === 'worker';
        return shape.to !== 'nobody';
      });
      try {
        return analyseSql(text, outer, inner, cx);
      } catch (error) {
        spent = true;
        if (!(error instanceof ParserBroken || error instanceof TooHeavy)) throw error;
        return unreadable(text, `no parser could read it: ${error.message}`);
      }
    },
  };
}
