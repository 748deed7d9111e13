import { describe, expect, it } from 'vitest';
import { INFRA_PROGRAMS } from './infra/index.ts';
import { NO_OPTIONS, type OptionTable, compileOptions } from './options.ts';
import type { Act, Command, Program, Run } from './program.ts';
import { UNIX_PROGRAMS } from './unix/index.ts';
import { type CommandTable, tableOf } from './command-table.ts';

const PROGRAMS: readonly Program[] = [...UNIX_PROGRAMS, ...INFRA_PROGRAMS];

/** Every command of a program with the options that hold for it. */
function* commandsOf(
  command: Command,
  path: string,
  inherited: OptionTable,
): Generator<{ command: Command; path: string; options: OptionTable }> {
  const options = compileOptions(command.options, inherited);
  yield { command, path, options };
  for (const [name, sub] of Object.entries(command.sub ?? {})) yield* commandsOf(sub, `${path} ${name}`, options);
  if (command.otherSub !== undefined) yield* commandsOf(command.otherSub, `${path} <other>`, options);
  if (command.bare !== undefined) yield* commandsOf(command.bare, `${path} <bare>`, options);
}

const COMMANDS = PROGRAMS.flatMap((program) => [...commandsOf(program, program.names[0] ?? '', NO_OPTIONS)]);

/** Names of options that a condition looks at. */
function namesInCondition(condition: string | undefined): string[] {
  return (condition ?? '')
    .split(/\s+/)
    .flatMap((token) => token.split('|'))
    .map((part) => part.replace(/^!/, ''))
    .filter((part) => /^[-+]./.test(part))
    .map((part) => part.replace(/[=~^].*$/, ''));
}

function namesInWhere(where: string | undefined): string[] {
  return (where ?? '')
    .split(/\s+/)
    .filter((token) => token !== '' && token !== '*' && !/^-?\d+$/.test(token) && !/^(?:-?\d+)?\.\.(?:-?\d+)?$/.test(token));
}

function unknownNames({ command, path, options }: (typeof COMMANDS)[number]): string[] {
  const canonical = new Set([...options.byName.values()].map((spec) => spec.canonical));
  const used = [
    ...(command.does ?? []).flatMap((act: Act) => [...namesInCondition(act.when), ...namesInWhere(act.on)]),
    ...(command.runs ?? []).flatMap((run: Run) => [
      ...namesInCondition(run.when),
      ...namesInWhere(run.from),
      ...namesInWhere(run.at?.on),
    ]),
  ];
  return [...new Set(used)].filter((name) => !canonical.has(name)).map((name) => `${path}: ${name}`);
}

describe('the shipped tables', () => {
  it('name each option in conditions and targets as its own list does first', () => {
    expect(COMMANDS.flatMap(unknownNames)).toEqual([]);
  });

  it('would be seen to name others', () => {
    const bad: Program = {
      names: ['bad'],
      options: '-r|-R -o=',
      does: [{ kind: 'write', when: '-R !-x -o=a|b', on: '--out 0' }],
    };
    const [only] = commandsOf(bad, 'bad', NO_OPTIONS);
    expect(only === undefined ? [] : unknownNames(only)).toEqual(['bad: -R', 'bad: -x', 'bad: --out']);
  });

  it('compile, with every sub-command', () => {
    const lost: string[] = [];
    const walk = (table: CommandTable, command: Command, path: string): void => {
      for (const [name, sub] of Object.entries(command.sub ?? {})) {
        const found = table.sub(name);
        if (found === undefined) lost.push(`${path} ${name}`);
        else walk(found, sub, `${path} ${name}`);
      }
      // What holds for a command holds for every way to go on from it.
      for (const rest of [table.other, table.bare])
        if (rest !== undefined && rest.acts.length < table.acts.length) lost.push(path);
    };
    for (const program of PROGRAMS) walk(tableOf(program), program, program.names[0] ?? '');
    expect(lost).toEqual([]);
  });

  it('name each program once', () => {
    const names = PROGRAMS.flatMap(({ names: own }) => own);
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  });

  it('know at least 250 programs', () => {
    expect(new Set(PROGRAMS.flatMap(({ names }) => names)).size).toBeGreaterThan(250);
  });
});
