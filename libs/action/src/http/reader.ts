/**
 * HTTP requests → effects. A known API says by method and path what a request does. Elsewhere: reads are reads, inside the own
 * network too (services read each other all day); only the metadata services of clouds are secrets, in whatever spelling;
 * what else a POST, PUT or PATCH does at an unknown place cannot be seen, so it is a `network` effect (asked for, and what a list
 * of allowed hosts may lift) with a bounded `write`; a DELETE is a `delete` of unknown scope. File content, credentials and what
 * goes to paste sites and the like is an `export`. Names of the own network are targets of the type `internal_host`, all others
 * `host`, so that policy can compare them with its lists.
 */
import type { Effect, EffectTarget, TextSpan } from '@countersign/kernel';
import { type ActionInput, type Analysis, analysisOf, opaqueEffect, unreadable } from '../analysis.ts';
import { type Inner, NotHere, type ReadContext, pointed } from '../reader.ts';
import { dropOf } from './apis/drops.ts';
import { type Known, apiNamed, findApi, withoutBase } from './apis/match.ts';
import { contentType, formOf, graphqlOfBody, hasFile, hostileXml, jsonOf, proceduresOf, rpcOfBody, sqlOfBody } from './body.ts';
import { effectOf, tidy } from './effects.ts';
import { genericEffects, loudPath } from './generic.ts';
import { isSafe, meaningOf, overridesOf } from './methods.ts';
import { type HttpRequest, ambiguousHeaders, readRequest } from './request.ts';
import { routeEffects } from './routes.ts';
import { secretIn } from './secrets.ts';
import { type Address, readUrl } from './url.ts';

/** Longer requests go to the worker, and much longer ones are not read. */
const HERE_UNITS = 32 * 1024;
const TEXT_UNITS = 4 * 1024 * 1024;
const QUERY_UNITS = 8 * 1024;
/** Longer than links that people share, longer than names that people give. */
const ADDRESS_UNITS = 2048;
const LABEL_UNITS = 45;

export function readHttp(action: ActionInput | Inner, cx: ReadContext): Analysis {
  const units = action.text.length + (action.payloadJson?.byteLength ?? 0);
  if (units > TEXT_UNITS) return unreadable(action.text, 'the request is too long to be read');
  if (units > HERE_UNITS && cx.place === 'here') throw new NotHere();
  const request = readRequest(action);
  if (!request.ok) return unreadable(action.text, request.error);
  return analysisOf(requestEffects(request.value, cx));
}

function requestEffects(request: HttpRequest, cx: ReadContext): Effect[] {
  const { spans } = request;
  const address = readUrl(request.url);
  if (!address.ok) return [opaqueEffect(spans.url, address.error), ...blind(request)];
  const { value } = address;
  if (!['http', 'https', 'ws', 'wss'].includes(value.scheme)) return otherScheme(request, value, cx);
  const methods = [{ method: request.method.toUpperCase(), via: '' }, ...overridesOf(request, value.query, formOf(request))];
  const out = methods.flatMap(({ method, via }) =>
    methodEffects(request, value, method, cx).map((effect) =>
      via === '' ? effect : { ...effect, via: `${via} ${effect.via}`.trim() },
    ),
  );
  if (value.scheme.startsWith('ws')) {
    out.push(effectOf({ kind: 'network', targets: [hostTarget(value)], why: 'opens a channel in both directions' }, spans.url));
  }
  return tidy(
    [...out, ...placeEffects(request, value), ...bodyEffects(request, value)],
    spans.all,
    'a request that does nothing',
  );
}

/** When the URL cannot be trusted the method still says something. */
function blind(request: HttpRequest): Effect[] {
  const meaning = meaningOf(request.method.toUpperCase());
  if (meaning === undefined || meaning.kind === 'read') return [];
  return [effectOf({ kind: meaning.kind, scope: 'unknown', why: 'the resource is not known' }, request.spans.method)];
}

function methodEffects(request: HttpRequest, address: Address, method: string, cx: ReadContext): readonly Effect[] {
  const span = spanOf(request);
  const known = apiOf(request, address);
  const json = jsonOf(request);
  const asked = {
    method,
    request,
    address,
    segments: known?.segments ?? address.segments,
    names: new Map(),
    json,
    span,
    cx,
    words: [],
  };
  const graphql = known === undefined || known.vendor ? graphqlOfBody(request, address, span) : undefined;
  const routed = graphql ?? rpcOfBody(request, span, cx) ?? (known === undefined ? undefined : routeEffects(known.api, asked));
  const effects = routed ?? genericEffects(method, request, address, span);
  const via = known === undefined || graphql !== undefined ? '' : known.api.name;
  const host = hostTarget(address);
  const loud =
    routed === undefined
      ? [...loudPath(method, address, proceduresOf(request), span), ...(isSafe(method) ? [] : sqlOfBody(request, span, cx))]
      : [];
  const told = [...effects, ...loud].map((effect) => ({
    ...effect,
    via: effect.via === '' ? via : effect.via,
    targets: effect.targets.some((target) => target.name === host.name)
      ? effect.targets
      : [...effect.targets, effect.kind === 'network' ? peer(address) : host],
  }));
  // A query is short and asks; a long one may carry what it should not.
  const asks = graphql?.every((effect) => effect.kind === 'read') === true && request.body.length < QUERY_UNITS;
  return asks ? told : [...told, ...outward(request, address, method, known, routed !== undefined, span)];
}

