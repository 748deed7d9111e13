/** What simple programs print, where their input is in the text: so that `echo … | base64 -d | sh` can be read. */
import type { Word } from '../programs/program.ts';
import type { ReadCall } from '../programs/call-reader.ts';
import type { Input } from './reading.ts';

type Printer = (call: ReadCall, input: string | undefined) => string | undefined;

/** Longer outputs are not kept. */
const UNITS = 16 * 1024;

const PRINTERS: Readonly<Record<string, Printer>> = {
  echo,
  printf,
  cat: passed,
  tee: (_, input) => input,
  true: () => '',
  ':': () => '',
  base64: (call, input) => decoded(call, input, '-d', 'base64'),
  base32: () => undefined,
  openssl: (call, input) => {
    const texts = call.words.map(({ text }) => text);
    return texts.includes('-d') && texts.every((text) => /^(?:enc|base64|-base64|-a|-A|-d)$/.test(text))
      ? fromBase64(input)
      : undefined;
  },
  xxd: (call, input) => {
    const letters = call.words.map(({ text }) => text).join(' ');
    return /^(?:-(?:r|p|ps|plain|rp|pr) ?)+$/.test(letters) && /r/.test(letters) && /p/.test(letters)
      ? fromHex(input)
      : undefined;
  },
  rev: (call, input) =>
    call.operands.length > 0
      ? undefined
      : input
          ?.split('\n')
          .map((line) => [...line].reverse().join(''))
          .join('\n'),
  tr: translated,
  mktemp: (call) =>
    call.operands.length === 0 && !call.words.some(({ text }) => /^(?:-p|--tmpdir)/.test(text)) ? '/tmp/tmp.XXXXXX\n' : undefined,
  date: plain,
  whoami: plain,
  id: plain,
  hostname: plain,
  nproc: plain,
  uname: plain,
  arch: plain,
};

/** The output word for word; undefined where it is only known at run time. */
export function printedBy(name: string, call: ReadCall, io: Input, cwd: string | undefined): string | undefined {
  if (name === 'pwd') return cwd === undefined ? undefined : `${cwd === '' ? '$PWD' : cwd}\n`;
  if (!Object.hasOwn(PRINTERS, name)) return undefined;
  if (call.operands.some(uncertain) || call.words.some(uncertain)) return undefined;
  const input = io.text?.known === true ? io.text.text : undefined;
  const printed = PRINTERS[name]?.(call, input);
  return printed === undefined || printed.length > UNITS ? undefined : printed;
}

function uncertain({ known, glob }: Word): boolean {
  return !known || glob;
}

function echo(call: ReadCall): string | undefined {
  let at = 0;
  let newline = '\n';
  let escapes = false;
  for (; at < call.words.length && /^-[neE]+$/.test(call.words[at]?.text ?? ''); at++) {
    // Shells disagree on what a backslash means to `echo` by itself.
    if (!escapes && call.words.some((word) => word.text.includes('\\'))) return undefined;
    const text = call.words[at]?.text ?? '';
    if (text.includes('n')) newline = '';
    if (text.includes('e')) escapes = true;
  }
  const text = call.words
    .slice(at)
    .map((word) => word.text)
    .join(' ');
  return (escapes ? unescaped(text) : text) + newline;
}

/** Also the digits of `\x72`, `\162`, `\0162`. */
function unescaped(text: string): string {
  return text.replace(
    /\\(?:x([\dA-Fa-f]{1,2})|0?([0-7]{1,3})|([abefnrtv\\c]))/g,
    (_, hex?: string, octal?: string, letter?: string) => {
      if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
      return { n: '\n', t: '\t', r: '\r', '\\': '\\' }[letter ?? ''] ?? '';
    },
  );
}

function printf(call: ReadCall): string | undefined {
  const words = call.words[0]?.text === '--' ? call.words.slice(1) : call.words;
  const [format, ...values] = words;
  if (format === undefined || format.text.startsWith('-')) return undefined;
  if (/%(?![sbdc%])/.test(format.text)) return undefined;
  let at = 0;
  let printed = '';
  do {
    const before = at;
    printed += unescaped(format.text).replace(/%([sbdc%])/g, (_, kind: string) => {
      if (kind === '%') return '%';
      const text = values[at++]?.text ?? '';
      return kind === 'b' ? unescaped(text) : kind === 'c' ? text.charAt(0) : text;
    });
    if (at === before) break;
  } while (at < values.length && printed.length < UNITS);
  return printed;
}

function passed(call: ReadCall, input: string | undefined): string | undefined {
  return call.options.size === 0 && call.operands.every(({ text }) => text === '-' || text === '/dev/stdin') ? input : undefined;
}

function plain(call: ReadCall): string | undefined {
  return call.words.every(({ text }) => /^(?:-\w*|\+[-\w%:]+)$/.test(text)) ? '$RANDOM\n' : undefined;
}

function decoded(call: ReadCall, input: string | undefined, option: string, _format: 'base64'): string | undefined {
  const decodes = call.options.has(option) || call.words.some(({ text }) => /^(?:-\w*[dD]\w*|--d\w*)$/.test(text));
  if (!decodes || call.operands.length > 0) return undefined;
  return fromBase64(input);
}

function fromBase64(input: string | undefined): string | undefined {
  const text = input?.replace(/\s+/g, '');
  if (text === undefined || !/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length > UNITS) return undefined;
  return utf8(Uint8Array.from(atob(text.replace(/=+$/, '')), (char) => char.charCodeAt(0)));
}

function fromHex(input: string | undefined): string | undefined {
  const text = input?.replace(/\s+|0x/g, '');
  if (text === undefined || !/^(?:[\dA-Fa-f]{2})*$/.test(text) || text.length > UNITS) return undefined;
  return utf8(Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)));
}

function utf8(bytes: Uint8Array): string | undefined {
  const text = new TextDecoder().decode(bytes);
  return text.includes('\uFFFD') || text.includes('\0') ? undefined : text;
}

/** Sets of letters of one length, with ranges: `tr a-z n-za-m`. */
function translated(call: ReadCall, input: string | undefined): string | undefined {
  const [from, to] = call.words;
  if (from?.text === '-d' && to !== undefined && call.words.length === 2) {
    const gone = setOf(to.text);
    return gone === undefined ? undefined : input && [...input].filter((char) => !gone.includes(char)).join('');
  }
  if (from?.text.startsWith('-') === true && from.text.length > 1) return undefined;
  if (input === undefined || from === undefined || to === undefined || call.words.length !== 2) return undefined;
  const old = setOf(from.text);
  const next = setOf(to.text);
  if (old === undefined || next === undefined || next.length === 0) return undefined;
  const map = new Map(old.map((char, at) => [char, next[Math.min(at, next.length - 1)] ?? '']));
  return [...input].map((char) => map.get(char) ?? char).join('');
}

function setOf(text: string): string[] | undefined {
  if (/[\\[\]]/.test(text)) return undefined;
  const chars: string[] = [];
  const all = [...text];
  for (let at = 0; at < all.length; at++) {
    const char = all[at] ?? '';
    const end = all[at + 2];
    if (all[at + 1] !== '-' || end === undefined) {
      chars.push(char);
      continue;
    }
    for (let code = char.charCodeAt(0); code <= end.charCodeAt(0) && chars.length < 512; code++)
      chars.push(String.fromCharCode(code));
    at += 2;
  }
  return chars;
}
