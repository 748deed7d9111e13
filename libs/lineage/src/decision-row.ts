/** A decision in two shapes: every recorded field for the auditor, and one flat row for the question "who did what, and why not". */
import type { VerdictName } from '@countersign/kernel';
import type { DecisionFact, EffectFact, LineageEvent, ReasonFact } from './event.ts';
import { type Row, placeOf } from './place.ts';
import { subjectOf } from './summary.ts';
import { hex, utf8 } from './text.ts';

/** Targets of one decision in the flat row; more of them are in the stored event. */
const MAX_TARGETS = 100;

export function decisionRow(event: LineageEvent, verdict: VerdictName, fact: DecisionFact): Row {
  const { request } = fact;
  const subject = subjectOf(fact);
  return {
    ...placeOf(event),
    event_id: event.id,
    decision_id: fact.decisionId,
    request_id: request?.requestId ?? '',
    session_id: request?.sessionId ?? '',
    subject: subject.id,
    owner: subject.owner,
    delegation: idsOf(request?.delegation),
    caller: fact.caller?.subject ?? '',
    caller_owner: fact.caller?.owner ?? '',
    token_id: fact.caller?.tokenId ?? '',
    kind: request?.action?.kind ?? '',
    name: request?.action?.name ?? '',
    dialect: request?.action?.dialect ?? '',
    text: request?.action?.text ?? '',
    payload_json: request?.action ? utf8(request.action.payloadJson) : '',
    resource_type: request?.resource?.type ?? '',
    resource_id: request?.resource?.id ?? '',
    environment: request?.resource?.environment ?? '',
    labels: request?.resource?.labels ?? NONE,
    purpose: request?.purpose ?? '',
    model_provider: request?.model?.provider ?? '',
    model: request?.model?.model ?? '',
    verdict,
    risk: fact.risk,
    effect_kinds: kindsOf(fact.effects),
    effect_scopes: fact.effects.map(scopeOf),
    reason_rules: fact.reasons.map(ruleOf),
    reason_codes: fact.reasons.map(codeOf),
    reason_severities: fact.reasons.map(severityOf),
    obligations: idsOf(fact.obligations),
    approval_id: fact.approval?.approvalId ?? '',
    approval_quorum: fact.approval?.quorum ?? 0,
    presented_approval_id: fact.approvalPresented?.approvalId ?? '',
    presented_grant_id: fact.approvalPresented?.grantId ?? '',
    presented_status: fact.approvalPresented?.status ?? '',
    masked: fact.masked,
    failed_step: fact.failedStep,
    action_digest: hex(fact.actionDigest),
    policy_digest: hex(fact.policyDigest),
    input_digest: hex(fact.inputDigest),
  };
}

export function lineageRow(event: LineageEvent, verdict: VerdictName, fact: DecisionFact): Row {
  const { request } = fact;
  const subject = subjectOf(fact);
  return {
    ...placeOf(event),
    event_id: event.id,
    decision_id: fact.decisionId,
    request_id: request?.requestId ?? '',
    session_id: request?.sessionId ?? '',
    subject: subject.id,
    owner: subject.owner,
    kind: request?.action?.kind ?? '',
    text: request?.action?.text || request?.action?.name || '',
    environment: request?.resource?.environment ?? '',
    resource: request?.resource?.id ?? '',
    purpose: request?.purpose ?? '',
    verdict,
    risk: fact.risk,
    effects: kindsOf(fact.effects),
    targets: targetsOf(fact.effects),
    rules: fact.reasons.map(ruleOf),
    messages: fact.reasons.map(messageOf),
    approval_id: fact.approval?.approvalId || fact.approvalPresented?.approvalId || '',
  };
}

const NONE: readonly string[] = [];

function idsOf(items: readonly { readonly id: string }[] | undefined): readonly string[] {
  return items === undefined || items.length === 0 ? NONE : items.map((item) => item.id);
}

const kindsOf = (effects: readonly EffectFact[]) => effects.map((effect) => effect.kind);
const scopeOf = (effect: EffectFact) => effect.scope;
const ruleOf = (reason: ReasonFact) => reason.rule;
const codeOf = (reason: ReasonFact) => reason.code;
const severityOf = (reason: ReasonFact) => reason.severity;
const messageOf = (reason: ReasonFact) => reason.message;

/** `type:name`, each once. */
function targetsOf(effects: readonly EffectFact[]): readonly string[] {
  const targets: string[] = [];
  for (const effect of effects) {
    for (const { type, name } of effect.targets) {
      if (targets.length >= MAX_TARGETS) return targets;
      const target = `${type}:${name}`;
      if (!targets.includes(target)) targets.push(target);
    }
  }
  return targets;
}
