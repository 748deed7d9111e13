/**
 * Functions of PostgreSQL itself that do more than compute, by what they do. Names and arguments are from the server's manual
 * (chapters 9.27 to 9.30, 35.4) and its pg_proc.
 */
import { type NamedRule, rule } from './rule.ts';

export const BUILT_IN_RULES: readonly NamedRule[] = [
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
  rule('pg_notify', 'process_control', 'one', 'no', 'wakes the sessions that listen', 'channel'),
  // Configuration
  rule('pg_reload_conf', 'config_change', 'unbounded', 'unknown', 'makes the server read its configuration files again'),
  rule('pg_rotate_logfile pg_rotate_logfile_old pg_logfile_rotate', 'log_tamper', 'one', 'no', "rotates the server's log"),
  rule('pg_import_system_collations', 'schema_change', 'bounded', 'unknown', 'adds collations'),
  rule('setseed pg_stat_clear_snapshot pg_stat_force_next_flush', 'session', 'one', 'yes', 'changes only this session'),
  // Sequences
  rule('nextval', 'write', 'one', 'no', 'advances a sequence', 'sequence'),
  // The same as ALTER SEQUENCE … RESTART.
  rule('setval', 'schema_change', 'one', 'unknown', 'sets a sequence: numbers may come twice', 'sequence'),
  rule('currval lastval pg_sequence_last_value', 'read', 'one', 'yes', 'reads a sequence', 'sequence'),
  // Write-ahead log, backup, replication
  rule(
    'pg_switch_wal pg_log_standby_snapshot pg_create_restore_point pg_logical_emit_message',
    'process_control',
    'one',
    'no',
    'makes the server act on its write-ahead log',
  ),
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
    'unknown',
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
     pg_stat_reset_replication_slot pg_stat_reset_subscription_stats pg_stat_reset_backend_stats`,
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
  // Whole tables through functions
  rule('table_to_xml table_to_xml_and_xmlschema', 'read', 'unbounded', 'yes', 'reads a whole table', 'table'),
  rule('schema_to_xml schema_to_xml_and_xmlschema', 'export', 'unbounded', 'no', 'reads every table of a schema', 'schema'),
  rule('database_to_xml database_to_xml_and_xmlschema', 'export', 'unbounded', 'no', 'reads every table of the database'),
  rule('cursor_to_xml cursor_to_xmlschema', 'read', 'unknown', 'yes', 'reads a cursor', 'cursor'),
  rule(
    'pg_hba_file_rules pg_ident_file_mappings pg_show_all_file_settings',
    'secret_read',
    'bounded',
    'yes',
    'reads who may log in from where',
  ),
  // What only pg_upgrade and the server's own tests may call
  rule(
    `binary_upgrade_create_empty_extension binary_upgrade_set_missing_value binary_upgrade_set_next_array_pg_type_oid
     binary_upgrade_set_next_attribute_versions binary_upgrade_set_next_heap_pg_class_oid binary_upgrade_set_next_heap_relfilenode
     binary_upgrade_set_next_index_pg_class_oid binary_upgrade_set_next_index_relfilenode
     binary_upgrade_set_next_multirange_array_pg_type_oid binary_upgrade_set_next_multirange_pg_type_oid
     binary_upgrade_set_next_pg_authid_oid binary_upgrade_set_next_pg_enum_oid binary_upgrade_set_next_pg_tablespace_oid
     binary_upgrade_set_next_pg_type_oid binary_upgrade_set_next_toast_pg_class_oid binary_upgrade_set_next_toast_relfilenode
     binary_upgrade_set_record_init_privs pg_stop_making_pinned_objects pg_nextoid pg_extension_config_dump`,
    'config_change',
    'one',
    'no',
    'changes how the server numbers or keeps its catalogs',
  ),
  rule('lo_close lo_lseek lo_lseek64 lo_tell lo_tell64', 'session', 'one', 'yes', 'handles an open large object'),
];
