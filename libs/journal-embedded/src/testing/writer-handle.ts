/** Starts writer processes for the specs and keeps what they report. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';

import type { WriterOrder, WriterReport } from './writer.ts';

export interface Writer {
  readonly pid: number;
  readonly reports: readonly WriterReport[];
  order(order: WriterOrder): void;
  /** Resolves with the first report of this kind, past or future. Rejects when the process ends without one. */
  until(is: WriterReport['is'], count?: number): Promise<void>;
  stored(): { readonly text: string; readonly offset: number }[];
  failures(): { readonly message: string; readonly advice: string | undefined }[];
  /** SIGKILL; resolves when the process is gone and its last report is read. */
  kill(): Promise<void>;
  close(): Promise<void>;
}

/** `fileLimit` is a soft limit on the size of any file, in blocks of 512 bytes. */
export async function startWriter(dir: string, name: string, fileLimit?: number): Promise<Writer> {
  const entry = createRequire(import.meta.url).resolve('@countersign/journal-embedded/testing/writer');
  const node = [process.execPath, entry, dir, name];
  const command = fileLimit === undefined ? node : ['sh', '-c', `ulimit -S -f ${fileLimit}; exec "$@"`, 'sh', ...node];
  const [program = '', ...args] = command;
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  const writer = new ChildWriter(child);
  await writer.until('ready');
  return writer;
}

class ChildWriter implements Writer {
  readonly pid: number;
  readonly reports: WriterReport[] = [];
  private readonly child: ChildProcess;
  private readonly gone: Promise<void>;
  private ended = false;
  private wake: () => void = () => {};

  constructor(child: ChildProcess) {
    this.child = child;
    this.pid = child.pid ?? -1;
    child.on('message', (report: WriterReport) => {
      this.reports.push(report);
      this.wake();
    });
    this.gone = new Promise((resolve) => {
      child.on('close', () => {
        this.ended = true;
        this.wake();
        resolve();
      });
    });
  }

  order(order: WriterOrder): void {
    this.child.send(order);
  }

  async until(is: WriterReport['is'], count = 1): Promise<void> {
    while (this.reports.filter((report) => report.is === is).length < count) {
      if (this.ended) throw new Error(`the writer ended before it was ${is}`);
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
  }

  stored(): { text: string; offset: number }[] {
    return this.reports.filter((report) => report.is === 'stored');
  }

  failures(): { message: string; advice: string | undefined }[] {
    return this.reports.filter((report) => report.is === 'failed');
  }

  kill(): Promise<void> {
    this.child.kill('SIGKILL');
    return this.gone;
  }

  close(): Promise<void> {
    if (!this.ended) this.order({ do: 'close' });
    return this.gone;
  }
}
