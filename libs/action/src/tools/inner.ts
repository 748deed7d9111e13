/** Reads the texts inside a call's arguments, and brings what they do back to where they stand in the action. */
import type { Effect, TextSpan } from '@countersign/kernel';
import { graphqlEffects } from '../http/graphql.ts';
import { type Inner, type ReadContext, pointed, shifted } from '../reader.ts';

/** Where the action's text stands, so that effects point at words. */
export interface Ground {
  readonly text: string;
  readonly cx: ReadContext;
}

/** The place of a string in the action's JSON, where it can be found; else the whole text. */
export function placeOf(value: string, ground: Ground): { readonly span: TextSpan; readonly plain: boolean } {
  const { text } = ground;
  if (value !== '' && text !== '') {
    const written = JSON.stringify(value);
    const once = text.indexOf(written);
    if (once >= 0)
      return { span: { start: once + 1, end: once + written.length - 1 }, plain: written.length === value.length + 2 };
    const twice = JSON.stringify(written).slice(1, -1);
    const nested = text.indexOf(twice);
    if (nested >= 0) return { span: { start: nested + 2, end: nested + twice.length - 2 }, plain: false };
  }
  return { span: { start: 0, end: text.length }, plain: false };
}

function home(effects: readonly Effect[], value: string, via: string, ground: Ground): Effect[] {
  const { span, plain } = placeOf(value, ground);
  return plain ? shifted(effects, span.start, via) : pointed(effects, span, via);
}

export function readInner(inner: Inner, via: string, ground: Ground): Effect[] {
  return home(ground.cx.embedded(inner).effects, inner.text, via, ground);
}

export function readGraphql(value: string, via: string, ground: Ground): Effect[] {
  return home(graphqlEffects({ query: value, operationName: '' }, { start: 0, end: value.length }), value, via, ground);
}

export function readRequestOf(payload: Readonly<Record<string, unknown>>, value: string, via: string, ground: Ground): Effect[] {
  const payloadJson = new TextEncoder().encode(JSON.stringify(payload));
  const { span } = placeOf(value, ground);
  return pointed(ground.cx.embedded({ kind: 'http', text: '', payloadJson }).effects, span, via);
}

/** How a tool uses a path. `tree`: with all that is below it. */
export type PathUse = 'read' | 'write' | 'delete' | 'tree';

const PROGRAMS: Readonly<Record<PathUse, string>> = { read: 'cat', write: 'touch', delete: 'rm', tree: 'rm -rf' };

export function isPathUse(word: string): word is PathUse {
  return Object.hasOwn(PROGRAMS, word);
}

/** What a path means (keys, logs, start-up files) is worked out by the reader of shells, which is asked about a program that does the same. */
export function readPath(path: string, use: PathUse, via: string, ground: Ground): Effect[] {
  const text = `${PROGRAMS[use]} -- ${quoted(path.replace(/^file:\/\//i, ''))}`;
  const { span } = placeOf(path, ground);
  return ground.cx
    .embedded({ kind: 'shell', text })
    .effects.filter((effect) => effect.kind !== 'none')
    .map((effect) => ({ ...effect, span, via }));
}

export function quoted(word: string): string {
  // A home directory is only one where the tilde is not quoted.
  const tilde = /^~(?:\/|$)/.test(word);
  const rest = tilde ? word.slice(1) : word;
  return `${tilde ? '~' : ''}'${rest.replaceAll("'", `'\\''`)}'`;
}
