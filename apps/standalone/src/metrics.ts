/** Metrics for Prometheus, collected when they are asked for: nothing is counted on the hot path but four numbers. */
import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import type { DecisionService } from '@countersign/decision-service';
import type { LineageService } from '@countersign/lineage-service';

export interface Metrics {
  text(): Promise<string>;
  stop(): void;
}

export function openMetrics(decisions: DecisionService, lineage: LineageService): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'countersign_' });
  const decided = new Counter({
    name: 'countersign_decisions_total',
    help: 'Decisions since the start, by verdict.',
    labelNames: ['verdict'],
    registers: [registry],
  });
  const failed = new Counter({
    name: 'countersign_decisions_failed_total',
    help: 'Decisions that are a deny because a step failed, not because policy said so.',
    registers: [registry],
  });
  const lag = new Gauge({
    name: 'countersign_lineage_lag_events',
    help: 'Events in the journal that are not in every table yet.',
    registers: [registry],
  });
  return {
    async text() {
      decided.reset();
      failed.reset();
      const { failed: failures, ...verdicts } = decisions.counts;
      for (const [verdict, count] of Object.entries(verdicts)) decided.inc({ verdict }, count);
      failed.inc(failures);
      lag.set((await lineage.ready()).lagEvents);
      return registry.metrics();
    },
    stop: () => registry.clear(),
  };
}
