/** What a refinement gets to see of a request, and the effect it usually makes of it. */
import type { Effect, EffectKind, EffectScope, TextSpan } from '@countersign/kernel';
import type { ReadContext } from '../../reader.ts';
import { effectOf } from '../effects.ts';
import type { HttpRequest } from '../request.ts';
import type { Address } from '../url.ts';

export interface Asked {
  readonly method: string;
  readonly request: HttpRequest;
  readonly address: Address;
  readonly segments: readonly string[];
  readonly names: ReadonlyMap<string, string>;
  /** The body as JSON; undefined when it is none. */
  readonly json: unknown;
  readonly span: TextSpan;
  readonly cx: ReadContext;
  /** What follows the name of the refinement: `@sql:clickhouse:query` → ["clickhouse", "query"]. */
  readonly words: readonly string[];
}

export type Refinement = (asked: Asked) => readonly Effect[];

/** One effect on the whole request. */
export function one(asked: Asked, kind: EffectKind, scope: EffectScope = 'one', why = ''): Effect {
  const name = [...asked.names.values()].find((value) => value !== '');
  return effectOf({ kind, scope, targets: name === undefined ? [] : [{ type: 'resource', name }], why }, asked.span);
}
