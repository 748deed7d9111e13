/** Walks the syntax tree of a shell text: lists, pipelines, branches, loops, functions. Gives what a node prints, where that is known. */
import type {
  AndOr,
  Case,
  CompoundList,
  For,
  Function as FunctionNode,
  If,
  ParsedScript,
  Pipeline,
  PipelineNode,
  Select,
  Statement,
  While,
} from 'unbash';
import { hidesCommand } from './builtins.ts';
import { walkCommand } from './command.ts';
import { expandWhole, expandWord } from './expand.ts';
import { type Input, NO_INPUT, type Reading, sayOpaque, spanOf } from './reading.ts';
import { redirected } from './redirects.ts';
import { ANYTHING, type ShellWord } from './scope.ts';
import { visitExpansions } from './substitutions.ts';

/** Values of a `for` that are each followed through the body. */
const FOLLOWED = 8;

/** Longer outputs are not kept. */
const PRINTED_UNITS = 16 * 1024;

type Printed = string | undefined;

type Positioned = { readonly pos: number; readonly end: number };

export function walkScript(script: ParsedScript, r: Reading, io: Input): Printed {
  const [error] = script.errors ?? [];
  if (error !== undefined)
    sayOpaque(r, { start: error.pos, end: Math.max(error.pos, script.end) }, `the shell text does not parse: ${error.message}`);
  return walkStatements(script.commands, r, io);
}

function walkStatements(statements: readonly Statement[], r: Reading, io: Input): Printed {
  let printed: Printed = '';
  for (const { command, background } of statements) {
    if (!allowed(r, command)) return undefined;
    const one =
      background === true ? walkNode(command, { ...r, scope: r.scope.fork(), piped: true }, NO_INPUT) : walkNode(command, r, io);
    printed = printed === undefined || one === undefined || printed.length > PRINTED_UNITS ? undefined : printed + one;
  }
  return printed;
}

/** Counts what is read, however nested: loops in loops multiply. Told once when it is too much. */
function allowed(r: Reading, node: Positioned): boolean {
  if (--r.allowance.commands >= 0) return true;
  if (r.allowance.commands === -1)
    sayOpaque(r, spanOf(node), 'too many commands, counting loops and functions as often as they are followed');
  return false;
}

function walkList(list: CompoundList, r: Reading, io: Input): Printed {
  return walkStatements(list.commands, r, io);
}

export function walkNode(node: PipelineNode | AndOr | CompoundList, r: Reading, io: Input): Printed {
  switch (node.type) {
    case 'Command':
      return walkCommand(node, r, io);
    case 'Pipeline':
      return walkPipeline(node, r, io);
    case 'AndOr':
      return walkAndOr(node, r, io);
    case 'Redirected': {
      const inside = redirected(node.redirects, r, io);
      const printed = walkNode(node.command, r, inside.input);
      return inside.printsElsewhere ? '' : printed;
    }
    case 'Subshell':
      return walkList(node.body, { ...r, scope: r.scope.fork() }, io);
    case 'BraceGroup':
      return walkList(node.body, r, io);
    case 'CompoundList':
      return walkList(node, r, io);
    case 'If':
      return walkIf(node, r, io);
    case 'For':
    case 'Select':
      return walkFor(node, r, io);
    case 'While':
      return walkWhile(node, r, io);
    case 'ArithmeticFor':
      for (const part of [node.initialize, node.test, node.update]) if (part !== undefined) visitExpansions(part, r);
      forgetCounted(r.source.slice(node.pos, node.body.pos), r);
      repeated(r, node, () => void walkList(node.body, r, io));
      return undefined;
    case 'Case':
      return walkCase(node, r, io);
    case 'Function':
      return define(node, r);
    case 'Coproc':
      walkNode(node.body, { ...r, scope: r.scope.fork() }, NO_INPUT);
      return '';
    case 'TestCommand':
    case 'ArithmeticCommand':
      visitExpansions(node, r);
      for (const [quoted] of r.source.slice(node.pos, node.end).matchAll(/'[^']*'/g)) {
        if (hidesCommand(quoted)) sayOpaque(r, spanOf(node), 'a subscript runs a command');
      }
      if (node.type === 'ArithmeticCommand') forgetCounted(node.body, r);
      return '';
  }
}

function walkAndOr({ commands, operators }: AndOr, r: Reading, io: Input): Printed {
  const [first, ...rest] = commands;
  let printed: Printed = first === undefined ? '' : walkNode(first, r, io);
  const { scope } = r;
  for (let at = 0; at < rest.length;) {
    if (operators[at] === '||') {
      const node = rest[at++];
      if (node !== undefined) scope.perhaps(() => void walkNode(node, r, io));
      printed = undefined;
      continue;
    }
    // What follows `&&` sees what stands before it; what follows the whole list may not.
    const start = at;
    while (at < rest.length && operators[at] === '&&') at++;
    scope.perhaps(() => {
      for (const node of rest.slice(start, at)) {
        const one = walkNode(node, r, io);
        printed = printed === undefined || one === undefined ? undefined : printed + one;
      }
    });
  }
  return printed;
}

