/** From text to objects: JSON, or YAML of one or many documents as kubectl takes it (YAML 1.1, with merge keys). Bounded. */
import type { TextSpan } from '@countersign/kernel';
import { parseAllDocuments } from 'yaml';
import type { Json } from './json.ts';

export interface Part {
  readonly value: Json;
  readonly span: TextSpan;
}

export type Parsed = { readonly ok: true; readonly parts: readonly Part[] } | { readonly ok: false; readonly why: string };

/** Anchors used more often than this are taken for an attempt to blow the text up. */
const ALIASES = 50;
const DOCUMENTS = 200;
const DEPTH = 60;
const LINE_UNITS = 500;
/** Anchors, aliases, question marks and double quotes. */
const ODD_MARKS = 200;
/** Question marks: each may open a key that is a document of its own, and the parser's time doubles with few of them. */
const EXPLICIT_KEYS = 4;

/** Short and plain enough to be parsed in the caller's thread: odd YAML costs the parser a hundred times what plain YAML does. */
export function isPlain(text: string): boolean {
  let line = 0;
  let odd = 0;
  let keys = 0;
  for (let index = 0; index < text.length; index += 1) {
    const char = text.charCodeAt(index);
    if (char === 0x0a) line = 0;
    else {
      line += 1;
      if (line > LINE_UNITS) return false;
      if (char === 0x26 || char === 0x2a || char === 0x3f || char === 0x22) odd += 1;
      if (char === 0x3f) keys += 1;
      if (odd > ODD_MARKS || keys > EXPLICIT_KEYS) return false;
    }
  }
  return true;
}

export function parseManifest(text: string): Parsed {
  const first = /\S/.exec(text)?.[0];
  if (first === undefined) return { ok: false, why: 'there is no manifest' };
  return first === '{' || first === '[' ? parseJson(text) : parseYaml(text);
}

function parseJson(text: string): Parsed {
  try {
    const value = JSON.parse(text) as Json;
    return checked([{ value, span: { start: 0, end: text.length } }]);
  } catch {
    // Flow-style YAML begins like JSON.
    return parseYaml(text);
  }
}

function parseYaml(text: string): Parsed {
  if (tooNested(text)) return { ok: false, why: 'the manifest is nested too deeply to be read' };
  try {
    const documents = parseAllDocuments(text, {
      version: '1.1',
      merge: true,
      strict: false,
      logLevel: 'silent',
      prettyErrors: false,
    });
    if (!Array.isArray(documents)) return { ok: false, why: 'there is no manifest' };
    if (documents.length > DOCUMENTS) return { ok: false, why: 'too many documents in one text' };
    const parts: Part[] = [];
    for (const document of documents) {
      const [error] = document.errors;
      if (error !== undefined) return { ok: false, why: `not a manifest: ${error.code.toLowerCase().replaceAll('_', ' ')}` };
      const value = document.toJS({ maxAliasCount: ALIASES }) as Json;
      if (value !== null && value !== undefined)
        parts.push({ value, span: { start: document.range[0], end: document.range[2] } });
    }
    return checked(parts);
  } catch {
    return { ok: false, why: 'not a manifest that can be read' };
  }
}

function checked(parts: readonly Part[]): Parsed {
  if (parts.length === 0) return { ok: false, why: 'there is no manifest' };
  return parts.some(({ value }) => deeper(value, DEPTH))
    ? { ok: false, why: 'the manifest is nested too deeply to be read' }
    : { ok: true, parts };
}

function deeper(value: Json, left: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (left === 0) return true;
  return Object.values(value).some((item) => deeper(item as Json, left - 1));
}

/** Runs of opening brackets make the parser recurse: they are counted before it sees them. */
function tooNested(text: string): boolean {
  let open = 0;
  for (let index = 0; index < text.length; index += 1) {
    const char = text.charCodeAt(index);
    if (char === 0x5b || char === 0x7b) open += 1;
    else if ((char === 0x5d || char === 0x7d) && open > 0) open -= 1;
    if (open > DEPTH) return true;
  }
  return false;
}
