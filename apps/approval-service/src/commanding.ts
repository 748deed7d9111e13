/** Commands of people and agents: on record first, decided in order, answered with what came of them. */
import type { MessageInitShape } from '@bufbuild/protobuf';
import { type Approval, type Command, isRefusalCode, REFUSAL_MESSAGES, REPEATED, viewOf } from '@countersign/approval';
import { claimedApprovalId, type GrantClaims, readGrant } from '@countersign/identity';
import { EnvironmentError, err, mayActFor, ok, type Principal, type Result, toHex, uuidV7, uuidV8 } from '@countersign/kernel';
import { mask } from '@countersign/masking';
import { approval } from '@countersign/proto';
import { approvalCommandDraft, approvalMessage, type Producer } from '@countersign/wire';
import type { ApprovalServiceDeps, Bounds } from './deps.ts';
import type { ReadModel } from './read-model.ts';
import { badArgument, type CallRefusal, NO_SUCH_APPROVAL } from './refusals.ts';
import type { Waiters } from './waiters.ts';

type RedeemResponse = MessageInitShape<typeof approval.RedeemGrantResponseSchema>;
type Answer<T> = Promise<Result<T, CallRefusal>>;

/** Which way a command came in; recorded with a vote. */
export type Channel = 'grpc' | 'http';

export interface Commanding {
  approve(principal: Principal, request: VoteRequest, channel: Channel): Answer<approval.Approval>;
  reject(principal: Principal, request: VoteRequest, channel: Channel): Answer<approval.Approval>;
  revoke(principal: Principal, request: Omit<approval.RevokeRequest, '$typeName'>): Answer<approval.Approval>;
  redeemGrant(principal: Principal, request: Omit<approval.RedeemGrantRequest, '$typeName'>): Answer<RedeemResponse>;
}

export type VoteRequest = Pick<approval.ApproveRequest, 'id' | 'reason' | 'actionDigest' | 'commandId'>;

export interface CommandingDeps extends Pick<ApprovalServiceDeps, 'clock' | 'randomBytes' | 'keys'> {
  readonly model: ReadModel;
  readonly waiters: Waiters;
  readonly bounds: Bounds;
  /** Of the approval-commands topic. */
  readonly commands: Producer;
  readonly find: (id: string) => Promise<Approval>;
}

const MAX_REASON_CHARS = 2_000;
const MAX_ID_CHARS = 256;
const DIGEST_BYTES = 32;
const UUID_RANDOM_BYTES = 10;

