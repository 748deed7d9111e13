/**
 * awk programs. No parser of awk is kept, so this is a small tokenizer of its own: the few ways in which awk reaches out of its process
 * (system, pipes, redirections, getline, @load) are all plain to see in the tokens.
 */
import type { Effect, TextSpan } from '@countersign/kernel';
import { opaqueEffect } from '../../analysis.ts';
import { type ReadContext, pointed } from '../../reader.ts';
import { quote } from '../deeds.ts';

interface Token {
  readonly type: 'text' | 'regex' | 'word' | 'number' | 'symbol' | 'line';
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** undefined when a string or expression does not end. */
function tokens(text: string): Token[] | undefined {
  const found: Token[] = [];
  for (let i = 0; i < text.length;) {
    const rest = text.slice(i, i + 2);
    const start = i;
    const char = rest[0] ?? '';
    if (char === '#') {
      const end = text.indexOf('\n', i);
      i = end < 0 ? text.length : end;
    } else if (char === '\n') found.push({ type: 'line', value: '\n', start, end: ++i });
    else if (char === '\\' && rest[1] === '\n') i += 2;
    else if (/\s/.test(char)) i++;
    else if (char === '"' || (char === '/' && regexMayStand(found.at(-1)))) {
      const end = closing(text, i, char);
      if (end < 0) return undefined;
      i = end;
      found.push({ type: char === '"' ? 'text' : 'regex', value: unescaped(text.slice(start + 1, end - 1)), start, end });
    } else {
      const word =
        /^(?:[A-Za-z_@][\w:]*|\d[\w.]*|\|&|>>|\|\||&&|[<>=!~+\-*/%^]=|\+\+|--|!~)/.exec(text.slice(i, i + 80))?.[0] ?? char;
      i += word.length;
      found.push({
        type: /^[A-Za-z_@]/.test(word) ? 'word' : /^\d/.test(word) ? 'number' : 'symbol',
        value: word,
        start,
        end: i,
      });
    }
  }
  return found;
}

function regexMayStand(before: Token | undefined): boolean {
  if (before === undefined || before.type === 'line') return true;
  if (before.type === 'symbol') return before.value !== ')' && before.value !== ']' && before.value !== '$';
  return before.type === 'word' && /^(if|while|return|print|printf|in|and|or|not|case|BEGIN|END)$/.test(before.value);
}

function closing(text: string, at: number, quoteChar: string): number {
  let bracket = false;
  for (let i = at + 1; i < text.length; i++) {
    const char = text[i];
    if (char === '\\') i++;
    else if (char === '\n') return -1;
    else if (quoteChar === '/' && char === '[') bracket = true;
    else if (quoteChar === '/' && char === ']') bracket = false;
    else if (char === quoteChar && !bracket) return i + 1;
  }
  return -1;
}

function unescaped(text: string): string {
  return text.replaceAll(/\\(["\\/nt])/g, (_, char: string) => (char === 'n' ? '\n' : char === 't' ? '\t' : char));
}

export function awkEffects(text: string, cx: ReadContext): readonly Effect[] {
  const list = tokens(text);
  if (list === undefined) return [opaqueEffect({ start: 0, end: text.length }, 'not an awk program that can be read')];
  const out: Effect[] = [];
  list.forEach((token, i) => {
    if (token.type === 'word') word(list, i, cx, out);
    else if (token.type === 'symbol') symbol(list, i, cx, out);
  });
  return out;
}

function word(list: readonly Token[], i: number, cx: ReadContext, out: Effect[]): void {
  const token = list[i] as Token;
  if (token.value === 'system') run(constantAfter(list, i + 1), token, list, 'system', cx, out);
  else if (token.value === '@load' || token.value === '@include')
    out.push(opaqueEffect(token, 'code that is not in the text', token.value));
  else if (token.value.startsWith('@') && token.value.length > 1)
    out.push(opaqueEffect(token, 'calls a function that is worked out when it runs', token.value));
  else if (token.value === 'ENVIRON' && list[i + 1]?.value !== '[') shell('printenv', token, 'ENVIRON', cx, out);
}

/** `system("…")`, `system("a" "b")`: undefined when a part is not a constant. */
function constantAfter(list: readonly Token[], at: number): string | undefined {
  if (list[at]?.value !== '(') return undefined;
  const parts: string[] = [];
  for (let i = at + 1; i < list.length; i++) {
    const token = list[i] as Token;
    if (token.value === ')' && token.type === 'symbol') return parts.length === 0 ? undefined : parts.join('');
    if (token.type !== 'text') return undefined;
    parts.push(token.value);
  }
  return undefined;
}

function symbol(list: readonly Token[], i: number, cx: ReadContext, out: Effect[]): void {
  const token = list[i] as Token;
  const next = list[i + 1];
  const single = next?.type === 'text' && endsTerm(list[i + 2]);
  if (token.value === '|' || token.value === '|&') {
    if (next?.type === 'word' && next.value === 'getline') {
      const before = list[i - 1];
      const plain =
        before?.type === 'text' &&
        (list[i - 2] === undefined ||
          !['text', 'word', 'number'].includes(list[i - 2]?.type ?? '') ||
          /^(while|if|print)$/.test(list[i - 2]?.value ?? ''));
      run(plain ? before.value : undefined, token, list, '| getline', cx, out);
    } else run(single ? next.value : undefined, token, list, '|', cx, out);
    return;
  }
  if (token.value === '<' && list[i - 1]?.value !== undefined && getlineBefore(list, i)) {
    file(single ? `cat ${quote(next.value)}` : undefined, 'read', token, 'getline', cx, out);
  } else if ((token.value === '>' || token.value === '>>') && printsBefore(list, i)) {
    const path = single ? next.value : undefined;
    if (path !== undefined && /^\/dev\/(stdout|stderr|tty|null)$/.test(path)) return;
    file(
      path === undefined ? undefined : `tee ${token.value === '>>' ? '-a ' : ''}${quote(path)}`,
      'write',
      token,
      token.value,
      cx,
      out,
    );
  }
}

function endsTerm(token: Token | undefined): boolean {
  return token === undefined || token.type === 'line' || (token.type === 'symbol' && /^[;})]$/.test(token.value));
}

function getlineBefore(list: readonly Token[], i: number): boolean {
  return [1, 2, 3].some((back) => list[i - back]?.value === 'getline');
}

/** `>` is a redirection only after print or printf, outside parentheses; everywhere else it compares. */
function printsBefore(list: readonly Token[], i: number): boolean {
  let depth = 0;
  for (let at = i - 1; at >= 0; at--) {
    const token = list[at] as Token;
    if (token.type === 'line' || (token.type === 'symbol' && /^[;{}]$/.test(token.value))) return false;
    if (token.type === 'symbol' && token.value === ')') depth++;
    if (token.type === 'symbol' && token.value === '(') depth--;
    if (depth < 0) return false;
    if (depth === 0 && token.type === 'word' && (token.value === 'print' || token.value === 'printf')) return true;
  }
  return false;
}

function run(
  command: string | undefined,
  token: Token,
  list: readonly Token[],
  via: string,
  cx: ReadContext,
  out: Effect[],
): void {
  if (command !== undefined) return shell(command, token, via, cx, out);
  const span = { start: token.start, end: list.at(-1)?.end ?? token.end };
  const why = 'the command that it runs is made when it runs';
  out.push(
    { kind: 'code_execution', scope: 'unknown', reversible: 'no', targets: [], span, via, why },
    opaqueEffect(span, why, via),
  );
}

function shell(command: string, span: TextSpan, via: string, cx: ReadContext, out: Effect[]): void {
  out.push(
    ...pointed(cx.embedded({ kind: 'shell', text: command }).effects, { start: span.start, end: span.end }, via).filter(
      (effect) => effect.kind !== 'none',
    ),
  );
}

function file(
  command: string | undefined,
  kind: 'read' | 'write',
  token: Token,
  via: string,
  cx: ReadContext,
  out: Effect[],
): void {
  if (command !== undefined) return shell(command, token, via, cx, out);
  const span = { start: token.start, end: token.end };
  out.push({
    kind,
    scope: 'unknown',
    reversible: 'unknown',
    targets: [],
    span,
    via,
    why: 'which file is worked out when it runs',
  });
}
