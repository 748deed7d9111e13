/**
 * Functions that only compute or look: nothing outside the query changes when they run. The built-in names are those of pg_proc
 * with volatility immutable or stable (and the volatile ones that only look), without operators' and types' own support functions.
 */
import { EXTENSION_FUNCTIONS } from './harmless-extensions.ts';
import { SUPPORT_FUNCTIONS } from './harmless-support.ts';

const BUILTINS = [
  // Numbers
  `abs acos acosd acosh asin asind asinh atan atan2 atan2d atand atanh bit_count cbrt ceil ceiling cos cosd cosh cot cotd
   degrees div erf erfc exp factorial floor gamma gcd generate_series lcm lgamma ln log log10 min_scale mod pi pow power
   radians random random_normal round scale sign sin sind sinh sqrt tan tand tanh trim_scale trunc width_bucket`,
  // Text, bytes, identifiers
  `ascii bit_length btrim casefold char_length character_length chr concat concat_ws convert convert_from convert_to crc32
   crc32c decode encode enum_first enum_last format gen_random_uuid get_bit get_byte get_current_ts_config initcap
   is_normalized left length like lower lpad ltrim md5 normalize num_nonnulls num_nulls octet_length overlay parse_ident
   pg_client_encoding position quote_ident quote_literal quote_nullable regexp_count regexp_instr regexp_like regexp_match
   regexp_matches regexp_replace regexp_split_to_table regexp_substr repeat replace reverse right rpad rtrim set_bit
   set_byte sha224 sha256 sha384 sha512 similar_to_escape split_part string_to_table strpos substr substring to_ascii
   to_bin to_char to_hex to_number to_oct translate unicode_assigned unistr upper uuid_extract_timestamp
   uuid_extract_version uuidv4 uuidv7`,
  // Dates and times
  `age clock_timestamp current_date current_time date date_add date_bin date_part date_subtract date_trunc extract interval
   isfinite justify_days justify_hours justify_interval make_date make_interval make_time make_timestamp make_timestamptz
   mxid_age now overlaps statement_timestamp time timeofday timestamp timestamptz timetz timezone to_date to_timestamp
   transaction_timestamp`,
  // JSON
  `array_to_json json_agg_strict json_array_elements json_array_elements_text json_array_length json_array_query
   json_build_array json_build_object json_each json_each_text json_exists json_extract_path json_extract_path_text
   json_object json_object_agg json_object_agg_strict json_object_agg_unique json_object_agg_unique_strict
   json_object_keys json_populate_record json_populate_recordset json_query json_scalar json_serialize json_strip_nulls
   json_to_record json_to_recordset json_to_tsvector json_typeof json_value jsonb_agg_strict jsonb_array_elements
   jsonb_array_elements_text jsonb_array_length jsonb_build_array jsonb_build_object jsonb_each jsonb_each_text
   jsonb_extract_path jsonb_extract_path_text jsonb_insert jsonb_object jsonb_object_agg_strict jsonb_object_agg_unique
   jsonb_object_agg_unique_strict jsonb_object_keys jsonb_path_exists jsonb_path_exists_tz jsonb_path_match
   jsonb_path_match_tz jsonb_path_query jsonb_path_query_array jsonb_path_query_array_tz jsonb_path_query_first
   jsonb_path_query_first_tz jsonb_path_query_tz jsonb_populate_record jsonb_populate_recordset jsonb_pretty jsonb_set
   jsonb_set_lax jsonb_strip_nulls jsonb_to_record jsonb_to_recordset jsonb_to_tsvector jsonb_typeof row_to_json to_json
   to_jsonb`,
  // Arrays
  `array_append array_dims array_fill array_length array_lower array_ndims array_position array_positions array_prepend
   array_remove array_replace array_reverse array_sample array_shuffle array_sort array_to_string array_to_tsvector
   array_upper cardinality generate_subscripts regexp_split_to_array string_to_array trim_array tsvector_to_array unnest`,
  // Aggregates and windows
  `any_value array_agg avg bit_and bit_or bit_xor bool_and bool_or corr count covar_pop covar_samp cume_dist dense_rank every
   first_value json_agg json_arrayagg json_object_agg json_objectagg jsonb_agg jsonb_object_agg lag last_value lead max
   min mode nth_value ntile percent_rank percentile_cont percentile_disc range_agg range_intersect_agg rank regr_avgx
   regr_avgy regr_count regr_intercept regr_r2 regr_slope regr_sxx regr_sxy regr_syy row_number stddev stddev_pop
   stddev_samp string_agg sum var_pop var_samp variance xmlagg`,
  // Ranges
  `datemultirange daterange enum_range int4multirange int4range int8multirange int8range isempty lower_inc lower_inf
   multirange nummultirange numrange range_merge tsmultirange tsrange tstzmultirange tstzrange upper_inc upper_inf`,
  // Full text search
  `numnode phraseto_tsquery plainto_tsquery querytree setweight strip to_tsquery to_tsvector ts_debug ts_delete ts_filter
   ts_headline ts_lexize ts_parse ts_rank ts_rank_cd ts_token_type websearch_to_tsquery`,
  // Geometry
  `area bound_box box center circle diagonal diameter height isclosed ishorizontal isopen isparallel isperp isvertical line
   lseg npoints path point polygon radius slope width`,
  // Network addresses
  `abbrev broadcast cidr family host hostmask macaddr macaddr8 macaddr8_set7bit masklen netmask network set_masklen`,
  // XML
  `database_to_xmlschema schema_to_xmlschema table_to_xmlschema xml xml_is_well_formed xml_is_well_formed_content
   xml_is_well_formed_document xmlcomment xmlexists xmlvalidate xpath xpath_exists`,
  // Types written as functions
  `bit bool bpchar bytea char float4 float8 inet int2 int4 int8 json jsonb jsonpath macaddr money name numeric oid
   pg_snapshot regclass regcollation regconfig regdictionary regnamespace regoper regoperator regproc regprocedure regrole
   regtype text tid tsquery tsvector uuid varbit varchar xid xid8 xml`,
];

