/** Builders, testers, linters and formatters: they run what the project says, in the project's folder. */
import type { Command, Program } from '../program.ts';
import { targeted } from './build-refine.ts';
import { each, showing, subs } from './define.ts';

const SHOW = showing('project');
const BUILDS = {
  kind: 'write',
  type: 'folder',
  name: 'project',
  scope: 'bounded',
  why: 'builds or tests the project with its own rules',
} as const;

export const BUILD_TOOLS: readonly Program[] = [
  {
    names: ['make', 'gmake', 'bmake', 'pmake', 'nmake', 'mingw32-make', 'remake'],
    options:
      '-b -m -B|--always-make -C|--directory= -d --debug? -e|--environment-overrides -E|--eval= -f|--file|--makefile= -h|--help -i|--ignore-errors -I|--include-dir= -j|--jobs? -k|--keep-going -l|--load-average? -L|--check-symlink-times -n|--just-print|--dry-run|--recon -o|--old-file|--assume-old= -O|--output-sync? -p|--print-data-base -q|--question -r|--no-builtin-rules -R|--no-builtin-variables --shuffle? -s|--silent|--quiet --no-silent -S|--no-keep-going|--stop -t|--touch --trace -v|--version -w|--print-directory --no-print-directory -W|--what-if|--new-file|--assume-new= --warn-undefined-variables',
    does: [{ kind: 'opaque', on: '-E', why: 'rules on the command line' }],
    refine: targeted,
  },
  ...each(
    'ninja samu meson bazel bazelisk buck buck2 pants please tup scons waf redo task mage rake invoke doit earthly dagger nx turbo lerna rush lage gulp grunt jake just mask ant gradle gradlew mvn mvnw sbt mill xmake premake5 qmake bloop sfdk',
    {
      otherOptions: 'harmless',
      options:
        '-f|--file|--justfile= -C|--directory= -j= -n|--dry-run -D? -P? -p= -t= -c= -b= -I= --init-script= --command -x|--exclude-task=',
      does: [
        { kind: 'code_execution', type: 'script', on: '--init-script -I' },
        { kind: 'opaque', when: '--command', why: 'a command on the command line' },
      ],
      refine: targeted,
    },
  ),
  {
    names: ['cmake', 'ctest', 'cpack'],
    otherOptions: 'harmless',
    options: '-P= -E --build= --install= -S= -B= -G= -D? --target= -C= --preset= --script= -S= --config=',
    does: [
      { ...BUILDS, when: '!-P !-E !--install' },
      { kind: 'code_execution', type: 'script', on: '-P', why: 'runs a script' },
      { kind: 'config_change', on: '--install', type: 'folder', why: 'puts files where everybody finds them' },
      { kind: 'delete', on: '1..', scope: 'unknown', when: '-E @0=rm|remove|remove_directory' },
      {
        kind: 'write',
        on: '-1',
        when: '-E @0=copy|copy_directory|copy_if_different|rename|touch|make_directory|create_symlink|tar',
      },
      {
        kind: 'opaque',
        when: '-E !@0=rm|remove|remove_directory|copy|copy_directory|copy_if_different|rename|touch|make_directory|create_symlink|tar|echo|cat|capabilities|compare_files|sha256sum|md5sum|environment|true|false|sleep',
        why: 'runs a command',
      },
      { kind: 'none', when: '-E @0=echo|cat|capabilities|compare_files|sha256sum|md5sum|environment|true|false|sleep' },
    ],
  },
  ...each('strip objcopy ranlib llvm-strip llvm-objcopy', {
    otherOptions: 'harmless',
    options: '-o|--output-file=',
    does: [{ kind: 'write', on: '* -o' }],
  }),
  ...each(
    'c99 c89 musl-gcc luac gcc g++ cc c++ clang clang++ tcc icc nvcc ld gold lld as nasm yasm fasm gfortran rustc ghc ocamlc ocamlopt ocamlfind gnatmake fpc dmd ldc2 gdc nim v crystal zig swiftc kotlinc scalac javac ecj groovyc tsc tsgo swc esbuild rollup webpack webpack-cli parcel vite rspack tsup ncc browserify babel sass scss lessc stylus postcss tailwindcss pug haml elm-make purs valac mcs csc fsc vbc protoc buf flatc thrift capnp bison yacc flex lex antlr4 re2c swig cython f2py ragel gperf autoconf automake autoreconf aclocal autoheader libtoolize libtool pkg-config pkgconf  ctags etags cscope doxygen sphinx-build mkdocs jekyll asciidoctor javadoc godoc rustdoc typedoc jsdoc msgfmt msgmerge xgettext latex pdflatex xelatex lualatex bibtex biber latexmk tectonic typst pandoc groff troff nroff man2html help2man wasm-pack wasm-opt emcc wat2wasm wasm2wat',
    {
      otherOptions: 'harmless',
      options:
        '-o|--output|--out= -v|--version -h|--help -wrapper= -specs= -B? -fplugin= -shell-escape --shell-escape --filter= --lua-filter= --plugin|-plugin= -I? -L? -W? -C= -pgmF= -processorpath|--processor-path= -processor= -pdflatex= -e= -U',
      does: [
        { kind: 'none', when: '-v|-h' },
        { kind: 'read', on: '*', when: '!-v !-h' },
        { kind: 'write', on: '-o' },
        { kind: 'write', type: 'folder', name: 'project', scope: 'bounded', when: '!-v !-h !-o' },
        {
          kind: 'code_execution',
          type: 'program',
          on: '-wrapper -specs -fplugin --filter --lua-filter --plugin -pgmF -processorpath -processor -pdflatex -e',
          why: 'runs this program',
        },
        {
          kind: 'code_execution',
          type: 'document',
          on: '*',
          evenWithout: true,
          when: '-shell-escape|--shell-escape',
          why: 'the document may run commands',
        },
      ],
    },
  ),
  ...each(
    'pytest py.test unittest nose2 tox nox jest vitest mocha ava tap jasmine karma cypress playwright nightwatch wdio testcafe qunit c8 nyc phpunit pest codecept behat rspec cucumber minitest ginkgo gotestsum bats shellspec robot behave coverage hypothesis prove tape uvu newman schemathesis stryker mutmut xcodebuild swift xctool flutter dart pio platformio arduino-cli idf.py west mocha-phantomjs storybook start-server-and-test wait-on concurrently npm-run-all run-s run-p',
    {
      otherOptions: 'harmless',
      options: '-c|--config= -o= -p= --pyargs',
      does: [{ kind: 'code_execution', type: 'plugin', on: '-p', when: '-p~/' }],
      refine: targeted,
    },
  ),
  ...each(
    '2to3 eslint tslint jshint jscs standard xo oxlint biome prettier dprint stylelint markdownlint markdownlint-cli2 htmlhint alex write-good cspell textlint black ruff isort flake8 pylint mypy pyright pyre pytype bandit pydocstyle pycodestyle autopep8 yapf autoflake pyupgrade vulture radon rubocop standardrb reek brakeman erb_lint haml-lint phpcs phpcbf phpstan psalm php-cs-fixer rustfmt gofmt goimports golangci-lint staticcheck revive govulncheck errcheck ineffassign clang-format clang-tidy cppcheck cpplint astyle uncrustify indent include-what-you-use iwyu splint flawfinder shellcheck shfmt checkbashisms tflint sqlfluff sqlfmt pgformatter pg_format ktlint detekt google-java-format checkstyle spotbugs pmd scalafmt scalafix ormolu fourmolu hlint stylish-haskell luacheck stylua swiftlint swiftformat taplo typos codespell vale proselint misspell editorconfig-checker commitlint gitlint pre-commit lint-staged husky semgrep trufflehog gitleaks detect-secrets git-secrets codeclimate danger reuse licensee addlicense license-eye knip madge dependency-cruiser depcruise ts-prune unimported size-limit bundlesize lighthouse pa11y axe publint attw api-extractor nixfmt alejandra nixpkgs-fmt statix deadnix terraform-docs  actionlint zizmor yamlfmt toml-sort xmlformat tidy csslint purgecss svgo djlint curlylint licensor',
    {
      otherOptions: 'harmless',
      options:
        '-w|--write --fix -i|--in-place -o|--output= -c|--config= --plugin= --resolve-plugins-relative-to= --rulesdir= -r|--require= --load-plugins= --init-hook= -f|--format=',
      does: [
        { kind: 'read', on: '*' },
        { kind: 'write', on: '-o' },
        { kind: 'write', type: 'folder', name: 'project', scope: 'bounded', why: 'checks, and may put right what it finds' },
        {
          kind: 'code_execution',
          type: 'program',
          on: '--plugin --rulesdir --load-plugins --init-hook -r',
          why: 'loads this code',
        },
      ],
    },
  ),
  ...each('configure autogen.sh bootstrap setup.py', {
    otherOptions: 'harmless',
    does: [{ kind: 'code_execution', type: 'script', name: 'project script', why: 'runs a script of the project' }],
  }),
  ...each('pyinstaller nuitka cx_Freeze twine bumpversion bump2version standard-version np cargo-release jreleaser vsce ovsx', {
    otherOptions: 'harmless',
    does: [{ kind: 'export', type: 'registry', on: '*', evenWithout: true, scope: 'unknown', why: 'may publish what it builds' }],
  }),
  ...subsOf('alembic'),
];

