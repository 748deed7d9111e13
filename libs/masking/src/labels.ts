/** Finds values by what they are called: `password=…`, `"api_key": "…"`, `--token …`, `PASSWORD '…'`, `IDENTIFIED BY '…'`. */
import type { Hit, SecretKind } from './masked.ts';
import { type Value, readCall, readQuoted, readValue } from './values.ts';

/**
 * Ends of names only: "db_password" and "accessToken" are labels, "password_hash", "secretName" and "max_tokens" are not.
 * Linear: no part can match in two ways.
 */
const LABEL =
  /(?:passw(?:or)?d|passphrase|(?<![a-z])pass|pwd|secret(?:[_-]?(?:access[_-]?)?key)?|token|(?:api|access|account|private|signing|encryption|auth|master|service)[_-]?key|authorization|credentials?|(?<![a-z])cv[vc]2?)\d{0,2}(?![\w-])|(?<![a-z])identified(?![\w-])/gi;

const ASSIGNED = /\\{0,3}["'`]?(?:::\w{1,32})?[ \t]{0,8}\]?[ \t]{0,8}(?:=>|:=|!=|<>|={1,3}|:(?!:))[ \t]{0,8}/y;
const SPACE = /\s{1,8}/y;
const SPACE_OR_CALL = /\s{0,8}\(?\s{0,8}/y;
const IDENTIFIED_BY =
  /\s{1,8}(?:(?:with|via)\s{1,8}['"]?\w{1,64}['"]?\s{1,8})?(?:by|as|using)\s{1,8}(?:password\s{1,8})?(?:\(\s{0,8})?/iy;
const SCHEME = /(?:bearer|basic|digest|token|apikey|negotiate)[ \t]{1,8}/iy;
const FLAG = /(?:^|[\s"'[,=])--?[\w-]{0,32}$/;
const FLAG_KINDS: ReadonlySet<SecretKind> = new Set(['password', 'token', 'key']);

/** The kind of secret that a field of this name holds; undefined for any other name. */
export function kindOfLabel(name: string): SecretKind | undefined {
  LABEL.lastIndex = 0;
  for (let match = LABEL.exec(name); match !== null; match = LABEL.exec(name)) {
    if (LABEL.lastIndex === name.length && !/identified$/i.test(name)) return kindOf(match[0].toLowerCase());
  }
  return undefined;
}

/** Each value is read once and the search goes on after it, so the work is linear in the text. */
export function findLabelled(text: string, hits: Hit[]): void {
  LABEL.lastIndex = 0;
  for (let match = LABEL.exec(text); match !== null; match = LABEL.exec(text)) {
    const after = LABEL.lastIndex;
    const next = readAfter(text, match.index, match[0].toLowerCase(), after, hits);
    LABEL.lastIndex = Math.max(after, next);
  }
}

/** Where to look on; the label's own end where it labels nothing. */
function readAfter(text: string, start: number, label: string, after: number, hits: Hit[]): number {
  const kind = kindOf(label);
  if (label === 'identified') {
    const at = skip(IDENTIFIED_BY, text, after);
    return at < 0 ? after : note(kind, readValue(text, at), hits, after);
  }
  // A part of a name such as "arn:aws:secretsmanager:eu-west-1:1:secret:db" is a target, not a value.
  if (text[start - 1] === ':' && text[after] === ':') return after;
  const assigned = skip(ASSIGNED, text, after);
  if (assigned >= 0) return readAssigned(text, kind, assigned, hits);
  if (label === 'password') {
    const quoted = readQuoted(text, skip(SPACE_OR_CALL, text, after));
    if (quoted) return note(kind, quoted, hits, after);
  }
  const spaced = skip(SPACE, text, after);
  const isFlag =
    spaced >= 0 && text[spaced] !== '-' && FLAG_KINDS.has(kind) && FLAG.test(text.slice(Math.max(0, start - 36), start));
  return isFlag ? note(kind, readValue(text, spaced), hits, after) : after;
}

function readAssigned(text: string, kind: SecretKind, at: number, hits: Hit[]): number {
  const call = readCall(text, at);
  if (call !== undefined) {
    for (const value of call.values) note(kind, value, hits, at);
    return call.next;
  }
  // The scheme stays readable, inside quotes as well: Authorization: Bearer «authorization».
  if (kind === 'authorization') {
    const open = text[at] === '"' || text[at] === "'" ? 1 : 0;
    const scheme = skip(SCHEME, text, at + open);
    if (scheme >= 0) return note(kind, readValue(text, scheme), hits, at);
  }
  return note(kind, readValue(text, at), hits, at);
}

function note(kind: SecretKind, value: Value | undefined, hits: Hit[], otherwise: number): number {
  if (value === undefined) return otherwise;
  if (value.start < value.end) hits.push({ kind, start: value.start, end: value.end });
  return value.next;
}

function kindOf(label: string): SecretKind {
  if (label.startsWith('pass') || label.startsWith('pwd') || label === 'identified') return 'password';
  if (label.startsWith('token')) return 'token';
  if (label === 'authorization') return 'authorization';
  if (label.startsWith('cv')) return 'card code';
  return label.includes('key') ? 'key' : 'secret';
}

/** The position after the pattern, -1 where it does not match here. */
function skip(sticky: RegExp, text: string, at: number): number {
  sticky.lastIndex = at;
  return sticky.test(text) ? sticky.lastIndex : -1;
}
