/** Finds the names of resources in the text of a plan, going forward only, so that large plans stay cheap. */
import type { TextSpan } from '@countersign/kernel';

/** So many searches in vain, and no more are made: each costs the whole text. */
const MISSES = 20;

export class Places {
  readonly whole: TextSpan;
  private readonly text: string;
  private from: number;
  private misses = 0;

  constructor(text: string, start: number) {
    this.text = text;
    this.whole = { start: 0, end: text.length };
    this.from = Math.max(0, start);
  }

  of(name: string): TextSpan {
    if (name === '' || this.misses >= MISSES) return this.whole;
    const quoted = JSON.stringify(name);
    const start = this.text.indexOf(quoted, this.from);
    if (start < 0) {
      this.misses += 1;
      return this.whole;
    }
    this.from = start;
    return { start: start + 1, end: start + quoted.length - 1 };
  }
}
