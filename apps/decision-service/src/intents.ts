/** `input.intent` for a request: purposes repeat from request to request, so each is read once. */
import { compareIntent, type Declaration, readDeclaration } from '@countersign/decision';
import type { Effect } from '@countersign/kernel';
import type { RequestFacts } from '@countersign/wire';
import { TwoGenerationCache } from './two-generation-cache.ts';

export type IntentOf = (facts: Pick<RequestFacts, 'purpose' | 'declaredEffects'>, effects: readonly Effect[]) => string;

interface Known {
  readonly declaration: Declaration | undefined;
  /** The answer to the question that was asked last. */
  effects: readonly Effect[] | undefined;
  json: string;
}

const CACHED_PURPOSES = 4_096;
const CACHED_UNITS = 1 << 20;
/** Longer ones seldom come twice. */
const CACHEABLE_UNITS = 512;

export function openIntents(): IntentOf {
  const cache = new TwoGenerationCache<Known>(CACHED_PURPOSES, CACHED_UNITS);

  function know(purpose: string, declaredEffects: readonly string[]): Known {
    const key = declaredEffects.length === 0 ? purpose : `${declaredEffects.join(' ')}\0${purpose}`;
    const known = cache.get(key);
    if (known) return known;
    const read: Known = { declaration: readDeclaration(purpose, declaredEffects), effects: undefined, json: 'null' };
    if (key.length <= CACHEABLE_UNITS) cache.set(key, read);
    return read;
  }

  return ({ purpose, declaredEffects }, effects) => {
    if (purpose === '' && declaredEffects.length === 0) return 'null';
    const known = know(purpose, declaredEffects);
    if (known.declaration === undefined || known.effects === effects) return known.json;
    known.effects = effects;
    known.json = JSON.stringify(compareIntent(known.declaration, effects));
    return known.json;
  };
}