/** Tools that move a database from one shape to the next. */
function subsOf(names: string): Program[] {
  const MIGRATE: Command = {
    otherOptions: 'harmless',
    does: [
      {
        kind: 'schema_change',
        type: 'database',
        name: 'database of the project',
        scope: 'unknown',
        why: 'moves the database to another shape',
      },
    ],
  };
  const BACK: Command = {
    otherOptions: 'harmless',
    does: [
      {
        kind: 'schema_drop',
        type: 'database',
        name: 'database of the project',
        scope: 'unknown',
        why: 'takes tables and what is in them away',
      },
    ],
  };
  return each(names, {
    otherOptions: 'harmless',
    bare: SHOW,
    sub: {
      ...subs(
        'history current heads branches show check status info validate version list list_templates help ls diff plan log verify format generate init revision new create merge db:migrate:status migrate:list migrate:status',
        SHOW,
      ),
      ...subs(
        'upgrade up migrate update deploy push apply db:migrate migrate:latest migrate:up migration:run db:seed seed seed:run stamp baseline repair update-sql studio edit ensure_version up-to redo setup database',
        MIGRATE,
      ),
      ...subs(
        'downgrade down rollback drop drop-all dropAll reset revert undo clean db:drop db:migrate:undo migrate:rollback migration:revert migrate:reset db:reset down-to',
        BACK,
      ),
    },
  });
}
