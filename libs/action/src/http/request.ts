/** An HTTP request from what the caller gave: `METHOD URL` with headers and body, or the payload `{method, url, headers, body}`. */
import { type Result, type TextSpan, err, ok } from '@countersign/kernel';
import type { ActionInput } from '../analysis.ts';
import type { Inner } from '../reader.ts';
import { type Members, isMembers, parseJson, stringIn, textOfBytes } from './json.ts';

export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  /** '' for none. A JSON body of the payload is written out again. */
  readonly body: string;
  /** What the body is when the caller sent it as JSON, not as text. */
  readonly json: unknown;
  /** The body, or a part of it, is the content of a file. */
  readonly upload: boolean;
  /** Part of the body is only known at run time. */
  readonly bodyUnknown: boolean;
  /** The path of a Unix socket that the request goes to; '' for none. */
  readonly socket: string;
  /** Where the words stand in the action's text; the whole text where they do not. */
  readonly spans: { readonly all: TextSpan; readonly method: TextSpan; readonly url: TextSpan; readonly body: TextSpan };
}

const METHOD = /^([^\s:/]{1,40})[ \t]+(?=\S)/;
const VERSION = /[ \t]HTTP\/[\d.]{1,8}$/;
const HEADER = /^([!#$%&'*+.^_`|~0-9A-Za-z-]{1,100})[ \t]*:[ \t]*(.*)$/;
const HEADERS = 200;

/** The error is one clause for a person. */
export function readRequest(action: ActionInput | Inner): Result<HttpRequest, string> {
  const { payloadJson } = action;
  const hasText = action.text.trim() !== '';
  if (payloadJson === undefined || payloadJson.byteLength === 0) {
    if (!hasText) return err('there is no request');
    // The object that others send as payload, written as text.
    const object = action.text.trimStart().startsWith('{') ? parseJson(action.text, action.text.length) : undefined;
    return isMembers(object) ? fromPayload(object, action.text) : fromText(action.text);
  }
  const text = textOfBytes(payloadJson);
  if (text === undefined) return err('the payload is not UTF-8, or too long');
  const value = parseJson(text, text.length);
  if (!isMembers(value)) return err('the payload is not a JSON object');
  const sent = fromPayload(value, action.text);
  if (!sent.ok || !hasText) return sent;
  const written = fromText(action.text);
  if (!written.ok) return written;
  return agree(sent.value, written.value);
}

function fromText(text: string): Result<HttpRequest, string> {
  const all = { start: 0, end: text.length };
  const from = text.length - text.trimStart().length;
  const lineEnd = text.indexOf('\n', from);
  const line = text.slice(from, lineEnd < 0 ? text.length : lineEnd).trimEnd();
  const begun = METHOD.exec(line);
  if (begun === null) return err('the text does not begin with a method and a URL');
  const method = begun[1] ?? '';
  const target = line.slice(begun[0].length).replace(VERSION, '').trimEnd();
  const urlAt = from + begun[0].length;
  const headers = new Map<string, string>();
  let next = lineEnd < 0 ? text.length : lineEnd + 1;
  while (next < text.length) {
    const end = text.indexOf('\n', next);
    const row = text.slice(next, end < 0 ? text.length : end).replace(/\r$/, '');
    next = end < 0 ? text.length : end + 1;
    if (row.trim() === '') break;
    const parts = HEADER.exec(row);
    if (parts === null || headers.size >= HEADERS) return err('a line after the request line is not a header');
    const name = (parts[1] ?? '').toLowerCase();
    if (headers.has(name) && SINGLE.has(name)) return err(`the header ${name} is there twice`);
    headers.set(name, (parts[2] ?? '').trim());
  }
  const url = absolute(target, headers);
  if (!url.ok) return url;
  return ok({
    method,
    url: url.value,
    headers,
    body: text.slice(next),
    json: undefined,
    upload: false,
    bodyUnknown: false,
    socket: '',
    spans: {
      all,
      method: { start: from, end: from + method.length },
      url: { start: urlAt, end: urlAt + target.length },
      body: next < text.length ? { start: next, end: text.length } : all,
    },
  });
}

/** Headers whose repeats servers and proxies resolve differently. */
const SINGLE: ReadonlySet<string> = new Set([
  'host',
  'content-length',
  'content-type',
  'transfer-encoding',
  'x-http-method-override',
  'x-http-method',
  'x-method-override',
]);

/** Headers by which front and back of a server come to see different requests; '' for none. */
export function ambiguousHeaders(headers: ReadonlyMap<string, string>): string {
  if (headers.has('transfer-encoding') && headers.has('content-length'))
    return 'the headers give the length of the body in two ways';
  const rewritten = ['x-original-url', 'x-rewrite-url'].find((name) => headers.has(name));
  return rewritten === undefined ? '' : `the header ${rewritten} may put another path in place of the URL's`;
}

/** A request line with a path only takes its host from the Host header; a Host that names another host is refused. */
function absolute(target: string, headers: ReadonlyMap<string, string>): Result<string, string> {
  const host = headers.get('host');
  if (target.startsWith('/') && !target.startsWith('//')) {
    return host === undefined ? err('the URL names no host') : ok(`http://${host}${target}`);
  }
  if (host !== undefined && !sameHost(host, target)) return err('the Host header names another host than the URL');
  return ok(target);
}

function sameHost(host: string, url: string): boolean {
  const authority = url.replace(/^[a-z][a-z0-9+.-]*:\/\//i, '').split(/[/?#]/)[0] ?? '';
  const bare = (authority.split('@').at(-1) ?? '').toLowerCase();
  return bare.replace(/:\d+$/, '') === host.trim().toLowerCase().replace(/:\d+$/, '');
}

function fromPayload(payload: Members, text: string): Result<HttpRequest, string> {
  const url = stringIn(payload, 'url') ?? stringIn(payload, 'uri');
  if (url === undefined) return err('the payload names no URL');
  const headers = headersOf(payload['headers']);
  if (headers === undefined) return err('the headers of the payload cannot be read');
  const raw = payload['body'] ?? payload['data'];
  const json = payload['json'] ?? (typeof raw === 'string' ? undefined : raw);
  const body = typeof raw === 'string' ? raw : json === undefined || json === null ? '' : JSON.stringify(json);
  const method = stringIn(payload, 'method');
  if (payload['method'] !== undefined && method === undefined) return err('the method of the payload is not a string');
  const host = headers.get('host');
  if (host !== undefined && !sameHost(host, url)) return err('the Host header names another host than the URL');
  const all = { start: 0, end: text.length };
  return ok({
    // What curl and fetch do where nothing is said.
    method: method ?? (body === '' ? 'GET' : 'POST'),
    url,
    headers,
    body,
    json: json ?? undefined,
    upload: payload['upload'] === true,
    bodyUnknown: payload['bodyUnknown'] === true,
    socket: stringIn(payload, 'unixSocket') ?? '',
    spans: { all, method: all, url: all, body: all },
  });
}

function headersOf(value: unknown): Map<string, string> | undefined {
  const out = new Map<string, string>();
  if (value === undefined || value === null) return out;
  const pairs = Array.isArray(value) ? value.map(pairOf) : isMembers(value) ? Object.entries(value) : undefined;
  if (pairs === undefined || pairs.length > HEADERS) return undefined;
  for (const pair of pairs) {
    if (pair === undefined) return undefined;
    const [name, content] = pair;
    const words =
      typeof content === 'string' || typeof content === 'number'
        ? String(content)
        : Array.isArray(content)
          ? content.join(', ')
          : '';
    const key = name.trim().toLowerCase();
    if (out.has(key) && SINGLE.has(key)) return undefined;
    out.set(key, words.trim());
  }
  return out;
}

/** `"Name: value"`, `["name", "value"]` or `{name, value}`. */
function pairOf(item: unknown): [string, unknown] | undefined {
  if (typeof item === 'string') {
    const cut = item.indexOf(':');
    return cut < 0 ? undefined : [item.slice(0, cut), item.slice(cut + 1)];
  }
  if (Array.isArray(item)) return typeof item[0] === 'string' ? [item[0], item[1] as unknown] : undefined;
  if (!isMembers(item)) return undefined;
  const name = stringIn(item, 'name') ?? stringIn(item, 'key');
  return name === undefined ? undefined : [name, item['value']];
}

/** Payload and text may say the same thing twice; where they differ nobody knows which one runs. */
function agree(sent: HttpRequest, written: HttpRequest): Result<HttpRequest, string> {
  if (sent.method.toUpperCase() !== written.method.toUpperCase() || sent.url.trim() !== written.url.trim()) {
    return err('text and payload name different requests');
  }
  if (written.body.trim() !== '' && sent.body.trim() !== written.body.trim())
    return err('text and payload have different bodies');
  return ok({ ...sent, spans: written.spans });
}
