/** Every migration, in order of version. Released ones are never edited, removed or renumbered. */
import { firstTables } from './0001-first-tables.ts';
import type { Migration } from './migration.ts';

export const MIGRATIONS: readonly Migration[] = [firstTables];

/** The tables of rows, in the order in which a reset drops them: `events` first, because the others are trusted only as far as it goes. */
export const ROW_TABLES = ['events', 'decisions', 'approvals', 'outcomes', 'edges_fwd', 'edges_rev', 'lineage'] as const;

export { type Migration, checksumOf } from './migration.ts';
