/** Programs that search in texts and folders: the grep family, file finders by name, differences. */
import type { Program } from '../program.ts';
import { each, prints } from './define.ts';

const GREP =
  '-E|--extended-regexp -F|--fixed-strings -G|--basic-regexp -P|--perl-regexp -e|--regexp= -f|--file= -i|--ignore-case -y --no-ignore-case -v|--invert-match -w|--word-regexp -x|--line-regexp -c|--count --color? --colour? -L|--files-without-match -l|--files-with-matches -m|--max-count= -o|--only-matching -q|--quiet|--silent -s|--no-messages -b|--byte-offset -H|--with-filename -h|--no-filename --label= -n|--line-number -T|--initial-tab -Z|--null -A|--after-context= -B|--before-context= -C|--context= -# --group-separator= --no-group-separator -a|--text --binary-files= -D|--devices= -d|--directories= --exclude= --exclude-from= --exclude-dir= -I --include= -r|--recursive -R|--dereference-recursive --line-buffered -U|--binary -z|--null-data -u';

/** The pattern is the first operand, unless an option brings it. */
const IN_FILES = [
  { kind: 'read', on: '1..', when: '!-e !-f' },
  { kind: 'read', on: '*', when: '-e|-f' },
  { kind: 'read', on: '-f' },
] as const;

