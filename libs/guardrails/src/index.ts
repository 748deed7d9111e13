/** The Rego packs that ship, each with its tests. */
export {
  type EnvironmentClass,
  PROFILES,
  type Pack,
  type PackData,
  type PackRule,
  type PackVerdict,
  type Profile,
  baselinePack,
  baselineTests,
  packRules,
} from './pack.ts';
export { type PackCase, baselineCases, inputOf } from './cases.ts';
