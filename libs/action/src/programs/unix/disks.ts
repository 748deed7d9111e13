/** Disks, file systems, volumes and what is mounted where. */
import type { Effect } from '@countersign/kernel';
import type { Call, Command, Program } from '../program.ts';
import { each, effect, showing, shows, subs } from './define.ts';

const SHOW = showing('disks');
const ERASES = { kind: 'delete', type: 'device', scope: 'unbounded', why: 'everything on it is lost' } as const;
const ALTER: Command = {
  otherOptions: 'harmless',
  does: [{ kind: 'config_change', type: 'volume', on: '*', evenWithout: true }],
};
const DESTROY: Command = { otherOptions: 'harmless', does: [{ ...ERASES, on: '*', evenWithout: true }] };

/** An output file of its own in a scratch or working folder is data; anything else is a device. */
const TO_DEVICE = /^\/dev\/(?!null$|zero$|stdout$|stderr$|fd\/|tty|shm\/)/u;

export const DISKS: readonly Program[] = [
  {
    names: ['dd', 'gdd', 'dcfldd', 'dc3dd', 'ddrescue', 'pv-dd'],
    options:
      'if= of= bs= ibs= obs= cbs= count= conv= iflag= oflag= seek= oseek= skip= iseek= status= hash= hashlog= -f|--force -n -d -r=',
    does: [
      { kind: 'read', on: 'if' },
      { kind: 'write', on: 'of', when: '!of=/dev/null' },
    ],
    refine: overwritten,
  },
  ...shows(
    'disks',
    'lsblk blkid findmnt lspci lsusb lsscsi lsmem lscpu lshw hwinfo dmidecode lsdev biosdecode dumpe2fs xfs_info pvs vgs lvs pvdisplay vgdisplay lvdisplay pvscan lvscan vgscan dmstats isoinfo ioping lsmcli sensors acpi lsinitramfs lsinitcpio filefrag e2freefrag mountpoint compsize lsirq lsgpu lsusb.py usb-devices mdstat ledctl vainfo vdpauinfo glxinfo eglinfo vulkaninfo clinfo xdpyinfo nvidia-smi rocm-smi decode-dimms i2cdetect lsinput edid-decode cpuid x86info',
  ),
  ...each(
    'mkfs mkfs.ext2 mkfs.ext3 mkfs.ext4 mkfs.xfs mkfs.btrfs mkfs.vfat mkfs.fat mkfs.ntfs mkfs.f2fs mkfs.exfat mkfs.minix mkfs.jfs mkfs.reiserfs mkfs.bfs mkfs.cramfs mkfs.erofs mke2fs mkdosfs mkntfs mkexfatfs mkreiserfs newfs newfs_msdos newfs_apfs newfs_hfs mkswap wipefs blkdiscard format sgdisk gdisk cgdisk scrub nwipe dban badblocks sg_format sg_sanitize mkudffs mformat luksformat',
    {
      otherOptions: 'harmless',
      options:
        '-n|--no-act|--dry-run -t|--type= -L|--label= -U|--uuid= -p|--print -l|--list -i|--info= -o|--output= -b= -c= -s -v -w -q -f|--force -a|--all -J|--json -V|--version -N|--new= -d|--delete= -Z|--zap-all -z|--zap -E= -O= -I= -m= -F= -S=',
      does: [
        { kind: 'read', type: 'device', on: '*', when: '-n|-p|-V !-Z !-z !-d !-N' },
        { ...ERASES, on: '*', evenWithout: true, when: '!-n !-p !-V' },
        { ...ERASES, on: '*', when: '-Z|-z|-d|-N' },
      ],
    },
  ).map((program) =>
    program.names[0] === 'wipefs'
      ? {
          ...program,
          does: [
            { kind: 'read' as const, type: 'device', on: '*', when: '-n|-p|-J !-a' },
            { kind: 'read' as const, type: 'device', on: '*', when: '!-a !-o' },
            { ...ERASES, on: '*', when: '-a|-o !-n' },
          ],
        }
      : program,
  ),
  ...each(
    'fdisk sfdisk cfdisk parted partprobe partx kpartx addpart delpart resizepart gparted gpart testdisk photorec diskpart',
    {
      otherOptions: 'harmless',
      options:
        '-l|--list|-s|--show -d|--dump -m|--machine -J|--json -V|--verify -T --list-types -x|--list-details -a|--all -h|--help -v|--version',
      does: [
        { kind: 'read', type: 'system', name: 'disks', when: '-l|-d|-J|-V|-T|-x|-h|-v' },
        { kind: 'read', type: 'system', name: 'disks', when: '@1=print|p|help|quit|unit' },
        {
          kind: 'delete',
          type: 'device',
          on: '*',
          evenWithout: true,
          scope: 'unbounded',
          when: '!-l !-d !-J !-V !-T !-x !-h !-v !@1=print|p|help|quit',
          why: 'partitions and what is on them',
        },
      ],
    },
  ),
  ...each(
    'hdparm smartctl nvme tune2fs xfs_admin e2label fatlabel ntfslabel swaplabel resize2fs xfs_growfs xfs_repair fsck fsck.ext4 fsck.ext3 fsck.ext2 fsck.xfs fsck.vfat e2fsck dosfsck ntfsfix btrfstune e4defrag e2image xfs_fsr fsfreeze fstrim sdparm sg_start eject debugfs xfs_db xfs_io sg3_utils zramctl losetup dmsetup efibootmgr mokutil multipath multipathd iscsiadm quotacheck quotaon quotaoff setquota edquota chmem mtools udisks growpart e2undo fsck.f2fs',
    {
      otherOptions: 'harmless',
      refine: lookedAtDisk,
    },
  ),
  {
    names: [
      'mount',
      'mount.nfs',
      'mount.cifs',
      'pmount',
      'fusermount',
      'fusermount3',
      'mount_nfs',
      'ntfs-3g',
      'bindfs',
      'archivemount',
      'fuse-zip',
      'encfs',
      'gocryptfs',
      'ecryptfs-mount-private',
    ],
    otherOptions: 'harmless',
    options: '-l|--show-labels -t|--types= -o|--options= -a|--all -O= -L|--label= -U|--uuid= -T= -N= -u',
    does: [
      { kind: 'read', type: 'system', name: 'mounts', when: '#=0 !-a !-L !-U' },
      { kind: 'config_change', type: 'mount', on: '*', when: '#>0', why: 'changes what is under a folder' },
      { kind: 'config_change', type: 'mount', name: 'all', when: '-a|-L|-U #=0' },
    ],
  },
  ...each('umount unmount swapon swapoff pumount pivot_root switch_root', {
    otherOptions: 'harmless',
    options: '-s|--show? --summary -a|--all',
    does: [
      { kind: 'read', type: 'system', name: 'swap', when: '-s' },
      { kind: 'config_change', type: 'mount', on: '*', evenWithout: true, when: '!-s', why: 'changes what is under a folder' },
    ],
  }),
  {
    names: ['cryptsetup', 'cryptsetup-reencrypt', 'veracrypt', 'clevis', 'integritysetup', 'veritysetup'],
    otherOptions: 'harmless',
    sub: {
      ...subs('status luksDump isLuks luksUUID benchmark dump', SHOW),
      ...subs('open close luksOpen luksClose luksSuspend luksResume resize refresh create remove plainOpen token config', ALTER),
      ...subs('luksFormat luksErase erase luksKillSlot luksRemoveKey reencrypt format luksHeaderRestore', DESTROY),
      ...subs('luksAddKey luksChangeKey luksConvertKey', {
        otherOptions: 'harmless',
        does: [{ kind: 'privilege_change', type: 'volume', on: '*', why: 'who can open the volume' }],
      }),
      luksHeaderBackup: { otherOptions: 'harmless', does: [{ kind: 'secret_read', type: 'volume', on: '*' }] },
    },
  },
  ...each(
    'pvcreate vgcreate lvcreate vgextend lvextend pvresize vgchange lvchange vgrename lvrename pvmove vgimport vgexport vgmerge vgsplit lvconvert vgcfgbackup pvchange vgck lvmconfig mdmon',
    { otherOptions: 'harmless', does: [{ kind: 'config_change', type: 'volume', on: '*', evenWithout: true }] },
  ),
  ...each('pvremove vgremove lvremove vgreduce lvreduce vgcfgrestore', {
    otherOptions: 'harmless',
    options: '-t|--test',
    does: [
      { ...ERASES, on: '*', evenWithout: true, when: '!-t' },
      { kind: 'read', type: 'system', name: 'disks', when: '-t' },
    ],
  }),
  {
    names: ['mdadm'],
    otherOptions: 'harmless',
    options:
      '-D|--detail -E|--examine -Q|--query -s|--scan -C|--create= -A|--assemble -S|--stop -f|--fail -r|--remove -a|--add -z|--zero-superblock -G|--grow -F|--monitor --misc --manage --re-add',
    does: [
      { kind: 'read', type: 'system', name: 'disks', when: '-D|-E|-Q !-z' },
      { ...ERASES, on: '*', when: '-z|-C' },
      { kind: 'config_change', type: 'volume', on: '*', evenWithout: true, when: '!-D !-E !-Q !-z !-C' },
    ],
  },
  {
    names: ['btrfs'],
    otherOptions: 'harmless',
    sub: {
      ...subs('version help', SHOW),
      filesystem: {
        sub: { ...subs('show df usage du label', SHOW), ...subs('defragment resize sync balance mkswapfile', ALTER) },
      },
      fi: { sub: subs('show df usage du', SHOW) },
      subvolume: {
        sub: {
          ...subs('list show get-default find-new', SHOW),
          ...subs('create snapshot set-default sync', ALTER),
          ...subs('delete d', DESTROY),
        },
      },
      device: { sub: { ...subs('stats usage scan ready', SHOW), add: ALTER, ...subs('delete remove replace', DESTROY) } },
      ...subs('scrub balance property quota qgroup inspect-internal', ALTER),
      ...subs('check rescue restore', ALTER),
      ...subs('send receive', ALTER),
      replace: DESTROY,
    },
  },
  {
    names: ['zfs'],
    otherOptions: 'harmless',
    sub: {
      ...subs('list get version diff holds userspace groupspace', SHOW),
      ...subs(
        'create snapshot snap set inherit mount unmount clone promote rename hold release share unshare bookmark upgrade load-key unload-key',
        ALTER,
      ),
      ...subs('destroy rollback receive recv', DESTROY),
      ...subs('allow unallow change-key', {
        otherOptions: 'harmless',
        does: [{ kind: 'privilege_change', type: 'volume', on: '*' }],
      }),
      send: {
        otherOptions: 'harmless',
        does: [{ kind: 'export', type: 'volume', on: '*', why: 'the whole volume as a stream' }],
      },
    },
  },
  {
    names: ['zpool'],
    otherOptions: 'harmless',
    sub: {
      ...subs('list status iostat get history events version', SHOW),
      ...subs('add attach import export scrub set online offline trim upgrade resilver clear reguid sync', ALTER),
      ...subs('create destroy labelclear detach remove replace split', DESTROY),
    },
  },
  {
    names: ['bcachefs', 'stratis', 'snapper', 'timeshift', 'multipass', 'vdo', 'gluster', 'ceph', 'rbd', 'rados'],
    otherOptions: 'harmless',
    refine: lookedAtDisk,
  },
];

