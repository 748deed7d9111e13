/** Commands of people and agents: on record first, decided in order, answered with what came of them. */
import type { MessageInitShape } from '@bufbuild/protobuf';
import {
  type Approval,
  type Command,
  isRefusalCode,
  type PresentApproval,
  REFUSAL_MESSAGES,
  REPEATED,
  viewOf,
} from '@countersign/approval';
import { claimedApprovalId, type GrantClaims, readGrant } from '@countersign/identity';
import { EnvironmentError, err, mayActFor, ok, type Principal, type Result, toHex, uuidV7, uuidV8 } from '@countersign/kernel';
import { mask } from '@countersign/masking';
import type { approval } from '@countersign/proto';
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
  revoke(principal: Principal, request: RevokeRequest): Answer<approval.Approval>;
  redeemGrant(principal: Principal, request: RedeemRequest): Answer<RedeemResponse>;
}

export type VoteRequest = Pick<approval.ApproveRequest, 'id' | 'reason' | 'actionDigest' | 'commandId'>;

export type RevokeRequest = Pick<approval.RevokeRequest, 'id' | 'reason' | 'commandId'>;
export type RedeemRequest = Pick<approval.RedeemGrantRequest, 'grant' | 'redeemedFor'>;

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

export class Commands implements Commanding {
  readonly #deps: CommandingDeps;

  constructor(deps: CommandingDeps) {
    this.#deps = deps;
  }

  approve(principal: Principal, request: VoteRequest, channel: Channel): Answer<approval.Approval> {
    return this.#vote(principal, request, channel, true);
  }

  reject(principal: Principal, request: VoteRequest, channel: Channel): Answer<approval.Approval> {
    return this.#vote(principal, request, channel, false);
  }

  async revoke(principal: Principal, { id, reason, commandId }: RevokeRequest): Answer<approval.Approval> {
    const wrong = wrongText(id, reason, commandId);
    if (wrong) return err(badArgument(wrong));
    const one = await this.#deps.find(id);
    if (one.status === 'absent') return err(NO_SUCH_APPROVAL);
    return this.#send(one, { type: 'Revoke', reason: mask(reason).text, ...this.#from(principal, id, 'revoke', commandId) });
  }

  async redeemGrant(principal: Principal, { grant, redeemedFor }: RedeemRequest): Answer<RedeemResponse> {
    if (redeemedFor === '' || redeemedFor.length > MAX_ID_CHARS) {
      return err(
        badArgument(
          `redeemed_for names the use, in 1 to ${MAX_ID_CHARS} characters: a repeat with the same name is the same use.`,
        ),
      );
    }
    const read = readGrant(grant, this.#deps.keys.grantPublicKey);
    if (!read.ok && read.error === 'malformed') return err(badArgument('The grant is no token of this product.'));
    const id = read.ok ? read.value.approvalId : (claimedApprovalId(grant) ?? '');
    const one = await this.#deps.find(id);
    if (one.status === 'absent') return err(read.ok ? NO_SUCH_APPROVAL : { code: 'forged', message: REFUSAL_MESSAGES.forged });
    const redeemed = await this.#send(one, {
      ...{ type: 'Redeem', redeemedFor, ...this.#from(principal, id, 'redeem', '') },
      ...(read.ok ? proven(read.value, principal) : UNPROVEN),
    });
    if (!redeemed.ok) return redeemed;
    const now = this.#deps.model.get(id);
    const use = now.status === 'absent' ? undefined : now.redemptions.find((done) => done.redeemedFor === redeemedFor);
    return ok({ approval: redeemed.value, use: use?.use ?? 0 });
  }

  async #vote(principal: Principal, request: VoteRequest, channel: Channel, approve: boolean): Answer<approval.Approval> {
    const { id, commandId, actionDigest } = request;
    const wrong = wrongText(id, request.reason, commandId);
    if (wrong) return err(badArgument(wrong));
    if (actionDigest.length !== 0 && actionDigest.length !== DIGEST_BYTES) {
      return err(badArgument(`action_digest has ${DIGEST_BYTES} bytes or none, not ${actionDigest.length}.`));
    }
    const one = await this.#deps.find(id);
    if (one.status === 'absent') return err(NO_SUCH_APPROVAL);
    const shown = one.tenant === principal.tenant ? one.matter.actionDigest : '';
    return this.#send(one, {
      ...{ type: 'Vote', approve, channel, ...this.#from(principal, id, approve ? 'approve' : 'reject', commandId) },
      reason: mask(request.reason).text,
      actionDigest: actionDigest.length === 0 ? shown : toHex(actionDigest),
    });
  }

  #from(principal: Principal, approvalId: string, kind: string, commandId: string) {
    const { subject, owner, tokenId, roles, tenant } = principal;
    const atMs = this.#deps.clock.nowMs();
    return {
      by: { subject, owner, tokenId, roles },
      approvalId,
      tenant,
      atMs,
      // A caller's own id counts for this caller, this approval and this kind of command alone.
      commandId:
        commandId === ''
          ? uuidV7(atMs, this.#deps.randomBytes(UUID_RANDOM_BYTES))
          : uuidV8('command', kind, tenant, subject, approvalId, commandId),
    };
  }

  async #send(before: PresentApproval, command: Exclude<Command, { type: 'Request' | 'Lapse' }>): Answer<approval.Approval> {
    const { waiters, commands, bounds, model } = this.#deps;
    const correlationId = before.tenant === command.tenant ? before.correlationId : '';
    const waiting = waiters.outcomeOf(command.commandId, bounds.outcomeWaitMs);
    try {
      await commands.publish([approvalCommandDraft(command, { correlationId, causationId: '', traceparent: '' })]);
    } catch (cause) {
      waiting.drop();
      if (!(cause instanceof EnvironmentError)) throw cause;
      return err({ code: 'unavailable', message: `Not recorded, so not done: ${cause.message}. ${cause.advice}` });
    }
    const outcome = await waiting.outcome;
    if (!outcome) return err({ code: 'unavailable', message: UNDECIDED });
    if (outcome.data.case === 'approvalCommandRefused' && outcome.data.value.code !== REPEATED) {
      const { code, message } = outcome.data.value;
      if (!isRefusalCode(code)) throw new Error(`the approval refused with an unknown code: ${code}`);
      return err({ code, message });
    }
    const now = model.get(command.approvalId);
    if (now.status === 'absent') throw new Error(`approval ${command.approvalId} vanished while it was decided`);
    return ok(approvalMessage(viewOf(now)));
  }
}

const UNDECIDED = 'The command is on record but was not decided in time. Look at the approval before you repeat it.';

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
