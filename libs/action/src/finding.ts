/** How a walk over a text notes what it finds: the same for every language that is walked. */
import type { Effect, EffectKind, EffectScope, EffectTarget, Reversible, TextSpan } from '@countersign/kernel';
import { joinVia } from './reader.ts';

/** The part of a walk's context that a finding needs. */
export interface Finder {
  /** What findings without a place of their own point at. */
  readonly statement: TextSpan;
  readonly via: string;
  readonly out: Effect[];
}

export interface Finding {
  readonly kind: EffectKind;
  readonly scope?: EffectScope;
  readonly reversible?: Reversible;
  readonly targets?: readonly EffectTarget[];
  readonly span?: TextSpan;
  readonly via?: string;
  readonly why?: string;
}

export function emit(cx: Finder, finding: Finding): void {
  const { kind, scope = 'one', reversible = 'unknown', targets = [], span = cx.statement, why = '' } = finding;
  const via = joinVia(cx.via, finding.via ?? '');
  cx.out.push({ kind, scope, reversible, targets, span, via, why });
}

export function emitOpaque(cx: Finder, why: string, via = '', span: TextSpan = cx.statement): void {
  emit(cx, { kind: 'opaque', scope: 'unknown', span, via, why });
}

const SCOPES: readonly EffectScope[] = ['one', 'bounded', 'unknown', 'unbounded'];

export function wider(a: EffectScope, b: EffectScope): EffectScope {
  return SCOPES.indexOf(a) >= SCOPES.indexOf(b) ? a : b;
}
