import { afterEach, beforeEach, expect, it } from 'vitest';

import { type StoredRecord, TOPICS } from '@countersign/ports';

import { openEmbeddedJournal } from './embedded-journal.ts';
import { type TestFolder, makeTestFolder } from './testing/folder.ts';
import { type Writer, startWriter } from './testing/writer-handle.ts';

const KILLS = 18;
const LOAD = { do: 'append', count: 1_000_000, atOnce: 32, valueBytes: 600 } as const;

let folder: TestFolder;
let steady: Writer;

beforeEach(async () => {
  folder = await makeTestFolder();
  steady = await startWriter(folder.dir, 'steady');
});

afterEach(async () => {
  await steady.kill();
  await folder.remove();
});

it(`keeps every acknowledged record, once and whole, over ${KILLS} kills under load`, async () => {
  steady.order({ ...LOAD, atOnce: 4 });
  const acknowledged = [];
  for (let kill = 0; kill < KILLS; kill += 1) {
    const victim = await startWriter(folder.dir, `victim-${kill}`);
    victim.order(LOAD);
    await victim.until('stored', 1 + kill * 40);
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 20));
    await victim.kill();
    expect(victim.failures()).toEqual([]);
    acknowledged.push(...victim.stored());
  }
  await steady.kill();
  expect(steady.failures()).toEqual([]);
  acknowledged.push(...steady.stored());

  const records = await readAll();
  expect(records.map(({ offset }) => offset)).toEqual(records.map((_, i) => i));
  expect(new Set(records.map(textOf)).size).toBe(records.length);
  expect(records.filter(({ value }) => !isWhole(value))).toEqual([]);
  expect(acknowledged.length).toBeGreaterThan(KILLS);
  expect(acknowledged.filter(({ offset, text }) => textOf(records[offset]) !== text)).toEqual([]);
});

async function readAll(): Promise<StoredRecord[]> {
  const journal = await openEmbeddedJournal({ dir: folder.dir });
  const records: StoredRecord[] = [];
  const head = await journal.head(TOPICS.decisions, 0);
  while (records.length < head) {
    records.push(...(await journal.read(TOPICS.decisions, 0, records.length, { maxRecords: 5_000, maxBytes: 10_000_000 })));
  }
  await journal.close();
  return records;
}

function textOf(record: StoredRecord | undefined): string {
  return new TextDecoder().decode(record?.value).replace(/\.+$/, '');
}

/** A writer's value: its text, then dots up to the length that was ordered. */
function isWhole(value: Uint8Array): boolean {
  return value.length === LOAD.valueBytes && /^[a-z]+(-\d+)?:\d+:\.+$/.test(new TextDecoder().decode(value));
}
