/** Whatever fails, whenever: each event has its rows in each table once, in order. */
import { EnvironmentError } from '@countersign/kernel';
import { describe, expect, it } from 'vitest';
import { type LineageRow, TOPICS, monotonicClock } from '@countersign/ports';
import { createMemoryJournal } from '@countersign/testkit';
import { GROUP } from './cursors.ts';
import { openLineageService } from './index.ts';
import { SILENT } from './test/log.ts';
import { decisionDraft, outcomeDraft, publisher, voteDraft } from './test/events.ts';
import { type Fate, memoryStore } from './test/memory-store.ts';

const FATES: readonly Fate[] = ['stored', 'stored', 'stored', 'lost', 'unanswered'];

/** A small linear congruential generator (Numerical Recipes): the same seed gives the same faults. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32) / 2 ** 32;
}

async function start(world: ReturnType<typeof memoryStore>, journal = createMemoryJournal()) {
  const publish = await publisher(journal);
  const open = () => openLineageService({ journal, store: world.store, clock: monotonicClock(), log: SILENT });
  return { journal, publish, open };
}

/** Per table: topic and offset of every row, and how many rows each has. */
function placesOf(rows: readonly LineageRow[]): string[] {
  return rows.map((row) => `${row.topic as string} ${row.journal_offset as number}`);
}

