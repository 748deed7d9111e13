/** The Rego packs that ship, each with its tests. */
export {
  type EnvironmentClass,
  PACKS,
  type Pack,
  type PackAbout,
  type PackData,
  type PackName,
  PROFILES,
  type PackRow,
  type PackRows,
  type PackRule,
  type PackVerdict,
  type Profile,
  packAbouts,
  packRules,
  packTests,
  shippedPacks,
} from './pack.ts';
export { type PackCase, inputOf, packCases } from './cases.ts';
