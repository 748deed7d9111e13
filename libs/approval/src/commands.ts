/** What can be asked of an approval. Time and ids arrive here and nowhere else. */
import type { Matter } from './state.ts';

/** Who sends a command, as authenticated. */
export interface Actor {
  readonly subject: string;
  /** The natural person answerable for it; empty for a person. */
  readonly owner: string;
  readonly tokenId: string;
  readonly roles: readonly string[];
}

interface CommandBase {
  /** Identifies the intent: a repeat with the same id changes nothing. */
  readonly commandId: string;
  readonly approvalId: string;
  readonly tenant: string;
  readonly atMs: number;
}

export interface Request extends CommandBase {
  readonly type: 'Request';
  readonly correlationId: string;
  readonly matter: Matter;
}

export interface CastVote extends CommandBase {
  readonly type: 'Vote';
  readonly by: Actor;
  readonly approve: boolean;
  readonly reason: string;
  /** The digest of the action that the voter was shown. */
  readonly actionDigest: string;
  /** Which way it came in: cli, http, grpc, … */
  readonly channel: string;
}

export interface Revoke extends CommandBase {
  readonly type: 'Revoke';
  readonly by: Actor;
  readonly reason: string;
}

export interface Redeem extends CommandBase {
  readonly type: 'Redeem';
  readonly by: Actor;
  /** Empty where the token presented was not a grant of ours: refused as `forged`, and so on record. */
  readonly grantId: string;
  /** The request or decision that redeems: makes a repeat harmless. */
  readonly redeemedFor: string;
  /** The subject that wants to act. */
  readonly subject: string;
  readonly actionDigest: string;
  readonly policyDigest: string;
}

export interface Lapse extends CommandBase {
  readonly type: 'Lapse';
}

export type Command = Request | CastVote | Revoke | Redeem | Lapse;
