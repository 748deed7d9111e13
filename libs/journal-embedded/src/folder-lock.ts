/** One process at a time: the lock of a data folder that must not be served twice, as by two standalone processes. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { type Result, err, ok } from '@countersign/kernel';

import { storageError } from './storage-error.ts';

export interface DataFolderLock {
  release(): Promise<void>;
}

export interface FolderInUse {
  readonly dir: string;
  /** The process that holds the lock; undefined in the moment in which it has not said so yet. */
  readonly pid: number | undefined;
}

const LOCK_FILE = 'process.lock';
const PID_FILE = 'process.pid';
const SQLITE_BUSY = 5;

/**
 * Takes the exclusive lock of a folder, making the folder if need be. The lock is the operating system's (a byte-range lock that
 * SQLite holds on an empty database), so it ends with the process, by SIGKILL too, and is never stale; it also holds between
 * containers that share the folder. Rejects with EnvironmentError when the folder cannot be written.
 */
export async function lockDataFolder(dir: string): Promise<Result<DataFolderLock, FolderInUse>> {
  const pidFile = join(dir, PID_FILE);
  let database: DatabaseSync | undefined;
  try {
    await mkdir(dir, { recursive: true, mode: 0o700 });
    database = new DatabaseSync(join(dir, LOCK_FILE));
    database.exec('BEGIN EXCLUSIVE');
    await writeFile(pidFile, `${process.pid}\n`);
    return ok(heldLock(database, pidFile));
  } catch (error) {
    database?.close();
    if (isBusy(error)) return err({ dir, pid: await holderOf(pidFile) });
    throw storageError('the data folder cannot be locked', dir, error);
  }
}

function heldLock(database: DatabaseSync, pidFile: string): DataFolderLock {
  return {
    async release() {
      if (!database.isOpen) return;
      await rm(pidFile, { force: true });
      database.close();
    },
  };
}

function isBusy(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'errcode' in error && error.errcode === SQLITE_BUSY;
}

async function holderOf(pidFile: string): Promise<number | undefined> {
  try {
    return Number.parseInt(await readFile(pidFile, 'utf8'), 10) || undefined;
  } catch {
    return undefined; // Its holder has just taken the lock or is just letting go of it.
  }
}
