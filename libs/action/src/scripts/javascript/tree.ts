/** JavaScript's syntax tree (acorn) as the expressions that are judged. */
import { type Node, parse } from 'acorn';
import type { Expression } from '../expression.ts';

type Tree = Node & { readonly [field: string]: unknown };

/** undefined when the text is not JavaScript. */
export function javascriptProgram(text: string): readonly Expression[] | undefined {
  for (const sourceType of ['module', 'script'] as const) {
    try {
      const tree = parse(text, {
        ecmaVersion: 'latest',
        sourceType,
        allowReturnOutsideFunction: true,
        allowAwaitOutsideFunction: true,
        allowHashBang: true,
      });
      return (tree.body as Node[]).map((node) => convert(node as Tree));
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
    }
  }
  return undefined;
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';
}

function treesIn(node: Tree): Tree[] {
  const found: Tree[] = [];
  for (const key in node) {
    const value = node[key];
    if (isTree(value)) found.push(value);
    else if (Array.isArray(value)) found.push(...value.filter(isTree));
  }
  return found;
}

const spanOf = (node: Tree): { start: number; end: number } => ({ start: node.start, end: node.end });

type Converter = (node: Tree) => Expression;

const CONVERTERS: ReadonlyMap<string, Converter> = new Map<string, Converter>([
  ['Literal', literal],
  ['TemplateLiteral', template],
  ['TaggedTemplateExpression', tagged],
  ['Identifier', (node) => ({ type: 'name', name: String(node['name']), span: spanOf(node) })],
  ['ThisExpression', (node) => ({ type: 'name', name: 'this', span: spanOf(node) })],
  ['MemberExpression', memberOf],
  ['CallExpression', callOf],
  ['NewExpression', callOf],
  ['ImportExpression', (node) => call('require', [convert(node['source'] as Tree)], node)],
  ['ChainExpression', (node) => convert(node['expression'] as Tree)],
  ['AwaitExpression', (node) => convert(node['argument'] as Tree)],
  ['ParenthesizedExpression', (node) => convert(node['expression'] as Tree)],
  ['ExpressionStatement', (node) => convert(node['expression'] as Tree)],
  ['BinaryExpression', binary],
  [
    'ArrayExpression',
    (node) => ({ type: 'list', items: (node['elements'] as unknown[]).filter(isTree).map(convert), span: spanOf(node) }),
  ],
  ['ObjectExpression', objectOf],
  ['VariableDeclarator', declared],
  ['AssignmentExpression', assigned],
  ['ImportDeclaration', importOf],
  ['FunctionDeclaration', functionOf],
  ['FunctionExpression', functionOf],
  ['ArrowFunctionExpression', functionOf],
  ['ForOfStatement', loop],
  ['ForInStatement', loop],
  [
    'CatchClause',
    (node) =>
      other(
        treesIn(node).filter((part) => part !== node['param']),
        node,
      ),
  ],
  ['MethodDefinition', (node) => functionOf({ ...(node['value'] as Tree), id: node['key'] } as Tree)],
  ['Property', (node) => convert(node['value'] as Tree)],
  ['ClassDeclaration', classOf],
  ['ClassExpression', classOf],
  ['LabeledStatement', (node) => convert(node['body'] as Tree)],
  ['BreakStatement', (node) => other([], node)],
  ['ContinueStatement', (node) => other([], node)],
]);

function convert(node: Tree): Expression {
  const converter = CONVERTERS.get(node.type);
  return converter === undefined ? other(treesIn(node), node) : converter(node);
}

function other(nodes: readonly Tree[], node: Tree): Expression {
  return { type: 'other', parts: nodes.map(convert), span: spanOf(node) };
}

function literal(node: Tree): Expression {
  const value = node['value'];
  if (typeof value === 'string') return { type: 'text', value, span: spanOf(node) };
  if (typeof value === 'number')
    return { type: 'number', value, raw: String(node['raw']).replace(/^0o/i, ''), span: spanOf(node) };
  return { type: 'other', parts: [], span: spanOf(node) };
}

function template(node: Tree): Expression {
  const quasis = node['quasis'] as Tree[];
  const expressions = node['expressions'] as Tree[];
  const parts: Expression[] = [];
  quasis.forEach((quasi, i) => {
    const cooked = (quasi['value'] as { cooked?: string | null }).cooked;
    parts.push(
      typeof cooked === 'string'
        ? { type: 'text', value: cooked, span: spanOf(quasi) }
        : { type: 'other', parts: [], span: spanOf(quasi) },
    );
    const expression = expressions[i];
    if (expression !== undefined) parts.push(convert(expression));
  });
  return { type: 'join', parts, span: spanOf(node) };
}

/** A tag is called with the pieces: `$`rm -rf x``. */
function tagged(node: Tree): Expression {
  return {
    type: 'call',
    callee: convert(node['tag'] as Tree),
    args: [{ name: '', value: template(node['quasi'] as Tree) }],
    span: spanOf(node),
  };
}

function memberOf(node: Tree): Expression {
  const object = convert(node['object'] as Tree);
  const property = node['property'] as Tree;
  const span = spanOf(node);
  if (node['computed'] !== true) return { type: 'member', object, name: String(property['name'] ?? ''), span };
  const key = property['value'];
  if (typeof key === 'string') return { type: 'member', object, name: key, span };
  return { type: 'other', parts: [object, convert(property)], span };
}

