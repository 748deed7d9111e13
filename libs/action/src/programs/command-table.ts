/** Program tables, compiled once each and on first use: options with what they inherit, acts, runs, sub-commands. */
import { type CompiledAct, compileAct } from './acts.ts';
import { type Answer, compileCondition } from './conditions.ts';
import { NO_OPTIONS, type OptionTable, compileOptions } from './options.ts';
import type { Call, Command, Program, Refine, Run, Word } from './program.ts';
import { compileWhere } from './where.ts';

export interface CompiledRun {
  readonly run: Run;
  readonly when: (call: Call) => Answer;
  readonly from: ((call: Call) => readonly Word[]) | undefined;
  readonly at: ((call: Call) => readonly Word[]) | undefined;
  /** Options of `from` that take the words of a command up to `;`: each command runs by itself. */
  readonly commands: boolean;
}

export interface CommandTable {
  readonly options: OptionTable;
  readonly syntax: 'gnu' | 'posix' | 'go' | 'words';
  readonly harmless: boolean;
  readonly dashless: boolean;
  readonly acts: readonly CompiledAct[];
  readonly runs: readonly CompiledRun[];
  readonly refines: readonly Refine[];
  readonly hasSubs: boolean;
  /** Some name of several words begins with these words. */
  beginsSub(words: string): boolean;
  sub(words: string): CommandTable | undefined;
  readonly other: CommandTable | undefined;
  readonly bare: CommandTable | undefined;
}

const TABLES = new WeakMap<Program, CommandTable>();

export function tableOf(program: Program): CommandTable {
  let table = TABLES.get(program);
  if (table === undefined) {
    table = compile(program, undefined);
    TABLES.set(program, table);
  }
  return table;
}

function compile(command: Command, parent: CommandTable | undefined): CommandTable {
  const { sub = {}, syntax = parent?.syntax ?? 'gnu', dashless = false } = command;
  const options = compileOptions(command.options, parent?.options ?? NO_OPTIONS);
  const harmless = command.otherOptions === undefined ? (parent?.harmless ?? false) : command.otherOptions === 'harmless';
  const names = Object.keys(sub);
  const longer = new Set(names.filter((name) => name.includes(' ')).flatMap(beginnings));
  const compiled = new Map<string, CommandTable>();
  const child = (of: Command | undefined): CommandTable | undefined => (of === undefined ? undefined : compile(of, table));
  let other: CommandTable | undefined;
  let bare: CommandTable | undefined;
  const table: CommandTable = {
    options,
    syntax,
    harmless,
    dashless,
    acts: [...(parent?.acts ?? []), ...(command.does ?? []).map(compileAct)],
    runs: [...(parent?.runs ?? []), ...(command.runs ?? []).map((run) => compileRun(run, options))],
    refines: [...(command.refine === undefined ? [] : [command.refine]), ...(parent?.refines ?? [])],
    hasSubs: names.length > 0 || command.otherSub !== undefined,
    beginsSub: (words) => longer.has(words),
    sub: (words) => {
      const known = compiled.get(words);
      if (known !== undefined) return known;
      const found = Object.hasOwn(sub, words) ? child(sub[words]) : undefined;
      if (found !== undefined) compiled.set(words, found);
      return found;
    },
    get other() {
      return (other ??= child(command.otherSub));
    },
    get bare() {
      return (bare ??= child(command.bare));
    },
  };
  return table;
}

function compileRun(run: Run, options: OptionTable): CompiledRun {
  return {
    run,
    when: compileCondition(run.when),
    from: run.from === undefined ? undefined : compileWhere(run.from),
    at: run.at === undefined ? undefined : compileWhere(run.at.on),
    commands: (run.from ?? '').split(' ').some((name) => options.byName.get(name)?.takes === 'words'),
  };
}

/** "remote add x" begins with "remote" and "remote add". */
function beginnings(name: string): string[] {
  const words = name.split(' ');
  return words.slice(1).map((_, at) => words.slice(0, at + 1).join(' '));
}
