/** A service's read model on disk (LMDB), one file a store. */
import { join } from 'node:path';

import { type RootDatabase, open } from 'lmdb';

import type { ProjectionChange, ProjectionStore } from '@countersign/ports';

import { prepareDataFolder } from './data-folder.ts';
import { checkEngineFile } from './engine-file.ts';
import { START_AT_ONCE, causeOf } from './engine.ts';
import { storageError } from './storage-error.ts';
import { withinTimeLimit } from './time-limit.ts';

export interface ProjectionStoreOptions {
  /** A data folder; the journal's own will do. Made when it does not exist. */
  readonly dir: string;
  /** The file's name without its ending: letters, digits and hyphens. */
  readonly name: string;
}

const NAME_PATTERN = /^[a-z][a-z0-9-]*$/;
/** LMDB's limit with pages of 4 KiB. */
const MAX_KEY_BYTES = 1_978;
const APPLY_TIME_LIMIT_MS = 10_000;
const MAP_BYTES = 16 * 1024 ** 3;

/** Keys are 1 to 1,978 bytes of UTF-8. Rejects with EnvironmentError where the folder cannot be used. */
export async function openProjectionStore({ dir, name }: ProjectionStoreOptions): Promise<ProjectionStore> {
  if (!NAME_PATTERN.test(name)) throw new TypeError(`not a name for a projection store: ${JSON.stringify(name)}`);
  await prepareDataFolder(dir);
  const path = join(dir, `${name}.mdb`);
  try {
    await checkEngineFile(path);
    const database = open<Buffer, Buffer>({
      path,
      noSubdir: true,
      encoding: 'binary',
      keyEncoding: 'binary',
      overlappingSync: false,
      ...START_AT_ONCE,
      // One flush a commit instead of two: a power cut can undo the newest commit but never tears one.
      noMetaSync: true,
      ...(process.platform === 'win32' ? {} : { mapSize: MAP_BYTES }),
    });
    return new LmdbProjectionStore(database, path);
  } catch (error) {
    throw storageError('the projection store cannot be opened', path, error);
  }
}

class LmdbProjectionStore implements ProjectionStore {
  private readonly database: RootDatabase<Buffer, Buffer>;
  private readonly path: string;

  constructor(database: RootDatabase<Buffer, Buffer>, path: string) {
    this.database = database;
    this.path = path;
  }

  get(key: string): Uint8Array | undefined {
    return this.database.getBinary(Buffer.from(key));
  }

  range(start: string, end: string, limit: number): readonly { readonly key: string; readonly value: Uint8Array }[] {
    const found: { key: string; value: Uint8Array }[] = [];
    for (const { key, value } of this.database.getRange({ start: keyOrFirst(start), end: keyOrFirst(end), limit })) {
      found.push({ key: key.toString(), value });
    }
    return found;
  }

  async apply(changes: readonly ProjectionChange[]): Promise<void> {
    if (changes.length === 0) return;
    // All keys are looked at before the first write: a bad one must not leave the others behind.
    const keys = changes.map(({ key }) => storableKey(key));
    const stored = this.database.batch(() => {
      for (const [i, key] of keys.entries()) {
        const value = changes[i]?.value ?? null;
        if (value === null) void this.database.remove(key);
        else void this.database.put(key, Buffer.from(value));
      }
    });
    try {
      await withinTimeLimit(stored, APPLY_TIME_LIMIT_MS);
    } catch (error) {
      throw storageError('the projection could not be stored', this.path, await causeOf(error));
    }
  }

  async close(): Promise<void> {
    await this.database.close();
  }
}

function storableKey(key: string): Buffer {
  const bytes = Buffer.from(key);
  if (bytes.length === 0 || bytes.length > MAX_KEY_BYTES) {
    throw new RangeError(`a key has 1 to ${MAX_KEY_BYTES} bytes, not ${bytes.length}`);
  }
  return bytes;
}

// LMDB has no empty key; one zero byte comes before every other.
function keyOrFirst(key: string): Buffer {
  return Buffer.from(key === '' ? '\0' : key);
}
