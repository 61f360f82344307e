import { operandPath } from '../../files/index.ts';
import type { Given } from '../options.ts';
import { byteText, byteWord, defineTool, fromByteText, linesOf, ToolEnd, tryInput } from '../tool.ts';

type Compare = (a: string, b: string) => number;

/** A key of `-k`: fields and characters count from 1; 0 characters at the end mean the whole field. */
interface Key {
  readonly from: { readonly field: number; readonly character: number; readonly skipBlanks: boolean };
  readonly to: { readonly field: number; readonly character: number; readonly skipBlanks: boolean } | undefined;
  readonly order: string;
}

/** GNU sort in the C locale: by bytes. */
export const sort = defineTool({
  name: 'sort',
  summary: { es: 'ordena líneas', en: 'sorts lines' },
  synopsis: '[OPTION]... [FILE]...',
  options:
    'b|ignore-leading-blanks d|dictionary-order f|ignore-case g|general-numeric-sort i|ignore-nonprinting M|month-sort h|human-numeric-sort n|numeric-sort ' +
    'R|random-sort r|reverse V|version-sort sort=general-numeric/human-numeric/month/numeric/random/version c check?quiet|silent/diagnose-first C k|key= m|merge o|output= s|stable t|field-separator= u|unique z|zero-terminated S|buffer-size= T|temporary-directory= parallel=',
  absent: 'random-source= batch-size= compress-program= debug files0-from=',
  misuse: 2,
  run(given, io) {
    const end = given.has('z') ? '\0' : '\n';
    const names = given.operands.length === 0 ? ['-'] : given.operands;
    const compare = comparison(given, io.machine.kernel.random('sort').integer(1, 2 ** 31 - 1));
    const checking = given.has('C') || given.value('check') === 'quiet';
    const isTold = given.has('c', 'check') && !checking;
    if (given.has('c') && given.has('C')) throw new ToolEnd("options '-cC' are incompatible", 2);
    if ((isTold || checking) && names.length > 1)
      throw new ToolEnd(`extra operand '${names[1]}' not allowed with -${checking ? 'C' : 'c'}`, 2);
    const size = given.value('S');
    if (size !== undefined && !/^\d+[%bkKMGTPEZY]?$/.test(size)) throw new ToolEnd(`invalid -S argument '${size}'`, 2);
    const lines: string[] = [];
    for (const name of names) {
      const bytes = tryInput('sort', name, io, 'cannot read: %: ');
      if (bytes === undefined) return 2;
      for (const line of linesOf(byteText(bytes), end).lines) lines.push(line);
    }
    const same = compare.keys;
    if (isTold || checking) return check(lines, given, same, compare.all, names[0] ?? '-', io);
    lines.sort(compare.all);
    const kept = given.has('u')
      ? lines.filter((line, index) => index === 0 || same(lines[index - 1] ?? '', line) !== 0)
      : lines;
    const bytes = fromByteText(kept.map((line) => line + end).join(''));
    const output = given.value('o');
    if (output === undefined) io.stdout(bytes);
    else io.machine.files.writeFile(operandPath(io.cwd, output), bytes);
    return 0;
  },
});

function check(
  lines: readonly string[],
  given: Given,
  same: Compare,
  all: Compare,
  name: string,
  io: { stderr(text: string): void },
): number {
  const wrong = lines.findIndex((line, index) => {
    if (index === 0) return false;
    const order = given.has('u') ? same(lines[index - 1] ?? '', line) : all(lines[index - 1] ?? '', line);
    return given.has('u') ? order >= 0 : order > 0;
  });
  if (wrong < 0) return 0;
  if (!given.has('C') && given.value('check') !== 'quiet')
    io.stderr(`sort: ${name}:${wrong + 1}: disorder: ${new TextDecoder().decode(fromByteText(lines[wrong] ?? ''))}\n`);
  return 1;
}

const named: Readonly<Record<string, string>> = {
  numeric: 'n',
  'general-numeric': 'g',
  'human-numeric': 'h',
  month: 'M',
  random: 'R',
  version: 'V',
};

