/** DecideRequest, read from its bytes without the generated codec: the first step of the hot path. */
import { err, ok, type Result } from '@countersign/kernel';
import { WireError, WireReader } from './wire-reader.ts';

const NO_BYTES: Uint8Array = new Uint8Array(0);

export interface SubjectFacts {
  readonly id: string;
  readonly owner: string;
  /** A JSON object as bytes; empty for none. */
  readonly attributesJson: Uint8Array;
}

export interface ActionFacts {
  readonly kind: string;
  readonly name: string;
  readonly text: string;
  readonly dialect: string;
  readonly payloadJson: Uint8Array;
}

export interface ResourceFacts {
  readonly type: string;
  readonly id: string;
  readonly environment: string;
  readonly labels: readonly string[];
}

/** What was asked, as plain data. */
export interface RequestFacts {
  readonly requestId: string;
  readonly subject: SubjectFacts;
  readonly delegation: readonly SubjectFacts[];
  readonly action: ActionFacts;
  readonly resource: ResourceFacts;
  readonly purpose: string;
  readonly sessionId: string;
  readonly model: { readonly provider: string; readonly model: string };
  readonly traceparent: string;
  readonly contextJson: Uint8Array;
  /** Kinds of effects that the plan declares; empty for none. */
  readonly declaredEffects: readonly string[];
}

