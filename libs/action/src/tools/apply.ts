/** What a tool of the catalogue does in one call: its fixed effects, and what its arguments hold. */
import type { Effect, EffectTarget, TextSpan } from '@countersign/kernel';
import { opaqueEffect } from '../analysis.ts';
import type { CatalogueEffect } from '../catalogue.ts';
import { effectOf } from '../http/effects.ts';
import { isMembers } from '../http/json.ts';
import type { ToolCall } from './calls.ts';
import type { Known } from './entries.ts';
import { type Ground, isPathUse, quoted, readGraphql, readInner, readPath, readRequestOf } from './inner.ts';
import { codeEffects, walkArguments } from './walk.ts';

const VALUES = 100;

export function knownEffects(known: Known, call: ToolCall, span: TextSpan, ground: Ground): Effect[] {
  if (known.opaque)
    return [
      opaqueEffect(span, `${call.name.slice(0, 60)} does whatever its arguments say`),
      ...walkArguments(call.arguments, ground),
    ];
  const out = known.effects.map((effect) => fixed(effect, call, span));
  for (const [path, holding] of Object.entries(known.arguments)) {
    const values = valuesAt(call.arguments, path.split('.'));
    if (values.length > VALUES) out.push(opaqueEffect(span, `more than ${VALUES} values in ${path}`));
    for (const value of values.slice(0, VALUES)) out.push(...held(value, holding, path, call, span, ground));
  }
  const explained = new Set(Object.keys(known.arguments).map((path) => path.split('.')[0] ?? ''));
  return [...out, ...walkArguments(call.arguments, ground, explained)];
}

function fixed(effect: CatalogueEffect, call: ToolCall, span: TextSpan): Effect {
  const targets = (effect.targets ?? []).map((target) => targetOf(target, call)).filter((target) => target !== undefined);
  return effectOf(
    {
      kind: effect.kind,
      ...(effect.scope === undefined ? {} : { scope: effect.scope }),
      ...(effect.reversible === undefined ? {} : { reversible: effect.reversible }),
      targets,
      via: call.name,
    },
    span,
  );
}

/** `repository:{owner}/{repo}`: names in braces are arguments; a target whose arguments are missing is left out. */
function targetOf(target: string, call: ToolCall): EffectTarget | undefined {
  const cut = target.indexOf(':');
  let missing = false;
  const name = target.slice(cut + 1).replace(/\{([\w.-]+)\}/g, (_, argument: string) => {
    const value = Object.hasOwn(call.arguments, argument) ? call.arguments[argument] : undefined;
    if (typeof value === 'string' || typeof value === 'number') return String(value);
    missing = true;
    return '';
  });
  return missing ? undefined : { type: cut < 0 ? 'resource' : target.slice(0, cut), name };
}

/** Every value at a dotted path; lists on the way are gone through. */
function valuesAt(given: unknown, path: readonly string[]): unknown[] {
  const [step, ...rest] = path;
  if (step === undefined) return [given];
  if (Array.isArray(given)) return given.slice(0, VALUES + 1).flatMap((item) => valuesAt(item, path));
  if (!isMembers(given) || !Object.hasOwn(given, step)) return [];
  return valuesAt(given[step], rest);
}

function held(value: unknown, holding: string, path: string, call: ToolCall, span: TextSpan, ground: Ground): Effect[] {
  if (value === undefined || value === null || holding === 'text') return [];
  if (holding === 'argv' && Array.isArray(value))
    return readInner({ kind: 'shell', text: value.map((word) => quoted(String(word))).join(' ') }, path, ground);
  if (Array.isArray(value)) return value.slice(0, VALUES).flatMap((item) => held(item, holding, path, call, span, ground));
  const [language = '', detail = ''] = holding.split(':');
  if (language === 'kubernetes')
    return readInner({ kind: 'kubernetes', text: typeof value === 'string' ? value : JSON.stringify(value) }, path, ground);
  if (language === 'any' || language === 'json') return walkArguments({ [path]: value }, ground);
  if (typeof value !== 'string') return [opaqueEffect(span, `the argument ${path} is not a text`, call.name)];
  switch (language) {
    case 'sql':
      return readInner({ kind: 'sql', dialect: detail, text: value }, path, ground);
    case 'shell':
    case 'argv':
      return readInner({ kind: 'shell', text: value }, path, ground);
    case 'url':
      return readRequestOf({ url: value, ...(detail === '' ? {} : { method: detail }) }, value, path, ground);
    case 'path':
      return readPath(value, isPathUse(detail) ? detail : 'tree', path, ground);
    case 'host':
      return [effectOf({ kind: 'network', targets: [{ type: 'host', name: value }], via: path }, span)];
    case 'word':
      // A program behind the tool takes it for an option.
      return value.trim().startsWith('-') ? [opaqueEffect(span, `the argument ${path} begins with a dash`, call.name)] : [];
    case 'graphql':
      return readGraphql(value, path, ground);
    case 'code':
      return codeEffects(value, detail, path, ground);
    case 'datastore':
      return readInner({ kind: 'datastore', dialect: detail, text: value }, path, ground);
    default:
      return [opaqueEffect(span, `the catalogue says that ${path} holds ${holding.slice(0, 40)}, which is not known`, call.name)];
  }
}
