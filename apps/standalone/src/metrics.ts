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
  const remembered = new Gauge({
    name: 'countersign_memory_histories',
    help: 'Histories that decisions can look back on, by whose they are.',
    labelNames: ['of'],
    registers: [registry],
  });
  const pending = new Gauge({
    name: 'countersign_memory_pending_decisions',
    help: 'Decisions that are shown to later ones although they are not on record yet.',
    registers: [registry],
  });
  const forgotten = new Counter({
    name: 'countersign_memory_forgotten_total',
    help: 'Histories that were thrown away for want of room, the longest unused first.',
    registers: [registry],
  });
  const memoryLag = new Gauge({
    name: 'countersign_memory_lag_events',
    help: 'Events on record that the memory of earlier decisions has not counted yet.',
    registers: [registry],
  });
  return {
    async text() {
      decided.reset();
      failed.reset();
      const { failed: failures, ...verdicts } = decisions.counts;
      for (const [verdict, count] of Object.entries(verdicts)) decided.inc({ verdict }, count);
      failed.inc(failures);
      const memory = await decisions.memory();
      for (const of of ['sessions', 'agents', 'owners'] as const) remembered.set({ of }, memory[of]);
      pending.set(memory.pending);
      forgotten.reset();
      forgotten.inc(memory.forgotten);
      memoryLag.set(memory.lagEvents);
      lag.set((await lineage.ready()).lagEvents);
      return registry.metrics();
    },
    stop: () => registry.clear(),
  };
}
