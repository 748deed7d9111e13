/** What the decision-service is given: ports, keys and the parts that several services share. */
import type { Analyser } from '@countersign/action';
import type { PolicyAnswer } from '@countersign/decision';
import type { Principal, Result } from '@countersign/kernel';
import type { Masker } from '@countersign/masking';
import type { Clock, Evaluator } from '@countersign/ports';
import type { Producer } from '@countersign/wire';
import type { Memory } from './memory/memory.ts';
import type { OwnerOf } from './normalise.ts';

export interface DecisionKeys {
  /** 32 bytes; keys every digest of unmasked content. */
  readonly digestKey: Uint8Array;
  /** 32 bytes; seals the originals of masked requests. */
  readonly sealKey: Uint8Array;
}

/** What a grant says, once its signature holds. Digests in hex. */
export interface GrantContent {
  readonly approvalId: string;
  readonly grantId: string;
  readonly tenant: string;
  readonly subject: string;
  readonly actionDigest: string;
  readonly policyDigest: string;
  readonly approvers: readonly string[];
  readonly correlationId: string;
}

export interface Redemption {
  readonly tenant: string;
  readonly approvalId: string;
  readonly grantId: string;
  readonly subject: string;
  readonly actionDigest: Uint8Array;
  readonly policyDigest: Uint8Array;
  /** Makes a repeat harmless: the request_id where there is one, else the decision's id. */
  readonly redeemedFor: string;
  readonly correlationId: string;
  readonly principal: Principal;
  readonly atMs: number;
}

/** Grants as this service needs them. */
export interface Grants {
  /** Signature and times only; the error is a refusal code, e.g. "expired", "forged". */
  verify(token: string, nowMs: number): Result<GrantContent, string>;
  /** Uses the grant once, in the approval's own order of commands; ok gives the id of the event that says so. Rejects when no
   * answer comes in time. */
  redeem(redemption: Redemption): Promise<Result<string, string>>;
}

export interface DecisionDeps {
  readonly policy: Evaluator;
  readonly analyser: Analyser;
  readonly masker: Masker;
  /** Of the decisions topic. */
  readonly producer: Producer;
  readonly grants: Grants;
  readonly ownerOf: OwnerOf;
  readonly keys: DecisionKeys;
  readonly clock: Clock;
  /** What came before. */
  readonly memory: Memory;
  readonly log: (message: string) => void;
  /** Called once a decision, for metrics. */
  readonly count: (answer: PolicyAnswer) => void;
}
