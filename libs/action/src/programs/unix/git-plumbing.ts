/** Plumbing of git, and the commands that git-extras adds. */
import type { Command } from '../program.ts';
import { showing, subs } from './define.ts';

const REPO = { type: 'repository', name: 'git' } as const;
const ANY = { syntax: 'gnu', otherOptions: 'harmless' } as const;
/** The other side's program, or here for a local repository. */
const HELPER = {
  kind: 'code_execution',
  type: 'program',
  on: '--upload-pack',
  why: 'git runs this program to talk to the other side',
} as const;

export const GIT_PLUMBING: Readonly<Record<string, Command>> = {
  'update-ref': {
    ...ANY,
    options: '-d --stdin -z -m= --no-deref --create-reflog',
    does: [
      { kind: 'history_rewrite', type: 'ref', on: '0', when: '-d', why: 'removes the ref' },
      {
        kind: 'history_rewrite',
        type: 'ref',
        on: '0',
        evenWithout: true,
        when: '!-d',
        why: 'puts the ref somewhere else without a check',
      },
    ],
  },
  'symbolic-ref': {
    ...ANY,
    options: '-d|--delete -m= -q|--quiet --short',
    does: [
      { kind: 'read', ...REPO, when: '#=1 !-d' },
      { kind: 'write', type: 'ref', on: '0', when: '#>1' },
      { kind: 'history_rewrite', type: 'ref', on: '0', when: '-d' },
    ],
  },
  'update-index': { ...ANY, does: [{ kind: 'write', type: 'repository', name: 'index' }] },
  'read-tree': {
    ...ANY,
    options: '-u -m --reset -n',
    does: [
      { kind: 'write', type: 'repository', name: 'index', when: '!--reset' },
      { kind: 'delete', type: 'repository', name: 'changes not committed', scope: 'unknown', when: '--reset' },
    ],
  },
  'checkout-index': {
    ...ANY,
    options: '-a -f -u -q --prefix=',
    does: [
      { kind: 'write', ...REPO, when: '!-f' },
      { kind: 'delete', type: 'repository', name: 'changes not committed', scope: 'unknown', when: '-f' },
    ],
  },
  ...subs(
    'write-tree hash-object mktree mktag commit-tree pack-objects pack-refs index-pack unpack-objects update-server-info commit-graph multi-pack-index unpack-file merge-index merge-file merge-one-file pack-redundant refs quiltimport fast-export archimport',
    { ...ANY, does: [{ kind: 'write', ...REPO, reversible: 'yes' }] },
  ),
  'fast-import': {
    ...ANY,
    options: '--force',
    does: [
      { kind: 'write', ...REPO, when: '!--force', scope: 'bounded' },
      { kind: 'history_rewrite', ...REPO, scope: 'unknown', when: '--force' },
    ],
  },
  'send-pack': {
    ...ANY,
    does: [
      { kind: 'history_rewrite', type: 'remote', on: '0', scope: 'unknown', when: '--force|--mirror' },
      { kind: 'write', type: 'remote', on: '0', when: '!--force !--mirror' },
      HELPER,
    ],
    options: '--force --mirror --upload-pack|--receive-pack|--exec=',
  },
  'fetch-pack': { ...ANY, options: '--upload-pack|--exec=', does: [{ kind: 'write', type: 'remote', on: '0' }, HELPER] },
  'for-each-repo': { ...ANY, does: [{ kind: 'opaque', why: 'a command for each repository' }] },
  'imap-send': { ...ANY, does: [{ kind: 'export', ...REPO, why: 'mails patches' }] },
  hook: {
    ...ANY,
    sub: { run: { does: [{ kind: 'code_execution', type: 'hook', on: '0', why: 'runs a hook of the repository' }] } },
  },
  // git-extras, git-flow and the like, by what they do.
  ...subs(
    'extras effort summary info authors count contrib contributors guilt alias show-tree show-merged-branches show-unmerged-branches standup cal missing local-commits delta diff-last get-tag whoami browse browse-ci',
    showing('git'),
  ),
  ...subs(
    'ignore setup fork create-branch feature bug chore refactor graft squash merge-into merge-repo mr pr release changelog continue abort pull-request lock unlock locked sed root sync',
    { ...ANY, does: [{ kind: 'write', ...REPO }] },
  ),
  ...subs(
    'undo reset-file delete-branch delete-merged-branches delete-squashed-branches delete-submodule delete-tag clear clear-soft obliterate rename-branch rename-remote rename-tag rebase-patch reauthor force-clone',
    {
      ...ANY,
      does: [{ kind: 'history_rewrite', ...REPO, scope: 'unknown', why: 'removes or replaces branches, tags, commits or files' }],
    },
  ),
  bulk: {
    ...ANY,
    options: '--purge --listall --listcurrent --addworkspace --removeworkspace --addcurrent',
    does: [
      { kind: 'read', ...REPO, when: '--listall|--listcurrent' },
      { kind: 'config_change', ...REPO, when: '--purge|--addworkspace|--removeworkspace|--addcurrent' },
      {
        kind: 'opaque',
        why: 'a command in many repositories',
        when: '!--listall !--listcurrent !--purge !--addworkspace !--removeworkspace !--addcurrent',
      },
    ],
  },
  secret: {
    ...ANY,
    sub: {
      ...subs('whoknows list usage', showing('git secret')),
      ...subs('reveal cat changes', { ...ANY, does: [{ kind: 'secret_read', on: '*', evenWithout: true }] }),
      ...subs('add hide init remove clean', { ...ANY, does: [{ kind: 'write', ...REPO }] }),
      ...subs('tell killperson removeperson', {
        ...ANY,
        does: [{ kind: 'privilege_change', type: 'user', on: '*', why: 'who can read the secrets' }],
      }),
    },
  },
  crypt: {
    ...ANY,
    sub: {
      status: showing('git crypt'),
      ...subs('init lock migrate-key refresh', { ...ANY, does: [{ kind: 'write', ...REPO }] }),
      ...subs('unlock export-key', { ...ANY, does: [{ kind: 'secret_read', type: 'key', name: 'git crypt' }] }),
      'add-gpg-user': { ...ANY, does: [{ kind: 'privilege_change', type: 'user', on: '*' }] },
    },
  },
  annex: {
    ...ANY,
    sub: {
      ...subs('info list find whereis status version', showing('git annex')),
      ...subs('add get copy move sync init lock unlock import addurl', { ...ANY, does: [{ kind: 'write', ...REPO }] }),
      ...subs('drop dropunused', { ...ANY, does: [{ kind: 'delete', on: '*', evenWithout: true, scope: 'unknown' }] }),
    },
  },
  flow: { ...ANY, does: [{ kind: 'write', ...REPO }] },
};
