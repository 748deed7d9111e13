/** Package managers of Ruby, PHP, Rust, Go, .NET and others. */
import type { Program } from '../program.ts';
import { each, subs } from './define.ts';
import {
  BOTH,
  DECLARED,
  DISCARD,
  FRESH,
  LOCAL,
  NAMED,
  PROJECT,
  PUBLISH,
  REMOVE,
  RETRACT,
  RUN,
  SCRIPT,
  SETTING,
  SHOW,
  SYNC,
} from './package-commands.ts';

export const PACKAGES_COMPILED: readonly Program[] = [
  ...each(
    'gem bundle bundler pod luarocks cpan cpanm opam mix rebar3 cabal stack nimble shards dub pub mint carthage vcpkg conan spack raco elm spago hex tlmgr cs coursier lein boot haxelib zef ppm pear pecl',
    {
      otherOptions: 'harmless',
      bare: SYNC,
      sub: {
        ...PROJECT,
        ...subs(
          'list query environment contents dependency specification which outdated stale help config deps.tree hex.info path pdftex paper repo doctor resolve complete-dep version java-home',
          SHOW,
        ),
        ...subs('install update upgrade', BOTH),
        ...subs('add require get fetch reinstall pristine bootstrap launch setup', FRESH),
        ...subs('uninstall remove rm cleanup', REMOVE),
        ...subs('exec', RUN),
        ...subs('deps.get deps.compile compile release deps deintegrate restore', SYNC),
        ...subs('phx.server ecto.migrate repl run console open serve', {
          otherOptions: 'harmless',
          does: [{ kind: 'code_execution', type: 'project', on: '*', evenWithout: true, why: 'runs the project' }],
        }),
        ...subs('sources source signin signout cert unpin pin switch env', SETTING),
      },
    },
  ),
  {
    names: ['composer'],
    otherOptions: 'harmless',
    options: '-d|--working-dir= -n -q -v --no-plugins --no-scripts',
    bare: SHOW,
    sub: {
      ...PROJECT,
      ...subs('install i', SYNC),
      ...subs('update u upgrade', BOTH),
      ...subs('require r create-project', FRESH),
      ...subs('remove', REMOVE),
      ...subs('exec run run-script', SCRIPT),
      ...subs('global self-update selfupdate', FRESH),
      config: SETTING,
      ...subs('clear-cache clearcache', DISCARD),
    },
  },
  {
    names: ['cargo'],
    otherOptions: 'harmless',
    options:
      '-C= --config= --manifest-path= --color= -Z= -p|--package= --features= --target= --target-dir= -j= --bin= --example= -q -v --list',
    does: [{ kind: 'code_execution', type: 'setting', on: '--config', why: 'settings of cargo can run programs' }],
    bare: SHOW,
    sub: {
      ...PROJECT,
      ...subs(
        'build b check c doc d clippy rustc rustdoc nextest tarpaulin llvm-cov expand bloat flamegraph miri fix mutants hack udeps machete deny outdated geiger zigbuild cross',
        SCRIPT,
      ),
      ...subs('test t bench', SCRIPT),
      ...subs('run r', {
        otherOptions: 'harmless',
        does: [{ kind: 'code_execution', type: 'project', name: 'program of the project', why: 'runs the project' }],
      }),
      ...subs('fetch vendor', SYNC),
      update: SYNC,
      ...subs('add', { otherOptions: 'harmless', does: [{ kind: 'code_execution', type: 'package', on: '*', why: NAMED }] }),
      ...subs('remove rm', { otherOptions: 'harmless', does: [{ kind: 'write', type: 'folder', name: 'project' }] }),
      ...subs('install binstall', FRESH),
      uninstall: REMOVE,
      clean: DISCARD,
      ...subs('metadata tree search info locate-project report version help pkgid', SHOW),
    },
  },
  {
    names: ['go'],
    syntax: 'go',
    otherOptions: 'harmless',
    options:
      '-C= -exec= -toolexec= -o= -run= -count= -v -race -mod= -tags= -ldflags= -gcflags= -m -u -json -f= -coverprofile= -bench= -timeout= -w -modfile= -overlay= -vettool=',
    does: [
      { kind: 'code_execution', type: 'program', on: '-exec -toolexec -vettool', why: 'this program is run in between' },
      { kind: 'write', on: '-o -coverprofile' },
    ],
    bare: SHOW,
    sub: {
      ...subs('version list doc help bug', SHOW),
      env: {
        does: [
          { kind: 'read', type: 'system', name: 'settings', when: '!-w !-u' },
          { kind: 'config_change', type: 'setting', on: '*', when: '-w|-u' },
        ],
      },
      ...subs('build vet fmt fix test', SCRIPT),
      clean: DISCARD,
      mod: { sub: { ...subs('graph verify why', SHOW), ...subs('download tidy vendor', SYNC), ...subs('init edit', LOCAL) } },
      work: LOCAL,
      ...subs('get install', {
        does: [
          { kind: 'code_execution', type: 'package', on: '*', when: '!@0=./...|.|./', why: NAMED },
          { ...DECLARED, when: '@0=./...|.|./' },
          { ...DECLARED, when: '#=0' },
        ],
      }),
      run: { does: [{ kind: 'code_execution', type: 'script', on: '0', evenWithout: true, why: 'runs this program' }] },
      generate: {
        does: [{ kind: 'code_execution', type: 'project', name: 'generate directives', why: 'runs the commands in the sources' }],
      },
      tool: { does: [{ kind: 'read', type: 'system', name: 'tools' }] },
      telemetry: SETTING,
    },
  },
  {
    names: ['dotnet', 'nuget', 'paket'],
    otherOptions: 'harmless',
    options: '-o= -c= -f= -r= -p= --list-sdks --list-runtimes --info',
    bare: SHOW,
    sub: {
      ...PROJECT,
      ...subs('restore', SYNC),
      ...subs('build publish pack msbuild vstest sln solution new format clean reference', SCRIPT),
      test: SCRIPT,
      ...subs('run exec watch fsi script', {
        otherOptions: 'harmless',
        does: [{ kind: 'code_execution', type: 'project', on: '*', evenWithout: true, why: 'runs the project' }],
      }),
      add: {
        otherOptions: 'harmless',
        does: [
          { kind: 'code_execution', type: 'package', on: '*', when: '@*=package', why: NAMED },
          { kind: 'write', type: 'folder', name: 'project', when: '!@*=package' },
        ],
      },
      ...subs('install update', BOTH),
      remove: LOCAL,
      list: SHOW,
      ...subs('tool workload', {
        otherOptions: 'harmless',
        sub: { ...subs('list search', SHOW), ...subs('install update run restore', FRESH), uninstall: REMOVE },
      }),
      ...subs('dev-certs user-secrets', {
        otherOptions: 'harmless',
        does: [{ kind: 'config_change', type: 'secret', on: '*', evenWithout: true }],
      }),
      nuget: {
        otherOptions: 'harmless',
        sub: {
          list: SHOW,
          push: PUBLISH,
          delete: RETRACT,
          ...subs('add remove update enable disable', SETTING),
          locals: DISCARD,
        },
      },
      ef: {
        otherOptions: 'harmless',
        sub: {
          migrations: LOCAL,
          database: {
            sub: {
              update: { does: [{ kind: 'schema_change', type: 'database', name: 'database of the project' }] },
              drop: { does: [{ kind: 'schema_drop', type: 'database', name: 'database of the project', scope: 'unbounded' }] },
            },
          },
          dbcontext: SHOW,
        },
      },
    },
  },
];
