/** One object and what is done with it → effects. */
import type { EffectTarget } from '@countersign/kernel';
import type { ReadContext } from '../reader.ts';
import { accessEffects, namespaceEffects, networkPolicyOpens, serviceEffects, webhookEffects } from './access.ts';
import type { Findings } from './findings.ts';
import { type JsonObject, at, listAt, textAt } from './json.ts';
import { ACCESS, BRINGERS, GUARDS, OPENINGS, QUESTIONS, RECORDS, SCHEDULES, WEBHOOKS, WIDE } from './kinds.ts';
import { hostPathEffect, imagesOf, podEffects, podSpecs } from './pod.ts';

export type Operation = 'create' | 'change' | 'delete' | 'read';

export function targetOf(object: JsonObject): EffectTarget {
  const kind = textAt(object, 'kind');
  const namespace = textAt(object, 'metadata', 'namespace');
  const name = textAt(object, 'metadata', 'name') || textAt(object, 'metadata', 'generateName');
  return { type: kind === '' ? 'object' : kind, name: namespace === '' ? name : `${namespace}/${name}` };
}

export function objectEffects(object: JsonObject, operation: Operation, findings: Findings, cx: ReadContext): void {
  const kind = textAt(object, 'kind');
  const target = targetOf(object);
  if (operation === 'read') return findings.add(kind === 'Secret' ? 'secret_read' : 'read', { targets: [target], at: kind });
  if (operation === 'delete') return removalEffects(kind, target, findings);
  if (QUESTIONS.has(kind)) return findings.add('read', { targets: [target], at: kind });
  if (kind === 'TokenRequest') return findings.add('secret_read', { targets: [target], at: kind, why: 'gives out a token' });
  if (kind === 'Eviction') return findings.add('process_control', { targets: [target], at: kind });
  const specs = podSpecs(object);
  findings.add(operation === 'create' ? 'infra_create' : 'infra_change', {
    targets: [target, ...imagesOf(specs)],
    at: textAt(object, 'metadata', 'name') || kind,
    why: textAt(object, 'spec', 'replicas') === '0' ? 'nothing of it is left running' : '',
  });
  kindEffects(kind, object, target, findings);
  for (const spec of specs) podEffects(spec, findings, cx);
}

/** What the kind means beyond a change of the cluster. A kind that is not known is a change of that object, as it is for the cluster itself. */
function kindEffects(kind: string, object: JsonObject, target: EffectTarget, findings: Findings): void {
  if (ACCESS.has(kind)) accessEffects(kind, object, target, findings);
  if (WEBHOOKS.has(kind)) webhookEffects(object, target, findings);
  if (kind === 'APIService')
    findings.add('config_change', { targets: [target], at: kind, why: 'a part of the API is served by another server' });
  if (RECORDS.has(kind) || (kind === 'Policy' && textAt(object, 'apiVersion').startsWith('audit.k8s.io'))) {
    findings.add('log_tamper', { targets: [target], at: kind, why: 'what is recorded changes' });
  } else if (GUARDS.has(kind)) guardEffects(kind, object, target, findings);
  if (OPENINGS.has(kind)) findings.add('network', { targets: [target], at: kind, why: 'reachable from outside' });
  if (kind === 'Service') serviceEffects(object, target, findings);
  if (kind === 'Namespace') namespaceEffects(object, target, findings);
  if (SCHEDULES.has(kind))
    findings.add('persistence', {
      targets: [target],
      at: kind,
      why: kind === 'DaemonSet' ? 'runs on every node' : 'runs again and again',
    });
  if (BRINGERS.has(kind)) bringerEffects(object, target, findings);
  if (kind === 'PersistentVolume' && at(object, 'spec', 'hostPath') !== undefined)
    hostPathEffect(textAt(object, 'spec', 'hostPath', 'path'), findings);
  if (kind === 'ConfigMap' && target.name === 'kube-system/aws-auth')
    findings.add('privilege_change', { targets: [target], at: 'aws-auth', why: 'says who is who in the cluster' });
  if (
    kind === 'CertificateSigningRequest' &&
    listAt(object, 'status', 'conditions').some((condition) => textAt(condition, 'type') === 'Approved')
  ) {
    findings.add('privilege_change', { targets: [target], at: 'Approved', why: 'gives out a certificate' });
  }
}

function guardEffects(kind: string, object: JsonObject, target: EffectTarget, findings: Findings): void {
  const opens = kind === 'NetworkPolicy' && networkPolicyOpens(object);
  findings.add('privilege_change', {
    targets: [target],
    at: kind,
    why: opens ? 'lets everything through' : 'changes what is allowed',
  });
}

function bringerEffects(object: JsonObject, target: EffectTarget, findings: Findings): void {
  const from =
    textAt(object, 'spec', 'source', 'repoURL') ||
    textAt(object, 'spec', 'url') ||
    textAt(object, 'spec', 'chart', 'spec', 'sourceRef', 'name') ||
    textAt(object, 'spec', 'sourceRef', 'name');
  findings.add('code_execution', {
    targets: from === '' ? [target] : [target, { type: 'source', name: from }],
    at: from === '' ? textAt(object, 'kind') : from,
    why: 'what stands there is brought into the cluster, now and later',
  });
}

function removalEffects(kind: string, target: EffectTarget, findings: Findings): void {
  const all = target.name === '' || target.name.endsWith('/');
  findings.add('infra_destroy', {
    scope: all || WIDE.has(kind) ? 'unbounded' : 'one',
    targets: [target],
    at: kind,
    why: all ? 'all of them' : WIDE.has(kind) ? 'with everything in it' : '',
  });
  if (ACCESS.has(kind) || GUARDS.has(kind))
    findings.add('privilege_change', { targets: [target], at: kind, why: 'what it guarded or gave is gone' });
  if (WEBHOOKS.has(kind))
    findings.add('privilege_change', {
      scope: 'unbounded',
      targets: [target],
      at: kind,
      why: 'requests are no longer checked by it',
    });
  if (RECORDS.has(kind)) findings.add('log_tamper', { targets: [target], at: kind, why: 'nothing is recorded by it any more' });
}
