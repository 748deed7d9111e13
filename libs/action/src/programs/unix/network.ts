/** Programs that ask the network, and the ones that change how this machine takes part in it. */
import type { Effect } from '@countersign/kernel';
import type { Act, Call, Command, Program } from '../program.ts';
import { each, effect, showing, shows, subs } from './define.ts';

/** Asks other hosts something; a name that is put together at run time can carry data out. */
const ASKS: Command = {
  otherOptions: 'harmless',
  options: '-c= -i= -w= -W= -t= -p= -I= -x= -y=',

  does: [{ kind: 'read', type: 'host', on: '*', evenWithout: true }],
  refine: carried,
};

function carried(call: Call, found: readonly Effect[]): readonly Effect[] {
  const computed = call.operands.filter((word) => !word.known);
  if (computed.length === 0) return found;
  return [
    ...found,
    effect(call, 'network', {
      on: computed,
      type: 'host',
      scope: 'unknown',
      why: 'the name is only known at run time and may carry data',
    }),
  ];
}

const SHOW = showing('network');

const CHANGE: Command = {
  otherOptions: 'harmless',
  does: [{ kind: 'config_change', type: 'network', on: '*', evenWithout: true, why: 'changes the network of this machine' }],
};

const FLUSH: Command = {
  otherOptions: 'harmless',
  does: [{ kind: 'config_change', type: 'network', on: '*', evenWithout: true, scope: 'unbounded', why: 'removes every entry' }],
};

const IP_OBJECT: Command = {
  otherOptions: 'harmless',
  bare: SHOW,
  sub: {
    ...subs('show list ls lst get s sh l monitor save help', SHOW),
    ...subs('add a del delete d set change chg replace rep append prepend restore attach', CHANGE),
    ...subs('flush f flush-all', FLUSH),
  },
};

const CHANGES_NETWORK: Act = {
  kind: 'config_change',
  type: 'network',
  on: '*',
  evenWithout: true,
  why: 'changes the network of this machine',
};

export const NETWORK: readonly Program[] = [
  {
    names: ['ss'],
    otherOptions: 'harmless',
    options: '-K|--kill -D|--diag= -F|--filter= -f|--family= -A|--query=',
    does: [
      { kind: 'read', type: 'system', name: 'network', when: '!-K' },
      {
        kind: 'process_control',
        type: 'socket',
        on: '*',
        evenWithout: true,
        scope: 'unknown',
        when: '-K',
        why: 'cuts connections',
      },
      { kind: 'write', on: '-D' },
    ],
  },
  ...each('vnstat ipconfig', {
    otherOptions: 'harmless',
    options: '--add --remove --rename= --create --delete --reset -u|--update',
    does: [
      {
        kind: 'read',
        type: 'system',
        name: 'network',
        when: '!--add !--remove !--rename !--create !--delete !--reset !-u !@0=set|setverbose|sethostname',
      },
      {
        kind: 'config_change',
        type: 'network',
        on: '*',
        evenWithout: true,
        when: '--add|--remove|--rename|--create|--delete|--reset|-u|@0=set|setverbose|sethostname',
      },
    ],
  }),
  ...each(
    'ping ping6 fping hping3 arping dig host nslookup drill kdig delv doggo dog q traceroute traceroute6 tracepath mtr tcptraceroute whois resolveip nbtscan nmblookup avahi-browse avahi-resolve dns-sd geoiplookup ipcalc sipcalc subnetcalc grepcidr netmask mdig systemd-resolve  showmount snmpwalk snmpget snmpstatus snmptable gping prettyping trippy trip speedtest speedtest-cli fast dhcping check_ping pchar oping noping owping httping httpstat',
    ASKS,
  ),
  ...shows(
    'network',
    'netstat rpcinfo  ifstat iftop nethogs bmon nload  iptraf-ng iptraf iwgetid iwlist wavemon nicstat bandwhich dropwatch inxi networkQuality ipcount rtmon tcpstat ',
  ),
  ...each('iperf iperf3 netperf qperf nuttcp', {
    otherOptions: 'harmless',
    does: [{ kind: 'network', type: 'host', on: '*', evenWithout: true, why: 'sends load' }],
  }),
  {
    names: ['ip'],
    otherOptions: 'harmless',
    options:
      '-4 -6 -s|-stats -d|-details -o|-oneline -br|-brief -j|-json -p|-pretty -c|-color? -r -f|-family= -n|-netns= -b|-batch= -force -a|-all',
    syntax: 'go',
    does: [{ kind: 'opaque', on: '-b', why: 'a file of commands' }],
    sub: {
      ...subs(
        'address addr a route r ro rou rule ru neighbour neighbor neigh n ntable tunnel tun tuntap maddress maddr mroute mrule addrlabel token nexthop tcp_metrics tcpmetrics xfrm mptcp macsec',
        IP_OBJECT,
      ),
      link: IP_OBJECT,
      l: IP_OBJECT,
      li: IP_OBJECT,
      ...subs('monitor help', SHOW),
      netns: {
        bare: SHOW,
        sub: {
          ...subs('list ls show identify pids monitor list-id', SHOW),
          ...subs('add del delete set attach', CHANGE),
          exec: {
            syntax: 'words',
            does: [{ kind: 'identity_change', type: 'namespace', on: '0' }],
            runs: [{ as: 'argv', from: '1..' }],
          },
        },
      },
      vrf: {
        sub: {
          ...subs('show identify pids', SHOW),
          exec: {
            syntax: 'words',
            does: [{ kind: 'identity_change', type: 'namespace', on: '0' }],
            runs: [{ as: 'argv', from: '1..' }],
          },
        },
      },
    },
    bare: SHOW,
  },
  ...each(
    'ifconfig iwconfig ethtool mii-tool iw brctl vconfig bridge tc rfkill nmcli wpa_cli batctl ifmetric ipmaddr iptunnel arp route',
    {
      otherOptions: 'harmless',
      refine: lookedOrChanged,
    },
  ),
  ...each('ebtables arptables conntrack ipvsadm', {
    otherOptions: 'harmless',
    options: '-t= -L|--list|--dump|-l -S|--stats -C|--count -Z|--zero -n -v',
    does: [
      { kind: 'read', type: 'system', name: 'network', when: '-L|-S !-C !-Z' },
      { ...CHANGES_NETWORK, when: '!-L !-S' },
      { ...CHANGES_NETWORK, when: '-C|-Z' },
    ],
  }),
  ...each('wg', {
    syntax: 'words',
    does: [
      { kind: 'read', type: 'system', name: 'network', when: '#=0' },
      { kind: 'read', type: 'system', name: 'network', when: '@0=show' },
      { kind: 'secret_read', type: 'key', name: 'wireguard', when: '@0=showconf|genkey|genpsk' },
      { kind: 'none', when: '@0=pubkey' },
      { ...CHANGES_NETWORK, when: '#>0 !@0=show|showconf|genkey|genpsk|pubkey' },
    ],
  }),
  ...each('networksetup', {
    syntax: 'words',
    does: [
      { kind: 'read', type: 'system', name: 'network', when: '@0^-list|@0^-get|@0^-show|@0^-is|@0^-print|@0=-help|@0=-version' },
      {
        ...CHANGES_NETWORK,
        when: '!@0^-list !@0^-get !@0^-show !@0^-is !@0^-print !@0=-help !@0=-version',
      },
    ],
  }),
  ...each('scutil', {
    otherOptions: 'harmless',
    options: '--dns --proxy --nwi --get= -r= -w= --set= --nc=',
    does: [
      { kind: 'read', type: 'system', name: 'network', when: '--dns|--proxy|--nwi|--get|-r|-w !--set !--nc' },
      { ...CHANGES_NETWORK, when: '!--dns !--proxy !--nwi !--get !-r !-w' },
      { ...CHANGES_NETWORK, when: '--set|--nc' },
    ],
  }),
  ...each(
    'ifup ifdown ifenslave dhclient dhcpcd udhcpc wpa_supplicant hostapd wg-quick openvpn vpnc openconnect pptp strongswan ipsec rfcomm slattach pppd pon poff nmtui netplan dnsmasq ovs-vsctl ovs-ofctl ipset arp-scan tunctl',
    {
      otherOptions: 'harmless',
      does: [{ kind: 'config_change', type: 'network', on: '*', evenWithout: true, why: 'changes the network of this machine' }],
    },
  ),
];

