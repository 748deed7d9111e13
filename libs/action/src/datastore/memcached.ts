/** memcached's text protocol → effects: storage commands carry a line of data, which is skipped. */
import type { Effect, EffectKind, EffectScope } from '@countersign/kernel';
import { opaqueEffect } from '../analysis.ts';
import { effectOf } from '../http/effects.ts';
import { LINES } from './words.ts';

type Row = readonly [names: string, kind: EffectKind, scope: EffectScope, why?: string];

const ROWS: readonly Row[] = [
  ['get gets mg', 'read', 'bounded'],
  ['stats version mn me watch lru_crawler', 'read', 'one'],
  ['set add replace append prepend cas ms incr decr touch gat gats ma', 'write', 'one'],
  ['delete md', 'delete', 'one'],
  ['flush_all', 'delete', 'unbounded', 'every key'],
  ['quit verbosity', 'session', 'one'],
  ['slabs lru cache_memlimit', 'config_change', 'one'],
  ['shutdown', 'process_control', 'one'],
];

const COMMANDS = new Map(
  ROWS.flatMap(([names, kind, scope, why]) => names.split(' ').map((name) => [name, { kind, scope, why: why ?? '' }] as const)),
);

const STORES: ReadonlySet<string> = new Set(['set', 'add', 'replace', 'append', 'prepend', 'cas', 'ms']);

export function memcachedEffects(text: string): Effect[] {
  // Sizes count bytes: in other text the next command would be looked for at the wrong place.
  if (/[^\t\r\n -~]/.test(text)) return [opaqueEffect({ start: 0, end: text.length }, 'data that is not plain ASCII')];
  const out: Effect[] = [];
  let start = 0;
  for (let count = 0; start < text.length; count += 1) {
    if (count > LINES) return [...out, opaqueEffect({ start, end: text.length }, `more than ${LINES} commands`)];
    const end = text.indexOf('\n', start) < 0 ? text.length : text.indexOf('\n', start);
    const words = text.slice(start, end).trim().split(/\s+/);
    const name = (words[0] ?? '').toLowerCase();
    const span = { start, end };
    start = end + 1;
    if (name === '') continue;
    const row = COMMANDS.get(name);
    if (row === undefined) {
      out.push(opaqueEffect(span, `the command ${name.slice(0, 40)} is not known`));
      continue;
    }
    const keys =
      row.kind === 'read' || row.kind === 'write' || name === 'delete' ? words.slice(1, row.kind === 'read' ? undefined : 2) : [];
    out.push(effectOf({ ...row, targets: keys.slice(0, 20).map((key) => ({ type: 'key', name: key })), via: name }, span));
    // The size says how long the data is: what follows it is a command again.
    if (STORES.has(name)) start = behindData(text, start, Number(words[name === 'ms' ? 2 : 4]));
  }
  return out;
}

function behindData(text: string, start: number, size: number): number {
  const bytes = Number.isInteger(size) && size >= 0 ? size : 0;
  const next = text.indexOf('\n', start + bytes);
  return next < 0 ? text.length : next + 1;
}
