/** Forges, secrets, backups, queues, pipelines, edges and the rest, by command lines. */
import { describe, expect, it } from 'vitest';
import { shortOf } from './testing.ts';

const CASES: readonly (readonly [string, string])[] = [
  ['gh pr list --state open', 'read'],
  ['gh issue view 4 --web', 'read'],
  ['gh repo view o/r', 'read'],
  ['gh search code "delete from"', 'read'],
  ['gh api repos/o/r', 'read'],
  ['gh api repos/o/r/issues -f title=x', 'infra_change'],
  ['gh api -X DELETE repos/o/r/releases/1', 'infra_destroy'],
  ['gh api --method GET search/issues -f q=x', 'read'],
  ['gh api -X "$METHOD" repos/o/r', 'infra_destroy'],
  ['gh api graphql -f query=x', 'opaque'],
  ['gh repo delete o/r --yes', 'infra_destroy!'],
  ['gh release delete v1', 'infra_destroy'],
  ['gh secret set TOKEN', 'privilege_change'],
  ['gh secret list', 'read'],
  ['gh auth token', 'secret_read'],
  ['gh auth status -t', 'secret_read'],
  ['gh workflow run ci.yml', 'code_execution'],
  ['gh pr merge 4 --squash', 'infra_change'],
  ['gh gist create notes.txt', 'export'],
  ['gh extension install o/gh-x', 'code_execution'],
  ['glab mr list', 'read'],
  ['glab repo delete g/p', 'infra_destroy!'],
  ['glab variable get X', 'secret_read'],
  ['vault status', 'read'],
  ['vault kv get secret/app', 'secret_read'],
  ['vault kv put secret/app a=b', 'infra_change'],
  ['vault kv metadata delete secret/app', 'infra_destroy'],
  ['vault secrets disable kv/', 'infra_destroy!'],
  ['vault audit disable file', 'log_tamper'],
  ['vault operator seal', 'infra_destroy!'],
  ['vault policy write p p.hcl', 'privilege_change'],
  ['vault kv list -address=https://other secret/', 'network read'],
  ['op item list', 'read'],
  ['op read op://v/i/f', 'secret_read'],
  ['op vault delete v', 'infra_destroy!'],
  ['op run -- rm -rf /', 'delete! secret_read'],
  ['doppler secrets', 'secret_read!'],
  ['doppler secrets --only-names', 'read'],
  ['doppler projects delete p -y', 'infra_destroy!'],
  ['bw get password x', 'secret_read'],
  ['bw export', 'export!'],
  ['pass show mail/work', 'secret_read'],
  ['sops -d secrets.yaml', 'secret_read'],
  ['sops -e -i secrets.yaml', 'write'],
  ['infisical secrets', 'secret_read'],
  ['infisical run --env=dev -- rm -rf /', 'delete! secret_read'],
  ['chamber exec app -- rm -rf /', 'delete! secret_read'],
  ['restic snapshots', 'read'],
  ['restic backup /srv', 'read write'],
  ['restic forget --keep-last 1 --prune', 'infra_destroy'],
  ['restic forget --keep-last 1 --dry-run', 'none'],
  ['restic prune', 'infra_destroy!'],
  ['borg list repo', 'read'],
  ['borg create repo::a /srv', 'read write'],
  ['borg delete repo::a', 'infra_destroy'],
  ['borg check --repair repo', 'infra_change!'],
  ['rclone lsf remote:b', 'read'],
  ['rclone copy /src remote:b', 'export read write'],
  ['rclone sync /src remote:b', 'delete! export read write'],
  ['rclone sync /src remote:b --dry-run', 'read'],
  ['rclone purge remote:b', 'delete!'],
  ['pgbackrest info', 'read'],
  ['pgbackrest stanza-delete --stanza=x', 'infra_destroy!'],
  ['mc ls play/b', 'read'],
  ['mc rb --force play/b', 'infra_destroy!'],
  ['mc rm --recursive --force play/b', 'delete!'],
  ['s3cmd del s3://b/x', 'delete'],
  ['s3cmd ls', 'read'],
  ['ceph status', 'read'],
  ['ceph osd pool delete p p --yes-i-really-really-mean-it', 'infra_destroy!'],
  ['kafka-topics.sh --bootstrap-server b:9092 --list', 'read'],
  ['kafka-topics --delete --topic t', 'infra_destroy!'],
  ['kafka-consumer-groups --group g --reset-offsets --to-earliest --topic t', 'read'],
  ['kafka-consumer-groups --group g --reset-offsets --to-earliest --topic t --execute', 'infra_change'],
  ['kafka-acls --add --allow-principal User:x --operation All', 'privilege_change'],
  ['kafka-configs --describe --entity-type topics', 'read'],
  ['kcat -C -b b:9092 -t t', 'read'],
  ['rpk topic list', 'read'],
  ['rpk topic delete t', 'infra_destroy!'],
  ['nats stream info S', 'read'],
  ['nats stream rm S -f', 'infra_destroy!'],
  ['nats stream purge S', 'delete!'],
  ['nats pub subject hi', 'write'],
  ['rabbitmqadmin get queue=mail', 'read'],
  ['tarsnap -d -f monday', 'infra_destroy!'],
  ['tarsnap --list-archives', 'read'],
  ['rabbitmqctl list_queues', 'read'],
  ['rabbitmqctl -p v purge_queue q', 'delete!'],
  ['rabbitmqctl reset', 'infra_destroy!'],
  ['rabbitmqctl eval "x()."', 'code_execution'],
  ['rabbitmqadmin list queues', 'read'],
  ['rabbitmqadmin delete queue name=q', 'infra_destroy!'],
  ['pulsar-admin topics delete t', 'infra_destroy!'],
  ['celery -A app inspect active', 'read'],
  ['celery -A app purge -f', 'delete!'],
  ['temporal workflow list', 'read'],
  ['temporal workflow terminate -w x', 'process_control'],
  ['consul kv get x', 'read'],
  ['consul kv delete -recurse x', 'infra_destroy'],
  ['consul snapshot restore s', 'infra_destroy!'],
  ['nomad job status', 'read'],
  ['nomad job stop -purge x', 'infra_destroy'],
  ['etcdctl get foo', 'read'],
  ['etcdctl get /registry/secrets --prefix', 'secret_read'],
  ['etcdctl del "" --prefix', 'infra_destroy!'],
  ['etcdctl del foo', 'infra_destroy'],
  ['zkCli.sh deleteall /x', 'infra_destroy!'],
  ['circleci config validate', 'read'],
  ['circleci context delete o c', 'infra_destroy'],
  ['jenkins-cli -s http://j list-jobs', 'read'],
  ['java -jar jenkins-cli.jar -s http://j delete-job x', 'infra_destroy'],
  ['java -jar jenkins-cli.jar groovy = x', 'code_execution'],
  ['java -jar app.jar', 'code_execution'],
  ['gitlab-runner verify', 'read'],
  ['gitlab-runner verify --delete', 'infra_destroy'],
  ['gitlab-runner unregister --all-runners', 'infra_destroy!'],
  ['buildkite-agent secret get X', 'secret_read'],
  ['act -l', 'read'],
  ['act push', 'code_execution'],
  ['flarectl zone list', 'read'],
  ['flarectl zone delete --zone x', 'infra_destroy!'],
  ['dnscontrol preview', 'read'],
  ['dnscontrol push', 'infra_change!'],
  ['octodns-sync --config-file c.yaml', 'read'],
  ['octodns-sync --config-file c.yaml --doit', 'infra_change! read'],
  ['rndc status', 'read'],
  ['rndc delzone example.com', 'infra_destroy!'],
  ['nginx -t', 'read'],
  ['nginx -s stop', 'process_control'],
  ['haproxy -c -f h.cfg', 'read'],
  ['apachectl configtest', 'read'],
  ['apachectl -k stop', 'process_control'],
  ['certbot certificates', 'read'],
  ['certbot delete --cert-name x', 'infra_destroy'],
  ['deck diff', 'read'],
  ['deck reset -f', 'infra_destroy!'],
  ['fastly service purge --all', 'infra_destroy!'],
  ['fastly service delete -s x', 'infra_destroy!'],
  ['promtool check config p.yml', 'read'],
  ['amtool silence query', 'read'],
  ['amtool silence add alertname=x', 'log_tamper'],
  ['grafana-cli plugins ls', 'read'],
  ['grafana-cli admin reset-admin-password x', 'privilege_change'],
  ['datadog-ci synthetics run-tests', 'read'],
  ['pd incident list', 'read'],
  ['pd service delete -i x', 'infra_destroy'],
  ['sentry-cli releases list', 'read'],
  ['sentry-cli releases delete v1', 'infra_destroy'],
  ['splunk search "error"', 'read'],
  ['splunk clean eventdata -index main', 'log_tamper!'],
  ['splunk remove index main', 'log_tamper'],
  ['newrelic entity search --name x', 'read'],
  ['influx bucket delete -n b', 'infra_destroy!'],
  ['ldcli flags list --project p', 'read'],
  ['ldcli flags delete --flag x', 'infra_destroy'],
  ['flipt import --drop x.yaml', 'infra_change! infra_destroy!'],
  ['stripe customers list', 'read'],
  ['stripe refunds create --charge c', 'infra_change'],
  ['stripe customers delete c', 'infra_destroy'],
  ['stripe webhook_endpoints list', 'read'],
  ['auth0 apps list', 'read'],
  ['auth0 users delete u', 'infra_destroy privilege_change'],
  ['kcadm.sh get users', 'read'],
  ['kcadm.sh delete realms/x', 'infra_destroy!'],
  ['atlas clusters list', 'read'],
  ['atlas clusters delete c --force', 'infra_destroy!'],
  ['pscale branch delete db main', 'infra_destroy!'],
  ['neonctl projects delete p', 'infra_destroy!'],
  ['turso db list', 'read'],
  ['turso db destroy d', 'infra_destroy!'],
  ['prisma migrate status', 'read'],
  ['sequelize-cli db:drop --dry-run', 'schema_drop!'],
  ['cockroach node ls', 'read'],
  ['turso db shell d', 'opaque'],
  ['prisma migrate reset --force', 'schema_drop!'],
  ['flyway clean', 'schema_drop!'],
  ['flyway info', 'read'],
  ['liquibase drop-all', 'schema_drop!'],
  ['twilio phone-numbers:release P1', 'infra_destroy!'],
];

