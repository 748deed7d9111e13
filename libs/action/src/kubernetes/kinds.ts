/** What kinds of Kubernetes objects mean: which hold others, which carry data, which guard, which run code. */

/** Removing one removes what is in it or the data that it stands for. */
export const WIDE: ReadonlySet<string> = new Set(
  'Namespace Project PersistentVolume PersistentVolumeClaim CustomResourceDefinition Node StorageClass VolumeSnapshot VolumeSnapshotContent APIService Cluster Kafka KafkaTopic Postgresql PostgresCluster Elasticsearch MongoDB RedisCluster VaultSecretStore Tenant Application ApplicationSet Kustomization HelmRelease AppProject'.split(
    ' ',
  ),
);

/** They keep something from happening: removing or changing one lets it happen. */
export const GUARDS: ReadonlySet<string> = new Set(
  'NetworkPolicy ClusterNetworkPolicy GlobalNetworkPolicy CiliumNetworkPolicy CiliumClusterwideNetworkPolicy AdminNetworkPolicy BaselineAdminNetworkPolicy ResourceQuota LimitRange PodDisruptionBudget PodSecurityPolicy SecurityContextConstraints ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding MutatingAdmissionPolicy MutatingAdmissionPolicyBinding ClusterPolicy Policy PolicyException AuthorizationPolicy PeerAuthentication RequestAuthentication ConstraintTemplate Config Assign AssignMetadata'.split(
    ' ',
  ),
);

export const ACCESS: ReadonlySet<string> = new Set('Role ClusterRole RoleBinding ClusterRoleBinding'.split(' '));

export const WEBHOOKS: ReadonlySet<string> = new Set(['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration']);

/** They ask a question of the API and change nothing. */
export const QUESTIONS: ReadonlySet<string> = new Set(
  'TokenReview SubjectAccessReview SelfSubjectAccessReview LocalSubjectAccessReview SelfSubjectRulesReview SelfSubjectReview ComponentStatus'.split(
    ' ',
  ),
);

/** They say what is recorded. */
export const RECORDS: ReadonlySet<string> = new Set([
  'AuditSink',
  'ClusterLogForwarder',
  'ClusterOutput',
  'ClusterFlow',
  'Falco',
  'FalcoRule',
  'TracingPolicy',
]);

/** They make something reachable from outside. */
export const OPENINGS: ReadonlySet<string> = new Set(
  'Ingress IngressRoute IngressRouteTCP Gateway HTTPRoute GRPCRoute TCPRoute TLSRoute UDPRoute Route VirtualService HTTPProxy ServiceEntry'.split(
    ' ',
  ),
);

/** Something else brings what they name into the cluster, again and again. */
export const BRINGERS: ReadonlySet<string> = new Set(
  'Application ApplicationSet HelmRelease HelmChart Kustomization GitRepository OCIRepository HelmRepository Bucket'.split(' '),
);

/** They run again without being asked. */
export const SCHEDULES: ReadonlySet<string> = new Set(['CronJob', 'CronWorkflow', 'ScheduledJob', 'DaemonSet', 'EventListener']);

/** Capabilities that reach out of a container. */
export const STRONG_CAPABILITIES: ReadonlySet<string> = new Set(
  'ALL SYS_ADMIN SYS_PTRACE SYS_MODULE SYS_RAWIO SYS_BOOT SYS_TIME NET_ADMIN NET_RAW DAC_READ_SEARCH DAC_OVERRIDE BPF PERFMON SYSLOG MKNOD AUDIT_CONTROL MAC_ADMIN MAC_OVERRIDE SETFCAP'.split(
    ' ',
  ),
);

/** Places of a node that give it away when they are mounted. */
export const STRONG_PATHS =
  /^\/+(?:$|(?:etc|root|home|proc|sys|dev|boot|run|bin|sbin|lib|lib64|usr|opt|var\/?$|var\/(?:run|lib|log))(?:\/|$))/;

export const STRONG_ROLES: ReadonlySet<string> = new Set([
  'cluster-admin',
  'admin',
  'edit',
  'system:masters',
  'system:node',
  'system:controller:clusterrole-aggregation-controller',
]);

/** Everybody, or nearly. */
export const EVERYBODY: ReadonlySet<string> = new Set([
  'system:anonymous',
  'system:unauthenticated',
  'system:authenticated',
  'system:serviceaccounts',
]);
