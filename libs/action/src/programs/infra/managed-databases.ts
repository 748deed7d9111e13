/** Managed databases and search services by their own command lines: Atlas, PlanetScale, Neon, Turso, Cockroach, migrations, search. */
import type { Program } from '../program.ts';
import { service } from './by-verb.ts';

const GONE = 'infra_destroy unbounded: with everything in it';
const SQL = 'opaque: statements that are not in this text, or by standard input';
const ELSEWHERE = 'network: another server than the one that is set up';

export const MANAGED_DATABASES: readonly Program[] = [
  service({
    names: 'atlas mongocli ops-manager',
    options:
      '--projectId= --orgId= -P|--profile= -o|--output= --force --clusterName= --provider= --region= --tier= --username= --password= --role= -f|--file= --currentIp --ip= --type= --watch --env= --url= -u= --to= --dir= --dev-url= --auto-approve --dry-run --schema= --exclude= --tx-mode= --allow-dirty --revisions-schema= -c= --config= --var= --baseline=',
    cases: {
      'schema apply if --dry-run': 'read',
      'migrate apply if --dry-run': 'read',
      'schema apply': 'schema_change + schema_drop unknown: makes the database what the file says',
    },
    paths: {
      'clusters list|clusters describe|clusters search indexes list|clusters connectionStrings describe|clusters sampleData watch|clusters indexes list|projects list|projects describe|organizations list|dbusers list|dbusers describe|accessLists list|accessLists describe|alerts list|alerts settings list|backups snapshots list|backups restores list|backups schedule describe|logs --help|metrics processes|processes list|events list|auth whoami|schema inspect|schema diff|schema fmt|schema lint|schema plan|schema test|schema validate|migrate status|migrate lint|migrate validate|migrate ls|migrate hash|migrate diff|migrate new|migrate test|version|performanceAdvisor slowQueryLogs list|performanceAdvisor suggestedIndexes list|privateEndpoints aws list|teams list|users describe|config list|config describe|deployments list|deployments logs|customDbRoles list|dataFederation list|serverless list|serverless describe|streams instances list|integrations list|auditing describe|networking peering list|migrate set --help|migrate checkpoint|schema stats':
        'read',
      'logs download|dataFederation logs|backups exports jobs create|backups snapshots download': 'export',
      'clusters create|clusters update|clusters upgrade|clusters load|clusters loadSampleData|clusters start|clusters pause|clusters sampleData load|clusters indexes create|clusters search indexes create|clusters search indexes update|projects create|projects update|backups snapshots create|backups schedule update|backups restores start|serverless create|serverless update|alerts settings create|alerts acknowledge|setup|quickstart|deployments setup|deployments start|deployments pause|deployments search indexes create|maintenanceWindows update|clusters failover|clusters advancedSettings update|migrate rebase|migrate edit|migrate set|schema push|migrate push|maintenanceWindows defer':
        'infra_change',
      'migrate apply': 'schema_change unknown: what the migrations hold is not in this text',
      'migrate down': 'schema_drop unbounded: migrations are undone',
      'schema clean': 'schema_drop unbounded: everything in the schema',
      'clusters delete|projects delete|organizations delete|serverless delete|deployments delete|dataFederation delete|streams instances delete|clusters terminate|migrate rm|backups compliancePolicy disable':
        GONE,
      'clusters search indexes delete|clusters indexes delete|backups snapshots delete|backups schedule delete|alerts settings delete|privateEndpoints aws delete|integrations delete|networking peering delete|teams delete|accessLogs delete|backups exports buckets delete|maintenanceWindows clear|customDns aws disable|livemigrations delete':
        'infra_destroy',
      'dbusers create|dbusers update|dbusers delete|dbusers certs create|accessLists create|accessLists delete|organizations apiKeys create|organizations apiKeys delete|organizations apiKeys assign|projects apiKeys create|organizations users delete|projects users delete|organizations invitations invite|organizations invitations update|customDbRoles create|customDbRoles update|customDbRoles delete|security ldap save|security customerCerts create|teams users add|teams create|projects teams add|accessLists update|cloudProviders accessRoles aws create|organizations apiKeys accessLists create':
        'privilege_change',
      'auditing update': 'log_tamper unknown: what is recorded changes',
      'auth login|auth logout|auth register|login|logout': 'identity_change',
      'config set|config init|config rename|config delete|config edit|plugin install|plugin uninstall|plugin update':
        'config_change',
      'deployments connect|clusters connect|api': 'opaque: what is done there is not in this text',
    },
    rehearsal: '--dry-run',
  }),
  service({
    names: 'cockroach',
    options:
      '-e|--execute= -f|--file= --url= --host= -p|--port= -u|--user= -d|--database= --insecure --certs-dir= --format= --set= -s= --watch= --join= --background --store= --decommission --self',
    ownVerbsOnly: true,
    cases: { 'sql if -e': 'none' },
    runs: [
      { as: { kind: 'sql', dialect: 'cockroachdb' }, from: '-e', when: '@0=sql' },
      { as: { kind: 'sql', dialect: 'cockroachdb' }, stdin: true, when: '@0=sql !-e !-f' },
    ],
    paths: {
      'node status|node ls|nodelocal list|userfile list|userfile get|statement-diag list|auth-session list|version|help|sqlfmt|gen|convert-url|cert list|debug':
        'read',
      'debug zip|userfile upload|nodelocal upload': 'export',
      sql: 'none',
      'start|start-single-node|demo|quit|init|mt start-sql': 'process_control',
      'node decommission|node drain|userfile delete|statement-diag delete|statement-diag cancel|debug unsafe-remove-dead-replicas|debug recover':
        'infra_destroy',
      'node recommission|import|workload|workload init|workload run': 'infra_change',
      'cert create-ca|cert create-node|cert create-client|auth-session login|auth-session logout': 'privilege_change',
    },
  }),
  service({
    names: 'turso',
    options:
      '--group= --location= --from-file= --from-db= --from-dump= --type= --wait -f --instance= --url --http-url --expiration= --read-only -y|--yes --org=',
    cases: { 'db shell if #>3': 'none' },
    runs: [{ as: { kind: 'sql', dialect: 'sqlite' }, from: '3..', when: '@0=db @1=shell' }],
    paths: {
      'db list|db show|db inspect|group list|group show|group locations|plan show|plan overages|org list|org members list|auth whoami|auth api-tokens list|db locations':
        'read',
      'db tokens create|group tokens create|auth token|auth api-tokens mint': 'secret_read',
      'db destroy|group destroy|org destroy|group locations remove': GONE,
      'db shell': SQL,
      'db export': 'export',
      'db create|db import|db update|db wakeup|db replicate|group create|group locations add|group transfer|group unarchive|group aws-migrate|db config attach allow|db config block':
        'infra_change',
      'db tokens invalidate|group tokens invalidate|auth api-tokens revoke|org members add|org members rm|org members invite':
        'privilege_change',
      'auth login|auth logout|auth signup|org switch|config set': 'identity_change',
      dev: 'network',
    },
  }),
  service({
    names:
      'pscale planetscale neonctl neon ccloud-db tiup tidb-cli ticloud yugabyted yb-admin xata aiven avn astra astra-cli surreal fauna edgedb gel immudb upstash prisma-cloud crunchy cb ghostctl tigris singlestore couchbase-cli cbq couchbase-server cbbackupmgr cqlsh-cloud nodetool scylla dsetool',
    options:
      '--org= -f|--format= --api-token= --service-token= --service-token-id= --api-url= --database= -d= --project-id= --branch= -o|--output= --role-name= --parent= --name= --region= --from= --from-dump= --group= --location= -y|--yes --force --host= --url= --insecure --certs-dir= -e|--execute= --user= -u|--username= -p|--password= --port= -c|--cluster= --bucket= --service= --project= -t= --json --pooled --prisma --psql --role= --to= --ns= --db= --endpoint= --skip-confirm --deploy-to= --debug --wait -h= -pw= -r|--repo= --archive= --sql= --local',
    compound: true,
    cases: { ' if --execute|-e': SQL },
    paths: {
      'database list|database show|branch list|branch show|branch schema|branch diff|deploy-request list|deploy-request show|deploy-request diff|backup list|backup show|org list|org show|region list|password list|password show|service-token list|audit-log list|auth check|auth whoami|ping|size cluster list|keyspace list|keyspace show|projects list|projects get|branches list|branches get|branches schema-diff|databases list|roles list|operations list|me|orgs list|ip-allow list|db list|db show|db inspect|group list|group show|group locations|plan show|org members list|auth api-tokens list|auth whoami|node status|node ls|nodelocal list|statement-diag list|userfile list|debug zip --help|demo --help|cluster list|cluster info|version|service list|service get|service topics|service user-list|service logs|project list|cloud list|service metrics|status|info|tpstats|tablestats|cfstats|ring|describecluster|describering|gettimeout|getlogginglevels|compactionstats|compactionhistory|netstats|listsnapshots|proxyhistograms|tablehistograms|gossipinfo|getendpoints|viewbuildstatus|statusbackup|statusgossip|statusbinary|statushandoff|gcstats|failuredetector|getcompactionthroughput|getstreamthroughput|getsstables|rangekeysample|toppartitions|server-list|host-list|bucket-list|server-info|user-manage --list|setting-cluster --help|list-all-masters|list_all_masters|list_tables|list_snapshots|list_namespaces|list_all_tablet_servers|get_universe_config|is_server_ready|workflow list|is-ready|migration list|migration status|migrate status|instance list|instance status|collect-info|health|branch promote --help|completion|branch vschema show|dataimports list|set-context --help|token list':
        'read',
      'password create|connection-string|cs|db tokens create|auth token|auth api-tokens mint|group tokens create|service user-get|service user-creds-download|service connection-info|service-token create|projects create --psql|keys create|database secure-connect-bundle|db get-scb|roles create|user-creds':
        'secret_read',
      'service-token add-access|service-token delete-access|roles reset-password|ip-allow add|ip-allow remove|ip-allow reset|auth api-tokens revoke|db tokens invalidate|group tokens invalidate|service user-create|service user-delete|service user-password-reset|service acl-add|project user-invite|user-manage|cert|role|auth-try|setting-password-policy|setting-ldap|setting-security|org members add|org members rm|org invites create|projects update --ip-allow|db config attach allow|user create|user delete|user invite':
        'privilege_change',
      'database delete|branch delete|deploy-request close|backup delete|projects delete|branches delete|databases delete|db destroy|group destroy|org destroy|cluster delete|clusters delete|service terminate|service topic-delete|project delete|service integration-delete|bucket-delete|bucket-flush|db delete|keyspace delete|collection delete|db delete-keyspace|node decommission|init --force|decommission|removenode|assassinate|clearsnapshot|truncatehints|remove-node|server-remove|failover|rebalance-stop|delete_table|delete_snapshot|delete_namespace|delete-snapshot|change_config|leader_stepdown|destroy|cluster destroy|cluster clean|instance destroy|roles delete|service database-delete|uninstall|clean|cluster scale-in|cluster prune|remove|collection-manage|node drain|nodelocal delete|userfile delete|statement-diag delete|statement-diag cancel|instance revert|branch drop|branch wipe|database drop|database wipe|migration reset|wipe|disablebackup|scrub|password delete|project unlink|dataimports cancel|index delete|redis delete|kafka delete|vector delete|team delete':
        GONE,
      'database dump|db dump|dump|database export|db export|backup|snapshot|cloud-export|service backup-list|database backup|debug zip|export':
        'export',
      'branch create|branch promote|branch switch|branch refresh-schema|branch safe-migrations enable|branch safe-migrations disable|branch demote|branch vschema update|deploy-request create|deploy-request deploy|deploy-request review|deploy-request apply|deploy-request revert|deploy-request skip-revert|deploy-request edit|deploy-request cancel|backup create|backup restore|database create|database restore-dump|database import|branches create|branches reset|branches restore|branches rename|branches set-default|branches add-compute|projects create|projects update|set-context|db create|db import|db update|db wakeup|db locations add|db replicate|group create|group locations add|group transfer|group unarchive|group aws-migrate|service create|service update|service upgrade|service topic-create|service topic-update|service connector create|service maintenance-start|node recommission|init|workflow create|workflow switch-traffic|workflow complete|workflow cutover|workflow cancel|workflow reverse-traffic|cluster deploy|cluster scale-out|cluster upgrade|cluster reload|cluster edit-config|cluster patch|repair|cleanup|compact|flush|drain|rebuild|bootstrap|move|refresh|setcompactionthroughput|setstreamthroughput|enablebackup|settraceprobability|setlogginglevel|upgradesstables|garbagecollect|relocatesstables|import|restore|server-add|rebalance|bucket-create|bucket-edit|setting-cluster|cluster-init|node-init|xdcr-setup|xdcr-replicate|create_snapshot|restore_snapshot|create_database_snapshot|modify_placement_info|migrate|migration apply|migration create|migrations create|migrate apply|schema push|instance create|branch rebase|branch merge|keyspace create|keyspace resize|branch apply-recommendations':
        'infra_change',
      'cluster start|cluster restart|cluster stop|cluster enable|cluster disable|start|start-single-node|quit|stop|stopdaemon|disablebinary|enablebinary|disablegossip|enablegossip|pausehandoff|resumehandoff|disablethrift|playground|demo|instance start|instance stop|instance restart|server start|service power-off|service power-on':
        'process_control',
      'sql|shell|psql|db shell|cli|query|cql|workload|workload run|workload init|gen|eval|redis exec|service cli|connect': SQL,
      'database connect|proxy|dev': 'network',
      'auth login|auth logout|login|logout|auth signup|user login|user logout|org switch|setup|config create|config use|auth':
        'identity_change',
      'nodelocal upload|userfile upload|auth-session login': 'write',
      'service-token delete': 'infra_destroy',
    },
    flags: { '--api-url': ELSEWHERE },
  }),
  service({
    names:
      'prisma drizzle-kit typeorm sequelize sequelize-cli knex flyway liquibase dbmate goose migrate sqitch atlas-migrate mikro-orm rails-db golang-migrate tern bytebase pgroll reshape squawk umzug db-migrate phinx diesel sea-orm-cli refinery sqlx yoyo',
    options:
      '--schema= --name|-n= --config|-c= --url= --database-url|-D= -u= --force --force-reset --accept-data-loss --skip-seed --skip-generate --create-only --to= --from= --from-empty --to-schema-datamodel= --script --file= --stdin --preview-feature --env= -e= --path= -path= -database= --source= --migrations-dir|-d= --table= -table= -dir= --rolledback= --applied= --debug -x= --sql --all -s= -t= --changeLogFile= --changelog-file= --username= --password= --dry-run --step= --migrations= --verbose -v --target= --tag= --count= --no-dump-schema --dialect= --out= --strict -f -q --number= --no-confirm -y',
    ownVerbsOnly: true,
    cases: {
      'db push if --force-reset|--accept-data-loss': 'schema_drop unbounded',
      'push if --force': 'schema_drop unbounded',
    },
    paths: {
      'migrate status|validate|format|version|generate|migrate diff|studio|status|info|history|current|heads|branches|show|check|migrations:list|migration:status|db:migrate:status|migration:show|schema:log|query|list|up:status|wait|diff|snapshot|report|dbDoc|future-rollback-sql|update-sql|rollback-sql|update --dry-run|verify|changelog-sync-sql|lint|introspect|migrate:status|migrate:list|migrate:currentVersion|log|plan|print-schema|migration list|migration pending|deploy --verify|dump --help|prepare|init|init:config|migrate:make|migration:create|migration:generate|migrations new|new|create|revision|add|seed:make|seed:generate|model:generate|migration generate|migration add|db pull|pull|dump|bump|up --dry-run|fix|stamp --sql|edit|breakpoint|entity:create|cache:clear|make|migrate:create|docs':
        'read',
      'migrate deploy|migrate dev|up|upgrade|update|migrate|migrate:up|migrate:latest|migration:run|db:migrate|db:schema:load|deploy|migrate up|up-to|up-by-one|goto|run|migration run|schema:sync|migrations up|apply|push|db push|update-count|update-to-tag|changelogSync|changelog-sync|start|complete|migration up|schema:update|migrate run|migrate upgrade|update-database':
        'schema_change unknown: what the migrations hold is not in this text',
      'migrate reset|db drop|drop|clean|db:drop|db:reset|migrate:reset|schema:drop|drop-all|dropAll|reset|down|downgrade|rollback|migrate:rollback|migrate:down|migration:revert|db:migrate:undo|db:migrate:undo:all|down-to|redo|revert|rollback-count|rollback-to-date|rollbackCount|rebase|undo|migrate down|migrate redo|migration redo|migration revert|migrate:unlock --help|migration down|database reset|database drop|database setup|migrate fresh|migrate refresh|schema:fresh|migrate:undo|db:seed:undo|db:seed:undo:all|rollback-one-changeset|migration:fresh|database:drop|mark':
        'schema_drop unbounded: structure and its data may go',
      'force|stamp|repair|baseline|migrate resolve|mark-next-changeset-ran|clear-checksums|release-locks|migrate:unlock|migrate:force|clearCheckSums|unlock|migrate:lock':
        'infra_change: the record of migrations changes',
      'db seed|seed:run|db:seed|db:seed:all|seed|load': 'code_execution: runs the seeds of the project',
      'db execute|execute-sql|execute': SQL,
      'db create|db:create|database create|database:create|schema:create': 'schema_change',
    },
    // Some of these tools let an option pass that they do not know: `--dry-run` proves nothing.
  }),
  service({
    names: 'meilisearch elasticsearch opensearch typesense-server solr zinc quickwit vespa weaviate milvus qdrant',
    options:
      '--master-key= --db-path= --http-addr= --env= --import-dump= --import-snapshot= -c= -p= -z= -d= -e -n= --index= --config= --ignore-dump-if-db-exists -t= -Q= -delete',
    ownVerbsOnly: true,
    paths: {
      'status|healthcheck|version|zk ls|api|assert|config --help|index list|index describe|query|search|split list|split describe|source list|document get|log|prod --help|visit':
        'read',
      'delete|delete_collection|delete_core|index delete|split delete|split mark-for-deletion|zk rm|destroy|source delete|index clear|document remove|tool gc|tool garbage-collect':
        GONE,
      'create|create_collection|create_core|zk upconfig|zk cp|zk mv|zk mkroot|config|index create|index ingest|index update|post|deploy|feed|document put|document update|document|package':
        'infra_change',
      'start|stop|restart|run': 'process_control',
      'auth|auth enable|auth disable|auth login|auth api-key': 'privilege_change',
      'export|dump': 'export',
    },
    bare: 'process_control: starts the server',
    otherwise: 'process_control: starts the server',
  }),
  service({
    names:
      'algolia meili-cli elasticdump multielasticdump escli eskuel es2csv esrally curator elasticsearch-users elasticsearch-keystore elasticsearch-plugin opensearch-cli elasticsearch-reset-password elasticsearch-create-enrollment-token elasticsearch-certutil elasticsearch-node opensearch-plugin',
    options:
      '-p|--profile= --application-id= --api-key= --admin-api-key= -o|--output= -F|--file= -y|--confirm -n|--index= --input= --output= --type= --limit= --searchBody= --dry-run --config= -f -c= --include-replicas -u= -r= -i= --facetFilters= --query= --filters=',
    ownVerbsOnly: true,
    cases: { ' if --input': 'export: copies an index elsewhere' },
    paths: {
      'search|indices list|indices config export|indices analyze|objects browse|rules browse|synonyms browse|settings get|apikeys list|apikeys get|profile list|application list|open|dictionary entries browse|dictionary settings get|events tail|crawler list|crawler get|crawler stats|crawler test|describe|list|show|show_indices|list tracks|info|export|auth get|config profiles list|config get|objects list':
        'read',
      'indices delete|indices clear|objects delete|rules delete|synonyms delete|apikeys delete|dictionary entries clear|dictionary entries delete|profile remove|crawler reset|delete|remove|userdel|purge|indices delete --replicas|compositions delete|detach-cluster|unsafe-bootstrap|repurpose':
        GONE,
      'indices copy|indices move|indices config import|objects import|objects update|rules import|synonyms import|synonyms save|settings set|settings import|dictionary entries import|dictionary settings set|crawler create|crawler reindex|crawler run|crawler crawl|crawler pause|crawler unblock|objects operations|compositions upsert|race|compare|remove-settings|remove-customs|override-version':
        'infra_change',
      'apikeys create|useradd|passwd|roles|add|add-file|create|upgrade|profile add|profile setdefault|auth login|reset|profile application|application select|application create':
        'privilege_change',
      install: 'code_execution: plugins are programs',
    },
    otherwise: 'opaque: its actions stand in a file',
    bare: 'opaque: its actions stand in a file',
  }),
];
