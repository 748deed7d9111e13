/** The tables as data: unique names, options and conditions that hold together, and enough of them. */
import { describe, expect, it } from 'vitest';
import { tableOf } from '../command-table.ts';
import { effectsOfLine } from '../../shell/testing.ts';
import { INFRA_PROGRAMS } from '../infra/index.ts';
import type { Act, Command, Program, Run } from '../program.ts';
import { UNIX_PROGRAMS } from './index.ts';

const WORD = /^(?:\*|-?\d+|(?:-?\d+)?\.\.(?:-?\d+)?)$/u;

describe('tables of programs', () => {
  it('know the common programs', () => {
    expect(UNIX_PROGRAMS.length).toBeGreaterThan(450);
  });

  it('call no two programs by one name', () => {
    const names = [...UNIX_PROGRAMS, ...INFRA_PROGRAMS].flatMap((program) => [...program.names]);
    const twice = names.filter((name, index) => names.indexOf(name) !== index);
    expect(twice).toEqual([]);
  });

  it('have names without blanks', () => {
    expect(UNIX_PROGRAMS.flatMap(({ names }) => names).filter((name) => !/^[^\s|]+$/u.test(name))).toEqual([]);
    expect(UNIX_PROGRAMS.filter(({ names }) => names.length === 0)).toEqual([]);
  });

  it('compile, sub-commands too', () => {
    expect(() => UNIX_PROGRAMS.forEach(compileAll)).not.toThrow();
  });

  it('read any words without a throw', () => {
    const tails = ['', '-', '--', '--help', '-abc --x=1 y', 'a b c', '$(x) "$y" *', '-o', '@ : = + :::'];
    const names = UNIX_PROGRAMS.flatMap((program) => [...program.names]).filter((name) => /^[\w.+-]+$/u.test(name));
    const thrown = names.flatMap((name) => tails.filter((tail) => !reads(`${name} ${tail}`)).map((tail) => `${name} ${tail}`));
    expect(thrown).toEqual([]);
  });

  it('have well-formed options', () => {
    expect(UNIX_PROGRAMS.flatMap((program) => faultsOf(program, program.names[0] ?? '', oddOptions))).toEqual([]);
  });

  it('name only options of their own in conditions and words', () => {
    expect(UNIX_PROGRAMS.flatMap((program) => faultsOf(program, program.names[0] ?? '', unknownOptions))).toEqual([]);
  });
});

function reads(line: string): boolean {
  try {
    return effectsOfLine(line).length >= 0;
  } catch {
    return false;
  }
}

type Check = (command: Command, options: ReadonlySet<string>) => string[];

function faultsOf(command: Command, path: string, check: Check, inherited: readonly string[] = []): string[] {
  const options = [...inherited, ...entries(command).map((names) => names[0] ?? '')];
  const faults = check(command, new Set(options)).map((fault) => `${path}: ${fault}`);
  for (const [name, sub] of Object.entries(command.sub ?? {})) faults.push(...faultsOf(sub, `${path} ${name}`, check, options));
  for (const more of [command.otherSub, command.bare]) if (more) faults.push(...faultsOf(more, `${path} …`, check, options));
  return faults;
}

function entries(command: Command): string[][] {
  const list = (command.options ?? '').trim();
  return list === ''
    ? []
    : list.split(/\s+/u).map((entry) => (/^-\?$/u.test(entry) ? [entry] : entry.replace(/[=?;]$/u, '').split('|')));
}

function oddOptions(command: Command): string[] {
  return entries(command)
    .flat()
    .filter((name) => name === '' || (name !== '-?' && /[=?;]/u.test(name)) || (name.startsWith('-') && name.length < 2));
}

function unknownOptions(command: Command, options: ReadonlySet<string>): string[] {
  const acts: readonly (Act | Run)[] = [...(command.does ?? []), ...(command.runs ?? [])];
  return acts.flatMap((act) => {
    const words = 'kind' in act ? act.on : act.from;
    const named = (words ?? '').split(/\s+/u).filter((word) => word !== '' && !WORD.test(word));
    return [...conditionOptions(act.when ?? ''), ...named].filter((name) => name !== '-#' && !options.has(name));
  });
}

/** Alternatives that begin like an option are tests of options, also behind `@0=…`. */
function conditionOptions(condition: string): string[] {
  return condition
    .split(/\s+/u)
    .flatMap((token) => token.split('|'))
    .filter((part) => part.length > 1)
    .map((part) => part.replace(/^!/u, ''))
    .filter((part) => /^[-+]/u.test(part))
    .map((part) => /^[-+]{0,2}[^=~^]+/u.exec(part)?.[0] ?? part);
}

function compileAll(program: Program): void {
  const visit = (table: ReturnType<typeof tableOf> | undefined, command: Command | undefined): void => {
    if (table === undefined || command === undefined) return;
    for (const [name, sub] of Object.entries(command.sub ?? {})) visit(table.sub(name), sub);
    visit(table.other, command.otherSub);
    visit(table.bare, command.bare);
  };
  visit(tableOf(program), program);
}
