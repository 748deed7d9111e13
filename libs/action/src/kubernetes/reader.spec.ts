import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unreadable } from '../analysis.ts';
import { EMPTY_CATALOGUE } from '../catalogue.ts';
import { type Inner, NotHere, type ReadContext } from '../reader.ts';
import { contextOfLine } from '../shell/testing.ts';
import { readKubernetes } from './reader.ts';

function read(text: string, name = '', more: Partial<ReadContext> = {}) {
  return readKubernetes({ kind: 'kubernetes', name, text }, { ...contextOfLine(), ...more });
}

function short(text: string, name = ''): string {
  const kinds = read(text, name).effects.map((effect) => effect.kind + (effect.scope === 'unbounded' ? '!' : ''));
  return [...new Set(kinds)].toSorted().join(' ');
}

function pod(spec: string): string {
  return `apiVersion: v1\nkind: Pod\nmetadata: {name: p, namespace: shop}\nspec: ${spec}`;
}

function review(request: object): string {
  return JSON.stringify({ apiVersion: 'admission.k8s.io/v1', kind: 'AdmissionReview', request: { uid: 'u', ...request } });
}

describe('manifests', () => {
  it.each([
    ['a pod', pod('{containers: [{name: a, image: nginx}]}'), 'infra_change'],
    [
      'a privileged container',
      pod('{containers: [{name: a, securityContext: {privileged: true}}]}'),
      'infra_change privilege_change!',
    ],
    ['YAML 1.1 has yes', pod('{containers: [{name: a, securityContext: {privileged: yes}}]}'), 'infra_change privilege_change!'],
    [
      'an init container',
      pod('{initContainers: [{name: a, securityContext: {privileged: true}}]}'),
      'infra_change privilege_change!',
    ],
    [
      'a capability',
      pod('{containers: [{name: a, securityContext: {capabilities: {add: [CAP_SYS_ADMIN]}}}]}'),
      'infra_change privilege_change',
    ],
    ['the host network', pod('{hostNetwork: true, containers: [{name: a}]}'), 'infra_change privilege_change'],
    [
      'the root of the node',
      pod('{containers: [{name: a}], volumes: [{name: v, hostPath: {path: /}}]}'),
      'infra_change privilege_change!',
    ],
    [
      'the socket of the runtime',
      pod('{containers: [{name: a}], volumes: [{hostPath: {path: /var/run/docker.sock}}]}'),
      'infra_change privilege_change!',
    ],
    [
      'a folder of the node',
      pod('{containers: [{name: a}], volumes: [{hostPath: {path: /srv/app}}]}'),
      'infra_change privilege_change',
    ],
    ['a command that deletes', pod('{containers: [{name: a, command: [sh, -c, "rm -rf /"]}]}'), 'delete! infra_change'],
    ['a program of the image', pod('{containers: [{name: a, command: [/app/server]}]}'), 'code_execution infra_change'],
    ['a config map', 'kind: ConfigMap\nmetadata: {name: c}\ndata: {a: b}', 'infra_change'],
    ['who is who at EKS', 'kind: ConfigMap\nmetadata: {name: aws-auth, namespace: kube-system}', 'infra_change privilege_change'],
    [
      'a cron job',
      'kind: CronJob\nmetadata: {name: c}\nspec: {jobTemplate: {spec: {template: {spec: {containers: [{name: a}]}}}}}',
      'infra_change persistence',
    ],
    [
      'cluster-admin',
      'kind: ClusterRoleBinding\nmetadata: {name: b}\nroleRef: {name: cluster-admin}',
      'infra_change privilege_change!',
    ],
    [
      'everybody',
      'kind: RoleBinding\nmetadata: {name: b}\nroleRef: {name: r}\nsubjects: [{name: "system:unauthenticated"}]',
      'infra_change privilege_change!',
    ],
    ['one right', 'kind: Role\nmetadata: {name: r}\nrules: [{verbs: [get], resources: [pods]}]', 'infra_change privilege_change'],
    [
      'all rights',
      'kind: Role\nmetadata: {name: r}\nrules: [{verbs: ["*"], resources: [pods]}]',
      'infra_change privilege_change!',
    ],
    [
      'a webhook elsewhere',
      'kind: MutatingWebhookConfiguration\nwebhooks: [{clientConfig: {url: "https://x"}}]',
      'config_change! export! infra_change',
    ],
    ['a load balancer', 'kind: Service\nmetadata: {name: s}\nspec: {type: LoadBalancer}', 'infra_change network'],
    ['a service inside', 'kind: Service\nmetadata: {name: s}', 'infra_change'],
    ['an audit policy', 'apiVersion: audit.k8s.io/v1\nkind: Policy\nrules: []', 'infra_change log_tamper'],
    ['a kind that is not known', 'apiVersion: x.io/v1\nkind: Widget\nmetadata: {name: w}', 'infra_change'],
    [
      'a pod spec in a kind that is not known',
      'kind: Widget\nspec: {pod: {hostPID: true, containers: [{name: a}]}}',
      'infra_change privilege_change',
    ],
    ['what a source brings', 'kind: Application\nspec: {source: {repoURL: "https://x/y"}}', 'code_execution infra_change'],
    ['a list', 'kind: List\nitems: [{kind: ConfigMap}, {kind: Role}]', 'infra_change privilege_change'],
    ['a typed list', '{"kind":"RoleList","items":[{"metadata":{"name":"r"}}]}', 'infra_change privilege_change'],
    ['two documents', 'kind: ConfigMap\n---\nkind: Role', 'infra_change privilege_change'],
    ['a merge key', 'x: &x {hostPID: true}\nkind: Pod\nspec: {<<: *x, containers: [{name: a}]}', 'infra_change privilege_change'],
    ['a question', 'kind: SubjectAccessReview\nspec: {}', 'read'],
  ])('%s', (_, text, kinds) => {
    expect(short(text)).toBe(kinds);
  });

  it.each([
    ['delete', 'kind: Namespace\nmetadata: {name: n}', 'infra_destroy!'],
    ['delete', 'kind: Pod\nmetadata: {name: n}', 'infra_destroy'],
    ['delete', 'kind: NetworkPolicy\nmetadata: {name: n}', 'infra_destroy privilege_change'],
    ['create', 'kind: Pod\nmetadata: {name: n}', 'infra_create'],
    ['get', 'kind: Secret\nmetadata: {name: n}', 'secret_read'],
    ['apply --dry-run', 'kind: Pod', 'none'],
    [
      'patch',
      '[{"op":"replace","path":"/spec/containers/0/securityContext/privileged","value":true}]',
      'infra_change privilege_change privilege_change!',
    ],
    ['patch', '{"metadata":{"finalizers":null}}', 'infra_change'],
    ['frobnicate', 'kind: Pod', 'opaque'],
  ])('%s: %s', (name, text, kinds) => {
    expect(short(text, name)).toBe(kinds);
  });

  it('names object and images, and points at the words', () => {
    const text = pod('{hostPID: true, containers: [{name: a, image: evil/x}]}');
    const { effects } = read(text);
    expect(effects[0]?.targets).toEqual([
      { type: 'Pod', name: 'shop/p' },
      { type: 'image', name: 'evil/x' },
    ]);
    const [, second] = effects;
    expect(text.slice(second?.span.start, second?.span.end)).toBe('hostPID');
  });
});

