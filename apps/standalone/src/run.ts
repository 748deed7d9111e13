/** `countersign start`: settings from the environment, a banner for a person, signals for the way out. */
import { join } from 'node:path';
import { type Environment, EnvironmentError } from '@countersign/kernel';
import { readConfig, type StandaloneConfig } from './config.ts';
import { createLog } from './log.ts';
import { type Standalone, startStandalone } from './start.ts';

const USAGE = 2;
const FAILED = 1;
const INTERRUPTED = 130;
/** Some supervisors send one signal twice, to the process and to its group. */
const SAME_SIGNAL_MS = 100;

/** Resolves with the exit code once the process has been told to end, or at once where it could not start. */
export async function run(env: Environment): Promise<number> {
  const startedAtMs = performance.now();
  const config = readConfig(env);
  if (!config.ok) {
    for (const { key, message } of config.error) console.error(`${key} ${message}`);
    return USAGE;
  }
  const log = createLog(config.value.logLevel);
  // From here on, so that a signal during the start, or right after the banner, ends it as cleanly as any other.
  const told = toldToEnd();
  let standalone: Standalone;
  try {
    standalone = await startStandalone(config.value, log);
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    console.error(`Countersign could not start: ${error.message}\n${error.advice}`);
    return FAILED;
  }
  console.log(banner(standalone, config.value, performance.now() - startedAtMs));
  await told;
  await standalone.stop();
  return 0;
}

/** Resolves with the first signal; the second one ends the process at once. */
function toldToEnd(): Promise<void> {
  return new Promise((resolve) => {
    let toldAtMs: number | undefined;
    const onSignal = () => {
      if (toldAtMs !== undefined) {
        if (performance.now() - toldAtMs > SAME_SIGNAL_MS) process.exit(INTERRUPTED);
        return;
      }
      toldAtMs = performance.now();
      console.log('Stopping; press Ctrl-C again to stop at once.');
      resolve();
    };
    process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  });
}

function banner(standalone: Standalone, config: StandaloneConfig, tookMs: number): string {
  const { grpcPort, httpPort, clickhouseUrl, tokensDir, dataDir } = standalone;
  return [
    `Countersign is ready after ${(tookMs / 1000).toFixed(1)} s.`,
    '',
    `  gRPC        127.0.0.1:${grpcPort}`,
    `  HTTP        http://127.0.0.1:${httpPort}/v1`,
    `  ClickHouse  ${clickhouseUrl} (read-only)`,
    `  Data        ${dataDir}`,
    `  Tokens      ${join(tokensDir, '{admin,caller,auditor}.token')}`,
    `  Policy      ${standalone.policy}${config.policy === '' ? '' : `, with ${config.policy}`}`,
    '',
    'Try, in another terminal:',
    '  npx countersign decide --kind sql --text "DROP TABLE customers" --environment production',
    '',
  ].join('\n');
}
