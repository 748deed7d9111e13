/** Logs of the machine, schedules, clocks and settings of the running system. */
import type { Effect } from '@countersign/kernel';
import type { Call, Program } from '../program.ts';
import { each, effect, given, shows } from './define.ts';

export const LOGS: readonly Program[] = [
  {
    names: ['journalctl'],
    options:
      '--system --user -M|--machine= -m|--merge -D|--directory= -i|--file= --root= --image= --namespace= -S|--since= -U|--until= -c|--cursor= --after-cursor= --cursor-file= -b|--boot? -u|--unit= --user-unit= -t|--identifier= -T= -p|--priority= --facility= -g|--grep= --case-sensitive? -k|--dmesg -o|--output= --output-fields= -n|--lines= -r|--reverse --show-cursor --utc -x|--catalog --no-hostname --no-full --full -a|--all -f|--follow --no-tail --truncate-newline -q|--quiet --no-pager -e|--pager-end --interval= --verify-key= --force -N|--fields -F|--field= --list-boots --list-namespaces --list-invocations --disk-usage --vacuum-size= --vacuum-files= --vacuum-time= --verify --sync --relinquish-var --smart-relinquish-var --flush --rotate --header --list-catalog --dump-catalog --update-catalog --setup-keys -h|--help --version --merge --invocation= -I',
    does: [
      {
        kind: 'read',
        type: 'system',
        name: 'journal',
        when: '!--vacuum-size !--vacuum-files !--vacuum-time !--rotate !--relinquish-var !--setup-keys',
      },
      {
        kind: 'log_tamper',
        type: 'log',
        name: 'journal',
        scope: 'unknown',
        when: '--vacuum-size|--vacuum-files|--vacuum-time',
        why: 'removes old entries of the journal',
      },
      { kind: 'write', type: 'log', name: 'journal', when: '--rotate|--relinquish-var|--setup-keys' },
    ],
  },
  {
    names: ['dmesg'],
    options:
      '-C|--clear -c|--read-clear -D|--console-off -E|--console-on -d|--show-delta -e|--reltime -F|--file= -f|--facility= -H|--human -J|--json -k|--kernel -L|--color? -l|--level= -n|--console-level= -P|--nopager -p|--force-prefix -r|--raw --noescape -S|--syslog -s|--buffer-size= -T|--ctime -t|--notime --time-format= -u|--userspace -w|--follow -W|--follow-new -x|--decode --since= --until=',
    does: [
      { kind: 'read', type: 'system', name: 'kernel log', when: '!-C' },
      {
        kind: 'log_tamper',
        type: 'log',
        name: 'kernel log',
        scope: 'unbounded',
        when: '-C|-c',
        why: 'clears the kernel’s messages',
      },
      { kind: 'config_change', type: 'log', name: 'console', when: '-D|-E|-n' },
    ],
  },
  ...each('lastlog', {
    options: '-b|--before= -C|--clear -S|--set -t|--time= -u|--user= -R|--root= -h|--help',
    does: [
      { kind: 'read', type: 'system', name: 'logs', when: '!-C !-S' },
      { kind: 'log_tamper', type: 'log', name: 'last logins', when: '-C|-S' },
    ],
  }),
  ...shows('logs', 'last lastb ausearch aureport lastlog2 acpi_listen utmpdump logwatch'),
  {
    names: ['faillog'],
    options: '-a -l= -m= -r -t= -u= -R=',
    does: [
      { kind: 'read', type: 'system', name: 'failed logins', when: '!-r' },
      { kind: 'log_tamper', type: 'log', name: 'failed logins', when: '-r' },
    ],
  },
  {
    names: ['logger'],
    otherOptions: 'harmless',
    does: [
      { kind: 'write', type: 'log', name: 'system log' },
      { kind: 'network', type: 'host', on: '-n', when: '-n' },
    ],
    options: '-n|--server= -P|--port= -t|--tag= -p|--priority= -f|--file= -u|--socket= -T -d',
  },
  {
    names: ['auditctl'],
    otherOptions: 'harmless',
    options: '-l -s -D -d= -e= -W= -a= -w= -A= -R= -k= -p= -S= -F= -r= -b= -f= -m= -v',
    does: [
      { kind: 'read', type: 'system', name: 'audit rules', when: '-l|-s|-v' },
      {
        kind: 'log_tamper',
        type: 'log',
        name: 'audit rules',
        scope: 'unbounded',
        when: '-D|-e=0|-d|-W',
        why: 'takes audit rules away',
      },
      { kind: 'config_change', type: 'log', name: 'audit rules', when: '-a|-w|-A|-R|-e=1|2|-r|-b|-f' },
      { kind: 'write', type: 'log', name: 'audit log', when: '-m' },
    ],
  },
  {
    names: ['logrotate'],
    otherOptions: 'harmless',
    options: '-d|--debug -f|--force -s|--state= -v -m|--mail= -l|--log=',
    does: [
      { kind: 'none', when: '-d' },
      { kind: 'log_tamper', type: 'log', name: 'logs', scope: 'bounded', when: '-f !-d', why: 'moves logs on before their time' },
      { kind: 'write', type: 'log', name: 'logs', when: '!-f !-d' },
      { kind: 'code_execution', type: 'program', on: '-m', why: 'runs this program' },
    ],
  },
  ...each('newsyslog savelog', {
    otherOptions: 'harmless',
    does: [{ kind: 'log_tamper', type: 'log', name: 'logs', scope: 'bounded', why: 'moves logs on' }],
  }),
  {
    names: ['crontab'],
    options: '-u= -l -r -e -i -n -s -T= -V',
    does: [
      { kind: 'read', type: 'schedule', name: 'crontab', when: '-l' },
      { kind: 'delete', type: 'schedule', name: 'crontab', scope: 'unknown', when: '-r', why: 'every entry of the schedule' },
      { kind: 'persistence', type: 'schedule', name: 'crontab', when: '!-l !-r !-T !-V', why: 'runs commands by the clock' },
    ],
  },
  ...each('at batch atd', {
    otherOptions: 'harmless',
    options: '-f= -l -d= -r= -c= -q= -m -M -t= -v -V -k',
    does: [
      { kind: 'read', type: 'schedule', name: 'at', when: '-l|-c|-V' },
      { kind: 'delete', type: 'schedule', on: '-d -r' },
      { kind: 'persistence', type: 'schedule', name: 'at', when: '!-l !-c !-d !-r !-V', why: 'runs commands later' },
    ],
  }),
  ...shows('schedule', 'atq'),
  ...each('atrm', { does: [{ kind: 'delete', type: 'schedule', on: '*' }] }),
  ...each('anacron cronnext fcrontab', {
    otherOptions: 'harmless',
    does: [{ kind: 'process_control', type: 'schedule', name: 'cron' }],
  }),
  ...each(
    'loginctl machinectl timedatectl localectl hostnamectl resolvectl networkctl bootctl coredumpctl udisksctl busctl systemd-analyze systemd-tmpfiles systemd-sysusers udevadm portablectl homectl oomctl userdbctl systemd-creds systemd-cryptenroll systemd-escape systemd-path systemd-id128 systemd-detect-virt systemd-delta systemd-notify systemd-ask-password systemd-hwdb systemd-mount systemd-umount upower powerprofilesctl boltctl tuned-adm cpupower rc-status gsettings dconf gconftool-2 xfconf-query kwriteconfig5 kreadconfig5 balooctl gnome-extensions flatpak-spawn chronyc ntpq ntpdc',
    {
      otherOptions: 'harmless',
      refine: askedOrSet,
    },
  ),
  ...each('ntpdate hwclock', {
    otherOptions: 'harmless',
    options: '-r|--show --get -q|--query -s|--hctosys -w|--systohc --set --adjust --systz --setepoch -u',
    does: [
      { kind: 'read', type: 'system', name: 'clock', when: '-r|--get|-q' },
      { kind: 'config_change', type: 'system', name: 'clock', when: '!-r !--get !-q' },
      { kind: 'config_change', type: 'system', name: 'clock', when: '-s|-w|--set|--adjust|--systz|--setepoch' },
    ],
  }),
  ...each('rdate sntp clockdiff chronyd ntpd', {
    otherOptions: 'harmless',
    does: [{ kind: 'config_change', type: 'system', name: 'clock' }],
  }),
  {
    names: ['date', 'gdate'],
    options:
      '-d|--date= --debug -f|--file= -I|--iso-8601? -R|--rfc-email|--rfc-2822 --rfc-3339= -r|--reference= -s|--set= -u|--utc|--universal -j -n -v= -z= --resolution',
    does: [
      { kind: 'read', on: '-f' },
      { kind: 'config_change', type: 'system', name: 'clock', when: '-s' },
    ],
    refine: (call, found) =>
      call.operands.some((word) => !word.text.startsWith('+') && /^\d/u.test(word.text)) && !given(call, '-j', '-d')
        ? [...found, effect(call, 'config_change', { type: 'system', name: 'clock', on: call.operands })]
        : found,
  },
  {
    names: ['sysctl'],
    options:
      '-a|--all|-A|-X --deprecated -b|--binary -e|--ignore -N|--names -n|--values -p|--load? -f? --system -r|--pattern= -q|--quiet -w|--write -o -x -h -V --dry-run -d',
    does: [
      { kind: 'read', type: 'system', name: 'kernel settings', when: '!-w !-p !-f !--system !@*~=' },
      {
        kind: 'config_change',
        type: 'kernel',
        on: '*',
        evenWithout: true,
        when: '-w|-p|-f|--system|@*~=',
        why: 'settings of the kernel',
      },
    ],
  },
];

