/**
 * Notices that a policy folder changed and reads it again. Editors write beside the file and rename, volumes swap a symbolic link,
 * some file systems send no events: so a slow look at names, sizes and times decides, and events only make it look sooner.
 */
import type { Result } from '@countersign/kernel';
import { type FSWatcher, watch } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { listPolicyFiles, loadPolicyFolder } from './folder.ts';
import type { PolicyProblem } from './problem.ts';
import type { PolicySource } from './source.ts';

export interface WatchOptions {
  /** Quiet time after the last change before the folder is read, in ms: a save is often several writes. */
  readonly settleMs?: number;
  /** How often it looks without any event, in ms. */
  readonly lookMs?: number;
}

export type PolicyChange = (read: Result<PolicySource, PolicyProblem>) => void | Promise<void>;

const SETTLE_MS = 200;
const LOOK_MS = 2_000;

/**
 * Calls `onChange` once for each settled change after the call, with the folder as it is then or why it cannot be read; never twice at
 * the same time. What `onChange` throws is not caught. Does not keep the process alive. The function that it gives ends it, and resolves
 * once no call is under way and none will follow.
 */
export function watchPolicyFolder(folder: string, onChange: PolicyChange, options: WatchOptions = {}): () => Promise<void> {
  const { settleMs = SETTLE_MS, lookMs = LOOK_MS } = options;
  let closed = false;
  let events: FSWatcher | undefined;
  let timer: NodeJS.Timeout | undefined;
  let told: string | undefined;
  let seen: string | undefined;
  let work: Promise<void> = start();

  async function start(): Promise<void> {
    told = await fingerprint(folder);
    seen = told;
    listen();
    schedule(lookMs);
  }

  /** A folder that is replaced takes its events with it, so this is done again after every change. */
  function listen(): void {
    events?.close();
    if (closed) return;
    try {
      events = watch(folder, { recursive: true, persistent: false }, () => schedule(settleMs));
      events.on('error', () => events?.close());
    } catch {
      // No folder now, or no events on this system: the slow look finds the change.
      events = undefined;
    }
  }

  function schedule(delayMs: number): void {
    if (closed) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      work = work.then(look);
    }, delayMs);
    timer.unref();
  }

  /** A state is told once it was seen twice in a row, so that a write in progress is not read. */
  async function look(): Promise<void> {
    if (closed) return;
    const before = seen;
    seen = await fingerprint(folder);
    const settled = seen === before;
    if (settled && seen !== told) {
      told = seen;
      listen();
      const read = await loadPolicyFolder(folder);
      if (!closed) await onChange(read);
    }
    schedule(settled ? lookMs : settleMs);
  }

  return async () => {
    closed = true;
    clearTimeout(timer);
    events?.close();
    await work;
  };
}

/** Changes whenever a policy file does; a folder that cannot be read has its own. */
async function fingerprint(folder: string): Promise<string> {
  try {
    const paths = await listPolicyFiles(folder);
    const states = await Promise.all(paths.map((path) => stat(join(folder, path))));
    return paths
      .map((path, index) => `${path}\0${states[index]?.size}\0${states[index]?.mtimeMs}\0${states[index]?.ino}`)
      .join('\n');
  } catch {
    return 'unreadable';
  }
}
