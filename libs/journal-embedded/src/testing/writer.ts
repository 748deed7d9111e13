/** A process that appends as it is told over IPC: what the specs start, stop and kill. Arguments: folder, name. */
import { join } from 'node:path';

import { open } from 'lmdb';

import { EnvironmentError, messageOf } from '@countersign/kernel';
import { TOPICS } from '@countersign/ports';

import { openEmbeddedJournal } from '../embedded-journal.ts';
import { lockDataFolder } from '../folder-lock.ts';

export type WriterOrder =
  /** Appends `count` records, `atOnce` of them under way at a time; texts are `<name>:<number>:` and filling. */
  | { readonly do: 'append'; readonly count: number; readonly atOnce: number; readonly valueBytes: number }
  /** Keeps the engine's write lock, as a process does that is stopped within a commit. */
  | { readonly do: 'hold'; readonly ms: number }
  | { readonly do: 'lock' }
  | { readonly do: 'close' };

export type WriterReport =
  | { readonly is: 'ready' | 'done' | 'locked' }
  | { readonly is: 'stored'; readonly text: string; readonly offset: number }
  | { readonly is: 'failed'; readonly message: string; readonly advice: string | undefined };

const [dir = '', name = ''] = process.argv.slice(2);
const journal = await openEmbeddedJournal({ dir });
let written = 0;

process.on('message', (order: WriterOrder) => void obey(order));
process.on('disconnect', () => process.exit());
report({ is: 'ready' });

async function obey(order: WriterOrder): Promise<void> {
  switch (order.do) {
    case 'append': {
      const end = written + order.count;
      const lanes = Array.from({ length: order.atOnce }, async () => {
        while (written < end) await append(order.valueBytes);
      });
      await Promise.all(lanes);
      return report({ is: 'done' });
    }
    case 'hold': {
      const engine = open({ path: join(dir, 'journal.mdb'), noSubdir: true, overlappingSync: false });
      return engine.transactionSync(() => {
        report({ is: 'locked' });
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, order.ms);
      });
    }
    case 'lock': {
      const lock = await lockDataFolder(dir);
      return report(lock.ok ? { is: 'locked' } : { is: 'failed', message: `held by ${lock.error.pid}`, advice: undefined });
    }
    case 'close':
      await journal.close();
      process.disconnect();
  }
}

async function append(valueBytes: number): Promise<void> {
  const text = `${name}:${written}:`;
  written += 1;
  const value = new Uint8Array(Math.max(valueBytes, text.length)).fill(0x2e);
  value.set(new TextEncoder().encode(text));
  try {
    const [position] = await journal.append([{ topic: TOPICS.decisions, key: name, value }]);
    report({ is: 'stored', text, offset: position?.offset ?? -1 });
  } catch (error) {
    report({ is: 'failed', message: messageOf(error), advice: error instanceof EnvironmentError ? error.advice : undefined });
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function report(message: WriterReport): void {
  process.send?.(message);
}
