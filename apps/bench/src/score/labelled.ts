/** Reads folders of labelled actions: NDJSON files whose lines have `kind`, `text`, `label` and perhaps `dialect`, `effect`, `source`, `confidence`. */
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ACTION_KINDS } from '@countersign/kernel';

export interface Labelled {
  readonly file: string;
  readonly line: number;
  /** The project that the line was taken from, as far as `source` names one. */
  readonly source: string;
  readonly kind: string;
  readonly dialect: string;
  readonly text: string;
  readonly label: string;
  /** What the label's author says it does, in their words; '' where they do not. */
  readonly effect: string;
  readonly confidence: string;
}

/** Command lines of infrastructure tools are shell actions. */
const KIND_OF: ReadonlyMap<string, string> = new Map([['infra', 'shell'], ...ACTION_KINDS.map((kind) => [kind, kind] as const)]);

/** Lines of kinds that are no actions are left out. Throws with file and line for what is not JSON. */
export function readLabelled(path: string): readonly Labelled[] {
  const files = statSync(path).isDirectory()
    ? readdirSync(path)
        .filter((name) => name.endsWith('.jsonl') || name.endsWith('.ndjson'))
        .sort()
        .map((name) => join(path, name))
    : [path];
  return files.flatMap(readFile);
}

function readFile(path: string): readonly Labelled[] {
  const file = basename(path);
  return readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((text, index) => (text.trim() === '' ? [] : [lineOf(text, file, index + 1)]))
    .filter((row) => row.kind !== '');
}

function lineOf(json: string, file: string, line: number): Labelled {
  const row = parsed(json, file, line);
  const text = (name: string): string => (typeof row[name] === 'string' ? row[name] : '');
  return {
    file,
    line,
    source: text('source').split(':')[0]?.split('#')[0] ?? '',
    kind: KIND_OF.get(text('kind')) ?? '',
    dialect: text('dialect'),
    text: text('text'),
    label: text('label'),
    effect: text('effect'),
    confidence: text('confidence'),
  };
}

function parsed(json: string, file: string, line: number): Record<string, unknown> {
  try {
    return JSON.parse(json) as Record<string, unknown>;
  } catch (cause) {
    throw new Error(`${file}:${line} is not JSON: each line must be one object with kind, text and label`, { cause });
  }
}
