/** What masking found in a text, the masked text, and where a span of the original lies in it. */
import type { TextSpan } from '@countersign/kernel';

/** What a finding is, and what its placeholder says: «password». */
export type SecretKind = 'password' | 'secret' | 'token' | 'key' | 'authorization' | 'private key' | 'card' | 'card code';

export interface Finding {
  readonly kind: SecretKind;
  /** `[start, end)` in UTF-16 units of the original text. */
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
}

export interface Masked {
  /** The same string where nothing was found. */
  readonly text: string;
  /** In order of `start`, none overlapping. */
  readonly findings: readonly Finding[];
}

/** A part of a text that a detector takes for a secret. */
export interface Hit {
  readonly kind: SecretKind;
  readonly start: number;
  readonly end: number;
}

const NOTHING: readonly Finding[] = Object.freeze([]);

export function unmasked(text: string): Masked {
  return { text, findings: NOTHING };
}

/** Replaces every hit by its placeholder; hits that overlap become one, of the kind that starts first (the longer of two). */
export function replaceHits(text: string, hits: readonly Hit[]): Masked {
  if (hits.length === 0) return unmasked(text);
  const findings: Finding[] = [];
  const parts: string[] = [];
  let done = 0;
  for (const { kind, start, end } of united(hits)) {
    const replacement = placeholder(kind);
    findings.push({ kind, start, end, replacement });
    parts.push(text.slice(done, start), replacement);
    done = end;
  }
  parts.push(text.slice(done));
  return { text: parts.join(''), findings };
}

export function placeholder(kind: SecretKind): string {
  return `«${kind}»`;
}

const PLACEHOLDER = /«(?:password|secret|token|key|authorization|private key|card|card code)»/y;

/** Where the placeholder that starts here ends; -1 where none does. */
export function placeholderEnd(text: string, at: number): number {
  PLACEHOLDER.lastIndex = at;
  return PLACEHOLDER.test(text) ? PLACEHOLDER.lastIndex : -1;
}

/** Where a span of the original lies in the masked text; an end within a finding moves out to the placeholder's own end. */
export function mapSpan(span: TextSpan, findings: readonly Finding[]): TextSpan {
  return { start: mapPosition(span.start, findings, false), end: mapPosition(span.end, findings, true) };
}

function mapPosition(at: number, findings: readonly Finding[], isEnd: boolean): number {
  let shift = 0;
  for (const { start, end, replacement } of findings) {
    if (at <= start) break;
    if (at < end) return start + shift + (isEnd ? replacement.length : 0);
    shift += replacement.length - (end - start);
  }
  return at + shift;
}

/** Hits in the masked text (in order, apart) as hits in the original; what touches a placeholder takes in its whole finding. */
export function unmapHits(hits: readonly Hit[], findings: readonly Finding[]): readonly Hit[] {
  let passed = 0;
  let shift = 0;
  function original(at: number, isEnd: boolean): number {
    for (let finding = findings[passed]; finding !== undefined; finding = findings[++passed]) {
      const { start, end, replacement } = finding;
      const from = start + shift;
      if (at <= from) break;
      if (at < from + replacement.length) return isEnd ? end : start;
      shift += replacement.length - (end - start);
    }
    return at - shift;
  }
  return hits.map(({ kind, start, end }) => ({ kind, start: original(start, false), end: original(end, true) }));
}

function united(hits: readonly Hit[]): readonly Hit[] {
  const sorted = hits.filter(({ start, end }) => start < end).sort((a, b) => a.start - b.start || b.end - a.end);
  const apart: Hit[] = [];
  for (const hit of sorted) {
    const last = apart.at(-1);
    if (last === undefined || hit.start >= last.end) apart.push(hit);
    else if (hit.end > last.end) apart[apart.length - 1] = { ...last, end: hit.end };
  }
  return apart;
}
