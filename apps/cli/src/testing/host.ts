/** A host for specs: everything that a command says is kept as text. */
import { Readable } from 'node:stream';
import type { Host } from '../host.ts';

export interface TestHost extends Host {
  readonly said: { out: string; err: string };
}

export function testHost(env: Readonly<Record<string, string>> = {}, stdin: string | Buffer = ''): TestHost {
  const said = { out: '', err: '' };
  return {
    env,
    stdin: Readable.from([Buffer.from(stdin)]),
    stdout: { write: (text) => (said.out += text) },
    stderr: { write: (text) => (said.err += text) },
    exitCode: 0,
    said,
  };
}
