/** Other version control, containers' low-level tools, notes, games and small helpers. */
import type { Command, Program } from '../program.ts';
import { each, prints, showing, shows, subs } from './define.ts';

const SHOW = showing('repository');
const REPO = { type: 'repository', name: 'repository' } as const;
const WRITE: Command = { otherOptions: 'harmless', does: [{ kind: 'write', ...REPO, reversible: 'yes' }] };
const REWRITE: Command = {
  otherOptions: 'harmless',
  does: [{ kind: 'history_rewrite', ...REPO, scope: 'unknown', why: 'takes commits or changes away' }],
};
const DISCARD: Command = {
  otherOptions: 'harmless',
  does: [{ kind: 'delete', on: '*', evenWithout: true, scope: 'unknown', why: 'throws away changes that were not committed' }],
};

export const MISCELLANEOUS: readonly Program[] = [
  ...each('svn bzr cvs fossil darcs pijul hg chg jj sl p4 rcs ci co', {
    otherOptions: 'harmless',
    options: '-C|--clean -f|--force --config=',
    does: [{ kind: 'code_execution', type: 'setting', on: '--config', why: 'settings can run programs' }],
    sub: {
      ...subs(
        'status st stat log l diff info blame annotate praise ann list ls cat show heads tip branches tags bookmarks paths summary sum root identify id files manifest grep help version verify proplist pl propget pg timeline incoming in outgoing out changes opened describe interdiff evolog obslog operation op config tag workspace-list revlog rlog editors watchers',
        SHOW,
      ),
      ...subs(
        'add commit ci checkin merge mv move rename copy cp mkdir update up pull fetch branch bookmark checkout co clone init tag switch sw relocate resolve resolved propset ps lock unlock new desc squash absorb rebase graft import record shelve unshelve stash push git submit sync edit reopen split next prev book workspace cleanup export bundle unbundle archive extract',
        WRITE,
      ),
      ...subs(
        'strip uncommit rollback histedit abandon undo amend backout obliterate prune purge-history unrecord amend-record',
        REWRITE,
      ),
      ...subs('revert restore purge remove rm delete del forget clean', DISCARD),
    },
    refine: (call, found) =>
      call.options.has('-C') && /^(?:update|up|checkout|co)$/u.test(call.path[0] ?? '')
        ? [
            ...found,
            {
              kind: 'delete',
              scope: 'unknown',
              reversible: 'no',
              targets: [{ type: 'repository', name: 'changes not committed' }],
              span: call.span,
              via: '',
              why: 'throws away changes that were not committed',
            },
          ]
        : found,
  }),
  ...each('svnadmin svnlook svndumpfilter', {
    otherOptions: 'harmless',
    does: [
      { kind: 'read', ...REPO, when: '@0=info|verify|lstxns|tree|log|cat|changed|youngest|history|author|date|diff' },
      {
        kind: 'history_rewrite',
        ...REPO,
        scope: 'unknown',
        when: '!@0=info|verify|lstxns|tree|log|cat|changed|youngest|history|author|date|diff',
      },
    ],
  }),
  ...each('git-cliff gitmoji commitizen cz git-absorb git-town git-branchless git-delta onefetch git-quick-stats gource ghq', {
    otherOptions: 'harmless',
    options: '-o|--output=',
    does: [
      { kind: 'read', ...REPO },
      { kind: 'write', on: '-o' },
    ],
  }),
  ...each(
    'youki containerd containerd-shim lxc-start lxc-stop lxc-destroy lxc-create virt-clone qemu-img qemu-system-x86_64 qemu-system-aarch64 multipassd xm pveum firecracker kvm virt-xml apptainer singularity img umoci',
    {
      otherOptions: 'harmless',
      options: '--version --help',
      does: [
        {
          kind: 'read',
          type: 'system',
          name: 'machines',
          when: '@0=list|ls|info|inspect|status|show|version|help|capabilities|dominfo|domstate|nodeinfo|net-list|pool-list|vol-list|dumpxml|state|ps|images|check|map|compare|registry|user|config-show|global-status|showvminfo',
        },
        { kind: 'read', type: 'system', name: 'machines', when: '@1=list|ls' },
        {
          kind: 'infra_change',
          type: 'machine',
          on: '*',
          evenWithout: true,
          when: '!@0=list|ls|info|inspect|status|show|version|help|capabilities|dominfo|domstate|nodeinfo|net-list|pool-list|vol-list|dumpxml|state|ps|images|check|map|compare|registry|user|global-status|showvminfo|destroy|delete|rm|undefine|remove|vol-delete|pool-delete|unregistervm !@1=list|ls',
          why: 'makes, runs or changes a machine or container',
        },
        {
          kind: 'infra_destroy',
          type: 'machine',
          on: '*',
          evenWithout: true,
          when: '@0=destroy|delete|rm|undefine|remove|vol-delete|pool-delete|unregistervm',
        },
      ],
    },
  ),
  ...prints('hledger ledger bean-query bean-check recsel'),
  ...each('timew todo.sh taskell jrnl nb zk dstask ultralist todoist khard abook', {
    otherOptions: 'harmless',
    does: [
      {
        kind: 'read',
        type: 'notes',
        name: 'notes',
        when: '@0=list|ls|next|summary|show|info|report|help|version|search|projects|tags|stats|calendar|history|open|view|today',
      },
      {
        kind: 'write',
        type: 'notes',
        on: '*',
        evenWithout: true,
        when: '!@0=list|ls|next|summary|show|info|report|help|version|search|projects|tags|stats|calendar|history|open|view|today|delete|del|rm|purge|undo|sync',
      },
      { kind: 'delete', type: 'notes', on: '*', scope: 'unknown', when: '@0=delete|del|rm|purge|undo' },
      { kind: 'network', type: 'notes', name: 'server', when: '@0=sync' },
    ],
  }),
  ...each(
    'cowthink cmatrix asciiquarium nyancat pipes.sh hollywood aafire bastet nsnake ninvaders moon-buggy tetris 2048 gnuchess rig oneko xeyes cbonsai blahaj pokemon-colorscripts boxes hr chars ponysay genact no-more-secrets nms starship oh-my-posh powerline mcfly vivid colortest pastel gum slides presenterm',
    {
      otherOptions: 'harmless',
      does: [{ kind: 'none' }],
    },
  ),
  {
    names: ['direnv'],
    otherOptions: 'harmless',
    does: [
      { kind: 'read', type: 'system', name: 'direnv', when: '@0=status|version|help|hook|stdlib' },
      {
        kind: 'code_execution',
        type: 'script',
        on: '*',
        evenWithout: true,
        when: '!@0=status|version|help|hook|stdlib',
        why: 'runs the .envrc of a folder',
      },
    ],
  },
  ...each('gpio pigs i2cset i2cdump setpci wrmsr rdmsr ipmitool ipmi-sensors racadm outb', {
    otherOptions: 'harmless',
    does: [
      { kind: 'read', type: 'system', name: 'hardware', when: '@0=readall|read|sensor|sdr|sel|fru|getsysinfo' },
      {
        kind: 'config_change',
        type: 'device',
        on: '*',
        evenWithout: true,
        when: '!@0=readall|read|sensor|sdr|fru|getsysinfo',
        why: 'drives hardware directly',
      },
    ],
  }),
  ...each('dbus-send gdbus qdbus', {
    otherOptions: 'harmless',
    does: [{ kind: 'process_control', type: 'service', on: '*', evenWithout: true }],
  }),
  ...shows('messages', 'dbus-monitor tty-clock'),
  ...each('sponge', { otherOptions: 'harmless', does: [{ kind: 'write', on: '*' }] }),
  ...each('pee', { syntax: 'words', runs: [{ as: 'shell', from: '*' }] }),
  ...each('ts combine isutf8 errno pv cpipe throttle buffer mbuffer bar progress', {
    otherOptions: 'harmless',
    options: '-o= -i=',
    does: [
      { kind: 'read', on: '*' },
      { kind: 'write', on: '-o' },
    ],
  }),
  ...each('lckdo', { syntax: 'posix', options: '-w -W= -e -E= -q -s -x', runs: [{ as: 'argv', from: '1..' }] }),
  ...each('vipe', { otherOptions: 'harmless', does: [{ kind: 'opaque', why: 'a person edits what comes through' }] }),
  ...shows('mail', 'mailq'),
  ...each('postqueue', {
    options: '-p -j -f -i= -s= -c= -v',
    does: [
      { kind: 'read', type: 'system', name: 'mail', when: '-p|-j' },
      { kind: 'process_control', type: 'service', name: 'mail', when: '!-p !-j', why: 'sends what waits' },
    ],
  }),
  ...each('postfix postsuper  asterisk freeswitch', {
    otherOptions: 'harmless',
    does: [
      { kind: 'read', type: 'system', name: 'server', when: '@0=status|fullstatus|configtest' },
      {
        kind: 'process_control',
        type: 'service',
        on: '*',
        evenWithout: true,
        when: '!@0=status|fullstatus|configtest',
        why: 'starts, stops or changes a server',
      },
    ],
  }),
  ...each('nagios3 nagios4 icinga', {
    otherOptions: 'harmless',
    options: '-v|--verify-config -s|--test-scheduling -V|--version -d|--daemon -x -p -u',
    does: [
      { kind: 'read', on: '*', evenWithout: true, when: '-v|-s|-V !-d' },
      { kind: 'process_control', type: 'service', name: 'monitor', when: '-d' },
      { kind: 'process_control', type: 'service', name: 'monitor', when: '!-v !-s !-V !-d' },
    ],
  }),
  {
    names: ['postconf'],
    options: '-d -e -# -X -M -F -P -n -v -h -c= -m -l -A -a -b -t -o= -p -x -f',
    does: [
      { kind: 'read', type: 'system', name: 'server', when: '!-e !-X !@*~=' },
      { kind: 'config_change', type: 'setting', on: '*', when: '-e|-X|@*~=' },
    ],
  },
];
