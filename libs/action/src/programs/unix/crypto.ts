/** Keys, certificates, encryption, password stores. */
import type { Program } from '../program.ts';
import { each, subs } from './define.ts';

const GIVES_KEY = { kind: 'secret_read', type: 'key', why: 'gives a secret out' } as const;

const FILES =
  '-in= -out= -inform= -outform= -passin= -passout= -pass= -CAfile= -CApath= -CA= -CAkey= -cert= -key= -inkey= -certfile= -keyout= -config= -extfile= -extensions= -subj= -days= -newkey= -connect= -servername= -starttls= -cipher= -e -d -text -noout -engine= -provider= -sign= -verify= -signature= -name= -signer= -recip= -certs= -untrusted= -from= -to= -digest= -hex -binary -rand= -writerand= -salt -pbkdf2 -iter= -md= -k= -K= -iv= -S= -a -base64 -A -nosalt -nodes -noenc -x509 -new -req -pubin -pubout -pubkey -modulus -fingerprint -serial -dates -enddate -startdate -subject -issuer -checkend= -purpose= -CAcreateserial -set_serial= -batch -rsa -sha256 -sha512 -accept= -www -WWW -HTTP -port= -cmd=';

const OPENSSL_FILES = [
  { kind: 'read', on: '-in -cert -certfile -CAfile -CA -signer -recip -untrusted -config -extfile' },
  { kind: 'write', on: '-out -keyout -writerand' },
  { kind: 'code_execution', type: 'library', on: '-engine -provider', why: 'loads this code' },
] as const;

