/** Reads recorded decisions back: the request_id at a glance, the answer whole. */
import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { toHex } from '@countersign/kernel';
import { decision, event } from '@countersign/proto';
import { withPosition } from './decision-codec.ts';
import type { EncodableReason } from './decision-parts.ts';
import { decodeEvent } from './envelope.ts';
import { WireReader } from './wire-reader.ts';

const EVENT_DECISION_TAG = (20 << 3) | 2;
const DECISION_REQUEST_TAG = (2 << 3) | 2;
const REQUEST_ID_TAG = (1 << 3) | 2;

/**
 * The request_id of a stored DecisionRecorded without decoding the rest; empty for none and for other events. For a read model
 * that must look at every event and cares for few. Throws WireError for bytes that are no message.
 */
export function readRecordedRequestId(stored: Uint8Array): string {
  const reader = new WireReader(Buffer.from(stored.buffer, stored.byteOffset, stored.byteLength));
  for (const tag of [EVENT_DECISION_TAG, DECISION_REQUEST_TAG, REQUEST_ID_TAG]) {
    if (!enter(reader, tag)) return '';
  }
  return reader.buffer.toString('utf8', reader.at, reader.end);
}

/** Narrows the reader to the content of the first field with this tag. */
function enter(reader: WireReader, wanted: number): boolean {
  while (reader.at < reader.end) {
    const tag = reader.varint();
    if (tag === wanted) {
      reader.end = reader.fieldEnd();
      return true;
    }
    reader.skip(tag);
  }
  return false;
}

export interface RecalledAnswer {
  readonly tenant: string;
  readonly subject: string;
  readonly requestId: string;
  readonly occurredAtMs: number;
  /** 32 bytes. */
  readonly contentDigest: Uint8Array;
  /** decision.v1.DecideResponse, as it was answered. */
  readonly response: Uint8Array;
}

/** The answer that a stored decision was; undefined for other events and for decisions without request_id. */
export function answerOfRecorded(
  stored: Uint8Array,
  position: { readonly topic: string; readonly partition: number; readonly offset: number },
): RecalledAnswer | undefined {
  const envelope = decodeEvent(stored);
  if (envelope.data.case !== 'decisionRecorded') return undefined;
  const recorded = envelope.data.value;
  if (!recorded.request || recorded.request.requestId === '' || recorded.contentDigest.length === 0) return undefined;
  const occurredAtMs = Number(envelope.occurredAtMs);
  const response = create(decision.DecideResponseSchema, {
    decisionId: recorded.decisionId,
    verdict: recorded.verdict,
    reasons: recorded.reasons,
    obligations: recorded.obligations,
    risk: recorded.risk,
    effects: recorded.effects,
    effectsInWords: recorded.effectsInWords,
    riskParts: recorded.riskParts,
    policyDigest: `sha256:${toHex(recorded.policyDigest)}`,
    correlationId: envelope.correlationId,
    maskedText: recorded.masked.length > 0 ? (recorded.request.action?.text ?? '') : '',
    ...(recorded.approval && {
      approval: {
        id: recorded.approval.approvalId,
        lapsesAtMs: BigInt(occurredAtMs + recorded.approval.expiresS * 1000),
        quorum: recorded.approval.quorum,
      },
    }),
  });
  return {
    tenant: envelope.tenant,
    subject: recorded.subject?.id ?? '',
    requestId: recorded.request.requestId,
    occurredAtMs,
    contentDigest: recorded.contentDigest,
    // The same bytes as the first time: the position comes last.
    response: withPosition(toBinary(decision.DecideResponseSchema, response), position),
  };
}

/** The answer that is given in place of `response` when it could not be recorded: deny, for this reason, and nothing to wait for. */
export function deniedInstead(response: Uint8Array, reasons: readonly EncodableReason[]): Buffer {
  const message = fromBinary(decision.DecideResponseSchema, response);
  const { approval: _, ...rest } = message;
  const denied = create(decision.DecideResponseSchema, {
    ...rest,
    verdict: event.Verdict.DENY,
    reasons: reasons.map(({ rule, code, message: text, severity }) =>
      create(event.ReasonSchema, { rule, code, message: text, severity }),
    ),
    obligations: [],
  });
  return Buffer.from(toBinary(decision.DecideResponseSchema, denied));
}
