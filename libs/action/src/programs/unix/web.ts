/** Programs that speak HTTP: the request is read by the reader of HTTP, files go in and out by options. */
import type { Program } from '../program.ts';
import { each } from './define.ts';
import { ariaRequests, curlRequests, httpieRequests, wgetRequests } from './web-refine.ts';

export const WEB: readonly Program[] = [
  {
    names: ['curl', 'curl.exe', 'nscurl', 'curlie'],
    options:
      '-#|--progress-bar -0|--http1.0 --http1.1 --http2 --http2-prior-knowledge --http3 --http3-only -1|--tlsv1 --tlsv1.0 --tlsv1.1 --tlsv1.2 --tlsv1.3 -2|--sslv2 -3|--sslv3 -4|--ipv4 -6|--ipv6 -a|--append -A|--user-agent= --abstract-unix-socket= --alt-svc= --anyauth --aws-sigv4= --basic -b|--cookie= -B|--use-ascii -c|--cookie-jar= --ca-native --cacert= --capath= -C|--continue-at= --cert-status --cert-type= -E|--cert= --ciphers= --compressed --compressed-ssh --connect-timeout= --connect-to= --create-dirs --create-file-mode= --crlf --crlfile= --curves= -d|--data|--data-ascii= --data-binary= --data-raw= --data-urlencode= --delegation= --digest -D|--dump-header= -q|--disable --disable-eprt --disable-epsv --disallow-username-in-url --dns-interface= --dns-ipv4-addr= --dns-ipv6-addr= --dns-servers= --doh-cert-status --doh-insecure --doh-url= --egd-file= --engine= --etag-compare= --etag-save= -e|--referer= --expect100-timeout= -f|--fail --fail-early --fail-with-body --false-start -F|--form= --form-escape --form-string= --ftp-account= --ftp-alternative-to-user= --ftp-create-dirs --ftp-method= --ftp-pasv -P|--ftp-port= --ftp-pret --ftp-skip-pasv-ip --ftp-ssl-ccc --ftp-ssl-control -g|--globoff -G|--get --haproxy-clientip= --haproxy-protocol -H|--header= --hostpubmd5= --hostpubsha256= --hsts= -h|--help? --happy-eyeballs-timeout-ms= --http0.9 -i|--show-headers|--include -I|--head -j|--junk-session-cookies --ignore-content-length -k|--insecure --interface= --ip-tos= --ipfs-gateway= -J|--remote-header-name --json= -K|--config= --keepalive-time= --key= --key-type= --krb= -l|--list-only -L|--location --libcurl= --limit-rate= --local-port= --location-trusted --login-options= -m|--max-time= -M|--manual --mail-auth= --mail-from= --mail-rcpt= --mail-rcpt-allowfails --max-filesize= --max-redirs= --metalink -n|--netrc --negotiate --netrc-file= --netrc-optional -:|--next -N|--no-buffer --no-alpn --no-clobber --no-keepalive --no-npn --no-progress-meter --no-sessionid --noproxy= --ntlm --ntlm-wb --oauth2-bearer= -o|--output= --output-dir= -O|--remote-name --remote-name-all -p|--proxytunnel --parallel-immediate --parallel-max= -Z|--parallel --pass= --path-as-is --pinnedpubkey= --post301 --post302 --post303 --preproxy= --proto= --proto-default= --proto-redir= -x|--proxy= --proxy-anyauth --proxy-basic --proxy-ca-native --proxy-cacert= --proxy-capath= --proxy-cert= --proxy-cert-type= --proxy-ciphers= --proxy-crlfile= --proxy-digest --proxy-header= --proxy-http2 --proxy-insecure --proxy-key= --proxy-key-type= --proxy-negotiate --proxy-ntlm --proxy-pass= --proxy-pinnedpubkey= --proxy-service-name= --proxy-ssl-allow-beast --proxy-ssl-auto-client-cert --proxy-tls13-ciphers= --proxy-tlsauthtype= --proxy-tlspassword= --proxy-tlsuser= --proxy-tlsv1 -U|--proxy-user= --proxy1.0= --pubkey= -Q|--quote= -r|--range= -R|--remote-time --random-file= --rate= --raw --remove-on-error -X|--request= --request-target= --resolve= --retry= --retry-all-errors --retry-connrefused --retry-delay= --retry-max-time= -s|--silent -S|--show-error --sasl-authzid= --sasl-ir --service-name= --socks4= --socks4a= --socks5= --socks5-basic --socks5-gssapi --socks5-gssapi-nec --socks5-gssapi-service= --socks5-hostname= -Y|--speed-limit= -y|--speed-time= --ssl --ssl-allow-beast --ssl-auto-client-cert --ssl-no-revoke --ssl-reqd --ssl-revoke-best-effort --stderr= --styled-output --suppress-connect-headers -t|--telnet-option= -T|--upload-file= --tcp-fastopen --tcp-nodelay --tftp-blksize= --tftp-no-options -z|--time-cond= --tls-max= --tls13-ciphers= --tlsauthtype= --tlspassword= --tlsuser= --tr-encoding --trace= --trace-ascii= --trace-config= --trace-ids --trace-time --unix-socket= --url= --url-query= -u|--user= -v|--verbose --variable= -V|--version --vlan-priority= -w|--write-out= --xattr',
    does: [
      { kind: 'write', on: '-o -D -c --stderr --trace --trace-ascii --libcurl --etag-save --hsts --alt-svc' },
      { kind: 'write', on: '--output-dir', scope: 'bounded' },
      { kind: 'write', name: '.', when: '-O !--output-dir', why: 'a file named like the address' },
      { kind: 'opaque', on: '-K', why: 'a file of options and addresses' },
      { kind: 'none', when: '-V|-h|-M' },
    ],
    refine: curlRequests,
  },
  {
    names: ['wget', 'wget2', 'wget.exe'],
    options:
      '-V|--version -h|--help -b|--background -e|--execute= -o|--output-file= -a|--append-output= -d|--debug -q|--quiet -v|--verbose -nv|--no-verbose --report-speed= -i|--input-file= -F|--force-html -B|--base= --config= --no-config --rejected-log= -t|--tries= --retry-connrefused --retry-on-http-error= -O|--output-document= -nc|--no-clobber --no-netrc -c|--continue --start-pos= --progress= --show-progress -N|--timestamping --no-if-modified-since --no-use-server-timestamps -S|--server-response --spider -T|--timeout= --dns-servers= --bind-dns-address= --dns-timeout= --connect-timeout= --read-timeout= -w|--wait= --waitretry= --random-wait --no-proxy -Q|--quota= --bind-address= --limit-rate= --no-dns-cache --restrict-file-names= --ignore-case -4|--inet4-only -6|--inet6-only --prefer-family= --user= --password= --ask-password --use-askpass= --no-iri --local-encoding= --remote-encoding= --unlink --xattr -nd|--no-directories -x|--force-directories -nH|--no-host-directories --protocol-directories -P|--directory-prefix= --cut-dirs= --http-user= --http-password= --no-cache --default-page= -E|--adjust-extension --ignore-length --header= --compression= --max-redirect= --proxy-user= --proxy-password= --referer= --save-headers -U|--user-agent= --no-http-keep-alive --no-cookies --load-cookies= --save-cookies= --keep-session-cookies --post-data= --post-file= --method= --body-data= --body-file= --content-disposition --content-on-error --auth-no-challenge --secure-protocol= --https-only --no-check-certificate --certificate= --certificate-type= --private-key= --private-key-type= --ca-certificate= --ca-directory= --crl-file= --pinnedpubkey= --random-file= --ciphers= --no-hsts --hsts-file= --ftp-user= --ftp-password= --no-remove-listing --no-glob --no-passive-ftp --preserve-permissions --retr-symlinks --warc-file= --warc-header= --warc-max-size= --warc-cdx --warc-dedup= --no-warc-compression --no-warc-digests --no-warc-keep-log --warc-tempdir= -r|--recursive -l|--level= --delete-after -k|--convert-links --convert-file-only -K|--backup-converted -m|--mirror -p|--page-requisites --strict-comments -A|--accept= -R|--reject= --accept-regex= --reject-regex= --regex-type= -D|--domains= --exclude-domains= --follow-ftp --follow-tags= --ignore-tags= -H|--span-hosts -L|--relative -I|--include-directories= -X|--exclude-directories= -np|--no-parent',
    does: [
      { kind: 'write', on: '-O -o -a --save-cookies --rejected-log --warc-file' },
      { kind: 'write', on: '-P', scope: 'bounded' },
      { kind: 'write', name: '.', when: '!-O !-P !--spider !--delete-after !-V !-h', why: 'a file named like the address' },
      { kind: 'opaque', on: '-i', why: 'a file of addresses' },
      { kind: 'opaque', on: '--config -e', why: 'further options' },
      { kind: 'code_execution', on: '--use-askpass', type: 'program', why: 'runs this program' },
    ],
    refine: wgetRequests,
  },
  ...each('http https xh xhs httpie ht', {
    options:
      '-j|--json -f|--form --multipart --boundary= --raw= -x|--compress --pretty= -s|--style= --unsorted --sorted --response-charset= --response-mime= --format-options= -p|--print= -h|--headers -m|--meta -b|--body -v|--verbose --all -P -S|--stream -o|--output= -d|--download -c|--continue -q|--quiet --session= --session-read-only= -a|--auth= -A|--auth-type= --ignore-netrc --offline --proxy= -F|--follow --max-redirects= --max-headers= --timeout= --check-status --path-as-is --chunked --verify= --ssl= --ciphers= --cert= --cert-key= --cert-key-pass= -I|--ignore-stdin --no-verify --debug --traceback --default-scheme= --bearer= --curl --resolve=',
    does: [
      { kind: 'write', on: '-o --session' },
      { kind: 'write', name: '.', when: '-d !-o' },
    ],
    refine: httpieRequests,
  }),
  ...each('aria2c axel lftpget fetch puf prozilla', {
    otherOptions: 'harmless',
    options:
      '-d|--dir= -o|--out= -i|--input-file= -x|--max-connection-per-server= -s|--split= -j|--max-concurrent-downloads= -n= -k= --on-download-complete= --on-bt-download-complete= --on-download-start= --on-download-stop= --on-download-error= --on-download-pause= --conf-path= --enable-rpc? -T|--torrent-file= -M|--metalink-file= -S|--show-files? --header= --load-cookies= -l= -q -c|--continue? --save-session= -D|--daemon? --checksum= --file-allocation= --seed-time= --select-file= --max-download-limit= --max-overall-download-limit= --http-user= --http-passwd= --all-proxy=',
    does: [
      { kind: 'write', on: '-d -o -l --save-session', scope: 'bounded' },
      { kind: 'write', name: '.', when: '!-d !-o !-S', scope: 'bounded' },
      { kind: 'opaque', on: '-i --conf-path', why: 'a file of addresses or options' },
      { kind: 'network', type: 'listener', name: 'aria2 RPC', when: '--enable-rpc' },
      {
        kind: 'code_execution',
        type: 'program',
        on: '--on-download-complete --on-bt-download-complete --on-download-start --on-download-stop --on-download-error --on-download-pause',
        why: 'runs this program',
      },
    ],
    refine: ariaRequests,
  }),
  ...each('lynx links elinks w3m links2 browsh', {
    otherOptions: 'harmless',
    options: '-dump -source -head',
    does: [{ kind: 'read', type: 'url', on: '*' }],
    refine: ariaRequests,
  }),
  ...each('yt-dlp youtube-dl gallery-dl you-get svtplay-dl streamlink spotdl', {
    otherOptions: 'harmless',
    options:
      '-o|--output= -f|--format= --exec= --exec-before-download= --downloader= --external-downloader= --config-location= --postprocessor-args= -a|--batch-file= --cookies= --cookies-from-browser= -F|--list-formats -P= -r= -u= -p= --plugin-dirs= --player=',
    does: [
      { kind: 'write', on: '-o -P', scope: 'bounded' },
      { kind: 'write', name: '.', scope: 'bounded', when: '!-o !-P !-F' },
      { kind: 'code_execution', type: 'program', on: '--downloader --external-downloader --plugin-dirs --player' },
      { kind: 'secret_read', type: 'cookie', on: '--cookies-from-browser' },
      { kind: 'opaque', on: '-a --config-location', why: 'a file of addresses or options' },
    ],
    runs: [
      { as: 'shell', from: '--exec' },
      { as: 'shell', from: '--exec-before-download' },
    ],
    refine: ariaRequests,
  }),
  ...each('ab wrk hey siege vegeta oha bombardier k6 locust autocannon h2load ghz', {
    otherOptions: 'harmless',
    options: '-s|--script= -o|--output=',
    does: [
      { kind: 'network', type: 'url', on: '*', evenWithout: true, why: 'sends many requests' },
      { kind: 'code_execution', type: 'script', on: '-s' },
      { kind: 'write', on: '-o' },
    ],
  }),
  ...each('grpcurl', {
    syntax: 'go',
    otherOptions: 'harmless',
    options:
      '-d= -H= -rpc-header= -reflect-header= -import-path= -proto= -protoset= -cacert= -cert= -key= -authority= -servername= -user-agent= -connect-timeout= -keepalive-time= -max-time= -max-msg-sz= -format= -protoset-out= -proto-out-dir= -expand-headers -plaintext -insecure -v -vv -emit-defaults -msg-template -unix -use-reflection',
    does: [
      { kind: 'read', type: 'host', on: '*', when: '@1=list|describe' },
      {
        kind: 'export',
        type: 'host',
        on: '*',
        evenWithout: true,
        scope: 'unknown',
        when: '!@1=list|describe',
        why: 'sends what it is given to somebody else',
      },
      { kind: 'write', on: '-protoset-out -proto-out-dir' },
    ],
  }),
  ...each(
    'websocat wscat evans mqttx mosquitto_pub coap-client swaks sendmail exim mail mailx mutt msmtp ssmtp s-nail postdrop neomutt himalaya',
    {
      otherOptions: 'harmless',
      does: [
        {
          kind: 'export',
          type: 'host',
          on: '*',
          evenWithout: true,
          scope: 'unknown',
          why: 'sends what it is given to somebody else',
        },
      ],
    },
  ),
  ...each('mosquitto_sub', { otherOptions: 'harmless', does: [{ kind: 'network', type: 'host', on: '*', evenWithout: true }] }),
];
