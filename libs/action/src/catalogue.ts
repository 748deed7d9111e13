/** What the operator tells about their own functions, tools and programs, as data: the analysers read it beside their own tables. */
import type { EffectKind, EffectScope, Reversible } from '@countersign/kernel';
import type { Program } from './programs/program.ts';

/** One effect of something that the operator vouches for. */
export interface CatalogueEffect {
  readonly kind: EffectKind;
  readonly scope?: EffectScope;
  readonly reversible?: Reversible;
  /** Targets, each "type:name"; in a tool's entry `{owner}` in a name stands for the argument of that name. */
  readonly targets?: readonly string[];
}

export interface ToolEntry {
  /** Name of the MCP server; "*" for a plain function call. */
  readonly server: string;
  /** Name of the tool; "*" for all of a server, only together with `like`. */
  readonly tool: string;
  /** SHA-256 in hex of the canonical JSON of the tool's input schema; '' accepts any schema. A call with another one is opaque. */
  readonly schemaDigest: string;
  readonly effects: readonly CatalogueEffect[];
  /**
   * What is in an argument, by its name or dotted path: "sql:postgres", "shell", "argv", "url", "url:POST", "path:read", "path:write",
   * "path:delete", "path:tree" (deletes all below it), "host", "graphql", "code:python", "datastore:redis", "kubernetes", "json" (looked
   * through), "word" (a name that must not begin with a dash), "text" (nothing that is run). Arguments that are left out are looked through.
   */
  readonly arguments: Readonly<Record<string, string>>;
  /**
   * The operator vouches that the server is one of the public ones whose tools ship with the product ("filesystem", "github", …). A
   * server's own name proves nothing, so without such an entry the shipped tables stay silent.
   */
  readonly like?: string;
}

export interface Catalogue {
  /** By target (a resource id, or "*" for all), then by function name in lower case, with or without its schema. */
  readonly functions: Readonly<Record<string, Readonly<Record<string, readonly CatalogueEffect[]>>>>;
  readonly tools: readonly ToolEntry[];
  /** Programs of the operator's own, in the shape of the shipped tables (without code). */
  readonly programs: readonly Program[];
}

export const EMPTY_CATALOGUE: Catalogue = { functions: {}, tools: [], programs: [] };
