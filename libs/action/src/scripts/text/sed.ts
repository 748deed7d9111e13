/** sed programs: addresses and one-letter commands, of which four reach out of the process (`e`, `w`, `W`, `r`) and two flags of `s`. */
import type { Effect } from '@countersign/kernel';
import { opaqueEffect } from '../../analysis.ts';
import { type ReadContext, pointed } from '../../reader.ts';
import { quote } from '../deeds.ts';

interface Reading {
  readonly text: string;
  readonly cx: ReadContext;
  readonly out: Effect[];
  at: number;
}

export function sedEffects(text: string, cx: ReadContext): readonly Effect[] {
  const reading: Reading = { text, cx, out: [], at: 0 };
  while (reading.at < text.length) {
    const before = reading.at;
    if (!command(reading)) {
      reading.out.push(opaqueEffect({ start: reading.at, end: text.length }, 'not a sed program that can be read'));
      break;
    }
    // Each command takes at least one character.
    if (reading.at <= before) reading.at = before + 1;
  }
  return reading.out;
}

function command(reading: Reading): boolean {
  skip(reading, /[\s;{}]/);
  if (reading.at >= reading.text.length) return true;
  for (let i = 0; i < 2; i++) {
    if (!address(reading)) return false;
    skip(reading, /\s/);
    if (reading.text[reading.at] !== ',') break;
    reading.at++;
    skip(reading, /\s/);
  }
  skip(reading, /[\s!]/);
  const start = reading.at;
  const letter = reading.text[reading.at++] ?? '';
  switch (letter) {
    case '{':
    case '}':
    case '=':
    case 'd':
    case 'D':
    case 'g':
    case 'G':
    case 'h':
    case 'H':
    case 'n':
    case 'N':
    case 'p':
    case 'P':
    case 'x':
    case 'z':
    case 'F':
      return true;
    case '#':
      restOfLine(reading);
      return true;
    case 'a':
    case 'i':
    case 'c':
      // A backslash at its end goes on with the next line.
      while (/\\$/.test(restOfLine(reading))) reading.at++;
      return true;
    case ':':
    case 'b':
    case 't':
    case 'T':
    case 'q':
    case 'Q':
    case 'l':
    case 'L':
    case 'v':
      skip(reading, /[^;\n}]/);
      return true;
    case 'r':
    case 'R':
      return shell(`cat ${quote(restOfLine(reading))}`, letter, start, reading);
    case 'w':
    case 'W':
      return writes(restOfLine(reading), letter, start, reading);
    case 'e':
      return executes(restOfLine(reading), 'e', start, reading);
    case 's':
      return substitute(reading, start);
    case 'y':
      return delimited(reading, 2);
    default:
      return false;
  }
}

function skip(reading: Reading, pattern: RegExp): void {
  while (reading.at < reading.text.length && pattern.test(reading.text[reading.at] ?? '')) reading.at++;
}

function address(reading: Reading): boolean {
  const rest = reading.text.slice(reading.at, reading.at + 40);
  const plain = /^(?:[+~]?\d+(?:~\d+)?|\$)/.exec(rest)?.[0];
  if (plain !== undefined) reading.at += plain.length;
  else if (rest.startsWith('/')) {
    if (!delimited(reading, 1)) return false;
    skip(reading, /[IM]/);
  } else if (rest.startsWith('\\')) {
    reading.at++;
    if (!delimited(reading, 1)) return false;
    skip(reading, /[IM]/);
  }
  return true;
}

/** Moves past `count` parts between the delimiter that stands here. */
function delimited(reading: Reading, count: number): boolean {
  const delimiter = reading.text[reading.at] ?? '';
  if (delimiter === '' || delimiter === '\n') return false;
  reading.at++;
  for (let part = 0; part < count; part++) {
    let bracket = false;
    for (;;) {
      const char = reading.text[reading.at++];
      if (char === undefined) return false;
      if (char === '\\') reading.at++;
      else if (char === '[' && part === 0 && !bracket) bracket = reading.text.slice(reading.at, reading.at + 200).includes(']');
      else if (char === ']') bracket = false;
      else if (char === delimiter && !bracket) break;
    }
  }
  return true;
}

function restOfLine(reading: Reading): string {
  const end = reading.text.indexOf('\n', reading.at);
  const line = reading.text.slice(reading.at, end < 0 ? undefined : end).trim();
  reading.at = end < 0 ? reading.text.length : end;
  return line;
}

function substitute(reading: Reading, start: number): boolean {
  if (!delimited(reading, 2)) return false;
  for (;;) {
    const flag = reading.text[reading.at] ?? '';
    if (!/[gpIiMm0-9ew]/.test(flag) || flag === '') return true;
    reading.at++;
    if (flag === 'w') return writes(restOfLine(reading), 's///w', start, reading);
    if (flag === 'e') executes('', 's///e', start, reading);
  }
}

function writes(path: string, via: string, start: number, reading: Reading): boolean {
  return /^\/dev\/std(out|err)$/.test(path) || shell(`tee ${quote(path)}`, via, start, reading);
}

function executes(commandLine: string, via: string, start: number, reading: Reading): boolean {
  const span = { start, end: reading.at };
  if (commandLine !== '') return shell(commandLine, via, start, reading);
  const why = 'runs what a line holds as a command';
  reading.out.push(
    { kind: 'code_execution', scope: 'unknown', reversible: 'no', targets: [], span, via, why },
    opaqueEffect(span, why, via),
  );
  return true;
}

function shell(text: string, via: string, start: number, reading: Reading): boolean {
  const { effects } = reading.cx.embedded({ kind: 'shell', text });
  reading.out.push(...pointed(effects, { start, end: reading.at }, via).filter((effect) => effect.kind !== 'none'));
  return true;
}
