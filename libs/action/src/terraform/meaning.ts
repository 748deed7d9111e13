/** What types of infrastructure resources mean, by the words in their names, whatever the provider. */
import type { Json } from '../kubernetes/json.ts';

/** Types are `provider_words_of_it` or `provider:module/path:Type`; both become ` words of it `. */
export function wordsOf(type: string): string {
  const spaced = type.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
  return ` ${spaced.replaceAll(/[^a-z0-9]+/g, ' ')} `;
}

/** Destroying one destroys data, or everything that lives in it. */
const HOLDS =
  / (?:db|rds|database|databases|sql|mysql|postgres|postgresql|mariadb|aurora|docdb|neptune|dynamodb|cosmosdb|mongodb|mongodbatlas|spanner|bigtable|bigquery|redshift|snowflake|firestore|datastore|elasticache|memorydb|redis|memcache|opensearch|elasticsearch|kusto|synapse|timestream|keyspace|keyspaces|clickhouse|influxdb|bucket|buckets|storage|blob|container registry|ecr|repository|artifact|disk|disks|volume|volumes|ebs|efs|fsx|filestore|file system|share|snapshot|backup|vault|secret|secrets|secretsmanager|kms|key ring|crypto|ssm parameter|sqs|queue|topic|kinesis|stream|msk|kafka|eventhub|servicebus|pubsub|hosted zone|zone|dns|project|folder|organization|organizations|subscription|resource group|account|eks|gke|aks|cluster|namespace|vpc|virtual network|network|user pool|persistent|table|collection|index|tenant|space|app service|domain) /;

/** Parts of such things that hold nothing of their own. */
const PART =
  /(?: (?:policy|attachment|association|rule|rules|record|records|membership|member|binding|alarm|dashboard|subnet group|parameter group|option group|security group|notification|versioning|acl|lifecycle|configuration|endpoint|alias|grant|schedule|subscription filter|iam|role|user|permission|metric|tag|tags|autoscaling|object acl|public access block|peering|route|sink|listener|target group|mapping|network interface)) $/;

const ACCESS =
  / (?:iam|policy|policies|role|roles|binding|rbac|permission|permissions|grant|acl|assignment|access key|access entry|access policy|service account|user|group membership|group member|login|credential|credentials|security group|firewall|network acl|nsg|security rule|key policy|trust|identity|oauth|saml|team|collaborator|deploy key|public access block|token|api key) /;

const RECORDS =
  / (?:cloudtrail|trail|flow log|log group|log sink|logging|configuration recorder|delivery channel|guardduty|securityhub|macie|detector|diagnostic setting|audit|access logs|query log|log profile|log stream|activity log|insights|security center|detective|inspector) /;

const SCHEDULES = / (?:event rule|event target|scheduler|schedule|cron job|scheduled|cron) /;

const CODE_KEYS: ReadonlySet<string> = new Set([
  'user_data',
  'user_data_base64',
  'custom_data',
  'startup_script',
  'metadata_startup_script',
  'inline',
  'command_to_execute',
  'boot_script',
  'cloud_init',
  'userdata',
  'user_data_replace',
  'userData',
  'customData',
]);

/** Keeping a thing from being destroyed. */
const PROTECTIONS: ReadonlySet<string> = new Set([
  'deletion_protection',
  'deletion_protection_enabled',
  'enable_deletion_protection',
  'disable_api_termination',
  'termination_protection',
  'prevent_destroy',
  'delete_protection',
  'deletionProtection',
]);

export interface Meaning {
  readonly holds: boolean;
  readonly access: boolean;
  readonly records: boolean;
  readonly schedules: boolean;
}

export function meaningOf(type: string): Meaning {
  const words = wordsOf(type);
  return {
    holds: HOLDS.test(words) && !PART.test(words),
    access: ACCESS.test(words),
    records: RECORDS.test(words),
    schedules: SCHEDULES.test(words),
  };
}

export interface Marks {
  /** Open to every address or to everybody. */
  readonly open: string;
  /** Rights over everything. */
  readonly wide: string;
  readonly code: boolean;
  readonly unprotected: boolean;
  readonly silent: boolean;
}

const NODES = 4000;
const OPEN_VALUES: ReadonlySet<string> = new Set([
  '0.0.0.0/0',
  '::/0',
  '*/*',
  'allUsers',
  'allAuthenticatedUsers',
  'public-read',
  'public-read-write',
  'authenticated-read',
  'Internet',
  'system:anonymous',
  'system:unauthenticated',
]);
const OPEN_KEYS: ReadonlySet<string> = new Set([
  'publicly_accessible',
  'public_network_access_enabled',
  'allow_blob_public_access',
  'allow_nested_items_to_be_public',
  'publiclyAccessible',
]);
const SHUT_KEYS: ReadonlySet<string> = new Set([
  'block_public_acls',
  'block_public_policy',
  'ignore_public_acls',
  'restrict_public_buckets',
  'uniform_bucket_level_access',
]);
const WIDE_VALUES =
  /(?:^|\/)(?:AdministratorAccess|PowerUserAccess|IAMFullAccess)$|^roles\/(?:owner|editor)$|^(?:Owner|Contributor|User Access Administrator|cluster-admin|superuser|rds_superuser|ACCOUNTADMIN|SECURITYADMIN|OrganizationAccountAccessRole)$/;

/** Walks what a resource will be, bounded. */
export function marksOf(value: Json | undefined): Marks {
  const marks = { open: '', wide: '', code: false, unprotected: false, silent: false };
  const queue: { key: string; value: Json | undefined }[] = [{ key: '', value }];
  for (let seen = 0; queue.length > 0 && seen < NODES; seen += 1) {
    const here = queue.pop();
    if (here === undefined) break;
    if (typeof here.value === 'object' && here.value !== null) {
      for (const [key, item] of Object.entries(here.value))
        queue.push({ key: Array.isArray(here.value) ? here.key : key, value: item as Json });
    } else mark(here.key, here.value, marks);
  }
  return marks;
}

function mark(key: string, value: Json | undefined, marks: { -readonly [K in keyof Marks]: Marks[K] }): void {
  if (typeof value === 'string') {
    if (OPEN_VALUES.has(value)) marks.open = value;
    if (WIDE_VALUES.test(value)) marks.wide = value;
    if (/"(?:Action|NotAction)"\s*:\s*(?:\[\s*)?"\*(?::\*)?"/.test(value.slice(0, 20_000))) marks.wide = '*';
    if (/"Principal"\s*:\s*(?:"\*"|\{\s*"AWS"\s*:\s*(?:\[\s*)?"\*")/.test(value.slice(0, 20_000))) marks.open = '*';
    if (CODE_KEYS.has(key) && value !== '') marks.code = true;
  }
  if (value === true && OPEN_KEYS.has(key)) marks.open = key;
  if (value === false && SHUT_KEYS.has(key)) marks.open = key;
  if (value === false && PROTECTIONS.has(key)) marks.unprotected = true;
  if (value === false && (key === 'enable_logging' || key === 'enabled' || key === 'enable' || key === 'is_enabled'))
    marks.silent = true;
}
