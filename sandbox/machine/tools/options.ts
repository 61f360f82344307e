// Options as GNU's getopt_long reads them: bundled letters, attached values, unambiguous starts of long names, options after operands.

/** One option of a tool. Its key is its letter, or its long name where it has no letter. */
interface Option {
  readonly key: string;
  readonly long: string | undefined;
  readonly value: 'none' | 'needed' | 'possible';
  /** The only words that its value may be, with other words for each behind it. */
  readonly words?: readonly (readonly string[])[];
}

/** What was found on the command line. */
export interface Given {
  readonly operands: readonly string[];
  /** Options in the order in which they stand, by key. */
  readonly order: readonly (readonly [key: string, value: string])[];
  /** For each operand how many of these stand before it. */
  readonly places: readonly number[];
  has(...keys: readonly string[]): boolean;
  /** The last value that was given. */
  value(key: string): string | undefined;
  all(key: string): readonly string[];
}

/** A complaint about the command line, without the tool's name before it. */
export interface Misuse {
  readonly misuse: string;
  /** Where it is not the one that the tool has for misuse. */
  readonly exitCode?: number;
}

/**
 * Options written shortly: `n|numeric-sort k|key= color? z`, a letter, a long name or both, `=` for a value that is needed and
 * `?` for one that may stand. Behind these the words that it may be: `check?quiet|silent/diagnose-first`.
 */
export function optionsOf(text: string): readonly Option[] {
  return text
    .split(' ')
    .filter((word) => word !== '')
    .map((word) => {
      const [, names = '', mark, list = ''] = /^([^=?]+)([=?]?)(.*)$/.exec(word) ?? [];
      const value = mark === '=' ? 'needed' : mark === '?' ? 'possible' : 'none';
      const words = list === '' ? undefined : list.split('/').map((alike) => alike.split('|'));
      const [first = '', second = first.length > 1 ? first : undefined] = names.split('|');
      return { key: first, long: second, value, words };
    });
}

/** @param inOrder options end at the first operand, as in tools that start another command. */
export function readOptions(args: readonly string[], options: readonly Option[], inOrder = false): Given | Misuse {
  const operands: string[] = [];
  const order: [string, string][] = [];
  let wrong: string | undefined;
  const take = (option: Option, value: string): void => {
    const word = option.words === undefined || value === '' ? { word: value } : wordOf(option, value);
    if ('misuse' in word) wrong ??= word.misuse;
    else order.push([option.key, word.word]);
  };
  const places: number[] = [];
  const keep = (...words: readonly string[]): void => {
    operands.push(...words);
    places.push(...words.map(() => order.length));
  };
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] as string;
    if (arg === '--') {
      keep(...args.slice(at + 1));
      break;
    }
    if (arg === '-' || !arg.startsWith('-')) {
      if (inOrder) {
        keep(...args.slice(at));
        break;
      }
      keep(arg);
      continue;
    }
    if (arg.startsWith('--')) {
      const found = longOption(arg, options);
      if ('misuse' in found) return found;
      const { option, value } = found;
      if (option.value === 'needed' && value === undefined) {
        const next = args[++at];
        if (next === undefined) return { misuse: `option '--${option.long}' requires an argument` };
        take(option, next);
      } else take(option, value ?? '');
      continue;
    }
    for (let letter = 1; letter < arg.length; letter++) {
      const option = options.find(({ key }) => key === arg[letter]);
      if (option === undefined) return { misuse: `invalid option -- '${arg[letter]}'` };
      if (option.value === 'none') {
        take(option, '');
        continue;
      }
      const attached = arg.slice(letter + 1);
      if (attached !== '' || option.value === 'possible') take(option, attached);
      else {
        const next = args[++at];
        if (next === undefined) return { misuse: `option requires an argument -- '${option.key}'` };
        take(option, next);
      }
      break;
    }
  }
  if (wrong !== undefined) return { misuse: wrong, exitCode: 1 };
  return {
    operands,
    order,
    places,
    has: (...keys) => order.some(([key]) => keys.includes(key)),
    value: (key) => order.findLast(([name]) => name === key)?.[1],
    all: (key) => order.filter(([name]) => name === key).map(([, value]) => value),
  };
}

/** The word that `value` is or begins (gnulib `argmatch`). */
function wordOf({ key, long = key, words = [] }: Option, value: string): { readonly word: string } | Misuse {
  const exact = words.find((alike) => alike.includes(value));
  const begun = words.filter((alike) => alike.some((word) => word.startsWith(value)));
  const found = exact ?? (begun.length === 1 ? begun[0] : undefined);
  if (found !== undefined) return { word: found[0] ?? '' };
  const listed = words.map((alike) => `\n  - ${alike.map((word) => `‘${word}’`).join(', ')}`).join('');
  const how = begun.length === 0 ? 'invalid' : 'ambiguous';
  return { misuse: `${how} argument ‘${value}’ for ‘--${long}’\nValid arguments are:${listed}` };
}

function longOption(
  arg: string,
  options: readonly Option[],
): { readonly option: Option; readonly value: string | undefined } | Misuse {
  const equals = arg.indexOf('=');
  const name = equals < 0 ? arg.slice(2) : arg.slice(2, equals);
  const value = equals < 0 ? undefined : arg.slice(equals + 1);
  const exact = options.find(({ long }) => long === name);
  const starts = options.filter(({ long }) => long?.startsWith(name));
  const option = exact ?? (starts.length === 1 ? starts[0] : undefined);
  if (option === undefined) {
    if (starts.length === 0) return { misuse: `unrecognized option '${arg}'` };
    const names = starts.map(({ long }) => `'--${long}'`).join(' ');
    return { misuse: `option '--${name}' is ambiguous; possibilities: ${names}` };
  }
  if (option.value === 'none' && value !== undefined)
    return { misuse: `option '--${option.long}' doesn't allow an argument` };
  return { option, value };
}
