/** Tools beside docker for images, registries and runtimes: skopeo, crane, buildah, ctr, crictl, cosign, lxc and more. */
import type { Program } from '../program.ts';
import { service } from './by-verb.ts';

const CODE = 'code_execution: runs in a container';

export const IMAGES: readonly Program[] = [
  service({
    names: 'skopeo',
    options:
      '--src-creds= --dest-creds= --creds= --authfile= --src-tls-verify? --dest-tls-verify? --tls-verify? --format= -a|--all --raw --config --override-arch= --override-os= --policy= --src= --dest= -s= -d= --keep-going --dry-run',
    ownVerbsOnly: true,
    paths: {
      'inspect|list-tags|manifest-digest|standalone-verify': 'read',
      'copy|sync': 'export',
      delete: 'infra_destroy',
      'login|logout': 'identity_change',
      'standalone-sign|generate-sigstore-key': 'write',
      proxy: 'network',
    },
  }),
  service({
    names: 'crane gcrane regctl oras ko',
    options:
      '--platform= --insecure -v|--verbose -u|--username= -p|--password= -o|--output= --format= -f|--file= -m --host= --full-ref --tag-only -d --recursive',
    paths: {
      'ls|catalog|manifest|digest|config|validate|export|pull|image digest|image manifest|image inspect|tag ls|repo ls|discover|blob fetch|manifest fetch|resolve|build':
        'read',
      'copy|cp|push|append|mutate|rebase|tag|flatten|index append|image copy|attach|artifact put|apply|publish': 'export',
      'delete|manifest delete|blob delete|tag delete|image delete|index filter|tag rm|repo rm': 'infra_destroy',
      'auth login|auth logout|login|logout|registry login': 'identity_change',
      'auth get|auth token': 'secret_read',
      gc: 'infra_destroy unbounded',
    },
  }),
  service({
    names: 'buildah kaniko buildctl buildkitd',
    options:
      '-t|--tag= -f|--file= --storage-driver= --root= --runroot= -v|--volume= --name= --addr= --frontend= --local= --opt= --output= -q',
    paths: {
      'images|containers|ps|inspect|info|version|manifest inspect|du|ls|debug workers': 'read',
      'bud|build|from|commit|config|copy|add|tag|pull|manifest create|manifest add|rename|mount|umount|unshare': 'write',
      'push|manifest push': 'export',
      'run|exec': CODE,
      'rm|rmi|delete|manifest rm|manifest remove': 'infra_destroy',
      prune: 'infra_destroy unbounded',
      'login|logout': 'identity_change',
    },
  }),
  service({
    names: 'ctr crictl runc crun nsenter-container',
    runs: [{ as: 'argv', from: '2..', when: '@0=exec #>2', at: { type: 'container', on: '1' } }],
    options:
      '-n|--namespace= --address= -r|--runtime-endpoint= -i|--image-endpoint= --timeout= -c|--config= -q|--quiet -o|--output= --name= --state= -t -f -a|--all -D|--debug --root= -p',
    paths: {
      'images ls|images list|image ls|images check|images usage|i ls|containers ls|containers list|containers info|c ls|c info|tasks ls|tasks ps|tasks metrics|t ls|namespaces ls|snapshots ls|snapshots tree|snapshots usage|content ls|content get|plugins ls|version|info|ps|pods|images|img|inspect|inspecti|inspectp|imagefsinfo|logs|stats|statsp|events|list|state|leases ls|config|metricsp':
        'read',
      'images pull|i pull|pull|content fetch|images import|i import|images tag|i tag|images mount|images convert': 'write',
      'images push|i push|images export|i export|content push-object': 'export',
      'run|exec|attach|tasks exec|t exec|shim exec|tasks attach': CODE,
      'create|containers create|runp|tasks start|t start|start|namespaces create': 'infra_create',
      'stop|stopp|tasks kill|t kill|tasks pause|tasks resume|kill|pause|resume|restore|checkpoint': 'process_control',
      'rm|rmp|rmi|delete|images rm|images delete|images remove|i rm|containers rm|containers delete|containers remove|c rm|tasks rm|tasks delete|t rm|namespaces rm|namespaces remove|snapshots rm|content rm|leases rm|content prune references|images prune':
        'infra_destroy',
      'port-forward': 'network',
      'config --set|update|containers label': 'infra_change',
    },
    everything: '-a',
  }),
  service({
    names: 'cosign notation trivy grype syft dive hadolint dockle docker-slim snyk clair-scanner anchore-cli',
    options:
      '--key= -f|--format= -o|--output= -q|--quiet --severity= --exit-code= -s|--scope= --type= --certificate-identity= --certificate-oidc-issuer= --config= --file= --fail-on= --org= --json --server= -y|--yes',

    otherwise: 'read',
    bare: 'read',
    paths: {
      'sign|attest|attach|upload|copy|sign-blob|attest-blob|push|monitor|container monitor': 'export',
      'generate-key-pair|import-key-pair|cert generate-test|cert add|initialize': 'write',
      config: 'read',
      'clean|cert delete|plugin uninstall': 'infra_destroy',
      'clean --help': 'none',
      'login|logout|auth': 'identity_change',
      server: 'network',
      'plugin install|plugin run': 'code_execution: plugins are programs',
      'key delete|policy delete': 'infra_destroy',
    },
  }),
  service({
    names:
      'lxc lxd incus lxc-attach multipass virsh virt-install qm pct vboxmanage VBoxManage govc limactl lima utmctl prlctl vmrun xl xe esxcli pvesh vmware-cmd',
    runs: [{ as: 'argv', from: '2..', when: '@0=exec #>2', at: { type: 'container', on: '1' } }],
    options:
      '-c|--connect= -q -f|--format= -p|--profile= --all -n|--name= --project= --type= --vm -u= -k --purge --force --target= -d --storage= --state-running --domain=',
    compound: true,
    paths: {
      'list|ls|info|config show|config get|image list|network list|storage list|profile list|profile show|cluster list|remote list|project list|showvminfo|dominfo|domstate|domblklist|dumpxml|net-list|pool-list|vol-list|nodeinfo|snapshot list|vm.info|about|find|ls|datastore.ls|host.info|status|listsnapshot|domiflist|capabilities|config get':
        'read',
      'exec|shell|console|guestcontrol|guest.run|vm.console|attach|enter|execute': CODE,
      'delete|destroy-vm|undefine|unregistervm|vm.destroy|vol-delete|pool-delete|net-destroy|net-undefine|pool-destroy|vol-wipe|closemedium|snapshot.remove|datastore.rm|volume delete|storage delete|image delete|purge|project delete|storage volume delete|profile delete|network delete':
        'infra_destroy unbounded: with its disks',
      'destroy|shutdown|reset|reboot|start|stop|suspend|resume|startvm|controlvm|vm.power|autostart|restart|pause|managedsave|save':
        'process_control',
      'file push|file pull|file edit|copy-in|copy-out|transfer|file delete': 'write',
      'define|create|import|clone|launch|init|createvm|registervm|clonevm|attach-disk|net-define|pool-define|vol-create|vol-create-as|snapshot-create|snapshot-create-as':
        'infra_create',
      'snapshot-delete|delsnapshot|snapshot delete': 'infra_destroy: a way back is lost',
      'snapshot-revert|rollback|snapshot restore|restore|snapshot.revert|edit|set|setmem|setvcpus|migrate|modifyvm|config set|move|copy|rename|publish|attach-device|detach-device':
        'infra_change',
      'config trust add|config trust remove': 'privilege_change',
    },
    everything: '--all|--purge',
  }),
];
