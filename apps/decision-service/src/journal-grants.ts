/** Uses grants through the journal: a command to the approval's own stream, and its outcome read back from there. */
import type { KeyObject } from 'node:crypto';
import { EnvironmentError, err, ok, uuidV8 } from '@countersign/kernel';
import { verifyGrant } from '@countersign/identity';
import { type Journal, TOPICS } from '@countersign/ports';
import { type Producer, redeemGrantDraft, redeemOutcomeOf, watchApprovals } from '@countersign/wire';
import type { Grants } from './deps.ts';

/** Long enough for a busy approval-service, short enough that an agent still waits. */
export const REDEEM_WAIT_MS = 10_000;

export interface JournalGrants extends Grants {
  stop(): void;
}

export function openJournalGrants(deps: {
  readonly journal: Journal;
  /** Of the approval-commands topic. */
  readonly commands: Producer;
  readonly grantPublicKey: KeyObject;
  readonly waitMs: number;
  readonly log: (message: string) => void;
}): JournalGrants {
  const watch = watchApprovals(deps.journal, TOPICS.approvals, () =>
    deps.log('the outcome of a grant could not be read from the journal; it is read again with the next append'),
  );
  return {
    verify: (token, nowMs) => verifyGrant(token, deps.grantPublicKey, nowMs),

    async redeem(redemption) {
      const { approvalId, grantId, redeemedFor, principal } = redemption;
      // Each attempt is its own command: only `redeemedFor` says whether it is a repeat, and the aggregate knows that.
      const commandId = uuidV8('redeem', approvalId, grantId, redeemedFor, redemption.atMs);
      const expected = await watch.expect(commandId);
      const draft = redeemGrantDraft(
        {
          commandId,
          approvalId,
          tenant: redemption.tenant,
          atMs: redemption.atMs,
          by: { subject: principal.subject, owner: principal.owner, tokenId: principal.tokenId, roles: principal.roles },
          grantId,
          redeemedFor,
          subject: redemption.subject,
          actionDigest: Buffer.from(redemption.actionDigest).toString('hex'),
          policyDigest: Buffer.from(redemption.policyDigest).toString('hex'),
        },
        { correlationId: redemption.correlationId, causationId: '', traceparent: '' },
      );
      try {
        await deps.commands.publish([draft]);
      } catch (error) {
        expected.drop();
        throw error;
      }
      const outcome = await expected.within(deps.waitMs);
      if (!outcome) {
        throw new EnvironmentError(
          'the approval-service did not answer in time',
          'Ask again with a new request_id; a grant that this attempt used up after all needs a new approval.',
        );
      }
      const said = redeemOutcomeOf(outcome);
      return said?.ok ? ok(outcome.id) : err(said?.error ?? 'unknown_grant');
    },

    stop: () => watch.stop(),
  };
}
