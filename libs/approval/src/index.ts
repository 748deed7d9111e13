export {
  type AbsentApproval,
  type Approval,
  type ApprovalStatus,
  DEFAULTS,
  type Grant,
  initial,
  type Matter,
  type PresentApproval,
  type Redemption,
  type Requirement,
  type ShownAction,
  type ShownEffect,
  type ShownReason,
  type ShownRequest,
  type ShownResource,
  type ShownSubject,
  type Vote,
} from './state.ts';
export type { Actor, CastVote, Command, Lapse, Redeem, Request, Revoke } from './commands.ts';
export type {
  ApprovalEvent,
  CommandRefused,
  Granted,
  Lapsed,
  Redeemed,
  Rejected,
  Requested,
  Revoked,
  VoteCast,
} from './events.ts';
export { isRefusalCode, type Refusal, REFUSAL_CODES, REFUSAL_MESSAGES, type RefusalCode, REPEATED } from './refusal.ts';
export { decide, owedOutcome } from './decide.ts';
export { evolve } from './evolve.ts';
export { involvedPersons, isEligible, isInvolved, samePerson } from './people.ts';
export { type ApprovalView, viewOf, type VoteView } from './view.ts';
export { effectInWords } from './words.ts';
export { escapeBlockForDisplay, escapeForDisplay, escapeJsonForDisplay } from './escape.ts';
