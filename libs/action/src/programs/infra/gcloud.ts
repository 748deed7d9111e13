/** gcloud, gsutil and bq. */
import type { Program } from '../program.ts';
import { acts, does, subs } from './shorthand.ts';
import { service } from './by-verb.ts';

const OPTIONS = `--project= --account= --configuration= --format= --filter= --limit= --page-size= --sort-by= --zone= --region= -q|--quiet --verbosity= --impersonate-service-account= --access-token-file= --billing-project=
  --flags-file= --flatten= --log-http --trace-token= --user-output-enabled? --uri --location= --zones= --machine-type= --image= --image-family= --image-project= --metadata= --metadata-from-file= --source=
  --command= --member= --role= --keyring= --key= --secret= --data-file= --instance= --cluster= --database= --member-type= --async -r|--recursive -R --delete-unmatched-destination-objects --dry-run --validate-only --all-users
  --snapshot-names= --type= --ttl= --rrdatas= --freshness= --order= --num-nodes= --size= --tags= --network= --subnet= --labels= --update-labels= --description= --display-name= --gen2 --runtime= --trigger-http --entry-point=`;

const VERBS: Readonly<Record<string, string>> = {
  'list|describe|get|read|lookup|search|query|tail|ls|cat|check|validate|verify|wait|explain|show|print|diagnose|test|info|du|hash|stat|browse|analyze|estimate|preview|diff|recommend|get-value|versions|pull':
    'read',
  'delete|remove|destroy|purge|detach|disassociate|unset|clear|rm|revoke|abandon|deregister|unlink|undeploy|expire|uninstall|discard|cancel-deletion|disable|unregister|deprecate|drain|terminate|reject':
    'infra_destroy',
  'create|add|register|new|import|attach|copy|insert|generate|enable|deploy|submit|publish|clone|init|provision|upload|bulk|associate|request|issue|reserve|mb|tag|write|insert-tag':
    'infra_create',
  'update|set|edit|patch|move|replace|apply|resize|rollback|promote|upgrade|migrate|rolling|restore|configure|expand|reset|recreate|rotate|export-config|switch|failover|suspend-backup|undelete|sync|modify|perform|lock|unlock|ack|nack|seek|activate|deactivate|rename|bump|change|convert|swap|accept|approve|finalize|advance|ignore|mark|retry|untag|link|trigger|complete':
    'infra_change',
  'start|stop|restart|suspend|resume|pause|cancel|simulate|reboot|kill': 'process_control',
  'ssh|execute|run|call|scp-run|connect-to|exec': 'code_execution: runs what is not in this text',
};

