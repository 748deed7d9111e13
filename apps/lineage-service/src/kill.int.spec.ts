/** The engine is killed again and again while blocks are being stored: every event is in every table once. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbeddedJournal } from '@countersign/journal-embedded';
import { type LineageStore, TOPICS, monotonicClock } from '@countersign/ports';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLineageService } from './index.ts';
import { ask, startEngine } from './test/engine.ts';
import { SILENT } from './test/log.ts';
import { decisionDraft, outcomeDraft, publisher } from './test/events.ts';

const KILLS = 10;
const EVENTS_A_ROUND = 600;
/** An insert of this size takes longer than any of these. */
const KILL_AFTER_MS = [0, 2, 5, 10, 15, 20, 30];

let world: Awaited<ReturnType<typeof startEngine>>;
let journalDir: string;

beforeEach(async () => {
  world = await startEngine();
  journalDir = await mkdtemp(join(tmpdir(), 'lineage-journal-'));
});

afterEach(async () => {
  await world.destroy();
  await rm(journalDir, { recursive: true, force: true });
});

describe('SIGKILL of the engine during blocks', () => {
  it('loses nothing and stores nothing twice', { timeout: 120_000 }, async () => {
    const journal = await openEmbeddedJournal({ dir: journalDir });
    let kills = 0;
    let killed: number | undefined;
    const killer = killingDuring(world.openStore(), (insert) => {
      const pid = world.engine.pid;
      if (kills >= KILLS || pid === undefined || pid === killed || insert % 3 !== 1) return;
      killed = pid;
      setTimeout(() => process.kill(pid, 'SIGKILL'), KILL_AFTER_MS[kills % KILL_AFTER_MS.length]);
      kills += 1;
    });
    const service = await openLineageService({ journal, store: killer, clock: monotonicClock(), log: SILENT });
    const publish = await publisher(journal);
    let published = 0;
    while (kills < KILLS) {
      const drafts = Array.from({ length: EVENTS_A_ROUND }, (_, n) => decisionDraft(published + n));
      await publish(TOPICS.decisions, [...drafts, outcomeDraft(published)]);
      published += EVENTS_A_ROUND;
      await service.caughtUp();
    }
    await service.stop();

    const rounds = published / EVENTS_A_ROUND;
    const store = world.openStore();
    const counts = (table: string) => ask(store, `SELECT count(), uniqExact(journal_offset) FROM ${table}`);
    expect(kills).toBe(KILLS);
    expect(await counts('events')).toEqual([[published + rounds, published + rounds]]);
    expect(await counts('decisions')).toEqual([[published, published]]);
    expect(await counts('lineage')).toEqual([[published, published]]);
    expect(await counts('outcomes')).toEqual([[rounds, rounds]]);
    expect(await counts('edges_fwd')).toEqual([[published * 4 + rounds * 2, published + rounds]]);
    expect(await counts('edges_rev')).toEqual([[published * 4 + rounds * 2, published + rounds]]);
    await journal.close();
  });
});

/** Calls back with the number of each insert as it begins. */
function killingDuring(store: LineageStore, onInsert: (insert: number) => void): LineageStore {
  let inserts = 0;
  return {
    ...store,
    insert(block) {
      onInsert((inserts += 1));
      return store.insert(block);
    },
  };
}
