/** Programs of macOS, and names of Windows that appear in shells. */
import type { Program } from '../program.ts';
import { each, shows } from './define.ts';

export const MACOS: readonly Program[] = [
  ...each('pbcopy xclip xsel wl-copy clip clip.exe termux-clipboard-set', {
    otherOptions: 'harmless',
    options: '-o -i -sel|-selection= -p -b -c',
    does: [
      { kind: 'read', type: 'clipboard', name: 'clipboard', when: '-o' },
      { kind: 'session', when: '!-o' },
    ],
  }),
  { names: ['pbpaste', 'wl-paste'], otherOptions: 'harmless', does: [{ kind: 'read', type: 'clipboard', name: 'clipboard' }] },
  {
    names: ['defaults'],
    otherOptions: 'harmless',
    sub: {
      ...Object.fromEntries(
        ['read', 'read-type', 'domains', 'find', 'help', 'export'].map((name) => [
          name,
          { does: [{ kind: 'read' as const, type: 'system', name: 'settings' }] },
        ]),
      ),
      ...Object.fromEntries(
        ['write', 'delete', 'rename', 'import', 'delete-all'].map((name) => [
          name,
          { does: [{ kind: 'config_change' as const, type: 'setting', on: '*' }] },
        ]),
      ),
    },
  },
  {
    names: ['osascript', 'automator', 'shortcuts'],
    otherOptions: 'harmless',
    options: '-e= -l= -s= -i',
    does: [{ kind: 'opaque', why: 'AppleScript is not read' }],
  },
  ...each('plutil PlistBuddy plistbuddy', {
    otherOptions: 'harmless',
    options: '-p -lint -convert= -extract= -o= -c= -replace= -insert= -remove= -x',
    does: [
      { kind: 'read', on: '*' },
      { kind: 'write', on: '*', when: '-convert|-replace|-insert|-remove|-c' },
    ],
  }),
  {
    names: ['diskutil'],
    otherOptions: 'harmless',
    sub: {
      ...Object.fromEntries(
        ['list', 'info', 'activity', 'listFilesystems', 'listPermissionsRepair'].map((name) => [
          name,
          { does: [{ kind: 'read' as const, type: 'system', name: 'disks' }] },
        ]),
      ),
      ...Object.fromEntries(
        [
          'mount',
          'unmount',
          'unmountDisk',
          'mountDisk',
          'eject',
          'rename',
          'verifyVolume',
          'repairVolume',
          'verifyDisk',
          'repairDisk',
          'enableJournal',
          'enableOwnership',
          'disableOwnership',
          'resizeVolume',
        ].map((name) => [name, { does: [{ kind: 'config_change' as const, type: 'device', on: '*' }] }]),
      ),
      ...Object.fromEntries(
        [
          'eraseDisk',
          'eraseVolume',
          'reformat',
          'zeroDisk',
          'randomDisk',
          'secureErase',
          'partitionDisk',
          'splitPartition',
          'mergePartitions',
          'apfs',
          'ap',
          'appleRAID',
          'cs',
          'coreStorage',
          'addPartition',
        ].map((name) => [
          name,
          {
            does: [
              { kind: 'delete' as const, type: 'device', on: '*', scope: 'unbounded' as const, why: 'everything on it is lost' },
            ],
          },
        ]),
      ),
    },
  },
  {
    names: ['tmutil'],
    otherOptions: 'harmless',
    sub: {
      ...Object.fromEntries(
        [
          'listbackups',
          'latestbackup',
          'status',
          'destinationinfo',
          'compare',
          'listlocalsnapshots',
          'machinedirectory',
          'uniquesize',
          'isexcluded',
        ].map((name) => [name, { does: [{ kind: 'read' as const, type: 'system', name: 'backups' }] }]),
      ),
      ...Object.fromEntries(
        ['delete', 'deletelocalsnapshots', 'disable', 'removedestination', 'thinlocalsnapshots', 'stopbackup'].map((name) => [
          name,
          {
            does: [
              {
                kind: 'delete' as const,
                type: 'backup',
                on: '*',
                evenWithout: true,
                scope: 'unbounded' as const,
                why: 'takes backups away',
              },
            ],
          },
        ]),
      ),
      ...Object.fromEntries(
        [
          'enable',
          'startbackup',
          'setdestination',
          'addexclusion',
          'removeexclusion',
          'restore',
          'snapshot',
          'localsnapshot',
        ].map((name) => [name, { does: [{ kind: 'config_change' as const, type: 'backup', on: '*', evenWithout: true }] }]),
      ),
    },
  },
  ...each(
    'systemsetup tccutil profiles lsregister kickstart fdesetup firmwarepasswd dsenableroot dsconfigad asr createhomedir AssetCacheManagerUtil',
    {
      otherOptions: 'harmless',
      does: [
        { kind: 'read', type: 'system', name: 'settings', when: '@0=status|list|show|isactive' },
        { kind: 'config_change', type: 'setting', on: '*', evenWithout: true, when: '!@0=status|list|show|isactive' },
      ],
    },
  ),
  {
    names: ['pmset'],
    syntax: 'words',
    does: [
      { kind: 'read', type: 'system', name: 'settings', when: '@0^-g' },
      { kind: 'config_change', type: 'setting', on: '*', evenWithout: true, when: '!@0^-g' },
    ],
  },
  ...shows('settings', 'mdls mdfind ioreg airport GetFileInfo'),
  {
    names: ['log'],
    otherOptions: 'harmless',
    sub: {
      ...Object.fromEntries(
        ['show', 'stream', 'stats', 'help'].map((name) => [
          name,
          { does: [{ kind: 'read' as const, type: 'system', name: 'log' }] },
        ]),
      ),
      erase: { does: [{ kind: 'log_tamper', type: 'log', name: 'system log', scope: 'unbounded' }] },
      config: { does: [{ kind: 'config_change', type: 'log', name: 'system log' }] },
      collect: { does: [{ kind: 'export', type: 'log', name: 'system log' }] },
    },
  },
  ...each('mdutil mdimport SetFile xcrun notarytool stapler altool instruments simctl lipo install_name_tool', {
    otherOptions: 'harmless',
    does: [{ kind: 'config_change', type: 'system', on: '*', evenWithout: true }],
  }),
  {
    names: ['xcode-select'],
    options: '-p|--print-path -s|--switch= -r|--reset --install -v|--version -h',
    does: [
      { kind: 'read', type: 'system', name: 'developer tools', when: '-p|-v|-h' },
      { kind: 'config_change', type: 'system', name: 'developer tools', when: '-s|-r|--install' },
    ],
  },
  {
    names: ['codesign'],
    otherOptions: 'harmless',
    options: '-d|--display -v|--verify -s|--sign= --remove-signature --entitlements= -i= -o= -r=',
    does: [
      { kind: 'read', on: '*', when: '-d|-v' },
      {
        kind: 'privilege_change',
        on: '*',
        when: '-s|--remove-signature',
        why: 'signs it in somebody’s name, or takes the signature off',
      },
      { kind: 'opaque', when: '!-d !-v !-s !--remove-signature', why: 'no operation is named' },
    ],
  },
  ...each('screencapture imagesnap scrot maim grim flameshot import gnome-screenshot spectacle rec arecord', {
    otherOptions: 'harmless',
    does: [
      { kind: 'read', type: 'screen', name: 'what the person sees or says' },
      { kind: 'write', on: '*' },
    ],
  }),
  ...each(
    'reg reg.exe sc sc.exe wmic net net.exe net1 netsh schtasks bitsadmin certutil.exe vssadmin wbadmin fsutil icacls takeown cacls attrib taskkill taskkill.exe tskill wevtutil auditpol gpupdate dism sfc wusa msiexec runas psexec cipher cipher.exe rd rmdir.exe del del.exe erase deltree copy xcopy robocopy move ren mklink diskshadow manage-bde setx assoc ftype mountvol bootrec regini mofcomp esentutl',
    {
      syntax: 'words',
      does: [{ kind: 'opaque', why: 'a command of Windows, whose words are not read' }],
    },
  ),
  ...shows(
    'windows',
    'ipconfig.exe systeminfo tasklist tasklist.exe ver hostname.exe whoami.exe where.exe driverquery quser qwinsta getmac nbtstat',
  ),
  ...each('where', { syntax: 'words', does: [{ kind: 'none' }] }),
];
