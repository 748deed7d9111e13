/** Collects the effects of a manifest, with the words of the text that each stands on. */
import type { Effect, EffectKind, EffectScope, EffectTarget, TextSpan } from '@countersign/kernel';

export interface Finding {
  readonly scope?: EffectScope;
  readonly targets?: readonly EffectTarget[];
  readonly why?: string;
  readonly via?: string;
  /** A word that stands in the text, to point at. */
  readonly at?: string;
}

const FINAL: ReadonlySet<EffectKind> = new Set(['infra_destroy', 'delete', 'export', 'code_execution']);

export class Findings {
  readonly effects: Effect[] = [];
  private readonly text: string;
  private readonly part: TextSpan;

  constructor(text: string, part: TextSpan) {
    this.text = text;
    this.part = part;
  }

  add(kind: EffectKind, finding: Finding = {}): void {
    this.effects.push({
      kind,
      scope: finding.scope ?? 'one',
      reversible: FINAL.has(kind) ? 'no' : kind === 'none' || kind === 'read' ? 'yes' : 'unknown',
      targets: finding.targets ?? [],
      span: this.spanOf(finding.at),
      via: finding.via ?? '',
      why: finding.why ?? '',
    });
  }

  take(effects: readonly Effect[]): void {
    this.effects.push(...effects);
  }

  /** The first place of the word in this part of the text; the whole part where it does not stand there as it is. */
  spanOf(word: string | undefined): TextSpan {
    if (word === undefined || word === '') return this.part;
    const start = this.text.indexOf(word, this.part.start);
    return start < 0 || start + word.length > this.part.end ? this.part : { start, end: start + word.length };
  }
}