/** `keys` compares what was asked for; `all` puts equal lines in the order of their bytes. */
function comparison(given: Given, seed: number): { readonly keys: Compare; readonly all: Compare } {
  const sorted = named[given.value('sort') ?? ''] ?? '';
  const general =
    given.order
      .map(([key]) => key)
      .filter((key) => key.length === 1 && 'bdfgiMhnRrV'.includes(key))
      .join('') + sorted;
  const separator =
    given.value('t') === undefined ? undefined : byteWord((given.value('t') ?? '').replace('\\0', '\0'));
  if (separator !== undefined && separator.length !== 1)
    throw new ToolEnd(separator === '' ? 'empty tab' : `multi-character tab ‘${given.value('t')}’`, 2);
  const kinds = [...general].filter((letter) => 'gMhnV'.includes(letter));
  if (new Set(kinds).size > 1)
    throw new ToolEnd(`options '-${[...new Set(kinds)].sort().join('')}' are incompatible`, 2);
  const keys = keysOf(given);
  const comparisons: Compare[] = keys.map((key) => {
    const order = key.order === '' ? general : key.order;
    const compare = byOrder(order, seed);
    const cut = (line: string): string => cutKey(line, key, separator, order.includes('b'));
    return order.includes('r') ? (a, b) => compare(cut(b), cut(a)) : (a, b) => compare(cut(a), cut(b));
  });
  if (keys.length === 0) {
    const compare = byOrder(general, seed);
    comparisons.push(general.includes('r') ? (a, b) => compare(b, a) : compare);
  }
  const together: Compare = (a, b) => {
    for (const compare of comparisons) {
      const order = compare(a, b);
      if (order !== 0) return order;
    }
    return 0;
  };
  if (given.has('s', 'u')) return { keys: together, all: together };
  const last: Compare = general.includes('r') ? (a, b) => byBytes(b, a) : byBytes;
  return { keys: together, all: (a, b) => together(a, b) || last(a, b) };
}

