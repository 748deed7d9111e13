/** Writes a recorded decision and its answer as bytes from parts that were encoded before: the last step of the hot path. */
import type { Effect, VerdictName } from '@countersign/kernel';
import { ByteWriter } from './byte-writer.ts';
import type { Stamp } from './envelope.ts';

export const VERDICT_NUMBERS: Readonly<Record<VerdictName, number>> = { allow: 1, deny: 2, require_approval: 3 };

export const DECISION_RECORDED = 'countersign.decision.recorded';

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

export interface EncodableApproval {
  readonly approvalId: string;
  readonly quorum: number;
  readonly reviewers: readonly string[];
  readonly expiresS: number;
  readonly grantS: number;
  readonly uses: number;
}

export interface RecordedDecision {
  readonly decisionId: string;
  readonly tenant: string;
  readonly stream: string;
  readonly occurredAtMs: number;
  readonly correlationId: string;
  readonly causationId: string;
  readonly traceparent: string;
  /** event.v1.RecordedRequest. */
  readonly request: Uint8Array;
  /** event.v1.Caller. */
  readonly caller: Uint8Array;
  readonly verdict: VerdictName;
  /** Reasons and obligations. */
  readonly answer: TwiceEncoded;
  readonly effects: TwiceEncoded;
  readonly risk: number;
  readonly riskParts: TwiceEncoded;
  readonly actionDigest: Uint8Array;
  readonly policyDigest: Uint8Array;
  readonly approval: EncodableApproval | undefined;
  readonly presented:
    | { readonly approvalId: string; readonly grantId: string; readonly status: string; readonly approvers: readonly string[] }
    | undefined;
  readonly masked: readonly string[];
  readonly sealed: { readonly keyId: string; readonly nonce: Uint8Array; readonly ciphertext: Uint8Array } | undefined;
  /** event.v1.Subject. */
  readonly subject: Uint8Array;
  readonly inputDigest: Uint8Array;
  readonly failedStep: string;
  /** Empty where the request had no request_id. */
  readonly contentDigest: Uint8Array;
}

const scratch = new ByteWriter(16_384);

/** The stored bytes of event.v1.Event with a DecisionRecorded; an own copy. */
export function encodeDecisionEvent(decision: RecordedDecision, stamp: Stamp): Buffer {
  const w = scratch;
  w.reset();
  w.string(1, decision.decisionId);
  w.string(2, DECISION_RECORDED);
  w.string(3, decision.stream);
  w.string(5, decision.tenant);
  const producer = w.begin(6);
  w.string(1, stamp.service);
  w.string(2, stamp.instance);
  w.uint(3, stamp.epoch);
  w.uint(4, stamp.seq);
  w.end(producer);
  w.bytes(7, stamp.prevHash);
  w.uint(8, decision.occurredAtMs);
  w.string(9, decision.correlationId);
  w.string(10, decision.causationId);
  w.string(11, decision.traceparent);
  const data = w.begin(20);
  writeDecision(w, decision);
  w.end(data);
  return w.copy();
}

function writeDecision(w: ByteWriter, decision: RecordedDecision): void {
  w.string(1, decision.decisionId);
  w.message(2, decision.request);
  w.message(3, decision.caller);
  w.uint(4, VERDICT_NUMBERS[decision.verdict]);
  w.raw(decision.answer.forEvent);
  w.uint(7, decision.risk);
  w.raw(decision.effects.forEvent);
  w.bytes(9, decision.actionDigest);
  w.bytes(10, decision.policyDigest);
  if (decision.approval) writeApproval(w, decision.approval);
  if (decision.presented) {
    const presented = w.begin(12);
    w.string(1, decision.presented.approvalId);
    w.string(2, decision.presented.grantId);
    w.string(3, decision.presented.status);
    for (const approver of decision.presented.approvers) w.string(4, approver);
    w.end(presented);
  }
  for (const kind of decision.masked) w.string(13, kind);
  if (decision.sealed) {
    const sealed = w.begin(14);
    w.string(1, decision.sealed.keyId);
    w.bytes(2, decision.sealed.nonce);
    w.bytes(3, decision.sealed.ciphertext);
    w.end(sealed);
  }
  w.message(15, decision.subject);
  w.bytes(16, decision.inputDigest);
  w.string(17, decision.failedStep);
  w.bytes(18, decision.contentDigest);
  w.raw(decision.riskParts.forEvent);
}

function writeApproval(w: ByteWriter, approval: EncodableApproval): void {
  const start = w.begin(11);
  w.string(1, approval.approvalId);
  w.uint(2, approval.quorum);
  for (const reviewer of approval.reviewers) w.string(3, reviewer);
  w.uint(4, approval.expiresS);
  w.uint(5, approval.grantS);
  w.uint(6, approval.uses);
  w.end(start);
}

/** The answer: everything of DecideResponse but its place in the journal, which `encodeDecideResponse` adds. */
export interface DecisionAnswer {
  readonly decisionId: string;
  readonly correlationId: string;
  readonly verdict: VerdictName;
  readonly answer: TwiceEncoded;
  readonly effects: TwiceEncoded;
  readonly risk: number;
  readonly riskParts: TwiceEncoded;
  /** "sha256:…". */
  readonly policyDigestText: string;
  readonly approval: { readonly id: string; readonly lapsesAtMs: number; readonly quorum: number } | undefined;
  /** The recorded text where masking changed it; otherwise empty. */
  readonly maskedText: string;
}

/** decision.v1.DecideResponse without its place in the journal, which `withPosition` adds; an own copy. */
export function encodeDecideResponse(answer: DecisionAnswer): Buffer {
  const w = scratch;
  w.reset();
  w.string(1, answer.decisionId);
  w.uint(2, VERDICT_NUMBERS[answer.verdict]);
  w.raw(answer.answer.forResponse);
  w.uint(5, answer.risk);
  w.raw(answer.effects.forResponse);
  w.string(7, answer.policyDigestText);
  if (answer.approval) {
    const approval = w.begin(8);
    w.string(1, answer.approval.id);
    w.uint(2, answer.approval.lapsesAtMs);
    w.uint(3, answer.approval.quorum);
    w.end(approval);
  }
  w.string(10, answer.correlationId);
  w.string(11, answer.maskedText);
  w.raw(answer.riskParts.forResponse);
  return w.copy();
}

/** The answer of a decision that is on record: protobuf takes fields in any order, so the position goes behind the others. */
export function withPosition(
  response: Uint8Array,
  position: { readonly topic: string; readonly partition: number; readonly offset: number },
): Buffer {
  const w = scratch;
  w.reset();
  w.raw(response);
  const at = w.begin(9);
  w.string(1, position.topic);
  w.uint(2, position.partition);
  w.uint(3, position.offset);
  w.end(at);
  return w.copy();
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
