/** Kafka's own scripts, whose verbs are options, and the tools around them. */
import type { Act, Program } from '../program.ts';
import { service } from './by-verb.ts';
import { acts } from './shorthand.ts';

const OPTIONS = `--help --version --bootstrap-server|--broker-list|--bootstrap-servers= --bootstrap-controller= --zookeeper= --command-config|--admin.config|--producer.config|--consumer.config|--producer-config|--consumer-config|--config-file|--reader-config= --topic= --topics= --partitions= --replication-factor= --replica-assignment= --config= --delete-config= --add-config= --add-config-file=
  --entity-type= --entity-name= --entity-default --user-defaults --broker-defaults --topic-defaults --users= --clients= --ips= --brokers= --broker= --user= --client= --ip= --client-metrics= --group= --groups= --all-groups --all-topics --members --offsets --state? --verbose --timeout= --type= --from-file= --to-datetime= --to-offset= --to-earliest --to-latest --to-current --shift-by= --by-duration= --dry-run --execute --export --reset-offsets
  --list --describe --create --delete --alter --delete-offsets --validate-regex --if-exists --if-not-exists --exclude-internal --under-replicated-partitions --unavailable-partitions --under-min-isr-partitions --at-min-isr-partitions --topics-with-overrides --topic-id= --disable-rack-aware --force
  --offset-json-file= --add --remove --allow-principal= --deny-principal= --allow-host= --deny-host= --operation= --principal= --producer --consumer --idempotent --cluster --transactional-id= --delegation-token= --resource-pattern-type= --user-principal= --authorizer= --authorizer-properties=
  --generate --verify --cancel --reassignment-json-file= --topics-to-move-json-file= --throttle= --replica-alter-log-dirs-throttle= --preserve-throttles --additional --broker-list= --from-beginning --max-messages= --partition= --offset= --property= --formatter= --key-deserializer= --value-deserializer= --whitelist|--include= --consumer-property= --isolation-level= --skip-message-on-error --timeout-ms= --enable-systest-events
  --sync --compression-codec= --batch-size= --message-send-max-retries= --request-required-acks= --reader-property= --producer-property= --line-reader= --max-block-ms= --release-version= --feature= --metadata= --upgrade --downgrade --disable --path-to-json-file= --election-type= --all-topic-partitions --num-records= --record-size= --throughput= --producer-props= --messages= --time= --topic-partitions= --exclude-internal-topics --expire --renew --max-life-time-period= --renewer-principal= --hmac= --expiry-time-period= --renew-time-period= --owner-principal= --files= --print-data-log --deep-iteration --cluster-id= --config-dir= -t= -c|--config= -g --controllers= --input-topics= --intermediate-topics= --internal-topics= --application-id= --to= --names-only --state-updates-only --broker-ids= --print-metadata --input-file= -s|--snapshot= -d|--directory= --hours= --id=`;

/** With and without `.sh`. */
function script(name: string, does: readonly Act[]): Program {
  return {
    names: [name, `${name}.sh`],
    options: OPTIONS,
    otherOptions: 'harmless',
    does: does.map((act) => ({ ...act, when: `${act.when ?? ''} !--help !--version`.trim() })),
  };
}

const READ = acts('read', 'topic', '', '--topic');
const OF_TOPIC = '--topic';

