/** One number from 0 (nothing happens) to 100 (the worst that is known), for people who sort queues by it, and what it is made of. */
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
export const RISK_OF_ENVIRONMENT: Readonly<Record<string, number>> = {
  staging: 60,
  stage: 60,
  preview: 60,
  qa: 60,
  test: 30,
  testing: 30,
  development: 30,
  dev: 30,
  local: 30,
  sandbox: 30,
};

/** Percent, once, whatever the number of such labels. */
export const RISK_OF_LABEL: Readonly<Record<string, number>> = {
  sensitive: 125,
  pii: 125,
  phi: 125,
  pci: 125,
  secret: 125,
  confidential: 125,
  restricted: 125,
  regulated: 125,
  cardholder: 125,
  personal: 125,
  hipaa: 125,
  gdpr: 125,
};

const WORST = 100;
const PLAIN_PERCENT = 100;

/** One factor of a risk, in the order in which it was applied. */
export interface RiskPart {
  /** "kind:delete", "scope:unbounded", "reversible:no", "environment:staging", "label:pii", "history:denials", "unread". */
  readonly factor: string;
  /** Points for `kind`, `history` and `unread`; percent for the others. */
  readonly value: number;
}

export interface RiskScore {
  readonly risk: number;
  readonly parts: readonly RiskPart[];
}

/** Nothing is known about what would happen. */
const UNREAD: RiskScore = { risk: WORST, parts: [{ factor: 'unread', value: WORST }] };

/**
 * The worst effect's `kind × scope × reversible × environment × label`, cut at 100; integers only, so every machine agrees.
 * No effects, or an effect of an unknown word, is 100: nothing is known about what would happen.
 */
export function scoreRisk(effects: readonly Effect[], environment: string, labels: readonly string[]): RiskScore {
  const place = percentOf(RISK_OF_ENVIRONMENT, environment);
  const label = worstLabel(labels);
  const context = place * (label === undefined ? PLAIN_PERCENT : (RISK_OF_LABEL[label] ?? PLAIN_PERCENT));
  let worst: Effect | undefined;
  let risk = -1;
  for (const effect of effects) {
    const score = scoreOne(effect, context);
    if (score === undefined) return UNREAD;
    if (score <= risk) continue;
    risk = score;
    worst = effect;
  }
  return worst === undefined ? UNREAD : { risk, parts: partsOf(worst, environment, place, label) };
}

function partsOf({ kind, scope, reversible }: Effect, environment: string, place: number, label: string | undefined): RiskPart[] {
  const parts = [
    { factor: `kind:${kind}`, value: RISK_OF_KIND[kind] },
    { factor: `scope:${scope}`, value: RISK_OF_SCOPE[scope] },
    { factor: `reversible:${reversible}`, value: RISK_OF_REVERSIBLE[reversible] },
    // The word of the table, not of the request: what a caller writes there is not ours to repeat.
    {
      factor: `environment:${Object.hasOwn(RISK_OF_ENVIRONMENT, environment.toLowerCase()) ? environment.toLowerCase() : 'production'}`,
      value: place,
    },
  ];
  return label === undefined ? parts : [...parts, { factor: `label:${label}`, value: RISK_OF_LABEL[label] ?? PLAIN_PERCENT }];
}

function worstLabel(labels: readonly string[]): string | undefined {
  for (const name of labels) if (Object.hasOwn(RISK_OF_LABEL, name.toLowerCase())) return name.toLowerCase();
  return undefined;
}

function percentOf(table: Readonly<Record<string, number>>, word: string): number {
  const name = word.toLowerCase();
  return (Object.hasOwn(table, name) ? table[name] : undefined) ?? PLAIN_PERCENT;
}

function scoreOne(effect: Effect, context: number): number | undefined {
  const kind = lookup(RISK_OF_KIND, effect.kind);
  const scope = lookup(RISK_OF_SCOPE, effect.scope);
  const reversible = lookup(RISK_OF_REVERSIBLE, effect.reversible);
  if (kind === undefined || scope === undefined || reversible === undefined) return undefined;
  // Four percentages: at most 90 × 150 × 125 × 100 × 125, far below 2^53, so the product is exact.
  return Math.min(WORST, Math.floor((kind * scope * reversible * context) / 100 ** 4));
}

/** Effects can come from older records: a word outside the closed list must not become NaN. */
function lookup<K extends string>(table: Readonly<Record<K, number>>, word: K): number | undefined {
  return Object.hasOwn(table, word) ? table[word] : undefined;
}
