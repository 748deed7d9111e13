import type { Effect } from '@countersign/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { effectsOfLine } from './testing.ts';

const RUNS = Number(process.env['COUNTERSIGN_PROPERTY_RUNS'] ?? 400);

/** How bad an effect is for a verdict: nothing to say, a person is asked, denied. */
function badness({ kind, scope }: Effect): number {
  switch (kind) {
    case 'none':
    case 'session':
    case 'read':
      return 0;
    case 'write':
    case 'delete':
      return scope === 'unbounded' ? 2 : scope === 'unknown' ? 1 : 0;
    case 'export':
    case 'log_tamper':
    case 'schema_drop':
      return 2;
    case 'infra_destroy':
      return scope === 'unbounded' ? 2 : 1;
    default:
      return 1;
  }
}

function worst(line: string): number {
  return Math.max(0, ...effectsOfLine(line).map(badness));
}

const COMMANDS = [
  'rm -rf /',
  'rm -rf /etc /home',
  'rm -rf ~',
  'rm -r -f ../..',
  'find / -delete',
  'dd if=/dev/zero of=/dev/sda',
  'cat /etc/shadow',
  'chmod -R 777 /srv',
  'git reset --hard',
  'git push --force origin main',
  'kill -9 1',
  'truncate -s 0 /var/log/auth.log',
  'nosuchprogram --flag',
  './script',
  'systemctl stop postgresql',
  'cat ~/.ssh/id_rsa',
];

/** Each gives a line that runs the command too. */
const WRAPPERS: readonly ((command: string) => string)[] = [
  (command) => `sudo ${command}`,
  (command) => `sudo -u root -- ${command}`,
  (command) => `env A=1 ${command}`,
  (command) => `nice -n 5 ${command}`,
  (command) => `timeout 10 ${command}`,
  (command) => `nohup ${command} &`,
  (command) => `setsid ${command}`,
  (command) => `stdbuf -oL ${command}`,
  (command) => `time ${command}`,
  (command) => `! ${command}`,
  (command) => `( ${command} )`,
  (command) => `{ ${command}; }`,
  (command) => `true && ${command}`,
  (command) => `ls | ${command}`,
  (command) => `${command} | cat`,
  (command) => `${command} > /dev/null 2>&1`,
  (command) => `if true; then ${command}; fi`,
  (command) => `for i in 1 2; do ${command}; done`,
  (command) => `f() { ${command}; }; f`,
  (command) => `echo "$( ${command} )"`,
  (command) => `cat <( ${command} )`,
  (command) => `bash -c ${quoted(command)}`,
  (command) => `sh -ec ${quoted(command)}`,
  (command) => `eval ${quoted(command)}`,
  (command) => `trap ${quoted(command)} EXIT`,
  (command) => `su -c ${quoted(command)}`,
  (command) => `echo ${quoted(command)} | sh`,
  (command) => `bash <<< ${quoted(command)}`,
  (command) => `bash <<'END_OF_IT'\n${command}\nEND_OF_IT\n`,
  (command) => `ssh host ${quoted(command)}`,
  (command) => `docker exec box sh -c ${quoted(command)}`,
  (command) => `X=${quoted(command)}; eval "$X"`,
  (command) => `echo ${btoa(command)} | base64 -d | bash`,
  (command) => `xargs -r ${command}`,
  (command) => `watch ${quoted(command)}`,
  (command) => `flock /tmp/lock -c ${quoted(command)}`,
];

/** Only the look of the text changes. */
const DISGUISES: readonly ((command: string) => string)[] = [
  (command) => `  ${command}  `,
  (command) => `${command} # done`,
  (command) => `# first\n${command}\n`,
  (command) => command.replaceAll(' ', '  '),
  (command) => command.replaceAll(' ', ' \\\n '),
  named((name) => `\\${name}`),
  named((name) => `${name.slice(0, 1)}"${name.slice(1)}"`),
  named((name) => `'${name}'`),
  named((name) => `$'\\x${name.charCodeAt(0).toString(16)}'${name.slice(1)}`),
  (command) => command.replace(/ (\/[\w/.]*)/g, ' "$1"'),
  (command) => command.replace(/ (\/[\w/.]*)/g, " ''$1"),
  (command) => `:;${command};:`,
  (command) => `X=1 ${command}`,
];

/** Changes how the first word is written, where it is a plain name. */
function named(change: (name: string) => string): (command: string) => string {
  return (command) => command.replace(/^[a-z]+(?= )/, change);
}

function quoted(command: string): string {
  return `'${command.replaceAll("'", `'\\''`)}'`;
}

describe('never safer', () => {
  it.each(COMMANDS)('%s is bad at all', (command) => {
    expect(worst(command)).toBeGreaterThan(0);
  });

  it('by any disguise', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...COMMANDS),
        fc.array(fc.constantFrom(...DISGUISES), { minLength: 1, maxLength: 3 }),
        (command, disguises) => {
          const line = disguises.reduce((text, disguise) => disguise(text), command);
          expect(worst(line), line).toBeGreaterThanOrEqual(worst(command));
        },
      ),
      { numRuns: RUNS },
    );
  });

  it('by any wrapper', () => {
    for (const command of COMMANDS)
      for (const wrap of WRAPPERS) expect(worst(wrap(command)), wrap(command)).toBeGreaterThanOrEqual(worst(command));
  });

  it('by wrappers in wrappers', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...COMMANDS),
        fc.array(fc.constantFrom(...WRAPPERS, ...DISGUISES), { minLength: 1, maxLength: 4 }),
        (command, wrappers) => {
          const line = wrappers.reduce((text, wrap) => wrap(text), command);
          // What can no longer be followed may become a question, never a yes.
          expect(worst(line), line).toBeGreaterThanOrEqual(1);
        },
      ),
      { numRuns: RUNS },
    );
  });
});
