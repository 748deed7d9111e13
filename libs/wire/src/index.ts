export { ByteWriter } from './byte-writer.ts';
export { decodeEvent, encodeEvent, type Event, type EventDraft, type Stamp } from './envelope.ts';
export { type AppendLog, type LogPosition, openProducer, type Producer, type ProducerOptions } from './producer.ts';
export {
  type ActionFacts,
  type DecideRequestView,
  EMPTY_SUBJECT,
  readDecideRequest,
  type RequestFacts,
  type ResourceFacts,
  type SubjectFacts,
} from './decide-request.ts';
export {
  DECISION_RECORDED,
  type DecisionAnswer,
  encodeDecideResponse,
  encodeDecisionEvent,
  type EncodableApproval,
  type RecordedDecision,
  VERDICT_NUMBERS,
  withPosition,
} from './decision-codec.ts';
export {
  encodeAnswer,
  encodeEffects,
  encodeReading,
  encodeRiskParts,
  type EncodableObligation,
  type EncodableReading,
  type EncodableReason,
  type EncodableRiskPart,
  type TwiceEncoded,
} from './decision-parts.ts';
export { eventDataJson, type JournalledBytes, toLineageEvent } from './lineage.ts';
export { encodeCaller, encodeRecordedRequest, encodeSubject } from './request-codec.ts';
export { answerOfRecorded, deniedInstead, readRecordedRequestId, type RecalledAnswer } from './recorded-decision.ts';
export { WireError, WireReader } from './wire-reader.ts';
export {
  approvalCommandDraft,
  approvalCommandOf,
  type ApprovalEnvelope,
  approvalEventDraft,
  approvalEventOf,
  redeemGrantDraft,
  redeemOutcomeOf,
  requestCommandOf,
} from './approval.ts';
export { approvalMessage, approvalStatusOf } from './approval-message.ts';
export { type ApprovalWatch, type ExpectedOutcome, watchApprovals, type WatchedJournal } from './outcome-waiter.ts';
export { identityEventDraft, identityEventOf, type IdentityFact } from './identity.ts';
export { type PastDecision, type PastOutcome, readPast } from './recorded-past.ts';
export { readRecordedVerdict } from './recorded-verdict.ts';
