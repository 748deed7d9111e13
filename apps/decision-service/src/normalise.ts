/** The second step: bytes and a caller in, a request that the rest of the pipeline can trust out. */
import { checkJson, unknownKind } from '@countersign/decision';
import { ACTION_KINDS, EFFECT_KINDS, isPerson, mayActFor, type Principal, SUBJECT_PATTERN } from '@countersign/kernel';
import { type DecideRequestView, readDecideRequest, type RequestFacts, type SubjectFacts } from '@countersign/wire';
import { Refused } from './refusal.ts';

/** Sizes in UTF-16 units of what one request may carry; the message itself is capped by the transport. */
export const LIMITS = {
  textUnits: 256 * 1024,
  shortUnits: 512,
  purposeUnits: 4096,
  labels: 64,
  declared: 64,
  delegation: 16,
  jsonBytes: 256 * 1024,
  grantUnits: 4096,
} as const;

/** Who owns a registered agent or pipeline; undefined for one that nobody registered. */
export type OwnerOf = (tenant: string, subject: string) => string | undefined;

export interface NormalisedRequest {
  /** With the subject completed: the caller's own where none was named, the registered owner where there is one. */
  readonly facts: RequestFacts;
  readonly grant: string;
  /** The request's own bytes, where recording them as they are says the same as `facts`. */
  readonly verbatim: Buffer | undefined;
  readonly principal: Principal;
}

const KINDS: ReadonlySet<string> = new Set(ACTION_KINDS);
const TEXT_KINDS: ReadonlySet<string> = new Set(['sql', 'shell']);

/** Throws Refused for what cannot be decided: malformed bytes, a missing or foreign subject, an unknown kind, a part over its cap. */
export function normalise(bytes: Buffer, principal: Principal, ownerOf: OwnerOf): NormalisedRequest {
  const read = readDecideRequest(bytes);
  if (!read.ok) throw new Refused('invalid', `The request could not be read: ${read.error}.`);
  const view = read.value;
  checkAction(view);
  checkSizes(view);
  checkDeclared(view.declaredEffects);
  const subject = resolveSubject(view.subject, principal, ownerOf);
  const facts = subject === view.subject ? view : { ...view, subject };
  // RecordedRequest keeps what was asked; the completed subject is recorded beside it.
  return { facts, grant: view.grant, verbatim: view.verbatim, principal };
}

function checkAction({ action }: DecideRequestView): void {
  if (action.kind === '') throw new Refused('invalid', `action.kind is missing; use one of ${ACTION_KINDS.join(', ')}.`);
  if (!KINDS.has(action.kind)) {
    throw new Refused('invalid', `action.kind "${printable(action.kind)}" is unknown; use one of ${ACTION_KINDS.join(', ')}.`);
  }
  if (action.text === '' && TEXT_KINDS.has(action.kind)) {
    throw new Refused('invalid', `action.text is missing: a ${action.kind} action is judged by its text.`);
  }
  if (action.text === '' && action.payloadJson.length === 0) {
    throw new Refused('invalid', 'action.text and action.payload_json are both missing: there is nothing to judge.');
  }
  checkObjectBytes('action.payload_json', action.payloadJson, false);
}

function checkDeclared(declared: readonly string[]): void {
  if (declared.length > LIMITS.declared) {
    throw new Refused('invalid', `declared_effects has ${declared.length} entries; the cap is ${LIMITS.declared}.`);
  }
  const unknown = unknownKind(declared);
  if (unknown === undefined) return;
  throw new Refused('invalid', `declared_effects: "${printable(unknown)}" is unknown; use ${EFFECT_KINDS.join(', ')}.`);
}

