/** Servers that listen, certificate tools, password stores. */
import type { Program } from '../program.ts';
import { each, showing, subs } from './define.ts';

const SHOW = showing('keys');

const GIVES_KEY = { kind: 'secret_read', type: 'key', why: 'gives a secret out' } as const;

export const CERTIFICATES: readonly Program[] = [
  ...each(
    'sshd-session rshd telnetd proftpd pure-ftpd in.tftpd dropbearmulti unbound smbd nmbd nfsd rpcbind exportfs slapd snmpd inetd xinetd stunnel tor i2prouter privoxy tinyproxy dante sockd mosquitto rabbitmq-server nats-server zookeeper etcd minio prometheus x11vnc vncserver Xvnc xrdp tightvncserver sshuttle',
    {
      otherOptions: 'harmless',
      options: '--version',
      does: [
        { kind: 'network', type: 'listener', on: '*', evenWithout: true, when: '!--version', why: 'serves others' },
        { kind: 'process_control', type: 'service', name: 'server', when: '!--version' },
      ],
    },
  ),
  ...each('sshd named dhcpd vsftpd', {
    otherOptions: 'harmless',
    options: '-t -T -v -V|--version',
    does: [
      { kind: 'read', type: 'system', name: 'settings', when: '-t|-T|-v|-V' },
      { kind: 'network', type: 'listener', on: '*', evenWithout: true, when: '!-t !-T !-v !-V', why: 'serves others' },
      { kind: 'process_control', type: 'service', name: 'server', when: '!-t !-T !-v !-V' },
    ],
  }),
  ...each('keytool', {
    syntax: 'go',
    otherOptions: 'harmless',
    options:
      '-keystore= -storepass= -keypass= -alias= -file= -dname= -rfc -v -noprompt -storetype= -keyalg= -validity= -keysize= -destkeystore= -srckeystore= -providerpath= -provider= -list -printcert -printcertreq -printcrl -showinfo -exportcert -export -importcert -import -importkeystore -genkeypair -genkey -genseckey -importpass -delete -changealias -keypasswd -storepasswd -certreq -gencert',
    does: [
      {
        kind: 'read',
        on: '-keystore -file',
        evenWithout: true,
        when: '-list|-printcert|-printcertreq|-printcrl|-showinfo|-exportcert|-export|-certreq',
      },
      { kind: 'write', on: '-file', when: '-exportcert|-export|-certreq' },
      {
        kind: 'privilege_change',
        on: '-keystore -destkeystore',
        evenWithout: true,
        when: '-importcert|-import|-importkeystore|-delete|-storepasswd|-keypasswd|-gencert|-importpass|-changealias',
        why: 'which keys and certificates are trusted',
      },
      { kind: 'write', on: '-keystore', evenWithout: true, when: '-genkeypair|-genkey|-genseckey' },
      { kind: 'code_execution', type: 'library', on: '-providerpath -provider' },
    ],
  }),
  ...each(
    'step modutil crlutil certmgr gnutls-cli certtool p11tool tpmtool p11-kit pkcs11-tool pkcs15-tool ykman yubico-piv-tool nitropy systemd-cryptsetup',
    {
      otherOptions: 'harmless',
      does: [
        {
          kind: 'read',
          type: 'system',
          name: 'certificates',
          when: '@0=certificates|show_account|list|info|inspect|version|help|print-defaults|certinfo|plugins',
        },
        {
          kind: 'privilege_change',
          type: 'certificate',
          on: '*',
          evenWithout: true,
          when: '!@0=certificates|show_account|list|info|inspect|version|help|print-defaults|certinfo|plugins',
          why: 'issues, revokes or trusts certificates',
        },
      ],
    },
  ),
  ...each('certutil pk12util', {
    options:
      '-A -D -L -M -N -R -S -T -V -K -G -C -E -F -H -O -U -W -B -a -d= -n= -t= -i= -o= -f= -h= -k= -s= -v= -w= -x -1 -2 -3 -4 -5 -6 -7= -8= -l= -r -u= -X -m= -c= -p= -g= -q= -y= -z= -Z= -e -b=',
    does: [
      { kind: 'read', type: 'system', name: 'certificates', when: '-L|-K|-O|-U|-V|-l|-H' },
      {
        kind: 'privilege_change',
        type: 'certificate',
        on: '-n -i',
        evenWithout: true,
        when: '-A|-D|-M|-N|-R|-S|-T|-G|-C|-E|-F|-W|-B',
        why: 'issues, revokes or trusts certificates',
      },
      {
        kind: 'opaque',
        when: '!-L !-K !-O !-U !-V !-l !-H !-A !-D !-M !-N !-R !-S !-T !-G !-C !-E !-F !-W !-B !-i !-o',
        why: 'no operation is named',
      },
      { kind: 'privilege_change', type: 'certificate', on: '-i', when: '!-C' },
      { kind: 'write', on: '-o' },
    ],
  }),
  {
    names: ['prs'],
    otherOptions: 'harmless',
    bare: SHOW,
    sub: {
      ...subs('ls list find search help version git-log', SHOW),
      ...subs('show grep otp', { otherOptions: 'harmless', does: [{ ...GIVES_KEY, on: '*', evenWithout: true }] }),
      ...subs('insert add edit generate mv cp rename copy init', {
        otherOptions: 'harmless',
        does: [{ kind: 'write', type: 'secret', on: '*' }],
      }),
      ...subs('rm remove delete', {
        otherOptions: 'harmless',
        does: [{ kind: 'delete', type: 'secret', on: '*', scope: 'unknown' }],
      }),
      git: { otherOptions: 'harmless', does: [{ kind: 'opaque', why: 'git in the password store' }] },
    },
    otherSub: { otherOptions: 'harmless', does: [{ ...GIVES_KEY, on: '*', evenWithout: true }] },
  },
  ...each('keyctl kwallet-query kwalletcli security enpass-cli envchain', {
    otherOptions: 'harmless',
    does: [
      {
        kind: 'read',
        type: 'system',
        name: 'secrets',
        when: '@0=list|ls|status|info|version|help|list-keychains|show-keychain-info|find-identity|list-vaults|whoami|show',
      },
      {
        kind: 'secret_read',
        type: 'secret',
        on: '*',
        evenWithout: true,
        when: '!@0=list|ls|status|info|version|help|list-keychains|find-identity|list-vaults|whoami|store|set|add|create|edit|delete|rm|remove|delete-generic-password|delete-internet-password|import|add-trusted-cert|delete-keychain|clear|revoke|unlink|add-generic-password|add-internet-password',
        why: 'gives a secret out',
      },
      {
        kind: 'privilege_change',
        type: 'secret',
        on: '*',
        when: '@0=store|set|add|create|edit|delete|rm|remove|delete-generic-password|delete-internet-password|import|add-trusted-cert|delete-keychain|clear|revoke|unlink|add-generic-password|add-internet-password',
        why: 'changes stored secrets',
      },
    ],
  }),
  ...each('pwgen apg mkpasswd makepasswd diceware xkcdpass uuidgen uuid mcookie pwqgen pwscore cracklib-check ulid nanoid', {
    otherOptions: 'harmless',
    does: [{ kind: 'none' }],
  }),
  ...each('steghide exiftool exiv2 jhead stegseek zsteg outguess', {
    otherOptions: 'harmless',
    syntax: 'go',
    options: '-overwrite_original',
    does: [
      { kind: 'read', on: '*' },
      { kind: 'write', on: '*', scope: 'bounded', when: '@*=embed|rm|mv|pr|ad' },
      { kind: 'write', on: '*', scope: 'bounded', when: '-overwrite_original' },
    ],
  }),
];
