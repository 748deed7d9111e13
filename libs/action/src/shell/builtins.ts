/** What builtins change in the shell itself: its folder, variables, aliases, parameters. */
import type { ReadCall } from '../programs/call-reader.ts';
import { effectOfVariable } from './environment.ts';
import { isComputed, placeOf } from './place.ts';
import { type Input, type Reading, say, sayOpaque } from './reading.ts';
import { inFolder } from './redirects.ts';
import { ANYTHING, type ShellWord } from './scope.ts';

type After = (call: ReadCall, r: Reading, io: Input) => void;

/** A subscript in a text that arithmetic reads: `a[$(command)]`. */
export function hidesCommand(text: string): boolean {
  const at = text.indexOf('[');
  return at >= 0 && (text.includes('$(', at) || text.includes('`', at));
}

/** What stands in a subscript is run when the name is used. */
function runsSubscripts(call: ReadCall, r: Reading): void {
  for (const { text, span } of call.words) if (hidesCommand(text)) sayOpaque(r, span, 'a subscript runs a command');
}

function declares(call: ReadCall, r: Reading): void {
  const { scope } = r;
  const flags = call.words.map(({ text }) => (/^-\w/.test(text) ? text : '')).join('');
  const odd = /[iluc]/.test(flags) && call.program !== 'export';
  if (/n/.test(flags) && call.program !== 'export') {
    scope.forgetAll();
    scope.references = true;
  }
  for (const word of call.words as readonly ShellWord[]) {
    const [, name, plus, text] = /^([A-Za-z_]\w*)(?:(\+?)=([^]*))?$/.exec(word.text) ?? [];
    if (name === undefined) continue;
    if (call.program !== 'export' && call.program !== 'readonly') scope.local(name);
    if (odd) scope.odd.add(name);
    if (text !== undefined) {
      const value = { text, known: word.known && plus === '', glob: word.glob, data: word.data === true };
      scope.set(name, value);
      effectOfVariable(name, value, word.span, r);
    } else if (call.program === 'local') scope.set(name, ANYTHING);
    if (call.program === 'readonly' || /r/.test(flags)) scope.odd.add(name);
  }
  runsSubscripts(call, r);
}

const BUILTINS: Readonly<Record<string, After>> = {
  cd: changeFolder,
  pushd: changeFolder,
  chdir: changeFolder,
  popd: (_, r) => void (r.scope.cwd = undefined),
  export: declares,
  declare: declares,
  typeset: declares,
  local: declares,
  readonly: declares,
  read: setsNames,
  mapfile: setsNames,
  readarray: setsNames,
  getopts: setsNames,
  let: setsNames,
  unset: (call, r, io) => {
    setsNames(call, r, io);
    for (const { text } of call.words) {
      const defined = r.scope.functions.get(text);
      if (defined !== undefined) r.scope.functions.set(text, { ...defined, maybe: true });
    }
  },
  test: runsSubscripts,
  '[': runsSubscripts,
  wait: setsNames,
  printf: (call, r) => {
    const at = call.words.findIndex(({ text }) => text === '-v');
    const name = at < 0 ? undefined : call.words[at + 1]?.text;
    if (name !== undefined) r.scope.set(name, ANYTHING);
    if (name !== undefined) runsSubscripts(call, r);
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
  const [listed] = io.names?.length === 1 ? io.names : [];
  const value =
    listed === undefined ? { ...ANYTHING, data: io.data } : { text: listed.text, known: true, glob: true, data: false };
  let computed = false;
  for (const { text, known } of call.words) {
    computed ||= !known;
    for (const [name] of text.matchAll(/[A-Za-z_]\w*/g)) if (!text.startsWith('-')) r.scope.set(name, value);
  }
  if (call.words.length === 0) r.scope.set('REPLY', value);
  if (computed) r.scope.forgetAll();
  runsSubscripts(call, r);
}
