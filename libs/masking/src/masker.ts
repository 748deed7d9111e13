/** The masking port and its first implementation: secrets are replaced, verbs, targets and hosts stay. */
import { type Finding, type Hit, type Masked, replaceHits, unmapHits, unmasked } from './masked.ts';
import { findLabelled } from './labels.ts';
import { maskJsonText } from './mask-json.ts';
import { findCards, findPrivateKeys, findTokens, findUrlPasswords } from './shapes.ts';

export interface MaskedJson {
  /** The very bytes that came in, where nothing was found. */
  readonly bytes: Uint8Array;
  readonly findings: readonly Pick<Finding, 'kind'>[];
}

/**
 * Finds secrets and replaces them by placeholders («password»). Pure and deterministic; linear in its input whatever that holds;
 * masking what is masked changes nothing. It never throws: what is not JSON is masked as text.
 */
export interface Masker {
  maskText(text: string): Masked;
  /** Replaces values of labelled fields, and secrets within any string; every other byte stays as it is. */
  maskJson(bytes: Uint8Array): MaskedJson;
}

/** Something that every detector needs to see before it can find anything; one pass for the many texts that hold no secret. */
const TRIGGER =
  /pass|pwd|secret|token|key|authoriz|credential|cv[vc]|identified|bearer|curl|:\/\/|-----B|akia|asia|gh[pousr]_|github_|glpat|xox|[sr]k[-_]|aiza|ya29|npm_|hvs\.|sg\.|eyj|\d[ -]?\d[ -]?\d[ -]?\d[ -]?\d[ -]?\d[ -]?\d[ -]?\d[ -]?\d[ -]?\d[ -]?\d[ -]?\d[ -]?\d/i;

export function createMasker(): Masker {
  return { maskText: mask, maskJson };
}

export function mask(text: string): Masked {
  return TRIGGER.test(text) ? maskThoroughly(text) : unmasked(text);
}

/**
 * Without the first pass; gives the same. Shapes go first, so that labels see their placeholders, as they would if the text were
 * masked again.
 */
export function maskThoroughly(text: string): Masked {
  const shapes: Hit[] = [];
  findPrivateKeys(text, shapes);
  findUrlPasswords(text, shapes);
  findTokens(text, shapes);
  findCards(text, shapes);
  const shaped = replaceHits(text, shapes);
  const labelled: Hit[] = [];
  findLabelled(shaped.text, labelled);
  if (labelled.length === 0) return shaped;
  return replaceHits(text, [...shaped.findings, ...unmapHits(labelled, shaped.findings)]);
}

function maskJson(bytes: Uint8Array): MaskedJson {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  // "\u0070" and "\/" could hide a trigger; other escapes cannot.
  if (!TRIGGER.test(text) && !/\\[u/]/.test(text)) return { bytes, findings: [] };
  const masked = maskJsonText(text, mask);
  return masked.findings.length === 0 ? { bytes, findings: [] } : { bytes: Buffer.from(masked.text), findings: masked.findings };
}
