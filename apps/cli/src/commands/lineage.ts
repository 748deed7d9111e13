/** `countersign lineage`: questions to the record. */
import type { Command } from 'commander';
import type { Clients } from '../clients.ts';
import { jsonOf, timeOf } from '../decision-json.ts';
import { type Host, print, printJson } from '../host.ts';
import { type TokenName, settingsOf, tokenOf } from '../settings.ts';
import { Progress } from '../text/progress.ts';
import { table } from '../text/table.ts';

const HELP = `
The record is read with the auditor token of the data folder, or the one in COUNTERSIGN_TOKEN.

Examples:
  $ countersign lineage query "SELECT verdict, count() FROM decisions GROUP BY verdict"
  $ countersign lineage query "SELECT * FROM decisions WHERE verdict = 'deny' LIMIT 5" --json
  $ countersign lineage trace 0198c1f0-…
  $ countersign lineage rebuild`;

export function registerLineage(program: Command, host: Host): void {
  const lineage = program
    .command('lineage')
    .description('Ask the record: who did what, what was prevented, and why.')
    .addHelpText('after', HELP);
  lineage
    .command('query <sql>')
    .description('Run one read-only ClickHouse statement over the record.')
    .option('--json', 'print one JSON object a row')
    .addHelpText('after', '\nExample:\n  $ countersign lineage query "SELECT * FROM lineage ORDER BY occurred_at DESC LIMIT 10"')
    .action((sql: string, { json }: { json?: boolean }) =>
      withLineage(host, 'auditor', (client) => query(host, client, sql, json === true)),
    );
  lineage
    .command('trace <correlation-id>')
    .description('Show every event of one chain, in order: decision, approval, votes, grant, use.')
    .option('--json', 'print one JSON array')
    .addHelpText('after', '\nExample:\n  $ countersign lineage trace 0198c1f0-…')
    .action((id: string, { json }: { json?: boolean }) =>
      withLineage(host, 'auditor', (client) => trace(host, client, id, json === true)),
    );
  lineage
    .command('rebuild')
    .description('Drop the tables and rebuild them from the journal.')
    .option('--json', 'print {events}')
    .addHelpText('after', '\nNeeds the admin token.\n\nExample:\n  $ countersign lineage rebuild')
    .action(({ json }: { json?: boolean }) => withLineage(host, 'admin', (client) => rebuild(host, client, json === true)));
}

type LineageClient = Clients['lineage'];

async function withLineage(host: Host, token: TokenName, work: (client: LineageClient) => Promise<void>): Promise<void> {
  const { openClients } = await import('../clients.ts');
  const clients = openClients(settingsOf(host).grpcAddress, tokenOf(host, token));
  try {
    await work(clients.lineage);
  } finally {
    clients.close();
  }
}

/** People see a table of the first rows; all of them, however many, come with --json. */
const CAP_TABLE_ROWS = 10_000;

async function query(host: Host, client: LineageClient, sql: string, json: boolean): Promise<void> {
  let columns: readonly string[] = [];
  const rows: (readonly string[])[] = [];
  let count = 0;
  for await (const page of client.query({ sql })) {
    if (page.columns.length > 0) columns = page.columns.map(({ name }) => name);
    for (const bytes of page.rowsJson) {
      count += 1;
      const row = jsonOf(bytes) as readonly unknown[];
      if (json) printJson(host, Object.fromEntries(columns.map((name, index) => [name, row[index] ?? null])));
      else if (rows.length < CAP_TABLE_ROWS) rows.push(row.map(cell));
    }
  }
  if (json) return;
  for (const line of table(columns, rows, host.stdout.columns ?? 0)) print(host, line);
  const shownRows = count > rows.length ? `, the first ${rows.length} shown (--json gives all)` : '';
  print(host, `${count} ${count === 1 ? 'row' : 'rows'}${shownRows}`);
}

function cell(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

async function trace(host: Host, client: LineageClient, correlationId: string, json: boolean): Promise<void> {
  const { events } = await client.trace({ correlationId });
  if (json) {
    return printJson(
      host,
      events.map(({ id, type, occurredAtMs, topic, partition, offset, causationId, actor, summary, dataJson }) => ({
        id,
        type,
        occurredAt: timeOf(occurredAtMs),
        actor,
        summary,
        causationId,
        position: { topic, partition, offset: Number(offset) },
        data: jsonOf(dataJson),
      })),
    );
  }
  if (events.length === 0)
    return print(host, `No events of ${correlationId}. The record follows the journal within a second or two.`);
  const rows = events.map(({ occurredAtMs, type, actor, summary }) => [
    timeOf(occurredAtMs).replace('T', ' ').replace('Z', ''),
    type.replace(/^countersign\./, ''),
    actor,
    summary,
  ]);
  for (const line of table(['TIME (UTC)', 'EVENT', 'ACTOR', 'SUMMARY'], rows, host.stdout.columns ?? 0)) print(host, line);
}

async function rebuild(host: Host, client: LineageClient, json: boolean): Promise<void> {
  let done = 0n;
  let total = 0n;
  const progress = new Progress(host, () => `${done} of ${total} events`);
  try {
    for await (const step of client.rebuild({})) {
      done = step.eventsDone;
      total = step.eventsTotal;
      progress.tick();
    }
  } finally {
    progress.end();
  }
  if (json) return printJson(host, { events: Number(done) });
  print(host, `The tables are rebuilt from ${done} events.`);
}
