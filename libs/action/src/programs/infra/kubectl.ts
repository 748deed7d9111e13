/** kubectl and the programs that take its words: what each verb does to a cluster, and which options point it elsewhere. */
import type { Act, Command, Program } from '../program.ts';
import { flagActs } from './by-verb.ts';
import { byManifest, byPart } from './kubectl-refine.ts';
import { withNamespace } from './named-places.ts';
import { acts, does, subs } from './shorthand.ts';

/** All options of the verbs, with those that every verb has first. Where a letter means something else, the verb says so. */
const OPTIONS = `--help|-h --as= --as-group= --as-uid= --cache-dir= --certificate-authority= --client-certificate= --client-key= --cluster=
  --context= --disable-compression? --insecure-skip-tls-verify? --kubeconfig= --match-server-version? -n|--namespace= --password=
  --profile= --profile-output= --request-timeout= -s|--server= --tls-server-name= --token= --user= --username= -v|--v= --vmodule=
  --warnings-as-errors? -f|--filename= -k|--kustomize= -R|--recursive? -l|--selector= -L|--label-columns= --field-selector= -o|--output=
  -A|--all-namespaces? --all? -w|--watch? --watch-only? --output-watch-events? --raw= --show-labels? --show-kind? --show-managed-fields?
  --sort-by= --no-headers? --ignore-not-found? --chunk-size= --subresource= --template= --server-print? --allow-missing-template-keys?
  --dry-run? --field-manager= --force? --force-conflicts? --server-side? --validate? --overwrite? --prune? --prune-allowlist= --applyset=
  --wait? --timeout= --grace-period= --now? --cascade? -i|--interactive? --save-config? --record? --edit? --resource-version=
  --replicas= --current-replicas= --min= --max= --cpu-percent= --image= --env= --port= --target-port= --protocol= --type= -p|--patch=
  --patch-file= --labels= --annotations= --command? --rm? --restart= --overrides= --override-type= --expose? -c|--container= --containers=
  --tail= --since= --since-time= --timestamps? --prefix? --max-log-requests= --limit-bytes= --all-containers? --all-pods? --delete-emptydir-data?
  --delete-local-data? --ignore-daemonsets? --disable-eviction? --skip-wait-for-delete-timeout= --pod-selector= --pod-running-timeout=
  --address= --to-revision= --revision= --from-literal= --from-file= --from-env-file= --clusterrole= --role= --verb= --resource=
  --resource-name= --serviceaccount= --group= --non-resource-url= --aggregation-rule= --hard= --scopes= --schedule= --from= --rule=
  --class= --default-backend= --cert= --key= --docker-server= --docker-username= --docker-password= --docker-email= --tcp= --node-port=
  --external-name= --clusterip= --external-ip= --load-balancer-ip= --session-affinity= --name= --duration= --audience= --bound-object-kind=
  --bound-object-name= --bound-object-uid= --for= --output-directory= --namespaces= --api-group= --api-version= --cached? --categories= --namespaced? --verbs=
  --max-depth= --no-preserve? --retries= --local? --list? --resolve? --limits= --requests= --prefix= --keys= --output-version=
  --minify? --flatten? --merge? --embed-certs? --exec-command= --exec-arg= --exec-api-version= --exec-env= --auth-provider= --auth-provider-arg=
  --client? --short? --windows-line-endings? --show-events? --target= --copy-to= --share-processes? --same-node? --set-image= --arguments-only? --profile-name= --custom=
  --enable-helm? --helm-command= --enable-exec? --enable-star? --enable-alpha-plugins? --network? --load-restrictor= --mount= --reorder= --subject= --remove-extra-permissions? --remove-extra-subjects? --concurrency= --disable-warnings? --types= --no-wait? --quiet? --detach-keys= --leave-stdin-open? -q -t|--tty? --stdin? --confirm?`;

/** A rehearsal, judged by its value: bare `--dry-run` is one, `--dry-run=none` and `=false` are not. */
const LIVE = '!--dry-run=client|server|true|unchanged|';

const INJECTED: Act[] = [
  ...flagActs('--as', 'identity_change: acts as another user of the cluster'),
  ...flagActs('--as-group', 'identity_change: acts as a member of another group'),
  ...flagActs('--as-uid', 'identity_change: acts as another user of the cluster'),
  ...flagActs('--token', 'identity_change: brings credentials of its own'),
  ...flagActs('--username', 'identity_change: brings credentials of its own'),
  ...flagActs('--client-key', 'identity_change: brings credentials of its own'),
  ...['-s', '--kubeconfig'].map((option): Act => ({
    kind: 'network',
    when: option,
    on: option,
    type: 'host',
    why: 'another server than the one that is set up',
  })),
  { kind: 'network', when: '!--insecure-skip-tls-verify=false --insecure-skip-tls-verify', why: 'the server is not checked' },
];

