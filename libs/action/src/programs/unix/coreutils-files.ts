/** Coreutils and their neighbours that change files, and the ones that list them. */
import type { Effect } from '@countersign/kernel';
import type { Call, Program, Word } from '../program.ts';
import { each, effect, given, prints } from './define.ts';
import { isRebuilt } from '../../shell/path-classes.ts';
import { reachOf } from './paths.ts';

const BACKUPS =
  '-b|--backup? -S|--suffix= -v|--verbose -f|--force -i|--interactive -n|--no-clobber -u|--update? -t|--target-directory= -T|--no-target-directory -Z|--context? --debug';

export const COREUTILS_FILES: readonly Program[] = [
  ...prints(
    'ls dir vdir gls',
    '-I|--ignore= -w|--width= -T|--tabsize= --hide= --sort= --time= --time-style= --color? --format= --indicator-style= --quoting-style= --block-size=',
  ),
  ...prints('stat', '-c|--format= --printf= -t'),
  ...prints(
    'du',
    '-d|--max-depth= -t|--threshold= -B|--block-size= -X|--exclude-from= --exclude= --time? --time-style= --files0-from=',
  ),
  ...prints('df', '-t|--type= -x|--exclude-type= -B|--block-size= --output?'),
  {
    names: ['cp', 'gcp'],
    options: `${BACKUPS} -a|--archive --attributes-only --copy-contents -d -H -l|--link -L|--dereference -P|--no-dereference -p --preserve? --no-preserve= --parents --reflink? --remove-destination --sparse= --strip-trailing-slashes -s|--symbolic-link -R|-r|--recursive -x|--one-file-system --keep-directory-symlink -c -X`,
    does: [
      { kind: 'read', on: '..-1', when: '!-t' },
      { kind: 'write', on: '-1', when: '!-t #>1' },
      { kind: 'read', on: '*', when: '-t' },
      { kind: 'write', on: '-t' },
    ],
  },
  {
    names: ['mv'],
    options: `${BACKUPS} --strip-trailing-slashes --exchange --no-copy -h`,
    does: [
      { kind: 'read', on: '..-1', when: '!-t' },
      { kind: 'read', on: '*', when: '-t' },
      { kind: 'write', on: '-1', when: '!-t #>1' },
      { kind: 'write', on: '-t' },
    ],
    refine: moved,
  },
  {
    names: ['ln', 'link'],
    options: `${BACKUPS} -d|-F|--directory -L|--logical -P|--physical -n|--no-dereference -r|--relative -s|--symbolic`,
    does: [
      { kind: 'read', on: '..-1', when: '!-t #>1' },
      { kind: 'write', on: '-1', when: '!-t' },
      { kind: 'write', on: '-t' },
    ],
  },
  {
    names: ['install', 'ginstall'],
    options: `${BACKUPS} -c -C|--compare -d|--directory -D -g|--group= -m|--mode= -o|--owner= -p|--preserve-timestamps -s|--strip --strip-program= --preserve-context`,
    does: [
      { kind: 'read', on: '..-1', when: '!-d !-t' },
      { kind: 'write', on: '-1', when: '!-d !-t' },
      { kind: 'write', on: '*', when: '-d' },
      { kind: 'read', on: '*', when: '-t !-d' },
      { kind: 'write', on: '-t' },
      { kind: 'privilege_change', on: '-1', when: '-o|-g', why: 'gives the file to another owner' },
      { kind: 'code_execution', on: '--strip-program', type: 'program' },
    ],
    refine: installed,
  },
  {
    names: ['rm', 'grm'],
    options:
      '-f|--force -i -I --interactive? --one-file-system --no-preserve-root --preserve-root? -r|-R|--recursive -d|--dir -v|--verbose -P -W -x',
    refine: removed,
  },
  { names: ['unlink'], does: [{ kind: 'delete', on: '*' }] },
  {
    names: ['rmdir'],
    options: '--ignore-fail-on-non-empty -p|--parents -v|--verbose',
    does: [{ kind: 'delete', on: '*', reversible: 'yes', why: 'only empty folders' }],
  },
  ...each('srm wipe trash trash-put rip safe-rm', {
    options:
      '-f|--force -r|-R|--recursive -i -v|--verbose -z|--zero -d -s|--simple -m|--medium -q -c= -k -x= -D= -l= -M= -S= -n|--namespace=',
    refine: removed,
  }),
  {
    names: ['shred'],
    options: '-f|--force -n|--iterations= --random-source= -s|--size= -u --remove? -v|--verbose -x|--exact -z|--zero',
    does: [{ kind: 'delete', on: '*', scope: 'unknown', why: 'overwrites what is in it so that nothing can bring it back' }],
  },
  { names: ['mkdir'], options: '-m|--mode= -p|--parents -v|--verbose -Z --context?', does: [{ kind: 'write', on: '*' }] },
  { names: ['mkfifo'], options: '-m|--mode= -Z --context?', does: [{ kind: 'write', on: '*' }] },
  {
    names: ['mknod'],
    options: '-m|--mode= -Z --context?',
    does: [
      { kind: 'write', on: '0', when: '@1=p' },
      { kind: 'config_change', on: '0', when: '@1=b|c|u', type: 'device', why: 'makes a device node' },
    ],
  },
  {
    names: ['touch'],
    options: '-a -c|--no-create -d|--date= -f -h|--no-dereference -m -r|--reference= -t= --time= -A=',
    does: [
      { kind: 'write', on: '*', when: '!-t !-d !-r' },
      { kind: 'write', on: '*', when: '-t|-d|-r', why: 'sets a time of its own choice' },
      { kind: 'read', on: '-r' },
    ],
  },
  {
    names: ['truncate'],
    options: '-c|--no-create -o|--io-blocks -r|--reference= -s|--size=',
    does: [
      { kind: 'delete', on: '*', scope: 'unknown', why: 'cuts off what is in the file' },
      { kind: 'read', on: '-r' },
    ],
    refine: (call, found) =>
      /^\+/u.test(call.options.get('-s')?.[0]?.text ?? '') ? [effect(call, 'write', { on: call.operands })] : found,
  },
  {
    names: ['mktemp', 'tempfile'],
    options: '-d|--directory -u|--dry-run -q|--quiet --suffix= -p= --tmpdir? -t',
    does: [
      { kind: 'write', on: '*' },
      { kind: 'write', name: '/tmp/tmp.*', when: '#=0' },
    ],
  },
  { names: ['sync'], otherOptions: 'harmless', does: [{ kind: 'none' }] },
  {
    names: ['fallocate'],
    options:
      '-c|--collapse-range -d|--dig-holes -i|--insert-range -l|--length= -n|--keep-size -o|--offset= -p|--punch-hole -v -x|--posix -z|--zero-range -w',
    does: [
      { kind: 'write', on: '*', when: '!-c !-p !-z' },
      { kind: 'delete', on: '*', scope: 'unknown', when: '-c|-p|-z' },
    ],
  },
  {
    names: ['rename', 'prename', 'perl-rename', 'file-rename'],
    options: '-n|--nono|--no-act -v|--verbose -f|--force -s|--symlink -o|--no-overwrite -i -d -e=',
    does: [
      { kind: 'write', on: '1..', scope: 'bounded', when: '!-n' },
      { kind: 'read', on: '1..', when: '-n' },
    ],
  },
  { names: ['mmv', 'qmv', 'vidir', 'detox'], otherOptions: 'harmless', does: [{ kind: 'write', on: '*', scope: 'unknown' }] },
  ...each('dos2unix unix2dos mac2unix unix2mac fromdos todos', {
    options:
      '-i|--info? -n|--newfile -c|--convmode= -k|--keepdate -q|--quiet -f|--force -o|--oldfile -m|--add-bom -r|--remove-bom -b|--keep-bom -l|--newline -v -e -s|--safe -F|--follow-symlink -S|--skip-symlink -O -u -V|--version -h|--help',
    does: [
      { kind: 'read', on: '*', when: '-i' },
      { kind: 'write', on: '*', when: '!-i' },
    ],
  }),
];

