/** Small helpers over lezer's nodes. */
import type { SyntaxNode } from '@lezer/common';
import type { TextSpan } from '@countersign/kernel';

export function children(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) found.push(child);
  return found;
}

export function spanOf(node: SyntaxNode): TextSpan {
  return { start: node.from, end: node.to };
}

export function source(node: SyntaxNode, text: string): string {
  return text.slice(node.from, node.to);
}
