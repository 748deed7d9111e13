/** What every lineage store promises, whatever stores it. */
import { expect } from 'vitest';
import { EnvironmentError } from '@countersign/kernel';
import { type LineageRow, type LineageStore, QueryRefused } from '../lineage-store.ts';
import { type Gaps, runContract } from './suite.ts';

export interface LineageStoreContext {
  /** A store without tables. */
  readonly store: LineageStore;
  /** Closes the store and opens what it has stored. */
  reopen(): Promise<LineageStore>;
  /** Writes into the store that a newer version of the program was here. */
  markNewer(): Promise<void>;
  /** Closes what is open and removes what is stored. */
  destroy(): Promise<void>;
}

export type LineageStorePromise = keyof typeof CASES;

export function lineageStoreContract(open: () => Promise<LineageStoreContext>, gaps: Gaps<LineageStorePromise> = {}): void {
  runContract('the lineage store contract', CASES, open, gaps);
}

const TOPIC = 'countersign.decisions.v1';
const LATER = new AbortController().signal;

const CASES = {
  async 'says 0 for a table that has nothing of a partition'({ store }: LineageStoreContext) {
    await store.migrate();

    expect(await store.resumeAt('outcomes', TOPIC, 0)).toBe(0);
  },

  async 'says the offset after the last row, for each table, topic and partition apart'({ store }: LineageStoreContext) {
    await store.migrate();
    await store.insert({ table: 'outcomes', rows: [outcome(0), outcome(7)] });
    await store.insert({ table: 'outcomes', rows: [outcome(3, { partition: 1 })] });

    expect(await store.resumeAt('outcomes', TOPIC, 0)).toBe(8);
    expect(await store.resumeAt('outcomes', TOPIC, 1)).toBe(4);
    expect(await store.resumeAt('outcomes', 'countersign.approvals.v1', 0)).toBe(0);
    expect(await store.resumeAt('edges_fwd', TOPIC, 0)).toBe(0);
  },

  async 'keeps what was inserted over a reopen'({ store, reopen }: LineageStoreContext) {
    await store.migrate();
    await store.insert({ table: 'outcomes', rows: [outcome(0), outcome(1)] });
    const reopened = await reopen();
    await reopened.migrate();

    expect(await reopened.resumeAt('outcomes', TOPIC, 0)).toBe(2);
    expect(await column(reopened, 'SELECT decision_id FROM outcomes ORDER BY journal_offset')).toEqual(['d0', 'd1']);
  },

  async 'stores the same block twice when asked twice: nothing is dropped in silence'({ store }: LineageStoreContext) {
    await store.migrate();
    const block = { table: 'outcomes', rows: [outcome(0)] };
    await store.insert(block);
    await store.insert(block);

    expect(await column(store, 'SELECT count() FROM outcomes')).toEqual([2]);
  },

  async 'stores nothing of a block with one bad row'({ store }: LineageStoreContext) {
    await store.migrate();
    const rows = [outcome(0), outcome(1, { rows_affected: 'many' })];

    await expect(store.insert({ table: 'outcomes', rows })).rejects.toThrow(EnvironmentError);
    expect(await store.resumeAt('outcomes', TOPIC, 0)).toBe(0);
  },

  async 'gives every kind of value back as it was'({ store }: LineageStoreContext) {
    await store.migrate();
    const detail = 'quotes " \' `, a \\, a\nnew line,\ta tab, a NUL \0, ünï, 你好, 🜛, {"json": [1]} and \u202e';
    await store.insert({ table: 'outcomes', rows: [outcome(0, { detail, rows_affected: '18446744073709551615' })] });
    const { columns, rows } = await store.query('SELECT detail, rows_affected, occurred_at FROM outcomes', 'acme', LATER);

    expect(columns.map(({ name }) => name)).toEqual(['detail', 'rows_affected', 'occurred_at']);
    expect(await all(rows)).toEqual([[detail, '18446744073709551615', '2026-01-02 03:04:05.678']]);
  },

  async 'shows a tenant its own rows and no others'({ store }: LineageStoreContext) {
    await store.migrate();
    await store.insert({ table: 'outcomes', rows: [outcome(0), outcome(1, { tenant: 'other' })] });

    expect(await column(store, 'SELECT decision_id FROM outcomes', 'acme')).toEqual(['d0']);
    expect(await column(store, 'SELECT decision_id FROM outcomes', 'other')).toEqual(['d1']);
    expect(await column(store, "SELECT count() FROM outcomes WHERE tenant = 'other' OR 1 = 1", 'nobody')).toEqual([0]);
  },

  async 'refuses a statement that is wrong or would write, and says why'({ store }: LineageStoreContext) {
    await store.migrate();
    await store.insert({ table: 'outcomes', rows: [outcome(0)] });
    for (const sql of [
      'SELEC 1',
      'SELECT nothing_like_it FROM outcomes',
      'SELECT * FROM no_such_table',
      'DROP TABLE outcomes',
      'INSERT INTO outcomes (tenant) VALUES (1)',
      'SELECT 1; SELECT 2',
      '',
    ]) {
      await expect(store.query(sql, 'acme', LATER), sql).rejects.toThrow(QueryRefused);
    }

    expect(await column(store, 'SELECT count() FROM outcomes')).toEqual([1]);
  },

  async 'ends a query when its signal aborts'({ store }: LineageStoreContext) {
    await store.migrate();
    const aborted = AbortSignal.abort(new Error('no longer wanted'));

    await expect(store.query('SELECT 1', 'acme', aborted)).rejects.toThrow('no longer wanted');
  },

  async 'forgets everything at a reset and goes on'({ store }: LineageStoreContext) {
    await store.migrate();
    await store.insert({ table: 'outcomes', rows: [outcome(0)] });
    await store.reset();

    expect(await store.resumeAt('outcomes', TOPIC, 0)).toBe(0);
    await store.insert({ table: 'outcomes', rows: [outcome(5)] });
    expect(await store.resumeAt('outcomes', TOPIC, 0)).toBe(6);
  },

  async 'migrates twice as it migrates once'({ store }: LineageStoreContext) {
    await store.migrate();
    await store.insert({ table: 'outcomes', rows: [outcome(0)] });
    await store.migrate();

    expect(await store.resumeAt('outcomes', TOPIC, 0)).toBe(1);
  },

  async 'refuses tables of a newer version with advice'({ store, markNewer }: LineageStoreContext) {
    await store.migrate();
    await markNewer();

    const refusal = await store.migrate().then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(refusal).toBeInstanceOf(EnvironmentError);
    expect((refusal as EnvironmentError).advice).toContain('newer');
  },
};

function outcome(offset: number, change: LineageRow = {}): LineageRow {
  return {
    topic: TOPIC,
    partition: 0,
    journal_offset: offset,
    tenant: 'acme',
    occurred_at: Date.UTC(2026, 0, 2, 3, 4, 5, 678),
    correlation_id: 'c',
    event_id: `e${offset}`,
    decision_id: `d${offset}`,
    outcome: 'executed',
    detail: '',
    rows_affected: 1,
    caller: 'agent:x',
    caller_owner: 'person:ana',
    ...change,
  };
}

async function column(store: LineageStore, sql: string, tenant = 'acme'): Promise<unknown[]> {
  const { rows } = await store.query(sql, tenant, LATER);
  return (await all(rows)).map(([value]) => value);
}

async function all(rows: AsyncIterable<readonly unknown[]>): Promise<(readonly unknown[])[]> {
  const whole: (readonly unknown[])[] = [];
  for await (const row of rows) whole.push(row);
  return whole;
}
