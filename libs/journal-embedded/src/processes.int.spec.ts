import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { type Journal, type StoredRecord, TOPICS } from '@countersign/ports';

import { openEmbeddedJournal } from './embedded-journal.ts';
import { lockDataFolder } from './folder-lock.ts';
import { type TestFolder, makeTestFolder } from './testing/folder.ts';
import { type Writer, startWriter } from './testing/writer-handle.ts';

let folder: TestFolder;
let journal: Journal;
const writers: Writer[] = [];

beforeEach(async () => {
  folder = await makeTestFolder();
  journal = await openEmbeddedJournal({ dir: folder.dir, commitTimeLimitMs: 500 });
});

afterEach(async () => {
  await Promise.all(writers.splice(0).map((writer) => writer.kill()));
  await journal.close();
  await folder.remove();
});

describe('several processes on one journal', () => {
  it('append at the same time: contiguous offsets, nothing lost, the order of each process kept', async () => {
    const started = await Promise.all(['a', 'b', 'c'].map((name) => start(name)));
    for (const writer of started) writer.order({ do: 'append', count: 2_000, atOnce: 40, valueBytes: 200 });
    await Promise.all(started.map((writer) => writer.until('done')));

    const records = await readAll();
    expect(records.map(({ offset }) => offset)).toEqual(Array.from({ length: 6_000 }, (_, i) => i));
    for (const [i, name] of ['a', 'b', 'c'].entries()) {
      const own = records.filter(({ key }) => key === name).map(textOf);
      expect(own).toEqual(Array.from({ length: 2_000 }, (_, n) => `${name}:${n}:`));
      expect(started[i]?.stored().every(({ text, offset }) => textOf(records[offset]) === text)).toBe(true);
      expect(started[i]?.failures()).toEqual([]);
    }
  });

  it('hear of each other, and read what they heard of', async () => {
    const writer = await start('a');
    const heard = new Promise<void>((resolve) => void journal.onAppended(resolve));
    writer.order({ do: 'append', count: 1, atOnce: 1, valueBytes: 10 });
    await heard;
    expect((await readAll()).map(textOf)).toEqual(['a:0:']);
  });

  it('read what another has appended without listening', async () => {
    const writer = await start('a');
    writer.order({ do: 'append', count: 3, atOnce: 1, valueBytes: 10 });
    await writer.until('done');
    expect(await journal.head(TOPICS.decisions, 0)).toBe(3);
  });

  it('may be one process twice', async () => {
    const twin = await openEmbeddedJournal({ dir: folder.dir });
    const value = Uint8Array.of(1);
    const offsets = await Promise.all(
      Array.from({ length: 200 }, async (_, i) => {
        const [position] = await (i % 2 ? twin : journal).append([{ topic: TOPICS.decisions, key: 'k', value }]);
        return position?.offset;
      }),
    );
    await twin.close();
    expect(new Set(offsets).size).toBe(200);
    expect(await readAll()).toHaveLength(200);
  });

  it('reject an append that cannot be committed in time, and go on when it can', async () => {
    const holder = await start('holder');
    holder.order({ do: 'hold', ms: 1_500 });
    await holder.until('locked');

    const late = append('late');
    await turns(3); // Its commit has begun: what comes now queues behind it.
    const [first, second] = await Promise.allSettled([late, append('behind it')]);
    const overdue = {
      status: 'rejected',
      reason: { name: 'EnvironmentError', message: expect.stringContaining('within 500 ms') },
    };
    expect(first).toMatchObject(overdue);
    expect(second).toMatchObject(overdue);

    const offset = await eventually(() => append('later'));
    const texts = (await readAll()).map(textOf);
    expect(texts[offset]).toBe('later');
    expect(texts).not.toContain('behind it');
  });
});

describe('the lock of a data folder', () => {
  it('is refused to a second process, naming the first, and is free again after SIGKILL', async () => {
    const holder = await start('holder');
    holder.order({ do: 'lock' });
    await holder.until('locked');
    expect(await lockDataFolder(folder.dir)).toEqual({ ok: false, error: { dir: folder.dir, pid: holder.pid } });

    await holder.kill();
    const lock = await lockDataFolder(folder.dir);
    expect(lock.ok).toBe(true);
    expect(await lockDataFolder(folder.dir)).toEqual({ ok: false, error: { dir: folder.dir, pid: process.pid } });

    await (lock.ok && lock.value.release());
    const again = await lockDataFolder(folder.dir);
    expect(again.ok).toBe(true);
    await (again.ok && again.value.release());
  });
});

async function start(name: string): Promise<Writer> {
  const writer = await startWriter(folder.dir, name);
  writers.push(writer);
  return writer;
}

async function append(text: string): Promise<number> {
  const value = new TextEncoder().encode(text);
  const [position] = await journal.append([{ topic: TOPICS.decisions, key: 'k', value }]);
  return position?.offset ?? -1;
}

async function turns(count: number): Promise<void> {
  for (let i = 0; i < count; i += 1) await new Promise((resolve) => setImmediate(resolve));
}

async function eventually<T>(attempt: () => Promise<T>): Promise<T> {
  for (;;) {
    const [result] = await Promise.allSettled([attempt()]);
    if (result.status === 'fulfilled') return result.value;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function readAll(): Promise<StoredRecord[]> {
  const records: StoredRecord[] = [];
  const head = await journal.head(TOPICS.decisions, 0);
  while (records.length < head) {
    records.push(...(await journal.read(TOPICS.decisions, 0, records.length, { maxRecords: 500, maxBytes: 1_000_000 })));
  }
  return records;
}

function textOf(record: StoredRecord | undefined): string {
  return new TextDecoder().decode(record?.value).replace(/\.+$/, '');
}
