/** Coreutils that read files or standard input and print: text, sums, encodings. */
import { each, prints } from './define.ts';
import type { Program } from '../program.ts';

const SUMS =
  '-c|--check -b|--binary -t|--text --tag -w|--warn --quiet --status --strict --ignore-missing -z|--zero -l|--length= -a|--algorithm=';

/** Reads all operands but the second, which it writes. */
const SECOND_IS_OUTPUT = [
  { kind: 'read', on: '0' },
  { kind: 'write', on: '1..' },
] as const;

export const COREUTILS_TEXT: readonly Program[] = [
  ...prints('cat tac rev'),
  ...prints(
    'nl',
    '-b|--body-numbering= -d|--section-delimiter= -f|--footer-numbering= -h|--header-numbering= -i|--line-increment= -l|--join-blank-lines= -n|--number-format= -s|--number-separator= -v|--starting-line-number= -w|--number-width=',
  ),
  ...prints('head tail', '-n|--lines= -c|--bytes= --pid= -s|--sleep-interval= --max-unchanged-stats='),
  ...prints('wc', '--files0-from= --total='),
  ...prints('cut', '-b|--bytes= -c|--characters= -f|--fields= -d|--delimiter= --output-delimiter='),
  ...prints('paste', '-d|--delimiters= -s|--serial -z'),
  ...prints('join', '-1= -2= -a= -v= -e= -j= -o= -t='),
  ...prints('comm', '--output-delimiter='),
  ...prints('fold', '-w|--width='),
  ...prints('fmt', '-w|--width= -p|--prefix= -g|--goal='),
  ...prints('pr', '-l|--length= -w|--width= -W|--page-width= -h|--header= -o|--indent= -S|--sep-string? -N|--first-line-number='),
  ...prints('expand unexpand', '-t|--tabs='),
  ...prints('tsort cmp col colrm colcrt ul look vis unvis'),
  ...prints('column', '-t|--table -s|--separator= -c|--output-width= -o|--output-separator= -N= -R= -H='),
  ...prints(
    'md5sum sha1sum sha224sum sha256sum sha384sum sha512sum b2sum cksum sum md5 sha1 sha256 shasum b3sum xxhsum crc32',
    SUMS,
  ),
  ...prints('od', '-A|--address-radix= -j|--skip-bytes= -N|--read-bytes= -S|--strings? -t|--format= -w|--width?'),
  ...prints('hexdump hd', '-e= -f= -n|--length= -s|--skip='),
  ...prints('base32 base58 basenc base16', '-w|--wrap='),
  {
    names: ['base64'],
    options: '-w|--wrap= -d|--decode -D -i|--ignore-garbage|--input -b|--break= -o|--output= -e|--encode -n',
    otherOptions: 'harmless',
    does: [
      { kind: 'read', on: '*' },
      { kind: 'write', on: '-o' },
    ],
  },
  ...prints('strings', '-n|--bytes= -t|--radix= -e|--encoding='),
  ...prints('iconv', '-f|--from-code= -t|--to-code= -l|--list -c').map((program) => ({
    ...program,
    options: `${program.options} -o|--output=`,
    does: [{ kind: 'read', on: '*' } as const, { kind: 'write', on: '-o' } as const],
  })),
  {
    names: ['xxd'],
    options:
      '-r|-revert -p|-ps|-postscript|-plain -i|-include -b|-bits -u|-uppercase -e -E -C|-capitalize -a|-autoskip -d -R= -c|-cols= -g|-groupsize= -l|-len= -o= -s|-seek|-skip= -n|-name=',
    otherOptions: 'harmless',
    does: SECOND_IS_OUTPUT,
  },
  {
    names: ['uniq'],
    options:
      '-c|--count -d|--repeated -D|--all-repeated? -u|--unique -i|--ignore-case -z|--zero-terminated -f|--skip-fields= -s|--skip-chars= -w|--check-chars= --group?',
    does: SECOND_IS_OUTPUT,
  },
  {
    names: ['ptx'],
    options: '-W|--word-regexp= -b= -i= -o= -w= -S= -M= -F= -g=',
    otherOptions: 'harmless',
    does: [
      { kind: 'read', on: '*' },
      { kind: 'write', on: '-1', when: '#>1' },
    ],
  },
  {
    names: ['sort'],
    options:
      '-b|--ignore-leading-blanks -d|--dictionary-order -f|--ignore-case -g|--general-numeric-sort -i|--ignore-nonprinting -M|--month-sort -h|--human-numeric-sort -n|--numeric-sort -R|--random-sort --random-source= -r|--reverse --sort= -V|--version-sort --batch-size= -c|--check? -C --compress-program= --debug --files0-from= -k|--key= -m|--merge -o|--output= -s|--stable -S|--buffer-size= -t|--field-separator= -T|--temporary-directory= --parallel= -u|--unique -z|--zero-terminated',
    does: [
      { kind: 'read', on: '* --random-source --files0-from' },
      { kind: 'write', on: '-o' },
      { kind: 'code_execution', on: '--compress-program', type: 'program', why: 'sort runs this program on its temporary files' },
    ],
  },
  {
    names: ['shuf'],
    options: '-e|--echo -i|--input-range= -n|--head-count= -o|--output= --random-source= -r|--repeat -z|--zero-terminated',
    does: [
      { kind: 'read', on: '*', when: '!-e' },
      { kind: 'read', on: '--random-source' },
      { kind: 'write', on: '-o' },
    ],
  },
  {
    names: ['split'],
    options:
      '-a|--suffix-length= --additional-suffix= -b|--bytes= -C|--line-bytes= -d|--numeric-suffixes? -x|--hex-suffixes? -e|--elide-empty-files --filter= -l|--lines= -n|--number= -t|--separator= -u|--unbuffered --verbose',
    does: [
      { kind: 'read', on: '0' },
      { kind: 'write', on: '1', scope: 'bounded', when: '!--filter' },
      { kind: 'write', name: 'x*', scope: 'bounded', when: '!--filter #=0|#=1' },
      { kind: 'opaque', when: '#>2', why: 'not the split of coreutils, which takes two operands' },
    ],
    runs: [{ as: 'shell', from: '--filter' }],
  },
  {
    names: ['csplit'],
    options:
      '-b|--suffix-format= -f|--prefix= -k|--keep-files -n|--digits= -s|--quiet|--silent -z|--elide-empty-files --suppress-matched',
    does: [
      { kind: 'read', on: '0' },
      { kind: 'write', on: '-f', scope: 'bounded' },
      { kind: 'write', name: 'xx*', scope: 'bounded', when: '!-f' },
    ],
  },
  {
    names: ['tee'],
    options: '-a|--append -i|--ignore-interrupts -p --output-error?',
    does: [{ kind: 'write', on: '*' }],
  },
  ...each('tr', { otherOptions: 'harmless' }),
  ...each(
    'numfmt factor seq expr basename dirname realpath readlink pathchk sleep usleep gsleep dircolors printf echo yes true false pwd tty nproc arch uname hostid jot units toilet figlet cowsay fortune lolcat banner',
    {
      otherOptions: 'harmless',
      does: [{ kind: 'none' }],
    },
  ),
];
