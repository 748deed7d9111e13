/** `time.*` without a clock: reading, writing and calculating. The time of a decision is `input.time`. */
import { type RegoValue, isArray } from '../host/value.ts';
import { WEEKDAYS, formatMoment, layoutOf, parseMoment } from './go-layout.ts';
import type { Builtin } from './index.ts';
import { type Moment, addDate, daysInMonth, inRange, momentAt } from './moment.ts';
import { bigInteger, exact, integer, text } from './operands.ts';

export const TIME: Readonly<Record<string, Builtin>> = {
  'time.parse_ns': (layout, value) => exact(inRange(parseMoment(layoutOf(text(layout)), text(value)))),
  'time.parse_rfc3339_ns': (value) => exact(inRange(parseMoment(layoutOf('RFC3339'), text(value)))),
  'time.parse_duration_ns': (value) => exact(parseDuration(text(value))),
  'time.format': (value) => formatTime(value),
  'time.date': (value) => fieldsOf(value, ({ year, month, day }) => [year, month, day]),
  'time.clock': (value) => fieldsOf(value, ({ hour, minute, second }) => [hour, minute, second]),
  'time.weekday': (value) => fieldsOf(value, ({ weekday }) => WEEKDAYS[weekday] ?? ''),
  'time.add_date': (value, years, months, days) => {
    const { at, zone } = readTime(value);
    return exact(inRange(addDate(at, zone, integer(years), integer(months), integer(days))));
  },
  'time.diff': (a, b) => difference(readTime(a), readTime(b)),
};

interface ZonedTime {
  readonly at: bigint;
  /** Empty for UTC. */
  readonly zone: string;
  readonly layout: string;
}

/** Nanoseconds, or `[nanoseconds, zone]`, or `[nanoseconds, zone, layout]`. */
function readTime(value: RegoValue | undefined): ZonedTime {
  const [at, zone, layout] = isArray(value) ? value : [value];
  const name = zone === undefined ? '' : text(zone);
  // `Local` would be this machine's zone, which is no input of the decision: it is read as UTC.
  const plain = name === 'UTC' || name === 'Local' ? '' : name;
  return { at: inRange(bigInteger(at)), zone: plain, layout: layout === undefined ? '' : text(layout) };
}

function fieldsOf(value: RegoValue | undefined, pick: (moment: Moment) => RegoValue): RegoValue {
  const { at, zone } = readTime(value);
  return pick(momentAt(at, zone));
}

function formatTime(value: RegoValue | undefined): string {
  const { at, zone, layout } = readTime(value);
  return formatMoment(momentAt(at, zone), layoutOf(layout === '' ? 'RFC3339Nano' : layout));
}

/** [years, months, days, hours, minutes, seconds] between two times on the calendar of the first one's zone. */
function difference(a: ZonedTime, b: ZonedTime): RegoValue {
  const from = momentAt(a.at <= b.at ? a.at : b.at, a.zone);
  const to = momentAt(a.at <= b.at ? b.at : a.at, a.zone);
  let years = to.year - from.year;
  let months = to.month - from.month;
  let days = to.day - from.day;
  let hours = to.hour - from.hour;
  let minutes = to.minute - from.minute;
  let seconds = to.second - from.second;
  if (seconds < 0) [seconds, minutes] = [seconds + 60, minutes - 1];
  if (minutes < 0) [minutes, hours] = [minutes + 60, hours - 1];
  if (hours < 0) [hours, days] = [hours + 24, days - 1];
  if (days < 0) [days, months] = [days + daysInMonth(from.year, from.month), months - 1];
  if (months < 0) [months, years] = [months + 12, years - 1];
  return [years, months, days, hours, minutes, seconds];
}

/** Nanoseconds of each unit; `d`, `w` and `y` are OPA's own and count as 24 hours, 7 and 365 days. */
const UNITS: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  µs: 1_000n,
  μs: 1_000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
  d: 86_400_000_000_000n,
  w: 604_800_000_000_000n,
  y: 31_536_000_000_000_000n,
};
const SEGMENT = /(\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h|d|w|y)/g;

/** `1h30m`, `-1.5s`, `2d`; a part of a nanosecond is dropped. */
function parseDuration(source: string): bigint {
  const unsigned = source.replace(/^[+-]/, '');
  if (unsigned === '0') return 0n;
  if (unsigned === '' || unsigned.replace(SEGMENT, '') !== '') throw new SyntaxError(`not a duration: ${source}`);
  let total = 0n;
  for (const [, digits = '', unit = ''] of unsigned.matchAll(SEGMENT)) {
    const [whole = '', fraction = ''] = digits.split('.');
    total += (BigInt(whole + fraction) * (UNITS[unit] ?? 0n)) / 10n ** BigInt(fraction.length);
  }
  return inRange(source.startsWith('-') ? -total : total);
}
