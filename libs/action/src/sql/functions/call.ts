/** What calling a function does: looked up by name; a name in no list is opaque. */
import type { EffectTarget, TextSpan } from '@countersign/kernel';
import type { FuncCall, Node } from 'libpg-query';
import { constantOf, mentionsColumn } from '../constants.ts';
import { type Cx, emit, emitOpaque, wider } from '../context.ts';
import { dotted, strings } from '../names.ts';
import { descend } from '../walk.ts';
import { EFFECTFUL, type FunctionRule } from './effectful.ts';
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
  const rules = EFFECTFUL.get(name);
  const runner = RUNNERS.get(name);
  if (rules === undefined && runner === undefined && isHarmless(name, schema)) return;
  const span = place ?? cx.source.call(location ?? 0);
  if (rules !== undefined) for (const rule of rules) apply(rule, name, args, span, cx);
  if (runner !== undefined) runner(name, args, span, cx);
  if (rules === undefined && runner === undefined) {
    emitOpaque(cx, `what the function ${dotted(names)} does is not known`, dotted(names), span);
  }
}

/** Where extensions are installed by habit. In any other schema a function is somebody's own, whatever its name. */
const EXTENSION_SCHEMAS: ReadonlySet<string> = new Set(['public', 'extensions', 'postgis', 'topology', 'tiger']);

function isHarmless(name: string, schema: string): boolean {
  if (schema === '' || schema === 'pg_catalog') return HARMLESS_BUILTINS.has(name) || HARMLESS_EXTENSIONS.has(name);
  if (schema === 'information_schema') return name === '_pg_expandarray';
  return EXTENSION_SCHEMAS.has(schema) && HARMLESS_EXTENSIONS.has(name);
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
