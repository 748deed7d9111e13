/**
 * Commands that are not for the server but for its usual command-line client: SQLite's and DuckDB's dot commands, and the backslash
 * commands of mysql. They come with the text when it is a script or an argument of the client.
 */
import type { Effect, EffectKind, EffectScope, TextSpan } from '@countersign/kernel';
import { opaqueEffect } from '../analysis.ts';
import { type ReadContext, pointed } from '../reader.ts';
import type { DialectName } from './dialects.ts';

type Row = readonly [names: string, kind: EffectKind, why: string, scope?: EffectScope];

/** Dot commands by what they do with the word that follows. */
const DOTS: readonly Row[] = [
  [
    `tables schema indexes indices databases fullschema show help quit exit mode headers header width timer stats echo nullvalue separator
     print dbinfo lint eqp explain changes timeout prompt version vfsinfo vfslist vfsname selecttrace wheretrace scanstats limit columns
     rows maxrows maxwidth large_number_rendering highlight keyword constant edit_mode dbconfig expert progress nonce bail sha3sum intck
     recover_none auth crnl conninfo connection rowseparator colseparator`,
    'none',
    '',
  ],
  ['dump recover', 'read', 'tells the whole database', 'unbounded'],
  ['read', 'opaque', 'runs a script that is not in the text'],
  ['import', 'write', 'takes rows from a file', 'bounded'],
  [
    'output once save backup clone excel www log trace testctrl archive ar session serialize',
    'export',
    'writes to a file',
    'unbounded',
  ],
  ['restore', 'write', 'puts a copy in the place of what is there', 'unbounded'],
  ['open cd filectrl', 'config_change', 'changes which file is worked on'],
  ['load', 'code_execution', 'loads a library into the process'],
];

const DOT_KINDS: ReadonlyMap<string, Row> = new Map(
  DOTS.flatMap((row) => row[0].split(/\s+/).map((name): [string, Row] => [name, row])),
);

export interface ClientReading {
  /** The text with the client's commands turned into spaces; a command that ends a statement leaves a `;`. */
  readonly text: string;
  readonly effects: readonly Effect[];
}

export function clientCommands(text: string, dialect: DialectName, reader: ReadContext): ClientReading {
  if (dialect === 'sqlite' || dialect === 'duckdb') return dotCommands(text, reader);
  return dialect === 'mysql' ? backslashCommands(text, reader) : { text, effects: [] };
}

/** A line that begins with a dot where a statement could begin. */
function dotCommands(text: string, reader: ReadContext): ClientReading {
  if (!/^[ \t]*\./m.test(text)) return { text, effects: [] };
  const effects: Effect[] = [];
  let at = 0;
  let open = false;
  const lines = text.split('\n').map((line) => {
    const span = { start: at, end: at + line.length };
    at += line.length + 1;
    if (!open && /^[ \t]*\.[a-z]/i.test(line)) {
      effects.push(...dotCommand(line.trim(), span, reader));
      return ' '.repeat(line.length);
    }
    const plain = line.replace(/--.*$/, '').trim();
    if (plain !== '') open = !plain.endsWith(';');
    return line;
  });
  return { text: lines.join('\n'), effects };
}

function dotCommand(line: string, span: TextSpan, reader: ReadContext): readonly Effect[] {
  const name = (/^\.([a-z0-9_]+)/i.exec(line)?.[1] ?? '').toLowerCase();
  const rest = line.slice(name.length + 1).trim();
  if (name === 'shell' || name === 'system') return shell(rest, span, `.${name}`, reader);
  // `.output |command` and `.once |command` run it.
  if (rest.startsWith('|')) return shell(rest.slice(1), span, `.${name}`, reader);
  const row = DOT_KINDS.get(name);
  if (row === undefined) return [opaqueEffect(span, `a command of the client that is not known: .${name}`)];
  const [, kind, why, scope = 'one'] = row;
  // Output that goes back to the terminal is none.
  if ((name === 'output' || name === 'log' || name === 'trace') && /^(|stdout|stderr|off)$/.test(rest)) return [];
  if (kind === 'none') return [{ kind, scope: 'one', reversible: 'yes', targets: [], span, via: `.${name}`, why }];
  const targets = rest === '' ? [] : [{ type: 'file', name: rest.split(/\s+/)[0]?.replaceAll(/['"]/g, '') ?? '' }];
  return [
    {
      kind,
      scope: kind === 'opaque' ? 'unknown' : scope,
      reversible: kind === 'read' ? 'yes' : 'unknown',
      targets,
      span,
      via: `.${name}`,
      why,
    },
  ];
}

function shell(command: string, span: TextSpan, via: string, reader: ReadContext): readonly Effect[] {
  if (command === '') return [opaqueEffect(span, 'opens a shell', via)];
  return pointed(reader.embedded({ kind: 'shell', text: command }).effects, span, via);
}

/** mysql: `\G` and `\g` end a statement, `\! command` runs one, `\. file` and `source file` read a script. */
function backslashCommands(text: string, reader: ReadContext): ClientReading {
  if (!/\\[Gg!.uPTtsqchrRWwe#]|^[ \t]*(?:source|system)[ \t]/m.test(text)) return { text, effects: [] };
  const effects: Effect[] = [];
  let out = '';
  let quote = '';
  for (let i = 0; i < text.length; i++) {
    const char = text[i] ?? '';
    const lineStart = /(^|[\n;])[ \t]*$/.test(text.slice(Math.max(0, i - 40), i));
    const word =
      lineStart && quote === '' ? /^(source|system)[ \t]+/i.exec(text.slice(i, i + 10))?.[1]?.toLowerCase() : undefined;
    const end = lineEnd(text, i);
    if (quote !== '') {
      if (char === '\\') out += char + (text[++i] ?? '');
      else {
        if (char === quote) quote = '';
        out += char;
      }
    } else if (char === '"' || char === "'" || char === '`') {
      quote = char;
      out += char;
    } else if (char === '\\' && /[Gg]/.test(text[i + 1] ?? '')) {
      out += '; ';
      i++;
    } else if ((char === '\\' && /[!.]/.test(text[i + 1] ?? '')) || word !== undefined) {
      const span = { start: i, end };
      const rest = text
        .slice(i, end)
        .replace(/^(\\.|source|system)/i, '')
        .trim();
      const runs = word === 'system' || text[i + 1] === '!';
      effects.push(
        ...(runs
          ? shell(rest, span, word ?? '\\!', reader)
          : [opaqueEffect(span, 'runs a script that is not in the text', 'source')]),
      );
      out += ' '.repeat(end - i);
      i = end - 1;
    } else out += char;
  }
  return { text: out, effects };
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}