const CATALOG_FUNCTIONS = [
  // What the server knows of itself, its catalogs and this session
  `aclcontains acldefault aclexplode col_description current_database current_query current_role current_schema
   current_schemas current_setting current_user format_type getdatabaseencoding getpgusername has_any_column_privilege
   has_column_privilege has_database_privilege has_foreign_data_wrapper_privilege has_function_privilege
   has_language_privilege has_largeobject_privilege has_parameter_privilege has_schema_privilege has_sequence_privilege
   has_server_privilege has_table_privilege has_tablespace_privilege has_type_privilege inet_client_addr inet_client_port
   inet_server_addr inet_server_port makeaclitem obj_description oidvectortypes pg_available_extension_versions
   pg_available_extensions pg_available_wal_summaries pg_backend_pid pg_basetype pg_blocking_pids pg_char_to_encoding
   pg_client_encoding pg_collation_actual_version pg_collation_for pg_collation_is_visible pg_column_compression
   pg_column_is_updatable pg_column_size pg_column_toast_chunk_id pg_conf_load_time pg_config pg_control_checkpoint
   pg_control_init pg_control_recovery pg_control_system pg_conversion_is_visible pg_current_logfile pg_current_snapshot
   pg_current_wal_flush_lsn pg_current_wal_insert_lsn pg_current_wal_lsn pg_current_xact_id pg_current_xact_id_if_assigned
   pg_database_collation_actual_version pg_database_size pg_describe_object pg_encoding_max_length pg_encoding_to_char
   pg_event_trigger_ddl_commands pg_event_trigger_dropped_objects pg_event_trigger_table_rewrite_oid
   pg_event_trigger_table_rewrite_reason pg_extension_update_paths pg_filenode_relation pg_function_is_visible pg_get_acl
   pg_get_backend_memory_contexts pg_get_catalog_foreign_keys pg_get_constraintdef pg_get_expr pg_get_function_arg_default
   pg_get_function_arguments pg_get_function_identity_arguments pg_get_function_result pg_get_function_sqlbody
   pg_get_functiondef pg_get_indexdef pg_get_keywords pg_get_loaded_modules pg_get_multixact_members pg_get_object_address
   pg_get_partition_constraintdef pg_get_partkeydef pg_get_publication_tables pg_get_replica_identity_index
   pg_get_replication_slots pg_get_ruledef pg_get_sequence_data pg_get_serial_sequence pg_get_shmem_allocations
   pg_get_statisticsobjdef pg_get_statisticsobjdef_columns pg_get_statisticsobjdef_expressions pg_get_triggerdef
   pg_get_userbyid pg_get_viewdef pg_get_wal_replay_pause_state pg_get_wal_resource_managers pg_get_wal_summarizer_state
   pg_has_role pg_identify_object pg_identify_object_as_address pg_index_column_has_property pg_index_has_property
   pg_indexam_has_property pg_indexam_progress_phasename pg_indexes_size pg_input_error_info pg_input_is_valid
   pg_is_in_recovery pg_is_other_temp_schema pg_is_wal_replay_paused pg_jit_available pg_last_committed_xact
   pg_last_wal_receive_lsn pg_last_wal_replay_lsn pg_last_xact_replay_timestamp pg_listening_channels pg_lock_status
   pg_lsn pg_mcv_list_items pg_my_temp_schema pg_notification_queue_usage pg_opclass_is_visible pg_operator_is_visible
   pg_opfamily_is_visible pg_options_to_table pg_partition_ancestors pg_partition_root pg_partition_tree
   pg_postmaster_start_time pg_prepared_statement pg_prepared_xact pg_relation_filenode pg_relation_filepath
   pg_relation_is_publishable pg_relation_is_updatable pg_relation_size pg_replication_origin_oid
   pg_replication_origin_progress pg_replication_origin_session_is_setup pg_replication_origin_session_progress
   pg_safe_snapshot_blocking_pids pg_sequence_parameters pg_settings_get_flags pg_show_replication_origin_status
   pg_size_bytes pg_size_pretty pg_snapshot_xip pg_snapshot_xmax pg_snapshot_xmin pg_split_walfile_name
   pg_table_is_visible pg_table_size pg_tablespace_databases pg_tablespace_location pg_tablespace_size pg_timezone_abbrevs
   pg_timezone_names pg_total_relation_size pg_trigger_depth pg_ts_config_is_visible pg_ts_dict_is_visible
   pg_ts_parser_is_visible pg_ts_template_is_visible pg_type_is_visible pg_typeof pg_visible_in_snapshot pg_wal_lsn_diff
   pg_wal_summary_contents pg_walfile_name pg_walfile_name_offset pg_xact_commit_timestamp pg_xact_commit_timestamp_origin
   pg_xact_status row_security_active session_user shobj_description system_user to_regclass to_regcollation
   to_regnamespace to_regoper to_regoperator to_regproc to_regprocedure to_regrole to_regtype to_regtypemod txid_current
   txid_current_if_assigned txid_current_snapshot txid_snapshot_xip txid_snapshot_xmax txid_snapshot_xmin txid_status
   txid_visible_in_snapshot user version`,
  // Of versions 16 to 18
  `xmltext unicode_version icu_unicode_version pg_get_wait_events pg_numa_available pg_get_shmem_allocations_numa
   pg_stat_get_backend_io pg_stat_get_backend_wal pg_stat_get_backend_subxact pg_stat_get_checkpointer_num_requested
   pg_stat_get_checkpointer_num_performed pg_stat_get_checkpointer_restartpoints_timed pg_stat_get_checkpointer_buffers_written
   pg_stat_get_checkpointer_restartpoints_requested pg_stat_get_checkpointer_restartpoints_performed
   pg_stat_get_checkpointer_slru_written pg_stat_get_checkpointer_write_time pg_stat_get_checkpointer_sync_time
   pg_stat_get_checkpointer_stat_reset_time pg_stat_get_lastscan pg_stat_get_tuples_newpage_updated
   pg_stat_get_xact_tuples_newpage_updated pg_stat_get_total_vacuum_time pg_stat_get_total_autovacuum_time
   pg_stat_get_total_analyze_time pg_stat_get_total_autoanalyze_time pg_stat_get_db_parallel_workers_to_launch
   pg_stat_get_db_parallel_workers_launched pg_get_aios pg_current_logfile pg_wal_summary_contents`,
  // Statistics
  `pg_stat_get_activity pg_stat_get_analyze_count pg_stat_get_archiver pg_stat_get_autoanalyze_count
   pg_stat_get_autovacuum_count pg_stat_get_backend_activity pg_stat_get_backend_activity_start
   pg_stat_get_backend_client_addr pg_stat_get_backend_client_port pg_stat_get_backend_dbid pg_stat_get_backend_idset
   pg_stat_get_backend_pid pg_stat_get_backend_start pg_stat_get_backend_userid pg_stat_get_backend_wait_event
   pg_stat_get_backend_wait_event_type pg_stat_get_backend_xact_start pg_stat_get_bgwriter_buf_written_checkpoints
   pg_stat_get_bgwriter_buf_written_clean pg_stat_get_bgwriter_maxwritten_clean pg_stat_get_bgwriter_requested_checkpoints
   pg_stat_get_bgwriter_stat_reset_time pg_stat_get_bgwriter_timed_checkpoints pg_stat_get_blocks_fetched
   pg_stat_get_blocks_hit pg_stat_get_buf_alloc pg_stat_get_buf_fsync_backend pg_stat_get_buf_written_backend
   pg_stat_get_checkpoint_sync_time pg_stat_get_checkpoint_write_time pg_stat_get_checkpointer_num_timed
   pg_stat_get_db_active_time pg_stat_get_db_blk_read_time pg_stat_get_db_blk_write_time pg_stat_get_db_blocks_fetched
   pg_stat_get_db_blocks_hit pg_stat_get_db_checksum_failures pg_stat_get_db_checksum_last_failure
   pg_stat_get_db_conflict_all pg_stat_get_db_conflict_bufferpin pg_stat_get_db_conflict_lock
   pg_stat_get_db_conflict_snapshot pg_stat_get_db_conflict_startup_deadlock pg_stat_get_db_conflict_tablespace
   pg_stat_get_db_deadlocks pg_stat_get_db_idle_in_transaction_time pg_stat_get_db_numbackends pg_stat_get_db_session_time
   pg_stat_get_db_sessions pg_stat_get_db_sessions_abandoned pg_stat_get_db_sessions_fatal pg_stat_get_db_sessions_killed
   pg_stat_get_db_stat_reset_time pg_stat_get_db_temp_bytes pg_stat_get_db_temp_files pg_stat_get_db_tuples_deleted
   pg_stat_get_db_tuples_fetched pg_stat_get_db_tuples_inserted pg_stat_get_db_tuples_returned
   pg_stat_get_db_tuples_updated pg_stat_get_db_xact_commit pg_stat_get_db_xact_rollback pg_stat_get_dead_tuples
   pg_stat_get_function_calls pg_stat_get_function_self_time pg_stat_get_function_total_time pg_stat_get_ins_since_vacuum
   pg_stat_get_io pg_stat_get_last_analyze_time pg_stat_get_last_autoanalyze_time pg_stat_get_last_autovacuum_time
   pg_stat_get_last_vacuum_time pg_stat_get_live_tuples pg_stat_get_mod_since_analyze pg_stat_get_numscans
   pg_stat_get_progress_info pg_stat_get_recovery_prefetch pg_stat_get_replication_slot pg_stat_get_slru
   pg_stat_get_snapshot_timestamp pg_stat_get_subscription pg_stat_get_subscription_stats pg_stat_get_tuples_deleted
   pg_stat_get_tuples_fetched pg_stat_get_tuples_hot_updated pg_stat_get_tuples_inserted pg_stat_get_tuples_returned
   pg_stat_get_tuples_updated pg_stat_get_vacuum_count pg_stat_get_wal pg_stat_get_wal_receiver pg_stat_get_wal_senders
   pg_stat_get_xact_numscans pg_stat_get_xact_tuples_deleted pg_stat_get_xact_tuples_inserted
   pg_stat_get_xact_tuples_updated pg_stat_have_stats pg_stat_statements pg_stat_statements_info
   pg_statistics_obj_is_visible`,
];

export const HARMLESS_BUILTINS: ReadonlySet<string> = namesIn([...BUILTINS, ...CATALOG_FUNCTIONS, ...SUPPORT_FUNCTIONS]);

export const HARMLESS_EXTENSIONS: ReadonlySet<string> = namesIn(EXTENSION_FUNCTIONS);

function namesIn(blocks: readonly string[]): Set<string> {
  return new Set(blocks.flatMap((block) => block.split(/\s+/)));
}
