/** Turns what a call does into effects: mostly by writing the command line that does the same and reading that. */
import type { Effect, EffectKind, TextSpan } from '@countersign/kernel';
import { opaqueEffect } from '../analysis.ts';
import { type ReadContext, pointed } from '../reader.ts';
import type { Value } from './expression.ts';
import type { Deed } from './language.ts';

export interface Doing {
  readonly deed: Deed;
  /** The name under which people know the call. */
  readonly name: string;
  readonly args: readonly Value[];
  readonly named: ReadonlyMap<string, Value>;
  readonly self: readonly Value[];
  readonly span: TextSpan;
  readonly dialect: string;
}

export function effectsOfDeed(doing: Doing, cx: ReadContext): readonly Effect[] {
  const { deed, span, name } = doing;
  if (deed === '-') return [];
  if (deed.startsWith('*')) return [fixed(deed, doing)];
  const embedded = (kind: 'shell' | 'script' | 'sql', text: string, dialect = ''): Effect[] =>
    pointed(cx.embedded({ kind, text, dialect }).effects, span, name).filter((effect) => effect.kind !== 'none');
  if (deed.startsWith('!')) {
    const command = doing.args[Number(deed.slice(1))]?.text;
    return command === undefined ? runsUnknown(doing) : embedded('shell', command);
  }
  if (deed.startsWith('@')) {
    const command = commandLine(deed.slice(1), doing);
    return command === undefined ? runsUnknown(doing) : embedded('shell', command);
  }
  if (deed.startsWith('=')) {
    const code = doing.args[Number(deed.slice(1))]?.text;
    return code === undefined ? runsUnknown(doing) : embedded('script', code, doing.dialect);
  }
  if (deed.startsWith('sql:')) {
    const [dialect = '', index = '0'] = deed.slice(4).split(' ');
    const sql = doing.args[Number(index)]?.text;
    return sql === undefined
      ? [opaqueEffect(span, 'the SQL that it runs is made when it runs', name)]
      : embedded('sql', sql, dialect);
  }
  const template = deed.startsWith('open ') ? openTemplate(deed, doing) : shaped(deed, doing);
  const filled = fill(template, doing);
  return filled === undefined ? guessed(template, doing) : embedded('shell', filled);
}

function fixed(deed: Deed, { name, span }: Doing): Effect {
  const [kind = '', ...why] = deed.slice(1).split(' ');
  const scope = kind === 'opaque' ? 'unknown' : 'one';
  return { kind: kind as EffectKind, scope, reversible: 'unknown', targets: [], span, via: name, why: why.join(' ') };
}

function runsUnknown({ name, span }: Doing): Effect[] {
  const why = 'what it runs is made when it runs';
  return [
    { kind: 'code_execution', scope: 'one', reversible: 'no', targets: [], span, via: name, why },
    opaqueEffect(span, why, name),
  ];
}

/** Words as one command line; undefined when one of them is not known. */
function commandLine(form: string, { args, named }: Doing): string | undefined {
  if (form.endsWith('+')) return quotedWords(args.slice(Number(form.slice(0, -1))));
  if (form.includes(',')) {
    const [program, list] = form.split(',').map((index) => args[Number(index)]);
    if (program?.text === undefined) return undefined;
    if (list?.items === undefined)
      return list === undefined || list.path === 'value' || list.path === 'own' ? program.text : undefined;
    return quotedWords([program, ...list.items]);
  }
  const first = args[Number(form)] ?? named.get('args') ?? named.get('cmd');
  if (first?.items !== undefined) return quotedWords(first.items);
  // Without a shell the text is a program's name; with one it is a command. Reading it as a command covers both.
  return first?.text;
}

function quotedWords(values: readonly Value[]): string | undefined {
  const words = values.map(wordOf);
  return words.includes(undefined) || words.length === 0 ? undefined : words.join(' ');
}

function wordOf(value: Value | undefined): string | undefined {
  const text = value?.text ?? value?.number;
  return text === undefined ? undefined : quote(text);
}

/** As the shell gives it back unchanged; `~` at the front stays what it is. */
export function quote(text: string): string {
  if (/^[\w@%+=:,./~-]+$/.test(text)) return text;
  const home = /^~\//.exec(text)?.[0] ?? '';
  return `${home}'${text.slice(home.length).replaceAll("'", "'\\''")}'`;
}

