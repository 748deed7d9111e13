/** `countersign inspect`: what an action would do and what policy would say, offline and off the record. */
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { messageOf } from '@countersign/kernel';
import type { InspectRequest, Inspector } from '@countersign/decision-service/inspect';
import type { Command } from 'commander';
import { type DecideInit, parseLine } from '../action.ts';
import { type VerdictJson, jsonOf } from '../decision-json.ts';
import { UsageError } from '../failure.ts';
import { EXIT, type Host, colorsOf, note, print, printJson } from '../host.ts';
import { openLines } from '../lines.ts';
import { settingsOf } from '../settings.ts';
import { decisionLines, verdictLine } from '../text/decision.ts';
import { clip, shown } from '../text/escape.ts';
import { type DecideOptions, actionOf, actionOptions } from './decide.ts';
import { collect, parseResource } from './options.ts';

const HELP = `
No server is needed. The policy is the shipped one, with the folder of COUNTERSIGN_POLICY or --policy over it. What only a
server knows (grants, earlier decisions of the session) does not enter.
With --file, or NDJSON on stdin, each line gives one line: {"kind", "text", "dialect"?, "environment"?}. --environment, --label,
--purpose and --declare hold for the lines that do not say so themselves; other fields of a line are ignored, and named at the end.

Examples:
  $ countersign inspect --kind sql --text "DROP TABLE customers" --environment production
  $ countersign inspect --kind sql --text "SELECT 1" --json
  $ countersign inspect --json --environment production < actions.ndjson
  $ countersign inspect --policy ./policy --profile strict --file actions.ndjson`;

interface InspectOptions extends DecideOptions {
  readonly policy?: string;
  readonly profile?: string;
}

export function registerInspect(program: Command, host: Host): void {
  actionOptions(program.command('inspect').description('Show offline what an action would do, and the verdict.'))
    .option('--resource <type:id>', 'what it acts on, e.g. table:customers', parseResource)
    .option('--purpose <text>', 'why it is done')
    .option('--declare <effect>', 'a kind of effect that the plan declares, e.g. read; repeatable', collect)
    .option('--policy <folder>', 'a policy folder in place of COUNTERSIGN_POLICY')
    .option('--profile <name>', 'strict, standard, observe or a profile of your own, in place of the one in the data')
    .option('--file <path>', 'NDJSON, one action a line; - is stdin')
    .option('--json', 'print one JSON object a line')
    .addHelpText('after', HELP)
    .action(async (options: InspectOptions) => {
      const single = options.kind !== undefined || options.text !== undefined || options.payload !== undefined;
      if (single && options.file !== undefined)
        throw new UsageError('--file takes the actions from its lines: leave out --kind and --text');
      if (!single && options.file === undefined && host.stdin.isTTY === true) {
        throw new UsageError('name an action with --kind and --text, or pipe NDJSON into it');
      }
      const request = single ? await requestOf(host, options) : undefined;
      const inspector = await open(host, options);
      try {
        if (request === undefined) await inspectLines(host, inspector, options);
        else await inspectOne(host, inspector, request, options.json === true);
      } finally {
        await inspector.close();
      }
    });
}

async function open(host: Host, { policy, profile }: InspectOptions): Promise<Inspector> {
  const { openInspector } = await import('@countersign/decision-service/inspect');
  const settings = settingsOf(host);
  const policyDir = policy ?? settings.policy;
  return openInspector({
    cacheDir: cacheDir(host, settings.dataDir),
    ...(policyDir === '' ? {} : { policyDir }),
    ...(profile === undefined ? {} : { profile }),
  });
}

/** Where compiled policies are kept: beside the server's where there is one, else in the user's cache (XDG base directories). */
function cacheDir({ env }: Host, dataDir: string): string {
  if (existsSync(dataDir)) return join(dataDir, 'policy-cache');
  const caches = env.XDG_CACHE_HOME ?? '';
  return join(caches === '' ? join(homedir(), '.cache') : caches, 'countersign', 'policy');
}

async function requestOf(host: Host, options: InspectOptions): Promise<InspectRequest> {
  const { kind = '', text, name = '', dialect = '' } = await actionOf(host, options);
  return {
    kind,
    text,
    name,
    dialect,
    environment: options.environment ?? '',
    labels: options.label ?? [],
    purpose: options.purpose ?? '',
    declaredEffects: options.declare ?? [],
    ...(options.resource === undefined ? {} : { resource: options.resource }),
    ...(options.payload === undefined ? {} : { payload: options.payload }),
  };
}

/** The part of a request that an inspection looks at. */
function inspectable({ action, resource, purpose, declaredEffects }: DecideInit, options: InspectOptions): InspectRequest {
  const payload = jsonOf(action?.payloadJson ?? new Uint8Array(0));
  const { type = '', id = '', environment = '', labels = [] } = resource ?? {};
  return {
    kind: action?.kind ?? '',
    text: action?.text ?? '',
    name: action?.name ?? '',
    dialect: action?.dialect ?? '',
    environment: orElse(environment, options.environment),
    labels: labels.length > 0 ? labels : (options.label ?? []),
    purpose: orElse(purpose, options.purpose),
    declaredEffects: declaredEffects && declaredEffects.length > 0 ? declaredEffects : (options.declare ?? []),
    resource: { type, id },
    ...(payload === null ? {} : { payload }),
  };
}

function orElse(said: string | undefined, fallback: string | undefined): string {
  return said === undefined || said === '' ? (fallback ?? '') : said;
}

async function inspectOne(host: Host, inspector: Inspector, request: InspectRequest, json: boolean): Promise<void> {
  const result: VerdictJson = await inspector.inspect(request);
  if (json) return printJson(host, resultJson(result));
  for (const line of decisionLines(result, request.text, colorsOf(host))) print(host, line);
}

async function inspectLines(host: Host, inspector: Inspector, options: InspectOptions): Promise<void> {
  const colors = colorsOf(host);
  const json = options.json === true;
  const ignored = new Set<string>();
  for await (const { number, text } of await openLines(host, options.file ?? '-')) {
    const parsed = text.ok ? parseLine(text.value, ignored) : text;
    try {
      if (!parsed.ok) throw new TypeError(parsed.error);
      const request = inspectable(parsed.value, options);
      const result: VerdictJson = await inspector.inspect(request);
      if (json) printJson(host, resultJson(result));
      else
        print(host, `${verdictLine(result, colors)}  ${shown(result.reasons[0]?.rule ?? '-')}  ${clip(shown(request.text), 80)}`);
    } catch (thrown) {
      // What the inspector says of a request that it cannot take; anything else is not the line's fault.
      if (!(thrown instanceof TypeError)) throw thrown;
      host.exitCode = EXIT.error;
      if (json) printJson(host, { line: number, error: { message: messageOf(thrown) } });
      else note(host, `line ${number}: ${shown(messageOf(thrown))}`);
    }
  }
  if (ignored.size > 0) note(host, `Fields that an inspection does not know were ignored: ${shown([...ignored].join(', '))}`);
}

/** Exactly the promised members, whatever else the inspector knows. */
function resultJson({ verdict, reasons, effects, risk, policyDigest, effectsInWords, riskParts }: VerdictJson): VerdictJson {
  return {
    verdict,
    reasons: reasons.map(({ rule, code, message, severity }) => ({ rule, code, message, severity })),
    effects,
    risk,
    policyDigest,
    effectsInWords,
    riskParts,
  };
}
