/** The policy evaluator: input bytes in, answer bytes out. */
import type { Json } from '@countersign/kernel';

export interface PolicyBundle {
  /** SHA-256 of the bundle: Rego, data and manifest. */
  readonly digest: Uint8Array;
  readonly name: string;
  /** The profile its data selects: strict, standard, observe or a user's own. */
  readonly profile: string;
  /**
   * The members of the input that the policy looks at, two names deep ("action.kind", "effects"); `*` or no list: all of it. What is
   * not among them cannot change the answer and need not be handed over.
   */
  readonly reads?: readonly string[];
  /** `catalogue` of its data: what the operator tells the analysers of their own functions, tools and programs. */
  readonly catalogue?: Json;
}

/** One member of the input. Parts that come again are kept as objects, so that the evaluator can keep with them what it made of them. */
export interface InputPart {
  /** "subject", "effects", … */
  readonly member: string;
  /** Its value, which must be JSON. */
  readonly json: string;
  /** False for a part that is used once: nothing is kept with it. */
  readonly repeats: boolean;
  /** The evaluator's own. */
  kept?: unknown;
}

export interface Evaluator {
  /** The bundle that decides now. Swapped in one step by an activation; read it and evaluate in the same turn. */
  readonly bundle: PolicyBundle;

  /**
   * The JSON of `data.countersign.decision` for this JSON input, as UTF-8 bytes valid until the next call; undefined where the
   * policy has no answer. Deterministic: the same bundle and input give the same bytes. Throws an Error when the policy fails;
   * the caller answers deny.
   */
  evaluate(input: Uint8Array): Uint8Array | undefined;

  /** The same for the object that these members make; each member comes once. */
  evaluateParts(parts: readonly InputPart[]): Uint8Array | undefined;
}
