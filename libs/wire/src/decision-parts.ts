/** The parts of a decision that repeat from one to the next, encoded once for the event and once for the answer. */
import type { Effect } from '@countersign/kernel';
import { ByteWriter } from './byte-writer.ts';

/** A repeated field in the two numberings it is needed in. */
export interface TwiceEncoded {
  /** Fields of event.v1.DecisionRecorded. */
  readonly forEvent: Uint8Array;
  /** Fields of decision.v1.DecideResponse. */
  readonly forResponse: Uint8Array;
}

export interface EncodableReason {
  readonly rule: string;
  readonly code: string;
  readonly message: string;
  readonly severity: string;
  /** 0-based index of the effect it points at. */
  readonly effect?: number | undefined;
}

export interface EncodableRiskPart {
  readonly factor: string;
  /** Not negative. */
  readonly value: number;
}

export interface EncodableObligation {
  readonly id: string;
  readonly paramsJson: Uint8Array;
}

/** What the analyser says of the action as a whole, masked; empty texts are left out. */
export interface EncodableReading {
  readonly fingerprint: string;
  readonly normalised: string;
  /** One line of plain English. */
  readonly words: string;
}

export function encodeReading({ fingerprint, normalised, words }: EncodableReading): TwiceEncoded {
  const forEvent = new ByteWriter(512);
  forEvent.string(19, fingerprint);
  forEvent.string(20, normalised);
  forEvent.string(21, words);
  const forResponse = new ByteWriter(256);
  forResponse.string(12, words);
  return { forEvent: forEvent.copy(), forResponse: forResponse.copy() };
}

export function encodeEffects(effects: readonly Effect[]): TwiceEncoded {
  return { forEvent: encodeEffectFields(effects, 8), forResponse: encodeEffectFields(effects, 6) };
}

function encodeEffectFields(effects: readonly Effect[], field: number): Buffer {
  const w = new ByteWriter(512);
  for (const effect of effects) {
    const start = w.begin(field);
    w.string(1, effect.kind);
    w.string(2, effect.scope);
    w.string(3, effect.reversible);
    for (const target of effect.targets) {
      const nested = w.begin(4);
      w.string(1, target.type);
      w.string(2, target.name);
      w.end(nested);
    }
    const span = w.begin(5);
    w.uint(1, effect.span.start);
    w.uint(2, effect.span.end);
    w.end(span);
    w.string(6, effect.via);
    w.string(7, effect.why);
    w.end(start);
  }
  return w.copy();
}

export function encodeRiskParts(parts: readonly EncodableRiskPart[]): TwiceEncoded {
  return { forEvent: encodeRiskFields(parts, 22), forResponse: encodeRiskFields(parts, 13) };
}

function encodeRiskFields(parts: readonly EncodableRiskPart[], field: number): Buffer {
  const w = new ByteWriter(256);
  for (const part of parts) {
    const start = w.begin(field);
    w.string(1, part.factor);
    w.uint(2, part.value);
    w.end(start);
  }
  return w.copy();
}

export function encodeAnswer(reasons: readonly EncodableReason[], obligations: readonly EncodableObligation[]): TwiceEncoded {
  return {
    forEvent: encodeAnswerFields(reasons, 5, obligations, 6),
    forResponse: encodeAnswerFields(reasons, 3, obligations, 4),
  };
}

function encodeAnswerFields(
  reasons: readonly EncodableReason[],
  reasonField: number,
  obligations: readonly EncodableObligation[],
  obligationField: number,
): Buffer {
  const w = new ByteWriter(512);
  for (const reason of reasons) {
    const start = w.begin(reasonField);
    w.string(1, reason.rule);
    w.string(2, reason.code);
    w.string(3, reason.message);
    w.string(4, reason.severity);
    // 1-based on the wire, so that 0 can mean none.
    if (reason.effect !== undefined) w.uint(5, reason.effect + 1);
    w.end(start);
  }
  for (const obligation of obligations) {
    const start = w.begin(obligationField);
    w.string(1, obligation.id);
    w.bytes(2, obligation.paramsJson);
    w.end(start);
  }
  return w.copy();
}
