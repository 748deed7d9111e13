/** Queues and streams beside Kafka: NATS, RabbitMQ, Pulsar, Redis' queues, Celery, Temporal, MQTT. */
import type { Program } from '../program.ts';
import { service } from './by-verb.ts';

const SENT = 'write one: adds a message';

export const MESSAGING: readonly Program[] = [
  service({
    names: 'nats nsc',
    options:
      '-s|--server= --user= --password= --connection-name= --creds= --nkey= --tlscert= --tlskey= --tlsca= --timeout= --socks-proxy= --js-api-prefix= --js-event-prefix= --js-domain= --inbox-prefix= --domain= --color= --context= --trace -f|--force --subjects= --config= --replicas= --storage= --retention= --purge --history= --ttl= --count= -j|--json --raw --last --all --queue= --reply= -H|--header= --wait= --tags= -n|--name= -a|--account=',
    paths: {
      'account info|account report|account report connections|account tls|stream list|stream ls|stream info|stream report|stream find|stream state|stream subjects|stream view|stream get|stream gaps|stream graph|stream cluster --help|str ls|str info|str report|str view|str get|consumer list|consumer ls|consumer info|consumer report|consumer graph|consumer find|con ls|con info|con report|kv list|kv ls|kv get|kv history|kv watch|kv status|kv info|kv view|bucket list|bucket ls|bucket info|object ls|object list|object info|object watch|obj ls|obj info|server list|server ls|server info|server report|server ping|server check|server graph|server account info|server config --help|server request|server cluster --help|server passwd --help|context ls|context list|context info|context show|events|latency|rtt|errors|errors ls|errors lookup|schema search|schema info|service list|service ls|service info|service stats|micro ls|micro info|micro stats|top|traffic|cheat|micro ping|describe|list|list keys|list accounts|list users|audit analyze|reply --help|auth account info|auth user info|auth account ls|auth user ls|trace':
        'read',
      'object get|obj get': 'read + write',
      'sub|subscribe': 'read',
      'pub|publish|request|req': SENT,
      'reply|service serve|micro serve': 'network',
      'consumer next|con next|consumer sub|con sub': 'read',
      'stream create|stream add|str add|str create|stream new|consumer create|consumer add|con add|con create|kv create|kv add|bucket create|bucket add|object add|object create|stream copy|consumer copy|stream edit|str edit|consumer edit|stream seal|stream restore|stream cluster step-down|consumer cluster step-down|consumer cluster|stream cluster|stream cluster balance|object seal|consumer pause|consumer resume|stream save|stream apply|server mappings|server cluster step-down|server config reload|kv upgrade|kv restore':
        'infra_change',
      'kv put|kv update|kv revert|kv create-key': 'write one',
      'object put|obj put': 'export',
      'stream backup|account backup|kv backup': 'export unbounded',
      'account restore': 'write unbounded',
      'stream delete|stream rm|str rm|str delete|stream del|kv delete-bucket|bucket delete|bucket rm|bucket del|object delete-bucket|object rm-bucket|obj del|object delete|object rm|object del|kv rm-bucket':
        'infra_destroy unbounded: with every message',
      'stream purge|str purge|kv purge|kv compact': 'delete unbounded',
      'stream rmm|str rmm|consumer delete|consumer rm|con rm|con delete|consumer del|kv del|kv delete|kv rm|stream peer-remove|stream cluster peer-remove|server raft peer-remove|server cluster peer-remove|account delete':
        'infra_destroy',
      'server raft step-down|server kick|account purge': 'infra_change',
      'context add|context create|context select|context edit|context delete|context rm|context copy|context unselect|context import':
        'config_change',
      'server passwd|auth nkey gen|auth user credential|auth user creds|generate creds|generate nkey|export keys|generate config':
        'secret_read',
      'add account|add user|edit account|edit user|delete account|delete user|revocations add-user|edit signing-key|push|pull|auth account add|auth user add|auth account edit|auth user edit|auth account rm|auth user rm|auth account push':
        'privilege_change',
      bench: 'write unbounded',
      'server run|server stop': 'process_control',
    },
  }),
  service({
    names: 'rabbitmqctl rabbitmq-diagnostics rabbitmq-queues rabbitmq-streams rabbitmq-upgrade rabbitmq-plugins',
    options:
      '-n|--node= -q|--quiet -s|--silent -t|--timeout= -l|--longnames -p|--vhost= --formatter= --table-headers --no-table-headers --online --offline --local --erlang-cookie= --apply-to= --priority= --cluster-name= --if-empty --if-unused --hard --all --global --dry-run -e|--enabled -m --verbose',
    ownVerbsOnly: true,
    paths: {
      'list_users|list_bindings|list_queues|list_exchanges|list_connections|list_channels|list_consumers|list_vhosts|list_permissions|list_user_permissions|list_topic_permissions|list_user_topic_permissions|list_policies|list_operator_policies|list_parameters|list_global_parameters|list_feature_flags|list_ciphers|list_hashes|list_unresponsive_queues|list_vhost_limits|list_user_limits|list_stream_connections|list_stream_publishers|list_stream_consumers|list_node_auth_attempt_stats|list_amqp10_connections|list_mqtt_connections|list_stomp_connections|status|cluster_status|environment|report|node_health_check|ping|help|version|await_startup|await_online_nodes|schema_info|authenticate_user|check_alarms|check_local_alarms|check_running|check_local_running|check_port_connectivity|check_port_listener|check_protocol_listener|check_virtual_hosts|check_certificate_expiration|check_if_cluster_has_classic_queue_mirroring_policy|alarms|listeners|memory_breakdown|observer|os_env|runtime_thread_stats|server_version|erlang_version|is_booting|is_running|log_location|log_tail|log_tail_stream|command_line_arguments|consume_event_stream|disk_effective|resolve_hostname|maybe_stuck|quorum_status|peek|check_if_node_is_quorum_critical|check_if_node_is_mirror_sync_critical|list|is_enabled|directories|decode|hash_password|tls_versions|certificates|trace --help|set --help|list_stream_tracking|stream_status|stats|cipher_suites|info|list_deprecated_features|metadata_store_status|check_if_any_deprecated_features_are_used':
        'read',
      'erlang_cookie_sources|erlang_cookie_hash|remote_shell --help|encode': 'read',
      export_definitions: 'export unbounded: with the users and their hashes',
      import_definitions: 'infra_change unbounded',
      'add_user|change_password|clear_password|set_user_tags|set_permissions|clear_permissions|set_topic_permissions|clear_topic_permissions|set_user_limits|clear_user_limits|clear_auth_backend_cache|rotate_logs --help':
        'privilege_change',
      delete_user: 'infra_destroy + privilege_change',
      'add_vhost|set_policy|set_operator_policy|clear_policy|clear_operator_policy|set_parameter|clear_parameter|set_global_parameter|clear_global_parameter|set_cluster_name|set_disk_free_limit|set_vm_memory_high_watermark|set_vhost_limits|clear_vhost_limits|set_vhost_tags|update_vhost_metadata|enable_feature_flag|enable|disable|set|join_cluster|update_cluster_nodes|rename_cluster_node|set_log_level|sync_queue|cancel_sync_queue|add_member|add_replica|grow|rebalance|rotate_logs|trace_on|trace_off|set_permissions_globally|reclaim_quorum_memory|restart_stream|activate_free_disk_space_monitoring|deactivate_free_disk_space_monitoring|restart_vhost|post_upgrade|drain|revive|await_online_quorum_plus_one|coordinator_status|activate_all_stable_feature_flags|enable_feature_flag all':
        'infra_change',
      purge_queue: 'delete unbounded: every message of the queue',
      'delete_queue|delete_vhost|reset|force_reset|delete_all_queues|force_boot|delete_exchange':
        'infra_destroy unbounded: with every message',
      'forget_cluster_node|delete_member|delete_replica|shrink|clear_all_user_limits|close_all_user_connections|delete_shovel|delete_super_stream':
        'infra_destroy',
      'close_connection|close_all_connections|stop|stop_app|start_app|shutdown|restart_shovel|suspend_all_listeners|resume_all_listeners|wait|decommission_mqtt_node|restart_federation_link|quiesce':
        'process_control',
      'eval|eval_file|exec|remote_shell': 'code_execution: runs Erlang in the broker',
    },
  }),
  service({
    names: 'rabbitmqadmin rabbitmqadmin-ng',
    options:
      '-c|--config= -N|--node= -H|--host= -P|--port= --path-prefix= -V|--vhost= -u|--username= -p|--password= -q|--quiet -s|--ssl -f|--format= -S|--sort= -k --timeout= -d --name=',
    ownVerbsOnly: true,
    paths: {
      'list|show|help|get --help|health_check|overview|streams list|definitions --help|feature_flags list|nodes list': 'read',
      'get|get messages': 'read',
      'publish|publish message': SENT,
      'declare|declare queue|declare exchange|declare binding|import|rebalance|shovels declare|federation declare':
        'infra_change',
      'declare user|declare permission|passwords|passwords salt_and_hash': 'privilege_change',
      'export|definitions export': 'export unbounded: with the users and their hashes',
      'definitions import': 'infra_change unbounded',
      'delete|delete exchange|delete binding|delete policy|delete parameter|delete shovel|shovels delete|shovels delete_all':
        'infra_destroy',
      'delete queue|delete vhost|delete stream': 'infra_destroy unbounded: with every message',
      'delete user|delete permission': 'infra_destroy + privilege_change',
      'purge|purge queue': 'delete unbounded: every message of the queue',
      'close|close connection|close connections': 'process_control',
    },
  }),
  service({
    names: 'pulsar-admin pulsarctl pulsar pulsar-client pulsar-perf',
    options:
      '--admin-url= --auth-plugin= --auth-params= --url= -f|--force -s|--subscription= -n|--number= -p|--partitions= -t= -m= --messages= -l --tenant= --namespace= --clusters= -r= --size= -d',
    compound: true,
    paths: {
      'topics list|topics stats|topics partitioned-stats|topics stats-internal|topics info-internal|topics lookup|topics permissions|topics subscriptions|topics peek-messages|topics get-retention|topics list-partitioned-topics|topics get-partitioned-topic-metadata|namespaces list|namespaces policies|namespaces topics|namespaces permissions|namespaces get-retention|tenants list|tenants get|clusters list|clusters get|brokers list|brokers healthcheck|brokers leader-broker|brokers namespaces|brokers get-all-dynamic-config|bookies list-bookies|bookies racks-placement|functions list|functions get|functions status|functions stats|sinks list|sinks status|sources list|sources status|schemas get|broker-stats load-report|broker-stats topics|ns-isolation-policy list|resourcegroups list|packages list|consume|read|version|topics examine-messages|topics get-message-by-id|topics last-message-id|namespaces get-backlog-quotas|functions querystate':
        'read',
      produce: SENT,
      'topics delete|topics delete-partitioned-topic|namespaces delete|tenants delete|clusters delete|functions delete|sinks delete|sources delete|topics truncate|ledger delete':
        'infra_destroy unbounded: with every message',
      'topics clear-backlog|topics skip|topics skip-all|topics expire-messages|topics expire-messages-all-subscriptions|topics unsubscribe|namespaces clear-backlog|namespaces unsubscribe|schemas delete|topics reset-cursor':
        'infra_destroy unbounded: messages are lost to the subscription',
      'topics grant-permission|topics revoke-permission|namespaces grant-permission|namespaces revoke-permission|namespaces grant-subscription-permission|namespaces set-subscription-auth-mode':
        'privilege_change',
      'topics unload|topics compact|topics offload|topics terminate|namespaces unload|namespaces split-bundle|topics create-subscription|topics update-partitioned-topic':
        'infra_change',
      'functions trigger|functions create|functions localrun|functions update|sinks localrun|sources localrun|sinks create|sources create':
        'code_execution',
      'standalone|broker|bookie|zookeeper|proxy|websocket|initialize-cluster-metadata': 'process_control',
      'tokens create|tokens create-secret-key|tokens create-key-pair': 'secret_read',
    },
  }),
  service({
    names: 'celery rq rqworker dramatiq huey sidekiq sidekiqctl arq flower bull bee-queue',
    options:
      '-A|--app= -b|--broker= --workdir= -q -Q|--queues= -d|--destination= -f|--force -c= -l|--loglevel= -n|--hostname= -u|--url= --all -t|--timeout= -j|--json --result-backend= -E -a --args= --queue= -P|--pool=',
    ownVerbsOnly: true,
    paths: {
      'inspect|status|report|result|events|list|graph|info|inspect active|inspect scheduled|inspect reserved|inspect stats|inspect ping|inspect registered|inspect revoked|inspect conf|control --help|list bindings':
        'read',
      'purge|amqp queue.purge|empty|amqp queue.delete|amqp exchange.delete': 'delete unbounded: every task of the queues',
      'control shutdown|control pool_restart|suspend|resume|control autoscale|control cancel_consumer|control add_consumer|control pool_grow|control pool_shrink|control rate_limit|control time_limit|control enable_events|control disable_events|multi stop|multi restart|multi kill|quiet|stop':
        'process_control',
      'control revoke|control terminate|control revoke_by_stamped_headers|requeue|migrate|amqp': 'infra_change',
      'call|enqueue|shell': 'code_execution',
      'worker|beat|multi|multi start|flower|scheduler': 'process_control',
      upgrade: 'config_change',
      logtool: 'read',
    },
  }),
  service({
    names: 'temporal cadence tcld',
    options:
      '--address|--ad= -n|--namespace|--ns= --env= --command-timeout= -o|--output= --tls-ca-path= --tls-cert-path= --tls-key-path= -w|--workflow-id= -r|--run-id= -q|--query= --reason= -y|--yes -t|--task-queue= --type= -i|--input= --api-key= --tls --name= -s|--schedule-id= --limit= --retention=',
    ownVerbsOnly: true,
    compound: true,
    verbs: {
      'list|show|describe|count|stack|query|trace|result|get|observe|scan|health|status|metadata|history|listall|desc|get-task-queue-user-data|versions|check':
        'read',
      'start|execute|signal|signalwithstart|signal-with-start|run|backfill|trigger|update|update-options|reset|reset-batch|set|create|register|toggle|upsert|complete|fail|unpause|pause|add-or-update-remote-cluster|add-new-default|promote-set|promote-id-in-set|set-current-version|set-ramping-version|rename|enable|disable|fix-history|add|restore|execute-update-workflow':
        'infra_change',
      'cancel|terminate|batch-terminate|stop': 'process_control',
      'delete|remove|clean|purge|dlq-purge|prune|unregister|delete-version': 'infra_destroy',
    },
    paths: {
      'workflow start|workflow execute|activity start|workflow execute-update-workflow|schedule trigger|wf start|wf run|workflow run':
        'code_execution: starts a workflow',
      'operator namespace delete|operator namespace update|namespace delete': 'infra_destroy unbounded',
      'server start-dev': 'process_control',
      'env get|env list|env set|env delete|env rm|config set|config get|config list|config delete': 'config_change',
      'dlq purge|admin dlq purge|adm dlq purge|admin workflow delete|adm workflow delete|operator search-attribute remove|dlq delete':
        'infra_destroy unbounded',
      'login|logout|user invite|user set-account-role|apikey create': 'privilege_change',
    },
  }),
  service({
    names: 'mqtt',
    ownVerbsOnly: true,
    options: '-h= -t= -p= -u= -P= -m= -f= -l -n -s -i= -q= -r -L=',
    bare: SENT,
    otherwise: SENT,
    paths: { 'sub|ls|check': 'read' },
  }),
  service({
    names: 'mosquitto_passwd mosquitto_ctrl',
    ownVerbsOnly: true,
    options: '-h= -b -c -D -U -u= -P=',
    bare: 'privilege_change',
    otherwise: 'privilege_change',
  }),
  service({
    names: 'activemq artemis',
    options: '--user= --password= --url= --name= --destination= --message-count= --verbose',
    ownVerbsOnly: true,
    paths: {
      'queue stat|address show|check node|check queue|browser|query|list|bstat|data print|perf --help|dstat|consumer --help|user list|topic stat|check cluster':
        'read',
      consumer: 'read',
      'producer|producer --help': SENT,
      'queue delete|address delete|purge|queue purge|data imp|data compact': 'infra_destroy unbounded: with every message',
      'queue create|queue update|address create|address update|transfer|create': 'infra_change',
      'user add|user rm|user reset|mask': 'privilege_change',
      'run|start|stop|kill|restart|console': 'process_control',
      'data exp|export': 'export unbounded',
    },
  }),
  service({ names: 'nsq_tail nsq_stat', ownVerbsOnly: true, bare: 'read', otherwise: 'read' }),
  service({ names: 'to_nsq', ownVerbsOnly: true, bare: SENT, otherwise: SENT }),
  service({ names: 'nsq_to_file', ownVerbsOnly: true, bare: 'read + write', otherwise: 'read + write' }),
  service({
    names: 'beanstool',
    ownVerbsOnly: true,
    paths: { 'stats|tail|peek': 'read', put: SENT, 'delete|bury|kick': 'infra_destroy unbounded' },
  }),
];
