/** Looks at an engine file before the engine does: LMDB ends the whole process over a file that is not its own. */
import { constants } from 'node:fs';
import { type FileHandle, access, open } from 'node:fs/promises';

import { EnvironmentError } from '@countersign/kernel';

// lmdb.h, struct MDB_meta after a page header of 24 bytes, on 64-bit little-endian machines.
const MAGIC = 0xbeef_c0de;
const MAGIC_AT = 24;
const PAGE_BYTES_AT = 48;
const LAST_PAGE_AT = 144;
const TRANSACTION_AT = 152;
const META_BYTES = 160;
/** The last pages may be missing from a sound file when they are free; a journal frees very few. */
const MISSING_PAGES = 256;

/** Rejects with EnvironmentError when there is a file that the engine could not open in peace; resolves when there is none. */
export async function checkEngineFile(path: string): Promise<void> {
  await requireAccess(`${path}-lock`);
  if (!(await requireAccess(path))) return;
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    // Size 0: an earlier start ended before its first write.
    if (size > 0 && !(await isSound(file, size))) {
      throw new EnvironmentError(
        `${path} is damaged, cut short or not a journal's file`,
        'Restore the data folder from a backup, or choose an empty one.',
      );
    }
  } finally {
    await file.close();
  }
}

/** Whether the file exists; rejects when it does and may not be read and written. */
async function requireAccess(path: string): Promise<boolean> {
  try {
    await access(path, constants.R_OK | constants.W_OK);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
}

async function isSound(file: FileHandle, size: number): Promise<boolean> {
  const first = await readMeta(file, 0);
  const pageBytes = first?.readUInt32LE(PAGE_BYTES_AT) ?? 0;
  const second = await readMeta(file, pageBytes);
  if (!first || !second) return false;
  const newest = first.readBigUInt64LE(TRANSACTION_AT) > second.readBigUInt64LE(TRANSACTION_AT) ? first : second;
  const pages = Number(newest.readBigUInt64LE(LAST_PAGE_AT)) + 1;
  return size >= (pages - MISSING_PAGES) * pageBytes;
}

async function readMeta(file: FileHandle, at: number): Promise<Buffer | undefined> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(META_BYTES), 0, META_BYTES, at);
  return bytesRead === META_BYTES && buffer.readUInt32LE(MAGIC_AT) === MAGIC ? buffer : undefined;
}
