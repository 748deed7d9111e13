/** The words of an approval: what was asked of people, and everything that has become of it. */

/** A subject as recorded; attributes are a JSON object as bytes. */
export interface ShownSubject {
  readonly id: string;
  /** The natural person answerable for an agent or a pipeline; empty for a person. */
  readonly owner: string;
  readonly attributesJson: Uint8Array;
}

export interface ShownAction {
  readonly kind: string;
  readonly name: string;
  readonly text: string;
  readonly dialect: string;
  readonly payloadJson: Uint8Array;
}

export interface ShownResource {
  readonly type: string;
  readonly id: string;
  readonly environment: string;
  readonly labels: readonly string[];
}

/** The request as recorded: masked, without a grant. */
export interface ShownRequest {
  readonly requestId: string;
  readonly subject?: ShownSubject | undefined;
  /** Human first, the acting sub-agent last. */
  readonly delegation: readonly ShownSubject[];
  readonly action?: ShownAction | undefined;
  readonly resource?: ShownResource | undefined;
  readonly purpose: string;
  readonly sessionId: string;
  readonly model?: { readonly provider: string; readonly model: string } | undefined;
  readonly traceparent: string;
  readonly contextJson: Uint8Array;
}

/** An effect as recorded; the words are those of the kernel's closed lists, unchecked. */
export interface ShownEffect {
  readonly kind: string;
  readonly scope: string;
  readonly reversible: string;
  readonly targets: readonly { readonly type: string; readonly name: string }[];
  readonly span?: { readonly start: number; readonly end: number } | undefined;
  readonly via: string;
  readonly why: string;
}

export interface ShownReason {
  readonly rule: string;
  readonly code: string;
  readonly message: string;
  readonly severity: string;
  /** 1-based index into the effects; 0 where the reason points at none. */
  readonly effect: number;
}

/** What policy asked of people. A 0 stands for the default (see `DEFAULTS`). */
export interface Requirement {
  readonly quorum: number;
  /** Subject ids or "role:<role>"; empty means any approver. */
  readonly reviewers: readonly string[];
  readonly expiresS: number;
  readonly grantS: number;
  readonly uses: number;
}

/** What an approval is about, frozen when it is requested. Digests are 64 hex digits. */
export interface Matter {
  readonly decisionId: string;
  /** The subject that will act: the only one that may use the grant. */
  readonly requester: string;
  /** Every natural person who stands behind the request; none of them may vote. */
  readonly involved: readonly string[];
  readonly request: ShownRequest;
  readonly effects: readonly ShownEffect[];
  readonly reasons: readonly ShownReason[];
  /** 0 to 100. */
  readonly risk: number;
  readonly actionDigest: string;
  readonly policyDigest: string;
  readonly requirement: Requirement;
}

export interface Vote {
  readonly voter: string;
  readonly approve: boolean;
  readonly reason: string;
  readonly channel: string;
  readonly atMs: number;
  /** The command that cast it, so that its repeat is recognised. */
  readonly commandId: string;
}

export interface Grant {
  readonly grantId: string;
  readonly subject: string;
  readonly actionDigest: string;
  readonly policyDigest: string;
  /** Valid from `notBeforeMs` (inclusive) to `expiresAtMs` (exclusive); both are whole seconds, as in the token. */
  readonly notBeforeMs: number;
  readonly expiresAtMs: number;
  readonly uses: number;
  readonly approvers: readonly string[];
}

export interface Redemption {
  readonly redeemedFor: string;
  readonly use: number;
  readonly atMs: number;
}

export type ApprovalStatus = 'open' | 'granted' | 'rejected' | 'lapsed' | 'revoked' | 'redeemed';

/** Nothing was requested under this id yet. */
export interface AbsentApproval {
  readonly status: 'absent';
  readonly version: number;
  readonly lastAtMs: number;
}

export interface PresentApproval {
  readonly status: ApprovalStatus;
  readonly approvalId: string;
  readonly tenant: string;
  readonly correlationId: string;
  /** Grows by one with each event, refused attempts included. */
  readonly version: number;
  /** Time of the newest event; time never runs backwards within an approval. */
  readonly lastAtMs: number;
  readonly matter: Matter;
  readonly requestedAtMs: number;
  readonly lapsesAtMs: number;
  readonly votes: readonly Vote[];
  /** Null until granted; kept when it is revoked or used up. */
  readonly grant: Grant | null;
  readonly redemptions: readonly Redemption[];
  /** When it stopped being open; 0 while it is. */
  readonly decidedAtMs: number;
  /** The command that revoked it; empty while it was not. */
  readonly revokedByCommand: string;
}

export type Approval = AbsentApproval | PresentApproval;

export const initial: AbsentApproval = { status: 'absent', version: 0, lastAtMs: 0 };

/** What holds where policy says nothing: one approver, an hour to answer, five minutes to act, once. */
export const DEFAULTS: Requirement = { quorum: 1, reviewers: [], expiresS: 3600, grantS: 300, uses: 1 };
