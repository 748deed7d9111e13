/** Disks, file systems, volumes and what is mounted where. */
import type { Effect } from '@countersign/kernel';
import type { Call, Command, Program } from '../program.ts';
import { lookedAtDisk } from './disk-refine.ts';
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
    names: ['dmidecode', 'ioping'],
    otherOptions: 'harmless',
    options: '--dump-bin= -W -WWW',
    does: [
      { kind: 'read', type: 'system', name: 'hardware', when: '!-W !-WWW' },
      { kind: 'write', on: '--dump-bin' },
      { kind: 'delete', on: '*', scope: 'unbounded', when: '-W|-WWW', why: 'writes to the device' },
    ],
  },
  {
    names: ['sensors', 'nvidia-smi', 'rocm-smi'],
    options:
      '-u -A -f -j -h -v -L|--list-gpus -q|--query -i|--id= -d|--display= -x -l|--loop= -lms= --query-gpu= --query-compute-apps= --format= --no-adapter --bus-list --showtemp --showuse --showmeminfo= -a',
    does: [{ kind: 'read', type: 'system', name: 'hardware' }],
  },
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
    'hardware',
    'lsblk blkid findmnt lspci lsusb lsscsi lsmem lscpu lshw hwinfo lsdev biosdecode dumpe2fs xfs_info pvs vgs lvs pvdisplay vgdisplay lvdisplay pvscan lvscan vgscan isoinfo lsmcli acpi lsinitramfs lsinitcpio filefrag e2freefrag mountpoint compsize lsirq lsgpu lsusb.py usb-devices vainfo vdpauinfo glxinfo eglinfo vulkaninfo clinfo xdpyinfo decode-dimms i2cdetect lsinput edid-decode cpuid x86info',
  ),
  ...each('mke2fs mkfs.ext2 mkfs.ext3 mkfs.ext4', {
    otherOptions: 'harmless',
    options: '-b= -C= -c -d= -D -e= -E= -F -g= -G= -i= -I= -j -J= -l= -L= -m= -M= -n -N= -o= -O= -q -r= -S -t= -T= -U= -v -V -z=',
    does: [
      { kind: 'read', type: 'device', on: '*', when: '-n', why: 'only tells what it would do' },
      { ...ERASES, on: '*', evenWithout: true, when: '!-n' },
    ],
  }),
  ...each(
    'mkfs mkfs.xfs mkfs.btrfs mkfs.vfat mkfs.fat mkfs.ntfs mkfs.f2fs mkfs.exfat mkfs.minix mkfs.jfs mkfs.reiserfs mkfs.bfs mkfs.cramfs mkfs.erofs mkdosfs mkntfs mkexfatfs mkreiserfs newfs newfs_msdos newfs_apfs newfs_hfs mkswap blkdiscard format scrub nwipe dban sg_format sg_sanitize mkudffs mformat luksformat',
    { otherOptions: 'harmless', does: [{ ...ERASES, on: '*', evenWithout: true }] },
  ),
  {
    names: ['wipefs'],
    otherOptions: 'harmless',
    options:
      '-a|--all -o|--offset= -t|--types= -b|--backup? -n|--no-act -i|--noheadings -J|--json -O|--output= -p|--parsable -q|--quiet -f|--force --lock?',
    does: [
      { kind: 'read', type: 'device', on: '*', when: '!-a !-o' },
      { ...ERASES, on: '*', when: '-a|-o !-n' },
    ],
  },
  ...each(
    'fdisk sfdisk cfdisk gdisk sgdisk cgdisk parted partprobe partx kpartx addpart delpart resizepart gparted gpart testdisk photorec diskpart badblocks',
    { syntax: 'words', refine: lookedAtDisk },
  ),
  ...each(
    'hdparm smartctl nvme tune2fs xfs_admin e2label fatlabel ntfslabel swaplabel resize2fs xfs_growfs xfs_repair fsck fsck.ext4 fsck.ext3 fsck.ext2 fsck.xfs fsck.vfat e2fsck dosfsck ntfsfix btrfstune e4defrag e2image xfs_fsr fsfreeze fstrim sdparm sg_start eject debugfs xfs_db xfs_io zramctl losetup dmsetup efibootmgr mokutil multipath multipathd iscsiadm quotacheck quotaon quotaoff setquota edquota chmem growpart e2undo fsck.f2fs ledctl dmstats bcachefs stratis snapper timeshift vdo',
    { syntax: 'words', refine: lookedAtDisk },
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
  ...each('umount unmount swapoff pumount pivot_root switch_root', {
    otherOptions: 'harmless',
    does: [{ kind: 'config_change', type: 'mount', on: '*', evenWithout: true, why: 'changes what is under a folder' }],
  }),
  {
    names: ['swapon'],
    otherOptions: 'harmless',
    options: '-s|--summary --show? -a|--all --noheadings --bytes --raw',
    does: [
      { kind: 'read', type: 'system', name: 'swap', when: '-s|--show' },
      { kind: 'read', type: 'system', name: 'swap', when: '#=0 !-a !-s !--show' },
      { kind: 'config_change', type: 'mount', on: '*', why: 'adds swap' },
      { kind: 'config_change', type: 'mount', name: 'swap', when: '-a' },
    ],
  },
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
];

function overwritten(call: Call, found: readonly Effect[]): readonly Effect[] {
  const targets = (call.options.get('of') ?? []).filter((word) => word !== undefined);
  const device = targets.filter((word) => TO_DEVICE.test(word.text));
  if (device.length === 0) return found;
  return [...found, effect(call, 'delete', { on: device, type: 'device', scope: 'unbounded', why: 'overwrites a whole device' })];
}
