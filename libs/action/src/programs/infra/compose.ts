/** docker compose, as a command of docker and as a program of its own. */
import type { Command, Program } from '../program.ts';
import { ELSEWHERE, RUN_ACTS } from './docker-options.ts';
import { acts, does, subs } from './shorthand.ts';

const OPTIONS = `--help -H|--host= --ansi= --compatibility --dry-run --env-file= -f|--file= --parallel= --profile= --progress= --project-directory= -p|--project-name= --all-resources`;

const READ: Command = does(
  'read',
  'service',
  '-a|--all --filter= --format= -q|--quiet --services --status= --no-color --no-log-prefix -n|--tail= --since= --until= -t|--timestamps --follow -o|--output=',
  '',
);

const CHANGE: Command = does(
  'infra_change',
  'service',
  '-d|--detach --build --force-recreate --no-deps --no-start --remove-orphans --scale= --timeout= -t= --wait --pull= -V -y --no-recreate --abort-on-container-exit --quiet-pull --no-build --attach= --exit-code-from= -w',
  '!--dry-run',
);

const VERBS: Readonly<Record<string, Command>> = {
  'ps, ls, logs, config, convert, images, top, port, events, stats, volumes, version, wait, help, attach --help': READ,
  'pull, build': does('write', 'image', '', '!--dry-run'),
  'up, create, scale, watch': CHANGE,
  'start, stop, restart, pause, unpause, kill': does('process_control', 'service', '-t= -s=', '!--dry-run'),
  down: {
    options: '-v|--volumes --rmi= --remove-orphans -t|--timeout=',
    does: [
      ...acts('infra_destroy bounded: every container of the project', 'service', '!--dry-run !-v'),
      ...acts('infra_destroy unbounded: the volumes with their data', 'service', '!--dry-run -v'),
    ],
  },
  rm: {
    options: '-f|--force -s|--stop -v|--volumes',
    does: [
      ...acts('infra_destroy', 'service', '!--dry-run !-v'),
      ...acts('infra_destroy unbounded: the volumes with their data', 'service', '!--dry-run -v'),
    ],
  },
  exec: {
    syntax: 'posix',
    otherOptions: 'opaque',
    options: '-d|--detach? -e|--env= --index= -i|--interactive? --no-tty|-T? --privileged? -t|--tty? -u|--user= -w|--workdir=',
    does: [{ kind: 'code_execution', when: '#<2', on: '0', type: 'container', evenWithout: true, why: 'what runs is not named' }],
    runs: [{ as: 'argv', when: '#>1', from: '1..', at: { type: 'container', on: '0' } }],
  },
  run: {
    syntax: 'posix',
    otherOptions: 'opaque',
    options:
      '--build? --cap-add= --cap-drop= -d|--detach? --entrypoint= -e|--env= --env-from-file= -i|--interactive? -l|--label= --name= -T|--no-TTY? --no-deps? -p|--publish= --pull= -q|--quiet? --quiet-build? --quiet-pull? --remove-orphans? --rm? -P|--service-ports? --use-aliases? -u|--user= -v|--volume= -w|--workdir= -t|--tty?',
    does: [
      { kind: 'infra_create', on: '0', type: 'service', evenWithout: true },
      ...RUN_ACTS.filter(({ when = '' }) => when.startsWith('-v')),
    ],
    runs: [{ as: 'argv', when: '#>1 !--entrypoint', from: '1..', at: { type: 'container', on: '0' } }],
  },
  cp: does('write', 'container'),
  'push, publish': does('export', 'image'),
  export: does('read', 'container'),
  'attach, alpha': does('code_execution', 'container'),
  commit: does('write', 'image'),
};

/** The same below `docker compose`. */
export const COMPOSE: Readonly<Record<string, Command>> = {
  compose: { options: OPTIONS, sub: subs(VERBS), bare: { does: [{ kind: 'none' }] } },
};

export const COMPOSE_PROGRAMS: readonly Program[] = [
  {
    names: ['docker-compose', 'podman-compose'],
    options: OPTIONS,

    sub: subs(VERBS, ELSEWHERE.slice(0, 1)),
  },
];
