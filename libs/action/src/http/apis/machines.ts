/** Engines that run things: Kubernetes, Docker, Podman, Nomad, Kong, Kafka REST, RabbitMQ, Ray, Spark, Airflow, Trino. */
import type { Api } from './api.ts';

const KUBERNETES: Api = {
  name: 'Kubernetes',
  vendor: ['eks.amazonaws.com', 'azmk8s.io', 'k8s.ondigitalocean.com'],
  ports: [6443, 16443],
  labels: ['kubernetes', 'kube-apiserver'],
  starts: ['api/v1/namespaces', 'api/v1/nodes', 'api/v1/pods', 'apis/apps', 'apis/batch', 'apis/rbac.authorization.k8s.io'],
  routes: [
    ['GET|HEAD', '/api/v1/secrets', 'secret_read unbounded'],
    ['GET|HEAD', '/api/v1/namespaces/:ns/secrets/**', 'secret_read bounded namespace=:ns'],
    ['GET|HEAD', '/**', '@kubernetesGet'],
    ['POST', '/apis/authorization.k8s.io/**', 'read', 'asks what is allowed'],
    ['POST', '/apis/authentication.k8s.io/*/tokenreviews', 'read'],
    ['POST', '/api/v1/namespaces/:ns/serviceaccounts/*/token', 'secret_read one namespace=:ns', 'issues a token'],
    ['POST', '/api/v1/namespaces/:ns/pods/:pod/exec|attach', 'code_execution one pod=:pod', 'runs a command in the pod'],
    ['POST', '/api/v1/namespaces/:ns/pods/:pod/eviction', 'process_control one pod=:pod'],
    ['POST|PUT|PATCH|DELETE', '/apis/rbac.authorization.k8s.io/**', 'privilege_change'],
    ['DELETE', '/api/v1/namespaces/:ns', 'infra_destroy unbounded namespace=:ns', 'the namespace and everything in it'],
    ['DELETE', '/**', '@kubernetesDelete'],
    ['POST', '/**', '@kubernetesObject:infra_create'],
    ['PUT|PATCH', '/**', '@kubernetesObject:infra_change'],
  ],
};

const DOCKER: Api = {
  name: 'Docker Engine',
  ports: [2375, 2376],
  labels: ['docker'],
  starts: ['containers/json', 'containers/create', 'images/json', 'images/create', 'libpod'],
  base: ['v1.*'],
  routes: [
    ['GET|HEAD', '/containers/*/export|archive', 'export one', 'takes files out of the container'],
    ['GET|HEAD', '/images/*/get', 'export one'],
    ['GET', '/containers/*/attach/ws', 'code_execution one', 'talks to the process in the container'],
    ['GET|HEAD', '/**', 'read bounded'],
    ['POST', '/auth', 'secret_read', 'sends credentials'],
    ['POST', '/containers/create', '@dockerCreate'],
    ['POST', '/containers/:id/exec', '@dockerExec'],
    ['POST', '/exec/**', 'code_execution one', 'runs a command in the container'],
    ['POST', '/containers/:id/start|unpause|wait|resize|rename', 'process_control one container=:id'],
    ['POST', '/containers/:id/stop|restart|kill|pause|update|attach', 'process_control one container=:id'],
    ['POST', '/containers/prune', 'delete bounded', 'every stopped container'],
    ['POST', '/images|networks|build/prune', 'infra_destroy bounded'],
    ['POST', '/volumes/prune', 'infra_destroy unbounded', 'every volume that nobody uses'],
    ['PUT', '/containers/:id/archive', 'write one container=:id'],
    ['DELETE', '/containers/:id', 'infra_destroy one container=:id'],
    ['DELETE', '/images/:id', 'infra_destroy one image=:id'],
    ['DELETE', '/volumes/:id', 'infra_destroy one volume=:id', 'the volume and the data in it'],
    ['DELETE', '/**', 'infra_destroy one'],
    ['POST', '/images/create', 'infra_create one'],
    ['POST', '/images/*/push|**', 'export one'],
    ['POST', '/build', 'code_execution one', 'runs the steps of a Dockerfile'],
    ['POST', '/volumes|networks|secrets|configs|services/create', 'infra_create one'],
    ['POST', '/swarm|nodes|plugins|services/**', 'infra_change one'],
  ],
};

const NOMAD: Api = {
  name: 'Nomad',
  ports: [4646],
  labels: ['nomad'],
  base: ['v1'],
  routes: [
    ['GET|HEAD', '/var|vars/**', 'secret_read bounded'],
    ['GET|HEAD', '/**', 'read bounded'],
    ['POST|PUT', '/job/*/plan', 'read'],
    ['POST|PUT', '/validate|search/**', 'read'],
    ['DELETE', '/job/:id', 'infra_destroy one job=:id'],
    ['POST|PUT|DELETE', '/acl/**', 'privilege_change'],
    ['POST|PUT', '/client/allocation/*/exec', 'code_execution one'],
    ['POST|PUT', '/node|allocation|client|system/**', 'process_control one'],
    ['DELETE', '/**', 'infra_destroy one'],
    ['POST|PUT', '/**', 'infra_change one'],
  ],
};

