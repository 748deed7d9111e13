/** Finds secrets by their own shape: well-known tokens, private keys, passwords in URLs, payment cards. */
import type { Hit } from './masked.ts';

/** A run of token characters is tried at its first character only, so no run is read twice. */
const TOKEN =
  /(?<![\w-])(?:(?:AKIA|ASIA)[A-Z0-9]{16}(?!\w)|gh[pousr]_[A-Za-z0-9]{20,255}|github_pat_\w{20,255}|glpat-[\w-]{20,255}|xox[abeoprs]-[\w-]{10,255}|[sr]k[-_][\w-]{16,255}|AIza[\w-]{30,60}|ya29\.[\w-]{20,1024}|npm_[A-Za-z0-9]{30,60}|hvs\.[\w-]{20,255}|SG\.[\w-]{16,64}\.[\w-]{16,64}|eyJ[\w-]{5,4096}\.[\w-]{2,8192}\.[\w-]{0,1024})/g;

const BEARER = /(?<!\w)bearer\s{1,8}([\w.~+/-]{8,4096}={0,2})/gi;

const PEM_BEGIN = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g;
/** With whatever is glued to it. */
const PEM_END = /-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----[\w-]{0,4096}/;
/** An RSA key of 16,384 bits is 13 KB of PEM. */
const PEM_UNITS = 16_384;

