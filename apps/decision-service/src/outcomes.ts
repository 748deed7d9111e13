/** What became of a decided action: recorded as its own fact, tied to the decision's chain. */
import { type ReportedRows, whose } from '@countersign/decision';
import { isUuid, type Principal } from '@countersign/kernel';
import type { Masker } from '@countersign/masking';
import type { Clock } from '@countersign/ports';
import type { LogPosition, Producer } from '@countersign/wire';
import { createIdSource } from './id-source.ts';
import type { Memory } from './memory/memory.ts';
import { Refused } from './refusal.ts';

export interface OutcomeReport {
  readonly decisionId: string;
  readonly outcome: string;
  readonly detail: string;
  readonly rowsAffected: bigint;
  readonly correlationId: string;
}

export interface Outcomes {
  /** Durable once resolved. Throws Refused for a report that says nothing. */
  report(report: OutcomeReport, principal: Principal): Promise<LogPosition<string>>;
}

const OUTCOMES: readonly string[] = ['executed', 'failed', 'prevented', 'abandoned'];
const DETAIL_UNITS = 4_096;

export interface OutcomeDeps {
  readonly producer: Producer;
  readonly masker: Masker;
  readonly clock: Clock;
  readonly memory: Memory;
}

export function openOutcomes(deps: OutcomeDeps): Outcomes {
  const nextId = createIdSource(deps.clock);
  return {
    async report(report, principal) {
      check(report);
      const atMs = deps.clock.nowMs();
      const [position] = await deps.producer.publish([
        {
          id: nextId(),
          type: 'countersign.outcome.reported',
          key: `${principal.tenant}/${report.decisionId}`,
          stream: `decision/${report.decisionId}`,
          streamVersion: 0,
          tenant: principal.tenant,
          occurredAtMs: atMs,
          correlationId: report.correlationId === '' ? report.decisionId : report.correlationId,
          causationId: report.decisionId,
          traceparent: '',
          data: {
            case: 'outcomeReported',
            value: {
              decisionId: report.decisionId,
              outcome: report.outcome,
              detail: deps.masker.maskText(report.detail).text,
              rowsAffected: report.rowsAffected,
              caller: { subject: principal.subject, owner: principal.owner, tokenId: principal.tokenId },
            },
          },
        },
      ]);
      if (position) deps.memory.reported(reportedRows(report, principal), position.offset, atMs);
      return position as LogPosition<string>;
    },
  };
}

function reportedRows({ decisionId, rowsAffected }: OutcomeReport, { tenant, subject, owner }: Principal): ReportedRows {
  const rows = Math.min(Number(rowsAffected), Number.MAX_SAFE_INTEGER);
  return { tenant, decisionId, rows, reporter: whose(tenant, '', subject, owner) };
}

function check({ decisionId, outcome, detail, correlationId }: OutcomeReport): void {
  if (!isUuid(decisionId)) throw new Refused('invalid', 'decision_id is missing or no id of a decision.');
  if (correlationId !== '' && !isUuid(correlationId)) {
    throw new Refused('invalid', 'correlation_id is not the one of a decision; leave it empty or copy it from the answer.');
  }
  if (!OUTCOMES.includes(outcome)) throw new Refused('invalid', `outcome must be one of ${OUTCOMES.join(', ')}.`);
  if (detail.length > DETAIL_UNITS)
    throw new Refused('invalid', `detail is ${detail.length} characters; the cap is ${DETAIL_UNITS}.`);
}
