/** Starts the built product as a user does and watches it end, for specs: exit code, words, and what it leaves behind. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const CLI = fileURLToPath(new URL('../../../cli/bin/countersign.js', import.meta.url));
const LIMIT_MS = 60_000;

export interface Started {
  readonly child: ChildProcess;
  /** Resolves once it listens; rejects with what it said when it ends before. */
  readonly ready: Promise<void>;
  readonly ended: Promise<Ended>;
}

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

export type Settings = Readonly<Record<string, string>>;

/** On free ports. `wrapper` goes before the command, e.g. `prlimit --fsize=0`. */
export function start(dataDir: string, settings: Settings = {}, wrapper: readonly string[] = []): Started {
  const [command = process.execPath, ...args] = [...wrapper, process.execPath, CLI, 'start'];
  const child = spawn(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      COUNTERSIGN_DATA_DIR: dataDir,
      COUNTERSIGN_GRPC_ADDRESS: '127.0.0.1:0',
      COUNTERSIGN_HTTP_ADDRESS: '127.0.0.1:0',
      COUNTERSIGN_CLICKHOUSE_URL: 'http://127.0.0.1:0',
      ...settings,
    },
  });
  living.add(child);
  let out = '';
  let err = '';
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const ended = new Promise<Ended>((resolve) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), LIMIT_MS);
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      living.delete(child);
      resolve({ code, signal, out, err });
    });
  });
  const ready = new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      if (out.includes('Try, in another terminal')) resolve();
    });
    void ended.then(({ code }) => reject(new Error(`ended with ${code}: ${err}`)));
  });
  // Whoever waits for the end only must not hear of the start that never came.
  ready.catch(() => undefined);
  return { child, ready, ended };
}

const living = new Set<ChildProcess>();

/** Ends what a failed test has left running, its children included. */
export function endAll(): void {
  for (const { pid = 0 } of living) for (const one of [...childrenOf(pid), pid]) if (runs(one)) process.kill(one, 'SIGKILL');
}

/** Processes whose parent is this one, as long as it lives. */
export function childrenOf(parent: number): number[] {
  return readdirSync('/proc').flatMap((entry) => {
    if (!/^\d+$/.test(entry)) return [];
    try {
      const stat = readFileSync(`/proc/${entry}/stat`, 'utf8');
      return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === parent ? [Number(entry)] : [];
    } catch {
      // It ended between the listing and the look.
      return [];
    }
  });
}

/** False for a zombie: it runs no more, its parent has only not asked for it yet. */
export function runs(pid: number): boolean {
  if (!existsSync(`/proc/${pid}`)) return false;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2)[0] !== 'Z';
  } catch {
    return false;
  }
}

/** Waits for what must come; the limit only ends a run that would hang. */
export async function until(condition: () => boolean | Promise<boolean>, limitMs = 20_000): Promise<void> {
  const overAt = performance.now() + limitMs;
  while (!(await condition())) {
    if (performance.now() > overAt) throw new Error(`this did not come about within ${limitMs} ms: ${condition.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
