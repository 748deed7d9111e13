/** Infrastructure as code beside Terraform: pulumi, cdk, serverless, ansible, packer, vagrant, salt, chef and puppet. */
import type { Program } from '../program.ts';
import { service } from './by-verb.ts';

const ANSIBLE = `-i|--inventory= -l|--limit= -e|--extra-vars= -t|--tags= --skip-tags= -u|--user= -k|--ask-pass -K|--ask-become-pass -b|--become --become-user=
  --become-method= -c|--connection= -f|--forks= -T|--timeout= --private-key|--key-file= --vault-password-file|--vault-pass-file= --vault-id= -J|--ask-vault-pass -C|--check -D|--diff --syntax-check
  --list-hosts --list-tasks --list-tags --start-at-task= --step --flush-cache --force-handlers -M|--module-path= -v -vv -vvv -vvvv`;

/** Modules of `ansible -m` that only look. */
const LOOKS =
  'ping|setup|debug|stat|gather_facts|slurp|find|assert|getent|service_facts|package_facts|win_ping|wait_for|command_facts|ansible.builtin.ping|ansible.builtin.setup|ansible.builtin.stat|ansible.builtin.debug';
const SHELLS = 'shell|command|raw|win_shell|win_command|ansible.builtin.shell|ansible.builtin.command|ansible.builtin.raw';

/** `ansible hosts -m module -a arguments`; the module is `command` when none is named. */
const AD_HOC: Program = {
  names: ['ansible'],
  options: `--help|-h --version ${ANSIBLE} -m|--module-name= -a|--args= -o|--one-line -B|--background= -P|--poll=`,
  otherOptions: 'harmless',
  does: [
    { kind: 'read', when: `-m=${LOOKS}`, on: '0', type: 'host', evenWithout: true },
    { kind: 'read', when: '--list-hosts', on: '0', type: 'host', evenWithout: true },
    {
      kind: 'network',
      when: `-m=${SHELLS} !--list-hosts`,
      on: '0',
      type: 'host',
      evenWithout: true,
      why: 'runs on other machines',
    },
    { kind: 'network', when: '!-m -a !--list-hosts', on: '0', type: 'host', evenWithout: true, why: 'runs on other machines' },
    {
      kind: 'infra_change',
      when: `-m !-m=${LOOKS} !-m=${SHELLS} !--list-hosts !-C !--help`,
      on: '0',
      type: 'host',
      scope: 'unknown',
      evenWithout: true,
      why: 'a module that changes the machines',
    },
  ],
  runs: [
    { as: 'shell', from: '-a', when: `-m=${SHELLS} !--list-hosts`, at: { type: 'host', on: '0' } },
    { as: 'shell', from: '-a', when: '!-m !--list-hosts', at: { type: 'host', on: '0' } },
  ],
};

