/** Approvals on the wire: the domain's events and commands as drafts of the event package, and stored events back as the domain's. */
import {
  type Actor,
  type ApprovalEvent,
  type Command,
  involvedPersons,
  type Matter,
  type Redeem,
  type Request,
} from '@countersign/approval';
import { err, ok, type Result, toHex, unreachable, uuidV8 } from '@countersign/kernel';
import { event } from '@countersign/proto';
import { toMatter, toRequestApproval } from './approval-matter.ts';
import type { Event, EventDraft } from './envelope.ts';

/** What the envelope of an approval's event needs beyond the event itself. */
export interface ApprovalEnvelope {
  readonly id: string;
  readonly tenant: string;
  readonly correlationId: string;
  readonly traceparent: string;
}

type Data = EventDraft['data'];

/** `occurredAtMs` is the event's own time. */
export function approvalEventDraft(happened: ApprovalEvent, streamVersion: number, envelope: ApprovalEnvelope): EventDraft {
  const [type, data] = eventData(happened);
  return {
    ...envelope,
    ...place(happened.approvalId),
    type: `countersign.${type}`,
    streamVersion,
    occurredAtMs: happened.atMs,
    causationId: happened.commandId,
    data,
  };
}

/** Undefined for an event of another kind. */
export function approvalEventOf(stored: Event): ApprovalEvent | undefined {
  const { data } = stored;
  const base = { commandId: stored.causationId, atMs: Number(stored.occurredAtMs) };
  switch (data.case) {
    case 'approvalRequested': {
      const { approvalId, request, lapsesAtMs } = data.value;
      const { tenant, correlationId } = stored;
      return {
        type: 'Requested',
        ...base,
        approvalId,
        tenant,
        correlationId,
        matter: toMatter(request),
        lapsesAtMs: Number(lapsesAtMs),
      };
    }
    case 'approvalVoteCast': {
      const { approvalId, voter, approve, reason, channel } = data.value;
      return { type: 'VoteCast', ...base, approvalId, voter, approve, reason, channel };
    }
    case 'approvalGranted': {
      const { approvalId, grantId, subject, notBeforeMs, expiresAtMs, uses, approvers } = data.value;
      const digests = { actionDigest: toHex(data.value.actionDigest), policyDigest: toHex(data.value.policyDigest) };
      const times = { notBeforeMs: Number(notBeforeMs), expiresAtMs: Number(expiresAtMs) };
      return { type: 'Granted', ...base, approvalId, grant: { grantId, subject, ...digests, ...times, uses, approvers } };
    }
    case 'approvalRejected': {
      const { approvalId, rejectedBy, reason } = data.value;
      return { type: 'Rejected', ...base, approvalId, rejectedBy, reason };
    }
    case 'approvalLapsed':
      return { type: 'Lapsed', ...base, approvalId: data.value.approvalId };
    case 'approvalRevoked': {
      const { approvalId, revokedBy, reason } = data.value;
      return { type: 'Revoked', ...base, approvalId, revokedBy, reason };
    }
    case 'grantRedeemed': {
      const { approvalId, grantId, redeemedFor, use } = data.value;
      return { type: 'Redeemed', ...base, approvalId, grantId, redeemedFor, use };
    }
    case 'approvalCommandRefused': {
      const { approvalId, command, by, code, message } = data.value;
      return { type: 'CommandRefused', ...base, approvalId, command, by, code, message };
    }
    default:
      return undefined;
  }
}

/** A command is recorded like an event; its event id is its command id, so that what it causes points back at it. */
export function approvalCommandDraft(
  command: Command,
  context: { readonly correlationId: string; readonly causationId: string; readonly traceparent: string },
): EventDraft {
  const { commandId, approvalId, tenant, atMs } = command;
  const by = 'by' in command ? command.by : undefined;
  const value = {
    commandId,
    approvalId,
    ...(by && { caller: { subject: by.subject, owner: by.owner, tokenId: by.tokenId }, roles: [...by.roles] }),
    atMs: BigInt(atMs),
    command: commandBody(command),
  };
  return {
    ...context,
    ...place(approvalId),
    id: commandId,
    type: 'countersign.approval.command',
    streamVersion: 0,
    tenant,
    occurredAtMs: atMs,
    data: { case: 'approvalCommand', value },
  };
}

/** Undefined for an event that is no command, or a command without a body. */
export function approvalCommandOf(stored: Event): Command | undefined {
  if (stored.data.case !== 'approvalCommand') return undefined;
  const { commandId, approvalId, caller, roles, atMs, command } = stored.data.value;
  const base = { commandId, approvalId, tenant: stored.tenant, atMs: Number(atMs) };
  const by: Actor = {
    subject: caller?.subject ?? '',
    owner: caller?.owner ?? '',
    tokenId: caller?.tokenId ?? '',
    roles,
  };
  switch (command.case) {
    case 'request':
      return { type: 'Request', ...base, correlationId: stored.correlationId, matter: toMatter(command.value) };
    case 'vote': {
      const { approve, reason, actionDigest, channel } = command.value;
      return { type: 'Vote', ...base, by, approve, reason, actionDigest: toHex(actionDigest), channel };
    }
    case 'revoke':
      return { type: 'Revoke', ...base, by, reason: command.value.reason };
    case 'redeem': {
      const { grantId, redeemedFor, subject, actionDigest, policyDigest } = command.value;
      const digests = { actionDigest: toHex(actionDigest), policyDigest: toHex(policyDigest) };
      return { type: 'Redeem', ...base, by, grantId, redeemedFor, subject, ...digests };
    }
    case 'lapse':
      return { type: 'Lapse', ...base };
    case undefined:
      return undefined;
    default:
      return unreachable(command);
  }
}