function checkSizes(view: DecideRequestView): void {
  cap('action.text', view.action.text, LIMITS.textUnits);
  cap('purpose', view.purpose, LIMITS.purposeUnits);
  cap('grant', view.grant, LIMITS.grantUnits);
  cap('request_id', view.requestId, LIMITS.shortUnits);
  cap('session_id', view.sessionId, LIMITS.shortUnits);
  cap('traceparent', view.traceparent, LIMITS.shortUnits);
  cap('action.name', view.action.name, LIMITS.shortUnits);
  cap('action.dialect', view.action.dialect, LIMITS.shortUnits);
  cap('resource.type', view.resource.type, LIMITS.shortUnits);
  cap('resource.id', view.resource.id, LIMITS.shortUnits);
  cap('resource.environment', view.resource.environment, LIMITS.shortUnits);
  cap('model.provider', view.model.provider, LIMITS.shortUnits);
  cap('model.model', view.model.model, LIMITS.shortUnits);
  if (view.resource.labels.length > LIMITS.labels) {
    throw new Refused('invalid', `resource.labels has ${view.resource.labels.length} entries; the cap is ${LIMITS.labels}.`);
  }
  for (const label of view.resource.labels) cap('resource.labels', label, LIMITS.shortUnits);
  if (view.delegation.length > LIMITS.delegation) {
    throw new Refused('invalid', `delegation has ${view.delegation.length} links; the cap is ${LIMITS.delegation}.`);
  }
  for (const link of view.delegation) checkLink(link, 'delegation');
  checkObjectBytes('context_json', view.contextJson, true);
}

function resolveSubject(subject: SubjectFacts, principal: Principal, ownerOf: OwnerOf): SubjectFacts {
  checkObjectBytes('subject.attributes_json', subject.attributesJson, true);
  const id = subject.id === '' ? principal.subject : subject.id;
  if (subject.id !== '') checkLink(subject, 'subject');
  if (!mayActFor(principal, id)) {
    throw new Refused(
      'forbidden',
      `This token is ${principal.subject}'s and may not speak for ${id}. Use that subject's token, or one made with --acts-for.`,
    );
  }
  const owner = ownerFor(id, subject, principal, ownerOf);
  return owner === subject.owner && id === subject.id ? subject : { ...subject, id, owner };
}

/** A registered owner cannot be talked away: what the request declares counts only where nothing is registered. */
function ownerFor(id: string, declared: SubjectFacts, principal: Principal, ownerOf: OwnerOf): string {
  if (isPerson(id)) return '';
  if (id === principal.subject && principal.owner !== '') return principal.owner;
  return ownerOf(principal.tenant, id) ?? declared.owner;
}

function checkLink(link: SubjectFacts, where: string): void {
  if (!SUBJECT_PATTERN.test(link.id)) {
    throw new Refused('invalid', `${where}.id must look like person:ana, agent:deploy-bot or pipeline:release.`);
  }
  if (link.owner !== '' && !(SUBJECT_PATTERN.test(link.owner) && isPerson(link.owner))) {
    throw new Refused('invalid', `${where}.owner must be a natural person, like person:ana.`);
  }
  if (link.attributesJson.length > 0) checkObjectBytes(`${where}.attributes_json`, link.attributesJson, true);
}

function checkObjectBytes(name: string, bytes: Uint8Array, objectOnly: boolean): void {
  if (bytes.length === 0) return;
  if (bytes.length > LIMITS.jsonBytes) {
    throw new Refused('invalid', `${name} is ${bytes.length} bytes; the cap is ${LIMITS.jsonBytes}.`);
  }
  const checked = checkJson(bytes);
  if (!checked.ok) throw new Refused('invalid', `${name}: ${checked.error}.`);
  const { value } = checked.value;
  if (objectOnly && (typeof value !== 'object' || value === null || Array.isArray(value))) {
    throw new Refused('invalid', `${name} must be a JSON object.`);
  }
}

function cap(name: string, value: string, units: number): void {
  if (value.length > units) {
    throw new Refused('invalid', `${name} is ${value.length} characters; the cap is ${units}.`);
  }
}

/** Echoes untrusted text into an error without its control characters. */
function printable(text: string): string {
  return text.slice(0, 40).replace(/[^\x20-\x7e]/g, '?');
}
