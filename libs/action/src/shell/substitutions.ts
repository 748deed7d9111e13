/** Commands inside words: what they do happens, and what they print becomes part of the word where it is known. */
import {
  type CommandExpansionPart,
  type ParsedScript,
  type ProcessSubstitutionPart,
  type SyntaxNode,
  forEachChild,
} from 'unbash';
import { pointed } from '../reader.ts';
import { NO_INPUT, type Reading, inner, sayOpaque, spanOf } from './reading.ts';
import { ANYTHING, type ShellWord, type Value } from './scope.ts';
import { walkScript } from './walk.ts';

/** Reads a substitution in a shell of its own and gives what it prints. */
export function substituted(part: CommandExpansionPart | ProcessSubstitutionPart, r: Reading): Value {
  const { script } = part;
  if (script === undefined) {
    sayOpaque(r, spanOf(part), 'the command inside could not be read');
    return ANYTHING;
  }
  // `$(< file)` prints a file.
  const first = r.out.length;
  r.allowance.listed = undefined;
  const printed = readScript(script, part, r);
  const names = r.allowance.listed as readonly ShellWord[] | undefined;
  const data = r.out.slice(first).some(({ kind, targets }) => (kind === 'read' || kind === 'secret_read') && targets.length > 0);
  if (printed === undefined && names !== undefined && part.type === 'CommandExpansion' && isOneCommand(script)) {
    return { text: names.map(({ text }) => text).join(' '), known: true, glob: true, data: false };
  }
  if (printed === undefined) return { ...ANYTHING, data };
  return { text: printed.replace(/\n+$/, ''), known: true, glob: false, data };
}

function isOneCommand({ commands }: ParsedScript): boolean {
  const type = commands[0]?.command.type;
  return commands.length === 1 && (type === 'Command' || type === 'Pipeline');
}

function readScript(script: ParsedScript, part: CommandExpansionPart | ProcessSubstitutionPart, r: Reading): string | undefined {
  const scope = r.scope.fork();
  if (script.source === undefined) {
    return walkScript(script, { ...r, scope }, NO_INPUT);
  }
  // Inside escaped backticks the positions are those of the unescaped text.
  const own = inner(r, script.source, scope);
  const printed = walkScript(script, own, NO_INPUT);
  r.out.push(...pointed(own.out, spanOf(part), ''));
  return printed;
}

/** Reads every command that stands anywhere inside a node: in patterns, arithmetic, tests, defaults. */
export function visitExpansions(node: SyntaxNode, r: Reading): void {
  forEachChild(node, (child) => {
    if (child.type === 'CommandExpansion' || child.type === 'ProcessSubstitution') substituted(child, r);
    else if (child.type === 'ArithmeticCommandExpansion') {
      if (child.script === undefined) sayOpaque(r, spanOf(child), 'the command inside could not be read');
      else walkScript(child.script, { ...r, scope: r.scope.fork() }, NO_INPUT);
    } else visitExpansions(child, r);
  });
}
