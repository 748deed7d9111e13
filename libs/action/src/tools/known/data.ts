/** Public servers in front of databases and stores. */
import type { KnownServer } from './known.ts';

/** Names that servers of SQL databases give the same few tools. */
const READ_NAMES =
  'list_tables list_schemas list_databases describe_table get_table_schema list_objects get_object_details schema get_schema';

function sqlServer(name: string, dialect: string): KnownServer {
  return {
    name,
    tools: [
      [
        'query read_query write_query execute_sql execute_query run_query mysql_query run_select_query create_table execute sql_query',
        '',
        `sql=sql:${dialect} query=sql:${dialect} statement=sql:${dialect}`,
      ],
      [READ_NAMES, 'read bounded', 'table=text table_name=text schema=text schema_name=text database=text'],
      [
        'explain_query analyze_query_indexes analyze_workload_indexes get_top_queries analyze_db_health',
        'read bounded',
        `sql=sql:${dialect}`,
      ],
      ['append_insight', 'write', 'insight=text'],
      ['list_tables_and_columns get_query_history', 'read bounded'],
    ],
  };
}

const SUPABASE: KnownServer = {
  name: 'supabase',
  tools: [
    ['execute_sql', '', 'query=sql:postgres project_id=text'],
    ['apply_migration', 'schema_change', 'query=sql:postgres name=text project_id=text'],
    ['list_tables list_extensions list_migrations list_projects get_project list_organizations get_organization', 'read bounded'],
    [
      'list_edge_functions get_edge_function get_project_url list_branches get_cost search_docs generate_typescript_types',
      'read bounded',
    ],
    ['get_logs get_advisors', 'read bounded'],
    ['get_anon_key get_publishable_keys', 'secret_read'],
    ['deploy_edge_function', 'code_execution', 'name=text files=text'],
    ['create_project create_branch restore_project', 'infra_create'],
    ['pause_project reset_branch rebase_branch merge_branch', 'infra_change'],
    ['delete_branch', 'infra_destroy'],
  ],
};

const MONGODB: KnownServer = {
  name: 'mongodb',
  tools: [
    [
      'find count collection-schema collection-indexes collection-storage-size db-stats explain',
      'read bounded collection={collection}',
      'filter=text query=text sort=text',
    ],
    ['list-collections list-databases mongodb-logs list_collections list_databases', 'read bounded'],
    ['aggregate', 'read bounded collection={collection} + write unknown', 'pipeline=text'],
    ['insert-one insert-many insert_one', 'write bounded collection={collection}', 'documents=text document=text'],
    ['update-one update_one', 'write collection={collection}', 'filter=text update=text'],
    ['update-many update_many', 'write unknown collection={collection}', 'filter=text update=text'],
    ['delete-one delete_one', 'delete collection={collection}', 'filter=text'],
    ['delete-many delete_many', 'delete unknown collection={collection}', 'filter=text'],
    ['drop-collection drop_collection', 'schema_drop collection={collection}'],
    ['drop-database drop_database', 'schema_drop unbounded database={database}'],
    ['create-index create-collection rename-collection create_index', 'schema_change collection={collection}'],
    ['connect switch-connection', 'network', 'connectionString=text'],
  ],
};

const REDIS: KnownServer = {
  name: 'redis',
  tools: [
    [
      'get hget hgetall lrange llen smembers zrange json_get type info dbsize client_list xrange get_keys scan_keys scan_all_keys list',
      'read bounded key={key}',
      'pattern=text',
    ],
    ['set hset lpush rpush sadd zadd json_set expire xadd set_vector_in_hash', 'write key={key}', 'value=text'],
    ['delete hdel srem zrem json_del xdel lpop rpop', 'delete key={key}', 'key=text'],
    ['rename', 'write bounded key={old_key}', 'new_key=text'],
    ['publish', 'write', 'message=text'],
  ],
};

const ELASTICSEARCH: KnownServer = {
  name: 'elasticsearch',
  tools: [
    ['list_indices get_mappings get_shards esql', 'read bounded', 'query=text index=text'],
    ['search', 'read bounded index={index}', 'queryBody=text query_body=text'],
  ],
};

export const DATA_SERVERS: readonly KnownServer[] = [
  sqlServer('postgres', 'postgres'),
  sqlServer('sqlite', 'sqlite'),
  sqlServer('mysql', 'mysql'),
  sqlServer('mssql', 'mssql'),
  sqlServer('snowflake', 'snowflake'),
  sqlServer('bigquery', 'bigquery'),
  sqlServer('clickhouse', 'clickhouse'),
  SUPABASE,
  MONGODB,
  REDIS,
  ELASTICSEARCH,
];
