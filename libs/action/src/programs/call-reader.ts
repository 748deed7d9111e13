/** Takes the words of a command line apart by a table: options with their values, the sub-command, operands. */
import type { TextSpan } from '@countersign/kernel';
import { type CommandTable, tableOf } from './command-table.ts';
import { type OptionSpec, goOption, longOption } from './options.ts';
import type { Call, Program, Word } from './program.ts';

/** A call with the part of the table that it is read by. */
export interface ReadCall extends Call {
  readonly table: CommandTable;
  /** What the table does not know of this call: options, a sub-command. Each makes it opaque. */
  readonly unread: readonly { readonly why: string; readonly span: TextSpan }[];
}

type Options = Map<string, (Word | undefined)[]>;

export class CallReader {
  private readonly options: Options = new Map();
  private readonly operands: Word[] = [];
  private readonly path: string[] = [];
  private readonly unread: { why: string; span: TextSpan }[] = [];
  private readonly program: Program;
  private readonly name: Word;
  private readonly words: readonly Word[];
  private readonly stdin: Word | undefined;
  private table: CommandTable;
  /** Words that may still become the name of a sub-command. */
  private pending: Word[] = [];
  private choosing: boolean;
  private at = 0;
  private asksHelp = false;
  /** An option beside `--help` and `--version`. */
  private given = false;

  constructor(program: Program, name: Word, words: readonly Word[], stdin: Word | undefined) {
    this.program = program;
    this.name = name;
    this.words = words;
    this.stdin = stdin;
    this.table = tableOf(program);
    this.choosing = this.table.hasSubs;
  }

  read(): ReadCall {
    let optionsEnded = false;
    const { words } = this;
    if (this.table.dashless && words.length > 0) this.dashless();
    while (this.at < words.length) {
      const word = words[this.at++];
      if (word === undefined) break;
      const { text } = word;
      if (!optionsEnded && this.table.syntax !== 'words' && text.length > 1 && (text.startsWith('-') || text.startsWith('+'))) {
        if (text === '--') {
          optionsEnded = true;
          if (this.choosing) this.unread.push({ why: 'the options end before the sub-command', span: word.span });
          continue;
        }
        if (this.option(word)) continue;
      } else if (this.table.options.hasPairs && this.pair(word)) continue;
      if (this.choosing) {
        this.choose(word);
        continue;
      }
      this.operands.push(word);
      if (this.table.syntax === 'posix') optionsEnded = true;
    }
    this.settle();
    return this.result();
  }

  private result(): ReadCall {
    const last = this.words.at(-1);
    let { table } = this;
    if (table.hasSubs && this.unread.length === 0 && table.bare !== undefined) table = table.bare;
    return {
      program: this.program.names[0] ?? this.name.text,
      path: this.path,
      options: this.options,
      operands: this.operands,
      words: this.words,
      span: { start: this.name.span.start, end: Math.max(this.name.span.end, last?.span.end ?? 0) },
      stdin: this.stdin,
      table: this.asksHelp && this.operands.length === 0 && !this.given ? HELP : table,
      unread: this.unread,
    };
  }

  /** A word that may name a sub-command, alone or with the ones before it. */
  private choose(word: Word): void {
    if (!word.known || word.glob) {
      this.choosing = false;
      this.operands.push(...this.pending, word);
      this.pending = [];
      this.unread.push({ why: 'the sub-command is only known at run time', span: word.span });
      return;
    }
    this.pending.push(word);
    const name = this.pending.map(({ text }) => text).join(' ');
    if (this.table.beginsSub(name)) return;
    const found = this.table.sub(name);
    if (found !== undefined) this.enter(found, this.pending.splice(0));
    else this.settle();
  }

  /** No longer name is possible: the longest beginning that is one holds, the rest are operands. */
  private settle(): void {
    if (!this.choosing || this.pending.length === 0) return;
    const words = this.pending.splice(0);
    for (let count = words.length; count > 0; count--) {
      const name = words
        .slice(0, count)
        .map(({ text }) => text)
        .join(' ');
      const found = this.table.sub(name) ?? (count === 1 ? this.table.other : undefined);
      if (found === undefined) continue;
      this.enter(found, words.slice(0, count));
      for (const word of words.slice(count)) {
        if (this.choosing) this.choose(word);
        else this.operands.push(word);
      }
      return;
    }
    this.choosing = false;
    const [first] = words;
    this.operands.push(...words);
    if (first !== undefined)
      this.unread.push({ why: `unknown sub-command ${first.text} of ${this.name.text}`, span: first.span });
  }

  private enter(table: CommandTable, words: readonly Word[]): void {
    this.path.push(...words.map(({ text }) => text));
    this.table = table;
    this.choosing = table.hasSubs;
  }

