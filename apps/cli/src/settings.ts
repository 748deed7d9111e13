/** Where Countersign listens and which token to show it, from the environment and the data folder. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSettings } from '@countersign/kernel';
import { CommandFailed, UsageError } from './failure.ts';
import type { Host } from './host.ts';

const ADDRESS = { pattern: /^[^\s/]+:\d{1,5}$/, shape: 'a host and a port, like 127.0.0.1:7400' };

const SETTINGS = {
  grpcAddress: { type: 'text', key: 'COUNTERSIGN_GRPC_ADDRESS', help: 'gRPC.', fallback: '127.0.0.1:7400', ...ADDRESS },
  httpAddress: { type: 'text', key: 'COUNTERSIGN_HTTP_ADDRESS', help: 'HTTP.', fallback: '127.0.0.1:7480', ...ADDRESS },
  dataDir: { type: 'text', key: 'COUNTERSIGN_DATA_DIR', help: 'Data folder.', fallback: './.countersign' },
  policy: { type: 'text', key: 'COUNTERSIGN_POLICY', help: 'Policy folder.', fallback: '' },
} as const;

export interface CliSettings {
  readonly grpcAddress: string;
  readonly httpAddress: string;
  readonly dataDir: string;
  /** Empty: the shipped policy. */
  readonly policy: string;
}

export function settingsOf({ env }: Host): CliSettings {
  const read = readSettings(SETTINGS, env);
  if (read.ok) return read.value;
  throw new UsageError(read.error.map(({ key, message }) => `${key} ${message}`).join('\n'));
}

/** The first tokens; each command uses the one that may do its work. */
export type TokenName = 'admin' | 'caller' | 'auditor';

export function tokenOf(host: Host, name: TokenName): string {
  const fromEnvironment = (host.env.COUNTERSIGN_TOKEN ?? '').trim();
  if (fromEnvironment !== '') return checked(fromEnvironment, 'COUNTERSIGN_TOKEN');
  const path = join(settingsOf(host).dataDir, 'tokens', `${name}.token`);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    const why = (cause as NodeJS.ErrnoException).code === 'EACCES' ? 'may not be read' : 'is not there';
    throw new CommandFailed(
      `No token: COUNTERSIGN_TOKEN is not set, and ${path} ${why}.`,
      'Start Countersign once (npm start) and run this in the same folder, or set COUNTERSIGN_TOKEN or COUNTERSIGN_DATA_DIR.',
    );
  }
  return checked(text.trim(), path);
}

/** A header takes visible ASCII only; anything else would fail far from its cause. */
function checked(token: string, source: string): string {
  if (/^[\x21-\x7e]+$/.test(token)) return token;
  throw new CommandFailed(
    `${source} does not hold a token.`,
    'A token is one word, like cs_…; countersign token create makes one.',
  );
}
