/** Builds effects with the usual defaults, for requests, tools and datastores alike. */
import type { Effect, EffectKind, EffectScope, EffectTarget, Reversible, TextSpan } from '@countersign/kernel';

export interface Draft {
  readonly kind: EffectKind;
  readonly scope?: EffectScope;
  readonly reversible?: Reversible;
  readonly targets?: readonly EffectTarget[];
  readonly via?: string;
  readonly why?: string;
}

const LASTING: ReadonlySet<EffectKind> = new Set([
  'delete',
  'schema_drop',
  'infra_destroy',
  'export',
  'code_execution',
  'history_rewrite',
  'log_tamper',
]);

const TRACELESS: ReadonlySet<EffectKind> = new Set(['none', 'session', 'read']);

export function effectOf(draft: Draft, span: TextSpan): Effect {
  return {
    kind: draft.kind,
    scope: draft.scope ?? (draft.kind === 'opaque' ? 'unknown' : 'one'),
    reversible: draft.reversible ?? usualReversal(draft.kind),
    targets: draft.targets ?? [],
    span,
    via: draft.via ?? '',
    why: draft.why ?? '',
  };
}

export function usualReversal(kind: EffectKind): Reversible {
  if (LASTING.has(kind)) return 'no';
  return TRACELESS.has(kind) ? 'yes' : 'unknown';
}

/** Drops repeats, and `none` where there is something else; never empty. */
export function tidy(effects: readonly Effect[], span: TextSpan, why: string): Effect[] {
  const seen = new Set<string>();
  const kept: Effect[] = [];
  const loud = effects.some((effect) => effect.kind !== 'none');
  for (const effect of effects) {
    if (loud && effect.kind === 'none') continue;
    const key = `${effect.kind} ${effect.scope} ${effect.reversible} ${effect.span.start} ${effect.span.end} ${effect.via} ${effect.why} ${names(effect)}`;
    if (seen.has(key)) continue;
    seen.add(key);
    kept.push(effect);
  }
  return kept.length > 0 ? kept : [effectOf({ kind: 'none', why }, span)];
}

function names(effect: Effect): string {
  return effect.targets.map((target) => `${target.type}:${target.name}`).join('\n');
}
