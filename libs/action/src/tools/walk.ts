/** Walks arguments that no catalogue explains and reads what can be found in them: SQL, command lines, URLs, paths, GraphQL, code. */
import type { Effect } from '@countersign/kernel';
import { opaqueEffect } from '../analysis.ts';
import { isMembers, parseJson, stringIn, type Members } from '../http/json.ts';
import { type Hint, hintOf, isArgv } from './hints.ts';
import { type Ground, quoted, readGraphql, readInner, readPath, readRequestOf } from './inner.ts';

/** Beyond these nobody reads on by eye either. */
const DEPTH = 12;
const STRINGS = 300;
const UNITS = 256 * 1024;

interface Walk {
  readonly ground: Ground;
  readonly out: Effect[];
  strings: number;
  units: number;
}

/** `skip`: arguments that are explained already, by name. */
export function walkArguments(given: unknown, ground: Ground, skip: ReadonlySet<string> = new Set()): Effect[] {
  const walk: Walk = { ground, out: [], strings: 0, units: 0 };
  if (isMembers(given)) {
    for (const name of Object.keys(given)) if (!skip.has(name)) visit(given[name], name, given, walk, 1);
  } else visit(given, '', {}, walk, 1);
  const all = { start: 0, end: ground.text.length };
  if (walk.strings > STRINGS || walk.units > UNITS)
    walk.out.push(opaqueEffect(all, 'the arguments are too many or too long to be looked through'));
  return walk.out;
}

function visit(value: unknown, name: string, siblings: Members, walk: Walk, depth: number): void {
  if (walk.strings > STRINGS || walk.units > UNITS) return;
  if (depth > DEPTH) {
    walk.out.push(opaqueEffect({ start: 0, end: walk.ground.text.length }, 'the arguments are nested too deeply'));
    return;
  }
  if (typeof value === 'string') {
    walk.strings += 1;
    walk.units += value.length;
    if (walk.strings <= STRINGS && walk.units <= UNITS) text(value, name, siblings, walk, depth);
  } else if (Array.isArray(value)) {
    if (isArgv(name, value))
      walk.out.push(
        ...readInner({ kind: 'shell', text: value.map((word) => quoted(String(word))).join(' ') }, name, walk.ground),
      );
    for (const item of value) visit(item, name, siblings, walk, depth + 1);
  } else if (isMembers(value)) {
    for (const key of Object.keys(value)) visit(value[key], key, value, walk, depth + 1);
  }
}

function text(value: string, name: string, siblings: Members, walk: Walk, depth: number): void {
  const hint = hintOf(name, value);
  if (hint === undefined) return;
  if (hint.holding === 'json') {
    const inner = parseJson(value);
    if (inner !== undefined && typeof inner === 'object') visit(inner, name, siblings, walk, depth + 1);
    return;
  }
  const found = effectsOf(hint, value, name, siblings, walk.ground);
  // What only looks like a language need not be one.
  walk.out.push(...(hint.sure ? found : found.filter((effect) => effect.kind !== 'opaque')));
}

function effectsOf(hint: Hint, value: string, name: string, siblings: Members, ground: Ground): Effect[] {
  switch (hint.holding) {
    case 'sql':
      return readInner({ kind: 'sql', dialect: stringIn(siblings, 'dialect') ?? '', text: value }, name, ground);
    case 'graphql':
      return readGraphql(value, name, ground);
    case 'url':
      return readRequestOf({ ...requestIn(siblings), url: value.trim() }, value, name, ground);
    case 'path':
      // Nothing says what the tool does with the file; that it is a file with secrets shows by reading it.
      return readPath(value, 'read', name, ground).filter((effect) => effect.kind !== 'opaque');
    case 'code':
      return codeEffects(value, stringIn(siblings, 'language') ?? stringIn(siblings, 'lang') ?? name, name, ground);
    default:
      return readInner({ kind: 'shell', text: value }, name, ground);
  }
}

/** Tools that fetch take the rest of the request beside the URL. */
function requestIn(siblings: Members): Readonly<Record<string, unknown>> {
  const method = stringIn(siblings, 'method');
  const body = siblings['body'] ?? siblings['data'];
  return {
    ...(method === undefined ? {} : { method }),
    ...(body === undefined || body === null ? {} : { body }),
    ...(isMembers(siblings['headers']) ? { headers: siblings['headers'] } : {}),
  };
}

const LANGUAGES: Readonly<Record<string, string>> = {
  python: 'python',
  py: 'python',
  python3: 'python',
  javascript: 'javascript',
  js: 'javascript',
  node: 'javascript',
  typescript: 'javascript',
  perl: 'perl',
  ruby: 'ruby',
  php: 'php',
};

export function codeEffects(value: string, language: string, via: string, ground: Ground): Effect[] {
  const named = language.toLowerCase();
  if (/^(?:ba|z|k|da)?sh$|^shell$/.test(named)) return readInner({ kind: 'shell', text: value }, via, ground);
  if (named === 'sql') return readInner({ kind: 'sql', dialect: '', text: value }, via, ground);
  const dialect = Object.hasOwn(LANGUAGES, named) ? LANGUAGES[named] : undefined;
  if (dialect === undefined)
    return [opaqueEffect({ start: 0, end: ground.text.length }, 'code of a language that is not named', via)];
  return readInner({ kind: 'script', dialect, text: value }, via, ground);
}
