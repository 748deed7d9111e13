/** Refinements for engines and builders: Kubernetes objects, Docker's containers, GitHub's refs, Jenkins' verbs. */
import type { Effect, EffectKind, EffectScope } from '@countersign/kernel';
import { pointed } from '../../reader.ts';
import { at, isMembers } from '../json.ts';
import { type Asked, type Refinement, one } from './asked.ts';

export const MACHINE_REFINEMENTS: Readonly<Record<string, Refinement>> = {
  aws,
  s3,
  kubernetesGet,
  kubernetesDelete,
  kubernetesObject,
  dockerCreate,
  dockerExec,
  githubRef,
  jenkins,
};

function kubernetesGet(asked: Asked): readonly Effect[] {
  if (!/^apis?$/.test(asked.segments[0] ?? '')) return [one(asked, 'read', 'bounded')];
  if (asked.segments.includes('secrets')) return [one(asked, 'secret_read', 'bounded')];
  const last = asked.segments.at(-1) ?? '';
  if (last === 'exec' || last === 'attach') return [one(asked, 'code_execution', 'one', 'runs a command in the pod')];
  if (last === 'portforward' || asked.segments.includes('proxy'))
    return [one(asked, 'network', 'one', 'goes through the cluster')];
  return [one(asked, 'read', 'bounded')];
}

/** `/api/v1/namespaces/x/pods/y` names one object; without the last name every object of the kind goes. */
function kubernetesDelete(asked: Asked): readonly Effect[] {
  if (asked.address.query.getAll('dryRun').includes('All')) return [one(asked, 'none', 'one', 'dryRun=All')];
  const rest = asked.segments[0] === 'apis' ? asked.segments.slice(3) : asked.segments.slice(2);
  const inside = rest[0] === 'namespaces' && rest.length > 2 ? rest.slice(2) : rest;
  const all = inside.length < 2;
  const why = all ? `every object of the kind ${inside[0] ?? ''}` : '';
  return [one(asked, 'infra_destroy', all ? 'unbounded' : 'one', why)];
}

function kubernetesObject(asked: Asked): readonly Effect[] {
  const kind: EffectKind = asked.words[0] === 'infra_create' ? 'infra_create' : 'infra_change';
  if (asked.address.query.getAll('dryRun').includes('All')) return [one(asked, 'none', 'one', 'dryRun=All')];
  const { json } = asked;
  if (!isMembers(json) || typeof json['kind'] !== 'string') return [one(asked, kind)];
  const inner = asked.cx.embedded({ kind: 'kubernetes', text: asked.request.body });
  return [one(asked, kind), ...pointed(inner.effects, asked.span, 'body')];
}

function dockerCreate(asked: Asked): readonly Effect[] {
  const host = at(asked.json, 'HostConfig');
  const out = [one(asked, 'infra_create', 'one', 'makes a container')];
  const binds = [at(host, 'Binds'), at(host, 'Mounts')]
    .flat()
    .map((bind) => String(isMembers(bind) ? (bind['Source'] ?? '') : (bind ?? '')));
  const reach = binds.some((bind) => /^\/(?:etc|root|var|proc|sys|boot|dev|home|usr)?\/?(?::|$)|docker\.sock/.test(bind));
  const modes = ['PidMode', 'NetworkMode', 'IpcMode', 'UsernsMode', 'UTSMode'].some((mode) => at(host, mode) === 'host');
  const capabilities = at(host, 'CapAdd');
  if (at(host, 'Privileged') === true || reach || modes || (Array.isArray(capabilities) && capabilities.length > 0)) {
    out.push(one(asked, 'privilege_change', 'one', 'the container gets hold of the machine'));
  }
  return [...out, ...commandOf(asked)];
}

function dockerExec(asked: Asked): readonly Effect[] {
  return [one(asked, 'code_execution', 'one', 'runs a command in the container'), ...commandOf(asked)];
}

function commandOf(asked: Asked): readonly Effect[] {
  const command = at(asked.json, 'Cmd');
  const words = Array.isArray(command) ? command.map(String) : typeof command === 'string' ? [command] : [];
  if (words.length === 0) return [];
  const text = Array.isArray(command) ? words.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ') : words.join(' ');
  return pointed(asked.cx.embedded({ kind: 'shell', text }).effects, asked.span, 'Cmd');
}

function githubRef(asked: Asked): readonly Effect[] {
  const force = at(asked.json, 'force');
  if (force === true || asked.json === undefined) return [one(asked, 'history_rewrite', 'one', 'moves the ref by force')];
  return [one(asked, 'write')];
}

type Verb = readonly [words: string, kind: EffectKind, scope: EffectScope, why: string];

const JENKINS_VERBS: readonly Verb[] = [
  ['script scriptText', 'code_execution', 'one', 'runs a script in the controller'],
  ['build buildWithParameters polling rebuild replay run', 'code_execution', 'one', 'starts a build'],
  ['doDelete deleteJob', 'infra_destroy', 'one', ''],
  ['doWipeOutWorkspace doWipeOut', 'delete', 'unknown', 'the workspace'],
  [
    'safeRestart restart exit safeExit quietDown cancelQuietDown reload reload-configuration-as-code',
    'process_control',
    'one',
    'the controller',
  ],
  [
    'disable enable stop kill term toggleOffline doDisconnect launchSlaveAgent cancelItem cancelQueue',
    'process_control',
    'one',
    '',
  ],
  ['createItem doCreateItem copy createView', 'infra_create', 'one', ''],
  ['installNecessaryPlugins uploadPlugin doUninstall install deploy', 'code_execution', 'one', 'plugins are code'],
  ['createCredentials updateSubmit generateNewToken configSecurity addUser createAccountByAdmin', 'privilege_change', 'one', ''],
  ['config.xml configSubmit doRename confirmRename submitDescription move', 'config_change', 'one', ''],
];

