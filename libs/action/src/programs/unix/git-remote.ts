/** git commands that talk to other repositories, and git's settings. */
import type { Command } from '../program.ts';
import { showing, subs } from './define.ts';
import { configured, pushed } from './git-refine.ts';

const REPO = { type: 'repository', name: 'git' } as const;

const FETCH =
  '--all --no-all --atomic --depth= --deepen= --shallow-since= --shallow-exclude= --unshallow --update-shallow --negotiation-tip= --negotiate-only --dry-run --write-fetch-head --no-write-fetch-head -f|--force -k|--keep --multiple --auto-maintenance --no-auto-maintenance --auto-gc --no-auto-gc --write-commit-graph --no-write-commit-graph --prefetch -p|--prune -P|--prune-tags -n|--no-tags --refetch --refmap= -t|--tags --recurse-submodules? -j|--jobs= --no-recurse-submodules --set-upstream --submodule-prefix= -u|--update-head-ok --upload-pack= -q|--quiet -v|--verbose --progress --no-progress -o|--server-option= --show-forced-updates --no-show-forced-updates -4|--ipv4 -6|--ipv6 --stdin -a|--append --porcelain --filter= --no-filter';

/** This program is run on the other side, or here for a local repository. */
const HELPERS = [
  {
    kind: 'code_execution',
    type: 'program',
    on: '--upload-pack',
    why: 'git runs this program to talk to the other side',
  },
  { kind: 'code_execution', type: 'program', on: '*', when: '@*^ext::', why: 'the address is a command' },
] as const;

