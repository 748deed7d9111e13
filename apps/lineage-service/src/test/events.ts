/** Events for the specs: chained and encoded as a producer would. */
import { createHash } from 'node:crypto';
import type { Journal, Topic } from '@countersign/ports';
import { type EventDraft, openProducer } from '@countersign/wire';

export const START_MS = Date.UTC(2026, 0, 2, 3, 4, 5);

export function decisionDraft(n: number, change: Partial<EventDraft> = {}): EventDraft {
  const id = idOf('decision', n);
  return {
    id,
    type: 'countersign.decision.recorded',
    key: `acme/s${n % 10}`,
    stream: `session/s${n % 10}`,
    streamVersion: 0,
    tenant: 'acme',
    occurredAtMs: START_MS + n,
    correlationId: id,
    causationId: '',
    traceparent: '',
    data: {
      case: 'decisionRecorded',
      value: {
        decisionId: id,
        request: {
          requestId: `r${n}`,
          subject: { id: 'agent:deploy-bot' },
          action: { kind: 'sql', text: `DELETE FROM customers WHERE id = ${n}`, dialect: 'postgres' },
          resource: { type: 'database', id: 'crm', environment: 'production', labels: ['sensitive'] },
          purpose: 'ticket 1234',
          sessionId: `s${n % 10}`,
          model: { provider: 'anyone', model: 'm-1' },
        },
        caller: { subject: 'agent:local', owner: 'person:admin', tokenId: 'tok' },
        verdict: 1 + (n % 3),
        reasons: [
          { rule: 'baseline.delete', code: 'sensitive', message: 'A delete on a sensitive table.', severity: 'high', effect: 1 },
        ],
        obligations: [{ id: 'log' }],
        risk: 40,
        effects: [
          { kind: 'delete', scope: 'bounded', reversible: 'no', targets: [{ type: 'table', name: 'customers' }] },
          { kind: 'read', scope: 'bounded', reversible: 'yes', targets: [{ type: 'table', name: 'customers' }] },
        ],
        actionDigest: digest(`action ${n}`),
        policyDigest: digest('policy'),
        inputDigest: digest(`input ${n}`),
        subject: { id: 'agent:deploy-bot', owner: 'person:ana' },
      },
    },
    ...change,
  };
}

export function outcomeDraft(n: number): EventDraft {
  return decisionDraft(n, {
    id: idOf('outcome', n),
    type: 'countersign.outcome.reported',
    causationId: idOf('decision', n),
    data: {
      case: 'outcomeReported',
      value: {
        decisionId: idOf('decision', n),
        outcome: 'executed',
        rowsAffected: BigInt(n),
        caller: { subject: 'agent:local', owner: 'person:admin', tokenId: 'tok' },
      },
    },
  });
}

export function voteDraft(n: number, change: Partial<EventDraft> = {}): EventDraft {
  return decisionDraft(n, {
    id: idOf('vote', n),
    type: 'countersign.approval.vote_cast',
    key: `a${n}`,
    stream: `approval/a${n}`,
    streamVersion: 2,
    data: {
      case: 'approvalVoteCast',
      value: { approvalId: `a${n}`, voter: 'person:bea', approve: true, reason: 'seen', channel: 'cli' },
    },
    ...change,
  });
}

/** Publishes through real producers, so that the chains are sound. */
export async function publisher(journal: Journal) {
  const open = (topic: Topic) => openProducer({ journal, topic, service: 'test', instance: 'test' });
  const producers = new Map<Topic, ReturnType<typeof open>>();
  return async (topic: Topic, drafts: readonly EventDraft[]) => {
    let producer = producers.get(topic);
    if (!producer) producers.set(topic, (producer = open(topic)));
    return (await producer).publish(drafts);
  };
}

export function idOf(kind: string, n: number): string {
  return `${kind}-${String(n).padStart(6, '0')}`;
}

function digest(text: string): Uint8Array {
  return createHash('sha256').update(text).digest();
}
