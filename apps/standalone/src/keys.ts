/** The installation's own keys: made once, at the first start, readable by nobody else, never logged. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EnvironmentError, messageOf } from '@countersign/kernel';

export interface InstallationKeys {
  /** 32 bytes; keys the digests of unmasked content. */
  readonly digestKey: Uint8Array;
  /** 32 bytes; seals the originals of masked requests. */
  readonly sealKey: Uint8Array;
  /** Ed25519. */
  readonly grantPrivateKey: KeyObject;
  readonly grantPublicKey: KeyObject;
}

const GRANT_KEY = 'grant-ed25519.pem';
const KEY_BYTES = 32;
const BACKUP = 'Put the key back from your backup.';
const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;

/**
 * Reads the keys of `<dataDir>/keys`, or makes them where the installation is new. An installation with a history and without its
 * keys is refused: fresh ones would silently void every open grant and every digest on record.
 */
export function openKeys(dataDir: string, isNew: boolean): InstallationKeys {
  const folder = join(dataDir, 'keys');
  const pem = openKey(folder, GRANT_KEY, isNew, () =>
    generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }),
  );
  const grantPrivateKey = readGrantKey(join(folder, GRANT_KEY), pem);
  return {
    digestKey: checkLength(
      folder,
      'digest.key',
      openKey(folder, 'digest.key', isNew, () => randomBytes(KEY_BYTES)),
    ),
    sealKey: checkLength(
      folder,
      'seal.key',
      openKey(folder, 'seal.key', isNew, () => randomBytes(KEY_BYTES)),
    ),
    grantPrivateKey,
    grantPublicKey: createPublicKey(grantPrivateKey),
  };
}

function openKey(folder: string, name: string, isNew: boolean, make: () => string | Uint8Array): Buffer {
  const path = join(folder, name);
  if (!existsSync(path) && !isNew) {
    throw new EnvironmentError(
      `the key ${path} is missing, but the journal has a history that was written with it`,
      'Put the key back from your backup, or start with an empty COUNTERSIGN_DATA_DIR.',
    );
  }
  try {
    if (!existsSync(path)) writeKey(folder, path, Buffer.from(make() as string));
    return readFileSync(path);
  } catch (cause) {
    throw new EnvironmentError(
      `the key ${path} can be neither read nor made: ${messageOf(cause)}`,
      'Make the folder readable and writable for this user, and see that the disk has room.',
      { cause },
    );
  }
}

/** Whole or not at all: a crash in between leaves only the temporary file, which the next start overwrites. */
function writeKey(folder: string, path: string, key: Buffer): void {
  mkdirSync(folder, { recursive: true, mode: FOLDER_MODE });
  const temporary = `${path}.new`;
  const file = openSync(temporary, 'w', FILE_MODE);
  writeFileSync(file, key);
  fsyncSync(file);
  closeSync(file);
  renameSync(temporary, path);
}

function readGrantKey(path: string, pem: Buffer): KeyObject {
  let key: KeyObject | undefined;
  try {
    key = createPrivateKey(pem);
  } catch (cause) {
    throw new EnvironmentError(`the key ${path} cannot be read: ${messageOf(cause)}`, BACKUP, { cause });
  }
  if (key.asymmetricKeyType === 'ed25519') return key;
  throw new EnvironmentError(`the key ${path} is of the kind ${key.asymmetricKeyType}, not Ed25519`, BACKUP);
}

function checkLength(folder: string, name: string, key: Buffer): Buffer {
  if (key.length === KEY_BYTES) return key;
  throw new EnvironmentError(`the key ${join(folder, name)} has ${key.length} bytes instead of ${KEY_BYTES}`, BACKUP);
}
