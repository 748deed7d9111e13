/** docker, podman and nerdctl: images, containers, volumes, swarms. */
import type { Command, Program } from '../program.ts';
import { COMPOSE } from './compose.ts';
import { ELSEWHERE, GLOBAL, RUN_ACTS, RUN_OPTIONS } from './docker-options.ts';
import { acts, does, subs } from './shorthand.ts';

const READ: Command = does(
  'read',
  'container',
  '-a|--all -f|--filter= --format= -n|--last= -l|--latest --no-trunc -q|--quiet -s|--size --since= --until= -n|--tail= --follow -t --details --no-stream --type= --digests --tree --external --sort=',
);

const RUN: Command = {
  syntax: 'posix',
  otherOptions: 'opaque',
  options: RUN_OPTIONS,
  does: [{ kind: 'infra_create', on: '0', type: 'image', evenWithout: true }, ...RUN_ACTS],
  // What runs in a container is judged as such; the image's own program cannot be seen.
  runs: [{ as: 'argv', when: '#>1 !--entrypoint', from: '1..', at: { type: 'container', on: '0' } }],
};

const EXEC: Command = {
  syntax: 'posix',
  otherOptions: 'opaque',
  options:
    '-d|--detach? --detach-keys= -e|--env= --env-file= -i|--interactive? --privileged? -t|--tty? -u|--user= -w|--workdir= -l|--latest? --preserve-fds= --cidfile=',
  does: [
    { kind: 'code_execution', when: '#<2', on: '0', type: 'container', evenWithout: true, why: 'what runs is not named' },
    {
      kind: 'privilege_change',
      when: '--privileged !--privileged=false',
      on: '0',
      type: 'container',
      why: 'a privileged command',
    },
  ],
  runs: [{ as: 'argv', when: '#>1', from: '1..', at: { type: 'container', on: '0' } }],
};

const BUILD: Command = {
  options:
    '-t|--tag= -f|--file= --build-arg= --target= --platform= --no-cache --pull? --push --load -o|--output= --secret= --ssh= --cache-from= --cache-to= --progress= --label= --network= --builder= --allow= --add-host= --iidfile= --metadata-file= -q|--quiet --rm? --squash --build-context= --attest= --provenance= --sbom= --annotation= -v|--volume= --format= --layers? --isolation= --cap-add= --security-opt= -m|--memory= --shm-size= --ulimit= --manifest= --jobs= --no-cache-filter= --call= --check --authfile= --cgroup-parent= --cpu-shares= --cpuset-cpus= --force-rm --compress --timestamp= --ignorefile=',
  does: [
    ...acts('write', 'image', '', '-t'),
    { kind: 'export', when: '--push', on: '-t', type: 'image', evenWithout: true },
    {
      kind: 'network',
      when: '@0^http://|https://|git@|git://|ssh://',
      on: '0',
      type: 'url',
      why: 'what is built comes from the network',
    },
    { kind: 'privilege_change', when: '--allow~security.insecure|network.host', why: 'the build reaches out of its container' },
    { kind: 'secret_read', when: '--secret', on: '--secret', type: 'secret', why: 'handed to the build' },
  ],
};

const PRUNE = 'infra_destroy unbounded: everything that is not in use';

