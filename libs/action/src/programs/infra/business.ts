/** Services of a business by their command lines: payments, feature flags, mail, identity providers, chat, analytics. */
import type { Program } from '../program.ts';
import { service } from './by-verb.ts';

const ELSEWHERE = 'network: another server than the one that is set up';

export const BUSINESS: readonly Program[] = [
  service({
    names: 'stripe',
    cases: { 'config if --list': 'read' },
    options:
      '--api-key= --color= --config= --device-name= --log-level= -p|--project-name= --live -d|--data= -e|--expand= -i|--idempotency= -l|--limit= -a|--starting-after= -b|--ending-before= -s|--show-headers -v|--stripe-version= --stripe-account= -c|--confirm --dark-style --forward-to= -f --events= --skip-verify --filter-http-method= --add= --override= --remove= --amount= --currency= --description= --name= --email= --customer= --charge= --payment-intent= --reason=',
    paths: {
      'get|config --list|status|version|resources|open|logs tail|samples list|login --help|products list|events list|trigger --help|feedback|community|postinstall|serve --help|help|fixtures --help|plugin list':
        'read',
      delete: 'infra_destroy: a request to any part of the service',
      post: 'infra_change unknown: a request to any part of the service',
      'trigger|fixtures|samples create|events resend|webhook_endpoints create|webhook_endpoints update|terminal quickstart':
        'infra_change',
      'refunds create|payouts create|transfers create|charges create|payment_intents create|payment_intents confirm|payment_intents capture|topups create|invoices pay|charges capture|charges refund|issuing cards create|application_fees refund|treasury outbound_transfers create|treasury outbound_payments create|treasury inbound_transfers create|transfers createReversal|transfers create_reversal|payouts reverse':
        'infra_change one ?no: money moves',
      'subscriptions cancel|payment_intents cancel|payouts cancel|refunds cancel|setup_intents cancel|invoices void_invoice|invoices void|invoices mark_uncollectible|subscription_schedules cancel|subscription_schedules release|disputes close|quotes cancel|topups cancel|credit_notes void_credit_note|accounts reject|issuing authorizations decline|treasury outbound_payments cancel|terminal readers cancel_action|invoices delete|promotion_codes update --active':
        'infra_destroy ?no',
      'listen|serve': 'network',
      'login|logout': 'identity_change',
      'config|config --set|config --unset|plugin install|plugin upgrade|plugin uninstall': 'config_change',
      'api_keys roll|api_keys create|ephemeral_keys create|apps secrets find|terminal connection_tokens create': 'secret_read',
    },
    flags: { '--stripe-account': 'identity_change: acts for a connected account' },
  }),
  service({
    names: 'paypal braintree square adyen gocardless chargebee recurly razorpay lemonsqueezy paddle plaid',
    options: '--env= --api-key= --token= -o= --format= -f=',
    verbs: {
      'refund|capture|charge|pay|payout|settle|disburse': 'infra_change one ?no: money moves',
      'void|cancel|reject|terminate': 'infra_destroy ?no',
    },
  }),
  service({
    names: 'ldcli launchdarkly ldc',
    options:
      '--access-token= --base-uri= -o|--output= --analytics-opt-out --project= --flag= --environment= --env= -d|--data= --semantic-patch --expand= --filter= --limit= --offset= --sort= --summary --key= --segment= --member= -e= --role= --emails= --source= --context= --override= --port= --dev-stream-uri=',
    compound: true,
    paths: {
      'config --list|projects list|projects get|flags list|flags get|flags get-status|flags get-status-across-environments|environments list|environments get|segments list|segments get|members list|members get|audit-log list|audit-log get|code-refs list|code-refs list-repositories|code-refs get-repository|metrics list|metrics get|teams list|teams get|dev-server list-projects|dev-server get-project|accounts list|sourcemaps --help|resources':
        'read',
      'flags toggle-on|flags toggle-off|flags update|flags archive|flags copy|flags create|environments create|environments update|projects create|projects update|segments create|segments update|environments reset-mobile-key|flags replace|flags restore|approvals create|approvals apply|release-pipelines update|workflows create|feature-flags copy|experiments create|metrics create':
        'infra_change',
      'environments reset-sdk-key|environments rotate-sdk-key|members invite|members create|members update|teams update|teams create|custom-roles create|custom-roles update|custom-roles delete|access-tokens create|access-tokens reset|tokens create|relay-proxy-configs create|members patch|members modify':
        'privilege_change',
      'flags delete|segments delete|metrics delete|webhooks delete|members delete|teams delete|access-tokens delete|tokens delete|approvals delete|experiments delete|code-refs delete-branches|relay-proxy-configs delete|flags expire':
        'infra_destroy',
      'projects delete|environments delete|code-refs delete-repository|feature-flags delete': 'infra_destroy unbounded',
      'login|logout': 'identity_change',
      'config|config --set|setup': 'config_change',
      'dev-server start': 'network',
      'sourcemaps upload|symbols upload': 'export',
    },
    flags: { '--base-uri': ELSEWHERE },
  }),
  service({
    names: 'unleash flipt flagsmith growthbook splitio configcat optimizely statsig devcycle dvc posthog flagd go-feature-flag',
    options:
      '--url= --address= -t|--token= --namespace= --config= --env= -e= --environment= --project= -o= --output= --drop --all-namespaces --stdin --workspace= -p= --feature= --name= --key= -f= --state=',
    paths: {
      'evaluate|validate|version|config view|bundle list|completion|lint|diff|features list|features get|projects list|projects get|environments list|variations list|targeting get|usages|status|logs|export --help|features enabled':
        'read',
      export: 'read',
      import: 'infra_change unbounded',
      'migrate --drop': 'infra_destroy unbounded',
      'features enable|features disable|targeting enable|targeting disable|targeting update|features update|features create|variations create|kill|ramp|archive|features archive|features revive|flag toggle|toggle|gates enable|gates disable|overrides update|splits kill|splits restore|splits reallocate':
        'infra_change',
      'delete|features delete|environments delete|projects delete|variations delete|segments delete|flags delete|overrides clear|variables delete':
        'infra_destroy unbounded',
      migrate: 'schema_change',
      'start|serve|server|run|relay': 'process_control',
      'login|logout|login sso|auth|cloud login': 'identity_change',
      'token create|token delete|tokens create|tokens delete|keys get|users create|users delete': 'privilege_change',
      'generate types': 'write',
    },
    flags: { '--drop': 'infra_destroy unbounded: what is there is removed first' },
  }),
  service({
    names:
      'sendgrid mailgun postmark mailchimp resend sparkpost mailjet brevo ses-cli customerio klaviyo twilio vonage nexmo messagebird plivo telnyx',
    options:
      '--api-key= --domain= --from= --to= --subject= --html= --text= -o= --properties= --profile= -p= -l= --body= --sid= --phone-number-sid= --friendly-name= --no-header --limit= --server-token= --account-token= -f|--force --template=',
    ownVerbsOnly: false,
    paths: {
      'send|email send|emails send|messages send|email raw|email template|api:core:messages:create|email:send|broadcasts send|campaigns send|batch send|email batch|messages create|sms|sms send|api:core:calls:create':
        'export: a message goes out',
      'domains verify|emails list|emails get|templates pull|templates preview|servers list|phone-numbers:list|api:core:messages:list|api:core:messages:fetch|profiles:list|plugins|api:core:calls:list|suppressions list|bounces list|lists list|templates list|templates get|events|stats|debugger:logs:list|contacts list|contacts get|domains list|domains get|domains info|app:list|number:list|balance|api-keys list|webhooks list|api_keys list|routes list':
        'read',
      'templates push|domains create|domains update|phone-numbers:update|phone-numbers:buy:local|serverless:deploy|serverless:promote|templates update|webhooks create|webhooks update|routes create|number:buy|app:update|broadcasts create|broadcasts update|contacts import|suppressions create|api:core:incoming-phone-numbers:create':
        'infra_change',
      'suppressions delete|suppressions clear|bounces delete|unsubscribes delete|complaints delete|domains delete|domains remove|lists delete|contacts delete|templates delete|webhooks delete|servers delete|audiences delete|broadcasts delete|phone-numbers:release|app:delete|number:cancel|routes delete|segments delete|subaccounts delete|suppression delete|api:core:incoming-phone-numbers:remove|api:core:messages:remove|api:core:recordings:remove|api:core:calls:remove|serverless:delete|mailing-lists delete|senders delete|ips release|stored delete|streams archive|topics delete':
        'infra_destroy unbounded',
      'api-keys create|api-keys delete|api-keys update|api_keys create|api_keys delete|api:iam:v1:keys:create|api:core:keys:create|api:core:keys:remove|profiles:create|profiles:use|profiles:remove|login|users invite|teammates invite|subusers create':
        'privilege_change',
      'serverless:start|dev-phone|flex:plugins:start': 'network',
    },
  }),
  service({
    names: 'sendEmail',
    options:
      '-t -f= -F= -s= -a= -r= -S= -c= -b= -i --to= --from= --server= --body= --attach= --auth-user= --auth-password= --header= -o= -u= -m= -xu= -xp= -q -bp -A=',
    ownVerbsOnly: true,
    bare: 'export: a message goes out',
    otherwise: 'export: a message goes out',
    cases: { ' if -bp': 'read' },
  }),
  service({
    names:
      'auth0 okta okta-aws-cli workos clerk stytch frontegg ory kratos keto fusionauth zitadel zitadel-tools supertokens logto authentik onelogin jumpcloud entra m365 o365 gam gyb gcds google-workspace ipa',
    options:
      '--tenant= --json --json-compact --csv --no-color --no-input --debug --force -n|--number= -q|--query= -c|--connection-name|--connection= -e|--email= -u= -p= -r|--role= --reveal-secrets -d|--domain= --name= -t= -a|--app= --data= -s= -f|--file= --project= --workspace= --endpoint= --token= -o|--output= -y|--yes --all --reveal -i --format= --org-url=',
    paths: {
      'apps|apps list|apps show|apis list|apis show|apis scopes list|users search|users search-by-email|users show|users roles show|users blocks list|roles list|roles show|roles permissions list|rules list|rules show|actions list|actions show|actions diff|logs list|logs tail|logs streams list|logs streams show|orgs list|orgs show|orgs members list|orgs roles list|domains list|domains show|tenants list|tenant-settings show|email templates show|email provider show|attack-protection show|attack-protection brute-force-protection show|quickstarts list|universal-login show|protection suspicious-ip-throttling ips check|ips check|info user|info group|print users|print groups|print|show|info|report|list identities|get identity|get oauth2-client|list oauth2-clients|introspect token|list relation-tuples|check|user-find|user-show|group-show|group-find|host-find|status|validate|project list|identity get|identity list|auth whoami|forms list|network-acl list|event-streams list|spo site list|aad user list|entra user list|users list|groups list|groups members list':
        'read',
      'apps show --reveal-secrets|test token|token|login --machine --help|get oauth2-client --secret': 'secret_read',
      'users create|users update|users roles assign|users roles remove|users roles add|roles create|roles update|roles permissions add|roles permissions remove|apis create|apis update|apis scopes update|apps create|apps update|rules create|rules update|rules enable|rules disable|actions create|actions update|actions deploy|orgs create|orgs update|users import|users blocks unblock|users unblock|attack-protection brute-force-protection update|attack-protection breached-password-detection update|attack-protection suspicious-ip-throttling update|attack-protection bot-detection update|network-acl create|network-acl update|tenant-settings update|tenant-settings update set|tenant-settings update unset|domains verify|domains create|domains update|email provider create|email templates update|universal-login update|universal-login customize|ips unblock|create user|update user|create group|update group|add users|add group|user-add|user-mod|user-enable|user-unlock|group-add|group-add-member|group-remove-member|sudorule-add|passwd|create oauth2-client|update oauth2-client|import identities|patch identity-config|update identity-config|apps assign|groups assign|users reset-password|users activate|users unlock|users suspend|users unsuspend|create admin|update project|orgs invitations create|orgs members add|orgs members remove|orgs roles members add|app-sessions revoke|phone provider create|phone provider update|acl|entra user set|entra approleassignment add|spo set':
        'privilege_change',
      'users delete|apps delete|rules delete|actions delete|roles delete|logs streams delete|domains delete|email provider delete|orgs invitations delete|delete user|delete group|user-del|group-del|host-del|user-disable|users deactivate|delete identity|delete oauth2-client|delete relation-tuples|user-disable --help|apis delete|phone provider delete|network-acl delete|network-acl delete --all|event-streams delete|delete org|delete users|wipe|deprovision|users blocks remove|sessions delete|users sessions delete|token-exchange delete|forms delete|connections delete|entra user remove|entra app remove|entra group remove|groups delete|policies delete|idps delete|authorization-servers delete|revoke token|delete access-tokens':
        'infra_destroy + privilege_change',
      'orgs delete|project delete|tenants delete|delete project|delete jwks|janitor|cleanup sql|drop': 'infra_destroy unbounded',
      'logs streams create|logs streams update': 'infra_change',
      'login|logout|tenants use|use|auth|auth logout|web|m2m|oauth create': 'identity_change',
      api: 'opaque: a request to any part of the service',
      'terraform generate|tf generate': 'read + write',
      'serve|serve all|start|start-from-init|test login': 'network',
      'migrate sql|migrate|setup|init': 'schema_change',
      'users export|export|get audit-log': 'export',
    },
    flags: { '--endpoint': ELSEWHERE },
    everything: '--all',
  }),
  service({
    names: 'kcadm kcadm.sh kcreg kcreg.sh kc.sh kc',
    options:
      '-r|--target-realm= --server= --realm= --user= --password= --client= --secret= --truststore= --no-config --config= --token= -s|--set= -d|--delete= -f|--file= -b|--body= -q|--query= --fields= --format= -o -H -c|--compressed -i|--id -m|--merge -u= -a --uusername= --uid= --gname= --gid= --cclientid= --cid= --rolename= --rid= --new-password= --username= --userid= -t|--temporary -h= --dir= --users=',
    ownVerbsOnly: true,
    paths: {
      'get|get-roles|help|show-config|version|attrs': 'read',
      'create|update|add-roles|remove-roles|set-password|update-token|bootstrap-admin|bootstrap-admin user|bootstrap-admin service':
        'privilege_change',
      delete: 'infra_destroy unbounded: with everything in it',
      'config credentials|config truststore|config initial-token|config registration-token|config': 'identity_change',
      export: 'export unbounded: every account and key',
      import: 'infra_change unbounded',
      'start|start-dev|build': 'process_control',
    },
  }),
  service({
    names: 'slack slackcat slack-cli discord telegram-send telegram-cli matrix-commander notify ntfy gotify apprise pushover',
    ownVerbsOnly: true,
    bare: 'export: a message goes out',
    otherwise: 'export: a message goes out',
    options: '-c= -t= -p= --channel= -m= --title= -f= --file=',
    paths: {
      'list|app list|version|doctor|subscribe|datastore query|datastore get|triggers list|platform activity|activity|env list|collaborators list|auth list|auth info|external-auth list|history|info':
        'read',
      'deploy|run|create|triggers create|triggers update|datastore put|datastore update|env add|app install|app link':
        'infra_change',
      'app delete|app uninstall|delete|triggers delete|datastore delete|env remove|triggers access': 'infra_destroy',
      'login|logout|auth revoke|auth token': 'identity_change',
    },
  }),
  service({
    names:
      'openai anthropic llm ollama huggingface-cli hf wandb mlflow dvc-ml kaggle replicate modal runpodctl vastai sky lightning gcloud-ai',
    options:
      '-m|--model= -t|--template= -o= --token= --repo-type= --revision= --local-dir= --local-dir= -s= -k= -e= --env= -p= --experiment-id= --run-id= -f= -d= --force -y|--yes --all --json --sweep --project= --entity= --detach -c=',
    paths: {
      'list|ps|show|whoami|env|models list|api models.list|api fine_tunes.list|scan-cache|cache scan|cache ls|repo --help|logs list|logs|runs list|runs describe|experiments search|experiments list|artifacts list|datasets list|datasets files|competitions list|kernels list|kernels status|status|queue|app list|app logs|volume list|volume ls|secret list|models|models default|templates list|keys list|plugins|get pod|search offers|show instances|search models|model list|auth whoami|auth list|version|cost-report|check|storage ls|gpus list|fragments list|aliases list':
        'read',
      'download|pull|datasets download|competitions download|artifacts download|models download|kernels pull|kernels output|volume get|restore|artifact get|artifact ls':
        'read + write',
      'upload|push|repo create|upload-large-folder|datasets create|datasets version|kernels push|artifact put|sync|models create|volume put|api files.create|competitions submit|artifacts log-artifact|send':
        'export',
      'rm|delete|delete-cache|cache rm|cache prune|runs delete|experiments delete|gc|app stop|volume rm|volume delete|secret delete|remove pod|destroy instance|destroy instances|api files.delete|api models.delete|storage delete|down|stop|autostop|environment delete|repo-files delete|repo delete|logs purge|keys remove|artifact cache cleanup|db downgrade|tag delete':
        'infra_destroy',
      'run|chat|prompt|api chat.completions.create|api completions.create|api completions.generate|predict|exec|launch|deploy|shell|serve|models serve|jobs run|create instance|create pod|ssh|agent|sweep|start|app run|notebook|server|models build-docker|deployments create|api fine_tunes.create|queue --help|sandbox':
        'code_execution: runs elsewhere, with what is given to it',
      'login|logout|auth login|auth logout|auth switch|token set|token new|setup|keys set|keys path|config set|init|offline|online|enabled|disabled|lfs-enable-largefiles|models remove':
        'identity_change',
      'keys get': 'secret_read',
      'create|cp|copy|runs link-traces|experiments create|experiments rename|experiments restore|runs restore|db upgrade|api fine_tuning.jobs.create|secret create|environment create|volume create|tag create|repo tag':
        'infra_change',
    },
  }),
];
