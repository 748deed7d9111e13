/** Services, timers, logs of the machine, and settings of the running system. */
import type { Effect } from '@countersign/kernel';
import type { Call, Program } from '../program.ts';
import { each, effect, showing, subs } from './define.ts';

const SHOW = showing('services', '-p|--property= -n|--lines= -o|--output= -t|--type= --state=');

const UNITS = { otherOptions: 'harmless', options: '--signal= --kill-whom= --job-mode= -n= --what=' } as const;

const CONTROL = { ...UNITS, does: [{ kind: 'process_control', type: 'service', on: '*', evenWithout: true }] } as const;

const SYSTEMCTL =
  '-t|--type= --state= -p|--property= -P= -a|--all -r|--recursive --reverse --after --before -l|--full --value --show-types --job-mode= -T|--show-transaction -i --check-inhibitors= --fail --irreversible -q|--quiet --no-warn --wait --no-block --system --user --no-wall --global --no-reload --no-legend --legend= --no-pager --no-ask-password --kill-whom= --kill-value= -s|--signal= --what= -f|--force --message= --preset-mode= --root= --image= -H|--host= -M|--machine= --runtime -n|--lines= -o|--output= --firmware-setup --plain --timestamp= --now --dry-run --marked --mkdir --read-only --with-dependencies --failed --drop-in= --when= --stdin -v --version -h';

export const SERVICES: readonly Program[] = [
  {
    names: ['systemctl'],
    options: SYSTEMCTL,
    does: [
      { kind: 'network', type: 'host', on: '-H' },
      { kind: 'network', type: 'machine', on: '-M' },
    ],
    bare: SHOW,
    sub: {
      ...subs(
        'status show cat help list-units list-automounts list-paths list-sockets list-timers list-dependencies list-unit-files list-machines list-jobs is-active is-failed is-enabled is-system-running get-default show-environment whoami log-target service-log-level service-log-target',
        SHOW,
      ),
      'log-level': {
        does: [
          { kind: 'read', type: 'system', name: 'log level', when: '#=0' },
          { kind: 'config_change', type: 'system', name: 'log level', when: '#>0' },
        ],
      },
      ...subs(
        'start stop reload restart try-restart reload-or-restart try-reload-or-restart isolate kill clean freeze thaw reset-failed',
        CONTROL,
      ),
      ...subs('enable reenable preset preset-all link add-wants add-requires set-default edit import-environment', {
        does: [{ kind: 'persistence', type: 'service', on: '*', evenWithout: true, why: 'starts at boot from now on' }],
      }),
      ...subs('disable mask revert unmask', {
        does: [{ kind: 'config_change', type: 'service', on: '*', evenWithout: true, why: 'what starts at boot' }],
      }),
      ...subs(
        'set-property set-environment unset-environment daemon-reload daemon-reexec bind mount-image service-watchdogs cancel',
        { does: [{ kind: 'config_change', type: 'service', on: '*', evenWithout: true }] },
      ),
      ...subs(
        'default rescue emergency halt poweroff reboot kexec soft-reboot exit switch-root sleep suspend hibernate hybrid-sleep suspend-then-hibernate',
        {
          does: [
            {
              kind: 'process_control',
              type: 'system',
              name: 'machine',
              scope: 'unbounded',
              why: 'stops or restarts the machine',
            },
          ],
        },
      ),
    },
    refine: auditStopped,
  },
  {
    names: ['service', 'rc-service', 'invoke-rc.d'],
    syntax: 'words',
    does: [
      { kind: 'read', type: 'system', name: 'services', when: '@0=--status-all' },
      { kind: 'read', type: 'system', name: 'services', when: '@1=status' },
      { kind: 'process_control', type: 'service', on: '0', when: '!@0=--status-all !@1=status' },
    ],
    refine: auditStopped,
  },
  ...each(
    'sv s6-svc supervisorctl initctl svc svcadm launchctl pm2 forever nssm runsvdir s6-rc shepherd herd dinitctl passenger-config',
    {
      otherOptions: 'harmless',
      does: [
        {
          kind: 'read',
          type: 'system',
          name: 'services',
          when: '@0=status|list|ls|show|print|dumpstate|blame|avail|tail|logs|monit|jlist|describe|help',
        },
        {
          kind: 'process_control',
          type: 'service',
          on: '*',
          evenWithout: true,
          when: '!@0=status|list|ls|show|print|dumpstate|blame|avail|tail|logs|monit|jlist|describe|help !@0=load|bootstrap|enable|submit|startup|save|install',
        },
        {
          kind: 'persistence',
          type: 'service',
          on: '*',
          when: '@0=load|bootstrap|enable|submit|startup|save|install',
          why: 'starts by itself from now on',
        },
      ],
    },
  ),
  ...each('chkconfig rc-update update-rc.d insserv sysv-rc-conf ntsysv', {
    otherOptions: 'harmless',
    options: '--list',
    does: [
      { kind: 'read', type: 'system', name: 'services', when: '--list' },
      { kind: 'read', type: 'system', name: 'services', when: '#=0 !--list' },
      { kind: 'read', type: 'system', name: 'services', when: '@0=show' },
      { kind: 'persistence', type: 'service', on: '*', when: '!--list #>0 !@0=show', why: 'what starts at boot' },
    ],
  }),
  {
    names: ['systemd-run'],
    syntax: 'posix',
    otherOptions: 'opaque',
    options:
      '--user --system -t|--pty -P|--pipe -q|--quiet -u|--unit= -p|--property= --slice= -r|--remain-after-exit --scope -G|--collect -E|--setenv= --uid= --gid= --nice= --description= --wait -d|--same-dir --working-directory= --on-active= --on-boot= --on-startup= --on-unit-active= --on-calendar= --timer-property= --no-block -M|--machine= -H|--host= --send-sighup --service-type= -S|--shell',
    does: [
      { kind: 'process_control', type: 'service', name: 'transient unit' },
      {
        kind: 'persistence',
        type: 'timer',
        on: '--on-active --on-boot --on-startup --on-unit-active --on-calendar',
        why: 'runs later',
      },
      { kind: 'identity_change', type: 'user', on: '--uid --gid' },
    ],
    runs: [{ as: 'argv', from: '*' }],
  },
];

/** Stopping what keeps the record is worse than stopping a service. */
function auditStopped(call: Call, found: readonly Effect[]): readonly Effect[] {
  const verb = call.program === 'service' ? (call.operands[1]?.text ?? '') : (call.path[0] ?? '');
  if (!/^(?:stop|disable|mask|kill|freeze)$/u.test(verb)) return found;
  const names = call.program === 'service' ? call.operands.slice(0, 1) : call.operands;
  const logs = names.filter((word) =>
    /^(?:auditd|rsyslogd?|syslog(?:-ng)?|systemd-journald|journald|osqueryd|falco|falcon-sensor|wazuh-agent|ossec|crowdstrike\S*|sysmon|auditbeat|filebeat|fluent(?:d|-bit)|td-agent|vector|mdatp|sentinelone|cbagentd|nessusagent)(?:\.service|\.socket)?$/u.test(
      word.text,
    ),
  );
  return logs.length === 0
    ? found
    : [...found, effect(call, 'log_tamper', { on: logs, type: 'service', why: 'stops what keeps the record' })];
}
