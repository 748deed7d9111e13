/** Watching over systems: Prometheus, Alertmanager, Grafana, Datadog, New Relic, PagerDuty, Sentry, Splunk, Elastic and their like. */
import type { Program } from '../program.ts';
import { service } from './by-verb.ts';

const SILENT = 'log_tamper unknown: what happens is no longer seen';
const ELSEWHERE = 'network: another server than the one that is set up';

export const MONITORING: readonly Program[] = [
  service({
    names: 'promtool mimirtool cortextool thanos logcli lokitool tempo-cli vmctl pint',
    options:
      '--address= --id= --key= --user= --url= --format= --from= --to= --limit= --since= --org-id= -o= --addr= --output= -q --username= --password= --namespaces= --http.config.file= --start= --end= --step= --objstore.config-file= --tenant= --data-dir= --rule-dirs= --dry-run',
    ownVerbsOnly: true,
    cases: { query: 'read' },
    depth: 3,
    paths: {
      'check|check config|check rules|check metrics|check web-config|check service-discovery|check healthy|check ready|query|query instant|query range|query series|query labels|query analyze|test|test rules|debug|debug pprof|debug metrics|debug all|tsdb list|tsdb analyze|tsdb bench|tsdb dump|tsdb dump-openmetrics|promql format|promql label-matchers|labels|series|instant-query|stats|volume|volume_range|detected-fields|fmt|rules list|rules print|rules get|rules check|rules lint|rules diff|rules prepare|alertmanager get|alertmanager verify|alerts verify|analyze|analyze prometheus|analyze ruler|analyze grafana|analyze rule-file|analyze dashboard|config convert|remote-read stats|remote-read dump|acl generate-header|bucket-validation|promql|tools bucket ls|tools bucket inspect|tools bucket verify|tools rules-check|list|search|view|lint|ci|watch|config|version|promql-format':
        'read',
      'tsdb create-blocks-from|push metrics|backfill|rules load|rules sync|rules load --help|alertmanager load|remote-read export|tools bucket replicate|tools bucket rewrite|tools bucket downsample|opentsdb|influx|remote-read|prometheus|vm-native|verify-block|mimir':
        'write',
      'rules delete|rules delete-namespace|alertmanager delete|tools bucket cleanup|tools bucket mark|tools bucket retention':
        'infra_destroy unbounded',
      'query|sidecar|store|rule|compact|receive|query-frontend': 'read',
      'promql set|promql delete': 'none',
    },
  }),
  service({
    names: 'amtool',
    options:
      '--alertmanager.url= --config.file= --timeout= -o|--output= --http.config.file= -a|--author= -d|--duration= -c|--comment= -e|--expires= --start= --end= --tree --within= -q --receiver= --quiet -i|--inhibited -s|--silenced --annotation= --require-comment?',
    ownVerbsOnly: true,
    paths: {
      'alert|alert query|silence query|silence|check-config|config show|config routes|config routes show|config routes test|config|cluster show|cluster|template render|help':
        'read',
      'silence add|silence update|silence import': SILENT,
      'silence expire': 'infra_change',
      'alert add': 'write one',
    },
  }),
  service({
    names: 'grafana-cli grafana-server grafana gcx grr grizzly',
    options:
      '--homepath= --config= --pluginUrl= --repo= --pluginsDir= --insecure -t|--target= -o= --debug --password-from-stdin --user-id=',
    paths: {
      'plugins ls|plugins list-remote|plugins list-versions|list|get|show|diff|status|cli plugins ls|config get|providers|config current-context|config get-contexts|config check|resources get|resources list|dashboards list|export':
        'read',
      'plugins install|plugins update|plugins update-all|plugins upgrade|plugins upgrade-all|cli plugins install':
        'code_execution: plugins are programs',
      'plugins remove|plugins uninstall|cli plugins remove': 'infra_destroy',
      'admin reset-admin-password|admin data-migration|admin secrets-migration|admin flush-rbac-seed-assignment|admin user-manager|cli admin reset-admin-password':
        'privilege_change',
      'apply|push|watch|snapshot|config set|config create-context|config use-context|import|resources push': 'infra_change',
      server: 'process_control',
      serve: 'network',
    },
  }),
  service({
    names: 'datadog-ci datadog-agent datadog dogwrap',
    options:
      '--api_key= --application_key= --site= -c= --dry-run -t= --public-id= --config= --env= --service= --tags= --query= --type= --name= --fail-on= --from= --to= --raw --timeout= --api-key= --app-key= --json',
    paths: {
      'synthetics run-tests|synthetics list|version|gate evaluate|monitor show|monitor show_all|monitor validate|dashboard show|dashboard show_all|dashboard list|metric query|event show|event stream|host list|host totals|search query|tag show|downtime show|downtime show_all|service_check --help|status|health|check|configcheck|config get|diagnose|hostname|workload-list|tagger-list|stream-logs|flare --local|slo show|slo show_all|service_level_objective show|service_level_objective show_all|screenboard show|screenboard show_all|timeboard show|timeboard show_all|monitors list|monitors get|logs search|metrics query|dashboards list|dashboards get|incidents list|sbom --help|junit --help|deployment --help':
        'read',
      'monitor delete|dashboard delete|dashboard_list delete|downtime cancel_downtime|downtime delete|event delete|slo delete|service_level_objective delete|tag detach|comment delete|screenboard delete|timeboard delete|synthetics delete-tests|monitors delete|dashboards delete|slos delete|notebooks delete':
        'infra_destroy',
      'monitor mute|monitor mute_all|downtime post|host mute|downtime schedule|monitors mute|downtimes create': SILENT,
      'monitor post|monitor update|monitor unmute|monitor unmute_all|host unmute|dashboard post|dashboard update|dashboard push|dashboard new_file|tag add|tag replace|slo create|slo update|comment post|synthetics import-tests|synthetics deploy-tests|lambda instrument|lambda uninstrument|cloud-run instrument|stepfunctions instrument|stepfunctions uninstrument|aas instrument|aas uninstrument|dashboard create|screenboard post|timeboard post|config set':
        'infra_change',
      'sourcemaps upload|junit upload|sarif upload|sbom upload|dsyms upload|flutter-symbols upload|react-native upload|git-metadata upload|trace|measure|tag|deployment mark|deployment correlate|coverage upload|event post|metric post|flare|pe-symbols upload|dora deployment|service_check check|elf-symbols upload|unity-symbols upload':
        'export one: sent to the service',
      'start-service|stop-service|restart-service|start|stop|restart|run|launch-gui': 'process_control',
      'integration install|integration remove|secret refresh': 'config_change',
    },
    rehearsal: '--dry-run',
  }),
  service({
    names:
      'newrelic nerdlet nr1 dynatrace dtctl monaco honeycomb honeymarker lightstep coralogix chronosphere chronoctl instana appdynamics',
    options:
      '--accountId= -a|--accountId= -g|--guid= --profile= --format= --plain --debug --query= -q= -n|--name= -t|--type= --applicationId= --user= -d= --file= -f= -e= --environment= --project= --limit= -k= --dry-run',
    paths: {
      'nrql query|entity search|entity tags get|apm application search|apm application get|apm deployment list|events --help|nerdgraph --help|diagnose run|profile list|profiles list|reporting --help|nrql --help|entity deployment list|catalog info|nerdpack info|subscription list|workload get|workload list|agent config validate|edge trace-observer list|synthetics monitor search|synthetics monitor list|synthetics monitor get|decode|utils jq|changeTracking --help|fleet list|fleetcontrol get':
        'read',
      'nerdgraph query': 'opaque: a GraphQL request to any part of the service',
      'entity tags create|entity tags replace|apm deployment create|entity deployment create|changeTracking create|workload create|workload update|workload duplicate|reporting junit|events post|events postEvent|edge trace-observer create|install|nerdpack publish|nerdpack deploy|synthetics run':
        'infra_change',
      'entity tags delete|entity tags delete-values|apm deployment delete|workload delete|edge trace-observer delete|nerdstorage entity delete|nerdstorage document delete|nerdstorage collection delete|nerdstorage account delete|nerdstorage user delete|nerdpack undeploy':
        'infra_destroy',
      'agent config migrateV3toV4|agent config obfuscate': 'write',
      'profile add|profile configure|profile default|profile delete|profiles add|profiles delete|profiles default':
        'config_change',
      deploy: 'infra_change',
      'apiAccess apiAccessGetKey|apiAccess apiAccessCreateKeys': 'secret_read',
      'apiAccess apiAccessDeleteKeys|apiAccess apiAccessUpdateKeys': 'privilege_change',
    },
    rehearsal: '--dry-run',
  }),
  service({
    names:
      'pd pagerduty opsgenie og victorops splunk-oncall rootly statuspage incident betterstack cronitor uptimerobot healthchecks oncall',
    options:
      '-i|--ids= -n|--names|--name= -s|--statuses|--service= -t|--teams= -j|--json --me -u= -m= -k= -e= -p|--pipe -a= -d= -q= --id= --duration= --apiKey=',
    compound: true,
    paths: {
      'incident analytics|incident alerts|incident log|incident notes|incident list|service list|schedule show|schedule oncall|schedule list|ep list|ep oncall|ep search|user list|user log|user contact|user oncall|team list|team ep|team user|team service|log|field list|tag list|event --help|analytics incident|rest get|auth list|vendor list|priority list|extension list|automation action list|automation runner list|bs list|bs subscribers|util deadusers|util timegrid|get|list|domain':
        'read',
      'rest post|rest put|rest fetch --help': 'infra_change',
      'rest delete': 'infra_destroy',
      'rest fetch': 'read',
      'incident resolve|incident ack|incident assign|incident merge|incident priority|incident rename|incident set|incident set field|incident create|incident notes --add|incident responder add|incident subscriber add|incident status_update|incident trigger|schedule add_override|schedule override add|schedule override flush|schedule copy|event change|event alert|service set|service create|ep set|user set|user replace|team create|tag set':
        'infra_change',
      'service disable|maintenance create|maintenance-window create|incident snooze|service maintenance': SILENT,
      'service delete|schedule delete|ep delete|user delete|team delete|tag delete|incident delete|user session delete|orchestration delete|automation action delete|automation runner delete':
        'infra_destroy',
      'auth login|auth add|auth web|auth set|auth delete|auth logout|auth default': 'identity_change',
      'auth get': 'secret_read',
      'automation action invoke': 'code_execution',
      'user create|team user add|user set role': 'privilege_change',
      'incident open|service open|team open': 'read',
    },
  }),
  service({
    names: 'sentry-cli sentry rollbar-cli bugsnag-cli bugsnag raygun airbrake honeybadger',
    options:
      '--url= --auth-token= --header= --log-level= -o|--org= -p|--project= -s|--status= -a|--all -i|--id= --max-rows= --pages= --quiet --rewrite --dist= --url-prefix= -r|--release= -d -e|--env= --finalize --auto --local -m|--message= --ext= --wait --config= --noinput --dry-run',
    ownVerbsOnly: true,
    paths: {
      'info|releases list|releases info|releases propose-version|issues list|projects list|organizations list|repos list|monitors list|events list|debug-files check|debug-files find|difutil check|difutil find|difutil id|sourcemaps explain|deploys list|sourcemaps resolve|config list|config get|help|completions|logs list|replays list|monitor list|releases files list|files list|debug-files bundle-sources|debug-files print-sources':
        'read',
      'releases new|releases finalize|releases set-commits|releases deploys new|deploys new|releases archive|releases restore|issues resolve|issues mute|issues unresolve|sourcemaps inject|monitors run|send-event|bash-hook|send-envelope|createuser --help|monitor run|config set':
        'infra_change',
      'releases delete|releases files delete|files delete|releases deploys delete|repair|config delete|queues purge|export --help|sourcemaps delete|delete':
        'infra_destroy',
      cleanup: 'infra_destroy unbounded: old events',
      'sourcemaps upload|upload-dif|upload-dsym|upload-proguard|debug-files upload|files upload|releases files upload|react-native xcode|upload|dart-symbol-map upload|build upload|mobile-app upload':
        'export',
      'login|logout': 'identity_change',
      'createuser|permissions add|permissions remove': 'privilege_change',
      'run|exec|shell|devserver|upgrade|update|django|start|uninstall': 'code_execution',
    },
  }),
  service({
    names: 'splunk',
    options:
      '-auth= -uri= -app= -owner= -index= -maxout= -preview= -wrap= -header= -output= -earliest_time= -latest_time= -f --accept-license --answer-yes --no-prompt -port= -role= -password= -sourcetype=',
    syntax: 'go',
    ownVerbsOnly: true,
    depth: 3,
    verbs: {
      'search|list|show|status|version|display|help|btool|validate|btprobe|cmd-list|find|rtsearch|dispatch|diag|check-integrity|rtdispatch|spool-list':
        'read',
      'add|edit|set|enable|apply|reload|rotate|init|createssl|migrate|rolling-restart-list|bootstrap|transfer|resync|upgrade-init|upgrade-finalize|install|rebalance|import|spool|fix|rebuild|rtmigrate|bringup|anonymize|login-set|package|deploy-poll|refresh|pull':
        'infra_change',
      'remove|disable|delete|uninstall|decommission': 'infra_destroy',
      clean: 'infra_destroy unbounded: events are lost',
      'start|stop|restart|rolling-restart|offline|ftr|maintenance': 'process_control',
      export: 'export',
      'login|logout': 'identity_change',
      'cmd|run|ctl': 'code_execution',
    },
    paths: {
      'clean eventdata|clean all|clean userdata|clean globaldata|clean kvstore|clean inputdata':
        'log_tamper unbounded: events are lost',
      'remove index|delete index|disable index|remove monitor|remove forward-server|disable listen|disable app|remove tcp|remove udp':
        'log_tamper unknown: what happens is no longer recorded',
      'add user|edit user|remove user|add role|edit role|remove role|set password': 'privilege_change',
      'remove saved-search|remove shcluster-member|remove cluster-peers|remove app|remove deploy-poll|remove search-server|remove licenser-pools':
        'infra_destroy',
    },
  }),
  service({
    names: 'influx influxd telegraf chronograf kapacitor',
    options:
      '-host= --host= -t|--token= -o|--org= --org-id= -b|--bucket= -n|--name= -i|--id= -f|--file= -c|--active-config= --json --skip-verify -p|--precision= --start= --stop= --predicate= -execute= -database= -username= -password= -port= -format= -type= --compression= -r|--raw --hide-headers --all-access --read-bucket= --write-bucket= --retention= --bucket-id= --config= --config-directory= --test --input-filter= --output-filter=',
    cases: { ' if -execute': 'opaque: holds a statement of another language', ' if --test': 'read' },
    paths: {
      'query|bucket list|bucket ls|org list|org ls|org members list|task list|task ls|task log list|task run list|dashboards|config list|config ls|config|ping|version|export|export all|v1 dbrp list|v1 dbrp ls|user list|user ls|secret list|secret ls|telegrafs|scripts list|scripts retrieve|replication list|remote list|server-config|stacks|inspect|v1 auth list|list|show|stats|inspect report-tsi|config --help|template|sample-config':
        'read',
      'auth list|auth ls|auth create|v1 auth create|auth find': 'secret_read',
      'write|restore': 'write unknown',
      delete: 'delete unbounded: every point in the span',
      'bucket delete|org delete|replication delete|remote delete|stacks remove|v1 dbrp delete|recording delete|replay delete':
        'infra_destroy unbounded',
      backup: 'export unbounded',
      'auth delete|auth inactive|auth active|v1 auth delete|v1 auth set-password|user create|user delete|user password|user update|org members add|org members remove|setup|secret update|secret delete':
        'privilege_change',
      'config create|config set|config rm|config use|config switch': 'config_change',
      'task create|task update|scripts create|scripts invoke|v1 shell|repl|v1 repl|define|enable|task run retry|task retry-failed|record|replay|apply':
        'code_execution',
      'run|influxd': 'process_control',
    },
    bare: 'opaque: statements come by standard input',
  }),
  service({
    names:
      'zabbix_sender nagios icinga2 icingacli check_mk cmk netdata netdatacli monit m collectd munin-run node_exporter fluent-bit fluentd logstash filebeat metricbeat auditbeat packetbeat heartbeat vector otelcol otelcol-contrib promtail loki alloy rsyslogd',
    options:
      '-c|--config= -s= -k= -p= -z= -o= -i= -v= -C -e= -t -T -d= -f= -x= --daemon -D -E= --path.config= --dry-run --strict.perms= --modules= -config.file=',
    ownVerbsOnly: true,
    bare: 'process_control',
    otherwise: 'process_control',
    cases: { ' if -t|-T|--dry-run': 'read' },
    paths: {
      'status|summary|report|procmatch|test config|test output|export config|export template|export index-pattern|object list|feature list|node list|monitoring list|version|ping|read-config|validate|tap|top|graph|list|fmt|help|daemon -C|keystore list|modules list|plugins|components|ca list|director host show|monitoring host|vertify|test|convert|aclk-state|dumpconfig|shutdown-agent --help|tools|pki verify':
        'read',
      'setup|enroll|modules enable|modules disable|feature enable|feature disable|api setup|node setup|node wizard|write-config|reload-health|reload|ca sign|pki request|pki new-cert|generate|monitor|unmonitor|keystore add|keystore create':
        'config_change',
      'unmonitor all|keystore remove|ca remove|uninstall|shutdown-agent|remove': 'infra_destroy',
    },
  }),
  service({
    names: 'zabbix_get check_nrpe',
    options: '-s= -p= -k= -I= -t= -H= -c= -a= -u',
    ownVerbsOnly: true,
    bare: 'read',
    otherwise: 'read',
  }),
  service({
    names: 'rsyslog-status auditctl-status jaeger zipkin skywalking swctl signoz osqueryctl',
    ownVerbsOnly: true,
    paths: {
      'status|config-check|get|list|service list|instance ls|trace|metrics': 'read',
      'start|stop|restart|clean': 'process_control',
    },
    flags: { '--server': ELSEWHERE },
    options: '--server=',
  }),
];
