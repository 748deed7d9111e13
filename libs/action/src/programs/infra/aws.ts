/** aws: the verb of an operation is its first word (`describe-instances`); operations whose verb does not say it all stand in tables. */
import type { Program } from '../program.ts';
import { service } from './by-verb.ts';
import { AWS_OPERATIONS } from './aws-operations.ts';

/** Of the command line itself, and of the operations those that change what is judged. The rest are parameters of the request. */
const OPTIONS = `--endpoint-url= --profile= --region= --output= --query= --color= --debug --no-verify-ssl --no-paginate --no-sign-request --no-cli-pager
  --ca-bundle= --cli-read-timeout= --cli-connect-timeout= --cli-binary-format= --cli-input-json= --cli-input-yaml= --generate-cli-skeleton? --no-cli-auto-prompt --cli-auto-prompt
  --page-size= --max-items= --starting-token= --dry-run --no-dry-run --dryrun --recursive --delete --exclude= --include= --acl= --storage-class= --quiet --only-show-errors --no-progress
  --force --sse? --sse-kms-key-id= --content-type= --cache-control= --metadata= --grants= --source-region= --follow-symlinks --no-follow-symlinks --exact-timestamps --size-only
  --human-readable --summarize --request-payer? --expires-in= --website-redirect= --metadata-directive= --copy-props= --with-decryption --no-with-decryption --bucket= --key=
  --version-id= --function-name= --stack-name= --queue-url= --secret-id= --table-name= --db-instance-identifier= --db-cluster-identifier= --instance-ids= --cluster= --cluster-name=
  --user-name= --role-name= --group-name= --policy-arn= --policy-name= --name= --names= --log-group-name= --hosted-zone-id= --id= --topic-arn= --repository-name= --image-id=
  --filters= --filter= --payload= --invocation-type= --cli-input= --role-arn= --role-session-name= --no-execute-changeset --document-name= --targets= --parameters= --command= --task= --container=
  --interactive --skip-final-snapshot --no-skip-final-snapshot --force-delete-without-recovery --recovery-window-in-days= --attribute-names= --max-number-of-messages= --password-length= --receipt-handle= --entries= --sql= --query-string=`;

/** Common to all services; those of the tables come first. */
const VERBS: Readonly<Record<string, string>> = {
  'describe|list|get|head|lookup|search|query|scan|select|check|test|validate|preview|estimate|detect|discover|filter|view|wait|verify|simulate|count|poll|decode|explain|receive|is|can|classify|evaluate|infer|recognize|translate|synthesize|compare|batch-get|ls|presign|tail|status|calculate|retrieve|render|geo|contains|lock-status':
    'read',
  'create|run|allocate|register|request|provision|import|launch|add|put|copy|clone|generate|issue|attach|associate|subscribe|enroll|purchase|activate|mb|build|initiate|new|open|accept|establish|define|upload|index|ingest|publish|send|record|submit|batch-write|transact|write':
    'infra_create',
  'update|modify|set|change|enable|tag|untag|apply|deploy|promote|rotate|restore|resize|scale|configure|move|replace|rename|merge|upgrade|increase|decrease|extend|unarchive|archive|sync|swap|continue|complete|signal|rollback|switchover|failover|revert|refresh|resume|retry|redrive|reset-image|export-image|assign|execute-change|notify|respond|acknowledge|migrate|commit|confirm|unlock|lock|schedule|renew|share|join|opt|admin|post|resend|transfer|start-schema|exit|enter|disable|reject|decline|withdraw|unsubscribe-me|optimize|rebuild|vote|report':
    'infra_change',
  'delete|terminate|deregister|remove|purge|destroy|release|detach|disassociate|unassign|unsubscribe|revoke|cancel|abort|expire|rb|reset|flush|forget|evict|batch-delete|retire|stop-logging|leave|deprovision|discard|unlink|deactivate|schedule-key-deletion|empty|drop|undeploy|discontinue':
    'infra_destroy',
  'start|stop|reboot|restart|pause|suspend|hibernate|kill': 'process_control',
  'invoke|execute|exec': 'code_execution: runs what is not in this text',
  'authorize|grant|allow': 'privilege_change',
  'assume|login|logout': 'identity_change',
};

export const AWS: readonly Program[] = [
  service({
    names: 'aws awslocal aws2',
    options: OPTIONS,
    cases: {
      'ssm get-parameter|ssm get-parameters|ssm get-parameters-by-path|ssm get-parameter-history if --with-decryption':
        'secret_read',
      'lambda invoke if --invocation-type=DryRun': 'none',
      'rds-data execute-statement|redshift-data execute-statement|rds-data batch-execute-statement if --sql': 'none',
      'athena start-query-execution if --query-string': 'none',
    },
    paths: AWS_OPERATIONS,
    verbs: VERBS,
    ownVerbsOnly: true,
    compound: true,
    helpBehind: true,
    secretVerbs:
      /^(?:get|batch-get|generate|retrieve)-.*(?:credential(?!-report)|password|token|secret-value|access-key|private-key|instance-access|session-url)/,
    depth: 3,
    rehearsal: '--dry-run|--dryrun|--generate-cli-skeleton|--no-execute-changeset',
    everything: '--recursive',
    flags: {
      '--endpoint-url': 'network: another server than the service itself',
      '--no-verify-ssl': 'network: the server is not checked',
      '--acl=public-read|public-read-write|authenticated-read': 'privilege_change unbounded: everybody may read it',
    },
    runs: [
      { as: 'shell', from: '--command', when: '@0=ecs @1=execute-command', at: { type: 'container', on: '--container' } },
      { as: { kind: 'sql', dialect: '' }, from: '--sql', when: '@0=rds-data' },
      { as: { kind: 'sql', dialect: 'redshift' }, from: '--sql', when: '@0=redshift-data' },
      { as: { kind: 'sql', dialect: '' }, from: '--query-string', when: '@0=athena' },
    ],
    transfer: { remote: /^s3:\/\//i, recursive: '--recursive', mirror: '--delete' },
  }),
  service({
    names: 'aws-vault',
    runs: [{ as: 'argv', from: '2..', when: '@0=exec #>2' }],
    options: '-d|--duration= --backend= -n|--no-session -j|--json',
    paths: { 'list|ls': 'read', 'exec|export|login|rotate': 'identity_change', 'add|remove|rm|clear': 'config_change' },
    ownVerbsOnly: true,
  }),
  service({
    names: 'saml2aws aws-sso gimme-aws-creds granted assume',
    ownVerbsOnly: true,
    bare: 'identity_change',
    otherwise: 'identity_change',
    paths: { 'list-roles|list|status|version': 'read' },
  }),
  service({
    names: 'eb',
    options: '-v --profile= -r|--region= --timeout= --all --force',
    paths: {
      'status|health|list|events|logs|printenv|config list|appversion list|open': 'read',
      terminate: 'infra_destroy unbounded',
      'deploy|setenv|swap|upgrade|scale|clone|abort|config|restore|use|platform': 'infra_change',
    },
  }),
  service({
    names: 'ecs-cli copilot',
    options: '-n|--name= -a|--app= -e|--env= --cluster= --region=',
    paths: {
      'ps|app ls|app show|svc ls|svc show|svc status|svc logs|env ls|env show|job ls|job logs|logs|images': 'read',
      'app delete|env delete': 'infra_destroy unbounded',
      'down|compose down|compose service down|compose service rm': 'infra_destroy unbounded',
      'secret init': 'infra_create',
    },
  }),
];
