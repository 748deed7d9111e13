/** `countersign decide`: asks whether an action may run; the exit code is the answer. */
import { ACTION_KINDS } from '@countersign/kernel';
import { type Command, Option } from 'commander';
import type { DecideInit } from '../action.ts';
import { type DecisionJson, type VerdictWord, decisionJson } from '../decision-json.ts';
import { UsageError } from '../failure.ts';
import { EXIT, type Host, colorsOf, note, print, printJson } from '../host.ts';
import { readText } from '../lines.ts';
import { settingsOf, tokenOf } from '../settings.ts';
import { decisionLines } from '../text/decision.ts';
import { shown } from '../text/escape.ts';
import { collect, parseJson, parseResource } from './options.ts';

export interface DecideOptions {
  readonly kind?: string;
  readonly text?: string;
  readonly name?: string;
  readonly dialect?: string;
  readonly payload?: unknown;
  readonly environment?: string;
  readonly resource?: { readonly type: string; readonly id: string };
  readonly label?: readonly string[];
  readonly purpose?: string;
  readonly declare?: readonly string[];
  readonly session?: string;
  readonly requestId?: string;
  readonly grant?: string;
  readonly file?: string;
  readonly wait?: boolean;
  readonly json?: boolean;
}

export const EXIT_OF: Readonly<Record<VerdictWord, number>> = {
  allow: EXIT.allow,
  deny: EXIT.deny,
  require_approval: EXIT.approval,
};

const HELP = `
Exit codes: 0 allow, 3 deny, 4 approval required, 2 wrong usage, 1 error. With --file: the most severe of all lines.

Examples:
  $ countersign decide --kind sql --text "SELECT name FROM plans" --environment production
  $ countersign decide --kind sql --text "DELETE FROM customers WHERE id = 7" --label sensitive --environment production
  $ countersign decide --kind shell --text "rm -rf /srv/data" --json
  $ countersign decide --kind sql --text "DELETE FROM customers WHERE id = 7" --label sensitive --grant "$GRANT"
  $ countersign decide --file actions.ndjson
A line of the file is {"kind", "text", "dialect"?, "environment"?} or
  {"requestId", "subject": {"id", "owner"}, "delegation"?, "action": {"kind", "text", …}, "resource": {"type", "id",
   "environment", "labels"}, "purpose", "declaredEffects"?, "session", "model"?}.`;

export function registerDecide(program: Command, host: Host): void {
  actionOptions(
    program.command('decide').description('Ask whether an action may run. The answer is on record before you have it.'),
  )
    .option('--resource <type:id>', 'what it acts on, e.g. table:customers', parseResource)
    .option('--purpose <text>', 'why it is done')
    .option('--declare <effect>', 'a kind of effect that the plan declares, e.g. read; repeatable', collect)
    .option('--session <id>', 'the session it belongs to')
    .option('--request-id <id>', 'makes a repeat harmless: the same id gives the recorded decision')
    .option('--grant <jwt>', 'the grant of an approval, used up by this decision')
    .option('--file <path>', 'decide a stream of actions: NDJSON, one a line; - is stdin')
    .option('--wait', 'where approval is required, wait for it and decide again with the grant')
    .option('--json', 'print one JSON object (with --file: one a line)')
    .addHelpText('after', HELP)
    .action(async (options: DecideOptions) => {
      if (options.file === undefined) return decideOne(host, options);
      refuseWithFile(options);
      const { decideFile } = await import('./decide-file.ts');
      await decideFile(host, options.file, options.json === true);
    });
}

/** What names an action, for `decide` and `inspect`. */
export function actionOptions(command: Command): Command {
  return command
    .addOption(new Option('--kind <kind>', 'what kind of action').choices(ACTION_KINDS))
    .option('--text <text>', 'the SQL, the command line; - reads it from stdin')
    .option('--name <name>', "the tool's or function's name")
    .option('--dialect <dialect>', 'for sql: postgres, mysql, sqlserver, …; not stated: all must agree')
    .option('--payload <json>', 'structured arguments', parseJson)
    .option('--environment <name>', 'production, staging, development, …')
    .option('--label <label>', 'sensitivity label of the resource, e.g. sensitive; repeatable', collect);
}

function refuseWithFile(options: DecideOptions): void {
  const given = Object.keys(options).filter((name) => !['file', 'json'].includes(name));
  if (given.length > 0) throw new UsageError(`--file takes the actions from its lines: leave out --${kebab(given[0] ?? '')}`);
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** The action's own parts, checked; `text` resolved from stdin where it is `-`. */
export async function actionOf(
  host: Host,
  options: DecideOptions,
): Promise<NonNullable<DecideInit['action']> & { text: string }> {
  if (options.kind === undefined) throw new UsageError(`--kind is missing: one of ${ACTION_KINDS.join(', ')}`);
  if (options.text === undefined && options.payload === undefined)
    throw new UsageError('--text is missing: the SQL or command line');
  const text = options.text === '-' ? await readText(host.stdin) : (options.text ?? '');
  const payloadJson =
    options.payload === undefined ? new Uint8Array(0) : new TextEncoder().encode(JSON.stringify(options.payload));
  return { kind: options.kind, text, name: options.name ?? '', dialect: options.dialect ?? '', payloadJson };
}

async function decideOne(host: Host, options: DecideOptions): Promise<void> {
  const action = await actionOf(host, options);
  const request: DecideInit = {
    requestId: options.requestId ?? '',
    action,
    resource: { ...options.resource, environment: options.environment ?? '', labels: [...(options.label ?? [])] },
    purpose: options.purpose ?? '',
    declaredEffects: [...(options.declare ?? [])],
    sessionId: options.session ?? '',
    grant: options.grant ?? '',
  };
  const { openClients } = await import('../clients.ts');
  const clients = openClients(settingsOf(host).grpcAddress, tokenOf(host, 'caller'));
  try {
    let decision = decisionJson(await clients.decision.decide(request));
    if (decision.approval !== undefined && options.wait === true) {
      note(host, `Waiting for approval ${decision.approval.id} (countersign approvals approve ${decision.approval.id})`);
      const { awaitOutcome } = await import('./approvals-await.ts');
      const { grant } = await awaitOutcome(host, clients.approval, decision.approval.id, undefined);
      // A new request: the one with the same id stays decided as it was.
      if (grant !== '') decision = decisionJson(await clients.decision.decide({ ...request, requestId: '', grant }));
    }
    show(host, decision, action.text, options.json === true);
  } finally {
    clients.close();
  }
}

function show(host: Host, decision: DecisionJson, text: string, json: boolean): void {
  host.exitCode = EXIT_OF[decision.verdict];
  if (json) return printJson(host, decision);
  const colors = colorsOf(host);
  for (const line of decisionLines(decision, text, colors)) print(host, line);
  print(host, '');
  print(host, colors.dim(`decision ${shown(decision.decisionId)}  policy ${shown(decision.policyDigest)}`));
  const { approval } = decision;
  if (approval === undefined) return;
  const people = approval.quorum === 1 ? '1 person' : `${approval.quorum} people`;
  print(host, `approval ${approval.id}  ${people} must approve, until ${approval.lapsesAt}`);
  print(host, `Next, as another person: countersign approvals show ${approval.id}`);
  print(host, `                         countersign approvals approve ${approval.id}`);
  print(host, `Then use the grant:      countersign decide … --grant "$(countersign approvals await ${approval.id})"`);
}
