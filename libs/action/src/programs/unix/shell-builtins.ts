/** What shells do themselves: variables, options,, history, flow. */
import type { Effect } from '@countersign/kernel';
import type { Call, Program } from '../program.ts';
import { each, effect, THE_REST } from './define.ts';

const SESSION = { kind: 'session' } as const;

export const SHELL_BUILTINS: readonly Program[] = [
  ...each('cd pushd popd dirs chdir z zoxide j autojump', { otherOptions: 'harmless', does: [SESSION] }),
  ...each(
    ': let read getopts getopt shift return break continue wait fg bg suspend times caller compopt logout exit integer float setopt unsetopt bindkey zstyle compinit compdef stty tput clear reset tabs setterm ulimit limit vared print unfunction unhash',
    {
      otherOptions: 'harmless',
      does: [SESSION],
    },
  ),
  {
    names: ['jobs'],
    syntax: 'posix',
    options: '-l -n -p -r -s -x',
    does: [SESSION],
    runs: [{ as: 'argv', from: '*', when: '-x' }],
  },
  {
    names: ['compgen'],
    options: '-a -b -c -d -e -f -g -j -k -s -u -v -o= -A= -G= -W= -F= -C= -X= -P= -S= -V=',
    does: [SESSION],
    runs: [{ as: 'shell', from: '-C' }],
  },
  { names: ['help'], otherOptions: 'harmless', does: [{ kind: 'none' }] },
  ...each('noglob nocorrect', { syntax: 'words', runs: [THE_REST] }),
  ...each('builtin', { syntax: 'posix', options: '-f -n -d -a -p', runs: [THE_REST] }),
  {
    names: ['command'],
    syntax: 'posix',
    options: '-p -v -V',
    does: [{ kind: 'none', when: '-v|-V' }],
    runs: [{ as: 'argv', from: '*', when: '!-v !-V' }],
  },
  { names: ['exec'], syntax: 'posix', options: '-c -l -a=', runs: [THE_REST] },
  { names: ['eval'], syntax: 'words', runs: [{ as: 'shell', from: '*' }] },
  { names: ['printenv'], otherOptions: 'harmless', does: [{ kind: 'read', type: 'system', name: 'environment' }] },
  ...each('source .', {
    syntax: 'words',
    does: [{ kind: 'code_execution', on: '0', type: 'script', why: 'runs a script that is not in the text' }],
  }),
  {
    names: ['trap'],
    syntax: 'posix',
    options: '-l -p',
    does: [SESSION],
    runs: [{ as: 'shell', from: '0', when: '#>1 !-l !-p !@0=-' }],
  },
  ...each('readarray mapfile', {
    options: '-d= -n= -O= -s= -t -u= -C= -c=',
    does: [SESSION],
    runs: [{ as: 'shell', from: '-C' }],
  }),
  {
    names: ['complete'],
    options: '-a -b -c -d -e -f -g -j -k -s -u -v -o= -D -E -I -A= -G= -W= -F= -C= -X= -P= -S= -p -r',
    does: [SESSION],
    runs: [{ as: 'shell', from: '-C' }],
  },
  {
    names: ['bind'],
    options: '-m= -l -v -p -s -S -V -P -X -f= -q= -u= -r= -x=',
    does: [SESSION, { kind: 'read', on: '-f' }],
    runs: [{ as: 'shell', from: '-x' }],
  },
  ...each('enable zmodload', {
    options: '-a -d -n -p -s -f= -F -L -u -i -e',
    does: [SESSION, { kind: 'code_execution', on: '-f', type: 'library', why: 'loads code into the shell' }],
  }),
  ...each('autoload', { otherOptions: 'harmless', does: [SESSION] }),
  { names: ['sched', 'repeat'], syntax: 'words', runs: [{ as: 'argv', from: '1..' }] },
  { names: ['set'], syntax: 'words', does: [SESSION], refine: historyOff },
  { names: ['shopt'], options: '-p -q -s -u -o', does: [SESSION] },
  { names: ['unset'], options: '-f -v -n', does: [SESSION], refine: auditVariables },
  ...each('export declare typeset local readonly', { syntax: 'words', does: [SESSION], refine: auditVariables }),
  {
    names: ['alias', 'abbr'],
    syntax: 'words',
    does: [
      { kind: 'read', type: 'system', name: 'aliases', when: '#=0' },
      { kind: 'session', when: '#>0' },
    ],
    refine: aliased,
  },
  { names: ['unalias'], options: '-a', does: [SESSION] },
  {
    names: ['history', 'fc'],
    options: '-c -d= -a -n -r -w -p -s -e= -l -# -i -f -E -D -t= -W -R -A -P -I',
    does: [
      { kind: 'read', type: 'system', name: 'shell history', when: '!-c !-d !-w !-s' },
      {
        kind: 'log_tamper',
        type: 'system',
        name: 'shell history',
        when: '-c',
        scope: 'unbounded',
        why: 'forgets the history of the shell',
      },
      { kind: 'log_tamper', type: 'system', name: 'shell history', when: '-d', why: 'forgets lines of the history' },
      { kind: 'write', on: '0', when: '-w|-a' },
      { kind: 'session', when: '-s' },
    ],
  },
  { names: ['kill'], syntax: 'words', refine: killed },
  { names: ['disown'], otherOptions: 'harmless', does: [{ kind: 'session' }] },
  ...each('test [ [[', { syntax: 'words', does: [{ kind: 'none' }] }),
];

