/** Pipelines: CircleCI, Jenkins, GitLab runners, Buildkite, Drone, Travis, act and their like. */
import type { Program } from '../program.ts';
import { service } from './by-verb.ts';
import { acts, does, subs } from './shorthand.ts';

const STARTS = 'code_execution: starts a pipeline';

/** The words behind `java -jar jenkins-cli.jar`, which java's own table hands on. */
const JENKINS: Readonly<Record<string, ReturnType<typeof does>>> = {
  'help, version, who-am-i, session-id, list-jobs, list-plugins, list-changes, list-credentials, list-credentials-context-providers, list-credentials-context-resolvers, list-credentials-providers, get-job, get-node, get-view, get-builds, console, get-gradle, declarative-linter, wait-node-online, wait-node-offline, get-credentials-domain-as-xml, export-configuration, check-configuration, mail':
    does('read', 'job'),
  'get-credentials-as-xml, list-credentials-as-xml': does('secret_read', 'credential'),
  'build, replay-pipeline, restart-from-stage, add-job-to-view, remove-job-from-view, enable-job, disable-job, update-job, copy-job, update-node, update-view, set-build-description, set-build-display-name, set-build-parameter, set-build-result, set-external-build-result, set-next-build-number, keep-build, apply-configuration, reload-configuration, reload-job, reload-jcasc-configuration, import-credentials-as-xml, update-credentials-by-xml, update-credentials-domain-by-xml, install-tool, enable-plugin, disable-plugin':
    does('infra_change', 'job'),
  'create-job, create-node, create-view': does('infra_create', 'job'),
  'create-credentials-by-xml, create-credentials-domain-by-xml': does('privilege_change', 'credential'),
  'delete-job, delete-node, delete-view, delete-builds, delete-credentials, delete-credentials-domain, clear-queue': does(
    'infra_destroy',
    'job',
  ),
  'install-plugin': does('code_execution: plugins are programs', 'plugin'),
  'groovy, groovysh': does('code_execution: runs Groovy in the server', 'script'),
  'safe-restart, restart, safe-shutdown, shutdown, quiet-down, cancel-quiet-down, stop-builds, connect-node, disconnect-node, offline-node, online-node':
    does('process_control', 'node'),
  'login, logout': does('identity_change', 'account'),
};

const JENKINS_OPTIONS =
  '-s= -url= -http -ssh -webSocket -auth= -user= -i= -noCertificateCheck -noKeyAuth -logger= -p= -strictHostKey -f -v -w -deploy -restart --help';

