/** Runs words as the shell would, in effects: a function, a builtin, a program by its table, and whatever these run in turn. */
import type { Effect, TextSpan } from '@countersign/kernel';
import type { ReadCall } from '../programs/call-reader.ts';
import { TableError } from '../programs/conditions.ts';
import type { Program, Word } from '../programs/program.ts';
import { type CallRun, effectsOfCall, readCall, runsOf } from '../programs/read-call.ts';
import { findProgram } from '../programs/registry.ts';
import { afterBuiltin, isBuiltin } from './builtins.ts';
import { effectsOfRun, readText } from './inside.ts';
import { listedBy } from './listed.ts';
import { printedBy } from './output.ts';
import { placeOf } from './place.ts';
import { type Input, type Reading, inner, say, sayOpaque } from './reading.ts';
import type { ShellWord } from './scope.ts';
import { walkNode } from './walk.ts';

export interface Situation {
  /** Functions, aliases and builtins of this shell are meant before programs. */
  readonly functions: boolean;
}

/** Where the system keeps programs: there a name is as good as by itself. */
const SYSTEM_FOLDER = /^(?:\/usr)?(?:\/local)?\/s?bin\/(?=[^/]+$)|^\/opt\/homebrew\/s?bin\/(?=[^/]+$)|^\/system\/bin\/(?=[^/]+$)/;

/** Programs that send what comes in by standard input. */
const SENDERS: ReadonlySet<string> = new Set(
  'nc ncat netcat nc.traditional nc.openbsd socat telnet ssh openssl s_client websocat ftp sftp lftp tftp mail mailx sendmail mutt msmtp swaks rclone logger wall write gh glab pastebinit'.split(
    ' ',
  ),
);

/** Gives what is printed, where that is known. */
export function runWords(words: readonly ShellWord[], r: Reading, io: Input, situation: Situation): string | undefined {
  const [first, ...rest] = words;
  r.allowance.listed = undefined;
  if (first === undefined) return '';
  if (!first.known || first.glob || first.text === '' || (/^\$/.test(first.text) && !first.text.includes('/'))) {
    sayOpaque(r, first.span, 'the command is only known at run time');
    return undefined;
  }
  let name = first.text;
  if (situation.functions) {
    const done = runOwn(name, first, rest, r, io);
    if (done !== undefined) return done.printed;
  }
  if (name.includes('/')) {
    if (name.startsWith('/')) name = placeOf(name, true).path.replace(SYSTEM_FOLDER, '');
    if (name.includes('/')) {
      ownProgram(first, rest, r);
      return undefined;
    }
  }
  const program = findProgram(name, r.cx.catalogue);
  if (program === undefined) {
    noteAll(rest, r);
    sayOpaque(r, first.span, `unknown program ${name.slice(0, 80)}`);
    return undefined;
  }
  const call = readByTable(program, first, rest, r, io);
  if (call === undefined) return undefined;
  const runs = runsOf(call);
  if (r.values !== undefined) noteValues(call, runs, r.values);
  const start = r.out.length;
  const found: Effect[] = [];
  for (const run of runs) for (const effect of effectsOfRun(run, call, r, io)) found.push(effect);
  for (const effect of effectsOfCall(call, r.cx, found, r.scope)) r.out.push(effect);
  flow(call, words, r, io, start);
  if (situation.functions && isBuiltin(name)) afterBuiltin(name, call, r, io);
  r.allowance.listed = listedBy(name, call, io);
  return printedBy(name, call, io, r.scope.cwd);
}

function readByTable(
  program: Program,
  first: ShellWord,
  rest: readonly ShellWord[],
  r: Reading,
  io: Input,
): ReadCall | undefined {
  try {
    return readCall(program, first, rest, io.text?.known === true ? io.text : undefined);
  } catch (error) {
    if (!(error instanceof TableError)) throw error;
    sayOpaque(r, first.span, `the table of ${first.text.slice(0, 80)} cannot be used: ${error.message}`);
    return undefined;
  }
}

