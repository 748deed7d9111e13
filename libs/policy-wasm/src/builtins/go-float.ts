/** Floats as Go's package fmt writes them. */

/** Below 10^-4 and from here on `%v` and `%g` change to an exponent (Go: fmt/print.go, strconv/ftoa.go). */
const SMALLEST_PLAIN_EXPONENT = -4;
const EXPONENT_FROM = 6;
const DEFAULT_PRECISION = 6;

/** `value` is not negative; `precision` undefined means the shortest text that reads back the same, or 6 for `e` and `f`. */
export function formatFloat(value: number, verb: string, precision: number | undefined): string {
  const lower = verb.toLowerCase();
  const text =
    lower === 'e'
      ? exponent(value.toExponential(precision ?? DEFAULT_PRECISION))
      : lower === 'f'
        ? value.toFixed(precision ?? DEFAULT_PRECISION)
        : general(value, precision);
  return verb === 'E' || verb === 'G' ? text.toUpperCase() : text;
}

function general(value: number, precision: number | undefined): string {
  const scientific = precision === undefined ? value.toExponential() : value.toExponential(Math.max(precision - 1, 0));
  const power = Number(scientific.slice(scientific.indexOf('e') + 1));
  const [digits = ''] = scientific.split('e');
  const limit = precision === undefined ? EXPONENT_FROM : Math.max(precision, 1);
  if (power < SMALLEST_PLAIN_EXPONENT || power >= limit)
    return exponent(`${trimZeros(digits)}e${power < 0 ? '-' : '+'}${Math.abs(power)}`);
  const figures = digits.replace('.', '').length;
  return trimZeros(value.toFixed(Math.min(100, Math.max(0, figures - 1 - power))));
}

function trimZeros(digits: string): string {
  return digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits;
}

/** Go writes at least two digits of exponent. */
function exponent(text: string): string {
  return text.replace(/e([+-])(\d)$/, 'e$10$2');
}
