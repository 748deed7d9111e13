/** Puts the requests together that a command line of an HTTP client makes, and has them read as HTTP. */
import type { Effect } from '@countersign/kernel';
import { pointed, type ReadContext } from '../../reader.ts';
import type { Call, Word } from '../program.ts';
import { effect, given, opaque, valuesOf } from './define.ts';

interface Request {
  readonly method: string;
  readonly url: Word;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const ENCODER = new TextEncoder();

/** A form field that comes from a file: `name=@file`, `name=<file`. */
const FORM_FILE = /=\s*[@<](.+?)(?:;.*)?$/u;

export function curlRequests(call: Call, found: readonly Effect[], cx: ReadContext): readonly Effect[] {
  if (given(call, '-V', '-h', '-M')) return found;
  const effects = [...found];
  const data = valuesOf(call, '-d', '--data-binary', '--data-urlencode', '--json');
  const piped = call.stdin !== undefined && data.some((word) => word.text === '@-') ? [call.stdin] : [];
  const bodies = [
    ...data.filter((word) => piped.length === 0 || word.text !== '@-'),
    ...piped,
    ...valuesOf(call, '--data-raw', '-F', '--form-string'),
  ];
  const uploads = valuesOf(call, '-T');
  const urls = [...call.operands, ...valuesOf(call, '--url')];
  const files = [
    ...data.filter((word) => bodies.includes(word) && /^[^=]*@/u.test(word.text)),
    ...valuesOf(call, '-H', '--proxy-header').filter((word) => word.text.startsWith('@')),
    ...valuesOf(call, '-F').filter((word) => FORM_FILE.test(word.text)),
    ...uploads,
  ];
  const [stated] = valuesOf(call, '-X');
  const method =
    stated?.text ??
    (uploads.length > 0 ? 'PUT' : bodies.length > 0 && !given(call, '-G') ? 'POST' : given(call, '-I') ? 'HEAD' : 'GET');
  const body = bodies.map((word) => word.text).join('&');
  effects.push(...sends(call, [...bodies, ...uploads, ...valuesOf(call, '--url-query')], files, urls, method));
  const commands = valuesOf(call, '-Q', '-t').filter((word) =>
    /^[-+*]?\s*(?:dele|rmd|rnto|rm|rename|site|chmod)\b/iu.test(word.text),
  );
  if (commands.length > 0)
    effects.push(effect(call, 'delete', { on: commands, type: 'command', scope: 'unknown', why: 'commands to the file server' }));
  const headers = {
    ...(given(call, '--json') ? { 'content-type': 'application/json' } : {}),
    ...headersOf(valuesOf(call, '-H')),
  };
  const detours = valuesOf(
    call,
    '--connect-to',
    '--resolve',
    '-x',
    '--preproxy',
    '--socks4',
    '--socks4a',
    '--socks5',
    '--socks5-hostname',
    '--proxy1.0',
    '--doh-url',
    '--dns-servers',
    '--interface',
  );
  if (detours.length > 0)
    effects.push(
      effect(call, 'network', {
        on: detours,
        type: 'host',
        why: 'the request goes by or to another place than the address says',
      }),
    );
  for (const url of urls) effects.push(...read(call, { method, url, headers, body }, cx));
  if (given(call, '--unix-socket', '--abstract-unix-socket')) effects.push(opaque(call, 'a request to a socket of this machine'));
  return urls.length === 0 && !given(call, '-K') ? [...effects, opaque(call, 'no address')] : effects;
}

export function wgetRequests(call: Call, found: readonly Effect[], cx: ReadContext): readonly Effect[] {
  if (given(call, '-V', '-h')) return [effect(call, 'none')];
  const effects = found.filter((one) => !one.targets.some((target) => one.kind === 'write' && target.name === '-'));
  const bodies = valuesOf(call, '--post-data', '--body-data');
  const files = valuesOf(call, '--post-file', '--body-file');
  const [stated] = valuesOf(call, '--method');
  const method = stated?.text ?? (given(call, '--post-data', '--post-file') ? 'POST' : given(call, '--spider') ? 'HEAD' : 'GET');
  effects.push(...sends(call, bodies, files, call.operands, method));
  const headers = headersOf(valuesOf(call, '--header'));
  for (const url of call.operands)
    effects.push(...read(call, { method, url, headers, body: bodies.map((word) => word.text).join('&') }, cx));
  return effects;
}

/** `http POST host name=value name:=json name@file header:value name==query`. */
export function httpieRequests(call: Call, found: readonly Effect[], cx: ReadContext): readonly Effect[] {
  const [first, second] = call.operands;
  if (first === undefined) return found;
  const stated = /^[A-Z]+$/u.test(first.text) && second !== undefined;
  const url = stated ? second : first;
  const items = call.operands.slice(stated ? 2 : 1);
  const files = items.filter((word) => /^[^=:]*(?:@|=@|:=@)./u.test(word.text));
  const body = items.filter((word) => /^[^:=@]+:?=(?!=)/u.test(word.text) || files.includes(word));
  const raw = valuesOf(call, '--raw');
  const method = stated ? first.text : body.length > 0 || raw.length > 0 || call.stdin !== undefined ? 'POST' : 'GET';
  const headers = headersOf(items.filter((word) => /^[\w-]+:(?!=)/u.test(word.text)));
  const effects = [...found, ...sends(call, [...body, ...raw], files, [url], method)];
  if (given(call, '--offline')) return effects;
  return [...effects, ...read(call, { method, url, headers, body: [...body, ...raw].map((word) => word.text).join('&') }, cx)];
}

/** Downloaders: each operand that is an address is fetched. */
export function ariaRequests(call: Call, found: readonly Effect[], cx: ReadContext): readonly Effect[] {
  const effects = [...found];
  for (const url of call.operands)
    if (/^\w+:|\.\w+\//u.test(url.text) || !url.known)
      effects.push(...read(call, { method: 'GET', url, headers: {}, body: '' }, cx));
  return effects;
}

/** What leaves by the body or the address: files that are named, and words that are only known at run time. */
function sends(call: Call, bodies: readonly Word[], files: readonly Word[], urls: readonly Word[], method: string): Effect[] {
  const effects: Effect[] = [];
  const input = files.filter((word) => /@-$|^-$|^\.$/u.test(word.text));
  const named = files.filter((word) => !input.includes(word));
  for (const word of named) {
    const name = (FORM_FILE.exec(word.text)?.[1] ?? word.text.replace(/^[^@]*@/u, '')).trim();
    const targets = [{ type: 'file', name }];
    effects.push({ ...effect(call, 'export', { on: [word], why: 'the file is sent' }), targets });
    effects.push({ ...effect(call, 'read', { on: [word] }), targets });
  }
  if (input.length > 0)
    effects.push(effect(call, 'export', { on: urls, type: 'url', scope: 'unknown', why: 'standard input is sent' }));
  const computed = bodies.filter((word) => !word.known && !files.includes(word));
  if (computed.length > 0)
    effects.push(
      effect(call, 'export', { on: urls, type: 'url', scope: 'unknown', why: 'what is sent is only known at run time' }),
    );
  const strange = urls.filter((url) => !url.known && /[?&#].*[$`]|\$\(|`/u.test(url.text) && method !== 'HEAD');
  if (strange.length > 0)
    effects.push(
      effect(call, 'export', {
        on: strange,
        type: 'url',
        scope: 'unknown',
        why: 'part of the address is only known at run time',
      }),
    );
  return effects;
}

function read(call: Call, request: Request, cx: ReadContext): Effect[] {
  const { method, url, headers, body } = request;
  const address = /^\w[\w+.-]*:\/\//u.test(url.text) ? url.text : `http://${url.text}`;
  const payloadJson = ENCODER.encode(JSON.stringify({ method, url: address, headers, ...(body === '' ? {} : { body }) }));
  const inner = cx.embedded({ kind: 'http', text: `${method} ${address}`, payloadJson });
  return pointed(inner.effects, url.span, call.program);
}

function headersOf(words: readonly Word[]): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const { text } of words) {
    const at = text.indexOf(':');
    if (at > 0) headers[text.slice(0, at).trim().toLowerCase()] = text.slice(at + 1).trim();
  }
  return headers;
}
