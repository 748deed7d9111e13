/** Why a command was refused: one closed list, each with a sentence for a tired person. */

export const REFUSAL_MESSAGES = {
  not_found: 'There is no such approval.',
  invalid_request: 'The request names no action digest or no policy digest, so nothing could be bound to it.',
  own_request: 'You stand behind this request yourself: somebody else has to decide it.',
  not_eligible: 'Only a person with the role approver whom the rule accepts as a reviewer may decide this.',
  not_open: 'The approval is closed already.',
  lapsed: 'The time to decide is over.',
  already_voted: 'You have voted already, and a person counts once.',
  digest_mismatch: 'You were shown another action than the one this approval is about. Look at it again.',
  not_allowed: 'Only a voter, an admin or the requesting side may revoke this.',
  not_due: 'The approval has time left.',
  forged: 'The grant was not issued by this installation.',
  not_granted: 'The approval was not granted.',
  unknown_grant: 'The grant does not belong to this approval.',
  other_subject: 'The grant was given to somebody else.',
  action_changed: 'The action is not the one that was approved.',
  policy_changed: 'The policy has changed since the approval was given.',
  not_yet_valid: 'The grant is not valid yet.',
  expired: 'The grant has expired.',
  already_used: 'The grant has been used up.',
  revoked: 'The approval was revoked.',
} as const;

export type RefusalCode = keyof typeof REFUSAL_MESSAGES;

export interface Refusal {
  readonly code: RefusalCode;
  readonly message: string;
}

export const REFUSAL_CODES = Object.keys(REFUSAL_MESSAGES) as readonly RefusalCode[];

export function isRefusalCode(code: string): code is RefusalCode {
  return Object.hasOwn(REFUSAL_MESSAGES, code);
}

/**
 * Not a refusal of the intent but of its repetition: a command that changes nothing because it was carried out before. Recorded, so
 * that whoever waits for the repeat gets its answer through the journal too; read it as success.
 */
export const REPEATED = 'repeated';
