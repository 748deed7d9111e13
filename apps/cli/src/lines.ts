/** Lines of a stream that nobody vouches for: bounded, numbered, and told apart where they are not text. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { type Result, err, messageOf, ok } from '@countersign/kernel';
import { CommandFailed, UsageError } from './failure.ts';
import type { Host } from './host.ts';

export interface Line {
  /** From 1. */
  readonly number: number;
  readonly text: Result<string, string>;
}

/** The server takes messages of 4 MiB. */
const CAP_LINE_BYTES = 4 * 1024 * 1024;
const NEWLINE = 0x0a;

/** `-` is stdin. Rejects with CommandFailed when the file cannot be read. */
export async function openLines(host: Host, path: string): Promise<AsyncIterable<Line>> {
  if (path === '-') {
    if (host.stdin.isTTY === true)
      throw new UsageError('nothing comes in on stdin: pipe NDJSON into it, or name a file with --file');
    return linesOf(host.stdin);
  }
  try {
    if ((await stat(path)).isDirectory()) throw new Error('it is a folder');
  } catch (cause) {
    const why = (cause as NodeJS.ErrnoException).code === 'ENOENT' ? 'it is not there' : messageOf(cause);
    throw new CommandFailed(`${path} cannot be read: ${why}.`, 'Name a file of NDJSON, one action a line, or - for stdin.');
  }
  return linesOf(createReadStream(path));
}

/** Empty lines are counted and left out. */
export async function* linesOf(stream: Readable): AsyncGenerator<Line> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let number = 0;
  let parts: Buffer[] = [];
  let bytes = 0;
  const finish = (): Line | undefined => {
    number += 1;
    const text = bytes > CAP_LINE_BYTES ? err(`longer than ${CAP_LINE_BYTES} bytes`) : decode(decoder, Buffer.concat(parts));
    const blank = text.ok && text.value.trim() === '';
    parts = [];
    bytes = 0;
    return blank ? undefined : { number, text };
  };
  for await (const chunk of stream) {
    let rest: Buffer = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    for (;;) {
      const at = rest.indexOf(NEWLINE);
      const part = at < 0 ? rest : rest.subarray(0, at);
      bytes += part.length;
      // The rest of a line over the cap is counted, not kept.
      if (bytes <= CAP_LINE_BYTES) parts.push(part);
      if (at < 0) break;
      const line = finish();
      if (line !== undefined) yield line;
      rest = rest.subarray(at + 1);
    }
  }
  const last = bytes > 0 ? finish() : undefined;
  if (last !== undefined) yield last;
}

function decode(decoder: InstanceType<typeof TextDecoder>, bytes: Buffer): Result<string, string> {
  try {
    return ok(decoder.decode(bytes));
  } catch {
    return err('not valid UTF-8');
  }
}

/** All of stdin as text, for `--text -`. */
export async function readText(stream: Readable): Promise<string> {
  const parts: Buffer[] = [];
  for await (const chunk of stream) parts.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
  const text = decode(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }), Buffer.concat(parts));
  if (!text.ok) throw new UsageError(`stdin is ${text.error}`);
  return text.value.replace(/\r?\n$/, '');
}
