/** What people see of an approval: everything that an answer needs, nothing hidden in it. */
import { escapeBlockForDisplay, escapeForDisplay, escapeJsonForDisplay } from './escape.ts';
import {
  type ApprovalStatus,
  DEFAULTS,
  type PresentApproval,
  type ShownAction,
  type ShownEffect,
  type ShownReason,
  type ShownRequest,
  type ShownSubject,
} from './state.ts';
import { effectInWords } from './words.ts';

export interface VoteView {
  readonly voter: string;
  readonly approve: boolean;
  readonly reason: string;
  readonly atMs: number;
}

/** All texts are masked (as recorded) and escaped; times in ms since the epoch, 0 for "not yet". */
export interface ApprovalView {
  readonly id: string;
  readonly status: ApprovalStatus;
  readonly tenant: string;
  readonly correlationId: string;
  readonly decisionId: string;
  readonly requester: string;
  readonly involved: readonly string[];
  /** Who (with the delegation chain), what, where, for what purpose. */
  readonly request: ShownRequest;
  readonly effects: readonly ShownEffect[];
  /** One sentence an effect, in the same order. */
  readonly effectsInWords: readonly string[];
  /** The rules that asked, and why. */
  readonly reasons: readonly ShownReason[];
  readonly risk: number;
  /** 64 hex digits: what a vote has to name. */
  readonly actionDigest: string;
  readonly policyDigest: string;
  readonly quorum: number;
  readonly reviewers: readonly string[];
  readonly votes: readonly VoteView[];
  readonly requestedAtMs: number;
  readonly lapsesAtMs: number;
  readonly decidedAtMs: number;
  readonly version: number;
  readonly usesLeft: number;
  readonly grantExpiresAtMs: number;
}

export function viewOf(state: PresentApproval): ApprovalView {
  const { matter, grant } = state;
  const live = state.status === 'granted' && grant ? grant.uses - state.redemptions.length : 0;
  return {
    id: state.approvalId,
    status: state.status,
    tenant: state.tenant,
    correlationId: state.correlationId,
    decisionId: matter.decisionId,
    requester: escapeForDisplay(matter.requester),
    involved: matter.involved.map(escapeForDisplay),
    request: escapeRequest(matter.request),
    effects: matter.effects.map(escapeEffect),
    effectsInWords: matter.effects.map(effectInWords),
    reasons: matter.reasons.map((reason) => ({ ...reason, message: escapeForDisplay(reason.message) })),
    risk: matter.risk,
    actionDigest: matter.actionDigest,
    policyDigest: matter.policyDigest,
    quorum: matter.requirement.quorum || DEFAULTS.quorum,
    reviewers: matter.requirement.reviewers,
    votes: state.votes.map(({ voter, approve, reason, atMs }) => ({ voter, approve, reason: escapeForDisplay(reason), atMs })),
    requestedAtMs: state.requestedAtMs,
    lapsesAtMs: state.lapsesAtMs,
    decidedAtMs: state.decidedAtMs,
    version: state.version,
    usesLeft: live,
    grantExpiresAtMs: grant?.expiresAtMs ?? 0,
  };
}

function escapeRequest(request: ShownRequest): ShownRequest {
  const { resource, model } = request;
  return {
    requestId: escapeForDisplay(request.requestId),
    subject: request.subject && escapeSubject(request.subject),
    delegation: request.delegation.map(escapeSubject),
    action: request.action && escapeAction(request.action),
    resource: resource && {
      type: escapeForDisplay(resource.type),
      id: escapeForDisplay(resource.id),
      environment: escapeForDisplay(resource.environment),
      labels: resource.labels.map(escapeForDisplay),
    },
    purpose: escapeForDisplay(request.purpose),
    sessionId: escapeForDisplay(request.sessionId),
    model: model && { provider: escapeForDisplay(model.provider), model: escapeForDisplay(model.model) },
    traceparent: escapeForDisplay(request.traceparent),
    contextJson: escapeJson(request.contextJson),
  };
}

function escapeSubject(subject: ShownSubject): ShownSubject {
  return {
    id: escapeForDisplay(subject.id),
    owner: escapeForDisplay(subject.owner),
    attributesJson: escapeJson(subject.attributesJson),
  };
}

function escapeAction(action: ShownAction): ShownAction {
  return {
    kind: escapeForDisplay(action.kind),
    name: escapeForDisplay(action.name),
    text: escapeBlockForDisplay(action.text),
    dialect: escapeForDisplay(action.dialect),
    payloadJson: escapeJson(action.payloadJson),
  };
}

function escapeEffect(effect: ShownEffect): ShownEffect {
  return {
    ...effect,
    targets: effect.targets.map(({ type, name }) => ({ type: escapeForDisplay(type), name: escapeForDisplay(name) })),
    via: escapeForDisplay(effect.via),
    why: escapeForDisplay(effect.why),
  };
}

function escapeJson(bytes: Uint8Array): Uint8Array {
  return bytes.length === 0 ? bytes : new TextEncoder().encode(escapeJsonForDisplay(new TextDecoder().decode(bytes)));
}
