/** Calls that are refused: one closed list, with the status that each has on gRPC and on HTTP. */
import { REFUSAL_MESSAGES, type RefusalCode } from '@countersign/approval';
import { status } from '@countersign/grpc';

/** The domain's refusals, and those of the call itself. */
export type CallRefusalCode = RefusalCode | 'invalid_argument' | 'unavailable' | 'too_many_waiters';

export interface CallRefusal {
  readonly code: CallRefusalCode;
  readonly message: string;
}

interface Statuses {
  readonly grpc: status;
  readonly http: number;
}

const BAD: Statuses = { grpc: status.INVALID_ARGUMENT, http: 400 };
const NOT_FOUND: Statuses = { grpc: status.NOT_FOUND, http: 404 };
const DENIED: Statuses = { grpc: status.PERMISSION_DENIED, http: 403 };
const NOT_NOW: Statuses = { grpc: status.FAILED_PRECONDITION, http: 409 };

/** Exhaustive: a new refusal does not compile until it has its statuses. */
export const STATUS_OF: Readonly<Record<CallRefusalCode, Statuses>> = {
  not_found: NOT_FOUND,
  invalid_argument: BAD,
  invalid_request: BAD,
  own_request: DENIED,
  not_eligible: DENIED,
  not_allowed: DENIED,
  forged: DENIED,
  other_subject: DENIED,
  not_open: NOT_NOW,
  lapsed: NOT_NOW,
  already_voted: NOT_NOW,
  digest_mismatch: NOT_NOW,
  not_due: NOT_NOW,
  not_granted: NOT_NOW,
  unknown_grant: NOT_NOW,
  action_changed: NOT_NOW,
  policy_changed: NOT_NOW,
  not_yet_valid: NOT_NOW,
  expired: NOT_NOW,
  already_used: NOT_NOW,
  revoked: NOT_NOW,
  unavailable: { grpc: status.UNAVAILABLE, http: 503 },
  too_many_waiters: { grpc: status.RESOURCE_EXHAUSTED, http: 429 },
};

/** The sentence with its code in front, so that a program can tell refusals of one status apart. */
export function detailOf(refusal: CallRefusal): string {
  return `${refusal.code}: ${refusal.message}`;
}

export const NO_SUCH_APPROVAL: CallRefusal = { code: 'not_found', message: REFUSAL_MESSAGES.not_found };

export function badArgument(message: string): CallRefusal {
  return { code: 'invalid_argument', message };
}
