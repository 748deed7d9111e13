/** AdmissionReview requests: what the API server was asked to do, before it does it. */
import type { ReadContext } from '../reader.ts';
import type { Findings } from './findings.ts';
import { type JsonObject, at, isObject, isOn, objectAt, textAt, textsAt } from './json.ts';
import { objectEffects, targetOf } from './object.ts';
import { runEffects } from './pod.ts';

export function isReview(object: JsonObject): boolean {
  return (
    textAt(object, 'kind') === 'AdmissionReview' ||
    (isObject(at(object, 'request')) && textAt(object, 'request', 'operation') !== '')
  );
}

export function reviewEffects(review: JsonObject, findings: Findings, cx: ReadContext): void {
  const request = objectAt(review, 'request');
  const operation = textAt(request, 'operation').toUpperCase();
  if (isOn(at(request, 'dryRun'))) return findings.add('none', { at: 'dryRun', why: 'a rehearsal: nothing is changed' });
  switch (operation) {
    case 'CREATE':
    case 'UPDATE':
      return changeEffects(request, operation, findings, cx);
    case 'DELETE':
      return objectEffects(named(objectAt(request, 'oldObject'), request), 'delete', findings, cx);
    case 'CONNECT':
      return connectEffects(request, findings, cx);
    default:
      return findings.add('opaque', { scope: 'unknown', at: operation, why: 'an operation that is not known' });
  }
}

function changeEffects(request: JsonObject, operation: 'CREATE' | 'UPDATE', findings: Findings, cx: ReadContext): void {
  const object = at(request, 'object');
  if (!isObject(object)) return findings.add('opaque', { scope: 'unknown', why: 'the request holds no object' });
  const part = textAt(request, 'subResource');
  const whole = named(object, request);
  if (part === 'status') return findings.add('infra_change', { targets: [targetOf(whole)], at: 'status' });
  if (part === 'approval')
    findings.add('privilege_change', { targets: [targetOf(whole)], at: 'approval', why: 'approves a certificate' });
  objectEffects(whole, operation === 'CREATE' ? 'create' : 'change', findings, cx);
  if (operation === 'UPDATE') loosened(whole, objectAt(request, 'oldObject'), findings);
}

/** Finalizers keep an object until what hangs on it is gone. */
function loosened(object: JsonObject, old: JsonObject, findings: Findings): void {
  const before = textsAt(old, 'metadata', 'finalizers');
  const after = textsAt(object, 'metadata', 'finalizers');
  if (before.some((name) => !after.includes(name)) && textAt(object, 'metadata', 'deletionTimestamp') !== '') {
    findings.add('infra_destroy', {
      targets: [targetOf(object)],
      at: 'finalizers',
      why: 'nothing holds its removal back any more',
    });
  }
}

function connectEffects(request: JsonObject, findings: Findings, cx: ReadContext): void {
  const options = objectAt(request, 'object');
  const part = textAt(request, 'subResource');
  const target = {
    type: 'container',
    name: [textAt(request, 'namespace'), textAt(request, 'name'), textAt(options, 'container')]
      .filter((name) => name !== '')
      .join('/'),
  };
  if (part === 'portforward' || part === 'proxy') return findings.add('network', { targets: [target], at: part });
  const command = textsAt(options, 'command');
  const [program = ''] = command;
  if (part === 'exec' && command.length > 0 && !isOn(at(options, 'stdin'))) {
    const text = command.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ');
    findings.add('read', { targets: [target], at: part });
    return runEffects(text, program, `container ${target.name}`, findings, cx);
  }
  findings.add('code_execution', { targets: [target], at: part, why: 'a shell in a container' });
}

/** The object as the request names it, where it names itself less well (a removal of all of a kind has no object). */
function named(object: JsonObject, request: JsonObject): JsonObject {
  const kind = textAt(object, 'kind') || textAt(request, 'kind', 'kind');
  const metadata = objectAt(object, 'metadata');
  const name = textAt(metadata, 'name') || textAt(request, 'name');
  const namespace = textAt(metadata, 'namespace') || textAt(request, 'namespace');
  return { ...object, kind, metadata: { ...metadata, name, ...(namespace === '' ? {} : { namespace }) } };
}
