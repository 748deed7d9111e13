/** One row for each thing that happens to an approval, with the columns of all of them: few rows, easy to read in order. */
import type { LineageData, LineageEvent } from './event.ts';
import { type Row, placeOf } from './place.ts';
import { hex } from './text.ts';

/** Undefined where the event is not about an approval. Commands are in `events` alone: what counts is what came of them. */
export function approvalRow(event: LineageEvent, actor: string): Row | undefined {
  const own = factsOf(event.data);
  if (!own) return undefined;
  return {
    ...placeOf(event),
    event_id: event.id,
    status: event.data.type.slice(event.data.type.indexOf('.') + 1),
    actor,
    ...EMPTY,
    ...own,
  };
}

/** Every column, so that all rows have the same keys in the same order. */
const EMPTY = {
  approval_id: '',
  decision_id: '',
  requester: '',
  subject: '',
  environment: '',
  text: '',
  risk: 0,
  quorum: 0,
  reviewers: [] as readonly string[],
  involved: [] as readonly string[],
  approvers: [] as readonly string[],
  reason: '',
  channel: '',
  command: '',
  code: '',
  grant_id: '',
  redeemed_for: '',
  uses: 0,
  lapses_at: null as number | null,
  expires_at: null as number | null,
  action_digest: '',
  policy_digest: '',
};

function factsOf(data: LineageData): Partial<typeof EMPTY> | undefined {
  switch (data.type) {
    case 'approval.requested':
      return requestedFacts(data);
    case 'approval.vote_cast': {
      const { approvalId, voter, approve, reason, channel } = data.fact;
      return {
        approval_id: approvalId,
        approvers: approve ? [voter] : [],
        code: approve ? 'approve' : 'reject',
        reason,
        channel,
      };
    }
    case 'approval.granted': {
      const { approvalId, grantId, subject, approvers, uses, expiresAtMs, actionDigest, policyDigest } = data.fact;
      const digests = { action_digest: hex(actionDigest), policy_digest: hex(policyDigest) };
      return {
        approval_id: approvalId,
        grant_id: grantId,
        subject,
        approvers,
        uses,
        expires_at: Number(expiresAtMs),
        ...digests,
      };
    }
    case 'approval.rejected':
    case 'approval.revoked':
      return { approval_id: data.fact.approvalId, reason: data.fact.reason };
    case 'approval.lapsed':
      return { approval_id: data.fact.approvalId };
    case 'grant.redeemed': {
      const { approvalId, grantId, redeemedFor, use } = data.fact;
      return { approval_id: approvalId, grant_id: grantId, redeemed_for: redeemedFor, uses: use };
    }
    case 'approval.command_refused': {
      const { approvalId, command, code, message } = data.fact;
      return { approval_id: approvalId, command, code, reason: message };
    }
    default:
      return undefined;
  }
}

function requestedFacts({ fact }: Extract<LineageData, { type: 'approval.requested' }>): Partial<typeof EMPTY> {
  const asked = fact.request;
  const action = asked?.request?.action;
  return {
    approval_id: fact.approvalId,
    decision_id: asked?.decisionId ?? '',
    requester: asked?.requester ?? '',
    subject: asked?.request?.subject?.id || asked?.requester || '',
    environment: asked?.request?.resource?.environment ?? '',
    text: action?.text || action?.name || '',
    risk: asked?.risk ?? 0,
    quorum: asked?.requirement?.quorum ?? 0,
    reviewers: asked?.requirement?.reviewers ?? [],
    involved: asked?.involved ?? [],
    lapses_at: Number(fact.lapsesAtMs),
    action_digest: hex(asked?.actionDigest ?? new Uint8Array(0)),
    policy_digest: hex(asked?.policyDigest ?? new Uint8Array(0)),
  };
}
