/** The process behind the command: the only place that touches `process`. */
import { createRequire } from 'node:module';
import type { Host } from './host.ts';
import { runCli } from './program.ts';

const { version } = createRequire(import.meta.url)('../package.json') as { version: string };

const host: Host = { env: process.env, stdin: process.stdin, stdout: process.stdout, stderr: process.stderr, exitCode: 0 };

// The reader of a pipe may leave early (`| head`): nothing is left to say to anybody.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

const exitCode = await runCli(process.argv.slice(2), host, { version });
// An open stdin or an idle connection must not hold the process; what was written goes out first.
process.stdout.write('', () => process.stderr.write('', () => process.exit(exitCode)));
