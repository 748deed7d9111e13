/** Programs that carry files to and from other machines, and shells on other machines. */
import type { Effect } from '@countersign/kernel';
import type { Call, Program } from '../program.ts';
import { each, effect, given, opaque } from './define.ts';

const SSH =
  '-4 -6 -A -a -B= -b= -C -c= -D= -E= -e= -F= -f -G -g -I= -i= -J= -K -k -L= -l= -M -m= -N -n -O= -o= -P= -p= -Q= -q -R= -S= -s -T -t -V -v -W= -w= -X -x -Y -y';

/** Options of ssh whose value is a command, or a file of such options. */
const SSH_COMMAND =
  /^\s*(?:proxycommand|localcommand|knownhostscommand|permitlocalcommand|pkcs11provider|securitykeyprovider|include)\b/iu;

export const TRANSFER: readonly Program[] = [
  {
    names: ['ssh', 'autossh', 'mosh', 'dropbear', 'dbclient', 'ssh.exe', 'sshrc'],
    syntax: 'posix',
    options: `${SSH} --ssh= --server= --client= --port=`,
    does: [
      { kind: 'none', when: '-V|-Q|-G' },
      { kind: 'network', type: 'host', on: '0' },
      { kind: 'network', type: 'listener', on: '-L -D -R -w -W', why: 'a tunnel' },
      { kind: 'write', on: '-E' },
    ],
    runs: [
      { as: 'shell', from: '1..', when: '#>1', at: { type: 'host', on: '0' } },
      { as: 'shell', stdin: true, optional: true, when: '#=1 !-N !-n', at: { type: 'host', on: '0' } },
      { as: 'shell', from: '--ssh' },
      { as: 'shell', from: '--server' },
    ],
    refine: sshOptions,
  },
  {
    names: ['sshpass'],
    syntax: 'posix',
    options: '-f= -d= -p= -e? -h -V -P= -v',
    does: [{ kind: 'read', on: '-f' }],
    runs: [{ as: 'argv', from: '*' }],
  },
  {
    names: ['scp', 'pscp'],
    options: '-3 -4 -6 -A -B -C -c= -D= -F= -i= -J= -l= -o= -O -P= -p -q -R -r -S= -s -T -v -X= -pw= -batch -h -V -ls',
    refine: (call, found) => sshOptions(call, copied(call, found)),
  },
  {
    names: ['rsync'],
    options:
      '-v|--verbose --info= --debug= --stderr= -q|--quiet --no-motd -c|--checksum -a|--archive --no-OPTION -r|--recursive -R|--relative --no-implied-dirs -b|--backup --backup-dir= --suffix= -u|--update --inplace --append --append-verify -d|--dirs --old-dirs --mkpath -l|--links -L|--copy-links --copy-unsafe-links --safe-links --munge-links -k|--copy-dirlinks -K|--keep-dirlinks -H|--hard-links -p|--perms -E|--executability --chmod= -A|--acls -X|--xattrs -o|--owner -g|--group --devices --specials -D -t|--times -U|--atimes --open-noatime -N|--crtimes -O|--omit-dir-times -J|--omit-link-times --super --fake-super -S|--sparse --preallocate -n|--dry-run -W|--whole-file --checksum-choice= -x|--one-file-system -B|--block-size= -e|--rsh= --rsync-path= --existing --ignore-existing --remove-source-files --del --delete --delete-before --delete-during --delete-delay --delete-after --delete-excluded --ignore-missing-args --delete-missing-args --ignore-errors --force --max-delete= --max-size= --min-size= --max-alloc= --partial --partial-dir= --delay-updates -m|--prune-empty-dirs --numeric-ids --usermap= --groupmap= --chown= --timeout= --contimeout= -I|--ignore-times -M|--remote-option= --size-only -@|--modify-window= -T|--temp-dir= -y|--fuzzy --compare-dest= --copy-dest= --link-dest= -z|--compress --compress-choice= --compress-level= --skip-compress= -C|--cvs-exclude -f|--filter= -F --exclude= --exclude-from= --include= --include-from= --files-from= -0|--from0 --old-args -s|--secluded-args|--protect-args --trust-sender --copy-as= --address= --port= --sockopts= --blocking-io --outbuf= --stats -8|--8-bit-output -h|--human-readable --progress -P -i|--itemize-changes --log-file= --log-file-format= --out-format= --password-file= --early-input= --list-only --bwlimit= --stop-after= --stop-at= --fsync --write-batch= --only-write-batch= --read-batch= --protocol= --iconv= --checksum-seed= -4|--ipv4 -6|--ipv6 --version --help --no-perms --no-owner --no-group --no-times --no-o --no-g --no-p --no-t --no-links --no-recursive --no-compress --daemon --config= --no-detach --server --sender',
    does: [
      { kind: 'write', on: '--log-file --write-batch --only-write-batch --backup-dir -T' },
      { kind: 'code_execution', type: 'program', on: '--early-input --copy-as', why: 'acts as somebody else, or feeds a helper' },
      { kind: 'network', type: 'listener', name: 'rsync daemon', when: '--daemon' },
    ],
    runs: [
      { as: 'shell', from: '-e' },
      { as: 'shell', from: '--rsync-path' },
    ],
    refine: synced,
  },
  ...each('sftp', {
    options: '-4 -6 -A -a -B= -b= -C -c= -D= -F= -f -i= -J= -l= -N -o= -P= -p -q -R= -r -S= -s= -v -X=',
    does: [
      { kind: 'network', type: 'host', on: '0' },
      { kind: 'opaque', why: 'commands to the file server are not read' },
    ],
    refine: sshOptions,
  }),
  ...each(
    'ftp lftp ncftp ncftpput ncftpget tftp tnftp pftp smbclient mput atftp curlftpfs sshfs cadaver davfs2 kermit zmodem sz rz croc magic-wormhole wormhole ffsend transfer.sh onionshare-cli syncthing unison bscp zssh',
    {
      otherOptions: 'harmless',
      does: [
        { kind: 'network', type: 'host', on: '*', evenWithout: true, why: 'carries files between machines' },
        { kind: 'opaque', why: 'what is carried is not in the text' },
      ],
    },
  ),
  ...each(
    'telnet nc ncat netcat nc.traditional nc.openbsd socat rlogin rsh rexec rcp cu minicom picocom tio xfreerdp rdesktop vncviewer remmina x2goclient nxplayer',
    {
      otherOptions: 'harmless',
      options:
        '-e|--exec= -c|--sh-exec= -l|--listen -k -p= -w= -u -v -n -z -s= -q= -i= -x= -X= --lua-exec= --ssl --proxy= -o|--output=',
      does: [
        { kind: 'network', type: 'host', on: '*', evenWithout: true },
        { kind: 'code_execution', type: 'program', on: '-e -c --lua-exec', why: 'gives the other side a program' },
        {
          kind: 'code_execution',
          type: 'program',
          on: '*',
          when: '@*~EXEC:|exec:|SYSTEM:|system:|SHELL:',
          why: 'gives the other side a program',
        },
        { kind: 'write', on: '-o' },
      ],
    },
  ),
];

