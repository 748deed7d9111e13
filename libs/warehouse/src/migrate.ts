/** Brings a database to the newest version, and refuses one that this program does not understand. */
import { EnvironmentError } from '@countersign/kernel';
import { type Migration, ROW_TABLES, checksumOf } from './migrations/index.ts';

/** What a migration needs of a connection. */
export interface Sql {
  run(statement: string): Promise<void>;
  rows(statement: string): Promise<readonly (readonly unknown[])[]>;
}

const LEDGER = 'schema_migrations';

const CREATE_LEDGER = `CREATE TABLE IF NOT EXISTS ${LEDGER} (
  version UInt32,
  name String,
  checksum String,
  applied_at DateTime64(3, 'UTC') DEFAULT now64(3)
) ENGINE = MergeTree ORDER BY version SETTINGS fsync_after_insert = 1, fsync_part_directory = 1`;

/** Applies what is missing, in order. Throws an EnvironmentError for a newer or a changed history, before anything is touched. */
export async function migrate(sql: Sql, migrations: readonly Migration[]): Promise<void> {
  await sql.run(CREATE_LEDGER);
  const applied = await readApplied(sql);
  for (const [version, checksum] of applied) checkKnown(version, checksum, migrations);
  for (const migration of migrations) {
    if (applied.has(migration.version)) continue;
    for (const statement of migration.statements) await sql.run(statement);
    const values = `${migration.version}, '${migration.name}', '${checksumOf(migration)}'`;
    await sql.run(`INSERT INTO ${LEDGER} (version, name, checksum) VALUES (${values})`);
  }
}

/**
 * Drops the tables. The ledger goes first: whatever a crash leaves behind, the next `migrate` creates what is missing. `events` is
 * next, see ROW_TABLES.
 */
export async function dropAll(sql: Sql): Promise<void> {
  for (const table of [LEDGER, ...ROW_TABLES]) await sql.run(`DROP TABLE IF EXISTS ${table} SYNC`);
}

async function readApplied(sql: Sql): Promise<Map<number, string>> {
  const rows = await sql.rows(`SELECT version, checksum FROM ${LEDGER} ORDER BY version`);
  return new Map(rows.map(([version, checksum]) => [Number(version), String(checksum)]));
}

function checkKnown(version: number, checksum: string, migrations: readonly Migration[]): void {
  const known = migrations.find((migration) => migration.version === version);
  if (!known) {
    throw new EnvironmentError(
      `the lineage tables have version ${version}, this program knows versions up to ${migrations.at(-1)?.version ?? 0}`,
      'Start the newer countersign that made these tables, or drop the database: the tables are rebuilt from the journal.',
    );
  }
  if (checksumOf(known) === checksum) return;
  throw new EnvironmentError(
    `the lineage tables were made by another text of migration ${version} (${known.name})`,
    'A released migration was edited. Start the countersign that made these tables, or drop the database: it is rebuilt from the journal.',
  );
}