/** The mode of open() decides what it does. */
function openTemplate(deed: Deed, { args, named, self }: Doing): string {
  const [, file = '0', index = '1'] = deed.split(' ');
  const mode = (args[Number(index)] ?? named.get('mode') ?? named.get('flags') ?? named.get('flag'))?.text;
  const target = file === 'self' && self.length > 0 ? '$self' : `$${file}`;
  if (args[Number(index)] !== undefined && mode === undefined) return `tee ${target}`;
  if (mode === undefined || /^r[bt]?$/.test(mode)) return `cat ${target}`;
  return /^a/.test(mode) ? `tee -a ${target}` : `tee ${target}`;
}

function shaped(deed: Deed, doing: Doing): string {
  if (deed === 'ask') return requestTemplate(doing);
  return deed.startsWith('unpack ') ? unpackTemplate(doing, Number(deed.slice(7))) : deed;
}

/** Where an archive is unpacked; the working folder if nothing is said. */
function unpackTemplate({ args, named }: Doing, at: number): string {
  const where = args[at] ?? named.get('path');
  if (where === undefined) return 'tar -xf -';
  return where.text === undefined ? `tar -xf - -C $${args.length}` : `tar -xf - -C ${quote(where.text)}`;
}

const BODIES = ['body', 'data', 'json', 'form', 'files', 'content'] as const;

/** A request that reads, unless its options or second argument make it one that sends or changes. */
function requestTemplate({ args, named }: Doing): string {
  const options = args[1];
  const known = options === undefined || options.path === 'own' || options.fields !== undefined;
  const sends = !known || BODIES.some((name) => named.has(name) || options?.fields?.has(name) === true);
  const given = options?.fields?.has('method') === true ? (options.fields.get('method') ?? 'POST') : named.get('method')?.text;
  const method = given?.toUpperCase() ?? (sends ? 'POST' : 'GET');
  if (!sends && /^(GET|HEAD|OPTIONS)$/.test(method)) return 'curl $0';
  return `curl -X ${/^[A-Z]+$/.test(method) ? method : 'POST'}${sends ? ' -d data' : ''} $0`;
}

/** undefined when a part is not in the text. */
function fill(template: string, doing: Doing): string | undefined {
  let known = true;
  const text = template.replaceAll(/\$(self|\d+)(\+?)/g, (_, which: string, more: string) => {
    const values =
      which === 'self' ? doing.self.slice(0, 1) : doing.args.slice(Number(which), more === '' ? Number(which) + 1 : undefined);
    const words = values.flatMap((value) => (value.items ?? [value]).map(wordOf));
    if (words.length === 0 || words.includes(undefined)) known = false;
    return words.join(' ');
  });
  return known ? text : undefined;
}

/** What a command of that name does to things that only running tells. */
const GUESSES: readonly (readonly [RegExp, EffectKind, string])[] = [
  [/^(rm|rmdir)\b/, 'delete', 'what it deletes is worked out when it runs'],
  [/^(tee|cp|mv|ln|mkdir|touch|truncate|tar|unzip)\b/, 'write', 'where it writes is worked out when it runs'],
  [/^(cat|ls|stat|printenv)\b/, 'read', 'what it reads is worked out when it runs'],
  [/^(chmod|chown)\b/, 'privilege_change', 'what it opens up is worked out when it runs'],
  [/^curl .*(-d|--data|-F|-T)/, 'export', 'where it sends data is worked out when it runs'],
  [/^(curl|wget|nc|ssh)\b/, 'network', 'whom it asks is worked out when it runs'],
  [/^(kill|pkill)\b/, 'process_control', 'what it ends is worked out when it runs'],
];

function guessed(template: string, { name, span }: Doing): Effect[] {
  const found = GUESSES.find(([pattern]) => pattern.test(template));
  if (found === undefined) return [opaqueEffect(span, 'what it acts on is worked out when it runs', name)];
  const [, kind, why] = found;
  return [{ kind, scope: 'unknown', reversible: kind === 'read' ? 'yes' : 'unknown', targets: [], span, via: name, why }];
}
