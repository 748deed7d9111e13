/** Tools around Kubernetes clusters: making them, deploying to them continuously, meshes, policies and backups of their parts. */
import type { Program } from '../program.ts';
import { service } from './by-verb.ts';

const KUBE = '--kubeconfig= --context= --kube-context= -n|--namespace= -o|--output= -f|--filename= -l|--selector= -v|--v=';

const ELSEWHERE = 'network: another server than the one that is set up';

export const CLUSTERS: readonly Program[] = [
  service({
    names: 'istioctl',
    options: `${KUBE} -i|--istioNamespace= -r|--revision= --set=`,
    paths: {
      'analyze|proxy-status|ps|proxy-config|pc|version|verify-install|validate|x describe|experimental describe|tag list|manifest generate|manifest diff|profile list|profile dump|profile diff|bug-report|x precheck|precheck|authz check|x authz check|x version':
        'read',
      'proxy-config secret|pc secret': 'secret_read',
      'install|upgrade|operator init|manifest apply|manifest install': 'infra_change',
      'uninstall|x uninstall|operator remove|tag remove': 'infra_destroy unbounded',
      'kube-inject': 'read',
      'create-remote-secret': 'secret_read',
      'admin log': 'config_change',
      'dashboard|d': 'network',
    },
    rehearsal: '--dry-run',
    flags: { '--kubeconfig': ELSEWHERE },
  }),
  service({
    names: 'argocd',
    options: `${KUBE} --server= --auth-token= --grpc-web --insecure --plaintext --config= --port-forward -p|--parameter= --project= --revision= --resource= -H|--header=`,
    paths: {
      'app get|app list|app diff|app history|app logs|app manifests|app wait|app resources|app actions list': 'read',
      'app sync|app rollback|app set|app unset|app patch|app patch-resource|app edit|app terminate-op|app actions run|app add-source|app remove-source':
        'infra_change',
      'app delete': 'infra_destroy unbounded: with the resources that it manages',
      'app delete-resource': 'infra_destroy',
      'account can-i|account get-user-info|account list|account get|cluster list|cluster get|repo list|repo get|proj list|proj get|proj role list|cert list|gpg list|context':
        'read',
      'account update-password|account generate-token|account delete-token|proj role create-token|proj role add-policy|proj role create|proj role add-group':
        'privilege_change',
      'cluster rotate-auth': 'privilege_change',
      'cluster rm|repo rm|proj delete|cluster remove': 'infra_destroy unbounded',
      'admin initial-password': 'secret_read',
      'admin export': 'secret_read unbounded: holds every secret of the installation',
      'admin import': 'infra_change unbounded',
      'login|logout|relogin': 'identity_change',
    },
    rehearsal: '--dry-run',
    flags: { '--server': ELSEWHERE, '--kubeconfig': ELSEWHERE, '--auth-token': 'identity_change: brings credentials of its own' },
  }),
  service({
    names: 'flux',
    options: `${KUBE} --timeout= --interval= --server= --token= --as= --as-group= -A|--all-namespaces`,
    paths: {
      'get|logs|events|trace|tree|stats|check|version|diff|build|export|envsubst|debug': 'read',
      'reconcile|suspend|resume|push artifact|tag artifact': 'infra_change',
      'pull artifact': 'read',
      'bootstrap|install|create': 'infra_create',
      uninstall: 'infra_destroy unbounded',
      delete: 'infra_destroy',
      'create secret': 'infra_create',
    },
    rehearsal: '--dry-run',
    everything: '--all',
    flags: {
      '--kubeconfig': ELSEWHERE,
      '--server': ELSEWHERE,
      '--as': 'identity_change',
      '--as-group': 'identity_change',
      '--token': 'identity_change',
    },
  }),
  service({
    names: 'eksctl',
    options: '--cluster= --name= -f|--config-file= --region= --profile= --nodegroup-name= -p',
    paths: {
      'get|info|version|utils describe-stacks|utils describe-addon-versions|utils schema|utils nodegroup-health': 'read',
      'delete cluster|delete nodegroup|delete fargateprofile': 'infra_destroy unbounded',
      'delete|drain': 'infra_destroy',
      'create iamidentitymapping|create iamserviceaccount|create podidentityassociation|create accessentry|delete iamidentitymapping|delete iamserviceaccount|associate identityprovider|utils associate-iam-oidc-provider':
        'privilege_change',
      'create|register': 'infra_create',
      'scale|upgrade|update|set|unset|enable|associate|disassociate|utils': 'infra_change',
      'utils write-kubeconfig': 'config_change',
    },
    // Plans by default; `--approve` carries out.
    flags: {},
  }),
  service({
    names: 'kind',
    options: '--name= --image= --config= --kubeconfig= --retain --wait= -v=',
    paths: {
      'create cluster': 'infra_create',
      'delete cluster': 'infra_destroy',
      'delete clusters': 'infra_destroy bounded',
      'get|version|build': 'read',
      'get kubeconfig|export kubeconfig': 'config_change',
      'export logs': 'read',
      load: 'write',
    },
    everything: '--all|-A',
  }),
  service({
    names: 'minikube',
    runs: [{ as: 'shell', from: '1..', when: '@0=ssh #>1' }],
    options: '-p|--profile= --driver= --memory= --cpus= -n|--nodes= --kubernetes-version= --purge --all',
    paths: {
      'status|ip|logs|version|service list|addons list|profile list|image ls|node list|config view|config get|cache list|docker-env|podman-env|update-check|options':
        'read',
      start: 'infra_create',
      'stop|pause|unpause|node stop|node start': 'process_control',
      'delete|node delete': 'infra_destroy',
      'addons enable|addons disable|addons configure|config set|config unset|profile|image load|image build|image pull|image rm|cache add|cache delete|cp|node add|update-context':
        'infra_change',
      'tunnel|service|dashboard|mount': 'network',
      'ssh-key|ssh-host': 'read',
      kubectl: 'opaque: kubectl is called through it',
    },
    everything: '--all|--purge',
  }),
  service({
    names:
      'k3d k3s k0s microk8s rke rke2 talosctl kubeadm kops clusterctl kurl colima rancher crossplane cilium linkerd k0sctl tanzu',
    options: `${KUBE} --name= --server= --token= --state= --config= --endpoints= -e= --nodes= --cluster=`,
    paths: {
      'server|agent|control-plane|daemon': 'process_control',
      'kubectl|ctr|crictl': 'opaque: another program is called through it',
      'certificate rotate|cert renew|certs renew|token create|token generate|secrets-encrypt rotate-keys': 'privilege_change',
      'token list|certs check-expiration|images list|config print': 'read',
      'kubeconfig|kubeconfig get|config view|config': 'secret_read',
      reset: 'infra_destroy unbounded: the node forgets its cluster',
      'etcd-snapshot save|etcd-snapshot ls': 'read',
      'etcd-snapshot prune|etcd-snapshot delete': 'infra_destroy',
      'inject|multicluster link': 'read',
      'import-images|image import': 'write',
      'edit|rolling-update': 'infra_change',
      'config images list|config images pull|config print|viz stat|viz top|viz tap|viz edges|viz routes|viz check|multicluster check|toolbox dump|hubble observe|connectivity test|sysdump|dmesg|containers|processes|services|edges|routes|stat|tap':
        'read',
      'join|upgrade apply|up': 'infra_change',
      'upgrade plan': 'read',
    },
    everything: '--all|-a',
  }),
  service({
    names: 'velero ark',
    options: `${KUBE} --backup= --from-backup= --from-schedule= --include-namespaces= --exclude-namespaces= --schedule= --ttl= --name= --confirm --features=`,
    paths: {
      'get|describe|version|client config get|completion|backup get|backup describe|backup logs|restore get|restore describe|restore logs|schedule get|schedule describe|snapshot get|snapshot-location get|backup-location get|plugin get|repo get|debug':
        'read',
      'backup download': 'export',
      'backup create|create backup': 'infra_create',
      'restore create|create restore': 'infra_change unbounded: brings back what the backup holds',
      'schedule create|create schedule|schedule pause|schedule unpause|pause|unpause': 'infra_change',
      'backup delete|delete backup|delete backups|schedule delete|delete schedule|restore delete|delete restore|snapshot delete|backup-location delete|delete':
        'infra_destroy: a way back is lost',
      uninstall: 'infra_destroy unbounded',
      'install|plugin add|plugin remove|plugin set|backup-location create|backup-location set|snapshot-location create|client config set':
        'infra_change',
    },
    everything: '--all',
    flags: { '--kubeconfig': ELSEWHERE },
  }),
  service({
    names: 'kubeseal',
    ownVerbsOnly: true,
    options:
      '-f|--secret-file= -w|--sealed-secret-file= -o|--format= --controller-name= --controller-namespace= --recovery-private-key= --cert= --scope= -n|--namespace=',
    bare: 'read',
    otherwise: 'read',
    flags: { '--recovery-unseal': 'secret_read' },
  }),
  service({
    names: 'tkn',
    options: KUBE,
    paths: {
      'hub install|bundle push': 'infra_change',
      'bundle list|hub info|hub get|hub search': 'read',
      'pipeline start|task start|clustertask start': 'code_execution: starts a pipeline',
    },
    everything: '--all',
  }),
  service({
    names: 'argo',
    options: `${KUBE} -s|--argo-server= --token= --instanceid=`,
    paths: {
      'submit|resubmit|retry|cron create|resume': 'code_execution: starts a workflow',
      'terminate|stop|suspend': 'process_control',
      'auth token': 'secret_read',
    },
    everything: '--all|--completed|--older',
    rehearsal: '--dry-run|--server-dry-run',
  }),
  service({
    names: 'kubecost popeye-report krew kubectl-krew tilt skaffold devspace okteto telepresence garden',
    options: KUBE,
    paths: {
      'dev|debug|up|run|intercept|connect': 'infra_change',
      'delete|down|destroy|purge|leave|uninstall|quit': 'infra_destroy',
      'build|render|diagnose': 'read',
      install: 'code_execution: plugins are programs',
    },
  }),
];
