/** Processes: who runs, how much they use, and stopping them. */
import type { Program } from '../program.ts';
import { each, prints, shows } from './define.ts';

export const PROCESS: readonly Program[] = [
  ...each('atop sar dstat dool glances nmon collectl', {
    otherOptions: 'harmless',
    options: '-w|--webserver? -r= -f|--filename= -o|--output= --export= -s|--server -c= -P=',
    does: [
      { kind: 'read', type: 'system', name: 'processes' },
      { kind: 'write', on: '-o' },
      { kind: 'write', name: 'measurements', when: '-w|-f|--export' },
      { kind: 'network', type: 'listener', name: 'monitor', when: '-s|--export' },
    ],
  }),
  {
    names: ['turbostat'],
    syntax: 'posix',
    otherOptions: 'harmless',
    options: '-i|--interval= -o|--out= -n|--num_iterations= -s|--show= -H|--hide= -a|--add= -c|--cpu=',
    does: [
      { kind: 'read', type: 'system', name: 'processes' },
      { kind: 'write', on: '-o' },
    ],
    runs: [{ as: 'argv', from: '*' }],
  },
  ...shows(
    'processes',
    'ps pstree pgrep pidof top htop btop btm  gtop   bashtop procs pmap pwdx pidstat w uptime free vmstat iostat mpstat  tload slabtop lsof pstack systemd-cgtop systemd-cgls iotop tiptop zenith bpytop ytop vtop nvtop radeontop intel_gpu_top s-tui mpss jps jstat ipcs lsipc lsns lslocks numastat  prtstat peekfd    below zps',
  ),
  ...each('pkill killall killall5 skill snice fkill xkill', {
    otherOptions: 'harmless',
    options:
      '-f|--full -u|--user|--euid= -U= -t|--terminal= -P|--parent= -g|--pgroup= -G= -s|--session= --signal= -o|--older-than= -y|--younger-than= -Z|--context= -n|--ns= -l|--list -x|--exact -e|--echo -i|--ignore-case -r|--regexp -w|--wait -q -v -I',
    does: [
      { kind: 'none', when: '-l' },
      { kind: 'process_control', type: 'process', on: '*', when: '!-l #>0 !-u !-U !-t' },
      { kind: 'process_control', type: 'user', on: '-u -U -t', scope: 'unbounded', when: '!-l', why: 'every process of theirs' },
      { kind: 'process_control', type: 'process', name: 'all', scope: 'unbounded', when: '!-l #=0 !-u !-U !-t' },
    ],
  }),
  {
    names: ['fuser'],
    options:
      '-a|--all -c|-M|--ismountpoint -i|--interactive -I|--inode -k|--kill -l|--list-signals -m|--mount= -n|--namespace= -s|--silent -u|--user -v|--verbose -w -4 -6 -f -HUP -INT -TERM -KILL -9 -15',
    does: [
      { kind: 'read', type: 'system', name: 'processes', when: '!-k' },
      {
        kind: 'process_control',
        type: 'file',
        on: '* -m',
        evenWithout: true,
        scope: 'unknown',
        when: '-k',
        why: 'kills whatever uses it',
      },
    ],
  },
  {
    names: ['shutdown'],
    options: '-h -H -P|-p -r -c -k -n -t= -f -F -a --no-wall --show --poweroff --reboot --halt',
    does: [
      {
        kind: 'process_control',
        type: 'system',
        name: 'machine',
        scope: 'unbounded',
        when: '!-c !--show !-k',
        why: 'stops or restarts the machine',
      },
      { kind: 'process_control', type: 'system', name: 'planned shutdown', when: '-c' },
      { kind: 'read', type: 'system', name: 'planned shutdown', when: '--show' },
    ],
  },
  ...each('reboot halt poweroff init telinit kexec pm-suspend pm-hibernate rtcwake systemd-soft-reboot', {
    otherOptions: 'harmless',
    does: [
      {
        kind: 'process_control',
        type: 'system',
        name: 'machine',
        scope: 'unbounded',
        why: 'stops, restarts or suspends the machine',
      },
    ],
  }),
  ...each(
    'gdb lldb rr gcore criu reptyr drgn radare2 r2 rizin frida frida-trace jdb pdb edb jmap jstack jcmd jinfo py-spy pyrasite rbspy bpftrace stap trace-cmd sysdig dtrace opensnoop execsnoop bcc',
    {
      otherOptions: 'harmless',
      does: [
        { kind: 'process_control', type: 'process', on: '*', evenWithout: true, why: 'looks into a process and may change it' },
        { kind: 'opaque', why: 'commands of a debugger are not read' },
      ],
    },
  ),
  {
    names: ['perf'],
    syntax: 'posix',
    otherOptions: 'harmless',
    options: '-o|--output= -i|--input= -e= -p|--pid= -F= -g -a -C= -t|--tid=',
    sub: {
      ...Object.fromEntries(
        ['report', 'annotate', 'list', 'diff', 'script', 'evlist', 'version', 'buildid-list', 'top'].map((name) => [
          name,
          { otherOptions: 'harmless' as const, does: [{ kind: 'read' as const, type: 'system', name: 'measurements' }] },
        ]),
      ),
      ...Object.fromEntries(
        ['stat', 'record', 'trace', 'mem', 'c2c', 'sched', 'lock', 'kmem'].map((name) => [
          name,
          {
            syntax: 'posix' as const,
            does: [{ kind: 'write' as const, name: 'perf.data' }],
            runs: [{ as: 'argv' as const, from: '*' }],
          },
        ]),
      ),
      bench: { otherOptions: 'harmless', does: [{ kind: 'none' }] },
    },
  },
  ...each('ipcrm', {
    otherOptions: 'harmless',
    does: [{ kind: 'delete', type: 'system', name: 'shared memory', on: '*', evenWithout: true, scope: 'unknown' }],
  }),
  ...prints(
    'ldd nm objdump readelf size addr2line c++filt otool dwarfdump pahole checksec gcov gprof eu-readelf llvm-objdump llvm-nm llvm-readelf dumpbin rabin2',
    '-o= -arch=',
  ),
];