const TABLE: Readonly<Record<string, Command>> = {
  'ps, images, image ls|list|inspect|history|search|exists|tree|diff, logs, inspect, history, stats, top, port, version, info, search, events, diff, wait, healthcheck run':
    READ,
  'container ls|list|ps|inspect|logs|stats|top|port|diff|wait|exists, container, image, volume, network, system, volume ls|list|inspect|exists, network ls|list|inspect|exists, system df|info|events|dial-stdio|check, node ls|list|inspect|ps, service ls|list|inspect|logs|ps, stack ls|list|ps|services|config':
    READ,
  'secret ls|list|exists, config ls|list|inspect, context ls|list|inspect|show, plugin ls|list|inspect, manifest inspect, trust inspect, pod ls|list|ps|inspect|logs|stats|top|exists, generate kube|systemd|spec, kube generate, machine ls|list|info|inspect, buildx ls|list|inspect|du|version, buildx history ls|inspect|logs|trace, buildx imagetools inspect, scout, scout cves|quickview|recommendations|compare|sbom, scan, sbom, checkpoint ls, swarm ca, builder, builder du, namespace ls, ai, model ls|list|status|inspect|logs, mcp, desktop status':
    READ,
  'secret inspect': {
    options: '--showsecret?',
    does: [...acts('read', 'secret', '!--showsecret'), ...acts('secret_read', 'secret', '--showsecret')],
  },
  'swarm join-token, swarm unlock-key': does('secret_read', 'token'),
  'help, completion, buildx, swarm, context, config, secret, plugin, manifest, trust, stack, service, node, checkpoint, pod, generate, machine, model, desktop':
    { does: [{ kind: 'none' }] },
  'run, container run': RUN,
  'create, container create': { ...RUN, runs: [] },
  'exec, container exec': EXEC,
  'build, image build, buildx build|b|bake, builder build, buildx bake, farm build, bake': BUILD,
  'pull, image pull': does('read', 'image'),
  'push, image push, manifest push, trust sign, plugin push, buildx imagetools create, artifact push, model push, scout push':
    does('export', 'image'),
  'tag, image tag, untag, image untag, commit, container commit, load, image load, import, image import, image build-cache, trust key generate|load, manifest create|add|annotate':
    does('write', 'image'),
  'save, image save, image scp': {
    does: [...acts('read', 'image'), ...acts('write', 'file', '-o', '-o')],
    options: '-o|--output=',
  },
  'export, container export, volume export': {
    does: [...acts('read', 'container'), ...acts('write', 'file', '-o', '-o')],
    options: '-o|--output=',
  },
  'cp, container cp': {
    does: [
      { kind: 'read', when: '@0~:', on: '0', type: 'container' },
      { kind: 'write', when: '@0~:', on: '1', type: 'file' },
      { kind: 'read', when: '!@0~:', on: '0', type: 'file' },
      { kind: 'write', when: '@1~:', on: '1', type: 'container' },
    ],
  },
  'start|stop|restart|kill|pause|unpause, container start|stop|restart|kill|pause|unpause, pod start|stop|restart|kill|pause|unpause, machine start|stop|reset, buildx stop, desktop start|stop|restart, model unload':
    does('process_control', 'container'),
  'rename, update, container rename, container update, network connect|disconnect, service update|scale|rollback, node update|promote|demote, swarm update|unlock|init|join, stack deploy|up, plugin enable|disable|set|upgrade, volume update|import, checkpoint create, pod clone, container clone, container checkpoint|restore|init, init, mount, unmount, volume mount|unmount, auto-update, machine set, network update|reload, model configure|package|tag, kube apply':
    does('infra_change', 'container'),
  'volume create, network create, service create, secret create, config create, pod create, machine init, buildx create, context create|import|update, plugin install|create, play kube, kube play, namespace create, trust signer add':
    does('infra_create', 'resource'),
  'rm, container rm|remove, rmi, image rm|remove, pod rm, network rm|remove, secret rm|remove, config rm|remove, context rm|remove, plugin rm|remove, manifest rm, buildx rm, buildx history rm, node rm|remove, service rm|remove, checkpoint rm, trust revoke, trust signer remove, machine rm, namespace rm|remove, kube down, model rm, builder rm, buildx dial-stdio':
    {
      options:
        '-f|--force? -v|--volumes -a|--all -l|--latest --link -i|--ignore --time= --no-prune --all-inactive --keep-daemon --keep-state -d -t --builder= --depend --cidfile= --filter=',
      does: [
        ...acts('infra_destroy', 'container', '!-a !-v !--all-inactive'),
        ...acts('infra_destroy unbounded: with everything in it', 'container', '-a|-v|--all-inactive'),
      ],
    },
  'volume rm|remove': does('infra_destroy unbounded: the data of the volume', 'volume'),
  'stack rm|remove|down': does('infra_destroy unbounded: every service of the stack', 'stack'),
  // Without these options named data and tagged images stay: what goes can be made again.
  'system prune': {
    options: '-a|--all --volumes -f|--force --filter= --external --build',
    does: [
      ...acts('infra_destroy bounded: stopped containers and what nothing refers to', 'resource', '!-a !--volumes !--external'),
      ...acts(PRUNE, 'resource', '-a|--volumes|--external'),
    ],
  },
  'system reset, container prune, image prune, volume prune, network prune, builder prune, buildx prune, pod prune, secret prune, model purge, desktop reset, artifact prune':
    does(PRUNE, 'resource'),
  'swarm leave': does('infra_destroy unbounded: the node leaves the swarm', 'swarm'),
  'attach, container attach, container runlabel, machine ssh, unshare, buildx debug, debug, sandbox, container runlabel, model run':
    does('code_execution: a shell in a container', 'container'),
  'login, logout': does('identity_change', 'registry'),
  'context use|export, buildx use|install|uninstall, system connection add|remove|default|rename, system migrate|renumber': does(
    'config_change',
    'context',
  ),
  'system connection ls|list': READ,
  'system service': does('network', 'socket'),
  'mcp gateway run': does('network', 'socket'),
};

const ROOT = (names: string[], compose: boolean): Program => ({
  names,
  options: GLOBAL,
  sub: subs(compose ? { ...TABLE, ...COMPOSE } : TABLE, ELSEWHERE),
});

export const DOCKER: readonly Program[] = [ROOT(['docker', 'podman', 'nerdctl', 'finch', 'podman-remote'], true)];
