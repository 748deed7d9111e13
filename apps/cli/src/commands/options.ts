/** Options that several commands share, and how text becomes their values. */
import { InvalidArgumentError } from 'commander';

/** For an option that may be given several times; commas separate too. */
export function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [
    ...before,
    ...value
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== ''),
  ];
}

/** `TYPE:ID`, e.g. `table:customers`; the id may hold further colons. */
export function parseResource(value: string): { type: string; id: string } {
  const at = value.indexOf(':');
  if (at <= 0 || at === value.length - 1) throw new InvalidArgumentError('It must be TYPE:ID, e.g. table:customers.');
  return { type: value.slice(0, at), id: value.slice(at + 1) };
}

export function parseJson(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    throw new InvalidArgumentError('It must be JSON.');
  }
}

const UNIT_MS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `30s`, `15m`, `8h`, `90d` in milliseconds. */
export function parseDuration(value: string): number {
  const match = /^(\d{1,6})([smhd])$/.exec(value);
  const ms = Number(match?.[1]) * (UNIT_MS[match?.[2] ?? ''] ?? Number.NaN);
  if (!(ms > 0)) throw new InvalidArgumentError('It must be a number and a unit, e.g. 30s, 15m, 8h or 90d.');
  return ms;
}

export function parseCount(value: string): number {
  const count = Number(value);
  if (!/^\d{1,6}$/.test(value) || count < 1) throw new InvalidArgumentError('It must be a whole number from 1.');
  return count;
}
