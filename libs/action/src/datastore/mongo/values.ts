/** What expressions of a mongosh script are worth: plain values where they are written out, and which of them are databases. */
import type { AnyNode, CallExpression, Expression, MemberExpression, NewExpression, ObjectExpression } from 'acorn';
import { Pattern, UNKNOWN } from './filters.ts';

/** What an expression stands for. */
export interface Thing {
  readonly is: 'database' | 'collection' | 'helper' | 'result' | 'function' | 'unknown';
  readonly name: string;
}

export interface Scope {
  readonly things: Map<string, Thing>;
  readonly values: Map<string, unknown>;
}

const NOTHING: Thing = { is: 'unknown', name: '' };
const RESULT: Thing = { is: 'result', name: '' };

/** Constructors of values; none of them does anything. */
export const CONSTRUCTORS: ReadonlySet<string> = new Set(
  (
    'ObjectId ObjectID ISODate Date NumberLong NumberInt NumberDecimal Long Int32 Double Decimal128 UUID BinData HexData MD5 Timestamp MinKey ' +
    'MaxKey DBRef Code RegExp Array Object String Number Boolean Map Set Binary BSONRegExp Symbol BigInt Error'
  ).split(' '),
);

export function bare(node: AnyNode): AnyNode {
  let here = node;
  while (here.type === 'ChainExpression' || here.type === 'AwaitExpression' || here.type === 'ParenthesizedExpression') {
    here = here.type === 'AwaitExpression' ? here.argument : here.expression;
  }
  return here;
}

export function propertyOf(node: MemberExpression, scope: Scope): string | undefined {
  if (!node.computed) return node.property.type === 'Identifier' ? node.property.name : undefined;
  const value = valueOf(node.property, scope);
  return typeof value === 'string' ? value : undefined;
}

export function thingOf(given: AnyNode, scope: Scope, depth = 0): Thing {
  const node = bare(given);
  if (depth > 100) return NOTHING;
  if (node.type === 'Identifier') {
    const bound = scope.things.get(node.name);
    if (bound !== undefined) return bound;
    if (node.name === 'db') return { is: 'database', name: '' };
    return node.name === 'rs' || node.name === 'sh' ? { is: 'helper', name: node.name } : NOTHING;
  }
  if (node.type === 'MemberExpression') return memberThing(node, scope, depth);
  if (node.type !== 'CallExpression') return NOTHING;
  const callee = bare(node.callee);
  if (callee.type !== 'MemberExpression') return NOTHING;
  const base = thingOf(callee.object, scope, depth + 1);
  const method = propertyOf(callee, scope);
  const first = valueOf(node.arguments[0], scope);
  const name = typeof first === 'string' ? first : '';
  if (base.is === 'database' && (method === 'getSiblingDB' || method === 'getSisterDB')) return { is: 'database', name };
  if (base.is === 'database' && method === 'getCollection') return { is: 'collection', name };
  if (base.is === 'collection' && method === 'getDB') return { is: 'database', name: '' };
  return base.is === 'unknown' ? NOTHING : RESULT;
}

function memberThing(node: MemberExpression, scope: Scope, depth: number): Thing {
  const base = thingOf(node.object, scope, depth + 1);
  const name = propertyOf(node, scope) ?? '';
  if (base.is === 'database') return { is: 'collection', name };
  if (base.is === 'collection') return { is: 'collection', name: `${base.name}.${name}` };
  return base.is === 'result' ? RESULT : NOTHING;
}

export function valueOf(given: AnyNode | undefined | null, scope: Scope, depth = 0): unknown {
  if (given === undefined || given === null) return undefined;
  if (depth > 60) return UNKNOWN;
  const node = bare(given);
  switch (node.type) {
    case 'Literal':
      return node.regex === undefined || node.regex === null ? node.value : new Pattern(node.regex.pattern);
    case 'ObjectExpression':
      return objectOf(node, scope, depth);
    case 'ArrayExpression':
      return node.elements.map((item) =>
        item === null ? undefined : item.type === 'SpreadElement' ? UNKNOWN : valueOf(item, scope, depth + 1),
      );
    case 'TemplateLiteral':
      return node.expressions.length === 0 ? (node.quasis[0]?.value.cooked ?? UNKNOWN) : UNKNOWN;
    case 'UnaryExpression':
      return unary(node.operator, valueOf(node.argument, scope, depth + 1));
    case 'Identifier':
      if (node.name === 'undefined') return undefined;
      return scope.values.has(node.name) ? scope.values.get(node.name) : UNKNOWN;
    case 'CallExpression':
    case 'NewExpression':
      return constructed(node);
    default:
      return UNKNOWN;
  }
}

function unary(operator: string, value: unknown): unknown {
  if (operator === '-' && typeof value === 'number') return -value;
  if (operator === '!' && (typeof value === 'number' || typeof value === 'boolean')) return !value;
  return UNKNOWN;
}

function constructed(node: CallExpression | NewExpression): unknown {
  const name = node.callee.type === 'Identifier' ? node.callee.name : '';
  return CONSTRUCTORS.has(name) ? { call: name } : UNKNOWN;
}

function objectOf(node: ObjectExpression, scope: Scope, depth: number): unknown {
  const out = Object.create(null) as Record<string, unknown>;
  for (const property of node.properties) {
    if (property.type === 'SpreadElement') out['...'] = UNKNOWN;
    else
      out[keyOf(property.key, property.computed)] =
        property.kind === 'init' ? valueOf(property.value, scope, depth + 1) : UNKNOWN;
  }
  return out;
}

function keyOf(key: Expression | AnyNode, computed: boolean): string {
  if (!computed && key.type === 'Identifier') return key.name;
  return key.type === 'Literal' ? String(key.value) : '...';
}
