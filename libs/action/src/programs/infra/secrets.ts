/** Stores of secrets by their own command lines: vault, 1Password, doppler, Bitwarden, pass, sops and more. */
import type { Act, Program } from '../program.ts';
import { service } from './by-verb.ts';
import { acts, does, subs } from './shorthand.ts';

const VALUE = 'secret_read';
const GONE = 'infra_destroy unbounded: with everything in it';

/** doppler run -- cmd and its like: the secrets are handed to a command of its own. */
const HANDED: Act = { kind: 'secret_read', scope: 'unknown', why: 'the secrets are handed to the command' };

const AROUND = { syntax: 'posix' as const, does: [HANDED], runs: [{ as: 'argv' as const, from: '*', when: '#>0' }] };

export const SECRETS: readonly Program[] = [
  service({
    names: 'vault bao',
    syntax: 'go',
    options:
      '-address= -agent-address= -ca-cert= -ca-path= -client-cert= -client-key= -namespace|-ns= -tls-server-name= -tls-skip-verify -wrap-ttl= -mfa= -output-curl-string -output-policy -header= -format= -field= -mount= -version= -versions= -detailed -force|-f -prefix -sync -path= -token-only -no-store -no-print -method= -id= -accessor -mode= -self -policy= -ttl= -period= -orphan -role= -key-shares= -key-threshold= -max-lease-ttl= -default-lease-ttl= -description= -cas= -log-level= -dev -config= -unwrap-token= -init -nonce= -cancel -status -target= -recovery -rotate -generate-otp -otp= -decode= -delete-version-after= -max-versions= -custom-metadata=',
    ownVerbsOnly: true,
    paths: {
      'status|version|version-history|path-help|auth list|auth help|audit list|policy list|policy read|policy fmt|secrets list|plugin list|plugin info|lease lookup|token lookup|token capabilities|list|namespace list|namespace lookup|operator members|operator usage|operator raft list-peers|operator raft autopilot state|operator raft autopilot get-config|operator key-status|operator diagnose|debug|monitor|kv list|kv metadata get|kv get -metadata|events subscribe|hcp status|print|operator generate-config|pki health-check|pki list-intermediates|pki verify-sign|server --help':
        'read',
      'print token': VALUE,
      'read|kv get|unwrap|transit export|token create|ssh|operator generate-root|operator init|operator raft snapshot save|pki issue|operator rekey -backup-retrieve|transform|proxy token':
        VALUE,
      'kv put|kv patch|kv rollback|kv metadata put|kv metadata patch|kv undelete|kv enable-versioning|write|patch|transit import|transit import-version|pki reissue':
        'infra_change: changes what is stored',
      'kv delete|kv destroy|kv metadata delete|delete|lease revoke|token revoke|plugin deregister|operator raft remove-peer|namespace unlock':
        'infra_destroy',
      'secrets disable|auth disable|namespace delete|operator raft snapshot restore|operator seal': GONE,
      'audit disable': 'log_tamper',
      'audit enable': 'config_change',
      'policy write|policy delete|auth enable|auth tune|auth move|token renew --help|operator rekey|operator rotate|operator rotate-keys|operator unseal|operator step-down --help|plugin register|plugin reload|plugin runtime register|namespace create|namespace patch|namespace lock':
        'privilege_change',
      'secrets enable|secrets tune|secrets move|operator migrate|operator raft join|operator raft autopilot set-config|operator raft promote|operator raft demote':
        'infra_change',
      'lease renew|token renew': 'write one',
      'operator step-down': 'process_control',
      'login|hcp connect|hcp disconnect': 'identity_change',
      'server|agent|proxy': 'process_control',
    },
    flags: {
      '-address': 'network: another server than the one that is set up',
      '-tls-skip-verify': 'network: the server is not checked',
      '-agent-address': 'network: another server than the one that is set up',
    },
  }),
  {
    names: ['op'],
    options:
      '--help --account= --session= --format= --vault= --config= --encoding= --cache? --no-color --debug --iso-timestamps --archive --fields|--field= --reveal --otp --categories= --tags= --favorite --template= --title= --url= --generate-password? --dry-run --destination-vault= --share-link --in-file|-i= --out-file|-o= --force|-f --file-mode= --user= --group= --permissions= --raw --env-file= --no-masking --include-archive --expires-in= --emails= --view-once --long --group-id= --can-create-vaults= --role= --description= --icon= --travel-mode= --name= --email= --language= --send-email --deauthorize-devices-after= --allow-admins-to-manage=',

    sub: subs({
      'whoami, account list|ls, account get, item list|ls, item template list, item template get, vault list|ls, vault get, vault user list|ls, vault group list|ls, user list|ls, user get, group list|ls, group get, group user list|ls, document list|ls, connect server list|ls, connect server get, connect token list|ls, connect vault list, events-api list, service-account ratelimit, completion, update --help, plugin list|ls, plugin inspect, environment list':
        does('read', 'item'),
      'item get, read, inject, document get, item share, connect token create, service-account create, events-api create, user recovery list':
        does('secret_read', 'item'),
      run: AROUND,
      'item create|edit|move|mv, item template, document create|edit, vault create|edit, connect server create|edit, environment create, account add':
        does('infra_change', 'item', '', '!--dry-run'),
      'user provision|edit|confirm|invite|suspend|reactivate, user recovery begin, group create|edit, group user grant|revoke, vault user grant|revoke, vault group grant|revoke, connect group grant|revoke, connect vault grant|revoke, connect token edit':
        does('privilege_change', 'user'),
      'item delete|rm|remove, document delete|rm|remove, user delete|rm|remove, group delete|rm|remove, connect token delete|rm|remove':
        does('infra_destroy', 'item'),
      'vault delete|rm|remove, connect server delete|rm|remove, environment delete, service-account delete|rm|remove': does(
        'infra_destroy unbounded: with everything in it',
        'vault',
      ),
      'signin, signout, account forget': does('identity_change', 'account'),
      'plugin init|clear|credential, update': does('config_change', 'plugin'),
      'plugin run': { syntax: 'posix', does: [HANDED], runs: [{ as: 'argv', from: '*', when: '#>0' }] },
      'ssh generate': does('write', 'item'),
    }),
  },
  {
    names: ['doppler'],
    options:
      '--help|-h -t|--token= -p|--project= -c|--config= --api-host= --dashboard-host= --config-dir= --configuration= --scope= --json --silent --debug --print-config --no-check-version --no-timeout --timeout= --plain --no-file --format= --raw --only-names --no-read-env --fallback= --fallback-passphrase= --fallback-only --no-fallback --mount= --name-transformer= --preserve-env? --command= --forward-signals -y|--yes --visibility= --no-interactive --overwrite --environment= --name= -e --all --no-verify-tls --max-age= --dynamic-ttl= --access= --slug= --role=',

    sub: subs(
      {
        'me, projects, projects get, environments, environments get, configs, configs get, configs logs, configs logs get, configs tokens, configs tokens get, activity, activity get, settings, configure, configure get, configure debug, configure options, configs tokens list, open, open dashboard|status|docs|github, completion, changelog, oidc, feedback, groups, users':
          does('read', 'config'),
        'secrets get|download|substitute, configs tokens create, configure get token, oidc login --help': does(
          'secret_read',
          'secret',
        ),
        secrets: {
          does: [...acts('secret_read unbounded', 'secret', '!--only-names'), ...acts('read', 'secret', '--only-names')],
        },
        'secrets list': does('read', 'secret'),
        'secrets set|upload|notes set|notes': does('infra_change', 'secret'),
        'secrets delete': does('infra_destroy', 'secret'),
        'configs create|update|clone|lock|unlock|logs rollback, environments create|rename, projects create|update, settings update, import, configs logs rollback':
          does('infra_change', 'config'),
        'projects delete, environments delete, configs delete': does('infra_destroy unbounded: with everything in it', 'config'),
        'configs tokens revoke|delete, configs tokens rotate': does('infra_destroy', 'token'),
        'login, login revoke|rollback, login roll, logout, oidc login|logout': does('identity_change', 'account'),
        'configure set|unset|reset|flags, setup, configure flags enable|disable, update, tui': does('config_change', 'config'),
        run: {
          ...AROUND,
          runs: [
            { as: 'argv', from: '*', when: '#>0' },
            { as: 'shell', from: '--command', when: '--command' },
          ],
        },
      },
      [{ kind: 'network', when: '--api-host', why: 'another server than the service itself' }],
    ),
  },
  service({
    names: 'bw bws',
    options:
      '--session= --pretty --raw --response --quiet --nointeraction --cleanexit --organizationid= --folderid= --search= --url= -p|--permanent --itemid= --output= --format= -t|--access-token= -o -u|--server-url= -c|--color=',
    ownVerbsOnly: true,
    paths: {
      'status|list folders|list collections|list organizations|list org-collections|list org-members|sync|update|completion|sdk-version|config server --help|get template|get folder|get collection|get organization|get fingerprint|get exposed|project list|project get|list --help|encode':
        'read',
      'get|list|list items|list sends|get item|get password|get username|get totp|get notes|get attachment|receive|secret get|secret list|unlock|generate --help':
        VALUE,
      generate: 'none',
      export: 'export unbounded: every item of the vault',
      'create|edit|import|restore|move|share|secret create|secret edit|project create|project edit|send|send create|send edit':
        'infra_change',
      'confirm|device-approval': 'privilege_change',
      'delete|secret delete|send delete|send remove-password': 'infra_destroy',
      'project delete|device-approval deny-all|delete org-collection': GONE,
      'login|logout|lock': 'identity_change',
      'config|config server': 'config_change',
      run: 'code_execution: the secrets are handed to a command',
      serve: 'network: opens the vault to whoever connects',
    },
  }),
  service({
    names: 'pass gopass passage lpass keepassxc-cli keepassxc rbw secret-tool dashlane dcli',
    options:
      '-c|--clip? -f|--force -r|--recursive -q|--quiet --sync= --color= -n|--no-symbols -i|--in-place -m|--multiline -p|--path= --format= --username --password --url --notes --field= -s|--show-protected -a|--attributes= -k|--key-file= -o|--password-only --unclip',
    ownVerbsOnly: true,
    bare: 'read',
    paths: {
      'ls|list|find|search|git log|git status|version|help|audit|fsck|recipients|mounts|db-info|locate|status|config|history|sync|unlocked|export --help|git pull':
        'read',
      'show|clip|get|otp|cat|totp|lookup|edit|grep|env|login|unlock|open|analyze|export|p|password|note': VALUE,
      'insert|generate|add|mkdir|mv|move|cp|copy|rename|import|duplicate|clone|set|merge|create|store|share|templates|git push|mount|otp insert|otp append':
        'infra_change',
      'rm|remove|delete|rmdir|clear|purge|git reset|unmount|group remove': 'infra_destroy',
      'init|setup|recipients add|recipients remove|db-create|db-edit|register': 'privilege_change',
      'logout|lock': 'identity_change',
      git: 'opaque: git is called through it',
    },
    otherwise: VALUE,
  }),
  service({
    names: 'sops',
    options:
      '-d|--decrypt -e|--encrypt -r|--rotate -i|--in-place --input-type= --output-type= --output= --extract= --set= -k|--kms= -p|--pgp= -a|--age= --gcp-kms= --azure-kv= --hc-vault-transit= --config= --encrypted-regex= --unencrypted-regex= --ignore-mac --filename-override= -s|--show-master-keys --add-pgp= --rm-pgp= --add-age= --rm-age= --add-kms= --rm-kms= --enable-local-keyservice? --keyservice= --user=',
    ownVerbsOnly: true,
    paths: {
      'filestatus|updatekeys --help|completion': 'read',
      'decrypt|edit|exec-env|exec-file|extract': VALUE,
      'encrypt|rotate|set|unset|updatekeys|groups add|groups delete': 'write',
      publish: 'export',
      keyservice: 'network',
    },
    cases: { ' if -e|-r|--set': 'write' },
    otherwise: VALUE,
  }),
  service({
    names: 'age-keygen ssh-keygen-service',
    options: '-o|--output= -y -pq',
    ownVerbsOnly: true,
    bare: VALUE,
    otherwise: 'write',
  }),
  service({
    runs: [
      { as: 'argv', from: '1..', when: '@0=run #>1' },
      { as: 'argv', from: '2..', when: '@0=exec #>2' },
    ],
    names:
      'chamber infisical akeyless conjur summon teller berglas vlt phase envkey-source keyring kamus secrethub hcp gcloud-secrets credstash confidant strongdm sdm teleport tsh tctl boundary',
    options:
      '--path= --env= --projectId= --token= --domain= -b|--backend= --name= -n -f|--format= -p -v -i -o|--output= --force -y|--yes --project= --app= --proxy= --cluster= -addr= -id= -target-id= -token= --profile= --vault=',
    paths: {
      'list|find|list-services|history|list-items|describe-item|status|whoami|user|ls|version|resource list|role exists|resource exists|apps list|scan|scan git-changes|secrets folders get|recordings ls|kube ls|db ls|apps ls|nodes ls|users ls|tokens ls|get roles|get nodes|targets list|sessions list|scopes list|accounts list|roles list|hosts list|policy list|projects list':
        'read',
      'read|export|env|get|access|show|get-secret-value|get-dynamic-secret-value|get-rotated-secret-value|get-secret|secrets|secrets get|secrets list|variable get|secret retrieve|dynamic-secrets lease create|exec|run|sh|vault kv|get-dynamic|unwrap|secrets open|credentials read|getall|print|reveal|secret open|auth sign|login --print|apps secrets':
        VALUE,
      'write|import|set|create|create-secret|update-secret-val|variable set|secrets set|put|secrets folders create|secrets generate-example-env|edit|update|tag|rotate|bootstrap|create-dynamic-secret|secrets create':
        'infra_change',
      'delete|secrets delete|delete-item|delete-items|remove|rm|secrets folders delete|revoke|delete-target|delete-role|deleteall|lock':
        'infra_destroy',
      'policy load|policy update|policy replace|grant|host rotate-api-key|user rotate-api-key|role revoke|hostfactory tokens create|create-role|create-auth-method|assoc-role-am|set-role-rule|users add|users rm|tokens add|auth rotate|roles add-grants|roles add-principals|roles set-principals|roles set-grants|authenticate --help|create roles|requests approve|request approve|users reset|users create|users update|access requests':
        'privilege_change',
      'login|logout|authenticate|init|reset|configure|auth': 'identity_change',
      'connect|ssh|proxy|join|gateway|agent|kube login|db connect|app login|scp|connect ssh|connect postgres': 'network',
    },
  }),
];
