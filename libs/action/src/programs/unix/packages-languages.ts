/** Package managers of Python, Ruby, PHP, Rust, Go, Java, .NET and others. */
import type { Command, Program } from '../program.ts';
import { each, subs } from './define.ts';
import { BOTH, DECLARED, DISCARD, FRESH, LOCAL, NAMED, PROJECT, REMOVE, RUN, SETTING, SHOW, SYNC } from './package-commands.ts';

/** pip: requirement files and the project itself are declared; a name or an address is not. */
const PIP_INSTALL: Command = {
  otherOptions: 'harmless',
  options:
    '-r|--requirement= -e|--editable= -c|--constraint= -t|--target= --index-url|-i= --extra-index-url= -f|--find-links= --trusted-host= -U|--upgrade --user --no-deps --pre --no-index --require-hashes --python= -p= --prefix= --root= --src= --global-option= --config-settings= --proxy= --cert= --timeout= --retries= --log= --cache-dir= --dry-run -q -v --group=',
  does: [
    { ...DECLARED, when: '-r|-e|--group !--dry-run' },
    { ...DECLARED, when: '@0=.|.[dev]|.[test] !--dry-run' },
    { kind: 'code_execution', type: 'package', on: '*', when: '!@0=.|.[dev]|.[test] !--dry-run', why: NAMED },
    {
      kind: 'code_execution',
      type: 'registry',
      on: '--index-url --extra-index-url -f --trusted-host',
      when: '!--dry-run',
      why: 'packages from another place',
    },
    { kind: 'code_execution', type: 'package', on: '-r -e', when: '-r^http|-e^git+|-e^http', why: NAMED },
    { kind: 'write', on: '--log' },
  ],
};

const PIP: Readonly<Record<string, Command>> = {
  ...subs('list show freeze check search index inspect debug help hash completion tree', SHOW),
  install: PIP_INSTALL,
  ...subs('download wheel', FRESH),
  ...subs('uninstall', REMOVE),
  sync: SYNC,
  compile: LOCAL,
  lock: LOCAL,
  cache: { otherOptions: 'harmless', sub: { ...subs('dir info list', SHOW), ...subs('purge remove', DISCARD) } },
  config: { otherOptions: 'harmless', sub: { ...subs('list get debug', SHOW), ...subs('set unset edit', SETTING) } },
};

export const PACKAGES_LANGUAGES: readonly Program[] = [
  ...each('pip pip3 pip2 pip3.10 pip3.11 pip3.12 pip3.13', {
    otherOptions: 'harmless',
    options: '--python= --proxy= --log= -q -v',
    bare: SHOW,
    sub: PIP,
  }),
  {
    names: ['pipx'],
    otherOptions: 'harmless',
    sub: {
      ...subs('list environment help completions interpreter', SHOW),
      ...subs('install inject upgrade upgrade-all install-all reinstall reinstall-all runpip run', FRESH),
      ...subs('uninstall uninstall-all uninject', REMOVE),
      ...subs('ensurepath pin unpin', SETTING),
    },
  },
  ...each('uv rye hatch pdm flit poetry pipenv', {
    otherOptions: 'harmless',
    options: '-C|--directory= --project= -p= -e|--env=',
    bare: SHOW,
    sub: {
      ...PROJECT,
      run: RUN,
      install: BOTH,
      add: FRESH,
      update: BOTH,
      upgrade: BOTH,
      ...subs('remove uninstall', REMOVE),
      pip: { otherOptions: 'harmless', sub: PIP },
      tool: {
        otherOptions: 'harmless',
        sub: { ...subs('list dir', SHOW), ...subs('install run upgrade', FRESH), uninstall: REMOVE },
      },
      python: {
        otherOptions: 'harmless',
        sub: { ...subs('list find dir', SHOW), ...subs('install pin', FRESH), uninstall: REMOVE },
      },
      venv: LOCAL,
      self: FRESH,
      source: SETTING,
      config: {
        otherOptions: 'harmless',
        does: [
          { kind: 'read', type: 'system', name: 'settings', when: '--list|#<2' },
          { kind: 'config_change', type: 'setting', on: '*', when: '#>1' },
        ],
        options: '--list',
      },
      graph: SHOW,
      requirements: SHOW,
      verify: SHOW,
      use: LOCAL,
    },
  }),
  ...each('conda mamba micromamba miniconda', {
    otherOptions: 'harmless',
    options: '-n|--name= -p|--prefix= -c|--channel= -f|--file= -y',
    sub: {
      ...subs('list info search compare doctor notices config-show package repoquery', SHOW),
      ...subs('install create', {
        otherOptions: 'harmless',
        does: [
          { ...DECLARED, when: '-f|#=0' },
          { kind: 'code_execution', type: 'package', on: '*', when: '#>0', why: NAMED },
        ],
      }),
      ...subs('update upgrade', FRESH),
      ...subs('remove uninstall', REMOVE),
      ...subs('activate deactivate', { otherOptions: 'harmless', does: [{ kind: 'session' }] }),
      ...subs('init config rename', {
        otherOptions: 'harmless',
        options: '--show --show-sources --get --set= --add= --append= --prepend= --remove= --remove-key= --write-default',
        does: [
          { kind: 'read', type: 'system', name: 'settings', when: '--show|--show-sources|--get' },
          { kind: 'config_change', type: 'setting', on: '*', evenWithout: true, when: '!--show !--show-sources !--get' },
          {
            kind: 'config_change',
            type: 'setting',
            name: 'settings',
            when: '--set|--add|--append|--prepend|--remove|--remove-key|--write-default',
          },
        ],
      }),
      clean: DISCARD,
      env: {
        otherOptions: 'harmless',
        sub: { ...subs('list export config', SHOW), ...subs('create update', SYNC), remove: REMOVE },
      },
      run: { ...RUN, options: '-n= -p= --no-capture-output --live-stream' },
      build: LOCAL,
    },
  }),
];