export const CRYPTO: readonly Program[] = [
  {
    names: ['openssl', 'libressl'],
    syntax: 'go',
    otherOptions: 'harmless',
    options: FILES,
    does: OPENSSL_FILES,
    sub: {
      ...subs(
        'version ciphers list help speed errstr info verify asn1parse x509 crl crl2pkcs7 dgst sha1 sha224 sha256 sha384 sha512 md5 prime ocsp nseq sess_id storeutl fipsinstall passwd kdf mac skeyutl',
        { does: [{ kind: 'read', on: '*' }] },
      ),
      ...subs('genrsa genpkey gendsa ecparam dsaparam dhparam genkey', {
        does: [{ kind: 'write', type: 'key', name: 'new key' }],
      }),
      ...subs('rsa ec dsa pkey', {
        does: [
          { ...GIVES_KEY, on: '-in', evenWithout: true, when: '!-pubin !-pubout' },
          { kind: 'read', on: '*' },
        ],
      }),
      ...subs('pkcs12 pkcs8', { does: [{ ...GIVES_KEY, on: '-in', evenWithout: true }] }),
      ...subs(
        'pkcs7 pkeyparam pkeyutl rsautl req ts cms smime spkac srp enc aes-256-cbc aes-128-cbc aes-256-ctr des3 des bf rc4 base64 zlib camellia-256-cbc chacha20',
        { does: [{ kind: 'read', on: '*' }] },
      ),
      rand: { does: [{ kind: 'none' }] },
      ca: {
        does: [
          { kind: 'privilege_change', type: 'certificate', on: '-in', evenWithout: true, why: 'signs or revokes a certificate' },
        ],
      },
      ...subs('s_client s_time', { does: [{ kind: 'network', type: 'host', on: '-connect *', evenWithout: true }] }),
      s_server: { does: [{ kind: 'network', type: 'listener', on: '-accept -port', evenWithout: true }] },
    },
    bare: { does: [{ kind: 'opaque', why: 'commands are typed in' }] },
  },
  {
    names: ['gpg', 'gpg2', 'gpgv', 'pgp', 'gpg1', 'sq', 'rnp'],
    otherOptions: 'harmless',
    options:
      '-e|--encrypt -d|--decrypt -s|--sign -b|--detach-sign --clear-sign|--clearsign --verify -c|--symmetric -k|--list-keys|--list-public-keys -K|--list-secret-keys --list-sigs --check-sigs --fingerprint --list-packets --show-keys --list-config --version --export --export-secret-keys --export-secret-subkeys --export-ssh-key --export-ownertrust --import --import-ownertrust --fetch-keys --recv-keys|--receive-keys --refresh-keys --search-keys --send-keys --delete-keys|--delete-key --delete-secret-keys|--delete-secret-key --delete-secret-and-public-key --gen-key|--generate-key|--full-generate-key|--full-gen-key|--quick-generate-key|--quick-gen-key --gen-revoke|--generate-revocation --edit-key --sign-key|--lsign-key|--quick-sign-key --passwd|--change-passphrase --quick-add-uid|--quick-revoke-uid --update-trustdb --check-trustdb -o|--output= -r|--recipient= -u|--local-user= -a|--armor --batch --yes --homedir= --keyserver= --passphrase= --passphrase-fd= --passphrase-file= --pinentry-mode= --cipher-algo= --no-default-keyring --keyring= --default-key= --trust-model= -q -v -z= --dearmor --enarmor --exec-path= --photo-viewer= --auto-key-locate= --card-status --card-edit --print-md=',
    does: [
      {
        kind: 'read',
        type: 'system',
        name: 'keys',
        when: '-k|-K|--list-sigs|--check-sigs|--fingerprint|--show-keys|--list-config|--version|--export|--export-ownertrust|--card-status',
      },
      { kind: 'read', on: '*', when: '--verify|--list-packets|--show-keys|-d|--dearmor|--enarmor|--print-md' },
      {
        ...GIVES_KEY,
        on: '*',
        evenWithout: true,
        when: '--export-secret-keys|--export-secret-subkeys|--export-ssh-key|--gen-revoke',
      },
      { kind: 'read', on: '*', when: '-e|-s|-b|--clear-sign|-c' },
      { kind: 'write', on: '-o' },
      { kind: 'write', on: '*', when: '-e|-s|-b|--clear-sign|-c !-o', why: 'an encrypted or signed copy beside it' },
      {
        kind: 'privilege_change',
        type: 'key',
        on: '*',
        evenWithout: true,
        when: '--import|--import-ownertrust|--fetch-keys|--recv-keys|--refresh-keys|--edit-key|--sign-key|--passwd|--quick-add-uid|--update-trustdb|--card-edit',
        why: 'changes the keys that are trusted',
      },
      {
        kind: 'network',
        type: 'host',
        on: '--keyserver',
        evenWithout: true,
        when: '--search-keys|--send-keys|--recv-keys|--refresh-keys',
      },
      {
        kind: 'delete',
        type: 'key',
        on: '*',
        scope: 'unknown',
        when: '--delete-keys|--delete-secret-keys|--delete-secret-and-public-key',
      },
      { kind: 'write', type: 'key', name: 'new key', when: '--gen-key' },
      { kind: 'code_execution', type: 'program', on: '--exec-path --photo-viewer' },
      {
        kind: 'opaque',
        when: '#=0 !-k !-K !-e !-d !-s !-b !--clear-sign !--verify !-c !--list-sigs !--check-sigs !--fingerprint !--list-packets !--show-keys !--list-config !--version !--export !--export-secret-keys !--export-secret-subkeys !--export-ssh-key !--export-ownertrust !--import !--import-ownertrust !--refresh-keys !--gen-key !--gen-revoke !--edit-key !--update-trustdb !--check-trustdb !--card-status !--card-edit !--dearmor !--enarmor !--delete-secret-keys',
        why: 'no operation is named',
      },
    ],
  },
  ...each('gpgconf gpg-connect-agent gpg-agent dirmngr pinentry ssh-agent', {
    otherOptions: 'harmless',
    options: '--kill? --launch= --reload= --list-dirs --list-components --list-options= --check-programs -k',
    does: [
      { kind: 'read', type: 'system', name: 'agents', when: '--list-dirs|--list-components|--list-options|--check-programs' },
      { kind: 'session', when: '!--list-dirs !--list-components !--list-options !--check-programs' },
    ],
    runs: [{ as: 'argv', from: '*' }],
  }).map((program) => (program.names[0] === 'ssh-agent' ? program : { ...program, runs: [] })),
  ...each('age rage minisign signify ccrypt ccencrypt mcrypt scrypt bcrypt enc rekor-cli in-toto-verify slsa-verifier', {
    otherOptions: 'harmless',
    options:
      '-o|--output= -r|--recipient= -R= -i|--identity= -d|--decrypt -e|--encrypt -p|--passphrase -V -S -G -s= -x= -m= -k|--key=',
    does: [
      { kind: 'read', on: '*' },
      { kind: 'write', on: '-o -x' },
      { kind: 'write', type: 'key', name: 'new key', when: '-G' },
      { kind: 'write', on: '*', when: '-S|-e !-o' },
    ],
  }),
  ...each('ssh-keygen', {
    options:
      '-o|--output= -y -pq -V -q -a= -B -b= -C= -c -D= -E= -e -F= -f= -g -H -h -I= -i -K -k -L -l -M= -m= -N= -n= -O= -P= -p -Q -R= -r= -s= -t= -U -u -v -w= -Y= -Z= -z= -A',
    otherOptions: 'harmless',
    does: [
      { kind: 'read', on: '-f', when: '-l|-L|-B|-F|-i|-r|-Q|-e' },
      {
        kind: 'write',
        on: '-f',
        evenWithout: true,
        when: '!-l !-L !-B !-F !-i !-r !-Q !-y !-e !-R',
        why: 'makes or changes a key',
      },
      { kind: 'write', type: 'key', name: 'known hosts', when: '-R' },
      { kind: 'privilege_change', on: '*', when: '-s', why: 'signs a key' },
      { kind: 'code_execution', type: 'library', on: '-D -w', why: 'loads this code' },
      { kind: 'write', on: '-o', when: '!-s' },
    ],
  }),
  {
    names: ['ssh-copy-id'],
    otherOptions: 'harmless',
    options: '-i? -p= -o= -f -n -t= -s',
    does: [
      { kind: 'network', type: 'host', on: '*' },
      { kind: 'persistence', type: 'host', on: '*', why: 'a key that opens the host from now on' },
    ],
  },
  {
    names: ['ssh-add'],
    options: '-l -L -D -d -k -K -A -t= -c -x -X -s= -e= -q -v -h= -H= -T -E= -S= -C',
    does: [
      { kind: 'read', type: 'system', name: 'keys', when: '-l|-L|-T' },
      { kind: 'session', when: '!-l !-L !-T !-s' },
      { kind: 'code_execution', type: 'library', on: '-s' },
    ],
  },
  ...each('ssh-keyscan', {
    otherOptions: 'harmless',
    options: '-p= -t= -f= -T=',
    does: [{ kind: 'read', type: 'host', on: '*' }],
  }),
];