const READ: Command = does('read', 'kubernetes');
const CHANGE: Command = changes('infra_change', LIVE);
const CONFIG: Command = does('config_change', 'kubeconfig');

function changes(rule: string, when = LIVE, options = ''): Command {
  return { does: resources(rule, when), options };
}

/** `pod a b` names the kind and then the objects, `pod/a svc/b` both at once. */
function resources(rule: string, when: string): Act[] {
  return [
    ...acts(rule, 'kubernetes', `${when} @0~/`),
    ...acts(rule, 'kubernetes', `${when} !@0~/ #<2`),
    ...acts(rule, 'kubernetes', `${when} !@0~/ #>1`, '1..'),
  ];
}

/** What a manifest is applied from: known text is read, a file is not, an address even less. */
function fromManifest(kind: 'infra_create' | 'infra_change'): Command {
  return {
    does: [
      {
        kind,
        when: `${LIVE} !-f=-`,
        on: '-f -k',
        type: 'file',
        scope: 'unknown',
        why: 'what the manifest holds is not in this text',
      },
      { kind: 'network', when: '-f^http://|https://', on: '-f', type: 'url', why: 'the manifest comes from the network' },
      {
        kind: 'network',
        when: '-k^http://|https://|github.com',
        on: '-k',
        type: 'url',
        why: 'the manifest comes from the network',
      },
      {
        kind: 'infra_destroy',
        scope: 'unbounded',
        when: `${LIVE} --prune !--prune=false`,
        why: 'what the manifests do not name is removed',
      },
      {
        kind: 'infra_destroy',
        when: `${LIVE} --force`,
        scope: 'unknown',
        why: 'removed and made again where it cannot be changed',
      },
    ],
    runs: [{ as: { kind: 'kubernetes' }, when: `${LIVE} -f=-`, stdin: true }],
  };
}

/** Removing one of these removes what is in it, or the data that it stands for. */
const WIDE =
  '@0=ns|no|sc|all|@*^ns/|ns,|namespace|pv|persistentvolume|crd|customresourcedefinition|node|storageclass|volumesnapshot|apiservice|@*~,ns|,pv|,namespace|,crd|--all|-A';

/** The contrary, test by test. */
const NARROW = WIDE.split(/\|(?=[@-])/)
  .map((test) => `!${test}`)
  .join(' ');

const DELETE: Command = {
  refine: byManifest('delete'),
  does: [
    {
      kind: 'infra_destroy',
      when: `${LIVE} ${WIDE}`,
      on: '*',
      type: 'kubernetes',
      scope: 'unbounded',
      evenWithout: true,
      why: 'with everything in it',
    },
    ...resources('infra_destroy', `${LIVE} ${NARROW} !-l !-f !-k #>0`),
    { kind: 'infra_destroy', when: `${LIVE} -l !--all !-A`, on: '-l', type: 'selector', scope: 'bounded' },
    {
      kind: 'infra_destroy',
      when: `${LIVE} -f|-k`,
      on: '-f -k',
      type: 'file',
      scope: 'unknown',
      why: 'what the manifest holds is not in this text',
    },
    { kind: 'infra_destroy', when: `${LIVE} --raw`, on: '--raw', type: 'kubernetes', scope: 'unknown' },
  ],
};

const GET: Command = {
  does: [
    ...acts('read', 'kubernetes'),
    {
      kind: 'secret_read',
      when: '@0~secret|@*^secret/|secrets/ -o^json|yaml|jsonpath|go-template|template|custom-columns|--template',
      on: '*',
      type: 'kubernetes',
      why: 'this output holds the values',
    },
    { kind: 'secret_read', when: '--raw~secret', on: '--raw', type: 'kubernetes' },
    {
      kind: 'secret_read',
      when: '-f -o^json|yaml|jsonpath|go-template|custom-columns',
      on: '-f',
      type: 'file',
      why: 'may hold the values of secrets',
    },
  ],
};

const EXEC: Command = {
  options: '-i|--stdin? -t|--tty? -q|--quiet?',
  does: [{ kind: 'code_execution', when: '#<2', on: '0', type: 'container', why: 'a shell in a container' }],
  runs: [{ as: 'argv', when: '#>1', from: '1..', at: { type: 'container', on: '0' } }],
};

