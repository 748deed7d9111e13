/**
 * Kubernetes manifests and AdmissionReview requests → effects. The action's name may say what is done with a manifest (`apply`,
 * which is the default, `create`, `replace`, `patch`, `delete`, `get`). A kind that is not known counts as a change of that object.
 */
import { type ActionInput, type Analysis, analysisOf, unreadable } from '../analysis.ts';
import { type Inner, NotHere, type ReadContext, pointed } from '../reader.ts';
import { Findings } from './findings.ts';
import { type Json, type JsonObject, at, isObject, listAt, textAt } from './json.ts';
import { type Operation, objectEffects } from './object.ts';
import { type Part, isPlain, parseManifest } from './parse.ts';
import { hostPathEffect, podEffects, podSpecs } from './pod.ts';
import { isReview, reviewEffects } from './review.ts';

/** What the caller's thread reads at once; YAML costs far more than JSON. */
const HERE_YAML_UNITS = 2 * 1024;
const HERE_JSON_UNITS = 128 * 1024;
const TEXT_UNITS = 2 * 1024 * 1024;
const YAML_UNITS = 512 * 1024;
const OBJECTS = 500;

export function readKubernetes(action: ActionInput | Inner, cx: ReadContext): Analysis {
  const text = textOf(action);
  const isJson = /^\s*[{[]/.test(text);
  if (text.length > (isJson ? TEXT_UNITS : YAML_UNITS)) return unreadable(action.text, 'the manifest is too long to be read');
  if (cx.place === 'here' && (isJson ? text.length > HERE_JSON_UNITS : text.length > HERE_YAML_UNITS || !isPlain(text)))
    throw new NotHere();
  const operation = operationOf(action.name ?? '');
  if (operation === undefined) return unreadable(action.text, `what "${action.name ?? ''}" does with a manifest is not known`);
  const parsed = parseManifest(text);
  if (!parsed.ok) return unreadable(action.text, parsed.why);
  const objects = parsed.parts.flatMap(spread);
  if (objects.length > OBJECTS) return unreadable(action.text, 'too many objects in one text');
  const effects = objects.flatMap((part) => effectsOf(part, operation, text, cx));
  return analysisOf(text === action.text ? effects : pointed(effects, { start: 0, end: action.text.length }, ''));
}

function textOf(action: ActionInput | Inner): string {
  if (action.text.trim() !== '' || action.payloadJson === undefined) return action.text;
  return new TextDecoder().decode(action.payloadJson);
}

/** `kubectl delete`, `apply`, `CREATE`, … Nothing said is `apply`. */
function operationOf(name: string): Operation | 'patch' | 'rehearse' | undefined {
  const words = name
    .toLowerCase()
    .split(/[\s./:_-]+/)
    .filter((word) => word !== '' && word !== 'kubectl' && word !== 'kubernetes' && word !== 'k8s');
  if (words.includes('dry')) return 'rehearse';
  const [verb = 'apply'] = words;
  if (
    /^(?:apply|update|replace|put|set|edit|upsert|manifest|deploy|server|admission|admissionreview|review|scale|rollout|admit|validate)$/.test(
      verb,
    )
  )
    return 'change';
  if (/^(?:create|post|run|expose)$/.test(verb)) return 'create';
  if (/^(?:delete|deletecollection|remove|destroy|prune)$/.test(verb)) return 'delete';
  if (verb === 'patch') return 'patch';
  if (/^(?:get|list|watch|describe|diff)$/.test(verb)) return 'read';
  return undefined;
}

/** A List is its items. */
function spread(part: Part): Part[] {
  const { value, span } = part;
  if (Array.isArray(value) && !value.every((item) => isObject(item) && textAt(item, 'op') !== ''))
    return (value as readonly Json[]).map((item) => ({ value: item, span }));
  if (isObject(value) && textAt(value, 'kind').endsWith('List') && Array.isArray(at(value, 'items'))) {
    return listAt(value, 'items').map((item) => ({ value: inherited(item, value), span }));
  }
  return [part];
}

/** Items of a typed list leave their kind out: `PodList` holds pods. */
function inherited(item: Json, list: JsonObject): Json {
  if (!isObject(item) || textAt(item, 'kind') !== '') return item;
  return { ...item, kind: textAt(list, 'kind').replace(/List$/, '') };
}

function effectsOf(
  { value, span }: Part,
  operation: Operation | 'patch' | 'rehearse',
  text: string,
  cx: ReadContext,
): Findings['effects'] {
  const findings = new Findings(text, span);
  if (isObject(value) && isReview(value)) reviewEffects(value, findings, cx);
  else if (operation === 'rehearse') findings.add('none', { why: 'a rehearsal: nothing is changed' });
  else if (operation === 'patch') patchEffects(value, findings, cx);
  else if (isObject(value) && textAt(value, 'kind') !== '') objectEffects(value, operation, findings, cx);
  else findings.add('opaque', { scope: 'unknown', why: 'not a Kubernetes object: it has no kind' });
  return findings.effects;
}

/** A patch is a part of an object, or a list of operations on it. */
function patchEffects(value: Json, findings: Findings, cx: ReadContext): void {
  if (isObject(value) && textAt(value, 'kind') !== '') return objectEffects(value, 'change', findings, cx);
  findings.add('infra_change', { why: 'a part of an object' });
  for (const spec of podSpecs(value)) podEffects(spec, findings, cx);
  for (const step of Array.isArray(value) ? (value as readonly Json[]) : []) stepEffects(step, findings);
}

function stepEffects(step: Json, findings: Findings): void {
  const path = textAt(step, 'path');
  const inner = at(step, 'value');
  if (/\/privileged$|\/hostPID$|\/hostNetwork$|\/hostIPC$/.test(path) && inner === true) {
    findings.add('privilege_change', { scope: 'unbounded', at: path, why: 'reaches out of the container' });
  }
  if (path.includes('hostPath'))
    hostPathEffect(typeof inner === 'string' ? inner : textAt(inner, 'path') || textAt(inner, 'hostPath', 'path'), findings);
  if (/capabilities|securityContext/.test(path))
    findings.add('privilege_change', { at: path, why: 'changes what the container may do' });
  if (/rules|subjects|roleRef/.test(path)) findings.add('privilege_change', { at: path, why: 'changes who may do what' });
  if (path.includes('finalizers'))
    findings.add('infra_destroy', { scope: 'unknown', at: path, why: 'nothing holds its removal back any more' });
}