describe('exactly once', () => {
  it.each([1, 2, 3, 4, 5, 6])('holds under random faults (seed %i)', async (seed) => {
    const random = randomFrom(seed);
    const world = memoryStore(() => FATES[Math.floor(random() * FATES.length)] ?? 'stored');
    const { publish, open } = await start(world);
    const service = await open();
    for (let n = 0; n < 6; n++) {
      await publish(TOPICS.decisions, [decisionDraft(3 * n), decisionDraft(3 * n + 1), outcomeDraft(3 * n)]);
      await publish(TOPICS.approvals, [voteDraft(n)]);
    }
    await service.caughtUp();
    await service.stop();

    const decisions = Array.from({ length: 18 }, (_, offset) => `${TOPICS.decisions} ${offset}`);
    const votes = Array.from({ length: 6 }, (_, offset) => `${TOPICS.approvals} ${offset}`);
    const isOutcome = (_: string, offset: number) => offset % 3 === 2;
    expect(placesOf(world.rowsOf('events')).toSorted()).toEqual([...decisions, ...votes].toSorted());
    expect(placesOf(world.rowsOf('decisions'))).toEqual(decisions.filter((place, offset) => !isOutcome(place, offset)));
    expect(placesOf(world.rowsOf('lineage'))).toEqual(decisions.filter((place, offset) => !isOutcome(place, offset)));
    expect(placesOf(world.rowsOf('outcomes'))).toEqual(decisions.filter(isOutcome));
    expect(placesOf(world.rowsOf('approvals'))).toEqual(votes);
    expect(world.rowsOf('edges_fwd')).toHaveLength(12 * 4 + 6 * 2 + 6);
    expect(world.rowsOf('edges_rev')).toHaveLength(12 * 4 + 6 * 2 + 6);
  });

  it('holds over restarts of the service in the middle of faults', async () => {
    const random = randomFrom(7);
    const world = memoryStore(() => FATES[Math.floor(random() * FATES.length)] ?? 'stored');
    const { publish, open } = await start(world);
    for (let n = 0; n < 8; n++) {
      const service = await open();
      await publish(TOPICS.decisions, [decisionDraft(2 * n), decisionDraft(2 * n + 1)]);
      await service.stop();
    }
    const last = await open();
    await last.caughtUp();
    await last.stop();

    const all = Array.from({ length: 16 }, (_, offset) => `${TOPICS.decisions} ${offset}`);
    expect(placesOf(world.rowsOf('events'))).toEqual(all);
    expect(placesOf(world.rowsOf('lineage'))).toEqual(all);
  });

  it('asks the tables how far they are only when nothing is under way any more', async () => {
    const world = memoryStore();
    const { journal, publish, open } = await start(world);
    const { insert } = world.store;
    let failing = 0;
    // The journal fails while a slow block is being stored; the retry must not overtake that block.
    world.store.insert = async (block) => {
      failing += 1;
      await new Promise((resolve) => setTimeout(resolve, 200));
      await insert(block);
    };
    const read = journal.read.bind(journal);
    journal.read = async (...where) => {
      if (failing > 0 && failing < 100) {
        failing = 100;
        throw new EnvironmentError('the disk is away', 'Wait.');
      }
      return read(...where);
    };
    await publish(TOPICS.decisions, [decisionDraft(0)]);
    const service = await open();
    await service.caughtUp();
    await service.stop();

    expect(failing).toBeGreaterThanOrEqual(100);
    expect(world.rowsOf('events')).toHaveLength(1);
    expect(world.rowsOf('lineage')).toHaveLength(1);
  });

  it('fills tables that were emptied behind its back, although the committed position is past them', async () => {
    const world = memoryStore();
    const { journal, publish, open } = await start(world);
    const first = await open();
    await publish(TOPICS.decisions, [decisionDraft(0), decisionDraft(1)]);
    await first.caughtUp();
    await first.stop();
    expect(await journal.position(GROUP, TOPICS.decisions, 0)).toBe(2);
    await world.store.reset();
    const second = await open();
    await second.caughtUp();
    await second.stop();

    expect(world.rowsOf('events')).toHaveLength(2);
    expect(world.rowsOf('decisions')).toHaveLength(2);
  });

  it('starts at the committed position where a table has no rows of its own to tell', async () => {
    const world = memoryStore();
    const { journal, publish, open } = await start(world);
    const first = await open();
    await publish(TOPICS.decisions, [decisionDraft(0), decisionDraft(1)]);
    await first.caughtUp();
    await first.stop();
    const read = journal.read.bind(journal);
    const froms = new Set<number>();
    journal.read = (topic, partition, from, limit) => {
      if (topic === TOPICS.decisions) froms.add(from);
      return read(topic, partition, from, limit);
    };
    const second = await open();
    await publish(TOPICS.decisions, [decisionDraft(2)]);
    await second.caughtUp();
    await second.stop();

    expect(Math.min(...froms)).toBe(2);
    expect(world.rowsOf('events')).toHaveLength(3);
  });

  it('stops with an integrity problem when the tables hold more than the journal', async () => {
    const world = memoryStore();
    const { publish, open } = await start(world);
    const first = await open();
    await publish(TOPICS.decisions, [decisionDraft(0), decisionDraft(1)]);
    await first.caughtUp();
    await first.stop();

    const other = await start(world);
    await other.publish(TOPICS.decisions, [decisionDraft(0)]);
    const second = await other.open();
    await expect.poll(async () => (await second.ready()).problem).toContain('integrity');
    expect(await second.ready()).toMatchObject({ ready: false });
    await second.rebuild();
    expect(await second.ready()).toMatchObject({ ready: true, lagEvents: 0, problem: null });
    expect(world.rowsOf('events')).toHaveLength(1);
    await second.stop();
  });
});

describe('while the store is away', () => {
  it('says that it is not ready, retries, and catches up', async () => {
    let fate: Fate = 'lost';
    const world = memoryStore(() => fate);
    const { publish, open } = await start(world);
    const service = await open();
    await publish(TOPICS.decisions, [decisionDraft(0)]);
    await expect.poll(async () => (await service.ready()).problem).toBe('the store did not answer');
    expect(await service.ready()).toMatchObject({ ready: false, lagEvents: 1 });
    fate = 'stored';
    await service.caughtUp();

    expect(await service.ready()).toEqual({ ready: true, lagEvents: 0, problem: null });
    await service.stop();
  });

  it('stops at once, and whoever waits is told', async () => {
    const world = memoryStore(() => 'lost');
    const { publish, open } = await start(world);
    const service = await open();
    await publish(TOPICS.decisions, [decisionDraft(0)]);
    const waiting = service.caughtUp();
    const told = expect(waiting).rejects.toThrow('has stopped');
    await service.stop();
    await told;
  });
});
