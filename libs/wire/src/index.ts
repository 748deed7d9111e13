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
  encodeAnswer,
  encodeDecideResponse,
  encodeDecisionEvent,
  encodeEffects,
  encodeRiskParts,
  type EncodableApproval,
  type EncodableObligation,
  type EncodableReason,
  type EncodableRiskPart,
  type RecordedDecision,
  type TwiceEncoded,
  VERDICT_NUMBERS,
  withPosition,
} from './decision-codec.ts';
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
export { readRecordedVerdict } from './recorded-verdict.ts';
