/** The tables themselves: every name once, every rule readable, every option that a condition names declared. */
import { describe, expect, it } from 'vitest';
import { tableOf } from '../command-table.ts';
import type { Command, Program } from '../program.ts';
import { INFRA_PROGRAMS } from './index.ts';
import { canonicalNames, canonicalised } from './options.ts';
import { expand, outcomes } from './shorthand.ts';
import { shortOf } from './testing.ts';

/** Options that a command's acts and runs go by, without the values they are compared with. */
function named(command: Command): string[] {
  const texts = [...(command.does ?? []), ...(command.runs ?? [])].flatMap((item) => [
    item.when ?? '',
    ('on' in item ? item.on : undefined) ?? '',
    ('from' in item ? item.from : undefined) ?? '',
  ]);
  return texts
    .flatMap((text) => text.split(' '))
    .flatMap((token) => (/^!?[#@]/.test(token) ? [] : token.replace(/[=~^].*$/, '').split('|')))
    .map((name) => name.replace(/^!/, ''))
    .filter((name) => /^-[^\d.]/.test(name) || name.startsWith('--'));
}

function undeclared(command: Command, inherited: string, path: string): string[] {
  const options = `${inherited} ${command.options ?? ''}`;
  const names = canonicalNames(options);
  const own = named(command)
    .filter((name) => names.get(name) !== name)
    .map((name) => `${path}: ${name}`);
  return [...own, ...Object.entries(command.sub ?? {}).flatMap(([name, sub]) => undeclared(sub, options, `${path} ${name}`))];
}

describe('tables of infrastructure programs', () => {
  it('describes each program once', () => {
    const names = INFRA_PROGRAMS.flatMap((program: Program) => program.names);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    expect(names.filter((name) => !/^[\w.-]+$/.test(name))).toEqual([]);
    expect(names.length).toBeGreaterThan(800);
  });

  it('can read each of its rules', () => {
    const names = INFRA_PROGRAMS.flatMap((program) => program.names);
    expect(names.filter((name) => shortOf(`${name} --help`) !== 'none')).toEqual([]);
    expect(names.filter((name) => shortOf(`${name} frobnicate-it`) === '')).toEqual([]);
  });

  it('compiles', () => {
    for (const program of INFRA_PROGRAMS) expect(() => tableOf(program)).not.toThrow();
  });

  it('names only options that are declared, by their canonical names', () => {
    expect(INFRA_PROGRAMS.flatMap((program) => undeclared(program, '', program.names[0] ?? ''))).toEqual([]);
  });
});

describe('short ways to write tables', () => {
  it('expands paths and alternatives', () => {
    expect(expand('stream|str ls|info, account')).toEqual(['stream ls', 'stream info', 'str ls', 'str info', 'account']);
  });

  it('reads a rule', () => {
    expect(outcomes('infra_destroy unbounded: all of it + read')).toEqual([
      { kind: 'infra_destroy', scope: 'unbounded', reversible: 'no', why: 'all of it' },
      { kind: 'read', scope: undefined, reversible: 'unknown', why: '' },
    ]);
    expect(outcomes('infra_change one ?no: money moves')[0]).toMatchObject({ scope: 'one', reversible: 'no' });
  });

  it.each(['destroy', 'read everything', ''])('refuses the rule "%s"', (rule) => {
    expect(() => outcomes(rule)).toThrow();
  });

  it('knows an option by any of its names', () => {
    const names = canonicalNames('-s|--server= --all');
    expect(canonicalised('--server|--all !--server=x', names)).toBe('-s|--all !-s=x');
  });
});
