/** git: the global options and the commands that people type. What is behind single commands stands in the files beside. */
import type { Program } from '../program.ts';
import { each } from './define.ts';
import { GIT_HISTORY } from './git-history.ts';
import { GIT_PLUMBING } from './git-plumbing.ts';
import { gitConfigured } from './git-refine.ts';
import { GIT_REMOTE } from './git-remote.ts';
import { GIT_WORK } from './git-work.ts';

export const GIT: readonly Program[] = [
  {
    names: ['git', 'git.exe', 'hub'],
    syntax: 'posix',
    options:
      '-v|--version -h|--help -C= -c= --config-env= --exec-path? --html-path --man-path --info-path -p|--paginate -P|--no-pager --no-replace-objects --no-lazy-fetch --no-optional-locks --no-advice --bare --git-dir= --work-tree= --namespace= --super-prefix= --literal-pathspecs --glob-pathspecs --noglob-pathspecs --icase-pathspecs --list-cmds= --attr-source=',
    does: [{ kind: 'code_execution', on: '--exec-path', type: 'folder', why: 'git takes its own commands from this folder' }],
    sub: { ...GIT_WORK, ...GIT_HISTORY, ...GIT_REMOTE, ...GIT_PLUMBING },
    bare: { does: [{ kind: 'none' }] },
    refine: gitConfigured,
  },
  ...each('gitk tig lazygit gitui git-gui gitg git-cola ungit', {
    otherOptions: 'harmless',
    does: [{ kind: 'opaque', why: 'what is done in it is not in the text' }],
  }),
  {
    names: ['git-filter-repo', 'bfg'],
    otherOptions: 'harmless',
    does: [{ kind: 'history_rewrite', scope: 'unbounded', why: 'writes every commit anew' }],
  },
];
