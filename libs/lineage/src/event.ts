/**
 * An event as lineage sees it: plain data, without the codec. The fields carry the names of the contract
 * (`countersign.event.v1`) in camel case, so that libs/wire can hand over what it decoded without copying it.
 */
import type { VerdictName } from '@countersign/kernel';

/** The envelope and the place in the journal. */
export interface LineageEvent {
  readonly topic: string;
  readonly partition: number;
  readonly journalOffset: number;
  /** The record's key. */
  readonly key: string;
  /** The bytes as they lie in the journal. */
  readonly stored: Uint8Array;
  readonly id: string;
  readonly type: string;
  readonly stream: string;
  readonly streamVersion: number;
  readonly tenant: string;
  readonly producer: { readonly service: string; readonly instance: string; readonly epoch: number; readonly seq: number };
  readonly prevHash: Uint8Array;
  readonly occurredAtMs: number;
  readonly correlationId: string;
  readonly causationId: string;
  readonly traceparent: string;
  readonly data: LineageData;
}

/** What happened. `unknown` is an event of a newer version: it has its row in `events` and no others. */
export type LineageData =
  | { readonly type: 'decision.recorded'; readonly verdict: VerdictName; readonly fact: DecisionFact }
  | { readonly type: 'outcome.reported'; readonly fact: OutcomeFact }
  | { readonly type: 'approval.command'; readonly fact: CommandFact }
  | { readonly type: 'approval.requested'; readonly fact: RequestedFact }
  | { readonly type: 'approval.vote_cast'; readonly fact: VoteFact }
  | { readonly type: 'approval.granted'; readonly fact: GrantedFact }
  | { readonly type: 'approval.rejected'; readonly fact: RejectedFact }
  | { readonly type: 'approval.lapsed'; readonly fact: { readonly approvalId: string } }
  | { readonly type: 'approval.revoked'; readonly fact: RevokedFact }
  | { readonly type: 'grant.redeemed'; readonly fact: RedeemedFact }
  | { readonly type: 'approval.command_refused'; readonly fact: RefusedFact }
  | { readonly type: 'policy.activated'; readonly fact: PolicyActivatedFact }
  | { readonly type: 'policy.refused'; readonly fact: PolicyRefusedFact }
  | { readonly type: 'token.issued'; readonly fact: TokenIssuedFact }
  | { readonly type: 'token.revoked'; readonly fact: { readonly tokenId: string; readonly revokedBy: string } }
  | { readonly type: 'quarantined'; readonly reason: string }
  | { readonly type: 'unknown' };

/** A message field that the sender may have left out. */
type Maybe<T> = T | undefined;

export interface SubjectFact {
  readonly id: string;
  readonly owner: string;
}

export interface CallerFact {
  readonly subject: string;
  readonly owner: string;
  readonly tokenId: string;
}

export interface ActionFact {
  readonly kind: string;
  readonly name: string;
  readonly text: string;
  readonly dialect: string;
  readonly payloadJson: Uint8Array;
}

/** As recorded: masked. */
export interface RequestFact {
  readonly requestId: string;
  readonly subject?: Maybe<SubjectFact>;
  readonly delegation: readonly SubjectFact[];
  readonly action?: Maybe<ActionFact>;
  readonly resource?: Maybe<{
    readonly type: string;
    readonly id: string;
    readonly environment: string;
    readonly labels: readonly string[];
  }>;
  readonly purpose: string;
  readonly sessionId: string;
  readonly model?: Maybe<{ readonly provider: string; readonly model: string }>;
}

export interface EffectFact {
  readonly kind: string;
  readonly scope: string;
  readonly targets: readonly { readonly type: string; readonly name: string }[];
}

export interface ReasonFact {
  readonly rule: string;
  readonly code: string;
  readonly message: string;
  readonly severity: string;
}

export interface RequirementFact {
  readonly approvalId: string;
  readonly quorum: number;
  readonly reviewers: readonly string[];
}

export interface DecisionFact {
  readonly decisionId: string;
  readonly request?: Maybe<RequestFact>;
  readonly caller?: Maybe<CallerFact>;
  readonly reasons: readonly ReasonFact[];
  readonly obligations: readonly { readonly id: string }[];
  readonly risk: number;
  readonly effects: readonly EffectFact[];
  readonly actionDigest: Uint8Array;
  readonly policyDigest: Uint8Array;
  readonly approval?: Maybe<RequirementFact>;
  readonly approvalPresented?: Maybe<{ readonly approvalId: string; readonly grantId: string; readonly status: string }>;
  readonly masked: readonly string[];
  /** As policy saw it, with the owner from the registry. */
  readonly subject?: Maybe<SubjectFact>;
  readonly inputDigest: Uint8Array;
  readonly failedStep: string;
}

export interface OutcomeFact {
  readonly decisionId: string;
  readonly outcome: string;
  readonly detail: string;
  readonly rowsAffected: bigint;
  readonly caller?: Maybe<CallerFact>;
}

export interface CommandFact {
  readonly commandId: string;
  readonly approvalId: string;
  readonly caller?: Maybe<CallerFact>;
  readonly command: { readonly case: Maybe<'request' | 'vote' | 'revoke' | 'redeem' | 'lapse'> };
}

export interface RequestedFact {
  readonly approvalId: string;
  readonly request?: Maybe<{
    readonly decisionId: string;
    readonly request?: Maybe<RequestFact>;
    readonly involved: readonly string[];
    readonly requester: string;
    readonly risk: number;
    readonly actionDigest: Uint8Array;
    readonly policyDigest: Uint8Array;
    readonly requirement?: Maybe<RequirementFact>;
  }>;
  readonly lapsesAtMs: bigint;
}

export interface VoteFact {
  readonly approvalId: string;
  readonly voter: string;
  readonly approve: boolean;
  readonly reason: string;
  readonly channel: string;
}

export interface GrantedFact {
  readonly approvalId: string;
  readonly grantId: string;
  readonly subject: string;
  readonly actionDigest: Uint8Array;
  readonly policyDigest: Uint8Array;
  readonly expiresAtMs: bigint;
  readonly uses: number;
  readonly approvers: readonly string[];
}

export interface RejectedFact {
  readonly approvalId: string;
  readonly rejectedBy: readonly string[];
  readonly reason: string;
}

export interface RevokedFact {
  readonly approvalId: string;
  readonly revokedBy: string;
  readonly reason: string;
}

export interface RedeemedFact {
  readonly approvalId: string;
  readonly grantId: string;
  /** The request or decision that used the grant. */
  readonly redeemedFor: string;
  readonly use: number;
}

export interface RefusedFact {
  readonly approvalId: string;
  readonly commandId: string;
  readonly command: string;
  readonly by: string;
  readonly code: string;
  readonly message: string;
}

export interface PolicyActivatedFact {
  readonly bundle: string;
  readonly digest: Uint8Array;
  readonly profile: string;
}

export interface PolicyRefusedFact {
  readonly bundle: string;
  readonly message: string;
}

export interface TokenIssuedFact {
  readonly tokenId: string;
  readonly subject: string;
  readonly owner: string;
  readonly roles: readonly string[];
  readonly issuedBy: string;
}
