/** The three tokens of a new installation, and the files in which their holder finds them. */
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { EnvironmentError, messageOf } from '@countersign/kernel';
import type { TokenRequest } from '@countersign/identity';

export interface FirstToken {
  /** In the tokens folder. */
  readonly file: string;
  readonly request: TokenRequest;
}

const COMMON = { tenant: 'default', owner: '', actsFor: [], expiresAtMs: undefined } as const;

/** Enough to try everything on one machine: ask, approve as somebody else, and read the record. */
export const FIRST_TOKENS: readonly FirstToken[] = [
  {
    file: 'admin.token',
    request: { ...COMMON, subject: 'person:admin', roles: ['admin', 'approver', 'auditor', 'policy_author'] },
  },
  {
    file: 'caller.token',
    request: { ...COMMON, subject: 'agent:local', owner: 'person:admin', roles: ['caller'], actsFor: ['*'] },
  },
  { file: 'auditor.token', request: { ...COMMON, subject: 'person:auditor', roles: ['auditor'] } },
];

const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;

/** Durable and readable by this user alone once it returns. Throws EnvironmentError. */
export function writeTokens(folder: string, tokens: readonly { readonly file: string; readonly token: string }[]): void {
  try {
    mkdirSync(folder, { recursive: true, mode: FOLDER_MODE });
    for (const { file, token } of tokens) writeWhole(join(folder, file), `${token}\n`);
  } catch (cause) {
    throw new EnvironmentError(
      `the first tokens cannot be written to ${folder}: ${messageOf(cause)}`,
      'Make the folder writable, or set COUNTERSIGN_DATA_DIR to one that is.',
      { cause },
    );
  }
}

/** By a new file and a rename: never half a token, and never the mode of a file that was there before. */
function writeWhole(path: string, text: string): void {
  const temporary = `${path}.${process.pid}.new`;
  const file = openSync(temporary, 'w', FILE_MODE);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(temporary, path);
}
