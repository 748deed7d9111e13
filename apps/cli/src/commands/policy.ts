/** `countersign policy`: is it sound, and do its tests pass; offline. */
import type { Result } from '@countersign/kernel';
import type { PolicyProblem, PolicySource } from '@countersign/policy-wasm';
import type { Command } from 'commander';
import { EXIT, type Host, note, print, printJson } from '../host.ts';
import { shown } from '../text/escape.ts';

const HELP = `
The folder holds Rego (*.rego) and data (data.json or data.yaml) and is laid over the shipped policy, as COUNTERSIGN_POLICY is.
Exit codes: 0 sound, 1 not.

Examples:
  $ countersign policy check ./policy
  $ countersign policy test ./policy`;

interface Options {
  readonly json?: boolean;
}

export function registerPolicy(program: Command, host: Host): void {
  const policy = program
    .command('policy')
    .description('Check and test a policy folder before it decides.')
    .addHelpText('after', HELP);
  policy
    .command('check <folder>')
    .description('Say whether the policy would be activated, with the compiler’s own message and line where not.')
    .option('--json', 'print {ok, messages}')
    .addHelpText('after', '\nExample:\n  $ countersign policy check ./policy')
    .action((folder: string, options: Options) => check(host, folder, options.json === true));
  policy
    .command('test <folder>')
    .description('Run the policy’s tests: every rule whose name begins with test_.')
    .option('--json', 'print the report')
    .addHelpText('after', '\nExample:\n  $ countersign policy test ./policy')
    .action((folder: string, options: Options) => test(host, folder, options.json === true));
}

async function check(host: Host, folder: string, json: boolean): Promise<void> {
  const { checkPolicy } = await import('@countersign/policy-wasm');
  const source = await load(folder);
  const checked = source.ok ? await checkPolicy(source.value) : source;
  if (!checked.ok) host.exitCode = EXIT.error;
  if (json) return printJson(host, { ok: checked.ok, messages: checked.ok ? [] : checked.error.messages });
  if (checked.ok) return print(host, `${shown(folder)} is sound: it would be activated.`);
  tellProblem(host, checked.error.message);
}

async function test(host: Host, folder: string, json: boolean): Promise<void> {
  const { testPolicy } = await import('@countersign/policy-wasm');
  const source = await load(folder);
  const ran = source.ok ? await testPolicy(source.value) : source;
  if (!ran.ok) {
    host.exitCode = EXIT.error;
    if (json) return printJson(host, { ok: false, messages: ran.error.messages });
    return tellProblem(host, ran.error.message);
  }
  const { passed, failed, skipped, tests, coverage } = ran.value;
  if (failed > 0) host.exitCode = EXIT.error;
  if (json) return printJson(host, { ok: failed === 0, passed, failed, skipped, coverage: coverage.percent, tests });
  for (const { outcome, package: name, name: rule, file, row, message } of tests) {
    if (outcome === 'fail' || outcome === 'error')
      print(host, shown(`${outcome.toUpperCase()}  ${name}.${rule}  ${file}:${row}  ${message}`));
  }
  const covered = tests.length === 0 ? '' : `, ${coverage.percent.toFixed(0)} % of the lines covered`;
  print(host, `${passed} passed, ${failed} failed, ${skipped} skipped${covered}`);
  if (tests.length === 0) note(host, 'There are no tests: a test is a rule whose name begins with test_.');
}

async function load(folder: string): Promise<Result<PolicySource, PolicyProblem>> {
  const { loadPolicy } = await import('@countersign/decision-service');
  return loadPolicy(folder);
}

function tellProblem(host: Host, message: string): void {
  for (const line of message.split('\n')) note(host, shown(line));
}
