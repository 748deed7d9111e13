/** An option that looks harmless, or means something else elsewhere, does not make a call harmless. */
import { describe, expect, it } from 'vitest';
import { cases, deeds } from './testing.ts';

const CASES = cases(`
  usermod -c comment -aG sudo eve => privilege_change
  htpasswd -c users eve => privilege_change
  mkfs.vfat -n BOOT /dev/sdb1 => delete
  parted -s /dev/sdb mklabel gpt => delete
  partx -d /dev/sdb => delete
  sgdisk -o /dev/sdb => delete
  losetup -d /dev/loop0 => config_change
  tune2fs -L data /dev/sdb1 => config_change
  smartctl -t long -a /dev/sdb => config_change
  snapper delete 1-20 => delete
  winget install -h tool => code_execution
  choco install tool -n => code_execution
  guix package -p profile -i tool => code_execution
  makepkg -f -c => code_execution
  softwareupdate -l -i -a => code_execution
  lua -v x.lua => code_execution
  csh -v x.csh => code_execution
  perl -c x.pl => code_execution
  nodemon -v x.js => code_execution
  daphne -v 2 project.asgi:application => code_execution
  insmod x.ko -n => code_execution
  kldload -n if_x => code_execution
  ntpd -q => config_change
  hwclock -r -w => config_change
  semanage boolean -l -m x => privilege_change
  setsebool -l x on => privilege_change
  mysqlimport -l -D db t.txt => schema_drop
  pt-archiver -h db --purge => delete
  pt-kill -h db => process_control
  sshuttle -v -r host 0/0 => network
  pmset -a sleep 0 -g => config_change
  codesign -v -s id f => privilege_change
  conda config --show --add channels x => config_change
  exim -t => export
  screen -v -dmS x sh => opaque
  loadkeys -q us => config_change
  adb shell rm -rf /data -l => delete
  ifconfig -a eth0 10.0.0.1 => config_change
  swapoff -s /dev/sdb2 => config_change
  nix-store -q --delete /nix/store/x => code_execution
  certutil -L -D -n x -d . => privilege_change
  git branch -d -f x => history_rewrite
  git worktree remove -f x => delete
  git push -n -f => read
  dmesg -T -C => log_tamper
  journalctl -u nginx --vacuum-time=1s => log_tamper
  auditctl -l -D => log_tamper
  find . -print -delete => delete
  sort -n -o /etc/hosts f => write
  awk -f x.awk f => code_execution
  tar tf a.tar -I ./x => code_execution
  rsync -v -e ./x a b => code_execution
  make -s SHELL=./x => code_execution
  make -C /tmp/x => code_execution
  npm run deploy:prod => code_execution
  bun run ./x.ts => code_execution
  pytest /tmp/test_x.py => code_execution
  jobs -x rm -rf / => delete
  hash -p ./x ls => code_execution
  lnav -e ls -e 'rm -rf /' f => delete
  xargs -t rm -rf => delete
  timeout --foreground 5 rm -rf / => delete
  env -u HOME rm -rf / => delete
  cat -s ~/.ssh/id_ecdsa => secret_read
  cat -b ~/.ssh/id_ecdsa => secret_read
  column -t ~/.ssh/id_ecdsa => secret_read
  more -p ~/.ssh/id_ecdsa => secret_read
  bat -P ~/.ssh/id_ecdsa => secret_read
  gron -s ~/.aws/credentials => secret_read
  bc -s ~/.ssh/id_ecdsa => secret_read
  jpegoptim -q /etc/hosts => write
`);

describe('options that hide nothing', () => {
  it.each(CASES)('%s', (line, kind) => {
    expect(deeds(line)).toContain(`${kind}/`);
  });
});
