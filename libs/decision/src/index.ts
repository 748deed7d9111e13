/** Domain of a decision: what policy is asked, how its answer is read, what the action's digest covers. */
export {
  type ApprovalRequirement,
  type PolicyAnswer,
  type PolicyObligation,
  type PolicyReason,
  SEVERITIES,
  type Severity,
  failedDecision,
  foldVerdicts,
} from './verdict.ts';
export { APPROVAL_BOUNDS, answerOrDeny, readAnswer } from './answer.ts';
export { IN_HAND_S, RISK_OF_DENIALS, RISK_OF_SECRET_IN_HAND, RISK_OF_SENSITIVE_IN_HAND, withHistory } from './risk-history.ts';
export {
  RISK_OF_ENVIRONMENT,
  RISK_OF_KIND,
  RISK_OF_LABEL,
  RISK_OF_REVERSIBLE,
  RISK_OF_SCOPE,
  type RiskPart,
  type RiskScore,
  scoreRisk,
} from './risk.ts';
export { compareIntent, type Declaration, type Intent, intentJson, readDeclaration, unknownKind } from './intent.ts';
export { BROAD_VERBS, PURPOSE_VERBS, PURPOSE_WORDS } from './purpose-words.ts';
export { type ActionToSign, canonicalAction } from './canonical-action.ts';
export {
  ALL_MEMBERS,
  type ApprovalFacts,
  approvalMember,
  contextMember,
  type DecisionFacts,
  delegationMember,
  digestOfInput,
  hasMember,
  type InputMember,
  inputMember,
  type InputMembers,
  inputText,
  type MatterFacts,
  matterMembers,
  membersRead,
  modelJson,
  OPTIONAL_MEMBERS,
  policyInput,
  policyMembers,
  policySubject,
  purposeMember,
  sessionJson,
  type SubjectFacts,
  timeMember,
} from './policy-input.ts';
export { type CheckedJson, MAX_JSON_DEPTH, checkJson } from './json-bytes.ts';
export {
  DECISION_COUNTERS,
  type HistoryCounter,
  type HistoryInput,
  LOCKED_OUT_CODE,
  type SessionInput,
  type TouchingKind,
  type WindowInput,
} from './session.ts';
export { type Deed, type DeedFacts, deedOf, type TouchedEffect } from './session-deed.ts';
export { lengthenSession, shortenSession } from './session-record.ts';
export { SNAPSHOT_FORMAT, type SnapshotCut } from './session-cut.ts';
export {
  type CountedDecision,
  MEMORY_LIMITS,
  type MemoryLimits,
  type MemorySizes,
  type ReportedRows,
  SessionMemory,
  type Whose,
  whose,
} from './session-memory.ts';
