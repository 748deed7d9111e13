/** A real PostgreSQL for specs: a cluster of its own in a temporary folder, reached by a Unix socket alone, gone when it is stopped. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type PostgresSession, connect } from './session.ts';

/**
 * Where the server's programs are (`initdb`, `postgres`); `none` where a machine has no server and the specs that need one are to
 * say so and pass.
 */
const SETTING = 'COUNTERSIGN_TEST_POSTGRES';
const INSTALLED = '/usr/lib/postgresql';
const START_MS = 30_000;

export const WITHOUT_POSTGRES: boolean = process.env[SETTING] === 'none';

export interface PostgresServer {
  /** Of the server, as `15`. */
  readonly major: number;
  /** A new session as the superuser `admin` in the database `postgres`. */
  session(): Promise<PostgresSession>;
  stop(): Promise<void>;
}

/** Throws when there is no server to start: a spec that cannot run is red. */
export async function startPostgres(settings: readonly string[] = []): Promise<PostgresServer> {
  const bin = programs();
  const owner = unprivileged();
  const folder = mkdtempSync(join(tmpdir(), 'cs-pg-'));
  if (owner !== undefined) chownSync(folder, owner.uid, owner.gid);
  const data = join(folder, 'data');
  execFileSync(join(bin, 'initdb'), ['-D', data, '-U', 'admin', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'], {
    ...owner,
    cwd: folder,
    stdio: 'pipe',
  });
  const options = ['fsync=off', 'listen_addresses=', `unix_socket_directories=${folder}`, ...settings];
  const child = spawn(join(bin, 'postgres'), ['-D', data, ...options.flatMap((option) => ['-c', option])], {
    ...owner,
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said = `${said}${chunk.toString()}`.slice(-4000)));
  const socket = join(folder, '.s.PGSQL.5432');
  const first = await firstSession(child, socket, () => said);
  const version = await first.query('SHOW server_version_num');
  await first.close();
  return {
    major: Math.floor(Number(version.rows[0]?.[0]) / 10_000),
    session: () => connect(socket),
    stop: async () => {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      // Fast: sessions that are still there are ended.
      child.kill('SIGINT');
      await gone;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function programs(): string {
  const stated = process.env[SETTING];
  const versions = existsSync(INSTALLED) ? readdirSync(INSTALLED).toSorted((a, b) => Number(b) - Number(a)) : [];
  const found = [...(stated === undefined ? [] : [stated]), ...versions.map((version) => join(INSTALLED, version, 'bin'))].find(
    (folder) => existsSync(join(folder, 'initdb')),
  );
  if (found === undefined)
    throw new Error(
      `no PostgreSQL server found: install Debian's "postgresql" or set ${SETTING} to the folder of initdb, or to "none"`,
    );
  return found;
}

/** PostgreSQL refuses to run as root. */
function unprivileged(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string): number => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

async function firstSession(child: ChildProcess, socket: string, said: () => string): Promise<PostgresSession> {
  for (const deadline = performance.now() + START_MS; performance.now() < deadline; await pause(50)) {
    if (child.exitCode !== null) throw new Error(`PostgreSQL did not start:\n${said()}`);
    const session = existsSync(socket) ? await connect(socket).catch(() => undefined) : undefined;
    if (session !== undefined) return session;
  }
  child.kill('SIGKILL');
  throw new Error(`PostgreSQL did not answer in ${START_MS} ms:\n${said()}`);
}
