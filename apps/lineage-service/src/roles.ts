/** Who may read the record. */
import type { Principal } from '@countersign/kernel';

export function mayReadRecord(principal: Principal): boolean {
  return principal.roles.includes('auditor') || principal.roles.includes('admin');
}
