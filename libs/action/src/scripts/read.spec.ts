/** What one-liners of interpreters would do. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Analysis, unreadable } from '../analysis.ts';
import { EMPTY_CATALOGUE } from '../catalogue.ts';
import { readHttp } from '../http/reader.ts';
import { type Inner, NotHere, type ReadContext } from '../reader.ts';
import { readShell } from '../shell/read.ts';
import { readScript } from './read.ts';

function contextOf(place: ReadContext['place'] = 'worker', depth = 0): ReadContext {
  const embedded = (inner: Inner): Analysis => {
    if (depth > 6) return unreadable(inner.text, 'too deep');
    if (inner.kind === 'http') return readHttp(inner, contextOf(place, depth + 1));
    if (inner.kind === 'script') return readScript(inner, contextOf(place, depth + 1));
    return inner.kind === 'shell'
      ? readShell(inner, contextOf(place, depth + 1))
      : unreadable(inner.text, `${inner.kind} ${inner.text}`);
  };
  return { catalogue: EMPTY_CATALOGUE, target: '', place, depth, embedded };
}

function analysed(dialect: string, text: string, place: ReadContext['place'] = 'worker'): Analysis {
  return readScript({ kind: 'script', dialect, text }, contextOf(place));
}

/** Kinds in order, each once. */
function kinds(dialect: string, text: string): string {
  return [...new Set(analysed(dialect, text).effects.map((effect) => effect.kind))].join(' ');
}

type Case = readonly [text: string, kinds: string];

const CASES: Readonly<Record<string, readonly Case[]>> = {
  python: [
    ["import tarfile; tarfile.open('a.tar').extractall('out')", 'read write'],
    ["import tarfile; tarfile.open('a.tar').extractall(path='/etc')", 'read write config_change'],
    ["import timeit; timeit.timeit('import os; os.remove(\\'a\\')')", 'delete'],
    ["import requests; requests.get('https://api.example.com/a', timeout=5)", 'read'],
    ["from urllib.request import urlopen; urlopen('https://api.example.com/a', data=b'x')", 'write network'],
    ['print("hello")', 'none'],
    ["import json, sys; print(json.load(sys.stdin)['a'])", 'none'],
    ['import re,sys\nfor line in sys.stdin: print(re.sub("a", "b", line), end="")', 'none'],
    ['print(sum(int(x) for x in open("n.txt")))', 'read'],
    ["import os; os.system('rm -rf build')", 'delete'],
    ["from os import system as s; s('rm -rf build')", 'delete'],
    ["import os as o; f = o.system; f('rm -rf build')", 'delete'],
    ["__import__('os').system('rm -rf build')", 'delete'],
    ["import os; getattr(os, 'sys' + 'tem')('rm -rf build')", 'delete'],
    ["import shutil; shutil.rmtree('/home/ana')", 'delete'],
    ["from pathlib import Path; Path('build').joinpath('a')", 'none'],
    ["from pathlib import Path; (Path('build') / 'a').unlink()", 'delete'],
    ["import os\nfor f in os.listdir('.'): os.remove(f)", 'delete'],
    ["import subprocess; subprocess.run(['rm', '-rf', 'build'])", 'delete'],
    ["print(open('/etc/shadow').read())", 'secret_read'],
    ["open('a.txt', 'w').write('x')", 'write'],
    ['exec(__import__("base64").b64decode("aW1wb3J0IG9zOyBvcy5yZW1vdmUoJ2EnKQ=="))', 'delete'],
    ['eval(input())', 'code_execution opaque'],
    ["import os; x = 'ls'\nwhile True:\n  os.system(x)\n  x = 'rm -rf build'", 'code_execution opaque'],
    ["import os; list(map(os.remove, ['a']))", 'opaque'],
    ["import os; d = {'a': os.system}; d['a']('x')", 'opaque'],
    ['().__class__.__bases__[0].__subclasses__()', 'opaque'],
    ['import never_heard_of', 'opaque'],
    ['undefined_name()', 'opaque'],
    ["import sqlite3; sqlite3.connect('a.db').execute('DROP TABLE t')", 'opaque'],
    ['import socket; socket.socket().connect(("10.0.0.1", 4444))', 'network'],
    ['print(', 'opaque'],
  ],
  javascript: [
    ["fetch('https://api.example.com/a').then((r) => r.json())", 'read'],
    ["fetch('https://api.example.com/a', { headers: { accept: 'text/plain' } })", 'read'],
    ["fetch('https://api.example.com/a', { method: 'DELETE' })", 'delete network'],
    ["fetch('https://api.example.com/a', { method: 'POST', body: 'x' })", 'write network'],
    ["const o = {}; o.method = 'DELETE'; fetch('https://api.example.com/a', o)", 'write network'],
    ["fetch('https://api.example.com/a', { ...rest })", 'write network'],
    ['console.log([1, 2].map((x) => x * 2))', 'none'],
    ["console.log(JSON.parse(require('fs').readFileSync('package.json', 'utf8')).version)", 'read'],
    ["require('fs').rmSync('build', { recursive: true })", 'delete'],
    ["const { execSync: run } = require('node:child_process'); run('rm -rf build')", 'delete'],
    ["import { unlink } from 'fs/promises'; await unlink('a')", 'delete'],
    ["require('child_process')['exec' + 'Sync']('rm -rf build')", 'opaque'],
    ["eval(atob('cmVxdWlyZSgnZnMnKS51bmxpbmtTeW5jKCdhJyk='))", 'delete'],
    ["this.constructor.constructor('return process')()", 'opaque'],
    ["require('./own')", 'opaque'],
    ["process.mainModule.require('child_process').exec('x')", 'opaque'],
    ["fs.writeFileSync('a', 'x')", 'write'],
  ],
  php: [
    ["array_map('unlink', glob('/srv/*'));", 'opaque'],
    ["usort($names, 'system');", 'opaque'],
    ["call_user_func($which, 'x');", 'opaque'],
    ["print_r(array_map('trim', explode(',', 'a, b')));", 'none'],
    ['print_r(array_map(fn($x) => $x * 2, [1, 2]));', 'none'],
    ['echo strtoupper("a");', 'none'],
    ['system("rm -rf build");', 'delete'],
    ['echo `rm -rf build`;', 'delete'],
    ['unlink("a");', 'delete'],
    ['$f = "system"; $f("x");', 'opaque'],
    ['include "http://far/x";', 'opaque'],
  ],
  perl: [
    ['print if /needle/', 'none'],
    ['s/a/b/g', 'none'],
    ['print join(",", @F), "\\n"', 'none'],
    ['system("rm -rf build")', 'delete'],
    ['unlink "a"', 'delete'],
    ['s/x/`rm -rf .`/e', 'code_execution opaque'],
    ['print "@{[ unlink(q(a)) ]}"', 'delete opaque'],
    ['s/x/${\\ system(q(id))}/', 'code_execution opaque'],
    ['print "a" if /(?{ system(q(id)) })/', 'code_execution opaque'],
  ],
  ruby: [
    ['puts "hi".upcase', 'none'],
    ["require 'fileutils'; FileUtils.rm_rf('/home/ana')", 'delete'],
    ['puts `rm -rf build`', 'delete'],
    ['puts "#{`id`}"', 'code_execution opaque'],
    ['send(:system, "id")', 'code_execution opaque'],
  ],
  awk: [
    ['{ print $1, $NF }', 'none'],
    ['$1 > 5 { s += $2 } END { print s }', 'none'],
    ['/rm -rf/ { print }', 'none'],
    ['BEGIN { system("rm -rf build") }', 'delete'],
    ['{ system("rm " $1) }', 'code_execution opaque'],
    ['{ print > "out" }', 'write'],
    ['{ print $1 > $2 }', 'write'],
    ['{ print | "sort" }', 'none'],
    ['BEGIN { while ((getline l < "/etc/shadow") > 0) print l }', 'secret_read'],
    ['BEGIN { f = "system"; @f("id") }', 'opaque'],
  ],
  sed: [
    ['s/a/b/g;/x/d', 'none'],
    ['$!N;P;D', 'none'],
    ['1i\\\nhello', 'none'],
    ['s/.*/date/e', 'code_execution opaque'],
    ['1e rm -rf build', 'delete'],
    ['w out', 'write'],
    ['s/a/b/w out', 'write'],
    ['r /etc/shadow', 'secret_read'],
    ['s/a', 'opaque'],
  ],
};

