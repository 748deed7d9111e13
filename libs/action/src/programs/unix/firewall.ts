/** Firewalls, scanners, captures and the name of the machine. */
import type { Effect } from '@countersign/kernel';
import type { Call, Command, Program } from '../program.ts';
import { each, effect, showing, shows, subs } from './define.ts';

const SHOW = showing('network');

const CHANGE: Command = {
  otherOptions: 'harmless',
  does: [{ kind: 'config_change', type: 'network', on: '*', evenWithout: true, why: 'changes the network of this machine' }],
};

const FLUSH: Command = {
  otherOptions: 'harmless',
  does: [{ kind: 'config_change', type: 'network', on: '*', evenWithout: true, scope: 'unbounded', why: 'removes every entry' }],
};

export const FIREWALL: readonly Program[] = [
  {
    names: ['iptables', 'ip6tables', 'iptables-legacy', 'iptables-nft', 'ip6tables-nft'],
    otherOptions: 'harmless',
    options:
      '-t|--table= -L|--list? -S|--list-rules? -C|--check -F|--flush? -X|--delete-chain? -P|--policy -Z|--zero? -n -v -x --line-numbers',
    does: [
      { kind: 'read', type: 'system', name: 'firewall', when: '-L|-S|-C' },
      { kind: 'config_change', type: 'firewall', name: 'rules', scope: 'unbounded', when: '-F|-X', why: 'removes every rule' },
      {
        kind: 'config_change',
        type: 'firewall',
        name: 'rules',
        when: '!-L !-S !-C !-F !-X',
        why: 'changes what may come in and go out',
      },
    ],
  },
  ...shows('firewall', 'iptables-save ip6tables-save ebtables-save'),
  ...each('iptables-restore ip6tables-restore ebtables-restore iptables-apply', {
    otherOptions: 'harmless',
    does: [{ kind: 'config_change', type: 'firewall', name: 'rules', scope: 'unbounded', why: 'replaces every rule' }],
  }),
  {
    names: ['nft'],
    otherOptions: 'harmless',
    options: '-f|--file= -c|--check',
    sub: {
      ...subs('list monitor describe', SHOW),
      ...subs('add insert create replace delete reset rename import destroy', CHANGE),
      flush: FLUSH,
    },
    bare: CHANGE,
    does: [{ kind: 'config_change', on: '-f', type: 'firewall', why: 'rules from a file' }],
  },
  {
    names: ['ufw', 'gufw'],
    otherOptions: 'harmless',
    sub: {
      ...subs('status version show app', SHOW),
      ...subs('allow deny reject limit delete insert prepend route logging default reload enable', CHANGE),
      ...subs('disable reset', FLUSH),
    },
  },
  ...each('firewall-cmd firewall-offline-cmd pfctl shorewall csf fail2ban-client ferm awall npfctl ipfw', {
    otherOptions: 'harmless',
    refine: lookedOrChanged,
  }),
  ...each(
    'nmap masscan zmap rustscan unicornscan zenmap nikto sqlmap hydra medusa ncrack john hashcat aircrack-ng airodump-ng aireplay-ng airmon-ng wifite reaver ettercap bettercap arpspoof dsniff responder msfconsole msfvenom setoolkit beef crackmapexec nxc netexec enum4linux smbmap gobuster dirb dirbuster feroxbuster ffuf wfuzz wpscan nuclei amass subfinder theHarvester recon-ng sherlock cewl sslscan sslyze testssl.sh testssl whatweb dnsrecon dnsenum fierce evil-winrm impacket-secretsdump secretsdump.py mimikatz linpeas linpeas.sh chisel ligolo proxytunnel frpc lt bore inlets',
    {
      otherOptions: 'harmless',
      options: '-oN= -oX= -oG= -oA= -o|--output= --script=',
      syntax: 'go',
      does: [
        {
          kind: 'network',
          type: 'host',
          on: '*',
          evenWithout: true,
          scope: 'unknown',
          why: 'probes or opens ways to other machines',
        },
        { kind: 'write', on: '-oN -oX -oG -oA -o' },
        { kind: 'code_execution', type: 'script', on: '--script', why: 'runs these scripts' },
      ],
    },
  ),
  ...each('tcpdump tshark dumpcap ngrep wireshark termshark tcpflow tcpick driftnet urlsnarf tcpreplay scapy', {
    otherOptions: 'harmless',
    options: '-D|--list-interfaces -i= -w= -r= -c= -s= -C= -G= -W= -z= -Z= -F= -V= -y= -B= -E= -M= -T= -X?',
    does: [
      { kind: 'network', type: 'interface', on: '-i', evenWithout: true, when: '!-r !-D', why: 'listens to traffic' },
      { kind: 'read', type: 'system', name: 'interfaces', when: '-D' },
      { kind: 'read', on: '-r -F -V' },
      { kind: 'write', on: '-w' },
      { kind: 'code_execution', type: 'program', on: '-z', when: '-w|-C|-G', why: 'runs this program on each file' },
    ],
  }),
  {
    names: ['hostname', 'domainname', 'ypdomainname', 'nisdomainname', 'dnsdomainname'],
    options:
      '-a|--alias -A|--all-fqdns -b|--boot -d|--domain -f|--fqdn|--long -F|--file= -i|--ip-address -I|--all-ip-addresses -s|--short -y|--yp|--nis -h -V',
    does: [
      { kind: 'read', type: 'system', name: 'host name', when: '#=0 !-F' },
      { kind: 'config_change', type: 'system', on: '0 -F', why: 'renames the machine' },
    ],
  },
];

const LOOKING =
  /^(?:show|list|ls|status|stats?|get|info|dump|station|scan|link|event|dev|phy|help|print|monitor|general|device|connection|radio|networking|--list\S*|--get\S*|--state|--query\S*|--info\S*|--version|--help|-[adnNevisS]*|-[shw]\S?|--json|--output\S*)$/u;

const CHANGING =
  /^(?:up|down|add|del|delete|set|mod|modify|edit|replace|change|remove|flush|connect|disconnect|on|off|block|unblock|reload|restart|start|stop|enable|disable|reset|txpower|mtu|hw|netmask|broadcast|promisc|-promisc|power|join|leave|auth|addbr|delbr|addif|delif|essid|key|mode|channel|freq|rate|ban\w*|unban\w*|--add\S*|--remove\S*|--set\S*|--change\S*|--reload|--complete-reload|--runtime-to-permanent|--panic\S*|--direct|--permanent|--new\S*|--delete\S*|-[sKAGCLpPrUWXEF]|-[def]{1,2}|-F\S*)$/u;

/** `ifconfig eth0` looks, `ifconfig eth0 down` changes: one changing word is enough, and so is one more than a name. */
function lookedOrChanged(call: Call): readonly Effect[] {
  const changing = call.words.filter(
    (word) =>
      !word.known ||
      (CHANGING.test(word.text) &&
        !(call.program === 'ethtool' && word.text === '-S') &&
        !(call.program === 'ss' || (call.program === 'arp' && word.text === '-e'))),
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
