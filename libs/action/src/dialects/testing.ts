/** For specs: reads a text with nothing but the readers of this folder around it, and writes effects down in one line each. */
import type { Analysis } from '../analysis.ts';
import { unreadable } from '../analysis.ts';
import { EMPTY_CATALOGUE } from '../catalogue.ts';
import type { Inner, ReadContext } from '../reader.ts';
import { readDialect } from './read.ts';

export function contextOf(place: ReadContext['place'] = 'worker', depth = 0, given: Partial<ReadContext> = {}): ReadContext {
  return {
    catalogue: EMPTY_CATALOGUE,
    target: '',
    place,
    depth,
    embedded: (inner: Inner) =>
      inner.kind === 'sql' && depth < 4
        ? readDialect(inner, contextOf(place, depth + 1))
        : unreadable(inner.text, `a text of the kind ${inner.kind}`),
    ...given,
  };
}

export function analysed(dialect: string, text: string, place: ReadContext['place'] = 'worker'): Analysis {
  return readDialect({ kind: 'sql', dialect, text }, contextOf(place));
}

/** `delete/unbounded t`, with the names of the targets. */
export function effectsIn(dialect: string, text: string): string[] {
  return analysed(dialect, text).effects.map((effect) => {
    const names = effect.targets.map((target) => target.name).filter((name) => name !== '');
    return [`${effect.kind}/${effect.scope}`, ...names].join(' ');
  });
}

const HARSHNESS = { allow: 0, ask: 1, deny: 2 } as const;

/** How the shipped rules take an analysis, in short: what is everyday, what is asked about, what is denied. */
export function harshness(analysis: Analysis): number {
  return Math.max(
    ...analysis.effects.map(({ kind, scope }) => {
      if (kind === 'none' || kind === 'session' || kind === 'read') return HARSHNESS.allow;
      if (kind === 'write' || kind === 'delete')
        return scope === 'unbounded' ? HARSHNESS.deny : scope === 'unknown' ? HARSHNESS.ask : HARSHNESS.allow;
      return ['schema_drop', 'export', 'log_tamper', 'code_execution'].includes(kind) ? HARSHNESS.deny : HARSHNESS.ask;
    }),
  );
}
