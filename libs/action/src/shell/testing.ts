/** For tests: the effects of a command line, read by itself. */
import type { Effect } from '@countersign/kernel';
import { type Analysis, unreadable } from '../analysis.ts';
import { EMPTY_CATALOGUE } from '../catalogue.ts';
import type { Inner, ReadContext } from '../reader.ts';
import { readShell } from './read.ts';

/** A context in which only shell is read; every other language is opaque. */
export function contextOfLine(more: Partial<ReadContext> = {}): ReadContext {
  const cx: ReadContext = {
    catalogue: EMPTY_CATALOGUE,
    target: '',
    place: 'worker',
    depth: 0,
    embedded: (inner: Inner): Analysis =>
      inner.kind === 'shell'
        ? readShell(inner, { ...cx, depth: cx.depth + 1 })
        : unreadable(inner.text, `${inner.kind} is not read here`),
    ...more,
  };
  return cx;
}

export function effectsOfLine(line: string, more: Partial<ReadContext> = {}): readonly Effect[] {
  return readShell({ kind: 'shell', text: line }, contextOfLine(more)).effects;
}
