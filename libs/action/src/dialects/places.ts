/** From the grammar's lines and columns back to the action's text. */
import type { TextSpan } from '@countersign/kernel';
import type { Cx } from './context.ts';
import { isTree } from './tree.ts';

/** The words from a name to the end of its parentheses; the statement where the tree does not say where the name stands. */
export function placeOf(name: unknown, cx: Cx): TextSpan {
  const start = startOf(name);
  if (start === undefined) return cx.statement;
  const at = offsetOf(start.line, start.column, cx);
  const tokens = cx.piece.tokens;
  let i = tokens.findIndex((token) => token.start >= at);
  if (i < 0) return cx.statement;
  const begin = tokens[i]?.start ?? at;
  while (tokens[i + 1]?.word === '.') i += 2;
  if (tokens[i + 1]?.word !== '(') return { start: begin, end: tokens[i]?.end ?? cx.statement.end };
  let depth = 0;
  for (i++; i < tokens.length; i++) {
    const word = tokens[i]?.kind === 'symbol' ? tokens[i]?.word : '';
    if (word === '(') depth++;
    else if (word === ')' && --depth === 0) return { start: begin, end: tokens[i]?.end ?? cx.statement.end };
  }
  return { start: begin, end: cx.statement.end };
}

interface Place {
  readonly line: number;
  readonly column: number;
}

function startOf(node: unknown): Place | undefined {
  if (Array.isArray(node)) return startOf(node[0]);
  if (!isTree(node)) return undefined;
  const span = node['span'];
  if (isTree(span) && isTree(span['start'])) {
    const { line, column } = span['start'] as { line?: unknown; column?: unknown };
    return typeof line === 'number' && typeof column === 'number' && line > 0 ? { line, column } : undefined;
  }
  for (const key in node) return startOf(node[key]);
  return undefined;
}

function offsetOf(line: number, column: number, cx: Cx): number {
  let at = cx.piece.start;
  for (let i = 1; i < line; i++) {
    const next = cx.text.indexOf('\n', at);
    if (next < 0) break;
    at = next + 1;
  }
  return at + column - 1;
}
