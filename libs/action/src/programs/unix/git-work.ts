/** git commands that look, and the ones that change the work tree and the index. */
import type { Command } from '../program.ts';
import { subs } from './define.ts';
import { checkedOut, restored } from './git-refine.ts';

/** Looks at history, the index or the work tree, whatever else is asked for. */
const LOOKS: Command = {
  syntax: 'gnu',
  otherOptions: 'harmless',
  options: '-O= --output= --ext-diff --textconv --format= --pretty? -n= -# --no-index --contents= --upload-pack|--exec= -w|--web',
  does: [
    { kind: 'read', type: 'repository', name: 'git', when: '!--no-index' },
    { kind: 'read', on: '*', when: '--no-index' },
    { kind: 'read', on: '--contents' },
    { kind: 'code_execution', type: 'program', on: '--upload-pack', why: 'git runs this program to talk to the other side' },
    { kind: 'code_execution', type: 'program', on: '*', when: '@*^ext::', why: 'the address is a command' },
    { kind: 'write', on: '--output' },
  ],
};

const REPO = { type: 'repository', name: 'git' } as const;

export const GIT_WORK: Readonly<Record<string, Command>> = {
  ...subs(
    'status log show diff blame annotate shortlog describe whatchanged ls-files ls-tree ls-remote rev-parse rev-list cat-file name-rev merge-base diff-tree diff-index diff-files for-each-ref show-ref show-branch count-objects cherry range-diff version check-ignore check-attr check-mailmap check-ref-format var verify-commit verify-tag verify-pack fsck help column get-tar-commit-id patch-id stripspace fmt-merge-msg merge-tree show-index diagnose fsck-objects',
    LOOKS,
  ),
  grep: {
    syntax: 'gnu',
    otherOptions: 'harmless',
    options: '-O|--open-files-in-pager? -e= -f= -A= -B= -C= --threads= -m= --max-depth= --color?',
    does: [
      { kind: 'read', ...REPO },
      { kind: 'code_execution', on: '-O', type: 'program', when: '-O', evenWithout: true, why: 'opens the files in a program' },
    ],
  },
  add: {
    syntax: 'gnu',
    options:
      '-n|--dry-run -v|--verbose -f|--force -i|--interactive -p|--patch -e|--edit --all|-A --no-all --ignore-removal --no-ignore-removal -u|--update --sparse -N|--intent-to-add --refresh --ignore-errors --ignore-missing --no-warn-embedded-repo --renormalize --chmod= --pathspec-from-file= --pathspec-file-nul',
    does: [{ kind: 'write', type: 'repository', name: 'index', when: '!-n' }],
  },
  stage: { syntax: 'gnu', otherOptions: 'harmless', does: [{ kind: 'write', type: 'repository', name: 'index' }] },
  mv: {
    syntax: 'gnu',
    options: '-f|--force -k -n|--dry-run -v|--verbose --sparse',
    does: [
      { kind: 'write', on: '*', when: '!-n' },
      { kind: 'delete', on: '-1', scope: 'unknown', when: '-f !-n', why: 'overwrites what stands there' },
    ],
  },
  rm: {
    syntax: 'gnu',
    options: '-f|--force -n|--dry-run -r --cached --ignore-unmatch --sparse -q|--quiet --pathspec-from-file= --pathspec-file-nul',
    does: [
      { kind: 'write', on: '*', when: '--cached !-n', why: 'only out of the index' },
      { kind: 'delete', on: '*', reversible: 'yes', when: '!--cached !-n !-f !-r', why: 'git still has the content' },
      { kind: 'delete', on: '* --pathspec-from-file', scope: 'unknown', when: '!--cached !-n -f|-r|--pathspec-from-file' },
    ],
  },
  clean: {
    syntax: 'gnu',
    options: '-d -f|--force -i|--interactive -n|--dry-run -q|--quiet -e|--exclude= -x -X',
    does: [
      { kind: 'read', ...REPO, when: '-n' },
      {
        kind: 'delete',
        on: '*',
        evenWithout: true,
        scope: 'unknown',
        when: '!-n',
        why: 'files that git does not know: nothing can bring them back',
      },
    ],
  },
  restore: {
    syntax: 'gnu',
    options:
      '-s|--source= -S|--staged -W|--worktree -p|--patch -q|--quiet --progress --no-progress --ours --theirs -m|--merge --conflict= --ignore-unmerged --ignore-skip-worktree-bits --recurse-submodules? --no-recurse-submodules --overlay --no-overlay --pathspec-from-file= --pathspec-file-nul -U= --inter-hunk-context=',
    refine: restored,
  },
  checkout: {
    syntax: 'gnu',
    options:
      '-q|--quiet --no-quiet --progress --no-progress -f|--force --no-force --ours|-2 --theirs|-3 -b= -B= -t|--track? --no-track --guess --no-guess -l -d|--detach --orphan= --ignore-skip-worktree-bits -m|--merge --conflict= -p|--patch -U|--unified= --inter-hunk-context= --ignore-other-worktrees --overwrite-ignore --no-overwrite-ignore --recurse-submodules? --no-recurse-submodules --overlay --no-overlay --pathspec-from-file= --pathspec-file-nul',
    refine: checkedOut,
  },
  switch: {
    syntax: 'gnu',
    options:
      '-c|--create= -C|--force-create= -d|--detach --guess --no-guess -f|--force|--discard-changes -m|--merge --conflict= -q|--quiet --progress --no-progress -t|--track? --no-track --orphan= --ignore-other-worktrees --recurse-submodules? --no-recurse-submodules --overwrite-ignore --no-overwrite-ignore',
    does: [
      { kind: 'write', type: 'branch', on: '* -c -C --orphan', evenWithout: true, when: '!-f' },
      {
        kind: 'delete',
        ...REPO,
        name: 'changes not committed',
        scope: 'unknown',
        when: '-f',
        why: 'throws away changes that were not committed',
      },
    ],
  },
  stash: {
    syntax: 'gnu',
    otherOptions: 'harmless',
    options: '-m|--message= -u|--include-untracked -a|--all -k|--keep-index -p|--patch -q|--quiet -S|--staged --index',
    bare: { does: [{ kind: 'write', type: 'repository', name: 'stash' }] },
    sub: {
      ...subs('push save apply pop store create branch import', { does: [{ kind: 'write', type: 'repository', name: 'stash' }] }),
      ...subs('list show export', { does: [{ kind: 'read', type: 'repository', name: 'stash' }] }),
      drop: {
        does: [{ kind: 'history_rewrite', type: 'stash', on: '*', evenWithout: true, why: 'throws stashed changes away' }],
      },
      clear: {
        does: [
          { kind: 'history_rewrite', type: 'stash', name: 'all', scope: 'unbounded', why: 'throws all stashed changes away' },
        ],
      },
    },
    otherSub: { does: [{ kind: 'opaque', why: 'not a command of git stash' }] },
  },
  init: {
    syntax: 'gnu',
    options: '-q|--quiet --bare --template= --separate-git-dir= --object-format= --ref-format= -b|--initial-branch= --shared?',
    does: [
      { kind: 'write', on: '0', evenWithout: true },
      { kind: 'code_execution', on: '--template', type: 'folder', why: 'hooks come with the template' },
    ],
  },
  'init-db': { does: [{ kind: 'write', on: '0', evenWithout: true }] },
  worktree: {
    syntax: 'gnu',
    options:
      '-f|--force -b= -B= -d|--detach --checkout --no-checkout --lock --orphan --guess-remote --no-guess-remote --track --no-track --reason= -q|--quiet -n|--dry-run -v|--verbose --expire= --porcelain -z --relative-paths',
    sub: {
      list: { does: [{ kind: 'read', ...REPO }] },
      ...subs('add lock unlock move repair', { does: [{ kind: 'write', on: '0', evenWithout: true }] }),
      prune: { does: [{ kind: 'write', ...REPO, name: 'worktrees' }] },
      remove: {
        does: [
          { kind: 'delete', on: '*', when: '!-f', reversible: 'unknown', why: 'only a clean work tree' },
          { kind: 'delete', on: '*', when: '-f', scope: 'unknown', why: 'with changes that were not committed' },
        ],
      },
    },
  },
  'sparse-checkout': {
    syntax: 'gnu',
    otherOptions: 'harmless',
    sub: {
      list: { does: [{ kind: 'read', ...REPO }] },
      ...subs('init set add reapply disable check-rules', { does: [{ kind: 'write', ...REPO }] }),
      clean: { does: [{ kind: 'delete', scope: 'unknown', ...REPO }] },
    },
  },
  apply: {
    syntax: 'gnu',
    otherOptions: 'harmless',
    options:
      '--stat --numstat --summary --check --apply -p= -C= --directory= --exclude= --include= --whitespace= --build-fake-ancestor= --unsafe-paths',
    does: [
      { kind: 'read', on: '*' },
      { kind: 'write', ...REPO, scope: 'bounded', when: '!--stat !--numstat !--summary !--check' },
      { kind: 'write', name: '/', scope: 'unknown', when: '--unsafe-paths', why: 'the patch may name files anywhere' },
    ],
  },
  archive: {
    syntax: 'gnu',
    options:
      '--format= -l|--list -v|--verbose --prefix= -o|--output= --add-file= --add-virtual-file= --worktree-attributes --remote= --exec= --mtime= -#',
    does: [
      { kind: 'read', ...REPO },
      { kind: 'write', on: '-o' },
      { kind: 'network', on: '--remote', type: 'host' },
      { kind: 'code_execution', on: '--exec', type: 'program', why: 'this program is run on the other side' },
    ],
  },
  bundle: {
    syntax: 'gnu',
    otherOptions: 'harmless',
    sub: {
      create: {
        does: [
          { kind: 'write', on: '0' },
          { kind: 'read', ...REPO },
        ],
      },
      ...subs('verify list-heads', { does: [{ kind: 'read', on: '0' }] }),
      unbundle: { does: [{ kind: 'write', ...REPO }] },
    },
  },
  difftool: DIFFERS(),
  mergetool: DIFFERS(),
  submodule: {
    syntax: 'gnu',
    otherOptions: 'harmless',
    options: '-b= -f|--force --name= --reference= --depth= -j= --all -q|--quiet --recursive',
    bare: { does: [{ kind: 'read', ...REPO }] },
    sub: {
      ...subs('status summary', { does: [{ kind: 'read', ...REPO }] }),
      ...subs('init update sync absorbgitdirs set-branch', {
        does: [
          { kind: 'write', ...REPO, name: 'submodules' },
          { kind: 'delete', ...REPO, name: 'changes in submodules', scope: 'unknown', when: '-f' },
        ],
      }),
      ...subs('add set-url', {
        does: [
          { kind: 'write', ...REPO, name: 'submodules' },
          { kind: 'config_change', type: 'repository', on: '*' },
        ],
      }),
      deinit: {
        does: [
          { kind: 'write', on: '*', when: '!-f' },
          { kind: 'delete', on: '*', evenWithout: true, scope: 'unknown', when: '-f' },
        ],
      },
      foreach: { syntax: 'posix', runs: [{ as: 'shell', from: '*' }] },
    },
  },
};

function DIFFERS(): Command {
  return {
    syntax: 'gnu',
    otherOptions: 'harmless',
    options: '-t|--tool= -x|--extcmd= -y|--no-prompt --tool-help -g|--gui -d|--dir-diff',
    does: [
      { kind: 'read', ...REPO },
      {
        kind: 'code_execution',
        type: 'program',
        on: '-t -x',
        evenWithout: true,
        when: '!--tool-help',
        why: 'runs a program on the files',
      },
    ],
    runs: [{ as: 'shell', from: '-x' }],
  };
}
