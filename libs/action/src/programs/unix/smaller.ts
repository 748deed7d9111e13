/** Smaller tools: inspectors of files and hardware, duplicates, trash, job queues, home folders. */
import type { Program } from '../program.ts';
import { converts, each, prints, shows } from './define.ts';

const LOOKS =
  'list|ls|show|status|info|version|help|search|query|get|stats|log|report|current|countries|cities|groups|settings|account|devices|list-devices|list-rules|diff|managed|unmanaged|data|doctor|verify|tags|files|values|untagged|display|projects|frames|aggregate|check';

export const SMALLER: readonly Program[] = [
  ...prints(
    'hexyl mimetype uuencode ndiff pdf-parser fincore isosize vmtouch cmark mandoc monodis dexdump wasm-objdump my_print_defaults hashid jtbl rlog rcsdiff ident unshadow readbin bc json5 phploc phan phpmd pyflakes jscpd html5validator diffoscope licensecheck opencv_version ldapurl aa-decode zipnote xml2asc txtmark xls2csv pstotext ps2txt',
  ),
  {
    names: ['xsltproc'],
    otherOptions: 'harmless',
    options: '-o|--output= --stringparam= --param= --path= --maxdepth= --encoding= --profile --writesubtree=',
    does: [
      { kind: 'read', on: '*' },
      { kind: 'write', on: '-o --writesubtree' },
    ],
  },
  ...converts('compare bmptoppm anytopnm icontopbm winicontoppm fstopgm pamcut pbmtoascii unix2nl bmtopnm  uudecode'),
  ...shows(
    'hardware',
    'aconnect hardinfo i7z istats vcgencmd pw-top pw-dump wdctl spectre-meltdown-checker tlp-stat idevice_id lstopo hwloc-ls lstopo-no-graphics fprintd-list fprintd-verify cups-config genfstab zdb lsslot dmitool',
  ),
  ...shows('desktop', 'xlsfonts fslsfonts lxqt-about mate-about xlsclients xlsatoms xdriinfo wmiface xdg-user-dir '),
  ...shows('files', 'fatrace inotifywait inotifywatch fswatch debsecan chkrootkit lynis oscap tiger ctop xdu kdirstat'),
  ...shows(
    'job queue',
    'squeue sinfo sacct sreport sprio sshare sstat sdiag qstat qhost bjobs bhosts bqueues condor_q condor_status',
  ),
  ...each('scontrol sacctmgr', {
    otherOptions: 'harmless',
    does: [
      { kind: 'read', type: 'system', name: 'job queue', when: '@0=show|list|ping|help|version' },
      { kind: 'process_control', type: 'job', on: '*', evenWithout: true, when: '!@0=show|list|ping|help|version' },
    ],
  }),
  ...each('scancel qdel bkill condor_rm', {
    otherOptions: 'harmless',
    does: [{ kind: 'process_control', type: 'job', on: '*', evenWithout: true }],
  }),
  ...each('sbatch srun salloc qsub bsub condor_submit', {
    otherOptions: 'harmless',
    does: [{ kind: 'code_execution', type: 'job', on: '*', evenWithout: true, why: 'runs a job on other machines' }],
  }),
  ...each('fdupes jdupes rmlint rdfind', {
    otherOptions: 'harmless',
    options:
      '-d|--delete -N|--noprompt -L|--linkhard -l|--linksoft -B|--dedupe -r|--recurse -m -S -q -n -i -deleteduplicates= -makehardlinks= -makesymlinks= -o=',
    does: [
      { kind: 'read', on: '*' },
      { kind: 'delete', on: '*', scope: 'unknown', when: '-d|-N', why: 'removes what it takes for duplicates' },
      { kind: 'delete', on: '*', scope: 'unknown', when: '-deleteduplicates=true' },
      { kind: 'write', on: '*', scope: 'unknown', when: '-L|-l|-B' },
    ],
  }),
  {
    names: ['hardlink'],
    otherOptions: 'harmless',
    options: '-n|--dry-run',
    does: [
      { kind: 'read', on: '*' },
      { kind: 'write', on: '*', scope: 'unknown', when: '!-n' },
    ],
  },
  ...each('clamscan clamdscan rkhunter', {
    otherOptions: 'harmless',
    options: '--remove? --move= --copy= -l|--log= -f|--file-list= -r|--recursive --update --propupd',
    does: [
      { kind: 'read', on: '*' },
      { kind: 'delete', on: '*', scope: 'unknown', when: '--remove|--move', why: 'removes what it takes for infected' },
      { kind: 'write', on: '-l --move --copy' },
      { kind: 'config_change', type: 'system', name: 'signatures', when: '--update|--propupd' },
    ],
  }),
  ...each('trash-list', { otherOptions: 'harmless', does: [{ kind: 'read', type: 'system', name: 'trash' }] }),
  ...each('trash-restore', { otherOptions: 'harmless', does: [{ kind: 'write', name: '.', scope: 'bounded' }] }),
  ...each('trash-empty trash-rm', {
    otherOptions: 'harmless',
    does: [{ kind: 'delete', type: 'system', name: 'trash', scope: 'unknown', why: 'nothing brings it back' }],
  }),
  {
    names: ['run-parts'],
    otherOptions: 'harmless',
    options: '--test --list --report -v -a|--arg= --regex= -u|--umask=',
    does: [
      { kind: 'read', on: '0', when: '--test|--list' },
      { kind: 'code_execution', type: 'folder', on: '0', when: '!--test !--list', why: 'runs every program in a folder' },
    ],
  },
  { names: ['envsubst'], otherOptions: 'harmless', does: [{ kind: 'none' }] },
  {
    names: ['goaccess'],
    otherOptions: 'harmless',
    options: '-f|--log-file= -o|--output= -p|--config-file= --real-time-html --daemonize',
    does: [
      { kind: 'read', on: '* -f' },
      { kind: 'write', on: '-o' },
      { kind: 'network', type: 'listener', name: 'goaccess', when: '--real-time-html|--daemonize' },
    ],
  },
  {
    names: ['exif'],
    otherOptions: 'harmless',
    options:
      '-o|--output= -r|--remove -s|--show-description -t|--tag= --ifd= --set-value= -e|--extract-thumbnail --insert-thumbnail= -d --create-exif -l -x -m',
    does: [
      { kind: 'read', on: '*' },
      { kind: 'write', on: '-o' },
      { kind: 'write', on: '*', when: '-r|--set-value|--insert-thumbnail|--create-exif|-e' },
    ],
  },
  {
    names: ['raw'],
    options: '-q -a',
    does: [
      { kind: 'read', type: 'device', on: '0', evenWithout: true, when: '#<2' },
      { kind: 'config_change', type: 'device', on: '*', when: '#>1' },
    ],
  },
  ...each('flip mkfile stow xstow', {
    otherOptions: 'harmless',
    options: '-n|--no|--simulate -t|--target= -d|--dir= -D|--delete',
    does: [{ kind: 'write', on: '* -t', scope: 'bounded', when: '!-n' }],
  }),
  {
    names: ['convmv'],
    otherOptions: 'harmless',
    options: '--notest -f= -t= -r --list --exec=',
    does: [
      { kind: 'read', on: '*' },
      { kind: 'write', on: '*', scope: 'bounded', when: '--notest' },
    ],
    runs: [{ as: 'shell', from: '--exec' }],
  },
  ...each('stress stress-ng', {
    otherOptions: 'harmless',
    does: [{ kind: 'process_control', type: 'system', name: 'load', why: 'uses the machine up' }],
  }),
  ...each('xauth', {
    otherOptions: 'harmless',
    options: '-f= -n -q -v -i -b',
    does: [
      { kind: 'read', type: 'system', name: 'display', when: '@0=info|help|version' },
      { kind: 'secret_read', type: 'key', name: 'display', when: '!@0=info|help|version' },
    ],
  }),
  ...each('xdg-mime xdg-settings', {
    otherOptions: 'harmless',
    does: [
      { kind: 'read', type: 'system', name: 'settings', when: '@0=query|get|check' },
      { kind: 'config_change', type: 'setting', on: '*', when: '!@0=query|get|check' },
    ],
  }),
  ...each('chezmoi yadm dotbot homeshick vcsh rcup', {
    otherOptions: 'harmless',
    bare: { does: [{ kind: 'persistence', type: 'folder', name: 'home', why: 'writes start-up files' }] },
    does: [
      { kind: 'read', type: 'folder', name: 'home', when: `@0=${LOOKS}` },
      { kind: 'persistence', type: 'folder', name: 'home', when: `!@0=${LOOKS}`, why: 'writes start-up files' },
    ],
  }),
  ...each(
    'pihole nordvpn mullvad protonvpn-cli expressvpn surfshark-vpn windscribe warp-cli usbguard lvm pkcon fdroidcl tlp powertop needrestart transmission-remote deluge-console mpd kscreen-doctor lpadmin xrdb i3status',
    {
      otherOptions: 'harmless',
      does: [
        { kind: 'read', type: 'system', name: 'settings', when: `@0=${LOOKS}` },
        {
          kind: 'config_change',
          type: 'setting',
          on: '*',
          evenWithout: true,
          when: `!@0=${LOOKS}`,
          why: 'changes a service or setting of the machine',
        },
      ],
    },
  ),
  ...each('tmsu watson timetrap timewarrior calcurse khal when notmuch remind', {
    otherOptions: 'harmless',
    does: [
      { kind: 'read', type: 'notes', name: 'notes', when: `@0=${LOOKS}` },
      { kind: 'opaque', when: `!@0=${LOOKS}`, why: 'may change notes or run what they say' },
    ],
  }),
  ...each('wine wine64 dosbox wasmtime mono qemu-user retroarch scummvm box86 box64', {
    syntax: 'posix',
    otherOptions: 'harmless',
    does: [{ kind: 'code_execution', type: 'program', on: '0', evenWithout: true, why: 'runs a program in it' }],
  }),
  ...each(
    'mitmproxy mitmdump mitmweb burpsuite zaproxy wapiti httpx httprobe dnsx dnsmap bully sublist3r whatwaf cryptcat rpcclient smbget tcpkill macchanger jmeter',
    {
      otherOptions: 'harmless',
      does: [
        {
          kind: 'network',
          type: 'host',
          on: '*',
          evenWithout: true,
          scope: 'unknown',
          why: 'probes, listens or changes how the machine appears',
        },
      ],
    },
  ),
  ...each('chntpw', { otherOptions: 'harmless', does: [{ kind: 'privilege_change', type: 'user', on: '*', evenWithout: true }] }),
  ...each(
    'partclone.ext4 partclone.ntfs partclone.restore partclone.dd fsarchiver ntfsclone balena etcher bmaptool rpi-imager usbimager',
    {
      otherOptions: 'harmless',
      does: [
        { kind: 'delete', type: 'device', on: '*', evenWithout: true, scope: 'unbounded', why: 'may overwrite a whole device' },
      ],
    },
  ),
  ...each('nudoku xcowsay gnome-mines 2048-cli nethack angband freeciv vimtutor wtf qalc', {
    otherOptions: 'harmless',
    does: [{ kind: 'none' }],
  }),
];
