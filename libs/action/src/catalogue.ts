/** What the operator tells about their own functions, tools and programs, as data: the analysers read it beside their own tables. */
import { EFFECT_KINDS, type EffectKind, type EffectScope, type Reversible } from '@countersign/kernel';
import type { Program } from './programs/program.ts';

/** One effect of something that the operator vouches for. */
export interface CatalogueEffect {
  readonly kind: EffectKind;
  readonly scope?: EffectScope;
  readonly reversible?: Reversible;
  /** Fixed targets, each "type:name". */
  readonly targets?: readonly string[];
}

export interface ToolEntry {
  /** Name of the MCP server; "*" for a plain function call. */
  readonly server: string;
  readonly tool: string;
  /** SHA-256 in hex of the canonical JSON of the tool's input schema; '' accepts any schema. A call with another one is opaque. */
  readonly schemaDigest: string;
  readonly effects: readonly CatalogueEffect[];
  /** What is in an argument, by its name or dotted path: "sql:postgres", "shell", "url", "path:read", "path:write", "path:delete", "host", "text". */
  readonly arguments: Readonly<Record<string, string>>;
}

export interface Catalogue {
  /** By target (a resource id, or "*" for all), then by function name in lower case, with or without its schema. */
  readonly functions: Readonly<Record<string, Readonly<Record<string, readonly CatalogueEffect[]>>>>;
  readonly tools: readonly ToolEntry[];
  /** Programs of the operator's own, in the shape of the shipped tables (without code). */
  readonly programs: readonly Program[];
}

export const EMPTY_CATALOGUE: Catalogue = { functions: {}, tools: [], programs: [] };

export function isEffectKind(word: string): word is EffectKind {
  return EFFECT_KINDS.some((kind) => kind === word);
}
