export {
  type LineageService,
  type LineageServiceDeps,
  type Readiness,
  type RebuildProgress,
  RebuildUnderWay,
  openLineageService,
} from './service.ts';
export type { TracedEvent } from './trace.ts';
export { type JournalFault, type VerifyOptions, verifyJournal } from './verify.ts';
export { LineageModule } from './lineage.module.ts';
export type { AuthenticatedRequest } from './request.ts';
export type { LineageLog } from './log.ts';
