/** The one object that programs get for a decision, from the contract's message. */
import type { decision, event } from '@countersign/proto';

export interface ReasonJson {
  readonly rule: string;
  readonly code: string;
  readonly message: string;
  readonly severity: string;
}

export interface EffectJson {
  readonly kind: string;
  readonly scope: string;
  readonly reversible: string;
  readonly targets: readonly { readonly type: string; readonly name: string }[];
  readonly span: { readonly start: number; readonly end: number };
  readonly via: string;
  readonly why: string;
}

export type VerdictWord = 'allow' | 'deny' | 'require_approval';

/** What both `inspect` and `decide` give. */
export interface VerdictJson {
  readonly verdict: VerdictWord;
  readonly reasons: readonly ReasonJson[];
  readonly effects: readonly EffectJson[];
  readonly risk: number;
  readonly policyDigest: string;
  /** The effects in one line of plain English. */
  readonly effectsInWords: string;
  /** What the risk is made of. */
  readonly riskParts: readonly { readonly factor: string; readonly value: number }[];
}

export interface DecisionJson extends VerdictJson {
  readonly decisionId: string;
  readonly correlationId: string;
  readonly obligations: readonly { readonly id: string; readonly params: unknown }[];
  /** Where a human is asked. */
  readonly approval?: { readonly id: string; readonly quorum: number; readonly lapsesAt: string };
  readonly position?: { readonly topic: string; readonly partition: number; readonly offset: number };
}

/** Numbers of event.v1.Verdict; anything else is no verdict and must not pass for one. */
const WORDS: Readonly<Record<number, VerdictWord>> = { 1: 'allow', 2: 'deny', 3: 'require_approval' };

export function decisionJson(response: decision.DecideResponse): DecisionJson {
  const { approval, position } = response;
  return {
    // Fail closed: a verdict that this version does not know is a deny.
    verdict: WORDS[response.verdict] ?? 'deny',
    reasons: response.reasons.map(reasonJson),
    effects: response.effects.map(effectJson),
    risk: response.risk,
    policyDigest: response.policyDigest,
    effectsInWords: response.effectsInWords,
    riskParts: response.riskParts.map(({ factor, value }) => ({ factor, value })),
    decisionId: response.decisionId,
    correlationId: response.correlationId,
    obligations: response.obligations.map(({ id, paramsJson }) => ({ id, params: jsonOf(paramsJson) })),
    ...(approval === undefined || approval.id === ''
      ? {}
      : { approval: { id: approval.id, quorum: approval.quorum, lapsesAt: timeOf(approval.lapsesAtMs) } }),
    ...(position === undefined
      ? {}
      : { position: { topic: position.topic, partition: position.partition, offset: Number(position.offset) } }),
  };
}

export function reasonJson({ rule, code, message, severity }: event.Reason): ReasonJson {
  return { rule, code, message, severity };
}

export function effectJson(effect: event.Effect): EffectJson {
  const { kind, scope, reversible, targets, span, via, why } = effect;
  return {
    kind,
    scope,
    reversible,
    targets: targets.map(({ type, name }) => ({ type, name })),
    span: { start: span?.start ?? 0, end: span?.end ?? 0 },
    via,
    why,
  };
}

/** RFC 3339 in UTC. */
export function timeOf(ms: bigint | number): string {
  return new Date(Number(ms)).toISOString();
}

/** JSON bytes of the contract as a value; null for none. What is not JSON is shown as the text that it is. */
export function jsonOf(bytes: Uint8Array): unknown {
  if (bytes.length === 0) return null;
  const text = new TextDecoder().decode(bytes);
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
