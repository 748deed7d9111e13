/** Python's syntax tree (lezer) as the expressions that are judged. */
import type { SyntaxNode } from '@lezer/common';
import { parser } from '@lezer/python';
import type { TextSpan } from '@countersign/kernel';
import type { Argument, Expression } from '../expression.ts';
import { importOf } from './imports.ts';
import { format, literal } from './literals.ts';
import { children, source, spanOf } from './nodes.ts';

/** undefined when the text is not Python. */
export function pythonProgram(text: string): readonly Expression[] | undefined {
  const tree = parser.parse(text);
  let broken = false;
  tree.iterate({
    enter: (node) => {
      if (node.type.isError) broken = true;
    },
  });
  return broken ? undefined : children(tree.topNode).map((node) => convert(node, text));
}

function other(nodes: readonly SyntaxNode[], span: TextSpan, text: string): Expression {
  return { type: 'other', parts: nodes.map((node) => convert(node, text)), span };
}

type Converter = (node: SyntaxNode, text: string) => Expression;

const CONVERTERS: ReadonlyMap<string, Converter> = new Map<string, Converter>([
  ['String', literal],
  ['FormatString', (node, text) => format(node, text, convert)],
  [
    'ContinuedString',
    (node, text) => ({ type: 'join', parts: children(node).map((part) => convert(part, text)), span: spanOf(node) }),
  ],
  [
    'Number',
    (node, text) => ({
      type: 'number',
      value: Number(source(node, text)),
      raw: source(node, text).replace(/^0o/i, ''),
      span: spanOf(node),
    }),
  ],
  ['VariableName', (node, text) => ({ type: 'name', name: source(node, text), span: spanOf(node) })],
  ['MemberExpression', memberOf],
  ['CallExpression', callOf],
  ['BinaryExpression', binary],
  ['ParenthesizedExpression', (node, text) => inner(node, text)],
  ['AwaitExpression', (node, text) => inner(node, text)],
  ['ArrayExpression', list],
  ['TupleExpression', list],
  ['AssignStatement', assignment],
  ['UpdateStatement', assignment],
  ['NamedExpression', assignment],
  ['ImportStatement', importOf],
  ['FunctionDefinition', functionOf],
  ['LambdaExpression', functionOf],
  ['ClassDefinition', classOf],
  ['ForStatement', loop],
  ['WithStatement', withOf],
  ['ArrayComprehensionExpression', comprehension],
  ['SetComprehensionExpression', comprehension],
  ['DictionaryComprehensionExpression', comprehension],
  ['ComprehensionExpression', comprehension],
  ['Decorator', (node, text) => decorator(node, text)],
]);

function convert(node: SyntaxNode, text: string): Expression {
  const converter = CONVERTERS.get(node.name);
  return converter === undefined ? other(children(node), spanOf(node), text) : converter(node, text);
}

function inner(node: SyntaxNode, text: string): Expression {
  const parts = children(node).filter((child) => /^[A-Z]/.test(child.name) && child.name !== 'Comment');
  return parts.length === 1 && parts[0] !== undefined ? convert(parts[0], text) : other(parts, spanOf(node), text);
}

function memberOf(node: SyntaxNode, text: string): Expression {
  const [object, ...rest] = children(node);
  const span = spanOf(node);
  if (object === undefined) return { type: 'other', parts: [], span };
  const property = rest.find((child) => child.name === 'PropertyName');
  if (property !== undefined) return { type: 'member', object: convert(object, text), name: source(property, text), span };
  return { type: 'other', parts: [convert(object, text), ...rest.map((child) => convert(child, text))], span };
}

function callOf(node: SyntaxNode, text: string): Expression {
  const [callee, list] = children(node);
  const span = spanOf(node);
  if (callee === undefined) return { type: 'other', parts: [], span };
  return { type: 'call', callee: convert(callee, text), args: list === undefined ? [] : argumentsOf(list, text), span };
}

function argumentsOf(list: SyntaxNode, text: string): Argument[] {
  const args: Argument[] = [];
  let current: SyntaxNode[] = [];
  const end = (): void => {
    const [first, second, third] = current;
    if (first === undefined) return;
    if (first.name === 'VariableName' && second?.name === 'AssignOp' && third !== undefined)
      args.push({ name: source(first, text), value: convert(third, text) });
    else if (current.some((node) => node.name === 'for')) args.push({ name: '', value: comprehensionOf(current, text) });
    else for (const node of current) if (/^[A-Z]/.test(node.name)) args.push({ name: '', value: convert(node, text) });
    current = [];
  };
  for (const node of children(list).slice(1, -1)) {
    if (node.name === ',') end();
    else if (node.name !== 'Comment') current.push(node);
  }
  end();
  return args;
}

/** Only `+` of texts and `/` of paths build something that is known. */
function binary(node: SyntaxNode, text: string): Expression {
  const [left, operator, right] = children(node);
  const span = spanOf(node);
  const op = operator === undefined ? '' : source(operator, text);
  if (left !== undefined && right !== undefined && (op === '+' || op === '/'))
    return { type: 'join', parts: [convert(left, text), convert(right, text)], span };
  return other(children(node), span, text);
}

function list(node: SyntaxNode, text: string): Expression {
  const items = children(node).filter((child) => /^[A-Z]/.test(child.name) && child.name !== 'Comment');
  return { type: 'list', items: items.map((item) => convert(item, text)), span: spanOf(node) };
}

