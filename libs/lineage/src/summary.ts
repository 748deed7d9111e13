/** Who did it, and one sentence that says what happened: what a person reads in a trace before any column. */
import { unreachable } from '@countersign/kernel';
import type { CommandFact, DecisionFact, LineageData, LineageEvent, RequestFact } from './event.ts';
import { oneLine } from './text.ts';

/** Where nobody but the product itself acted: a lapse, an activation at start. */
const SYSTEM = 'system';
const SHOWN_UNITS = 120;
const MESSAGE_UNITS = 300;

/** The subject, the voter, the caller. */
export function actorOf(data: LineageData): string {
  switch (data.type) {
    case 'decision.recorded':
      return subjectOf(data.fact).id || SYSTEM;
    case 'outcome.reported':
    case 'approval.command':
      return data.fact.caller?.subject || SYSTEM;
    case 'approval.requested':
      return data.fact.request?.requester || SYSTEM;
    case 'approval.vote_cast':
      return data.fact.voter;
    case 'approval.granted':
      return data.fact.approvers.join(', ') || SYSTEM;
    case 'approval.rejected':
      return data.fact.rejectedBy.join(', ') || SYSTEM;
    case 'approval.revoked':
    case 'token.revoked':
      return data.fact.revokedBy || SYSTEM;
    case 'approval.command_refused':
      return data.fact.by || SYSTEM;
    case 'token.issued':
      return data.fact.issuedBy || SYSTEM;
    case 'grant.redeemed':
    case 'approval.lapsed':
    case 'policy.activated':
    case 'policy.refused':
    case 'quarantined':
    case 'unknown':
      return SYSTEM;
    default:
      return unreachable(data);
  }
}

/** One sentence, without a full stop; everything in it is masked and safe to print. */
export function summarise(event: Pick<LineageEvent, 'type' | 'data'>, actor = actorOf(event.data)): string {
  const { data } = event;
  switch (data.type) {
    case 'decision.recorded':
      return summariseDecision(data.verdict, data.fact, actor);
    case 'outcome.reported':
      return `${actor} reported ${data.fact.outcome}${because(data.fact.detail)}`;
    case 'approval.command':
      return `${actor} ${commanded(data.fact)}`;
    case 'approval.requested':
      return `${actor} needs ${approvals(data.fact.request?.requirement?.quorum ?? 1)} to ${describe(data.fact.request?.request)}`;
    case 'approval.vote_cast':
      return `${actor} ${data.fact.approve ? 'approved' : 'rejected'}${because(data.fact.reason)}`;
    case 'approval.granted':
      return `${data.fact.subject} was granted ${uses(data.fact.uses)}, approved by ${actor}`;
    case 'approval.rejected':
      return `The request was rejected by ${actor}${because(data.fact.reason)}`;
    case 'approval.lapsed':
      return 'The request lapsed: nobody decided in time';
    case 'approval.revoked':
      return `${actor} revoked the approval${because(data.fact.reason)}`;
    case 'grant.redeemed':
      return `The grant was used (use ${data.fact.use}) for ${data.fact.redeemedFor}`;
    case 'approval.command_refused':
      return `${actor} was refused to ${data.fact.command}: ${oneLine(data.fact.message || data.fact.code, MESSAGE_UNITS)}`;
    case 'policy.activated':
      return `Policy ${data.fact.bundle} became active (profile ${data.fact.profile})`;
    case 'policy.refused':
      return `Policy ${data.fact.bundle} was refused: ${oneLine(data.fact.message, MESSAGE_UNITS)}`;
    case 'token.issued':
      return `${actor} issued a token to ${data.fact.subject} (${data.fact.roles.join(', ')})`;
    case 'token.revoked':
      return `${actor} revoked token ${data.fact.tokenId}`;
    case 'quarantined':
      return `A record could not be read: ${oneLine(data.reason, MESSAGE_UNITS)}`;
    case 'unknown':
      return `An event of a newer version: ${oneLine(event.type, SHOWN_UNITS)}`;
    default:
      return unreachable(data);
  }
}

/** As policy saw it where that is recorded, else as the request named it, else the caller itself. */
export function subjectOf(fact: DecisionFact): { readonly id: string; readonly owner: string } {
  if (fact.subject?.id) return fact.subject;
  if (fact.request?.subject?.id) return fact.request.subject;
  return { id: fact.caller?.subject ?? '', owner: fact.caller?.owner ?? '' };
}

const VERDICT_WORDS = { allow: 'allowed', deny: 'denied', require_approval: 'approval required' } as const;

function summariseDecision(verdict: keyof typeof VERDICT_WORDS, fact: DecisionFact, actor: string): string {
  const reason = fact.reasons[0];
  const approved = verdict === 'allow' && fact.approvalPresented?.status === 'valid';
  const why = approved ? ' with an approval' : reason ? ` by ${reason.rule}` : '';
  return `${actor} asked to ${describe(fact.request)}: ${VERDICT_WORDS[verdict]}${why}`;
}

function describe(request: RequestFact | undefined): string {
  const action = request?.action;
  const what = oneLine(action?.text || action?.name || '', SHOWN_UNITS);
  const where = request?.resource?.environment;
  return `run ${action?.kind || 'an action'}${what && ` «${what}»`}${where ? ` in ${oneLine(where, SHOWN_UNITS)}` : ''}`;
}

const COMMANDS = {
  request: 'asked for an approval',
  vote: 'sent a vote',
  revoke: 'asked to revoke the approval',
  redeem: 'presented the grant',
  lapse: 'checked whether the request lapsed',
} as const;

function commanded(fact: CommandFact): string {
  return fact.command.case ? COMMANDS[fact.command.case] : 'sent a command of a newer version';
}

function because(reason: string): string {
  return reason === '' ? '' : `: ${oneLine(reason, MESSAGE_UNITS)}`;
}

function approvals(quorum: number): string {
  return quorum === 1 ? 'one approval' : `${quorum} approvals`;
}

function uses(count: number): string {
  return count === 1 ? 'one use' : `${count} uses`;
}
