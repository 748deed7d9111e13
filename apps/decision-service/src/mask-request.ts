/** The sixth step: what may be recorded of a request. Everything but verbs, targets and hosts that is secret is replaced. */
import type { Masker, MaskedJson } from '@countersign/masking';
import type { RequestFacts, SubjectFacts } from '@countersign/wire';
import { type Knowledge, redact, redactJson, secretsOf, SHORTEST_SECRET } from './knowledge.ts';
import { Refused } from './refusal.ts';
import { TwoGenerationCache } from './two-generation-cache.ts';

export interface RecordableRequest {
  /** The same object where masking changed nothing. */
  readonly facts: RequestFacts;
  /** What was found, e.g. "password"; each kind once. */
  readonly found: readonly string[];
  /** The secrets themselves, longest first, to keep them out of what policy says about the request. */
  readonly secrets: readonly string[];
}

export interface RequestMasker {
  /** request_id, session_id and ids of subjects are keys of the record and cannot be masked: what looks like a secret is Refused. */
  refuseSecretKeys(facts: RequestFacts): void;
  /** Masks every free text and every JSON part. */
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

  function refuseSecretIds({ id, owner }: SubjectFacts, where: string): void {
    if (!isClean(id)) throw secretKey(`${where}.id`);
    if (!isClean(owner)) throw secretKey(`${where}.owner`);
  }

  return {
    refuseSecretKeys(facts) {
      if (!isClean(facts.requestId)) throw secretKey('request_id');
      if (!isClean(facts.sessionId)) throw secretKey('session_id');
      refuseSecretIds(facts.subject, 'subject');
      for (const link of facts.delegation) refuseSecretIds(link, 'delegation');
    },

    mask(facts, knowledge) {
      return isUntouched({ facts, knowledge })
        ? { facts, found: NOTHING, secrets: knowledge.secrets }
        : maskAll(facts, knowledge, masker);
    },
  };
}

function maskAll(facts: RequestFacts, knowledge: Knowledge, masker: Masker): RecordableRequest {
  const found = new Set<string>(knowledge.masked.findings.map(({ kind }) => kind));
  const jsonOf = onceEach((bytes: Uint8Array) => masker.maskJson(bytes));
  const beside = secretsBeside(facts, masker, jsonOf);
  const secrets = [...new Set([...knowledge.secrets, ...beside])].sort((a, b) => b.length - a.length);

  /** What names a target is masked by its own shape only: a secret that is called like it must not hide it. */
  function name(value: string): string {
    const masked = masker.maskText(value);
    for (const { kind } of masked.findings) found.add(kind);
    return masked.text;
  }

  function text(value: string): string {
    const redacted = redact(value, secrets);
    if (redacted !== value) found.add('secret');
    return name(redacted);
  }

  function json(bytes: Uint8Array): Uint8Array {
    if (bytes.length === 0) return bytes;
    const masked = jsonOf(bytes);
    for (const { kind } of masked.findings) found.add(kind);
    if (secrets.length === 0) return masked.bytes;
    const before = Buffer.from(masked.bytes).toString();
    const redacted = redactJson(before, secrets);
    if (redacted === before) return masked.bytes;
    found.add('secret');
    return Buffer.from(redacted);
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
      name: name(action.name),
      text: knowledge.masked.text,
      dialect: name(action.dialect),
      payloadJson: json(action.payloadJson),
    },
    resource: {
      type: name(resource.type),
      id: name(resource.id),
      environment: name(resource.environment),
      labels: resource.labels.map(name),
    },
    purpose: text(facts.purpose),
    model: { provider: text(model.provider), model: text(model.model) },
    traceparent: text(facts.traceparent),
    contextJson: json(facts.contextJson),
  };
  return found.size === 0 ? { facts, found: NOTHING, secrets } : { facts: masked, found: [...found].sort(), secrets };
}

type JsonMasker = (bytes: Uint8Array) => MaskedJson;

function onceEach(mask: JsonMasker): JsonMasker {
  const known = new Map<Uint8Array, MaskedJson>();
  return (bytes) => {
    const masked = known.get(bytes) ?? mask(bytes);
    known.set(bytes, masked);
    return masked;
  };
}

/** The secrets in everything but the action's text, which is known already. */
function secretsBeside(facts: RequestFacts, masker: Masker, jsonOf: JsonMasker): string[] {
  const { action, subject, delegation, purpose, contextJson } = facts;
  const jsons = [action.payloadJson, contextJson, subject.attributesJson, ...delegation.map((link) => link.attributesJson)];
  return [...secretsOf(purpose, masker.maskText(purpose)), ...jsons.flatMap((bytes) => secretsInJson(bytes, masker, jsonOf))];
}

/** Each scalar that masking changed: whole where its name says so, otherwise the secrets within it. */
function secretsInJson(bytes: Uint8Array, masker: Masker, jsonOf: JsonMasker): readonly string[] {
  if (bytes.length === 0) return [];
  const masked = jsonOf(bytes);
  if (masked.findings.length === 0) return [];
  const before = scalarsOf(bytes);
  const after = scalarsOf(masked.bytes);
  return before.flatMap((value, index) => {
    if (value === after[index]) return [];
    const within = secretsOf(value, masker.maskText(value));
    return within.length > 0 || value.length < SHORTEST_SECRET ? within : [value];
  });
}

const SCALAR = /"(?:[^"\\]|\\.)*"|[^\s{}[\]:,"]+/g;

/** Masking replaces scalars one by one, so both sides have the same number of them. */
function scalarsOf(bytes: Uint8Array): string[] {
  return (Buffer.from(bytes).toString().match(SCALAR) ?? []).map((token) =>
    token[0] === '"' ? (JSON.parse(token) as string) : token,
  );
}

function secretKey(name: string): Refused {
  return new Refused('invalid', `${name} looks like a secret. Use an id that is none.`);
}

const NOTHING: readonly string[] = [];
