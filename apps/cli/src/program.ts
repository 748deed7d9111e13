/** The command line as a function: arguments and a host in, an exit code out. */
import { Command, CommanderError } from 'commander';
import { registerApprovals } from './commands/approvals.ts';
import { registerDecide } from './commands/decide.ts';
import { registerInspect } from './commands/inspect.ts';
import { registerLineage } from './commands/lineage.ts';
import { registerPolicy } from './commands/policy.ts';
import { registerStart } from './commands/start.ts';
import { registerToken } from './commands/token.ts';
import { registerVerify } from './commands/verify.ts';
import { describeFailure } from './failure.ts';
import { EXIT, type Host } from './host.ts';

export interface ProgramInfo {
  readonly version: string;
}

const HELP = `
Where things are: COUNTERSIGN_GRPC_ADDRESS, COUNTERSIGN_HTTP_ADDRESS, COUNTERSIGN_DATA_DIR. The token comes from
COUNTERSIGN_TOKEN, else from the data folder.

Examples:
  $ countersign start
  $ countersign decide --kind sql --text "DROP TABLE customers" --environment production
  $ countersign approvals list
  $ countersign lineage query "SELECT verdict, count() FROM decisions GROUP BY verdict"
  $ countersign decide --help`;

/** Resolves with the exit code; everything that people or programs read went to the host. */
export async function runCli(args: readonly string[], host: Host, info: ProgramInfo): Promise<number> {
  const program = new Command('countersign')
    .description('Decide before it runs whether an action may run; ask a person where policy says so; keep the record.')
    .version(info.version)
    .addHelpText('after', HELP);
  // Before the commands: they inherit it.
  program.exitOverride().configureOutput({
    writeOut: (text) => void host.stdout.write(text),
    writeErr: (text) => void host.stderr.write(text),
    getOutHelpWidth: () => Math.min(host.stdout.columns ?? 100, 120),
    getErrHelpWidth: () => Math.min(host.stderr.columns ?? 100, 120),
  });
  program.showHelpAfterError('Run it with --help for its options and examples.');
  const registers = [
    registerStart,
    registerDecide,
    registerInspect,
    registerApprovals,
    registerLineage,
    registerToken,
    registerPolicy,
    registerVerify,
  ];
  for (const register of registers) register(program, host);
  try {
    await program.parseAsync([...args], { from: 'user' });
    return host.exitCode;
  } catch (thrown) {
    // Commander has already told it: help and version are no error, all else is wrong usage.
    if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? 0 : EXIT.usage;
    const { exitCode, lines } = describeFailure(thrown);
    for (const line of lines) host.stderr.write(`${line}\n`);
    return exitCode;
  }
}
