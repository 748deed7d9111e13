/** Verdicts and what they carry, as policy answered them, and how several fold into one. */
import type { Json, VerdictName } from '@countersign/kernel';

export const SEVERITIES = ['info', 'low', 'medium', 'high', 'critical'] as const;

export type Severity = (typeof SEVERITIES)[number];

export interface PolicyReason {
  /** The rule's stable id, e.g. "baseline.schema_drop". */
  readonly rule: string;
  readonly code: string;
  /** One sentence for a tired person. */
  readonly message: string;
  readonly severity: Severity;
  /** 0-based index into the decision's effects; absent where the reason points at none. */
  readonly effect?: number;
}

export interface PolicyObligation {
  readonly id: string;
  readonly params?: { readonly [key: string]: Json };
}

/** What policy asks of people. Durations in seconds. */
export interface ApprovalRequirement {
  readonly quorum: number;
  /** Subject ids, "role:approver" or "group:dba"; empty means any approver. */
  readonly reviewers: readonly string[];
  readonly expiresS: number;
  /** How long the grant may be used once given. */
  readonly grantS: number;
  readonly uses: number;
}

export interface PolicyAnswer {
  readonly verdict: VerdictName;
  readonly reasons: readonly PolicyReason[];
  readonly obligations: readonly PolicyObligation[];
  /** Present exactly where the verdict is `require_approval`. */
  readonly approval: ApprovalRequirement | undefined;
  /** The step that failed, where this is a deny because something failed; empty where policy decided. */
  readonly failedStep: string;
}

const SEVERITY_OF_VERDICT: Readonly<Record<VerdictName, number>> = { allow: 0, require_approval: 1, deny: 2 };

/** deny > require_approval > allow. No verdict at all is a deny. */
export function foldVerdicts(verdicts: readonly VerdictName[]): VerdictName {
  return verdicts.reduce<VerdictName>(
    (worst, next) => (SEVERITY_OF_VERDICT[next] > SEVERITY_OF_VERDICT[worst] ? next : worst),
    verdicts[0] ?? 'deny',
  );
}

/**
 * The deny that stands in for an answer that never came: `step` is where the pipeline broke ("evaluate", "analyse", "mask", …),
 * `message` says why, `code` defaults to `<step>_failed`.
 */
export function failedDecision(step: string, message: string, code = `${step}_failed`): PolicyAnswer {
  return {
    verdict: 'deny',
    reasons: [{ rule: `countersign.${step}`, code, message, severity: 'high' }],
    obligations: [],
    approval: undefined,
    failedStep: step,
  };
}
