import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NotHere } from '../reader.ts';
import { readShell } from './read.ts';
import { contextOfLine } from './testing.ts';

/** A million for the long run; memory is looked at then. */
const RUNS = Number(process.env['COUNTERSIGN_FUZZ_RUNS'] ?? 3_000);

/** CPU time of one text in the calling thread. */
const STALL_MS = 50;

const TOKENS = [
  ...' \n\t;|&<>(){}[]$`"\'\\#!=*?~-+/:,.%^@0a'.split(''),
  ...'$( ${ $(( <( >( << <<< >> 2>&1 && || ;; |& $\' $" \\\n if then else fi for in do done while until case esac function select coproc time rm -rf / echo cat sh bash -c eval sudo xargs find -exec {} X= $X ${X:-y} "$@" f() EOF\n <<EOF base64 git reset --hard curl export PATH= ./x [[ ]] (( )) {a,b} {1..9}'.split(
    ' ',
  ),
];

const text = fc.oneof(
  fc.array(fc.constantFrom(...TOKENS), { maxLength: 60 }).map((tokens) => tokens.join('')),
  fc.array(fc.constantFrom(...TOKENS), { maxLength: 60 }).map((tokens) => tokens.join(' ')),
  fc.string({ unit: 'binary', maxLength: 80 }),
);

const cx = contextOfLine({ place: 'here' });

function read(line: string): void {
  try {
    const { effects } = readShell({ kind: 'shell', text: line }, cx);
    for (const { span } of effects)
      if (span.start < 0 || span.end > line.length || span.start > span.end)
        throw new Error(`a span of ${span.start} to ${span.end}`);
    if (effects.length === 0) throw new Error('no effects');
  } catch (error) {
    if (!(error instanceof NotHere) && !(error instanceof RangeError)) throw error;
  }
}

/** The least of a few: other work on the machine must not count. */
function cpuMs(line: string): number {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 4 && least > STALL_MS; round++) {
    const before = process.cpuUsage();
    read(line);
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1_000);
  }
  return least;
}

describe('any text', () => {
  it('is read without a throw, with spans inside the text', () => {
    const before = process.memoryUsage().heapUsed;
    fc.assert(fc.property(text, read), { numRuns: RUNS });
    const grown = (process.memoryUsage().heapUsed - before) / 2 ** 20;
    expect(grown).toBeLessThan(256);
  });

  const long = 8_000;
  const fill = (part: string): string => part.repeat(Math.floor(long / part.length));
  it.each<[string, string]>([
    ['words', `echo ${fill('a ')}`],
    ['commands', fill('rm x;')],
    ['pipes', `${fill('cat|')}cat`],
    ['subshells', `${fill('(')}`],
    ['groups', `${fill('{ ')}a`],
    ['braces', `echo ${fill('{a,b}')}`],
    ['nested braces', `echo ${fill('{a,')}`],
    ['ranges', `echo ${fill('{1..9}')}`],
    ['doubling variables', `a=xxxxxxxx;${fill('a=$a$a;')}`],
    ['doubling arrays', `a=(x y);${fill('a=("${a[@]}" "${a[@]}");')}`],
    ['loops in loops', `${fill('for i in 1 2 3 4 5 6 7 8; do ')}rm $i`],
    ['loops that change', `x=1;${'while :; do x=/$x;'.repeat(60)}rm $x;${'done;'.repeat(60)}`],
    [
      'functions that multiply',
      `f0() { rm a; };${Array.from({ length: 200 }, (_, at) => `f${at + 1}() { f${at};f${at}; };`).join('')}f200`,
    ],
    ['evals in evals', `X='eval "$X$X"';eval "$X"`],
    ['quotes', fill(`'"'"`)],
    ['arithmetic', `echo $((${fill('1+')}1))`],
    ['arithmetic groups', `echo $((${fill('(')}))`],
    ['ifs', fill('if a;then ')],
    ['cases', fill('case x in x) ')],
    ['functions', fill('f(){ ')],
    ['paths', `rm -rf ${fill('/..')}`],
    ['slashes', `rm -rf ${fill('/')}`],
    ['dots', `cat ${fill('.env.')}`],
    ['a long name', `cat ${fill('a')}`],
    ['assignments', fill('A=1 ')],
    ['redirections', fill('>a ')],
    ['aliases', `alias a='a a'; alias b='a;a'; ${fill('b;')}`],
    ['base64', `echo ${fill('QUJD')}|base64 -d|sh`],
    ['options', `git ${fill('-c a=b ')}`],
    ['targets', `rm -rf ${fill('/a ')}`],
    ['names of keys', `cat ${fill('ca')}`],
    ['subscripts', `let '${fill('[')}'`],
    ['subscripts in tests', `[[ a == '${fill('[')}' ]]`],
    ['defaults', `rm -rf "${fill('${TMPDIR:-/tmp')}"`],
    ['secrets', `cat ${fill('~/.ssh/a ')}`],
  ])('%s do not stall', (_, line) => {
    expect(cpuMs(line)).toBeLessThan(STALL_MS);
  });
});