/** A function or alias of the text itself. */
function runOwn(
  name: string,
  first: ShellWord,
  rest: readonly ShellWord[],
  r: Reading,
  io: Input,
): { printed: string | undefined } | undefined {
  const { scope } = r;
  const alias = scope.aliases.get(name);
  if (alias !== undefined) {
    scope.aliases.delete(name);
    const text = [alias, ...rest.map(quoted)].join(' ');
    r.out.push(...readText({ text, span: first.span, known: true, glob: false, base: -1 }, r, { same: true, via: 'alias' }));
    scope.aliases.set(name, alias);
  }
  const defined = scope.functions.get(name);
  if (defined === undefined) return undefined;
  const times = scope.active.filter((one) => one === name).length;
  if (times > 0) {
    if (r.piped === true) say(r, 'process_control', first.span, 'starts itself without end', { scope: 'unbounded', via: name });
    else if (times > 1) {
      sayOpaque(r, first.span, `the function ${name} calls itself`);
      return { printed: undefined };
    }
    if (times > 1 || r.piped === true) return { printed: undefined };
  }
  noteAll(rest, r);
  const { positional, active, locals } = scope;
  scope.positional = rest;
  scope.active = [...active, name];
  scope.locals = new Map();
  const sameText = defined.source === r.source;
  const own = sameText ? r : inner(r, defined.source, scope);
  const printed = walkNode(defined.node.body, own, io);
  if (!sameText) for (const effect of own.out) r.out.push({ ...effect, span: first.span });
  for (const [local, value] of scope.locals) {
    if (value === undefined) scope.vars.delete(local);
    else scope.vars.set(local, value);
  }
  Object.assign(scope, { positional, active, locals });
  r.allowance.listed = undefined;
  return defined.maybe ? undefined : { printed };
}

/** Operands and option values; but for the words of a command inside, which notes its own. */
function noteValues(call: ReadCall, runs: readonly CallRun[], values: TextSpan[]): void {
  const commands = new Set(runs.flatMap(({ run, words }) => (run.as === 'argv' ? words.map(({ span }) => span.start) : [])));
  const note = (word: Word | undefined): void => {
    // What is put in at run time points at the whole call.
    if (word !== undefined && word.span.start > call.span.start && !commands.has(word.span.start)) values.push(word.span);
  };
  call.operands.forEach(note);
  for (const given of call.options.values()) given.forEach(note);
}

function noteAll(words: readonly Word[], r: Reading): void {
  for (const { span } of words) r.values?.push(span);
}

function quoted({ text, known }: ShellWord): string {
  return !known || /^[\w./:=@%+,-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

function ownProgram(first: ShellWord, rest: readonly ShellWord[], r: Reading): void {
  noteAll(rest, r);
  const span = { start: first.span.start, end: Math.max(first.span.end, rest.at(-1)?.span.end ?? 0) };
  const asks = rest.length === 1 && /^--(?:version|help)$/.test(rest[0]?.text ?? '');
  say(r, 'code_execution', span, 'runs a program by its path', {
    scope: 'unknown',
    targets: [{ type: 'program', name: first.text }],
  });
  if (!asks) sayOpaque(r, first.span, `what ${first.text.slice(0, 80)} does is not known by its path`);
}

/** Data that leaves: what came in, or what the words hold, goes over a connection. */
function flow(call: ReadCall, words: readonly ShellWord[], r: Reading, io: Input, start: number): void {
  let connects = false;
  for (let at = start; at < r.out.length; at++) {
    const effect = r.out[at];
    if (effect?.kind === 'export') return;
    if (effect?.kind === 'network' && !effect.via.startsWith('xargs')) connects = true;
  }
  if (!connects) return;
  const sends = io.data && SENDERS.has(call.program);
  if (sends || words.some(({ data }) => data === true))
    say(r, 'export', call.span, 'sends what was read over a connection', { scope: 'unknown' });
}
