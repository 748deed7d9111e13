/** Redirections: files read and written, connections, and the text that a command gets as its input. */
import type { HereDoc, Redirection } from 'unbash';
import { expandWhole } from './expand.ts';
import { type PathAccess, classifyPath } from './paths.ts';
import { isComputed } from './place.ts';
import { type Input, type Reading, say, sayOpaque, spanOf } from './reading.ts';
import type { ShellWord } from './scope.ts';
import { substituted, visitExpansions } from './substitutions.ts';

export interface Redirected {
  readonly input: Input;
  /** Standard output does not go on to the next command. */
  readonly printsElsewhere: boolean;
  /** It is sent over a connection. */
  readonly sends: boolean;
}

const ACCESS: Readonly<Record<string, PathAccess>> = {
  '>': 'write',
  '>|': 'write',
  '&>': 'write',
  '>&': 'write',
  '<>': 'write',
  '>>': 'append',
  '&>>': 'append',
  '<': 'read',
};

export function redirected(redirects: readonly Redirection[], r: Reading, io: Input): Redirected {
  let input = io;
  let printsElsewhere = false;
  let sends = false;
  for (const one of redirects) {
    const number = one.descriptor?.type === 'FileDescriptor' ? one.descriptor.value : undefined;
    if (one.type === 'HereDoc') {
      r.values?.push(spanOf(one.body));
      input = { text: documentOf(one, r), open: true, data: false };
      continue;
    }
    if (one.target === undefined) continue;
    const word = expandWhole(one.target, r);
    if (!/^\d*-?$/.test(word.text)) r.values?.push(word.span);
    if (one.type === 'HereString') {
      input = { text: word.known ? { ...word, text: `${word.text}\n` } : undefined, open: true, data: word.data === true };
      continue;
    }
    // `2>&1`, `<&3`, `>&-` only pass descriptors on.
    if (one.operator.endsWith('&') && /^(?:\d+-?|-)$/.test(word.text)) {
      if (one.operator === '>&' && (number ?? 1) === 1 && word.text !== '1') printsElsewhere = true;
      continue;
    }
    const access = one.operator === '<&' ? 'read' : (ACCESS[one.operator] ?? 'write');
    const connects = fileRedirect(word, access, r);
    if (access === 'read') {
      const nothing = word.text === '/dev/null' ? { text: '', span: word.span, known: true, glob: false, base: -1 } : undefined;
      input = { text: nothing, open: true, data: !connects && !/^\/dev\/(?:null|zero|u?random|tty|stdin)$/.test(word.text) };
    } else if (number === undefined || number === 1) {
      printsElsewhere = true;
      sends ||= connects;
    }
  }
  return { input, printsElsewhere, sends };
}

/** True where the path is a connection. */
function fileRedirect(word: ShellWord, access: PathAccess, r: Reading): boolean {
  const { span } = word;
  const text = inFolder(word.text, r.scope.cwd);
  const name = { text, known: word.known && !isComputed(text), glob: word.glob };
  let connects = false;
  for (const { kind, scope, why } of classifyPath(name, access)) {
    connects ||= kind === 'network';
    const type = kind === 'network' ? 'host' : 'file';
    say(r, kind, span, why, {
      scope,
      targets: [{ type, name: word.text }],
      via: 'redirection',
      ...(kind === 'delete' ? { reversible: 'no' as const } : {}),
    });
  }
  return connects;
}

/** A relative path as seen from the folder that the text started in. */
export function inFolder(text: string, cwd: string | undefined): string {
  if (cwd === '' || cwd === undefined || /^[/~$]/.test(text)) return text;
  return `${cwd}/${text}`;
}

function documentOf(node: HereDoc, r: Reading): ShellWord | undefined {
  const { body } = node;
  const span = spanOf(body);
  if (node.closing === undefined) sayOpaque(r, spanOf(node), 'the here-document has no end');
  if (body.parts === undefined) {
    const text = node.operator === '<<-' ? body.text.replace(/^\t+/gm, '') : body.text;
    return { text, span, known: true, glob: false, base: text === body.text ? body.pos : -1 };
  }
  let text = '';
  let known = true;
  for (const part of body.parts) {
    if (part.type === 'Literal') text += part.value;
    else if (part.type === 'CommandExpansion') {
      const value = substituted(part, r);
      known &&= value.known;
      text += value.known ? value.text : part.text;
    } else if (part.type === 'SimpleExpansion' && r.scope.vars.get(part.text.slice(1))?.known === true) {
      text += r.scope.vars.get(part.text.slice(1))?.text ?? '';
    } else {
      visitExpansions(part, r);
      known = false;
      text += part.text;
    }
  }
  return known ? { text, span, known, glob: false, base: -1 } : { text, span, known: false, glob: false, base: -1 };
}
