/** Names, certificates, proxies and load balancers: DNS tools, CDNs, nginx, haproxy, traefik, caddy, kong and other gateways. */
import type { Program } from '../program.ts';
import { service } from './by-verb.ts';
import { acts } from './shorthand.ts';

const ELSEWHERE = 'network: another server than the one that is set up';

export const EDGES: readonly Program[] = [
  service({
    names: 'flarectl cloudflare-cli cfcli cf-terraforming',
    options:
      '--account-id= --json --zone= --name= --type= --content= --ttl= --proxy --id= --key= --everything --mode= --value= --notes= -d= -t= -e= -k= --priority= --proxied= --files= --tags=',
    paths: {
      'zone list|zone info|zone check|zone plan|zone settings|zone dns|zone export|dns list|user info|ips|pagerules list|firewall rules list|railgun|origin-ca-root-cert|user-agents list|find|ls|zones|generate|railgun --help|zone certs|zone keyless':
        'read',
      'zone delete': 'infra_destroy unbounded: with every record',
      'dns delete|dns d|firewall rules delete|user-agents delete|remove|rm|removezone|zone purge|purge|pagerules delete':
        'infra_destroy',
      'dns create|dns update|dns create-or-update|dns o|zone create|user update|user-agents create|edit|add|enable|disable|always-use-https|devmode|import|zone lockdown':
        'infra_change',
      'firewall rules create|firewall rules update|firewall rules create-or-update': 'privilege_change',
    },
  }),
  service({
    names: 'dnscontrol octodns-sync octodns-dump octodns-validate octodns-report octodns-compare octodns-versions lexicon',
    options:
      '--config= --creds= --config-file= --providers= --domains= --v -v --format= --doit --force --report= --no-populate --bindserial= --out= --output-dir= --lenient --zone= --type= --name= --content= --ttl= --id= --source= --target=',

    bare: 'read',
    otherwise: 'read',
    paths: {
      'preview|ppreview|check|check-creds|print-ir|get-zones|get-zone|get-certs --help|fmt|version|check --help|shell-completion|write-types':
        'read',
      'push|ppush': 'infra_change unbounded: makes the zones what the file says',
      'create-domains|get-certs|init': 'infra_create',
      'create|update': 'infra_change',
      delete: 'infra_destroy',
    },
    flags: { '--doit': 'infra_change unbounded: makes the zones what the file says' },
  }),
  service({
    names: 'rndc unbound-control knotc pdnsutil pdns_control nsdc nsd-control',
    options: '-s= -c= -k= -y= -p= -V -q -b= -f --quiet -v',
    ownVerbsOnly: true,
    paths: {
      'status|zonestatus|stats|recursing|dumpdb|list-forwards|list_forwards|list_stubs|list_local_zones|list_local_data|dump_cache|dump_requestlist|lookup|stats_noreset|get_option|zone-status|zone-read|conf-check|conf-read|conf-get|zone-stats|zone-check|zone-diff|zone-get|list-zone|list-all-zones|check-zone|check-all-zones|show-zone|list-keys|list-tsig-keys|rping|uptime|show|current-config|ccounts|version|list-algorithms|export-zone-ds|get-meta|secroots|managed-keys status|validation --help|showzone|backend-lookup|test-schema|hash-zone-record|rediscover --help|zonestatus --help':
        'read',
      'reload|reconfig|flush|flushname|flushtree|flush_zone|flush_type|flush_bogus|flush_negative|flush_stats|flush_infra|flush_requestlist|thaw|freeze|sync|notify|refresh|retransfer|sign|loadkeys|addzone|modzone|nta|trace|notrace|validation|querylog|set_option|local_zone|local_data|forward_add|stub_add|zone-reload|zone-refresh|zone-flush|zone-set|zone-begin|zone-commit|zone-freeze|zone-thaw|zone-sign|zone-notify|zone-retransfer|conf-set|conf-begin|conf-commit|create-zone|add-record|replace-rrset|rectify-zone|increase-serial|secure-zone|activate-zone-key|set-meta|set-kind|add-meta|cycle|purge|load_cache|reload_keep_cache|rectify-all-zones|change-secondary-zone-primary|create-secondary-zone|set-presigned|edit-zone|load-zone|reload-zones|bind-reload-now|set-nsec3|log_reopen':
        'infra_change',
      'delzone|zone-purge|zone-unset|zone-abort|conf-unset|delete-zone|delete-rrset|disable-dnssec|unset-nsec3|local_zone_remove|local_data_remove|forward_remove|stub_remove|delete-tsig-key|remove-zone-key|delete_records|unpublish-zone-key|b2b-migrate|drop|raw-lua-from-content|clear-zone|ipencrypt':
        'infra_destroy unbounded',
      'stop|halt|start|restart|quit': 'process_control',
      'import-tsig-key|generate-tsig-key|activate-tsig-key|add-zone-key|add-autoprimary|tsig-delete|import-zone-key|deactivate-tsig-key|generate-zone-key|dnssec':
        'privilege_change',
    },
  }),
  {
    names: ['nsupdate'],
    options: '-h -d -D -g -o -l -L= -y= -k= -p= -P -t= -T -u= -R= -r= -v -V -4 -6 -i -x= -C=',
    does: acts('infra_change unknown: the updates are in a file or come by standard input', 'zone', '!-V'),
  },
  service({
    names: 'fastly akamai bunny keycdn cdn77 imperva',
    options:
      '-t|--token= -s|--service-id= --service-name= --version= -j|--json -v|--verbose --autoclone -n|--name= --endpoint= --api= --section= --account-key= --edgerc= --key= --all --soft --file= --network= --account-name= -i|--interactive --non-interactive -y|--accept-defaults --comment= --property= --activate',
    everything: '--all',
    compound: true,
    paths: {
      'service list|service describe|service search|service-version list|domain list|domain describe|domain validate|backend list|backend describe|vcl custom list|vcl custom describe|logging list|pops|ip-list|stats historical|stats realtime|stats regions|whoami|profile list|profile token --help|compute validate|compute hash-files|log-tail|products|tls-config list|kv-store list|kv-store-entry list|kv-store-entry describe|config-store list|secret-store list|dictionary list|acl list|service-version --help|list-properties|property-manager show|lp|property list-versions|dashboard|user list|config':
        'read',
      'service purge|purge|purge --all|invalidate|eaa --help|purge invalidate|purge delete|cache purge':
        'infra_destroy: what is cached is fetched anew',
      'service delete|kv-store delete|config-store delete|secret-store delete|object-storage delete|property delete|delete-property|zone delete|pull-zone delete|storage delete|domain-v1 delete|acl delete|dictionary delete':
        'infra_destroy unbounded',
      'service-version activate|service-version deactivate|service-version lock|service-version clone|service-version update|service-version stage|compute deploy|compute publish|compute update|property activate|activate-version|update-property|deploy|vcl custom create|vcl snippet create|service update|service create':
        'infra_change',
      'compute build|compute init|compute pack': 'write',
      'compute serve': 'network',
      'auth-token create|auth-token delete|user create|user delete|service-auth create|service-auth delete|user update|secret-store-entry create':
        'privilege_change',
      'profile create|profile switch|profile delete|profile update|sso|authtoken': 'identity_change',
      'profile token': 'secret_read',
      update: 'code_execution: replaces itself',
    },
    flags: { '--endpoint': ELSEWHERE, '--api': ELSEWHERE },
  }),
  {
    names: ['nginx', 'openresty', 'tengine', 'angie'],
    options: '-h -v -V -t -T -q -s= -p= -e= -c= -g=',
    does: [
      ...acts('read', 'config', '-t|-T'),
      ...acts('none', 'config', '-v|-V|-h'),
      ...acts('process_control', 'server', '-s !-t', '-s'),
      ...acts('process_control: starts the server', 'server', '!-s !-t !-T !-v !-V !-h'),
      { kind: 'config_change', when: '-g !-t', on: '-g', type: 'config', why: 'directives from the command line' },
    ],
  },
  {
    names: ['haproxy'],
    options:
      '-v -vv --help|-h -c -cc= -dC? -f= -C= -p= -n= -N= -m= -L= -D -W -Ws -db -d -q -V -S= -sf= -st= -x= -dr -dM? -dS -dZ',
    otherOptions: 'harmless',
    does: [
      ...acts('read', 'config', '-c|-cc|-v|-vv'),
      ...acts('process_control: starts the server', 'server', '!-c !-cc !-v !-vv !--help'),
    ],
  },
  service({
    names: 'apachectl apache2ctl httpd apache2',
    options: '-D= -d= -f= -C= -c= -e= -E= -k= -M -t -T -S -X -v -V -l -L -h -DDUMP_VHOSTS',
    cases: { ' if -t|-S|-M|-v|-V|-l|-L': 'read' },
    ownVerbsOnly: true,
    paths: { 'configtest|status|fullstatus': 'read', 'start|stop|restart|graceful|graceful-stop|startssl': 'process_control' },
    bare: 'process_control',
    otherwise: 'process_control',
  }),
  service({
    names: 'a2ensite a2dissite a2enmod a2dismod a2enconf a2disconf nginx_ensite nginx_dissite',
    ownVerbsOnly: true,
    bare: 'read',
    otherwise: 'config_change',
  }),
  service({ names: 'a2query', ownVerbsOnly: true, bare: 'read', otherwise: 'read', options: '-m -s -c -M -d -v' }),
  service({
    names: 'traefik',
    options: '--configFile= --api? --providers.docker?',
    ownVerbsOnly: true,
    bare: 'process_control',
    paths: { 'version|healthcheck': 'read' },
  }),
  service({
    names: 'caddy',
    options:
      '-c|--config= -a|--adapter= --address= -p --pretty --validate -w|--watch -r|--root= -l|--listen= --from= --to= --envfile= --environ --overwrite --diff',
    ownVerbsOnly: true,
    bare: 'none',
    paths: {
      'version|validate|adapt|list-modules|build-info|environ|help|completion|manpage|hash-password': 'read',
      fmt: 'read',
      'run|start|stop|upgrade|add-package|remove-package': 'process_control',
      'reload|trust|untrust|storage import': 'infra_change',
      'file-server|reverse-proxy|respond': 'network',
      'storage export': 'secret_read',
    },
    cases: { 'fmt if --overwrite': 'write' },
  }),
  service({
    names: 'varnishadm varnishd varnishlog varnishstat varnishncsa varnishtop varnishhist envoy trafficserver traffic_ctl ats',
    options:
      '-n= -S= -T= -t= -1 -f= -b= -s= -a= -c|--config-path= -k= -d -q= -g= -i= --mode= -l= --service-cluster= --service-node=',
    ownVerbsOnly: true,
    bare: 'read',
    cases: { ' if -a|-b|-k|--config-path|-c': 'process_control' },
    otherwise: 'infra_change',
    paths: {
      'status|panic.show|vcl.list|vcl.show|param.show|backend.list|ban.list|storage.list|ping|banner|pid|config get|config match|metric get|metric match|server status|config status|config diff|host status|vcl.deps|help':
        'read',
      'ban|ban.url|cache.purge|panic.clear|vcl.discard|storage clear|metric clear': 'infra_destroy unbounded',
      'stop|start|server stop|server restart|server drain|server start': 'process_control',
    },
  }),
  service({
    names: 'certbot certbot-auto letsencrypt acme.sh lego dehydrated step-cli step-ca mkcert cfssl cfssljson easyrsa',
    options:
      '-d|--domain|--domains= -w|--webroot-path|--webroot= --cert-name= --email|-m= --agree-tos -n|--non-interactive --dry-run --force-renewal --standalone --nginx --apache --dns= --server= --staging --test-cert --key-type= --deploy-hook= --pre-hook= --post-hook= --issue --renew --renew-all --revoke --list --remove --install-cert --register --cron --upgrade --uninstall --set-default-ca --key-file= --fullchain-file= --cert-path= --reason= --path= --accept-tos -c= --ca-url= --root= --install --not-after= --san= -k',
    ownVerbsOnly: true,
    bare: 'infra_create: asks for a certificate',
    otherwise: 'infra_create: asks for a certificate',
    rehearsal: '--dry-run',
    cases: { ' if --list': 'read', ' if --revoke|--remove|--uninstall': 'infra_destroy' },
    paths: {
      'certificates|plugins|show_account|list|certificate inspect|certificate lint|certificate verify|certificate fingerprint|ca health|ca roots|crypto jwt inspect|certinfo|bundle|scan|version|show-cert|show-ca|show-req|show-expire|path':
        'read',
      'revoke|delete|unregister|ca revoke|gen-crl|certificate uninstall': 'infra_destroy',
      'enhance|install|update_account|update_symlinks|reconfigure|rollback|certificate install|ca bootstrap|ca provisioner add|ca provisioner remove|ca provisioner update|ca init|init-pki|build-ca|set-pass':
        'config_change',
      'crypto key inspect|ca token|oauth|crypto jwt sign|ssh certificate|ssh login': 'secret_read',
      'crypto hash digest|crypto rand|crypto hash compare': 'none',
    },
    flags: { '--deploy-hook': 'code_execution', '--pre-hook': 'code_execution', '--post-hook': 'code_execution' },
  }),
  service({
    names: 'deck kong kongctl',
    options:
      '--kong-addr= --headers= --config= --konnect-token= --konnect-addr= --konnect-control-plane-name= --tls-skip-verify -s|--state= -o|--output-file= --format= -w|--workspace= --select-tag= -f|--force --yes --all-workspaces --timeout= -c|--conf= -p|--prefix= --parallelism= --silence-events --with-id --skip-consumers --non-zero-exit-code --rbac-resources-only --only-plugins',
    paths: {
      'dump|diff|validate|ping|version|gateway dump|gateway diff|gateway validate|gateway ping|file validate|file lint|file render|file merge|file patch|file convert|file openapi2kong|file kong2kic|file list-tags|file add-tags|file remove-tags|file add-plugins|file namespace|convert|config parse|health|check|roar|migrations list|migrations status|config db_export|gateway --help|get|list':
        'read',
      'sync|gateway sync|apply|gateway apply|config db_import|migrations up|migrations finish|migrations bootstrap|prepare|config init|create|update':
        'infra_change unbounded: makes the gateway what the file says',
      'reset|gateway reset|migrations reset|delete': 'infra_destroy unbounded: everything in the gateway',
      'start|stop|reload|restart|quit': 'process_control',
      'hybrid gen_cert': 'write',
      'login|logout': 'identity_change',
    },
    flags: { '--kong-addr': ELSEWHERE },
  }),
  service({
    names:
      'apigeecli apigeectl apigee-go-gen tyk tyk-sync tyk-cli krakend apisix a6 adc gravitee zuul express-gateway wso2 apictl mulesoft anypoint-cli anypoint-cli-v4 hasura postman inso spectral redocly',
    options:
      '-o|--org= -e|--env= -t|--token= -n|--name= -v|--rev|--version= -d|--dashboard= -g|--gateway= -s|--secret= -p|--path= -b|--branch= -c|--config= -f|--file= --default-token --metadata-token -x|--proxy= --endpoint= --admin-secret= --database-name= --all-databases --project= -k|--insecure --environment= --username= --password= --host= -r= --region= --ovr --wait --org= --reporters= --iteration-data=',
    paths: {
      'check|audit|test-plugin|check-plugin|validate|dump|diff|ping|apis list|apis get|apis listdeploy|products list|products get|developers list|developers get|apps list|orgs list|orgs get|envs list|sharedflows list|kvms list|targetservers list|migrate status|metadata diff|metadata inconsistency list|metadata inconsistency status|version|plugins list|console --help|gateway list|api-mgr api list|runtime-mgr application list|lint|lint spec|bundle|stats|preview-docs|list|export config --help':
        'read',
      'run|run test|run collection|collection run|script': 'network: sends the requests of a collection',
      'apis delete|products delete|developers delete|apps delete|envs delete|orgs delete|sharedflows delete|kvms delete|targetservers delete|keystores delete|delete|undeploy|apis undeploy|apis clean|sharedflows undeploy|metadata clear|metadata inconsistency drop|delete api|delete app|delete api-product|api delete|gateway delete|migrate delete|actions delete|kvms entries delete|envgroups delete':
        'infra_destroy unbounded',
      'sync|publish|update|apis create|apis deploy|apis import|products create|products update|developers create|sharedflows deploy|envs create|metadata apply|metadata reload|migrate apply|migrate create|seed apply|deploy|import api|import app|promote|change-status api|login api --help|migrate squash|actions create|push|create|export deploy':
        'infra_change',
      'apps create|apps manage|apps genkey|envs setsync|orgs setaddons|iam createall|iam create|token cache|token gen|credentials create|keys create|envs set-iam-policy|user create':
        'privilege_change',
      'kvms entries list|kvms entries get|apis export|prefs get|kvms export|apps get|apps export|export apis': 'secret_read',
      'console|serve|dev|run --config|start': 'network',
      'login|logout|prefs set': 'identity_change',
    },
    flags: { '--endpoint': ELSEWHERE },
  }),
];