export const GIT_REMOTE: Readonly<Record<string, Command>> = {
  fetch: {
    syntax: 'gnu',
    options: FETCH,
    does: [
      { kind: 'read', ...REPO, when: '--dry-run' },
      { kind: 'write', type: 'remote', on: '0', evenWithout: true, when: '!--dry-run' },
      ...HELPERS,
    ],
  },
  pull: {
    syntax: 'gnu',
    options: `${FETCH} --commit --no-commit --edit -e --no-edit --cleanup= --ff-only --ff --no-ff -S|--gpg-sign? --no-gpg-sign --log? --no-log --signoff --no-signoff --stat --no-stat --squash --no-squash --verify --no-verify -s|--strategy= -X|--strategy-option= --verify-signatures --no-verify-signatures --summary --no-summary --autostash --no-autostash --allow-unrelated-histories -r|--rebase? --no-rebase --compact-summary`,
    does: [
      { kind: 'write', type: 'remote', on: '0', evenWithout: true, why: 'brings the other side’s commits into the branch' },
      ...HELPERS,
    ],
  },
  clone: {
    syntax: 'gnu',
    options:
      '-l|--local --no-hardlinks -s|--shared --reference= --reference-if-able= --dissociate -q|--quiet -v|--verbose --progress --server-option= -n|--no-checkout --reject-shallow --no-reject-shallow --bare --sparse --filter= --also-filter-submodules --mirror -o|--origin= -b|--branch= --revision= -u|--upload-pack= --template= -c|--config= --depth= --shallow-since= --shallow-exclude= --single-branch --no-single-branch --tags --no-tags --recurse-submodules|--recursive? --shallow-submodules --no-shallow-submodules --remote-submodules --no-remote-submodules --separate-git-dir= --ref-format= -j|--jobs= --bundle-uri= -4|--ipv4 -6|--ipv6',
    does: [
      { kind: 'read', type: 'url', on: '0' },
      { kind: 'write', on: '1', scope: 'bounded' },
      { kind: 'write', name: '.', scope: 'bounded', when: '#=1' },
      { kind: 'code_execution', type: 'program', on: '-u', why: 'git runs this program to talk to the other side' },
      { kind: 'code_execution', type: 'program', on: '0', when: '@0^ext::', why: 'the address is a command' },
      { kind: 'code_execution', type: 'folder', on: '--template', why: 'hooks come with the template' },
      { kind: 'write', on: '--separate-git-dir' },
    ],
    refine: configured,
  },
  push: {
    syntax: 'gnu',
    options:
      '--all --branches --prune --mirror -n|--dry-run --porcelain -d|--delete --tags --follow-tags --no-follow-tags --signed? --no-signed --atomic --no-atomic -o|--push-option= --receive-pack|--exec= --force-with-lease? --no-force-with-lease --force-if-includes --no-force-if-includes -f|--force --no-force --repo= -u|--set-upstream --thin --no-thin -q|--quiet -v|--verbose --progress --no-progress --no-recurse-submodules --recurse-submodules? --verify --no-verify -4|--ipv4 -6|--ipv6',
    refine: pushed,
  },
  remote: {
    syntax: 'gnu',
    otherOptions: 'harmless',
    options: '-v|--verbose -t= -m= -f --tags --no-tags --mirror? --add --delete --push --all -n|--dry-run',
    bare: showing('remotes'),
    sub: {
      ...subs('show get-url', showing('remotes')),
      ...subs('update prune', { does: [{ kind: 'write', type: 'remote', on: '*', evenWithout: true }] }),
      ...subs('rename set-head set-branches', { does: [{ kind: 'write', type: 'remote', on: '*' }] }),
      add: { does: [{ kind: 'config_change', type: 'remote', on: '*', why: 'a place that pushes and fetches can go to' }] },
      'set-url': { does: [{ kind: 'config_change', type: 'remote', on: '*', why: 'pushes and fetches go elsewhere' }] },
      ...subs('remove rm', { does: [{ kind: 'config_change', type: 'remote', on: '0' }] }),
    },
  },
  config: {
    syntax: 'gnu',
    options:
      '--global --system --local --worktree -f|--file= --blob= --get --get-all --get-regexp --get-urlmatch --replace-all --add --unset --unset-all --rename-section --remove-section -l|--list -e|--edit --fixed-value --type= --bool --int --bool-or-int --bool-or-str --path --expiry-date --no-type -z|--null --name-only --includes --no-includes --show-origin --show-scope --get-color --get-colorbool --default= --all --regexp --append --value= --url= --comment=',
    refine: configured,
  },
  'send-email': {
    syntax: 'gnu',
    otherOptions: 'harmless',
    does: [{ kind: 'export', on: '*', evenWithout: true, why: 'mails patches' }],
  },
  'request-pull': { syntax: 'gnu', otherOptions: 'harmless', does: [{ kind: 'read', ...REPO }] },
  credential: {
    syntax: 'gnu',
    sub: {
      fill: { does: [{ kind: 'secret_read', type: 'credential', name: 'git' }] },
      ...subs('approve reject', { does: [{ kind: 'write', type: 'credential', name: 'git' }] }),
      capability: showing('git'),
    },
  },
  ...subs('credential-store credential-cache', {
    syntax: 'gnu',
    otherOptions: 'harmless',
    does: [{ kind: 'secret_read', type: 'credential', name: 'git' }],
  }),
  lfs: {
    syntax: 'gnu',
    otherOptions: 'harmless',
    options: '-f|--force --everything --all --yes',
    bare: showing('git lfs'),
    sub: {
      ...subs('ls-files status env logs locks version pointer fsck', showing('git lfs')),
      ...subs('install update uninstall', { does: [{ kind: 'config_change', type: 'repository', name: 'filters of git lfs' }] }),
      ...subs('track untrack checkout fetch pull lock unlock dedup', { does: [{ kind: 'write', ...REPO }] }),
      push: { does: [{ kind: 'write', type: 'remote', on: '0' }] },
      prune: { does: [{ kind: 'delete', ...REPO, name: 'old large files', scope: 'unknown' }] },
      migrate: {
        sub: {
          info: showing('git lfs'),
          ...subs('import export', {
            does: [{ kind: 'history_rewrite', ...REPO, scope: 'unbounded', why: 'writes every commit anew' }],
          }),
        },
      },
    },
  },
  daemon: {
    syntax: 'gnu',
    otherOptions: 'harmless',
    does: [{ kind: 'network', type: 'listener', name: 'git daemon', why: 'serves repositories to others' }],
  },
  ...subs('http-backend instaweb shell upload-pack receive-pack upload-archive', {
    syntax: 'gnu',
    otherOptions: 'harmless',
    does: [{ kind: 'network', type: 'listener', name: 'git', why: 'serves the repository to others' }],
  }),
  svn: {
    syntax: 'gnu',
    otherOptions: 'harmless',
    sub: {
      ...subs('log info blame find-rev show-ignore proplist', showing('svn')),
      ...subs('fetch clone init rebase', { does: [{ kind: 'write', ...REPO }] }),
      ...subs('dcommit commit-diff set-tree', { does: [{ kind: 'write', type: 'remote', name: 'svn' }] }),
    },
  },
};