function jenkins(asked: Asked): readonly Effect[] {
  const { segments, method } = asked;
  const safe = method === 'GET' || method === 'HEAD';
  const last = segments.at(-1) ?? '';
  if (safe && segments.at(-2) === 'api' && /^(json|xml|python)$/.test(last)) return [one(asked, 'read', 'bounded')];
  const verb = JENKINS_VERBS.find(([words]) => words.split(' ').includes(last));
  // These pages are shown, and only acted on by POST; a build can be started by GET with a token.
  const shown = safe && !(/^build/.test(last) && asked.address.query.size > 0) && !/^do[A-Z]/.test(last);
  if (verb !== undefined && !shown) {
    const [, kind, scope, why] = verb;
    return [one(asked, kind, scope, why)];
  }
  if (safe) return [one(asked, 'read', 'bounded')];
  if (method === 'DELETE') return [one(asked, 'infra_destroy')];
  if (segments.includes('credentials')) return [one(asked, 'privilege_change', 'one', 'credentials')];
  if (last === 'crumbIssuer' || segments.includes('validateJenkinsfile')) return [one(asked, 'read')];
  return [one(asked, 'infra_change', 'one', 'changes something in Jenkins')];
}

const AWS_READS =
  /^(?:Get|List|Describe|Head|Lookup|Search|Query|Scan|BatchGet|Select|Simulate|Validate|Check|Estimate|Preview|View)/;
const AWS_REMOVES = /^(?:Delete|Terminate|Remove|Purge|Deregister|Destroy|Release|Disassociate|Detach|Cancel|Reset|Revoke)/;
const AWS_SECRETS =
  /^(?:GetSecretValue|BatchGetSecretValue|GetParameters?|GetSessionToken|GetFederationToken|GetAuthorizationToken|GetPasswordData|Decrypt|CreateAccessKey)/;

/** AWS says its verb in `X-Amz-Target: Service.Action` or as `Action=`; the services that take paths say it by the method. */
function aws(asked: Asked): readonly Effect[] {
  const target = asked.request.headers.get('x-amz-target') ?? '';
  if (target.startsWith('DynamoDB_')) {
    const payloadJson = new TextEncoder().encode(JSON.stringify({ operation: target, input: asked.json ?? {} }));
    return pointed(
      asked.cx.embedded({ kind: 'datastore', dialect: 'dynamodb', text: '', payloadJson }).effects,
      asked.span,
      'X-Amz-Target',
    );
  }
  const form = new URLSearchParams(isMembers(asked.json) ? '' : asked.request.body.slice(0, 10_000));
  const verb = target.split('.').at(-1) || asked.address.query.get('Action') || form.get('Action') || '';
  const why = verb === '' ? '' : `the action ${verb.slice(0, 60)}`;
  const safe = asked.method === 'GET' || asked.method === 'HEAD';
  if (AWS_SECRETS.test(verb)) return [one(asked, 'secret_read', 'one', why)];
  if (verb === '')
    return [safe ? one(asked, 'read', 'bounded') : one(asked, asked.method === 'DELETE' ? 'infra_destroy' : 'infra_change')];
  if (verb.startsWith('AssumeRole')) return [one(asked, 'identity_change', 'one', why)];
  if (AWS_READS.test(verb)) return [one(asked, 'read', 'bounded', why)];
  if (/Polic|Role|User|Group|AccessKey|Permission|Grant/.test(verb)) return [one(asked, 'privilege_change', 'one', why)];
  return [one(asked, AWS_REMOVES.test(verb) ? 'infra_destroy' : 'infra_change', 'one', why)];
}

/** Objects in buckets. Whose bucket it is cannot be seen, so what is put there leaves. */
function s3(asked: Asked): readonly Effect[] {
  const { method, address } = asked;
  const inHost = !/^(?:s3|storage)[.-]/.test(address.host.name);
  const isBucket = address.segments.length === (inHost ? 0 : 1);
  if (method === 'GET' || method === 'HEAD') return [one(asked, 'read', 'bounded')];
  if (address.query.has('policy') || address.query.has('acl')) return [one(asked, 'privilege_change')];
  if (method === 'DELETE')
    return [
      isBucket
        ? one(asked, 'infra_destroy', 'one', 'the bucket')
        : one(asked, 'delete', 'unknown', 'an object, which may be the only copy'),
    ];
  if (method === 'POST' && address.query.has('delete')) return [one(asked, 'delete', 'unknown', 'a list of objects')];
  if (method === 'POST' && address.query.has('select')) return [one(asked, 'read', 'bounded')];
  return [
    isBucket && method === 'PUT'
      ? one(asked, 'infra_create', 'one', 'a bucket')
      : one(asked, 'export', 'one', 'puts an object into a bucket'),
  ];
}