  /** False where the word is an operand after all. */
  private option(word: Word): boolean {
    const { text } = word;
    const { byName } = this.table.options;
    if (text.startsWith('+') && !byName.has(text) && !byName.has(text.slice(0, 2))) return false;
    if (this.table.syntax === 'go') return this.named(word, goOption);
    if (text.startsWith('--')) return this.named(word, longOption);
    this.given = true;
    const whole = byName.get(text);
    if (whole !== undefined) return this.taken(whole, undefined, word);
    const equals = text.indexOf('=');
    if (equals > 2) {
      const spec = byName.get(text.slice(0, equals));
      if (spec !== undefined) return this.taken(spec, tail(word, equals + 1), word);
    }
    if (/^-\d+$/.test(text) && byName.has('-#')) return this.taken({ canonical: '-#', takes: 'attached' }, tail(word, 1), word);
    return this.bundle(word, 1);
  }

  private named(word: Word, find: (table: CommandTable['options'], name: string) => OptionSpec | undefined): boolean {
    const { text } = word;
    const equals = text.indexOf('=');
    const name = equals < 0 ? text : text.slice(0, equals);
    const spec = find(this.table.options, name);
    const asks = (text === '--help' || text === '--version') && (spec === undefined || spec.takes === 'nothing');
    if (asks) this.asksHelp = true;
    if (spec !== undefined) {
      if (!asks) this.given = true;
      return this.taken(spec, equals < 0 ? undefined : tail(word, equals + 1), word);
    }
    if (!asks) this.unknown(word, name);
    return true;
  }

  /** Letters behind one dash: flags up to the first that takes a value, which is the rest. */
  private bundle(word: Word, from: number): boolean {
    const { text } = word;
    const sign = text.charAt(0) === '+' ? '+' : '-';
    for (let index = from; index < text.length; index++) {
      const name = sign + text.charAt(index);
      const spec = this.table.options.byName.get(name);
      if (spec === undefined) {
        this.unknown(word, name);
        // What follows an unknown letter may be its value.
        return true;
      }
      if (spec.takes === 'nothing') {
        this.note(spec.canonical, undefined);
        continue;
      }
      return this.taken(spec, index + 1 < text.length ? tail(word, index + 1) : undefined, word);
    }
    return true;
  }

  private taken({ canonical, takes }: OptionSpec, attached: Word | undefined, word: Word): boolean {
    if (takes === 'words') {
      while (this.at < this.words.length) {
        const next = this.words[this.at++];
        if (next === undefined) break;
        const plus = next.text === '+' && this.words[this.at - 2]?.text === '{}';
        this.note(canonical, next);
        if (next.text === ';' || plus) break;
      }
    } else if (takes === 'nothing' && attached !== undefined) this.boolean(canonical, attached, word);
    else if (takes === 'value' && attached === undefined) {
      const next = this.words[this.at++];
      if (next === undefined) this.unread.push({ why: `the value of ${canonical} is missing`, span: word.span });
      this.note(canonical, next);
    } else this.note(canonical, attached);
    return true;
  }

  /** `--flag=false` takes the flag back. */
  private boolean(canonical: string, value: Word, word: Word): void {
    if (!value.known) this.unread.push({ why: `the value of ${canonical} is only known at run time`, span: word.span });
    if (/^(?:false|0|f|no|off)$/i.test(value.text)) this.options.delete(canonical);
    else this.note(canonical, value);
  }

  private pair(word: Word): boolean {
    const equals = word.text.indexOf('=');
    if (equals < 1) return false;
    const spec = this.table.options.byName.get(word.text.slice(0, equals));
    if (spec === undefined) return false;
    this.note(spec.canonical, tail(word, equals + 1));
    return true;
  }

  private dashless(): void {
    const [first] = this.words;
    if (first === undefined || !first.known || !/^[A-Za-z]+$/.test(first.text)) return;
    if (this.table.sub(first.text) !== undefined) return;
    this.at = 1;
    for (const letter of first.text) {
      const spec = this.table.options.byName.get(`-${letter}`);
      if (spec === undefined) this.unknown(first, `-${letter}`);
      else this.taken(spec, undefined, first);
    }
  }

  private note(name: string, value: Word | undefined): void {
    const values = this.options.get(name);
    if (values === undefined) this.options.set(name, [value]);
    else values.push(value);
  }

  private unknown(word: Word, name: string): void {
    if (this.table.harmless) return;
    // Before a sub-command is named, or after, the option may be one that only its own table knows.
    this.unread.push({ why: `unknown option ${name} of ${this.name.text}`, span: word.span });
  }
}

/** The rest of a word, from UTF-16 unit `from` of its value on. */
function tail(word: Word, from: number): Word {
  const base = word.base < 0 ? -1 : word.base + from;
  const start = base < 0 ? word.span.start : base;
  return { text: word.text.slice(from), span: { start, end: word.span.end }, known: word.known, glob: word.glob, base };
}

const HELP: CommandTable = {
  ...tableOf({ names: ['help'] }),
  acts: [],
};