function byBytes(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function byOrder(order: string, seed: number): Compare {
  if (order.includes('n')) return (a, b) => byDecimal(a, b);
  if (order.includes('g')) return (a, b) => general(a) - general(b) || 0;
  if (order.includes('h')) return byHuman;
  if (order.includes('M')) return (a, b) => month(a) - month(b);
  if (order.includes('V')) return byVersion;
  if (order.includes('R')) return (a, b) => scatter(a, seed) - scatter(b, seed) || byBytes(a, b);
  const prepare = (text: string): string => {
    let out = order.includes('b') ? text.replace(/^[ \t\n]+/, '') : text;
    if (order.includes('d')) out = out.replaceAll(/[^A-Za-z0-9 \t\n]/g, '');
    else if (order.includes('i')) out = out.replaceAll(/[^\x20-\x7e]/g, '');
    return order.includes('f') ? out.replaceAll(/[a-z]/g, (letter) => letter.toUpperCase()) : out;
  };
  return /[bdfi]/.test(order) ? (a, b) => byBytes(prepare(a), prepare(b)) : byBytes;
}

/** Decimal numbers of any length at the start; what is none counts as 0. */
function byDecimal(a: string, b: string): number {
  const [left, right] = [a, b].map((text) => Number(/^[ \t]*(-?\d*\.?\d*)/.exec(text)?.[1] || '0') || 0) as [
    number,
    number,
  ];
  return left - right;
}

function general(text: string): number {
  const [, sign, name] = /^\s*([-+]?)(inf|nan)/i.exec(text) ?? [];
  // What is no number comes first, then what says so, then numbers from the least.
  if (name !== undefined) return /^n/i.test(name) ? -1.7e308 : sign === '-' ? -1.6e308 : Number.POSITIVE_INFINITY;
  const [found] = /^\s*[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?/i.exec(text) ?? [];
  return found === undefined ? -Number.MAX_VALUE : Number(found);
}

/** Units come before numbers: 1K stands after 1023. */
function byHuman(a: string, b: string): number {
  const [left, right] = [a, b].map((text) => {
    const [, number = '', unit = ''] = /^[ \t]*(-?\d*\.?\d*)([KkMGTPEZY]?)/.exec(text) ?? [];
    const value = Number(number) || 0;
    return { value, rank: value === 0 ? 0 : Math.sign(value) * (1 + '.KMGTPEZY'.indexOf(unit.toUpperCase() || '.')) };
  }) as [Human, Human];
  return left.rank - right.rank || left.value - right.value;
}

interface Human {
  readonly value: number;
  /** Of its unit; below 0 for what is less than nothing. */
  readonly rank: number;
}

const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];

function month(text: string): number {
  return months.indexOf(text.trimStart().slice(0, 3).toUpperCase()) + 1;
}

function scatter(text: string, seed: number): number {
  let hash = seed;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return hash;
}

/** Runs of digits count as numbers, `~` comes before everything, letters before other signs. */
export function byVersion(a: string, b: string): number {
  const rank = (character: string | undefined): number => {
    if (character === undefined) return 0;
    if (character === '~') return -1;
    if (/[A-Za-z]/.test(character)) return character.charCodeAt(0);
    return character.charCodeAt(0) + 256;
  };
  let left = 0;
  let right = 0;
  while (left < a.length || right < b.length) {
    while ((left < a.length && !/\d/.test(a[left] as string)) || (right < b.length && !/\d/.test(b[right] as string))) {
      const one = /\d/.test(a[left] ?? '') ? 0 : rank(a[left]);
      const other = /\d/.test(b[right] ?? '') ? 0 : rank(b[right]);
      if (one !== other) return one - other;
      left++;
      right++;
    }
    const [digits = ''] = /^\d*/.exec(a.slice(left)) ?? [];
    const [others = ''] = /^\d*/.exec(b.slice(right)) ?? [];
    const difference = Number(digits) - Number(others);
    if (difference !== 0) return difference;
    left += digits.length;
    right += others.length;
  }
  return byBytes(a, b);
}

/** @throws ToolEnd with what is wrong in the first key that is no key. */
function keysOf(given: Given): readonly Key[] {
  return given.all('k').map((text) => {
    let at = 0;
    const wrong = (why: string): never => {
      throw new ToolEnd(`${why}: invalid field specification ‘${text}’`, 2);
    };
    const take = (pattern: RegExp): string => {
      const [found = ''] = pattern.exec(text.slice(at)) ?? [];
      at += found.length;
      return found;
    };
    const count = (where: string): number => {
      const digits = take(/^\d+/);
      if (digits !== '') return Number(digits);
      throw new ToolEnd(`invalid number ${where}: invalid count at start of ‘${text.slice(at)}’`, 2);
    };
    const place = (where: string, whole: number): { field: number; character: number } => {
      const field = count(where);
      if (field === 0) wrong('field number is zero');
      return { field, character: take(/^\./) === '' ? whole : count("after '.'") };
    };
    const from = place('at field start', 1);
    if (from.character === 0) wrong('character offset is zero');
    const flags = take(/^[bdfgiMhnRrV]*/);
    const to = take(/^,/) === '' ? undefined : place("after ','", 0);
    const toFlags = to === undefined ? '' : take(/^[bdfgiMhnRrV]*/);
    if (at < text.length) wrong('stray character in field spec');
    return {
      from: { ...from, skipBlanks: flags.includes('b') },
      to: to && { ...to, skipBlanks: toFlags.includes('b') },
      order: flags + toFlags,
    };
  });
}

/** Without a separator a field begins with the blanks before it. */
function fieldsOf(line: string, separator: string | undefined): readonly [start: number, end: number][] {
  const fields: [number, number][] = [];
  if (separator === undefined) {
    for (const found of line.matchAll(/[ \t]*[^ \t]+|[ \t]+$/g))
      fields.push([found.index, found.index + found[0].length]);
    return fields;
  }
  let start = 0;
  for (const part of line.split(separator)) {
    fields.push([start, start + part.length]);
    start += part.length + 1;
  }
  return fields;
}

function cutKey(line: string, { from, to }: Key, separator: string | undefined, blanks: boolean): string {
  const fields = fieldsOf(line, separator);
  const skip = (at: number): number => at + (/^[ \t]*/.exec(line.slice(at))?.[0].length ?? 0);
  const first = fields[from.field - 1];
  if (first === undefined) return '';
  let start = first[0];
  if (from.skipBlanks || blanks) start = skip(start);
  start = Math.min(start + from.character - 1, line.length);
  if (to === undefined) return line.slice(start);
  const last = fields[to.field - 1];
  if (last === undefined) return line.slice(start);
  if (to.character === 0) return line.slice(start, Math.max(start, last[1]));
  const base = to.skipBlanks ? skip(last[0]) : last[0];
  return line.slice(start, Math.max(start, Math.min(base + to.character, last[1])));
}
