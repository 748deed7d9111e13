/** Given / when / then for approvals: commands with fixed times, and what they make of each other. */
import type { Actor, ApprovalEvent, CastVote, Command, Matter, Redeem, RefusalCode, Request } from '../index.ts';
import { type Approval, decide, evolve, initial } from '../index.ts';

export const T0_MS = 1_700_000_000_000;
export const ACTION = 'a1'.repeat(32);
export const POLICY = 'b2'.repeat(32);
export const PATIENCE_MS = 2_000;
export const GRANT_MS = 5_000;

const bytes = new Uint8Array(0);
export const matter: Matter = {
  decisionId: 'd1',
  requester: 'agent:bot',
  involved: ['person:ana', 'person:carl', 'person:dora'],
  request: { requestId: '', delegation: [], purpose: '', sessionId: '', traceparent: '', contextJson: bytes },
  effects: [],
  reasons: [],
  risk: 50,
  actionDigest: ACTION,
  policyDigest: POLICY,
  requirement: { quorum: 1, reviewers: [], expiresS: PATIENCE_MS / 1000, grantS: GRANT_MS / 1000, uses: 1 },
};

const base = { approvalId: 'ap1', tenant: 'default' };
let serial = 0;
const nextId = () => `c${++serial}`;

export const request = (requirement: Partial<Matter['requirement']> = {}, change: Partial<Request> = {}): Request => ({
  ...{ ...base, type: 'Request', commandId: 'c-request', atMs: T0_MS, correlationId: 'd1' },
  matter: { ...matter, requirement: { ...matter.requirement, ...requirement } },
  ...change,
});

export const actor = (subject: string, roles: readonly string[] = ['approver'], owner = ''): Actor => ({
  subject,
  owner,
  tokenId: 't',
  roles,
});

export const vote = (voter: string | Actor, change: Partial<CastVote> = {}): CastVote => ({
  ...{ ...base, type: 'Vote', commandId: nextId(), atMs: T0_MS + 1_000, approve: true, reason: 'ok' },
  ...{ by: typeof voter === 'string' ? actor(voter) : voter, actionDigest: ACTION, channel: 'cli' },
  ...change,
});

const grantId = (state: Approval) => (state.status === 'absent' ? '' : (state.grant?.grantId ?? ''));

export const redeem = (state: Approval, change: Partial<Redeem> = {}): Redeem => ({
  ...{ ...base, type: 'Redeem', commandId: nextId(), atMs: T0_MS + 2_000, by: actor('agent:bot', ['caller']) },
  ...{ grantId: grantId(state), redeemedFor: 'r1', subject: 'agent:bot', actionDigest: ACTION, policyDigest: POLICY },
  ...change,
});

export const lapse = (atMs: number): Command => ({ ...base, type: 'Lapse', commandId: nextId(), atMs });
export const revoke = (by: Actor): Command => ({
  ...base,
  type: 'Revoke',
  commandId: nextId(),
  atMs: T0_MS + 1_500,
  by,
  reason: 'no',
});

/** Given / when / then: what these commands, each of which must succeed, make of an approval. */
export function given(...commands: readonly Command[]): Approval {
  return commands.reduce((state: Approval, command) => {
    const decided = decide(command, state);
    if (!decided.ok) throw new Error(`not given: ${command.type} was refused as ${decided.error.code}`);
    return decided.value.reduce(evolve, state);
  }, initial);
}

/** The types of the events that the command gives, or the code of its refusal. */
export function when(command: Command, state: Approval): string[] | RefusalCode {
  const decided = decide(command, state);
  return decided.ok ? decided.value.map((happened: ApprovalEvent) => happened.type) : decided.error.code;
}
