/** terraform, OpenTofu and terragrunt: what each command does to infrastructure and to the state that stands for it. */
import type { Act, Command, Program } from '../program.ts';
import { acts, does, subs } from './shorthand.ts';

const OPTIONS = `--help|-help|-h -chdir= -version -var= -var-file= -target= -replace= -exclude= -out= -state= -state-out= -backup= -lock? -lock-timeout= -input? -parallelism= -json
  -no-color -compact-warnings -refresh? -refresh-only -destroy -auto-approve -detailed-exitcode -generate-config-out= -upgrade -reconfigure -migrate-state -force-copy
  -backend? -backend-config= -from-module= -get? -plugin-dir= -lockfile= -allow-missing -ignore-remote-version -dry-run -force -raw -check -diff -recursive -write? -list? -config= -concise
  -module-depth= -type= -draw-cycles -plan= -provider= -id= -filter= -verbose -test-directory= -cloud-run= -show-sensitive -or-create?`;

const TERRAGRUNT = `${OPTIONS} --terragrunt-config= --terragrunt-working-dir= --terragrunt-non-interactive --terragrunt-source= --terragrunt-iam-role= --terragrunt-include-dir= --terragrunt-exclude-dir= --terragrunt-parallelism= --terragrunt-tfpath= --terragrunt-download-dir= --terragrunt-log-level= --non-interactive --working-dir= --all -a --queue-include-dir= --queue-exclude-dir= --tf-path= --iam-assume-role=`;

const READ: Command = does('read', 'state');

/** `-destroy` and `-replace` change what apply does; a saved plan holds its own choice, which is not in this text. */
const APPLY: Command = {
  does: [
    ...acts('infra_change', 'plan', '!-destroy !-refresh-only #=0', '-target'),
    ...acts('infra_change unknown: what the saved plan does is not in this text', 'plan', '!-destroy #>0'),
    ...acts('infra_destroy unbounded: everything in the configuration', 'state', '-destroy !-target'),
    ...acts('infra_destroy', 'resource', '-destroy -target', '-target'),
    ...acts('infra_destroy', 'resource', '-replace', '-replace'),
    ...acts('infra_change', 'state', '-refresh-only'),
  ],
};

const PLAN: Command = {
  does: [
    ...acts('read', 'state'),
    ...acts('write', 'file', '-out', '-out'),
    ...acts('write', 'file', '-generate-config-out', '-generate-config-out'),
  ],
};

const SUBS: Readonly<Record<string, Command>> = {
  'version, help': { does: [{ kind: 'none' }] },
  'plan, validate, output, graph, providers, providers schema, providers lock, providers mirror, state list, workspace list, workspace show, metadata functions, get, modules':
    READ,
  plan: PLAN,
  show: READ,
  'state show': READ,
  'state pull': does('secret_read: the state holds secrets in clear', 'state'),
  output: {
    does: [...acts('read', 'output'), ...acts('secret_read', 'output', '-raw @0~password|secret|token|key|credential|private')],
  },
  fmt: { does: [...acts('read', 'file', '-check|-diff|-write=false'), ...acts('write', 'file', '!-check !-write=false')] },
  init: {
    does: [
      ...acts('write', 'file'),
      ...acts('config_change: moves the state', 'state', '-migrate-state|-force-copy|-reconfigure'),
      ...acts('config_change', 'state', '-backend-config', '-backend-config'),
      { kind: 'code_execution', when: '-plugin-dir', on: '-plugin-dir', type: 'folder', why: 'providers are programs' },
    ],
  },
  apply: APPLY,
  destroy: {
    does: [
      ...acts('infra_destroy unbounded: everything in the configuration', 'state', '!-target'),
      ...acts('infra_destroy', 'resource', '-target', '-target'),
    ],
  },
  refresh: does('infra_change: rewrites the state', 'state'),
  import: does('infra_change: takes over existing infrastructure', 'resource'),
  'taint, untaint': does('infra_change: what is tainted is destroyed and made again', 'resource'),
  'state rm': does('infra_destroy: forgotten, no longer managed', 'resource', '', '!-dry-run'),
  'state mv, state replace-provider': does('infra_change', 'resource', '', '!-dry-run'),
  'state push': does('infra_change unbounded: overwrites the whole state', 'state'),
  'workspace new, workspace select': does('config_change', 'workspace'),
  'workspace delete': does('infra_destroy unbounded', 'workspace'),
  'force-unlock': does("infra_change: takes away another run's lock", 'state'),
  console: does('read', 'state'),
  test: does('infra_create: tests make real infrastructure', 'state'),
  'login, logout': does('identity_change', 'host'),
};

/** terragrunt goes through many modules at once. */
const MANY: Readonly<Record<string, Command>> = {
  ...SUBS,
  'run-all plan|validate|output|init|show|fmt, run plan|validate|output|show, plan-all, output-all, validate-all, hclfmt, hcl fmt|validate, render, render-json, graph-dependencies, dag graph, terragrunt-info, info print, validate-inputs, list, find':
    READ,
  'run-all apply, apply-all, run apply, stack run, stack run apply': does('infra_change unbounded: every module below', 'state'),
  'run-all destroy, destroy-all, run destroy, stack run destroy': does('infra_destroy unbounded: every module below', 'state'),
  'backend bootstrap|migrate, stack generate, scaffold, catalog': does('write', 'file'),
  'backend delete': does('infra_destroy unbounded: the state itself', 'state'),
  exec: { syntax: 'posix', runs: [{ as: 'argv', from: '*' }] },
};

const PATHS: Act[] = [
  { kind: 'code_execution', when: '--terragrunt-tfpath|--tf-path', why: 'another program in place of terraform' },
  { kind: 'identity_change', when: '--terragrunt-iam-role|--iam-assume-role', why: 'acts by another role' },
];

export const TERRAFORM: readonly Program[] = [
  { names: ['terraform', 'tofu', 'tf'], options: OPTIONS, syntax: 'go', sub: subs(SUBS) },
  { names: ['terragrunt', 'tg'], options: TERRAGRUNT, syntax: 'go', sub: subs(MANY, PATHS) },
];
