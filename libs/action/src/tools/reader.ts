/**
 * Calls of tools and functions → effects. A tool that the operator's catalogue knows (by server, tool and the digest of its schema)
 * does what the catalogue says and what its arguments hold. Every other tool is opaque, whatever its name promises, and what can
 * be read inside its arguments is told beside that, so that a person sees it. What a server says about its own tools may only
 * make them worse.
 */
import type { Effect, EffectTarget, TextSpan } from '@countersign/kernel';
import { type ActionInput, type Analysis, analysisOf, opaqueEffect, unreadable } from '../analysis.ts';
import { effectOf, tidy } from '../http/effects.ts';
import { type Members, parseJson, stringIn, textOfBytes } from '../http/json.ts';
import { type Inner, NotHere, type ReadContext } from '../reader.ts';
import { knownEffects } from './apply.ts';
import { type OtherMessage, type ToolCall, callsIn } from './calls.ts';
import { lookUp } from './entries.ts';
import { type Ground, quoted, readInner, readRequestOf } from './inner.ts';
import { walkArguments } from './walk.ts';

/** Longer calls go to the worker, and much longer ones are not read. */
const HERE_UNITS = 32 * 1024;
const TEXT_UNITS = 1024 * 1024;

export function readTool(action: ActionInput | Inner, cx: ReadContext): Analysis {
  const { text } = action;
  const payload = payloadOf(action, cx);
  if (!payload.ok) return unreadable(text, payload.why);
  const all = { start: 0, end: text.length };
  const ground = { text, cx };
  const effects = payload.values.flatMap((value) => messageEffects(value, action.name ?? '', all, ground));
  return analysisOf(tidy(effects, all, 'a message that calls nothing'));
}

/** Any JSON: nobody knows what it is for, so it is opaque, with what can be read inside told beside. */
export function readJson(action: ActionInput | Inner, cx: ReadContext): Analysis {
  const { text } = action;
  const payload = payloadOf(action, cx);
  if (!payload.ok) return unreadable(text, payload.why);
  const all = { start: 0, end: text.length };
  const found = payload.values.flatMap((value) => walkArguments(value, { text, cx }));
  return analysisOf(tidy([opaqueEffect(all, 'JSON that no catalogue explains'), ...found], all, ''));
}

type Payload = { readonly ok: true; readonly values: readonly unknown[] } | { readonly ok: false; readonly why: string };

/** Payload and text may both be there; then both count. */
function payloadOf(action: ActionInput | Inner, cx: ReadContext): Payload {
  const { text, payloadJson } = action;
  const bytes = payloadJson?.byteLength ?? 0;
  if (text.length + bytes > TEXT_UNITS) return { ok: false, why: 'the call is too long to be read' };
  if (text.length + bytes > HERE_UNITS && cx.place === 'here') throw new NotHere();
  const texts = [
    bytes > 0 && payloadJson !== undefined ? textOfBytes(payloadJson) : undefined,
    text.trim() === '' ? undefined : text,
  ];
  if (bytes > 0 && texts[0] === undefined) return { ok: false, why: 'the payload is not UTF-8' };
  const values: unknown[] = [];
  for (const [index, json] of texts.entries()) {
    if (json === undefined) continue;
    const value = parseJson(json, TEXT_UNITS);
    if (value !== undefined) values.push(value);
    // A text beside a payload may be the tool's name in words.
    else if (index === 0 || bytes === 0 || text.trim() !== action.name)
      return { ok: false, why: `the ${index === 0 ? 'payload' : 'text'} is not JSON` };
  }
  return values.length === 0 ? { ok: false, why: 'there is no call' } : { ok: true, values };
}

function messageEffects(value: unknown, name: string, all: TextSpan, ground: Ground): Effect[] {
  const found = callsIn(value, name);
  return [
    ...found.problems.map((problem) => opaqueEffect(all, problem)),
    ...found.calls.slice(0, 100).flatMap((call) => callEffects(call, all, ground)),
    ...found.shells.flatMap((command) => shellEffects(command, ground)),
    ...found.others.flatMap((message) => otherEffects(message, all, ground)),
  ];
}

