/** A grant that came with a request: does it fit this very action, does policy want it, and can it still be used? */
import { failedDecision, type ApprovalFacts, type InputMembers } from '@countersign/decision';
import { messageOf, toHex } from '@countersign/kernel';
import { isRefusalCode, REFUSAL_MESSAGES } from '@countersign/approval';
import type { Masker } from '@countersign/masking';
import type { DecisionDeps, GrantContent } from './deps.ts';
import { encodeJudgement, type Judgement } from './judge.ts';
import type { NormalisedRequest } from './normalise.ts';

export interface Evaluated {
  /** SHA-256 of the exact input. */
  readonly inputDigest: Uint8Array;
  /** What it held. */
  readonly inputMembers: InputMembers;
  /** Of the bundle that gave the judgement. */
  readonly policyDigest: Uint8Array;
  readonly judgement: Judgement;
}

export interface Presented extends Evaluated {
  /** What policy was shown as `input.approval`. */
  readonly approval: ApprovalFacts | undefined;
  /** The chain that the grant belongs to; empty for none. */
  readonly correlationId: string;
  /** The event of the grant's use; empty for none. */
  readonly causationId: string;
}

export interface GrantCase {
  readonly request: NormalisedRequest;
  readonly actionDigest: Uint8Array;
  readonly decisionId: string;
  readonly timeMs: number;
}

type Evaluate = (approval: ApprovalFacts | undefined) => Evaluated;

export function noGrant(evaluated: Evaluated): Presented {
  const { inputDigest, inputMembers, policyDigest, judgement } = evaluated;
  return { inputDigest, inputMembers, policyDigest, judgement, approval: undefined, correlationId: '', causationId: '' };
}

/**
 * A grant is data for policy, not a way around it: policy is asked first with the grant as if it were valid, and only where that
 * gives an allow that it would not give without is the grant used up. A grant that does not count is shown with its status.
 */
export async function presentGrant(deps: DecisionDeps, grantCase: GrantCase, evaluate: Evaluate): Promise<Presented> {
  const { request, timeMs } = grantCase;
  const verified = deps.grants.verify(request.grant, timeMs);
  if (!verified.ok) return withStatus(deps.masker, evaluate, undefined, verified.error, '');
  const content = verified.value;
  const without = evaluate(undefined);
  const status = misfit(content, grantCase, without.policyDigest);
  if (status !== 'valid') return withStatus(deps.masker, evaluate, content, status, content.correlationId);
  if (without.judgement.answer.verdict === 'allow') return noGrant(without);
  const approved = withStatus(deps.masker, evaluate, content, 'valid', content.correlationId);
  if (approved.judgement.answer.verdict !== 'allow') return approved;
  return use(deps, grantCase, content, approved, evaluate);
}

async function use(
  deps: DecisionDeps,
  { request, actionDigest, decisionId, timeMs }: GrantCase,
  content: GrantContent,
  approved: Presented,
  evaluate: Evaluate,
): Promise<Presented> {
  const { facts, principal } = request;
  try {
    const redeemed = await deps.grants.redeem({
      tenant: principal.tenant,
      approvalId: content.approvalId,
      grantId: content.grantId,
      subject: facts.subject.id,
      actionDigest,
      policyDigest: approved.policyDigest,
      redeemedFor: facts.requestId === '' ? decisionId : `request/${facts.requestId}`,
      correlationId: content.correlationId,
      principal,
      atMs: timeMs,
    });
    if (redeemed.ok) return { ...approved, causationId: redeemed.value };
    return withStatus(deps.masker, evaluate, content, redeemed.error, content.correlationId);
  } catch (error) {
    const failed = failedDecision(
      'redeem',
      `The grant could not be used up, so this is a deny: ${messageOf(error)}`,
      'UNAVAILABLE',
    );
    return { ...approved, judgement: encodeJudgement(failed, deps.masker) };
  }
}

function withStatus(
  masker: Masker,
  evaluate: Evaluate,
  content: GrantContent | undefined,
  status: string,
  correlationId: string,
): Presented {
  const approval: ApprovalFacts = {
    id: content?.approvalId ?? '',
    grantId: content?.grantId ?? '',
    status,
    approvers: content?.approvers ?? [],
  };
  const evaluated = evaluate(approval);
  const judgement = status === 'valid' ? evaluated.judgement : explain(evaluated.judgement, status, masker);
  return { ...evaluated, judgement, approval, correlationId, causationId: '' };
}

/** The policy's own reasons say what is missing; this one says why the grant at hand does not supply it. */
function explain({ answer }: Judgement, status: string, masker: Masker): Judgement {
  const message = isRefusalCode(status) ? REFUSAL_MESSAGES[status] : 'The grant could not be read.';
  const reason = { rule: 'countersign.grant', code: status, message, severity: 'medium' } as const;
  return encodeJudgement({ ...answer, reasons: [...answer.reasons, reason] }, masker);
}

function misfit(content: GrantContent, { request, actionDigest }: GrantCase, policyDigest: Uint8Array): string {
  if (content.tenant !== request.principal.tenant) return 'other_tenant';
  if (content.subject !== request.facts.subject.id) return 'other_subject';
  if (content.actionDigest !== toHex(actionDigest)) return 'action_changed';
  if (content.policyDigest !== toHex(policyDigest)) return 'policy_changed';
  return 'valid';
}
