// Functions of jq that are not written in jq.
import { formatTime } from '../time/format.ts';
import { formatText } from './formats.ts';
import { compare, isArray, isObject, type Json, jsonText, kindOf, sortedKeys } from './json.ts';
import { matchText } from './match.ts';
import { JqError, plus, shownValue, splitText } from './operators.ts';
import { deletePaths, positions, setPath } from './paths.ts';
import { JsonProblem, readValues } from './reader.ts';
import { parseMoment } from './times.ts';

export type Native = (input: Json, ...args: readonly Json[]) => Json;

function list(value: Json, what: string): readonly Json[] {
  if (!isArray(value)) throw new JqError(`${shownValue(value)} ${what}, as it is not an array`);
  return value;
}

function numeric(compute: (value: number) => number): Native {
  return (value) => {
    if (typeof value !== 'number') throw new JqError(`${shownValue(value)} number required`);
    return compute(value);
  };
}

/** The values beside the keys that were computed for them, in the keys' order. */
function byKey(value: Json, keys: Json | undefined): readonly { readonly key: Json; readonly value: Json }[] {
  if (!isArray(value) || !isArray(keys ?? null))
    throw new JqError(
      `${shownValue(value)} and ${shownValue(keys ?? null)} cannot be sorted, as they are not both arrays`,
    );
  return value
    .map((one, at) => ({ key: (keys as readonly Json[])[at] ?? null, value: one }))
    .sort((a, b) => compare(a.key, b.key));
}

function groups(value: Json, keys: Json | undefined): readonly (readonly Json[])[] {
  const out: { readonly key: Json; readonly values: Json[] }[] = [];
  for (const one of byKey(value, keys)) {
    const last = out.at(-1);
    if (last !== undefined && compare(last.key, one.key) === 0) last.values.push(one.value);
    else out.push({ key: one.key, values: [one.value] });
  }
  return out.map(({ values }) => values);
}

function extreme(value: Json, keys: Json | undefined, last: boolean): Json {
  const all = byKey(value, keys);
  const wanted = all[last ? all.length - 1 : 0];
  if (wanted === undefined) return null;
  return (last ? wanted : all.find(({ key }) => compare(key, wanted.key) === 0))?.value ?? null;
}

function texts(name: string, compute: (text: string, other: string) => Json): Native {
  return (value, other = null) => {
    if (typeof value !== 'string' || typeof other !== 'string') throw new JqError(`${name}() requires string inputs`);
    return compute(value, other);
  };
}

function contains(a: Json, b: Json): boolean {
  if (isObject(a) && isObject(b))
    return [...b].every(([key, value]) => a.has(key) && contains(a.get(key) ?? null, value));
  if (isArray(a) && isArray(b))
    return b.every((wanted) => a.some((one) => kindOf(one) === kindOf(wanted) && contains(one, wanted)));
  if (typeof a === 'string' && typeof b === 'string') return a.includes(b);
  if (kindOf(a) === kindOf(b)) return compare(a, b) === 0;
  throw new JqError(`${shownValue(a)} and ${shownValue(b)} cannot have their containment checked`);
}

function flatten(value: readonly Json[], depth: number): readonly Json[] {
  return value.flatMap((one) => (isArray(one) && depth > 0 ? flatten(one, depth - 1) : [one]));
}

function parsed(text: string): Json {
  try {
    const [first] = [...readValues(text)];
    return first?.value ?? null;
  } catch (error) {
    if (!(error instanceof JsonProblem)) throw error;
    throw new JqError(
      `${error.message.replace(/^(Invalid \w+ literal|Invalid literal) at line/, '$1 at EOF at line')} (while parsing '${text}')`,
    );
  }
}

function lengthOf(value: Json): Json {
  if (value === null) return 0;
  if (typeof value === 'boolean') throw new JqError(`${shownValue(value)} has no length`);
  if (typeof value === 'number') return Math.abs(value);
  if (typeof value === 'string') return [...value].length;
  return isArray(value) ? value.length : (value as ReadonlyMap<string, Json>).size;
}

function keysOf(value: Json, sorted: boolean): Json {
  if (isArray(value)) return value.map((_, at) => at);
  if (!isObject(value)) throw new JqError(`${shownValue(value)} has no keys`);
  return sorted ? [...sortedKeys(value)] : [...value.keys()];
}

