/** Elasticsearch as people write it in a console: `DELETE /orders` and a body below it, several of them in one text. */
import type { Effect, TextSpan } from '@countersign/kernel';
import { opaqueEffect } from '../analysis.ts';
import { type Members, isMembers, stringIn } from '../http/json.ts';
import { type ReadContext, pointed } from '../reader.ts';

const REQUEST = /^[ \t]*(GET|POST|PUT|DELETE|HEAD|PATCH)[ \t]+(\S+)[ \t]*\r?$/gim;
const HOST = 'http://elasticsearch:9200';
const REQUESTS = 150;

export function consoleEffects(text: string, cx: ReadContext): Effect[] {
  const heads = [...text.matchAll(REQUEST)];
  const all = { start: 0, end: text.length };
  if (heads.length === 0) return [opaqueEffect(all, 'no request of the form METHOD /path')];
  if (heads.length > REQUESTS) return [opaqueEffect(all, `more than ${REQUESTS} requests`)];
  const before = withoutComments(text.slice(0, heads[0]?.index)).trim();
  const out: Effect[] =
    before === '' ? [] : [opaqueEffect({ start: 0, end: heads[0]?.index ?? 0 }, 'text before the first request')];
  for (const [index, head] of heads.entries()) {
    const end = heads[index + 1]?.index ?? text.length;
    const body = withoutComments(text.slice(head.index + head[0].length, end)).trim();
    const span = { start: head.index + head[0].search(/\S/), end: head.index + head[0].trimEnd().length };
    out.push(...request({ method: head[1], path: head[2], body: body === '' ? undefined : body }, span, cx));
  }
  return out;
}

function withoutComments(text: string): string {
  return text.replace(/^[ \t]*(?:#|\/\/)[^\n]*$/gm, '');
}

/** `{method, path, body}`, or a list of those. */
export function consolePayload(payload: unknown, span: TextSpan, cx: ReadContext): Effect[] {
  if (Array.isArray(payload)) return payload.slice(0, REQUESTS).flatMap((item) => consolePayload(item, span, cx));
  if (!isMembers(payload) || stringIn(payload, 'path') === undefined)
    return [opaqueEffect(span, 'no request of the form {method, path, body}')];
  return request(payload, span, cx);
}

function request(asked: Members, span: TextSpan, cx: ReadContext): Effect[] {
  const path = stringIn(asked, 'path') ?? '';
  const url = /^https?:/i.test(path) ? path : `${HOST}/${path.replace(/^\/+/, '')}`;
  const payload = { method: stringIn(asked, 'method') ?? 'GET', url, body: asked['body'] ?? '' };
  const inner = cx.embedded({ kind: 'http', text: '', payloadJson: new TextEncoder().encode(JSON.stringify(payload)) });
  return pointed(inner.effects, span, '');
}