const COPY = { remote: /^(?:gs|s3):\/\//i, recursive: '-r|-R', mirror: '--delete-unmatched-destination-objects' };

export const GCLOUD: readonly Program[] = [
  service({
    names: 'gcloud',
    runs: [{ as: 'shell', from: '--command', when: '@0=compute @1=ssh', at: { type: 'host', on: '2' } }],
    options: OPTIONS,
    ownVerbsOnly: true,
    compound: true,
    depth: 7,
    secretVerbs: /credential|token|password|key-string/,
    rehearsal: '--dry-run|--validate-only',
    verbs: VERBS,
    transfer: COPY,
    paths: {
      'version|info|help|topic|cheat-sheet|feedback|survey|meta': 'none',
      'alpha|beta': 'none',
      'init|components install|components update|components remove|components reinstall|components restore|config set|config unset|config configurations create|config configurations activate|config configurations delete|config configurations rename':
        'config_change',
      'config get|config get-value|config list|config configurations list|config configurations describe|components list|auth list':
        'read',
      'auth login|auth activate-service-account|auth application-default login|auth application-default set-quota-project|auth revoke|auth application-default revoke|auth configure-docker':
        'identity_change',
      'auth print-access-token|auth print-identity-token|auth application-default print-access-token|auth print-refresh-token|secrets versions access|iam service-accounts keys create|sql users set-password|kms decrypt|kms asymmetric-decrypt|compute reset-windows-password|container clusters get-credentials|container fleet memberships get-credentials|api-keys services-keys get-key-string|services api-keys get-key-string|sql generate-login-token|artifacts print-settings':
        'secret_read',
      'kms encrypt': 'read',
      'kms keys versions destroy|kms keys versions disable': 'infra_destroy unbounded: everything encrypted with the key is lost',
      'projects add-iam-policy-binding|projects remove-iam-policy-binding|projects set-iam-policy|organizations add-iam-policy-binding|organizations remove-iam-policy-binding|organizations set-iam-policy|resource-manager folders add-iam-policy-binding|resource-manager folders set-iam-policy|iam service-accounts create|iam service-accounts add-iam-policy-binding|iam service-accounts set-iam-policy|iam service-accounts enable|iam roles create|iam roles update|iam roles copy|iam roles undelete|iam service-accounts keys upload|compute firewall-rules create|compute firewall-rules update|compute instances set-service-account|compute instances set-iam-policy|run services add-iam-policy-binding|functions add-iam-policy-binding|functions add-invoker-policy-binding|storage buckets add-iam-policy-binding|storage buckets set-iam-policy|storage buckets remove-iam-policy-binding|secrets add-iam-policy-binding|secrets set-iam-policy|kms keys add-iam-policy-binding|pubsub topics add-iam-policy-binding|resource-manager org-policies disable-enforce|org-policies set-policy|org-policies delete|resource-manager org-policies delete|access-context-manager perimeters update|identity groups memberships add|compute os-login ssh-keys add|compute project-info add-metadata|sql users create|sql instances patch --authorized-networks|iam workload-identity-pools create':
        'privilege_change',
      'projects delete|container clusters delete|sql instances delete|sql databases delete|spanner instances delete|spanner databases delete|bigtable instances delete|firestore databases delete|firestore bulk-delete|redis instances delete|memcache instances delete|filestore instances delete|storage buckets delete|compute disks delete|compute networks delete|dns managed-zones delete|artifacts repositories delete|source repos delete|app services delete|run services delete|functions delete|pubsub topics delete|dataproc clusters delete|composer environments delete|alloydb clusters delete|deployment-manager deployments delete|infra-manager deployments delete|logging buckets delete|resource-manager folders delete|secrets delete|container node-pools delete|compute instance-groups managed delete|ai endpoints delete|datastore indexes cleanup|tasks queues purge|tasks queues delete|bms instances delete|workstations clusters delete|apigee organizations delete|apigee apis undeploy|monitoring dashboards delete-all|artifacts docker images delete|edge-cache services delete':
        'infra_destroy unbounded: with everything in it',
      'logging logs delete|logging sinks delete|logging sinks update|logging buckets update|logging settings update|logging metrics delete|compute networks subnets update --no-enable-flow-logs|scc notifications delete':
        'log_tamper',
      'compute ssh|compute scp|app instances ssh|cloud-shell ssh|cloud-shell scp|container clusters ssh|compute start-iap-tunnel|compute connect-to-serial-port|compute tpus tpu-vm ssh|workstations ssh|workstations start-tcp-tunnel':
        'code_execution: a shell on another machine',
      'functions call|run jobs execute|workflows run|workflows execute|builds submit|builds triggers run|scheduler jobs run|dataproc jobs submit|dataflow jobs run|dataflow flex-template run|ai custom-jobs create|deploy releases create|batch jobs submit|ml-engine jobs submit|ai-platform jobs submit':
        'code_execution: runs what is not in this text',
      'spanner databases execute-sql|sql connect|alloydb clusters execute-sql|spanner cli':
        'opaque: holds a statement of another language',
      'scheduler jobs create|compute instances add-metadata': 'persistence',
      'storage ls|storage cat|storage du|storage hash|storage sign-url|storage objects list|storage objects describe|storage buckets list|storage buckets describe':
        'read',
      'storage cp': 'copy',
      'storage mv': 'move',
      'storage rsync': 'sync',
      'storage rm': 'remove',
      'storage objects update|storage buckets update': 'infra_change',
      'sql export sql|sql export csv|sql export bak|firestore export|datastore export|compute images export|container images add-tag|asset export|alloydb clusters export|redis instances export|spanner databases export|beta compute machine-images export':
        'export',
      'sql import sql|sql import csv|sql import bak|firestore import|datastore import': 'write unbounded',
      'sql backups delete|compute snapshots delete|spanner backups delete|compute images delete|filestore backups delete|alloydb backups delete|firestore backups delete|bigtable backups delete|container backup-restore backups delete|compute machine-images delete|netapp volumes snapshots delete':
        'infra_destroy: a way back is lost',
      'sql backups restore|sql instances restore-backup': 'infra_change unbounded: overwrites what is there',
      'pubsub subscriptions seek': 'infra_destroy unbounded: messages are skipped or sent again',
      'pubsub topics publish': 'write one: adds a message',
      'pubsub subscriptions pull': 'read',
      'dns record-sets transaction start|dns record-sets transaction add|dns record-sets transaction remove|dns record-sets transaction abort|dns record-sets transaction describe':
        'write',
      'dns record-sets transaction execute|dns record-sets import': 'infra_change unknown: the changes are in a file',
      'dns record-sets export': 'read',
      'app deploy|run deploy|functions deploy|app services set-traffic|run services update-traffic': 'infra_change',
      'app browse|app logs read|app logs tail|services list|compute instances get-serial-port-output|compute instances list|asset search-all-resources|builds log|run services logs read|projects get-iam-policy|policy-intelligence query-activity|container get-server-config|compute config-ssh --dry-run':
        'read',
      'services disable': 'infra_destroy unbounded: what uses the service stops',
      'compute config-ssh': 'config_change',
      'compute instances reset': 'process_control',
      'compute url-maps invalidate-cdn-cache': 'infra_change',
    },
    flags: {
      '--impersonate-service-account': 'identity_change: acts as a service account',
      '--access-token-file': 'identity_change: brings credentials of its own',
      '--flags-file': 'opaque: further options stand in a file',
    },
  }),
  service({
    names: 'gsutil',
    options:
      '-m -q -D -o= -h= -u= -i= -r|-R|--recursive -d -n -a= -z= -c -C -x= -e -p= -l= -b= -s= --rpo= --pap= -P -J -I -L= -j= -v -U',
    ownVerbsOnly: true,
    paths: {
      'ls|cat|du|stat|hash|version|help|test|perfdiag|acl get|iam get|lifecycle get|versioning get|cors get|logging get|label get|web get|defacl get|defstorageclass get|kms authorize --help|notification list|requesterpays get|retention get|ubla get|pap get|rpo get|autoclass get|signurl|bucketpolicyonly get|defstorageclass':
        'read',
      cp: 'copy',
      mv: 'move',
      rsync: 'sync',
      rm: 'remove',
      rb: 'infra_destroy unbounded: the bucket with everything in it',
      mb: 'infra_create',
      'acl set|acl ch|defacl set|defacl ch|iam set|iam ch|ubla set|pap set|bucketpolicyonly set|hmac create|kms authorize|kms encryption':
        'privilege_change',
      'hmac delete|hmac list': 'infra_destroy',
      'logging set': 'log_tamper unknown: where accesses are recorded',
      'lifecycle set': 'infra_change unbounded: objects expire by it',
      'setmeta|rewrite|compose|cors set|label set|label ch|versioning set|web set|notification create|notification delete|requesterpays set|retention set|retention lock|retention clear|defstorageclass set|rpo set|autoclass set|notification':
        'infra_change',
      'config|update': 'config_change',
    },
    rehearsal: '-n',
    transfer: { remote: /^(?:gs|s3):\/\//i, recursive: '-r', mirror: '-d' },
  }),
  {
    names: ['bq'],
    options: `--help --project_id= --dataset_id= --location= --format= --api= --credential_file= --service_account= --use_legacy_sql? --nouse_legacy_sql --dry_run? -n|--max_rows= --destination_table= --append_table? --replace? -f|--force? -r|--recursive? -d|--dataset? -t|--table? -m|--model?
      --routine? --transfer_config? --source= --schema= --expiration= --description= --source_format= --autodetect? --skip_leading_rows= --field_delimiter= --destination_format= --compression= --print_header? --parameter= --batch? --time_partitioning_field= --view= --materialized_view= -j -a|--all -p|--projects --filter= --quiet -q --headless --sync? --nosync --apilog= --display_name= --params= --data_source= --schedule= --label= -c= --set_label= --clone --snapshot --connection -i`,

    sub: subs({
      'ls, show, head, version, wait, get-iam-policy, info': does('read', 'table'),
      'help, init': { does: [{ kind: 'none' }] },
      query: {
        does: [
          ...acts('write', 'table', '!--dry_run --destination_table', '--destination_table'),
          { kind: 'persistence', when: '--schedule', why: 'a scheduled query' },
        ],
        runs: [
          { as: { kind: 'sql', dialect: 'bigquery' }, when: '!--dry_run|--dry_run=false #>0', from: '*' },
          { as: { kind: 'sql', dialect: 'bigquery' }, when: '#=0', stdin: true },
        ],
      },
      rm: {
        does: [
          ...acts('schema_drop unbounded: the data set with every table in it', 'dataset', '-r|-d'),
          ...acts('schema_drop', 'table', '!-r !-d'),
        ],
      },
      'mk, cp, update, undelete, partition': does('schema_change', 'table'),
      'load, insert': does('write', 'table'),
      extract: does('export', 'table'),
      'set-iam-policy, add-iam-policy-binding, remove-iam-policy-binding': does('privilege_change', 'table'),
      cancel: does('process_control', 'job'),
      mkdef: does('read', 'file'),
      truncate: does('delete unbounded', 'table'),
    }),
  },
];