export function openCommanding(deps: CommandingDeps): Commanding {
  const { model, waiters, clock } = deps;

  async function vote(principal: Principal, request: VoteRequest, channel: Channel, approve: boolean): Answer<approval.Approval> {
    const { id, commandId, actionDigest } = request;
    const wrong = wrongText(id, request.reason, commandId);
    if (wrong) return err(badArgument(wrong));
    if (actionDigest.length !== 0 && actionDigest.length !== DIGEST_BYTES) {
      return err(badArgument(`action_digest has ${DIGEST_BYTES} bytes or none, not ${actionDigest.length}.`));
    }
    const one = await deps.find(id);
    if (one.status === 'absent') return err(NO_SUCH_APPROVAL);
    const shown = one.tenant === principal.tenant ? one.matter.actionDigest : '';
    return send(one.correlationId, {
      ...{ type: 'Vote', approve, channel, ...from(principal, id, approve ? 'approve' : 'reject', commandId) },
      reason: mask(request.reason).text,
      actionDigest: actionDigest.length === 0 ? shown : toHex(actionDigest),
    });
  }

  async function redeemGrant(
    principal: Principal,
    request: Pick<approval.RedeemGrantRequest, 'grant' | 'redeemedFor'>,
  ): Answer<RedeemResponse> {
    const { redeemedFor } = request;
    if (redeemedFor === '' || redeemedFor.length > MAX_ID_CHARS) {
      return err(
        badArgument(
          `redeemed_for names the use, in 1 to ${MAX_ID_CHARS} characters: a repeat with the same name is the same use.`,
        ),
      );
    }
    const read = readGrant(request.grant, deps.keys.grantPublicKey);
    if (!read.ok && read.error === 'malformed') return err(badArgument('The grant is no token of this product.'));
    const id = read.ok ? read.value.approvalId : (claimedApprovalId(request.grant) ?? '');
    const one = await deps.find(id);
    if (one.status === 'absent') return err(read.ok ? NO_SUCH_APPROVAL : { code: 'forged', message: REFUSAL_MESSAGES.forged });
    const redeemed = await send(one.correlationId, {
      ...{ type: 'Redeem', redeemedFor, ...from(principal, id, 'redeem', '') },
      ...(read.ok ? proven(read.value, principal) : UNPROVEN),
    });
    if (!redeemed.ok) return redeemed;
    const now = model.get(id);
    const use = now.status === 'absent' ? undefined : now.redemptions.find((done) => done.redeemedFor === redeemedFor);
    return ok({ approval: redeemed.value, use: use?.use ?? 0 });
  }

  function from(principal: Principal, approvalId: string, kind: string, commandId: string) {
    const { subject, owner, tokenId, roles, tenant } = principal;
    return {
      by: { subject, owner, tokenId, roles },
      approvalId,
      tenant,
      atMs: clock.nowMs(),
      // A caller's own id counts for this caller, this approval and this kind of command alone.
      commandId:
        commandId === ''
          ? uuidV7(clock.nowMs(), deps.randomBytes(UUID_RANDOM_BYTES))
          : uuidV8('command', kind, tenant, subject, approvalId, commandId),
    };
  }

  async function send(chain: string, command: Exclude<Command, { type: 'Request' | 'Lapse' }>): Answer<approval.Approval> {
    const before = model.get(command.approvalId);
    const own = before.status !== 'absent' && before.tenant === command.tenant;
    const waiting = waiters.outcomeOf(command.commandId, deps.bounds.outcomeWaitMs);
    try {
      await deps.commands.publish([
        approvalCommandDraft(command, { correlationId: own ? chain : '', causationId: '', traceparent: '' }),
      ]);
    } catch (cause) {
      waiting.drop();
      if (!(cause instanceof EnvironmentError)) throw cause;
      return err({ code: 'unavailable', message: `Not recorded, so not done: ${cause.message}. ${cause.advice}` });
    }
    const outcome = await waiting.outcome;
    if (!outcome)
      return err({
        code: 'unavailable',
        message: 'The command is on record but was not decided in time. Look at the approval before you repeat it.',
      });
    if (outcome.data.case === 'approvalCommandRefused' && outcome.data.value.code !== REPEATED) {
      const { code, message } = outcome.data.value;
      if (!isRefusalCode(code)) throw new Error(`the approval refused with an unknown code: ${code}`);
      return err({ code, message });
    }
    const now = model.get(command.approvalId);
    if (now.status === 'absent') throw new Error(`approval ${command.approvalId} vanished while it was decided`);
    return ok(approvalMessage(viewOf(now)));
  }

  return {
    approve: (principal, request, channel) => vote(principal, request, channel, true),
    reject: (principal, request, channel) => vote(principal, request, channel, false),
    redeemGrant,
    async revoke(principal, { id, reason, commandId }) {
      const wrong = wrongText(id, reason, commandId);
      if (wrong) return err(badArgument(wrong));
      const one = await deps.find(id);
      if (one.status === 'absent') return err(NO_SUCH_APPROVAL);
      return send(one.correlationId, { type: 'Revoke', reason: mask(reason).text, ...from(principal, id, 'revoke', commandId) });
    },
  };
}

/** A token that proves nothing is redeemed without a grant: refused as forged, and on the record of the approval it named. */
const UNPROVEN = { grantId: '', subject: '', actionDigest: '', policyDigest: '' };

function proven(claims: GrantClaims, principal: Principal) {
  const { grantId, actionDigest, policyDigest } = claims;
  const subject = mayActFor(principal, claims.subject) ? claims.subject : principal.subject;
  return { grantId, actionDigest, policyDigest, subject };
}

function wrongText(id: string, reason: string, commandId: string): string | undefined {
  if (id === '' || id.length > MAX_ID_CHARS) return 'id names the approval.';
  if (reason.length > MAX_REASON_CHARS) return `reason has at most ${MAX_REASON_CHARS} characters, not ${reason.length}.`;
  if (commandId.length > MAX_ID_CHARS) return `command_id has at most ${MAX_ID_CHARS} characters, not ${commandId.length}.`;
  return undefined;
}
