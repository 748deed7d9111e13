/** A parser that will not be overworked: SQL inside SQL is judged by its shape like the text around it, and counted. */
import type { SqlParser } from './parser.ts';
import { type Route, routeOfShape } from './prescan.ts';

/** What is inside the text is more than this thread should parse: another one may. */
export class TooHeavy extends Error {
  override readonly name = 'TooHeavy';
}

export interface Sparing {
  /** Parses the text itself, whose shape is already known. */
  readonly outer: SqlParser;
  /** Parses what is found inside it; throws TooHeavy. */
  readonly inner: SqlParser;
  /** To be called before each text. */
  begin(): void;
}

/** `parses` is how many pieces of one text may be parsed, `bears` whether this thread parses texts of such a shape. */
export function sparing(outer: SqlParser, parses: number, bears: (route: Route) => boolean): Sparing {
  let left = parses;
  const guard = (sql: string): void => {
    if (--left < 0) throw new TooHeavy(`more than ${parses} pieces of SQL inside`);
    const route = routeOfShape(sql);
    if (!bears(route)) throw new TooHeavy(route.to === 'nobody' ? route.why : 'the SQL inside is long or deep');
  };
  return {
    outer,
    inner: {
      parse: (sql) => {
        guard(sql);
        return outer.parse(sql);
      },
      parsePlpgsql: (sql) => {
        // Without its dollar quotes the body is no longer one opaque token.
        guard(sql.replaceAll('$', ' '));
        return outer.parsePlpgsql(sql);
      },
      fingerprint: outer.fingerprint,
    },
    begin: () => {
      left = parses;
    },
  };
}
