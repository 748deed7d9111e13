/** Kubernetes and what is around it, by command lines. */
import { describe, expect, it } from 'vitest';
import { effectsOfLine } from '../../shell/testing.ts';
import { shortOf } from './testing.ts';

const CASES: readonly (readonly [string, string])[] = [
  ['kubectl get deployments -n shop', 'read'],
  ['kubectl get secrets -A', 'read'],
  ['kubectl get secret db -o name', 'read'],
  ['kubectl get secret db -ojson', 'read secret_read'],
  ['kubectl get secret/db -o jsonpath={.data.password}', 'read secret_read'],
  ['kubectl get pods,secrets -o yaml', 'read secret_read'],
  ['kubectl get --raw /api/v1/namespaces/x/secrets', 'read secret_read'],
  ['kubectl describe node n1', 'read'],
  ['kubectl logs deploy/api --since=10m -f', 'read'],
  ['kubectl top pods -n shop --sort-by=cpu', 'read'],
  ['kubectl explain pod.spec', 'read'],
  ['kubectl auth can-i delete pods --as=bob', 'identity_change read'],
  ['kubectl api-resources --verbs=list', 'read'],
  ['kubectl diff -f app.yaml', 'read'],
  ['kubectl wait --for=condition=Ready pod/api --timeout=60s', 'read'],
  ['kubectl rollout history deploy api', 'read'],
  ['kubectl rollout undo deploy/api', 'infra_change'],
  ['kubectl delete ns shop', 'infra_destroy!'],
  ['kubectl delete namespace/shop', 'infra_destroy!'],
  ['kubectl delete pod/a ns/b', 'infra_destroy!'],
  ['kubectl delete pvc data-0', 'infra_destroy!'],
  ['kubectl delete crd widgets.example.com', 'infra_destroy!'],
  ['kubectl delete deployments --all -n shop', 'infra_destroy!'],
  ['kubectl delete pods -l app=api -A', 'infra_destroy!'],
  ['kubectl delete pods -l app=api', 'infra_destroy'],
  ['kubectl delete pod api-0 --grace-period=0 --force', 'infra_destroy'],
  ['kubectl delete -f app.yaml', 'infra_destroy'],
  ['kubectl delete ns shop --dry-run=server', 'none'],
  ['kubectl delete ns shop --dry-run', 'none'],
  ['kubectl delete ns shop --dry-run=none', 'infra_destroy!'],
  ['kubectl delete ns shop --dry-run=false', 'infra_destroy!'],
  ['kubectl delete ns shop --dry-run=$MODE', 'infra_destroy!'],
  ['kubectl delete ns --help', 'none'],
  ['kubectl apply -f app.yaml', 'infra_change'],
  ['kubectl apply -k overlays/prod --dry-run=client', 'none'],
  ['kubectl apply -f https://example.com/app.yaml', 'infra_change network'],
  ['kubectl apply --prune -f . -l app=x', 'infra_change infra_destroy!'],
  ['kubectl apply -f - <<E\nkind: ConfigMap\nmetadata: {name: c}\nE', 'infra_change'],
  [
    'kubectl apply -f - <<E\nkind: ClusterRoleBinding\nmetadata: {name: c}\nroleRef: {name: cluster-admin}\nE',
    'infra_change privilege_change!',
  ],
  ['kubectl delete -f - <<E\nkind: Namespace\nmetadata: {name: c}\nE', 'infra_destroy!'],
  ['kubectl create deployment web --image=nginx', 'infra_create'],
  ['kubectl create rolebinding r --role=x --user=u', 'privilege_change'],
  ['kubectl create token builder', 'secret_read'],
  ['kubectl scale deploy/api --replicas=0', 'infra_change'],
  ['kubectl drain n1 --ignore-daemonsets', 'infra_change process_control'],
  ['kubectl cordon n1', 'infra_change'],
  ['kubectl label pod a x-', 'infra_change'],
  ['kubectl edit deploy api', 'infra_change'],
  ['kubectl patch deploy api -p \'{"spec":{"paused":true}}\'', 'infra_change'],
  [
    'kubectl patch deploy api -p \'{"spec":{"template":{"spec":{"hostPID":true,"containers":[{"name":"a"}]}}}}\'',
    'infra_change privilege_change',
  ],
  [
    'kubectl run t --image=x --overrides=\'{"spec":{"hostPID":true,"containers":[{"name":"a"}]}}\'',
    'code_execution infra_create privilege_change',
  ],
  ['kubectl run t --image=busybox -- sleep 1', 'code_execution infra_create'],
  ['kubectl exec api-0 -- cat /etc/hostname', 'read'],
  ['kubectl exec -n shop -it api-0 -c main -- rm -rf /', 'delete!'],
  ['kubectl exec -it api-0', 'code_execution'],
  ['kubectl cp shop/api-0:/data/x.csv .', 'export write'],
  ['kubectl port-forward svc/api 8080:80', 'network'],
  ['kubectl --kubeconfig /tmp/other get pods', 'network read'],
  ['kubectl -s https://10.0.0.1 get pods', 'network read'],
  ['kubectl --as-group=system:masters get pods', 'identity_change read'],
  ['kubectl --token abc get pods', 'identity_change read'],
  ['kubectl config view', 'read'],
  ['kubectl config view --raw', 'secret_read'],
  ['kubectl config use-context prod', 'config_change'],
  ['kubectl certificate approve csr-1', 'privilege_change'],
  ['kubectl neat get pods', 'opaque'],
  ['kubectl --unheard-of get delete ns shop', 'opaque read'],
  ['kubectl rollout frobnicate', 'opaque'],
  ['kubectl "$VERB" pods', 'opaque'],
  ['oc get routes', 'read'],
  ['oc adm policy add-cluster-role-to-user cluster-admin bob', 'privilege_change'],
  ['oc delete project shop', 'infra_destroy'],
  ['helm list -A', 'read'],
  ['helm status api -n shop', 'read'],
  ['helm get values api', 'read'],
  ['helm template api ./chart', 'read'],
  ['helm template api ./chart --post-renderer ./x.sh', 'code_execution read'],
  ['helm upgrade --install api ./chart -f v.yaml', 'infra_change'],
  ['helm upgrade api ./chart --dry-run=client', 'none'],
  ['helm uninstall api', 'infra_destroy'],
  ['helm uninstall api --dry-run', 'none'],
  ['helm rollback api 3', 'infra_change'],
  ['helm plugin install https://example.com/p', 'code_execution'],
  ['helm --kube-apiserver https://10.0.0.1 list', 'network read'],
  ['helmfile destroy', 'infra_destroy!'],
  ['helmfile diff', 'read'],
  ['kustomize build overlays/prod', 'read'],
  ['kustomize build --enable-exec --enable-alpha-plugins .', 'code_execution read'],
  ['kubectx prod', 'config_change'],
  ['kubens', 'read'],
  ['k9s', 'opaque'],
  ['stern api', 'read'],
  ['istioctl analyze', 'read'],
  ['istioctl uninstall --purge', 'infra_destroy!'],
  ['istioctl proxy-config secret api-0', 'secret_read'],
  ['argocd app list', 'read'],
  ['argocd app sync api', 'infra_change'],
  ['argocd app delete api', 'infra_destroy!'],
  ['argocd --server other.example.com app list', 'network read'],
  ['flux get kustomizations', 'read'],
  ['flux uninstall', 'infra_destroy!'],
  ['flux delete kustomization apps', 'infra_destroy'],
  ['eksctl get clusters', 'read'],
  ['eksctl delete cluster --name prod', 'infra_destroy!'],
  ['kind get clusters', 'read'],
  ['kind delete cluster --name x', 'infra_destroy'],
  ['minikube status', 'read'],
  ['minikube delete --all', 'infra_destroy!'],
  ['velero backup get', 'read'],
  ['velero backup delete nightly --confirm', 'infra_destroy'],
  ['velero backup delete --all', 'infra_destroy!'],
  ['velero restore create --from-backup nightly', 'infra_change!'],
  ['tkn pipeline list', 'read'],
  ['tkn pipelinerun delete --all', 'infra_destroy!'],
  ['argo list', 'read'],
  ['argo delete --all', 'infra_destroy!'],
];

