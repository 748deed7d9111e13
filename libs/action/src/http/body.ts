/** Bodies by their content type: what format they have, and which other languages are in them. */
import type { Effect, TextSpan } from '@countersign/kernel';
import { opaqueEffect } from '../analysis.ts';
import { type ReadContext, pointed } from '../reader.ts';
import { graphqlEffects, looksLikeGraphql } from './graphql.ts';
import { isMembers, parseJson, stringIn } from './json.ts';
import type { HttpRequest } from './request.ts';
import type { Address } from './url.ts';

const BATCH = 100;

/** The body as JSON, whatever the content type says: servers differ in how much they care. */
export function jsonOf(request: HttpRequest): unknown {
  if (request.json !== undefined) return request.json;
  const first = request.body.trimStart()[0];
  return first === '{' || first === '[' ? parseJson(request.body) : undefined;
}

export function formOf(request: HttpRequest): URLSearchParams | undefined {
  const type = contentType(request);
  const isForm = type === 'application/x-www-form-urlencoded' || (type === '' && /^[A-Za-z_][\w.[\]-]*=/.test(request.body));
  return isForm ? new URLSearchParams(request.body.slice(0, 65_536)) : undefined;
}

export function contentType(request: HttpRequest): string {
  return (request.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}

/** A part of a multipart body that has a file name, as browsers and `curl -F` send files. */
export function hasFile(request: HttpRequest): boolean {
  return request.upload || (contentType(request).startsWith('multipart/') && /;\s*filename\*?=/i.test(request.body));
}

/** Undefined when the request is not GraphQL. */
export function graphqlOfBody(request: HttpRequest, address: Address, span: TextSpan): Effect[] | undefined {
  const inUrl = address.query.get('query');
  const isPath = /^(graphql|gql|graphiql)$/i.test(address.segments.at(-1) ?? '');
  if (inUrl !== null && (isPath || request.body === '') && looksLikeGraphql(inUrl)) {
    return graphqlEffects({ query: inUrl, operationName: address.query.get('operationName') ?? '' }, span);
  }
  if (contentType(request) === 'application/graphql') return graphqlEffects({ query: request.body, operationName: '' }, span);
  const json = jsonOf(request);
  const list = Array.isArray(json) ? json : json === undefined ? [] : [json];
  const queries = list.filter((item) => isMembers(item) && typeof item['query'] === 'string');
  const isGraphql = isPath || (queries.length > 0 && queries.every((item) => looksLikeGraphql(stringIn(item, 'query') ?? '')));
  if (!isGraphql || (request.method.toUpperCase() !== 'POST' && queries.length === 0)) return undefined;
  if (queries.length === 0 || queries.length < list.length || list.length > BATCH) {
    // A persisted query is known to the server by its digest only.
    return [opaqueEffect(span, 'the GraphQL document is not in the request', 'GraphQL')];
  }
  return queries.flatMap((item) =>
    graphqlEffects({ query: stringIn(item, 'query') ?? '', operationName: stringIn(item, 'operationName') ?? '' }, span),
  );
}

/** JSON-RPC as MCP servers speak it over HTTP; undefined for other bodies. */
export function rpcOfBody(request: HttpRequest, span: TextSpan, cx: ReadContext): readonly Effect[] | undefined {
  const json = jsonOf(request);
  const list: readonly unknown[] = Array.isArray(json) ? json : [json];
  const calls = list.filter((item) => isMembers(item) && item['jsonrpc'] === '2.0' && typeof item['method'] === 'string');
  if (calls.length === 0 || !calls.some((item) => isMembers(item) && item['method'] === 'tools/call')) return undefined;
  const inner = cx.embedded({ kind: 'mcp_tool', text: '', payloadJson: new TextEncoder().encode(JSON.stringify(json)) });
  return pointed(inner.effects, span, 'JSON-RPC');
}

/** Names of procedures that SOAP, XML-RPC and JSON-RPC put beside the path. */
export function proceduresOf(request: HttpRequest): string[] {
  const soap = request.headers.get('soapaction')?.replaceAll('"', '').split(/[/:#]/).at(-1);
  const xml = /<methodName>\s{0,20}([\w.:-]{1,100})/.exec(request.body.slice(0, 4000))?.[1];
  const json = jsonOf(request);
  const rpc = (Array.isArray(json) ? json.slice(0, BATCH) : [json]).map((item) =>
    isMembers(item) && (item['jsonrpc'] !== undefined || (item['params'] !== undefined && item['id'] !== undefined))
      ? stringIn(item, 'method')
      : undefined,
  );
  return [soap, xml, ...rpc].filter((name) => name !== undefined);
}

const SQL_NAMES = new Set(['sql', 'query', 'statement', 'stmt', 'q']);
const SQL_START = /^\s*(?:select|insert|update|delete|drop|truncate|alter|create|grant|revoke|copy|merge|with|call|do)\s/i;

/** SQL in a JSON body of a service that nobody knows. Only what could be read counts: the rest is asked for anyway. */
export function sqlOfBody(request: HttpRequest, span: TextSpan, cx: ReadContext): readonly Effect[] {
  const texts: string[] = [];
  const look = (value: unknown, name: string, depth: number): void => {
    if (depth > 4 || texts.length >= 20) return;
    if (typeof value === 'string' && SQL_NAMES.has(name.toLowerCase()) && SQL_START.test(value)) texts.push(value);
    else if (Array.isArray(value)) for (const item of value.slice(0, 50)) look(item, name, depth + 1);
    else if (isMembers(value)) for (const key of Object.keys(value).slice(0, 50)) look(value[key], key, depth + 1);
  };
  look(jsonOf(request), '', 0);
  return texts.flatMap((text) => {
    const inner = cx.embedded({ kind: 'sql', dialect: '', text });
    return inner.complete ? pointed(inner.effects, span, 'SQL in the body') : [];
  });
}

/** XML that makes the server fetch or read something else while parsing (XXE); '' for none. */
export function hostileXml(request: HttpRequest): string {
  if (!/xml/.test(contentType(request)) && !request.body.trimStart().startsWith('<')) return '';
  if (/<!ENTITY\s/i.test(request.body)) return 'the XML declares entities, which may read files of the server';
  return /<xi:include\b|<!DOCTYPE[^>[]{0,300}\bSYSTEM\b/i.test(request.body) ? 'the XML includes other documents' : '';
}
