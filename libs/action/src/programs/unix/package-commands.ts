/** What package managers of languages have in common: sub-commands, each described once. */
import type { Command } from '../program.ts';
import { showing, subs } from './define.ts';

export const SHOW = showing('packages');

export const NAMED = 'a package brings code and may run its install scripts';

export const DECLARED = {
  kind: 'write',
  type: 'folder',
  name: 'dependencies of the project',
  scope: 'bounded',
  why: 'what the project declares',
} as const;

export const SYNC: Command = { otherOptions: 'harmless', does: [DECLARED] };

export const FRESH: Command = {
  otherOptions: 'harmless',
  does: [{ kind: 'code_execution', type: 'package', on: '*', evenWithout: true, why: NAMED }],
};

export const BOTH: Command = {
  otherOptions: 'harmless',
  does: [
    { ...DECLARED, when: '#=0' },
    { kind: 'code_execution', type: 'package', on: '*', when: '#>0', why: NAMED },
  ],
};

export const REMOVE: Command = {
  otherOptions: 'harmless',
  does: [{ kind: 'delete', type: 'package', on: '*', evenWithout: true, scope: 'unknown', why: 'what depends on it breaks' }],
};

export const LOCAL: Command = {
  otherOptions: 'harmless',
  does: [{ kind: 'write', type: 'folder', name: 'project', scope: 'bounded' }],
};

export const SCRIPT: Command = {
  otherOptions: 'harmless',
  does: [{ kind: 'write', type: 'folder', name: 'project', scope: 'bounded', why: 'builds, tests or runs the project' }],
};

export const PUBLISH: Command = {
  otherOptions: 'harmless',
  options: '--dry-run',
  does: [
    {
      kind: 'export',
      type: 'registry',
      on: '*',
      evenWithout: true,
      when: '!--dry-run',
      why: 'puts the package where others get it',
    },
    { kind: 'write', type: 'folder', name: 'project', scope: 'bounded', when: '--dry-run', why: 'builds what it would publish' },
  ],
};

export const RETRACT: Command = {
  otherOptions: 'harmless',
  does: [
    { kind: 'delete', type: 'registry', on: '*', evenWithout: true, scope: 'unknown', why: 'takes away what others depend on' },
  ],
};

export const ACCOUNT: Command = {
  otherOptions: 'harmless',
  does: [{ kind: 'privilege_change', type: 'registry', on: '*', evenWithout: true, why: 'who may publish' }],
};

export const SETTING: Command = {
  otherOptions: 'harmless',
  does: [{ kind: 'config_change', type: 'setting', on: '*', evenWithout: true }],
};

export const DISCARD: Command = {
  otherOptions: 'harmless',
  does: [{ kind: 'write', type: 'folder', name: 'cache', why: 'can be fetched again' }],
};

export const RUN: Command = { syntax: 'posix', otherOptions: 'harmless', runs: [{ as: 'argv', from: '*' }] };

export const PROJECT: Readonly<Record<string, Command>> = {
  ...subs(
    'show list check env version about info tree why licenses outdated search help status doctor diagnose fund prohibits depends validate browse suggests audit platform metadata locate-project read-manifest verify-project pkgid',
    SHOW,
  ),
  ...subs(
    'lock init new build fmt format lint fix clean export shell package generate doc bump dump-autoload dumpautoload check-platform-reqs generate-lockfile',
    LOCAL,
  ),
  ...subs('test bench run-script', SCRIPT),
  ...subs('sync ensure', SYNC),
  ...subs('publish upload push', PUBLISH),
  ...subs('yank retire', RETRACT),
  ...subs('login logout owner', ACCOUNT),
  cache: DISCARD,
};
