/** Archives and compression. */
import type { Effect } from '@countersign/kernel';
import type { Call, Program } from '../program.ts';
import { each, effect, given, prints, subs, valuesOf } from './define.ts';

const PACKED =
  '-c|--stdout|--to-stdout -d|--decompress|--uncompress -f|--force -k|--keep -l|--list -L|--license -n|--no-name -N|--name -q|--quiet -r|--recursive -S|--suffix= -t|--test -v|--verbose -# --fast --best --rsyncable -z|--compress --synchronous';

/** Replaces each file by its packed or unpacked form, unless it writes to standard output. */
const REPLACES = [
  { kind: 'read', on: '*', when: '-c|-l|-t' },
  { kind: 'write', on: '*', when: '!-c !-l !-t' },
] as const;

export const ARCHIVES: readonly Program[] = [
  {
    names: ['tar', 'gtar', 'bsdtar', 'star'],
    dashless: true,
    options:
      '-A|--catenate|--concatenate -c|--create -d|--diff|--compare --delete -r|--append -t|--list --test-label -u|--update -x|--extract|--get --check-device -g|--listed-incremental= -G|--incremental --hole-detection= --ignore-failed-read --level= -n|--seek --no-check-device --no-seek --occurrence? --sparse-version= -S|--sparse --add-file= -C|--directory= --exclude= --exclude-backups --exclude-caches --exclude-caches-all --exclude-ignore= --exclude-ignore-recursive= --exclude-tag= --exclude-vcs --exclude-vcs-ignores --no-null --no-recursion --no-unquote --no-verbatim-files-from --null --recursion -T|--files-from= --unquote --verbatim-files-from -X|--exclude-from= --anchored --ignore-case --no-anchored --no-ignore-case --no-wildcards --no-wildcards-match-slash --wildcards --wildcards-match-slash --keep-directory-symlink --keep-newer-files -k|--keep-old-files --no-overwrite-dir --one-top-level? --overwrite --overwrite-dir --recursive-unlink --remove-files --skip-old-files -U|--unlink-first -W|--verify --ignore-command-error --no-ignore-command-error -O|--to-stdout --to-command= --atime-preserve? --clamp-mtime --delay-directory-restore --group= --group-map= --mode= --mtime= -m|--touch --no-delay-directory-restore --no-same-owner --no-same-permissions --numeric-owner --owner= --owner-map= -p|--preserve-permissions|--same-permissions --same-owner -s|--preserve-order|--same-order --sort= --acls --no-acls --no-selinux --no-xattrs --selinux --xattrs --xattrs-exclude= --xattrs-include= --force-local -f|--file= -F|--info-script|--new-volume-script= -L|--tape-length= -M|--multi-volume --rmt-command= --rsh-command= --volno-file= -b|--blocking-factor= -B|--read-full-records -i|--ignore-zeros --record-size= -H|--format= --old-archive --pax-option= --posix -V|--label= -a|--auto-compress -I|--use-compress-program= -j|--bzip2 -J|--xz --lzip --lzma --lzop --no-auto-compress --zstd -z|--gzip|--gunzip|--ungzip -Z|--compress --backup? -h|--dereference --hard-dereference -K|--starting-file= --newer-mtime= -N|--newer|--after-date= -l|--one-file-system -P|--absolute-names --suffix= --strip-components= --transform|--xform= --checkpoint? --checkpoint-action= --full-time --index-file= --no-quote-chars= --quote-chars= --quoting-style= -R|--block-number --show-defaults --show-omitted-dirs --show-snapshot-field-ranges --show-transformed-names --totals? --utc -v|--verbose --warning= -w|--interactive|--confirmation -o --no-same-owner --restrict',
    does: [
      { kind: 'read', on: '* --add-file -T', when: '-c|-r|-u|-A' },
      { kind: 'write', on: '-f', when: '-c|-r|-u|-A|--delete !-f=-' },
      { kind: 'read', on: '-f', when: '-t|-x|-d !-f=-' },
      { kind: 'write', on: '-C', scope: 'bounded', when: '-x !-O !--to-command', why: 'unpacks into it' },
      { kind: 'write', name: '.', scope: 'bounded', when: '-x !-O !-C !--to-command', why: 'unpacks into the working folder' },
      { kind: 'write', name: '/', scope: 'unknown', when: '-x -P', why: 'absolute names: the archive says where files go' },
      { kind: 'delete', on: '*', scope: 'unknown', when: '--remove-files', why: 'removes what was packed' },
      { kind: 'delete', scope: 'unknown', when: '--recursive-unlink|-U', why: 'removes what stands where it unpacks' },
      { kind: 'delete', on: '-f', scope: 'bounded', when: '--delete', why: 'removes members of the archive' },
      { kind: 'write', on: '--index-file --volno-file -g' },
      { kind: 'network', on: '-f', type: 'host', when: '-f~: !--force-local', why: 'an archive on another host' },
    ],
    runs: [
      { as: 'shell', from: '--to-command' },
      { as: 'shell', from: '-I' },
      { as: 'shell', from: '-F' },
      { as: 'shell', from: '--rsh-command' },
      { as: 'shell', from: '--rmt-command' },
    ],
    refine: checkpoints,
  },
  ...each(
    'gzip gunzip bzip2 bunzip2 xz unxz lzma unlzma lzip lunzip lzop lz4 unlz4 zstd unzstd zstdmt pzstd pigz unpigz pbzip2 pixz compress uncompress brotli snzip rzip lrzip lrunzip zopfli',
    {
      options: `${PACKED} -o|--output= -D= --rm -T|--threads= -p|--processes= -b|--blocksize= -m -M= -e|--extreme -0 -1 -2 -3 -4 -5 -6 -7 -8 -9 -F|--format= -C|--check= -h|--help -V|--version --ultra --long? --adapt -i -y -a -H -A -s -B= --no-progress --memory= --filelist= -w|--lgwin= -Z --no-sparse --sparse --exclude-compressed --content-size`,
      does: [...REPLACES, { kind: 'write', on: '-o' }],
    },
  ),
  {
    names: ['zip'],
    options:
      '-r|--recurse-paths -R|--recurse-patterns -u|--update -f|--freshen -d|--delete -U|--copy -m|--move -j|--junk-paths -q|--quiet -v|--verbose -y|--symlinks -x|--exclude= -i|--include= -e|--encrypt -P|--password= -s|--split-size= -T|--test -TT|--unzip-command= -l|--to-crlf -ll -n|--suffixes= -b|--temp-path= -t|--from-date= -tt|--before-date= -o|--latest-time -O|--output-file= -@|--names-stdin -# -0 -1 -2 -3 -4 -5 -6 -7 -8 -9 -X|--strip-extra -A|--adjust-sfx -D|--no-dir-entries -F|--fix -FF|--fixfix -FS|--filesync -g|--grow -k -z|--archive-comment -c -sf|--show-files -dd -db -dc -dg -sc -so -la -lf=',
    does: [
      { kind: 'read', on: '1..', when: '!-d' },
      { kind: 'write', on: '0 -O -lf' },
      { kind: 'delete', on: '1..', scope: 'unknown', when: '-m', why: 'removes what was packed' },
      { kind: 'delete', on: '0', scope: 'bounded', when: '-d', why: 'removes members of the archive' },
    ],
    runs: [{ as: 'shell', from: '-TT' }],
  },
  {
    names: ['unzip', 'funzip'],
    options:
      '-A -a -aa -b -c -C -d= -D -DD -f -F -j -K -l -L -M -n -N -o -p -P= -q -qq -s -t -T -u -U -UU -v -V -W -x= -X -Y -z -Z -1 -O= -I= -^ -:',
    does: [
      { kind: 'read', on: '0' },
      { kind: 'write', on: '-d', scope: 'bounded', when: '!-l !-t !-p !-c !-Z !-z !-v' },
      { kind: 'write', name: '.', scope: 'bounded', when: '!-d !-l !-t !-p !-c !-Z !-z !-v' },
    ],
  },
  ...prints('zipinfo lsar zipgrep zipdetails', '-x= -T= -P='),
  {
    names: ['7z', '7za', '7zr', '7zz', '7zzs', 'p7zip'],
    syntax: 'go',
    otherOptions: 'harmless',
    options: '-sdel',
    sub: {
      ...subs('l t h i b', { does: [{ kind: 'read', on: '*' }] }),
      ...subs('a u rn', {
        does: [
          { kind: 'write', on: '0' },
          { kind: 'read', on: '1..' },
          { kind: 'delete', on: '1..', scope: 'unknown', when: '-sdel', why: 'removes what was packed' },
        ],
      }),
      d: { does: [{ kind: 'delete', on: '0', scope: 'bounded', why: 'removes members of the archive' }] },
      ...subs('e x', {
        does: [
          { kind: 'read', on: '0' },
          { kind: 'write', name: '.', scope: 'bounded', why: 'unpacks' },
        ],
      }),
    },
  },
  {
    names: ['rar'],
    otherOptions: 'harmless',
    options: '-df -dr -dw',
    sub: {
      ...subs('a u f m mf c cf s rr rv k rn ch', {
        does: [
          { kind: 'write', on: '0' },
          { kind: 'read', on: '1..' },
          { kind: 'delete', on: '1..', scope: 'unknown', when: '-df|-dr|-dw' },
        ],
      }),
      ...subs('l lb lt v vb vt t p i', { does: [{ kind: 'read', on: '*' }] }),
      ...subs('x e r rc', {
        does: [
          { kind: 'read', on: '0' },
          { kind: 'write', name: '.', scope: 'bounded' },
        ],
      }),
      d: { does: [{ kind: 'delete', on: '0', scope: 'bounded' }] },
    },
    refine: (call, found) =>
      call.path[0] === 'm' || call.path[0] === 'mf'
        ? [
            ...found,
            effect(call, 'delete', { on: call.operands.slice(1), scope: 'unknown', why: 'moves files into the archive' }),
          ]
        : found,
  },
  ...each(
    'unrar unar cabextract unace unarj lha arj zoo ripmime innoextract unsquashfs ditto atool aunpack dtrx unp rpm2cpio unalz binwalk ouch',
    {
      otherOptions: 'harmless',
      options: '-l|--list -o|-d|--directory|--output= -e -x -t|--test -p -f -q',
      does: [
        { kind: 'read', on: '*' },
        { kind: 'write', on: '-o', scope: 'bounded' },
        { kind: 'write', name: '.', scope: 'bounded', when: '!-o !-l !-t !@0=l|t|v|lb|lt|vt|list' },
      ],
    },
  ),
  {
    names: ['cpio', 'gcpio', 'pax', 'bsdcpio'],
    options:
      '-o|--create -i|--extract -p|--pass-through -t|--list -d|--make-directories -m|--preserve-modification-time -u|--unconditional -v|--verbose -V|--dot -a|--reset-access-time -A|--append -b -B -c -C|--io-size= -D|--directory= -E|--pattern-file= -F|--file= -f|--nonmatching -H|--format= -I= -k -l|--link -L|--dereference -M|--message= -n|--numeric-uid-gid -O= -0|--null -r|--rename -R|--owner= -s -S -w -x -z -j -J --absolute-filenames --no-absolute-filenames --no-preserve-owner --quiet --sparse --to-stdout --rsh-command= --only-verify-crc --force-local --block-size= -W=',
    does: [
      { kind: 'read', on: '* -E -I', when: '-o|-t|-p' },
      { kind: 'read', on: '-F', when: '-i|-t' },
      { kind: 'write', on: '-F', when: '-o' },
      { kind: 'write', on: '-O' },
      { kind: 'write', on: '*', scope: 'bounded', when: '-p' },
      { kind: 'write', name: '.', scope: 'bounded', when: '-i !-t !--to-stdout' },
      { kind: 'write', name: '/', scope: 'unknown', when: '--absolute-filenames', why: 'the archive says where files go' },
    ],
    runs: [{ as: 'shell', from: '--rsh-command' }],
  },
  {
    names: ['ar', 'gar', 'llvm-ar'],
    dashless: true,
    options: '-d -m -p -q -r -s -t -x -a -b -c -D -f -i -l= -N -o -O -P -S -T -u -U -v -V --plugin= --output= --target= --thin',
    does: [
      { kind: 'read', on: '*', when: '-p|-t' },
      { kind: 'read', on: '0', when: '-x' },
      { kind: 'write', name: '.', scope: 'bounded', when: '-x' },
      { kind: 'write', on: '0', when: '-r|-q|-m|-s' },
      { kind: 'read', on: '1..', when: '-r|-q' },
      { kind: 'delete', on: '0', scope: 'bounded', when: '-d' },
      { kind: 'code_execution', on: '--plugin', type: 'program' },
    ],
  },
  ...each('mksquashfs genisoimage mkisofs xorriso xorrisofs shar makeself gzexe upx', {
    otherOptions: 'harmless',
    options: '-o|-output= -outdev= -blank= -dev= -remove-source',
    does: [
      { kind: 'write', on: '-o -1 -outdev' },
      { kind: 'read', on: '*' },
      { kind: 'delete', on: '-dev', scope: 'unbounded', when: '-blank' },
    ],
  }),
];

/** `--checkpoint-action=exec=command` runs a command now and then. */
function checkpoints(call: Call, found: readonly Effect[], cx: Parameters<NonNullable<Program['refine']>>[2]): readonly Effect[] {
  const effects = [...found];
  for (const action of valuesOf(call, '--checkpoint-action')) {
    if (!action.known)
      effects.push(
        effect(call, 'code_execution', {
          on: [action],
          type: 'action',
          scope: 'unknown',
          why: 'the checkpoint action is only known at run time',
        }),
      );
    if (!action.text.startsWith('exec=')) continue;
    const inner = cx.embedded({ kind: 'shell', text: action.text.slice('exec='.length) });
    effects.push(
      ...inner.effects.map((one) => ({
        ...one,
        span: action.span,
        via: one.via === '' ? 'tar --checkpoint-action' : `tar --checkpoint-action › ${one.via}`,
      })),
    );
  }
  const work = given(call, '-c', '-r', '-u', '-A', '-t', '-x', '-d', '--delete', '--test-label', '--show-defaults');
  if (!work && call.words.length > 0)
    effects.push({ ...effect(call, 'opaque'), scope: 'unknown', why: 'tar without an operation' });
  return effects;
}
