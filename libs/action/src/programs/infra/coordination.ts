/** Stores that clusters coordinate by, and schedulers: etcd, consul, nomad, ZooKeeper. */
import type { Program } from '../program.ts';
import { service } from './by-verb.ts';
import { acts, does, subs } from './shorthand.ts';

const ELSEWHERE = 'network: another server than the one that is set up';
const CONSUL =
  '-http-addr= -token= -token-file= -ca-file= -client-cert= -client-key= -datacenter= -namespace|-ns= -partition= -tls-server-name= -stale -format= -detailed -base64 -recurse -keys -separator= -cas -flags= -modify-index= -acquire -release -session= -id= -name= -description= -policy-name= -role-name= -policy-id= -accessor-id= -wan -status= -segment= -near= -service= -node= -tag= -pass-on= -child-exit-code -monitor-retry= -n= -timeout= -try= -verbose -shell? -prune -self -expanded -secret= -type= -bind-type= -service-name= -local-only -kind= -filename= -meta -file= -reason=';

export const COORDINATION: readonly Program[] = [
  service({
    names: 'consul',
    runs: [
      { as: 'shell', from: '1..', when: '@0=exec #>1' },
      { as: 'argv', from: '2..', when: '@0=lock #>2' },
    ],
    syntax: 'go',
    options: CONSUL,
    ownVerbsOnly: true,
    paths: {
      'members|info|version|catalog|catalog nodes|catalog services|catalog datacenters|kv get|monitor|operator raft list-peers|operator autopilot get-config|operator autopilot state|operator area list|operator area members|operator usage|operator usage instances|config read|config list|intention list|intention get|intention check|intention match|acl policy list|acl policy read|acl role list|acl role read|acl token list|acl binding-rule list|acl auth-method list|acl auth-method read|acl bootstrap --help|snapshot inspect|rtt|validate|services list|peering list|peering read|connect ca get-config|namespace list|namespace read|partition list|troubleshoot proxy|troubleshoot upstreams|troubleshoot ports|operator raft transfer-leader --help|login --help|event list|resource read|resource list|keyring -list|health':
        'read',
      'kv export|snapshot save': 'export unbounded',
      'kv put|kv import': 'infra_change: changes what is stored',
      'kv delete': 'infra_destroy',
      'snapshot restore': 'infra_destroy unbounded: the state is replaced',
      'acl token create|acl token update|acl token delete|acl token clone|acl policy create|acl policy update|acl policy delete|acl role create|acl role update|acl role delete|acl set-agent-token|acl binding-rule create|acl binding-rule update|acl binding-rule delete|acl auth-method create|acl auth-method update|acl auth-method delete|acl templated-policy|intention create|intention delete|acl translate-rules|keyring':
        'privilege_change',
      'acl bootstrap|acl token read|keygen|connect ca --help|tls ca create|tls cert create|peering generate-token': 'secret_read',
      'services deregister|config delete|operator raft remove-peer|operator area delete|namespace delete|partition delete|peering delete|force-leave|leave|resource delete':
        'infra_destroy',
      'services register|config write|operator autopilot set-config|operator raft transfer-leader|connect ca set-config|connect expose|connect proxy --help|join|maint|reload|namespace create|namespace update|namespace write|partition create|peering establish|operator area create|operator area join|operator area update|resource apply|license put|license reset':
        'infra_change',
      'exec|lock|watch|connect envoy|event': 'code_execution: runs a command on nodes or on changes',
      'agent|connect proxy': 'process_control',
      'login|logout': 'identity_change',
      'license get': 'read',
    },
    flags: { '-http-addr': ELSEWHERE },
  }),
  service({
    names: 'nomad nomad-pack',
    runs: [{ as: 'argv', from: '3..', when: '@0=alloc @1=exec #>3', at: { type: 'container', on: '2' } }],
    syntax: 'go',
    options:
      '-address= -region= -namespace= -token= -ca-cert= -client-cert= -client-key= -tls-skip-verify -no-color -force-color -json -t= -verbose -short -detach -check-index= -purge -global -no-shutdown-delay -evals -all-allocs -stats -allocs -self -enable -disable -force -deadline= -ignore-system -keep-ineligible -m= -meta= -yes|-y -task= -job= -f -stderr -tail -n= -c= -signal= -s= -i= -e= -all -hcl2-strict -var= -var-file= -out= -per-page= -filter= -page-token= -type= -policy= -name= -ttl= -id-prefix-template= -group= -monitor -preserve-counts -max-wait=',
    ownVerbsOnly: true,
    paths: {
      'status|job status|job inspect|job history|job plan|plan|job validate|validate|job allocs|job deployments|job eval --help|job tag list|job action --help|job scaling-events|inspect|alloc status|alloc logs|logs|alloc fs|fs|alloc checks|node status|deployment status|deployment list|eval status|eval list|server members|server-members|namespace list|namespace status|namespace inspect|quota list|quota status|quota inspect|volume status|plugin status|operator raft list-peers|operator autopilot get-config|operator autopilot health|operator scheduler get-config|operator api --help|operator metrics|operator debug|operator snapshot inspect|operator snapshot state|operator root keyring list|operator client-state|acl policy list|acl policy info|acl token list|acl token self|acl role list|acl role info|acl auth-method list|acl auth-method info|acl binding-rule list|agent-info|ui|version|var list|service list|service info|scaling policy list|scaling policy info|recommendation list|recommendation info|sentinel list|sentinel read|system --help|fmt|monitor|license get|node pool list|node pool info|node pool nodes|node pool jobs|operator utilization|setup --help|registry list|info|render|list':
        'read',
      'var get|acl token create|acl token info|acl bootstrap|operator gossip keyring generate|operator gossip keyring list|tls ca create|tls cert create|operator keygen|login':
        'secret_read',
      'operator snapshot save': 'export unbounded',
      'operator snapshot restore': 'infra_destroy unbounded: the state is replaced',
      'job run|run|job dispatch|job periodic force|job action|job init|job promote|job revert|job scale|job eval|job start|job tag apply|job tag unset|deployment promote|deployment pause|deployment resume|deployment unblock|scale':
        'infra_change',
      'job stop|stop': 'infra_destroy: the job with its allocations',
      'job restart|alloc stop|alloc restart|alloc signal|alloc pause|deployment fail|node eligibility|node config|server force-leave|operator client-gc':
        'process_control',
      'alloc exec|exec|job exec': 'code_execution: a command in an allocation',
      'operator api': 'opaque: a request of any kind',
      'node drain': 'infra_change bounded: moves everything off the node',
      'namespace delete|quota delete|volume delete|volume deregister|volume detach|operator raft remove-peer|node purge|var purge|service delete|eval delete|system gc|node pool delete|sentinel delete|operator root keyring remove|destroy|volume snapshot delete':
        'infra_destroy unbounded',
      'namespace apply|quota apply|quota init|volume register|volume create|volume init|volume snapshot create|operator autopilot set-config|operator scheduler set-config|operator raft transfer-leadership|operator root keyring rotate|system reconcile summaries|node meta apply|var put|var lock|node pool apply|recommendation apply|recommendation dismiss|server join|license put|node pool init|var init|sentinel apply|setup consul|setup vault|registry add|registry delete|node meta read':
        'infra_change',
      'acl policy apply|acl policy delete|acl token update|acl token delete|acl role create|acl role update|acl role delete|acl auth-method create|acl auth-method update|acl auth-method delete|acl binding-rule create|acl binding-rule update|acl binding-rule delete|operator gossip keyring install|operator gossip keyring use|operator gossip keyring remove':
        'privilege_change',
      agent: 'process_control',
    },
    flags: { '-address': ELSEWHERE },
  }),
  {
    names: ['etcdctl', 'etcdutl'],
    options:
      '--help|-h --endpoints= --cacert= --cert= --key= --user= --password= -w|--write-out= --prefix --from-key --keys-only --print-value-only --limit= --rev= --consistency= --sort-by= --order= --count-only --hex --prev-kv --lease= --ignore-value --ignore-lease --physical --command-timeout= --dial-timeout= --debug --insecure-skip-tls-verify --insecure-transport? --cluster --data-dir= --wal-dir= --name= --initial-cluster= --initial-cluster-token= --initial-advertise-peer-urls= --skip-hash-check --bump-revision= --mark-compacted --peer-urls= --learner --interactive? -i --progress-notify --keys --discovery-srv= --target= --range --new-user-password= --no-password',

    sub: subs({
      get: {
        does: [
          ...acts('read', 'key', '!@0^/registry/secrets|/registry/serviceaccounts'),
          {
            kind: 'secret_read',
            when: '@0^/registry/secrets|@0=/|/registry|/registry/|',
            on: '0',
            type: 'key',
            why: 'the secrets of a cluster',
          },
        ],
      },
      'endpoint health|status|hashkv, member list, alarm list, user list|get, role list|get, lease list|timetolive, snapshot status, version, auth status, check perf|datascale, hashkv, elect --help, watch, completion':
        does('read', 'key'),
      put: does('write', 'key'),
      'del, rm': {
        does: [
          ...acts('infra_destroy', 'key', '!--prefix !--from-key #<2'),
          ...acts('infra_destroy unbounded: every key of a range', 'key', '--prefix|--from-key|#>1'),
        ],
      },
      txn: does('opaque: operations that come by standard input'),
      'snapshot save': does('export unbounded: every key and secret', 'file'),
      'snapshot restore': does('infra_destroy unbounded: the state is replaced', 'file'),
      'compact, compaction, defrag, alarm disarm, move-leader, member add, member update, member promote, lease grant, lease keep-alive, downgrade enable|cancel|validate, migrate':
        does('infra_change', 'member'),
      'lease revoke, member remove': does('infra_destroy', 'member'),
      'user add|delete|passwd|grant-role|revoke-role, role add|delete|grant-permission|revoke-permission, auth enable|disable':
        does('privilege_change', 'user'),
      'elect, lock': does('code_execution: may run a command while it holds the lock', 'lock'),
      'make-mirror': does('export unbounded: copies every key to another cluster', 'host'),
    }),
  },
  service({
    names: 'zkCli zkCli.sh zookeeper-shell zookeeper-shell.sh zkcli',
    options: '-server= -timeout= -r -s -w -R',
    syntax: 'go',
    ownVerbsOnly: true,
    depth: 3,
    verbs: {
      'ls|ls2|get|stat|getAcl|getAllChildrenNumber|getEphemerals|listquota|config|history|sync|whoami|version': 'read',
      'create|set': 'write',
      'delete|rmr|deleteall|delquota': 'infra_destroy unbounded',
      'setAcl|addauth|setquota|reconfig|removewatches': 'privilege_change',
    },
    bare: 'opaque: commands come by standard input',
    otherwise: 'opaque: commands come by standard input',
  }),
  service({
    names: 'serf patronictl repmgr pg_autoctl stolonctl corosync-cfgtool pcs crm crm_resource crm_mon cman_tool keepalived',
    options:
      '-c|--config-file= -d|--dcs-url= -k|--insecure --force -f= --cluster= --pgdata= --group= --candidate= --leader= --cluster-name= --store-backend= -h|--host= -rpc-addr=',
    paths: {
      'list|topology|history|show-config|version|members|status|clusterdata|spec|cluster show|cluster status|node status|node check|service status|daemon status|show state|show settings|resource status|property show|constraint show|property list|stonith status|cluster crosscheck|query':
        'read',
      dsn: 'secret_read',
      'failover|switchover|restart|reload|reinit|pause|resume|flush|demote-cluster|promote-cluster|standby promote|standby switchover|standby follow|node rejoin|perform failover|perform switchover|enable maintenance|disable maintenance|failkeeper|promote|cluster stop|cluster start|resource move|resource restart|resource disable|resource enable|node standby|node unstandby|resource cleanup|stonith fence':
        'process_control',
      'edit-config|update|init|spec --help|register|resource create|property set|constraint location|standby register|primary register':
        'infra_change',
      'remove|remove-cluster|drop node|removekeeper|resource delete|cluster destroy|force-leave|leave|node remove|standby unregister|primary unregister|node delete':
        'infra_destroy unbounded',
      'query --help': 'read',
      'standby clone': 'write unbounded',
      'monitor|event': 'process_control',
    },
  }),
];
