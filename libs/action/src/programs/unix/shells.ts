/** Shells as programs: their command text, their scripts. */
import type { Effect } from '@countersign/kernel';
import type { Call, Program } from '../program.ts';
import { each, effect, given } from './define.ts';

const SCRIPT = 'runs a script that is not in the text';

export const SHELLS: readonly Program[] = [
  {
    names: ['sh', 'bash', 'dash', 'ash', 'zsh', 'ksh', 'mksh', 'ksh93', 'yash', 'rbash', 'posh', 'bash4', 'bash5'],
    syntax: 'posix',
    options:
      '-c -s -i -l|--login -r|--restricted -a -b -B -C -e -E -f -h -H -k -m -n -p -P -t -T -u -v|--verbose -x -D --dump-po-strings --dump-strings --debugger --init-file= --rcfile= --noediting --noprofile --norc --posix --pretty-print -o= -O= +a +b +B +C +e +E +f +h +H +k +m +n +p +P +t +T +u +v +x +o= +O= -d -g -y',
    does: [
      { kind: 'code_execution', on: '0', type: 'script', when: '!-c !-s !-n', why: SCRIPT },
      { kind: 'read', on: '0', when: '-n !-c' },
      { kind: 'code_execution', on: '--rcfile --init-file', type: 'script', why: SCRIPT },
      { kind: 'privilege_change', when: '-p', why: 'keeps the rights of a set-user-id shell' },
    ],
    runs: [
      { as: 'shell', from: '0', when: '-c' },
      { as: 'shell', stdin: true, when: '!-c #=0' },
      { as: 'shell', stdin: true, when: '-s' },
    ],
    refine: commandWithout,
  },
  ...each('fish nu elvish xonsh csh tcsh rc es ion osh ysh murex', {
    syntax: 'posix',
    otherOptions: 'harmless',
    options: '-c|--command= --commands= -C|--init-command= -n|--no-execute -v|--version',
    does: [
      { kind: 'none', when: '-v #=0 !-c !--commands' },
      { kind: 'opaque', on: '-c --commands -C', why: 'the language of this shell is not read' },
      { kind: 'code_execution', on: '0', type: 'script', when: '!-c !--commands !-n', why: SCRIPT },
      { kind: 'opaque', when: '#=0 !-c !--commands !-v', why: 'commands are typed in or come from standard input' },
    ],
  }),
  ...each('powershell pwsh powershell.exe pwsh.exe cmd cmd.exe wscript cscript mshta rundll32 regsvr32 wsl wsl.exe', {
    syntax: 'words',
    does: [{ kind: 'opaque', why: 'the language of this shell is not read' }],
  }),
  ...each(
    'expect tclsh wish guile sbcl clisp ecl racket chez scheme swipl gst octave matlab maxima gp julia Rscript R lua luajit erl escript elixir iex ghci runghc runhaskell ocaml utop scala kotlin groovy jshell bb clj clojure rebol gforth rhino jjs qjs mujs d8 pike raku perl6 hy io squirrel wren janet fennel gnuplot sclang asy m4',
    {
      otherOptions: 'harmless',
      options: '-v|--version -V -h|--help',
      does: [
        { kind: 'none', when: '-v|-V|-h #=0' },
        { kind: 'code_execution', on: '0', type: 'script', why: SCRIPT },
        { kind: 'opaque', when: '!-v !-V !-h', why: 'the language of this interpreter is not read' },
      ],
    },
  ),
];

/** `bash -c` with nothing behind it runs what comes later, from `xargs` for instance. */
function commandWithout(call: Call, found: readonly Effect[]): readonly Effect[] {
  if (!given(call, '-c') || call.operands.length > 0) return found;
  return [...found, effect(call, 'code_execution', { scope: 'unknown', why: 'the command is only known at run time' })];
}