/** What is moved away is gone from where it was; where it went is known, so it can come back. */
function moved(call: Call, found: readonly Effect[]): readonly Effect[] {
  const sources = given(call, '-t') ? call.operands : call.operands.slice(0, -1);
  if (sources.length === 0) return found;
  const vast = sources.some((word) => reachOf(word) === 'vast' && !/^(?:\.\/)?\*$/u.test(word.text));
  return [
    ...found,
    effect(call, 'delete', {
      on: sources,
      reversible: 'yes',
      why: 'moved away',
      scope: vast
        ? 'unbounded'
        : sources.length > 1 || sources.some((word) => word.glob)
          ? 'bounded'
          : sources.every((word) => word.known)
            ? 'one'
            : 'unknown',
    }),
  ];
}

function installed(call: Call, found: readonly Effect[]): readonly Effect[] {
  const mode = call.options.get('-m')?.[0]?.text ?? '';
  if (!opensUp(mode)) return found;
  return [
    ...found,
    effect(call, 'privilege_change', { on: call.operands.slice(-1), why: 'set-user-id or writable by everybody' }),
  ];
}

function removed(call: Call): readonly Effect[] {
  const words = call.operands;
  if (words.length === 0) return [];
  const recursive = given(call, '-r');
  const groups: Record<'vast' | 'unsure' | 'plain', Word[]> = { vast: [], unsure: [], plain: [] };
  for (const word of words) {
    const reach = reachOf(word);
    if (reach === 'scratch') groups.plain.push(word);
    else if (reach === 'vast' && (recursive || word.glob)) groups.vast.push(word);
    else if (
      (!word.known && word.text !== '{}') ||
      (recursive && (word.text === '{}' || (given(call, '-f') && !isRebuilt(word.text))))
    )
      groups.unsure.push(word);
    else groups.plain.push(word);
  }
  const effects: Effect[] = [];
  if (groups.vast.length > 0)
    effects.push(
      effect(call, 'delete', { on: groups.vast, scope: 'unbounded', why: 'everything in a system, home or working folder' }),
    );
  if (groups.unsure.length > 0) {
    const why = groups.unsure.some((word) => !word.known)
      ? 'what is removed is only known at run time'
      : 'whole trees, without asking and whatever is in them';
    effects.push(effect(call, 'delete', { on: groups.unsure, scope: 'unknown', why }));
  }
  if (groups.plain.length > 0)
    effects.push(
      effect(call, 'delete', {
        on: groups.plain,
        scope: recursive || words.length > 1 || groups.plain.some((word) => word.glob) ? 'bounded' : 'one',
      }),
    );
  return effects;
}

/** Modes that set a user or group id or let everybody write. */
export function opensUp(mode: string): boolean {
  if (/^[0-7]{1,5}$/u.test(mode)) return (Number.parseInt(mode, 8) & 0o6002) !== 0;
  return mode.split(',').some((part) => {
    const match = /^([ugoa]*)((?:[-+=][rwxXst]*|[-+=][ugo])+)$/u.exec(part);
    if (match === null) return !/^[-=+ugoarwxXst0-7]*$/u.test(part);
    const [, who = '', what = ''] = match;
    const added = [...what.matchAll(/[+=]([rwxXstugo]*)/gu)].map((piece) => piece[1] ?? '').join('');
    if (added.includes('s') && !/^o+$/u.test(who)) return true;
    return added.includes('w') && (who === '' ? false : /[oa]/u.test(who));
  });
}