function apiOf(request: HttpRequest, address: Address): Known | undefined {
  if (request.socket === '') return findApi(address);
  const api = /docker|podman|containerd/.test(request.socket) ? apiNamed('Docker Engine') : undefined;
  return api === undefined ? undefined : { api, vendor: false, segments: withoutBase(api, address.segments) };
}

/** A body that goes to a host outside of which only the name looks familiar may be anybody's. */
function outward(
  request: HttpRequest,
  address: Address,
  method: string,
  known: Known | undefined,
  routed: boolean,
  span: TextSpan,
): Effect[] {
  if (!routed || known?.vendor === true || address.host.place !== 'outside' || isSafe(method)) return [];
  if (request.body === '' && !hasFile(request) && !request.bodyUnknown) return [];
  return [effectOf({ kind: 'network', targets: [hostTarget(address)], why: 'sends a body to a host outside' }, span)];
}

/** What the place of the host alone says, whatever the request. */
function placeEffects(request: HttpRequest, address: Address): Effect[] {
  const { host } = address;
  const span = request.spans.url;
  const targets = [hostTarget(address)];
  if (host.place === 'metadata') return [effectOf({ kind: 'secret_read', scope: 'bounded', targets, why: host.why }, span)];
  if (host.place === 'rebinding') return [opaqueEffect(span, host.why)];
  const drop = dropOf(host.name);
  if (drop === undefined) return [];
  const method = request.method.toUpperCase();
  const sends = !isSafe(method) || request.body !== '' || hasFile(request) || request.bodyUnknown;
  if (sends) return [effectOf({ kind: 'export', scope: 'bounded', targets, why: drop.why }, span)];
  const tells = drop.collector && (address.query.size > 0 || address.computed || address.segments.length > 1);
  return tells ? [effectOf({ kind: 'network', targets, why: drop.why }, span)] : [];
}

/** Files and credentials that leave, and bodies that are made to make the server do something else. */
function bodyEffects(request: HttpRequest, address: Address): Effect[] {
  const out: Effect[] = [];
  const targets = [hostTarget(address)];
  const outside = address.host.place !== 'internal';
  const known = findApi(address);
  const span = request.spans.body;
  const ambiguous = ambiguousHeaders(request.headers);
  if (ambiguous !== '') out.push(opaqueEffect(request.spans.all, ambiguous));
  const xml = hostileXml(request);
  if (xml !== '') out.push(opaqueEffect(span, xml));
  // Files are how long bodies are passed to the API of a vendor; elsewhere they are files that leave.
  if (outside && hasFile(request) && (known?.vendor !== true || contentType(request).startsWith('multipart/'))) {
    out.push(effectOf({ kind: 'export', scope: 'bounded', targets, why: 'the content of a file leaves' }, span));
  }
  const secret = secretIn(request.body) || secretIn(safeDecode(request.url));
  if (secret !== '' && outside) out.push(effectOf({ kind: 'export', targets, why: `carries ${secret}` }, span));
  if (outside && known?.vendor !== true && carriesMuch(request, address)) {
    out.push(effectOf({ kind: 'network', targets, why: 'the address is long enough to carry data out' }, request.spans.url));
  }
  if (request.body !== '' && /^(GET|HEAD|DELETE|OPTIONS)$/i.test(request.method) && known === undefined && outside) {
    out.push(effectOf({ kind: 'network', targets, why: `a ${request.method.toUpperCase()} with a body` }, span));
  }
  return out;
}

/** Data leaves by addresses too: in long queries, and in names that the receiver's name server is asked for. */
function carriesMuch(request: HttpRequest, address: Address): boolean {
  return request.url.length > ADDRESS_UNITS || address.host.name.split('.').some((label) => label.length > LABEL_UNITS);
}

function safeDecode(url: string): string {
  try {
    return decodeURIComponent(url);
  } catch {
    return url;
  }
}

function otherScheme(request: HttpRequest, address: Address, cx: ReadContext): Effect[] {
  const span = request.spans.url;
  const targets = [hostTarget(address)];
  const reads = isSafe(request.method.toUpperCase()) && !hasFile(request);
  switch (address.scheme) {
    case 'file': {
      const path = `/${address.segments.join('/')}`;
      const quoted = `'${path.replaceAll("'", `'\\''`)}'`;
      return pointed(cx.embedded({ kind: 'shell', text: reads ? `cat ${quoted}` : `tee ${quoted}` }).effects, span, 'file:');
    }
    case 'ftp':
    case 'ftps':
    case 'sftp':
    case 'scp': {
      const where = placeEffects(request, address);
      if (reads) return [effectOf({ kind: 'read', scope: 'bounded', targets }, span), ...where];
      return [effectOf({ kind: 'export', scope: 'bounded', targets, why: 'puts a file on another host' }, span), ...where];
    }
    default:
      // gopher:, dict:, ldap: and the like are how one protocol is smuggled into another.
      return [
        opaqueEffect(span, `the scheme ${address.scheme.slice(0, 20)} is not HTTP`),
        effectOf({ kind: 'network', targets }, span),
      ];
  }
}

/** The other end of a connection is a host, wherever it is: a list of allowed hosts may name those of the own network too. */
function peer(address: Address): EffectTarget {
  return { type: 'host', name: address.host.name };
}

function hostTarget(address: Address): EffectTarget {
  const { host } = address;
  return { type: host.place === 'internal' ? 'internal_host' : 'host', name: host.name };
}

/** Method and URL together: the words that say what happens. */
function spanOf(request: HttpRequest): TextSpan {
  return { start: request.spans.method.start, end: request.spans.url.end };
}
