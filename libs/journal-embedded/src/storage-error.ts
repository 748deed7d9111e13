/** Turns what the storage engine throws into an EnvironmentError with advice that fits the disk as it is now. */
import { statfsSync } from 'node:fs';

import { EnvironmentError, messageOf } from '@countersign/kernel';

/** Below this much free space a failed write is put down to the full disk. */
const NEARLY_FULL_BYTES = 1024 * 1024;

const ADVICE: Readonly<Record<string, string>> = {
  ENOSPC: 'The disk is full: free some space. Nothing needs a restart.',
  EDQUOT: 'The disk quota is used up: free some space or raise the quota. Nothing needs a restart.',
  EFBIG:
    'A file-size limit stops the journal file from growing: raise it (ulimit -f). The journal accepts appends again by itself.',
  EROFS: 'The file system is mounted read-only: mount it writable or choose another data folder.',
  EACCES: 'This user may not write there: change the owner or mode of the folder, or choose another data folder.',
  EPERM: 'This user may not write there: change the owner or mode of the folder, or choose another data folder.',
  ENOTDIR: 'The path or a part of it is a file: choose a folder.',
  ENOENT: 'The folder cannot be made there: the parent must exist and be writable.',
  EEXIST: 'The path is a file: choose a folder.',
};

// Engine messages carry the text of strerror, not its name.
const STRERROR: readonly (readonly [string, string])[] = [
  ['No space left on device', 'ENOSPC'],
  ['Disk quota exceeded', 'EDQUOT'],
  ['File too large', 'EFBIG'],
  ['Read-only file system', 'EROFS'],
  ['Permission denied', 'EACCES'],
  ['Operation not permitted', 'EPERM'],
  ['Not a directory', 'ENOTDIR'],
  ['Input/output error', 'EIO'],
  ['readonly database', 'EROFS'],
  ['unable to open database file', 'EACCES'],
];

/**
 * Failures after which the engine itself is whole: the transaction was dropped and the next one may succeed. EIO is also what the
 * engine says of a short write, as at the end of a full disk. Where the engine is not whole it says so on its next use.
 */
const HARMLESS = new Set(['ENOSPC', 'EDQUOT', 'EFBIG', 'EIO']);

/** An EnvironmentError is passed on as it is: it has its advice already. */
export function storageError(what: string, path: string, cause: unknown): EnvironmentError {
  if (cause instanceof EnvironmentError) return cause;
  // The engine adds its internals after the reason.
  const message = messageOf(cause).split(': Attempting', 1)[0] ?? '';
  const code = codeOf(cause, message);
  const advice = (code && ADVICE[code]) ?? (nearlyFull(path) ? ADVICE['ENOSPC'] : undefined);
  return new EnvironmentError(`${what} (${path}): ${message}`, advice ?? 'Check the disk and its free space.', { cause });
}

/** Whether the engine must be opened anew before it can be trusted with another commit. */
export function breaksEngine(cause: unknown): boolean {
  const code = codeOf(cause, messageOf(cause));
  return code === undefined || !HARMLESS.has(code);
}

function codeOf(cause: unknown, message: string): string | undefined {
  const named = STRERROR.find(([text]) => message.includes(text))?.[1];
  if (named !== undefined) return named;
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : undefined;
}

function nearlyFull(path: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(path);
    return bavail * bsize < NEARLY_FULL_BYTES;
  } catch {
    return false; // Without figures there is no such advice; the cause is in the message.
  }
}
