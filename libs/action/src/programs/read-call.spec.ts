import { describe, expect, it } from 'vitest';
import { contextOfLine } from '../shell/testing.ts';
import type { Program, Word } from './program.ts';
import { effectsOfCall, readCall, runsOf } from './read-call.ts';

function words(line: string): Word[] {
  let at = 0;
  return line.split(' ').map((text) => {
    const start = at;
    at += text.length + 1;
    return { text, span: { start, end: start + text.length }, known: !text.includes('$'), glob: text.includes('*'), base: start };
  });
}

function call(program: Program, line: string) {
  const [name, ...rest] = words(line);
  if (name === undefined) throw new Error('no words');
  return readCall(program, name, rest);
}

function options(program: Program, line: string): Record<string, (string | undefined)[]> {
  return Object.fromEntries([...call(program, line).options].map(([name, values]) => [name, values.map((value) => value?.text)]));
}

function told(program: Program, line: string): string[] {
  return effectsOfCall(call(program, line), contextOfLine()).map(
    ({ kind, scope, targets }) => `${kind} ${scope}${targets.map(({ name }) => ` ${name}`).join('')}`,
  );
}

const COPY: Program = {
  names: ['copy'],
  options: '-r|--recursive -v|--verbose -o|--output= --color? --colour-depth= -b? -#',
  does: [
    { kind: 'read', on: '..-1', when: '#>1' },
    { kind: 'write', on: '-1 --output -o', when: '#>0' },
  ],
};

describe('options', () => {
  it.each([
    ['copy -rv a b', { '-r': [undefined], '-v': [undefined] }],
    ['copy --recursive a', { '-r': [undefined] }],
    ['copy --rec a', { '-r': [undefined] }],
    ['copy -vofile a', { '-v': [undefined], '-o': ['file'] }],
    ['copy -o file a', { '-o': ['file'] }],
    ['copy --output=file a', { '-o': ['file'] }],
    ['copy --out file a', { '-o': ['file'] }],
    ['copy --color a', { '--color': [undefined] }],
    ['copy --color=never a', { '--color': ['never'] }],
    ['copy -b.bak a', { '-b': ['.bak'] }],
    ['copy -b a', { '-b': [undefined] }],
    ['copy -20 a', { '-#': ['20'] }],
    ['copy --recursive=false a', {}],
    ['copy a -- -r', {}],
  ])('%s', (line, expected) => {
    expect(options(COPY, line)).toEqual(expected);
  });

  it('keeps what stands behind -- and a lone dash as operands', () => {
    expect(call(COPY, 'copy a - -- -r --x').operands.map(({ text }) => text)).toEqual(['a', '-', '-r', '--x']);
  });

  it('makes a call opaque for an option that no table knows, an ambiguous beginning, a missing value', () => {
    for (const line of ['copy -z a', 'copy --zoo a', 'copy --colo a', 'copy a -o'])
      expect(call(COPY, line).unread).toHaveLength(1);
    expect(told(COPY, 'copy -rz a b')).toEqual(['read one a', 'write one b', 'opaque unknown']);
  });

  it('lets a program that only reads have any option', () => {
    const show: Program = { names: ['show'], otherOptions: 'harmless', does: [{ kind: 'read', on: '*' }] };
    expect(told(show, 'show --any -x file')).toEqual(['read one file']);
  });

  it('ends at the first operand for posix, takes one dash for two for go, and none for words', () => {
    const posix: Program = { names: ['p'], syntax: 'posix', options: '-u=' };
    expect(call(posix, 'p -u root cmd -u x').operands.map(({ text }) => text)).toEqual(['cmd', '-u', 'x']);
    const go: Program = { names: ['g'], syntax: 'go', options: '--force -var=' };
    expect(options(go, 'g -force --var=a -var b')).toEqual({ '--force': [undefined], '-var': ['a', 'b'] });
    expect(call({ names: ['w'], syntax: 'words' }, 'w -a --b').operands).toHaveLength(2);
  });

  it('reads name=value words, letters without a dash, and commands that end with a semicolon', () => {
    expect(options({ names: ['dd'], options: 'if= of=' }, 'dd if=a of=b')).toEqual({ if: ['a'], of: ['b'] });
    const tar: Program = { names: ['tar'], dashless: true, options: '-x -z -f=' };
    expect(options(tar, 'tar xzf a.tgz b')).toEqual({ '-x': [undefined], '-z': [undefined], '-f': ['a.tgz'] });
    const find: Program = { names: ['find'], syntax: 'go', options: '-exec; -name=', runs: [{ as: 'argv', from: '-exec' }] };
    const runs = runsOf(call(find, 'find . -exec rm {} ; -exec echo {} + -name x'));
    expect(runs.map((run) => run.words.map(({ text }) => text))).toEqual([
      ['rm', '{}'],
      ['echo', '{}'],
    ]);
    expect(runs[0]?.words[1]?.known).toBe(false);
  });
});

