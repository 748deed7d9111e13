/** The sixth step: what may be recorded of a request. Everything but verbs, targets and hosts that is secret is replaced. */
import type { Masker } from '@countersign/masking';
import type { RequestFacts, SubjectFacts } from '@countersign/wire';
import { type Knowledge, redact } from './knowledge.ts';
import { Refused } from './refusal.ts';
import { TwoGenerationCache } from './two-generation-cache.ts';

export interface RecordableRequest {
  /** The same object where masking changed nothing. */
  readonly facts: RequestFacts;
  /** What was found, e.g. "password"; each kind once. */
  readonly found: readonly string[];
}

export interface RequestMasker {
  /** request_id and session_id are keys of the record and cannot be masked: one that looks like a secret is Refused. */
  refuseSecretKeys(facts: RequestFacts): void;
  /** Masks every free text and every JSON part. Ids of subjects hold to a pattern that leaves no room for a secret. */
  mask(facts: RequestFacts, knowledge: Knowledge): RecordableRequest;
}

const CACHED_TEXTS = 8_192;
const CACHED_UNITS = 1 << 20;
/** Longer texts seldom come twice. */
const CACHEABLE_UNITS = 256;

export function openRequestMasker(masker: Masker): RequestMasker {
  /** Names, purposes and sessions repeat from request to request: those that held no secret are not searched again. */
  const cleanTexts = new TwoGenerationCache<true>(CACHED_TEXTS, CACHED_UNITS);

  function isClean(text: string): boolean {
    if (text === '') return true;
    if (text.length > CACHEABLE_UNITS) return masker.maskText(text).findings.length === 0;
    if (cleanTexts.get(text)) return true;
    if (masker.maskText(text).findings.length > 0) return false;
    cleanTexts.set(text, true);
    return true;
  }

  function isUntouched({ facts, knowledge }: { facts: RequestFacts; knowledge: Knowledge }): boolean {
    const { action, resource, model } = facts;
    return (
      knowledge.masked.findings.length === 0 &&
      action.payloadJson.length === 0 &&
      facts.contextJson.length === 0 &&
      facts.subject.attributesJson.length === 0 &&
      facts.delegation.every(({ attributesJson }) => attributesJson.length === 0) &&
      isClean(action.name) &&
      isClean(action.dialect) &&
      isClean(resource.type) &&
      isClean(resource.id) &&
      isClean(resource.environment) &&
      resource.labels.every(isClean) &&
      isClean(facts.purpose) &&
      isClean(model.provider) &&
      isClean(model.model) &&
      isClean(facts.traceparent)
    );
  }

  return {
    refuseSecretKeys(facts) {
      if (!isClean(facts.requestId)) throw secretKey('request_id');
      if (!isClean(facts.sessionId)) throw secretKey('session_id');
    },

    mask(facts, knowledge) {
      return isUntouched({ facts, knowledge }) ? { facts, found: NOTHING } : maskAll(facts, knowledge, masker);
    },
  };
}

function maskAll(facts: RequestFacts, knowledge: Knowledge, masker: Masker): RecordableRequest {
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

  const { action, resource, model } = facts;
  const masked: RequestFacts = {
    ...facts,
    subject: subject(facts.subject),
    delegation: facts.delegation.map(subject),
    action: {
      kind: action.kind,
      name: text(action.name),
      text: knowledge.masked.text,
      dialect: text(action.dialect),
      payloadJson: json(action.payloadJson),
    },
    resource: {
      type: text(resource.type),
      id: text(resource.id),
      environment: text(resource.environment),
      labels: resource.labels.map(text),
    },
    purpose: text(facts.purpose),
    model: { provider: text(model.provider), model: text(model.model) },
    traceparent: text(facts.traceparent),
    contextJson: json(facts.contextJson),
  };
  return found.size === 0 ? { facts, found: NOTHING } : { facts: masked, found: [...found].sort() };
}

function secretKey(name: string): Refused {
  return new Refused('invalid', `${name} looks like a secret. Use an id that is none.`);
}

const NOTHING: readonly string[] = [];
