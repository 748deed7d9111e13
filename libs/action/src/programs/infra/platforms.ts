/** Hosting platforms by their own command lines: doctl, hcloud, fly, heroku, vercel, netlify, wrangler, firebase, supabase and more. */
import type { Program } from '../program.ts';
import { service } from './by-verb.ts';

const GONE = 'infra_destroy unbounded: with everything in it';
const SHELL = 'code_execution: a shell on another machine';

export const PLATFORMS: readonly Program[] = [
  service({
    names: 'doctl',
    options:
      '-t|--access-token= -u|--api-url= -c|--config= --context= -o|--output= -f|--force --format= --no-header --trace -v|--verbose --region= --size= --image= --wait --tag-name= --all',
    compound: true,
    paths: {
      'account get|account ratelimit|balance get|billing-history list|invoice get|invoice list|invoice summary|compute region list|compute size list|1-click list|vpcs list|monitoring uptime list|projects list|registry get|registry repository list|registry repository list-v2|registry repository list-tags|databases list|databases get|databases db list|databases db get|databases user list|databases pool list|databases replica list|databases firewalls list|databases options|databases backups|databases migrations|compute droplet list|compute droplet get|compute droplet backups|compute droplet snapshots|compute droplet kernels|compute droplet neighbors|compute droplet actions':
        'read',
      'databases connection|databases user get|databases replica connection|databases get-ca|registry kubernetes-manifest|registry docker-config|kubernetes cluster kubeconfig show|spaces keys create|databases connection get':
        'secret_read',
      'kubernetes cluster kubeconfig save|kubernetes cluster kubeconfig remove|registry login|registry logout|serverless connect|serverless install':
        'config_change',
      'auth init|auth switch|auth remove': 'identity_change',
      'auth list|auth token': 'read',
      'databases user reset': 'privilege_change: the old password stops working',
      'databases firewalls remove|databases firewalls append|databases firewalls replace|compute firewall create|compute firewall update|compute firewall add-rules|compute firewall remove-rules|compute firewall add-droplets|compute firewall remove-droplets|compute ssh-key create|compute ssh-key import|databases user create':
        'privilege_change',
      'databases delete|databases db delete|kubernetes cluster delete|kubernetes cluster delete-selective|apps delete|projects delete|registry delete|compute volume delete|compute domain delete|vpcs delete|serverless undeploy|registry repository delete|registry repository delete-manifest|compute droplet delete|compute load-balancer delete':
        GONE,
      'compute droplet-action|compute droplet-action rebuild|compute droplet-action restore|compute droplet-action password-reset':
        'infra_change',
      'compute droplet-action reboot|compute droplet-action shutdown|compute droplet-action power-off|compute droplet-action power-on|compute droplet-action power-cycle':
        'process_control',
      'compute droplet-action snapshot|compute droplet 1-click': 'infra_create',
      'compute ssh|apps console|sandbox deploy|serverless functions invoke|sandbox functions invoke': SHELL,
      'apps logs|apps list-deployments|apps get-deployment|apps tier|apps spec get|apps spec validate|apps list-regions|serverless functions list|serverless activations list|serverless status':
        'read',
      'registry garbage-collection start': 'infra_destroy bounded',
    },
    flags: { '-u': 'network: another server than the service itself' },
    everything: '--all',
  }),
  service({
    names: 'linode-cli linode vultr vultr-cli civo scw exo upctl ibmcloud oci openstack ovhcloud aliyun hwcloud tccli yc',
    options:
      '--text --json -o|--output= --region= --label= -c|--config= --profile= --endpoint= --zone= --force -f --wait --no-headers --format= --as-user= --compartment-id= --auth=',
    compound: true,
    paths: {
      'linodes delete|databases delete|domains delete|volumes delete|lke cluster-delete|compute instance terminate|server delete|stack delete|project delete|volume delete|db autonomous-database delete|os bucket delete|cs cluster rm|kubernetes remove|instance remove|database remove':
        GONE,
      'linodes types|linodes kernels|linodes ips-list': 'read',
      'linodes reboot|linodes shutdown|linodes boot|server reboot|server stop|server start': 'process_control',
      'linodes rebuild|server rebuild|linodes resize': 'infra_change unbounded: what is on the disk is lost',
      'os object put|os object bulk-upload|object create|object upload': 'export',
      'os object delete|os object bulk-delete': 'delete unbounded',
      'config show|config get-contexts|token issue|iam create-token|lke kubeconfig-view|k8s kubeconfig get|kubernetes config':
        'secret_read',
      'server ssh|instance ssh|compute ssh|ssh': SHELL,
      'role add|role remove|iam policy create|iam policy update|iam user create|security group rule create|security group rule delete|user create|firewalls rules-update':
        'privilege_change',
    },
    flags: { '--endpoint': 'network: another server than the service itself' },
  }),
  service({
    names: 'hcloud',
    options:
      '-o|--output= --config= --context= --endpoint= --poll-interval= --quiet -l|--selector= --type= --image= --name= --location= --ssh-key=',
    compound: true,
    paths: {
      'context active|context list|version|completion': 'read',
      'context create|context use|context delete|config set|config unset': 'config_change',
      'server ssh': SHELL,
      'server rebuild': 'infra_change unbounded: what is on the disk is lost',
      'server reset-password|server request-console': 'secret_read',
      'server poweroff|server poweron|server reboot|server reset|server shutdown': 'process_control',
      'firewall add-rule|firewall delete-rule|firewall replace-rules|firewall apply-to-resource|firewall remove-from-resource|ssh-key create':
        'privilege_change',
      'volume delete|server delete|network delete|load-balancer delete': GONE,
    },
    flags: { '--endpoint': 'network: another server than the service itself' },
  }),
  service({
    names: 'fly flyctl',
    runs: [{ as: 'shell', from: '-C', when: '@0=ssh' }],
    options:
      '-a|--app= -c|--config= -t|--access-token= -r|--region= -o|--org= -j|--json -y|--yes --verbose --image= -C|--command= -s|--select -u|--user= --detach --build-only --machine=',
    paths: {
      'status|logs|apps list|apps releases|info|doctor|checks list|machine list|machines list|machine status|volumes list|volumes show|secrets list|ips list|certs list|certs show|certs check|config show|config validate|config env|regions list|platform regions|platform status|platform vm-sizes|postgres list|pg list|releases|scale show|services list|image show|tokens list|auth whoami|orgs list|orgs show|dashboard|version|wireguard list|history|redis list|redis status|mysql list|volumes snapshots list|consul list|agent ping':
        'read',
      'auth token|tokens create|tokens create deploy|tokens create org|wireguard create|postgres users list|redis status --show':
        'secret_read',
      'auth login|auth logout|auth signup|auth docker': 'identity_change',
      'apps destroy|destroy|postgres destroy|redis destroy|redis delete|volumes destroy|volumes delete|orgs delete|machine destroy|machines destroy|machines remove|machine remove|storage destroy|mysql destroy|apps delete|consul detach|mpg destroy':
        GONE,
      'secrets set|secrets unset|secrets import|secrets deploy|scale|scale count|scale vm|scale memory|autoscale set|deploy|launch|machine run|machine update|machine clone|machines run|volumes extend|ips allocate|ips allocate-v4|certs add|certs create|regions set|regions add|config save|postgres attach|postgres detach|postgres failover|pg failover|image update|apps move|m run':
        'infra_change',
      'ips release|certs remove|certs delete|secrets remove|postgres users delete|wireguard remove|tokens revoke|orgs remove':
        'infra_destroy',
      'apps suspend|apps resume|apps restart|suspend|resume|machine stop|machine start|machine restart|machine kill|machines stop|machines kill|machine cordon|postgres restart|machine suspend':
        'process_control',
      'ssh console|ssh sftp|sftp get|sftp shell|console|machine exec|postgres connect|pg connect|ssh issue|mysql connect|mpg connect|redis connect':
        SHELL,
      'proxy|wireguard websockets': 'network',
    },
    verbs: { show: 'read' },
  }),
  service({
    names: 'heroku',
    runs: [{ as: 'argv', from: '1..', when: '@0=run|run:detached|run:inside #>1' }],
    options:
      '-a|--app= -r|--remote= -t|--team= -s|--shell -j|--json -c|--confirm= -n|--num= --tail -d|--dyno= -p|--ps= -x|--extended',
    ownVerbsOnly: true,
    paths: {
      'apps|apps:info|info|ps|logs|releases|releases:info|addons|addons:info|addons:docs|addons:plans|addons:services|domains|domains:info|pipelines|pipelines:info|pg|pg:info|pg:diagnose|pg:ps|pg:locks|pg:bloat|pg:blocking|pg:long-running-queries|pg:outliers|pg:backups|pg:backups:info|pg:backups:schedules|pg:wait|redis|redis:info|regions|stack|status|access|members|teams|certs|certs:info|buildpacks|buildpacks:info|buildpacks:search|features|features:info|labs|labs:info|notifications|orgs|ps:type|ps:wait|reviewapps|spaces|spaces:info|webhooks|webhooks:info|webhooks:deliveries|drains|keys|plugins|auth:whoami|whoami|version|help|commands|ci|ci:info|ci:last|container|git:remote|apps:open|open|apps:errors|maintenance|authorizations|clients|sessions|kafka|kafka:info|kafka:topics|autocomplete|outbound-rules|trusted-ips|run:logs|builds|builds:info|slugs|which':
        'read',
      'config|config:get|pg:credentials|pg:credentials:url|redis:credentials|auth:token|authorizations:create|authorizations:info|pg:credentials:create|auth:2fa:generate-recovery-codes|config:edit':
        'secret_read',
      'config:set|config:unset|config:add|config:remove|features:enable|features:disable|labs:enable|labs:disable|maintenance:on|maintenance:off|buildpacks:add|buildpacks:set|buildpacks:remove|buildpacks:clear|stack:set|domains:add|domains:update|domains:wait|certs:add|certs:update|certs:auto:enable|certs:auto:disable|pipelines:add|pipelines:create|pipelines:promote|pipelines:update|pipelines:connect|ps:scale|ps:resize|ps:type|scale|resize|dyno:scale|dyno:resize|rollback|releases:rollback|addons:upgrade|addons:downgrade|addons:attach|addons:rename|apps:rename|rename|pg:promote|pg:upgrade|pg:maintenance:run|pg:settings|redis:maxmemory|redis:promote|redis:upgrade|redis:maintenance|redis:timeout|webhooks:update|reviewapps:enable|reviewapps:disable|spaces:set|apps:transfer|apps:favorites:add|apps:stacks:set|container:push|container:release|builds:create|pg:follow|pg:unfollow|pg:links:create|ci:rerun|ci:run|kafka:upgrade|kafka:topics:retention-time|kafka:topics:compaction|drains:set':
        'infra_change',
      'create|apps:create|addons:create|addons:plans:create|apps:fork|fork|domains:create|webhooks:add|pg:backups:capture|pg:backups:schedule|pg:copy:create|spaces:create|teams:create|kafka:topics:create|container:create':
        'infra_create',
      'apps:destroy|destroy|addons:destroy|pipelines:destroy|pg:reset|pg:killall|spaces:destroy|apps:delete|apps:leave|leave|kafka:topics:destroy|teams:destroy|pg:copy|pg:push|redis:reset|pg:backups:restore': `${GONE}`,
      'addons:detach|domains:remove|domains:clear|certs:remove|pg:backups:delete|pg:backups:unschedule|pg:links:destroy|pg:credentials:destroy|pg:detach|pipelines:remove|webhooks:remove|buildpacks:delete|apps:favorites:remove|pg:unschedule|kafka:consumer-groups:destroy|container:rm|ps:delete|ps:stop:all':
        'infra_destroy',
      'drains:add|drains:remove|drains:delete': 'log_tamper unknown: where the logs go',
      'access:add|access:remove|access:update|members:add|members:remove|members:set|keys:add|keys:remove|keys:clear|authorizations:revoke|authorizations:rotate|authorizations:update|clients:create|clients:destroy|pg:credentials:rotate|trusted-ips:add|trusted-ips:remove|teams:add|pg:credentials:repair-default|redis:credentials:rotate|sessions:destroy|clients:rotate|certs:key|sharing:add|sharing:remove':
        'privilege_change',
      'ps:restart|restart|dyno:restart|dyno:kill|ps:kill|ps:stop|dyno:stop|stop|kill|pg:kill|ci:cancel|pg:backups:cancel|builds:cancel|pg:wait:cancel':
        'process_control',
      'run|run:detached|run:inside|ps:exec|exec|redis:cli|local|local:start|local:run|console|pg:psql|psql|ps:socks|ps:copy|ps:forward|ci:debug':
        SHELL,
      'pg:backups:download|pg:backups:url|pg:pull': 'export',
      'login|logout|auth:login|auth:logout': 'identity_change',
      'plugins:install|plugins:update|plugins:uninstall|plugins:link|update': 'code_execution: plugins are programs',
    },
    bare: 'none',
  }),
];
