import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { parse } from 'unbash';
import { afterAll, describe, expect, it } from 'vitest';
import { readShell } from './read.ts';
import { contextOfLine } from './testing.ts';

/** Lines of every construct; the ones behind `no` are refused by bash. */
const YES = [
  'a',
  'a b c',
  'a;b',
  'a&b',
  'a&',
  'a && b || c',
  'a | b |& c',
  '! a',
  'time a',
  'time -p a',
  '( a )',
  '{ a; }',
  '{ a; b & }',
  'a > b',
  'a 2>&1 >c',
  'a &> b',
  'a >| b',
  'a <> b',
  'a <<< "b"',
  'a <&3 4>&-',
  'a {fd}> b',
  'if a; then b; fi',
  'if a; then b; elif c; then d; else e; fi',
  'while a; do b; done',
  'until a; do b; done',
  'for i in a b; do c; done',
  'for i; do c; done',
  'for ((i=0;i<3;i++)); do a; done',
  'for i in a; { b; }',
  'select x in a b; do c; done',
  'case a in b) c;; esac',
  'case a in (b|c) d;& *) e;;& f) ;; esac',
  'f() { a; }',
  'function f { a; }',
  'function f() ( a )',
  'f() { a; } > b',
  'coproc a',
  'coproc N { a; }',
  '[[ a == b ]]',
  '[[ -n a && ! -f b ]]',
  '[[ a =~ ^b+$ ]]',
  '(( a + 1 ))',
  '(( a[1]++ ))',
  'a=1',
  'a=1 b',
  'a=(1 2 3)',
  'a[1]=2',
  'a+=1',
  'a+=(2)',
  'declare -a x=(1 2)',
  'export A=b C',
  'echo $a ${a} ${a:-b} ${a[@]} ${#a} ${!a} ${a/b/c} ${a:1:2} ${a^^}',
  'echo $(a) `a` $((1+2)) <(a) >(a)',
  'echo \'a\' "b $c" $\'d\\n\' $"e"',
  'echo {a,b} {1..3} *.c ?(a|b) ~ ~/x',
  'echo a\\ b \\$c',
  'echo a # b',
  '# only a comment',
  'a \\\n b',
  'cat <<E\nx $y\nE',
  "cat <<'E'\nx $y\nE",
  'cat <<-E\n\tx\n\tE',
  'cat <<A <<B\na\nA\nb\nB',
  'a <<E | b\nx\nE',
  'echo "$(cat <<E\nx\nE\n)"',
  'if a; then\nb\nfi',
  'a |\nb',
  'a &&\nb',
  'while read x; do echo $x; done < f',
  'f() { local x=$1; return 0; }; f a',
  'trap "a" EXIT',
  'eval "a b"',
  ': ${x:=y}',
  'echo "${a:-"b c"}"',
  'echo "`a \\`b\\``"',
  'echo $((a[$(b)]))',
  'x=$(case a in b) c;; esac)',
  'echo "a\\"b"',
  'echo a"b"\'c\'$d',
  '>a',
  '<a b',
  'a>b<c',
  '1>a',
  'a 2>b',
  'a;;'.slice(0, 2),
  'if ! a; then b; fi',
  'a & b & wait',
  '((1))',
  '((1)) && a',
  'let a=1',
  'test a = b',
  '[ a ]',
  '[ a -eq b ]',
  'exec 3<>f',
  'echo ${a%%b} ${a##*/} ${a@Q}',
  'echo "$@" "$*" $# $? $$ $!',
];
const NO = [
  'a |',
  '| a',
  'a &&',
  '&& a',
  'a ||',
  '; a',
  'a ;; b',
  '( a',
  ') a',
  'a )',
  '{ a',
  '{ a }',
  '} a',
  'if a',
  'if a; then',
  'if a; then b',
  'if a; then; fi',
  'then a',
  'fi',
  'while a; do',
  'while a; done',
  'do a',
  'done',
  'for',
  'for i in a; do',
  'for i in a; done',
  'case a',
  'case a in',
  'case a in b) c',
  'esac',
  'f() {',
  'f()',
  'f( ) }',
  'function',
  'echo "a',
  "echo 'a",
  'echo `a',
  'echo $(a',
  'echo ${a',
  'echo $((1',
  'a >',
  'a <',
  'a > > b',
  'a <<<',
  '[[ a',
  '[[ a ==',
  '(( 1',
  'coproc',
  'select',
  'a & & b',
  'a ; ; b',
  'a && && b',
  '! ! |',
  'time |',
  'elif a',
  'else a',
  'a | | b',
  '(a;b',
  'if a; then b; else fi',
  'while; do a; done',
  'case in esac) a',
  'x=(a',
  'echo "$(a"',
  'f() a b',
  'function f a',
];