export const natives: Readonly<Record<string, Native>> = {
  'not/0': (value) => value === null || value === false,
  'length/0': lengthOf,
  'utf8bytelength/0': (value) => {
    if (typeof value !== 'string') throw new JqError(`${shownValue(value)} only strings have UTF-8 byte length`);
    return new TextEncoder().encode(value).length;
  },
  'keys/0': (value) => keysOf(value, true),
  'keys_unsorted/0': (value) => keysOf(value, false),
  'has/1': (value, key = null) => {
    if (isObject(value) && typeof key === 'string') return value.has(key);
    if (isArray(value) && typeof key === 'number') return key >= 0 && key < value.length;
    throw new JqError(`Cannot check whether ${kindOf(value)} has a ${kindOf(key)} key`);
  },
  'contains/1': (value, other = null) => contains(value, other),
  'add/0': (value) => {
    const all = isObject(value) ? [...value.values()] : isArray(value) ? value : undefined;
    if (all === undefined) throw new JqError(`Cannot iterate over ${shownValue(value)}`);
    if (all.every((one) => typeof one === 'string')) return all.length === 0 ? null : all.join('');
    return all.reduce((sum, one) => plus(sum, one), null);
  },
  'flatten/0': (value) => [...flatten(list(value, 'cannot be flattened'), Number.POSITIVE_INFINITY)],
  'flatten/1': (value, depth = 0) => {
    if (Number(depth) < 0) throw new JqError('flatten depth must not be negative');
    return [...flatten(list(value, 'cannot be flattened'), Number(depth))];
  },
  'floor/0': numeric(Math.floor),
  'ceil/0': numeric(Math.ceil),
  'round/0': numeric((value) => Math.sign(value) * Math.round(Math.abs(value))),
  'trunc/0': numeric(Math.trunc),
  'sqrt/0': numeric(Math.sqrt),
  'fabs/0': numeric(Math.abs),
  'log/0': numeric(Math.log),
  'log2/0': numeric(Math.log2),
  'log10/0': numeric(Math.log10),
  'exp/0': numeric(Math.exp),
  'exp2/0': numeric((value) => 2 ** value),
  'exp10/0': numeric((value) => 10 ** value),
  'pow/2': (_, base = 0, power = 0) => Number(base) ** Number(power),
  'infinite/0': () => Number.POSITIVE_INFINITY,
  'nan/0': () => Number.NaN,
  'isnan/0': (value) => Number.isNaN(value),
  'isinfinite/0': (value) => value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY,
  'isnormal/0': (value) => typeof value === 'number' && Number.isFinite(value) && value !== 0,
  'tostring/0': (value) => (typeof value === 'string' ? value : jsonText(value)),
  'tojson/0': (value) => jsonText(value),
  'fromjson/0': (value) => {
    if (typeof value !== 'string') throw new JqError(`${shownValue(value)} only strings can be parsed`);
    return parsed(value);
  },
  'tonumber/0': (value) => {
    if (typeof value === 'number') return value;
    if (typeof value !== 'string') throw new JqError(`${shownValue(value)} cannot be parsed as a number`);
    return parsed(value);
  },
  'type/0': (value) => kindOf(value),
  'sort/0': (value) => [...list(value, 'cannot be sorted')].sort(compare),
  '_sort_by/1': (value, keys) => byKey(value, keys).map((one) => one.value),
  '_group_by/1': (value, keys) => groups(value, keys),
  '_unique_by/1': (value, keys) => groups(value, keys).map(([first = null]) => first),
  '_min_by/1': (value, keys) => extreme(value, keys, false),
  '_max_by/1': (value, keys) => extreme(value, keys, true),
  'min/0': (value) => extreme(value, value, false),
  'max/0': (value) => extreme(value, value, true),
  'unique/0': (value) => groups(list(value, 'cannot be sorted'), value).map(([first = null]) => first),
  'reverse/0': (value) => {
    if (value === null) return [];
    if (typeof value === 'string') return [...value].reverse().join('');
    if (isObject(value) && value.size === 0) return [];
    if (!isArray(value)) throw new JqError(`Cannot index ${kindOf(value)} with number`);
    return [...value].reverse();
  },
  'startswith/1': texts('startswith', (text, other) => text.startsWith(other)),
  'endswith/1': texts('endswith', (text, other) => text.endsWith(other)),
  'ltrimstr/1': (value, other = null) =>
    typeof value === 'string' && typeof other === 'string' && value.startsWith(other)
      ? value.slice(other.length)
      : value,
  'rtrimstr/1': (value, other = null) =>
    typeof value === 'string' && typeof other === 'string' && other !== '' && value.endsWith(other)
      ? value.slice(0, -other.length)
      : value,
  'explode/0': (value) => {
    if (typeof value !== 'string') throw new JqError(`${shownValue(value)} cannot be exploded`);
    return Array.from(value, (character) => character.codePointAt(0) ?? 0);
  },
  'implode/0': (value) => {
    if (!isArray(value)) throw new JqError('implode input must be an array');
    return value.map((code) => String.fromCodePoint(Number(code))).join('');
  },
  'split/1': (value, separator = null) => {
    if (typeof value !== 'string' || typeof separator !== 'string')
      throw new JqError('split input and separator must be strings');
    return splitText(value, separator);
  },
  'join/1': (value, separator = null) => {
    if (!isArray(value) && !isObject(value)) throw new JqError(`Cannot iterate over ${shownValue(value)}`);
    const all = isArray(value) ? value : [...value.values()];
    return all.reduce<Json>((text, one, at) => {
      const before = at === 0 ? '' : plus(text, separator);
      const shown = one === null ? '' : typeof one === 'number' || typeof one === 'boolean' ? jsonText(one) : one;
      return plus(before, shown);
    }, '');
  },
  'ascii_downcase/0': (value) => {
    if (typeof value !== 'string') throw new JqError('explode input must be a string');
    return value.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
  },
  'ascii_upcase/0': (value) => {
    if (typeof value !== 'string') throw new JqError('explode input must be a string');
    return value.replaceAll(/[a-z]/g, (letter) => letter.toUpperCase());
  },
  'indices/1': (value, wanted = null) => {
    if (value === null) return null;
    if (typeof value === 'string' && typeof wanted === 'string') {
      const out: number[] = [];
      for (let at = value.indexOf(wanted); wanted !== '' && at >= 0; at = value.indexOf(wanted, at + 1)) out.push(at);
      return out;
    }
    if (isArray(value)) return positions(value, isArray(wanted) ? wanted : [wanted]);
    throw new JqError(`Cannot determine indices of ${kindOf(value)}`);
  },
  'setpath/2': (value, path = null, to = null) => {
    if (!isArray(path)) throw new JqError('Path must be specified as an array');
    return setPath(value, path, to);
  },
  'delpaths/1': (value, paths = null) => {
    if (!isArray(paths)) throw new JqError('Paths must be specified as an array');
    return deletePaths(value, paths as readonly (readonly Json[])[]);
  },
  '_match/3': (value, pattern = null, flags = null, testing = null) =>
    matchText(value, pattern, flags, testing === true),
  'format/1': (value, name = null) => formatText(`@${String(name)}`, value),
  'strftime/1': (value, format = null) => formatTime(String(format), parseMoment(value)),
  'strflocaltime/1': (value, format = null) => formatTime(String(format), parseMoment(value)),
  'gmtime/0': (value) => brokenDown(Number(value)),
  'localtime/0': (value) => brokenDown(Number(value)),
  'mktime/0': (value) => {
    if (!isArray(value)) throw new JqError('mktime requires array of 6 numbers');
    return Math.floor(parseMoment(value) / 1000);
  },
  'transpose/0': (value) => {
    const rows = list(value, 'cannot be transposed') as readonly (readonly Json[])[];
    const width = Math.max(0, ...rows.map((row) => row.length));
    return Array.from({ length: width }, (_, column) => rows.map((row) => row[column] ?? null));
  },
  '_strptime/1': (value, format = null) => {
    if (typeof value !== 'string') throw new JqError(`strptime/1 requires string inputs and arguments`);
    return scanTime(value, String(format));
  },
};

