export { type PolicyHost, type PolicyHostOptions, createPolicyHost } from './policy-host.ts';
export { type FolderOptions, loadPolicyFolder } from './folder.ts';
export {
  type PolicyManifest,
  type PolicySource,
  decidingModules,
  mergeData,
  mergeSources,
  policyDigest,
  profileOf,
} from './source.ts';
export { type PolicyMessage, type PolicyProblem, type PolicyProblemKind, describeMessage, plainProblem } from './problem.ts';
export { type PolicyTestReport, checkPolicy, formatPolicy, testPolicy } from './tools.ts';
export type { PolicyCoverage, PolicyTest } from './compile/protocol.ts';
export { type PolicyChange, type WatchOptions, watchPolicyFolder } from './watch.ts';
