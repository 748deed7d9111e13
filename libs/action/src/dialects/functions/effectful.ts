/**
 * Functions of the servers that do more than compute, by what they do. Names are from the servers' manuals; `*` ends a name of which
 * only the beginning counts.
 */
import type { EffectKind, EffectScope, Reversible } from '@countersign/kernel';
import type { DialectName } from '../dialects.ts';

export interface FunctionRule {
  readonly kind: EffectKind;
  readonly scope: EffectScope;
  readonly reversible: Reversible;
  readonly why: string;
  /** What the argument `argument` names. */
  readonly target?: string;
  readonly argument: number;
  /** That argument is SQL, read in turn; a path, judged by what it holds; or a place that may be a file or a URL. */
  readonly holds?: 'sql' | 'path' | 'place';
}

type Row = readonly [names: string, kind: EffectKind, why: string, more?: Partial<FunctionRule>];

const WAITS: Row[1] = 'process_control';
const HOLDS_CONNECTION = 'holds a connection and its locks while it waits';
const FILE = { target: 'file', holds: 'path' } as const;
const PLACE = { target: 'file', holds: 'place' } as const;

const ROWS: Readonly<Record<DialectName, readonly Row[]>> = {
  mysql: [
    ['load_file', 'read', 'reads a file of the server', FILE],
    [
      'sleep benchmark master_pos_wait source_pos_wait wait_for_executed_gtid_set',
      WAITS,
      HOLDS_CONNECTION,
      { reversible: 'yes' },
    ],
    ['get_lock release_lock release_all_locks', WAITS, 'takes or gives a lock back', { reversible: 'yes' }],
    [
      'sys_exec sys_eval sys_bineval lib_mysqludf_sys*',
      'code_execution',
      'runs a shell command on the server',
      { target: 'program' },
    ],
    ['sys_get sys_set http_get http_post http_put http_delete', 'network', 'reaches out of the server'],
    ['nextval setval', 'write', 'advances a sequence', { reversible: 'no', target: 'sequence' }],
    ['asynchronous_connection_failover_* group_replication_*', 'config_change', 'changes replication'],
    ['audit_log_* audit_api_*', 'log_tamper', 'changes or reads the audit log'],
    ['keyring_key_fetch', 'secret_read', 'reads a key'],
    ['keyring_key_*', 'privilege_change', 'changes keys'],
  ],
  sqlite: [
    ['load_extension', 'code_execution', 'loads a library into the process', { target: 'library' }],
    ['fts3_tokenizer', 'code_execution', 'may set a pointer to code'],
    ['edit', 'code_execution', 'starts an editor'],
    ['readfile lsdir fsdir zipfile', 'read', 'reads a file', FILE],
    ['writefile', 'export', 'writes a file', { ...FILE, reversible: 'no' }],
    ['eval', 'opaque', 'runs SQL given as text', { holds: 'sql' }],
  ],
  mssql: [
    ['openrowset opendatasource', 'network', 'connects to another server or opens a file', { target: 'server', argument: 1 }],
    ['openquery', 'network', 'sends SQL to a linked server', { target: 'server' }],
    ['openquery', 'read', 'runs SQL on a linked server', { argument: 1, holds: 'sql' }],
    ['fn_get_audit_file fn_xe_file_target_read_file fn_trace_gettable fn_dump_dblog', 'read', 'reads a file of the server', FILE],
    ['decryptbykey decryptbypassphrase decryptbycert decryptbyasymkey', 'secret_read', 'decrypts'],
  ],
  oracle: [
    [
      'utl_http.* utl_tcp.* utl_smtp.* utl_mail.* utl_dbws.* apex_web_service.* httpuritype dburitype',
      'export',
      'sends data to another host',
      { target: 'host' },
    ],
    ['utl_inaddr.* dbms_ldap.* sdo_*.*', 'network', 'asks another host', { target: 'host' }],
    [
      'utl_file.* dbms_advisor.create_file dbms_xslprocessor.* bfilename dbms_lob.fileopen',
      'export',
      'opens a file of the server',
      { reversible: 'no', target: 'directory' },
    ],
    [
      'utl_file.fremove utl_file.frename',
      'delete',
      'removes or moves a file of the server',
      { scope: 'unknown', reversible: 'no', target: 'directory' },
    ],
    ['dbms_xmlgen.* dbms_xmlquery.*', 'read', 'runs SQL given as text', { holds: 'sql' }],
    ['dbms_scheduler.* dbms_job.*', 'persistence', 'arranges for code to run later'],
    [
      'dbms_scheduler.create_job dbms_scheduler.run_job dbms_java.* dbms_java_test.* dbms_xdb*.*',
      'code_execution',
      'runs code on the server',
    ],
    ['dbms_lock.* dbms_session.sleep dbms_pipe.*', WAITS, HOLDS_CONNECTION],
    ['dbms_audit_mgmt.* dbms_fga.drop_policy dbms_fga.disable_policy', 'log_tamper', 'changes or erases the audit trail'],
    ['dbms_rls.* dbms_network_acl_admin.* dbms_fga.*', 'privilege_change', 'changes who may do what'],
    ['dbms_file_transfer.* dbms_datapump.*', 'export', 'copies data to files or other servers'],
    ['sys_eval', 'code_execution', 'runs code'],
  ],
  snowflake: [
    [
      'system$cancel_query system$cancel_all_queries system$abort_session system$abort_transaction system$task_*',
      WAITS,
      'stops what others run',
    ],
    [
      'get_presigned_url build_scoped_file_url build_stage_file_url',
      'export',
      'makes a link through which data leaves',
      { target: 'stage' },
    ],
    ['system$wait', WAITS, HOLDS_CONNECTION],
    [
      'system$typeof system$last_change_commit_time system$clustering_* system$current_user_task_name system$pipe_status system$whitelist system$allowlist system$estimate_* system$explain_* system$show_* system$stream_*',
      'none',
      '',
    ],
  ],
  bigquery: [
    ['external_query', 'network', 'asks another database', { target: 'connection' }],
    ['external_query', 'read', 'runs SQL on another database', { argument: 1, holds: 'sql' }],
    [
      'ml.generate_text ml.generate_embedding ai.* ml.annotate_image ml.understand_text ml.translate',
      'export',
      'sends data to a model',
    ],
    ['keys.*', 'secret_read', 'handles encryption keys'],
  ],
  redshift: [
    ['pg_terminate_backend pg_cancel_backend', WAITS, 'ends another session or its query'],
    ['pg_sleep', WAITS, HOLDS_CONNECTION],
    ['set_config', 'config_change', 'sets a parameter', { target: 'parameter' }],
  ],
  clickhouse: [
    [
      'url urlcluster s3 s3cluster gcs oss cosn hdfs hdfscluster azureblobstorage azureblobstoragecluster deltalake* iceberg* hudi* paimon*',
      'network',
      'reads from or writes to another place',
      { target: 'host' },
    ],
    [
      'remote remotesecure mysql postgresql mongodb redis jdbc odbc ytsaurus arrowflight',
      'network',
      'asks another server',
      { target: 'host' },
    ],
    ['cluster clusterallreplicas', 'read', 'asks the other servers of a cluster', { target: 'cluster' }],
    ['file filecluster sqlite', 'read', 'reads a file of the server', FILE],
    ['executable', 'code_execution', 'runs a program on the server', { target: 'program' }],
    ['sleep sleepeachrow', WAITS, HOLDS_CONNECTION],
  ],
  duckdb: [
    [
      'read_csv read_csv_auto read_parquet parquet_scan parquet_metadata parquet_schema read_json read_json_auto read_json_objects read_ndjson read_ndjson_auto read_ndjson_objects read_text read_blob read_xlsx sniff_csv glob st_read delta_scan iceberg_scan sqlite_scan sqlite_attach',
      'read',
      'reads a file',
      PLACE,
    ],
    ['postgres_scan postgres_scan_pushdown mysql_scan postgres_attach', 'network', 'asks another server', { target: 'host' }],
    [
      'postgres_query mysql_query postgres_execute mysql_execute',
      'network',
      'runs SQL on another server',
      { argument: 1, holds: 'sql' },
    ],
    ['query', 'read', 'runs SQL given as text', { holds: 'sql' }],
    ['getenv which_secret duckdb_secrets', 'secret_read', 'reads a secret or a variable of the process'],
    ['http_get http_post http_post_form', 'network', 'reaches out of the process', { target: 'host' }],
    ['shell_command system read_shell', 'code_execution', 'runs a shell command'],
    ['nextval', 'write', 'advances a sequence', { reversible: 'no', target: 'sequence' }],
  ],
  databricks: [
    ['reflect java_method try_reflect reflect2', 'code_execution', 'calls any method of Java', { target: 'class' }],
    ['read_files cloud_files', 'read', 'reads files', PLACE],
    [
      'ai_query ai_gen ai_classify ai_extract ai_summarize ai_translate ai_analyze_sentiment ai_fix_grammar ai_mask ai_similarity http_request',
      'export',
      'sends data to another service',
    ],
    ['secret try_secret', 'secret_read', 'reads a secret', { target: 'secret' }],
    ['remote_query', 'network', 'asks another database', { target: 'connection' }],
  ],
  hive: [['reflect java_method reflect2', 'code_execution', 'calls any method of Java', { target: 'class' }]],
  trino: [],
  generic: [],
};

