/** One line of the catalogue of functions: what calling one does. */
import type { EffectKind, EffectScope, Reversible } from '@countersign/kernel';

export interface FunctionRule {
  readonly kind: EffectKind;
  readonly scope: EffectScope;
  readonly reversible: Reversible;
  /** Type of the target that an argument names. */
  readonly target?: string;
  /** Which argument that is; the first one when left out. */
  readonly argument?: number;
  readonly why: string;
}

/** Several names, separated by spaces, that do the same. */
export type NamedRule = readonly [names: string, rule: FunctionRule];

export function rule(
  names: string,
  kind: EffectKind,
  scope: EffectScope,
  reversible: Reversible,
  why: string,
  target?: string,
  argument?: number,
): NamedRule {
  return [
    names,
    { kind, scope, reversible, why, ...(target !== undefined && { target }), ...(argument !== undefined && { argument }) },
  ];
}
