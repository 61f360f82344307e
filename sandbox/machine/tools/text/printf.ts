/** A number as C's `%e`: at least two digits of exponent. */
function exponential(value: number, precision: number): string {
  return value.toExponential(precision).replace(/e([+-])(\d)$/, 'e$10$2');
}

/** A number as C's `%g`. */
export function general(value: number, precision: number, keepZeros = false): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
  const digits = precision === 0 ? 1 : precision;
  if (value === 0) return '0';
  const exponent = Number(value.toExponential(digits - 1).split('e')[1]);
  const trim = (text: string): string => (keepZeros || !text.includes('.') ? text : text.replace(/\.?0+$/, ''));
  if (exponent < -4 || exponent >= digits) {
    const [mantissa = '', power = ''] = exponential(value, digits - 1).split('e');
    return `${trim(mantissa)}e${power}`;
  }
  return trim(value.toFixed(Math.min(100, Math.max(0, digits - 1 - exponent))));
}

/** One directive of C's printf (`%-5.2f` without its letter's meaning) for a value that is a number or a text. */
export function formatDirective(
  flags: string,
  width: number,
  precision: number | undefined,
  letter: string,
  value: {
    readonly number: number | bigint;
    readonly text: string;
    /** The number's size with so many decimals, where it is known more exactly. */
    readonly decimals?: (digits: number) => string;
  },
): string {
  const number = Number(value.number);
  let body: string;
  let sign = '';
  const signed = (negative: boolean): string =>
    negative ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
  if (letter === 's') body = precision === undefined ? value.text : value.text.slice(0, precision);
  else if (letter === 'c') body = value.text;
  else if ('di'.includes(letter)) {
    const whole = wholeOf(value.number);
    sign = signed(whole < 0);
    body = integerText(whole, 10).padStart(precision ?? 0, '0');
  } else if ('oxXu'.includes(letter)) {
    const base = { o: 8, x: 16, X: 16, u: 10 }[letter] ?? 10;
    const whole = BigInt.asUintN(64, BigInt(Number.isFinite(number) ? wholeOf(value.number) : 0));
    body = whole.toString(base).padStart(precision ?? 0, '0');
    if (flags.includes('#') && whole !== 0n) body = (letter === 'o' ? '0' : '0x') + body;
    if (letter === 'X') body = body.toUpperCase();
  } else {
    sign = signed(number < 0 || Object.is(number, -0));
    const size = Math.abs(number);
    const digits = precision ?? 6;
    const lower = letter.toLowerCase();
    if (!Number.isFinite(size)) body = Number.isNaN(size) ? 'nan' : 'inf';
    else if (lower === 'f') body = value.decimals?.(digits) ?? fixed(size, digits);
    else if (lower === 'e') body = exponential(size, digits);
    else body = general(size, digits, flags.includes('#'));
    if (letter !== lower) body = body.toUpperCase();
  }
  const room = width - sign.length - body.length;
  if (room <= 0) return sign + body;
  if (flags.includes('-')) return sign + body + ' '.repeat(room);
  const zeros =
    flags.includes('0') && !'sc'.includes(letter) && !(precision !== undefined && 'dioxXu'.includes(letter));
  return zeros ? sign + '0'.repeat(room) + body : ' '.repeat(room) + sign + body;
}

function wholeOf(number: number | bigint): number | bigint {
  if (typeof number === 'bigint') return number;
  if (Number.isFinite(number)) return Math.trunc(number);
  return number > 0 ? 9223372036854775807n : -9223372036854775808n;
}

function integerText(value: number | bigint, base: number): string {
  const whole = typeof value === 'bigint' ? value : BigInt(value);
  return (whole < 0n ? -whole : whole).toString(base);
}

function fixed(value: number, digits: number): string {
  if (value >= 1e21) return BigInt(value).toString() + (digits > 0 ? `.${'0'.repeat(digits)}` : '');
  const rounded = value.toFixed(Math.min(digits, 100));
  if (digits > 60) return rounded;
  // JavaScript takes the larger of two that are as near, C the even one.
  const longer = value.toFixed(digits + 30);
  if (!/50{29}$/.test(longer) || Number(longer) !== value) return rounded;
  const below = longer.slice(0, digits === 0 ? -31 : -30);
  return /[02468]$/.test(below) ? below : rounded;
}
