/** Options of docker and podman that more than one command has, and what some of them give a container. */
import type { Act } from '../program.ts';

export const GLOBAL = `--help --config= -c|--context= -D|--debug -H|--host= -l|--log-level= --tls --tlscacert= --tlscert= --tlskey= --tlsverify? --connection= --remote --identity= --url= --root= --runroot= --storage-driver= --storage-opt= --namespace= --address=`;

/** `run` and `create`, complete: the first word behind them is the image, so the arity of each counts. */
export const RUN_OPTIONS = `-a|--attach= --add-host= --annotation= --arch= --blkio-weight= --blkio-weight-device= --cap-add= --cap-drop= --cgroup-parent= --cgroupns= --cgroups= --cgroup-conf= --cidfile= --conmon-pidfile= --cpu-count= --cpu-percent=
  --cpu-period= --cpu-quota= --cpu-rt-period= --cpu-rt-runtime= -c|--cpu-shares= --cpus= --cpuset-cpus= --cpuset-mems= -d|--detach? --detach-keys= --device= --device-cgroup-rule= --device-read-bps= --device-read-iops= --device-write-bps=
  --device-write-iops= --disable-content-trust? --dns= --dns-option|--dns-opt= --dns-search= --domainname= --entrypoint= -e|--env= --env-file= --env-host? --env-merge= --expose= --gpus= --group-add= --group-entry= --health-cmd= --health-interval= --health-retries=
  --health-start-interval= --health-start-period= --health-timeout= --health-on-failure= --health-log-destination= -h|--hostname= --hostuser= --http-proxy? --image-volume= --init? --init-path= -i|--interactive? --ip= --ip6= --io-maxbandwidth= --io-maxiops= --ipc= --isolation= --kernel-memory= -l|--label= --label-file=
  --link= --link-local-ip= --log-driver= --log-opt= --mac-address= -m|--memory= --memory-reservation= --memory-swap= --memory-swappiness= --mount= --name= --network|--net= --network-alias|--net-alias= --no-healthcheck? --no-hosts? --no-hostname? --oom-kill-disable?
  --oom-score-adj= --os= --passwd? --passwd-entry= --personality= --pid= --pids-limit= --platform= --pod= --pod-id-file= --privileged? -p|--publish= -P|--publish-all? --pull= -q|--quiet? --read-only? --read-only-tmpfs? --replace? --requires= --restart= --rm? --rmi? --rootfs? --runtime= --sdnotify= --seccomp-policy= --secret= --security-opt= --shm-size=
  --sig-proxy? --stop-signal= --stop-timeout= --storage-opt= --subgidname= --subuidname= --sysctl= --systemd= --timeout= --tls-verify? --tmpfs= -t|--tty? --tz= --ulimit= --umask= --unsetenv= --unsetenv-all? -u|--user= --userns= --use-api-socket? --uts= --variant= -v|--volume= --volume-driver= --volumes-from= -w|--workdir= --preserve-fd= --preserve-fds= --gidmap= --uidmap= --authfile= --creds= --cert-dir= --decryption-key= --ip-range=`;

/** What takes the wall between a container and its host away. */
export const RUN_ACTS: readonly Act[] = [
  {
    kind: 'privilege_change',
    when: '--privileged !--privileged=false',
    scope: 'unbounded',
    why: 'a privileged container is root on the host',
  },
  {
    kind: 'privilege_change',
    when: '--cap-add=ALL|all|SYS_ADMIN|CAP_SYS_ADMIN|SYS_PTRACE|SYS_MODULE|CAP_SYS_MODULE|CAP_SYS_PTRACE|DAC_READ_SEARCH|BPF|NET_ADMIN',
    why: 'a capability that reaches out of the container',
  },
  {
    kind: 'privilege_change',
    when: '--pid=host|--ipc=host|--uts=host|--userns=host|--cgroupns=host|--security-opt~unconfined|disable',
    why: 'shares a space with the host',
  },
  { kind: 'network', when: '--network=host', why: 'shares the network of the host' },
  {
    kind: 'privilege_change',
    when: '-v^/:|/etc|/root|/var/run/docker.sock|/run/docker.sock|/boot|/proc|/sys|/dev|/var/lib|/run/containerd|//:',
    on: '-v',
    type: 'mount',
    scope: 'unbounded',
    why: 'gives the container the files of the host',
  },
  {
    kind: 'privilege_change',
    when: '--mount~source=/,|src=/,|docker.sock|source=/etc|src=/etc|source=/root|src=/root|source=/var/lib|src=/var/lib|source=/proc|source=/dev',
    on: '--mount',
    type: 'mount',
    scope: 'unbounded',
    why: 'gives the container the files of the host',
  },
  {
    kind: 'privilege_change',
    when: '--device^/dev/sd|/dev/nvme|/dev/mem|/dev/kmem|/dev/vd|/dev/xvd|/dev/dm|/dev/mapper',
    on: '--device',
    type: 'device',
    why: 'gives the container a device of the host',
  },
];

/** Another engine than the one that is set up. */
export const ELSEWHERE: readonly Act[] = [
  {
    kind: 'network',
    when: '-H^tcp|ssh|http|npipe|fd',
    on: '-H',
    type: 'host',
    why: 'another engine than the one that is set up',
  },
  { kind: 'network', when: '--url', on: '--url', type: 'host', why: 'another engine than the one that is set up' },
];
