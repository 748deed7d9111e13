/** The rules of an approval: a command and the approval as it is give events or a refusal. Pure; promises 4 and 5 live here. */
import { err, ok, type Result, unreachable, uuidV8 } from '@countersign/kernel';
import type { CastVote, Command, Redeem, Request, Revoke } from './commands.ts';
import type { ApprovalEvent, Granted, Rejected } from './events.ts';
import { evolve } from './evolve.ts';
import { isEligible, isInvolved, samePerson } from './people.ts';
import { type Refusal, REFUSAL_MESSAGES, type RefusalCode } from './refusal.ts';
import { type Approval, DEFAULTS, type Matter, type PresentApproval, type Vote } from './state.ts';

type Decision = Result<readonly ApprovalEvent[], Refusal>;

const MS_PER_S = 1000;
const DIGEST = /^[0-9a-f]{64}$/;

/** A repeated command gives no events. A command from before the newest event (a clock stepped back) counts as of that event. */
export function decide(command: Command, state: Approval): Decision {
  const atMs = Math.max(command.atMs, state.lastAtMs);
  if (command.type === 'Request') return request(command, state, atMs);
  // Another tenant's approval does not exist, whatever is asked of it.
  if (state.status === 'absent' || state.tenant !== command.tenant) return refuse('not_found');
  switch (command.type) {
    case 'Vote':
      return vote(command, state, atMs);
    case 'Revoke':
      return revoke(command, state, atMs);
    case 'Redeem':
      return redeem(command, state, atMs);
    case 'Lapse':
      if (state.status !== 'open') return ok([]);
      if (atMs < state.lapsesAtMs) return refuse('not_due');
      return ok([{ type: 'Lapsed', ...cause(command, atMs) }]);
    default:
      return unreachable(command);
  }
}

/**
 * The outcome that the votes cast so far demand and that is not recorded yet; undefined while it stays open. `decide` asks it
 * after each vote; a recovery asks it after a write that was cut off between a vote and its outcome.
 */
export function owedOutcome(state: Approval, commandId: string): Granted | Rejected | undefined {
  if (state.status !== 'open') return undefined;
  const base = { approvalId: state.approvalId, commandId, atMs: state.lastAtMs };
  const against = state.votes.filter((cast) => !cast.approve);
  if (against[0]) return { type: 'Rejected', ...base, rejectedBy: against.map((cast) => cast.voter), reason: against[0].reason };
  const requirement = withDefaults(state.matter);
  if (state.votes.length < requirement.quorum) return undefined;
  const notBeforeMs = state.lastAtMs - (state.lastAtMs % MS_PER_S);
  return {
    type: 'Granted',
    ...base,
    grant: {
      grantId: uuidV8('grant', state.approvalId),
      subject: state.matter.requester,
      actionDigest: state.matter.actionDigest,
      policyDigest: state.matter.policyDigest,
      notBeforeMs,
      expiresAtMs: notBeforeMs + requirement.grantS * MS_PER_S,
      uses: requirement.uses,
      approvers: state.votes.map((cast) => cast.voter),
    },
  };
}

function request(command: Request, state: Approval, atMs: number): Decision {
  // The journal redelivers: asking twice is not an error, it is silence.
  if (state.status !== 'absent') return ok([]);
  const { matter, tenant, correlationId } = command;
  if (!DIGEST.test(matter.actionDigest) || !DIGEST.test(matter.policyDigest)) return refuse('invalid_request');
  const lapsesAtMs = atMs + withDefaults(matter).expiresS * MS_PER_S;
  return ok([{ type: 'Requested', ...cause(command, atMs), tenant, correlationId, matter, lapsesAtMs }]);
}

function vote(command: CastVote, state: PresentApproval, atMs: number): Decision {
  if (state.votes.some((cast) => isRepeat(command, cast))) return ok([]);
  // People first, so that an attempt on one's own request is on record as just that, whatever else is wrong with it.
  if (isInvolved(command.by, state.matter)) return refuse('own_request');
  if (!isEligible(command.by, state.matter)) return refuse('not_eligible');
  if (state.status !== 'open') return refuse('not_open');
  if (atMs >= state.lapsesAtMs) return refuse('lapsed');
  if (state.votes.some((cast) => samePerson(cast.voter, command.by.subject))) return refuse('already_voted');
  if (command.actionDigest !== state.matter.actionDigest) return refuse('digest_mismatch');
  const { approve, reason, channel } = command;
  const cast: ApprovalEvent = { type: 'VoteCast', ...cause(command, atMs), voter: command.by.subject, approve, reason, channel };
  const outcome = owedOutcome(evolve(state, cast), command.commandId);
  return ok(outcome ? [cast, outcome] : [cast]);
}

function isRepeat(command: CastVote, cast: Vote): boolean {
  return cast.commandId === command.commandId && cast.approve === command.approve && samePerson(cast.voter, command.by.subject);
}

function revoke(command: Revoke, state: PresentApproval, atMs: number): Decision {
  if (state.status === 'revoked' && state.revokedByCommand === command.commandId) return ok([]);
  if (!mayRevoke(command, state)) return refuse('not_allowed');
  if (state.status !== 'open' && state.status !== 'granted') return refuse('not_open');
  return ok([{ type: 'Revoked', ...cause(command, atMs), revokedBy: command.by.subject, reason: command.reason }]);
}

function mayRevoke({ by }: Revoke, state: PresentApproval): boolean {
  return (
    by.roles.includes('admin') || isInvolved(by, state.matter) || state.votes.some((cast) => samePerson(cast.voter, by.subject))
  );
}

function redeem(command: Redeem, state: PresentApproval, atMs: number): Decision {
  if (command.grantId === '') return refuse('forged');
  if (state.status === 'revoked') return refuse('revoked');
  const { grant } = state;
  if (!grant) return refuse('not_granted');
  if (command.grantId !== grant.grantId) return refuse('unknown_grant');
  if (command.subject !== grant.subject) return refuse('other_subject');
  if (command.actionDigest !== grant.actionDigest) return refuse('action_changed');
  if (command.policyDigest !== grant.policyDigest) return refuse('policy_changed');
  // The same use told twice is one use, even after its time: the first answer may have been lost on its way.
  if (state.redemptions.some((done) => done.redeemedFor === command.redeemedFor)) return ok([]);
  if (atMs < grant.notBeforeMs) return refuse('not_yet_valid');
  if (atMs >= grant.expiresAtMs) return refuse('expired');
  const use = state.redemptions.length + 1;
  if (use > grant.uses) return refuse('already_used');
  const { grantId, redeemedFor } = command;
  return ok([{ type: 'Redeemed', ...cause(command, atMs), grantId, redeemedFor, use }]);
}

function withDefaults({ requirement }: Matter) {
  return {
    quorum: requirement.quorum || DEFAULTS.quorum,
    expiresS: requirement.expiresS || DEFAULTS.expiresS,
    grantS: requirement.grantS || DEFAULTS.grantS,
    uses: requirement.uses || DEFAULTS.uses,
  };
}

function cause(command: Command, atMs: number) {
  return { approvalId: command.approvalId, commandId: command.commandId, atMs };
}

function refuse(code: RefusalCode): { ok: false; error: Refusal } {
  return err({ code, message: REFUSAL_MESSAGES[code] });
}
