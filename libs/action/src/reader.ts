/** The contract between the dispatcher and the reader of a language, and how one language is read inside another. */
import type { ActionKind, Effect, TextSpan } from '@countersign/kernel';
import type { ActionInput, Analysis } from './analysis.ts';
import type { Catalogue } from './catalogue.ts';

/** A text of some language found inside an action. `script` is the program text of an interpreter (`dialect`: python, javascript, …). */
export interface Inner {
  readonly kind: ActionKind | 'script';
  readonly text: string;
  readonly dialect?: string;
  readonly name?: string;
  readonly payloadJson?: Uint8Array;
}

/** What a reader may use. One is made for each action; nothing in it does I/O. */
export interface ReadContext {
  readonly catalogue: Catalogue;
  /** The id of the resource that the action names; '' for none. */
  readonly target: string;
  /** `here`: the caller's thread, only small and plain texts; `worker`: a thread that may be killed. */
  readonly place: 'here' | 'worker';
  /** How many languages surround this text; 0 for the action's own. */
  readonly depth: number;
  /**
   * Reads a text that is inside the action. Its effects carry spans of the inner text: bring them home with `shifted` or `pointed`.
   * Too deep, too many or unknown is an opaque analysis; throws NotHere where only the worker may read it.
   */
  embedded(inner: Inner): Analysis;
}

/** Pure and bounded in time and memory. Never throws but NotHere (and for a bug). */
export type Reader = (action: ActionInput | Inner, cx: ReadContext) => Analysis;

/** The text has to be read in the worker: too long, too odd, or of a grammar that is only loaded there. */
export class NotHere extends Error {
  override readonly name = 'NotHere';
}

/** Effects of an inner text that stands in the outer one word for word, from UTF-16 unit `base` on. */
export function shifted(effects: readonly Effect[], base: number, via: string): Effect[] {
  return effects.map((effect) => ({
    ...effect,
    span: { start: effect.span.start + base, end: effect.span.end + base },
    via: joinVia(via, effect.via),
  }));
}

/** Effects of an inner text that was quoted or put together: all point at `span`. */
export function pointed(effects: readonly Effect[], span: TextSpan, via: string): Effect[] {
  return effects.map((effect) => ({ ...effect, span, via: joinVia(via, effect.via) }));
}

/** Outer before inner: `sudo › psql -c`. */
export function joinVia(outer: string, inner: string): string {
  if (outer === '') return inner;
  return inner === '' ? outer : `${outer} › ${inner}`;
}
