/** Writes the parts of a request that are recorded: the masked request, its subject and its caller. */
import { ByteWriter } from './byte-writer.ts';
import type { RequestFacts, SubjectFacts } from './decide-request.ts';

export function encodeCaller(caller: { readonly subject: string; readonly owner: string; readonly tokenId: string }): Buffer {
  const w = new ByteWriter(128);
  w.string(1, caller.subject);
  w.string(2, caller.owner);
  w.string(3, caller.tokenId);
  return w.copy();
}

export function encodeSubject(subject: SubjectFacts): Buffer {
  const w = new ByteWriter(128);
  writeSubject(w, subject);
  return w.copy();
}

/** event.v1.RecordedRequest; the bytes are canonical for the same facts, and so serve as the request's content digest too. */
export function encodeRecordedRequest(request: RequestFacts): Buffer {
  const w = new ByteWriter(1024);
  w.string(1, request.requestId);
  nestedSubject(w, 2, request.subject);
  for (const link of request.delegation) nestedSubject(w, 3, link);
  const action = w.begin(4);
  w.string(1, request.action.kind);
  w.string(2, request.action.name);
  w.string(3, request.action.text);
  w.string(4, request.action.dialect);
  w.bytes(5, request.action.payloadJson);
  w.end(action);
  const resource = w.begin(5);
  w.string(1, request.resource.type);
  w.string(2, request.resource.id);
  w.string(3, request.resource.environment);
  for (const label of request.resource.labels) repeatedString(w, 4, label);
  w.end(resource);
  w.string(6, request.purpose);
  w.string(7, request.sessionId);
  const model = w.begin(8);
  w.string(1, request.model.provider);
  w.string(2, request.model.model);
  w.end(model);
  w.string(9, request.traceparent);
  w.bytes(10, request.contextJson);
  for (const kind of request.declaredEffects) repeatedString(w, 11, kind);
  return w.copy();
}

function nestedSubject(w: ByteWriter, field: number, subject: SubjectFacts): void {
  const start = w.begin(field);
  writeSubject(w, subject);
  w.end(start);
}

function writeSubject(w: ByteWriter, subject: SubjectFacts): void {
  w.string(1, subject.id);
  w.string(2, subject.owner);
  w.bytes(3, subject.attributesJson);
}

/** An empty element of a repeated field is present on the wire, unlike an empty singular string. */
function repeatedString(w: ByteWriter, field: number, value: string): void {
  if (value === '') w.message(field, EMPTY);
  else w.string(field, value);
}

const EMPTY = new Uint8Array(0);