describe('service tools', () => {
  it.each(CASES)('%s', (line, kinds) => {
    expect(shortOf(line)).toBe(kinds);
  });

  it.each([
    ['a noun that is spelt like a reading verb', 'hcloud test delete x'],
    ['an option between noun and verb', 'doctl --context prod apps delete x'],
  ])('is not misled by %s', (_, line) => {
    expect(shortOf(line)).toMatch(/infra_destroy/);
  });

  it('is not made safer by an option that no table knows, wherever it stands', () => {
    const severe = /destroy|delete|drop|tamper|opaque/;
    const lines = CASES.filter(([line, kinds]) => severe.test(kinds) && !/["-]- |"|^java/.test(line)).map(([line]) => line);
    expect(lines.length).toBeGreaterThan(60);
    const softened = lines
      .flatMap((line) => {
        const words = line.split(' ');
        return words
          .slice(1)
          .map((_, index) => [...words.slice(0, index + 1), '--unheard-of list', ...words.slice(index + 1)].join(' '));
      })
      .filter((line) => /^(?:none|read|write| )*$/.test(shortOf(line)));
    expect(softened).toEqual([]);
  });

  it('takes a thing called help for a thing', () => {
    expect(shortOf('vercel remove help')).toBe('infra_destroy!');
    expect(shortOf('vercel help remove')).toBe('none');
  });

  it('takes the removal of what holds other things for one without bounds', () => {
    expect(shortOf('ovhcloud bucket delete x')).toBe('infra_destroy!');
    expect(shortOf('ovhcloud key delete x')).toBe('infra_destroy');
  });

  it('leaves verbs that no table knows, or that are computed, unread', () => {
    expect(shortOf('doctl apps frobnicate x')).toBe('opaque');
    expect(shortOf('doctl "$NOUN" list')).toBe('opaque');
    expect(shortOf('rabbitmqctl frobnicate')).toBe('opaque');
  });
});
