/** Programs that run another command: as somebody else, somewhere else, many times, later, watched or limited. */
import type { Program } from '../program.ts';
import { each, THE_REST } from './define.ts';
import { parallelled, replaced } from './parallel.ts';
import { pipedOutput } from './pipes.ts';

const SHELL_REST = { as: 'shell', from: '*' } as const;

export const WRAPPERS: readonly Program[] = [
  {
    names: ['sudo', 'sudo-rs'],
    syntax: 'posix',
    options:
      '-A|--askpass -b|--background -B|--bell -C|--close-from= -D|--chdir= -E|--preserve-env? -e|--edit -g|--group= -H|--set-home -h|--host= --help -i|--login -K|--remove-timestamp -k|--reset-timestamp -l|--list -N|--no-update -n|--non-interactive -P|--preserve-groups -p|--prompt= -R|--chroot= -r|--role= -S|--stdin -s|--shell -t|--type= -T|--command-timeout= -U|--other-user= -u|--user= -V|--version -v|--validate',
    does: [
      { kind: 'read', type: 'system', name: 'rights of sudo', when: '-l' },
      { kind: 'session', when: '-k|-K|-v #=0' },
      { kind: 'write', on: '*', when: '-e' },
      { kind: 'identity_change', type: 'user', on: '-u', when: '!-l' },
      { kind: 'identity_change', type: 'user', name: 'root', when: '!-u !-l #>0' },
      { kind: 'identity_change', type: 'user', name: 'root', when: '!-u -i|-s', why: 'a shell of another user' },
    ],
    runs: [
      { as: 'argv', from: '*', assignments: true, when: '!-e !-l #>0' },
      { as: 'shell', stdin: true, when: '-i|-s #=0' },
    ],
  },
  {
    names: ['doas'],
    syntax: 'posix',
    options: '-a= -C= -L -n -s -u=',
    does: [
      { kind: 'identity_change', type: 'user', on: '-u' },
      { kind: 'identity_change', type: 'user', name: 'root', when: '!-u' },
    ],
    runs: [THE_REST, { as: 'shell', stdin: true, when: '-s' }],
  },
  ...each('pkexec gksudo gksu kdesudo run0', {
    syntax: 'posix',
    options:
      '-u|--user= --disable-internal-agent -g|--group= -D|--chdir= --keep-cwd --description= -k -m= --unit= --property= --slice= --nice= --setenv= --background= --machine=',
    does: [
      { kind: 'identity_change', type: 'user', on: '-u' },
      { kind: 'identity_change', type: 'user', name: 'root', when: '!-u' },
    ],
    runs: [THE_REST],
  }),
  {
    names: ['su', 'runuser'],
    options:
      '-c|--command= -C|--session-command= -l|--login -m|-p|--preserve-environment -s|--shell= -f|--fast -g|--group= -G|--supp-group= -P|--pty -w|--whitelist-environment= -u|--user= -T',
    does: [
      { kind: 'identity_change', type: 'user', on: '0', when: '!@0=-' },
      { kind: 'identity_change', type: 'user', on: '1', when: '@0=-' },
      { kind: 'identity_change', type: 'user', on: '-u' },
      { kind: 'identity_change', type: 'user', name: 'root', when: '#=0 !-u' },
      { kind: 'identity_change', type: 'user', name: 'root', when: '@0=- #=1' },
    ],
    runs: [
      { as: 'shell', from: '-c' },
      { as: 'shell', from: '-C' },
      { as: 'argv', from: '*', when: '-u' },
      { as: 'shell', stdin: true, when: '!-c !-C !-u' },
    ],
  },
  {
    names: ['env', 'genv'],
    syntax: 'posix',
    options:
      '-i|--ignore-environment -0|--null -u|--unset= -C|--chdir= -S|--split-string= -v|--debug --block-signal? --default-signal? --ignore-signal? --list-signal-handling -a|--argv0= -P=',
    does: [{ kind: 'read', type: 'system', name: 'environment', when: '#=0 !-S' }],
    runs: [
      { as: 'argv', from: '*', assignments: true, when: '!-S !@0=-' },
      { as: 'argv', from: '1..', assignments: true, when: '@0=- !-S' },
      { as: 'shell', from: '-S *', when: '-S' },
    ],
  },
  {
    names: ['xargs', 'gxargs'],
    syntax: 'posix',
    options:
      '-0|--null -a|--arg-file= -d|--delimiter= -E= -e|--eof? -I= -i|--replace? -L= -l|--max-lines? -n|--max-args= -o|--open-tty -P|--max-procs= -p|--interactive --process-slot-var= -r|--no-run-if-empty -s|--max-chars= --show-limits -t|--verbose -x|--exit -J= -R= -S=',
    does: [{ kind: 'read', on: '-a' }],
    runs: [{ as: 'argv', from: '*', more: true }],
    refine: replaced,
  },
  {
    names: ['parallel', 'sem'],
    syntax: 'posix',
    otherOptions: 'opaque',
    options:
      '-0|--null -a|--arg-file= --bar --bg -N|--max-replace-args= -n|--max-args= -j|--jobs|-P|--max-procs= -k|--keep-order -q|--quote -I= -i|--replace? -C|--colsep= -d|--delimiter= -L= -l? -m|-X --xargs --dry-run --dryrun --eta --halt= --joblog= --resume --resume-failed --retries= --results= --tag --tagstring= --timeout= --tmpdir= --ungroup|-u --line-buffer|--lb -v|--verbose --will-cite --wait --fg --id= --semaphore --pipe --pipepart --block= --recstart= --recend= --progress --plus --link --shuf --header= --nice= --load= --memfree= --delay= --citation -r|--no-run-if-empty -t --rpl= --trim= -S|--sshlogin= --sshloginfile|--slf= --workdir|--wd= --env= --transferfile= --return= --cleanup --trc= --onall --nonall --number-of-cores --number-of-cpus',
    does: [
      { kind: 'read', on: '-a' },
      { kind: 'write', on: '--joblog --results' },
      { kind: 'network', type: 'host', on: '-S --sshloginfile', why: 'runs the commands on other hosts' },
    ],
    refine: parallelled,
  },
  {
    names: ['watch', 'hwatch', 'viddy'],
    syntax: 'posix',
    options:
      '-b|--beep -c|--color -C|--no-color -d|--differences? -e|--errexit -g|--chgexit -n|--interval= -p|--precise -q|--equexit= -r|--no-rerun -s|--shotsdir= -t|--no-title -w|--no-wrap -x|--exec',
    runs: [
      { ...SHELL_REST, when: '!-x' },
      { as: 'argv', from: '*', when: '-x' },
    ],
  },
  ...each('timeout gtimeout', {
    syntax: 'posix',
    options: '--foreground -k|--kill-after= -p|--preserve-status -s|--signal= -v|--verbose',
    runs: [{ as: 'argv', from: '1..' }],
  }),
  ...each(
    'nohup chronic ifne eatmydata nocache fakeroot fakechroot torsocks torify tsocks dbus-run-session gamemoderun optirun primusrun catchsegv linux32 linux64 unbuffer caffeinate',
    {
      syntax: 'posix',
      options: '-n -p -d -i -m -s -u -t= -w=',
      runs: [THE_REST],
    },
  ),
  ...each('nice gnice', { syntax: 'posix', options: '-n|--adjustment= -#', runs: [THE_REST] }),
  { names: ['stdbuf', 'gstdbuf'], syntax: 'posix', options: '-i|--input= -o|--output= -e|--error=', runs: [THE_REST] },
  { names: ['setsid'], syntax: 'posix', options: '-c|--ctty -f|--fork -w|--wait', runs: [THE_REST] },
  {
    names: ['numactl'],
    syntax: 'posix',
    options:
      '-i|--interleave= -p|--preferred= -m|--membind= -N|--cpunodebind= -C|--physcpubind= -l|--localalloc -a|--all -H|--hardware -s|--show',
    runs: [THE_REST],
  },
  ...each('proxychains proxychains4', {
    syntax: 'posix',
    options: '-q -f=',
    does: [{ kind: 'network', type: 'proxy', name: 'proxy chain' }],
    runs: [THE_REST],
  }),
  {
    names: ['xvfb-run'],
    syntax: 'posix',
    options:
      '-a|--auto-servernum -e|--error-file= -f|--auth-file= -n|--server-num= -l|--listen-tcp -p|--xauth-protocol= -s|--server-args= -w|--wait=',
    does: [{ kind: 'write', on: '-e' }],
    runs: [THE_REST],
  },
  {
    names: ['rlwrap'],
    syntax: 'posix',
    options: '-a? -A? -b= -c -C= -D= -f= -H= -i -I -l= -m? -n -N -o -O= -p? -q= -r -R -s= -S= -t= -w= -W -z=',
    does: [
      { kind: 'write', on: '-H -l' },
      { kind: 'code_execution', on: '-z', type: 'program' },
    ],
    runs: [THE_REST],
  },
  {
    names: ['systemd-inhibit', 'systemd-cat'],
    syntax: 'posix',
    options:
      '--what= --who= --why= --mode= --list --no-pager --no-legend -t|--identifier= -p|--priority= --stderr-priority= --level-prefix=',
    does: [{ kind: 'read', type: 'system', name: 'inhibitors', when: '--list' }],
    runs: [THE_REST],
  },
  {
    names: ['valgrind', 'heaptrack'],
    syntax: 'posix',
    otherOptions: 'harmless',
    options: '--log-file= --xml-file= -o|--output= --db-command=',
    does: [{ kind: 'write', on: '--log-file --xml-file -o' }],
    runs: [THE_REST, { as: 'shell', from: '--db-command' }],
  },
  {
    names: ['cpulimit'],
    syntax: 'posix',
    options: '-p|--pid= -e|--exe= -P|--path= -l|--limit= -v|--verbose -z|--lazy -i|--include-children -b -f -k|--kill',
    does: [{ kind: 'process_control', type: 'process', on: '-p -e -P' }],
    runs: [THE_REST],
  },
  {
    names: ['time'],
    syntax: 'posix',
    options: '-a|--append -f|--format= -o|--output= -p|--portability -q|--quiet -v|--verbose -l -h',
    does: [{ kind: 'write', on: '-o' }],
    runs: [THE_REST],
  },
  ...each('taskset chrt', {
    syntax: 'posix',
    options: '-p|--pid -c|--cpu-list -a|--all-tasks -b -f -i -o -r -d -m -R -T= -P= -D= -v',
    does: [{ kind: 'process_control', type: 'process', on: '1..', when: '-p #>1' }],
    runs: [{ as: 'argv', from: '1..', when: '!-p' }],
  }),
  {
    names: ['ionice'],
    syntax: 'posix',
    options: '-c|--class= -n|--classdata= -p|--pid= -P|--pgid= -t|--ignore -u|--uid=',
    does: [{ kind: 'process_control', type: 'process', on: '-p -P -u' }],
    runs: [{ as: 'argv', from: '*', when: '!-p !-P !-u' }],
  },
  ...each('renice choom prlimit uclampset schedtool', {
    otherOptions: 'harmless',
    does: [{ kind: 'process_control', type: 'process', on: '*', evenWithout: true }],
  }),
  ...each('setarch faketime aa-exec setpriv', {
    syntax: 'posix',
    otherOptions: 'opaque',
    options: '-R -3 -B -F -I -L -S -T -X -Z -v -f= -p|--profile= -n= -i',
    runs: [{ as: 'argv', from: '1..' }],
  }),
  ...each('setuidgid s6-setuidgid gosu su-exec', {
    syntax: 'posix',
    does: [{ kind: 'identity_change', type: 'user', on: '0' }],
    runs: [{ as: 'argv', from: '1..' }],
  }),
  ...each('chpst firejail proot bwrap bubblewrap', {
    does: [{ kind: 'opaque', why: 'changes where and as whom the command runs' }],
    otherOptions: 'harmless',
  }),
  {
    names: ['flock'],
    syntax: 'posix',
    options:
      '-s|--shared -x|-e|--exclusive -u|--unlock -n|--nb|--nonblock -w|--wait|--timeout= -o|--close -c|--command= -E|--conflict-exit-code= -F|--no-fork -v|--verbose',
    does: [{ kind: 'write', on: '0', why: 'the lock file' }],
    runs: [
      { as: 'argv', from: '1..', when: '!-c !@1=-c' },
      { as: 'shell', from: '2', when: '@1=-c' },
      { as: 'shell', from: '-c' },
    ],
  },
  {
    names: ['busybox', 'toybox', 'gtoybox'],
    syntax: 'words',
    does: [{ kind: 'none', when: '#=0|@0^--' }],
    runs: [{ as: 'argv', from: '*', when: '!@0^--' }],
  },
  {
    names: ['chroot'],
    syntax: 'posix',
    options: '--groups= --userspec= --skip-chdir -u= -g= -G= -n',
    does: [{ kind: 'identity_change', type: 'root', on: '0', why: 'another root folder' }],
    runs: [{ as: 'argv', from: '1..', at: { type: 'root', on: '0' } }],
  },
  ...each('unshare nsenter systemd-nspawn arch-chroot schroot', {
    syntax: 'posix',
    options:
      '-m|--mount? -u|--uts? -i|--ipc? -n|--net? -p|--pid? -U|--user? -C|--cgroup? -T|--time? -f|--fork --mount-proc? -r|--map-root-user -c|--map-current-user --map-user= --map-users= --map-group= --map-groups= --map-auto --propagation= --setgroups= -R|--root? -w|--wd? -S|--setuid= -G|--setgid= --kill-child? -t|--target= -a|--all -F|--no-fork -Z --preserve-credentials --keep-caps -D|--directory= -M|--machine= -b|--boot -q|--quiet -x --bind= --bind-ro= -N -d=',
    does: [
      { kind: 'identity_change', type: 'namespace', on: '-t -D -M', why: 'acts in other namespaces' },
      { kind: 'identity_change', type: 'namespace', name: 'new', when: '!-t !-D !-M' },
    ],
    runs: [{ as: 'argv', from: '*' }],
  }),
  ...each('strace ltrace truss ktrace dtruss gdbserver uftrace', {
    syntax: 'posix',
    otherOptions: 'harmless',
    options:
      '-f -ff -F -e|--trace= -o|--output= -p|--attach= -s|--string-limit= -c -C -t -tt -ttt -T -y -yy -v -x -xx -k -q -r -i -S= -P= -E|--env= -u|--user= -a= -O= -I= -X= -b= -l= -n=',
    does: [
      { kind: 'write', on: '-o' },
      { kind: 'process_control', type: 'process', on: '-p', why: 'looks into a running process' },
      { kind: 'identity_change', type: 'user', on: '-u' },
    ],
    runs: [{ as: 'argv', from: '*', assignments: true }],
    refine: pipedOutput('-o'),
  }),
  ...each('script scriptreplay scriptlive asciinema ttyrec', {
    options:
      '-a|--append -c|--command= -E|--echo= -e|--return -f|--flush -I|--log-in= -B|--log-io= -O|--log-out= -T|--log-timing= -m= -o= -q|--quiet -t?',
    does: [{ kind: 'write', on: '* -I -B -O -T' }],
    runs: [
      { as: 'shell', from: '-c' },
      { as: 'shell', stdin: true, when: '!-c' },
    ],
  }),
  ...each('entr watchexec', {
    syntax: 'posix',
    options: '-a -c -d -n -p -r -s -z -w|--watch= -e|--exts= -i|--ignore= --',
    runs: [{ as: 'argv', from: '*', more: true }],
  }),
  {
    names: ['hyperfine'],
    otherOptions: 'opaque',
    options:
      '-w|--warmup= -m|--min-runs= -M|--max-runs= -r|--runs= -s|--setup= -p|--prepare= -c|--cleanup= -C|--conclude= -P|--parameter-scan= -L|--parameter-list= -D= -S|--shell= -N -i|--ignore-failure --style= -u= --export-asciidoc= --export-csv= --export-json= --export-markdown= --show-output --output= --input= -n|--command-name=',
    does: [{ kind: 'write', on: '--export-csv --export-json --export-markdown --export-asciidoc' }],
    runs: [
      { as: 'shell', from: '*' },
      { as: 'shell', from: '-p' },
      { as: 'shell', from: '-c' },
      { as: 'shell', from: '-s' },
      { as: 'shell', from: '-C' },
    ],
  },
];