export const KAFKA: readonly Program[] = [
  script('kafka-topics', [
    ...acts('read', 'topic', '--list|--describe', OF_TOPIC),
    ...acts('infra_create', 'topic', '--create', OF_TOPIC),
    ...acts('infra_change', 'topic', '--alter', OF_TOPIC),
    ...acts('infra_destroy unbounded: the topic with every message', 'topic', '--delete', OF_TOPIC),
  ]),
  script('kafka-configs', [
    ...acts('read', 'config', '--describe', '--entity-name'),
    ...acts('privilege_change', 'config', '--alter --add-config~SCRAM|--delete-config~SCRAM', '--entity-name'),
    ...acts('infra_change', 'config', '--alter', '--entity-name'),
  ]),
  script('kafka-consumer-groups', [
    ...acts('read', 'group', '--list|--describe|--validate-regex', '--group'),
    ...acts('infra_destroy', 'group', '--delete|--delete-offsets', '--group'),
    ...acts('read', 'group', '--reset-offsets !--execute', '--group'),
    ...acts('infra_change unknown: messages are skipped or read again', 'group', '--reset-offsets --execute', '--group'),
  ]),
  script('kafka-share-groups', [
    ...acts('read', 'group', '--list|--describe', '--group'),
    ...acts('infra_destroy', 'group', '--delete|--delete-offsets|--reset-offsets', '--group'),
  ]),
  script(
    'kafka-delete-records',
    acts('delete unbounded: every message up to the offsets', 'file', '', '--offset-json-file').map((act) => ({
      ...act,
      type: 'topic',
    })),
  ),
  script('kafka-acls', [
    ...acts('read', 'acl', '--list', '--principal'),
    ...acts('privilege_change', 'acl', '--add|--remove', '--allow-principal --deny-principal'),
  ]),
  script('kafka-reassign-partitions', [
    ...acts('read', 'topic', '--generate|--verify|--list', OF_TOPIC),
    ...acts('infra_change bounded', 'topic', '--execute', OF_TOPIC),
    ...acts('infra_change', 'topic', '--cancel', OF_TOPIC),
  ]),
  script('kafka-console-consumer', READ),
  script('kafka-console-share-consumer', READ),
  script('kafka-console-producer', acts('write: adds messages', 'topic', '', OF_TOPIC)),
  script('kafka-verifiable-producer', acts('write', 'topic', '', OF_TOPIC)),
  script('kafka-verifiable-consumer', READ),
  script('kafka-producer-perf-test', acts('write unbounded', 'topic', '', OF_TOPIC)),
  script('kafka-consumer-perf-test', READ),
  script('kafka-broker-api-versions', READ),
  script('kafka-get-offsets', READ),
  script('kafka-log-dirs', READ),
  script('kafka-dump-log', READ),
  script('kafka-metadata-quorum', READ),
  script('kafka-metadata-shell', READ),
  script('kafka-replica-verification', READ),
  script('kafka-cluster', [
    ...acts('read', 'cluster', '@0=cluster-id|list-endpoints'),
    ...acts('infra_destroy', 'broker', '@0=unregister', '--id'),
  ]),
  script('kafka-features', [
    ...acts('read', 'feature', '@0=describe|version-mapping|feature-dependencies'),
    ...acts('infra_change', 'feature', '@0=upgrade|downgrade|disable'),
  ]),
  script('kafka-leader-election', acts('infra_change', 'topic', '', OF_TOPIC)),
  script('kafka-delegation-tokens', [
    ...acts('read', 'token', '--describe'),
    ...acts('secret_read', 'token', '--create'),
    ...acts('privilege_change', 'token', '--renew|--expire'),
  ]),
  script('kafka-transactions', [
    ...acts('read', 'transaction', '@0=list|describe|describe-producers|find-hanging'),
    ...acts('infra_change', 'transaction', '@0=abort|forceTerminateTransaction'),
  ]),
  script('kafka-streams-application-reset', [
    ...acts('read', 'application', '--dry-run'),
    ...acts(
      'infra_destroy unbounded: inner topics are deleted, offsets set back',
      'application',
      '!--dry-run',
      '--application-id',
    ),
  ]),
  script('kafka-storage', [
    ...acts('none', 'disk', '@0=random-uuid'),
    ...acts('read', 'disk', '@0=info|version-mapping'),
    ...acts('infra_destroy unbounded: formats the disks of a broker', 'disk', '@0=format'),
  ]),
  script('kafka-server-start', acts('process_control', 'broker')),
  script('kafka-server-stop', acts('process_control', 'broker')),
  script('zookeeper-server-start', acts('process_control', 'server')),
  script('zookeeper-server-stop', acts('process_control', 'server')),
  script('connect-distributed', acts('process_control', 'worker')),
  script('connect-standalone', acts('process_control', 'worker')),
  script('kafka-mirror-maker', acts('export unbounded', 'topic')),
  script('connect-mirror-maker', acts('export unbounded', 'topic')),
  {
    names: ['kcat', 'kafkacat'],
    options:
      '--help|-h -C -P -L -Q -M= -b= -t= -p= -G= -D= -K= -o= -e -O -c= -u -J -f= -s= -r= -q -v -E -F= -X= -d= -V -Z -l -k= -H= -U -z= -T -N -m=',
    otherOptions: 'harmless',
    does: [
      ...acts('read', 'topic', '-C|-L|-Q|-G !-P', '-t'),
      ...acts('export: messages go to whoever listens', 'topic', '-P', '-t'),
      ...acts('read', 'topic', '!-C !-L !-Q !-G !-P', '-t'),
    ],
  },
  service({
    names: 'rpk kaf kafkactl kcctl confluent ccloud zoe kafka-ctl',
    options:
      '--brokers= -X= --config= --profile= -v|--verbose --topic= -f|--format= -n|--num= -o|--offset= -k|--key= -p|--partitions= -r|--replicas= -c|--topic-config= --group= -b= --cluster= --environment= -t= --user= --password= --to= --dry-run --force --output= --value-format=',
    paths: {
      'topic consume|consume|topic describe|topic list|cluster info|cluster health|cluster metadata|cluster config get|cluster config status|cluster config export|cluster config lint|cluster logdirs describe|cluster license info|cluster maintenance status|cluster partitions list|cluster partitions balancer-status|cluster storage list-mount|group list|group describe|acl list|security acl list|security user list|security role list|registry schema list|registry schema get|registry subject list|profile list|profile print|profile current|topics|groups|group ls|nodes|debug info|redpanda config print|transform list|transform logs|describe|get|info|wasm list|environment list|kafka topic list|kafka cluster list|kafka topic describe|schema-registry schema describe|version|node ls|topic ls|kafka acl list|iam user list|api-key list|audit-log describe':
        'read',
      'topic produce|produce|kafka topic produce': 'export: messages go to whoever listens',
      'topic delete|kafka topic delete|cluster delete|kafka cluster delete|environment delete|cloud cluster delete|cloud namespace delete':
        'infra_destroy unbounded: with every message',
      'topic trim-prefix|topic trim': 'delete unbounded: every message up to the offsets',
      'group delete|group offset-delete|group rm|group seek|group commit|group reset|delete|kafka consumer group delete|registry schema delete|registry subject delete|transform delete|cluster self-test stop|schema-registry schema delete|cluster unmount|reset|alter':
        'infra_destroy',
      'acl create|acl delete|security acl create|security acl delete|security user create|security user delete|security user update|security role create|security role delete|security role assign|security role unassign|user create|user delete|kafka acl create|kafka acl delete|iam rbac role-binding create|iam rbac role-binding delete|api-key create|api-key store|cluster config set|grant-acl|clone':
        'privilege_change',
      'login|cloud login|cloud logout|logout|cloud auth': 'identity_change',
      'profile use|profile create|profile set|profile edit|config use-context|profile delete|environment use|kafka cluster use|context|api-key use|config':
        'config_change',
      'cluster maintenance enable|cluster maintenance disable|redpanda admin brokers decommission|cluster partitions move|cluster partitions transfer-leadership|cluster partitions balance|topic alter-config|topic add-partitions|topic set|cluster storage restore|transform deploy|topic create|registry schema create|cluster config edit|cluster config import|cluster config force-reset':
        'infra_change',
      'redpanda start|redpanda stop|container start|container stop|container purge|connect pause|connect resume':
        'process_control',
      'connect run|connect streams|generate app': 'code_execution',
    },
    rehearsal: '--dry-run',
  }),
];
