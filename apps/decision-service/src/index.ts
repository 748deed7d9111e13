export { type DecisionService, type DecisionServiceDeps, openDecisionService } from './service.ts';
export { DecisionModule } from './module.ts';
export { describeBundle } from './policy-record.ts';
export type { DecisionKeys } from './deps.ts';
export { loadPolicy } from './policy-source.ts';
export { replayDecision, type Replayed, type ReplayTools } from './replay.ts';
