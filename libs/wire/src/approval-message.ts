/** An approval as people see it, as approval.v1.Approval. */
import type { ApprovalStatus, ApprovalView } from '@countersign/approval';
import { create } from '@bufbuild/protobuf';
import { approval } from '@countersign/proto';
import { toEffect, toRecordedRequest } from './approval-matter.ts';

const STATUS: Readonly<Record<ApprovalStatus, approval.ApprovalStatus>> = {
  open: approval.ApprovalStatus.OPEN,
  granted: approval.ApprovalStatus.GRANTED,
  rejected: approval.ApprovalStatus.REJECTED,
  lapsed: approval.ApprovalStatus.LAPSED,
  revoked: approval.ApprovalStatus.REVOKED,
  redeemed: approval.ApprovalStatus.REDEEMED,
};

export function approvalMessage(view: ApprovalView): approval.Approval {
  const { id, tenant, correlationId, decisionId, requester, risk, quorum, usesLeft } = view;
  return create(approval.ApprovalSchema, {
    ...{ id, tenant, correlationId, decisionId, requester, risk, quorum, usesLeft },
    status: STATUS[view.status],
    involved: [...view.involved],
    request: toRecordedRequest(view.request),
    effects: view.effects.map(toEffect),
    reasons: view.reasons.map(({ rule, code, message, severity, effect }) => ({ rule, code, message, severity, effect })),
    actionDigest: Buffer.from(view.actionDigest, 'hex'),
    policyDigest: `sha256:${view.policyDigest}`,
    reviewers: [...view.reviewers],
    votes: view.votes.map((vote) => ({ ...vote, atMs: BigInt(vote.atMs) })),
    requestedAtMs: BigInt(view.requestedAtMs),
    lapsesAtMs: BigInt(view.lapsesAtMs),
    decidedAtMs: BigInt(view.decidedAtMs),
    version: BigInt(view.version),
    grantExpiresAtMs: BigInt(view.grantExpiresAtMs),
  });
}

/** The domain's word for a status of the contract; undefined for unspecified or unknown. */
export function approvalStatusOf(status: approval.ApprovalStatus): ApprovalStatus | undefined {
  return (Object.keys(STATUS) as ApprovalStatus[]).find((word) => STATUS[word] === status);
}
