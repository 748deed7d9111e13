export { type ApprovalServiceDeps, type Bounds, DEFAULT_BOUNDS } from './deps.ts';
export { type ApprovalService, openApprovalService } from './service.ts';
export { ApprovalModule } from './module.ts';
export { type CallRefusal, type CallRefusalCode } from './refusals.ts';
