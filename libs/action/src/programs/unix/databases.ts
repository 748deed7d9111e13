/** Clients and tools of databases: SQL and commands on the command line or standard input are read in turn. */
import type { Program, Run } from '../program.ts';
import { each } from './define.ts';
import { pipedOutput } from './pipes.ts';

function sql(dialect: string, run: Omit<Run, 'as'>): Run {
  return { as: { kind: 'sql', dialect }, ...run };
}

function store(dialect: string, run: Omit<Run, 'as'>): Run {
  return { as: { kind: 'datastore', dialect }, ...run };
}

const FILE_OF_SQL = { kind: 'opaque', why: 'statements from a file are not in the text' } as const;

const DUMPS = { kind: 'export', type: 'database', why: 'takes data out of the database' } as const;

export const DATABASES: readonly Program[] = [
  {
    names: ['psql', 'pgcli', 'psql.exe', 'usql-pg'],
    options:
      '-c|--command= -d|--dbname= -f|--file= -l|--list -v|--set|--variable= -V|--version -X|--no-psqlrc -1|--single-transaction -?|--help? -a|--echo-all -b|--echo-errors -e|--echo-queries -E|--echo-hidden -L|--log-file= -n|--no-readline -o|--output= -q|--quiet -s|--single-step -S|--single-line -A|--no-align --csv -F|--field-separator= -H|--html -P|--pset= -R|--record-separator= -t|--tuples-only -T|--table-attr= -x|--expanded -z|--field-separator-zero -0|--record-separator-zero -h|--host= -p|--port= -U|--username= -w|--no-password -W|--password',
    does: [
      { kind: 'none', when: '-V|-?' },
      { kind: 'read', type: 'system', name: 'databases', when: '-l' },
      { ...FILE_OF_SQL, on: '-f', when: '!-f=-' },
      { kind: 'write', on: '-L -o' },
    ],
    runs: [
      sql('postgres', { from: '-c' }),
      sql('postgres', { stdin: true, when: '!-c !-f !-l !-V !-?' }),
      sql('postgres', { stdin: true, when: '-f=-' }),
    ],
    refine: pipedOutput('-o', '-L'),
  },
  ...each('mysql mariadb mycli mysql.exe', {
    otherOptions: 'opaque',
    options:
      '-e|--execute= -D|--database= -h|--host= -P|--port= -u|--user= -p|--password? -S|--socket= -N|--skip-column-names -B|--batch -s|--silent -t|--table -v|--verbose -E|--vertical -A|--no-auto-rehash -f|--force -q|--quick -r|--raw -H|--html -X|--xml -V|--version -?|--help --defaults-file= --defaults-extra-file= --defaults-group-suffix= --login-path= --no-defaults --print-defaults --protocol= --default-character-set= --ssl-mode= --ssl-ca= --ssl-cert= --ssl-key= --ssl --skip-ssl --connect-timeout= --delimiter= --init-command= --local-infile? --max-allowed-packet= --tee= --pager? --safe-updates|-U --i-am-a-dummy --enable-cleartext-plugin --show-warnings --column-names --line-numbers -n|--unbuffered -w|--wait --compress|-C --reconnect --binary-mode --comments|-c --get-server-public-key --auto-rehash -G --named-commands -i --no-beep|-b --one-database|-o --prompt= --sandbox',
    does: [
      { kind: 'none', when: '-V|-?|--print-defaults' },
      { kind: 'write', on: '--tee' },
      { kind: 'code_execution', type: 'program', on: '--pager', why: 'runs this program on the output' },
    ],
    runs: [
      sql('mysql', { from: '-e' }),
      sql('mysql', { from: '--init-command' }),
      sql('mysql', { stdin: true, when: '!-e !-V !-? !--print-defaults' }),
    ],
  }),
  ...each('sqlite3 sqlite litecli sqlcipher', {
    syntax: 'go',
    options:
      '-append -ascii -bail -batch -box -column -cmd= -csv -deserialize -echo -init= -header -noheader -help -html -interactive -json -line -list -lookaside= -markdown -memtrace -mmap= -newline= -nofollow -nonce= -nullvalue= -pagecache= -quote -readonly -safe -separator= -stats -table -tabs -unsafe-testing -version -vfs= -zip -A',
    does: [
      { kind: 'none', when: '-help|-version' },
      { ...FILE_OF_SQL, on: '-init' },
      { kind: 'read', on: '0' },
    ],
    runs: [
      sql('sqlite', { from: '1', when: '#>1' }),
      sql('sqlite', { from: '2', when: '#>2' }),
      sql('sqlite', { from: '-cmd' }),
      sql('sqlite', { stdin: true, when: '#<2 !-help !-version !-cmd' }),
    ],
  }),
  ...each('duckdb', {
    syntax: 'go',
    otherOptions: 'opaque',
    options:
      '-c= -s= -f= -init= -cmd= -readonly -json -csv -markdown -line -list -box -table -html -column -header -noheader -batch -bail -version -help -no-stdin -unsigned -ui -separator= -nullvalue= -echo -quote -ascii -safe',
    does: [
      { kind: 'none', when: '-help|-version' },
      { ...FILE_OF_SQL, on: '-f -init' },
      { kind: 'network', type: 'listener', name: 'duckdb ui', when: '-ui' },
      { kind: 'read', on: '0' },
    ],
    runs: [
      sql('duckdb', { from: '-c' }),
      sql('duckdb', { from: '-s' }),
      sql('duckdb', { from: '-cmd' }),
      sql('duckdb', { from: '1', when: '#>1' }),
      sql('duckdb', { stdin: true, when: '!-c !-s !-f !-help !-version !-ui #<2' }),
    ],
  }),
  ...each('sqlcmd isql tsql osql mssql-cli', {
    options:
      '-Q|--query= -q|--initial-query= -i|--input-file= -S|--server= -d|--database-name= -U|--user-name= -P|--password= -E -C -N? -o|--output-file= -h= -s= -W -w= -y= -Y= -b -l= -t= -r -v= -x -X -e -f= -m= -V= -G -I -k -K= -L -M -R -u -H= -a= -A -j -p? -c -T -n',
    does: [
      { ...FILE_OF_SQL, on: '-i' },
      { kind: 'write', on: '-o' },
    ],
    runs: [
      sql('sqlserver', { from: '-Q' }),
      sql('sqlserver', { from: '-q' }),
      sql('sqlserver', { stdin: true, when: '!-Q !-q !-i' }),
    ],
  }),
  ...each('sqlplus sql rman expdp impdp sqlldr exp imp bcp dbca lsnrctl adrci srvctl', {
    otherOptions: 'harmless',
    options: '-V -v',
    does: [{ kind: 'opaque', why: 'statements come from a file or are typed in', when: '!-V !-v' }],
    runs: [sql('oracle', { stdin: true, when: '!-V !-v' })],
  }).map((program) =>
    program.names[0] === 'sqlplus' || program.names[0] === 'sql'
      ? {
          ...program,
          does: [{ kind: 'opaque' as const, on: '*', why: 'statements from a file are not in the text', when: '@*^@' }],
        }
      : { ...program, runs: [] },
  ),
  ...each('clickhouse-client clickhouse-local', {
    otherOptions: 'opaque',
    options:
      '-q|--query= --queries-file= -h|--host= --port= -u|--user= --password? -d|--database= -f|--format= --output-format= --input-format= -m|--multiline -n|--multiquery -t|--time --secure|-s --config-file|-C= --connection= --stacktrace --progress? -V|--version --help --echo --max_threads= --param_id= --file|-F= --structure|-S= --table|-N= --external --input_format_allow_errors_num=',
    does: [
      { ...FILE_OF_SQL, on: '--queries-file' },
      { kind: 'none', when: '-V' },
      { kind: 'read', on: '--file' },
    ],
    runs: [sql('clickhouse', { from: '-q' }), sql('clickhouse', { stdin: true, when: '!-q !--queries-file !-V' })],
  }),
  {
    names: ['snowsql'],
    options:
      '-q|--query= -f|--filename= -a|--accountname= -u|--username= -d|--dbname= -s|--schemaname= -w|--warehouse= -r|--rolename= -c|--connection= -o|--option= -D|--variable= --authenticator= --config= -v|--version -?|--help',
    does: [
      { ...FILE_OF_SQL, on: '-f' },
      { kind: 'none', when: '-v|-?' },
    ],
    runs: [sql('snowflake', { from: '-q' }), sql('snowflake', { stdin: true, when: '!-q !-f !-v !-?' })],
  },
  ...each('cqlsh', {
    otherOptions: 'harmless',
    options: '-e|--execute= -f|--file= -u= -p= -k= --cqlshrc= --version',
    does: [
      { ...FILE_OF_SQL, on: '-f' },
      { kind: 'none', when: '--version' },
    ],
    runs: [sql('cassandra', { from: '-e' }), sql('cassandra', { stdin: true, when: '!-e !-f !--version' })],
  }),
  ...each(
    'usql beeline hive presto trino impala-shell spark-sql monetdb vsql nzsql db2 questdb steampipe crate crash ksql ksqldb tidb dolt osqueryi octosql rqlite neo4j-admin cypher-shell arangosh orientdb gremlin',
    {
      otherOptions: 'harmless',
      options: '-e|--execute|--sql|-c= -f|--file= -V|--version -h|--help',
      does: [
        { kind: 'none', when: '-V|-h' },
        {
          kind: 'read',
          type: 'system',
          name: 'databases',
          when: '@0=status|version|log|diff|ls|show|ping|branch|schema|help|blame',
        },
        { ...FILE_OF_SQL, on: '-f' },
        {
          kind: 'opaque',
          when: '!-e !-f !-V !-h !@0=status|version|log|diff|ls|show|ping|schema|help|blame',
          why: 'the language of this database is not read',
        },
      ],
      runs: [sql('', { from: '-e' })],
    },
  ),
  {
    names: ['redis-cli', 'valkey-cli', 'keydb-cli', 'iredis'],
    syntax: 'posix',
    options:
      '-h= -p= -t= -s= -a= --user= --pass= --askpass -u= -r= -i= -n= -2 -3 -x -X= -d= -D= -c -e --tls --sni= --cacert= --cacertdir= --insecure --cert= --key= --tls-ciphers= --raw --no-raw --quoted-input --csv --json --quoted-json --show-pushes= --stat --latency --latency-history --latency-dist --lru-test= --replica --rdb= --functions-rdb= --pipe --pipe-timeout= --bigkeys --memkeys --memkeys-samples= --keystats --hotkeys --scan --pattern= --count= --quoted-pattern= --intrinsic-latency= --eval= --ldb --ldb-sync-mode --cluster= --verbose --no-auth-warning --version --help',
    does: [
      {
        kind: 'read',
        type: 'datastore',
        name: 'redis',
        when: '--stat|--latency|--latency-history|--latency-dist|--bigkeys|--memkeys|--hotkeys|--scan|--keystats|--intrinsic-latency',
      },
      { kind: 'opaque', on: '--eval', why: 'a script from a file' },
      { kind: 'opaque', when: '--pipe|--cluster|--ldb', why: 'commands that are not in the text' },
      { ...DUMPS, on: '--rdb --functions-rdb' },
    ],
    runs: [
      store('redis', { from: '*', when: '#>0' }),
      store('redis', {
        stdin: true,
        when: '#=0 !--stat !--latency !--latency-history !--latency-dist !--bigkeys !--memkeys !--hotkeys !--scan !--keystats !--intrinsic-latency !--eval !--pipe !--rdb !--functions-rdb !--version !--help',
      }),
    ],
  },
  {
    names: ['mongosh', 'mongo'],
    otherOptions: 'harmless',
    options:
      '--eval= -f|--file= -u|--username= -p|--password? -h|--host= --port= --authenticationDatabase= --quiet --norc --nodb --shell --version --help --json?',
    does: [
      { kind: 'opaque', on: '-f', why: 'a script from a file' },
      { kind: 'opaque', on: '1..', why: 'a script from a file' },
    ],
    runs: [store('mongodb', { from: '--eval' }), store('mongodb', { stdin: true, when: '!--eval !-f !--version !--help' })],
  },
];
