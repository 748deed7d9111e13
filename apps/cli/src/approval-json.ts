/** The one object that programs get for an approval, from the contract's message. */
import type { approval } from '@countersign/proto';
import { type EffectJson, type ReasonJson, effectJson, jsonOf, reasonJson, timeOf } from './decision-json.ts';

export type StatusWord = 'open' | 'granted' | 'rejected' | 'lapsed' | 'revoked' | 'redeemed' | 'unknown';

/** Numbers of approval.v1.ApprovalStatus, in order. */
export const STATUS_WORDS: readonly StatusWord[] = ['unknown', 'open', 'granted', 'rejected', 'lapsed', 'revoked', 'redeemed'];

export interface ApprovalJson {
  readonly id: string;
  readonly status: StatusWord;
  readonly requester: string;
  readonly delegation: readonly string[];
  /** May not vote. */
  readonly involved: readonly string[];
  readonly action: {
    readonly kind: string;
    readonly name: string;
    readonly text: string;
    readonly dialect: string;
    readonly payload: unknown;
  };
  readonly resource: {
    readonly type: string;
    readonly id: string;
    readonly environment: string;
    readonly labels: readonly string[];
  };
  readonly purpose: string;
  readonly session: string;
  readonly reasons: readonly ReasonJson[];
  readonly effects: readonly EffectJson[];
  readonly risk: number;
  readonly quorum: number;
  readonly reviewers: readonly string[];
  readonly votes: readonly { readonly voter: string; readonly approve: boolean; readonly reason: string; readonly at: string }[];
  readonly requestedAt: string;
  readonly lapsesAt: string;
  readonly decidedAt: string | null;
  readonly usesLeft: number;
  readonly grantExpiresAt: string | null;
  readonly actionDigest: string;
  readonly policyDigest: string;
  readonly decisionId: string;
  readonly correlationId: string;
}

export function approvalJson(message: approval.Approval): ApprovalJson {
  const { request } = message;
  const { action, resource } = request ?? {};
  return {
    id: message.id,
    status: STATUS_WORDS[message.status] ?? 'unknown',
    requester: message.requester,
    delegation: (request?.delegation ?? []).map(({ id }) => id),
    involved: message.involved,
    action: {
      kind: action?.kind ?? '',
      name: action?.name ?? '',
      text: action?.text ?? '',
      dialect: action?.dialect ?? '',
      payload: jsonOf(action?.payloadJson ?? new Uint8Array(0)),
    },
    resource: {
      type: resource?.type ?? '',
      id: resource?.id ?? '',
      environment: resource?.environment ?? '',
      labels: resource?.labels ?? [],
    },
    purpose: request?.purpose ?? '',
    session: request?.sessionId ?? '',
    reasons: message.reasons.map(reasonJson),
    effects: message.effects.map(effectJson),
    risk: message.risk,
    quorum: message.quorum,
    reviewers: message.reviewers,
    votes: message.votes.map(({ voter, approve, reason, atMs }) => ({ voter, approve, reason, at: timeOf(atMs) })),
    requestedAt: timeOf(message.requestedAtMs),
    lapsesAt: timeOf(message.lapsesAtMs),
    decidedAt: timeOrNull(message.decidedAtMs),
    usesLeft: message.usesLeft,
    grantExpiresAt: timeOrNull(message.grantExpiresAtMs),
    actionDigest: Buffer.from(message.actionDigest).toString('hex'),
    policyDigest: message.policyDigest,
    decisionId: message.decisionId,
    correlationId: message.correlationId,
  };
}

function timeOrNull(ms: bigint): string | null {
  return ms === 0n ? null : timeOf(ms);
}
