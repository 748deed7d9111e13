/**
 * Compiled policies on disk, one file each, named by the digest of everything that went in. An entry proves itself: a file that was
 * cut short or changed does not match its own SHA-256 and counts as absent.
 */
import { equalBytes, messageOf, sha256 } from '@countersign/kernel';
import { mkdir, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PolicyMessage } from '../problem.ts';

export interface CompiledPolicy {
  readonly wasm: Uint8Array;
  /** Where each builtin is first called. */
  readonly builtins: readonly PolicyMessage[];
  /** The members of the input that the policy looks at, two names deep; `*` for all of it. */
  readonly reads: readonly string[];
}

const SUFFIX = '.policy';
/** Enough for a day of editing; an entry is some 200 KB. */
const KEPT_ENTRIES = 32;
/** The SHA-256 of the rest, then the length of the JSON part. */
const DIGEST_BYTES = 32;
const HEADER_BYTES = DIGEST_BYTES + 4;

/** Undefined when it is absent, unreadable or damaged: then it is compiled again. */
export async function readCache(folder: string, key: string): Promise<CompiledPolicy | undefined> {
  const bytes = await readFile(join(folder, key + SUFFIX)).catch(() => undefined);
  if (bytes === undefined || bytes.length < HEADER_BYTES) return undefined;
  if (!equalBytes(bytes.subarray(0, DIGEST_BYTES), proof(key, bytes.subarray(DIGEST_BYTES)))) return undefined;
  const split = HEADER_BYTES + bytes.readUInt32LE(DIGEST_BYTES);
  const told = JSON.parse(bytes.toString('utf8', HEADER_BYTES, split)) as Omit<CompiledPolicy, 'wasm'>;
  return { wasm: bytes.subarray(split), ...told };
}

/** Writes aside and renames, so that a reader sees all of it or nothing. Gives the reason when it could not: the policy works anyway. */
export async function writeCache(folder: string, key: string, policy: CompiledPolicy): Promise<string | undefined> {
  const { wasm, ...told } = policy;
  const json = Buffer.from(JSON.stringify(told));
  const length = Buffer.alloc(HEADER_BYTES - DIGEST_BYTES);
  length.writeUInt32LE(json.length);
  const rest = Buffer.concat([length, json, wasm]);
  const path = join(folder, key + SUFFIX);
  const aside = `${path}.${process.pid}.new`;
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFile(aside, [proof(key, rest), rest], { mode: 0o600 });
    await rename(aside, path);
    await dropOldest(folder);
    return undefined;
  } catch (thrown) {
    await rm(aside, { force: true }).catch(() => undefined);
    return `the compiled policy is not cached in ${folder}: ${messageOf(thrown)}`;
  }
}

/** Over the name too, so that an entry under another's name is not taken for it. */
function proof(key: string, rest: Uint8Array): Buffer {
  return sha256(Buffer.concat([Buffer.from(key), rest]));
}

async function dropOldest(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(SUFFIX));
  if (names.length <= KEPT_ENTRIES) return;
  const aged = await Promise.all(names.map(async (name) => ({ name, at: (await stat(join(folder, name))).mtimeMs })));
  aged.sort((a, b) => b.at - a.at);
  await Promise.all(aged.slice(KEPT_ENTRIES).map(({ name }) => rm(join(folder, name), { force: true })));
}
