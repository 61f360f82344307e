import { compare, isArray, isObject, type Json, jsonText, kindOf } from './json.ts';

/** An error of a running program: what `try … catch` gets, and what is told when nothing catches it. */
export class JqError {
  readonly message: string;
  /** What `error` was called with. */
  readonly value: Json | undefined;
  constructor(message: string, value?: Json) {
    this.message = message;
    this.value = value;
  }
  get payload(): Json {
    return this.value === undefined ? this.message : this.value;
  }
}

/** `number (5)`; long values are cut to eleven characters and three dots. */
export function shownValue(value: Json): string {
  const text = jsonText(value);
  return `${kindOf(value)} (${text.length > 14 ? `${text.slice(0, 11)}...` : text})`;
}

export function operate(sign: string, a: Json, b: Json): Json {
  switch (sign) {
    case '+':
      return plus(a, b);
    case '-':
      if (typeof a === 'number' && typeof b === 'number') return a - b;
      if (isArray(a) && isArray(b)) return a.filter((one) => !b.some((other) => compare(one, other) === 0));
      throw new JqError(`${shownValue(a)} and ${shownValue(b)} cannot be subtracted`);
    case '*':
      return times(a, b);
    case '/':
      if (typeof a === 'number' && typeof b === 'number') {
        if (b === 0)
          throw new JqError(`${shownValue(a)} and ${shownValue(b)} cannot be divided because the divisor is zero`);
        return a / b;
      }
      if (typeof a === 'string' && typeof b === 'string') return splitText(a, b);
      throw new JqError(`${shownValue(a)} and ${shownValue(b)} cannot be divided`);
    case '%':
      if (typeof a !== 'number' || typeof b !== 'number')
        throw new JqError(`${shownValue(a)} and ${shownValue(b)} cannot be divided`);
      if (Math.trunc(b) === 0)
        throw new JqError(
          `${shownValue(a)} and ${shownValue(b)} cannot be divided (remainder) because the divisor is zero`,
        );
      return (Math.trunc(a) % Math.abs(Math.trunc(b))) + 0;
    case '==':
      return compare(a, b) === 0;
    case '!=':
      return compare(a, b) !== 0;
    case '<':
      return compare(a, b) < 0;
    case '<=':
      return compare(a, b) <= 0;
    case '>':
      return compare(a, b) > 0;
    default:
      return compare(a, b) >= 0;
  }
}

export function plus(a: Json, b: Json): Json {
  if (a === null) return b;
  if (b === null) return a;
  if (typeof a === 'number' && typeof b === 'number') return a + b;
  if (typeof a === 'string' && typeof b === 'string') return a + b;
  if (isArray(a) && isArray(b)) return [...a, ...b];
  if (isObject(a) && isObject(b)) return new Map([...a, ...b]);
  throw new JqError(`${shownValue(a)} and ${shownValue(b)} cannot be added`);
}

function times(a: Json, b: Json): Json {
  if (typeof a === 'number' && typeof b === 'number') return a * b;
  if (typeof a === 'string' && typeof b === 'number') return b > 0 ? a.repeat(Math.max(1, Math.ceil(b))) : null;
  if (typeof a === 'number' && typeof b === 'string') return times(b, a);
  if (isObject(a) && isObject(b)) return merge(a, b);
  throw new JqError(`${shownValue(a)} and ${shownValue(b)} cannot be multiplied`);
}

function merge(a: ReadonlyMap<string, Json>, b: ReadonlyMap<string, Json>): Json {
  const out = new Map(a);
  for (const [key, value] of b) {
    const own = out.get(key);
    out.set(key, own !== undefined && isObject(own) && isObject(value) ? merge(own, value) : value);
  }
  return out;
}

export function splitText(text: string, separator: string): Json {
  if (text === '') return [];
  return separator === '' ? [...text] : text.split(separator);
}
