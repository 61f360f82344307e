import { formatTime } from '../../time/format.ts';
import { formatDirective } from '../printf.ts';
import type { Surroundings } from './surroundings.ts';
import { numberOf, unset, type Value } from './values.ts';

/** Functions that look at nothing but their arguments, the clock and chance. */
export function callBuiltin(
  name: string,
  values: readonly Value[],
  text: (value: Value) => string,
  outside: Pick<Surroundings, 'now' | 'random'>,
  globals: Map<string, Value>,
): Value {
  const [first = unset, second = unset, third] = values;
  switch (name) {
    case 'length':
      return text(first).length;
    case 'substr':
      return part(text(first), numberOf(second), third === undefined ? undefined : numberOf(third));
    case 'index':
      return text(first).indexOf(text(second)) + 1;
    case 'sin':
      return Math.sin(numberOf(first));
    case 'cos':
      return Math.cos(numberOf(first));
    case 'atan2':
      return Math.atan2(numberOf(first), numberOf(second));
    case 'exp':
      return Math.exp(numberOf(first));
    case 'log':
      return Math.log(numberOf(first));
    case 'sqrt':
      return Math.sqrt(numberOf(first));
    case 'int':
      return Math.trunc(numberOf(first));
    case 'rand':
      return outside.random();
    case 'srand': {
      const before = globals.get(' seed') ?? 0;
      globals.set(' seed', values.length === 0 ? Math.floor(outside.now() / 1000) : numberOf(first));
      return before;
    }
    case 'tolower':
      return text(first).replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
    case 'toupper':
      return text(first).replaceAll(/[a-z]/g, (letter) => letter.toUpperCase());
    case 'systime':
      return Math.floor(outside.now() / 1000);
    case 'strftime':
      return formatTime(
        values.length === 0 ? '%c' : text(first),
        values.length < 2 ? outside.now() : numberOf(second) * 1000,
      );
    default: {
      // mktime: "YYYY MM DD HH MM SS"
      const [year = 0, month = 1, day = 1, hours = 0, minutes = 0, seconds = 0] = text(first).split(/\s+/).map(Number);
      // biome-ignore lint/style/noRestrictedGlobals: a moment that is given, not the present one
      return Date.UTC(year, month - 1, day, hours, minutes, seconds) / 1000;
    }
  }
}

/** As mawk 1.3.4 20200120 counts: whole numbers only, and what stands before the text makes the part longer. */
function part(text: string, start: number, length: number | undefined): string {
  const from = Math.trunc(start);
  if (length === undefined) return text.slice(Math.max(0, from - 1));
  const count = Math.trunc(length) - Math.min(from, 0);
  return count <= 0 ? '' : text.slice(Math.max(0, from - 1), Math.max(0, from - 1) + count);
}

/** printf. `fault`: what is wrong with a directive, or with the values; what stands before it is made. */
export function formatValues(
  format: string,
  values: readonly Value[],
  text: (value: Value) => string,
): { readonly made: string; readonly fault: string | undefined } {
  let used = 0;
  let number = 0;
  let made = '';
  let from = 0;
  const next = (): Value => {
    return values[used++] ?? unset;
  };
  for (const found of format.matchAll(directive)) {
    const [whole, flags = '', width = '', precision, letter = ''] = found;
    made += format.slice(from, found.index);
    from = found.index + whole.length;
    if (whole === '%%') made += '%';
    else {
      number++;
      const wide = width === '*' ? numberOf(next()) : Number(width);
      const exact = precision === undefined ? undefined : precision === '*' ? numberOf(next()) : Number(precision);
      const value = next();
      if (used > values.length) return { made, fault: 'not enough arguments passed to' };
      if (!'diouxXeEfFgGcs'.includes(letter)) return { made, fault: `improper conversion(number ${number}) in` };
      const amount = numberOf(value);
      const character = typeof value === 'number' ? String.fromCharCode(amount & 255) : text(value).slice(0, 1);
      const shown = letter === 'c' ? character : letter === 's' ? text(value) : '';
      made += formatDirective(wide < 0 ? `${flags}-` : flags, Math.abs(wide), exact, letter, {
        number: amount,
        text: shown,
      });
    }
  }
  return { made: made + format.slice(from), fault: undefined };
}

const directive = /%([-+ #0]*)(\*|\d*)(?:\.(\*|\d*))?(?:hh|h|ll|l|L|q|j|z|t)?([a-zA-Z%])/g;