/** The authority of a URL as RFC 3986 §3.2.1 has it; and as people write it, with `/` or `@` in the password. */
const AUTHORITY = /:\/\/([^\s/?#@:'"`«[]{0,128}):([^\s/?#'"`]{1,1024})@/g;
const LOOSE_AUTHORITY = /:\/\/([^\s/?#@:'"`«[]{1,64}):(?!\d{1,5}(?:[/?#\s]|$))([^\s@'"`«]{1,128})@(?=[\w[])/g;

const CURL = /(?<!\w)curl(?!\w)/gi;
const CURL_USER = /\s(?:-u|--user|--proxy-user)(?:\s{1,4}|=)?["']?[^\s:'"«]{1,128}:([^\s'"«]{1,256})/g;
/** Options of one command line are looked for this far. */
const CURL_UNITS = 512;

const DIGITS = /\d+/g;
const MIN_CARD_DIGITS = 13;
const MAX_CARD_DIGITS = 19;
/** How many digits stand together: in one piece, in groups of four, or as American Express and Diners print them. */
const CARD_SHAPES = ['44443', '44442', '44441', '4444', '4441', '465', '464'] as const;
const MOST_GROUPS = 5;
/** Issuer ranges (ISO/IEC 7812) with their lengths: Visa, Mastercard, American Express, Diners, Discover, JCB, UnionPay, Maestro,
 * UATP. */
const CARD_ISSUERS =
  /^(?:4(?:\d{12}|\d{15}|\d{18})|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}|3[47]\d{13}|3(?:0[0-5]|[689]\d)\d{11}|6(?:011|5\d\d|4[4-9]\d)\d{12}|35\d{14}|(?:2131|1800)\d{11}|62\d{14,17}|(?:5[06-8]|6[37])\d{14}|1\d{14})$/;

export function findTokens(text: string, hits: Hit[]): void {
  for (const match of text.matchAll(TOKEN)) {
    // Words joined with dashes ("sk-learn-…") have no digits; keys of that make always do.
    if (/\d/.test(match[0])) hits.push({ kind: 'token', start: match.index, end: match.index + match[0].length });
  }
  for (const match of text.matchAll(BEARER)) {
    const token = match[1] as string;
    const end = match.index + match[0].length;
    if (token.length >= 20 || /\d/.test(token)) hits.push({ kind: 'authorization', start: end - token.length, end });
  }
}

export function findPrivateKeys(text: string, hits: Hit[]): void {
  PEM_BEGIN.lastIndex = 0;
  for (let match = PEM_BEGIN.exec(text); match !== null; match = PEM_BEGIN.exec(text)) {
    const window = text.slice(PEM_BEGIN.lastIndex, PEM_BEGIN.lastIndex + PEM_UNITS);
    const close = PEM_END.exec(window);
    const end = PEM_BEGIN.lastIndex + (close === null ? window.length : close.index + close[0].length);
    hits.push({ kind: 'private key', start: match.index, end });
    PEM_BEGIN.lastIndex = end;
  }
}

export function findUrlPasswords(text: string, hits: Hit[]): void {
  for (const pattern of [AUTHORITY, LOOSE_AUTHORITY]) {
    for (const match of text.matchAll(pattern)) {
      const password = match[2] as string;
      const end = match.index + match[0].length - 1;
      if (!isPlaceholder(password)) hits.push({ kind: 'password', start: end - password.length, end });
    }
  }
  CURL.lastIndex = 0;
  for (let match = CURL.exec(text); match !== null; match = CURL.exec(text)) {
    const from = CURL.lastIndex;
    for (const user of text.slice(from, from + CURL_UNITS).matchAll(CURL_USER)) {
      const end = from + user.index + user[0].length;
      hits.push({ kind: 'password', start: end - (user[1] as string).length, end });
    }
    CURL.lastIndex = from + CURL_UNITS;
  }
}

export function findCards(text: string, hits: Hit[]): void {
  const groups = Array.from(text.matchAll(DIGITS), (match) => ({ start: match.index, end: match.index + match[0].length }));
  for (let first = 0; first < groups.length; first++) {
    const last = lastGroupOfCard(text, groups, first);
    if (last === undefined) continue;
    hits.push({ kind: 'card', start: (groups[first] as Group).start, end: (groups[last] as Group).end });
    first = last;
  }
}

interface Group {
  readonly start: number;
  readonly end: number;
}

/** The index of the last group of digits of the card that starts with group `first`; undefined where none does. */
function lastGroupOfCard(text: string, groups: readonly Group[], first: number): number | undefined {
  const { start, end } = groups[first] as Group;
  if (/[\w.]/.test(text.charAt(start - 1))) return undefined;
  const units = end - start;
  if (units >= MIN_CARD_DIGITS && units <= MAX_CARD_DIGITS) return isCard(text, start, end) ? first : undefined;
  const joined = units === 4 ? joinedGroups(text, groups, first) : '';
  for (const shape of CARD_SHAPES) {
    const last = first + shape.length - 1;
    if (joined.startsWith(shape) && isCard(text, start, (groups[last] as Group).end)) return last;
  }
  return undefined;
}

/** How many digits each of the next groups has, as far as the same single separator joins them: "4444". */
function joinedGroups(text: string, groups: readonly Group[], first: number): string {
  const separator = text[(groups[first] as Group).end];
  let units = '4';
  if (separator !== ' ' && separator !== '-') return units;
  for (let next = first + 1; next < Math.min(groups.length, first + MOST_GROUPS); next++) {
    const { start, end } = groups[next] as Group;
    const before = groups[next - 1] as Group;
    if (start !== before.end + 1 || text[before.end] !== separator || end - start > 9) break;
    units += end - start;
  }
  return units;
}

function isCard(text: string, start: number, end: number): boolean {
  if (/^(?:\w|\.\d)/.test(text.slice(end, end + 2))) return false;
  const digits = text.slice(start, end).replace(/[ -]/g, '');
  return CARD_ISSUERS.test(digits) && passesLuhn(digits);
}

/** ISO/IEC 7812-1, annex B: from the right, every second digit doubled, the digit sum divisible by ten. */
function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let at = 0; at < digits.length; at++) {
    const digit = digits.charCodeAt(digits.length - 1 - at) - 48;
    const doubled = at % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

function isPlaceholder(text: string): boolean {
  return text.startsWith('«') && text.endsWith('»');
}
