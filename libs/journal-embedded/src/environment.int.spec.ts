import { execFileSync } from 'node:child_process';
import { chmod, mkdir, open, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { EnvironmentError } from '@countersign/kernel';
import { TOPICS } from '@countersign/ports';

import { openEmbeddedJournal } from './embedded-journal.ts';
import { lockDataFolder } from './folder-lock.ts';
import { openProjectionStore } from './projection-store.ts';
import { type TestFolder, makeTestFolder } from './testing/folder.ts';
import { startWriter } from './testing/writer-handle.ts';

const WHOLE = { maxRecords: 10_000, maxBytes: 100_000_000 };
const NOBODY = 65_534;

let folder: TestFolder;

beforeEach(async () => {
  folder = await makeTestFolder();
});

afterEach(() => folder.remove());

describe('a folder that the journal cannot use', () => {
  it('is made, with its parents, when it does not exist', async () => {
    const dir = join(folder.dir, 'a', 'b');
    await (await openEmbeddedJournal({ dir })).close();
    expect(await readFile(join(dir, 'FORMAT'), 'utf8')).toBe('countersign-journal 1\n');
    expect((await stat(dir)).mode & 0o777).toBe(0o700);
  });

  it('is a file', async () => {
    const dir = join(folder.dir, 'file');
    await writeFile(dir, '');
    const error = await refusalOf(openEmbeddedJournal({ dir }));
    expect(error.message).toContain(dir);
    expect(error.advice).toMatch(/choose a folder/);
    expect((await refusalOf(openEmbeddedJournal({ dir: join(dir, 'below') }))).advice).toMatch(/choose a folder/);
  });

  it('was written by a newer version', async () => {
    await writeFile(join(folder.dir, 'FORMAT'), 'countersign-journal 2\n');
    const error = await refusalOf(openEmbeddedJournal({ dir: folder.dir }));
    expect(error.message).toMatch(/newer version \(format 2; this one knows 1\)/);
    expect(error.advice).toMatch(/newer version/);
    expect((await refusalOf(openProjectionStore({ dir: folder.dir, name: 'view' }))).message).toMatch(/newer version/);
  });

  it('has a FORMAT file of something else', async () => {
    await writeFile(join(folder.dir, 'FORMAT'), 'tape');
    expect((await refusalOf(openEmbeddedJournal({ dir: folder.dir }))).message).toMatch(/not a journal's/);
  });

  it('may not be written by this user', async () => {
    const dir = join(folder.dir, 'locked');
    await mkdir(dir);
    await chmod(folder.dir, 0o755);
    await chmod(dir, 0o555);
    const errors = await asOrdinaryUser(async () => [
      await refusalOf(openEmbeddedJournal({ dir })),
      await refusalOf(openEmbeddedJournal({ dir: join(dir, 'below') })),
      await refusalOf(openProjectionStore({ dir, name: 'view' })),
      await refusalOf(lockDataFolder(dir)),
    ]);
    expect(errors.map(({ advice }) => advice)).toEqual(Array(4).fill(expect.stringContaining('may not write there')));
  });

  it('has files of another user', async () => {
    await (await openEmbeddedJournal({ dir: folder.dir })).close();
    await chmod(folder.dir, 0o755);
    await chmod(join(folder.dir, 'journal.mdb-lock'), 0o444);
    const error = await asOrdinaryUser(() => refusalOf(openEmbeddedJournal({ dir: folder.dir })));
    expect(error.advice).toMatch(/may not write there/);
  });

  it.each([
    ['text', () => Buffer.alloc(100_000, 'x')],
    ['zeros', () => Buffer.alloc(8_192)],
    ['a few bytes', () => Buffer.from('short')],
    ['the first half of a journal', (whole: Buffer) => whole.subarray(0, whole.length / 2)],
  ])('holds a journal file that is %s', async (_, content) => {
    const journal = await openEmbeddedJournal({ dir: folder.dir });
    await journal.append([{ topic: TOPICS.decisions, key: 'k', value: new Uint8Array(3_000_000) }]);
    await journal.close();
    const path = join(folder.dir, 'journal.mdb');
    await writeFile(path, content(await readFile(path)));
    expect((await refusalOf(openEmbeddedJournal({ dir: folder.dir }))).message).toMatch(/damaged, cut short or not a journal's/);
  });
});

describe('a damaged block', () => {
  it('is an error that names topic and offset; what lies around it can be read', async () => {
    const journal = await openEmbeddedJournal({ dir: folder.dir });
    for (const text of ['first-record', 'second-record', 'third-record']) {
      await journal.append([{ topic: TOPICS.decisions, key: 'k', value: new TextEncoder().encode(text) }]);
    }
    await damage(join(folder.dir, 'journal.mdb'), 'second-record');

    const read = (from: number, maxRecords: number) =>
      journal.read(TOPICS.decisions, 0, from, { maxRecords, maxBytes: 1_000_000 });
    expect((await refusalOf(read(1, 1))).message).toMatch(/topic countersign\.decisions\.v1 at offset 1 is damaged/);
    expect((await refusalOf(read(0, 3))).message).toMatch(/at offset 1 is damaged/);
    expect(await read(0, 1)).toHaveLength(1);
    expect(await read(2, 1)).toHaveLength(1);
    await journal.close();
  });
});

describe('a full disk', () => {
  it('rejects appends with advice, keeps what is stored, and takes appends again once there is room', async () => {
    const writer = await startWriter(folder.dir, 'w', 4_000);
    writer.order({ do: 'append', count: 1_000_000, atOnce: 20, valueBytes: 2_000 });
    await writer.until('failed', 40);
    const storedBefore = writer.stored().length;
    expect(storedBefore).toBeGreaterThan(100);
    expect(writer.failures()[0]?.advice).toBeTruthy();

    execFileSync('prlimit', ['--pid', String(writer.pid), '--fsize=unlimited']);
    await writer.until('stored', storedBefore + 100);
    await writer.kill();

    const journal = await openEmbeddedJournal({ dir: folder.dir });
    const records = await journal.read(TOPICS.decisions, 0, 0, WHOLE);
    await journal.close();
    const texts = records.map(({ value }) => new TextDecoder().decode(value).replace(/\.+$/, ''));
    expect(records.map(({ offset }) => offset)).toEqual(records.map((_, i) => i));
    expect(writer.stored().filter(({ offset, text }) => texts[offset] !== text)).toEqual([]);
  });
});

async function refusalOf(attempt: Promise<unknown>): Promise<EnvironmentError> {
  const error = await attempt.then(
    () => new Error('nothing was refused'),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(EnvironmentError);
  return error as EnvironmentError;
}

/** File modes do not bind root: as root, borrows the rights of the user nobody. */
async function asOrdinaryUser<T>(work: () => Promise<T>): Promise<T> {
  if (process.geteuid?.() !== 0) return work();
  process.seteuid?.(NOBODY);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
  }
}

/** Changes the first byte of this text wherever the file holds it, older copies of the page included. */
async function damage(path: string, text: string): Promise<void> {
  const bytes = await readFile(path);
  const file = await open(path, 'r+');
  for (let at = bytes.indexOf(text); at >= 0; at = bytes.indexOf(text, at + 1)) await file.write(Buffer.from('X'), 0, 1, at);
  await file.close();
}
