/** PHP's syntax tree (php-parser) as the expressions that are judged. */
import { createRequire } from 'node:module';
import type { TextSpan } from '@countersign/kernel';
import type { Engine } from 'php-parser';
import type { Expression } from '../expression.ts';

interface Tree {
  readonly kind: string;
  readonly loc?: { readonly start: { readonly offset: number }; readonly end: { readonly offset: number } };
  readonly [field: string]: unknown;
}

let loaded: Engine | undefined;

/** Loaded with the first program: it is the slowest part to load, and PHP one-liners are rare. */
function engineOf(): Engine {
  if (loaded === undefined) {
    const module = createRequire(import.meta.url)('php-parser') as { readonly Engine: typeof Engine };
    loaded = new module.Engine({ parser: { extractDoc: false, php7: true }, ast: { withPositions: true } });
  }
  return loaded;
}

/** undefined when the text is not PHP. A text without its opening tag is code. */
export function phpProgram(text: string): readonly Expression[] | undefined {
  const engine = engineOf();
  try {
    const program = /^\s*<\?/.test(text) ? engine.parseCode(text, 'program') : engine.parseEval(text);
    return (program.children as unknown as Tree[]).map(convert);
  } catch (error) {
    if (error instanceof RangeError) throw error;
    return undefined;
  }
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && typeof (value as { kind?: unknown }).kind === 'string';
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

function spanOf(node: Tree): TextSpan {
  return { start: node.loc?.start.offset ?? 0, end: node.loc?.end.offset ?? 0 };
}

const CONVERTERS: ReadonlyMap<string, (node: Tree) => Expression> = new Map<string, (node: Tree) => Expression>([
  ['string', (node) => ({ type: 'text', value: String(node['value']), span: spanOf(node) })],
  ['nowdoc', (node) => ({ type: 'text', value: String(node['value']), span: spanOf(node) })],
  ['inline', (node) => other([], node)],
  [
    'number',
    (node) => ({
      type: 'number',
      value: Number(node['value']),
      raw: String(node['value']).replace(/^0(?=\d)/, ''),
      span: spanOf(node),
    }),
  ],
  ['encapsed', encapsed],
  ['variable', variable],
  ['name', (node) => ({ type: 'name', name: String(node['name']).replace(/^\\/, '').toLowerCase(), span: spanOf(node) })],
  ['call', callOf],
  ['new', callOf],
  ['propertylookup', lookup],
  ['nullsafepropertylookup', lookup],
  ['staticlookup', lookup],
  ['offsetlookup', (node) => other(treesIn(node), node)],
  ['bin', binary],
  ['array', (node) => ({ type: 'list', items: (node['items'] as unknown[]).filter(isTree).map(convert), span: spanOf(node) })],
  ['entry', (node) => convert((node['value'] as Tree | null) ?? node)],
  ['assign', assign],
  ['expressionstatement', (node) => convert(node['expression'] as Tree)],
  ['parenthesis', (node) => convert(node['inner'] as Tree)],
  ['silent', (node) => convert(node['expr'] as Tree)],
  ['eval', (node) => call('eval', [node['source'] as Tree], node)],
  ['include', (node) => call('include', [node['target'] as Tree], node)],
  ['function', functionOf],
  ['method', functionOf],
  ['closure', functionOf],
  ['arrowfunc', functionOf],
  ['foreach', loop],
  ['identifier', (node) => other([], node)],
]);

function convert(node: Tree): Expression {
  const converter = CONVERTERS.get(node.kind);
  return converter === undefined ? other(treesIn(node), node) : converter(node);
}

function other(nodes: readonly Tree[], node: Tree): Expression {
  return { type: 'other', parts: nodes.map(convert), span: spanOf(node) };
}

function call(name: string, args: readonly Tree[], node: Tree): Expression {
  const span = spanOf(node);
  return {
    type: 'call',
    callee: { type: 'name', name, span },
    args: args.map((value) => ({ name: '', value: convert(value) })),
    span,
  };
}

/** "a{$b}" is a text; `a $b` runs one. */
function encapsed(node: Tree): Expression {
  const parts = (node['value'] as Tree[]).map((part) => convert((part['expression'] as Tree | undefined) ?? part));
  const span = spanOf(node);
  const text: Expression = { type: 'join', parts, span };
  if (node['type'] !== 'shell') return text;
  return { type: 'call', callee: { type: 'name', name: 'shell_exec', span }, args: [{ name: '', value: text }], span };
}

function variable(node: Tree): Expression {
  const name = node['name'];
  if (typeof name === 'string') return { type: 'name', name: `$${name}`, span: spanOf(node) };
  return { type: 'unknown', what: 'a variable whose name is worked out when it runs', span: spanOf(node) };
}

function callOf(node: Tree): Expression {
  const args = ((node['arguments'] ?? []) as Tree[]).map((argument) => ({ name: '', value: convert(argument) }));
  const what = node['what'] as Tree;
  const callee = convert(what);
  // A text that is called is the function of that name.
  const named: Expression =
    callee.type === 'text' ? { type: 'name', name: callee.value.toLowerCase(), span: callee.span } : callee;
  return { type: 'call', callee: named, args, span: spanOf(node) };
}

function lookup(node: Tree): Expression {
  const object = convert(node['what'] as Tree);
  const offset = node['offset'] as Tree;
  const span = spanOf(node);
  if (offset.kind === 'identifier') return { type: 'member', object, name: String(offset['name']).toLowerCase(), span };
  return { type: 'other', parts: [object, convert(offset)], span };
}

function binary(node: Tree): Expression {
  const parts = [node['left'] as Tree, node['right'] as Tree];
  return node['type'] === '.' ? { type: 'join', parts: parts.map(convert), span: spanOf(node) } : other(parts, node);
}

function assign(node: Tree): Expression {
  const span = spanOf(node);
  const value = convert(node['right'] as Tree);
  if (node['operator'] !== '=') return { type: 'assign', target: other([node['left'] as Tree], node), value, span };
  return { type: 'assign', target: convert(node['left'] as Tree), value, span };
}

function functionOf(node: Tree): Expression {
  const list = (node['arguments'] ?? []) as Tree[];
  const nameOf = (value: unknown): string =>
    typeof value === 'string' ? value : isTree(value) ? String(value['name'] ?? '') : '';
  const parameters = list.map((parameter) => `$${nameOf(parameter['name'])}`);
  const body = node['body'];
  const name = node.kind === 'function' || node.kind === 'method' ? nameOf(node['name']).toLowerCase() : '';
  return { type: 'function', name, parameters, body: isTree(body) ? [convert(body)] : [], span: spanOf(node) };
}

function loop(node: Tree): Expression {
  const span = spanOf(node);
  const names = [node['key'], node['value']].filter(isTree).map(convert);
  const bindings = names.map((target): Expression => ({
    type: 'assign',
    target,
    value: { type: 'other', parts: [], span },
    span,
  }));
  return {
    type: 'other',
    parts: [convert(node['source'] as Tree), ...bindings, ...[node['body']].filter(isTree).map(convert)],
    span,
  };
}
