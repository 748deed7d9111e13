/** Functions of common extensions that do more than compute, by what they do; from the extensions' own manuals. */
import { type NamedRule, rule } from './rule.ts';

export const EXTENSION_RULES: readonly NamedRule[] = [
  // adminpack, orafce: files of the server
  rule('pg_file_write utl_file_put utl_file.put_line', 'export', 'one', 'no', 'writes a file on the server', 'file'),
  rule('pg_file_rename pg_file_sync utl_file.frename', 'config_change', 'one', 'no', 'changes files of the server', 'file'),
  rule('pg_file_unlink utl_file.fremove', 'delete', 'unknown', 'no', 'removes a file of the server', 'file'),
  rule('pg_file_read utl_file.fopen utl_file.get_line', 'secret_read', 'one', 'no', 'reads a file of the server', 'file'),
  // dblink, postgres_fdw
  rule('dblink_connect dblink_connect_u', 'network', 'one', 'yes', 'connects to another server', 'connection'),
  rule(
    'dblink_open dblink_send_query dblink_fetch dblink_get_result dblink_get_notify',
    'export',
    'unknown',
    'no',
    'talks to another server',
    'connection',
  ),
  rule('dblink dblink_exec', 'export', 'unknown', 'no', 'sends SQL to another server', 'connection'),
  rule('dblink_cancel_query', 'process_control', 'one', 'no', 'cancels a query on another server', 'connection'),
  rule(
    `postgres_fdw_disconnect postgres_fdw_disconnect_all dblink_disconnect dblink_close dblink_error_message dblink_is_busy
     dblink_get_connections postgres_fdw_get_connections`,
    'session',
    'one',
    'yes',
    'handles connections to other servers',
  ),
  rule(
    'dblink_build_sql_insert dblink_build_sql_delete dblink_build_sql_update',
    'read',
    'one',
    'yes',
    'reads a row of a table',
    'table',
  ),
  rule('dblink_get_pkey dblink_current_query', 'read', 'one', 'yes', 'reads about tables and queries'),
  // http, pg_net, aws_lambda, aws_s3, azure_storage, pg_tle, AI extensions
  rule(
    `http http_get http_post http_put http_patch http_delete http_head http_options http_request http_collect_response
     net_http_get net_http_post urlencode_request`,
    'export',
    'unknown',
    'no',
    'calls another server',
    'url',
  ),
  rule('http_set_curlopt http_reset_curlopt', 'config_change', 'one', 'yes', 'changes how other servers are called'),
  rule('aws_lambda.invoke', 'export', 'unknown', 'no', 'calls a function in the cloud', 'function'),
  rule('query_export_to_s3', 'export', 'unbounded', 'no', 'sends the rows of a query to object storage', 'query'),
  rule('blob_put', 'export', 'unbounded', 'no', 'sends rows to object storage', 'blob'),
  rule('table_import_from_s3', 'write', 'unknown', 'unknown', 'loads rows from object storage', 'table'),
  rule('blob_get blob_list', 'network', 'one', 'yes', 'reads object storage', 'blob'),
  rule('create_embeddings create_completion embedding ai_embed', 'export', 'unknown', 'no', 'sends text to a model elsewhere'),
  rule('install_extension install_update_path', 'code_execution', 'one', 'unknown', 'installs code', 'extension'),
  // Jobs and workers: pg_cron, pg_background, pgagent, timescaledb, pg_partman
  rule('schedule schedule_in_database add_job', 'persistence', 'one', 'yes', 'arranges for SQL to run later', 'command', 1),
  rule('alter_job unschedule delete_job run_job', 'persistence', 'one', 'unknown', 'changes what runs later', 'job'),
  rule('pg_background_launch', 'code_execution', 'unknown', 'no', 'runs SQL in a session of its own', 'command'),
  rule('pg_background_result pg_background_detach', 'process_control', 'one', 'yes', 'handles a background worker'),
  rule('autoprewarm_start_worker', 'process_control', 'one', 'yes', 'starts a background worker'),
  rule(
    'add_retention_policy add_compression_policy add_continuous_aggregate_policy add_reorder_policy add_columnstore_policy',
    'persistence',
    'one',
    'yes',
    'arranges for rows to be removed or moved later',
    'table',
  ),
  rule(
    'remove_retention_policy remove_compression_policy remove_continuous_aggregate_policy remove_reorder_policy',
    'persistence',
    'one',
    'yes',
    'changes what runs later',
    'table',
  ),
  rule('create_parent create_sub_parent create_partition', 'schema_change', 'one', 'unknown', 'makes partitions', 'table'),
  rule('run_maintenance run_maintenance_proc', 'schema_change', 'unknown', 'unknown', 'makes and drops partitions', 'table'),
  rule('drop_partition_time drop_partition_id undo_partition', 'schema_drop', 'bounded', 'no', 'drops partitions', 'table'),
  rule(
    'partition_data_time partition_data_id partition_data_proc',
    'write',
    'unknown',
    'yes',
    'moves rows to partitions',
    'table',
  ),
  // How tables are stored: timescaledb, citus, pg_squeeze, pg_repack
  rule(
    `create_hypertable create_distributed_table create_reference_table create_distributed_function set_chunk_time_interval
     undistribute_table alter_distributed_table alter_table_set_access_method add_dimension attach_tablespace`,
    'schema_change',
    'one',
    'unknown',
    'changes how a table is stored',
    'table',
  ),
  rule('drop_chunks', 'delete', 'unknown', 'no', 'removes chunks of a table', 'table'),
  rule(
    'compress_chunk decompress_chunk recompress_chunk reorder_chunk move_chunk refresh_continuous_aggregate squeeze_table',
    'write',
    'bounded',
    'yes',
    'stores rows in another way',
    'table',
  ),
  rule(
    `citus_add_node citus_remove_node citus_disable_node citus_activate_node citus_set_coordinator_host rebalance_table_shards
     citus_rebalance_start citus_drain_node citus_move_shard_placement citus_copy_shard_placement master_add_node
     master_remove_node`,
    'config_change',
    'unbounded',
    'unknown',
    'changes which servers hold the data',
    'host',
  ),
  rule(
    `run_command_on_workers run_command_on_shards run_command_on_placements run_command_on_coordinator run_command_on_all_nodes
     distributed_exec`,
    'code_execution',
    'unbounded',
    'no',
    'runs a command on other nodes',
    'command',
  ),
  // pglogical
  rule(
    `create_node create_replication_set create_subscription alter_subscription_enable alter_subscription_disable
     replication_set_add_table replication_set_add_all_tables drop_node drop_subscription`,
    'config_change',
    'unbounded',
    'unknown',
    'changes what is replicated',
  ),
  // Queues: pgmq
  rule('pgmq.send pgmq.send_batch', 'write', 'one', 'no', 'puts a message into a queue', 'queue'),
  rule('pgmq.read pgmq.read_with_poll', 'write', 'bounded', 'no', 'takes messages from a queue', 'queue'),
  rule('pgmq.pop pgmq.delete pgmq.archive', 'delete', 'bounded', 'no', 'removes messages from a queue', 'queue'),
  rule('purge_queue', 'delete', 'unbounded', 'no', 'empties a queue', 'queue'),
  rule('drop_queue', 'schema_drop', 'one', 'no', 'drops a queue', 'queue'),
  // Credentials: Supabase vault, pgsodium
  rule('create_secret update_secret', 'privilege_change', 'one', 'unknown', 'stores a secret', 'secret'),
  // Pages, surgery, statistics
  rule('heap_force_kill heap_force_freeze', 'delete', 'unknown', 'no', 'removes rows behind the back of transactions', 'table'),
  rule(
    `get_raw_page pg_read_page heap_page_items heap_page_item_attrs bt_page_items gist_page_items gist_page_items_bytea
     brin_page_items hash_page_items gin_leafpage_items tuple_data_split pg_get_wal_record_info pg_get_wal_records_info
     pg_get_wal_records_info_till_end_of_wal pg_get_wal_block_info`,
    'read',
    'bounded',
    'yes',
    'reads pages past row security',
    'relation',
  ),
  rule(
    'pg_stat_statements_reset pg_stat_kcache_reset pg_wait_sampling_reset_profile',
    'log_tamper',
    'bounded',
    'no',
    'erases statistics of what was run',
  ),
  // PostGIS, isn, pg_trgm
  rule('addgeometrycolumn', 'schema_change', 'one', 'yes', 'adds a column'),
  rule('dropgeometrycolumn dropgeometrytable', 'schema_drop', 'one', 'no', 'removes a column or table'),
  rule('updategeometrysrid', 'schema_change', 'unbounded', 'unknown', 'changes every geometry of a column'),
  rule('isn_weak set_limit', 'session', 'one', 'yes', 'changes only this session'),
];
