/** One simple command: its assignments, its redirections, and the program, function or builtin that its words name. */
import type { Assignment, Command } from 'unbash';
import { effectOfVariable } from './environment.ts';
import { SAFE_NAMES, assignedValue, expandWord } from './expand.ts';
import { type Input, type Reading, say, sayOpaque, spanOf } from './reading.ts';
import { redirected } from './redirects.ts';
import { runWords } from './run.ts';
import { ANYTHING, type ShellWord } from './scope.ts';

export function walkCommand(node: Command, r: Reading, io: Input): string | undefined {
  if (node.prefix.length > 0 && node.name !== undefined) distrust(node, r);
  const words: ShellWord[] = node.name === undefined ? [] : [...expandWord(node.name, r)];
  const [next] = node.suffix;
  // `a (b`: refused by bash, lost by the parser.
  if (node.name !== undefined && r.source.slice(node.name.end, next?.pos ?? node.end).includes('(')) {
    sayOpaque(r, spanOf(node), 'an opening parenthesis where no command begins');
  }
  for (const part of node.suffix) {
    if (part.type === 'Word') for (const word of expandWord(part, r)) words.push(word);
    else if (part.type === 'Assignment') words.push(asWord(part, r));
  }
  const redirections =
    node.redirects.length === 0 ? { input: io, printsElsewhere: false, sends: false } : redirected(node.redirects, r, io);
  const assigned = assign(node, words.length === 0, r);
  // Only assignments, or words that expand to nothing.
  if (words.length === 0)
    return node.name !== undefined && assigned === 0 && node.redirects.length === 0 ? computedAway(node, r) : '';
  const first = r.out.length;
  const printed = runWords(words, r, redirections.input, { functions: true });
  if (redirections.sends) sendsWhatWasRead(node, r, first, redirections.input);
  return redirections.printsElsewhere ? '' : printed;
}

/** `HOME=/x rm $HOME/y`: whichever of the two values the reader has in mind, the name no longer stands for the safe place. */
function distrust(node: Command, r: Reading): void {
  for (const part of node.prefix) {
    if (part.type === 'Assignment' && SAFE_NAMES.has(part.name) && !r.scope.vars.has(part.name)) r.scope.set(part.name, ANYTHING);
  }
}

/** `$nothing` alone runs nothing. */
function computedAway(node: Command, r: Reading): string {
  say(r, 'none', spanOf(node), 'expands to no command');
  return '';
}

function assign(node: Command, lasting: boolean, r: Reading): number {
  let count = 0;
  for (const part of node.prefix) {
    if (part.type !== 'Assignment') continue;
    count++;
    const value = assignedValue(part, r);
    if (part.value.end > part.value.pos) r.values?.push(spanOf(part.value));
    effectOfVariable(part.name, value, spanOf(part), r);
    if (lasting) r.scope.set(part.name, value);
  }
  return count;
}

/** `export A=b`: the assignment as the word that the program gets. */
function asWord(node: Assignment, r: Reading): ShellWord {
  const value = assignedValue(node, r);
  const text = `${node.name}${node.append === true ? '+' : ''}=${value.text}`;
  return {
    text,
    span: spanOf(node),
    known: value.known,
    glob: false,
    base: text === node.text ? node.pos : -1,
    ...(value.data ? { data: true } : {}),
  };
}

/** `cat file > /dev/tcp/host/port`. */
function sendsWhatWasRead(node: Command, r: Reading, first: number, input: Input): void {
  const data = input.data || r.out.slice(first).some(({ kind }) => kind === 'read' || kind === 'secret_read');
  if (data) say(r, 'export', spanOf(node), 'sends what it reads over a connection', { scope: 'unknown' });
}
