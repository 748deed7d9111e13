/** What the approval-service is given. */
import type { KeyObject } from 'node:crypto';
import type { Clock, Journal, ProjectionStore } from '@countersign/ports';

export interface ApprovalServiceDeps {
  readonly journal: Journal;
  /** The read model: derived from the approvals topic, may be deleted while the service is down. */
  readonly store: ProjectionStore;
  readonly clock: Clock;
  readonly randomBytes: (length: number) => Uint8Array;
  readonly keys: { readonly grantPrivateKey: KeyObject; readonly grantPublicKey: KeyObject };
  readonly log: (message: string) => void;
  /** Stable over restarts and different for each replica. */
  readonly instance: string;
  /** Bounds, for tests; the defaults are `DEFAULT_BOUNDS`. */
  readonly bounds?: Partial<Bounds>;
}

export interface Bounds {
  /** How long a call waits for the outcome of its command. */
  readonly outcomeWaitMs: number;
  /** How long a read of an unknown approval waits for what is in the journal but not in the read model yet. */
  readonly catchUpMs: number;
  /** How often open approvals are looked through for those whose time is over. */
  readonly lapseCheckMs: number;
  /** Streams and long polls waiting at once, in all. */
  readonly maxWaiters: number;
  /** Approvals kept in memory. */
  readonly maxCached: number;
}

export const DEFAULT_BOUNDS: Bounds = {
  outcomeWaitMs: 10_000,
  catchUpMs: 2_000,
  lapseCheckMs: 500,
  maxWaiters: 10_000,
  maxCached: 10_000,
};

export const SERVICE = 'approval-service';
