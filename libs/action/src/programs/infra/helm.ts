/** helm, kustomize and the small helpers of Kubernetes contexts. */
import type { Act, Command, Program } from '../program.ts';
import { flagActs, service } from './by-verb.ts';
import { withNamespace } from './named-places.ts';
import { acts, does, subs } from './shorthand.ts';

const OPTIONS = `--help|-h --kube-context= --kubeconfig= --kube-as-user= --kube-as-group= --kube-apiserver= --kube-token= --kube-ca-file= -n|--namespace=
  --debug? --registry-config= --repository-cache= --repository-config= --burst-limit= --qps= --kube-insecure-skip-tls-verify? --kube-tls-server-name=
  -f|--values= --set= --set-string= --set-file= --set-json= --set-literal= --version= --repo= --timeout= --wait? --wait-for-jobs? --atomic? -i|--install? --create-namespace?
  --dry-run? -o|--output= --description= --history-max= --post-renderer= --post-renderer-args= --username= --password= --ca-file= --cert-file= --key-file= --keyring=
  -a|--all -A|--all-namespaces --filter= -m|--max= --offset= -l|--selector= --revision= --keep-history --cascade= --no-hooks --force --reuse-values --reset-values
  -d|--destination= --untar --untardir= --app-version= --sign --key= -q|--short --show-resources --show-desc -s|--show-only= --api-versions= --kube-version= --output-dir= --template=`;

const LIVE = '!--dry-run=client|server|true|';

const INJECTED: Act[] = [
  ...flagActs('--kube-as-user', 'identity_change: acts as another user of the cluster'),
  ...flagActs('--kube-as-group', 'identity_change: acts as a member of another group'),
  ...flagActs('--kube-token', 'identity_change: brings credentials of its own'),
  ...['--kube-apiserver', '--kubeconfig'].map((option): Act => ({
    kind: 'network',
    when: option,
    on: option,
    type: 'host',
    why: 'another server than the one that is set up',
  })),
  {
    kind: 'code_execution',
    when: '--post-renderer',
    on: '--post-renderer',
    type: 'file',
    why: 'runs a program over the manifests',
  },
];

const READ: Command = does('read', 'release');

const HELM: Readonly<Record<string, Command>> = {
  // Plugins that nearly everybody has.
  'diff, diff upgrade|rollback|revision|release|version': READ,
  'secrets view|decrypt|edit': does('secret_read', 'file'),
  'secrets encrypt': does('write', 'file'),
  'list, ls, status, history, hist, search, search hub|repo, lint, env, verify, show, show all|chart|crds|readme|values, inspect, inspect all|chart|values':
    READ,
  'get, get all|hooks|manifest|metadata|notes, dependency list|ls, dep list|ls, repo list|ls, plugin list|ls, repo update|up':
    READ,
  'get values': READ,
  template: { does: [...acts('read', 'chart'), ...acts('write', 'file', '--output-dir', '--output-dir')] },
  'version, completion, help': { does: [{ kind: 'none' }] },
  'pull, fetch': { does: [...acts('read', 'chart'), ...acts('write', 'file', '', '-d')] },
  install: does('infra_create', 'release', '', LIVE),
  upgrade: does('infra_change', 'release', '', LIVE),
  rollback: does('infra_change', 'release', '', LIVE),
  'uninstall, delete, del, un': does('infra_destroy', 'release', '', LIVE),
  test: does('infra_create: runs the test pods of the chart', 'release'),
  'repo add|index, registry login|logout': does('config_change', 'repository'),
  'repo remove|rm': does('config_change', 'repository'),
  'dependency update|up|build, dep update|up|build, create, package': does('write', 'chart'),
  push: does('export', 'chart'),
  'plugin install|update': does('code_execution: plugins are programs', 'plugin'),
  'plugin uninstall|remove|rm': does('config_change', 'plugin'),
};

export const HELM_FAMILY: readonly Program[] = [
  { names: ['helm', 'helm3'], options: OPTIONS, refine: withNamespace, sub: subs(HELM, INJECTED) },
  service({
    names: 'helmfile',
    options:
      '-f|--file= -e|--environment= -l|--selector= -n|--namespace= --state-values-set= --kubeconfig= --kube-context= --log-level= -b|--helm-binary=',
    paths: {
      'list|diff|lint|template|status|build|write-values|fetch|deps|show-dag|cache info': 'read',
      'apply|sync|charts': 'infra_change unknown: what the file holds is not in this text',
      'destroy|delete': 'infra_destroy unbounded: every release of the file',
      test: 'infra_create',
      repos: 'config_change',
      init: 'code_execution: installs plugins',
    },
    flags: {
      '-b': 'code_execution: another program in place of helm',
      '--kubeconfig': 'network: another server than the one that is set up',
    },
  }),
  service({
    names: 'kustomize',
    options: '-o|--output= --helm-command= --load-restrictor= -e|--env= --mount= --reorder=',
    paths: {
      'build|cfg|cfg cat|cfg tree|cfg grep|cfg count|version|localize': 'read',
      'create|edit|edit add|edit set|edit remove|edit fix': 'write',
      'fn run': 'code_execution: runs functions in containers',
    },
    flags: {
      '--enable-exec': 'code_execution: plugins of the folder are run',
      '--enable-alpha-plugins': 'code_execution: plugins of the folder are run',
      '--helm-command': 'code_execution: another program in place of helm',
    },
  }),
  service({
    names: 'kubectx kubectl-ctx',
    options: '-c|--current -d= -u|--unset',
    ownVerbsOnly: true,
    bare: 'read',
    otherwise: 'config_change',
  }),
  service({
    names: 'kubens kubectl-ns',
    options: '-c|--current -f|--force',
    ownVerbsOnly: true,
    bare: 'read',
    otherwise: 'config_change',
  }),
  service({
    names: 'k9s',
    options: '-n|--namespace= -c|--command= --context= --kubeconfig= --readonly',
    bare: 'opaque: what is done in it is not in this text',
    ownVerbsOnly: true,
    paths: { 'info|version|completion': 'none' },
  }),
  service({
    names: 'stern kail',
    options: '-n|--namespace= -l|--selector= -c|--container= -s|--since= -o|--output= --context= --tail= --kubeconfig=',

    bare: 'read',
    otherwise: 'read',
  }),
  service({
    names: 'kubeconform kubeval kube-score polaris pluto popeye kube-linter kubent',

    bare: 'read',
    otherwise: 'read',
  }),
];
