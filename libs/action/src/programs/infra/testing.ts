/** For tests: what a command line does, in short: its kinds in alphabetical order, `!` behind those without bounds. */
import { readKubernetes } from '../../kubernetes/reader.ts';
import { effectsOfLine } from '../../shell/testing.ts';
import { EMPTY_CATALOGUE } from '../../catalogue.ts';
import { unreadable } from '../../analysis.ts';
import type { Inner, ReadContext } from '../../reader.ts';
import { readShell } from '../../shell/read.ts';

export function shortOf(line: string): string {
  const cx: ReadContext = {
    catalogue: EMPTY_CATALOGUE,
    target: '',
    place: 'worker',
    depth: 0,
    embedded: (inner: Inner) => {
      if (inner.kind === 'shell') return readShell(inner, cx);
      if (inner.kind === 'kubernetes') return readKubernetes(inner, cx);
      return unreadable(inner.text, `${inner.kind} is not read here`);
    },
  };
  const kinds = effectsOfLine(line, cx).map((effect) => effect.kind + (effect.scope === 'unbounded' ? '!' : ''));
  return [...new Set(kinds)].toSorted().join(' ');
}