const KONG: Api = {
  name: 'Kong',
  ports: [8001, 8444],
  labels: ['kong'],
  starts: ['services', 'routes', 'upstreams', 'consumers', 'plugins'],
  needsPortAndStart: true,
  routes: [
    ['GET|HEAD', '/**', 'read bounded'],
    ['POST|PUT|PATCH|DELETE', '/consumers|acls|key-auths|jwts|rbac|admins/**', 'privilege_change'],
    ['DELETE', '/**', 'infra_destroy one'],
    ['POST|PUT|PATCH', '/**', 'infra_change one'],
  ],
};

const RABBITMQ: Api = {
  name: 'RabbitMQ',
  ports: [15672, 15671],
  labels: ['rabbitmq', 'rabbit'],
  starts: ['api/queues', 'api/exchanges', 'api/vhosts'],
  base: ['api'],
  routes: [
    ['GET|HEAD', '/definitions/**', 'secret_read unbounded', 'holds the digests of passwords'],
    ['GET|HEAD', '/**', 'read bounded'],
    ['DELETE', '/queues/*/:queue/contents', 'delete unbounded queue=:queue', 'every message of the queue'],
    ['POST', '/queues/*/:queue/get', '@ackmode'],
    ['POST', '/exchanges/*/:exchange/publish', 'write one exchange=:exchange'],
    ['DELETE', '/queues|exchanges/*/:name', 'schema_drop one queue=:name'],
    ['DELETE', '/vhosts/:name', 'schema_drop unbounded vhost=:name', 'the host and every queue in it'],
    ['DELETE', '/connections/**', 'process_control one'],
    ['PUT|POST|DELETE', '/users|permissions|topic-permissions/**', 'privilege_change'],
    ['PUT|POST', '/queues|exchanges|bindings|vhosts/**', 'schema_change one'],
    ['PUT|POST|DELETE', '/**', 'config_change one'],
  ],
};

const KAFKA_REST: Api = {
  name: 'Kafka REST',
  ports: [8082],
  labels: ['kafka-rest'],
  starts: ['v3/clusters'],
  needsPortAndStart: true,
  routes: [
    ['GET|HEAD', '/**', 'read bounded'],
    ['DELETE', '/v3/clusters/*/topics/:topic', 'schema_drop one topic=:topic', 'drops the topic and its messages'],
    ['POST', '/v3/clusters/*/topics/:topic/records', 'write bounded topic=:topic'],
    ['POST', '/v3/clusters/*/topics', 'schema_change one'],
    ['POST|DELETE', '/v3/clusters/*/acls/**', 'privilege_change'],
    ['POST|PUT|DELETE', '/v3/**', 'config_change'],
    ['POST', '/topics/:topic/**', 'write bounded topic=:topic'],
    ['POST|DELETE', '/consumers/**', 'session'],
  ],
};

const KAFKA_CONNECT: Api = {
  name: 'Kafka Connect',
  ports: [8083],
  starts: ['connectors', 'connector-plugins'],
  needsPortAndStart: true,
  routes: [
    ['GET|HEAD', '/**', 'read bounded'],
    ['PUT', '/connector-plugins/*/config/validate', 'read'],
    ['DELETE', '/connectors/:name', 'infra_destroy one connector=:name'],
    ['PUT|POST', '/connectors/*/pause|resume|restart|stop|tasks/**', 'process_control one'],
    ['PUT|POST|PATCH|DELETE', '/**', 'infra_change one'],
  ],
};

const SCHEMA_REGISTRY: Api = {
  name: 'Schema Registry',
  ports: [8081],
  labels: ['schema-registry'],
  starts: ['subjects', 'schemas/ids'],
  needsPortAndStart: true,
  routes: [
    ['GET|HEAD', '/**', 'read bounded'],
    ['POST', '/compatibility/**', 'read'],
    ['POST', '/subjects/:subject', 'read'],
    ['DELETE', '/subjects/:subject/**', 'schema_drop one subject=:subject'],
    ['POST', '/subjects/:subject/versions', 'schema_change one subject=:subject'],
    ['PUT|DELETE', '/config|mode/**', 'config_change'],
  ],
};

const AIRFLOW: Api = {
  name: 'Airflow',
  labels: ['airflow'],
  starts: ['api/v1/dags', 'api/v2/dags'],
  routes: [
    ['GET|HEAD', '/api/*/connections|variables/**', 'secret_read bounded'],
    ['GET|HEAD', '/**', 'read bounded'],
    ['POST', '/api/*/dags/:dag/dagRuns', 'code_execution one dag=:dag', 'starts a run'],
    ['DELETE', '/api/*/dags/:dag/**', 'infra_destroy one dag=:dag'],
    ['POST|PATCH|DELETE', '/api/*/connections|variables|users|roles/**', 'config_change'],
    ['POST|PATCH', '/**', 'process_control one'],
    ['DELETE', '/**', 'infra_destroy one'],
  ],
};

const TRINO: Api = {
  name: 'Trino',
  labels: ['trino', 'presto'],
  starts: ['v1/statement'],
  routes: [
    ['POST', '/v1/statement', '@sql:generic:query'],
    ['GET|HEAD', '/**', 'read bounded'],
    ['DELETE', '/v1/query|statement/**', 'process_control one'],
    ['PUT', '/v1/query/**', 'process_control one'],
  ],
};

export const MACHINE_APIS: readonly Api[] = [
  KUBERNETES,
  DOCKER,
  NOMAD,
  KONG,
  RABBITMQ,
  KAFKA_REST,
  KAFKA_CONNECT,
  SCHEMA_REGISTRY,
  AIRFLOW,
  TRINO,
];
