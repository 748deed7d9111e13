/** What runs inside a call: command lines that wrappers start, texts that shells and interpreters are given. */
import type { Effect, EffectTarget } from '@countersign/kernel';
import { parse } from 'unbash';
import { NotHere, joinVia } from '../reader.ts';
import type { ReadCall } from '../programs/call-reader.ts';
import type { Run, Word } from '../programs/program.ts';
import type { CallRun } from '../programs/read-call.ts';
import { isBuiltin } from './builtins.ts';
import { overCaps } from './caps.ts';
import { effectOfVariable } from './environment.ts';
import { type Input, NO_INPUT, type Reading, homed, inner, say, sayOpaque } from './reading.ts';
import { runWords } from './run.ts';
import { Scope, type ShellWord } from './scope.ts';
import { walkScript } from './walk.ts';

/** Shell texts inside each other. */
const DEPTH = 8;

/** What the commands and texts inside a call do. */
export function effectsOfRun({ run, words, at }: CallRun, call: ReadCall, r: Reading, io: Input): readonly Effect[] {
  const via = call.program;
  let effects: readonly Effect[];
  if (run.as === 'argv') effects = argvOf(run, words, call, r, io);
  else effects = textOf(run, words, call, r, io);
  if (at.length === 0) return effects;
  const places: EffectTarget[] = at.map((word) => ({ type: run.at?.type ?? 'host', name: word.text }));
  return effects.map((effect) => ({
    ...effect,
    targets: [...effect.targets, ...places],
    via: effect.via === '' ? via : effect.via,
  }));
}

function argvOf(run: Run, words: readonly Word[], call: ReadCall, r: Reading, io: Input): Effect[] {
  const own: Reading = { ...r, out: [] };
  if (--r.allowance.commands < 0 || r.depth > DEPTH) {
    sayOpaque(own, call.span, 'too many commands inside each other');
    return own.out;
  }
  let argv: ShellWord[] = [...words];
  if (run.assignments === true) argv = withoutAssignments(argv, own);
  if (run.more === true) argv = withMore(argv, call, io);
  // The shell's own functions are not seen by programs that run others.
  const inShell = call.program === 'builtin' || call.program === 'exec' || call.program === 'command';
  const cwd = r.scope.cwd;
  runWords(argv, { ...own, depth: r.depth + 1, scope: inShell ? r.scope : scopeOfChild(r) }, run.more === true ? NO_INPUT : io, {
    functions: false,
  });
  if (inShell && argv[0] !== undefined && isBuiltin(argv[0].text)) r.scope.cwd = argv[0].text === 'cd' ? undefined : cwd;
  return own.out.map((effect) => ({ ...effect, via: joinVia(call.program, effect.via) }));
}

function withoutAssignments(words: ShellWord[], r: Reading): ShellWord[] {
  let at = 0;
  for (const word of words) {
    const equals = /^[A-Za-z_]\w*=/.exec(word.text);
    if (equals === null) break;
    at++;
    const { length } = equals[0];
    r.values?.push(word.span);
    effectOfVariable(
      equals[0].slice(0, -1),
      { text: word.text.slice(length), known: word.known, glob: false, data: false },
      word.span,
      r,
    );
  }
  return words.slice(at);
}

