/** Who may do what in a cluster: roles, bindings, webhooks, policies, and what opens a way in. */
import type { EffectTarget } from '@countersign/kernel';
import type { Findings } from './findings.ts';
import { type JsonObject, at, isObject, listAt, textAt, textsAt } from './json.ts';
import { EVERYBODY, STRONG_ROLES } from './kinds.ts';

const STRONG_VERBS: ReadonlySet<string> = new Set(['escalate', 'bind', 'impersonate']);
const STRONG_RESOURCES: ReadonlySet<string> = new Set([
  'secrets',
  'pods/exec',
  'pods/attach',
  'nodes/proxy',
  'serviceaccounts/token',
  'certificatesigningrequests/approval',
]);

export function accessEffects(kind: string, object: JsonObject, target: EffectTarget, findings: Findings): void {
  if (kind === 'Role' || kind === 'ClusterRole') return roleEffects(object, target, findings);
  const role = textAt(object, 'roleRef', 'name');
  const subjects = listAt(object, 'subjects');
  const names = subjects.map((subject) => textAt(subject, 'name')).filter((name) => name !== '');
  const everybody = names.some((name) => EVERYBODY.has(name) || name.startsWith('system:serviceaccounts'));
  const strong = STRONG_ROLES.has(role);
  findings.add('privilege_change', {
    scope: everybody || strong ? 'unbounded' : 'one',
    targets: [target, { type: 'role', name: role }, ...names.map((name) => ({ type: 'subject', name }))],
    at: everybody ? (names.find((name) => name.startsWith('system:')) ?? role) : role,
    why: everybody ? 'gives rights to everybody' : strong ? `gives the rights of ${role}` : '',
  });
}

function roleEffects(object: JsonObject, target: EffectTarget, findings: Findings): void {
  const wide = listAt(object, 'rules').some(
    (rule) => textsAt(rule, 'verbs').includes('*') || textsAt(rule, 'resources').includes('*'),
  );
  const strong = listAt(object, 'rules').some(
    (rule) =>
      textsAt(rule, 'verbs').some((verb) => STRONG_VERBS.has(verb)) ||
      textsAt(rule, 'resources').some((name) => STRONG_RESOURCES.has(name)),
  );
  findings.add('privilege_change', {
    scope: wide ? 'unbounded' : 'one',
    targets: [target],
    at: wide ? '*' : 'rules',
    why: wide ? 'rights over everything' : strong ? 'rights that give others' : '',
  });
}

/** Every request of its kind passes through a webhook: it may read, change and refuse them. */
export function webhookEffects(object: JsonObject, target: EffectTarget, findings: Findings): void {
  findings.add('config_change', {
    scope: 'unbounded',
    targets: [target],
    at: 'webhooks',
    why: 'requests to the cluster pass through it',
  });
  for (const hook of listAt(object, 'webhooks')) {
    const url = textAt(hook, 'clientConfig', 'url');
    if (url !== '')
      findings.add('export', {
        scope: 'unbounded',
        targets: [{ type: 'url', name: url }],
        at: url,
        why: 'objects of the cluster are sent there',
      });
  }
}

/** A policy that lets everything through, and one that guards less than before, cannot be told apart without what was there. */
export function networkPolicyOpens(object: JsonObject): boolean {
  return ['ingress', 'egress'].some((way) =>
    listAt(object, 'spec', way).some((rule) => isObject(rule) && Object.keys(rule).length === 0),
  );
}

export function serviceEffects(object: JsonObject, target: EffectTarget, findings: Findings): void {
  const type = textAt(object, 'spec', 'type');
  if (
    type === 'LoadBalancer' ||
    type === 'NodePort' ||
    type === 'ExternalName' ||
    listAt(object, 'spec', 'externalIPs').length > 0
  ) {
    findings.add('network', {
      targets: [target],
      at: type === '' ? 'externalIPs' : type,
      why: 'reachable from outside, or leads outside',
    });
  }
}

export function namespaceEffects(object: JsonObject, target: EffectTarget, findings: Findings): void {
  const labels = at(object, 'metadata', 'labels');
  if (textAt(labels, 'pod-security.kubernetes.io/enforce') === 'privileged') {
    findings.add('privilege_change', {
      targets: [target],
      at: 'pod-security.kubernetes.io/enforce',
      why: 'pods in it may do anything',
    });
  }
}
