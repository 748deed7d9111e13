/** `input.intent` for a request: purposes repeat from request to request, so each is read once. */
import { compareIntent, type Declaration, type InputMember, inputMember, readDeclaration } from '@countersign/decision';
import type { Effect } from '@countersign/kernel';
import type { RequestFacts } from '@countersign/wire';
import { TwoGenerationCache } from './two-generation-cache.ts';

export type IntentOf = (facts: Pick<RequestFacts, 'purpose' | 'declaredEffects'>, effects: readonly Effect[]) => InputMember;

interface Known {
  readonly declaration: Declaration | undefined;
  /** The answer to the question that was asked last. */
  effects: readonly Effect[] | undefined;
  member: InputMember;
}

const NO_INTENT = inputMember('intent', 'null', true);

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
    const read: Known = { declaration: readDeclaration(purpose, declaredEffects), effects: undefined, member: NO_INTENT };
    if (key.length <= CACHEABLE_UNITS) cache.set(key, read);
    return read;
  }

  return ({ purpose, declaredEffects }, effects) => {
    if (purpose === '' && declaredEffects.length === 0) return NO_INTENT;
    const known = know(purpose, declaredEffects);
    if (known.declaration === undefined || known.effects === effects) return known.member;
    known.effects = effects;
    known.member = inputMember('intent', JSON.stringify(compareIntent(known.declaration, effects)), true);
    return known.member;
  };
}
