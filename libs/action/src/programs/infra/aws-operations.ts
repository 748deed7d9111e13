/** Operations of aws whose verb alone does not say what they do: secrets, identities, code, trails, and what takes much with it. */
import type { Rule } from './shorthand.ts';

const GONE = 'with everything in it';

export const AWS_OPERATIONS: Readonly<Record<string, Rule>> = {
  // The command line's own.
  configure: 'config_change',
  'configure list|configure list-profiles|configure get': 'read',
  'configure export-credentials': 'secret_read',
  'configure set|configure sso|configure import|configure add-model': 'config_change',
  'sso login|sso logout|login|logout': 'identity_change',
  'history list|history show': 'read',
  help: 'none',

  // Objects.
  's3 ls|s3 presign': 'read',
  's3 cp': 'copy',
  's3 mv': 'move',
  's3 sync': 'sync',
  's3 rm': 'remove',
  's3 mb': 'infra_create',
  's3 rb': `infra_destroy unbounded: the bucket ${GONE}`,
  's3 website': 'config_change',
  's3api get-object': 'read + write',
  's3api put-object|s3api upload-part|s3api create-multipart-upload|s3api complete-multipart-upload': 'export',
  's3api copy-object|s3api upload-part-copy': 'export',
  's3api delete-object': 'delete unknown: one object, in all its versions or for good with a version',
  's3api delete-objects': 'delete unknown: the list is not in this text',
  's3api delete-bucket': 'infra_destroy unbounded',
  's3api put-bucket-policy|s3api put-bucket-acl|s3api put-object-acl|s3api put-public-access-block|s3api delete-public-access-block|s3api delete-bucket-policy|s3api put-bucket-ownership-controls|s3control put-public-access-block|s3control delete-public-access-block|s3control put-access-point-policy':
    'privilege_change',
  's3api put-bucket-logging': 'log_tamper unknown: where accesses are recorded',
  's3api put-bucket-lifecycle-configuration|s3api put-bucket-lifecycle': 'infra_change unbounded: objects expire by it',
  's3api put-bucket-replication': 'export unbounded: objects are copied to another bucket from now on',
  's3api select-object-content|s3api restore-object': 'read',

  // Secrets.
  'secretsmanager get-secret-value|secretsmanager batch-get-secret-value': 'secret_read',
  'secretsmanager get-random-password': 'none',
  'secretsmanager put-resource-policy|secretsmanager delete-resource-policy': 'privilege_change',
  'secretsmanager put-secret-value|secretsmanager update-secret|secretsmanager rotate-secret|secretsmanager update-secret-version-stage':
    'infra_change: what the old value protected stops working',
  'ssm get-parameter|ssm get-parameters|ssm get-parameters-by-path|ssm get-parameter-history': 'read',
  'kms decrypt|kms generate-data-key|kms generate-data-key-pair|kms re-encrypt|kms generate-random': 'secret_read',
  'kms encrypt|kms sign|kms verify|kms generate-mac|kms verify-mac': 'read',
  'kms schedule-key-deletion|kms delete-imported-key-material|kms delete-custom-key-store':
    'infra_destroy unbounded: everything encrypted with the key is lost',
  'kms disable-key': 'infra_change unbounded: everything encrypted with the key cannot be read',
  'kms put-key-policy|kms create-grant|kms revoke-grant|kms retire-grant': 'privilege_change',
  'ecr get-login-password|ecr get-login|ecr get-authorization-token|ecr-public get-login-password|codeartifact get-authorization-token|codeartifact login':
    'secret_read',
  'rds generate-db-auth-token|redshift get-cluster-credentials|redshift-serverless get-credentials|lightsail get-relational-database-master-user-password|lightsail download-default-key-pair|lightsail get-instance-access-details|ec2 get-password-data|ec2 create-key-pair|eks get-token|cognito-idp describe-user-pool-client|apigateway get-api-keys|apigateway get-api-key|acm export-certificate|connect get-federation-token|appsync list-api-keys':
    'secret_read',
  'sts get-caller-identity|sts decode-authorization-message|sts get-access-key-info': 'read',
  'sts get-session-token|sts get-federation-token|sts assume-role|sts assume-role-with-saml|sts assume-role-with-web-identity|sts assume-root|sso get-role-credentials|cognito-identity get-credentials-for-identity|cognito-identity get-open-id-token':
    'identity_change',
  'glue get-connection|glue get-connections|s3control get-data-access': 'secret_read',
  'eks update-kubeconfig': 'config_change',

  // Who may do what.
  'iam create-access-key|iam create-login-profile|iam create-service-specific-credential|iam reset-service-specific-credential|iam upload-ssh-public-key|iam upload-signing-certificate':
    'privilege_change + secret_read',
  'iam attach-user-policy|iam attach-role-policy|iam attach-group-policy|iam detach-user-policy|iam detach-role-policy|iam detach-group-policy|iam put-user-policy|iam put-role-policy|iam put-group-policy|iam delete-user-policy|iam delete-role-policy|iam delete-group-policy|iam put-user-permissions-boundary|iam delete-user-permissions-boundary|iam put-role-permissions-boundary|iam delete-role-permissions-boundary|iam add-user-to-group|iam remove-user-from-group|iam create-policy|iam create-policy-version|iam delete-policy-version|iam set-default-policy-version|iam update-assume-role-policy|iam create-role|iam create-user|iam create-group|iam update-access-key|iam update-login-profile|iam add-role-to-instance-profile|iam remove-role-from-instance-profile|iam pass-role|iam change-password|iam deactivate-mfa-device|iam delete-virtual-mfa-device|iam enable-mfa-device|iam create-saml-provider|iam create-open-id-connect-provider|iam update-account-password-policy|iam delete-account-password-policy|iam create-account-alias|iam create-service-linked-role':
    'privilege_change',
  'iam simulate-principal-policy|iam simulate-custom-policy|iam generate-credential-report|iam generate-service-last-accessed-details|iam generate-organizations-access-report':
    'read',
  'iam delete-user|iam delete-role|iam delete-group|iam delete-policy|iam delete-access-key|iam delete-login-profile|iam delete-instance-profile|iam delete-server-certificate|iam delete-ssh-public-key':
    'infra_destroy + privilege_change',
  'lambda add-permission|lambda remove-permission|lambda add-layer-version-permission|sqs add-permission|sqs remove-permission|sns add-permission|sns remove-permission|ecr set-repository-policy|ecr delete-repository-policy|events put-permission|events remove-permission|logs put-resource-policy|backup put-backup-vault-access-policy|glacier set-vault-access-policy|organizations attach-policy|organizations detach-policy|organizations create-policy|organizations update-policy|organizations enable-policy-type|organizations disable-policy-type|sso-admin create-account-assignment|sso-admin delete-account-assignment|sso-admin attach-managed-policy-to-permission-set|sso-admin put-inline-policy-to-permission-set|identitystore create-group-membership|cognito-idp admin-add-user-to-group|cognito-idp admin-set-user-password|cognito-idp admin-create-user|ec2 modify-snapshot-attribute|ec2 modify-image-attribute|rds modify-db-snapshot-attribute|rds modify-db-cluster-snapshot-attribute|ram create-resource-share|ram associate-resource-share|lakeformation grant-permissions|lakeformation revoke-permissions|es update-elasticsearch-domain-config|ec2 authorize-security-group-ingress|ec2 authorize-security-group-egress|ec2 revoke-security-group-ingress|ec2 revoke-security-group-egress|ec2 associate-iam-instance-profile|ec2 replace-iam-instance-profile-association|ec2 modify-instance-metadata-options|lambda create-function-url-config':
    'privilege_change',
  'cognito-idp admin-delete-user|cognito-idp admin-disable-user|cognito-idp admin-user-global-sign-out|cognito-idp admin-reset-user-password|cognito-idp admin-remove-user-from-group':
    'infra_destroy',
  'cognito-idp admin-get-user|cognito-idp admin-list-groups-for-user|cognito-idp admin-list-devices': 'read',
  'cognito-idp admin-initiate-auth|cognito-idp initiate-auth': 'identity_change',

  // The record of what happened.
  'cloudtrail stop-logging|cloudtrail delete-trail|cloudtrail delete-event-data-store|cloudtrail stop-event-data-store-ingestion|cloudtrail put-event-selectors|cloudtrail update-trail|cloudtrail put-insight-selectors|logs delete-log-group|logs delete-log-stream|logs delete-retention-policy|logs put-retention-policy|ec2 delete-flow-logs|guardduty delete-detector|guardduty update-detector|guardduty archive-findings|guardduty delete-filter|securityhub disable-security-hub|securityhub batch-update-findings|config stop-configuration-recorder|configservice stop-configuration-recorder|configservice delete-configuration-recorder|configservice delete-delivery-channel|configservice delete-config-rule|accessanalyzer delete-analyzer|macie2 disable-macie|detective delete-graph|inspector2 disable|route53 delete-query-logging-config|route53resolver delete-resolver-query-log-config|wafv2 delete-logging-configuration':
    'log_tamper',

  // Code.
  'lambda invoke|lambda invoke-async|lambda update-function-code|lambda create-function|lambda publish-layer-version|stepfunctions start-execution|stepfunctions start-sync-execution|glue start-job-run|batch submit-job|codebuild start-build|codebuild start-build-batch|codepipeline start-pipeline-execution|ecs run-task|ecs execute-command|ecs start-task|emr add-steps|emr-containers start-job-run|sagemaker create-training-job|sagemaker create-processing-job|ssm send-command|ssm start-automation-execution|ssm start-session|ssm create-association|ec2-instance-connect send-ssh-public-key|ec2-instance-connect ssh|bedrock-agentcore invoke-agent-runtime':
    'code_execution: runs what is not in this text',
  'dynamodb execute-statement|dynamodb batch-execute-statement|dynamodb execute-transaction|rds-data execute-statement|rds-data batch-execute-statement|rds-data execute-sql|redshift-data execute-statement|redshift-data batch-execute-statement|timestream-query query|neptunedata execute-open-cypher-query':
    'opaque: holds a statement of another language',
  'athena start-query-execution|logs start-query|cloudtrail start-query': 'read',
  'logs stop-query|athena stop-query-execution': 'process_control',
  'bedrock-runtime invoke-model|bedrock-runtime converse|sagemaker-runtime invoke-endpoint|lexv2-runtime recognize-text':
    'export one',
  'events put-rule|events put-targets|scheduler create-schedule|scheduler update-schedule|lambda create-event-source-mapping':
    'persistence',
  'ec2 create-image|ec2 create-snapshot|ec2 create-snapshots|rds create-db-snapshot|rds create-db-cluster-snapshot|backup start-backup-job':
    'infra_create',
  'ec2 export-image|ec2 create-instance-export-task|ec2 create-store-image-task|rds start-export-task|logs create-export-task|dynamodb export-table-to-point-in-time|ec2 copy-snapshot|ec2 copy-image|rds copy-db-snapshot':
    'export',
  'ec2 get-console-output|ec2 get-console-screenshot': 'read',

  // Data in tables and queues.
  'dynamodb get-item|dynamodb batch-get-item|dynamodb query|dynamodb scan|dynamodb transact-get-items': 'read',
  'dynamodb put-item|dynamodb update-item': 'write one',
  'dynamodb delete-item': 'delete one',
  'dynamodb batch-write-item|dynamodb transact-write-items': 'write unknown + delete unknown: the list may remove too',
  'sqs send-message|sqs send-message-batch|events put-events|kinesis put-record|kinesis put-records|firehose put-record|firehose put-record-batch|iot-data publish':
    'write: adds messages',
  'sns publish|sns publish-batch': 'network one: a message goes to every subscriber',
  'ses send-email|ses send-raw-email|sesv2 send-email|ses send-templated-email|ses send-bulk-templated-email|sesv2 send-bulk-email|pinpoint send-messages':
    'export one: a message goes to whoever listens',
  'sqs delete-message|sqs delete-message-batch': 'delete unknown: messages by handles, not by what they are',
  'sqs purge-queue': 'delete unbounded: every message of the queue',
  'sqs receive-message': 'read',
  'sqs change-message-visibility|sqs change-message-visibility-batch': 'write',
  'cloudwatch put-metric-data|logs put-log-events': 'write',

  // What takes much with it.
  'cloudformation delete-stack|cloudformation delete-stack-set|cloudformation delete-stack-instances': `infra_destroy unbounded: the stack ${GONE}`,
  'cloudformation deploy|cloudformation create-stack|cloudformation update-stack|cloudformation execute-change-set':
    'infra_change',
  'cloudformation package|cloudformation create-change-set|cloudformation detect-stack-drift|cloudformation validate-template|cloudformation estimate-template-cost':
    'read',
  'rds delete-db-instance|rds delete-db-cluster|rds delete-global-cluster|redshift delete-cluster|docdb delete-db-cluster|docdb delete-db-instance|neptune delete-db-cluster|neptune delete-db-instance|elasticache delete-cache-cluster|elasticache delete-replication-group|memorydb delete-cluster|dynamodb delete-table|es delete-elasticsearch-domain|opensearch delete-domain|kafka delete-cluster|eks delete-cluster|ecs delete-cluster|efs delete-file-system|fsx delete-file-system|route53 delete-hosted-zone|organizations close-account|organizations leave-organization|organizations delete-organization|organizations remove-account-from-organization|account close-account|ecr delete-repository|codecommit delete-repository|backup delete-backup-vault|glacier delete-vault|kinesis delete-stream|timestream-write delete-database|timestream-write delete-table|keyspaces delete-keyspace|keyspaces delete-table|glue delete-database|athena delete-data-catalog|workspaces terminate-workspaces|cloudfront delete-distribution|appsync delete-graphql-api|apigateway delete-rest-api|apigatewayv2 delete-api|cognito-idp delete-user-pool|cognito-identity delete-identity-pool|ec2 delete-vpc|autoscaling delete-auto-scaling-group|emr terminate-job-flows|elasticbeanstalk terminate-environment|elasticbeanstalk delete-application|sagemaker delete-domain|lightsail delete-relational-database|redshift-serverless delete-namespace|s3tables delete-table-bucket|sqs delete-queue|sns delete-topic|qldb delete-ledger|mq delete-broker': `infra_destroy unbounded: ${GONE}`,
  'ec2 terminate-instances|ec2 delete-volume|ec2 delete-snapshot|rds delete-db-snapshot|rds delete-db-cluster-snapshot|backup delete-recovery-point':
    'infra_destroy ?no',
  'route53 change-resource-record-sets': 'infra_change unknown: the changes are not judged',
  'ecr batch-delete-image': 'infra_destroy bounded',
  'ecs deregister-task-definition': 'infra_destroy',
  'cloudfront create-invalidation': 'infra_change',
  'elbv2 deregister-targets|elb deregister-instances-from-load-balancer': 'infra_destroy',
  'ec2 modify-instance-attribute|ec2 modify-vpc-attribute': 'infra_change',
};
