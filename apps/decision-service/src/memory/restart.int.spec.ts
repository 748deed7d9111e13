/** The memory on the real journal and the real store: thousands of sessions, snapshots while decisions go on, and a start from them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { whose } from '@countersign/decision';
import { openEmbeddedJournal, openProjectionStore } from '@countersign/journal-embedded';
import type { Journal, ProjectionStore } from '@countersign/ports';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { GATEWAY, openHouse, SELECT, T0_MS, testClock } from '../testing/house.ts';
import { createMemoryStore } from '../testing/memory-store.ts';
import { openMemory, type OpenMemory } from './memory.ts';

const SESSIONS = 1_500;
const DECISIONS = 4_000;

let dir: string;
let journal: Journal;
let store: ProjectionStore;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'countersign-memory-'));
  journal = await openEmbeddedJournal({ dir: join(dir, 'journal') });
  store = await openProjectionStore({ dir, name: 'requests' });
});

afterEach(async () => {
  await store.close();
  await journal.close();
  rmSync(dir, { recursive: true, force: true });
});

async function decideALot(): Promise<void> {
  const house = await openHouse(journal, createMemoryStore());
  for (let n = 0; n < DECISIONS; n += 100) {
    house.clock.atMs += 1_700;
    const request = (i: number) => ({
      ...SELECT,
      sessionId: `s${(n + i) % SESSIONS}`,
      subject: { id: `agent:${i % 50}`, owner: `person:${i % 7}` },
    });
    await Promise.all(Array.from({ length: 100 }, (_, i) => house.decide(request(i), GATEWAY)));
  }
  await house.service.stop();
}

function open(from: ProjectionStore, logged: string[] = []): Promise<OpenMemory> {
  return openMemory({ journal, store: from, clock: testClock(), log: (message) => logged.push(message), saveEveryEvents: 500 });
}

async function everything(memory: OpenMemory): Promise<string[]> {
  const atMs = T0_MS + 100_000;
  const seen = Array.from(
    { length: SESSIONS },
    (_, n) => memory.before(whose('default', `s${n}`, `agent:${n % 50}`, `person:${n % 7}`), atMs)?.members ?? '',
  );
  await memory.stop();
  return seen;
}

it('starts from its snapshot as if it had read everything', async () => {
  await decideALot();
  const whole = await everything(await open(store));
  expect(whole.filter((members) => members.includes('"session":')).length).toBe(SESSIONS);
  expect(store.get('memory/meta')).toBeDefined();
  await store.close();
  store = await openProjectionStore({ dir, name: 'requests' });
  const logged: string[] = [];
  const readFrom: number[] = [];
  const read = journal.read.bind(journal);
  journal.read = (topic, partition, from, limit) => {
    readFrom.push(from);
    return read(topic, partition, from, limit);
  };
  const again = await open(store, logged);
  expect(await again.stats()).toMatchObject({ sessions: SESSIONS, agents: 50, owners: 7, pending: 0, lagEvents: 0, problem: '' });
  expect(await everything(again)).toEqual(whole);
  expect(logged).toEqual([]);
  // Of the journal only the last event that is in the snapshot, to see that it is the same one, and what came after.
  expect(Math.min(...readFrom)).toBe(DECISIONS - 1);
});
