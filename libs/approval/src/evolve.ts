/** The fold: an approval and the next thing that happened to it give the approval as it is now. */
import { unreachable } from '@countersign/kernel';
import type { ApprovalEvent } from './events.ts';
import type { Approval, ApprovalStatus, PresentApproval } from './state.ts';

/** Throws for an event that cannot follow: the record or the code is broken then, and going on would hide it. */
export function evolve(state: Approval, event: ApprovalEvent): Approval {
  const version = state.version + 1;
  const lastAtMs = Math.max(state.lastAtMs, event.atMs);
  if (event.type === 'CommandRefused') return { ...state, version, lastAtMs };
  if (event.type === 'Requested') {
    if (state.status !== 'absent') throw new Error(`approval ${event.approvalId} was requested twice`);
    return {
      status: 'open',
      approvalId: event.approvalId,
      tenant: event.tenant,
      correlationId: event.correlationId,
      version,
      lastAtMs,
      matter: event.matter,
      requestedAtMs: event.atMs,
      lapsesAtMs: event.lapsesAtMs,
      votes: [],
      grant: null,
      redemptions: [],
      decidedAtMs: 0,
      revokedByCommand: '',
    };
  }
  if (state.status === 'absent') throw new Error(`approval ${event.approvalId}: ${event.type} before it was requested`);
  return advance({ ...state, version, lastAtMs }, event);
}

function advance(
  state: PresentApproval,
  event: Exclude<ApprovalEvent, { type: 'CommandRefused' | 'Requested' }>,
): PresentApproval {
  switch (event.type) {
    case 'VoteCast': {
      const { voter, approve, reason, channel, atMs, commandId } = event;
      return { ...expect(state, event, 'open'), votes: [...state.votes, { voter, approve, reason, channel, atMs, commandId }] };
    }
    case 'Granted':
      return { ...expect(state, event, 'open'), status: 'granted', grant: event.grant, decidedAtMs: event.atMs };
    case 'Rejected':
      return { ...expect(state, event, 'open'), status: 'rejected', decidedAtMs: event.atMs };
    case 'Lapsed':
      return { ...expect(state, event, 'open'), status: 'lapsed', decidedAtMs: event.atMs };
    case 'Revoked':
      return {
        ...expect(state, event, 'open', 'granted'),
        status: 'revoked',
        decidedAtMs: event.atMs,
        revokedByCommand: event.commandId,
      };
    case 'Redeemed': {
      const { redeemedFor, use, atMs } = event;
      const usedUp = use >= (state.grant?.uses ?? 0);
      return {
        ...expect(state, event, 'granted'),
        status: usedUp ? 'redeemed' : 'granted',
        redemptions: [...state.redemptions, { redeemedFor, use, atMs }],
      };
    }
    default:
      return unreachable(event);
  }
}

function expect(state: PresentApproval, event: ApprovalEvent, ...statuses: readonly ApprovalStatus[]): PresentApproval {
  if (!statuses.includes(state.status)) {
    throw new Error(`approval ${event.approvalId}: ${event.type} cannot follow while it is ${state.status}`);
  }
  return state;
}
