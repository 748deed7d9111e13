/** What a command may touch of its process, so that specs can stand in for it. */
import type { Readable } from 'node:stream';
import picocolors from 'picocolors';

export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
}

export interface Host {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: Readable & { readonly isTTY?: boolean | undefined };
  readonly stdout: Output;
  readonly stderr: Output;
  /** Set by commands; 0 unless one says otherwise. */
  exitCode: number;
}

export type Colors = ReturnType<typeof picocolors.createColors>;

/** Colours for people at a terminal only; https://no-color.org is honoured. */
export function colorsOf({ env, stdout }: Host): Colors {
  return picocolors.createColors(stdout.isTTY === true && (env.NO_COLOR ?? '') === '');
}

export function print(host: Host, text: string): void {
  host.stdout.write(`${text}\n`);
}

/** One line of JSON for programs. */
export function printJson(host: Host, value: unknown): void {
  host.stdout.write(`${JSON.stringify(value)}\n`);
}

/** Progress and remarks go to stderr, so that stdout holds nothing but the result. */
export function note(host: Host, text: string): void {
  host.stderr.write(`${text}\n`);
}

export const EXIT = { allow: 0, error: 1, usage: 2, deny: 3, approval: 4 } as const;
