/** Disk tools whose words decide between looking, changing and erasing: what a tool does not list as looking counts as changing. */
import type { Effect } from '@countersign/kernel';
import type { Call, Word } from '../program.ts';
import { effect } from './define.ts';

/** By program: the line of words, without devices and files, with which it only looks. */
const LOOKS: Readonly<Record<string, RegExp>> = {
  hdparm: /^(?:-[iIgtTCvNH]+ ?)+$/u,
  smartctl:
    /^(?:(?:-[aAHicxlg]+|--(?:all|info|health|xall|attributes|capabilities|scan(?:-open)?|json|get\S*|log)(?:=\S+)?|-d|-l|-j|-n|sat\S*|scsi|nvme|auto|ata|error|selftest|ssd|standby|megaraid\S*) ?)+$/u,
  nvme: /^(?:list|list-subsys|id-ctrl|id-ns|smart-log|error-log|fw-log|get-log|get-feature|show-regs|version|help)(?: -\S+| \d\S*)*$/u,
  tune2fs: /^-l$/u,
  xfs_admin: /^(?:-[lu]+ ?)+$/u,
  e2label: /^$/u,
  losetup: /^(?:(?:-l|-a|--list|--all|-j|--associated|-O|--output|-n|--json|-J|NAME\S*) ?)*$/u,
  dmsetup: /^(?:ls|info|table|status|deps|version|targets|help)(?: \S+)*$/u,
  efibootmgr: /^(?:-v|--verbose)?$/u,
  mokutil: /^(?:--(?:list-\S+|sb-state|test-key|pk|kek|db|dbx|help)|-[lNDx])+$/u,
  zramctl: /^(?:(?:--output-all|--output|-o|-b|-n|--raw|--noheadings) ?\S*)*$/u,
  multipath: /^(?:-l|-ll|-d|-t|-T)+$/u,
  iscsiadm: /^-m (?:session|node|iface|host)(?: -P \d)?$/u,
  snapper: /^(?:-c \S+ )?(?:list|ls|list-configs|status|diff|get-config)(?: \S+)*$/u,
  timeshift: /^--(?:list|list-snapshots|list-devices)$/u,
  stratis: /^(?:pool|filesystem|fs|blockdev|report|daemon)(?: list| version)?$/u,
  multipass: /^(?:list|ls|info|find|networks|version|help|get|aliases)(?: \S+)*$/u,
  gluster: /^(?:volume|peer|pool) (?:info|status|list|heal \S+ info)(?: \S+)*$/u,
  ceph: /^(?:-s|-w|-v|status|health(?: detail)?|df(?: detail)?|versions|quorum_status|(?:osd|mon|mgr|pg|fs|mds)(?: pool)? (?:stat|status|tree|df|ls|dump|perf|versions|lspools|stats))(?: --format\S*| -f \S+)*$/u,
  rbd: /^(?:ls|list|info|du|status|showmapped|snap ls)(?: \S+)*$/u,
  rados: /^(?:df|lspools|ls|stat)(?: \S+)*$/u,
  fdisk: /^(?:-l|--list|-x|--list-details|-s|-h|-V|--version|--help)(?: -\S+)*$/u,
  sfdisk: /^(?:-l|--list|-d|--dump|-J|--json|-V|--verify|-F|-s|--show-size|-T|--list-types|-v|-h)(?: -\S+)*$/u,
  cfdisk: /^(?:-h|-V|--version|--help)$/u,
  gdisk: /^-l$/u,
  sgdisk: /^(?:-p|--print|-i \d+|-i=?\d+|--info=\d+|-v|--verify|-E|-F|-L|--list-types)$/u,
  parted:
    /^(?:-l|--list|(?:(?:-s|--script|-m|--machine) )*(?:print(?: \w+)?|unit \w+ print(?: \w+)?|-l|--list|help|version|-v|--version))$/u,
  partx: /^(?:-s|--show|-l|--list)(?: -\S+)*$/u,
  kpartx: /^-l\w*$/u,
  badblocks: /^(?:(?:-[svbcep]+|\d+) ?)*$/u,
  blkid: /^.*$/u,
  growpart: /^--dry-run$/u,
  quotacheck: /^$/u,
  eject: /^-n$/u,
  debugfs: /^(?:-R (?:stats|show_super_stats|ls|stat|cat|logdump)\b.*)$/u,
  udisks: /^(?:--dump|--enumerate)$/u,
  fsck: /^-N$/u,
  e2fsck: /^-n$/u,
  diskpart: /^(?!)$/u,
};

/** Words that throw data away whatever the tool. */
const ERASES =
  /^(?:delete\S*|del|remove|rm|destroy|format|sanitize|purge|wipe\S*|erase\S*|--security-(?:erase\S*|set-pass)|--trim-sector\S*|--yes-i-(?:know|really)\S*|--delete|--wipe\S*|undochange|rollback|restore|--restore|write-zeroes|--write-sector|--make-bad-sector|zap|mklabel|mktable|mkpart|mkpartfs|resizepart|rescue|--zap\S*|--clear)$/u;

/** Tools whose changes are to the partition table. */
const PARTITIONING = /^(?:fdisk|sfdisk|cfdisk|gdisk|sgdisk|cgdisk|parted|partx|kpartx|delpart|gparted|gpart|testdisk|diskpart)$/u;

export function lookedAtDisk(call: Call): readonly Effect[] {
  const words = call.words.filter((word) => !/^(?:\/|\.\/|~\/)/u.test(word.text));
  const line = words.map((word) => word.text).join(' ');
  if (/^(?:--help|--version|)$/u.test(line) && call.words.length === (line === '' ? 0 : 1))
    return [effect(call, 'read', { type: 'system', name: 'disks' })];
  const looks = LOOKS[call.program.replace(/^fsck\..+$/u, 'fsck')];
  if (call.words.every((word) => word.known) && looks?.test(line) === true)
    return [effect(call, 'read', { type: 'system', name: 'disks' })];
  const places = call.words.filter((word) => !words.includes(word));
  const on: readonly Word[] = places.length > 0 ? places : call.words;
  if (PARTITIONING.test(call.program) || call.program === 'badblocks' || words.some((word) => ERASES.test(word.text)))
    return [
      effect(call, 'delete', { on, type: 'device', scope: 'unbounded', why: 'partitions or a device, and what is on them' }),
    ];
  return [effect(call, 'config_change', { on, type: 'device', scope: 'one', why: 'changes a disk or file system' })];
}