/** `host:path` or `user@host:path` or `rsync://`, but not `./a:b` and not `C:\`. */
const REMOTE = /^(?![A-Za-z]:\\)(?:(?:[^\s/:]+@)?(?:\[[^\]]+\]|[^\s/:]+):|rsync:\/\/|scp:\/\/|sftp:\/\/)/u;

function copied(call: Call, found: readonly Effect[]): readonly Effect[] {
  const words = call.operands;
  const to = words[words.length - 1];
  if (to === undefined || words.length < 2) return found;
  const from = words.slice(0, -1);
  const effects = [...found];
  const near = from.filter((word) => !REMOTE.test(word.text));
  const far = from.filter((word) => REMOTE.test(word.text));
  if (REMOTE.test(to.text)) {
    effects.push(effect(call, 'export', { on: near.length > 0 ? near : from, why: `copied to ${to.text}` }));
    if (near.length > 0) effects.push(effect(call, 'read', { on: near }));
    effects.push(effect(call, 'network', { on: [to], type: 'host' }));
    return effects;
  }
  if (near.length > 0) effects.push(effect(call, 'read', { on: near }));
  if (far.length > 0) effects.push(effect(call, 'network', { on: far, type: 'host', why: 'copied from there' }));
  if (!to.known && far.length === 0) effects.push(opaque(call, 'the destination may be another machine', to));
  effects.push(effect(call, 'write', { on: [to], scope: !to.known ? 'unknown' : call.program === 'rsync' ? 'bounded' : 'one' }));
  return effects;
}

function synced(call: Call, found: readonly Effect[]): readonly Effect[] {
  const dry = given(call, '-n', '--list-only');
  const effects = [...copied(call, found)];
  const to = call.operands[call.operands.length - 1];
  if (dry) return effects.filter((one) => one.kind !== 'write' && one.kind !== 'export');
  const removing = [
    '--del',
    '--delete',
    '--delete-before',
    '--delete-during',
    '--delete-delay',
    '--delete-after',
    '--delete-excluded',
    '--delete-missing-args',
  ];
  if (to !== undefined && given(call, ...removing))
    effects.push(effect(call, 'delete', { on: [to], scope: 'unknown', why: 'removes there what is not in the source' }));
  if (given(call, '--remove-source-files'))
    effects.push(effect(call, 'delete', { on: call.operands.slice(0, -1), scope: 'unknown', why: 'removes the source' }));
  const chmod = call.options.get('--chmod')?.[0]?.text ?? '';
  if (/s|o\+?=?[rwx]*w|a\+[rwx]*w|777|666/u.test(chmod))
    effects.push(
      effect(call, 'privilege_change', { on: to === undefined ? [] : [to], why: 'set-user-id or writable by everybody' }),
    );
  return effects;
}

function sshOptions(call: Call, found: readonly Effect[]): readonly Effect[] {
  const effects = [...found];
  for (const word of call.options.get('-o') ?? []) {
    if (word === undefined) continue;
    if (!word.known || SSH_COMMAND.test(word.text))
      effects.push(
        effect(call, 'code_execution', {
          on: [word],
          type: 'option',
          scope: 'unknown',
          why: 'ssh runs the value of this option',
        }),
      );
  }
  for (const word of [...(call.options.get('-F') ?? []), ...(call.options.get('-S') ?? [])])
    if (word !== undefined && call.program !== 'ssh')
      effects.push(
        effect(call, 'code_execution', {
          on: [word],
          type: 'program',
          scope: 'unknown',
          why: 'a program or settings of ssh from elsewhere',
        }),
      );
  return effects;
}
