/** Reads the words of a command line by its program's table, and says what the call does. */
import type { Effect } from '@countersign/kernel';
import { opaqueEffect } from '../analysis.ts';
import type { ReadContext } from '../reader.ts';
import { effectOfAct, withPaths } from './acts.ts';
import { CallReader, type ReadCall } from './call-reader.ts';
import type { Program, Run, Word } from './program.ts';

/** One text or command line inside a call. */
export interface CallRun {
  readonly run: Run;
  readonly words: readonly Word[];
  readonly at: readonly Word[];
}

/** Programs that tell names, sizes and times of files, never what is in them. */
const LISTING: ReadonlySet<string> = new Set(
  'ls dir vdir find fd tree exa du df stat file test [ basename dirname realpath readlink locate which whereis type command cd git chmod chown getfacl lsattr namei rmdir mkdir touch'.split(
    ' ',
  ),
);

/** Reads all words; what the table does not know is kept in `unread`, so that the rest still counts. */
export function readCall(program: Program, name: Word, words: readonly Word[], stdin?: Word): ReadCall {
  return new CallReader(program, name, words, stdin).read();
}

/** Where relative paths lie: '' the folder at the start, undefined not known. */
export interface Folder {
  readonly cwd: string | undefined;
}

const START: Folder = { cwd: '' };

/** What the call does by its acts, then `inner` (what its runs do), as the program's own code corrects it; paths count last. */
export function effectsOfCall(call: ReadCall, cx: ReadContext, inner: readonly Effect[] = [], at: Folder = START): Effect[] {
  let found: readonly Effect[] = inner;
  if (call.table.acts.length > 0) {
    const acts: Effect[] = [];
    for (const act of call.table.acts) {
      const effect = effectOfAct(act, call);
      if (effect !== undefined) acts.push(effect);
    }
    found = inner.length === 0 ? acts : [...acts, ...inner];
  }
  for (const refine of call.table.refines) found = refine(call, found, cx);
  const effects: Effect[] = [];
  const recursive = call.options.has('-r') || call.options.has('-R') || call.options.has('--recursive');
  const setting = { cwd: at.cwd, listing: LISTING.has(call.program), recursive };
  for (const effect of found) {
    // What runs inside has had its paths looked at where it ran.
    if (inner.includes(effect)) effects.push(effect);
    else withPaths(effect, setting, effects);
  }
  for (const { why, span } of call.unread) effects.push(opaqueEffect(span, why));
  return effects;
}

/** The command lines and texts that the call runs. */
export function runsOf(call: ReadCall): CallRun[] {
  const runs: CallRun[] = [];
  for (const { run, when, from, at, commands } of call.table.runs) {
    if (when(call) === 'no') continue;
    const words = from?.(call) ?? [];
    const places = at?.(call) ?? [];
    if (!commands) {
      // An option given twice brings two texts; read as one line, the second would be words of the first.
      if (words.length > 1 && run.as !== 'argv' && /^-[^\s*]+$/.test(run.from ?? '')) {
        for (const word of words) runs.push({ run, words: [word], at: places });
      } else if (words.length > 0 || run.stdin === true) runs.push({ run, words, at: places });
    } else for (const one of split(words)) runs.push({ run, words: one, at: places });
  }
  return runs;
}

/** Commands of `-exec`, each with its end; `{}` stands for what is only known at run time. */
function split(words: readonly Word[]): Word[][] {
  const commands: Word[][] = [];
  let current: Word[] = [];
  for (const word of words) {
    if (word.text === ';' || (word.text === '+' && current.at(-1)?.text === '{}')) {
      if (current.length > 0) commands.push(current);
      current = [];
    } else current.push(word.text.includes('{}') ? { ...word, known: false } : word);
  }
  if (current.length > 0) commands.push(current);
  return commands;
}
