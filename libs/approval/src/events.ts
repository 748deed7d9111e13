/** What has happened to an approval. Each event carries its time and the command that caused it. */
import type { Grant, Matter } from './state.ts';

interface EventBase {
  readonly approvalId: string;
  readonly commandId: string;
  readonly atMs: number;
}

export interface Requested extends EventBase {
  readonly type: 'Requested';
  readonly tenant: string;
  readonly correlationId: string;
  readonly matter: Matter;
  readonly lapsesAtMs: number;
}

export interface VoteCast extends EventBase {
  readonly type: 'VoteCast';
  readonly voter: string;
  readonly approve: boolean;
  readonly reason: string;
  readonly channel: string;
}

export interface Granted extends EventBase {
  readonly type: 'Granted';
  readonly grant: Grant;
}

export interface Rejected extends EventBase {
  readonly type: 'Rejected';
  readonly rejectedBy: readonly string[];
  readonly reason: string;
}

export interface Lapsed extends EventBase {
  readonly type: 'Lapsed';
}

export interface Revoked extends EventBase {
  readonly type: 'Revoked';
  readonly revokedBy: string;
  readonly reason: string;
}

export interface Redeemed extends EventBase {
  readonly type: 'Redeemed';
  readonly grantId: string;
  readonly redeemedFor: string;
  /** 1 for the first use. */
  readonly use: number;
}

/** A refused attempt: a fact like any other, which changes nothing but the version. */
export interface CommandRefused extends EventBase {
  readonly type: 'CommandRefused';
  /** request | vote | revoke | redeem | lapse */
  readonly command: string;
  readonly by: string;
  readonly code: string;
  readonly message: string;
}

export type ApprovalEvent = Requested | VoteCast | Granted | Rejected | Lapsed | Revoked | Redeemed | CommandRefused;
