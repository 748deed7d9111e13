/** An approval-service with everything around it, for specs: a clock that stands still, decisions to order, the record to read. */
import { generateKeyPairSync } from 'node:crypto';
import type { Principal, Role } from '@countersign/kernel';
import { type Journal, type ProjectionStore, TOPICS, type Topic } from '@countersign/ports';
import { event } from '@countersign/proto';
import { decodeEvent, type Event, openProducer, type Producer } from '@countersign/wire';
import type { Bounds } from '../deps.ts';
import { type ApprovalService, openApprovalService } from '../service.ts';

export const T0_MS = 1_700_000_000_000;
export const ACTION = Buffer.from('a1'.repeat(32), 'hex');
export const POLICY = Buffer.from('b2'.repeat(32), 'hex');
export const KEYS = generateKeyPairSync('ed25519');

export interface TestClock {
  atMs: number;
  nowMs(): number;
}

export function testClock(): TestClock {
  return {
    atMs: T0_MS,
    nowMs() {
      return this.atMs;
    },
  };
}

export interface House {
  readonly service: ApprovalService;
  readonly clock: TestClock;
  /** What the service logged. */
  readonly logged: string[];
}

export async function openHouse(
  journal: Journal,
  store: ProjectionStore,
  options: { readonly clock?: TestClock; readonly bounds?: Partial<Bounds> } = {},
): Promise<House> {
  const clock = options.clock ?? testClock();
  const logged: string[] = [];
  let serial = 0;
  const service = await openApprovalService({
    journal,
    store,
    clock,
    randomBytes: (length) => Buffer.alloc(length, ++serial % 251),
    keys: { grantPrivateKey: KEYS.privateKey, grantPublicKey: KEYS.publicKey },
    log: (message) => void logged.push(message),
    instance: 'test',
    bounds: { lapseCheckMs: 5, ...options.bounds },
  });
  return { service, clock, logged };
}

export function principal(subject: string, roles: readonly Role[] = ['approver'], change: Partial<Principal> = {}): Principal {
  return { tenant: 'default', subject, owner: '', roles, tokenId: `token-of-${subject}`, actsFor: [], ...change };
}

export interface DecisionOptions {
  readonly tenant?: string;
  readonly verdict?: event.Verdict;
  readonly quorum?: number;
  readonly reviewers?: string[];
  readonly uses?: number;
  readonly expiresS?: number;
}

/** Records a decision as the decision-service does: an agent of ana's, on behalf of carl, through a token of dora's. */
export async function recordDecision(producer: Producer, decisionId: string, options: DecisionOptions = {}): Promise<string> {
  const { tenant = 'default', verdict = event.Verdict.REQUIRE_APPROVAL, quorum = 1, uses = 1, expiresS = 60 } = options;
  const approvalId = approvalIdOf(decisionId);
  await producer.publish([
    {
      id: decisionId,
      type: 'countersign.decision.recorded',
      key: `${tenant}/s1`,
      stream: 'session/s1',
      streamVersion: 0,
      tenant,
      occurredAtMs: T0_MS,
      correlationId: decisionId,
      causationId: '',
      traceparent: '',
      data: {
        case: 'decisionRecorded',
        value: {
          decisionId,
          verdict,
          request: {
            subject: { id: 'agent:bot', owner: 'person:ana' },
            delegation: [{ id: 'person:carl' }, { id: 'agent:planner', owner: 'person:emil' }],
            action: { kind: 'sql', text: 'DELETE FROM customers\u202e WHERE id = 7' },
            resource: { type: 'database', id: 'crm', environment: 'production', labels: ['sensitive'] },
            purpose: 'clean up',
          },
          subject: { id: 'agent:bot', owner: 'person:ana' },
          caller: { subject: 'agent:gateway', owner: 'person:dora', tokenId: 't1' },
          reasons: [
            { rule: 'baseline.delete', code: 'sensitive', message: 'Deletes sensitive rows.', severity: 'high', effect: 1 },
          ],
          effects: [{ kind: 'delete', scope: 'bounded', reversible: 'no', targets: [{ type: 'table', name: 'customers' }] }],
          risk: 60,
          actionDigest: ACTION,
          policyDigest: POLICY,
          approval: { approvalId, quorum, reviewers: options.reviewers ?? [], expiresS, grantS: 30, uses },
        },
      },
    },
  ]);
  return approvalId;
}

export function approvalIdOf(decisionId: string): string {
  return decisionId.replace(/^d/, 'a');
}

/** `d` and a number as an id of the decisions here; its approval has the same with `a`. */
export function decisionId(n: number): string {
  return `d0000000-0000-8000-8000-${String(n).padStart(12, '0')}`;
}

export function decisionsOf(journal: Journal): Promise<Producer> {
  return openProducer({ journal, topic: TOPICS.decisions, service: 'decision-service', instance: 'test' });
}

export async function record(journal: Journal, topic: Topic = TOPICS.approvals): Promise<Event[]> {
  const records = await journal.read(topic, 0, 0, { maxRecords: 100_000, maxBytes: 1 << 30 });
  return records.map(({ value }) => decodeEvent(value));
}

/** What is on record of one approval: "vote_cast", "command_refused own_request", … */
export async function history(journal: Journal, approvalId: string): Promise<string[]> {
  const events = await record(journal);
  return events
    .filter((one) => one.stream === `approval/${approvalId}`)
    .map(({ type, data }) => {
      const name = type.slice(type.lastIndexOf('.') + 1);
      return data.case === 'approvalCommandRefused' ? `${name} ${data.value.code}` : name;
    });
}

/** Waits for what must come; the limit only ends a run that would hang. */
export async function until(condition: () => boolean | Promise<boolean>, limitMs = 10_000): Promise<void> {
  const overAt = performance.now() + limitMs;
  while (!(await condition())) {
    if (performance.now() > overAt) throw new Error(`this did not come about within ${limitMs} ms: ${condition.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}
