// What Go's fmt.Sprintf makes of strings, numbers and truth values.
import { quote } from '../labels.ts';
import { formatG, formatPlain } from '../promql/format-number.ts';

/** A whole number that Go keeps as an int, told from a float64 of the same value. */
export interface Integer {
  readonly integer: number;
}

export type Printable = string | number | boolean | Integer | undefined;

export const isInteger = (value: unknown): value is Integer =>
  typeof value === 'object' && value !== null && 'integer' in value;

/** `%v`. */
export function print(value: Printable): string {
  if (value === undefined) return '<no value>';
  if (isInteger(value)) return String(value.integer);
  return typeof value === 'number' ? formatG(value) : String(value);
}

const typeOf = (value: Printable): string =>
  isInteger(value) ? 'int' : typeof value === 'number' ? 'float64' : typeof value === 'boolean' ? 'bool' : 'string';

export function sprintf(format: string, args: readonly Printable[]): string {
  let at = 0;
  const out = format.replace(
    /%([-+# 0]*)(\d+|\*)?(?:\.(\d+|\*)?)?([a-zA-Z%])/g,
    (whole, flags: string, width: string | undefined, precision: string | undefined, verb: string) => {
      if (verb === '%') return '%';
      const widths = width === '*' ? integerOf(args[at++]) : Number(width ?? 0);
      const digits =
        precision === '*' ? integerOf(args[at++]) : precision === undefined ? undefined : Number(precision);
      if (at >= args.length) return `%!${verb}(MISSING)`;
      const value = args[at++];
      const text = one(verb, value, whole.includes('.') ? (digits ?? 0) : undefined, flags);
      if (flags.includes('-')) return text.padEnd(widths);
      const zeros = flags.includes('0') && (isInteger(value) || Number.isFinite(value));
      if (!zeros) return text.padStart(widths);
      const sign = /^[+-]/.exec(text)?.[0] ?? '';
      return sign + text.slice(sign.length).padStart(widths - sign.length, '0');
    },
  );
  if (at >= args.length) return out;
  const extra = args.slice(at).map((value) => `${typeOf(value)}=${print(value)}`);
  return `${out}%!(EXTRA ${extra.join(', ')})`;
}

const integerOf = (value: Printable): number => (isInteger(value) ? value.integer : 0);

function one(verb: string, value: Printable, precision: number | undefined, flags: string): string {
  const signed = (text: string): string => (flags.includes('+') && !/^[-+]/.test(text) ? `+${text}` : text);
  const bad = `%!${verb}(${typeOf(value)}=${print(value)})`;
  if (verb === 'v') return typeof value === 'number' ? signed(formatG(value, precision)) : print(value);
  if (verb === 'T') return typeOf(value);
  if (verb === 't') return typeof value === 'boolean' ? String(value) : bad;
  if (typeof value === 'string') {
    const text = precision === undefined ? value : [...value].slice(0, precision).join('');
    if (verb === 's') return text;
    if (verb === 'q') return quote(text);
    return bad;
  }
  if (isInteger(value)) {
    const { integer } = value;
    if (verb === 'd') return signed(String(integer));
    if (verb === 'x') return integer.toString(16);
    if (verb === 'X') return integer.toString(16).toUpperCase();
    if (verb === 'o') return integer.toString(8);
    if (verb === 'b') return integer.toString(2);
    if (verb === 'c') return String.fromCodePoint(integer);
    return bad;
  }
  if (typeof value !== 'number') return bad;
  if (verb === 'g' || verb === 'G') return signed(formatG(value, precision));
  if (!Number.isFinite(value) && /[feFE]/.test(verb)) return signed(formatPlain(value));
  if (verb === 'f' || verb === 'F') return signed(fixed(value, precision ?? 6));
  if (verb === 'e' || verb === 'E') {
    const text = value.toExponential(precision ?? 6).replace(/e([+-])(\d)$/, 'e$10$2');
    return signed(verb === 'E' ? text.toUpperCase() : text);
  }
  return bad;
}

/** toFixed for every size: it turns to powers of ten from 1e21 on. */
function fixed(value: number, digits: number): string {
  if (Math.abs(value) < 1e21) return value.toFixed(Math.min(digits, 100));
  return BigInt(value).toString() + (digits > 0 ? `.${'0'.repeat(digits)}` : '');
}
