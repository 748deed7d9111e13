/**
 * What calling a function does: looked up by name, ours first for what is built in, then the operator's catalogue; a name in
 * neither is opaque.
 */
import type { EffectTarget, TextSpan } from '@countersign/kernel';
import type { FuncCall, Node } from 'libpg-query';
import type { CatalogueEffect } from '../../catalogue.ts';
import { constantOf, mentionsColumn } from '../constants.ts';
import { type Cx, emit, emitOpaque, wider } from '../context.ts';
import { dotted, strings } from '../names.ts';
import { descend } from '../walk.ts';
import { BUILT_IN_EFFECTS, EFFECTFUL } from './effectful.ts';
import type { FunctionRule } from './rule.ts';
import { HARMLESS_BUILTINS, HARMLESS_EXTENSIONS } from './harmless.ts';
import { RUNNERS } from './runners.ts';

export function functionCall(call: FuncCall, cx: Cx): void {
  callByName(strings(call.funcname), call.args ?? [], cx, undefined, call.location);
  descend(call, cx);
}

/** True when the last part of a name is a function that is known to do something. */
export function isEffectful(name: string): boolean {
  return EFFECTFUL.has(name) || RUNNERS.has(name);
}

export function callByName(names: readonly string[], args: readonly Node[], cx: Cx, place?: TextSpan, location?: number): void {
  const name = names.at(-1) ?? '';
  const schema = names.length > 1 ? (names.at(-2) ?? '') : '';
  const rules = EFFECTFUL.get(name) ?? (schema === '' ? undefined : EFFECTFUL.get(`${schema}.${name}`));
  const runner = RUNNERS.get(name);
  const builtIn = schema === '' || schema === 'pg_catalog';
  if (builtIn && HARMLESS_BUILTINS.has(name)) return;
  const vouched = builtIn && BUILT_IN_EFFECTS.has(name) ? undefined : cx.functions(name, schema);
  if (vouched === undefined && rules === undefined && runner === undefined && isHarmless(name, schema)) return;
  const span = place ?? cx.source.call(location ?? 0);
  if (vouched !== undefined) {
    for (const effect of vouched) applyVouched(effect, dotted(names), args, span, cx);
    return;
  }
  if (rules !== undefined) for (const rule of rules) apply(rule, name, args, span, cx);
  if (runner !== undefined) runner(name, args, span, cx);
  // A name of ours in a schema that is not its home is somebody's own function, whatever else it may be.
  const known = rules !== undefined || runner !== undefined;
  if (!known || !(builtIn || EXTENSION_SCHEMAS.has(schema)))
    emitOpaque(cx, `what the function ${dotted(names)} does is not known`, dotted(names), span);
}

/** Where extensions live by habit. In any other schema a function is somebody's own, whatever its name. */
const EXTENSION_SCHEMAS: ReadonlySet<string> = new Set(
  `public extensions postgis topology tiger cron aws_s3 aws_lambda aws_commons net http partman pgmq dblink hstore citus
   timescaledb_information _timescaledb_functions ag_catalog pgcrypto vault auth utl_file dbms_output dbms_random`.split(/\s+/),
);

function isHarmless(name: string, schema: string): boolean {
  if (schema === '' || schema === 'pg_catalog') return HARMLESS_EXTENSIONS.has(name);
  if (schema === 'information_schema') return name.startsWith('_pg_');
  if (HARMLESS_EXTENSIONS.has(`${schema}.${name}`)) return true;
  return EXTENSION_SCHEMAS.has(schema) && HARMLESS_EXTENSIONS.has(name);
}

/** What the operator vouches for: in their words, with a scope that a column as argument widens as it does for ours. */
function applyVouched(effect: CatalogueEffect, name: string, args: readonly Node[], span: TextSpan, cx: Cx): void {
  const scope = effect.scope ?? 'one';
  emit(cx, {
    kind: effect.kind,
    scope: args.some(mentionsColumn) ? wider(scope, wider(cx.readScope, 'bounded')) : scope,
    reversible: effect.reversible ?? 'unknown',
    targets: (effect.targets ?? []).map(targetIn),
    span,
    via: name,
    why: "as the operator's catalogue says",
  });
}

/** "type:name", and the name may have colons too. */
function targetIn(text: string): EffectTarget {
  const colon = text.indexOf(':');
  return colon < 0 ? { type: 'object', name: text } : { type: text.slice(0, colon), name: text.slice(colon + 1) };
}

function apply(rule: FunctionRule, name: string, args: readonly Node[], span: TextSpan, cx: Cx): void {
  const targets: EffectTarget[] = [];
  if (rule.target !== undefined) {
    const value = constantOf(argument(args, rule.argument ?? 0));
    targets.push({ type: rule.target, name: value === undefined || value === null ? '' : String(value) });
  }
  // Called with a column it runs once a row.
  const scope = args.some(mentionsColumn) ? wider(rule.scope, wider(cx.readScope, 'bounded')) : rule.scope;
  emit(cx, { kind: rule.kind, scope, reversible: rule.reversible, targets, span, via: name, why: rule.why });
}

function argument(args: readonly Node[], index: number): Node | undefined {
  const node = args[index];
  return node !== undefined && 'NamedArgExpr' in node ? node.NamedArgExpr.arg : node;
}