const word = fc.constantFrom(
  'a',
  '"b c"',
  "'d'",
  '$e',
  '${f:-g}',
  '$(h)',
  '*.x',
  '{i,j}',
  '\\k',
  "$'l'",
  '-m',
  'n=o',
  '$((1+2))',
  '<(p)',
  '~/q',
  '""',
);
const simple = fc
  .tuple(
    fc.constantFrom('a', '\\b', '"c"', 'X=1 d', '$e', '/bin/f', '[ g ]', 'h=i'),
    fc.array(word, { maxLength: 3 }),
    fc.constantFrom('', '', ' > r', ' 2>&1', ' < s', ' <<< "t"', ' &> u'),
  )
  .map(([name, words, end]) => [name, ...words].join(' ') + end);
const { line } = fc.letrec<{ line: string; compound: string }>((tie) => ({
  compound: fc.oneof(
    { depthSize: 'small' },
    simple,
    tie('line').map((inside) => `( ${inside} )`),
    tie('line').map((inside) => `{ ${inside}; }`),
    fc.tuple(tie('line'), tie('line')).map(([one, two]) => `if ${one}; then ${two}; fi`),
    tie('line').map((inside) => `for i in a b; do ${inside}; done`),
    tie('line').map((inside) => `case x in a|b) ${inside};; *) ;; esac`),
    tie('line').map((inside) => `f() { ${inside}; }`),
    tie('line').map((inside) => `echo "$(${inside})"`),
    tie('line').map((inside) => `! ${inside}`),
  ),
  line: fc
    .array(fc.tuple(tie('compound'), fc.constantFrom('; ', ' && ', ' || ', ' | ', ' |& ', '\n')), { minLength: 1, maxLength: 3 })
    .map((parts) => parts.map(([text, separator], at) => (at + 1 < parts.length ? text + separator : text)).join('')),
}));
/** A line with a piece cut out or put in: often no longer one. */
const broken = fc
  .tuple(line, fc.nat(), fc.constantFrom('', ')', '(', '"', "'", '`', ';', '&&', '|', '}', '{', 'fi', 'done', '$(', '<', '>'))
  .map(([text, at, piece]) => {
    const where = at % (text.length + 1);
    return text.slice(0, where) + piece + text.slice(where + (piece === '' ? 1 : 0));
  });

const folder = mkdtempSync(join(tmpdir(), 'countersign-bash-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** One process tells for all: whether bash would take each text. */
function accepted(texts: readonly string[]): boolean[] {
  texts.forEach((text, at) => writeFileSync(join(folder, String(at)), text));
  const loop = `for ((i=0; i<${texts.length}; i++)); do if bash -O extglob -n "$1/$i" 2>/dev/null; then echo 1; else echo 0; fi; done`;
  const said = execFileSync('bash', ['-c', loop, 'loop', folder], {
    encoding: 'utf8',
    env: { PATH: '/usr/bin:/bin', LC_ALL: 'C' },
  });
  return said
    .trim()
    .split('\n')
    .map((one) => one === '1');
}

function parses(text: string): boolean {
  return (parse(text).errors ?? []).length === 0;
}

/**
 * Refused by bash and read here as if they ran, which hides nothing: `! && a`, `a | ! b`, `< 2>&1`. Substitutions in functions are
 * only parsed when the function is called.
 */
const READ_ALL_THE_SAME = /!\s*(?:&&|\|)|\|&?\s*!|<\s*2>&|f\(\)/;

function isOpaque(text: string): boolean {
  return !readShell({ kind: 'shell', text }, contextOfLine()).complete;
}

describe('against bash -n', () => {
  it('has a bash to ask', () => {
    expect(spawnSync('bash', ['--version']).status).toBe(0);
  });

  it('agrees on each construct, right and wrong', () => {
    const texts = [...YES, ...NO];
    const verdicts = accepted(texts);
    expect(texts.filter((_, at) => verdicts[at] !== at < YES.length)).toEqual([]);
    expect(texts.filter((text, at) => verdicts[at] !== parses(text))).toEqual([]);
  });

  it('parses what bash takes, and is opaque for what it does not', () => {
    const texts = [...fc.sample(line, { numRuns: 250, seed: 1 }), ...fc.sample(broken, { numRuns: 250, seed: 2 })];
    const verdicts = accepted(texts);
    expect(verdicts.filter((one) => !one).length).toBeGreaterThan(50);
    expect(texts.filter((text, at) => verdicts[at] === true && !parses(text))).toEqual([]);
    expect(texts.filter((text, at) => verdicts[at] === false && !READ_ALL_THE_SAME.test(text) && !isOpaque(text))).toEqual([]);
  }, 60_000);
});