describe('admission reviews', () => {
  const gone = { metadata: { name: 'n' } };
  it.each([
    ['creates', { operation: 'CREATE', object: { kind: 'Pod', metadata: { name: 'p' } } }, 'infra_create'],
    ['deletes a namespace', { operation: 'DELETE', kind: { kind: 'Namespace' }, oldObject: gone }, 'infra_destroy!'],
    ['deletes all of a kind', { operation: 'DELETE', kind: { kind: 'Pod' }, namespace: 'shop' }, 'infra_destroy!'],
    ['rehearses', { operation: 'DELETE', kind: { kind: 'Namespace' }, oldObject: gone, dryRun: true }, 'none'],
    ['runs', { operation: 'CONNECT', subResource: 'exec', name: 'p', object: { command: ['rm', '-rf', '/'] } }, 'delete! read'],
    [
      'opens a shell',
      { operation: 'CONNECT', subResource: 'exec', name: 'p', object: { command: ['sh'], stdin: true } },
      'code_execution',
    ],
    ['forwards', { operation: 'CONNECT', subResource: 'portforward', name: 'p' }, 'network'],
    [
      'lets go',
      {
        operation: 'UPDATE',
        object: { kind: 'X', metadata: { deletionTimestamp: 't' } },
        oldObject: { metadata: { finalizers: ['a'] } },
      },
      'infra_change infra_destroy',
    ],
    [
      'approves',
      { operation: 'UPDATE', subResource: 'approval', object: { kind: 'CertificateSigningRequest' } },
      'infra_change privilege_change',
    ],
    ['does what nobody knows', { operation: 'FROB' }, 'opaque'],
  ])('%s', (_, request, kinds) => {
    expect(short(review(request))).toBe(kinds);
  });
});

