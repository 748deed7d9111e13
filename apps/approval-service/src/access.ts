/** Who may see which approval. */
import type { Approval, PresentApproval } from '@countersign/approval';
import { mayActFor, type Principal, type Role } from '@countersign/kernel';

const SEE_ALL: readonly Role[] = ['approver', 'auditor', 'admin'];

export function seesAll(principal: Principal): boolean {
  return SEE_ALL.some((role) => principal.roles.includes(role));
}

/** Those who decide, audit or administer see all of their tenant; everybody else what they, or whom they act for, requested. */
export function maySee(principal: Principal, approval: Approval): approval is PresentApproval {
  if (approval.status === 'absent' || approval.tenant !== principal.tenant) return false;
  return seesAll(principal) || isRequester(principal, approval);
}

/** The only one who gets the grant. */
export function isRequester(principal: Principal, approval: PresentApproval): boolean {
  return principal.tenant === approval.tenant && mayActFor(principal, approval.matter.requester);
}
