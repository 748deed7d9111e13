export { type Err, type Ok, type Result, err, ok, unreachable } from './result.ts';
export { equalBytes, hmacSha256, sha256, sha256Hex, toHex } from './digest.ts';
export { isUuid, uuidV7, uuidV8 } from './ids.ts';
export { type Json, canonicalJson } from './canonical-json.ts';
export {
  type Environment,
  type Problem,
  type Setting,
  type Settings,
  type Values,
  describeSettings,
  readSettings,
} from './config.ts';
export { EnvironmentError, messageOf } from './errors.ts';
export {
  ACTION_KINDS,
  type ActionKind,
  EFFECT_KINDS,
  type Effect,
  type EffectKind,
  type EffectScope,
  type EffectTarget,
  type Reversible,
  type TextSpan,
  type VerdictName,
} from './effect.ts';
export { type Principal, ROLES, type Role, SUBJECT_PATTERN, isPerson, mayActFor } from './principal.ts';
