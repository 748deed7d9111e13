/** What every analyser takes and gives, whatever the language. */
import type { ActionKind, Effect, TextSpan } from '@countersign/kernel';

export interface ActionInput {
  readonly kind: ActionKind;
  readonly name: string;
  readonly text: string;
  readonly dialect: string;
  readonly payloadJson?: Uint8Array;
  /** The resource's id, where one was named: what the operator's catalogue says may differ from target to target. */
  readonly target?: string;
}

export interface Analysis {
  readonly effects: readonly Effect[];
  /** The same for texts that differ only in literals; '' when there is none. */
  readonly fingerprint: string;
  /** The text with its literals replaced, for the record; '' when there is none. */
  readonly normalised: string;
  /** False as soon as one part could not be read: then at least one effect is `opaque`. */
  readonly complete: boolean;
}

/** An analysis that says only: this could not be read, and why. */
export function unreadable(text: string, why: string): Analysis {
  return { effects: [opaqueEffect({ start: 0, end: text.length }, why)], fingerprint: '', normalised: '', complete: false };
}

export function opaqueEffect(span: TextSpan, why: string, via = ''): Effect {
  return { kind: 'opaque', scope: 'unknown', reversible: 'unknown', targets: [], span, via, why };
}

export function analysisOf(effects: readonly Effect[], fingerprint = '', normalised = ''): Analysis {
  return { effects, fingerprint, normalised, complete: effects.every((effect) => effect.kind !== 'opaque') };
}