function walkPipeline({ commands }: Pipeline, r: Reading, io: Input): Printed {
  const [only] = commands;
  if (only !== undefined && commands.length === 1) return walkNode(only, r, io);
  let input = io;
  let printed: Printed;
  for (const node of commands) {
    const first = r.out.length;
    r.allowance.listed = undefined;
    const stage = { ...r, scope: r.scope.fork(), piped: true };
    printed = walkNode(node, stage, input);
    // Of several commands only the last one is known here.
    if (node.type !== 'Command') r.allowance.listed = undefined;
    let data = input.data;
    for (let at = first; at < r.out.length; at++) data ||= holdsData(r, at);
    const span = spanOf(node);
    input = {
      text: printed === undefined ? undefined : { text: printed, span, known: true, glob: false, base: -1 },
      open: printed === undefined,
      data: data && printed === undefined,
      names: printed === undefined ? r.allowance.listed : undefined,
    };
  }
  return printed;
}

/** An effect that brings out what files or stores hold. */
function holdsData(r: Reading, at: number): boolean {
  const effect = r.out[at];
  if (effect === undefined) return false;
  return effect.kind === 'secret_read' || (effect.kind === 'read' && effect.targets.some(({ type }) => type !== 'system'));
}

function walkIf(node: If, r: Reading, io: Input): Printed {
  walkList(node.clause, r, io);
  r.scope.perhaps(() => void walkList(node.then, r, io));
  for (const one of node.elif) {
    r.scope.perhaps(() => {
      walkList(one.clause, r, io);
      walkList(one.then, r, io);
    });
  }
  const { else: otherwise } = node;
  if (otherwise !== undefined) r.scope.perhaps(() => void walkList(otherwise, r, io));
  return undefined;
}

function walkFor(node: For | Select, r: Reading, io: Input): Printed {
  const words: readonly ShellWord[] | undefined =
    node.wordlist === undefined ? r.scope.positional : node.wordlist.flatMap((word) => expandWord(word, r));
  const name = node.name.value;
  const follow = words !== undefined && words.length <= FOLLOWED && node.type === 'For';
  const values = follow ? words : [undefined];
  for (const word of values) {
    if (!allowed(r, node)) break;
    const value = word === undefined ? { ...ANYTHING, data: words?.some(({ data }) => data === true) ?? false } : word;
    repeated(r, node, () => {
      r.scope.set(name, { text: value.text, known: value.known, glob: value.glob, data: value.data === true });
      walkList(node.body, r, io);
    });
  }
  if (values.length > 1) r.scope.set(name, ANYTHING);
  return undefined;
}

function walkWhile(node: While, r: Reading, io: Input): Printed {
  repeated(r, node, () => {
    walkList(node.clause, r, io);
    walkList(node.body, r, io);
  });
  return undefined;
}

/** Reads a body that may run any number of times: once more where it changes what it depends on. */
function repeated(r: Reading, node: Positioned, body: () => void): void {
  const { scope } = r;
  const before = scope.vars;
  const { cwd } = scope;
  scope.perhaps(body);
  let changed = scope.cwd !== cwd;
  for (const [name, value] of before) changed ||= value.known && scope.vars.get(name) !== value;
  if (changed && allowed(r, node)) scope.perhaps(body);
}

function walkCase(node: Case, r: Reading, io: Input): Printed {
  expandWhole(node.word, r);
  for (const item of node.items) {
    for (const pattern of item.pattern) expandWhole(pattern, r);
    r.scope.perhaps(() => void walkList(item.body, r, io));
  }
  return undefined;
}

function define(node: FunctionNode, r: Reading): Printed {
  const name = node.name.value;
  const known = r.scope.functions.get(name);
  // Defined twice where one of them may not be reached: neither is certain.
  if (known !== undefined && r.scope.maybe) sayOpaque(r, spanOf(node.name), `the function ${name} is defined in several ways`);
  r.scope.functions.set(name, { node, source: r.source, maybe: r.scope.maybe });
  return '';
}

/** Names that arithmetic gives values to. */
function forgetCounted(text: string, r: Reading): void {
  for (const [name] of text.matchAll(/[A-Za-z_]\w*/g))
    if (r.scope.vars.has(name)) r.scope.set(name, { text: '$RANDOM', known: true, glob: false, data: false });
}