function brokenDown(seconds: number): Json {
  // biome-ignore lint/style/noRestrictedGlobals: a moment that is given, not the present one
  const at = new Date(Math.floor(seconds) * 1000);
  return [
    at.getUTCFullYear(),
    at.getUTCMonth(),
    at.getUTCDate(),
    at.getUTCHours(),
    at.getUTCMinutes(),
    at.getUTCSeconds() + (seconds - Math.floor(seconds)),
    at.getUTCDay(),
    Number(formatTime('%-j', at.getTime())) - 1,
  ];
}

const scanned: Readonly<Record<string, string>> = {
  Y: '(?<Y>\\d{4})',
  m: '(?<m>\\d\\d?)',
  d: '(?<d>\\d\\d?)',
  e: ' ?(?<d>\\d\\d?)',
  H: '(?<H>\\d\\d?)',
  M: '(?<M>\\d\\d?)',
  S: '(?<S>\\d\\d?)',
  Z: '[A-Za-z]+',
  z: '[+-]\\d{4}',
  b: '(?<b>[A-Za-z]{3})',
  B: '(?<b>[A-Za-z]{3})[a-z]*',
  a: '[A-Za-z]{3}',
  A: '[A-Za-z]+',
  T: '(?<H>\\d\\d?):(?<M>\\d\\d?):(?<S>\\d\\d?)',
  F: '(?<Y>\\d{4})-(?<m>\\d\\d?)-(?<d>\\d\\d?)',
};

function scanTime(text: string, format: string): Json {
  const source = format
    .replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll(/%([A-Za-z])/g, (whole, letter: string) => scanned[letter] ?? whole);
  const found = new RegExp(`^${source}$`).exec(text)?.groups;
  if (found === undefined) throw new JqError(`date "${text}" does not match format "${format}"`);
  const names = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
  const month = found.b === undefined ? Number(found.m ?? 1) - 1 : names.indexOf(found.b.toLowerCase());
  // biome-ignore lint/style/noRestrictedGlobals: a moment that is given, not the present one
  const ms = Date.UTC(
    Number(found.Y ?? 1900),
    month,
    Number(found.d ?? 1),
    Number(found.H ?? 0),
    Number(found.M ?? 0),
    Number(found.S ?? 0),
  );
  return brokenDown(ms / 1000);
}