/** Rules by exact name, and by the beginning of a name, per dialect. */
interface Rules {
  readonly exact: ReadonlyMap<string, readonly FunctionRule[]>;
  readonly prefixes: readonly (readonly [string, FunctionRule])[];
}

const RULES: ReadonlyMap<DialectName, Rules> = new Map(
  (Object.keys(ROWS) as DialectName[]).map((dialect) => [dialect, indexed(ROWS[dialect])]),
);

function indexed(rows: readonly Row[]): Rules {
  const exact = new Map<string, FunctionRule[]>();
  const prefixes: [string, FunctionRule][] = [];
  for (const [names, kind, why, more] of rows) {
    const reversible = kind === 'code_execution' || kind === 'export' ? 'no' : 'unknown';
    const rule: FunctionRule = { kind, scope: 'one', reversible, why, argument: 0, ...more };
    for (const name of names.split(' ')) {
      if (name.endsWith('*')) prefixes.push([name.slice(0, -1), rule]);
      else exact.set(name, [...(exact.get(name) ?? []), rule]);
    }
  }
  return { exact, prefixes };
}

/** What a function does beside computing; undefined when nothing is known. `name` is in lower case. */
export function rulesOf(name: string, dialect: DialectName): readonly FunctionRule[] | undefined {
  const rules = RULES.get(dialect);
  if (rules === undefined) return undefined;
  const exact = rules.exact.get(name);
  if (exact !== undefined) return exact;
  const found = rules.prefixes.filter(([prefix]) => matchesPrefix(name, prefix)).map(([, rule]) => rule);
  return found.length > 0 ? found : undefined;
}

/** `sdo_*.*` is any function of any package that begins so. */
function matchesPrefix(name: string, prefix: string): boolean {
  const star = prefix.indexOf('*');
  if (star < 0) return name.startsWith(prefix);
  return name.startsWith(prefix.slice(0, star)) && name.includes('.');
}