export const IAC: readonly Program[] = [
  AD_HOC,
  service({
    names: 'pulumi',
    options:
      '-s|--stack= -C|--cwd= --config= -t|--target= -r|--refresh? -y|--yes -m|--message= -p|--parallel= --color= -j|--json -f|--skip-preview -e|--exec-kind= --plan= --policy-pack= --file= --shell= --fully-qualify-stack-names --preview-only --show-secrets? --value-from=',
    paths: {
      'preview|pre|about|about env|whoami|stack|stack ls|stack graph|stack history|history|logs|stack output|stack tag ls|stack tag get|config|config get|plugin ls|policy ls|policy group ls|org|org get-default|org search|org search ai|schema check|package get-schema|package info|env ls|env diff|env version|env version history|env tag ls|deployment settings get|project ls|template ls|gen-completion|view-trace|version|help':
        'read',
      'env get|env open|env run': 'secret_read',
      'stack export': 'secret_read',
      'up|update': 'infra_change',
      'refresh|import|watch|stack import|state move|state rename|state repair|state unprotect|state protect|state taint|state untaint|state upgrade|stack change-secrets-provider|stack rename|stack tag set|config refresh':
        'infra_change',
      'destroy|down|dn': 'infra_destroy unbounded: everything in the stack',
      'state delete': 'infra_destroy: forgotten, no longer managed',
      'stack rm|stack remove': 'infra_destroy unbounded',
      'env rm|stack tag rm|plugin rm|plugin remove|env version rollback|policy rm|policy disable|env tag rm|env version retract|config rm|config rm-all':
        'infra_destroy',
      'config set|config set-all|config cp|stack select|stack init|stack unselect|new|org set-default|env init|env set|env edit|env clone|policy new|policy enable|policy publish':
        'config_change',
      'plugin install|plugin run|install|package add|package publish': 'code_execution: plugins are programs',
      'login|logout': 'identity_change',
      cancel: 'process_control',
      'deployment run': 'infra_change',
    },
    rehearsal: '--preview-only',
    flags: { '--show-secrets': 'secret_read', '--policy-pack': 'code_execution: policy packs are programs' },
  }),
  service({
    names: 'cdk cdklocal cdktf awscdk',
    options:
      '-a|--app= --profile= -c|--context= -o|--output= --require-approval= --all -f|--force -e|--exclusively --role-arn|-r= --toolkit-stack-name= --outputs-file= --parameters= -v --region=',
    paths: {
      'list|ls|synth|synthesize|diff|doctor|docs|metadata|notices|acknowledge|context|get|output|provider list': 'read',
      'deploy|watch|import|refactor|rollback|migrate': 'infra_change',
      bootstrap: 'infra_create',
      destroy: 'infra_destroy unbounded: the stacks and all in them',
      gc: 'infra_destroy',
      'init|convert': 'write',
    },
    flags: { '-a': 'code_execution: the app is a program', '--role-arn': 'identity_change: acts by another role' },
  }),
  service({
    names: 'serverless sls chalice zappa sst amplify up architect arc claudia',
    options:
      '-s|--stage= -r|--region= --aws-profile= --profile= -f|--function= -c|--config= --stack-name= -t|--template= --force --s3-bucket= -n|--name=',
    paths: {
      'info|print|package|metrics|logs|list|validate|deploy list|traces|status|build|diff|env list': 'read',
      'deploy|publish|update|sync|rollback|push|pull': 'infra_change',
      'deploy function': 'infra_change',
      'remove|undeploy|delete|destroy': 'infra_destroy unbounded: the stack and all in it',
      'invoke|invoke local|local invoke|local start-api|local start-lambda|remote invoke|manage': 'code_execution',
      'offline|dev': 'network',
      'plugin install|plugin uninstall': 'code_execution: plugins are programs',
      'init|create|add|configure': 'write',
      'rollback function': 'infra_change',
    },
  }),
  service({
    names: 'ansible-playbook',
    options: ANSIBLE,
    ownVerbsOnly: true,
    otherwise: 'code_execution unknown: what the playbook does is not in this text',
    rehearsal: '-C|--check|--syntax-check|--list-hosts|--list-tasks|--list-tags',
  }),
  service({
    names: 'ansible-pull',
    options: `${ANSIBLE} -U|--url= -d|--directory= -C|--checkout=`,
    ownVerbsOnly: true,
    bare: 'code_execution unbounded: runs a playbook from the network',
    otherwise: 'code_execution unbounded: runs a playbook from the network',
  }),
  service({
    names: 'ansible-inventory',
    options: `${ANSIBLE} --list --host= --graph --export -y|--yaml --toml --output=`,
    ownVerbsOnly: true,
    bare: 'read',
    otherwise: 'read',
  }),
  service({
    names: 'ansible-doc ansible-lint molecule-lint',
    options: `${ANSIBLE} -t|--type= -l|--list -F|--list_files -j|--json -s|--snippet`,
    ownVerbsOnly: true,
    bare: 'read',
    otherwise: 'read',
  }),
  service({
    names: 'ansible-config',
    options: '-c|--config= -t|--type= -f|--format=',
    paths: { 'list|dump|view|validate': 'read', init: 'read' },
  }),
  service({
    names: 'ansible-galaxy',
    options:
      '-p|--roles-path|--collections-path= -r|--requirements-file|--role-file= -s|--server= --token|--api-key= -f|--force -v',
    paths: {
      'role list|role search|role info|collection list|collection verify|list|search|info': 'read',
      'role init|collection init|collection build|init': 'write',
      'role install|collection install|install|collection download': 'code_execution: roles run where they are used',
      'role remove|remove': 'delete unknown: a folder of the roles',
      'role delete|delete': 'infra_destroy',
      'collection publish|role import|import|role setup|setup': 'export',
    },
    flags: { '-s': 'network: another server than the one that is set up' },
  }),
  service({
    names: 'ansible-vault',
    options:
      '--vault-password-file|--vault-pass-file= --vault-id= --encrypt-vault-id= --output= -n|--name= --new-vault-password-file= --new-vault-id= -J|--ask-vault-pass -p|--prompt',
    paths: { 'view|decrypt|edit': 'secret_read', 'encrypt|encrypt_string|create|rekey': 'write' },
  }),
  service({
    names: 'ansible-console',
    options: ANSIBLE,
    bare: 'code_execution: what is done in it is not in this text',
    ownVerbsOnly: true,
    otherwise: 'code_execution: what is done in it is not in this text',
  }),
  service({
    names: 'packer',
    options: '-var= -var-file= -only= -except= -force -on-error= -parallel-builds= -machine-readable',
    paths: {
      build: 'infra_create',
      'validate|inspect|fmt|version|plugins installed|plugins required|hcl2_upgrade': 'read',
      'init|plugins install': 'code_execution: plugins are programs',
      'plugins remove': 'config_change',
      console: 'read',
    },
  }),
  service({
    names: 'vagrant',
    runs: [{ as: 'shell', from: '-c', when: '@0=ssh' }],
    options: '--provider= --provision-with= -f|--force -g|--graceful --debug --machine-readable -c|--command= -h|--host=',
    paths: {
      'status|global-status|box list|box outdated|plugin list|port|ssh-config|validate|version|snapshot list|winrm-config|cap':
        'read',
      'up|provision|reload|box add|box update|init|snapshot save|snapshot push|package': 'infra_create',
      'halt|suspend|resume': 'process_control',
      destroy: 'infra_destroy unbounded: the machine with its disks',
      'box remove|box prune|snapshot delete|snapshot pop': 'infra_destroy',
      'snapshot restore|box repackage': 'infra_change',
      'ssh|winrm|powershell|rdp': 'code_execution: a shell in a machine',
      'plugin install|plugin update|plugin uninstall|plugin repair': 'code_execution: plugins are programs',
      'share|connect|rsync|rsync-auto|upload': 'network',
      'login|cloud auth': 'identity_change',
      'cloud publish': 'export',
    },
  }),
  service({
    names: 'salt salt-call salt-ssh salt-run salt-key salt-cp',
    options:
      '-t|--timeout= -C|--compound -G|--grain -L|--list -E|--pcre -N|--nodegroup= --out= -l|--log-level= -c|--config-dir= --local -d|--delete= -D|--delete-all -a|--accept= -A|--accept-all -r|--reject= -R|--reject-all',
    ownVerbsOnly: true,
    paths: {
      'test.ping|test.version|grains.items|grains.item|pillar.items|sys.doc|manage.status|manage.up|manage.down|jobs.list_jobs|jobs.active':
        'read',
    },
    bare: 'read',
    otherwise: 'code_execution unknown: runs on other machines',
    flags: {
      '-D': 'infra_destroy unbounded',
      '-d': 'infra_destroy',
      '-a': 'privilege_change',
      '-A': 'privilege_change unbounded',
      '-r': 'privilege_change',
      '-R': 'privilege_change unbounded',
    },
  }),
  service({
    names: 'puppet',
    options: '--noop --test -t -e|--execute= --environment= --server= --modulepath=',
    paths: {
      'apply|agent|device|resource': 'code_execution unknown: makes the machine what the manifest says',
      'config print|facts|facts show|lookup|module list|module search|node find|parser validate|epp validate|help|describe|doc|ssl show|resource package|cert list':
        'read',
      'module install|module upgrade': 'code_execution: modules run where they are used',
      'module uninstall|node clean|node purge|node deactivate|ssl clean|cert clean|cert revoke': 'infra_destroy',
      'config set|config delete': 'config_change',
      'cert sign|ssl bootstrap|ssl submit_request': 'privilege_change',
    },
    rehearsal: '--noop',
  }),
  service({
    names: 'knife chef',
    options: '-c|--config= -y|--yes -F|--format= -E|--environment= -z|--local-mode -s|--server-url= -k|--key= -u|--user=',
    paths: {
      'ssh|winrm|exec|bootstrap': 'code_execution: runs on other machines',
      'data bag show|vault show': 'secret_read',
      'node list|node show|role list|role show|cookbook list|cookbook show|environment list|environment show|status|search|client list|client show|data bag list':
        'read',
      'download|cookbook download': 'read',
    },
    flags: { '-s': 'network: another server than the one that is set up' },
  }),
  service({
    names: 'chef-client chef-solo chef-apply cinc-client',
    options: '-o|--override-runlist= -j= -c= -z|--local-mode -W|--why-run',
    ownVerbsOnly: true,
    bare: 'code_execution unknown: what the recipes do is not in this text',
    otherwise: 'code_execution unknown: what the recipes do is not in this text',
    rehearsal: '-W',
  }),
  service({
    names:
      'tfsec checkov terrascan infracost driftctl kics conftest regula cfn-lint cfn_nag cfn_nag_scan tfswitch-list rover inframap terraform-docs-check',
    options: '-d|--directory= -f|--file= -o|--output= --path= --format= --framework= --policy= -p= --config=',

    bare: 'read',
    otherwise: 'read',
    paths: { 'configure set|auth login|comment post': 'config_change', 'push|upload': 'export' },
  }),
];
