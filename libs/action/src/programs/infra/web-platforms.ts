/** Platforms for web applications and their edges: vercel, netlify, wrangler, firebase, supabase, railway, render and more. */
import type { Program } from '../program.ts';
import { service } from './by-verb.ts';

const GONE = 'infra_destroy unbounded: with everything in it';
const CODE = 'code_execution: runs what is not in this text';

export const WEB_PLATFORMS: readonly Program[] = [
  service({
    names: 'vercel vc now',
    options:
      '-t|--token= -S|--scope= -T|--team= --cwd= -A|--local-config= -Q|--global-config= -d|--debug -y|--yes -b|--build-env= -e|--env= -m|--meta= --prod --prebuilt -f|--force --target= --environment= -s|--safe',
    paths: {
      'ls|list|inspect|logs|log|whoami|domains ls|domains inspect|domains price|dns ls|certs ls|alias ls|env ls|env list|project ls|project inspect|projects ls|teams ls|teams list|secrets ls|help|target ls|integration list|blob list|cache ls|bisect|telemetry status|git ls|microfrontends':
        'read',
      'env pull|pull': 'secret_read',
      'deploy|redeploy|promote|rollback|alias|alias set|dns add|dns import|domains add|domains move|domains transfer-in|domains buy|env add|env update|secrets add|certs issue|project add|link|rolling-release':
        'infra_change',
      'remove|rm|domains rm|domains remove|project rm|projects rm|project remove|teams rm|blob store remove|blob delete-store':
        GONE,
      'env rm|env remove|dns rm|dns remove|certs rm|certs remove|alias rm|alias remove|secrets rm|secrets remove|integration remove|integration-resource remove|cache purge|blob del|git disconnect|target rm':
        'infra_destroy',
      'login|logout|switch|teams switch': 'identity_change',
      'blob put': 'export',
      build: 'write',
      init: 'write',
      dev: 'network',
      'teams invite': 'privilege_change',
    },
    bare: 'infra_change: deploys the folder',
    otherwise: 'infra_change: deploys the folder',
  }),
  service({
    names: 'netlify ntl',
    options:
      '--auth= --json -s|--site= --filter= --cwd= -d|--dir= -m|--message= -p|--prod --prodIfUnlocked --alias= -f|--functions= --context= --scope= --force --silent',
    paths: {
      'status|status:hooks|sites:list|sites:search|functions:list|addons:list|env:list|logs|logs:function|logs:deploy|open|open:admin|open:site|watch|lm:info|recipes:list|blobs:list|integration:list|db status|agents:list|agents:show|teams:list':
        'read',
      'env:get|env:export|blobs:get': 'secret_read',
      'deploy|build --deploy|env:set|env:import|env:clone|sites:create|link|unlink|init|addons:create|addons:config|lm:setup|blobs:set|integration:deploy':
        'infra_change',
      'sites:delete': GONE,
      'env:unset|addons:delete|blobs:delete|functions:delete|unlink:site|integration:delete': 'infra_destroy',
      'functions:invoke|dev:exec|dev|serve|functions:serve': CODE,
      'login|logout|switch': 'identity_change',
      'functions:create|build|recipes|completion': 'write',
      api: 'opaque: a request to any part of the service',
    },
  }),
  service({
    names: 'wrangler wrangler2',
    options:
      '-c|--config= -e|--env= --name= --namespace-id= --binding= --preview? --remote --local --project-name= --branch= --commit-hash= --format= -y|--yes --skip-confirmation --persist-to= --cwd= --env-file= --file= -f --command= --json --output= --path= --pipe --var= --keep-vars --dry-run --compatibility-date= --force --metadata=',
    cases: {
      'd1 execute if --command': 'none',
      'd1 execute': 'opaque: statements that are not in this text',
    },
    paths: {
      'whoami|deployments list|deployments status|deployments view|versions list|versions view|tail|kv namespace list|kv key list|kv:namespace list|kv:key list|r2 bucket list|r2 bucket info|r2 bucket lifecycle list|r2 bucket cors list|r2 bucket notification list|r2 bucket domain list|d1 list|d1 info|d1 insights|d1 migrations list|d1 time-travel info|queues list|queues info|queues consumer list|pages project list|pages deployment list|pages deployment tail|secret list|secret:list|pages secret list|hyperdrive list|hyperdrive get|vectorize list|vectorize get|vectorize info|vectorize query|workflows list|workflows describe|workflows instances list|workflows instances describe|ai models|dispatch-namespace list|dispatch-namespace get|mtls-certificate list|cert list|pipelines list|pipelines get|check startup|docs|types|containers list|containers info|secrets-store store list|secrets-store secret list|pubsub namespace list|pubsub broker list':
        'read',
      'kv key get|kv:key get|r2 object get|secrets-store secret get|d1 export|d1 backup download|d1 backup list': 'read',
      'deploy|publish|versions upload|versions deploy|versions secret put|rollback|triggers deploy|pages deploy|pages publish|secret put|secret:put|secret bulk|secret:bulk|pages secret put|pages secret bulk|kv key put|kv:key put|kv bulk put|kv:bulk put|d1 migrations apply|hyperdrive update|queues update|workflows trigger|d1 time-travel restore|d1 backup restore|r2 bucket lifecycle set|r2 bucket cors set|queues consumer add|queues purge --help|workflows instances restart|containers push|pages download config':
        'infra_change',
      'kv namespace create|kv:namespace create|r2 bucket create|d1 create|d1 backup create|queues create|pages project create|hyperdrive create|vectorize create|vectorize insert|vectorize upsert|dispatch-namespace create|pipelines create|d1 migrations create':
        'infra_create',
      'r2 object put': 'export',
      'delete|kv namespace delete|kv:namespace delete|r2 bucket delete|d1 delete|queues delete|pages project delete|hyperdrive delete|vectorize delete|dispatch-namespace delete|workflows delete|pipelines delete|pubsub namespace delete|pubsub broker delete|containers delete|secrets-store store delete':
        GONE,
      'queues purge|kv bulk delete|kv:bulk delete': 'infra_destroy unbounded',
      'kv key delete|kv:key delete|r2 object delete|secret delete|secret:delete|pages secret delete|pages deployment delete|versions secret delete|d1 backup delete|queues consumer remove|mtls-certificate delete|cert delete|r2 bucket domain remove|r2 bucket lifecycle remove|r2 bucket notification delete|secrets-store secret delete|vectorize delete-vectors|route delete|containers images delete':
        'infra_destroy',
      'dev|pages dev': 'network',
      'login|logout': 'identity_change',
      'init|generate': 'write',
      'workflows instances terminate|workflows instances pause|workflows instances resume|queues pause-delivery|queues resume-delivery':
        'process_control',
    },
    runs: [{ as: { kind: 'sql', dialect: 'sqlite' }, from: '--command', when: '@0=d1 @1=execute' }],
    rehearsal: '--dry-run',
  }),
  service({
    names: 'firebase',
    options:
      '-P|--project= --account= -j|--json --token= --non-interactive -f|--force --debug -c|--config= --only= --except= -m|--message= -r|--recursive --all-collections --shallow --instance= --pretty -y --confirm -d|--data= --database= --export-on-exit? --import= -s|--site=',
    ownVerbsOnly: true,
    paths: {
      'projects:list|apps:list|apps:sdkconfig|hosting:sites:list|hosting:sites:get|hosting:channel:list|functions:list|functions:log|functions:config:export|database:get|database:profile|database:instances:list|database:settings:get|firestore:indexes|firestore:databases:list|firestore:databases:get|firestore:locations|firestore:backups:list|firestore:backups:schedules:list|remoteconfig:get|remoteconfig:versions:list|login:list|target|use|ext|ext:list|ext:info|ext:export|apphosting:backends:list|apphosting:backends:get|crashlytics:mappingfile:generate|appdistribution:testers:list|auth:list|experiments:list|help|open|emulators:export|dataconnect:services:list|dataconnect:sdk:generate|functions:shell --help':
        'read',
      'functions:config:get|functions:secrets:access|apps:android:sha:list|functions:secrets:get|login:ci|apphosting:secrets:describe|apphosting:secrets:access':
        'secret_read',
      'auth:export': 'export unbounded: every account',
      'auth:import': 'write unbounded',
      'deploy|hosting:channel:deploy|hosting:clone|functions:config:set|functions:config:clone|functions:secrets:set|remoteconfig:rollback|target:apply|ext:install|ext:configure|ext:update|ext:dev:publish|database:settings:set|firestore:databases:update|firestore:databases:restore|firestore:backups:schedules:update|apphosting:rollouts:create|appdistribution:distribute|apphosting:secrets:set|hosting:channel:open|dataconnect:sql:migrate|setup:web':
        'infra_change',
      'projects:create|projects:addfirebase|apps:create|hosting:sites:create|hosting:channel:create|database:instances:create|firestore:databases:create|firestore:backups:schedules:create|apphosting:backends:create|apps:android:sha:create':
        'infra_create',
      'database:set|database:update|database:push|database:import': 'write unknown',
      'database:remove|firestore:delete|firestore:databases:delete|hosting:sites:delete|hosting:disable|functions:delete|apphosting:backends:delete|projects:delete':
        GONE,
      'hosting:channel:delete|functions:config:unset|functions:secrets:destroy|functions:secrets:prune|ext:uninstall|target:remove|target:clear|firestore:backups:delete|firestore:backups:schedules:delete|apps:android:sha:delete|appdistribution:testers:remove|functions:artifacts:setpolicy|extensions:uninstall':
        'infra_destroy',
      'appdistribution:testers:add|apphosting:secrets:grantaccess|dataconnect:sql:grant': 'privilege_change',
      'emulators:start|emulators:exec|serve|functions:shell|dataconnect:sql:shell': CODE,
      'login|logout|login:add|login:use': 'identity_change',
      'init|experiments:enable|experiments:disable|use:clear': 'config_change',
    },
  }),
  service({
    names: 'supabase',
    options:
      '--debug --workdir= --project-ref= -p|--password= --db-url= --linked? --local? -f|--file= --schema= -s --experimental --network-id= --profile= -o|--output= --no-backup --version= --dry-run --include-all --env-file= --data-only --yes --create-ticket',
    paths: {
      'status|projects list|projects api-keys|orgs list|functions list|secrets list|branches list|branches get|db diff|db lint|db dump|inspect|inspect db|migration list|network-restrictions get|network-bans get|ssl-enforcement get|domains get|vanity-subdomains get|snippets list|snippets download|gen types|gen signing-key|backups list|sso list|sso info|sso show|storage ls|services|postgres-config get|encryption get-root-key --help|db advisors|test db|gen':
        'read',
      'encryption get-root-key|projects api-keys --reveal|branches get --reveal': 'secret_read',
      'db push|migration up|migration repair|migration squash|functions deploy|secrets set|config push|postgres-config update|branches update|branches create|domains create|domains activate|vanity-subdomains activate|storage cp|storage mv|backups restore|functions new|link|unlink|db pull|migration fetch|migration new|functions download|seed buckets':
        'infra_change',
      'db reset': 'schema_drop unbounded: the database is made anew',
      'migration down': 'schema_drop unbounded: migrations are undone',
      'projects delete|functions delete|branches delete|branches disable|storage rm|stop --no-backup|domains delete|vanity-subdomains delete|secrets unset|sso remove|db branch delete|postgres-config delete':
        'infra_destroy unbounded',
      'network-restrictions update|network-bans remove|ssl-enforcement update|sso add|sso update|encryption update-root-key':
        'privilege_change',
      'projects create': 'infra_create',
      'start|stop|db start': 'process_control',
      'functions serve': 'network',
      'login|logout': 'identity_change',
      'init|bootstrap': 'write',
    },
    rehearsal: '--dry-run',
  }),
  service({
    names:
      'railway render koyeb northflank zeabur dokku caprover porter qovery platform upsun scalingo clever cf pantheon terminus acli lagoon',
    runs: [{ as: 'argv', from: '1..', when: '@0=run #>1' }],
    options:
      '-s|--service= -e|--environment= -p|--project= -o|--output= --json -y|--yes -t|--token= -a|--app= --region= --confirm --force -r -f -k|--kv -i|--image= --set=',
    paths: {
      'status|whoami|list|logs|apps:list|apps:report|ps:report|config:show|services|services list|deploys list|jobs list|docs|open|apps|app|marketplace|events|domains list|routes|orgs|spaces|target|buildpacks|stacks|env list|project list|site:list|site:info|env:list|env:info|org:list|backup:list|projects|domain|functions list|instances list':
        'read',
      'variables|config:get|config|env|variable list|variables get|env get|environment:info --help|ssh-key|psql': 'secret_read',
      'variables set|variables --set|variable set|config:set|config:unset|set-env|unset-env|scale|up|redeploy|deploy|rollback|env:deploy|env:clone-content|link|service|environment|domain|add|init|deploys create|services create|services update|map-route|unmap-route|bind-service|unbind-service|push|env:commit|upstream:updates:apply|domains:add|git:sync|certs:add|letsencrypt:enable|proxy:ports-set|volume add|volume update|environment new|functions new':
        'infra_change',
      'down|delete|destroy|apps:destroy|service delete|environment delete|volume delete|project delete|site:delete|env:wipe|multidev:delete|delete-space|delete-org|delete-service|postgres:destroy|mysql:destroy|redis:destroy|storage:unmount|services delete|apps delete|environment:delete|project:delete|databases delete|volume detach|cf delete-route|delete-app|functions delete':
        GONE,
      'run|shell|ssh|connect|enter|ps:exec|exec|run:detached|drush|wp|remote:drush|remote:wp|tunnel:open': CODE,
      'restart|stop|start|ps:stop|ps:restart|ps:start|restage|ps:rebuild|services restart|apps restart': 'process_control',
      'login|logout|auth:login|auth:logout|unlink|auth': 'identity_change',
      'set-org-role|unset-org-role|set-space-role|unset-space-role|create-user|delete-user|ssh-keys:add|ssh-keys:remove|user:add|user:delete|site:team:add|site:team:remove':
        'privilege_change',
    },
  }),
  service({
    names: 'cloudflared',
    options: '--url= --config= --origincert= --credentials-file= --hostname= -f|--force',
    paths: {
      'tunnel list|tunnel info|version|tunnel ingress validate|tunnel ingress rule|tail|tunnel diag': 'read',
      'tunnel delete|tunnel cleanup|tunnel vnet delete|tunnel route ip delete': 'infra_destroy',
      'tunnel token|access token|tunnel create --help': 'secret_read',
      'tunnel create|tunnel route dns|tunnel route ip add|tunnel route lb': 'infra_create',
      'tunnel run|tunnel|access tcp|access ssh|access rdp|proxy-dns': 'network',
      'service install|service uninstall': 'persistence',
      'login|tunnel login|access login': 'identity_change',
      update: 'code_execution: replaces itself',
    },
  }),
  service({
    names: 'ngrok localtunnel tailscale zerotier-cli',
    options: '--authtoken= --region= --hostname= --domain= -p|--port= --auth-key=|--authkey= --advertise-routes= --json',
    paths: {
      'config check|diagnose|status|ip|netcheck|ping|version|whois|listnetworks|listpeers|info|bugreport|dns status|serve status|funnel status|lock status|exit-node list':
        'read',
      'config add-authtoken|config edit|set|up|switch|login|logout|join|leave|cert|lock sign': 'config_change',
      down: 'process_control',
      'ssh|nc|http|tcp|tls|start|serve|funnel|file cp': 'network',
    },
    otherwise: 'network',
  }),
  service({
    names: 'surge now-cli deployctl gh-pages expo eas wasmer shopify ionic',
    options: '-p|--project= --domain= --token= -d --platform= --profile= --non-interactive --store=',
    otherwise: 'infra_change: publishes',
    bare: 'infra_change: publishes',
    paths: {
      'eas env:pull|env:pull|env:get': 'secret_read',
      'project:info|build:list|build:view|update:list|update:view|channel:list|channel:view|branch:list|branch:view|whoami|credentials --help|theme list|app info|app env show|env:list|device:list':
        'read',
      'channel:delete|branch:delete|update:delete|teardown|theme delete|build:delete|env:delete|metadata:delete': 'infra_destroy',
    },
  }),
];
