/** sed, awk and relatives: their program text is read in turn. */
import type { Program } from '../program.ts';
import { each } from './define.ts';

const FROM_FILE = 'runs a program text from a file';

export const STREAM_EDITORS: readonly Program[] = [
  {
    names: ['sed', 'gsed', 'ssed'],
    options:
      '-n|--quiet|--silent -e|--expression= -f|--file= -E|-r|--regexp-extended -i|--in-place? -l|--line-length= -s|--separate -u|--unbuffered -z|--null-data --posix --debug --follow-symlinks --sandbox -b|--binary -a',
    does: [
      { kind: 'read', on: '1..', when: '!-e !-f !-i' },
      { kind: 'read', on: '*', when: '-e|-f !-i' },
      { kind: 'write', on: '1..', when: '-i !-e !-f', why: 'edits in place' },
      { kind: 'write', on: '*', when: '-i -e|-f', why: 'edits in place' },
      { kind: 'code_execution', on: '-f', why: FROM_FILE },
    ],
    runs: [
      { as: { kind: 'script', dialect: 'sed' }, from: '0', when: '!-e !-f !@0=' },
      { as: { kind: 'script', dialect: 'sed' }, from: '1', when: '-i !-e !-f @0=' },
      { as: { kind: 'script', dialect: 'sed' }, from: '-e' },
    ],
  },
  {
    names: ['awk', 'gawk', 'mawk', 'nawk', 'goawk', 'original-awk'],
    syntax: 'posix',
    options:
      '-F|--field-separator= -f|--file= -v|--assign= -e|--source= -E|--exec= -i|--include= -l|--load= -b -c|--traditional -C -d|--dump-variables? -D|--debug? -g -h|--help -I -k|--csv -L|--lint? -M|--bignum -N -n -o|--pretty-print? -O -p|--profile? -P|--posix -r -s -S|--sandbox -t -V|--version -W= -safe',
    does: [
      { kind: 'read', on: '1..', when: '!-f !-e !-E' },
      { kind: 'read', on: '*', when: '-f|-e|-E' },
      { kind: 'code_execution', on: '-f -E -i -l', why: FROM_FILE },
      { kind: 'write', name: 'awkprof.out', when: '-d|-o|-p' },
    ],
    runs: [
      { as: { kind: 'script', dialect: 'awk' }, from: '0', when: '!-f !-e !-E' },
      { as: { kind: 'script', dialect: 'awk' }, from: '-e' },
    ],
  },
  {
    names: ['jq', 'gojq', 'jaq'],
    options:
      '-n|--null-input -R|--raw-input -s|--slurp -c|--compact-output -r|--raw-output --raw-output0 -j|--join-output -a|--ascii-output -S|--sort-keys -C|--color-output -M|--monochrome-output --tab --indent= --unbuffered --stream --stream-errors --seq -f|--from-file= -L= -e|--exit-status --arg= --argjson= --slurpfile= --rawfile= --args --jsonargs --build-configuration',
    does: [
      { kind: 'read', on: '1..', when: '!-f !--slurpfile !--rawfile' },
      // These take a name and a file: the file then stands among the operands.
      { kind: 'read', on: '*', when: '-f|--slurpfile|--rawfile' },
      { kind: 'read', on: '-f' },
    ],
  },
  {
    names: ['yq'],
    otherOptions: 'harmless',
    options:
      '-i|--inplace|--in-place -P|--prettyPrint -o|--output-format= -p|--input-format= -s|--split-exp= --from-file= -I|--indent= -n|--null-input -e -r -y -Y -c --arg= --argjson=',
    does: [
      { kind: 'read', on: '1..', when: '!-i' },
      { kind: 'write', on: '1..', when: '-i', why: 'edits in place' },
      { kind: 'write', name: '*', scope: 'unknown', when: '-s', why: 'one file for each document, named by an expression' },
    ],
  },
  {
    names: ['xmlstarlet', 'xml'],
    otherOptions: 'harmless',
    does: [
      { kind: 'read', on: '1..' },
      { kind: 'write', on: '-1', when: '-L', why: 'edits in place' },
    ],
    options: '-L|--inplace -v= -m= -t -n -s= -u= -d= -i= -a= -r= -x= -N=',
  },
  ...each('xmllint', {
    otherOptions: 'harmless',
    options: '--output|-o= --xpath= --schema= --dtdvalid= --relaxng= --encode= --pattern= --maxmem= --shell --postvalid',
    does: [
      { kind: 'read', on: '* --schema --dtdvalid --relaxng' },
      { kind: 'write', on: '--output' },
      { kind: 'opaque', when: '--shell', why: 'commands are typed in' },
    ],
  }),
  ...each(
    'xq hxselect htmlq pup gron jo csvcut csvgrep csvlook csvstat csvsort csvjson csvjoin csvstack csvformat in2csv tsv-filter datamash choose huniq catmandu yj remarshal json2yaml yaml2json toml2json json_pp json_verify json_reformat jsonlint yamllint html2text dasel csvclean hck',
    {
      otherOptions: 'harmless',
      options: '-o|--output= -i|--in-place|--inplace',
      does: [
        { kind: 'read', on: '*' },
        { kind: 'write', on: '-o' },
        { kind: 'write', on: '*', scope: 'bounded', when: '-i' },
      ],
    },
  ),
  // Their expressions can call system() or write files, so an expression is not vouched for.
  ...each('mlr miller fx visidata vd textql xidel qsv csvtk xsv csvsql', {
    otherOptions: 'harmless',
    options: '-o|--output=',
    does: [
      { kind: 'read', on: '1..' },
      { kind: 'write', on: '-o' },
      {
        kind: 'opaque',
        when: '!@0=cat|head|tail|sort|count|stats|headers|select|frequency|sample|slice|table|len|dim|cut',
        why: 'its expressions are not read',
      },
    ],
  }),
  { names: ['jc'], syntax: 'posix', otherOptions: 'harmless', runs: [{ as: 'argv', from: '*' }] },
  {
    names: ['sd'],
    options: '-p|--preview -F|--fixed-strings|--string-mode|-s -n|--max-replacements= -f|--flags=',
    does: [
      { kind: 'write', on: '2..', when: '!-p' },
      { kind: 'read', on: '2..', when: '-p' },
    ],
  },
  {
    names: ['patch', 'gpatch'],
    options:
      '-b|--backup -B|--prefix= -c|--context -d|--directory= -D|--ifdef= -e|--ed -E|--remove-empty-files -f|--force -F|--fuzz= -g|--get= -i|--input= -l|--ignore-whitespace -n|--normal -N|--forward -o|--output= -p|--strip= -r|--reject-file= -R|--reverse -s|--silent|--quiet -t|--batch -T -u|--unified -v -V= -x -Y= -z= -Z --binary --dry-run --verbose --posix --merge? --no-backup-if-mismatch',
    does: [
      { kind: 'read', on: '-i 1..' },
      { kind: 'none', when: '--dry-run' },
      { kind: 'write', on: '0 -o -r', when: '!--dry-run' },
      { kind: 'write', name: 'files of the patch', scope: 'bounded', when: '!--dry-run #=0' },
      { kind: 'opaque', when: '-e', why: 'an ed script may run commands' },
    ],
  },
];
