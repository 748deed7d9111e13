/** No wrapper makes what it runs look safer, alone or inside another one. */
import { describe, expect, it } from 'vitest';
import { deeds } from './testing.ts';

/** `%` stands for the command. */
const WRAPPERS = `
sudo %
sudo -n -u ana -- %
doas %
pkexec %
su -c '%'
su - ana -c '%'
runuser -u ana -- %
env %
env -i A=1 %
env -S '%'
env - %
nice %
nice -n 19 %
nice -19 %
nohup %
setsid -w %
stdbuf -oL %
timeout 5 %
timeout -s KILL -k 1 5 %
time %
time -p %
ionice -c 3 %
taskset 0x1 %
taskset -c 0 %
chrt -r 1 %
numactl -N 0 %
setarch x86_64 %
fakeroot %
torsocks %
proxychains4 -q %
xvfb-run -a %
dbus-run-session %
unbuffer %
rlwrap %
caffeinate -i %
systemd-run --scope %
systemd-inhibit --what=idle %
systemd-cat -t x %
flock /tmp/l %
flock -n /tmp/l -c '%'
watch %
watch -n 1 -x %
busybox %
toybox %
chroot /mnt %
unshare -r %
nsenter -t 1 -m %
strace -f -o out %
ltrace %
valgrind --tool=none %
perf stat %
perf record -g %
script -q -c '%' out
xargs -a list %
parallel -j 2 % ::: a
parallel ::: '%'
hyperfine '%'
entr -r %
watchexec -e ts %
cgexec -g cpu:x %
ip netns exec x %
git submodule foreach '%'
git bisect run %
git rebase -x '%' main
git -c alias.x='!%' x
git -c core.editor='%' commit
split --filter='%' f
tar xf a.tar --to-command='%'
tar cf a.tar f --checkpoint=1 --checkpoint-action=exec='%'
find . -exec % {} +
fd x -X % ;
vim -c '!%' f
tmux new-session -d '%'
ssh host '%'
ssh host %
rsync -e '%' a b
bash -c '%'
sh -ec '%'
zsh -lc '%'
eval '%'
eval %
exec %
command %
builtin command %
trap '%' EXIT
alias x='%'
jobs -x %
sshpass -p x %
uv run %
poetry run %
bundle exec %
conda run -n x %
adb shell %
`
  .trim()
  .split('\n');

const COMMANDS = ['rm -rf /home/ana', 'dd if=/dev/zero of=/dev/sda', 'mkfs.ext4 /dev/sdb1'];

describe('wrappers', () => {
  it.each(WRAPPERS)('%s', (wrapper) => {
    const hidden = COMMANDS.filter((command) => !/delete\/unbounded|opaque\//u.test(deeds(wrapper.replace('%', command))));
    expect(hidden).toEqual([]);
  });

  it('inside each other', () => {
    const plain = WRAPPERS.filter((wrapper) => wrapper.endsWith(' %') && !wrapper.includes("'"));
    const hidden = plain.flatMap((outer) =>
      plain
        .filter((inner) => !/delete\/unbounded|opaque\//u.test(deeds(outer.replace('%', inner.replace('%', 'rm -rf /home/ana')))))
        .map((inner) => `${outer} ${inner}`),
    );
    expect(hidden).toEqual([]);
  });

  it('are understood, not just called opaque', () => {
    const opaque = WRAPPERS.filter((wrapper) => !deeds(wrapper.replace('%', 'rm -rf /home/ana')).includes('delete/unbounded'));
    expect(opaque).toEqual([]);
  });
});
