/** `countersign verify`: proves offline that the journal is complete and untouched. */
import { join } from 'node:path';
import type { Command } from 'commander';
import { CommandFailed } from '../failure.ts';
import { EXIT, type Host, print, printJson } from '../host.ts';
import { settingsOf } from '../settings.ts';
import { shown } from '../text/escape.ts';
import { Progress } from '../text/progress.ts';
import { table } from '../text/table.ts';
import { existsSync } from 'node:fs';

const HELP = `
Reads the journal in the data folder itself, beside a running server or without one. Exit codes: 0 whole, 1 not.

Example:
  $ countersign verify`;

export function registerVerify(program: Command, host: Host): void {
  program
    .command('verify')
    .description('Prove that nothing in the journal was edited, lost, moved or forked.')
    .option('--json', 'print {ok, events, …} or {ok, fault}')
    .addHelpText('after', HELP)
    .action(({ json }: { json?: boolean }) => verify(host, json === true));
}

async function verify(host: Host, json: boolean): Promise<void> {
  const dir = join(settingsOf(host).dataDir, 'journal');
  if (!existsSync(dir))
    throw new CommandFailed(
      `There is no journal in ${dir}.`,
      'Run it where the server was started, or set COUNTERSIGN_DATA_DIR.',
    );
  const { openEmbeddedJournal } = await import('@countersign/journal-embedded');
  const { verifyJournal } = await import('@countersign/lineage-service');
  const journal = await openEmbeddedJournal({ dir });
  let events = 0;
  const progress = new Progress(host, () => `${events} events verified`);
  try {
    const onProgress = (count: number): void => {
      events = count;
      progress.tick();
    };
    const verified = await verifyJournal(journal, { onProgress });
    progress.end();
    if (!verified.ok) {
      host.exitCode = EXIT.error;
      const { kind, topic, partition, offset, message } = verified.error;
      if (json) return printJson(host, { ok: false, fault: { kind, topic, partition, offset, message } });
      print(host, `The journal does not hold: ${kind} at ${topic}, partition ${partition}, offset ${offset}.`);
      return print(host, shown(message));
    }
    const { partitions } = verified.value;
    if (json) return printJson(host, { ok: true, events: verified.value.events, partitions });
    print(host, `The journal is whole: ${verified.value.events} events, each linked to the one before it.`);
    const rows = partitions.map(({ topic, partition, events: count }) => [topic, String(partition), String(count)]);
    for (const line of table(['TOPIC', 'PARTITION', 'EVENTS'], rows)) print(host, line);
  } finally {
    progress.end();
    await journal.close();
  }
}
