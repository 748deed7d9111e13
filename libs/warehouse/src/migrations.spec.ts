/** Released migrations are frozen, and a database of another history is refused before it is touched. */
import { EnvironmentError } from '@countersign/kernel';
import { describe, expect, it } from 'vitest';
import { MIGRATIONS, type Migration, checksumOf } from './index.ts';
import { type Sql, migrate } from './migrate.ts';

describe('released migrations', () => {
  // A red line here means that a released text was edited: undo that and write a new migration.
  it('have the text that they were released with', () => {
    expect(MIGRATIONS.map((migration) => [migration.version, checksumOf(migration)])).toEqual([
      [1, 'b77c2d598d15a0d2da981ed6e49d47107a07190da4baffbe0e6a7d0508a49d86'],
    ]);
  });

  it('are numbered from 1 without gaps', () => {
    expect(MIGRATIONS.map(({ version }) => version)).toEqual(MIGRATIONS.map((_, index) => index + 1));
  });

  it('make every table within one partition and synced, so that a block is one durable part', () => {
    const creates = MIGRATIONS.flatMap(({ statements }) => statements).filter((text) => text.startsWith('CREATE TABLE'));
    expect(creates).toHaveLength(7);
    expect(creates.filter((text) => text.includes('PARTITION BY'))).toEqual([]);
    expect(creates.filter((text) => !text.includes('fsync_after_insert = 1'))).toEqual([]);
  });
});

const ONE: Migration = { version: 1, name: 'one', statements: ['CREATE one', 'CREATE two'] };
const TWO: Migration = { version: 2, name: 'two', statements: ['ALTER one'] };

/** A database that remembers what ran and which versions it was told of. */
function database(applied: [number, string][] = []) {
  const ran: string[] = [];
  const sql: Sql = {
    async run(statement) {
      ran.push(statement);
    },
    rows: async () => applied,
  };
  return { sql, ran };
}

describe('migrate', () => {
  it('runs what is missing, in order, and records each after its statements', async () => {
    const { sql, ran } = database();
    await migrate(sql, [ONE, TWO]);
    expect(ran.slice(1)).toEqual([
      'CREATE one',
      'CREATE two',
      `INSERT INTO schema_migrations (version, name, checksum) VALUES (1, 'one', '${checksumOf(ONE)}')`,
      'ALTER one',
      `INSERT INTO schema_migrations (version, name, checksum) VALUES (2, 'two', '${checksumOf(TWO)}')`,
    ]);
  });

  it('leaves what was applied', async () => {
    const { sql, ran } = database([[1, checksumOf(ONE)]]);
    await migrate(sql, [ONE, TWO]);
    expect(ran).not.toContain('CREATE one');
    expect(ran).toContain('ALTER one');
  });

  it('refuses a newer version and a changed text, and runs nothing', async () => {
    const newer = database([
      [1, checksumOf(ONE)],
      [3, 'x'],
    ]);
    await expect(migrate(newer.sql, [ONE, TWO])).rejects.toThrow(EnvironmentError);
    await expect(migrate(newer.sql, [ONE, TWO])).rejects.toThrow('version 3, this program knows versions up to 2');
    const changed = database([[1, checksumOf({ ...ONE, statements: ['CREATE one'] })]]);
    await expect(migrate(changed.sql, [ONE, TWO])).rejects.toThrow('another text of migration 1 (one)');
    expect([...newer.ran, ...changed.ran].filter((text) => !text.includes('schema_migrations'))).toEqual([]);
  });
});