function killed(call: Call): readonly Effect[] {
  const [first] = call.words;
  if (first === undefined) return [];
  if (/^(?:-l|-L|--list|--table)/u.test(first.text)) return [effect(call, 'none')];
  const signals = call.words.filter((word, index) => /^-/u.test(word.text) && !(index > 0 && /^-\d+$/u.test(word.text)));
  if (signals.some((word) => /^-(?:0|s0)$/u.test(word.text)))
    return [effect(call, 'none', { why: 'only asks whether the process is there' })];
  const after = call.words.findIndex((word) => /^(?:-s|-n|--signal)$/u.test(word.text));
  const processes = call.words.filter(
    (word, index) => !signals.includes(word) && word.text !== '--' && !(after >= 0 && index === after + 1),
  );
  const everything = processes.some((word) => word.text === '-1' || word.text === '1');
  const own = processes.length > 0 && processes.every((word) => /^(?:%[\w+-]*|\$!)$/u.test(word.text));
  const made = {
    on: processes,
    type: 'process',
    ...(everything ? { scope: 'unbounded' as const, why: 'every process, or the first one' } : {}),
  };
  return own ? [effect(call, 'session', { ...made, why: 'a job of this shell' })] : [effect(call, 'process_control', made)];
}

/** Variables that decide whether a history of commands is kept. */
const HISTORY =
  /^(?:HISTFILE|HISTSIZE|HISTFILESIZE|HISTCONTROL|HISTIGNORE|SAVEHIST|PROMPT_COMMAND|TMOUT|LESSHISTFILE|MYSQL_HISTFILE|PSQL_HISTORY)(?:=|$)/u;

function auditVariables(call: Call, found: readonly Effect[]): readonly Effect[] {
  const words = call.words.filter(
    (word) =>
      HISTORY.test(word.text) &&
      (call.program === 'unset' ||
        /^HIST(?:FILE|SIZE|FILESIZE)=(?:0|\/dev\/null)?$|^(?:SAVEHIST|LESSHISTFILE|MYSQL_HISTFILE|PSQL_HISTORY)=(?:0|-|\/dev\/null)?$|^HIST(?:CONTROL|IGNORE)=(?:ignoreboth|ignorespace|\*)/u.test(
          word.text,
        )),
  );
  const telling = words.filter((word) => !/^(?:PROMPT_COMMAND|TMOUT|HISTCONTROL=ignore(?:both|dups))/u.test(word.text));
  if (telling.length === 0) return found;
  return [
    ...found,
    effect(call, 'log_tamper', { on: telling, type: 'variable', why: 'commands are no longer kept in the history' }),
  ];
}

function historyOff(call: Call, found: readonly Effect[]): readonly Effect[] {
  const texts = call.words.map((word) => word.text);
  const off = texts.some(
    (text, index) =>
      (text === '+o' || text === '-o') &&
      ((text === '+o' && texts[index + 1] === 'history') || (text === '-o' && texts[index + 1] === 'nohistory')),
  );
  if (!off) return found;
  return [
    ...found,
    effect(call, 'log_tamper', { type: 'variable', name: 'history', why: 'commands are no longer kept in the history' }),
  ];
}

/** An alias by the name of a real command changes what later words mean. */
function aliased(call: Call, found: readonly Effect[], cx: Parameters<NonNullable<Program['refine']>>[2]): readonly Effect[] {
  const effects = [...found];
  for (const word of call.words) {
    const at = word.text.indexOf('=');
    if (at < 1) continue;
    if (!word.known)
      effects.push({ ...effect(call, 'opaque', { on: [word] }), scope: 'unknown', why: 'the alias is only known at run time' });
    const inner = cx.embedded({ kind: 'shell', text: word.text.slice(at + 1) });
    for (const one of inner.effects)
      if (one.kind !== 'none') effects.push({ ...one, span: word.span, via: one.via === '' ? 'alias' : `alias › ${one.via}` });
  }
  return effects;
}
