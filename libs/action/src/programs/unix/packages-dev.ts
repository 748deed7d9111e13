/**
 * Package managers of languages. What a project already declares is everyday work; a package that is named on the command line
 * brings code that nobody has looked at, and its install scripts run.
 */
import type { Command, Program } from '../program.ts';
import { scripted } from './build-refine.ts';
import { each, NOTHING, subs } from './define.ts';
import { ACCOUNT, DECLARED, DISCARD, FRESH, LOCAL, NAMED, PUBLISH, RETRACT, SETTING, SHOW } from './package-commands.ts';

/** Without names: the declared ones. With names: code from outside. */
const INSTALL: Command = {
  otherOptions: 'harmless',
  does: [
    { kind: 'code_execution', type: 'registry', on: '--registry', why: 'packages from another place' },
    { ...DECLARED, when: '#=0' },
    { kind: 'code_execution', type: 'package', on: '*', when: '#>0', why: NAMED },
  ],
};
const REMOVE: Command = {
  otherOptions: 'harmless',
  options: '-g|--global',
  does: [
    { kind: 'delete', type: 'package', on: '*', evenWithout: true, when: '!-g', reversible: 'yes' },
    {
      kind: 'delete',
      type: 'package',
      on: '*',
      evenWithout: true,
      scope: 'unknown',
      when: '-g',
      why: 'for everybody on this machine',
    },
  ],
};
/** The project's own script, build or test: code of the project, run on purpose. */
const SCRIPT: Command = {
  refine: scripted,
  otherOptions: 'harmless',
  does: [{ kind: 'write', type: 'folder', name: 'project', scope: 'bounded', why: 'runs a script of the project' }],
};
const RUN_FOREIGN: Command = {
  syntax: 'posix',
  otherOptions: 'harmless',
  does: [
    {
      kind: 'code_execution',
      type: 'package',
      on: '0',
      evenWithout: true,
      why: 'fetches a program if it is not there, and runs it',
    },
  ],
};
const LISTING =
  'list ls ll la info show view v search s find why explain outdated licenses root prefix bin ping whoami help help-search docs home repo bugs fund query doctor version --version completion sbom stars diff untrusted';

const SCRIPT_OPTIONS = '-g|--global -w|--workspace= --prefix= -C|--dir= --filter= -F= --registry= --cwd=';

