/** Go's layouts: a time format is written as the reference time `Mon Jan 2 15:04:05 MST 2006` (Go: time/format.go). */
import { type Moment, NANOSECONDS_PER_SECOND, daysInMonth } from './moment.ts';

const CHUNK =
  /January|Jan(?![a-z])|Monday|Mon(?![a-z])|MST|__2|_2(?!006)|2006|002|0[1-6]|15|[1-5]|PM|pm|[-Z]07(?::00:00|0000|:00|00)?|[.,](?:0+|9+)(?!\d)/g;

export const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
export const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** The names that OPA takes in place of a layout. */
const NAMED: Readonly<Record<string, string>> = {
  ANSIC: 'Mon Jan _2 15:04:05 2006',
  UnixDate: 'Mon Jan _2 15:04:05 MST 2006',
  RubyDate: 'Mon Jan 02 15:04:05 -0700 2006',
  RFC822: '02 Jan 06 15:04 MST',
  RFC822Z: '02 Jan 06 15:04 -0700',
  RFC850: 'Monday, 02-Jan-06 15:04:05 MST',
  RFC1123: 'Mon, 02 Jan 2006 15:04:05 MST',
  RFC1123Z: 'Mon, 02 Jan 2006 15:04:05 -0700',
  RFC3339: '2006-01-02T15:04:05Z07:00',
  RFC3339Nano: '2006-01-02T15:04:05.999999999Z07:00',
};

export function layoutOf(name: string): string {
  return NAMED[name] ?? name;
}

export function formatMoment(moment: Moment, layout: string): string {
  return layout.replace(CHUNK, (chunk) => formatChunk(moment, chunk));
}

function formatChunk(moment: Moment, chunk: string): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const hour12 = moment.hour % 12 || 12;
  if (chunk.startsWith('-07') || chunk.startsWith('Z07')) return formatOffset(moment.offsetSeconds, chunk);
  if (chunk.startsWith('.') || chunk.startsWith(',')) return formatFraction(moment.nanosecond, chunk);
  switch (chunk) {
    case '2006':
      return String(moment.year).padStart(4, '0');
    case '06':
      return two(moment.year % 100);
    case 'January':
      return MONTHS[moment.month - 1] ?? '';
    case 'Jan':
      return (MONTHS[moment.month - 1] ?? '').slice(0, 3);
    case 'Monday':
      return WEEKDAYS[moment.weekday] ?? '';
    case 'Mon':
      return (WEEKDAYS[moment.weekday] ?? '').slice(0, 3);
    case '002':
      return String(moment.yearDay).padStart(3, '0');
    case '__2':
      return String(moment.yearDay).padStart(3, ' ');
    case '_2':
      return String(moment.day).padStart(2, ' ');
    case 'MST':
      return moment.zone;
    case 'PM':
      return moment.hour >= 12 ? 'PM' : 'AM';
    case 'pm':
      return moment.hour >= 12 ? 'pm' : 'am';
    default: {
      const values: Readonly<Record<string, number>> = {
        1: moment.month,
        2: moment.day,
        3: hour12,
        4: moment.minute,
        5: moment.second,
      };
      if (chunk === '15') return two(moment.hour);
      const value = values[chunk.slice(-1)] ?? 0;
      return chunk.length === 2 ? two(value) : String(value);
    }
  }
}

function formatOffset(offsetSeconds: number, chunk: string): string {
  if (chunk.startsWith('Z') && offsetSeconds === 0) return 'Z';
  const all = Math.abs(offsetSeconds);
  const parts = [Math.trunc(all / 3600), Math.trunc(all / 60) % 60, all % 60].map((part) => String(part).padStart(2, '0'));
  const kept = chunk.replaceAll(':', '').length === 3 ? 1 : chunk.replaceAll(':', '').length === 5 ? 2 : 3;
  return (offsetSeconds < 0 ? '-' : '+') + parts.slice(0, kept).join(chunk.includes(':') ? ':' : '');
}

function formatFraction(nanosecond: number, chunk: string): string {
  const digits = String(nanosecond)
    .padStart(9, '0')
    .slice(0, chunk.length - 1);
  const kept = chunk.includes('9') ? digits.replace(/0+$/, '') : digits.padEnd(chunk.length - 1, '0');
  return kept === '' ? '' : chunk.slice(0, 1) + kept;
}

interface Parsed {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  nanosecond: number;
  afternoon: boolean | undefined;
  offsetSeconds: number;
}

/** Nanoseconds since 1970; without an offset the text is UTC. Throws a SyntaxError when the text does not fit the layout. */
export function parseMoment(layout: string, text: string): bigint {
  const parsed: Parsed = {
    year: 0,
    month: 1,
    day: 1,
    hour: 0,
    minute: 0,
    second: 0,
    nanosecond: 0,
    afternoon: undefined,
    offsetSeconds: 0,
  };
  let at = 0;
  let before = 0;
  const literal = (expected: string): void => {
    if (!text.startsWith(expected, at)) throw new SyntaxError(`${text} does not fit ${layout}`);
    at += expected.length;
  };
  for (const found of layout.matchAll(CHUNK)) {
    literal(layout.slice(before, found.index));
    before = found.index + found[0].length;
    at += parseChunk(found[0], text.slice(at), parsed);
    const fraction = /^[.,]\d+/.exec(text.slice(at))?.[0];
    // A fraction of a second is read even where the layout has none (Go: time.Parse).
    if (fraction && found[0].endsWith('5') && !/^[.,][09]/.test(layout.slice(before))) at += readFraction(fraction, parsed);
  }
  literal(layout.slice(before));
  if (at !== text.length) throw new SyntaxError(`${text} is longer than ${layout}`);
  return toInstant(parsed);
}

