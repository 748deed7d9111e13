/** git commands that make history, move it and throw it away. */
import type { Command } from '../program.ts';
import { subs } from './define.ts';
import { resetTo } from './git-refine.ts';

const REPO = { type: 'repository', name: 'git' } as const;
const UNFINISHED = '--continue --skip --abort --quit --edit-todo --show-current-patch?';

export const GIT_HISTORY: Readonly<Record<string, Command>> = {
  commit: {
    syntax: 'gnu',
    options:
      '-a|--all -p|--patch -C|--reuse-message= -c|--reedit-message= --fixup= --squash= --reset-author --short --branch --porcelain --long -z|--null -F|--file= --author= --date= -m|--message= -t|--template= -s|--signoff --no-signoff --trailer= -n|--no-verify --verify --allow-empty --allow-empty-message --cleanup= -e|--edit --no-edit --amend --no-post-rewrite -i|--include -o|--only --pathspec-from-file= --pathspec-file-nul -u|--untracked-files? -v|--verbose -q|--quiet --dry-run --status --no-status -S|--gpg-sign? --no-gpg-sign',
    does: [
      { kind: 'read', ...REPO, when: '--dry-run' },
      { kind: 'write', ...REPO, reversible: 'yes', when: '!--dry-run !--amend' },
      {
        kind: 'write',
        ...REPO,
        reversible: 'yes',
        when: '--amend !--dry-run',
        why: 'puts a new commit in the place of the last one, which stays in the reflog',
      },
      { kind: 'read', on: '-F' },
    ],
  },
  ...subs('merge cherry-pick revert am', {
    syntax: 'gnu',
    options: `${UNFINISHED} -e|--edit --no-edit --cleanup= -x -n|--no-commit|--no-stat -m|--mainline|--message= -F|--file= -s|--strategy= -X|--strategy-option= -S|--gpg-sign? --no-gpg-sign --ff --no-ff --ff-only --squash --no-squash --commit --stat --log? --no-log --signoff --no-signoff --verify --no-verify --verify-signatures --no-verify-signatures --summary --no-summary --rerere-autoupdate --no-rerere-autoupdate --allow-unrelated-histories --allow-empty --allow-empty-message --keep-redundant-commits --empty= --autostash --no-autostash --overwrite-ignore --no-overwrite-ignore --progress --no-progress -q|--quiet -v|--verbose -3|--3way -p= -C= -k|--keep -b -u|--utf8 -c|--scissors -i|--interactive --directory= --exclude= --include= --whitespace= --reject --patch-format= -r|--resolved --into-name= --compact-summary`,
    does: [
      { kind: 'write', ...REPO, reversible: 'yes', when: '!--abort' },
      { kind: 'write', ...REPO, when: '--abort', why: 'back to where it was before' },
    ],
  }),
  rebase: {
    syntax: 'gnu',
    options: `${UNFINISHED} --onto= --keep-base -m|--merge -q|--quiet -v|--verbose -n|--no-stat --stat --no-verify --verify -C= --no-ff|--force-rebase|-f --fork-point --no-fork-point --ignore-whitespace --whitespace= --committer-date-is-author-date --ignore-date|--reset-author-date --signoff -i|--interactive -r|--rebase-merges? --no-rebase-merges -x|--exec= --root --autosquash --no-autosquash --autostash --no-autostash --reschedule-failed-exec --no-reschedule-failed-exec --update-refs --no-update-refs -s|--strategy= -X|--strategy-option= -S|--gpg-sign? --no-gpg-sign --empty= --reapply-cherry-picks --no-reapply-cherry-picks --apply -k|--keep-empty --no-keep-empty --allow-empty-message`,
    does: [
      { kind: 'write', ...REPO, reversible: 'yes', when: '!--root', why: 'writes commits anew; the old ones stay in the reflog' },
      { kind: 'history_rewrite', ...REPO, scope: 'unbounded', when: '--root', why: 'writes every commit anew' },
    ],
    runs: [{ as: 'shell', from: '-x' }],
  },
  reset: {
    syntax: 'gnu',
    options:
      '-q|--quiet --no-quiet --mixed --soft --hard --merge --keep --refresh --no-refresh -p|--patch -N|--intent-to-add --recurse-submodules? --no-recurse-submodules --pathspec-from-file= --pathspec-file-nul -U= --inter-hunk-context=',
    refine: resetTo,
  },
  branch: {
    syntax: 'gnu',
    options:
      '-d|--delete -D -m|--move -M -c|--copy -C -f|--force -a|--all -r|--remotes -l|--list --show-current -v|--verbose -vv -q|--quiet -t|--track? --no-track --set-upstream -u|--set-upstream-to= --unset-upstream --edit-description --contains? --no-contains? --merged? --no-merged? --sort= --points-at= --format= --color? --no-color --column? --no-column --abbrev? --no-abbrev -i|--ignore-case --omit-empty --create-reflog --recurse-submodules',
    does: [
      { kind: 'read', ...REPO, when: '#=0 !-d !-D !-m !-M !-c !-C' },
      { kind: 'read', ...REPO, when: '-a|-r|-l|--contains|--merged|--no-merged|--no-contains !-d !-D' },
      {
        kind: 'write',
        type: 'branch',
        on: '*',
        when: '!-d !-D !-M !-C !-f !-a !-r !-l !--contains !--merged !--no-merged !--no-contains',
      },
      { kind: 'delete', type: 'branch', on: '*', reversible: 'yes', when: '-d !-f !-D', why: 'only where it is merged' },
      { kind: 'history_rewrite', type: 'branch', on: '*', when: '-D', why: 'throws a branch away, merged or not' },
      { kind: 'history_rewrite', type: 'branch', on: '*', when: '-d -f !-D', why: 'throws a branch away, merged or not' },
      {
        kind: 'history_rewrite',
        type: 'branch',
        on: '*',
        when: '-M|-C|-f !-d !-D',
        why: 'puts a branch somewhere else, over what is there',
      },
    ],
  },
  tag: {
    syntax: 'gnu',
    options:
      '-a|--annotate -s|--sign --no-sign -u|--local-user= -f|--force -d|--delete -v|--verify -n? -l|--list --sort= --color? -i|--ignore-case --omit-empty --column? --no-column --contains? --no-contains? --merged? --no-merged? --points-at= -m|--message= -F|--file= --trailer= -e|--edit --cleanup= --create-reflog --format=',
    does: [
      { kind: 'read', ...REPO, when: '#=0' },
      { kind: 'read', ...REPO, when: '-l|-v|-n|--contains|--merged|--points-at' },
      { kind: 'write', type: 'tag', on: '0', when: '!-l !-v !-d !-f !--contains !--merged !--points-at' },
      { kind: 'delete', type: 'tag', on: '*', when: '-d' },
      { kind: 'history_rewrite', type: 'tag', on: '0', when: '-f !-d', why: 'moves a tag that others may have' },
    ],
  },
  reflog: {
    syntax: 'gnu',
    otherOptions: 'harmless',
    options: '--expire= --expire-unreachable= --all -n|--dry-run -#',
    bare: { does: [{ kind: 'read', ...REPO }] },
    sub: {
      ...subs('show list exists', { does: [{ kind: 'read', ...REPO }] }),
      ...subs('expire delete drop', {
        does: [
          {
            kind: 'history_rewrite',
            type: 'repository',
            name: 'reflog',
            scope: 'unknown',
            when: '!-n',
            why: 'forgets the way back to lost commits',
          },
          { kind: 'read', ...REPO, when: '-n' },
        ],
      }),
    },
    otherSub: { does: [{ kind: 'read', ...REPO }] },
  },
  gc: {
    syntax: 'gnu',
    options:
      '--aggressive --auto --detach --no-detach --cruft --no-cruft --max-cruft-size= --expire-to= --prune? --no-prune -q|--quiet --force --keep-largest-pack',
    does: [
      { kind: 'write', ...REPO, reversible: 'yes', why: 'packs objects', when: '!--prune=now|all' },
      { kind: 'history_rewrite', ...REPO, scope: 'unknown', when: '--prune=now|all', why: 'removes lost commits at once' },
    ],
  },
  prune: {
    syntax: 'gnu',
    options: '-n|--dry-run -v|--verbose --progress --expire=',
    does: [
      { kind: 'read', ...REPO, when: '-n' },
      { kind: 'history_rewrite', ...REPO, scope: 'unknown', when: '!-n', why: 'removes commits that nothing points at' },
    ],
  },
  'prune-packed': { syntax: 'gnu', otherOptions: 'harmless', does: [{ kind: 'write', ...REPO }] },
  'filter-branch': {
    syntax: 'gnu',
    options:
      '-f|--force --setup= --subdirectory-filter= --env-filter= --tree-filter= --index-filter= --parent-filter= --msg-filter= --commit-filter= --tag-name-filter= --prune-empty --original= -d= --state-branch=',
    does: [{ kind: 'history_rewrite', ...REPO, scope: 'unbounded', why: 'writes every commit anew' }],
    runs: [
      { as: 'shell', from: '--setup' },
      { as: 'shell', from: '--env-filter' },
      { as: 'shell', from: '--parent-filter' },
      { as: 'shell', from: '--commit-filter' },
      { as: 'shell', from: '--tag-name-filter' },
      { as: 'shell', from: '--tree-filter' },
      { as: 'shell', from: '--index-filter' },
      { as: 'shell', from: '--msg-filter' },
    ],
  },
  'filter-repo': {
    syntax: 'gnu',
    otherOptions: 'harmless',
    does: [{ kind: 'history_rewrite', ...REPO, scope: 'unbounded', why: 'writes every commit anew' }],
  },
  replace: {
    syntax: 'gnu',
    otherOptions: 'harmless',
    options: '-l|--list -d|--delete -f',
    does: [
      { kind: 'read', ...REPO, when: '-l|#=0' },
      { kind: 'history_rewrite', type: 'commit', on: '0', when: '!-l' },
    ],
  },
  bisect: {
    syntax: 'posix',
    otherOptions: 'harmless',
    sub: {
      ...subs('start bad good new old terms skip next reset replay', {
        does: [{ kind: 'write', ...REPO, reversible: 'yes', why: 'checks other commits out' }],
      }),
      ...subs('log view visualize help', { does: [{ kind: 'read', ...REPO }] }),
      run: { runs: [{ as: 'argv', from: '*' }] },
    },
  },
  notes: {
    syntax: 'gnu',
    otherOptions: 'harmless',
    options: '--ref= -m= -F= -f|--force',
    bare: { does: [{ kind: 'read', ...REPO }] },
    sub: {
      ...subs('list show get-ref', { does: [{ kind: 'read', ...REPO }] }),
      ...subs('add copy append edit merge', { does: [{ kind: 'write', ...REPO, name: 'notes' }] }),
      ...subs('remove prune', { does: [{ kind: 'delete', ...REPO, name: 'notes' }] }),
    },
  },
  rerere: {
    syntax: 'gnu',
    sub: {
      ...subs('status diff remaining', { does: [{ kind: 'read', ...REPO }] }),
      ...subs('clear forget gc', { does: [{ kind: 'delete', ...REPO, name: 'recorded resolutions' }] }),
    },
    bare: { does: [{ kind: 'write', ...REPO }] },
  },
  'format-patch': {
    syntax: 'gnu',
    otherOptions: 'harmless',
    options: '-o|--output-directory= --stdout -n -# --subject-prefix= --start-number= -v= --cover-letter --base=',
    does: [
      { kind: 'read', ...REPO },
      { kind: 'write', on: '-o', scope: 'bounded' },
      { kind: 'write', name: '*.patch', scope: 'bounded', when: '!-o !--stdout' },
    ],
  },
  maintenance: {
    syntax: 'gnu',
    otherOptions: 'harmless',
    sub: {
      ...subs('run unregister register is-needed', { does: [{ kind: 'write', ...REPO }] }),
      ...subs('start stop', {
        does: [{ kind: 'persistence', type: 'system', name: 'git maintenance', why: 'a timer in the background' }],
      }),
    },
  },
  repack: { syntax: 'gnu', otherOptions: 'harmless', does: [{ kind: 'write', ...REPO, why: 'packs objects' }] },
};
