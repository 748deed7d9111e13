/** The storage engine (LMDB) as the journal uses it: blocks, positions and the head record in one file, one commit at a time. */
import { type FileHandle, open as openFile } from 'node:fs/promises';
import { join } from 'node:path';

import { type Database, type RootDatabase, open } from 'lmdb';

import { EnvironmentError } from '@countersign/kernel';

import { prepareDataFolder, syncFolder } from './data-folder.ts';
import { checkEngineFile } from './engine-file.ts';
import { type Heads, decodeHeads, encodeHeads } from './heads.ts';
import { storageError } from './storage-error.ts';

export interface Engine {
  readonly root: RootDatabase<Buffer, Buffer>;
  /** Blocks by topic and first offset. */
  readonly blocks: Database<Buffer, Buffer>;
  /** The next offset to read (u64) by group, topic and partition. */
  readonly positions: Database<Buffer, Buffer>;
  /** The head record under HEADS_KEY; its version grows by one with every commit of records. */
  readonly heads: Database<Buffer, Buffer>;
  /** The journal file, for making durable what another process may have written a moment ago. */
  readonly file: FileHandle;
  readonly path: string;
}

export interface VersionedHeads {
  readonly version: number;
  readonly heads: Heads;
}

/** What is known before the first look: less than any stored head record says. */
export const NO_HEADS: VersionedHeads = { version: 0, heads: new Map() };

export const HEADS_KEY = Buffer.from('heads');

/** Address space, not disk: the file grows with its content. One large map spares readers the remapping while it grows. */
const MAP_BYTES = 64 * 1024 ** 3;
const BYTES = { encoding: 'binary', keyEncoding: 'binary' } as const;

// Batching by event turn would leave a promise of the engine's own unhandled when a commit fails, and would start each commit a
// turn later. So the engine begins with the second write after the last commit (an option that its types do not know).
export const START_AT_ONCE = { eventTurnBatching: false, txnStartThreshold: 1 };

export async function openEngine(dir: string, mapSizeBytes: number = MAP_BYTES): Promise<Engine> {
  await prepareDataFolder(dir);
  const path = join(dir, 'journal.mdb');
  let root: RootDatabase<Buffer, Buffer> | undefined;
  try {
    await checkEngineFile(path);
    root = open<Buffer, Buffer>({
      path,
      noSubdir: true,
      maxDbs: 4,
      // A commit's promise then settles after its fsync, and rejects when the write or the fsync fails.
      overlappingSync: false,
      ...START_AT_ONCE,
      // Windows would reserve the map on disk; there it grows by doubling.
      ...(process.platform === 'win32' ? {} : { mapSize: mapSizeBytes }),
      ...BYTES,
    });
    const blocks = root.openDB<Buffer, Buffer>({ name: 'blocks', ...BYTES });
    const positions = root.openDB<Buffer, Buffer>({ name: 'positions', ...BYTES });
    const heads = root.openDB<Buffer, Buffer>({ name: 'heads', useVersions: true, ...BYTES });
    if (heads.getEntry(HEADS_KEY) === undefined) {
      await heads.ifNoExists(HEADS_KEY, () => void heads.put(HEADS_KEY, encodeHeads(new Map()), 1));
    }
    const file = await openFile(path, 'r+');
    await syncFolder(dir);
    return { root, blocks, positions, heads, file, path };
  } catch (error) {
    await root?.close();
    throw storageError('the journal cannot be opened', dir, await causeOf(error));
  }
}

export async function closeEngine(engine: Engine): Promise<void> {
  await engine.root.close();
  await engine.file.close();
}

/** The newest head record, `known` itself where it still is; it may not be durable yet when another process is writing it. */
export function readHeads(engine: Engine, known: VersionedHeads): VersionedHeads {
  engine.heads.resetReadTxn();
  const entry = engine.heads.getEntry(HEADS_KEY);
  if (entry?.version === known.version) return known;
  const heads = entry && decodeHeads(entry.value);
  if (entry?.version === undefined || heads === undefined) {
    throw new EnvironmentError(`the journal ${engine.path} has a damaged head record`, 'Restore the data folder from a backup.');
  }
  return { version: entry.version, heads };
}

/** What stands behind "Commit failed": the engine keeps the reason in a promise of its own, which must be handled. */
export async function causeOf(error: unknown): Promise<unknown> {
  if (typeof error !== 'object' || error === null || !('commitError' in error)) return error;
  return Promise.resolve(error.commitError).then(
    () => error,
    (reason: unknown) => reason,
  );
}