/** How many characters of the text the chunk took. */
function parseChunk(chunk: string, text: string, parsed: Parsed): number {
  if (chunk.startsWith('-07') || chunk.startsWith('Z07')) return parseOffset(chunk, text, parsed);
  if (chunk.startsWith('.') || chunk.startsWith(',')) return parseFraction(chunk, text, parsed);
  if (chunk === 'January' || chunk === 'Jan') return parseName(MONTHS, chunk, text, (index) => (parsed.month = index + 1));
  if (chunk === 'Monday' || chunk === 'Mon') return parseName(WEEKDAYS, chunk, text, () => undefined);
  if (chunk === 'MST') return match(/^[A-Z]{3,5}/, text).length;
  if (chunk === 'PM' || chunk === 'pm') {
    const half = match(/^[AaPp][Mm]/, text).toUpperCase();
    parsed.afternoon = half === 'PM';
    return half.length;
  }
  if (chunk === '2006') return put(parsed, 'year', match(/^\d{4}/, text));
  if (chunk === '06') {
    const year = match(/^\d\d/, text);
    // Go's own window: 69 to 99 are the twentieth century.
    parsed.year = Number(year) + (Number(year) >= 69 ? 1900 : 2000);
    return year.length;
  }
  if (chunk === '_2') return put(parsed, 'day', match(/^ ?\d{1,2}/, text));
  const field = chunk === '15' ? 'hour' : FIELDS[chunk.slice(-1)];
  if (field === undefined) throw new SyntaxError(`${chunk} cannot be read`);
  return put(parsed, field, match(chunk.startsWith('0') ? /^\d\d/ : /^\d{1,2}/, text));
}

type Field = 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second';
const FIELDS: Readonly<Record<string, Field>> = { 1: 'month', 2: 'day', 3: 'hour', 4: 'minute', 5: 'second' };

function put(parsed: Parsed, field: Field, digits: string): number {
  parsed[field] = Number(digits);
  return digits.length;
}

function match(pattern: RegExp, text: string): string {
  const found = pattern.exec(text)?.[0];
  if (found === undefined) throw new SyntaxError(`${text} does not fit`);
  return found;
}

function parseName(names: readonly string[], chunk: string, text: string, take: (index: number) => unknown): number {
  const wanted = names.map((name) => (chunk.length === 3 ? name.slice(0, 3) : name));
  const index = wanted.findIndex((name) => text.toLowerCase().startsWith(name.toLowerCase()));
  if (index < 0) throw new SyntaxError(`${text} does not fit ${chunk}`);
  take(index);
  return wanted[index]?.length ?? 0;
}

function parseOffset(chunk: string, text: string, parsed: Parsed): number {
  if (chunk.startsWith('Z') && text.startsWith('Z')) return 1;
  const shape = chunk.slice(3).replaceAll(/00/g, '(\\d\\d)');
  const found = new RegExp(`^([+-])(\\d\\d)${shape}`).exec(text);
  if (!found) throw new SyntaxError(`${text} has no offset`);
  const [all, sign, hours = '0', minutes = '0', seconds = '0'] = found;
  if (Number(hours) > 24 || Number(minutes) > 59 || Number(seconds) > 59) throw new RangeError('offset out of range');
  parsed.offsetSeconds = (sign === '-' ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds));
  return all.length;
}

function parseFraction(chunk: string, text: string, parsed: Parsed): number {
  if (chunk.includes('9')) {
    const found = /^[.,]\d+/.exec(text)?.[0];
    return found === undefined ? 0 : readFraction(found, parsed);
  }
  return readFraction(match(new RegExp(`^[.,]\\d{${chunk.length - 1}}`), text), parsed);
}

function readFraction(text: string, parsed: Parsed): number {
  parsed.nanosecond = Number(text.slice(1, 10).padEnd(9, '0'));
  return text.length;
}

function toInstant(parsed: Parsed): bigint {
  const { year, month, day, minute, second, afternoon } = parsed;
  let { hour } = parsed;
  if (afternoon === true && hour < 12) hour += 12;
  if (afternoon === false && hour === 12) hour = 0;
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) throw new RangeError('day out of range');
  if (hour > 23 || minute > 59 || second > 59) throw new RangeError('time out of range');
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const seconds = date.getTime() / 1000 + hour * 3600 + minute * 60 + second - parsed.offsetSeconds;
  return BigInt(seconds) * NANOSECONDS_PER_SECOND + BigInt(parsed.nanosecond);
}
