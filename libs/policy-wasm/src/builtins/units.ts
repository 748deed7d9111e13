/** `units.parse` and `units.parse_bytes`: amounts with SI and binary units, computed exactly. */
import type { Builtin } from './index.ts';
import { exact, text } from './operands.ts';

export const UNITS: Readonly<Record<string, Builtin>> = {
  'units.parse': (amount) => parseUnits(text(amount)),
  'units.parse_bytes': (amount) => parseBytes(text(amount)),
};

/** An exact fraction. */
interface Ratio {
  readonly top: bigint;
  readonly bottom: bigint;
}

const LETTERS = ['k', 'm', 'g', 't', 'p', 'e'];
/** A larger exponent would make a number of millions of digits (OPA: parse_bytes.go). */
const CAP_EXPONENT_DIGITS = 6;
/** Far beyond every unit, and still quick to compute with. */
const CAP_EXPONENT = 5_000n;
const AMOUNT = /^([+-]?\d*\.?\d*(?:[eE][+-]?\d+)?)(.*)$/s;
const DECIMAL = /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/;
/** OPA prints ten digits where the result is no whole number. */
const FRACTION_DIGITS = 10;

function parseUnits(source: string): number | bigint {
  const { amount, unit } = split(source.replaceAll('"', ''));
  const { top, bottom } = times(amount, unitFactor(unit.slice(0, 1) + unit.slice(1).toLowerCase()));
  return top % bottom === 0n ? exact(top / bottom) : Number(fixed({ top, bottom }));
}

function parseBytes(source: string): number | bigint {
  const { amount, unit } = split(source.toLowerCase().replaceAll('"', ''));
  const { top, bottom } = times(amount, { top: byteFactor(unit), bottom: 1n });
  return exact(top / bottom);
}

function split(source: string): { readonly amount: Ratio; readonly unit: string } {
  if (source.includes(' ')) throw new SyntaxError('spaces not allowed in resource strings');
  const [, amount = '', unit = ''] = AMOUNT.exec(source) ?? [];
  if (amount === '') throw new SyntaxError('no amount provided');
  return { amount: ratio(amount), unit };
}

function ratio(amount: string): Ratio {
  const [, sign, whole = '', fraction = '', power = '0'] = DECIMAL.exec(amount) ?? [];
  if (whole === '' && fraction === '') throw new SyntaxError('could not parse amount to a number');
  if (power.replace(/^[+-]/, '').length > CAP_EXPONENT_DIGITS) throw new RangeError('exponent too large');
  const exponent = BigInt(power) - BigInt(fraction.length);
  if (exponent > CAP_EXPONENT || exponent < -CAP_EXPONENT) throw new RangeError('exponent too large');
  const digits = BigInt(whole + fraction) * (sign === '-' ? -1n : 1n);
  return exponent >= 0n ? { top: digits * 10n ** exponent, bottom: 1n } : { top: digits, bottom: 10n ** -exponent };
}

/** `m` is milli and `M` mega; otherwise the case of the first letter does not count. */
function unitFactor(unit: string): Ratio {
  if (unit === 'm') return { top: 1n, bottom: 1000n };
  if (unit === '') return { top: 1n, bottom: 1n };
  const power = BigInt(LETTERS.indexOf(unit.slice(0, 1).toLowerCase()) + 1);
  if (power === 0n || (unit.length > 1 && unit.slice(1) !== 'i')) throw new SyntaxError(`unit ${unit} not recognized`);
  return { top: (unit.length > 1 ? 1024n : 1000n) ** power, bottom: 1n };
}

function byteFactor(unit: string): bigint {
  if (unit === '') return 1n;
  const power = BigInt(LETTERS.indexOf(unit.slice(0, 1)) + 1);
  const rest = unit.slice(1);
  if (power === 0n || !['', 'b', 'i', 'ib'].includes(rest)) throw new SyntaxError(`byte unit ${unit} not recognized`);
  return (rest.startsWith('i') ? 1024n : 1000n) ** power;
}

function times(a: Ratio, b: Ratio): Ratio {
  return { top: a.top * b.top, bottom: a.bottom * b.bottom };
}

function fixed({ top, bottom }: Ratio): string {
  const scale = 10n ** BigInt(FRACTION_DIGITS);
  const negative = top < 0n;
  const scaled = ((negative ? -top : top) * scale * 2n + bottom) / (bottom * 2n);
  const digits = scaled.toString().padStart(FRACTION_DIGITS + 1, '0');
  return `${negative ? '-' : ''}${digits.slice(0, -FRACTION_DIGITS)}.${digits.slice(-FRACTION_DIGITS)}`;
}