const LOOKS =
  /^(?:list\S*|ls|show\S*|status\S*|stats?|info|get\S*|print|df|du|health|version|help|id-ctrl|id-ns|smart-log|error-log|table|deps|tree|-[lILcCDdiHTuavxsnpPJ]|--list\S*|--info|--all|--scan\S*|--health|--xall|--attributes|--capabilities|--dry-run|--find|--json|--version|--help|-V|-h|quota|pool|osd|mon|log|diff)$/u;
const HARMS =
  /^(?:delete\S*|del|remove\S*|rm|destroy\S*|format\S*|sanitize\S*|purge|reset\S*|wipe\S*|erase\S*|--security-erase\S*|--user-master|--trim-sector\S*|--yes-i-know\S*|--delete|--restore|undochange|rollback|write-zeroes|--write-sector|--make-bad-sector|zap)$/u;

function lookedAtDisk(call: Call): readonly Effect[] {
  const devices = call.words.filter((word) => word.text.startsWith('/dev/'));
  const harmful = call.words.filter((word) => HARMS.test(word.text));
  if (harmful.length > 0)
    return [
      effect(call, 'delete', {
        on: devices.length > 0 ? devices : harmful,
        type: 'device',
        scope: 'unbounded',
        why: 'everything on it is lost',
      }),
    ];
  const rest = call.words.filter((word) => !word.text.startsWith('/dev/') && !LOOKS.test(word.text));
  const looks =
    call.words.some((word) => LOOKS.test(word.text)) &&
    !/^(?:fsck|e2fsck|dosfsck|fstrim|eject|resize2fs|xfs_growfs|fsfreeze|quotaon|quotaoff)/u.test(call.program);
  const tools =
    /^(?:hdparm|smartctl|nvme|tune2fs|losetup|dmsetup|efibootmgr|mokutil|zramctl|ceph|rbd|rados|gluster|snapper|timeshift|stratis|multipath|multipass|bcachefs|vdo)$/u;
  if (tools.test(call.program) && looks && rest.every((word) => !word.text.startsWith('-')))
    return [effect(call, 'read', { type: 'system', name: 'disks' })];
  if (call.words.length === 0) return [effect(call, 'read', { type: 'system', name: 'disks' })];
  return [effect(call, 'config_change', { on: call.words, type: 'device', scope: 'one', why: 'changes a disk or file system' })];
}

function overwritten(call: Call, found: readonly Effect[]): readonly Effect[] {
  const targets = (call.options.get('of') ?? []).filter((word) => word !== undefined);
  const device = targets.filter((word) => TO_DEVICE.test(word.text));
  if (device.length === 0) return found;
  return [...found, effect(call, 'delete', { on: device, type: 'device', scope: 'unbounded', why: 'overwrites a whole device' })];
}
