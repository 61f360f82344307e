// JSON as jq 1.6 reads, orders and writes it.

/** Objects are maps: they keep the order of their keys, whatever the keys look like. */
export type Json = null | boolean | number | string | readonly Json[] | ReadonlyMap<string, Json>;

export type Kind = 'null' | 'boolean' | 'number' | 'string' | 'array' | 'object';

export function kindOf(value: Json): Kind {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return value instanceof Map ? 'object' : (typeof value as Kind);
}

export function isArray(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

export function isObject(value: Json): value is ReadonlyMap<string, Json> {
  return value instanceof Map;
}

export function isTrue(value: Json): boolean {
  return value !== null && value !== false;
}

const ranks: readonly Kind[] = ['null', 'boolean', 'number', 'string', 'array', 'object'];

/** jq's order: null, false, true, numbers, strings by code point, arrays, objects by their keys and then their values. */
export function compare(a: Json, b: Json): number {
  const [one, other] = [kindOf(a), kindOf(b)];
  if (one !== other) return ranks.indexOf(one) - ranks.indexOf(other);
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b);
  if (isArray(a) && isArray(b)) return compareLists(a, b);
  if (isObject(a) && isObject(b)) {
    const keys = [sortedKeys(a), sortedKeys(b)] as const;
    const order = compareLists(...keys);
    return order !== 0
      ? order
      : compareLists(
          keys[0].map((key) => a.get(key) ?? null),
          keys[0].map((key) => b.get(key) ?? null),
        );
  }
  return Number(a) < Number(b) ? -1 : Number(a) > Number(b) ? 1 : 0;
}

export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  const [left, right] = [[...a], [...b]];
  for (const [at, character] of left.entries()) {
    const other = right[at];
    if (other === undefined) return 1;
    if (character !== other) return (character.codePointAt(0) ?? 0) - (other.codePointAt(0) ?? 0);
  }
  return -1;
}

function compareLists(a: readonly Json[], b: readonly Json[]): number {
  for (const [at, value] of a.entries()) {
    if (at >= b.length) return 1;
    const order = compare(value, b[at] as Json);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

export function sortedKeys(value: ReadonlyMap<string, Json>): readonly string[] {
  return [...value.keys()].sort(compareText);
}

/** Numbers with the fewest digits that read back the same, from 1e17 and below 1e-4 with an exponent of two digits. */
export function numberText(value: number): string {
  if (Number.isNaN(value)) return 'null';
  if (!Number.isFinite(value)) return value > 0 ? '1.7976931348623157e+308' : '-1.7976931348623157e+308';
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const [mantissa = '', exponent = '0'] = value.toExponential().split('e');
  const digits = mantissa.replace('-', '').replace('.', '');
  const point = Number(exponent) + 1;
  const sign = value < 0 ? '-' : '';
  if (point <= -4 || point > digits.length + 15) {
    const size = String(Math.abs(point - 1)).padStart(2, '0');
    return `${sign}${digits[0]}${digits.length > 1 ? `.${digits.slice(1)}` : ''}e${point < 1 ? '-' : '+'}${size}`;
  }
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  if (point >= digits.length) return sign + digits.padEnd(point, '0');
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}

export interface Layout {
  /** Undefined for one line. */
  readonly indent: string | undefined;
  readonly sorted: boolean;
  readonly ascii: boolean;
  readonly coloured: boolean;
}

export const compact: Layout = { indent: undefined, sorted: false, ascii: false, coloured: false };

const colours: Readonly<Record<Kind, string>> = {
  null: '1;30',
  boolean: '0;39',
  number: '0;39',
  string: '0;32',
  array: '1;39',
  object: '1;39',
};

export function jsonText(value: Json, layout: Layout = compact, depth = 0): string {
  const paint = (text: string, kind: Kind): string => (layout.coloured ? `\x1b[${colours[kind]}m${text}\x1b[0m` : text);
  if (typeof value === 'string') return paint(quoted(value, layout.ascii), 'string');
  if (typeof value === 'number') return paint(numberText(value), 'number');
  if (value === null || typeof value === 'boolean') return paint(String(value), kindOf(value));
  const [open, close] = isArray(value) ? '[]' : '{}';
  const kind = kindOf(value);
  const parts = isArray(value)
    ? value.map((one) => jsonText(one, layout, depth + 1) + (layout.coloured ? '\x1b[1;39m' : ''))
    : (layout.sorted ? sortedKeys(value) : [...(value as ReadonlyMap<string, Json>).keys()]).map((key) => {
        const name = layout.coloured
          ? `\x1b[0m\x1b[34;1m${quoted(key, layout.ascii)}\x1b[0m\x1b[1;39m`
          : quoted(key, layout.ascii);
        const inner = jsonText((value as ReadonlyMap<string, Json>).get(key) ?? null, layout, depth + 1);
        return `${name}:${layout.indent === undefined ? '' : ' '}${layout.coloured ? '\x1b[0m' : ''}${inner}${layout.coloured ? '\x1b[1;39m' : ''}`;
      });
  if (parts.length === 0) return paint(`${open}${close}`, kind);
  const start = layout.coloured ? `\x1b[${colours[kind]}m` : '';
  const end = layout.coloured ? `\x1b[1;39m${close}\x1b[0m` : close;
  if (layout.indent === undefined) return `${start}${open}${parts.join(',')}${end}`;
  const inner = `\n${layout.indent.repeat(depth + 1)}`;
  const outer = `\n${layout.indent.repeat(depth)}`;
  return `${start}${open}${inner}${parts.join(`,${inner}`)}${outer}${end}`;
}

const named: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\t': '\\t',
  '\r': '\\r',
  '\b': '\\b',
  '\f': '\\f',
};

function quoted(text: string, ascii: boolean): string {
  const plain = text.replaceAll(/["\\\p{Cc}]/gu, (character) =>
    character > '\x7f'
      ? character
      : (named[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`),
  );
  const shown = ascii
    ? plain.replaceAll(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    : plain;
  return `"${shown}"`;
}
