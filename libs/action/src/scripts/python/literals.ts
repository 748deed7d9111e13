/** Python's string literals: plain, raw and formatted. */
import type { SyntaxNode } from '@lezer/common';
import type { Expression } from '../expression.ts';
import { children, source, spanOf } from './nodes.ts';

type Convert = (node: SyntaxNode, text: string) => Expression;

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '0': '\0',
  '\n': '',
};

/** The text of a literal; one with escapes that are not undone here is unknown, not a text. */
export function literal(node: SyntaxNode, text: string): Expression {
  const match = /^([rRbBuUfF]*)('''|"""|'|")/.exec(source(node, text));
  const span = spanOf(node);
  if (match === null) return { type: 'other', parts: [], span };
  const [whole, prefix = '', quote = "'"] = match;
  const content = source(node, text).slice(whole.length, -quote.length);
  const raw = /r/i.test(prefix);
  const value = raw ? content : unescape(content);
  return value === undefined ? { type: 'other', parts: [], span } : { type: 'text', value, span };
}

function unescape(content: string): string | undefined {
  let known = true;
  const value = content.replaceAll(/\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|[0-7]{1,3}|[\s\S])/g, (_, escape: string) => {
    if (/^[xu]/.test(escape) && escape.length > 1) return String.fromCharCode(Number.parseInt(escape.slice(1), 16));
    if (/^[0-7]+$/.test(escape)) return String.fromCharCode(Number.parseInt(escape, 8));
    const plain = ESCAPES[escape];
    if (plain === undefined && /[A-Za-z]/.test(escape)) known = false;
    return plain ?? `\\${escape}`;
  });
  return known ? value : undefined;
}

/** f'…{x}…': the pieces between the braces are texts. */
export function format(node: SyntaxNode, text: string, convert: Convert): Expression {
  const match = /^[rRbBuUfF]*('''|"""|'|")/.exec(source(node, text));
  const start = node.from + (match?.[0].length ?? 1);
  const end = node.to - (match?.[1]?.length ?? 1);
  const parts: Expression[] = [];
  let from = start;
  const textUpTo = (to: number): void => {
    const value = unescape(text.slice(from, to).replaceAll('{{', '{').replaceAll('}}', '}'));
    if (to > from)
      parts.push(
        value === undefined
          ? { type: 'other', parts: [], span: { start: from, end: to } }
          : { type: 'text', value, span: { start: from, end: to } },
      );
  };
  for (const child of children(node)) {
    if (child.name !== 'FormatReplacement') continue;
    textUpTo(child.from);
    const value = children(child).find((part) => /^[A-Z]/.test(part.name));
    parts.push(value === undefined ? { type: 'other', parts: [], span: spanOf(child) } : convert(value, text));
    from = child.to;
  }
  textUpTo(end);
  return { type: 'join', parts, span: spanOf(node) };
}
