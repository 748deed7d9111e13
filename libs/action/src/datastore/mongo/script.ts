/** mongosh scripts → effects: parsed with acorn, every call judged; a call that nobody knows is opaque. */
import type { Effect, TextSpan } from '@countersign/kernel';
import { type AnyNode, type CallExpression, type Program, parse } from 'acorn';
import { opaqueEffect } from '../../analysis.ts';
import { effectOf } from '../../http/effects.ts';
import { commandDocument } from './commands.ts';
import { UNKNOWN } from './filters.ts';
import { COLLECTION_METHODS, CURSOR_METHODS, DATABASE_METHODS, HELPERS, argumentMethod } from './methods.ts';
import { type Subject, does, pipeline } from './operations.ts';
import { CONSTRUCTORS, type Scope, type Thing, bare, propertyOf, thingOf, valueOf } from './values.ts';

const DEPTH = 200;
const NODES = 50_000;

/** Lines that only the shell itself understands. */
const SHELL_LINE = /^(?:use\s+[\w.$-]+|show\s+\w+(?:\s+\w+)?|it|cls|exit|quit|help(?:\s+\w+)?)\s?;?$/;

export function mongoScript(text: string): Effect[] {
  const all = { start: 0, end: text.length };
  const plain = text.replace(/[^\n]+/g, (line) => (SHELL_LINE.test(line.trim()) ? ' '.repeat(line.length) : line));
  if (plain.trim() === '') return [effectOf({ kind: text.trim() === '' ? 'none' : 'read', scope: 'bounded' }, all)];
  if (deepest(plain) > DEPTH) return [opaqueEffect(all, 'the script is nested too deeply')];
  let program: Program;
  try {
    program = parse(plain, { ecmaVersion: 'latest', allowAwaitOutsideFunction: true, allowReturnOutsideFunction: true });
  } catch {
    return [opaqueEffect(all, 'not a script of mongosh that can be parsed')];
  }
  const walk: Walk = { scope: { things: new Map(), values: new Map() }, out: [], nodes: 0, repeated: 0 };
  hoist(program, walk.scope);
  visit(program, walk);
  return walk.nodes > NODES ? [...walk.out, opaqueEffect(all, 'the script is too long')] : walk.out;
}

interface Walk {
  readonly scope: Scope;
  readonly out: Effect[];
  nodes: number;
  /** Loops and functions around the node: what is in them may happen often. */
  repeated: number;
}

function deepest(text: string): number {
  let depth = 0;
  let most = 0;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit === 0x7b || unit === 0x5b || unit === 0x28) most = Math.max(most, (depth += 1));
    else if (unit === 0x7d || unit === 0x5d || unit === 0x29) depth -= 1;
  }
  return most;
}

function hoist(program: Program, scope: Scope): void {
  for (const node of program.body) {
    if (node.type === 'FunctionDeclaration') scope.things.set(node.id.name, { is: 'function', name: node.id.name });
  }
}

const LOOPS: ReadonlySet<string> = new Set([
  'ForStatement',
  'ForInStatement',
  'ForOfStatement',
  'WhileStatement',
  'DoWhileStatement',
  'FunctionDeclaration',
  'FunctionExpression',
  'ArrowFunctionExpression',
]);

const FOREIGN: Readonly<Record<string, string>> = {
  TaggedTemplateExpression: 'a tagged template',
  ImportExpression: 'code of another file',
  WithStatement: 'a with statement',
};

function visit(node: AnyNode, walk: Walk): void {
  walk.nodes += 1;
  if (walk.nodes > NODES) return;
  const repeats = LOOPS.has(node.type) ? 1 : 0;
  walk.repeated += repeats;
  if (node.type === 'CallExpression') call(node, walk);
  else if (node.type === 'NewExpression') construct(node.callee, node, walk);
  else if (node.type === 'VariableDeclarator' && node.id.type === 'Identifier')
    bind(node.id.name, node.init ?? undefined, walk.scope);
  else if (node.type === 'AssignmentExpression' && node.left.type === 'Identifier')
    rebind(node.left.name, node.right, walk.scope);
  else if (node.type === 'MemberExpression') handedOn(node, walk);
  else if (node.type in FOREIGN) walk.out.push(opaqueEffect(node, FOREIGN[node.type] ?? ''));
  for (const child of childrenOf(node)) visit(child, walk);
  walk.repeated -= repeats;
}

