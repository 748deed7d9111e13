/** Object stores beside the big clouds' own tools: MinIO, s3cmd, s5cmd, Backblaze, Swift, Ceph. */
import type { Program } from '../program.ts';
import { service } from './by-verb.ts';

const REMOTE = /^(?:s3|gs|az|azure|b2|oss|cos|swift):\/\//i;

export const STORAGE: readonly Program[] = [
  service({
    names: 'mc mcli minio-client',
    options:
      '-C|--config-dir= -q|--quiet --no-color --json --debug --insecure -r|--recursive --force --dangerous --incomplete|-I --versions --version-id|--vid= --older-than= --newer-than= --bypass --non-current --rewind= --fake --dry-run -w|--watch --remove --overwrite --exclude= -a|--preserve --disable-multipart --md5 --attr= --storage-class|--sc= --encrypt= --encrypt-key= -p|--ignore-existing --region= --with-lock -l --summarize -d|--depth= --expire= --purge --with-versions',
    ownVerbsOnly: true,
    paths: {
      'ls|tree|cat|head|tail|stat|find|diff|du|df|ping|ready|version info|version ls|version list|version|ilm ls|ilm rule ls|ilm rule list|ilm export|tag list|tag ls|policy list|policy get|policy links|anonymous get|anonymous list|anonymous links|event list|event ls|retention info|legalhold info|encrypt info|replicate ls|replicate status|replicate list|quota info|bucket info|admin info|admin user list|admin user ls|admin user info|admin group list|admin group ls|admin group info|admin policy list|admin policy ls|admin policy info|admin config get|admin config export|admin config history|admin trace|admin console|admin logs|admin top|admin prometheus metrics|admin prometheus generate|admin bucket info|admin bucket quota --help|admin decommission status|admin decom status|admin rebalance status|admin heal|admin scanner status|admin scanner info|admin kms key status|admin kms key list|admin replicate info|admin replicate status|admin obd|admin speedtest|admin inspect|support diag|support perf|support top|license info|batch list|batch status|batch describe|batch generate|idp ldap ls|idp openid ls|alias list|alias ls|config host list|config host ls|cors get|sql|admin accesskey ls|admin accesskey list|admin user svcacct ls|admin user svcacct list|admin user svcacct info|inventory list':
        'read',
      cp: 'copy',
      mv: 'move',
      mirror: 'sync',
      put: 'copy',
      get: 'copy',
      pipe: 'export',
      rm: 'remove',
      rb: 'infra_destroy unbounded: the bucket with everything in it',
      mb: 'infra_create',
      'share download|share upload|share list': 'export one: a link for everybody',
      undo: 'delete unknown',
      'anonymous set|anonymous set-json|policy set|policy set-json|admin user add|admin user remove|admin user rm|admin user disable|admin user enable|admin user policy|admin group add|admin group remove|admin group rm|admin group enable|admin group disable|admin policy create|admin policy add|admin policy attach|admin policy detach|admin policy set|admin policy unset|admin policy remove|admin policy rm|admin policy update|admin user svcacct add|admin user svcacct rm|admin user svcacct remove|admin user svcacct edit|admin user svcacct set|admin accesskey create|admin accesskey rm|admin accesskey edit|idp ldap add|idp openid add|idp ldap policy attach|idp ldap rm|idp openid rm|legalhold clear|retention clear|retention set|legalhold set|encrypt clear':
        'privilege_change',
      'admin bucket quota|admin config set|admin config reset|admin config import|admin config restore|admin replicate add|admin replicate update|admin scanner trace|admin rebalance start|admin tier add|admin tier edit|ilm add|ilm edit|ilm import|ilm rule add|ilm rule edit|ilm rule import|ilm restore|ilm tier add|version enable|version suspend|tag set|event add|replicate add|replicate update|replicate resync|replicate import|quota set|encrypt set|batch start|cors set|admin prometheus|odt|admin cluster bucket import|admin cluster iam import':
        'infra_change',
      'admin bucket remote rm|admin decommission start|admin decom start|admin decommission cancel|ilm rm|ilm remove|ilm rule rm|ilm rule remove|ilm tier rm|tag remove|tag rm|event remove|event rm|replicate rm|replicate remove|quota clear|admin replicate rm|admin replicate remove|admin tier rm|admin tier remove|cors remove|batch cancel|admin kms key delete|admin cluster bucket remove':
        'infra_destroy',
      'admin cluster bucket export|admin cluster iam export': 'export unbounded',
      'admin service restart|admin service stop|admin service freeze|admin service unfreeze|admin update|admin service':
        'process_control',
      'alias set|alias remove|alias rm|alias import|config host add|config host remove|config host rm|update': 'config_change',
      'alias export': 'secret_read',
      'license register|license unregister': 'config_change',
    },
    rehearsal: '--fake|--dry-run',
    transfer: { remote: /^(?![./~]|https?:)[A-Za-z][\w-]*\/(?!\/)/, recursive: '-r', mirror: '--remove' },
  }),
  service({
    names: 's3cmd s4cmd s5cmd s3fs-cli obsutil ossutil coscli ossutil64',
    options:
      '-c|--config= --access_key= --secret_key= --host= --host-bucket= -r|--recursive --delete-removed --delete-after -n|--dry-run -f|--force -P|--acl-public --acl-private --acl-grant= --acl-revoke= --exclude= --include= --no-ssl --region= -v|--verbose -q|--quiet --endpoint-url= --profile= --numworkers= --delete --json -D= -e -s|--server-side-encryption -H --no-progress --storage-class= -m= --credentials-file= --no-verify-ssl',
    ownVerbsOnly: true,
    paths: {
      'ls|la|info|du|stat|cat|head|signurl|accesslog --help|getlifecycle|getpolicy|getcors|getnotification|multipart|listmp|ws-info|cflist|cfinfo|version|gettagging|bucket-version|presign|select':
        'read',
      'get|put|cp|copy|upload|download|pipe': 'copy',
      'mv|modify|move': 'move',
      sync: 'sync',
      'del|rm|delete|remove': 'remove',
      'rb|delbucket': 'infra_destroy unbounded: the bucket with everything in it',
      'mb|cfcreate': 'infra_create',
      'setacl|setpolicy|delpolicy|bucket-policy|set-acl|setownership|setblockpublicaccess': 'privilege_change',
      accesslog: 'log_tamper unknown: where accesses are recorded',
      'setlifecycle|expire|dellifecycle|setcors|delcors|setversioning|setnotification|delnotification|payer|ws-create|ws-delete|restore|settagging|deltagging|fixbucket|cfmodify|cfinval':
        'infra_change',
      'cfdelete|abortmp': 'infra_destroy',
      'run|batch': 'opaque: commands from a file',
      'config|configure': 'config_change',
    },
    rehearsal: '-n',
    flags: {
      '--host': 'network: another server than the one that is set up',
      '--endpoint-url': 'network: another server than the one that is set up',
      '-P': 'privilege_change: everybody may read it',
    },
    transfer: { remote: REMOTE, recursive: '-r', mirror: '--delete-removed|--delete' },
  }),
  service({
    names: 'b2 b2v4 backblaze-b2',
    options:
      '--dry-run --delete --allow-empty-source --keep-days= --replace-newer --no-progress --threads= --bypassGovernance --versions --recursive -r --long --json --with-auth --allVersions --quiet --prefix= --profile=',
    ownVerbsOnly: true,
    paths: {
      'list-buckets|ls|get-bucket|get-file-info|get-account-info|list-parts|list-unfinished-large-files|list-keys|get-download-url-by-id|make-url|make-friendly-url|version|bucket list|bucket get|file info|file cat|key list|account get|file url|cat|download-file-by-id|download-file-by-name|download-file|file download|replication status':
        'read',
      'upload-file|upload-unbound-stream|file upload|file copy-by-id|copy-file-by-id': 'export',
      sync: 'sync',
      'rm|delete-file-version|hide-file|file hide|unhide-file|cancel-large-file|cancel-all-unfinished-large-files|file-version delete|file large unfinished cancel':
        'delete unknown: what stands behind the name is not known here',
      'delete-bucket|bucket delete': 'infra_destroy unbounded',
      'create-bucket|bucket create': 'infra_create',
      'update-bucket|bucket update|update-file-legal-hold|update-file-retention|replication-setup|replication setup|replication pause|replication delete|bucket notification-rule create':
        'infra_change',
      'create-key|delete-key|key create|key delete': 'privilege_change',
      'authorize-account|clear-account|account authorize|account clear': 'identity_change',
      'get-download-auth': 'secret_read',
    },
    rehearsal: '--dry-run',
    transfer: { remote: /^b2:\/\//i, trees: true, mirror: '--delete' },
  }),
  service({
    names: 'gcsfuse goofys juicefs seaweedfs weed',
    options: '-A= -U= -K= -V= --os-auth-url= -a|--all -p|--prefix= -o= -c= --force',
    ownVerbsOnly: true,
    paths: {
      'list|stat|download|capabilities|info|status|ls|summary|stats|profile|bench': 'read',
      'upload|copy|sync': 'export',
      'delete|gc|destroy|rmr': 'delete unbounded',
      'post|config|format|tempurl|auth|warmup': 'infra_change',
      'mount|umount|gateway|webdav|server|master|volume|filer|s3|fsck': 'network',
    },
  }),
  service({
    names: 'ceph rados rbd radosgw-admin cephadm ceph-volume gluster zfs-remote linstor drbdadm mfsadmin longhornctl',
    options:
      '-p|--pool= -n|--name= -c|--conf= --cluster= -f|--format= --image= --uid= --bucket= --yes-i-really-mean-it --yes-i-really-really-mean-it --purge-data --purge-objects -s|--size= --id= --all --mode= --zap --destroy --zap-osds --fsid=',
    paths: {
      '-s|status|health|df|osd tree|osd df|osd stat|osd lspools|osd pool ls|osd pool get|osd pool stats|osd dump|mon stat|mon dump|pg stat|pg dump|fs ls|fs status|mds stat|versions|orch ls|orch ps|orch host ls|orch device ls|crash ls|lspools|ls|du|info|snap ls|showmapped|bucket list|bucket stats|user list|user info|usage show|volume info|volume status|peer status|pool list|node list|resource list|volume list|config get|config dump|config show|quorum_status|report|inventory|lvm list|bench':
        'read',
      'auth get|auth get-key|auth print-key|auth export|user create|key create|auth get-or-create':
        'secret_read + privilege_change',
      'auth ls|auth list': 'secret_read unbounded',
      'auth add|auth caps|auth import|auth del|auth rm|user modify|subuser create|caps add|caps rm|user rm|user suspend':
        'privilege_change',
      'osd pool delete|osd pool rm|osd purge|osd destroy|osd out|osd rm|osd crush remove|osd crush rm|osd lost|fs rm|fs volume rm|fs subvolume rm|mon remove|mon rm|orch rm|orch host rm|orch osd rm|orch daemon rm|purge|rmpool|rm-cluster|lvm zap|zap|volume delete|snap purge|snap rm|snap remove|trash purge|trash rm|remove|rm|bucket rm|gc process|object rm|pg force-recovery|osd blocklist|device zap|orch device zap|image purge|cleanup|volume remove-brick|peer detach|cppool|rbd rm|resource-definition delete|node delete|storage-pool delete|snapshot delete|wipe-md|invalidate':
        'infra_destroy unbounded: with everything in it',
      'osd set|osd unset|osd in|osd down|osd up|osd reweight|osd crush reweight|osd crush move|osd pool set|osd pool create|osd pool rename|fs new|fs set|config set|config rm|config-key set|mgr module enable|mgr module disable|orch apply|orch host add|orch daemon add|pg repair|pg scrub|osd scrub|osd repair|balancer on|balancer off|volume set|volume add-brick|volume create|create|map|unmap|resize|clone|flatten|mirror|adjust|primary|secondary|snap rollback|snap create|snap protect|snap unprotect':
        'infra_change',
      'put|import|cp': 'write',
      'get|export|export-diff': 'read',
    },
  }),
];
