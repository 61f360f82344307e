// Values of awk: numbers, texts, and texts from outside that look like numbers.
import { general } from '../printf.ts';

/** Text from outside (a field, a line, `-v`): it compares as a number when it looks like one. */
export class Outside {
  readonly text: string;
  readonly number: number | undefined;
  constructor(text: string) {
    this.text = text;
    this.number = looksNumeric(text) ? Number.parseFloat(text) : undefined;
  }
}

/** Neither set nor assigned: empty and zero at once. */
export const unset = Symbol('unset');

export type Value = number | string | Outside | typeof unset;

function looksNumeric(text: string): boolean {
  return /^[ \t\n]*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?[ \t\n]*$/.test(text);
}

export function numberOf(value: Value): number {
  if (typeof value === 'number') return value;
  if (value === unset) return 0;
  const text = typeof value === 'string' ? value : value.text;
  const hex = /^[ \t\n]*([-+]?)(0[xX][0-9a-fA-F]+)/.exec(text);
  if (hex !== null) return Number(hex[2]) * (hex[1] === '-' ? -1 : 1);
  const [found] = /^[ \t\n]*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?/.exec(text) ?? [];
  return found === undefined ? 0 : Number.parseFloat(found);
}

/** Whole numbers within 31 bits as they are, others by CONVFMT (OFMT for print). */
export function textOf(value: Value, format = '%.6g'): string {
  if (typeof value === 'string') return value;
  if (value === unset) return '';
  if (typeof value !== 'number') return value.text;
  if (Number.isInteger(value) && Math.abs(value) <= 2_147_483_647) return String(value === 0 ? 0 : value);
  // What a processor makes of 0/0 has its sign set.
  if (Number.isNaN(value)) return '-nan';
  const [, digits = '6', letter] = /^%\.(\d+)([gf])$/.exec(format) ?? [];
  return letter === 'f' ? value.toFixed(Number(digits)) : general(value, Number(digits));
}

export function isTrue(value: Value): boolean {
  if (typeof value === 'number') return value !== 0;
  if (value === unset) return false;
  if (typeof value === 'string') return value !== '';
  return value.number === undefined ? value.text !== '' : value.number !== 0;
}

export function compareValues(a: Value, b: Value): number {
  const numeric = (value: Value): number | undefined =>
    typeof value === 'number' ? value : value === unset ? 0 : typeof value === 'string' ? undefined : value.number;
  const [one, other] = [numeric(a), numeric(b)];
  if (one !== undefined && other !== undefined) return one < other ? -1 : one > other ? 1 : 0;
  const [left, right] = [textOf(a), textOf(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}