export const PACKAGES_DEV: readonly Program[] = [
  {
    names: ['npm', 'cnpm', 'tnpm', 'npm.cmd'],
    otherOptions: 'harmless',
    options: `${SCRIPT_OPTIONS} --script-shell= --node-options= --ignore-scripts --depth= --tag= --access= --userconfig= --globalconfig= --cache= --loglevel= --omit= --include= --json -d -s --dry-run`,
    does: [{ kind: 'code_execution', type: 'program', on: '--script-shell', why: 'this program runs the scripts' }],
    bare: NOTHING,
    sub: {
      ...subs(LISTING, SHOW),
      ...subs('install i in ins inst insta instal isnt isnta isntal isntall add link ln install-test it', INSTALL),
      ...subs('ci clean-install ic install-clean install-ci-test cit', { otherOptions: 'harmless', does: [DECLARED] }),
      ...subs('update up upgrade udpate dedupe ddp rebuild rb prune shrinkwrap', { otherOptions: 'harmless', does: [DECLARED] }),
      ...subs('uninstall un unlink remove rm r', REMOVE),
      ...subs('test t tst start stop restart run run-script rum urn install-scripts build', SCRIPT),
      ...subs('exec x init create innit', RUN_FOREIGN),
      ...subs('pack version edit explore set-script', LOCAL),
      audit: {
        otherOptions: 'harmless',
        does: [
          { kind: 'read', type: 'system', name: 'packages', when: '!@0=fix' },
          { ...DECLARED, when: '@0=fix' },
        ],
      },
      cache: { otherOptions: 'harmless', sub: { ...subs('ls verify', SHOW), ...subs('clean add', DISCARD) } },
      pkg: { otherOptions: 'harmless', sub: { get: SHOW, ...subs('set delete fix', LOCAL) } },
      config: {
        otherOptions: 'harmless',
        bare: SHOW,
        sub: { ...subs('get list ls', SHOW), ...subs('set delete rm edit fix', SETTING) },
      },
      ...subs('get', SHOW),
      ...subs('set', SETTING),
      ...subs('publish', PUBLISH),
      ...subs('unpublish deprecate undeprecate', RETRACT),
      ...subs('login adduser add-user logout token profile owner author access team org trust hook', {
        ...ACCOUNT,
        does: [
          {
            kind: 'privilege_change',
            type: 'registry',
            on: '*',
            evenWithout: true,
            when: '!@0=ls|list|get',
            why: 'who may publish',
          },
          { kind: 'read', type: 'registry', on: '*', when: '@0=ls|list|get' },
        ],
      }),
      'dist-tag': {
        otherOptions: 'harmless',
        sub: { ...subs('ls list', SHOW), ...subs('add set', PUBLISH), ...subs('rm remove', RETRACT) },
      },
    },
  },
  ...each('yarn pnpm bun yarnpkg', {
    otherOptions: 'harmless',
    options: `${SCRIPT_OPTIONS} -D|--save-dev|--dev -E -O -e|--eval= --print= --preload=`,
    bare: { does: [DECLARED] },
    does: [{ kind: 'code_execution', type: 'script', on: '--preload' }],
    runs: [
      { as: { kind: 'script', dialect: 'javascript' }, from: '-e' },
      { as: { kind: 'script', dialect: 'javascript' }, from: '--print' },
    ],
    sub: {
      ...subs(`${LISTING} constraints workspaces versions`, SHOW),
      ...subs('install i', INSTALL),
      ...subs(
        'import dedupe rebuild prune up upgrade update upgrade-interactive fetch install-test ci autoclean patch patch-commit patch-remove approve-builds ignored-builds',
        { otherOptions: 'harmless', does: [DECLARED] },
      ),
      ...subs('add link', FRESH),
      ...subs('remove rm uninstall un unlink', REMOVE),
      ...subs(
        'run test start build dev lint format check typecheck serve preview stop restart t storybook e2e test:unit coverage watch clean compile type-check generate prepare',
        SCRIPT,
      ),
      ...subs('dlx x create init exec', RUN_FOREIGN),
      ...subs('pack version unplug plugin set stage patch-package', LOCAL),
      audit: SHOW,
      cache: DISCARD,
      store: { otherOptions: 'harmless', sub: { ...subs('status path', SHOW), ...subs('prune add', DISCARD) } },
      config: { otherOptions: 'harmless', bare: SHOW, sub: { ...subs('get list', SHOW), ...subs('set delete unset', SETTING) } },
      pm: {
        otherOptions: 'harmless',
        bare: SHOW,
        sub: {
          ...subs('ls bin hash hash-string hash-print cache untrusted default-trusted whoami view version', SHOW),
          ...subs('trust migrate pack pkg', SETTING),
        },
      },
      ...subs('publish', PUBLISH),
      ...subs('unpublish', RETRACT),
      ...subs('login logout owner team tag npm', ACCOUNT),
      why: SHOW,
      workspace: { otherOptions: 'harmless', does: [{ kind: 'opaque', why: 'a command of a workspace' }] },
    },
  }),
  ...each('npx bunx pnpx uvx pkgx', RUN_FOREIGN),
  ...each('yarn-why npm-check npm-check-updates ncu depcheck license-checker', {
    otherOptions: 'harmless',
    options: '-u|--update|--upgrade',
    does: [
      { kind: 'read', type: 'system', name: 'packages', when: '!-u' },
      { ...DECLARED, when: '-u' },
    ],
  }),
  ...each(
    'corepack nvm fnm n volta nodenv pyenv rbenv rvm asdf mise sdk jenv goenv tfenv tgenv rustup juliaup ghcup phpenv chruby nodebrew proto vfox gvm',
    {
      otherOptions: 'harmless',
      options: '--list -v',
      bare: SHOW,
      sub: {
        ...subs(
          'ls list ls-remote list-all list-remote current which version versions show check help doc man where whence info status root prefix commands latest outdated completions env',
          SHOW,
        ),
        ...subs(
          'use local global alias unalias default shell activate deactivate override set pin hook-env reshim rehash enable disable trust settings',
          { otherOptions: 'harmless', does: [{ kind: 'session' }] },
        ),
        ...subs('install i update upgrade up add plugin component self prepare fetch', FRESH),
        ...subs('uninstall remove rm prune implode', REMOVE),
        ...subs('run exec x', { syntax: 'words', does: [{ kind: 'opaque', why: 'a command under another version' }] }),
        ...subs('toolchain target component', {
          otherOptions: 'harmless',
          sub: { list: SHOW, ...subs('install add link', FRESH), ...subs('uninstall remove', REMOVE) },
        }),
      },
    },
  ),
];
