/** Python's imports as names that are bound. */
import type { SyntaxNode } from '@lezer/common';
import type { TextSpan } from '@countersign/kernel';
import type { Expression } from '../expression.ts';
import { children, source, spanOf } from './nodes.ts';

/** `import a.b as c, d`, `from a import b as c`, `from a import *`. */
export function importOf(node: SyntaxNode, text: string): Expression {
  const words = children(node).map((child) => source(child, text));
  const span = spanOf(node);
  const parts: Expression[] = [];
  const at = words.indexOf('import');
  const prefix = words[0] === 'from' ? words.slice(1, at).join('') : '';
  for (const piece of split(words.slice(at + 1).filter((word) => word !== '(' && word !== ')'))) {
    const as = piece.indexOf('as');
    const name = (as < 0 ? piece : piece.slice(0, as)).join('');
    const local = as < 0 ? (prefix === '' ? (name.split('.')[0] ?? name) : name) : (piece[as + 1] ?? name);
    const module = prefix === '' ? name : prefix;
    parts.push({ type: 'import', module, as: prefix === '' && as >= 0 ? local : '', span });
    if (prefix === '') {
      if (as < 0) parts.push(bind(local, local, span));
    } else if (name === '*') parts.push({ type: 'unknown', what: `everything of ${prefix} under its own name`, span });
    else parts.push(bind(local, `${prefix}.${name}`, span));
  }
  return { type: 'other', parts, span };
}

function bind(local: string, path: string, span: TextSpan): Expression {
  const [first = '', ...rest] = path.split('.');
  let made: Expression = { type: 'name', name: `${first}`, span };
  for (const name of rest) made = { type: 'member', object: made, name, span };
  return { type: 'assign', target: { type: 'name', name: local, span }, value: made, span };
}

function split(words: readonly string[]): string[][] {
  const parts: string[][] = [[]];
  for (const word of words) {
    if (word === ',') parts.push([]);
    else parts.at(-1)?.push(word);
  }
  return parts.filter((part) => part.length > 0);
}
