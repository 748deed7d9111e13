export {
  type Journal,
  type JournalRecord,
  type Position,
  type ReadLimit,
  type StoredRecord,
  TOPICS,
  type Topic,
} from './journal.ts';
export type { ProjectionChange, ProjectionStore } from './projection-store.ts';
export type { Evaluator, InputPart, PolicyBundle } from './evaluator.ts';
export { type Clock, monotonicClock } from './clock.ts';
export {
  type LineageRow,
  type LineageStore,
  QueryRefused,
  type QueryResult,
  type RowCollector,
  type TableBlock,
} from './lineage-store.ts';