/** `a = b = value`, `a, b = value`, `a: int = value`, `a += value`. */
function assignment(node: SyntaxNode, text: string): Expression {
  const parts = children(node);
  const cut = parts.map((part, i) => (/^(AssignOp|UpdateOp|:=)$/.test(part.name) ? i : -1)).filter((i) => i >= 0);
  const last = cut.at(-1);
  const source = last === undefined ? undefined : parts.slice(last + 1).filter((part) => /^[A-Z]/.test(part.name));
  const span = spanOf(node);
  if (source?.[0] === undefined || last === undefined) return other(parts, span, text);
  const made: Expression =
    source.length === 1 ? convert(source[0], text) : { type: 'list', items: source.map((part) => convert(part, text)), span };
  const targets = parts
    .slice(0, last)
    .filter((part) => /^[A-Z]/.test(part.name) && part.name !== 'AssignOp' && part.name !== 'TypeDef');
  const updates = node.name === 'UpdateStatement';
  const first = targets[0];
  if (targets.length === 1 && first !== undefined && !updates)
    return { type: 'assign', target: convert(first, text), value: made, span };
  const several: Expression = { type: 'other', parts: targets.map((part) => convert(part, text)), span };
  return { type: 'assign', target: several, value: made, span };
}

function functionOf(node: SyntaxNode, text: string): Expression {
  const parts = children(node);
  const name = parts.find((part) => part.name === 'VariableName');
  const list = parts.find((part) => part.name === 'ParamList');
  const lambda = node.name === 'LambdaExpression';
  const parameters =
    list === undefined
      ? []
      : children(list)
          .filter((part) => part.name === 'VariableName')
          .map((part) => source(part, text));
  const defaults =
    list === undefined ? [] : children(list).filter((part) => /^[A-Z]/.test(part.name) && part.name !== 'VariableName');
  const body = parts.filter((part) => part !== list && (lambda || part !== name)).map((part) => convert(part, text));
  return {
    type: 'function',
    name: lambda || name === undefined ? '' : source(name, text),
    parameters,
    body: [...defaults.map((part) => convert(part, text)), ...body],
    span: spanOf(node),
  };
}

function classOf(node: SyntaxNode, text: string): Expression {
  const name = node.getChild('VariableName');
  const body = children(node).filter((part) => part.name === 'Body' || part.name === 'ArgList');
  return {
    type: 'function',
    name: name === null ? '' : source(name, text),
    parameters: ['self'],
    body: body.map((part) => convert(part, text)),
    span: spanOf(node),
  };
}

/** The loop's names hold whatever comes. */
function loop(node: SyntaxNode, text: string): Expression {
  return comprehensionOf(children(node), text);
}

function comprehension(node: SyntaxNode, text: string): Expression {
  return comprehensionOf(children(node), text);
}

/** `… for a, b in source if test`: sources first, then the names, then what is done with them. */
function comprehensionOf(nodes: readonly SyntaxNode[], text: string): Expression {
  const span = { start: nodes[0]?.from ?? 0, end: nodes.at(-1)?.to ?? 0 };
  const bound: Expression[] = [];
  const sources: SyntaxNode[] = [];
  const rest: SyntaxNode[] = [];
  let inFor = false;
  let afterIn = false;
  for (const node of nodes) {
    if (node.name === 'for') inFor = true;
    else if (node.name === 'in' && inFor) {
      inFor = false;
      afterIn = true;
    } else if (inFor) names(node, text).forEach((name) => bound.push(name));
    else if (afterIn && /^[A-Z]/.test(node.name)) {
      sources.push(node);
      afterIn = false;
    } else rest.push(node);
  }
  const unknown: Expression = { type: 'other', parts: [], span };
  const bindings = bound.map((target): Expression => ({ type: 'assign', target, value: unknown, span }));
  return {
    type: 'other',
    parts: [...sources.map((part) => convert(part, text)), ...bindings, ...rest.map((part) => convert(part, text))],
    span,
  };
}

function names(node: SyntaxNode, text: string): Expression[] {
  if (node.name === 'VariableName') return [convert(node, text)];
  return children(node).flatMap((child) => names(child, text));
}

/** `with open(x) as f, lock:`. */
function withOf(node: SyntaxNode, text: string): Expression {
  const parts = children(node);
  const made: Expression[] = [];
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i] as SyntaxNode;
    const target = parts[i + 2];
    if (parts[i + 1]?.name === 'as' && target !== undefined) {
      made.push({ type: 'assign', target: convert(target, text), value: convert(part, text), span: spanOf(part) });
      i += 2;
    } else made.push(convert(part, text));
  }
  return { type: 'other', parts: made, span: spanOf(node) };
}

/** A decorator calls what it names with the function: known ones only compute. */
function decorator(node: SyntaxNode, text: string): Expression {
  const parts = children(node).filter((child) => /^[A-Z]/.test(child.name) && child.name !== 'At');
  const list = parts.find((part) => part.name === 'ArgList');
  const path = parts.filter((part) => part !== list).map((part) => source(part, text));
  const span = spanOf(node);
  let callee: Expression = { type: 'name', name: path[0] ?? '', span };
  for (const name of path.slice(1)) callee = { type: 'member', object: callee, name, span };
  return { type: 'call', callee, args: list === undefined ? [] : argumentsOf(list, text), span };
}
