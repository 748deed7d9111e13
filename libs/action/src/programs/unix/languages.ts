/** Interpreters: their one-line programs and their standard input are read by the reader of that language. */
import type { Program, Run } from '../program.ts';
import { each, shows } from './define.ts';

const SCRIPT = 'runs a script that is not in the text';

function script(dialect: string, run: Omit<Run, 'as'>): Run {
  return { as: { kind: 'script', dialect }, ...run };
}

export const LANGUAGES: readonly Program[] = [
  {
    names: [
      'python',
      'python3',
      'python2',
      'pypy',
      'pypy3',
      'python3.8',
      'python3.9',
      'python3.10',
      'python3.11',
      'python3.12',
      'python3.13',
      'python3.14',
      'py',
      'ipython',
      'ipython3',
      'bpython',
      'ptpython',
      'micropython',
      'jython',
      'python.exe',
      'pythonw',
    ],
    syntax: 'posix',
    options:
      '-b -B -c= -d -E -h|--help -i -I -m= -O -OO -P -q -R -s -S -u -v -V|--version -W= -x -X= --check-hash-based-pycs= --help-env --help-xoptions --help-all -2 -3',
    does: [
      { kind: 'none', when: '-h|-V|--help-env|--help-xoptions|--help-all' },
      { kind: 'code_execution', on: '0', type: 'script', when: '!-c !-m !@0=- !-h !-V', why: SCRIPT },
      {
        kind: 'read',
        type: 'folder',
        name: 'working folder',
        when: '-m=json.tool|tokenize|dis|calendar|platform|site|sysconfig|this|pydoc|tabnanny|ast|inspect|locale|keyword|mimetypes|uuid|pip.__version__',
      },
      {
        kind: 'network',
        type: 'listener',
        name: 'http.server',
        when: '-m=http.server|SimpleHTTPServer|smtpd|xmlrpc.server',
        why: 'serves the working folder to others',
      },
      {
        kind: 'write',
        type: 'folder',
        name: 'project',
        scope: 'bounded',
        when: '-m=venv|virtualenv|compileall|py_compile|build|ensurepip|lib2to3|zipfile|tarfile|gzip|base64|unittest|pytest|doctest|mypy|black|ruff|isort|flake8|pylint|coverage|tox|nox|pre_commit|sphinx|mkdocs',
        why: 'builds, tests or checks the project',
      },
      {
        kind: 'code_execution',
        type: 'module',
        on: '-m',
        when: '-m !-m=pip|pip3|pipx|poetry|uv|http.server|SimpleHTTPServer|smtpd|xmlrpc.server|json.tool|tokenize|dis|calendar|platform|site|sysconfig|this|pydoc|tabnanny|ast|inspect|locale|keyword|mimetypes|uuid|venv|virtualenv|compileall|py_compile|build|ensurepip|lib2to3|zipfile|tarfile|gzip|base64|unittest|pytest|doctest|mypy|black|ruff|isort|flake8|pylint|coverage|tox|nox|pre_commit|sphinx|mkdocs',
        why: 'runs a module that is not in the text',
      },
    ],
    runs: [
      script('python', { from: '-c' }),
      script('python', { stdin: true, when: '!-c !-m #=0 !-h !-V' }),
      script('python', { stdin: true, when: '!-c !-m @0=-' }),
      { as: 'argv', from: '-m *', when: '-m=pip|pip3|pipx|poetry|uv' },
    ],
  },
  {
    names: ['node', 'nodejs', 'node.exe'],
    syntax: 'posix',
    otherOptions: 'opaque',
    options:
      '-e|--eval= -p|--print= -c|--check -i|--interactive -r|--require= --import= --loader= --experimental-loader= -v|--version -h|--help -C|--conditions= --env-file= --env-file-if-exists= --inspect? --inspect-brk? --watch --watch-path= --test --test-only --test-name-pattern= --test-reporter= --test-concurrency= --experimental-strip-types --experimental-transform-types --experimental-vm-modules --input-type= --max-old-space-size= --no-warnings --trace-warnings --trace-deprecation --unhandled-rejections= --enable-source-maps --prof --cpu-prof --heap-prof --stack-size= --expose-gc --harmony --no-deprecation --throw-deprecation --title= --icu-data-dir= --openssl-legacy-provider --use-openssl-ca --use-system-ca --v8-options --completion-bash --run= --permission --allow-fs-read= --allow-fs-write= --preserve-symlinks --dns-result-order= --tls-min-v1.0 --test-coverage-include= --experimental-test-coverage --test-isolation=',
    does: [
      { kind: 'none', when: '-v|-h|--v8-options|--completion-bash' },
      { kind: 'read', on: '0', when: '-c' },
      { kind: 'write', type: 'folder', name: 'project', scope: 'bounded', when: '--test|--run', why: 'tests the project' },
      { kind: 'code_execution', on: '0', type: 'script', when: '!-e !-p !-c !--test !@0=- !-v !-h', why: SCRIPT },
      { kind: 'code_execution', on: '-r --import --loader --experimental-loader', type: 'script', why: SCRIPT },
      {
        kind: 'network',
        type: 'listener',
        name: 'debugger',
        when: '--inspect|--inspect-brk',
        why: 'opens a port for a debugger',
      },
    ],
    runs: [
      script('javascript', { from: '-e' }),
      script('javascript', { from: '-p' }),
      script('javascript', { stdin: true, when: '!-e !-p !-c !--test !--run #=0 !-v !-h' }),
      script('javascript', { stdin: true, when: '@0=- !-e !-p' }),
    ],
  },
  {
    names: ['deno'],
    otherOptions: 'harmless',
    options: '-A|--allow-all -c= -o|--output= -p|--print',
    sub: {
      ...Object.fromEntries(
        ['info', 'doc', 'types', 'completions', 'help', 'outdated', '--version'].map((name) => [
          name,
          { does: [{ kind: 'read' as const, type: 'system', name: 'deno' }] },
        ]),
      ),
      ...Object.fromEntries(
        [
          'fmt',
          'lint',
          'check',
          'test',
          'bench',
          'cache',
          'task',
          'init',
          'coverage',
          'vendor',
          'clean',
          'compile',
          'bundle',
        ].map((name) => [
          name,
          { does: [{ kind: 'write' as const, type: 'folder', name: 'project', scope: 'bounded' as const }] },
        ]),
      ),
      ...Object.fromEntries(
        ['run', 'serve', 'install', 'add', 'upgrade', 'jupyter', 'repl', 'uninstall', 'remove', 'publish', 'deploy'].map(
          (name) => [
            name,
            { does: [{ kind: 'code_execution' as const, type: 'script', on: '0', evenWithout: true, why: SCRIPT }] },
          ],
        ),
      ),
      eval: { runs: [script('javascript', { from: '0' })] },
    },
    bare: { does: [{ kind: 'opaque', why: 'commands are typed in' }] },
  },
  ...each(
    'ts-node tsx ts-node-esm esno jiti sucrase-node babel-node coffee zx vite-node nodemon ts-node-dev pm2-runtime electron',
    {
      syntax: 'posix',
      otherOptions: 'harmless',
      options: '-e|--eval= -p|--print= -v|--version -h|--help -x|--exec= -r|--require= -T -P= -w=',
      does: [
        { kind: 'none', when: '-v|-h #=0' },
        { kind: 'code_execution', on: '0', type: 'script', why: SCRIPT },
        { kind: 'opaque', when: '#=0 !-e !-p !-v !-h !-x', why: 'commands are typed in' },
        { kind: 'code_execution', on: '-r', type: 'script', why: SCRIPT },
      ],
      runs: [script('javascript', { from: '-e' }), script('javascript', { from: '-p' }), { as: 'shell', from: '-x' }],
    },
  ),
  {
    names: ['perl', 'perl5', 'perl.exe'],
    syntax: 'posix',
    options:
      '-0? -a -C? -c -d? -D? -e= -E= -f -F= -g -h -i? -I= -l? -m= -M= -n -p -s -S -t -T -u -U -v -V? -w -W -x? -X --version --help',
    does: [
      { kind: 'none', when: '-v|-V|-h|--version|--help' },
      { kind: 'code_execution', on: '0', type: 'script', when: '!-e !-E !@0=- !-v !-V !-h', why: SCRIPT },
      { kind: 'read', on: '*', when: '-n|-p !-i' },
      { kind: 'write', on: '*', when: '-i', why: 'edits in place' },
    ],
    runs: [
      script('perl', { from: '-e' }),
      script('perl', { from: '-E' }),
      script('perl', { stdin: true, when: '!-e !-E #=0 !-v !-V !-h !--version !--help' }),
      script('perl', { stdin: true, when: '!-e !-E @0=-' }),
    ],
  },
  {
    names: ['ruby', 'jruby', 'truffleruby', 'ruby.exe', 'irb', 'pry'],
    syntax: 'posix',
    options:
      '-0? -a -c -C= -d|--debug -e= -E= -F= -i? -I= -K= -l -n -p -r= -s -S -T? -U -v -w -W? -x? -h|--help -y --version --verbose --yjit --jit --enable= --disable= --encoding= --copyright',
    does: [
      { kind: 'none', when: '-h|--version|--copyright' },
      { kind: 'none', when: '-v #=0 !-e' },
      { kind: 'code_execution', on: '-r', type: 'script', when: '-r~/', why: SCRIPT },
      { kind: 'code_execution', on: '-I', type: 'folder', why: 'what is loaded may come from there' },
      { kind: 'code_execution', on: '0', type: 'script', when: '!-e !@0=- !-c !-h', why: SCRIPT },
      { kind: 'read', on: '0', when: '-c' },
      { kind: 'read', on: '*', when: '-n|-p !-i' },
      { kind: 'write', on: '*', when: '-i', why: 'edits in place' },
    ],
    runs: [
      script('ruby', { from: '-e' }),
      script('ruby', { stdin: true, when: '!-e #=0 !-h !-v !--version !--copyright' }),
      script('ruby', { stdin: true, when: '!-e @0=-' }),
    ],
  },
  {
    names: ['php', 'php8', 'php7', 'php8.1', 'php8.2', 'php8.3', 'php8.4', 'php-cgi', 'hhvm', 'php.exe'],
    syntax: 'posix',
    options:
      '-a|--interactive -B= -b= -c= -C -d= -E= -e -F= -f|--file= -H|--hide-args -h|--help -i|--info -l|--syntax-check -m|--modules -n|--no-php-ini -q|--no-header -R= -r= -s -S= -t= -T= -v|--version -w -z= --ini --rf= --rc= --re= --rz= --ri=',
    does: [
      { kind: 'none', when: '-v|-h|-m|-i|--ini|--rf|--rc|--re|--rz|--ri' },
      { kind: 'read', on: '0', when: '-l|-s|-w' },
      { kind: 'code_execution', on: '-f', type: 'script', when: '!-l', why: SCRIPT },
      {
        kind: 'code_execution',
        on: '0',
        type: 'script',
        when: '!-r !-f !-l !-s !-w !-v !-h !-m !-i !-B !-R !@0=- !-S',
        why: SCRIPT,
      },
      { kind: 'code_execution', on: '-z', type: 'extension', why: 'loads this code' },
      {
        kind: 'code_execution',
        on: '-d',
        type: 'setting',
        when: '-d~auto_prepend_file|auto_append_file|extension|preload|include_path|sendmail_path|unserialize_callback',
        why: 'a setting that loads or runs code',
      },
      { kind: 'code_execution', on: '-c', type: 'settings', when: '!-n', why: 'settings that may load code' },
      { kind: 'network', type: 'listener', on: '-S', why: 'serves a folder to others' },
    ],
    runs: [
      script('php', { from: '-r' }),
      script('php', { from: '-B' }),
      script('php', { from: '-R' }),
      script('php', { from: '-E' }),
      script('php', { stdin: true, when: '!-r !-f !-B !-R !-E #=0 !-v !-h !-m !-i !-S !-l !--ini !--rf !--rc !--re !--ri' }),
    ],
  },
  ...each('java', {
    syntax: 'posix',
    otherOptions: 'harmless',
    // The last ones are those of jenkins-cli.jar, whose commands are known by its own table.
    options:
      '-jar= -cp|-classpath|--class-path= -version|--version -help|--help|-h -p= -m= --list-modules --dry-run -s= -url= -auth= -http -webSocket -ssh',
    does: [
      { kind: 'none', when: '-version|-help|--list-modules' },
      {
        kind: 'code_execution',
        type: 'script',
        on: '-jar -m 0',
        when: '!-version !-help !--list-modules !-jar~jenkins-cli.jar',
        why: SCRIPT,
      },
    ],
    runs: [{ as: 'argv', from: '-jar 0..', when: '-jar~jenkins-cli.jar' }],
  }),
  ...each('jar jarsigner javap jlink jpackage jdeps', {
    otherOptions: 'harmless',
    options: '-f|--file= -o= -verify',
    does: [
      { kind: 'read', on: '*' },
      { kind: 'write', on: '-f' },
      { kind: 'write', type: 'folder', name: 'project', scope: 'bounded' },
    ],
  }),
  {
    names: ['virtualenv'],
    otherOptions: 'harmless',
    does: [{ kind: 'write', on: '*', scope: 'bounded', why: 'an environment for packages' }],
  },
  ...each(
    'rails hanami artisan symfony django-admin manage.py flask streamlit uvicorn gunicorn hypercorn daphne puma unicorn thin passenger rackup next nuxt nuxi gatsby astro remix ng vue react-scripts create-react-app hugo eleventy docusaurus vuepress vitepress gatsby-cli cordova meteor sails nest strapi directus jupyter jupyter-lab jupyter-notebook airflow dagster prefect dbt luigi spark-submit spark-shell pyspark hadoop flink h2o ray dask-scheduler dask-worker code-server http-server serve live-server json-server webpack-dev-server lighttpd squid openvscode-server ttyd gotty shellinabox wetty',
    {
      otherOptions: 'harmless',
      options: '-v|--version -h|--help -t',
      does: [
        { kind: 'none', when: '-v|-h #=0' },
        {
          kind: 'write',
          type: 'folder',
          name: 'project',
          scope: 'bounded',
          when: '@0=build|lint|test|check|typecheck|type-check|export|compile|docs|generate|g|new|init|validate|routes|stats|notes|about|version|list|help|fmt|format|showmigrations|makemigrations|collectstatic|info|doctor',
          why: 'builds or checks the project',
        },
        {
          kind: 'code_execution',
          type: 'project',
          on: '*',
          evenWithout: true,
          when: '#>0 !@0=build|lint|test|check|typecheck|type-check|export|compile|docs|generate|g|new|init|validate|routes|stats|notes|about|version|list|help|fmt|format|showmigrations|makemigrations|collectstatic|info|doctor',
          why: 'runs the project or a server',
        },
        { kind: 'code_execution', type: 'project', name: 'project', when: '#=0 !-v !-h', why: 'runs the project or a server' },
      ],
    },
  ),
  ...shows(
    'languages',
    'php-config python-config python3-config pg_config mysql_config sdl-config llvm-config curl-config xml2-config icu-config ncurses-config gpg-error-config krb5-config',
  ),
];
