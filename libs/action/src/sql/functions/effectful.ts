/**
 * Functions of PostgreSQL and its common extensions that do more than compute, by what they do. Names and arguments are from
 * the server's manual (chapters 9.27 to 9.30, 35.4, appendix F) and its pg_proc.
 */
import type { EffectKind, EffectScope, Reversible } from '@countersign/kernel';

export interface FunctionRule {
  readonly kind: EffectKind;
  readonly scope: EffectScope;
  readonly reversible: Reversible;
  /** Type of the target that an argument names. */
  readonly target?: string;
  /** Which argument that is; the first one when left out. */
  readonly argument?: number;
  readonly why: string;
}

const rule = (
  names: string,
  kind: EffectKind,
  scope: EffectScope,
  reversible: Reversible,
  why: string,
  target?: string,
  argument?: number,
): readonly [string, FunctionRule] => [
  names,
  { kind, scope, reversible, why, ...(target !== undefined && { target }), ...(argument !== undefined && { argument }) },
];

const RULES = [
  // Files of the server
  rule('pg_read_file pg_read_binary_file pg_read_file_old', 'secret_read', 'one', 'no', 'reads a file of the server', 'file'),
  rule('lo_import', 'secret_read', 'one', 'no', 'reads a file of the server into the database', 'file'),
  rule('lo_import', 'write', 'one', 'yes', 'stores a large object', 'file'),
  rule('lo_export', 'export', 'one', 'no', 'writes a file on the server', 'file', 1),
  rule(
    `pg_ls_dir pg_stat_file pg_ls_logdir pg_ls_waldir pg_ls_tmpdir pg_ls_archive_statusdir pg_ls_logicalmapdir pg_ls_logicalsnapdir
     pg_ls_replslotdir pg_ls_summariesdir pg_logdir_ls`,
    'export',
    'bounded',
    'no',
    'shows files of the server',
    'file',
  ),
  rule('pg_file_write pg_file_sync pg_file_rename', 'write', 'one', 'no', 'changes a file of the server', 'file'),
  rule('pg_file_unlink', 'delete', 'one', 'no', 'removes a file of the server', 'file'),
  rule('pg_file_read', 'secret_read', 'one', 'no', 'reads a file of the server', 'file'),
  // Large objects
  rule(
    'lo_create lo_creat lo_from_bytea lo_put lowrite lo_truncate lo_truncate64',
    'write',
    'one',
    'unknown',
    'changes a large object',
    'large object',
  ),
  rule('lo_unlink', 'delete', 'one', 'no', 'removes a large object', 'large object'),
  rule('lo_get loread lo_open', 'read', 'one', 'yes', 'reads a large object', 'large object'),
  // Other servers
  rule('dblink_connect dblink_connect_u', 'network', 'one', 'yes', 'connects to another server', 'connection'),
  rule(
    'dblink_open dblink_send_query dblink_fetch dblink_get_result',
    'export',
    'unknown',
    'no',
    'talks to another server',
    'connection',
  ),
  rule('dblink dblink_exec', 'export', 'unknown', 'no', 'sends SQL to another server', 'connection'),
  rule(
    'http http_get http_post http_put http_patch http_delete http_head',
    'export',
    'unknown',
    'no',
    'calls another server',
    'url',
  ),
  rule('query_export_to_s3', 'export', 'unbounded', 'no', 'sends the rows of a query to object storage', 'query'),
  rule('table_import_from_s3', 'write', 'unknown', 'unknown', 'loads rows from object storage', 'table'),
  rule(
    'postgres_fdw_disconnect postgres_fdw_disconnect_all dblink_disconnect',
    'session',
    'one',
    'yes',
    'closes a connection to another server',
  ),
  // Sessions, processes, waiting
  rule('pg_terminate_backend', 'process_control', 'one', 'no', 'ends another session', 'backend'),
  rule('pg_cancel_backend', 'process_control', 'one', 'no', "cancels another session's query", 'backend'),
  rule(
    'pg_sleep pg_sleep_for pg_sleep_until',
    'process_control',
    'one',
    'yes',
    'holds a connection and its locks while it waits',
  ),
  rule(
    `pg_advisory_lock pg_advisory_lock_shared pg_advisory_xact_lock pg_advisory_xact_lock_shared pg_try_advisory_lock
     pg_try_advisory_lock_shared pg_try_advisory_xact_lock pg_try_advisory_xact_lock_shared`,
    'process_control',
    'one',
    'yes',
    'can make other sessions wait',
    'advisory lock',
  ),
  rule(
    'pg_advisory_unlock pg_advisory_unlock_shared pg_advisory_unlock_all',
    'session',
    'one',
    'yes',
    'gives an advisory lock back',
  ),
  rule(
    'pg_promote pg_wal_replay_pause pg_wal_replay_resume',
    'process_control',
    'unbounded',
    'no',
    'changes the role or the replay of a server',
  ),
  rule('pg_log_backend_memory_contexts pg_log_query_plan', 'process_control', 'one', 'yes', 'signals another session', 'backend'),
  rule('pg_notify', 'write', 'one', 'no', 'sends a message to listeners', 'channel'),
  // Configuration
  rule('pg_reload_conf', 'config_change', 'unbounded', 'unknown', 'makes the server read its configuration files again'),
  rule('pg_rotate_logfile pg_rotate_logfile_old pg_logfile_rotate', 'log_tamper', 'one', 'no', "rotates the server's log"),
  rule('pg_import_system_collations', 'schema_change', 'bounded', 'unknown', 'adds collations'),
  rule('setseed pg_stat_clear_snapshot pg_stat_force_next_flush', 'session', 'one', 'yes', 'changes only this session'),
  rule('schedule schedule_in_database', 'persistence', 'one', 'yes', 'arranges for SQL to run later', 'command', 1),
  rule('alter_job unschedule', 'persistence', 'one', 'unknown', 'changes what runs later', 'job'),
  // Sequences
  rule('nextval', 'write', 'one', 'no', 'advances a sequence', 'sequence'),
  rule('setval', 'write', 'one', 'no', 'sets a sequence', 'sequence'),
  rule('currval lastval pg_sequence_last_value', 'read', 'one', 'yes', 'reads a sequence', 'sequence'),
  // Write-ahead log, backup, replication
  rule('pg_switch_wal pg_create_restore_point pg_logical_emit_message', 'write', 'one', 'no', 'writes to the write-ahead log'),
  rule(
    'pg_backup_start pg_backup_stop pg_start_backup pg_stop_backup',
    'config_change',
    'unbounded',
    'unknown',
    'starts or ends a backup',
  ),
  rule(
    `pg_create_logical_replication_slot pg_create_physical_replication_slot pg_copy_logical_replication_slot
     pg_copy_physical_replication_slot pg_sync_replication_slots`,
    'config_change',
    'one',
    'yes',
    'a replication slot keeps log on disk until somebody reads it',
    'replication slot',
  ),
  rule('pg_drop_replication_slot', 'schema_drop', 'one', 'no', 'removes a replication slot', 'replication slot'),
  rule(
    'pg_replication_slot_advance',
    'delete',
    'bounded',
    'no',
    'gives up changes that a subscriber has not read',
    'replication slot',
  ),
  rule(
    'pg_logical_slot_get_changes pg_logical_slot_get_binary_changes',
    'export',
    'unbounded',
    'no',
    'takes changes out of a slot',
    'replication slot',
  ),
  rule(
    'pg_logical_slot_peek_changes pg_logical_slot_peek_binary_changes',
    'export',
    'unbounded',
    'no',
    'shows changes of every table',
    'replication slot',
  ),
  rule(
    `pg_replication_origin_advance pg_replication_origin_create pg_replication_origin_drop pg_replication_origin_session_reset
     pg_replication_origin_session_setup pg_replication_origin_xact_reset pg_replication_origin_xact_setup`,
    'config_change',
    'one',
    'unknown',
    'changes where replication goes on',
    'replication origin',
  ),
  rule('pg_export_snapshot', 'session', 'one', 'yes', 'shows this snapshot to other sessions'),
  // Statistics and logs
  rule(
    `pg_stat_reset pg_stat_reset_shared pg_stat_reset_single_table_counters pg_stat_reset_single_function_counters pg_stat_reset_slru
     pg_stat_reset_replication_slot pg_stat_reset_subscription_stats pg_stat_reset_backend_stats pg_stat_statements_reset`,
    'log_tamper',
    'bounded',
    'no',
    'erases statistics of what was run',
  ),
  rule(
    'pg_restore_relation_stats pg_restore_attribute_stats pg_clear_relation_stats pg_clear_attribute_stats',
    'config_change',
    'one',
    'unknown',
    "changes the planner's statistics",
  ),
  // Index and table maintenance
  rule(
    'brin_summarize_new_values brin_summarize_range brin_desummarize_range gin_clean_pending_list pg_truncate_visibility_map pg_prewarm autoprewarm_dump_now',
    'write',
    'one',
    'yes',
    'maintains an index or a cache',
    'relation',
  ),
  rule('heap_force_kill heap_force_freeze', 'delete', 'bounded', 'no', 'removes rows behind the back of transactions', 'table'),
  rule('addgeometrycolumn', 'schema_change', 'one', 'yes', 'adds a column'),
  rule('dropgeometrycolumn dropgeometrytable', 'schema_drop', 'one', 'no', 'removes a column or table'),
  rule(
    'create_hypertable create_distributed_table create_reference_table add_retention_policy',
    'schema_change',
    'one',
    'unknown',
    'changes how a table is stored',
    'table',
  ),
  rule('drop_chunks', 'delete', 'bounded', 'no', 'removes chunks of a table', 'table'),
  rule(
    'run_command_on_workers run_command_on_shards run_command_on_placements',
    'code_execution',
    'unbounded',
    'no',
    'runs a command on other nodes',
    'command',
  ),
  // Whole tables through functions
  rule('table_to_xml table_to_xml_and_xmlschema', 'read', 'unbounded', 'yes', 'reads a whole table', 'table'),
  rule('schema_to_xml schema_to_xml_and_xmlschema', 'export', 'unbounded', 'no', 'reads every table of a schema', 'schema'),
  rule('database_to_xml database_to_xml_and_xmlschema', 'export', 'unbounded', 'no', 'reads every table of the database'),
  rule('cursor_to_xml cursor_to_xmlschema', 'read', 'unknown', 'yes', 'reads a cursor', 'cursor'),
  rule('get_raw_page pg_read_page heap_page_items', 'read', 'bounded', 'yes', 'reads pages past row security', 'relation'),
  rule(
    'pg_hba_file_rules pg_ident_file_mappings pg_show_all_file_settings',
    'secret_read',
    'bounded',
    'yes',
    'reads who may log in from where',
  ),
] as const;

export const EFFECTFUL: ReadonlyMap<string, readonly FunctionRule[]> = byName(RULES);

function byName(rules: readonly (readonly [string, FunctionRule])[]): Map<string, FunctionRule[]> {
  const map = new Map<string, FunctionRule[]>();
  for (const [names, effect] of rules) {
    for (const name of names.split(/\s+/)) map.set(name, [...(map.get(name) ?? []), effect]);
  }
  return map;
}
