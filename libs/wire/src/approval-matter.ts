/** What an approval is about, between the domain and event.v1.RequestApproval. */
import type { ApprovalView, Matter, ShownEffect, ShownRequest, ShownSubject } from '@countersign/approval';
import { toHex } from '@countersign/kernel';
import type { MessageInitShape } from '@bufbuild/protobuf';
import type { event } from '@countersign/proto';

type RequestApprovalInit = MessageInitShape<typeof event.RequestApprovalSchema>;
type EffectInit = MessageInitShape<typeof event.EffectSchema>;
type RequestInit = MessageInitShape<typeof event.RecordedRequestSchema>;

/** The parts of RequestApproval; DecisionRecorded has the same ones. */
type MatterMessage = Pick<
  event.RequestApproval,
  | 'decisionId'
  | 'request'
  | 'involved'
  | 'requester'
  | 'effects'
  | 'reasons'
  | 'risk'
  | 'actionDigest'
  | 'policyDigest'
  | 'requirement'
>;

const EMPTY = new Uint8Array(0);

const EMPTY_REQUEST: ShownRequest = {
  requestId: '',
  delegation: [],
  purpose: '',
  sessionId: '',
  traceparent: '',
  contextJson: EMPTY,
};

const NO_MATTER: Matter = {
  decisionId: '',
  requester: '',
  involved: [],
  request: EMPTY_REQUEST,
  effects: [],
  reasons: [],
  risk: 0,
  actionDigest: '',
  policyDigest: '',
  requirement: { quorum: 0, reviewers: [], expiresS: 0, grantS: 0, uses: 0 },
};

export function toMatter(message: MatterMessage | undefined): Matter {
  if (!message) return NO_MATTER;
  const { decisionId, requester, involved, effects, reasons, risk, requirement } = message;
  return {
    decisionId,
    requester,
    involved,
    request: message.request ?? EMPTY_REQUEST,
    effects,
    reasons,
    risk,
    actionDigest: toHex(message.actionDigest),
    policyDigest: toHex(message.policyDigest),
    requirement: {
      quorum: requirement?.quorum ?? 0,
      reviewers: requirement?.reviewers ?? [],
      expiresS: requirement?.expiresS ?? 0,
      grantS: requirement?.grantS ?? 0,
      uses: requirement?.uses ?? 0,
    },
  };
}

export function toRequestApproval(matter: Matter, approvalId: string): RequestApprovalInit {
  const { requirement } = matter;
  return {
    decisionId: matter.decisionId,
    requester: matter.requester,
    involved: [...matter.involved],
    request: toRecordedRequest(matter.request),
    effects: matter.effects.map(toEffect),
    reasons: matter.reasons.map(({ rule, code, message, severity, effect }) => ({ rule, code, message, severity, effect })),
    risk: matter.risk,
    actionDigest: Buffer.from(matter.actionDigest, 'hex'),
    policyDigest: Buffer.from(matter.policyDigest, 'hex'),
    requirement: { ...requirement, approvalId, reviewers: [...requirement.reviewers] },
  };
}

export function toRecordedRequest(request: ShownRequest): RequestInit {
  const { requestId, subject, delegation, action, resource, purpose, sessionId, model, traceparent, contextJson } = request;
  return {
    requestId,
    ...(subject && { subject: toSubject(subject) }),
    delegation: delegation.map(toSubject),
    ...(action && { action: pick(action, 'kind', 'name', 'text', 'dialect', 'payloadJson') }),
    ...(resource && { resource: { ...pick(resource, 'type', 'id', 'environment'), labels: [...resource.labels] } }),
    purpose,
    sessionId,
    ...(model && { model: pick(model, 'provider', 'model') }),
    traceparent,
    contextJson,
  };
}

export function toEffect(effect: ShownEffect | ApprovalView['effects'][number]): EffectInit {
  return {
    ...pick(effect, 'kind', 'scope', 'reversible', 'via', 'why'),
    targets: effect.targets.map((target) => pick(target, 'type', 'name')),
    ...(effect.span && { span: pick(effect.span, 'start', 'end') }),
  };
}

function toSubject(subject: ShownSubject) {
  return pick(subject, 'id', 'owner', 'attributesJson');
}

/** A copy with these members alone: what came from a message carries its type name along. */
function pick<T extends object, K extends keyof T>(from: T, ...keys: readonly K[]): Pick<T, K> {
  return Object.fromEntries(keys.map((key) => [key, from[key]])) as Pick<T, K>;
}