/** Words that `xargs` and its like put in or append: the input's, where it is known. */
function withMore(argv: readonly ShellWord[], call: ReadCall, io: Input): ShellWord[] {
  const span = call.span;
  const known =
    io.text?.known === true && io.text.text.length < 1_024 ? io.text.text.split(/\s+/).filter((text) => text !== '') : undefined;
  const given: readonly ShellWord[] =
    known === undefined
      ? (io.names ?? [{ text: '$input', span, known: false, glob: false, base: -1 }])
      : known.map((text) => ({ text: text.replace(/^(['"])(.*)\1$/, '$2'), span, known: true, glob: false, base: -1 }));
  const mark = call.options.get('-I')?.at(-1)?.text ?? (call.options.has('-i') ? '{}' : undefined);
  if (argv.length === 0) return [...given];
  // Where the mark does not stand in the command, what comes in is taken to be appended after all.
  if (mark === undefined || mark === '' || !argv.some(({ text }) => text.includes(mark))) return [...argv, ...given];
  const [only] = given;
  const listed = io.names?.length === 1 ? io.names[0]?.text : undefined;
  const whole =
    known === undefined ? (listed ?? '$input') : known.length === 1 ? (only?.text ?? '') : (io.text?.text.trim() ?? '');
  return argv.map((word) =>
    word.text.includes(mark)
      ? {
          ...word,
          text: word.text.replaceAll(mark, whole),
          known: (known !== undefined || listed !== undefined) && word.known,
          base: -1,
        }
      : word,
  );
}

/** A program started from here sees neither functions nor variables that were not exported. */
function scopeOfChild(r: Reading): Scope {
  const scope = new Scope();
  scope.cwd = r.scope.cwd;
  scope.active = r.scope.active;
  return scope;
}

function textOf(run: Run, words: readonly Word[], call: ReadCall, r: Reading, io: Input): readonly Effect[] {
  const via = call.program;
  const text = run.stdin === true && words.length === 0 ? io.text : oneText(words);
  if (text === undefined) return run.optional === true && !io.open ? [] : fromOutside(call, io, r);
  const own: Reading = { ...r, out: [], values: undefined };
  if (run.as === 'shell') {
    const same = via === 'eval' || via === 'trap';
    own.out.push(
      ...readText(text, r, {
        same,
        perhaps: via === 'trap',
        via,
        positional: call.operands.slice(2),
        io: run.stdin === true ? NO_INPUT : io,
      }),
    );
  } else if (run.as !== 'argv') {
    const { kind, dialect } = run.as;
    if (text.known) {
      const analysis = r.cx.embedded({ kind, text: text.text, ...(dialect === undefined ? {} : { dialect }) });
      own.out.push(...homed(analysis.effects, text, via));
    }
  }
  if (!text.known) {
    if (/\$\(|`/.test(text.text))
      say(own, 'code_execution', text.span, 'runs what another command prints', { scope: 'unknown', via });
    sayOpaque(own, text.span, `a part of what ${via} runs is only known at run time`);
  }
  return own.out;
}

/** An interpreter that runs whatever its input brings. */
function fromOutside(call: ReadCall, io: Input, r: Reading): Effect[] {
  const own: Reading = { ...r, out: [] };
  if (io.open) say(own, 'code_execution', call.span, 'runs what its input brings', { scope: 'unknown', via: call.program });
  sayOpaque(own, call.span, io.open ? 'what the input brings is only known at run time' : 'reads commands from its input');
  return own.out;
}

function oneText(words: readonly Word[]): Word | undefined {
  const [first] = words;
  const last = words.at(-1);
  if (first === undefined || last === undefined) return undefined;
  if (words.length === 1) return first;
  return {
    text: words.map(({ text }) => text).join(' '),
    span: { start: first.span.start, end: last.span.end },
    known: words.every(({ known }) => known),
    glob: false,
    base: -1,
  };
}

export interface Inside {
  /** Read by this shell itself (`eval`), not by a new one. */
  readonly same: boolean;
  readonly perhaps?: boolean;
  readonly via: string;
  readonly positional?: readonly ShellWord[];
  readonly io?: Input;
}

/** Reads a shell text inside the text; its effects point at the word that holds it. */
export function readText(
  word: Word,
  r: Reading,
  { same, perhaps = false, via, positional, io = NO_INPUT }: Inside,
): readonly Effect[] {
  const { text, span } = word;
  const scope = same ? r.scope : scopeOfChild(r);
  if (!same) scope.positional = positional;
  const own = inner(r, text, scope);
  r.allowance.units -= text.length;
  if (own.depth + r.cx.depth > DEPTH)
    sayOpaque(own, { start: 0, end: text.length }, `more than ${DEPTH} texts inside each other`);
  else if (r.allowance.units < 0) sayOpaque(own, { start: 0, end: text.length }, 'too much text inside the text');
  else {
    const over = overCaps(text);
    if (over !== undefined && r.cx.place === 'here') throw new NotHere(over);
    const script = parse(text);
    if (perhaps) scope.perhaps(() => void walkScript(script, own, io));
    else walkScript(script, own, io);
  }
  return homed(own.out, { ...word, span }, via);
}