export const SEARCH: readonly Program[] = [
  ...each('grep egrep fgrep ggrep zgrep zegrep zfgrep bzgrep xzgrep lzgrep zstdgrep rgrep pcregrep pcre2grep agrep sgrep', {
    options: GREP,
    otherOptions: 'harmless',
    does: IN_FILES,
  }),
  {
    names: ['ugrep', 'ug'],
    options: `${GREP} -O= -t|--file-type= -M= -g|--glob= --pager? --view? --filter= --save-config? --hexdump?`,
    otherOptions: 'harmless',
    does: [
      ...IN_FILES,
      {
        kind: 'code_execution',
        on: '--filter --pager --view',
        type: 'program',
        why: 'runs a program on the files or the output',
      },
      { kind: 'write', when: '--save-config', name: '.ugrep' },
    ],
  },
  {
    names: ['rg', 'ripgrep', 'batgrep', 'rga'],
    options:
      '-e|--regexp= -f|--file= -A|--after-context= -B|--before-context= -C|--context= -g|--glob= --iglob= -t|--type= -T|--type-not= --type-add= -m|--max-count= -d|--max-depth= -M|--max-columns= -j|--threads= -r|--replace= -E|--encoding= --sort= --sortr= --color= --colors= --context-separator= --ignore-file= --pre= --pre-glob= --hostname-bin= --path-separator= --max-filesize= --engine= --files',
    otherOptions: 'harmless',
    does: [
      { kind: 'read', on: '1..', when: '!-e !-f !--files' },
      { kind: 'read', on: '*', when: '-e|-f|--files' },
      { kind: 'read', on: '-f' },
      { kind: 'code_execution', on: '--pre --hostname-bin', type: 'program', why: 'runs this program, on every file for --pre' },
    ],
  },
  ...each('ag ack ack-grep pt sift ucg hgrep igrep', {
    options:
      '-A|--after= -B|--before= -C|--context= -G= -g= -m= --ignore= --ignore-dir= --type= --pager= -p= -W= --depth= --color? --output=',
    otherOptions: 'harmless',
    does: [
      { kind: 'read', on: '1..' },
      { kind: 'code_execution', on: '--pager', type: 'program', why: 'runs this program to show the output' },
    ],
  }),
  {
    names: ['fd', 'fdfind'],
    options:
      '-H|--hidden -I|--no-ignore -u|--unrestricted -s|--case-sensitive -i|--ignore-case -g|--glob -F|--fixed-strings -a|--absolute-path -l|--list-details -L|--follow -p|--full-path -d|--max-depth= --min-depth= --exact-depth= --prune -t|--type= -e|--extension= -S|--size= --changed-within= --changed-before= -o|--owner= -x|--exec; -X|--exec-batch; -E|--exclude= -c|--color= -j|--threads= --search-path= --base-directory= -0|--print0 -1 -q|--quiet --regex --strip-cwd-prefix? --ignore-file= --one-file-system',
    otherOptions: 'harmless',
    does: [{ kind: 'read', on: '1.. --search-path --base-directory' }],
    runs: [{ as: 'argv', from: '-x -X', more: true }],
  },
  ...each('locate mlocate plocate slocate', {
    options: '-d|--database= -l|-n|--limit=',
    otherOptions: 'harmless',
    does: [{ kind: 'read', type: 'system', name: 'file names' }],
  }),
  { names: ['updatedb'], otherOptions: 'harmless', does: [{ kind: 'write', type: 'system', name: 'locate database' }] },
  ...each('which whereis whatis apropos type whence rehash', { otherOptions: 'harmless', does: [{ kind: 'none' }] }),
  {
    names: ['hash'],
    options: '-d -l -p= -r -t',
    does: [
      { kind: 'none' },
      { kind: 'code_execution', on: '-p', type: 'program', why: 'stands for another program from now on' },
    ],
  },
  {
    names: ['file'],
    otherOptions: 'harmless',
    options: '-m|--magic-file= -f|--files-from= -F|--separator= -P= -e= -C|--compile',
    does: [
      { kind: 'read', on: '* -f' },
      { kind: 'write', name: 'magic.mgc', when: '-C' },
    ],
  },
  ...each('tree', {
    otherOptions: 'harmless',
    options: '-L= -P= -I= -o= -T= -H= --filelimit= --charset= --sort= --timefmt= --gitfile= --infofile=',
    does: [
      { kind: 'read', on: '*' },
      { kind: 'write', on: '-o' },
    ],
  }),
  ...prints('exa eza lsd erd tre', '-L= -I= -s= -t= --sort= --level='),
  ...each(
    'diff gdiff sdiff diff3 colordiff wdiff zdiff zcmp xzdiff xzcmp bzdiff dwdiff icdiff difft difftastic diffstat dirdiff interdiff combinediff lsdiff filterdiff grepdiff jd dyff numdiff',
    {
      otherOptions: 'harmless',
      options:
        '-U|--unified= -C|--context= -W|--width= -I= -x|--exclude= -X= -F= -D= -L|--label= --color? -o|--output= --diff-program= --interpolate',
      does: [
        { kind: 'read', on: '*' },
        { kind: 'write', on: '-o' },
        { kind: 'code_execution', type: 'program', on: '--diff-program', why: 'runs this program on the files' },
      ],
    },
  ),
  ...each(
    'tokei cloc scc loc sloccount gocloc dust ncdu duf pdu dutree dfc lsix jless delta glow mdcat  pygmentize highlight ccat chroma source-highlight agrind',
    {
      otherOptions: 'harmless',
      options: '-o|--output|--out|--report-file= --pager= --extract-with= -x -P|--plug-in=',
      does: [
        { kind: 'read', on: '*' },
        { kind: 'write', on: '-o' },
        { kind: 'code_execution', type: 'program', on: '--pager --extract-with', why: 'runs this program' },
        { kind: 'code_execution', type: 'script', when: '-x', why: 'loads code from a file' },
        { kind: 'code_execution', type: 'script', on: '-P', why: 'loads code from a file' },
      ],
    },
  ),
  ...each('bat batcat', {
    otherOptions: 'harmless',
    options:
      '-l|--language= -m|--map-syntax= -H|--highlight-line= -r|--line-range= --file-name= --theme= --style= --tabs= --wrap= --terminal-width= --color= --decorations= --paging= --pager= --diff-context= -P',
    does: [
      { kind: 'read', on: '*' },
      { kind: 'code_execution', type: 'program', on: '--pager', why: 'runs this program to show the output' },
    ],
  }),
  ...each('lnav multitail tspin tailspin dua broot', {
    otherOptions: 'harmless',
    options: '-c|--cmd= -e|--exec= -l|--listen-command= -f= -n -N -w= -i=',
    does: [
      { kind: 'read', on: '*', when: '!@0=i|interactive' },
      { kind: 'write', on: '-w' },
      { kind: 'opaque', on: '-c -f', why: 'commands of the viewer' },
      { kind: 'opaque', when: '@0=i|interactive', why: 'what is done in it is not in the text' },
    ],
    runs: [
      { as: 'shell', from: '-e' },
      { as: 'shell', from: '-l' },
    ],
  }),
  ...prints('zcat gzcat bzcat xzcat lzcat zstdcat lz4cat lzmacat zless zmore bzless bzmore xzless xzmore lzless lzmore'),
  ...each('fzf sk peco percol fzy', {
    options:
      '--preview= --bind= --exec= --cmd|-c= --listen? -q|--query= -f|--filter= -d|--delimiter= -n= --with-nth= --height= --header= --prompt= --history= -m -1 -0 -e',
    otherOptions: 'harmless',
    does: [
      { kind: 'none' },
      { kind: 'write', on: '--history' },
      { kind: 'opaque', when: '--bind', why: 'key bindings may run commands' },
    ],
    runs: [
      { as: 'shell', from: '--preview' },
      { as: 'shell', from: '--exec' },
      { as: 'shell', from: '--cmd' },
    ],
  }),
];
