/** Digests, MACs, hex, base64url, URL queries, URIs and YAML. */
import { type RegoValue, isArray, isMap, isSet } from '../host/value.ts';
import { compareTexts, entries, members } from '../host/order.ts';
import { createHmac, hash, timingSafeEqual } from 'node:crypto';
import { Document, parseAllDocuments, stringify as stringifyYaml } from 'yaml';
import type { Builtin } from './index.ts';
import { fromJson, object, text } from './operands.ts';

export const ENCODING: Readonly<Record<string, Builtin>> = {
  'crypto.md5': (value) => hash('md5', text(value)),
  'crypto.sha1': (value) => hash('sha1', text(value)),
  'crypto.sha256': (value) => hash('sha256', text(value)),
  'crypto.hmac.md5': hmac('md5'),
  'crypto.hmac.sha1': hmac('sha1'),
  'crypto.hmac.sha256': hmac('sha256'),
  'crypto.hmac.sha512': hmac('sha512'),
  'crypto.hmac.equal': (a, b) => sameMac(Buffer.from(text(a)), Buffer.from(text(b))),
  'hex.encode': (value) => Buffer.from(text(value)).toString('hex'),
  'hex.decode': (value) => decodeHex(text(value)),
  'base64url.encode_no_pad': (value) => Buffer.from(text(value)).toString('base64url'),
  'urlquery.encode': (value) => queryEscape(text(value)),
  'urlquery.decode': (value) => queryUnescape(text(value)),
  'urlquery.encode_object': (value) => encodeQuery(object(value)),
  'urlquery.decode_object': (value) => decodeQuery(text(value)),
  'uri.is_valid': (value) => typeof value === 'string' && value !== '' && splitUri(value) !== undefined,
  'uri.parse': (value) => parseUri(text(value)),
  'yaml.marshal': (value) => stringifyYaml(plain(value ?? null), { sortMapEntries: true, indentSeq: false, lineWidth: 0 }),
  'yaml.unmarshal': (value) => fromJson(firstDocument(text(value)).toJS()),
  'yaml.is_valid': (value) => typeof value === 'string' && readable(value),
};

function hmac(algorithm: string): Builtin {
  return (value, key) => createHmac(algorithm, text(key)).update(text(value)).digest('hex');
}

function sameMac(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

function decodeHex(value: string): string {
  if (!/^(?:[0-9a-fA-F]{2})*$/.test(value)) throw new SyntaxError('not hexadecimal');
  return Buffer.from(value, 'hex').toString('utf8');
}

/** Go's url.QueryEscape: everything but letters, digits and `-_.~`, with `+` for a space. */
function queryEscape(value: string): string {
  return encodeURIComponent(value)
    .replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+');
}

function queryUnescape(value: string): string {
  return decodeURIComponent(value.replaceAll('+', ' '));
}

function encodeQuery(value: ReadonlyMap<RegoValue, RegoValue>): string {
  const pairs = Array.from(value.entries()).sort(([a], [b]) => compareTexts(text(a), text(b)));
  return pairs
    .flatMap(([key, item]) => {
      const list = isArray(item) ? item : isSet(item) ? members(item) : [item];
      return list.map((one) => `${queryEscape(text(key))}=${queryEscape(text(one))}`);
    })
    .join('&');
}

function decodeQuery(value: string): RegoValue {
  if (value.includes(';')) throw new SyntaxError('invalid semicolon separator in query');
  const found = new Map<string, string[]>();
  for (const pair of value.split('&')) {
    if (pair === '') continue;
    const split = pair.indexOf('=');
    const key = queryUnescape(split < 0 ? pair : pair.slice(0, split));
    const item = split < 0 ? '' : queryUnescape(pair.slice(split + 1));
    found.set(key, [...(found.get(key) ?? []), item]);
  }
  return found;
}

interface Uri {
  readonly scheme: string;
  readonly hostname: string;
  readonly port: string;
  readonly path: string;
  readonly query: string;
  readonly fragment: string;
}

/** RFC 3986 appendix B. */
const URI = /^(?:([^:/?#]*):)?(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s;
const AUTHORITY = /^(?:(.*)@)?(\[[^\]]*\]|[^:@]*)(?::(\d*))?$/s;

/** Undefined for what Go's url.Parse refuses. */
function splitUri(value: string): Uri | undefined {
  if (/[\u0000-\u001f\u007f]/.test(value)) return undefined;
  const [, scheme, authority, path = '', query = '', fragment = ''] = URI.exec(value) ?? [];
  if (scheme !== undefined && !/^[A-Za-z][A-Za-z0-9+.-]*$/.test(scheme)) return undefined;
  const [, user = '', host, port = ''] = AUTHORITY.exec(authority ?? '') ?? [];
  if (host === undefined || /[ "<>\\^`{|}]/.test(host) || /^\[[^\]]*$/.test(host)) return undefined;
  // In a host only bytes beyond ASCII, and the percent sign of a zone, may be escaped (Go: net/url).
  if (/%(?!25|[89A-Fa-f])/.test(host) || !/^[\w\-.:~!$&'()*+,;=%@]*$/.test(user)) return undefined;
  if ([path, fragment, host].some((part) => /%(?![0-9A-Fa-f]{2})/.test(part))) return undefined;
  return { scheme: (scheme ?? '').toLowerCase(), hostname: host.replace(/^\[|\]$/g, ''), port, path, query, fragment };
}

/** How Go writes a path by itself; a path spelt otherwise is kept as it came. */
function escapePath(path: string): string {
  return encodeURI(path).replace(/[!'()*?#]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

function parseUri(value: string): RegoValue {
  const uri = splitUri(value);
  if (uri === undefined) throw new SyntaxError(`not a URI: ${value}`);
  const opaque = uri.scheme !== '' && !uri.path.startsWith('/') && !value.includes('//');
  const path = opaque ? '' : uri.path;
  const fields: readonly (readonly [string, string])[] = [
    ['scheme', uri.scheme],
    ['hostname', decodeURIComponent(uri.hostname)],
    ['port', uri.port],
    ['path', decodeURIComponent(path)],
    ['raw_path', path === escapePath(decodeURIComponent(path)) ? decodeURIComponent(path) : path],
    ['raw_query', uri.query],
    ['fragment', decodeURIComponent(uri.fragment)],
  ];
  return new Map(fields.filter(([, field]) => field !== ''));
}

/** Only the first document counts, but the others must be readable too. Aliases are capped by the library. */
function firstDocument(source: string): Document {
  const documents = parseAllDocuments(source);
  for (const { errors } of documents) if (errors[0]) throw errors[0];
  return documents[0] ?? new Document(null);
}

function readable(value: string): boolean {
  try {
    firstDocument(value).toJS();
    return true;
  } catch {
    // "Not valid" is the answer, not a failure.
    return false;
  }
}

/** For writing: sets as arrays, keys as texts. */
function plain(value: RegoValue): unknown {
  if (isArray(value)) return value.map(plain);
  if (isSet(value)) return members(value).map(plain);
  if (isMap(value)) return Object.fromEntries(entries(value).map(([key, item]) => [String(key), plain(item)]));
  return value;
}