const VERBS: Readonly<Record<string, Command>> = {
  get: GET,
  'describe, explain, top, top pod|pods|node|nodes|no, diff, events, wait, api-resources, api-versions, cluster-info, cluster-info dump, version':
    READ,
  logs: { ...READ, options: '-f|--follow? -p|--previous? --ignore-errors?' },
  'completion, options, help, plugin, plugin list': { does: [{ kind: 'none' }] },
  'auth can-i|whoami': READ,
  'auth reconcile': changes('privilege_change'),
  'config view': {
    does: [...acts('read', 'kubeconfig', '!--raw'), ...acts('secret_read', 'kubeconfig', '--raw')],
    options: '--raw?',
  },
  'config current-context|get-contexts|get-clusters|get-users': does('read', 'kubeconfig'),
  'config use-context|use|set-context|set|set-cluster|unset|delete-context|delete-cluster|delete-user|rename-context': CONFIG,
  'config set-credentials': {
    does: [...acts('config_change', 'kubeconfig'), ...acts('code_execution', 'kubeconfig', '--exec-command', '--exec-command')],
  },
  kustomize: {
    does: [...acts('read', 'file'), ...acts('code_execution', 'file', '--enable-exec|--enable-alpha-plugins|--helm-command')],
  },
  convert: does('read', 'file'),
  create: fromManifest('infra_create'),
  'create namespace|ns|deployment|deploy|job|cronjob|cj|configmap|cm|service|svc|ingress|ing|quota|poddisruptionbudget|pdb|priorityclass|pc':
    changes('infra_create'),
  'create service clusterip|nodeport|loadbalancer|externalname, create serviceaccount|sa': changes('infra_create'),
  'create secret, create secret generic|tls|docker-registry': changes('infra_create'),
  'create clusterrolebinding|rolebinding|clusterrole|role': changes('privilege_change'),
  'create token': does('secret_read', 'serviceaccount'),
  apply: fromManifest('infra_change'),
  'apply view-last-applied, rollout status|history': READ,
  'apply set-last-applied|edit-last-applied': CHANGE,
  replace: fromManifest('infra_change'),
  patch: { ...CHANGE, refine: byPart('-p') },
  'edit, label, annotate, autoscale, taint, cordon, uncordon, rollout restart|undo|pause|resume': CHANGE,
  'set image|env|resources|selector': CHANGE,
  'set serviceaccount|sa|subject': changes('privilege_change'),
  expose: changes('infra_create'),
  scale: {
    does: [
      ...resources('infra_change', `${LIVE} !--replicas=0`),
      ...resources('infra_change: nothing of it is left running', `${LIVE} --replicas=0`),
    ],
  },
  run: {
    refine: byPart('--overrides'),
    does: [
      ...acts('infra_create', 'kubernetes', LIVE, '0'),
      { kind: 'code_execution', when: LIVE, on: '--image', type: 'image', why: 'runs a container image' },
    ],
  },
  drain: {
    does: [
      ...acts('infra_change bounded: moves everything off the node', 'node', LIVE),
      ...acts('process_control bounded', 'node', LIVE),
    ],
  },
  delete: DELETE,
  exec: EXEC,
  'attach, debug, alpha debug': does(
    'code_execution: a shell in a container',
    'container',
    '-i|--stdin? -t|--tty? -q|--quiet? --image=',
  ),
  cp: {
    does: [
      { kind: 'export', when: '@0~:', on: '0', type: 'container', why: 'data leaves the cluster' },
      { kind: 'write', when: '@0~:', on: '1', type: 'file' },
      { kind: 'read', when: '!@0~:', on: '0', type: 'file' },
      { kind: 'write', when: '@1~:', on: '1', type: 'container' },
    ],
  },
  'port-forward, proxy': does('network', 'port'),
  'certificate approve|deny': changes('privilege_change'),
};

export const KUBECTL: readonly Program[] = [
  {
    names: ['kubectl', 'k', 'kubecolor'],
    options: OPTIONS,
    refine: withNamespace,
    sub: subs(VERBS, INJECTED),
  },
  {
    names: ['oc'],
    options: OPTIONS,
    refine: withNamespace,
    sub: subs(
      {
        ...VERBS,
        'status, whoami, projects, project, registry info, image info, adm top, adm top pod|node|images, adm node-logs, adm inspect, adm must-gather, policy who-can, policy can-i':
          READ,
        'login, logout': does('identity_change', 'cluster'),
        'new-app, new-project, new-build, import-image, process': changes('infra_create'),
        'start-build, tag, rollback, idle, image mirror, adm cordon, adm uncordon, adm taint, adm upgrade': CHANGE,
        'adm drain': changes('infra_change bounded'),
        'adm prune, adm prune builds|deployments|images|groups|auth': changes('infra_destroy unbounded', '--confirm'),
        'policy add-role-to-user|add-role-to-group|remove-role-from-user|remove-role-from-group': changes('privilege_change'),
        'adm policy, adm policy add-scc-to-user|add-scc-to-group|add-cluster-role-to-user|add-cluster-role-to-group|add-role-to-user|remove-cluster-role-from-user|remove-scc-from-user':
          changes('privilege_change'),
        'rsh, rsync': does('code_execution: a shell in a container', 'container'),
        'extract, serviceaccounts get-token': does('secret_read', 'secret'),
      },
      INJECTED,
    ),
  },
];