function callOf(node: Tree): Expression {
  const args = (node['arguments'] as Tree[]).map((argument) => ({ name: '', value: convert(argument) }));
  return { type: 'call', callee: convert(node['callee'] as Tree), args, span: spanOf(node) };
}

function call(name: string, args: readonly Expression[], node: Tree): Expression {
  const span = spanOf(node);
  return { type: 'call', callee: { type: 'name', name, span }, args: args.map((value) => ({ name: '', value })), span };
}

function binary(node: Tree): Expression {
  const parts = [node['left'] as Tree, node['right'] as Tree];
  return node['operator'] === '+'
    ? { type: 'join', parts: parts.map(convert), span: spanOf(node) }
    : other(parts.filter(isTree), node);
}

function objectOf(node: Tree): Expression {
  const properties = node['properties'] as Tree[];
  const held = other(
    properties.flatMap((property) => (property['computed'] === true ? treesIn(property) : [property])),
    node,
  );
  const fields = new Map<string, string | undefined>();
  for (const property of properties) {
    const key = property['key'];
    if (property.type !== 'Property' || property['computed'] === true || !isTree(key)) return held;
    const value = property['value'];
    const constant = isTree(value) && value.type === 'Literal' && typeof value['value'] === 'string' ? value['value'] : undefined;
    fields.set(String(key['name'] ?? key['value']), constant);
  }
  return { ...held, fields } as Expression;
}

function declared(node: Tree): Expression {
  const init = node['init'];
  if (!isTree(init)) return { type: 'other', parts: [], span: spanOf(node) };
  return bound(node['id'] as Tree, convert(init), node);
}

function assigned(node: Tree): Expression {
  return bound(node['left'] as Tree, convert(node['right'] as Tree), node);
}

/** `const { exec: run, rm } = require('x')`: each name is the member of that name. */
function bound(target: Tree, value: Expression, node: Tree): Expression {
  const span = spanOf(node);
  if (target.type !== 'ObjectPattern') return { type: 'assign', target: pattern(target), value, span };
  const held: Expression = { type: 'name', name: ' held', span };
  const parts: Expression[] = [{ type: 'assign', target: held, value, span }];
  for (const property of target['properties'] as Tree[]) {
    if (property.type === 'RestElement') {
      const rest: Expression = { type: 'other', parts: [], span };
      parts.push({ type: 'assign', target: convert(property['argument'] as Tree), value: rest, span });
      continue;
    }
    const key = property['key'] as Tree | undefined;
    const name = property['value'] as Tree | undefined;
    if (key?.type !== 'Identifier' || name?.type !== 'Identifier')
      parts.push({ type: 'unknown', what: 'names taken out of an object in a way that is not followed', span });
    else
      parts.push({
        type: 'assign',
        target: convert(name),
        value: { type: 'member', object: held, name: String(key['name']), span },
        span,
      });
  }
  return { type: 'other', parts, span };
}

function pattern(target: Tree): Expression {
  if (target.type === 'ArrayPattern')
    return { type: 'list', items: (target['elements'] as unknown[]).filter(isTree).map(pattern), span: spanOf(target) };
  return convert(target);
}

function importOf(node: Tree): Expression {
  const span = spanOf(node);
  const module = String((node['source'] as Tree)['value']);
  const required = call('require', [{ type: 'text', value: module, span }], node);
  const held: Expression = { type: 'name', name: ' held', span };
  const parts: Expression[] = [{ type: 'assign', target: held, value: required, span }];
  for (const specifier of node['specifiers'] as Tree[]) {
    const local = convert(specifier['local'] as Tree);
    const imported = specifier['imported'] as Tree | undefined;
    const value: Expression =
      imported === undefined ? held : { type: 'member', object: held, name: String(imported['name'] ?? imported['value']), span };
    parts.push({ type: 'assign', target: local, value, span });
  }
  return { type: 'other', parts, span };
}

function functionOf(node: Tree): Expression {
  const id = node['id'];
  const parameters = (node['params'] as Tree[]).flatMap(namesOf);
  const body = node['body'] as Tree;
  const defaults = (node['params'] as Tree[]).flatMap((parameter) =>
    parameter.type === 'AssignmentPattern' ? [convert(parameter['right'] as Tree)] : [],
  );
  return {
    type: 'function',
    name: isTree(id) ? String(id['name'] ?? '') : '',
    parameters,
    body: [...defaults, convert(body)],
    span: spanOf(node),
  };
}

function namesOf(target: Tree): string[] {
  if (target.type === 'Identifier') return [String(target['name'])];
  return treesIn(target).flatMap(namesOf);
}

function classOf(node: Tree): Expression {
  const id = node['id'];
  const parts = treesIn(node).filter((part) => part !== id);
  return {
    type: 'function',
    name: isTree(id) ? String(id['name']) : '',
    parameters: [],
    body: parts.map(convert),
    span: spanOf(node),
  };
}

/** The loop's names hold whatever comes. */
function loop(node: Tree): Expression {
  const span = spanOf(node);
  const names = namesOf(node['left'] as Tree);
  const bindings = names.map((name): Expression => ({
    type: 'assign',
    target: { type: 'name', name, span },
    value: { type: 'other', parts: [], span },
    span,
  }));
  return { type: 'other', parts: [convert(node['right'] as Tree), ...bindings, convert(node['body'] as Tree)], span };
}