describe('cluster tools', () => {
  it.each(CASES)('%s', (line, kinds) => {
    expect(shortOf(line)).toBe(kinds);
  });

  it('names what is removed and where a command runs', () => {
    const [removed] = effectsOfLine('kubectl delete pod api-0 -n shop');
    const targets = [
      { type: 'kubernetes', name: 'api-0' },
      { type: 'namespace', name: 'shop' },
    ];
    expect(removed).toMatchObject({ kind: 'infra_destroy', scope: 'one', targets });
    const [run] = effectsOfLine('kubectl exec api-0 -- rm /data/x');
    expect(run?.targets).toContainEqual({ type: 'container', name: 'api-0' });
  });

  it('names the role and the principal of a grant that options hide', () => {
    const granted = (line: string) => effectsOfLine(line).find(({ kind }) => kind === 'privilege_change')?.targets;
    expect(granted('kubectl create clusterrolebinding x --clusterrole=cluster-admin --user=bob')).toEqual([
      { type: 'kubernetes', name: 'x' },
      { type: 'clusterrole', name: 'cluster-admin' },
      { type: 'user', name: 'bob' },
    ]);
    expect(granted('gcloud projects add-iam-policy-binding p --member=allUsers --role=roles/owner')).toEqual(
      expect.arrayContaining([
        { type: 'role', name: 'roles/owner' },
        { type: 'principal', name: 'allUsers' },
      ]),
    );
    expect(effectsOfLine('kubectl get pods -n shop --user=bob')[0]?.targets).not.toContainEqual({ type: 'user', name: 'bob' });
  });

  it('points at the words that matter', () => {
    const line = 'kubectl --as=root get pods';
    const found = effectsOfLine(line).find((effect) => effect.kind === 'identity_change');
    expect(line.slice(found?.span.start, found?.span.end)).toContain('--as=root');
  });
});
