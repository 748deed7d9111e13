/** The configuration files of the engine: what its only user may touch, and the row policy that keeps tenants apart. */
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Layout of the data folder; a folder with a higher number was written by a newer release and is refused. */
const FOLDER_VERSION = 1;

/** Readers see nothing of `system` but these; columns that count other tenants' rows and bytes are left out. */
export const SYSTEM_TABLES: Readonly<Record<string, readonly string[]>> = {
  one: [],
  numbers: [],
  numbers_mt: [],
  zeros: [],
  zeros_mt: [],
  databases: [],
  data_type_families: [],
  formats: [],
  functions: [],
  keywords: [],
  settings: [],
  table_engines: [],
  table_functions: [],
  time_zones: [],
  tables: [
    ...['database', 'name', 'uuid', 'engine', 'is_temporary', 'metadata_modification_time', 'create_table_query', 'engine_full'],
    ...['as_select', 'partition_key', 'sorting_key', 'primary_key', 'sampling_key', 'storage_policy', 'comment', 'has_own_data'],
    ...[
      'dependencies_database',
      'dependencies_table',
      'table',
      'parameterized_view_parameters',
      'target_database',
      'target_table',
    ],
  ],
  columns: [
    ...['database', 'table', 'name', 'type', 'position', 'default_kind', 'default_expression', 'comment', 'column'],
    ...['is_in_partition_key', 'is_in_sorting_key', 'is_in_primary_key', 'is_in_sampling_key', 'compression_codec'],
    ...['character_octet_length', 'numeric_precision', 'numeric_precision_radix', 'numeric_scale', 'datetime_precision'],
  ],
};

/** What only our own statements read: the list of running queries (to kill one) and the parts (for the writer). */
const OWN_SYSTEM_TABLES = ['processes', 'parts'];

export interface EngineFolders {
  /** The engine's own path: databases, tables, parts. */
  readonly data: string;
  /** Bodies of inserts on their way into the engine; emptied at each start. */
  readonly incoming: string;
  readonly configFile: string;
  readonly usersFile: string;
}

export class NewerFolder extends Error {}

/** Makes the folders (mode 0700) and checks the version mark. Throws NewerFolder, or the file system's own error. */
export function prepareFolders(dataDir: string): EngineFolders {
  const folders: EngineFolders = {
    data: join(dataDir, 'engine'),
    incoming: join(dataDir, 'incoming'),
    configFile: join(dataDir, 'engine.xml'),
    usersFile: join(dataDir, 'engine-users.xml'),
  };
  mkdirSync(folders.data, { recursive: true, mode: 0o700 });
  const mark = join(dataDir, 'VERSION');
  const found = Number(readOrNothing(mark) ?? FOLDER_VERSION);
  if (found !== FOLDER_VERSION) throw new NewerFolder(`the folder is of version ${found}, this release reads ${FOLDER_VERSION}`);
  writeFileSync(mark, `${FOLDER_VERSION}\n`, { mode: 0o600 });
  return folders;
}

/** Only after the engine holds its lock on the folder: another process may be using these files until then. */
export function emptyIncoming(folders: EngineFolders): void {
  rmSync(folders.incoming, { recursive: true, force: true });
  mkdirSync(folders.incoming, { mode: 0o700 });
}

/** What tells connections apart: see `writeEngineFiles`. Made anew at each start, so nothing outlives a stolen copy of the files. */
export interface Marks {
  readonly writer: string;
  /** What the setting `log_comment` of a reader's connection holds. */
  ofTenant(tenant: string): string;
  /** Condition of the row policy that lets a tenant see its rows, in SQL. */
  readonly tenantCondition: string;
}

/**
 * A tenant's mark is SHA-256 in hex over secret, tenant, secret, followed by the tenant. The condition checks that before it believes
 * the tenant, so a reader who could change the setting after all would still have to know the secret. It is all constants but for
 * the column: the engine folds it to `tenant = 'a'`, which it can look up in an index.
 */
export function makeMarks(): Marks {
  const secret = randomBytes(32).toString('hex');
  const told = `getSetting('log_comment')`;
  const tenant = `substring(${told}, ${DIGEST_CHARS + 1})`;
  const expected = `lower(hex(SHA256(concat('${secret}', ${tenant}, '${secret}'))))`;
  return {
    writer: randomBytes(32).toString('hex'),
    ofTenant: (name) => createHash('sha256').update(`${secret}${name}${secret}`).digest('hex') + name,
    tenantCondition: `tenant = if(substring(${told}, 1, ${DIGEST_CHARS}) = ${expected}, ${tenant}, '') AND tenant != ''`,
  };
}

const DIGEST_CHARS = 64;

/**
 * The engine knows one user, so both the writer and the readers are it. What tells them apart is the setting `log_comment`, which
 * each connection gets when it opens and `readonly=1` freezes: a mark of the writer or of a tenant. Tables with a column `tenant`
 * show readers their tenant's rows; the other relations of the database show readers nothing.
 */
export function writeEngineFiles(
  folders: EngineFolders,
  database: string,
  marks: Marks,
  tables: readonly { readonly name: string; readonly hasTenant: boolean }[],
): void {
  const isWriter = `getSetting('log_comment') = '${marks.writer}'`;
  const policies = tables.map(({ name, hasTenant }) => {
    const filter = hasTenant ? `${isWriter} OR (${marks.tenantCondition})` : isWriter;
    return `<table name="${escapeXml(name)}"><filter>${escapeXml(filter)}</filter></table>`;
  });
  const grants = [
    `GRANT ALL ON ${database}.*`,
    `GRANT KILL QUERY ON *.*`,
    ...OWN_SYSTEM_TABLES.map((table) => `GRANT SELECT ON system.${table}`),
    ...Object.entries(SYSTEM_TABLES).map(
      ([table, columns]) => `GRANT SELECT${columns.length > 0 ? `(${columns.join(', ')})` : ''} ON system.${table}`,
    ),
  ];
  writeFileSync(
    folders.usersFile,
    `<clickhouse><profiles><default><log_queries>0</log_queries></default></profiles><quotas><default/></quotas><users><default>
<password></password><networks><ip>::/0</ip></networks><profile>default</profile><quota>default</quota>
<grants>${grants.map((grant) => `<query>${grant}</query>`).join('\n')}</grants>
<databases><${database}>${policies.join('\n')}</${database}></databases>
</default></users></clickhouse>\n`,
    { mode: 0o600 },
  );
  writeFileSync(
    folders.configFile,
    `<clickhouse><logger><level>none</level></logger><users_config>${escapeXml(folders.usersFile)}</users_config>
<mark_cache_size>33554432</mark_cache_size><uncompressed_cache_size>0</uncompressed_cache_size>
<background_pool_size>2</background_pool_size><background_merges_mutations_concurrency_ratio>1</background_merges_mutations_concurrency_ratio>
<background_schedule_pool_size>2</background_schedule_pool_size><background_common_pool_size>2</background_common_pool_size>
<background_move_pool_size>1</background_move_pool_size><background_fetches_pool_size>1</background_fetches_pool_size>
<merge_tree><number_of_free_entries_in_pool_to_lower_max_size_of_merge>1</number_of_free_entries_in_pool_to_lower_max_size_of_merge>
<number_of_free_entries_in_pool_to_execute_mutation>1</number_of_free_entries_in_pool_to_execute_mutation>
<number_of_free_entries_in_pool_to_execute_optimize_entire_partition>1</number_of_free_entries_in_pool_to_execute_optimize_entire_partition></merge_tree></clickhouse>\n`,
    { mode: 0o600 },
  );
}

function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);
}

function readOrNothing(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw thrown;
  }
}
