/**
 * `sprintf` with the verbs of Go's package fmt, in the form in which OPA hands it values: whole numbers, floats, strings, and every
 * other value as its Rego text. Mistakes are shown in the result (`%!d(string=x)`), as Go does.
 */
import { regoText } from '../host/order.ts';
import type { RegoValue } from '../host/value.ts';
import { formatFloat } from './go-float.ts';

interface Flags {
  readonly plus: boolean;
  readonly minus: boolean;
  readonly sharp: boolean;
  readonly space: boolean;
  readonly zero: boolean;
  readonly width: number | undefined;
  readonly precision: number | undefined;
}

type Argument =
  | { readonly type: 'int64' | '*big.Int'; readonly value: bigint }
  | { readonly type: 'float64'; readonly value: number }
  | { readonly type: 'string'; readonly value: string };

const DIRECTIVE = /%([+\-# 0]*)(?:\[(\d+)\])?(\*|\d+)?(?:\.(\*|\d*))?(?:\[(\d+)\])?([\s\S])?/gu;
/** Go's own limit on a width or a precision; larger ones count as a mistake. */
const CAP_WIDTH = 1_000_000;

export function sprintf(format: string, values: readonly RegoValue[]): string {
  let next = 0;
  let reordered = false;
  const take = (): RegoValue | undefined => values[next++];
  const text = format.replace(
    DIRECTIVE,
    (_, signs: string, index1: string, width: string, precision: string, index2: string, verb: string) => {
      if (verb === undefined) return '%!(NOVERB)';
      if (verb === '%') return '%';
      if (index1 !== undefined || index2 !== undefined) {
        reordered = true;
        next = Number(index2 ?? index1) - 1;
        if (next < 0 || next >= values.length) return `%!${verb}(BADINDEX)`;
      }
      const flags = readFlags(signs, size(width, take), size(precision === '' ? '0' : precision, take));
      if (next >= values.length) return `%!${verb}(MISSING)`;
      return directive(verb, argument(take() ?? null), flags);
    },
  );
  if (reordered || next >= values.length) return text;
  const extra = values.slice(next).map((value) => describe(argument(value)));
  return `${text}%!(EXTRA ${extra.join(', ')})`;
}

function argument(value: RegoValue): Argument {
  if (typeof value === 'bigint') return { type: fits64(value) ? 'int64' : '*big.Int', value };
  if (typeof value === 'number')
    return Number.isInteger(value) ? { type: 'int64', value: BigInt(value) } : { type: 'float64', value };
  return { type: 'string', value: typeof value === 'string' ? value : regoText(value) };
}

function fits64(value: bigint): boolean {
  return BigInt.asIntN(64, value) === value;
}

function describe({ type, value }: Argument): string {
  const shown = typeof value === 'number' ? formatFloat(value, 'v', undefined) : String(value);
  return `${type}=${shown}`;
}

function size(given: string | undefined, take: () => RegoValue | undefined): number | undefined {
  if (given === undefined) return undefined;
  const value = given === '*' ? Number(take()) : Number(given);
  return Number.isInteger(value) && Math.abs(value) <= CAP_WIDTH ? value : undefined;
}

function readFlags(signs: string, width: number | undefined, precision: number | undefined): Flags {
  const minus = signs.includes('-') || (width ?? 0) < 0;
  return {
    plus: signs.includes('+'),
    minus,
    sharp: signs.includes('#'),
    space: signs.includes(' '),
    zero: signs.includes('0') && !minus,
    width: width === undefined ? undefined : Math.abs(width),
    precision: precision === undefined || precision < 0 ? undefined : precision,
  };
}

function directive(verb: string, given: Argument, flags: Flags): string {
  const shown =
    verb === 'T'
      ? pad(given.type, { ...flags, zero: false })
      : typeof given.value === 'bigint'
        ? formatInt(verb, given.value, flags)
        : typeof given.value === 'number'
          ? formatNumber(verb, given.value, flags)
          : formatText(verb, given.value, flags);
  return shown ?? `%!${verb}(${describe(given)})`;
}

const BASES: Readonly<Record<string, number>> = { d: 10, v: 10, b: 2, o: 8, O: 8, x: 16, X: 16 };
const PREFIXES: Readonly<Record<string, string>> = { b: '0b', o: '0', x: '0x', X: '0X' };

function formatInt(verb: string, value: bigint, flags: Flags): string | undefined {
  // A value such as 100.0 has lost its point on the way here, so a whole number is taken for a float where one is asked for.
  if ('eEfFgG'.includes(verb)) return formatNumber(verb, Number(value), flags);
  if (verb === 's' && !fits64(value)) return pad(String(value), flags);
  if (verb === 'c') return pad(codePoint(value), flags);
  if (verb === 'q') return pad(`'${codePoint(value)}'`, flags);
  if (verb === 'U') return pad(`U+${value.toString(16).toUpperCase().padStart(4, '0')}`, { ...flags, zero: false });
  const base = BASES[verb];
  if (base === undefined) return undefined;
  let digits = (value < 0n ? -value : value).toString(base);
  if (verb === 'X') digits = digits.toUpperCase();
  if (flags.precision !== undefined) digits = flags.precision === 0 && value === 0n ? '' : digits.padStart(flags.precision, '0');
  const prefix = verb === 'O' ? '0o' : flags.sharp ? (PREFIXES[verb] ?? '') : '';
  return padNumber(signOf(value < 0n, flags) + prefix, digits, { ...flags, zero: flags.zero && flags.precision === undefined });
}

function formatNumber(verb: string, value: number, flags: Flags): string | undefined {
  if (!'veEfFgG'.includes(verb)) return undefined;
  const digits = formatFloat(Math.abs(value), verb, flags.precision);
  return padNumber(signOf(value < 0, flags), digits, flags);
}

function formatText(verb: string, value: string, flags: Flags): string | undefined {
  const cut = flags.precision === undefined ? value : Array.from(value).slice(0, flags.precision).join('');
  if (verb === 's' || verb === 'v') return pad(cut, flags);
  if (verb === 'q') return pad(flags.sharp && !cut.includes('`') ? `\`${cut}\`` : quote(cut, flags.plus), flags);
  if (verb !== 'x' && verb !== 'X') return undefined;
  let hex = Buffer.from(value).subarray(0, flags.precision).toString('hex');
  if (flags.space) hex = hex.replace(/(..)(?=.)/g, '$1 ');
  if (flags.sharp && hex !== '') hex = `0x${hex}`;
  return pad(verb === 'X' ? hex.toUpperCase() : hex, flags);
}

function signOf(negative: boolean, { plus, space }: Flags): string {
  return negative ? '-' : plus ? '+' : space ? ' ' : '';
}

function padNumber(lead: string, digits: string, flags: Flags): string {
  if (!flags.zero || flags.width === undefined) return pad(lead + digits, { ...flags, zero: false });
  return lead + digits.padStart(flags.width - lead.length, '0');
}

function pad(value: string, { width, minus, zero }: Flags): string {
  const missing = (width ?? 0) - Array.from(value).length;
  if (missing <= 0) return value;
  return minus ? value + ' '.repeat(missing) : (zero ? '0' : ' ').repeat(missing) + value;
}

function codePoint(value: bigint): string {
  return value >= 0n && value <= 0x10ffffn ? String.fromCodePoint(Number(value)) : '\ufffd';
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '"': '\\"',
  '\\': '\\\\',
};

function quote(value: string, asciiOnly: boolean): string {
  const escaped = Array.from(value, (character) => {
    const known = ESCAPES[character];
    if (known !== undefined) return known;
    const point = character.codePointAt(0) ?? 0;
    if (point < 0x20 || point === 0x7f) return `\\x${point.toString(16).padStart(2, '0')}`;
    if (!asciiOnly || point < 0x80) return character;
    return point > 0xffff ? `\\U${point.toString(16).padStart(8, '0')}` : `\\u${point.toString(16).padStart(4, '0')}`;
  });
  return `"${escaped.join('')}"`;
}