export const CICD: readonly Program[] = [
  { names: ['jenkins-cli', 'jcli', 'jenkins-cli.jar'], options: JENKINS_OPTIONS, sub: subs(JENKINS) },
  service({
    names: 'circleci circleci-cli',
    options:
      '--token= --host= --skip-update-check --debug --org-id= --org-slug= -c|--config= -o= --pipeline-parameters= --no-prompt --vcs= --org= --uncertified -u',
    paths: {
      'diagnostic|info|info org|version|context list|context show|orb list|orb info|orb source|orb list-categories|orb validate|orb diff|orb process|config validate|config process|config pack|config policy --help|pipeline list|pipeline get|workflow list|job list|namespace list|runner resource-class list|runner instance list|runner token list|project list|project secret list|policy fetch|policy logs|policy decide|policy test|policy diff|policy settings|certificate list|telemetry info|completion|open|dlc --help|env subst':
        'read',
      'context remove-secret|context delete|pipeline delete|namespace delete|orb unlist|orb remove-from-category|runner resource-class delete|runner token delete|project secret delete|project delete|orb delete|admin delete-namespace-alias|trigger delete|config delete|dlc purge|namespace alias delete':
        'infra_destroy',
      'context store-secret|project secret create|runner token create|context add-restriction|context restriction add':
        'privilege_change',
      'context create|orb create|orb init|orb publish|orb add-to-category|namespace create|namespace rename|runner resource-class create|project follow|project create|policy push|policy settings --enabled|orb pack|config generate|follow|trigger create':
        'infra_change',
      'pipeline run|pipeline create|run': STARTS,
      'local execute|build|local': 'code_execution: runs a job on this machine',
      'setup|update|switch|telemetry enable|telemetry disable|config migrate': 'config_change',
      'admin import-orb|admin rename-namespace|admin': 'infra_change',
    },
    flags: { '--host': 'network: another server than the one that is set up' },
  }),
  service({
    names: 'gitlab-runner gitlab-ci-multi-runner gitlab-rails gitlab-rake gitlab-ctl gitlab-backup gitlab-psql',
    options:
      '-c|--config= --debug --all-runners -n|--name= -u|--url= -t|--token= --executor= --description= --tag-list= -d|--working-directory= --service= -s --non-interactive|-n --skip= BACKUP=',
    paths: {
      'list|status|verify|help|version|tail|check-config|show-config|service-list|diff-config|get-redis-master|get-postgresql-primary|pgb-notify --help|registry-garbage-collect --help|hup --help|consul --help|once --help':
        'read',
      'verify --delete': 'infra_destroy',
      unregister: 'infra_destroy',
      'register|reset-token|set-geo-primary-node': 'infra_create',
      'start|stop|restart|run|run-single|hup|int|kill|term|usr1|usr2|graceful-kill|once|wrapper': 'process_control',
      'install|uninstall': 'persistence',
      'exec|runner|console|dbconsole': 'code_execution: runs what is not in this text',
      'reconfigure|renew-le-certs|upgrade|promote|promote-db|pg-upgrade|deploy-page|set-replication-password|patroni|praefect|geo|replicate-geo-database|revert-pg-upgrade|registry-database|write-pgpass|pg-password-md5':
        'infra_change',
      'cleanse|remove-accounts|uninstall --all|registry-garbage-collect|prometheus-upgrade': 'infra_destroy unbounded',
      'create|backup-etc': 'read + write: a backup',
      restore: 'infra_destroy unbounded: the state is replaced',
    },
    everything: '--all-runners',
    flags: {},
  }),
  service({
    names: 'buildkite-agent bk buildkite',
    options:
      '--token= --endpoint= --build= --job= --agent-access-token= --log-level= --no-color --queue= --name= --tags= --priority= --build-path= --hooks-path= --spawn= --pipeline= -b= -m= -p|--pipeline= -w|--web -y -o|--output=',
    paths: {
      'meta-data get|meta-data exists|meta-data keys|artifact search|artifact shasum|artifact download|env dump|env get|step get|build view|build list|build download|job list|job log|agent list|agent view|cluster list|cluster view|pipeline list|pipeline view|organization list|user list|artifacts list|artifacts download|whoami|api --help|pipeline validate|use --help|status':
        'read',
      'secret get|oidc request-token': 'secret_read',
      'meta-data set|annotate|annotation create|annotation remove|env set|env unset|step update|lock acquire|lock do|lock done|lock release|redactor add|pipeline create|pipeline update|pipeline convert|job retry|job unblock|build rebuild|build create|prompt|package push|tool sign':
        'infra_change',
      'pipeline upload|build new|job run|bootstrap|exec': STARTS,
      'artifact upload': 'export',
      'start|stop|agent stop|agent pause|agent resume|pause|resume|build cancel|step cancel|job cancel|job update':
        'process_control',
      'user invite': 'privilege_change',
      api: 'opaque: a request to any part of the service',
      'configure|use|init': 'config_change',
    },
  }),
  service({
    names:
      'drone woodpecker-cli woodpecker travis semaphore appveyor bitrise teamcity concourse fly-ci codefresh wercker screwdriver harness nevercode spacelift spacectl atlantis',
    options:
      '-t|--token= -s|--server= -r|--repo= -b|--branch= -e|--event= --org= -l= -p|--project= -a= -j= --force --format= --name= --data= --repository= -i --no-interactive --pro --com --api-endpoint= -c|--config=',
    paths: {
      'build ls|build info|build last|build logs|log view|repo ls|repo info|repo sync|secret ls|secret info|orgsecret ls|orgsecret info|cron ls|cron info|server ls|server info|user ls|user info|queue ls|queue info|info|lint|jsonnet|starlark|branches|show|history|logs|status|whatsup|monitor|raw|report|requests|settings|env list|pubkey|sshkey --help|accounts|cache --help|pipelines|builds|containers|workers|teams|volumes|resources|resource-versions|jobs|get-pipeline|check-resource|format-pipeline|validate-pipeline|validate|get team|get job|get jobs|get pipelines|get secrets --help|functions|doc|stack list|stack show|run list|pipeline ls|pipeline log|pipeline last|pipeline ps|pipeline show|whoami|token --help|workflows|annotations list':
        'read',
      'build create|build restart|build promote|build rollback|exec|pipeline start|pipeline create|pipeline approve|run|trigger-job|execute|build|local exec|call|restart|lint --run|trigger|rebuild|plugins exec':
        STARTS,
      'build stop|build kill|build decline|cancel|pipeline stop|pipeline kill|pipeline decline|abort-build|pause-job|unpause-job|pause-pipeline|unpause-pipeline|stop|pause|terminate':
        'process_control',
      'secret add|secret update|orgsecret add|orgsecret update|encrypt|encrypt-file|env set|env copy|env clear|registry add|registry update|user add|user update|user block|server create|repo chown|repo repair|repo update|repo enable|set-team|sshkey|create secret|global secret add|org secret add':
        'privilege_change',
      'token|env show|get secret|get secrets': 'secret_read',
      'secret rm|secret delete|orgsecret rm|cron rm|registry rm|user rm|log purge|log rm|queue pause|env unset|cache --delete|delete-cache|destroy-pipeline|delete-target|prune-worker|land-worker|clear-task-cache|clear-resource-cache|clear-versions|delete|remove|delete secret|delete project|delete dashboard|log delete|pipeline log purge|pipeline purge|repo rm|server destroy|disable':
        'infra_destroy',
      'repo disable|destroy-team|rename-team': 'infra_destroy unbounded',
      'set-pipeline|expose-pipeline|hide-pipeline|archive-pipeline|rename-pipeline|order-pipelines|pin-resource|unpin-resource|cron add|cron disable|cron enable|template add|template update|enable|init|setup|settings --set|sign|convert|apply|edit|create|update':
        'infra_change',
      'intercept|hijack|attach|sem attach|debug job|debug project|port-forward|ssh|interactive|console|shell|query':
        'code_execution: a shell in a container',
      'login|logout|connect|context': 'identity_change',
    },
  }),
  {
    names: ['act'],
    options:
      '--help|-h -l|--list -n|--dryrun -j|--job= -W|--workflows= -e|--eventpath= -s|--secret= --secret-file= --env= --env-file= -P|--platform= -g|--graph -r|--reuse -b|--bind --privileged -v|--verbose -q --version --input= --var= --container-options= --matrix= -C|--directory= -a|--actor= --defaultbranch= --artifact-server-path= --container-architecture= --validate --watch -w --pull? --rm --bug-report --list-options --man-page',
    otherOptions: 'harmless',
    does: [
      ...acts('read', 'workflow', '-l|-n|-g|--validate|--bug-report'),
      ...acts(
        'code_execution: runs a workflow on this machine',
        'workflow',
        '!-l !-n !-g !--validate !--help !--version !--bug-report',
      ),
    ],
  },
  service({
    names:
      'goreleaser semantic-release release-it lerna-release changesets release-please fastlane jfrog jf nexus-cli artifactory codecov sonar-scanner sonar-scanner-cli',
    options:
      '-f|--config= --snapshot --skip= --clean --dry-run|-d --repo-url= --token= --server-id= --url= --user= --password= --access-token= --recursive= --quiet --flat= --threads= --format= -t= -n',
    ownVerbsOnly: true,
    bare: 'infra_change: publishes',
    otherwise: 'infra_change: publishes',
    rehearsal: '--dry-run|--snapshot',
    paths: {
      'check|healthcheck|jsonschema|build|rt search|rt s|rt ping|rt p|config show|c show|rt curl --help|audit|scan|xr curl --help|lanes|action|actions|env|rt build-collect-env|rt bce|schema|bp --help|rt storage|status':
        'read',
      'rt upload|rt u|rt build-publish|rt bp|rt docker-push|rt dp': 'export',
      'rt download|rt dl': 'read + write',
      'rt delete|rt del|rt repo-delete|rt build-discard|rt bdi|rt users-delete|rt group-delete|rt replication-delete|rt permission-target-delete|rt dp-clean|ds rbdel|ds rbd|worker undeploy':
        'infra_destroy unbounded',
      'rt copy|rt cp|rt move|rt mv|rt set-props|rt sp|rt delete-props|rt build-promote|rt bpr|rt repo-create|rt repo-update|rt replication-create|worker deploy':
        'infra_change',
      'rt users-create|rt user-create|rt group-create|rt group-add-users|rt permission-target-create|rt permission-target-update|rt access-token-create|rt atc|access-token-create|atc':
        'privilege_change + secret_read',
      'config add|config edit|config remove|config use|c add|c rm|c use|config import|login|config export': 'config_change',
      'rt curl|xr curl': 'opaque: a request of any kind',
    },
  }),
];
