/** Checks JSON that travels as bytes: well-formed, not too deep, and whether parsing it would lose something. */
import { type Json, type Result, err, messageOf, ok } from '@countersign/kernel';

/** Deeper than any real tool call; far below what overflows a stack here or in the policy's parser. */
export const MAX_JSON_DEPTH = 64;

export interface CheckedJson {
  readonly text: string;
  readonly value: Json;
  /** False where `value` no longer tells all: a repeated key, a number that a double cannot hold, a lone surrogate. */
  readonly exact: boolean;
}

interface Shape {
  readonly depth: number;
  /** Colons outside strings: one for each member as written, repeated keys included. */
  readonly members: number;
  readonly exactNumbers: boolean;
}

/** Refuses what is not UTF-8, not JSON or nested deeper than `maxDepth`. Linear in the bytes. */
export function checkJson(bytes: Uint8Array, maxDepth: number = MAX_JSON_DEPTH): Result<CheckedJson, string> {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    // V8's JSON.parse is iterative: only what walks the value afterwards needs the depth to be bounded.
    const value = JSON.parse(text) as Json;
    const shape = scan(text);
    if (shape.depth > maxDepth) return err(`JSON is nested deeper than ${maxDepth} levels`);
    const seen = { members: 0, wellFormed: true };
    count(value, seen);
    return ok({ text, value, exact: shape.exactNumbers && seen.wellFormed && seen.members === shape.members });
  } catch (thrown) {
    return err(`not JSON: ${messageOf(thrown)}`);
  }
}

/** For text that JSON.parse has accepted: so each string ends, and a digit outside a string starts a number. */
function scan(text: string): Shape {
  let depth = 0;
  let deepest = 0;
  let members = 0;
  let exactNumbers = true;
  for (let at = 0; at < text.length; at++) {
    const char = text[at] as string;
    if (char === '"') at = endOfString(text, at);
    else if (char === '{' || char === '[') deepest = Math.max(deepest, ++depth);
    else if (char === '}' || char === ']') depth -= 1;
    else if (char === ':') members += 1;
    else if (char === '-' || (char >= '0' && char <= '9')) {
      const start = at;
      while (at + 1 < text.length && NUMBER_CHARS.includes(text[at + 1] as string)) at += 1;
      exactNumbers &&= isExact(text.slice(start, at + 1));
    }
  }
  return { depth: deepest, members, exactNumbers };
}

const NUMBER_CHARS = '0123456789.eE+-';

/** The index of the quote that closes the string opened at `open`. */
function endOfString(text: string, open: number): number {
  let at = open + 1;
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at;
}

/** 15 significant digits always survive a double (IEEE 754 binary64); longer ones are exact only if they come back the same. */
function isExact(number: string): boolean {
  const digits = number
    .replace(/[eE].*$/, '')
    .replace(/\D/g, '')
    .replace(/^0+/, '');
  const value = Number(number);
  if (!Number.isFinite(value) || (value === 0 && digits !== '')) return false;
  return digits.length <= 15 || String(value) === number;
}

function count(value: Json, seen: { members: number; wellFormed: boolean }): void {
  if (typeof value === 'string') seen.wellFormed &&= value.isWellFormed();
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const item of value as readonly Json[]) count(item, seen);
    return;
  }
  for (const [key, member] of Object.entries(value as { readonly [key: string]: Json })) {
    seen.members += 1;
    seen.wellFormed &&= key.isWellFormed();
    count(member, seen);
  }
}
