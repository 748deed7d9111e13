/** `countersign approvals`: what waits for people, and what people say. */
import { randomUUID } from 'node:crypto';
import { type Command, Option } from 'commander';
import { type ApprovalJson, STATUS_WORDS, approvalJson } from '../approval-json.ts';
import type { Clients } from '../clients.ts';
import { CommandFailed } from '../failure.ts';
import { type Host, colorsOf, print, printJson } from '../host.ts';
import { type TokenName, settingsOf, tokenOf } from '../settings.ts';
import { approvalLines, approvalTable } from '../text/approval.ts';
import { parseCount, parseDuration } from './options.ts';

interface VoteOptions {
  readonly reason?: string;
  readonly json?: boolean;
}

const HELP = `
Approvals are voted on with the admin token of the data folder, or the one in COUNTERSIGN_TOKEN. Nobody may vote on a
request of their own or of an agent of theirs.

Examples:
  $ countersign approvals list
  $ countersign approvals show 0198c1f0-…
  $ countersign approvals approve 0198c1f0-… --reason "ticket OPS-7"
  $ GRANT=$(countersign approvals await 0198c1f0-…)`;

export function registerApprovals(program: Command, host: Host): void {
  const approvals = program.command('approvals').description('See and decide what waits for people.').addHelpText('after', HELP);
  registerList(approvals, host);
  approvals
    .command('show <id>')
    .description('Show one approval as its approver must see it.')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExample:\n  $ countersign approvals show 0198c1f0-…')
    .action((id: string, { json }: { json?: boolean }) =>
      withClients(host, 'admin', async ({ approval }) =>
        show(host, approvalJson(found((await approval.get({ id })).approval, id)), json),
      ),
    );
  registerVote(approvals, host, 'approve', 'Approve exactly what is shown now.');
  registerVote(approvals, host, 'reject', 'Reject it: the action may not run.');
  approvals
    .command('revoke <id>')
    .description('Take a grant back, as far as it is not used.')
    .option('--reason <text>', 'on record with the revocation')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExample:\n  $ countersign approvals revoke 0198c1f0-… --reason "wrong table"')
    .action((id: string, options: VoteOptions) =>
      withClients(host, 'admin', async ({ approval }) => {
        const answer = await approval.revoke({ id, reason: options.reason ?? '', commandId: randomUUID() });
        tell(host, approvalJson(found(answer.approval, id)), options.json);
      }),
    );
  registerAwait(approvals, host);
}

function registerList(approvals: Command, host: Host): void {
  approvals
    .command('list')
    .description('List approvals, the ones that wait by default.')
    .addOption(new Option('--status <status>', 'which').choices([...STATUS_WORDS.slice(1), 'all']).default('open'))
    .option('--limit <n>', 'at most so many', parseCount, 50)
    .option('--json', 'print one JSON array')
    .addHelpText('after', '\nExample:\n  $ countersign approvals list --status granted')
    .action((options: { status: string; limit: number; json?: boolean }) =>
      withClients(host, 'admin', async ({ approval }) => {
        const status = Math.max(0, (STATUS_WORDS as readonly string[]).indexOf(options.status));
        const all: ApprovalJson[] = [];
        let pageToken = '';
        do {
          const page = await approval.list({ status, pageSize: Math.min(500, options.limit - all.length), pageToken });
          all.push(...page.approvals.map(approvalJson));
          pageToken = page.nextPageToken;
        } while (pageToken !== '' && all.length < options.limit);
        if (options.json === true) return printJson(host, all);
        if (all.length === 0) return print(host, options.status === 'open' ? 'Nothing waits for approval.' : 'None.');
        for (const line of approvalTable(all, host.stdout.columns ?? 0)) print(host, line);
      }),
    );
}

function registerVote(approvals: Command, host: Host, verb: 'approve' | 'reject', description: string): void {
  approvals
    .command(`${verb} <id>`)
    .description(description)
    .option('--reason <text>', 'on record with the vote')
    .option('--json', 'print one JSON object')
    .addHelpText('after', `\nExample:\n  $ countersign approvals ${verb} 0198c1f0-… --reason "ticket OPS-7"`)
    .action((id: string, options: VoteOptions) =>
      withClients(host, 'admin', async ({ approval }) => {
        const seen = found((await approval.get({ id })).approval, id);
        if (options.json !== true) for (const line of approvalLines(approvalJson(seen), colorsOf(host))) print(host, line);
        // The vote names what was shown: if that changed meanwhile, it does not count.
        const request = { id, reason: options.reason ?? '', actionDigest: seen.actionDigest, commandId: randomUUID() };
        const answer = verb === 'approve' ? await approval.approve(request) : await approval.reject(request);
        tell(host, approvalJson(found(answer.approval, id)), options.json);
      }),
    );
}

function registerAwait(approvals: Command, host: Host): void {
  approvals
    .command('await <id>')
    .description('Wait for the outcome as the requester and print the grant.')
    .option('--timeout <duration>', 'give up after, e.g. 30s, 15m, 8h', parseDuration)
    .option('--json', 'print {id, status, grant}')
    .addHelpText(
      'after',
      '\nExit codes: 0 granted, 3 not granted, 4 still open at the timeout.\n\nExample:\n  $ GRANT=$(countersign approvals await 0198c1f0-…)',
    )
    .action((id: string, options: { timeout?: number; json?: boolean }) =>
      withClients(host, 'caller', async ({ approval }) => {
        const { awaitOutcome, tellOutcome } = await import('./approvals-await.ts');
        tellOutcome(host, await awaitOutcome(host, approval, id, options.timeout), options.json === true);
      }),
    );
}

async function withClients(host: Host, token: TokenName, work: (clients: Clients) => Promise<void>): Promise<void> {
  const { openClients } = await import('../clients.ts');
  const clients = openClients(settingsOf(host).grpcAddress, tokenOf(host, token));
  try {
    await work(clients);
  } finally {
    clients.close();
  }
}

function show(host: Host, approval: ApprovalJson, json: boolean | undefined): void {
  if (json === true) return printJson(host, approval);
  for (const line of approvalLines(approval, colorsOf(host))) print(host, line);
}

function tell(host: Host, approval: ApprovalJson, json: boolean | undefined): void {
  if (json === true) return printJson(host, approval);
  const approved = approval.votes.filter(({ approve }) => approve).length;
  const missing = approval.status === 'open' ? ` (${approved} of ${approval.quorum} approvals)` : '';
  print(host, '');
  print(host, `approval ${approval.id} is ${colorsOf(host).bold(approval.status)}${missing}`);
}

function found<T>(message: T | undefined, id: string): T {
  if (message === undefined) throw new CommandFailed(`The server answered without the approval ${id}.`);
  return message;
}
