/** Reads what the evaluator answered. Anything but a well-formed answer is an error, so that the caller denies. */
import { type Json, type Result, type VerdictName, err, messageOf, ok } from '@countersign/kernel';
import {
  type ApprovalRequirement,
  type PolicyAnswer,
  type PolicyObligation,
  type PolicyReason,
  SEVERITIES,
  type Severity,
  failedDecision,
} from './verdict.ts';

type Fields = { readonly [key: string]: Json };

/** Default and inclusive bounds of each number in an approval requirement; durations in seconds. */
export const APPROVAL_BOUNDS = {
  quorum: { min: 1, max: 20, fallback: 1 },
  expires_s: { min: 60, max: 30 * 24 * 3600, fallback: 3600 },
  grant_s: { min: 1, max: 30 * 24 * 3600, fallback: 900 },
  uses: { min: 1, max: 100, fallback: 1 },
} as const;

const MAX_REVIEWERS = 100;

/** Thrown inside this file only, and turned into the error of the Result. */
class Nonsense extends Error {}

/**
 * The answer in the JSON bytes of `data.countersign.decision`. Missing reasons and obligations are empty; a missing approval
 * requirement under `require_approval` is the default one. A number out of bounds, a wrong type or an unknown verdict is an
 * error: a policy that means something else than it says must not decide.
 */
export function readAnswer(bytes: Uint8Array | undefined): Result<PolicyAnswer, string> {
  if (bytes === undefined || bytes.length === 0) return err('the policy has no answer for this action');
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return ok(answer(fields(JSON.parse(text) as Json, 'the answer')));
  } catch (thrown) {
    if (thrown instanceof Nonsense) return err(thrown.message);
    return err(`the policy's answer is not JSON: ${messageOf(thrown)}`);
  }
}

/** The same, with the deny that an unreadable answer means. */
export function answerOrDeny(bytes: Uint8Array | undefined): PolicyAnswer {
  const read = readAnswer(bytes);
  if (read.ok) return read.value;
  const undefinedAnswer = bytes === undefined || bytes.length === 0;
  return failedDecision('evaluate', read.error, undefinedAnswer ? 'policy_undefined' : 'policy_nonsense');
}

function answer(value: Fields): PolicyAnswer {
  const verdict = verdictOf(value['verdict']);
  return {
    verdict,
    reasons: list(value['reasons'], 'reasons').map(reason),
    obligations: list(value['obligations'], 'obligations').map(obligation),
    approval: verdict === 'require_approval' ? requirement(value['approval']) : undefined,
    failedStep: '',
  };
}

function verdictOf(value: Json | undefined): VerdictName {
  if (value === 'allow' || value === 'deny' || value === 'require_approval') return value;
  throw new Nonsense(`verdict must be allow, deny or require_approval, not ${show(value)}`);
}

function reason(value: Json, index: number): PolicyReason {
  const where = `reasons[${index}]`;
  const read = fields(value, where);
  const severity = read['severity'] ?? 'medium';
  if (!isSeverity(severity))
    throw new Nonsense(`${where}.severity must be one of ${SEVERITIES.join(', ')}, not ${show(severity)}`);
  const named = {
    rule: text(read['rule'], `${where}.rule`),
    code: text(read['code'], `${where}.code`),
    message: text(read['message'], `${where}.message`),
    severity,
  };
  const effect = read['effect'];
  return effect === undefined || effect === null ? named : { ...named, effect: whole(effect, `${where}.effect`, 0, 1_000_000) };
}

function obligation(value: Json, index: number): PolicyObligation {
  const where = `obligations[${index}]`;
  const read = fields(value, where);
  const id = text(read['id'], `${where}.id`);
  const params = read['params'];
  return params === undefined || params === null ? { id } : { id, params: fields(params, `${where}.params`) };
}

function requirement(value: Json | undefined): ApprovalRequirement {
  const read = value === undefined || value === null ? {} : fields(value, 'approval');
  const reviewers = list(read['reviewers'], 'approval.reviewers').map((item, index) =>
    text(item, `approval.reviewers[${index}]`),
  );
  if (reviewers.length > MAX_REVIEWERS) throw new Nonsense(`approval.reviewers must hold at most ${MAX_REVIEWERS}`);
  return {
    quorum: bounded(read, 'quorum'),
    reviewers,
    expiresS: bounded(read, 'expires_s'),
    grantS: bounded(read, 'grant_s'),
    uses: bounded(read, 'uses'),
  };
}

function bounded(read: Fields, name: keyof typeof APPROVAL_BOUNDS): number {
  const { min, max, fallback } = APPROVAL_BOUNDS[name];
  const value = read[name];
  return value === undefined || value === null ? fallback : whole(value, `approval.${name}`, min, max);
}

function whole(value: Json, where: string, min: number, max: number): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max) return value;
  throw new Nonsense(`${where} must be a whole number from ${min} to ${max}, not ${show(value)}`);
}

function text(value: Json | undefined, where: string): string {
  if (typeof value === 'string' && value !== '') return value;
  throw new Nonsense(`${where} must be a text, not ${show(value)}`);
}

function list(value: Json | undefined, where: string): readonly Json[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value as readonly Json[];
  throw new Nonsense(`${where} must be a list, not ${show(value)}`);
}

function fields(value: Json, where: string): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields;
  throw new Nonsense(`${where} must be an object, not ${show(value)}`);
}

function isSeverity(value: Json): value is Severity {
  return SEVERITIES.some((severity) => severity === value);
}

function show(value: Json | undefined): string {
  const shown = value === undefined ? 'nothing' : JSON.stringify(value);
  return shown.length > 60 ? `${shown.slice(0, 60)}…` : shown;
}
