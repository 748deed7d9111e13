/** One number from 0 (nothing happens) to 100 (the worst that is known), for people who sort queues by it. */
import type { Effect, EffectKind, EffectScope, Reversible } from '@countersign/kernel';

/** What the kind alone is worth, as a bounded, reversible-or-not-known act on unlabelled production data. */
export const RISK_OF_KIND: Readonly<Record<EffectKind, number>> = {
  none: 0,
  session: 1,
  read: 10,
  network: 30,
  write: 25,
  schema_change: 30,
  infra_create: 30,
  delete: 40,
  process_control: 40,
  infra_change: 40,
  identity_change: 45,
  config_change: 45,
  history_rewrite: 50,
  export: 55,
  privilege_change: 55,
  secret_read: 60,
  opaque: 60,
  persistence: 65,
  code_execution: 80,
  schema_drop: 85,
  infra_destroy: 90,
  log_tamper: 90,
};

/** Percent. Not knowable from the text counts nearly as much as everything. */
export const RISK_OF_SCOPE: Readonly<Record<EffectScope, number>> = { one: 80, bounded: 100, unknown: 130, unbounded: 150 };

export const RISK_OF_REVERSIBLE: Readonly<Record<Reversible, number>> = { yes: 80, unknown: 100, no: 125 };

/** Percent. An environment that is not stated, or not in this table, counts as production. */
const RISK_OF_ENVIRONMENT: ReadonlyMap<string, number> = new Map([
  ['staging', 60],
  ['stage', 60],
  ['preview', 60],
  ['qa', 60],
  ['test', 30],
  ['testing', 30],
  ['development', 30],
  ['dev', 30],
  ['local', 30],
  ['sandbox', 30],
]);

const SENSITIVE_LABELS: ReadonlySet<string> = new Set([
  'sensitive',
  'pii',
  'phi',
  'pci',
  'secret',
  'confidential',
  'restricted',
  'regulated',
]);

const SENSITIVE_PERCENT = 125;
const WORST = 100;

/**
 * The worst effect's `kind × scope × reversible × environment × labels`, cut at 100; integers only, so every machine agrees.
 * No effects, or an effect of an unknown word, is 100: nothing is known about what would happen.
 */
export function scoreRisk(effects: readonly Effect[], environment: string, labels: readonly string[]): number {
  if (effects.length === 0) return WORST;
  const place = RISK_OF_ENVIRONMENT.get(environment.toLowerCase()) ?? 100;
  const label = labels.some((name) => SENSITIVE_LABELS.has(name.toLowerCase())) ? SENSITIVE_PERCENT : 100;
  let worst = 0;
  for (const effect of effects) worst = Math.max(worst, scoreOne(effect, place * label));
  return worst;
}

function scoreOne(effect: Effect, context: number): number {
  const kind = lookup(RISK_OF_KIND, effect.kind);
  const scope = lookup(RISK_OF_SCOPE, effect.scope);
  const reversible = lookup(RISK_OF_REVERSIBLE, effect.reversible);
  if (kind === undefined || scope === undefined || reversible === undefined) return WORST;
  // Four percentages: at most 90 × 150 × 125 × 100 × 125, far below 2^53, so the product is exact.
  return Math.min(WORST, Math.floor((kind * scope * reversible * context) / 100 ** 4));
}

/** Effects can come from older records: a word outside the closed list must not become NaN. */
function lookup<K extends string>(table: Readonly<Record<K, number>>, word: K): number | undefined {
  return Object.hasOwn(table, word) ? table[word] : undefined;
}
