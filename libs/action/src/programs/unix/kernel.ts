/** The kernel: its modules, boot loaders, firmware, control groups and namespaces. */
import type { Program } from '../program.ts';
import { each, shows } from './define.ts';

const LOADS = { kind: 'code_execution', type: 'module', why: 'code in the kernel' } as const;

export const KERNEL: readonly Program[] = [
  ...each('neofetch fastfetch hyfetch', {
    otherOptions: 'harmless',
    options: '-c|--config=',
    does: [
      { kind: 'read', type: 'system', name: 'kernel' },
      { kind: 'code_execution', type: 'settings', on: '-c', why: 'settings that can run commands' },
    ],
  }),
  ...shows(
    'kernel',
    'lsmod modinfo kextstat kextfind systool lsinitrd secon sestatus getenforce getsebool seinfo sesearch avcstat apparmor_status aa-status aa-unconfined matchpathcon lsb_release sw_vers system_profiler hostinfo vers nixos-version   screenfetch pfetch macchina  archey cpufetch ruptime dumpkeys kbdinfo locale getconf procinfo lsb pscap netcap filecap',
  ),
  ...each('insmod kextload kldload', { syntax: 'words', does: [{ ...LOADS, on: '*', evenWithout: true }] }),
  ...each('modprobe kmod dkms', {
    otherOptions: 'harmless',
    options: '-r|--remove -n|--dry-run|--show -D|--show-depends -c|--showconfig -R|--resolve-alias -a|--all',
    does: [
      { kind: 'read', type: 'system', name: 'modules', when: '-n|-D|-c|-R' },
      { kind: 'read', type: 'system', name: 'modules', when: '@0=list|static-nodes|status' },
      { ...LOADS, on: '*', evenWithout: true, when: '!-n !-D !-c !-R !-r !@0=list|static-nodes|status' },
      { kind: 'config_change', type: 'module', on: '*', when: '-r !-n', why: 'takes a module out of the kernel' },
    ],
  }),
  ...each('rmmod kextunload kldunload depmod', {
    otherOptions: 'harmless',
    does: [{ kind: 'config_change', type: 'module', on: '*', evenWithout: true, why: 'changes the modules of the kernel' }],
  }),
  ...each('kmutil kextcache bpftool bpftrace-tool', {
    otherOptions: 'harmless',
    does: [
      { kind: 'read', type: 'system', name: 'kernel', when: '@0=showloaded|find|libraries|print-diagnostics|inspect|version' },
      { kind: 'read', type: 'system', name: 'kernel', when: '@1=show|list|dump|tree' },
      { ...LOADS, on: '*', when: '!@0=showloaded|find|libraries|print-diagnostics|inspect|version !@1=show|list|dump|tree' },
    ],
  }),
  ...each(
    'grub-install grub2-install grub-mkconfig grub2-mkconfig update-grub grub-reboot grub-set-default grubby grub2-set-default lilo extlinux syslinux update-initramfs mkinitcpio dracut mkinitrd kernel-install installkernel fwupdmgr fwupdtool flashrom bless nvram bputil csrutil spctl efivar bcdedit fw_setenv rpi-update rpi-eeprom-update raspi-config',
    {
      otherOptions: 'harmless',
      does: [
        {
          kind: 'read',
          type: 'system',
          name: 'boot',
          when: '@0=get-devices|get-updates|get-history|get-remotes|get-results|security|status|list',
        },
        {
          kind: 'config_change',
          type: 'boot',
          on: '*',
          evenWithout: true,
          when: '!@0=get-devices|get-updates|get-history|get-remotes|get-results|security|status|list',
          why: 'changes how the machine starts',
        },
      ],
    },
  ),
  {
    names: ['grub-editenv', 'grub2-editenv'],
    otherOptions: 'harmless',
    does: [
      { kind: 'read', type: 'system', name: 'boot', when: '@*=list' },
      { kind: 'config_change', type: 'boot', on: '*', when: '!@*=list' },
    ],
  },
  ...each(
    'setenforce setsebool aa-enforce aa-disable aa-complain aa-teardown aa-remove-unknown apparmor_parser audit2allow auditd augenrules tpm2_clear tpm2 nsjail grsec gradm paxctl',
    {
      otherOptions: 'harmless',
      does: [
        {
          kind: 'privilege_change',
          type: 'system',
          name: 'mandatory access control',
          on: '*',
          evenWithout: true,
          why: 'changes what programs are kept from doing',
        },
      ],
    },
  ),
  ...each('semanage semodule', {
    otherOptions: 'harmless',
    options:
      '-l|--list -a|--add -d|--delete|--disable= -m|--modify -D|--deleteall -e|--enable= -i|--install= -r|--remove= -u|--upgrade= -b|--base= -X|--priority= -B|--build -R|--reload -E|--extract -S|--store= -t|--type= -p|--proto= -s= -N -o= -P',
    does: [
      { kind: 'read', type: 'system', name: 'security', when: '-l !-a !-d !-m !-D !-e !-i !-r !-u !-b !-B !-R' },
      {
        kind: 'privilege_change',
        type: 'system',
        name: 'mandatory access control',
        on: '*',
        evenWithout: true,
        when: '!-l|-a|-d|-m|-D|-e|-i|-r|-u|-b|-B|-R',
        why: 'changes what programs are kept from doing',
      },
    ],
  }),
  ...each('cgcreate cgset cgdelete cgclassify', {
    otherOptions: 'harmless',
    does: [{ kind: 'process_control', type: 'cgroup', on: '*', evenWithout: true }],
  }),
  ...shows('control groups', 'lscgroup cgget lssubsys cgsnapshot'),
  { names: ['cgexec'], syntax: 'posix', options: '-g= -r --sticky', runs: [{ as: 'argv', from: '*' }] },
  {
    names: ['capsh'],
    otherOptions: 'harmless',
    does: [
      { kind: 'read', type: 'system', name: 'capabilities', when: '--print' },
      { kind: 'opaque', when: '!--print', why: 'runs a shell with other rights' },
    ],
    options: '--print',
  },
  {
    names: ['ldconfig'],
    otherOptions: 'harmless',
    options: '-p|--print-cache -v -n -C= -f= -r=',
    does: [
      { kind: 'read', type: 'system', name: 'libraries', when: '-p' },
      { kind: 'config_change', type: 'system', name: 'libraries', when: '!-p', why: 'where programs find their libraries' },
    ],
  },
  ...each(
    'update-alternatives alternatives eselect update-ca-certificates update-ca-trust trust update-mime-database update-desktop-database locale-gen localedef dpkg-reconfigure debconf-set-selections tzselect loadkeys setfont setkeycodes setupcon xmodmap setxkbmap xset xhost gtk-update-icon-cache fc-cache mandb texhash mktexlsr install-info',
    {
      otherOptions: 'harmless',
      options: '--list --display --query',
      does: [
        { kind: 'read', type: 'system', name: 'settings', when: '--list|--display|--query|@0=q|list' },
        { kind: 'config_change', type: 'system', on: '*', evenWithout: true, when: '!--list !--display !--query !@0=q|list' },
      ],
    },
  ),
];