describe('what cannot be read', () => {
  it.each([
    ['nothing', ' '],
    ['no kind', 'a: b'],
    ['half a document', '{"kind":'],
    ['a key twice', 'kind: Pod\nkind: ConfigMap'],
    [
      'a bomb of aliases',
      `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [${'*a,'.repeat(9)}]\nc: &c [${'*b,'.repeat(9)}]\nd: [${'*c,'.repeat(9)}]\nkind: Pod`,
    ],
    ['deep nesting', '['.repeat(3000)],
  ])('%s is opaque', (_, text) => {
    expect(short(text)).toBe('opaque');
  });

  it('leaves long and odd texts to the worker', () => {
    const here = { place: 'here' as const };
    expect(() => read(`kind: ConfigMap\ndata:\n${'  a: b\n'.repeat(1000)}`, '', here)).toThrow(NotHere);
    expect(() => read(`kind: ${'a'.repeat(600)}`, '', here)).toThrow(NotHere);
    expect(() => read('? '.repeat(20), '', here)).toThrow(NotHere);
    expect(read('kind: ConfigMap', '', here).complete).toBe(true);
  });

  it('reads a payload without a text, without pointing outside of the text', () => {
    const payloadJson = new TextEncoder().encode('{"kind":"Namespace","metadata":{"name":"n"}}');
    const { effects } = readKubernetes({ kind: 'kubernetes', name: 'delete', text: '', payloadJson }, contextOfLine());
    expect(effects).toMatchObject([{ kind: 'infra_destroy', scope: 'unbounded', span: { start: 0, end: 0 } }]);
  });

  it('never throws and always says something', () => {
    const cx: ReadContext = {
      catalogue: EMPTY_CATALOGUE,
      target: '',
      place: 'worker',
      depth: 0,
      embedded: (inner: Inner) => unreadable(inner.text, 'not read here'),
    };
    const word = fc.constantFrom(
      'kind: Pod',
      'spec:',
      '  containers:',
      '- name: x',
      '{',
      '}',
      '&a',
      '*a',
      '---',
      ': ',
      '"',
      '<<: *a',
      'hostPath',
      '[',
      ']',
      '\n',
      '|',
      '\t',
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 40 }), fc.constantFrom('', 'delete', 'patch', 'create'), (words, name) => {
        expect(readKubernetes({ kind: 'kubernetes', name, text: words.join('\n') }, cx).effects.length).toBeGreaterThan(0);
      }),
      { numRuns: 300 },
    );
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (request) => {
        const text = JSON.stringify({ kind: 'AdmissionReview', request: { operation: 'CREATE', object: request } });
        expect(readKubernetes({ kind: 'kubernetes', text }, cx).effects.length).toBeGreaterThan(0);
      }),
      { numRuns: 300 },
    );
  });
});
