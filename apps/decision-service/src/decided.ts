/** A decision in the two forms that leave the pipeline: the answer to the caller and the event for the record. */
import { withHistory } from '@countersign/decision';
import type { InputMember } from '@countersign/decision';
import { uuidV8 } from '@countersign/kernel';
import { type DecisionAnswer, encodeRecordedRequest, encodeRiskParts, type RecordedDecision } from '@countersign/wire';
import type { Knowledge, Placed } from './knowledge.ts';
import type { RecordableRequest } from './mask-request.ts';
import type { Track } from './memory/views.ts';
import type { NormalisedRequest } from './normalise.ts';
import type { Presented } from './presented-grant.ts';
import { seal } from './seal.ts';

/** Everything that is known of a decision once policy has spoken. */
export interface Decided {
  readonly request: NormalisedRequest;
  readonly knowledge: Knowledge;
  readonly placed: Placed;
  readonly recordable: RecordableRequest;
  readonly presented: Presented;
  readonly decisionId: string;
  readonly timeMs: number;
  /** Empty where the request had no request_id. */
  readonly contentDigest: Uint8Array;
  /** Whose histories it belongs to. */
  readonly track: Track;
  /** `input.session`; undefined where what came before cannot be known. */
  readonly session: AskedSession | undefined;
}

export interface AskedSession {
  readonly member: InputMember;
  /** Its JSON for the record. */
  readonly recorded: string;
  /** Offset of the last event that it counts. */
  readonly position: number;
}

/** `policyDigestText`: "sha256:…". */
export function answerFor(
  { knowledge, placed, recordable, presented, decisionId, timeMs, session }: Decided,
  policyDigestText: string,
): DecisionAnswer {
  const { judgement, correlationId } = presented;
  const { answer, encoded } = judgement;
  const score = session === undefined ? placed.score : withHistory(placed.score, session.member.json);
  return {
    decisionId,
    correlationId: correlationId === '' ? decisionId : correlationId,
    verdict: answer.verdict,
    answer: encoded,
    effects: knowledge.encoded,
    risk: score.risk,
    riskParts: score === placed.score ? placed.riskParts : encodeRiskParts(score.parts),
    reading: knowledge.reading,
    policyDigestText,
    approval: answer.approval && {
      id: uuidV8('approval', decisionId),
      lapsesAtMs: timeMs + answer.approval.expiresS * 1000,
      quorum: answer.approval.quorum,
    },
    maskedText: recordable.found.length > 0 ? recordable.facts.action.text : '',
  };
}

/** The parts of the event that the pipeline has encoded before, for they repeat. */
export interface EncodedParties {
  /** event.v1.Caller. */
  readonly caller: Uint8Array;
  /** event.v1.Subject. */
  readonly subject: Uint8Array;
  /** 32 bytes. */
  readonly sealKey: Uint8Array;
}

export function eventFor(
  { request, placed, recordable, presented, timeMs, contentDigest, session }: Decided,
  answer: DecisionAnswer,
  { caller, subject, sealKey }: EncodedParties,
): RecordedDecision {
  const { facts, principal, verbatim } = request;
  const { judgement, approval, causationId, policyDigest, inputDigest, inputMembers } = presented;
  const untouched = recordable.found.length === 0;
  return {
    actionDigest: placed.actionDigest,
    contentDigest,
    policyDigest,
    inputDigest,
    inputMembers,
    decisionId: answer.decisionId,
    tenant: principal.tenant,
    stream: `session/${facts.sessionId === '' ? answer.decisionId : facts.sessionId}`,
    occurredAtMs: timeMs,
    correlationId: answer.correlationId,
    causationId,
    traceparent: recordable.facts.traceparent,
    request: untouched && verbatim ? verbatim : encodeRecordedRequest(recordable.facts),
    caller,
    verdict: answer.verdict,
    answer: answer.answer,
    effects: answer.effects,
    risk: answer.risk,
    riskParts: answer.riskParts,
    reading: answer.reading,
    approval: answer.approval && judgement.answer.approval && { approvalId: answer.approval.id, ...judgement.answer.approval },
    presented: approval && {
      approvalId: approval.id,
      grantId: approval.grantId,
      status: approval.status,
      approvers: approval.approvers,
    },
    masked: recordable.found,
    sealed: untouched ? undefined : seal(sealKey, answer.decisionId, encodeRecordedRequest(facts)),
    subject,
    failedStep: judgement.answer.failedStep,
    sessionJson: session?.recorded ?? '',
    memoryPosition: session?.position ?? 0,
  };
}
