/** One instant as a place reads it. Nanoseconds since 1970 are BigInt; zones are the IANA names that the JavaScript engine carries. */

export const NANOSECONDS_PER_SECOND = 1_000_000_000n;
/** What a signed 64-bit count of nanoseconds reaches: 1677-09-21 to 2262-04-11. */
const LIMIT = 1n << 63n;

export interface Moment {
  readonly year: number;
  /** 1–12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly nanosecond: number;
  /** 0 is Sunday. */
  readonly weekday: number;
  /** 1–366. */
  readonly yearDay: number;
  readonly offsetSeconds: number;
  /** `UTC`, `PST`, or the offset where the zone has no abbreviation. */
  readonly zone: string;
}

export function inRange(nanoseconds: bigint): bigint {
  if (nanoseconds < -LIMIT || nanoseconds >= LIMIT) throw new RangeError('time outside of valid range');
  return nanoseconds;
}

export function momentAt(nanoseconds: bigint, zone: string): Moment {
  const seconds = floorDivide(nanoseconds, NANOSECONDS_PER_SECOND);
  const offsetSeconds = offsetAt(Number(seconds), zone);
  const local = new Date((Number(seconds) + offsetSeconds) * 1000);
  const year = local.getUTCFullYear();
  return {
    year,
    month: local.getUTCMonth() + 1,
    day: local.getUTCDate(),
    hour: local.getUTCHours(),
    minute: local.getUTCMinutes(),
    second: local.getUTCSeconds(),
    nanosecond: Number(nanoseconds - seconds * NANOSECONDS_PER_SECOND),
    weekday: local.getUTCDay(),
    yearDay: Math.round((Date.UTC(year, local.getUTCMonth(), local.getUTCDate()) - Date.UTC(year, 0, 1)) / 86_400_000) + 1,
    offsetSeconds,
    zone: zone === '' ? 'UTC' : abbreviation(Number(seconds), zone, offsetSeconds),
  };
}

/** Years, months and days further on the calendar of the zone, as Go's Time.AddDate: 31 October plus one month is 1 December. */
export function addDate(nanoseconds: bigint, zone: string, years: number, months: number, days: number): bigint {
  const from = momentAt(nanoseconds, zone);
  const local = new Date(0);
  local.setUTCFullYear(from.year + years, from.month - 1 + months, from.day + days);
  local.setUTCHours(from.hour, from.minute, from.second, 0);
  if (Number.isNaN(local.getTime())) throw new RangeError('time outside of valid range');
  const seconds = local.getTime() / 1000;
  // The offset of the day before the answer is known; asked again for the first answer it is right except inside a change of the clock.
  const guess = seconds - offsetAt(seconds - from.offsetSeconds, zone);
  const exact = seconds - offsetAt(guess, zone);
  return BigInt(exact) * NANOSECONDS_PER_SECOND + BigInt(from.nanosecond);
}

export function daysInMonth(year: number, month: number): number {
  const last = new Date(0);
  last.setUTCFullYear(year, month, 0);
  return last.getUTCDate();
}

function offsetAt(seconds: number, zone: string): number {
  if (zone === '') return 0;
  const fields = new Map(
    formatter(zone)
      .formatToParts(seconds * 1000)
      .map(({ type, value }) => [type, Number(value)] as const),
  );
  const field = (name: Intl.DateTimeFormatPartTypes): number => fields.get(name) ?? 0;
  const local = new Date(0);
  local.setUTCFullYear(field('year'), field('month') - 1, field('day'));
  local.setUTCHours(field('hour'), field('minute'), field('second'), 0);
  return local.getTime() / 1000 - seconds;
}

function abbreviation(seconds: number, zone: string, offsetSeconds: number): string {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'short' }).formatToParts(seconds * 1000);
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
  if (/^[A-Z]{2,5}$/.test(name)) return name;
  const hours = String(Math.trunc(Math.abs(offsetSeconds) / 3600)).padStart(2, '0');
  const minutes = Math.trunc(Math.abs(offsetSeconds) / 60) % 60;
  return `${offsetSeconds < 0 ? '-' : '+'}${hours}${minutes === 0 ? '' : String(minutes).padStart(2, '0')}`;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Throws a RangeError for a zone that does not exist; so there are never more entries than zones, some 600. */
function formatter(zone: string): Intl.DateTimeFormat {
  let known = formatters.get(zone);
  if (known === undefined) {
    const numeric = 'numeric' as const;
    const fields = { year: numeric, month: numeric, day: numeric, hour: numeric, minute: numeric, second: numeric };
    known = new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', ...fields });
    formatters.set(zone, known);
  }
  return known;
}

function floorDivide(value: bigint, by: bigint): bigint {
  const quotient = value / by;
  return value % by < 0n ? quotient - 1n : quotient;
}
