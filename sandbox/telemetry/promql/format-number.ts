// Numbers as Go prints them.

/** `%g`, which turns to powers of ten from six digits on, or `%.Ng` with a precision. */
export function formatG(value: number, precision?: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const scientific = precision === undefined ? value.toExponential() : value.toExponential(precision - 1);
  const [mantissa, power] = scientific.split('e') as [string, string];
  const exponent = Number(power);
  const digits = mantissa.replace(/[-.]/g, '').replace(/0+$/, '') || '0';
  const limit = precision ?? 6;
  if (exponent < -4 || exponent >= limit) {
    const sign = exponent < 0 ? '-' : '+';
    const head = digits.length > 1 ? `${digits[0]}.${digits.slice(1)}` : digits;
    return `${value < 0 ? '-' : ''}${head}e${sign}${String(Math.abs(exponent)).padStart(2, '0')}`;
  }
  return formatPlain(Number(scientific));
}

/** `%f` with as few digits as tell the number apart: strconv.FormatFloat(v, 'f', -1, 64). */
export function formatPlain(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
  if (Object.is(value, -0)) return '-0';
  const text = String(value);
  const match = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(text);
  if (match === null) return text;
  const [, sign, first, more = '', power] = match;
  const exponent = Number(power);
  const digits = `${first}${more}`;
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
  return `${sign}${digits.padEnd(exponent + 1, '0')}`;
}

/** With an exponent always: strconv.FormatFloat(v, 'E', -1, 64). */
export function formatExponent(value: number): string {
  if (!Number.isFinite(value)) return formatPlain(value);
  const sign = Object.is(value, -0) ? '-' : '';
  const text = value.toExponential().replace(/e([+-])(\d)$/, 'e$10$2');
  return sign + text.toUpperCase();
}
