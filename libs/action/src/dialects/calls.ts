/** What calling a function does: looked up by name; a name in no list is opaque. */
import type { EffectTarget, TextSpan } from '@countersign/kernel';
import { type Cx, emit, emitOpaque, wider } from './context.ts';
import { type FunctionRule, rulesOf } from './functions/effectful.ts';
import { isHarmless } from './functions/harmless.ts';
import type { Tree } from './grammar.ts';
import { embedSql } from './embedded.ts';
import { placeOf } from './places.ts';
import { SECRET_FILE } from './secrets.ts';
import { as, constantOf, isTree, listOf, mentionsColumn, nameText, namesOf, variantOf } from './tree.ts';
import { descend } from './walk.ts';

const NOT_ARGUMENTS: ReadonlySet<string> = new Set(['name', 'null_treatment', 'uses_odbc_syntax', 'lateral', 'alias']);

/** Some places wrap a call twice. */
export function callFunction(given: Tree, cx: Cx): void {
  const call = as(given, 'Function') ?? given;
  callByName(call['name'], argumentsOf(call), false, cx);
  descend(call, cx, NOT_ARGUMENTS);
}

/** INSERT INTO FUNCTION: rows go where the function says. */
export function writeThrough(call: Tree, cx: Cx): void {
  callByName(call['name'], argumentsOf(call), true, cx);
  descend(call, cx, NOT_ARGUMENTS);
}

/** The values of a call's arguments, in order, named ones too. */
export function argumentsOf(call: Tree): unknown[] {
  const list = Array.isArray(call['args']) ? call['args'] : listOf(as(call['args'], 'List')?.['args']);
  return list.map((argument) => {
    const [variant, body] = variantOf(argument);
    const value = variant === 'Named' || variant === 'ExprNamed' ? (isTree(body) ? body['arg'] : undefined) : body;
    const [kind, expression] = variantOf(value);
    return kind === 'Expr' ? expression : value;
  });
}

/** `writes`: the call stands where rows are put into it (INSERT INTO FUNCTION). */
export function callByName(name: unknown, args: readonly unknown[], writes: boolean, cx: Cx): void {
  const names = namesOf(name).map((word) => word.toLowerCase());
  const text = nameText(name);
  const span = placeOf(name, cx);
  const rules = ruleFor(names, cx);
  if (rules === undefined) {
    if (operatorsOwn(names, span, cx)) return;
    if (!isHarmless(names, cx.dialect.name) || writes) emitOpaque(cx, `what the function ${text} does is not known`, text, span);
    return;
  }
  for (const rule of rules) apply(rule, text, args, span, writes, cx);
}

function ruleFor(names: readonly string[], cx: Cx): readonly FunctionRule[] | undefined {
  const dialect = cx.dialect.name;
  return rulesOf(names.slice(-2).join('.'), dialect) ?? (names.length > 2 ? undefined : rulesOf(names.at(-1) ?? '', dialect));
}

/** What the operator says about their own functions. */
function operatorsOwn(names: readonly string[], span: TextSpan, cx: Cx): boolean {
  const { catalogue, target } = cx.reader;
  const full = names.join('.');
  for (const key of [target, '*']) {
    const table = catalogue.functions[key];
    const known = table?.[full] ?? table?.[names.at(-1) ?? ''];
    if (known === undefined) continue;
    for (const { kind, scope, reversible, targets = [] } of known) {
      const named = targets.map((one) => ({ type: one.slice(0, one.indexOf(':')), name: one.slice(one.indexOf(':') + 1) }));
      const given = { ...(scope !== undefined && { scope }), ...(reversible !== undefined && { reversible }) };
      emit(cx, { kind, ...given, targets: named, span, via: full, why: 'as the operator says' });
    }
    return true;
  }
  return false;
}

function apply(rule: FunctionRule, name: string, args: readonly unknown[], span: TextSpan, writes: boolean, cx: Cx): void {
  const value = constantOf(args[rule.argument]);
  const text = typeof value === 'string' ? value : '';
  if (rule.holds === 'sql') {
    if (text === '') emitOpaque(cx, `the SQL that ${name} runs is made when it runs`, name, span);
    else embedSql(text, span, name, cx);
    return;
  }
  const targets: EffectTarget[] = rule.target === undefined ? [] : [{ type: rule.target, name: text }];
  const { why, reversible } = rule;
  // Called with a column it runs once a row.
  const scope = args.some(mentionsColumn) ? wider(rule.scope, wider(cx.readScope, 'bounded')) : rule.scope;
  const remote = rule.holds === 'place' && /^[a-z][a-z0-9+.-]*:\/\//i.test(text);
  if (writes) {
    const kind = rule.kind === 'network' || rule.kind === 'read' ? 'export' : rule.kind;
    emit(cx, { kind, scope: 'bounded', reversible: 'no', targets, span, via: name, why: 'puts rows into another place' });
  } else if (rule.kind === 'read' && (rule.holds === 'path' || (rule.holds === 'place' && SECRET_FILE.test(text))))
    emit(cx, {
      kind: 'secret_read',
      scope,
      reversible,
      targets,
      span,
      via: name,
      why: rule.holds === 'path' ? why : 'reads a file that holds secrets',
    });
  else emit(cx, { kind: remote ? 'network' : rule.kind, scope, reversible, targets, span, via: name, why });
  if (rule.holds !== undefined && text === '') emitOpaque(cx, `which file ${name} opens is worked out when it runs`, name, span);
}
