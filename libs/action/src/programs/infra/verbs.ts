/** The verbs that service tools share, by what they do; and the nouns whose removal takes everything that is inside with it. */
import type { Rule } from './shorthand.ts';

const SHARED: Readonly<Record<Rule, string>> = {
  none: 'version|completion|completions|autocomplete|docs|doc|man|changelog|licenses',
  read: `list|ls|l|get|show|describe|desc|info|inspect|view|cat|read|status|stat|state|history|search|find|query|lookup|resolve|count|retrieve|
    diff|compare|log|logs|tail|events|event|stats|statistics|top|versions|whoami|check|validate|verify|lint|test|plan|preview|
    explain|watch|wait|graph|tree|browse|open|health|healthcheck|ping|doctor|diagnose|diagnostic|diagnostics|summary|report|
    usage|metrics|current|exists|estimate|monitor|trace|peek|audit|facts|dashboard|url|members|head|outputs|output|render|
    get-default|self|me|size|du|df|topology|identity|download|dump|pull|fetch|extract|receive`,
  infra_create: `create|add|new|init|register|provision|launch|bootstrap|install|up|put|insert|import|attach|associate|allocate|
    request|start-deployment|generate|copy|cp|clone|fork|duplicate|subscribe|enroll|connect-repo|mb|mk|make`,
  infra_change: `update|set|edit|patch|modify|change|rename|mv|move|apply|deploy|redeploy|publish|release|promote|rollback|rollout|
    scale|resize|upgrade|migrate|enable|configure|config-set|assign|tag|label|annotate|lock|unlock|merge|approve|reject|
    transfer|reopen|close|comment|sync|refresh|restore|rotate|replace|convert|pin|unpin|archive|unarchive|activate|publish-message|
    push|pub|produce|send|post|submit|trigger|dispatch|run|rerun|retry|resolve-incident|ack|acknowledge|invoke|swap|undo|bind|
    mount|unmount|untag|upsert|save|write|upload|backup|snapshot-create|batch|execute-change|complete|reconcile|increase|decrease|
    expand|shrink|relocate|requeue|redrive|reindex|override|flush-config|toggle|turn-on|unlink|unassign`,
  infra_destroy: `delete|del|remove|rm|destroy|purge|erase|prune|drop|deregister|unregister|terminate|wipe|clear|clean|cleanup|
    teardown|uninstall|detach|disassociate|unsubscribe|empty|truncate|flush|expire|forget|evict|drain|decommission|unpublish|
    deprecate|retire|revoke|unset|reset|rb|rmi|down|trash|untaint|disconnect|deactivate|disable|nuke|gc|compact|leave|kick|ban`,
  process_control:
    'start|stop|restart|reboot|suspend|resume|pause|unpause|cancel|kill|abort|shutdown|halt|poweroff|power-off|power-on|hibernate|quit|failover|switchover|step-down|rebalance|fence',
  privilege_change: 'grant|add-permission|remove-permission|set-permissions|share|unshare|add-iam-policy-binding|set-iam-policy',
  identity_change: 'login|logout|signin|logoff|impersonate|assume|switch-user|auth',
  config_change: 'config|configure-local|use|switch|select|set-default|context|alias|setup',
  network: 'connect|tunnel|proxy|port-forward|forward|serve|listen|dev',
  'code_execution: runs what is not in this text': 'exec|ssh|console|shell|attach-shell|bash|eval|script',
};

/** From rule to verbs, turned round: by verbs. */
export const COMMON_VERBS: Readonly<Record<string, Rule>> = Object.fromEntries(
  Object.entries(SHARED).map(([rule, verbs]) => [verbs.replaceAll(/\s+/g, ''), rule]),
);

/** Verbs that are often nouns (`logging logs delete`): they hold only if there is no other verb. */
export const NOUNISH: ReadonlySet<string> = new Set(
  'log|logs|event|events|stat|stats|history|version|versions|test|plan|graph|tree|state|report|usage|metrics|monitor|trace|audit|check|query|config|context|alias|script|shell|release|tag|label|dashboard|url|members|health|output|outputs|identity|doc|docs|summary|backup|proxy|connect|facts|run|index|size|search|auth|self|info|deploy|link|pin|mount|write|comment|batch|merge|lock|save|sync|request|restore|open|watch|current|start|script|upload|dev|import|setup|up'.split(
    '|',
  ),
);

/** Removing one of these removes everything in it. */
export const CONTAINERS: ReadonlySet<string> = new Set(
  `account accounts org orgs organization organizations project projects group groups resource-group vault vaults stack stacks cluster
  clusters database databases db dbs instance-group namespace namespaces ns bucket buckets repo repos repository repositories space
  spaces app apps application applications site sites zone zones managed-zones environment environments env envs workspace workspaces
  keyspace keyspaces index indexes indices table tables tenant tenants realm realms subscription management-group service-group
  storage-account volume volumes pv pvc topic topics datacenter server-group team teams store stores registry registries collection
  collections network networks vpc vpcs key-ring catalog branch-database fleet pool pools`
    .split(/\s+/)
    .filter((word) => word !== ''),
);