function childrenOf(node: AnyNode): AnyNode[] {
  const out: AnyNode[] = [];
  for (const value of Object.values(node) as unknown[]) {
    for (const item of Array.isArray(value) ? (value as unknown[]) : [value]) if (isNode(item)) out.push(item);
  }
  // The callee of a call is judged by the call; only what it hangs on is looked at again.
  if (node.type !== 'CallExpression') return out;
  const callee = bare(node.callee);
  return callee.type === 'MemberExpression'
    ? [callee.object, ...node.arguments, ...(callee.computed ? [callee.property as AnyNode] : [])]
    : out;
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

function bind(name: string, init: AnyNode | undefined, scope: Scope): void {
  if (init === undefined) return;
  const node = bare(init);
  const isFunction = node.type === 'FunctionExpression' || node.type === 'ArrowFunctionExpression';
  if (scope.things.has(name) || scope.values.has(name)) {
    // Named twice: nobody knows which one is meant where.
    scope.things.set(name, { is: 'unknown', name: '' });
    scope.values.set(name, UNKNOWN);
    return;
  }
  const thing: Thing = isFunction ? { is: 'function', name } : thingOf(node, scope);
  if (thing.is !== 'unknown') scope.things.set(name, thing);
  else scope.values.set(name, valueOf(node, scope));
}

/** `db = db.getSiblingDB("x")` is how scripts change the database; `db` stays a database whatever it is set to. */
function rebind(name: string, init: AnyNode, scope: Scope): void {
  if (name === 'db') scope.things.set('db', { is: 'database', name: thingOf(init, scope).name });
  else bind(name, init, scope);
}

function subjectOf(thing: Thing, method: string, span: TextSpan): Subject {
  const type = thing.is === 'database' ? 'database' : 'collection';
  return {
    targets: thing.name === '' || thing.is === 'helper' ? [] : [{ type, name: thing.name }],
    via: method,
    span: { start: span.start, end: span.end },
  };
}

function call(node: CallExpression, walk: Walk): void {
  const callee = bare(node.callee);
  if (callee.type !== 'MemberExpression') {
    construct(callee, node, walk);
    return;
  }
  const { scope } = walk;
  const method = propertyOf(callee, scope);
  const thing = thingOf(callee.object, scope);
  if (method === undefined) {
    walk.out.push(opaqueEffect(spanOf(node), 'the method is only known at run time'));
    return;
  }
  const args = node.arguments.map((item) => (item.type === 'SpreadElement' ? UNKNOWN : valueOf(item, scope)));
  const effects = methodEffects(thing, method, args, subjectOf(thing, method, node));
  walk.out.push(
    ...(effects ?? [opaqueEffect(spanOf(node), `the method ${method.slice(0, 40)} is not known`)]).map((effect) =>
      often(effect, walk),
    ),
  );
}

function methodEffects(thing: Thing, method: string, args: readonly unknown[], subject: Subject): Effect[] | undefined {
  const fixed = (
    table: ReadonlyMap<string, readonly [Effect['kind'], Effect['scope'], string]> | undefined,
  ): Effect[] | undefined => {
    const row = table?.get(method);
    return row === undefined ? undefined : [does(subject, row[0], row[1], row[2])];
  };
  switch (thing.is) {
    case 'database':
      if (method === 'getSiblingDB' || method === 'getSisterDB' || method === 'getCollection') return [];
      if (/^_?(?:run|admin)(?:Read)?Command$/.test(method))
        return commandDocument(args.length > 0 ? args[0] : UNKNOWN, subject.span, method);
      if (method === 'aggregate') return pipeline(subject, args[0]);
      return fixed(DATABASE_METHODS);
    case 'collection':
      if (method === 'getDB') return [];
      if (method === 'runCommand') return commandDocument(args[0], subject.span, method);
      return argumentMethod(method, args, subject) ?? fixed(COLLECTION_METHODS);
    case 'helper':
      return fixed(HELPERS[thing.name]);
    default:
      return CURSOR_METHODS.has(method) || PLAIN_METHODS.has(method) ? [] : undefined;
  }
}

/** One at a time, but who knows how often. */
function often(effect: Effect, walk: Walk): Effect {
  if (walk.repeated === 0 || effect.scope !== 'one') return effect;
  if (effect.kind === 'delete') return { ...effect, scope: 'unknown', why: 'inside a loop or a function' };
  return effect.kind === 'write' ? { ...effect, scope: 'bounded' } : effect;
}

const HARMLESS: ReadonlySet<string> = new Set(
  'print printjson printjsononeline tojson tojsononeline isNaN parseInt parseFloat sleep version pwd ls hostname isFinite typeOf passwordPrompt bsonsize'.split(
    ' ',
  ),
);

const PLAIN_METHODS: ReadonlySet<string> = new Set(
  (
    'push pop shift unshift slice splice concat join reverse filter reduce reduceRight some every includes indexOf lastIndexOf findIndex flat flatMap ' +
    'keys values entries fill at toUpperCase toLowerCase trim split substring substr startsWith endsWith padStart padEnd repeat replaceAll match test ' +
    'charAt charCodeAt localeCompare toFixed toISOString getTime getFullYear getMonth getDate setDate setMonth setFullYear setHours getHours toLocaleString ' +
    'stringify parse floor ceil round random abs pow sqrt log now isArray assign freeze fromEntries from has get add str equals getTimestamp toHexString ' +
    'tojson hex toJSON toNumber error warn info debug table isInteger of all then catch finally parseInt parseFloat max min'
  ).split(' '),
);

function construct(callee: AnyNode, node: AnyNode, walk: Walk): void {
  const span = spanOf(node);
  const name = callee.type === 'Identifier' ? callee.name : '';
  const isFunction = callee.type === 'FunctionExpression' || callee.type === 'ArrowFunctionExpression';
  if (CONSTRUCTORS.has(name) || HARMLESS.has(name) || isFunction || walk.scope.things.get(name)?.is === 'function') return;
  if (name === 'load') walk.out.push(effectOf({ kind: 'code_execution', via: 'load', why: 'runs another script' }, span));
  else if (name === 'Mongo' || name === 'connect') {
    walk.out.push(effectOf({ kind: 'network', via: name }, span), opaqueEffect(span, 'goes on with another server'));
  } else if (name === 'quit' || name === 'exit') walk.out.push(effectOf({ kind: 'session', via: name }, span));
  else
    walk.out.push(
      opaqueEffect(span, name === '' ? 'a computed function is called' : `the function ${name.slice(0, 40)} is not known`),
    );
}

/** `const f = db.orders.drop` takes a method along for a call that is not seen. */
function handedOn(node: AnyNode, walk: Walk): void {
  if (node.type !== 'MemberExpression') return;
  const base = thingOf(node.object, walk.scope);
  if (base.is !== 'database' && base.is !== 'collection') return;
  const name = propertyOf(node, walk.scope) ?? '';
  const row = base.is === 'database' ? DATABASE_METHODS.get(name) : COLLECTION_METHODS.get(name);
  const judged = argumentMethod(name, [], { targets: [], via: '', span: spanOf(node) });
  const changes = row === undefined ? judged?.some((effect) => effect.kind !== 'read') === true : row[0] !== 'read';
  if (changes || /^(?:run|admin)Command$/.test(name))
    walk.out.push(opaqueEffect(spanOf(node), `the method ${name} is handed on`));
}

function spanOf(node: AnyNode): TextSpan {
  return { start: node.start, end: node.end };
}