describe('programs of interpreters', () => {
  const rows = Object.entries(CASES).flatMap(([dialect, cases]) =>
    cases.map(([text, expected]) => ({ dialect, text, expected })),
  );

  it.each(rows)('$dialect: $text', ({ dialect, text, expected }) => {
    expect(kinds(dialect, text)).toBe(expected);
  });

  it('points at the call, and says through which function it happens', () => {
    const text = "x = 1; import os; os.remove('a')";
    const [effect] = analysed('python', text).effects;
    expect(text.slice(effect?.span.start, effect?.span.end)).toBe("os.remove('a')");
    expect(effect).toMatchObject({ via: 'os.remove', targets: [{ type: 'file', name: 'a' }] });
  });

  it('says so when it does not know the language', () => {
    expect(analysed('cobol', 'x').complete).toBe(false);
  });

  it('does not read long programs in the calling thread', () => {
    expect(() => analysed('python', 'print(1)\n'.repeat(1000), 'here')).toThrow(NotHere);
    expect(() => analysed('perl', 'print 1', 'here')).toThrow(NotHere);
    expect(analysed('python', 'print(1)\n'.repeat(1000)).effects[0]?.kind).toBe('none');
  });

  it('answers whatever arrives', () => {
    const pieces =
      `import os print ( ) [ ] { } ' " ; \n , . = + / \\ system open x 1 for in def lambda $ @ | > < function => \` # -`.split(
        ' ',
      );
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.keys(CASES)),
        fc.array(fc.constantFrom(...pieces), { maxLength: 40 }),
        (dialect, words) => {
          expect(analysed(dialect, words.join(' ')).effects.length).toBeGreaterThan(0);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('is not made safer by space, comments or another way of writing a text', () => {
    const forms = [
      "import os;os.system('rm -rf build')",
      "import   os\n# fine\nos . system ( 'rm -rf build' )",
      'import os\nos.system("""rm -rf build""")',
      "import os\nos.system('rm -rf ' + 'build')",
      "import os\nos.system('rm -rf ' 'build')",
      'import os\nos.system(f\'rm -rf {"build"}\')',
      "import os\nos.system('\\x72m -rf build')",
      "import os\nc = 'rm -rf build'\nif c: os.system(c)",
    ];
    expect([...new Set(forms.map((form) => kinds('python', form)))]).toEqual(['delete']);
  });
});
