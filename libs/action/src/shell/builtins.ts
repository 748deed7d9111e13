/** What builtins change in the shell itself: its folder, variables, aliases, parameters. */
import type { ReadCall } from '../programs/call-reader.ts';
import { effectOfVariable } from './environment.ts';
import { isComputed, placeOf } from './place.ts';
import { type Input, type Reading, say } from './reading.ts';
import { inFolder } from './redirects.ts';
import { ANYTHING } from './scope.ts';

type After = (call: ReadCall, r: Reading, io: Input) => void;

const DECLARING: After = (call, r) => {
  for (const { text, known, span, glob, data = false } of call.words as readonly {
    text: string;
    known: boolean;
    span: { start: number; end: number };
    glob: boolean;
    data?: boolean;
  }[]) {
    const found = /^([A-Za-z_]\w*)(\+?)=([^]*)$/.exec(text);
    if (found === null) {
      if (call.program !== 'export' && /^[A-Za-z_]\w*$/.test(text)) {
        r.scope.local(text);
        if (call.program === 'local') r.scope.set(text, ANYTHING);
      }
      if (/^-\w*n/.test(text)) r.scope.forgetAll();
      continue;
    }
    const [, name = '', plus, value = ''] = found;
    if (call.program !== 'export' && call.program !== 'readonly') r.scope.local(name);
    const whole = { text: value, known: known && plus === '', glob, data };
    r.scope.set(name, whole);
    effectOfVariable(name, whole, span, r);
  }
};

const BUILTINS: Readonly<Record<string, After>> = {
  cd: changeFolder,
  pushd: changeFolder,
  chdir: changeFolder,
  popd: (_, r) => void (r.scope.cwd = undefined),
  export: DECLARING,
  declare: DECLARING,
  typeset: DECLARING,
  local: DECLARING,
  readonly: DECLARING,
  read: setsNames,
  mapfile: setsNames,
  readarray: setsNames,
  getopts: setsNames,
  let: setsNames,
  unset: setsNames,
  wait: setsNames,
  printf: (call, r) => {
    const at = call.words.findIndex(({ text }) => text === '-v');
    const name = at < 0 ? undefined : call.words[at + 1]?.text;
    if (name !== undefined) r.scope.set(name, ANYTHING);
  },
  alias: (call, r) => {
    for (const { text, known } of call.words) {
      const at = text.indexOf('=');
      if (at > 0) r.scope.aliases.set(text.slice(0, at), known ? text.slice(at + 1) : '$alias');
    }
  },
  unalias: (call, r) => {
    if (r.scope.maybe) return;
    for (const { text } of call.words) {
      if (text === '-a') r.scope.aliases.clear();
      r.scope.aliases.delete(text);
    }
  },
  set: (call, r) => {
    const at = call.words.findIndex(({ text }) => text === '--');
    if (at >= 0) r.scope.positional = r.scope.maybe ? undefined : call.words.slice(at + 1);
    else if (call.words.some(({ text }) => !/^[-+]/.test(text)) && !/^[-+]o$/.test(call.words[0]?.text ?? ''))
      r.scope.positional = undefined;
  },
  shift: (call, r) => {
    const [count] = call.words;
    const by = count === undefined ? 1 : /^\d+$/.test(count.text) ? Number(count.text) : Number.NaN;
    r.scope.positional = r.scope.maybe || Number.isNaN(by) ? undefined : r.scope.positional?.slice(by);
  },
  hash: (call, r) => {
    if (call.words.some(({ text }) => /^-\w*p/.test(text)))
      say(r, 'code_execution', call.span, 'runs another program by this name from now on', { scope: 'unknown', via: 'hash' });
  },
  source: (_, r) => r.scope.forgetAll(),
  '.': (_, r) => r.scope.forgetAll(),
};

export function isBuiltin(name: string): boolean {
  return Object.hasOwn(BUILTINS, name);
}

export function afterBuiltin(name: string, call: ReadCall, r: Reading, io: Input): void {
  BUILTINS[name]?.(call, r, io);
}

function changeFolder(call: ReadCall, r: Reading): void {
  const target = call.words.find(({ text }) => text === '-' || !text.startsWith('-'));
  const { scope } = r;
  if (target === undefined) scope.cwd = call.program === 'cd' ? '~' : undefined;
  else if (!target.known || target.glob || isComputed(target.text) || target.text === '-') scope.cwd = undefined;
  else if (scope.cwd !== undefined || /^[/~$]/.test(target.text)) {
    const { path } = placeOf(inFolder(target.text, scope.cwd), true);
    scope.cwd = path === '.' ? '' : path;
  }
}

/** Plain words are names that get a value from outside. */
function setsNames(call: ReadCall, r: Reading, io: Input): void {
  const value = { ...ANYTHING, data: io.data };
  let computed = false;
  for (const { text, known } of call.words) {
    computed ||= !known;
    for (const [name] of text.matchAll(/[A-Za-z_]\w*/g)) if (!text.startsWith('-')) r.scope.set(name, value);
  }
  if (call.words.length === 0) r.scope.set('REPLY', value);
  if (computed) r.scope.forgetAll();
}
