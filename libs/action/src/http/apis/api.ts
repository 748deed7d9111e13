/** How a known HTTP API is described: one table an API, by method and path, pure data. */

/**
 * Methods (joined by `|`, `*` for all), path, what it does, and one clause for a person.
 *
 * Path: `:name` one segment with a name · `*` any one segment · `**` (last) any rest, also none · `abc*` a segment that begins so ·
 * `a|b` one of these words · `[…]` a part that may be missing.
 *
 * What it does: `kind`, then optionally a scope and a target `type=:name` or `type=text`; several are joined by ` + `. Scopes are
 * those of effects, and two that are worked out: `names` from the target's name (a list, a wildcard) and `query` from the body's
 * query (everything or some). An `@` word is a refinement by name: see `refinements.ts`.
 */
export type Route = readonly [methods: string, path: string, does: string, why?: string];

export interface Api {
  readonly name: string;
  /** Host names and everything below them that the vendor runs: a request there is a use of this API and of nothing else. */
  readonly vendor?: readonly string[];
  readonly ports?: readonly number[];
  /** A label or a part of one in a host's name by which people call such a server. */
  readonly labels?: readonly string[];
  /** Segments of a path that hardly anybody else uses. */
  readonly segments?: readonly string[];
  /** Beginnings of the path that hardly anybody else uses: "api/v4/projects". */
  readonly starts?: readonly string[];
  /** Neither the port nor the beginning of the path says enough alone. */
  readonly needsPortAndStart?: boolean;
  /** Segments before the routes begin: ["api", "v4"]. Left away where they are not there. */
  readonly base?: readonly string[];
  /** The first that matches counts; without one the method alone says what happens. */
  readonly routes: readonly Route[];
}