describe('conditions', () => {
  const base = { names: ['c'], options: '-r|-R -n -o=', otherOptions: 'harmless' } as const;
  it.each([
    ['-r', 'c -R x', true],
    ['-r', 'c x', false],
    ['!-n', 'c x', true],
    ['!-n', 'c -n x', false],
    ['-r !-n', 'c -r -n', false],
    ['-o=json|yaml', 'c -o yaml', true],
    ['-o=json|yaml', 'c -o wide', false],
    ['-o~ecre', 'c -o secrets', true],
    ['-o=json|-n', 'c -n', true],
    ['#=0', 'c', true],
    ['#>1', 'c a', false],
    ['#<2', 'c a', true],
    ['@0=reset|clean', 'c clean', true],
    ['@0=reset|clean', 'c add', false],
    ['@1~:', 'c a b:c', true],
    ['@*~=', 'c a b=c', true],
    ['@-1^/dev/', 'c a /dev/sda', true],
    ['!@0=x', 'c x', false],
  ])('%s of %s is %s', (when, line, holds) => {
    expect(told({ ...base, does: [{ kind: 'config_change', when }] }, line).length === 1).toBe(holds);
  });

  it('takes an act to happen when the word it depends on is only known at run time', () => {
    for (const when of ['@0=reset', '!@0=reset'])
      expect(told({ ...base, does: [{ kind: 'delete', when }] }, 'c $x')).toEqual(['delete one']);
  });
});

describe('acts', () => {
  it.each([
    ['*', 'c a b', ['write bounded a b']],
    ['0', 'c a b', ['write one a']],
    ['1..', 'c a b', ['write one b']],
    ['-1', 'c a b', ['write one b']],
    ['..-1', 'c a b', ['write one a']],
    ['-o', 'c a -o b', ['write one b']],
    ['0', 'c', []],
  ])('on %s of %s', (on, line, expected) => {
    expect(told({ names: ['c'], options: '-o=', does: [{ kind: 'write', on }] }, line)).toEqual(expected);
  });

  it('knows one, several and unknown targets apart', () => {
    const program: Program = { names: ['c'], does: [{ kind: 'infra_change', on: '*', type: 'host', evenWithout: true }] };
    expect(told(program, 'c a')).toEqual(['infra_change one a']);
    expect(told(program, 'c a*')).toEqual(['infra_change bounded a*']);
    expect(told(program, 'c $a')).toEqual(['infra_change unknown $a']);
    expect(told(program, 'c')).toEqual(['infra_change one']);
  });

  it('tells files apart by what they are', () => {
    const program: Program = { names: ['c'], does: [{ kind: 'write', on: '*' }] };
    expect(told(program, 'c notes.txt ~/.bashrc')).toEqual(['write bounded notes.txt ~/.bashrc', 'persistence one ~/.bashrc']);
  });

  it('says how much lies under a directory that is taken whole', () => {
    const program: Program = { names: ['c'], does: [{ kind: 'delete', on: '*', deep: true }] };
    expect(told(program, 'c sub')).toEqual(['delete bounded sub']);
    expect(told(program, 'c /srv/data')).toEqual(['delete unbounded /srv/data']);
  });
});

describe('sub-commands', () => {
  const tool: Program = {
    names: ['tool'],
    options: '-C= --as=',
    does: [{ kind: 'identity_change', on: '--as', type: 'user' }],
    sub: {
      get: { does: [{ kind: 'read', on: '*', type: 'thing' }] },
      'remote add': { options: '-f', does: [{ kind: 'network', on: '1', type: 'host' }] },
      remote: { does: [{ kind: 'read', type: 'remotes', name: 'all' }] },
      nested: { sub: { drop: { does: [{ kind: 'schema_drop', on: '0', type: 'thing' }] } } },
    },
    bare: { does: [{ kind: 'session' }] },
  };
  it.each([
    ['tool get a', ['read one a']],
    ['tool -C dir get a', ['read one a']],
    ['tool get a --as root', ['identity_change one root', 'read one a']],
    ['tool remote add -f origin host', ['network one host']],
    ['tool remote', ['read one all']],
    ['tool remote show', ['read one all']],
    ['tool nested drop x', ['schema_drop one x']],
    ['tool', ['session one']],
    ['tool unknown x', ['opaque unknown']],
    ['tool $x', ['opaque unknown']],
    ['tool -- get a', ['opaque unknown', 'read one a'].reverse()],
    ['tool --help', []],
    ['tool get --help', []],
    ['tool get --help a', ['read one a']],
    ['tool --as --help get a', ['identity_change one --help', 'read one a']],
  ])('%s', (line, expected) => {
    expect(told(tool, line)).toEqual(expected);
  });

  it('reads an unlisted one by otherSub where there is one', () => {
    expect(told({ ...tool, otherSub: { does: [{ kind: 'code_execution' }] } }, 'tool whatever x')).toEqual([
      'code_execution one',
    ]);
  });
});
