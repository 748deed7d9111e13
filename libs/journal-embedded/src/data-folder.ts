/** The data folder on disk: made on first use, marked with the version of its format, refused when it is not ours to write. */
import { randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

import { EnvironmentError } from '@countersign/kernel';

import { storageError } from './storage-error.ts';

/** Raised with every change of the stored bytes that an older version cannot read. */
const FORMAT_VERSION = 1;
const FORMAT_FILE = 'FORMAT';
const FORMAT_PATTERN = /^countersign-journal (\d+)\n$/;

/**
 * Makes sure that `dir` is a folder of this format that this process may write to, and that it would survive a power cut.
 * Rejects with EnvironmentError: not a folder, not writable, a newer version, somebody else's files.
 */
export async function prepareDataFolder(dir: string): Promise<void> {
  try {
    const firstMade = await mkdir(dir, { recursive: true, mode: 0o700 });
    if (firstMade !== undefined) await syncParents(resolve(dir), resolve(firstMade));
    if (!(await stat(dir)).isDirectory()) throw Object.assign(new Error('not a folder'), { code: 'ENOTDIR' });
    const version = await readFormat(dir);
    if (version === undefined) await writeFormat(dir);
    else checkVersion(dir, version);
  } catch (error) {
    throw storageError('the data folder cannot be used', dir, error);
  }
}

/** Makes new and renamed entries of the folder durable. */
export async function syncFolder(dir: string): Promise<void> {
  // Windows cannot open a folder; NTFS journals its entries.
  if (process.platform === 'win32') return;
  let handle: FileHandle | undefined;
  try {
    handle = await open(dir, 'r');
    await handle.sync();
  } finally {
    await handle?.close();
  }
}

async function syncParents(dir: string, firstMade: string): Promise<void> {
  for (let made = dir; ; made = dirname(made)) {
    await syncFolder(dirname(made));
    if (made === firstMade || made === dirname(made)) return;
  }
}

async function readFormat(dir: string): Promise<string | undefined> {
  try {
    return await readFile(join(dir, FORMAT_FILE), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function checkVersion(dir: string, format: string): void {
  const version = Number(FORMAT_PATTERN.exec(format)?.[1]);
  if (version === FORMAT_VERSION) return;
  if (version > FORMAT_VERSION) {
    throw new EnvironmentError(
      `the data folder ${dir} was written by a newer version (format ${version}; this one knows ${FORMAT_VERSION})`,
      'Start the newer version, or choose another data folder.',
    );
  }
  throw new EnvironmentError(
    `the data folder ${dir} has a ${FORMAT_FILE} file that is not a journal's`,
    'Choose an empty folder, or restore the file from a backup.',
  );
}

async function writeFormat(dir: string): Promise<void> {
  // Several processes may do this at once: each writes its own file whole, and the last rename wins with the same bytes.
  const draft = join(dir, `.${FORMAT_FILE}-${randomUUID()}`);
  try {
    const handle = await open(draft, 'wx');
    try {
      await handle.writeFile(`countersign-journal ${FORMAT_VERSION}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, join(dir, FORMAT_FILE));
  } finally {
    await rm(draft, { force: true });
  }
  await syncFolder(dir);
}
