/** `countersign token`: who may call, over HTTP. */
import type { Command } from 'commander';
import { request } from '../http.ts';
import { type Host, note, print, printJson } from '../host.ts';
import { shown } from '../text/escape.ts';
import { table } from '../text/table.ts';
import { collect, parseDuration } from './options.ts';

interface TokenJson {
  readonly id: string;
  readonly subject: string;
  readonly owner: string;
  readonly roles: readonly string[];
  readonly actsFor: readonly string[];
  readonly issuedAt: string;
  readonly expiresAt: string | null;
  readonly revokedAt: string | null;
}

interface CreateOptions {
  readonly subject: string;
  readonly owner?: string;
  readonly role: readonly string[];
  readonly actsFor?: readonly string[];
  readonly expiresIn?: number;
  readonly json?: boolean;
}

const HELP = `
Tokens are managed with the admin token of the data folder, or the one in COUNTERSIGN_TOKEN.
Roles: caller, approver, auditor, policy_author, admin. Only a person may be approver or admin.

Examples:
  $ countersign token create --subject agent:deploy-bot --owner person:ana --role caller
  $ countersign token create --subject person:bo --role approver --expires-in 90d --json
  $ countersign token list
  $ countersign token revoke 0198c1f0-…`;

export function registerToken(program: Command, host: Host): void {
  const token = program
    .command('token')
    .description('Create, list and revoke the tokens of callers and people.')
    .addHelpText('after', HELP);
  token
    .command('create')
    .description('Make a token. It is shown once and stored only as a hash.')
    .requiredOption('--subject <subject>', 'person:<name>, agent:<name> or pipeline:<name>')
    .option('--owner <person>', 'who answers for an agent, e.g. person:ana')
    .requiredOption('--role <role>', 'what it may do; repeatable', collect)
    .option('--acts-for <subject>', 'subjects that it may speak for, e.g. agent:*; repeatable', collect)
    .option('--expires-in <duration>', 'e.g. 8h, 90d; without it, until it is revoked', parseDuration)
    .option('--json', 'print {id, token}')
    .addHelpText(
      'after',
      '\nExample:\n  $ countersign token create --subject agent:deploy-bot --owner person:ana --role caller --json',
    )
    .action((options: CreateOptions) => create(host, options));
  token
    .command('list')
    .description('List the tokens, without their secrets.')
    .option('--json', 'print one JSON array')
    .addHelpText('after', '\nExample:\n  $ countersign token list --json')
    .action((options: { json?: boolean }) => list(host, options.json === true));
  token
    .command('revoke <id>')
    .description('Make a token useless at once.')
    .option('--json', 'print the token as JSON')
    .addHelpText('after', '\nExample:\n  $ countersign token revoke 0198c1f0-…')
    .action(async (id: string, options: { json?: boolean }) => {
      const revoked = await request<TokenJson>(host, 'admin', 'DELETE', `/v1/tokens/${encodeURIComponent(id)}`);
      if (options.json === true) return printJson(host, revoked);
      print(host, `token ${shown(revoked.id)} of ${shown(revoked.subject)} is revoked`);
    });
}

async function create(host: Host, options: CreateOptions): Promise<void> {
  const { subject, owner = '', role, actsFor = [], expiresIn } = options;
  const expiresAt = expiresIn === undefined ? null : new Date(Date.now() + expiresIn).toISOString();
  const body = { subject, owner, roles: role, actsFor, expiresAt };
  const { id, token } = await request<TokenJson & { token: string }>(host, 'admin', 'POST', '/v1/tokens', body);
  if (options.json === true) return printJson(host, { id, token });
  print(host, shown(token));
  note(host, `token ${shown(id)} of ${shown(subject)}: keep it now, it is not shown again. Use it as COUNTERSIGN_TOKEN.`);
}

async function list(host: Host, json: boolean): Promise<void> {
  const { tokens } = await request<{ tokens: readonly TokenJson[] }>(host, 'admin', 'GET', '/v1/tokens');
  if (json) return printJson(host, tokens);
  const nowMs = Date.now();
  const rows = tokens.map((token) => [
    token.id,
    token.subject,
    token.owner,
    token.roles.join(','),
    token.actsFor.join(','),
    stateOf(token, nowMs),
  ]);
  for (const line of table(['ID', 'SUBJECT', 'OWNER', 'ROLES', 'ACTS FOR', 'STATE'], rows)) print(host, line);
}

function stateOf({ revokedAt, expiresAt }: TokenJson, nowMs: number): string {
  if (revokedAt !== null) return `revoked ${revokedAt.slice(0, 10)}`;
  if (expiresAt === null) return 'good until revoked';
  return Date.parse(expiresAt) <= nowMs
    ? `expired ${expiresAt.slice(0, 10)}`
    : `good until ${expiresAt.slice(0, 16).replace('T', ' ')}`;
}