function callEffects(call: ToolCall, all: TextSpan, ground: Ground): Effect[] {
  const span = spanOfName(call.name, ground.text) ?? all;
  const found = lookUp(call, ground.cx.catalogue.tools);
  const effects =
    'known' in found
      ? knownEffects(found.known, call, span, ground)
      : [unknownTool(call, found, span), ...walkArguments(call.arguments, ground)];
  const silent = effects.length === 0 ? [effectOf({ kind: 'none', via: call.name }, span)] : effects;
  return [...silent, ...warnings(call, silent, span)].map((effect, index) =>
    // Rules on tools by name need to see it once.
    index === 0 ? { ...effect, targets: [...effect.targets, toolTarget(call)] } : effect,
  );
}

function unknownTool(call: ToolCall, found: { readonly why: string; readonly changed: boolean }, span: TextSpan): Effect {
  const targets = found.changed ? [{ type: 'tool_schema', name: call.schemaDigest }] : [];
  return { ...opaqueEffect(span, found.why), targets };
}

function toolTarget(call: ToolCall): EffectTarget {
  return { type: 'tool', name: call.server === '' ? call.name : `${call.server}/${call.name}` };
}

/** The name as it stands in the JSON: the words that a person looks for first. */
function spanOfName(name: string, text: string): TextSpan | undefined {
  const at = text.indexOf(JSON.stringify(name));
  return at < 0 ? undefined : { start: at + 1, end: at + 1 + name.length };
}

/** Hints of the server count only where they warn. */
function warnings(call: ToolCall, effects: readonly Effect[], span: TextSpan): Effect[] {
  const { annotations } = call;
  const changes = effects.some((effect) => !['none', 'session', 'read'].includes(effect.kind));
  if (
    annotations['destructiveHint'] === true &&
    !effects.some((effect) => /^(?:delete|schema_drop|infra_destroy)$/.test(effect.kind))
  ) {
    return [effectOf({ kind: 'delete', scope: 'unknown', via: call.name, why: 'the server calls its tool destructive' }, span)];
  }
  if (annotations['readOnlyHint'] === false && !changes) {
    return [
      effectOf(
        { kind: 'write', scope: 'unknown', via: call.name, why: 'the server says that its tool does not only read' },
        span,
      ),
    ];
  }
  return [];
}

/** One text is a line for a shell; a list is one program with its words (or several lines, where each has blanks). */
function shellEffects(command: string | readonly string[], ground: Ground): Effect[] {
  if (typeof command === 'string') return readInner({ kind: 'shell', text: command }, 'shell', ground);
  const lines = command.length > 1 && command.every((line) => /\s/.test(line.trim())) ? command : [command.map(quoted).join(' ')];
  return lines.flatMap((line) => readInner({ kind: 'shell', text: line }, 'shell', ground));
}

const READING = new Set([
  'tools/list',
  'resources/list',
  'resources/templates/list',
  'prompts/list',
  'prompts/get',
  'roots/list',
  'completion/complete',
]);
const TALKING = new Set(['initialize', 'ping', 'logging/setLevel', 'resources/subscribe', 'resources/unsubscribe']);

function otherEffects(message: OtherMessage, all: TextSpan, ground: Ground): Effect[] {
  const { method } = message;
  if (READING.has(method)) return [effectOf({ kind: 'read', scope: 'bounded', via: method }, all)];
  if (TALKING.has(method) || method.startsWith('notifications/')) return [effectOf({ kind: 'session', via: method }, all)];
  if (method === 'resources/read') return resource(message.params, all, ground);
  if (method === 'sampling/createMessage') return [effectOf({ kind: 'network', via: method, why: 'asks a model' }, all)];
  return [opaqueEffect(all, `the method ${method.slice(0, 60)} is not known`), ...walkArguments(message.params, ground)];
}

function resource(params: Members, all: TextSpan, ground: Ground): Effect[] {
  const uri = stringIn(params, 'uri') ?? '';
  const read = effectOf({ kind: 'read', targets: [{ type: 'resource', name: uri }], via: 'resources/read' }, all);
  return /^(?:https?|file):/i.test(uri) ? [read, ...readRequestOf({ url: uri }, uri, 'resources/read', ground)] : [read];
}
