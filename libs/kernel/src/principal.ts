/** Who is calling, once proven. Every RPC and route has one. */

export const ROLES = ['caller', 'approver', 'auditor', 'policy_author', 'admin'] as const;

export type Role = (typeof ROLES)[number];

export interface Principal {
  readonly tenant: string;
  /** Written with its type: "person:ana", "agent:deploy-bot", "pipeline:release". */
  readonly subject: string;
  /** The natural person answerable for an agent or a pipeline; empty for a person, or for a pipeline that nobody owns. */
  readonly owner: string;
  readonly roles: readonly Role[];
  readonly tokenId: string;
  /** Subject patterns that this caller may speak for ("agent:*", "*"); empty means only for itself. */
  readonly actsFor: readonly string[];
}

export const SUBJECT_PATTERN = /^(person|agent|pipeline):[A-Za-z0-9][A-Za-z0-9._@+-]{0,127}$/;

export function isPerson(subject: string): boolean {
  return subject.startsWith('person:');
}

/** Whether the caller may make a request in this subject's name: its own, or one that its token speaks for. */
export function mayActFor(principal: Principal, subject: string): boolean {
  return (
    principal.subject === subject ||
    principal.actsFor.some((pattern) => (pattern.endsWith('*') ? subject.startsWith(pattern.slice(0, -1)) : subject === pattern))
  );
}
