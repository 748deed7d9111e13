/** Dumps, restores, servers and tools of databases. */
import type { Command, Program } from '../program.ts';
import { each, showing, shows, subs } from './define.ts';

const DUMPS = { kind: 'export', type: 'database', why: 'takes data out of the database' } as const;

const SHOW = showing('databases');

export const DATABASE_TOOLS: readonly Program[] = [
  ...each('pg_dump pg_dumpall', {
    otherOptions: 'harmless',
    options:
      '-f|--file= -h|--host= -U|--username= -p|--port= -d|--dbname= -t|--table= -n|--schema= -F|--format= -j= -s|--schema-only -V|--version',
    does: [
      { ...DUMPS, on: '*', evenWithout: true, when: '!-s !-V' },
      { kind: 'read', type: 'database', on: '*', evenWithout: true, when: '-s' },
      { kind: 'write', on: '-f' },
    ],
  }),
  ...each(
    'mysqldump mariadb-dump mysqlpump mongodump mongoexport redis-dump couchbackup cbexport mysqlhotcopy innobackupex pg_receivewal tarantoolctl',
    {
      otherOptions: 'harmless',
      options: '-o|--out|--result-file|-r= -h|--host= -P= -u= -p? -d|--no-data -V|--version',
      does: [
        { ...DUMPS, on: '*', evenWithout: true, when: '!-d !-V' },
        { kind: 'read', type: 'database', on: '*', evenWithout: true, when: '-d' },
        { kind: 'write', on: '-o' },
      ],
    },
  ),
  {
    names: ['pg_restore'],
    otherOptions: 'harmless',
    options: '-l|--list -c|--clean -d|--dbname= -f|--file= -C|--create --if-exists -h= -U= -p= -t= -n= -j= -L= -V|--version',
    does: [
      { kind: 'read', on: '*' },
      { kind: 'write', on: '-f' },
      {
        kind: 'schema_drop',
        type: 'database',
        on: '-d',
        evenWithout: true,
        scope: 'unbounded',
        when: '-c',
        why: 'drops what is there before it restores',
      },
      {
        kind: 'schema_change',
        type: 'database',
        on: '-d',
        when: '!-c',
        scope: 'unknown',
        why: 'creates and fills what the dump holds',
      },
    ],
  },
  ...each('mongorestore mongoimport mysqlimport mariadb-import cbimport redis-load pg_bulkload pgloader', {
    otherOptions: 'harmless',
    options: '--drop -D|--delete -V|--version',
    does: [
      {
        kind: 'schema_drop',
        type: 'database',
        on: '*',
        evenWithout: true,
        scope: 'unbounded',
        when: '--drop|-D',
        why: 'drops what is there before it restores',
      },
      {
        kind: 'schema_change',
        type: 'database',
        on: '*',
        evenWithout: true,
        scope: 'unknown',
        when: '!--drop !-D !-V',
        why: 'creates and fills what the dump holds',
      },
    ],
  }),
  ...each('dropdb dropuser mysql_secure_installation mariadb-secure-installation pg_dropcluster', {
    otherOptions: 'harmless',
    options: '-h|--host= -p|--port= -U|--username= -i -e -f --if-exists -w -W -V|--version --maintenance-db=',
    does: [
      {
        kind: 'schema_drop',
        type: 'database',
        on: '*',
        evenWithout: true,
        scope: 'unbounded',
        when: '!-V',
        why: 'removes a database or a role with what is in it',
      },
    ],
  }),
  ...each('createdb createuser createlang', {
    otherOptions: 'harmless',
    options: '-h|--host= -p|--port= -U|--username= -O= -T= -E= -D= -e -s|--superuser -V|--version',
    does: [{ kind: 'schema_change', type: 'database', on: '*', evenWithout: true, when: '!-V' }],
  }).map((program) =>
    program.names[0] === 'createuser'
      ? {
          ...program,
          does: [
            { kind: 'privilege_change' as const, type: 'role', on: '*', evenWithout: true, when: '!-V', why: 'makes a role' },
          ],
        }
      : program,
  ),
  ...each(
    'pg_isready pg_controldata pg_waldump pg_test_fsync mysqlshow mariadb-show mysqlbinlog mariadb-binlog mysqldumpslow mongotop mongostat pgbadger pg_top pg_activity innotop mytop pt-query-digest pt-summary redis-stat db_stat sqldiff pg_verifybackup pg_checksums ndb_show_tables innochecksum perror resolve_stack_dump',
    {
      otherOptions: 'harmless',
      does: [{ kind: 'read', type: 'database', on: '*', evenWithout: true }],
    },
  ),
  ...each(
    'pg_ctl pg_ctlcluster pg_createcluster initdb postgres postmaster mysqld mysqld_safe mariadbd redis-server valkey-server mongod mongos pgbouncer clickhouse-server memcached pg_resetwal pg_rewind pg_upgrade pg_upgradecluster vacuumdb reindexdb clusterdb mysqlcheck mariadb-check mysql_upgrade myisamchk mysql_install_db redis-check-aof redis-check-rdb pgbench mysqlslap sysbench pg_archivecleanup pt-online-schema-change gh-ost pt-archiver pt-table-sync pt-kill',
    {
      otherOptions: 'harmless',
      options: '-V|--version --help -n|--dry-run -D= -h= -U= -p=',
      does: [
        { kind: 'none', when: '-V|--help' },
        { kind: 'read', type: 'database', name: 'status', when: '@0=status' },
        {
          kind: 'process_control',
          type: 'database',
          on: '*',
          evenWithout: true,
          when: '!-V !--help !@0=status',
          why: 'starts, stops or changes a database server',
        },
      ],
    },
  ).map((program) =>
    /^(?:pg_resetwal|pg_rewind|pg_archivecleanup|pt-archiver|pt-table-sync|pt-online-schema-change|gh-ost)$/u.test(
      program.names[0] ?? '',
    )
      ? {
          ...program,
          does: [
            { kind: 'none' as const, when: '-V|--help' },
            {
              kind: 'delete' as const,
              type: 'database',
              on: '*',
              evenWithout: true,
              scope: 'unknown' as const,
              when: '!-V !--help !-n',
              why: 'throws data of the database away',
            },
          ],
        }
      : program,
  ),
  ...each('mysqladmin mariadb-admin', {
    otherOptions: 'harmless',
    options: '-u|--user= -h|--host= -P|--port= -p|--password? -S= -i= -c= -r -v -V|--version',
    sub: {
      ...subs('status extended-status processlist ping variables version debug', SHOW),
      ...subs('create', { does: [{ kind: 'schema_change', type: 'database', on: '*' }] }),
      ...subs('drop', { does: [{ kind: 'schema_drop', type: 'database', on: '*', scope: 'unbounded' }] }),
      ...subs('password old-password flush-privileges reload', {
        does: [{ kind: 'privilege_change', type: 'user', on: '*', evenWithout: true }],
      }),
      ...subs('flush-hosts flush-tables flush-status flush-threads refresh start-slave stop-slave start-replica stop-replica', {
        does: [{ kind: 'config_change', type: 'database', name: 'server' }],
      }),
      ...subs('flush-logs', { does: [{ kind: 'log_tamper', type: 'log', name: 'logs of the database' }] }),
      ...subs('kill shutdown', { does: [{ kind: 'process_control', type: 'database', on: '*', evenWithout: true }] }),
    } satisfies Readonly<Record<string, Command>>,
  }),
  ...shows('databases', 'pg_lsclusters'),
];