export interface DecideRequestView extends RequestFacts {
  readonly grant: string;
  /** The bytes as they came in, where they may be recorded as they are (no grant, no unknown field); otherwise undefined. */
  readonly verbatim: Buffer | undefined;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const tagOf = (field: number) => (field << 3) | 2;

const REQUEST_ID = tagOf(1);
const SUBJECT = tagOf(2);
const DELEGATION = tagOf(3);
const ACTION = tagOf(4);
const RESOURCE = tagOf(5);
const PURPOSE = tagOf(6);
const SESSION_ID = tagOf(7);
const MODEL = tagOf(8);
const TRACEPARENT = tagOf(9);
const CONTEXT_JSON = tagOf(10);
const DECLARED_EFFECTS = tagOf(11);
const GRANT = tagOf(15);

export const EMPTY_SUBJECT: SubjectFacts = Object.freeze({ id: '', owner: '', attributesJson: NO_BYTES });
const EMPTY_ACTION: ActionFacts = Object.freeze({ kind: '', name: '', text: '', dialect: '', payloadJson: NO_BYTES });
const EMPTY_RESOURCE: ResourceFacts = Object.freeze({ type: '', id: '', environment: '', labels: Object.freeze([]) });
const NO_WORDS: readonly string[] = Object.freeze([]);
const EMPTY_MODEL = Object.freeze({ provider: '', model: '' });

/**
 * Strict where the generated codec is lenient: a singular field that comes twice is refused, since two readers could disagree on
 * which one was decided on.
 */
export function readDecideRequest(bytes: Buffer): Result<DecideRequestView, string> {
  try {
    return ok(readRequest(new WireReader(bytes)));
  } catch (error) {
    if (error instanceof WireError) return err(error.message);
    throw error;
  }
}

function readRequest(reader: WireReader): DecideRequestView {
  const view: Mutable<DecideRequestView> = {
    requestId: '',
    subject: EMPTY_SUBJECT,
    delegation: [],
    action: EMPTY_ACTION,
    resource: EMPTY_RESOURCE,
    purpose: '',
    sessionId: '',
    model: EMPTY_MODEL,
    traceparent: '',
    contextJson: NO_BYTES,
    declaredEffects: NO_WORDS,
    grant: '',
    verbatim: undefined,
  };
  let seen = 0;
  while (reader.at < reader.end) {
    const tag = reader.varint();
    if (tag === DELEGATION) {
      view.delegation = [...view.delegation, reader.nested(readSubject)];
      continue;
    }
    if (tag === DECLARED_EFFECTS) {
      view.declaredEffects = [...view.declaredEffects, reader.string('declared_effects')];
      continue;
    }
    seen = once(seen, tag, 'the request');
    readRequestField(reader, tag, view);
  }
  if (!reader.sawUnknown && view.grant === '') view.verbatim = reader.buffer;
  return view;
}

function readRequestField(reader: WireReader, tag: number, view: Mutable<DecideRequestView>): void {
  switch (tag) {
    case REQUEST_ID:
      view.requestId = reader.string('request_id');
      return;
    case SUBJECT:
      view.subject = reader.nested(readSubject);
      return;
    case ACTION:
      view.action = reader.nested(readAction);
      return;
    case RESOURCE:
      view.resource = reader.nested(readResource);
      return;
    case PURPOSE:
      view.purpose = reader.string('purpose');
      return;
    case SESSION_ID:
      view.sessionId = reader.string('session_id');
      return;
    case MODEL:
      view.model = reader.nested(readModel);
      return;
    case TRACEPARENT:
      view.traceparent = reader.string('traceparent');
      return;
    case CONTEXT_JSON:
      view.contextJson = reader.bytes();
      return;
    case GRANT:
      view.grant = reader.string('grant');
      return;
    default:
      reader.skip(tag);
  }
}

function readSubject(reader: WireReader): SubjectFacts {
  const subject: Mutable<SubjectFacts> = { id: '', owner: '', attributesJson: NO_BYTES };
  let seen = 0;
  while (reader.at < reader.end) {
    const tag = reader.varint();
    seen = once(seen, tag, 'subject');
    if (tag === tagOf(1)) subject.id = reader.string('subject.id');
    else if (tag === tagOf(2)) subject.owner = reader.string('subject.owner');
    else if (tag === tagOf(3)) subject.attributesJson = reader.bytes();
    else reader.skip(tag);
  }
  return subject;
}

function readAction(reader: WireReader): ActionFacts {
  const action: Mutable<ActionFacts> = { kind: '', name: '', text: '', dialect: '', payloadJson: NO_BYTES };
  let seen = 0;
  while (reader.at < reader.end) {
    const tag = reader.varint();
    seen = once(seen, tag, 'action');
    if (tag === tagOf(1)) action.kind = reader.string('action.kind');
    else if (tag === tagOf(2)) action.name = reader.string('action.name');
    else if (tag === tagOf(3)) action.text = reader.string('action.text');
    else if (tag === tagOf(4)) action.dialect = reader.string('action.dialect');
    else if (tag === tagOf(5)) action.payloadJson = reader.bytes();
    else reader.skip(tag);
  }
  return action;
}

function readResource(reader: WireReader): ResourceFacts {
  const labels: string[] = [];
  const resource: Mutable<ResourceFacts> = { type: '', id: '', environment: '', labels };
  let seen = 0;
  while (reader.at < reader.end) {
    const tag = reader.varint();
    if (tag === tagOf(4)) {
      labels.push(reader.string('resource.labels'));
      continue;
    }
    seen = once(seen, tag, 'resource');
    if (tag === tagOf(1)) resource.type = reader.string('resource.type');
    else if (tag === tagOf(2)) resource.id = reader.string('resource.id');
    else if (tag === tagOf(3)) resource.environment = reader.string('resource.environment');
    else reader.skip(tag);
  }
  return resource;
}

function readModel(reader: WireReader): { provider: string; model: string } {
  const model = { provider: '', model: '' };
  let seen = 0;
  while (reader.at < reader.end) {
    const tag = reader.varint();
    seen = once(seen, tag, 'model');
    if (tag === tagOf(1)) model.provider = reader.string('model.provider');
    else if (tag === tagOf(2)) model.model = reader.string('model.model');
    else reader.skip(tag);
  }
  return model;
}

const HIGHEST_TRACKED_FIELD = 30;

/** Field numbers seen so far as bits; throws when a known field's bit is set already. */
function once(seen: number, tag: number, where: string): number {
  const field = tag >>> 3;
  if (field === 0) throw new WireError(`${where} has a field numbered 0`);
  if (field > HIGHEST_TRACKED_FIELD) return seen;
  const bit = 1 << field;
  if ((seen & bit) !== 0) throw new WireError(`${where} has field ${field} twice`);
  return seen | bit;
}
