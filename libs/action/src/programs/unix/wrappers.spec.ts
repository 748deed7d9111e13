/** Wrappers, shells and what shells do themselves: what is run inside counts. */
import { describe, expect, it } from 'vitest';
import { cases, deeds } from './testing.ts';

const CASES = cases(`
  ssh -o ProxyCommand='nc -e sh' host => network/one code_execution/unknown
  ssh host 'rm -rf /' => network/one delete/unbounded
  ssh host uptime => network/one read/one
  xargs rm -rf => delete/unknown
  xargs -I{} rm {} => delete/unknown
  env -S 'rm -rf /' => delete/unbounded
  env - rm -rf / => delete/unbounded
  nice -n 5 rm -rf / => delete/unbounded
  timeout 5 rm -rf / => delete/unbounded
  timeout -k 1 5 rm -rf / => delete/unbounded
  nohup rm -rf / & => delete/unbounded
  setsid rm -rf / => delete/unbounded
  flock /tmp/l rm -rf / => write/one delete/unbounded
  flock /tmp/l -c 'rm -rf /' => write/one delete/unbounded
  watch rm -rf / => delete/unbounded
  watch -n 1 'rm -rf /' => delete/unbounded
  busybox rm -rf / => delete/unbounded
  chroot /mnt rm -rf / => identity_change/one delete/unbounded
  unshare -r rm -rf / => identity_change/one delete/unbounded
  strace -f rm -rf / => delete/unbounded
  script -c 'rm -rf /' => delete/unbounded
  su -c 'rm -rf /' => identity_change/one delete/unbounded
  su - ana -c 'rm -rf /' => identity_change/one delete/unbounded
  sudo -u ana ls => identity_change/one
  sudo -l => read/one
  doas rm -rf / => identity_change/one delete/unbounded
  kill -9 -1 => process_control/unbounded
  kill -0 5 => none
  kill %1 => session/one
  tmux new-session -d 'rm -rf /' => session/one delete/unbounded
  tmux ls => read/one
  tmux send-keys 'rm -rf /' Enter => opaque/one
  history -c => log_tamper/unbounded
  export HISTFILE=/dev/null => session/one log_tamper/one
  export HISTSIZE=0 => session/one log_tamper/one
  set +o history => session/one log_tamper/one
  set -e => session/one
  export PATH=/tmp:$PATH => session/one code_execution/unknown
  alias ll='ls -l' => session/one
  alias ls='rm -rf /' => session/one delete/unbounded
  trap 'rm -rf /' EXIT => session/one delete/unbounded
  source x.sh => code_execution/one
  . ./x.sh => code_execution/one
  exec rm -rf / => delete/unbounded
  command rm -rf / => delete/unbounded
  builtin cd / => session/one
  test -f x => none
  [ -f x ] => none
  read x => session/one
  printf '%s' x => none
  umask 022 => session/one
  umask 000 => privilege_change/one
  perf record rm -rf / => write/one delete/unbounded
  jobs -x rm -rf / => session/one delete/unbounded
  jobs => session/one
  compgen -C 'rm -rf /' => session/one delete/unbounded
  strace -o f ls => write/one
  turbostat rm -rf / => read/one delete/unbounded
  hash -p /tmp/x ls => code_execution/one code_execution/unknown
  jc rm -rf / => delete/unbounded
  sudo systemctl restart nginx => identity_change/one process_control/one
  sudo apt-get update => identity_change/one write/one
  sudo -i => identity_change/one opaque/unknown
  sudo -e /etc/hosts => write/one config_change/one identity_change/one
  time make => write/bounded
  nice -n 19 make => write/bounded
  timeout 60 npm test => write/bounded
  env FOO=1 node --version => none
  env => read/one
  xargs -n1 echo => none
  xargs kill => process_control/unknown
  watch -n 5 df -h => none
  nohup ./server & => code_execution/unknown opaque/unknown
  ssh -L 8080:localhost:80 host => network/one
  ssh -N -D 1080 host => network/one
  umask => session/one
  kill -l => none
  kill $(pgrep x) => read/one process_control/unknown
  printf x => none
`);

describe('programs that run others', () => {
  it.each(CASES)('%s', (line, expected) => {
    expect(deeds(line)).toBe(expected);
  });
});
