/** Going through a syntax tree: each wrapped node to its handler, a node that nobody knows is opaque. */
import type { Node } from 'libpg-query';
import { type Cx, type NodeName, emitOpaque } from './context.ts';

export function visit(node: Node | undefined, cx: Cx): void {
  if (node === undefined) return;
  for (const name in node) {
    const handler = cx.handlers[name as NodeName] as ((body: unknown, cx: Cx) => void) | undefined;
    if (handler !== undefined) handler((node as Record<string, unknown>)[name], cx);
    else emitOpaque(cx, `a kind of syntax that is not known: ${name}`);
  }
}

export function visitAll(nodes: readonly Node[] | undefined, cx: Cx): void {
  if (nodes !== undefined) for (const node of nodes) visit(node, cx);
}

const NONE: ReadonlySet<string> = new Set();

/** Visits every node below `body`, whatever the fields are called, but for its own fields in `except`. */
export function descend(body: unknown, cx: Cx, except: ReadonlySet<string> = NONE): void {
  if (typeof body !== 'object' || body === null) return;
  if (Array.isArray(body)) {
    for (const item of body) visit(item as Node, cx);
    return;
  }
  for (const field in body) {
    if (except.has(field)) continue;
    const value = (body as Record<string, unknown>)[field];
    if (typeof value !== 'object' || value === null) continue;
    if (!Array.isArray(value) && isWrapped(value)) visit(value as Node, cx);
    else descend(value, cx);
  }
}

/** A table that gives every name in `names` the same handler. */
export function each<K extends NodeName>(
  names: readonly K[],
  handler: (body: unknown, cx: Cx) => void,
): { readonly [P in K]: (body: unknown, cx: Cx) => void } {
  return Object.fromEntries(names.map((name) => [name, handler])) as { [P in K]: typeof handler };
}

/** Node names begin with a capital letter, field names never do. */
function isWrapped(value: object): boolean {
  for (const key in value) {
    const first = key.charCodeAt(0);
    return first >= 0x41 && first <= 0x5a;
  }
  return false;
}
