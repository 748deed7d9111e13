/** The sixth step: what may be recorded of a request. Everything but verbs, targets and hosts that is secret is replaced. */
import type { Masker } from '@countersign/masking';
import type { RequestFacts, SubjectFacts } from '@countersign/wire';
import { type Knowledge, redact } from './knowledge.ts';
import { Refused } from './refusal.ts';

export interface RecordableRequest {
  /** The same object where masking changed nothing. */
  readonly facts: RequestFacts;
  /** What was found, e.g. "password"; each kind once. */
  readonly found: readonly string[];
}

/**
 * Masks every free text and every JSON part. Ids of subjects hold to a pattern that leaves no room for a secret; request_id and
 * session_id are keys of the record, so one that looks like a secret is refused instead.
 */
export function maskRequest(facts: RequestFacts, knowledge: Knowledge, masker: Masker): RecordableRequest {
  for (const key of ['requestId', 'sessionId'] as const) {
    const looksLike = masker.maskText(facts[key]).findings[0];
    if (looksLike)
      throw new Refused('invalid', `${KEY_NAMES[key]} looks like a secret (${looksLike.kind}). Use an id that is none.`);
  }
  const found = new Set(knowledge.masked.findings.map(({ kind }) => kind));
  const { secrets } = knowledge;

  function text(value: string): string {
    if (value === '') return value;
    const redacted = secrets.length === 0 ? value : redact(value, secrets);
    const masked = masker.maskText(redacted);
    for (const { kind } of masked.findings) found.add(kind);
    if (redacted !== value) found.add('secret');
    return masked.text;
  }

  function json(bytes: Uint8Array): Uint8Array {
    if (bytes.length === 0) return bytes;
    const masked = masker.maskJson(bytes);
    for (const { kind } of masked.findings) found.add(kind);
    return masked.bytes;
  }

  function subject(value: SubjectFacts): SubjectFacts {
    return value.attributesJson.length === 0 ? value : { ...value, attributesJson: json(value.attributesJson) };
  }

  const masked: RequestFacts = {
    requestId: facts.requestId,
    subject: subject(facts.subject),
    delegation: facts.delegation.length === 0 ? facts.delegation : facts.delegation.map(subject),
    action: {
      kind: facts.action.kind,
      name: text(facts.action.name),
      text: knowledge.masked.text,
      dialect: text(facts.action.dialect),
      payloadJson: json(facts.action.payloadJson),
    },
    resource: {
      type: text(facts.resource.type),
      id: text(facts.resource.id),
      environment: text(facts.resource.environment),
      labels: facts.resource.labels.length === 0 ? facts.resource.labels : facts.resource.labels.map(text),
    },
    purpose: text(facts.purpose),
    sessionId: facts.sessionId,
    model: facts.model,
    traceparent: text(facts.traceparent),
    contextJson: json(facts.contextJson),
  };
  return found.size === 0 ? { facts, found: NOTHING } : { facts: masked, found: [...found].sort() };
}

const KEY_NAMES = { requestId: 'request_id', sessionId: 'session_id' } as const;

const NOTHING: readonly string[] = [];
