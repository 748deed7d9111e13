/**
 * Statements whose first words say all that matters, one line each: words (alternatives by `|`), what it does, why, and what the name
 * after the words is. The longest match counts. `''` holds for every dialect.
 */
import type { EffectKind, EffectScope, Reversible } from '@countersign/kernel';
import type { DialectName } from '../dialects.ts';

export interface PlainRow {
  readonly words: readonly string[];
  readonly kind: EffectKind;
  readonly why: string;
  readonly type: string;
  readonly scope: EffectScope;
  readonly reversible: Reversible;
}

type Line = readonly [words: string, kind: EffectKind, why?: string, type?: string, scope?: EffectScope, reversible?: Reversible];

const TELLS = 'tells about objects or the server';

const LINES: Readonly<Partial<Record<DialectName | '', readonly Line[]>>> = {
  '': [
    ['SHOW', 'none'],
    ['SHOW CREATE USER|ROLE', 'read', 'tells how a role logs in', 'role'],
    ['DESC|DESCRIBE', 'read', TELLS, 'table', 'bounded', 'yes'],
    ['HELP', 'none'],
    ['START TRANSACTION', 'session'],
    ['SAVEPOINT|RELEASE', 'session'],
    ['SAVE TRAN|TRANSACTION', 'session'],
    ['CHECKPOINT', 'process_control', 'forces a checkpoint', '', 'unbounded', 'yes'],
    ['COMMENT ON', 'schema_change', 'only its comment', '', 'one', 'yes'],
    ['DEALLOCATE', 'session'],
    ['CLOSE', 'session'],
    ['FETCH', 'read', '', 'cursor', 'bounded', 'yes'],
    ['OPEN', 'session'],
    ['LOCK', 'process_control', 'other sessions wait', 'table', 'bounded', 'yes'],
    ['UNLOCK TABLES', 'session'],
    ['ANALYZE|ANALYSE', 'write', 'collects statistics', 'table', 'bounded', 'yes'],
    ['VACUUM', 'write', 'reclaims space', 'table', 'bounded', 'yes'],
    ['REINDEX', 'write', 'builds indexes again', 'index', 'bounded', 'yes'],
    ['RENAME', 'schema_change', 'whatever uses the old name fails', '', 'one', 'yes'],
    ['UNDROP', 'schema_change', 'brings back what was dropped', '', 'one', 'yes'],
    ['KILL', 'process_control', 'ends a session or its query', 'session'],
    ['NULL', 'none'],
    ['GOTO|LEAVE|ITERATE|EXIT|BREAK|CONTINUE|SIGNAL|RESIGNAL|RAISE|RAISERROR|THROW', 'session'],
    ['GET DIAGNOSTICS', 'session'],
  ],
  mysql: [
    ['SHOW GRANTS', 'read', 'tells who may do what', '', 'bounded', 'yes'],
    ['FLUSH', 'config_change', 'closes or loads again what the server holds', '', 'unbounded', 'yes'],
    ['FLUSH PRIVILEGES|USER_RESOURCES', 'privilege_change', 'loads the privileges again', '', 'unbounded', 'yes'],
    ['FLUSH TABLES WITH READ LOCK', 'process_control', 'stops all writes', '', 'unbounded', 'yes'],
    ['FLUSH STATUS', 'session'],
    ['FLUSH LOGS|BINARY|ERROR|GENERAL|SLOW|ENGINE|RELAY', 'log_tamper', 'begins new logs', '', 'unbounded', 'yes'],
    ['RESET MASTER|BINARY', 'log_tamper', 'erases all binary logs', '', 'unbounded', 'no'],
    ['RESET SLAVE|REPLICA', 'config_change', 'forgets where replication was', '', 'unbounded', 'no'],
    ['RESET PERSIST', 'config_change', 'forgets settings', '', 'unbounded', 'no'],
    ['RESET QUERY', 'process_control', '', '', 'one', 'yes'],
    ['CHANGE MASTER|REPLICATION', 'config_change', 'changes where replication comes from', '', 'unbounded', 'unknown'],
    ['START SLAVE|REPLICA|GROUP_REPLICATION', 'process_control', 'starts replication', '', 'unbounded', 'yes'],
    ['STOP SLAVE|REPLICA|GROUP_REPLICATION', 'process_control', 'stops replication', '', 'unbounded', 'yes'],
    ['SHUTDOWN|RESTART', 'process_control', 'stops the server', '', 'unbounded', 'unknown'],
    ['INSTALL PLUGIN|SONAME|COMPONENT', 'code_execution', 'loads a library into the server', 'plugin', 'unbounded', 'no'],
    [
      'UNINSTALL PLUGIN|SONAME|COMPONENT',
      'config_change',
      'removes a plugin, perhaps one that audits',
      'plugin',
      'unbounded',
      'unknown',
    ],
    ['OPTIMIZE', 'write', 'rewrites tables', 'table', 'bounded', 'yes'],
    ['CHECK|CHECKSUM', 'read', TELLS, 'table', 'bounded', 'yes'],
    ['REPAIR', 'write', 'rewrites tables, and may lose rows', 'table', 'bounded', 'no'],
    ['CACHE INDEX', 'config_change', '', 'table'],
    ['LOAD INDEX', 'session'],
    ['HANDLER', 'read', 'reads rows one by one', 'table', 'unbounded', 'yes'],
    ['XA', 'session'],
    ['BINLOG', 'code_execution', 'runs events of a binary log', '', 'unbounded', 'no'],
    ['CLONE', 'export', 'copies the whole server', '', 'unbounded', 'no'],
    ['IMPORT TABLE', 'write', 'takes tables from files', 'table', 'bounded', 'unknown'],
    ['LOCK INSTANCE', 'process_control', 'stops all DDL', '', 'unbounded', 'yes'],
    ['UNLOCK INSTANCE', 'session'],
    ['ALTER INSTANCE', 'config_change', '', '', 'unbounded'],
    ['RENAME USER', 'privilege_change', 'changes who may log in', 'role'],
    ['ADMIN', 'config_change', 'administers TiDB', '', 'unbounded'],
    ['ADMIN SHOW|CHECK|CHECKSUM', 'read', TELLS, '', 'bounded', 'yes'],
    ['FLASHBACK|RECOVER', 'schema_change', 'brings back what was dropped, or an earlier state', '', 'unbounded', 'no'],
    ['SPLIT', 'config_change', '', 'table'],
    ['BACKUP', 'export', 'copies data to another place', '', 'unbounded', 'no'],
    ['RESTORE', 'write', 'puts a copy in the place of what is there', '', 'unbounded', 'no'],
    ['CHANGE DRAINER|PUMP', 'config_change'],
    ['SETTINGS', 'session'],
  ],
  sqlite: [
    ['END', 'session'],
    ['VACUUM INTO', 'export', 'copies the whole database into a file', 'file', 'unbounded', 'no'],
    ['ATTACH', 'config_change', 'opens or makes another database file', 'file', 'one', 'yes'],
  ],
  mssql: [
    ['PRINT', 'none'],
    ['GO', 'none'],
    ['SHUTDOWN', 'process_control', 'stops the server', '', 'unbounded', 'unknown'],
    ['RECONFIGURE', 'config_change', 'puts settings into force', '', 'unbounded', 'yes'],
    ['DBCC', 'config_change', 'administers the database', '', 'unbounded', 'unknown'],
    [
      'DBCC CHECKDB|CHECKTABLE|CHECKALLOC|CHECKCATALOG|CHECKCONSTRAINTS|SHOW_STATISTICS|SHOWCONTIG|SQLPERF|OPENTRAN|INPUTBUFFER|OUTPUTBUFFER|TRACESTATUS|USEROPTIONS|HELP|PROCCACHE|CHECKIDENT',
      'read',
      TELLS,
      '',
      'bounded',
      'yes',
    ],
    [
      'DBCC SHRINKDATABASE|SHRINKFILE|CLEANTABLE|DBREINDEX|INDEXDEFRAG|UPDATEUSAGE',
      'write',
      'rewrites files of the database',
      '',
      'bounded',
      'yes',
    ],
    [
      'DBCC DROPCLEANBUFFERS|FREEPROCCACHE|FREESYSTEMCACHE|FREESESSIONCACHE',
      'config_change',
      'empties caches',
      '',
      'unbounded',
      'yes',
    ],
    ['DBCC WRITEPAGE', 'write', 'writes pages by hand', '', 'unbounded', 'no'],
    ['BACKUP', 'export', 'copies data to another place', 'database', 'unbounded', 'no'],
    ['BACKUP CERTIFICATE|MASTER|SERVICE|SYMMETRIC', 'secret_read', 'copies keys into a file', '', 'one', 'no'],
    ['RESTORE', 'write', 'puts a copy in the place of what is there', 'database', 'unbounded', 'no'],
    ['RESTORE HEADERONLY|FILELISTONLY|LABELONLY|VERIFYONLY', 'read', TELLS, '', 'bounded', 'yes'],
    ['ENABLE TRIGGER', 'schema_change', '', 'trigger'],
    ['DISABLE TRIGGER', 'log_tamper', 'what it watched or recorded is no longer', 'trigger', 'one', 'yes'],
    ['UPDATE STATISTICS', 'write', 'collects statistics', 'table', 'bounded', 'yes'],
    ['WAITFOR', 'process_control', 'holds a connection and its locks while it waits', '', 'one', 'yes'],
    ['REVERT', 'identity_change', 'acts as before again', '', 'one', 'yes'],
    ['SETUSER', 'identity_change', 'acts as somebody else', 'role'],
    ['OPEN MASTER|SYMMETRIC', 'secret_read', 'opens a key', 'key'],
    ['ADD SIGNATURE|SENSITIVITY|COUNTER', 'privilege_change', 'signs code or labels data'],
    ['TRANSFER', 'privilege_change', 'changes the owner'],
    ['SEND ON', 'write', 'sends a message', '', 'one', 'no'],
  ],
  oracle: [
    ['PRAGMA', 'none'],
    ['AUDIT', 'config_change', 'changes what is audited', '', 'unbounded', 'yes'],
    ['NOAUDIT', 'log_tamper', 'audits less', '', 'unbounded', 'yes'],
    ['FLASHBACK', 'write', 'puts an earlier state in the place of this one', '', 'unbounded', 'no'],
    ['ASSOCIATE|DISASSOCIATE', 'schema_change'],
    ['ADMINISTER', 'privilege_change', 'changes keys', '', 'unbounded'],
    ['SHUTDOWN|STARTUP', 'process_control', 'starts or stops the server', '', 'unbounded'],
    ['SPOOL', 'write', 'writes a file of the client', 'file'],
    ['PROMPT|REM|REMARK|COLUMN|BREAK|DEFINE|PAUSE', 'none'],
    ['HOST', 'code_execution', 'runs a shell command', '', 'unbounded', 'no'],
    ['CONNECT', 'identity_change', 'logs in as somebody else', 'role'],
  ],
  snowflake: [
    ['PUT', 'write', 'uploads a file of the client', 'stage', 'bounded', 'unknown'],
    ['GET', 'export', 'downloads files of a stage', 'stage', 'bounded', 'no'],
    ['LIST|LS', 'read', TELLS, 'stage', 'bounded', 'yes'],
    ['REMOVE|RM', 'delete', 'removes files of a stage', 'stage', 'unknown', 'no'],
    ['EXECUTE TASK|ALERT', 'process_control', 'runs a task now', 'task'],
    ['EXECUTE NOTEBOOK|JOB', 'code_execution', 'runs code', '', 'one', 'no'],
    ['UNSET', 'session'],
  ],
  bigquery: [
    ['ASSERT', 'read', '', '', 'bounded', 'yes'],
    ['LOAD DATA', 'write', 'takes rows from files', 'table', 'bounded', 'unknown'],
    ['LOAD DATA OVERWRITE', 'delete', 'what was there is overwritten', 'table', 'unbounded', 'no'],
  ],
  redshift: [
    ['END|START', 'session'],
    ['UNLOAD', 'export', 'writes rows to files', '', 'unknown', 'no'],
    ['CANCEL', 'process_control', "cancels another session's query", 'session'],
    ['REFRESH', 'write', 'computes its rows again', 'materialized view', 'unbounded', 'no'],
    ['DECLARE', 'session'],
  ],
  clickhouse: [
    ['EXISTS', 'none'],
    ['WATCH', 'read', '', 'table', 'bounded', 'yes'],
    ['CHECK', 'read', TELLS, 'table', 'bounded', 'yes'],
    ['OPTIMIZE', 'write', 'merges parts', 'table', 'bounded', 'yes'],
    ['EXCHANGE', 'schema_change', 'two objects change places', '', 'bounded', 'yes'],
    ['ATTACH', 'schema_change', 'makes a table of what lies on disk', 'table', 'one', 'yes'],
    ['KILL QUERY|MUTATION', 'process_control', 'ends what others run', '', 'unknown', 'no'],
    ['BACKUP', 'export', 'copies data to another place', '', 'unbounded', 'no'],
    ['RESTORE', 'write', 'puts a copy in the place of what is there', '', 'unbounded', 'no'],
    ['MOVE', 'privilege_change', 'moves users or roles', '', 'bounded', 'yes'],
    ['SYSTEM', 'process_control', 'administers the server', '', 'unbounded', 'unknown'],
    ['SYSTEM FLUSH LOGS', 'session'],
    ['SYSTEM DROP', 'config_change', 'empties caches or forgets replicas', '', 'unbounded', 'unknown'],
    ['SYSTEM RELOAD', 'config_change', 'loads configuration again', '', 'unbounded', 'yes'],
    ['UNDROP', 'schema_change', 'brings back what was dropped', '', 'one', 'yes'],
  ],
  duckdb: [
    ['INSTALL|LOAD', 'code_execution', 'loads a library into the process', 'extension', 'one', 'no'],
    ['PIVOT|UNPIVOT', 'read', '', 'table', 'unbounded', 'yes'],
    ['SUMMARIZE', 'read', '', 'table', 'bounded', 'yes'],
    ['FORCE INSTALL', 'code_execution', 'loads a library into the process', 'extension', 'one', 'no'],
    ['EXPORT DATABASE', 'export', 'copies the whole database into files', 'directory', 'unbounded', 'no'],
    ['IMPORT DATABASE', 'code_execution', 'runs the SQL files of a directory', 'directory', 'unbounded', 'no'],
    ['ATTACH', 'config_change', 'opens or makes another database', 'file', 'one', 'yes'],
    ['END', 'session'],
  ],
  databricks: [
    ['OPTIMIZE', 'write', 'rewrites files', 'table', 'bounded', 'yes'],
    ['VACUUM', 'delete', 'removes files of earlier versions', 'table', 'bounded', 'no'],
    ['RESTORE', 'write', 'puts an earlier state in the place of this one', 'table', 'unbounded', 'yes'],
    ['CACHE|UNCACHE|REFRESH|CLEAR', 'session'],
    ['MSCK|FSCK', 'schema_change', '', 'table'],
    ['ADD|DELETE JAR|FILE|ARCHIVE', 'code_execution', 'brings code or files in', 'file', 'one', 'no'],
    ['LIST', 'read', TELLS, '', 'bounded', 'yes'],
    ['CONVERT', 'schema_change', '', 'table'],
    ['SYNC', 'schema_change', '', '', 'bounded'],
    ['PUT|REMOVE', 'write', 'changes files of a volume', 'file', 'bounded', 'no'],
    ['GET', 'export', 'downloads a file of a volume', 'file', 'one', 'no'],
    ['APPLY', 'write', '', 'table', 'bounded', 'no'],
  ],
  hive: [
    ['MSCK', 'schema_change', '', 'table'],
    ['ADD|DELETE|COMPILE JAR|FILE|ARCHIVE|JARS|FILES', 'code_execution', 'brings code or files in', 'file', 'one', 'no'],
    ['EXPORT', 'export', 'copies a table into files', 'table', 'unbounded', 'no'],
    ['IMPORT', 'write', 'takes rows from files', 'table', 'bounded', 'unknown'],
    ['DFS', 'opaque', 'a command of the file system'],
    ['RELOAD', 'config_change'],
    ['REFRESH|INVALIDATE', 'session'],
    ['COMPUTE', 'write', 'collects statistics', 'table', 'bounded', 'yes'],
  ],
};

/** By dialect and first word, longest first. */
const INDEX: ReadonlyMap<string, readonly PlainRow[]> = indexed();

function indexed(): Map<string, PlainRow[]> {
  const index = new Map<string, PlainRow[]>();
  for (const [dialect, lines] of Object.entries(LINES)) {
    for (const [
      text,
      kind,
      why = '',
      type = '',
      scope = 'one',
      reversible = kind === 'session' || kind === 'none' ? 'yes' : 'unknown',
    ] of lines) {
      const words = text.split(' ');
      const row: PlainRow = { words, kind, why, type, scope, reversible };
      for (const first of (words[0] ?? '').split('|')) {
        const key = `${dialect} ${first}`;
        index.set(
          key,
          [...(index.get(key) ?? []), row].sort((one, two) => two.words.length - one.words.length),
        );
      }
    }
  }
  return index;
}

/** Rows of the dialect itself come before those of all. */
export function plainRows(first: string, dialect: DialectName): readonly PlainRow[] {
  return [...(INDEX.get(`${dialect} ${first}`) ?? []), ...(INDEX.get(` ${first}`) ?? [])];
}
