/** Writes a recorded decision and its answer as bytes from parts that were encoded before: the last step of the hot path. */
import type { VerdictName } from '@countersign/kernel';
import { ByteWriter } from './byte-writer.ts';
import type { TwiceEncoded } from './decision-parts.ts';
import type { Stamp } from './envelope.ts';

export const VERDICT_NUMBERS: Readonly<Record<VerdictName, number>> = { allow: 1, deny: 2, require_approval: 3 };

export const DECISION_RECORDED = 'countersign.decision.recorded';

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
  readonly reading: TwiceEncoded;
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
  /** Bits of the members that policy was given; recorded plus one, so that nothing recorded means all of them. */
  readonly inputMembers: number;
  readonly failedStep: string;
  /** Empty where the request had no request_id. */
  readonly contentDigest: Uint8Array;
  /** `input.session` as policy saw it; empty where there is no memory. */
  readonly sessionJson: string;
  /** Offset of the last event that it counts. */
  readonly memoryPosition: number;
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
  w.raw(decision.reading.forEvent);
  w.raw(decision.riskParts.forEvent);
  // A JSON text as bytes: on the wire the same as a string.
  w.string(23, decision.sessionJson);
  w.uint(24, decision.memoryPosition);
  w.uint(25, decision.inputMembers + 1);
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
  readonly reading: TwiceEncoded;
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
  w.raw(answer.reading.forResponse);
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
