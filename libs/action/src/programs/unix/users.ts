/** Accounts, groups, passwords and who is logged in. */
import type { Effect } from '@countersign/kernel';
import type { Call, Program } from '../program.ts';
import { each, effect, shows } from './define.ts';

const REMOVES = { kind: 'privilege_change', type: 'user', on: '*', why: 'takes an account or a group away' } as const;

const CHANGES_ACCOUNT =
  /^-?(?:create|append|merge|delete|change|passwd|add\w*|mod\w*|del\w*|lock|unlock|user(?:add|mod|del)|group(?:add|mod|del)|resetPasswordFor|o|a|d|t)$/u;

export const USERS: readonly Program[] = [
  ...shows('users', 'whoami id who users groups logname finger pinky lid members lslogins ac lastcomm sa quota repquota'),
  {
    names: ['getent'],
    otherOptions: 'harmless',
    does: [
      { kind: 'read', type: 'system', on: '*', when: '!@0=shadow|gshadow' },
      { kind: 'secret_read', type: 'system', on: '0', when: '@0=shadow|gshadow' },
    ],
  },
  ...each('useradd adduser groupadd addgroup newusers useradd.local lgroupadd luseradd', {
    otherOptions: 'harmless',
    options:
      '-u|--uid= -g|--gid= -G|--groups= -s|--shell= -d|--home= -c|--comment= -p|--password= -e= -f= -k= -o|--non-unique -M -m -N -r -D -R= --ingroup= --gecos=',
    does: [{ kind: 'privilege_change', type: 'user', on: '*', evenWithout: true, why: 'makes or changes an account' }],
  }),
  ...each('sysadminctl dseditgroup dscl pw', { syntax: 'words', refine: directory }),
  ...each('userdel deluser groupdel delgroup luserdel lgroupdel', {
    otherOptions: 'harmless',
    options: '-r|--remove|--remove-home -f|--force --remove-all-files -Z -R=',
    does: [
      REMOVES,
      { kind: 'delete', type: 'user', on: '*', scope: 'unbounded', when: '-r|--remove-all-files', why: 'with the home folder' },
    ],
  }),
  ...each(
    'usermod groupmod gpasswd newgidmap newuidmap pwconv pwunconv grpconv grpunconv usermod.local chpasswd chgpasswd lpasswd lusermod vipw vigr pam-auth-update authconfig authselect realm adcli kpasswd kadmin kadmin.local ldapmodify ldapadd ldapdelete ldappasswd samba-tool smbpasswd pdbedit htpasswd htdigest faillock pam_tally2 saslpasswd2',
    {
      otherOptions: 'harmless',
      does: [{ kind: 'privilege_change', type: 'user', on: '*', evenWithout: true, why: 'changes accounts or passwords' }],
    },
  ),
  {
    names: ['visudo'],
    options:
      '-c|--check -f|--file= -h|--help -I -O -P -q|--quiet -s|--strict -V|--version -x|--export= --no-includes --owner --perms',
    does: [
      { kind: 'read', type: 'system', name: 'sudoers', when: '-c|-V|-h' },
      { kind: 'privilege_change', type: 'user', name: 'sudoers', when: '!-c !-V !-h', why: 'who may act as whom' },
    ],
  },
  ...each('pwck grpck', {
    options: '-r|--read-only -q|--quiet -s|--sort -R|--root= -S -n',
    does: [
      { kind: 'read', type: 'system', name: 'users', when: '-r' },
      { kind: 'privilege_change', type: 'user', name: 'accounts', when: '!-r', why: 'may remove entries of accounts' },
    ],
  }),
  {
    names: ['passwd', 'yppasswd'],
    otherOptions: 'harmless',
    options: '-S|--status -a|--all -d|--delete -l|--lock -u|--unlock -e|--expire',
    does: [
      { kind: 'read', type: 'system', name: 'users', when: '-S' },
      { kind: 'privilege_change', type: 'user', on: '0', evenWithout: true, when: '!-S', why: 'changes a password' },
    ],
  },
  {
    names: ['chage'],
    otherOptions: 'harmless',
    options: '-l|--list -d|--lastday= -E|--expiredate= -I|--inactive= -m= -M= -W= -R= -i',
    does: [
      { kind: 'read', type: 'system', name: 'users', when: '-l' },
      { kind: 'privilege_change', type: 'user', on: '*', when: '!-l' },
    ],
  },
  ...each('chsh chfn', {
    otherOptions: 'harmless',
    options: '-s|--shell= -l|--list-shells -f= -o= -p= -h=',
    does: [
      { kind: 'read', type: 'system', name: 'shells', when: '-l' },
      { kind: 'privilege_change', type: 'user', on: '*', evenWithout: true, when: '!-l' },
    ],
  }),
  ...each('newgrp sg login sulogin', {
    otherOptions: 'harmless',
    options: '-c= -f=',
    does: [{ kind: 'identity_change', type: 'user', on: '*', evenWithout: true }],
    runs: [{ as: 'shell', from: '-c' }],
  }),
  {
    names: ['sudoedit'],
    otherOptions: 'harmless',
    does: [
      { kind: 'identity_change', type: 'user', name: 'root' },
      { kind: 'write', on: '*' },
    ],
  },
  ...each('ldapsearch ldapwhoami ldapcompare klist nisls ypcat ypmatch', {
    otherOptions: 'harmless',
    options: '-H= -b= -D= -w= -y= -s= -x',
    does: [{ kind: 'read', type: 'directory', on: '*', evenWithout: true }],
  }),
  ...each('kinit kdestroy klog aklog', {
    otherOptions: 'harmless',
    does: [{ kind: 'identity_change', type: 'principal', on: '*', evenWithout: true }],
  }),
  ...each(
    'wall write mesg talk notify-send zenity kdialog yad dialog whiptail xmessage osd_cat espeak say festival spd-say beep',
    { otherOptions: 'harmless', does: [{ kind: 'none' }] },
  ),
];

/** Directory tools of macOS and BSD: what does not name a way of reading changes accounts. */
function directory(call: Call): readonly Effect[] {
  const reading = call.words.some((word) =>
    /^-?(?:read|readall|readpl|list|search|usershow|groupshow|usernext|groupnext|checkmember)$/u.test(word.text),
  );
  const changing = call.words.some((word) => !word.known || CHANGES_ACCOUNT.test(word.text));
  if (reading && !changing) return [effect(call, 'read', { type: 'system', name: 'users' })];
  return [
    effect(call, 'privilege_change', { on: call.words, type: 'user', why: 'makes, changes or removes an account', scope: 'one' }),
  ];
}