const ASKING =
  /^(?:-\S*|list\S*|ls|show\S*|status|is-\S+|get\S*|query|info|statistics|seat-status|user-status|session-status|machine-status|timesync-status|show-timesync|image-status|log|cat|dump|blame|critical-chain|plot|time|unit-files|verify|security|calendar|timespan|timestamp|condition|inspect-elf|introspect|tree|monitor|lldp|sources\S*|tracking|activity|ntpdata|help|version|stat|test|active|recommended|profile_info|frequency-info|idle-info|find-paths|range|describe|writable|watch|read|-l|-e|-i|-d)$/u;

/** These all have verbs that ask and verbs that set; what is not known to ask counts as setting. */
function askedOrSet(call: Call): readonly Effect[] {
  const words = call.words.filter((word) => !word.text.startsWith('-'));
  const [verb] = words;
  const reads = [
    'systemd-escape',
    'systemd-path',
    'systemd-id128',
    'systemd-detect-virt',
    'systemd-delta',
    'ntpq',
    'rc-status',
    'oomctl',
    'userdbctl',
    'upower',
    'kreadconfig5',
    'systemd-analyze',
  ];
  const flags = call.words.some(
    (word) =>
      /^(?:-s|--set\S*|--reset|-r|--create|--remove|--clean|--write|-w|-n|--dump-gvariant)$/u.test(word.text) &&
      call.program !== 'systemd-detect-virt',
  );
  if (
    reads.includes(call.program) &&
    !(verb !== undefined && /^(?:set\S*|log-level|log-target)$/u.test(verb.text) && words.length > 1)
  )
    return [effect(call, 'read', { type: 'system', name: call.program })];
  if (verb === undefined && !flags) return [effect(call, 'read', { type: 'system', name: call.program })];
  if (verb?.known === true && ASKING.test(verb.text) && !(flags && call.program === 'xfconf-query'))
    return [effect(call, 'read', { type: 'system', name: call.program })];
  if (
    verb !== undefined &&
    /^(?:terminate|kill|poweroff|reboot|start|stop|lock|unlock|activate|attach|login|shell|trigger|settle|control|call|emit|power-off|mount|unmount|loop)\S*$/u.test(
      verb.text,
    )
  )
    return [effect(call, 'process_control', { type: 'service', on: words.slice(1), scope: 'one' })];
  return [effect(call, 'config_change', { type: 'setting', on: words, scope: 'one' })];
}