const LOOKING =
  /^(?:show|list|ls|status|stats?|get|info|dump|station|scan|link|event|dev|phy|help|print|monitor|general|device|connection|radio|networking|--list\S*|--get\S*|--state|--query\S*|--info\S*|--version|--help|-[adnNevisS]*|-[shw]\S?|--json|--output\S*)$/u;

const CHANGING =
  /^(?:up|down|add|del|delete|set|mod|modify|edit|replace|change|remove|flush|connect|disconnect|on|off|block|unblock|reload|restart|start|stop|enable|disable|reset|txpower|mtu|hw|netmask|broadcast|promisc|-promisc|power|join|leave|auth|addbr|delbr|addif|delif|essid|key|mode|channel|freq|rate|ban\w*|unban\w*|--add\S*|--remove\S*|--set\S*|--change\S*|--reload|--complete-reload|--runtime-to-permanent|--panic\S*|--direct|--permanent|--new\S*|--delete\S*|-[sKAGCLpPrUWXEF]|-[def]{1,2}|-F\S*)$/u;

/** `ifconfig eth0` looks, `ifconfig eth0 down` changes: one changing word is enough, and so is one more than a name. */
function lookedOrChanged(call: Call): readonly Effect[] {
  const changing = call.words.filter(
    (word) =>
      !word.known || (CHANGING.test(word.text) && !/^(?:ethtool -S|arp -e|route -e)$/u.test(`${call.program} ${word.text}`)),
  );
  const plain = call.words.filter((word) => !word.text.startsWith('-') && !LOOKING.test(word.text));
  if (changing.length === 0 && plain.length <= 1) return [effect(call, 'read', { type: 'system', name: 'network' })];
  if (changing.length === 0 && call.words.some((word) => LOOKING.test(word.text) && !/^-[^-]/u.test(word.text)))
    return [effect(call, 'read', { type: 'system', name: 'network' })];
  const wide = changing.some((word) => /^(?:flush|reset|disable|stop|-F\S*|-[dF])$/u.test(word.text));
  return [
    effect(call, 'config_change', {
      on: changing.length > 0 ? changing : plain,
      type: 'network',
      why: 'changes the network of this machine',
      ...(wide ? { scope: 'unbounded' as const } : { scope: 'one' as const }),
    }),
  ];
}
