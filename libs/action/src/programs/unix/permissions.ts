/** Programs that say who may do what with files: modes, owners, access lists, attributes, capabilities, labels. */
import type { Effect } from '@countersign/kernel';
import type { Call, Program } from '../program.ts';
import { opensUp } from './coreutils-files.ts';
import { each, effect, given, prints } from './define.ts';
import { reachOf } from './paths.ts';

const OWNER =
  '-c|--changes -f|--silent|--quiet -v|--verbose --dereference -h|--no-dereference --from= --no-preserve-root --preserve-root --reference= -R|--recursive -H -L -P -n -x';

/** Where the system itself lives: a mode there is everybody's business. */
const SYSTEM = /^\/(?:bin|boot|dev|etc|lib|lib64|opt|proc|root|run|sbin|sys|usr|var)(?:\/|$)(?!tmp\/)/u;

export const PERMISSIONS: readonly Program[] = [
  {
    names: ['chmod', 'gchmod'],
    options:
      '-c|--changes -f|--silent|--quiet -v|--verbose --no-preserve-root --preserve-root --reference= -R|--recursive -h|--no-dereference -H -L -P -r -w -x -X -s -t -u -g -o -a -E -N',
    refine: modeChanged,
  },
  {
    names: ['chown', 'chgrp', 'gchown'],
    options: OWNER,
    does: [
      { kind: 'privilege_change', on: '1..', when: '!--reference !-R', why: 'gives files to another owner' },
      { kind: 'privilege_change', on: '*', when: '--reference !-R', why: 'gives files to another owner' },
      {
        kind: 'privilege_change',
        on: '1..',
        when: '-R !--reference',
        scope: 'unbounded',
        why: 'gives whole trees to another owner',
      },
      {
        kind: 'privilege_change',
        on: '*',
        when: '-R --reference',
        scope: 'unbounded',
        why: 'gives whole trees to another owner',
      },
    ],
  },
  {
    names: ['chattr'],
    options: '-R -V -f -v= -p= -i -a -A -c -d -e -j -s -S -t -T -u -C -D -E -x -m -P -F',
    does: [{ kind: 'privilege_change', on: '*', why: 'changes what may be done with the file' }],
  },
  ...prints('lsattr getfacl getfattr getcap namei lsacl', '-n= -e= -m='),
  {
    names: ['setfacl'],
    options:
      '-b|--remove-all -k|--remove-default -n|--no-mask --mask -d|--default -R|--recursive -L|--logical -P|--physical --test -m|--modify= -M|--modify-file= -x|--remove= -X|--remove-file= --set= --set-file= --restore=',
    does: [
      { kind: 'privilege_change', on: '* --restore', when: '!--test', why: 'changes the access list' },
      { kind: 'read', on: '*', when: '--test' },
    ],
  },
  {
    names: ['setcap'],
    options: '-q -v -n= -r -f',
    does: [
      { kind: 'read', on: '*', when: '-v' },
      { kind: 'privilege_change', on: '1..', when: '!-v', why: 'gives a program rights of root' },
      { kind: 'privilege_change', on: '*', when: '-r' },
    ],
  },
  {
    names: ['setfattr'],
    options: '-n|--name= -v|--value= -x|--remove= -h|--no-dereference --restore= --raw',
    does: [{ kind: 'privilege_change', on: '* --restore', why: 'changes extended attributes' }],
  },
  {
    names: ['xattr'],
    options: '-l -p -w -d -c -r -s -v -x',
    does: [
      { kind: 'read', on: '*', when: '!-w !-d !-c' },
      { kind: 'privilege_change', on: '*', when: '-w|-d|-c', why: 'extended attributes, among them the quarantine mark' },
    ],
  },
  ...each('chcon restorecon setfiles fixfiles', {
    otherOptions: 'harmless',
    options: '-u|--user= -r|--role= -t|--type= -l|--range= --reference= -R',
    does: [
      { kind: 'privilege_change', on: '*', why: 'changes the security label' },
      { kind: 'privilege_change', when: '#=0' },
    ],
  }),
  {
    names: ['umask'],
    options: '-p -S',
    does: [{ kind: 'session' }],
    refine: (call, found) =>
      /^0{1,3}[0-7]?$/u.test(call.operands[0]?.text ?? '') && call.operands[0]?.text !== ''
        ? [effect(call, 'privilege_change', { why: 'new files are writable by everybody' })]
        : found,
  },
];

const FLAG_LETTERS = ['-r', '-w', '-x', '-X', '-s', '-t', '-u', '-g', '-o', '-a'] as const;

/** Plain modes on the caller's own files are everyday; rights for everybody, set-id bits and system paths are not. */
function modeChanged(call: Call): readonly Effect[] {
  // `chmod -x file` takes rights away: its mode looks like options.
  const flagged = FLAG_LETTERS.some((letter) => given(call, letter));
  const taken = flagged || given(call, '--reference');
  const mode = taken ? undefined : call.operands[0];
  const files = taken ? call.operands : call.operands.slice(1);
  if (files.length === 0) return [];
  const recursive = given(call, '-R');
  const vast = recursive && files.some((word) => reachOf(word) === 'vast');
  const change = (why: string): Effect[] => [
    effect(call, 'privilege_change', {
      on: files,
      why,
      ...(vast ? { scope: 'unbounded' as const } : recursive ? { scope: 'unknown' as const } : {}),
    }),
  ];
  if (vast) return change('the rights of a whole system or home folder');
  if (given(call, '--reference', '-E', '-N')) return change('rights that another file has');
  if (mode !== undefined && !mode.known) return change('the mode is only known at run time');
  if (mode !== undefined && opensUp(mode.text)) return change('everybody may write, or it runs with its owner’s rights');
  if (files.some((word) => SYSTEM.test(word.text))) return change('rights on a file of the system');
  return [effect(call, 'write', { on: files, why: 'changes the mode', ...(recursive ? { scope: 'bounded' as const } : {}) })];
}
