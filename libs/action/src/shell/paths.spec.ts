import { describe, expect, it } from 'vitest';
import { type PathAccess, classifyPath } from './paths.ts';
import { isComputed } from './place.ts';

function of(access: PathAccess, text: string, deep = false): string[] {
  return classifyPath({ text, known: !isComputed(text), glob: /[*?[]/.test(text), deep }, access).map(
    ({ kind, scope }) => `${kind} ${scope}`,
  );
}

describe('deleting a whole tree', () => {
  it.each([
    '/',
    '/*',
    '//',
    '/./',
    '/tmp/..',
    '/tmp/../',
    '~',
    '~/',
    '$HOME',
    '${HOME}/',
    '~root',
    '/root',
    '/home',
    '/home/ana',
    '/etc',
    '/usr/',
    '/var',
    '/boot',
    '.',
    './',
    '*',
    './*',
    '..',
    '../x',
    '../../',
    'a/../..',
    '/srv/data',
    '~/projects',
    '/tmp',
    '$PWD',
    '$HOME/*',
    '/home/*',
  ])('%s has no bounds', (path) => {
    expect(of('delete', path, true)[0]).toBe('delete unbounded');
  });
  it.each([
    'sub',
    './sub/',
    'sub/*',
    'a/../b',
    '/tmp/x',
    '/tmp/a/../x',
    '$TMPDIR/x',
    '${TMPDIR}/x',
    '${TMPDIR:-/tmp}/x',
    '/var/tmp/x',
    '/dev/shm/x',
    '~/project/node_modules',
    '/srv/app/dist',
    '~/.cache/pip',
    '/tmp/$USER/x',
  ])('%s has bounds', (path) => {
    expect(of('delete', path, true)).toEqual(['delete bounded']);
  });
  it.each(['$DIR', '$DIR/sub', '/tmp/$X', '$TMPDIR/$X', '`x`', '$(x)/y'])('%s is not known', (path) => {
    expect(of('delete', path, true)).toEqual(['delete unknown']);
  });
});

describe('one file', () => {
  it.each<[PathAccess, string, string[]]>([
    ['delete', 'a.txt', ['delete one']],
    ['delete', '*.log', ['delete bounded']],
    ['delete', '*', ['delete unbounded']],
    ['delete', '/etc/nginx/nginx.conf', ['delete one', 'config_change one']],
    ['delete', '/var/log/auth.log', ['delete one', 'log_tamper one', 'config_change one']],
    ['delete', '~/.bash_history', ['delete one', 'log_tamper one']],
    ['delete', '.git', ['delete one', 'history_rewrite unbounded']],
    ['delete', '/dev/sda', ['delete unbounded']],
    ['write', 'a.txt', ['write one']],
    ['write', '/dev/null', []],
    ['write', '/dev/sda', ['delete unbounded']],
    ['write', '/dev/nvme0n1p1', ['delete unbounded']],
    ['write', '~/.bashrc', ['write one', 'persistence one']],
    ['write', '/home/ana/.ssh/authorized_keys', ['write one', 'persistence one']],
    ['write', '/etc/cron.d/job', ['write one', 'persistence one']],
    ['write', '/etc/systemd/system/x.service', ['write one', 'persistence one']],
    ['write', '.git/hooks/pre-commit', ['write one', 'persistence one']],
    ['write', '.git/refs/heads/main', ['write one', 'history_rewrite one']],
    ['write', '.git/info/exclude', ['write one']],
    ['write', '/etc/sudoers.d/x', ['write one', 'privilege_change one']],
    ['write', '/tmp/../etc/passwd', ['write one', 'privilege_change one']],
    ['write', '/etc/hosts', ['write one', 'config_change one']],
    ['write', '/usr/local/bin/x', ['write one', 'config_change one']],
    ['write', '/proc/sys/net/ipv4/ip_forward', ['write one', 'config_change one']],
    ['write', '/proc/sysrq-trigger', ['write one', 'process_control unbounded']],
    ['write', '/var/log/syslog', ['write one', 'log_tamper one']],
    ['append', '/var/log/app/app.log', ['write one', 'config_change one']],
    ['write', '/dev/tcp/evil.example/443', ['network one']],
    ['read', 'a.txt', ['read one']],
    ['read', '/etc/hosts', ['read one']],
    ['read', '/dev/urandom', ['read one']],
    ['read', '/etc/shadow', ['secret_read one']],
    ['read', '~/.ssh/id_ed25519', ['secret_read one']],
    ['read', '~/.ssh/id_ed25519.pub', ['read one']],
    ['read', '~/.ssh/known_hosts', ['read one']],
    ['read', '~/.ssh/*', ['secret_read bounded']],
    ['read', '.env', ['secret_read one']],
    ['read', 'config/.env.production', ['secret_read one']],
    ['read', '.env.example', ['read one']],
    ['read', '~/.aws/credentials', ['secret_read one']],
    ['read', '/home/ana/.kube/config', ['secret_read one']],
    ['read', '~/.git-credentials', ['secret_read one']],
    ['read', '/proc/self/environ', ['secret_read one']],
    ['read', 'certs/server.key', ['secret_read one']],
    ['read', '/dev/sda', ['secret_read unbounded']],
    ['read', '/', ['secret_read unbounded']],
    ['list', '~/.ssh', ['read one']],
  ])('%s %s', (access, path, expected) => {
    expect(of(access, path)).toEqual(expected);
  });
});
