/** Turns the words of the syntax tree into the words that a program would get, as far as the text tells them. */
import type { AssignmentPrefix, DoubleQuotedChild, ParameterExpansionPart, WordPart, Word as WordNode } from 'unbash';
import { expandBraces } from './braces.ts';
import { type Reading, sayOpaque } from './reading.ts';
import { ANYTHING, type ShellWord, type Value } from './scope.ts';
import { substituted, visitExpansions } from './substitutions.ts';

/** Set by the shell or the login, and never to anything surprising: `$HOME` is as good as `~`. */
export const SAFE_NAMES: ReadonlySet<string> = new Set(
  'HOME PWD TMPDIR TMP TEMP USER LOGNAME HOSTNAME UID EUID PPID RANDOM'.split(' '),
);

/** One word while it is put together; splitting makes several. */
class Fields {
  readonly done: ShellWord[] = [];
  text = '';
  known = true;
  glob = false;
  data = false;
  /** Something stands here, if only an empty pair of quotes. */
  there = false;
  braces = false;
  private readonly node: WordNode;
  private readonly source: string;

  constructor(node: WordNode, source: string) {
    this.node = node;
    this.source = source;
  }

  add(text: string): void {
    this.text += text;
    this.there = true;
  }

  value(value: Value, quoted: boolean, source: string): void {
    if (!value.known) {
      this.add(source);
      this.known = false;
      this.data ||= value.data;
      return;
    }
    this.data ||= value.data;
    if (quoted) {
      this.glob ||= value.glob;
      this.add(value.text);
      return;
    }
    if (/[*?[]/.test(value.text)) this.glob = true;
    const words = value.text.split(/[ \t\n]+/);
    words.forEach((word, at) => {
      if (at > 0) this.close();
      if (word !== '') this.add(word);
    });
  }

  list(words: readonly ShellWord[]): void {
    words.forEach((word, at) => {
      if (at > 0) this.close();
      this.add(word.text);
      this.known &&= word.known;
      this.glob ||= word.glob;
      this.data ||= word.data === true;
    });
  }

  close(): void {
    if (!this.there) return;
    const { pos, end } = this.node;
    const texts = this.braces ? expandBraces(this.text) : undefined;
    const glob = this.glob || (this.braces && texts === undefined);
    for (const text of texts ?? [this.text]) {
      const base = this.known && texts === undefined ? this.baseOf(text) : -1;
      this.done.push({ text, span: { start: pos, end }, known: this.known, glob, base, ...(this.data ? { data: true } : {}) });
    }
    this.text = '';
    this.known = true;
    this.glob = false;
    this.there = false;
    this.braces = false;
    this.data = false;
  }

  private baseOf(text: string): number {
    const { pos, end } = this.node;
    for (let at = pos; at <= pos + 2 && at + text.length <= end; at++) if (this.source.startsWith(text, at)) return at;
    return -1;
  }
}

export function expandWord(node: WordNode, r: Reading): readonly ShellWord[] {
  const { parts, pos, end } = node;
  // Bash refuses it there; the parser takes it for a part of the word.
  if (node.text.startsWith('(')) sayOpaque(r, { start: pos, end }, 'an opening parenthesis where no command begins');
  if (parts === undefined) {
    const base = node.value === node.text ? pos : -1;
    const home = node.text.startsWith('~') ? r.scope.vars.get('HOME') : undefined;
    if (home !== undefined && /^~(?:\/|$)/.test(node.text)) {
      const text = home.known ? home.text + node.value.slice(1) : `$_HOME${node.value.slice(1)}`;
      return [{ text, span: { start: pos, end }, known: home.known, glob: false, base: -1 }];
    }
    return [{ text: node.value, span: { start: pos, end }, known: true, glob: false, base }];
  }
  const fields = new Fields(node, r.source);
  for (const part of parts) addPart(part, fields, r);
  fields.close();
  return fields.done;
}

/** A word where splitting does not happen: assignments, here-strings, case words. */
export function expandWhole(node: WordNode, r: Reading): ShellWord {
  const words = expandWord(node, r);
  const [only] = words;
  if (only !== undefined && words.length === 1) return only;
  return {
    text: words.map(({ text }) => text).join(' '),
    span: { start: node.pos, end: node.end },
    known: words.every(({ known }) => known),
    glob: words.some(({ glob }) => glob),
    base: -1,
    ...(words.some(({ data }) => data === true) ? { data: true } : {}),
  };
}

function addPart(part: WordPart, fields: Fields, r: Reading): void {
  switch (part.type) {
    case 'Literal':
    case 'SingleQuoted':
    case 'AnsiCQuoted':
      fields.add(part.value);
      return;
    case 'Glob':
      fields.glob = true;
      fields.add(part.text);
      if (part.kind === 'bracket') visitExpansions(part, r);
      return;
    case 'DoubleQuoted':
    case 'LocaleString':
      fields.there = true;
      for (const child of part.parts) addExpansion(child, fields, r, true);
      return;
    case 'ExtendedGlob':
      fields.glob = true;
      fields.add(part.text);
      visitExpansions(part, r);
      return;
    case 'BraceExpansion':
      if (/[$`'"\\]/.test(part.text)) {
        visitExpansions(part, r);
        fields.known = false;
        fields.glob = true;
      } else fields.braces = true;
      fields.add(part.text);
      return;
    case 'ProcessSubstitution':
      substituted(part, r);
      fields.add('/dev/fd/63');
      return;
    default:
      addExpansion(part, fields, r, false);
  }
}

function addExpansion(part: DoubleQuotedChild, fields: Fields, r: Reading, quoted: boolean): void {
  switch (part.type) {
    case 'Literal':
      fields.add(part.value);
      return;
    case 'SimpleExpansion':
      addParameter(part.text.slice(1), part.text, fields, r, quoted);
      return;
    case 'ParameterExpansion':
      addExpanded(part, fields, r, quoted);
      return;
    case 'CommandExpansion':
      fields.value(substituted(part, r), quoted, part.text);
      return;
    case 'ArithmeticExpansion':
      visitExpansions(part, r);
      // A number, whichever.
      fields.add('$RANDOM');
  }
}

function addParameter(name: string, source: string, fields: Fields, r: Reading, quoted: boolean): void {
  const { scope } = r;
  if (name === '@' || name === '*') {
    if (scope.positional === undefined) fields.value(ANYTHING, quoted, source);
    else if (quoted && name === '*' && scope.oddSplitting) fields.value(ANYTHING, quoted, source);
    else if (quoted && name === '*') fields.value(joinedValue(scope.positional), true, source);
    else fields.list(scope.positional);
    return;
  }
  // A name that usually stands for a safe place, but not here, must not be read as one by its source.
  const value = parameter(name, source, r);
  fields.value(value, quoted, !value.known && SAFE_NAMES.has(name) ? `$_${name}` : source);
}

function parameter(name: string, source: string, r: Reading): Value {
  const { scope } = r;
  if (/^[#?$!]$/.test(name)) return { text: '$#', known: true, glob: false, data: false };
  if (/^\d+$/.test(name)) {
    const word = name === '0' ? undefined : scope.positional?.[Number(name) - 1];
    if (word !== undefined) return { text: word.text, known: word.known, glob: word.glob, data: word.data === true };
    return name !== '0' && scope.positional !== undefined ? { text: '', known: true, glob: false, data: false } : ANYTHING;
  }
  const value = scope.vars.get(name);
  if (name === 'PWD' && value === undefined && scope.cwd !== '') {
    return scope.cwd === undefined ? ANYTHING : { text: scope.cwd, known: true, glob: false, data: false };
  }
  if (value !== undefined)
    return scope.oddSplitting && /\S/.test(value.text) && value.known ? { ...ANYTHING, data: value.data } : value;
  if (SAFE_NAMES.has(name) && !scope.anySet) return { text: source, known: true, glob: false, data: false };
  return ANYTHING;
}

function addExpanded(part: ParameterExpansionPart, fields: Fields, r: Reading, quoted: boolean): void {
  const { parameter: name, prefix, index, operation, text } = part;
  if (index !== undefined || operation !== undefined) visitExpansions(part, r);
  if (prefix === '#') {
    fields.add('$RANDOM');
    return;
  }
  const value = r.scope.vars.get(name);
  if (operation?.type === 'Transform' && /P/.test(operation.operand.text))
    sayOpaque(r, { start: part.pos, end: part.end }, 'runs the commands that the variable holds');
  if (prefix === undefined && operation === undefined) {
    if (index === undefined) addParameter(name, text, fields, r, quoted);
    else if (value?.items !== undefined && (index.text === '@' || index.text === '*')) fields.list(value.items);
    else if (value?.items !== undefined && /^\d+$/.test(index.text)) {
      const item = value.items[Number(index.text)];
      if (item !== undefined) fields.value({ text: item.text, known: item.known, glob: item.glob, data: false }, quoted, text);
    } else fields.value({ ...ANYTHING, data: value?.data ?? false }, quoted, text);
    return;
  }
  if (prefix === undefined && index === undefined && operation?.type === 'Default') {
    if (operation.operator.endsWith('=')) r.scope.set(name, ANYTHING);
    // What must be set for the command to run at all, and what always is.
    const stated = /^:?\?$/.test(operation.operator) || (/^:?-$/.test(operation.operator) && /^(?:HOME|PWD|USER)$/.test(name));
    if (stated && value === undefined && SAFE_NAMES.has(name)) return addParameter(name, `$${name}`, fields, r, quoted);
    const temporary = /^\$\{(?:TMPDIR|TMP|TEMP):?-\/(?:var\/)?tmp\/?\}$/.test(text) && value === undefined;
    if (temporary) return fields.add('/tmp');
    if (value?.known === true && value.text !== '' && /^:?[-=?]$/.test(operation.operator))
      return fields.value(value, quoted, text);
  }
  fields.value({ ...ANYTHING, data: value?.data ?? false }, quoted, text);
}

function joinedValue(words: readonly ShellWord[]): Value {
  return {
    text: words.map(({ text }) => text).join(' '),
    known: words.every(({ known }) => known),
    glob: words.some(({ glob }) => glob),
    data: words.some(({ data }) => data === true),
  };
}

/** Longer values are not followed: `a=$a$a` doubles each time. */
const VALUE_UNITS = 4_096;

/** The value that an assignment gives. */
export function assignedValue(node: AssignmentPrefix, r: Reading): Value {
  if (node.index !== undefined) expandWhole(node.index, r);
  const before = node.append === true ? (r.scope.vars.get(node.name) ?? ANYTHING) : undefined;
  if (node.value.type === 'ArrayValue') {
    const items: ShellWord[] = before?.items === undefined ? [] : [...before.items];
    for (const element of node.value.elements) items.push(...expandWord(element, r));
    if (before !== undefined && before.items === undefined) return ANYTHING;
    const [first] = items;
    if (items.length > 256) return ANYTHING;
    return {
      text: first?.text ?? '',
      known: first?.known ?? true,
      glob: first?.glob ?? false,
      data: items.some(({ data }) => data === true),
      items,
    };
  }
  const { text, known, glob, data = false } = expandWhole(node.value, r);
  if (node.index !== undefined || text.length > VALUE_UNITS) return { ...ANYTHING, data };
  if (before === undefined) return { text, known, glob, data };
  if (before.items !== undefined || before.text.length + text.length > VALUE_UNITS) return ANYTHING;
  return { text: before.text + text, known: before.known && known, glob: before.glob || glob, data: before.data || data };
}
