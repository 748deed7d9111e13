/** `countersign start`: the whole product in this process, on the embedded journal. */
import type { Command } from 'commander';
import type { Host } from '../host.ts';

const HELP = `
Settings come from the environment: COUNTERSIGN_GRPC_ADDRESS (127.0.0.1:7400), COUNTERSIGN_HTTP_ADDRESS (127.0.0.1:7480),
COUNTERSIGN_CLICKHOUSE_URL (http://127.0.0.1:7423), COUNTERSIGN_DATA_DIR (./.countersign), COUNTERSIGN_POLICY (the shipped one).
Ctrl-C ends it cleanly, twice ends it at once.

Examples:
  $ countersign start
  $ COUNTERSIGN_POLICY=./policy COUNTERSIGN_DATA_DIR=/srv/countersign countersign start`;

export function registerStart(program: Command, host: Host): void {
  program
    .command('start')
    .description('Start everything on this machine: no other server, no Docker.')
    .addHelpText('after', HELP)
    .action(async () => {
      const { run } = await import('@countersign/standalone');
      host.exitCode = await run(host.env);
    });
}