/** The request to people that a recorded decision asks for; undefined where it asks for none. The same decision gives the same command. */
export function requestCommandOf(stored: Event): Request | undefined {
  if (stored.data.case !== 'decisionRecorded') return undefined;
  const decision = stored.data.value;
  if (decision.verdict !== event.Verdict.REQUIRE_APPROVAL) return undefined;
  const { decisionId, request, subject, caller, approval } = decision;
  const behind = [
    subject,
    request?.subject,
    ...(request?.delegation ?? []),
    caller && { id: caller.subject, owner: caller.owner },
  ];
  const matter: Matter = {
    ...toMatter({ ...decision, requester: '', involved: [], requirement: approval }),
    requester: subject?.id || request?.subject?.id || (caller?.subject ?? ''),
    involved: involvedPersons(behind.filter((one) => one !== undefined)),
  };
  return {
    type: 'Request',
    commandId: uuidV8('request-approval', decisionId),
    approvalId: approval?.approvalId || uuidV8('approval', decisionId),
    tenant: stored.tenant,
    atMs: Number(stored.occurredAtMs),
    correlationId: stored.correlationId,
    matter,
  };
}

/** The draft that asks to use a grant; append it to the approval-commands topic and wait for its outcome in the approvals topic. */
export function redeemGrantDraft(
  redeem: Omit<Redeem, 'type'>,
  context: { readonly correlationId: string; readonly causationId: string; readonly traceparent: string },
): EventDraft {
  return approvalCommandDraft({ type: 'Redeem', ...redeem }, context);
}

/** What the outcome of a RedeemGrant command says: used (now, or before by the same `redeemedFor`), or the code of the refusal. */
export function redeemOutcomeOf(stored: Event): Result<'redeemed' | 'repeated', string> | undefined {
  if (stored.data.case === 'grantRedeemed') return ok('redeemed');
  if (stored.data.case !== 'approvalCommandRefused') return undefined;
  const { code } = stored.data.value;
  return code === 'repeated' ? ok(code) : err(code);
}

function place(approvalId: string) {
  return { key: approvalId, stream: `approval/${approvalId}` };
}

function eventData(happened: ApprovalEvent): [type: string, data: Data] {
  const { approvalId } = happened;
  switch (happened.type) {
    case 'Requested': {
      const request = toRequestApproval(happened.matter, approvalId);
      return [
        'approval.requested',
        { case: 'approvalRequested', value: { approvalId, request, lapsesAtMs: BigInt(happened.lapsesAtMs) } },
      ];
    }
    case 'VoteCast': {
      const { voter, approve, reason, channel } = happened;
      return ['approval.vote_cast', { case: 'approvalVoteCast', value: { approvalId, voter, approve, reason, channel } }];
    }
    case 'Granted': {
      const { grant } = happened;
      const value = {
        ...grant,
        approvalId,
        actionDigest: fromHex(grant.actionDigest),
        policyDigest: fromHex(grant.policyDigest),
        notBeforeMs: BigInt(grant.notBeforeMs),
        expiresAtMs: BigInt(grant.expiresAtMs),
        approvers: [...grant.approvers],
      };
      return ['approval.granted', { case: 'approvalGranted', value }];
    }
    case 'Rejected': {
      const value = { approvalId, rejectedBy: [...happened.rejectedBy], reason: happened.reason };
      return ['approval.rejected', { case: 'approvalRejected', value }];
    }
    case 'Lapsed':
      return ['approval.lapsed', { case: 'approvalLapsed', value: { approvalId } }];
    case 'Revoked': {
      const { revokedBy, reason } = happened;
      return ['approval.revoked', { case: 'approvalRevoked', value: { approvalId, revokedBy, reason } }];
    }
    case 'Redeemed': {
      const { grantId, redeemedFor, use } = happened;
      return ['grant.redeemed', { case: 'grantRedeemed', value: { approvalId, grantId, redeemedFor, use } }];
    }
    case 'CommandRefused': {
      const { commandId, command, by, code, message } = happened;
      return [
        'approval.command_refused',
        { case: 'approvalCommandRefused', value: { approvalId, commandId, command, by, code, message } },
      ];
    }
    default:
      return unreachable(happened);
  }
}

type CommandBody = NonNullable<Extract<Data, { case: 'approvalCommand' }>['value']['command']>;

function commandBody(command: Command): CommandBody {
  switch (command.type) {
    case 'Request':
      return { case: 'request', value: toRequestApproval(command.matter, command.approvalId) };
    case 'Vote': {
      const { approve, reason, channel } = command;
      return { case: 'vote', value: { approve, reason, channel, actionDigest: fromHex(command.actionDigest) } };
    }
    case 'Revoke':
      return { case: 'revoke', value: { reason: command.reason } };
    case 'Redeem': {
      const { grantId, redeemedFor, subject } = command;
      const digests = { actionDigest: fromHex(command.actionDigest), policyDigest: fromHex(command.policyDigest) };
      return { case: 'redeem', value: { grantId, redeemedFor, subject, ...digests } };
    }
    case 'Lapse':
      return { case: 'lapse', value: {} };
    default:
      return unreachable(command);
  }
}

function fromHex(digest: string): Uint8Array {
  return Buffer.from(digest, 'hex');
}
