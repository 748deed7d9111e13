/** Backups: restic, borg, rclone, kopia, duplicity and those of databases. Taking a way back away is a destruction. */
import type { Program } from '../program.ts';
import { service } from './by-verb.ts';

const LOST = 'infra_destroy unbounded: ways back are lost';

export const BACKUP: readonly Program[] = [
  service({
    names: 'restic rustic',
    options:
      '-r|--repo= --repository-file= -p|--password-file= --password-command= -o|--option= -q|--quiet -v|--verbose? --json --no-cache --cache-dir= --cacert= --tls-client-cert= --key-hint= --limit-upload= --limit-download= --no-lock --retry-lock= --cleanup-cache --compression= -n|--dry-run --tag= --host|-H= --path= -e|--exclude= --exclude-file= --iexclude= --files-from= -x|--one-file-system --keep-last|-l= --keep-hourly= --keep-daily|-d= --keep-weekly|-w= --keep-monthly|-m= --keep-yearly|-y= --keep-within= --keep-tag= --prune -t|--target= -i|--include= --stdin --stdin-filename= --group-by|-g= --parent= -f|--force --read-data --read-data-subset= --latest= --mode= --long --delete --overwrite= --max-unused= --from-repo= --from-password-file= -c|--compact --remove-all --repack-cacheable-only',
    ownVerbsOnly: true,
    paths: {
      'snapshots|ls|find|diff|stats|check|version|cat|list|cache|help|features|options|dump|generate|key list|debug|repoinfo|show-config':
        'read',
      backup: 'read + write: a backup into the repository',
      copy: 'export: a second repository',
      'init|migrate|rebuild-index|repair index|repair snapshots|repair packs|tag|rewrite|recover|merge': 'infra_change',
      restore: 'write unknown: puts files back',
      forget: 'infra_destroy bounded: snapshots are lost',
      prune: LOST,
      unlock: 'infra_change',
      'key add|key remove|key passwd|key': 'privilege_change',
      'mount|serve|webdav': 'network',
      'self-update': 'code_execution: replaces itself',
    },
    rehearsal: '-n',
    flags: {
      '--password-command': 'code_execution: a command gives the password',
      '-o': 'config_change: an option may name a command',
    },
  }),
  service({
    names: 'borg borgmatic borgbackup vorta',
    options:
      '--critical --error --warning -v|--info|--verbose --debug -p|--progress --log-json --lock-wait= --show-version --show-rc --umask= --remote-path= --rsh= --remote-ratelimit= -r|--repo= --upload-ratelimit= -n|--dry-run --list -s|--stats --json --json-lines --format= --short --first= --last= -P|--prefix= -a|--glob-archives|--match-archives= --sort-by= -e|--exclude= --exclude-from= --pattern= -C|--compression= --comment= --keep-within= --keep-last= --keep-hourly|-H= --keep-daily|-d= --keep-weekly|-w= --keep-monthly|-m= --keep-yearly|-y= --encryption|-e= --cache-only --force --keep-security-info --save-space --strip-components= --stdout --repair --verify-data --repository-only --archives-only -c= --config= --verbosity= --archive= --destination= --path= --threshold= --log-file= --bypass-lock',
    ownVerbsOnly: true,
    paths: {
      'info|list|ls|check|diff|version|help|benchmark|benchmark crud|config get|rinfo|rlist|repo-info|repo-list|config validate|export-tar|config show|analyze|repo-list --json':
        'read',
      'create|backup|import-tar': 'read + write: a backup into the repository',
      transfer: 'export: a second repository',
      'init|rcreate|repo-create|upgrade|rename|tag|config|compact|recreate|repo-compress|undelete|break-lock|with-lock --help|config generate|config bootstrap':
        'infra_change',
      'extract|restore': 'write unknown: puts files back',
      prune: 'infra_destroy bounded: archives are lost',
      delete: 'infra_destroy',
      'rdelete|repo-delete': LOST,
      'key change-passphrase|key import|key change-location|key change-algorithm': 'privilege_change',
      'key export': 'secret_read',
      'mount|umount|serve': 'network',
      'with-lock|borg': 'code_execution: a command of its own',
    },
    cases: {
      'check if --repair': 'infra_change unbounded: damaged parts are dropped',
    },
    bare: 'none',
    rehearsal: '-n',
    flags: {
      '--rsh': 'code_execution: a command to connect with',
      '--remote-path': 'code_execution: a command on the other machine',
    },
  }),
  service({
    names: 'rclone',
    options: `--config= -n|--dry-run -i|--interactive -v|--verbose? -vv -q|--quiet -P|--progress --transfers= --checkers= --bwlimit= --include= --exclude= --include-from= --exclude-from= --filter= --filter-from= --files-from= --max-age= --min-age= --max-size= --min-size= -u|--update -c|--checksum --size-only --ignore-existing --ignore-times
      --delete-before --delete-during --delete-after --delete-excluded --track-renames --backup-dir= --suffix= --create-empty-src-dirs --fast-list --stats= --log-file= --log-level= --s3-acl= --s3-endpoint= --s3-provider= --s3-access-key-id= --s3-secret-access-key= --sftp-host= --sftp-user= --sftp-pass= --drive-shared-with-me --rmdirs --leave-root --max-depth= -R|--recursive --format= --files-only --dirs-only -M --retries= --timeout= --contimeout= --cutoff-mode= --max-delete= --max-transfer= --password-command= --head= --tail= --offset= --count= --addr= --user= --pass= --vfs-cache-mode= --daemon --one-way --download --combined= --resync --force -o= --immutable --max-duration= --no-traverse --metadata --multi-thread-streams= --order-by= --tpslimit= --use-json-log --human-readable`,
    ownVerbsOnly: true,
    paths: {
      'ls|lsl|lsd|lsf|lsjson|tree|size|md5sum|sha1sum|hashsum|check|checksum|cat|about|version|listremotes|config file|config paths|config providers|config redacted|config userinfo|cryptcheck|genautocomplete|completion|help|ncdu|test info|test histogram|cryptdecode|archive list':
        'read',
      'config show|config dump|config touch --help|reveal|obscure --help|config encryption check': 'secret_read',
      obscure: 'none',
      'config|config create|config update|config delete|config password|config edit|config reconnect|config disconnect|config touch|authorize':
        'config_change',
      'copy|copyto|copyurl|rcat|archive create': 'copy',
      sync: 'sync',
      bisync: 'sync',
      'move|moveto': 'move',
      delete: 'delete unbounded: every file below the path',
      deletefile: 'delete unknown: what stands behind the name is not known here',
      purge: 'delete unbounded: the folder with everything in it',
      'rmdir|rmdirs': 'delete unknown: empty folders of a remote',
      cleanup: 'delete unbounded: old versions and the bin',
      dedupe: 'delete unknown',
      'mkdir|touch|settier|settierr|backend': 'infra_change',
      link: 'export one: a public link',
      'mount|nfsmount|serve|serve http|serve sftp|serve webdav|rcd|gui|cmount': 'network',
      rc: 'opaque: a command to a running rclone',
      selfupdate: 'code_execution: replaces itself',
    },
    rehearsal: '-n',
    flags: {
      '--password-command': 'code_execution: a command gives the password',
      '--config': 'network: other remotes than those that are set up',
    },
    transfer: {
      remote: /^:?[\w.+@ -]+[,:]/,
      trees: true,
      mirror: '--delete-before|--delete-during|--delete-after|--delete-excluded',
      mirrors: true,
    },
  }),
  service({
    names: 'kopia',
    options:
      '--config-file= --override-source= --log-level= --json -n --dry-run --delete --all --max-results= -p|--password= --bucket= --endpoint= --path= --parallel= --description= --tags= --unsafe-ignore-source',
    ownVerbsOnly: true,
    paths: {
      'snapshot list|snap list|snapshot ls|ls|list|show|diff|repository status|repo status|policy list|policy show|policy export|maintenance info|cache info|content list|content show|content stats|blob list|blob show|blob stats|index list|manifest list|manifest show|notification profile list|snapshot estimate|snapshot verify|snap verify|content verify|benchmark|server status|acl list|user list|mount --help|repository throttle get|logs list|logs show|user info':
        'read',
      'snapshot create|snap create|snapshot|snap|snapshot migrate': 'read + write: a backup into the repository',
      'snapshot restore|restore|snapshot copy-history|snapshot move-history': 'write unknown',
      'snapshot delete|snap delete': 'infra_destroy: a way back is lost',
      'snapshot expire|snap expire': 'infra_destroy bounded: ways back are lost',
      'maintenance run|blob delete|blob gc|content delete|manifest delete|manifest rm|cache clear|content rewrite|policy delete|policy remove|policy rm|index optimize|index recover|logs cleanup':
        'infra_destroy unbounded',
      'policy set|policy edit|policy import|maintenance set|cache set|repository set-client|repository set-parameters|repository upgrade|repository throttle set|snapshot pin|snapshot fix|content undelete|repository validate-provider|repository sync-to':
        'infra_change',
      'repository sync-to s3|repository sync-to filesystem|repository sync-to gcs|repository sync-to sftp': 'export',
      'repository create|repo create': 'infra_create',
      'repository connect|repository disconnect|repo connect|repo disconnect|repository change-password|server user add|server user set|server user delete|server acl add|server acl delete|server users add':
        'privilege_change',
      'server start|server|mount': 'network',
    },
    rehearsal: '-n|--dry-run',
  }),
  service({
    names: 'tarsnap',
    options:
      '-c -d -t -x -r -f= -v -C= --nuke --list-archives --print-stats --recover --fsck --fsck-prune --verify-config --keyfile= --cachedir= --configfile= --exclude= --include= --dry-run',
    ownVerbsOnly: true,
    cases: {
      ' if -d|--nuke': 'infra_destroy unbounded: ways back are lost',
      ' if -x': 'write unknown: puts data back over what is there',
      ' if -c': 'read + write: a backup',
      ' if -t|-r|--list-archives|--print-stats|--verify-config': 'read',
      ' if --fsck|--fsck-prune|--recover': 'infra_change',
    },
    rehearsal: '--dry-run',
  }),
  service({
    names:
      'duplicity duply dejadup duplicati-cli rdiff-backup rsnapshot bup attic autorestic resticprofile wal-g wal-e pgbackrest barman pg_probackup backrest xtrabackup mariabackup mydumper myloader percona-xtrabackup pbm cassandra-medusa etcdbrctl clickhouse-backup stash k8up kanctl pg_basebackup burp bacula bconsole',
    options:
      '--stanza= --config= --config-file= --type= --set= --repo= --force --dry-run -n --delta --log-level-console= -v|--verbosity= --full-if-older-than= --encrypt-key= --no-encryption --comments= -c= --snapshot-device= --scripted --json --output= -B|--backup-path= --instance= -i|--backup-id= --confirm --keep= --remote= --local --s3-bucket= -f= --backup --prepare --copy-back --move-back --target-dir= --user= --password= --host= --port= --pgdata= -D= --archive-mode= --recovery-option= --target=',
    ownVerbsOnly: true,
    paths: {
      'info|list-current-files|collection-status|verify|check|show|status|list|backup-list|wal-show|wal-verify|backup-show|list-backups|list-backup|show-backup|show-server|list-server|list-servers|show-servers|diagnose|list-files|show-config|list-changed-files|compare|--list|print-stats|list-archives|--print-stats|--list-archives|list-configs|ls|find|tables|list local|list remote|describe-backup|logs|describe|config|version|help|archive-get|wal-fetch --help|listbackups|latestbackup|destinationinfo|df|du|verify-backup|check-backup|get-config|validate|configtest|validate-config|backup-check|cat':
        'read',
      'full|incr|incremental|backup|backup-push|base-backup|create|receive-wal|cron|archive-push|wal-push|archive-wal|save|index|create_remote|snapshot|startbackup|sync|hourly|daily|weekly|monthly|add-instance|add':
        'read + write: a backup',
      'upload|binlog-push|sync-backup|copy': 'export',
      'restore|recover|backup-fetch|restore_remote|download|fetch|wal-fetch|binlog-fetch|archive-restore|delete-and-restore|restore-backup|undochange|rollback|catchup|get-wal':
        'write unknown: puts data back over what is there',
      'remove-older-than|remove-all-but-n-full|remove-all-inc-of-but-n-full|cleanup|delete|expire|prune|remove|forget|gc|backup-expire|rm|garbage|delete everything|delete before|delete retain|delete target|delete garbage|purge|nuke|delete local|delete remote|delete-backup|delete-backups|clean|clean_remote_broken|clean_local_broken|remove-sub|deletelocalsnapshots|thinlocalsnapshots|removedestination|delete-pitr|merge|purge-backup|purgeXtrabackup|retention|del-instance|set-backup':
        'infra_destroy unbounded: ways back are lost',
      'stanza-create|stanza-upgrade|init|configure|set-config|set-destination|annotate|replication-status|switch-wal|switch-xlog|keep|setdestination|enable|disable|add-keystore|create-config|modify|set|config --set|rename':
        'infra_change',
      'stanza-delete|delete-instance|destroy|disablelocal|sfr': 'infra_destroy unbounded: ways back are lost',
      'start|stop|stopbackup|cancel-backup|terminate-process|pause': 'process_control',
      'server|mount|fuse|daemon': 'network',
    },
    cases: {
      ' if --backup': 'read + write: a backup',
      ' if --copy-back|--move-back|--prepare': 'write unbounded: puts data back over what is there',
    },
    rehearsal: '--dry-run',
  }),
];
