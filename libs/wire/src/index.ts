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
  encodeCaller,
  encodeDecideResponse,
  encodeDecisionEvent,
  encodeEffects,
  encodeRecordedRequest,
  encodeSubject,
  type EncodableApproval,
  type EncodableObligation,
  type EncodableReason,
  type RecordedDecision,
  type TwiceEncoded,
  VERDICT_NUMBERS,
} from './decision-codec.ts';
